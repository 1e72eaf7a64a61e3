"""The expert's nationalities as stated: never from a birthplace, an address or a language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from roster.ingest.person.personal_fields import PersonalField
from roster.ingest.sheet import Sheet
from roster.ingest.wording.lines import Line, Piece
from roster.ingest.wording.plain import plain
from roster.read import Nationality
from roster.reference import countries
from roster.reference.nationality import find_nationalities
from roster.vocabulary import FactKind

_OTHERS = re.compile(
    r"(?<!\w)(?:spouse|wife|husband|married to|conjoint|epoux|epouse|marie[e]? a|children|father|"
    r"mother(?! tongue)|verheiratet mit|casad[oa] c|coniugat|supervis|referee|reference person)"
)
_STOP = re.compile(
    r"(?<!\w)(?:resid|living|lives|permit|permis|visa|born|nee? |nacid|nascid|nat[oa] |gebor|"
    r"wohn|place|lieu|lugar|luogo|ort |by birth|address|adresse|since|depuis|desde|seit|languages?|"
    r"langues?|idiomas?|religion|marital|mari[ee]e?\b|married|single\b|celibataire|verheiratet|ledig|"
    r"casad[oa]|solteir[oa]|solter[oa]|coniugat|nubile|divorc|"
    r"civil status|sex\b|gender|passport n|passport:|проживан|"
    r"مقيم|الاقامة)"
)
_AFTER = re.compile(
    r"(?<!\w)(?:citizens? of|nationals? of|citoyen(?:ne)? (?:d(?:e|u|es)|de la)?|"
    r"(?:de )?nationalites?|ressortissante? d\w+|(?:de )?nacionalidad(?:es)?|"
    r"(?:de )?nacionalidade|di nazionalita|di cittadinanza|nazionalita|cittadinanza|"
    r"ciudadan[oa](?: de| del)?|cidad(?:ao|a)(?: d[aeo])?|cittadin[oa](?: del(?:la)?| di)?|"
    r"burger(?:in)? d(?:er|es)|cetatean(?:ca)?|cetatenie|obywatel(?:ka)?|statsborger i|"
    r"medborgare i|гражданин|гражданка|громадянин|громадянка|држављанин|مواطنة?|"
    r"holder of an?|titulaire d'un passeport|passeport)(?=\s)"
)
_BEFORE = re.compile(
    r"(?<=\s)(?:citizen|national|nationality|citizenship|passport(?:-| )?(?:holder)?|"
    r"staatsburger(?:in)?|staatsangehorige?r?|staatsangehorigkeit|staatsburgerschaft|burger(?:in)?|"
    r"medborgare|statsborger|kansalainen|allampolgar|državljank?a?|drzavljank?a?|obcan(?:ka)?|"
    r"staatsangehorig|гражданин|vatandasi)(?=$|[,;.)|/]| and | with | living| resid| born| since|"
    r" by | - | \||\s*$)"
)
_PERSONAL = re.compile(
    r"(?<!\w)(?:born|nee? |nacid|nascid|geb|age\b|aged|\d\d (?:years|ans|anos|jahre|anni)|married|"
    r"single|mari[ee]|celibataire|verheiratet|ledig|casad|solter)"
)
_LONGEST = 90
_TOP = 10


def read_nationalities(
    sheet: Sheet, fields: Sequence[PersonalField], lines: Sequence[Line]
) -> None:
    """Note down each nationality once.

    Parameters
    ----------
    sheet : the CV
    fields : labelled values of the part about the person
    lines : of that part
    """
    seen: set[str] = set()
    for code, where, confidence, doubt in _readings(sheet, fields, lines):
        if code not in seen:
            seen.add(code)
            sheet.note(FactKind.NATIONALITY, Nationality(code), where, confidence, doubt=doubt)


_Reading = tuple[str, Piece, float, str | None]


def _readings(
    sheet: Sheet, fields: Sequence[PersonalField], lines: Sequence[Line]
) -> Iterator[_Reading]:
    labelled = [
        reading
        for field in fields
        if field.field == "nationality"
        for reading in _of_value(sheet, field)
    ]
    if labelled:
        yield from labelled
        return
    stated = [reading for line in lines for reading in _of_phrases(line, sheet.language)]
    if stated:
        yield from stated
        return
    for line in lines[:_TOP]:
        yield from _of_bare_words(line)


def _of_value(sheet: Sheet, field: PersonalField) -> Iterator[_Reading]:
    words = _before_stop(field.value.text[:_LONGEST])
    with_residence = "resid" in plain(field.label.text)
    found = find_nationalities(words, sheet.language)
    unsure = with_residence and len(found) > 1
    for mention in found:
        where = field.value.within(mention.start, mention.end)
        doubt = "the field asks for citizenship or residence" if unsure else None
        yield mention.code, where, 0.7 if unsure else 0.95, doubt


def _before_stop(words: str) -> str:
    """Cut off what the value goes on to say of residence, birth and the like."""
    low = re.sub(r"\([^()]*\)", lambda found: "_" * len(found.group()), plain(words))
    found = _STOP.search(low, 3)
    return words[: found.start()] if found else words


def _of_phrases(line: Line, language: str | None) -> Iterator[_Reading]:
    """Read "citizen of …", "de nationalité …", "… national", "… Staatsbürger"."""
    low = plain(line.text)
    if _OTHERS.search(low):
        return
    for found in _AFTER.finditer(low):
        rest = re.split(r"[,;.|()]|\bresid", low[found.end() : found.end() + 70])[0]
        window = line.text[found.end() : found.end() + len(rest)]
        yield from _of_window(line, found.end(), window, language)
    for found in _BEFORE.finditer(low):
        head = re.split(r"[,;.|():]", low[max(0, found.start() - 45) : found.start()])[-1]
        start = found.start() - len(head)
        yield from _of_window(line, start, line.text[start : found.start()], language)


def _of_window(line: Line, start: int, window: str, language: str | None) -> Iterator[_Reading]:
    if len(window.split()) > 9:
        return
    window = re.sub(r"\w+-born", lambda found: "_" * len(found.group()), window)
    for mention in countries.find_countries(window, language) or find_nationalities(
        window, language
    ):
        if mention.kind == countries.CITY:
            continue
        where = line.piece.within(start + mention.start, start + mention.end)
        yield mention.code, where, 0.92, None


def _of_bare_words(line: Line) -> Iterator[_Reading]:
    """Read "born 1972, Swedish": a nationality alone between commas, in a line on the person."""
    low = plain(line.text)
    if len(low) > 140 or not _PERSONAL.search(low) or _OTHERS.search(low):
        return
    at = 0
    for part in re.split(r"[,;|•·–-]", line.text):
        words = part.strip()
        mentions = [one for one in countries.find_countries(words) if one.kind == countries.DEMONYM]
        if len(mentions) == 1 and mentions[0].end - mentions[0].start == len(words):
            start = line.text.index(part, at)
            where = line.piece.within(start, start + len(part))
            yield mentions[0].code, where, 0.75, "stated without a label"
        at += len(part)
