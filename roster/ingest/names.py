"""The expert's name: given and family name, whatever order and case the CV prints them in."""

from __future__ import annotations

import re
from collections.abc import Iterable

from roster.ingest.headings import SectionKind, find_heading
from roster.ingest.lines import Piece, parts_of
from roster.ingest.plain import plain
from roster.ingest.records import labelled_fields
from roster.ingest.sheet import Sheet
from roster.ingest.wording import is_title
from roster.naming import fold
from roster.read import Name
from roster.reference.countries import find_countries
from roster.vocabulary import FactKind

_TITLES = re.compile(
    r"^(?:(?:mr|mrs|ms|miss|dr|prof|m|mme|mlle|mag|ing|dipl|sr|sra|srta|dott(?:\.ssa)?|herr|frau|"
    r"sig(?:ra|\.ra)?|eng|doc|hon|col|lic|lt|capt|h\.?e|s\.?e)\.? )+",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r",? (?:ph\.?d|m\.?sc|b\.?sc|m\.?a|b\.?a|mba|ll\.?m|ll\.?b|esq|jr|sr|dr\.?|ing\.?)\.?$", re.I
)
_MARRIED = re.compile(r"\b(?:epouse|ep\.|nee?|geb\.|verh\.|de casada|in )\s+", re.IGNORECASE)
_PARTICLES = frozenset(
    [
        "de",
        "da",
        "do",
        "dos",
        "das",
        "del",
        "della",
        "delle",
        "dei",
        "di",
        "du",
        "des",
        "d'",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "ten",
        "ter",
        "zu",
        "zur",
        "zum",
        "af",
        "av",
        "bin",
        "ibn",
        "ben",
        "bint",
        "bou",
        "el",
        "al",
        "ul",
        "ould",
        "y",
        "e",
        "i",
        "na",
        "ní",
        "ó",
    ]
)
_NOT_A_NAME = re.compile(
    # Whole words or their beginnings: "tel" stands in Quintela, "form" in Formosa.
    r"\b(?:curriculum|vitae|cv\b|resume\b|lebenslauf|europass|page\b|profile?\b|form\b|formular|"
    r"united\b|nations\b|notice\b|personal|history\b|confidential|ministr|ministere|ministerio|"
    r"university|www|http|experte?\b|experts\b|consultant|director|directeur|officer|chef\b|head\b|"
    r"adviser|conseiller|street\b|tel\b|project)|@",
    re.IGNORECASE,
)
LINES_LOOKED_AT = 45
LEAST_SCORE = 1.45
"""A line without support by the e-mail address must be among the first five."""
_COMMON = re.compile(
    r"skill|contact|professional|experience|summary|education|about|develop|"
    r"language"
)


def read_name(sheet: Sheet) -> Piece | None:
    """Note the name down and return where it stands; None where no name is found."""
    found = _by_labels(sheet) or _by_place(sheet)
    if found is None:
        return None
    name, where, confidence, doubt = found
    sheet.note(FactKind.NAME, name, where, confidence, doubt=doubt)
    return where


Found = tuple[Name, Piece, float, str | None]


def _by_labels(sheet: Sheet) -> Found | None:
    values: dict[str, Piece] = {}
    for field, value in labelled_fields(sheet.lines(SectionKind.IDENTITY)):
        if field in {"family", "given", "middle", "name"} and value.text and field not in values:
            first = next(iter(parts_of(value)), None)
            if first is not None and len(first.text) < 80:
                values[field] = first
    if "family" in values and "given" in values:
        return _of_parts(values)
    whole = values.get("name") or values.get("family")
    if whole is not None and len(whole.text.split()) > 1:
        return (split_name(whole.text, None), whole, 0.9, None)
    return None


def _of_parts(values: dict[str, Piece]) -> Found:
    given = " ".join(proper(values[field].text) for field in ("given", "middle") if field in values)
    family = proper(_MARRIED.sub("", plain_safe(values["family"].text)))
    start = min(values["family"].start, values["given"].start)
    end = max(values["family"].end, values["given"].end)
    where = values["family"] if end - start > 300 else Piece(start, end, "")
    return Name(f"{given} {family}", given, family), where, 0.97, None


def plain_safe(text: str) -> str:
    """Return the text with words like "épouse" spelt without accents, so that they are known."""
    return re.sub(r"\bépouse\b", "epouse", re.sub(r"\bnée\b", "nee", text))


def _by_place(sheet: Sheet) -> Found | None:
    """Find the line that looks most like a name, near the top, weighed by the e-mail address."""
    mail = _first_mail(sheet.document.text)
    best: tuple[float, Piece] | None = None
    for order, piece in enumerate(_top_pieces(sheet)):
        score = _likeness_to_name(piece.text, mail) - 0.03 * order
        if score >= LEAST_SCORE and (best is None or score > best[0]):
            best = score, piece
    if best is None:
        return None
    score, piece = best
    doubt = None if mail and _shared(piece.text, mail) else "taken from its place on the page"
    return split_name(piece.text, mail), piece, 0.92 if doubt is None else 0.7, doubt


def _top_pieces(sheet: Sheet) -> Iterable[Piece]:
    lines = [
        line
        for section in sheet.sections
        if section.kind in {SectionKind.IDENTITY, SectionKind.OTHER, SectionKind.SKILLS}
        for line in section.lines
    ]
    lines.sort(key=lambda line: line.start)
    for line in lines[:LINES_LOOKED_AT]:
        for cell in line.cells:
            yield from parts_of(cell)


def _likeness_to_name(text: str, mail: str | None) -> float:
    bare = _AFTER.sub("", _TITLES.sub("", text)).strip(" ,.")
    words = bare.split()
    if not 2 <= len(words) <= 6 or len(bare) > 60 or any(sign.isdigit() for sign in bare):
        return 0.0
    if _NOT_A_NAME.search(plain(bare)) or find_heading(bare) or re.search(r"[:;/|()&@_]", bare):
        return 0.0
    big = [word for word in words if word.lower() not in _PARTICLES]
    if not big or not all(word[:1].isupper() or word[:2].lower() == "d'" for word in big):
        return 0.0
    if mail and _shared(bare, mail):
        return 3.1
    return 0.0 if is_title(bare) or find_countries(bare) or _COMMON.search(plain(bare)) else 1.6


def _first_mail(text: str) -> str | None:
    found = re.search(r"[\w.+-]+@[\w-]+\.[\w.-]+", text)
    return found.group() if found else None


def _shared(name: str, mail: str) -> bool:
    local = fold(mail.partition("@")[0]).replace(" ", "")
    return any(len(word) > 2 and word in local for word in fold(name).split())


def split_name(text: str, mail: str | None) -> Name:
    """Tell given from family name: by a comma, by capitals, by the e-mail address, else by order.

    Parameters
    ----------
    text : the name as printed
    mail : an address that may be the person's ("given.family@...")
    """
    bare = _AFTER.sub("", _TITLES.sub("", text)).strip(" ,.")
    if "," in bare:
        family, given = (part.strip() for part in bare.split(",", 1))
        return _name(given, family)
    words = bare.split()
    capitals = [_is_capitals(word) for word in words]
    if any(capitals) and not all(capitals):
        return _by_capitals(words, capitals)
    if mail and (turned := _turned_by_mail(words, mail)):
        return turned
    cut = next(
        (at for at, word in enumerate(words[1:-1], 1) if word.lower() in _PARTICLES), len(words) - 1
    )
    return _name(" ".join(words[:cut]), " ".join(words[cut:]))


def _is_capitals(word: str) -> bool:
    letters = [letter for letter in word.rpartition("'")[2] if letter.isalpha()]
    return len(letters) > 1 and all(letter.isupper() for letter in letters)


def _by_capitals(words: list[str], capitals: list[bool]) -> Name:
    family = [
        word
        for at, word in enumerate(words)
        if capitals[at]
        or (word.lower() in _PARTICLES and at + 1 < len(words) and any(capitals[at + 1 :]))
    ]
    given = [word for word in words if word not in family]
    return _name(" ".join(given), " ".join(family))


def _turned_by_mail(words: list[str], mail: str) -> Name | None:
    """Read "Family Given" where the address says given.family."""
    parts = [part for part in re.split(r"[._-]", mail.partition("@")[0].lower()) if len(part) > 2]
    if len(parts) < 2 or len(words) < 2:
        return None
    first, last = fold(words[0]), fold(words[-1])
    given_last = parts[0] in last.split() or parts[0] == last.replace(" ", "")
    if given_last and parts[-1] in first.replace(" ", ""):
        return _name(words[-1], " ".join(words[:-1]))
    return None


def _name(given: str, family: str) -> Name:
    given, family = proper(given), proper(family)
    return Name(f"{given} {family}".strip(), given or None, family or None)


def proper(text: str) -> str:
    """Return a name in usual case: words in capitals are lowered, others stay as printed."""
    return " ".join(_proper_word(word) for word in text.split())


def _proper_word(word: str) -> str:
    letters = [letter for letter in word if letter.isalpha()]
    if len(letters) < 2 or not all(letter.isupper() for letter in letters[-2:]):
        return word
    return re.sub(
        r"[^\W\d_]+",
        lambda found: (
            found.group()
            if found.group().islower()
            else found.group()[0] + found.group()[1:].lower()
        ),
        word,
    )
