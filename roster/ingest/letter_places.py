"""Who asks in a letter, and for which countries; countries named as examples are told apart."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from roster.ingest.letter_parts import Letter
from roster.ingest.lines import Line, Piece
from roster.ingest.plain import plain
from roster.reference import administrations, bodies, countries
from roster.vocabulary import AdministrationKind

_ASKS = re.compile(
    r"(?<!\w)(?:request\w*|would like|wish(?:es)? to|ask(?:s)? for|seek(?:s)?|solicit\w*|appeal|"
    r"apply|"
    r"sollicit\w+|souhait\w+|demand\w+|requiert|prie|desir\w+|solicit\w+|requer\w+|pedi\w+|"
    r"desea\w*|pide\w*|ped(?:e|imos|ido)|gostaria\w*|deseja\w*|bitt\w+|ersuch\w+|beantrag\w+|"
    r"mocht\w+|chied\w+|richied\w+|desider\w+|honou?r|honneur|honor|honra|support|appui|apoyo|"
    r"apoio|assistance|asistencia|assistencia|unterstutzung|assistenza|نطلب|طلب|نرجو|يسر)"
)
_EXAMPLE = re.compile(
    r"(?<!\w)(?:as (?:in|done (?:in|by))|such as|like|e\.g\.|for example|for instance|"
    r"experiences? of|"
    r"experiences? from|example of|lessons? from|practices? (?:of|from|in)|model of|modelled on|"
    r"(?:officials?|experts?|colleagues?|peers?|practitioners?) (?:from|of)|visit(?:s|ed)? to|"
    r"from|via|"
    r"through|towards?|nationals? of|citizens? of|migrants? (?:from|in|to)|neighbou?r\w*|"
    r"border\w* with|"
    r"returned from|returnees? from|agreements? with|cooperation with|together with|alongside|"
    r"comme (?:au|en|aux|le|la|l'|celle|celui)|a l'instar d\w+|l?'?experiences? d\w+|"
    r"l?'?exemple d\w+|"
    r"pratiques d\w+|modele d\w+|expert\w* (?:d\w+|venu\w*)|tel(?:le)?s? que|par exemple|"
    r"en provenance d\w+|"
    r"ressortissants? d\w+|originaires? d\w+|vers|depuis|frontieres? avec|accords? avec|"
    r"como (?:en|el|la|no|na|em|o|a)\b|experiencias? (?:de|del|do|da)|ejemplo de\w*|exemplo d\w+|"
    r"expert[oa]s? de\w*|perit[oa]s? de\w*|tales como|tais como|por ejemplo|por exemplo|"
    r"procedentes? de|"
    r"provenientes? d\w+|nacionales de|hacia|desde|para (?:a )?europa|frontera con|fronteira com|"
    r"wie (?:in|etwa|zum beispiel)|zum beispiel|erfahrung(?:en)? (?:aus|von|der)|nach dem vorbild|"
    r"aus|come (?:in|nel|il|la)|esperienz[ae] d\w+|esempio d\w+|provenienti d\w+|verso|"
    r"مثل|تجربة|خبرة)(?: (?:the|le|la|les|el|los|las|o|a|os|as|republic of|der|die|den|il|"
    r"l'))*[^,.;:()]{0,30}$"
)
_INTERESTED = re.compile(
    r"(?:is|are|would be|serait|est|sera|seria|es|e|waere|ware|"
    r"sarebbe) (?:also )?(?:of )?(?:particular )?"
    r"(?:interest|useful|relevant|utile|interessante?|interes\w*|de interes|de interesse)"
)
_EU_SIDE = re.compile(
    r"european union|union europeenne|union europea|uniao europeia|europaische union|"
    r"delegation|commission europ|european commission|icmpd|mieux|eu member"
)
_VERB = (
    r"(?: (?:has|have|would|wishes|requests?|seeks|is|kindly|hereby|presents|a l'honneur|souhaite|"
    r"sollicite|presente|demande|desire|tiene|solicita|desea|saluda|vem|tem|gostaria|bittet|mochte|"
    r"ersucht|chiede|desidera|ha l'onore)\b)"
)
_SUBJECT_OF_SENTENCE = re.compile(
    r"(?:^|[,.;] ?|behalf of |nom d\w+ |nombre d\w+ |nome d\w+ |namens )"
    r"(?:the |le |la |l'|el |o |a |das |die |der |il )?"
    r"(?P<name>[^\W\d_][^.;:]{5,140}?)" + _VERB
)
_ARABIC_BODY = re.compile(
    r"(?:وزارة|الوزارة|هيئة|الهيئة|المديرية|مديرية|مكتب) [^،.؛:\n]{2,60}?"
    r"(?= في | ب\w* | من | عن |،|\.|؛|\n|$)"
)
LEAST_SCORE = 2.0
MOST_OF_A_LINE = 110
"""Longer lines are sentences, no letterhead."""


@dataclass(frozen=True, slots=True)
class Authority:
    """The body that asks."""

    name: str
    where: Piece
    kind: AdministrationKind | None
    confidence: float


def find_authority(letter: Letter) -> Authority | None:
    """Return the requesting authority: of the letterhead, the signature, or the first sentences."""
    in_head = _of_lines(letter.head)
    if in_head is not None:
        return in_head
    for sentence in letter.body[:6]:
        arabic = _ARABIC_BODY.search(sentence.text)
        if arabic is not None:
            name = sentence.within(arabic.start(), arabic.end())
            return Authority(name.text, name, administrations.kind_of(name.text), 0.75)
        found = _SUBJECT_OF_SENTENCE.search(plain(sentence.text))
        if found is None:
            continue
        name = sentence.within(found.start("name"), found.end("name"))
        kind = administrations.kind_of(name.text)
        if kind is not None and not _EU_SIDE.search(plain(name.text)):
            return Authority(" ".join(name.text.split()), name, kind, 0.85)
    return _of_lines(letter.foot)


def _of_lines(lines: tuple[Line, ...]) -> Authority | None:
    found: list[Piece] = []
    for line in lines:
        for cell in line.cells:
            if len(cell.text) > MOST_OF_A_LINE or _EU_SIDE.search(plain(cell.text)):
                continue
            body = _body_in(cell)
            if body is not None and (not found or len(found) < 3):
                found.append(body)
    if not found:
        return None
    first, last = found[0], found[-1]
    name = ", ".join(dict.fromkeys(" ".join(piece.text.split()) for piece in found))
    kind = administrations.kind_of(name)
    where = first if last.end - first.start > 300 else Piece(first.start, last.end, "")
    return Authority(_usual_case(name), where, kind, 0.88)


def _body_in(cell: Piece) -> Piece | None:
    """Return the part of a line that names a public body ("The Director, Ministry of ...")."""
    if administrations.kind_of(cell.text) is None and not bodies.find_bodies(cell.text):
        return None
    for edge in re.finditer(r", | – | - ", cell.text):
        tail = cell.within(edge.end(), len(cell.text))
        head = cell.text[: edge.start()]
        if administrations.kind_of(head) is None and administrations.kind_of(tail.text):
            return tail
    return cell


def _usual_case(name: str) -> str:
    return name.title() if name.isupper() and len(name) > 12 else name


def find_regional_body(letter: Letter, authority: Authority | None) -> tuple[str, Piece] | None:
    """Return the regional body that asks, if one does."""
    places = [authority.where] if authority is not None else []
    texts = [(letter.flow[place.start : place.end], place.start) for place in places]
    if authority is None or authority.kind is AdministrationKind.REGIONAL_BODY:
        texts += [(line.text, line.start) for line in (*letter.head, *letter.foot)]
    for text, offset in texts:
        for mention in bodies.find_bodies(text):
            if mention.body != "EU" and not _EU_SIDE.search(plain(text)):
                start, end = offset + mention.start, offset + mention.end
                return mention.body, Piece(start, end, text[mention.start : mention.end])
    return None


def find_beneficiaries(
    letter: Letter, authority: Authority | None, language: str | None, *, regional: bool
) -> list[tuple[str, Piece, float]]:
    """Return the countries that would benefit, each with its place and how sure that is.

    Parameters
    ----------
    letter : taken apart
    authority : who asks; its own country counts most
    language : of the letter
    regional : whether a regional body asks; then only countries that are listed as such count
    """
    scores: dict[str, float] = defaultdict(float)
    places: dict[str, Piece] = {}
    for piece, worth in _places_of_weight(letter, authority, regional=regional):
        for mention in countries.find_countries(piece.text, language):
            if is_example(piece.text, mention.start, mention.end):
                scores[mention.code] -= 0.5
                continue
            weight = {"name": 1.0, "city": 0.7, "demonym": 0.7}[mention.kind]
            scores[mention.code] += worth * weight
            places.setdefault(mention.code, piece.within(mention.start, mention.end))
    best = max(scores.values(), default=0.0)
    least = max(LEAST_SCORE, 0.34 * best) if best >= LEAST_SCORE else 1.0
    chosen = [code for code in places if scores[code] >= least and scores[code] > 0]
    return [(code, places[code], _sureness(scores[code])) for code in chosen]


def _sureness(score: float) -> float:
    return 0.92 if score >= 3.0 else 0.8 if score >= LEAST_SCORE else 0.55


def _places_of_weight(
    letter: Letter, authority: Authority | None, *, regional: bool
) -> list[tuple[Piece, float]]:
    weighed: list[tuple[Piece, float]] = []
    if not regional:
        weighed += [(line.piece, 2.0) for line in letter.head]
        weighed += [(line.piece, 1.5) for line in letter.foot]
        if authority is not None and authority.where.text:
            weighed.append((authority.where, 3.0))
    if letter.subject is not None:
        weighed.append((letter.subject, 2.5))
    for sentence in letter.body:
        asks = bool(_ASKS.search(plain(sentence.text)))
        weighed.append((sentence, 1.2 if asks else 0.5))
    return weighed


def is_example(sentence: str, start: int, end: int) -> bool:
    """Whether a country named at a place of a sentence is an example, a partner, or a route."""
    low = plain(sentence)
    if _EXAMPLE.search(low[max(0, start - 90) : start]):
        return True
    return bool(_INTERESTED.search(low[end : end + 60]))
