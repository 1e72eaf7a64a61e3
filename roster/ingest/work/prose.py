"""Posts told in sentences, of CVs that list none: "From 2009 to 2014 she was Attaché at …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from roster.dates import Period
from roster.ingest.sheet import Sheet
from roster.ingest.wording.headings import SectionKind
from roster.ingest.wording.lines import Piece, sentences_of
from roster.ingest.wording.plain import plain
from roster.ingest.work.employment import Stay
from roster.ingest.work.entry_heads import open_title
from roster.ingest.work.occupations import LIKELY, look_of
from roster.ingest.work.periods import find_periods
from roster.reference import countries

_AS = r"(?: .{0,60}?(?<!\w)(?:as|comme|en tant que?|como|em qualidade de|come|als)(?!\w))?"
_ARTICLE = (
    r"(?:,? (?:currently|presently|actuellement|actualmente|atualmente|attualmente|derzeit))?"
    r"(?: (?:an?|the|une?|la?|le|el|il|lo|um|uma|o|ein|eine|einer|der|die)(?= )| l'| d'| de)? ?"
)
_NOW = re.compile(
    r"(?<!\w)(?:(?:he |she |i )?(?:is|am|works|work|serves|serve)|je suis|est|travaille|exerce|"
    r"occupe(?: \w+)? le poste|soy|es|trabaja|trabajo|ejerce|ocupa el (?:cargo|puesto)|sou|e|"
    r"trabalha|trabalho|ocupa o cargo|sono|lavora|lavoro|ricopre|ist|bin|arbeitet|arbeite)(?!\w)"
    rf"{_AS}{_ARTICLE}"
)
_THEN = re.compile(
    r"(?<!\w)(?:was|were|has been|had been|served|worked|began (?:his|her|my) career|"
    r"started (?:his|her|my) career|held the posts?|(?:j'|il |elle )?(?:etais|etait|a ete|ai ete)|"
    r"(?:j'ai|a) (?:travaille|exerce|occupe)|fue|fui|era|trabajo|trabaje|ejercio|ejerci|desempeno|"
    r"foi|trabalhou|trabalhei|exerceu|exerci|e stat[oa]|sono stat[oa]|(?:ha|ho) lavorato|war|"
    r"arbeitete)(?!\w)"
    rf"{_AS}{_ARTICLE}"
)
_CLAUSE_ENDS = re.compile(
    r"[;:(]|,? (?:where|which|who|whose|and (?:he|she|i)|since|until|ou (?=je|il|elle)|depuis|"
    r"donde|desde|onde|dove|dal(?=l'| \d)|wo|seit|having|responsible|before|avant)(?!\w)|"
    r", (?=an? |une? |the )|,? (?:from|between|de|entre|von|zwischen|dal|del|in|en|em|im jahr) "
    r"(?=(?:19|20)\d\d)"
)
_LINK = re.compile(r"\s+(?:in|at|a|à|en|em|no|na|au|aux|zu)(?:\s+the)?\s*$", re.IGNORECASE)
_KINDS = (SectionKind.IDENTITY, SectionKind.PROFILE, SectionKind.OTHER, SectionKind.PRESENT)
_TO = re.compile(
    r"\s(?:with|at|chez|aupr[eè]s (?:de la|de l'|du|des|de)|au|[aà] l[a']|bei(?:m)?|no|na|presso)"
    r"(?: the| der| dem)?\s+(?=[^\W\d_a-zà-ÿ])"
)
LEAST_WORDS = 7
"""A sentence with fewer words tells no post."""


def told_stays(sheet: Sheet) -> list[Stay]:
    """Return the posts that sentences tell, each with a title, an employer and a time."""
    found: list[Stay] = []
    for piece in sheet.pieces(*_KINDS):
        for sentence in sentences_of(piece):
            if len(sentence.text.split()) >= LEAST_WORDS:
                found += _told(sheet, sentence)
    return found


def _told(sheet: Sheet, sentence: Piece) -> Iterator[Stay]:
    low = plain(sentence.text)
    spans = find_periods(sentence.text, sheet.language)
    for verb, goes_on in ((_THEN, False), (_NOW, True)):
        for match in verb.finditer(low):
            clause = _clause(sentence, match.end())
            title, employer = _parted(clause)
            if not look_of(title.text).is_title or (employer is None and goes_on):
                continue
            period = _period([span.period for span in spans], goes_on=goes_on)
            if period is None:
                continue
            place = None
            if employer is not None:
                employer, place = _without_place(employer, sheet.language)
            yield Stay(
                sentence, period, title, employer, place, labelled=False, sure=True, prose=True
            )
            return


def _parted(clause: Piece) -> tuple[Piece, Piece | None]:
    """Part title and employer; behind "with" or "at" a name in capitals is the employer."""
    title, employer = open_title(clause)
    if employer is None:
        for found in _TO.finditer(clause.text):
            if look_of(clause.text[: found.start()]).title >= LIKELY:
                return clause.within(0, found.start()), clause.within(found.end(), len(clause.text))
    return title, employer


def _clause(sentence: Piece, start: int) -> Piece:
    end = _CLAUSE_ENDS.search(plain(sentence.text), start)
    words = sentence.within(start, end.start() if end else len(sentence.text))
    return words.within(0, len(words.text.rstrip(" .")))


def _period(periods: list[Period], *, goes_on: bool) -> Period | None:
    """Return when it was; None for what is over and has no dates."""
    first = periods[0] if periods else Period()
    if goes_on:
        return Period(first.start, None, ongoing=True)
    if first.start is None:
        return None
    # "He began his career in 1994" says no end.
    return first if first.ongoing or first.end != first.start else Period(first.start)


def _without_place(employer: Piece, language: str | None) -> tuple[Piece, Piece | None]:
    """Cut "in Nairobi, Kenya" off the end of an employer."""
    mentions = [
        each
        for each in countries.find_countries(employer.text, language)
        if each.kind in {"name", "city"}
    ]
    for mention in mentions:
        before = _LINK.search(employer.text[: mention.start])
        if before is not None:
            return employer.within(0, before.start()), employer.within(
                mention.start, len(employer.text)
            )
    return employer, None
