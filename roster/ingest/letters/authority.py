"""Who asks in a letter: the body of its letterhead, sender line, sentences or signature."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from roster.ingest.letters.bodies import find_names, kind_of
from roster.ingest.letters.parts import Letter
from roster.ingest.wording.lines import Line, Piece
from roster.ingest.wording.plain import plain
from roster.reference import administrations, bodies
from roster.vocabulary import AdministrationKind

ASKS = re.compile(
    r"(?<!\w)(?:request\w*|would (?:like|welcome|be grateful|appreciate)|wish(?:es)? to|"
    r"ask(?:s|ed)? (?:for|you)|seek(?:s)?|appeal|apply|"
    r"sollicit\w+|souhait\w+|demand\w+|requiert|prie|desir\w+|solicit\w+|requer\w+|pedi\w+|"
    r"desea\w*|pide\w*|ped(?:e|ir|imos|ido)|gostaria\w*|deseja\w*|bitt\w+|ersuch\w+|beantrag\w+|"
    r"mocht\w+|chied\w+|richied\w+|desider\w+|honou?r|honneur|honor|honra|support|appui|apoyo|"
    r"apoio|assistance|asistencia|assistencia|unterstutzung|assistenza|we need|need help|"
    r"avons besoin|necesitamos|precisamos|brauchen|abbiamo bisogno|"
    r"نطلب|طلب|تطلب|بطلب|نرجو|يسر|تتشرف|نلتمس)"
)
_EU_SIDE = re.compile(
    r"european union|union europeenne|union europea|uniao europeia|europaische union|"
    r"unione europea|delegation (?:of the eu|de l'u|der eu)|commission europ|european commission|"
    r"comision europea|comissao europeia|commissione europea|icmpd|mieux|eu member|"
    r"international cent(?:re|er) for migration|centre international pour le developpement|"
    r"الاتحاد الأوروبي"
)
_SPEAKS_FOR = re.compile(
    r"(?:behalf of|au nom d\w+|nombre d\w+|nome d\w+|namens|im namen|per conto d\w+|"
    r"work (?:at|in|for)|(?:we|i|colleagues) (?:at|of|from|in)|nous(?:,)? (?:au|a la)|"
    r"travaille|responsable|trabajo en|trabalho n\w|undersigned|soussigne\w*|arbeite)[^.;]{0,60}$"
)
_LEADS = re.compile(
    r"^\W*(?:[^.;:]{0,60}, )?(?:unser\w* |our |notre |nuestr\w |noss\w )?\S{0,4}\s*$"
)
_ARABIC_BODY = re.compile(
    r"(?:وزارة|الوزارة|هيئة|الهيئة|المديرية|مديرية|مكتب) [^،.؛:\n]{2,60}?"
    r"(?= في | ب\w* | من | عن | دعم|،|\.|؛|\n|$)"
)
_SMALL = re.compile(
    r"(?<=\s)(?:Of|The|For|And|De|Du|Des|La|Le|Les|Et|Del|Los|Las|Y|E|Da|Do|Dos|Das|Della|Degli|"
    r"Der|Und|Für|L['’]|D['’])(?=\s|[A-ZÀ-Ý])"
)
MOST_OF_A_LINE = 110
"""Longer lines are sentences, no letterhead."""
FIRST_SENTENCES = 6


@dataclass(frozen=True, slots=True)
class Authority:
    """The body that asks."""

    name: str
    where: Piece
    kind: AdministrationKind | None
    confidence: float
    askers: tuple[Piece, ...] = ()
    """All the names that speak for the asking side: joint letters have several."""


def is_eu_side(words: str) -> bool:
    """Whether words name the facility, its host or the European Union, to whom letters go."""
    return bool(_EU_SIDE.search(plain(words)))


def find_authority(letter: Letter) -> Authority | None:
    """Return the requesting authority, or None where no public body speaks.

    The letterhead counts first, then the sender of an e-mail or fax, the sentences that ask or
    present the writer, the signature, and at last a government without a ministry.
    """
    spoken = list(_of_sentences(letter))
    signed = list(_of_lines(letter.foot))
    headed = [*_of_lines(letter.head), *letter_sender(letter)]
    askers = tuple(chain(headed, spoken, signed))
    if headed:
        return _joined(headed[:3], 0.88, askers)
    if spoken:
        return _joined(spoken[:1], 0.85, askers)
    if signed:
        return _joined(signed[:3], 0.85, askers)
    governments = list(_governments(letter))
    return _joined(governments[:1], 0.6, tuple(governments)) if governments else None


def letter_sender(letter: Letter) -> list[Piece]:
    """Return the bodies named on the line "From:"."""
    if letter.sender is None or is_eu_side(letter.sender.text):
        return []
    return find_names(letter.sender)


def _joined(found: list[Piece], confidence: float, askers: tuple[Piece, ...]) -> Authority:
    first, last = found[0], found[-1]
    words = [_usual_case(" ".join(piece.text.split())) for piece in found]
    near = 0 <= last.end - first.start <= 300
    where = Piece(first.start, last.end, "") if near and len(found) > 1 else first
    name = ", ".join(dict.fromkeys(words if near else words[:1]))
    return Authority(name, where, _kind(name, first), confidence, askers)


def _kind(name: str, first: Piece) -> AdministrationKind | None:
    if bodies.find_bodies(name) and not _is_national(name):
        return AdministrationKind.REGIONAL_BODY
    return kind_of(name) or kind_of(first.text)


def _is_national(name: str) -> bool:
    """Whether a body that names a regional one is a ministry: "Ministry of EAC Affairs"."""
    return bool(re.match(r"(?:vice-?)?minist|وزار", plain(name)))


def _of_lines(lines: tuple[Line, ...]) -> Iterator[Piece]:
    for line in lines:
        for cell in line.cells:
            if len(cell.text) > MOST_OF_A_LINE or is_eu_side(cell.text):
                continue
            yield from _of_cell(cell)


def _of_cell(cell: Piece) -> Iterator[Piece]:
    named = find_names(cell)
    if named:
        yield from named
        return
    if administrations.kind_of(cell.text) is None and not bodies.find_bodies(cell.text):
        return
    if len(cell.text.split()) > 12 or re.search(r"\d|@", cell.text):
        return
    yield cell


def _of_sentences(letter: Letter) -> Iterator[Piece]:
    """Yield the bodies that stand as the one who asks or writes, in the first sentences."""
    for sentence in letter.body[:FIRST_SENTENCES]:
        arabic = _ARABIC_BODY.search(sentence.text)
        if arabic is not None:
            yield sentence.within(arabic.start(), arabic.end())
            return
        low = plain(sentence.text)
        named = [one for one in find_names(sentence) if not is_eu_side(one.text)]
        speaking = [one for one in named if _speaks(low, one.start - sentence.start)]
        if not speaking:
            continue
        first = speaking[0]
        spoken_for = [
            one for one in speaking[1:] if _SPEAKS_FOR.search(low[: one.start - sentence.start])
        ]
        yield from spoken_for or [first]
        yield from (
            one for one in named if one.start > first.start and _beside(low, first, one, sentence)
        )
        return


def _beside(low: str, first: Piece, one: Piece, sentence: Piece) -> bool:
    """Whether a second body stands beside the first, with nothing but an "and the" between."""
    between = low[first.end - sentence.start : one.start - sentence.start]
    return bool(re.fullmatch(r"[\s,]*(?:and|et|y|e|und)\s*(?:\S{1,4}\s?)?", between))


def _speaks(low: str, start: int) -> bool:
    before = low[:start]
    return bool(_LEADS.match(before) or _SPEAKS_FOR.search(before))


def _governments(letter: Letter) -> Iterator[Piece]:
    for sentence in letter.body[:FIRST_SENTENCES]:
        for one in find_names(sentence, governments=True):
            if _speaks(plain(sentence.text), one.start - sentence.start) and not is_eu_side(
                one.text
            ):
                yield one


def _usual_case(name: str) -> str:
    if not (name.isupper() and len(name) > 12):
        return name
    return _SMALL.sub(lambda found: found.group().lower(), name.title())
