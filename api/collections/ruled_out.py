"""Whom a letter rules out by name: people paid by a firm or body that it holds to be partial."""

from __future__ import annotations

import re
from collections.abc import Iterator

from roster.ingest.wording.lines import Piece, sentences_of
from roster.ingest.wording.plain import plain
from roster.reference import countries

_RULES_OUT = re.compile(
    r"(?<!\w)(?:(?:no|nobody|none|neither|any)(?!\w)[^.;]{0,80}(?:paid|employed|engaged|contracted|"
    r"remunerated|working|works|worked)(?: \w+)? (?:by|for|with)|"
    r"(?:exclud\w+|rul\w+ out|cannot be (?:accepted|retained|considered)|conflicts? of interests?)|"
    r"(?:aucune?|nul|ni)(?!\w)[^.;]{0,80}(?:remunere\w*|employe\w*|salarie\w*|paye\w*|lie\w*|"
    r"travaill\w+)|ne (?:pourr\w+|saurai\w*|peu\w+|doi\w+) (?:pas )?etre (?:retenu\w*|admis\w*|"
    r"propos\w+)|conflits? d'interets?|exclu\w*|"
    r"(?:ningun\w*|nadie|ni)(?!\w)[^.;]{0,80}(?:remunerad\w+|emplead\w+|contratad\w+|pagad\w+|"
    r"trabaj\w+)|no podra\w* (?:ser )?(?:participar|propuest\w+|admitid\w+|acept\w+)|"
    r"conflictos? de intere\w+|"
    r"(?:nenhum\w*|ninguem|nem)(?!\w)[^.;]{0,80}(?:remunerad\w+|empregad\w+|contratad\w+|pag[oa]s?|"
    r"trabalh\w+)|nao podera\w* (?:ser )?(?:participar|propost\w+|admitid\w+|aceit\w+)|"
    r"conflitos? de interesses?|"
    r"niemand[^.;]{0,80}(?:bezahlt|beschaftigt|angestellt|arbeitet)|ausgeschlossen|"
    r"interessenkonflikt\w*)"
)
_FIRMS = re.compile(
    r"(?<!\w)(?:firms?|compan(?:y|ies)|consultanc\w+|consultants?|contractors?|agenc(?:y|ies)|"
    r"foundations?|cabinets?|bureaux?|societes?|entreprises?|agences?|fondations?|empresas?|"
    r"consultor\w+|sociedad\w*|sociedade\w*|agencias?|fundac\w+|firmas?|gesellschaft\w*|"
    r"unternehmen|stiftung\w*|beratung\w*)(?!\w)"
)
_NAME = re.compile(
    r"(?<![\w.])[A-ZÀ-Þ][\wÀ-ÿ&'-]{2,}(?:\s+(?:(?:de|of|et|and|&|du|da|do|for|für)\s+)?[A-ZÀ-Þ][\wÀ-ÿ&'-]+)+"
)
_SENTENCES_BEFORE = 1
"""A firm is often named in the sentence before the one that rules its people out."""


def names_ruled_out(letter: str) -> tuple[str, ...]:
    """Return the names of firms and bodies whose people a letter does not want, as it writes them.

    A name has two words or more with capitals, stands behind a word for a firm or body, and is no
    country.
    """
    flow = " ".join(letter.split())
    sentences = [one.text for one in sentences_of(Piece(0, len(flow), flow))]
    found: dict[str, None] = {}
    for at, sentence in enumerate(sentences):
        if _RULES_OUT.search(plain(sentence)):
            for near in sentences[max(0, at - _SENTENCES_BEFORE) : at + 1]:
                found |= dict.fromkeys(_firms_in(near))
    return tuple(found)


def _firms_in(sentence: str) -> Iterator[str]:
    for one in _NAME.finditer(sentence):
        before = " ".join(plain(sentence[: one.start()]).split()[-4:])
        if _FIRMS.search(before) and not countries.find_countries(one.group()):
            yield one.group()


def is_named(name: str, words: str) -> bool:
    """Whether a CV names a firm or body."""
    low = " ".join(plain(words).split())
    return re.search(rf"(?<!\w){re.escape(plain(name))}(?!\w)", low) is not None
