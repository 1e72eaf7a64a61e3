"""The expert's own e-mail, telephone, birth year and nationality; never those of others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from roster.ingest.headings import SectionKind
from roster.ingest.labels import LABELS
from roster.ingest.lines import Line, Piece
from roster.ingest.periods import find_periods
from roster.ingest.plain import plain
from roster.ingest.sheet import Sheet
from roster.naming import fold
from roster.read import BirthYear, Contact, Nationality
from roster.reference import countries
from roster.vocabulary import FactKind

_MAIL = re.compile(r"[\w.+'-]+ ?@ ?[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.+-])(?:\(?\+ ?\d|00\d|\(?0\d|\(\d)[\d ()./\u2011-]{5,20}\d(?![\w-])")
_GENERIC = frozenset(
    [
        "contact",
        "info",
        "office",
        "admin",
        "secretariat",
        "secretary",
        "mail",
        "bureau",
        "kontakt",
        "contacto",
        "contato",
        "recruitment",
        "hr",
        "jobs",
        "direction",
        "cabinet",
        "poststelle",
        "reception",
        "accueil",
    ]
)
_OTHERS = re.compile(
    r"referen|referee|recommand|supervis|superviseur|superieur|emergency|urgence|contact person|"
    r"ansprechpartner|spouse|conjoint|employeur|employer|vorgesetz"
)
_PERSONAL_LABELS = (
    "birth",
    "nationality",
    "nationality_birth",
    "birthplace",
    "email",
    "phone",
    "sex",
    "marital",
    "address",
    "mother_tongue",
)
_INLINE_LABEL = re.compile(
    "|".join(
        rf"(?P<{field}>(?<!\w)(?:{LABELS[field]})) ?(?:\([^()]{{0,40}}\) ?)?[:：⏎|]"
        for field in _PERSONAL_LABELS
    )
)
_BORN = re.compile(
    r"(?<!\w)(?:born(?: on)?|ne\(?e?\)? (?:le|en|vers)|nacid[oa] (?:el|en)|nascid[oa] (?:a|em)|"
    r"nascut[a]? (?:la|in)|geboren(?: am)?|nat[oa] (?:il|a|nel)|\* ?)(?= ?[^.;]{0,30}\d{4})"
)
_CITIZEN = re.compile(
    r"(?<!\w)(?:citizens? of|citoyen(?:ne)? d(?:e|u|es)|ciudadan[oa] (?:de|del)|cidada[o]? d[aeo]|"
    r"cittadin[oa] (?:di|del)|burger(?:in)? d(?:er|es))\s"
)
YOUNGEST, OLDEST = 16, 95


def read_contacts(sheet: Sheet, name: Piece | None, written_by: date | None = None) -> None:
    """Note down contact data, birth year and nationalities from the part about the person.

    Parameters
    ----------
    sheet : the CV
    name : where the name was found, which tells whose address it is
    written_by : a birth year must leave the person grown up on this day; None skips the check
    """
    lines = [line for line in sheet.lines(SectionKind.IDENTITY) if not _is_about_others(line)]
    _mails(sheet, lines, name)
    _phones(sheet, lines)
    fields = list(_inline_fields(lines))
    _birth(sheet, fields, lines, written_by)
    _nationalities(sheet, fields, lines)


def _is_about_others(line: Line) -> bool:
    return bool(_OTHERS.search(plain(line.text)))


def _mails(sheet: Sheet, lines: list[Line], name: Piece | None) -> None:
    printed = sheet.document.text[name.start : name.end] if name is not None else ""
    words = [word for word in fold(printed).split() if len(word) > 2]
    seen: set[str] = set()
    for line in lines:
        for found in _MAIL.finditer(line.text):
            address = found.group().replace(" ", "")
            local = fold(address.partition("@")[0]).replace(" ", "")
            own = any(word in local for word in words)
            if address.lower() in seen or (not own and local in _GENERIC):
                continue
            seen.add(address.lower())
            where = line.piece.within(found.start(), found.end())
            doubt = None if own else "the address does not look like the name"
            sheet.note(FactKind.EMAIL, Contact(address), where, 0.97 if own else 0.75, doubt=doubt)


def _phones(sheet: Sheet, lines: list[Line]) -> None:
    seen: set[str] = set()
    for line in lines:
        for found in _PHONE.finditer(line.text):
            number = " ".join(found.group().split())
            digits = re.sub(r"\D", "", number)
            if not 7 <= len(digits) <= 15 or digits in seen or find_periods(number):
                continue
            seen.add(digits)
            where = line.piece.within(found.start(), found.end())
            sheet.note(FactKind.TELEPHONE, Contact(number), where, 0.92)


def _inline_fields(lines: list[Line]) -> Iterator[tuple[str, Piece]]:
    """Yield labelled values, also several in one line ("Born: ... Nationality: ...")."""
    for line in lines:
        low = plain(line.text)
        marks = list(_INLINE_LABEL.finditer(low))
        for mark, after in zip(marks, [*marks[1:], None], strict=False):
            end = after.start() if after else len(low)
            edge = re.search(r" \|(?= )| · ", low[mark.end() : end])
            cut = mark.end() + edge.start() if edge and edge.start() > 1 else end
            field = str(mark.lastgroup)
            value = line.piece.within(mark.end(), cut)
            if value.text:
                yield field, value
        yield from _numbered_fields(line)


def _numbered_fields(line: Line) -> Iterator[tuple[str, Piece]]:
    for cell in line.cells:
        low = plain(cell.text)
        for field in ("birth", "nationality", "nationality_birth"):
            found = re.match(
                rf"^\d{{1,2}}[.)] ?(?:{LABELS[field]})(?: ?\([^()]*\))?\s+(?![:⏎|])", low
            )
            if found:
                yield field, cell.within(found.end(), len(low))


def _birth(
    sheet: Sheet, fields: list[tuple[str, Piece]], lines: list[Line], written_by: date | None
) -> None:
    places = [value for field, value in fields if field == "birth"]
    for line in lines:
        found = _BORN.search(plain(line.text))
        if found:
            places.append(line.piece.within(found.start(), len(line.text)))
    for value in places:
        spans = find_periods(value.text, sheet.language) or find_periods(value.text)
        start = spans[0].period.start if spans else None
        if start is None or (written_by and not _is_grown_up(start.year, written_by)):
            continue
        vague = re.search(r"vers|about|circa|c\.|hacia|cerca|etwa|um ", plain(value.text[:20]))
        doubt = "the year is given as approximate" if vague else None
        where = value.within(spans[0].start, spans[0].end)
        sheet.note(FactKind.BIRTH_YEAR, BirthYear(start.year), where, 0.96, doubt=doubt)
        return


def _is_grown_up(year: int, on: date) -> bool:
    return YOUNGEST <= on.year - year <= OLDEST


def _nationalities(sheet: Sheet, fields: list[tuple[str, Piece]], lines: list[Line]) -> None:
    places = [value for field, value in fields if field == "nationality"]
    for line in lines:
        found = _CITIZEN.search(plain(line.text))
        if found and not places:
            places.append(line.piece.within(found.end(), min(len(line.text), found.end() + 60)))
    seen: set[str] = set()
    for value in places:
        for code, where in _countries_in(value, sheet.language):
            if code not in seen:
                seen.add(code)
                sheet.note(FactKind.NATIONALITY, Nationality(code), where, 0.95)


def _countries_in(value: Piece, language: str | None) -> Iterator[tuple[str, Piece]]:
    words = value.text[:120]
    mentions = countries.find_countries(words, language) or countries.find_countries(words.title())
    if mentions:
        for mention in mentions:
            yield mention.code, value.within(mention.start, mention.end)
        return
    at = 0
    for part in re.split(r"[,;/&+]| and | et | y | e | und | si | și ", words):
        code = countries.code_for(part.strip()) if len(part.strip()) > 1 else None
        if code is not None:
            start = words.index(part, at)
            yield code, value.within(start, start + len(part))
        at += len(part)
