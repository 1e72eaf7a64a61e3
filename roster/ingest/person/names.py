"""The expert's name: given and family name, whatever order and case the CV prints them in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from roster.ingest.person.name_parts import PARTICLES, bare_name, proper, split_name
from roster.ingest.person.personal_fields import PersonalField, own_lines, personal_fields
from roster.ingest.sheet import Sheet
from roster.ingest.wording.headings import SectionKind, find_heading
from roster.ingest.wording.labels import LABELS
from roster.ingest.wording.lines import Line, Piece, parts_of
from roster.ingest.wording.plain import plain
from roster.ingest.wording.sections import Section
from roster.ingest.wording.titles import is_employer, is_title
from roster.naming import fold
from roster.read import Name
from roster.reference.countries import find_countries
from roster.reference.people import is_family, is_given
from roster.vocabulary import FactKind

__all__ = ["proper", "read_name", "split_name"]

_NOT_A_NAME = re.compile(
    # Whole words or their beginnings: "tel" stands in Quintela, "form" in Formosa.
    r"(?<!\w)(?:curriculum|vitae|cv\b|resume\b|lebenslauf|europass|page\b|profile?\b|profil\b|"
    r"form\b|formular|formato\b|"
    r"united\b|nations\b|notice\b|personal|history\b|confidential|ministr|ministere|ministerio|"
    r"university|www|http|experte?\b|experts\b|consultant|director|directeur|officer|chef\b|head\b|"
    r"adviser|conseiller|street\b|tel\b|project|hoja de|zyciorys|ansioluettelo|elulook|gyvenimo|"
    r"oneletrajz|zivotopis|životopis|zivljenjepis|personuppgifter|levnedsbes|meritf|ozgecmis|"
    r"biodata|βιογραφικο|автобиог|резюме|биограф|السيرة|سيرة|الذاتية|персонал|biography|"
    r"key expert|team leader|template|annex|tech-?6|proposed|confidentiel|photo\b|"
    r"pagina|seite\b|strana\b|twinning|taiex|mieux\b)|@",
)
_COMMON = re.compile(
    r"(?<!\w)(?:\w*skill|contact|professional|experience|summary|education|about|develop|languag|"
    r"public\b|policy|policies|management|administration|migration|asylum|border|international|"
    r"european|affairs|rights|security|training|interior|federal|national|state\b|republic|"
    r"internal|foreign|home\b|legal|social|human|labour|labor|statistic|research|qualit|"
    r"competenc|competenz|compétenc|formation|formacion|formazione|erfahrung|kenntnis|langues|"
    r"idiomas|lingue|sprachen|references|objective|strategic|analysis|leadership|planning|"
    r"communication|law\b|justice\b|general\b|office\b|service\b|team\b|data\b|city\b|rue\b|"
    r"calle\b|via\b|avenue\b|platz\b|strada\b|ulica\b|present\b|current\b|responsib|available|"
    r"informa|nationalit|date\b|birth\b|address)"
)
_BETWEEN = re.compile(r"\s+[–—|•·/]\s+|\s+-\s+|\s*\|\s*|,\s+|\s{3,}|\t")
LINES_LOOKED_AT = 60
LEAST_SCORE = 1.1
"""A line that nothing supports must be among the first."""
_SKIPPED = frozenset({SectionKind.REFERENCES, SectionKind.PUBLICATIONS})
_OTHERS = re.compile(
    r"(?<!\w)(?:contact person|reference|referee|supervis|ansprechpartner|spouse|emergency|"
    r"personne de contact|persona de contacto|superieur|vorgesetz)"
)

_PAST_LATIN = "\u0370"
_MOST_EDGES = 4
"""More dashes and commas than this make a list, not a name and what the person is."""

Found = tuple[Name, Piece, float, str | None]


def read_name(sheet: Sheet) -> Piece | None:
    """Note the name down and return where it stands; None where no name is found."""
    found = _by_labels(sheet) or _by_place(sheet)
    if found is None:
        return None
    name, where, confidence, doubt = found
    sheet.note(FactKind.NAME, name, where, confidence, doubt=doubt)
    return where


def _by_labels(sheet: Sheet) -> Found | None:
    fields = [
        field
        for field in personal_fields(own_lines(sheet))
        if field.field in {"family", "given", "middle", "name"} and _may_hold_a_name(field.value)
    ]
    values: dict[str, PersonalField] = {}
    for field in fields:
        values.setdefault(field.field, field)
    families = [field for field in fields if field.field == "family"]
    if len(families) == 2 and "given" in values and "middle" not in values:
        # "Презиме" is a patronymic in Bulgarian, a family name in Serbian.
        values |= {"middle": families[0], "family": families[1]}
    if "family" in values and "given" not in values and _completes(values):
        values["given"] = values.pop("name")  # "Surname: …", "Name: …"
    if "family" in values and "given" in values:
        return _of_parts(values)
    whole = values.get("name") or values.get("family") or values.get("given")
    if whole is None or len(bare_name(whole.value.text).split()) < 2:
        return None
    name = split_name(
        whole.value.text,
        first_mail(sheet.document.text),
        family_first=_order_of(whole.label.text),
        language=sheet.language,
    )
    return name, whole.value, 0.95, None


def _completes(values: dict[str, PersonalField]) -> bool:
    """Whether what is labelled "name" is the given name beside a family name."""
    if "name" not in values:
        return False
    family = fold(values["family"].value.text).split()
    return not set(family) & set(fold(values["name"].value.text).split())


def _may_hold_a_name(value: Piece) -> bool:
    text = bare_name(value.text)
    if not text or len(text) > 80 or any(sign.isdigit() for sign in text) or "@" in text:
        return False
    if not any(letter.isalpha() for letter in text) or re.search(r"[:;/|_]", text):
        return False
    known = any(is_given(word) for word in text.split())
    return known or not (is_employer(text) or find_heading(text))


def _order_of(label: str) -> bool | None:
    """Tell from "Surname, first name" which comes first; None where the label says neither."""
    low = re.sub(r"^\W*\d{0,2}[.)]? ?", "", plain(label))
    if re.match(r"ф\.? ?и\.? ?о|п\.? ?і\.? ?б", low):
        return True
    family = re.search(rf"(?<!\w)(?:{LABELS['family']})(?!\w)", low)
    given = re.search(rf"(?<!\w)(?:{LABELS['given']}|name|nome|first)(?!\w)", low)
    if family is None or given is None or family.start() == given.start():
        return None
    return family.start() < given.start()


def _of_parts(values: dict[str, PersonalField]) -> Found:
    pieces = {field: found.value for field, found in values.items()}
    given = " ".join(
        proper(bare_name(pieces[field].text).replace(",", ""))
        for field in ("given", "middle")
        if field in pieces
    )
    whole = split_name(f"{pieces['family'].text}, {given}", None)
    family = whole.family or pieces["family"].text
    start = min(pieces["family"].start, pieces["given"].start)
    end = max(pieces["family"].end, pieces["given"].end)
    where = pieces["family"] if end - start > 300 else Piece(start, end, "")
    return Name(f"{given} {family}", given, family), where, 0.97, None


@dataclass(frozen=True, slots=True)
class _Candidate:
    piece: Piece
    order: int
    led: bool
    """Whether the line above is the title of a CV."""
    followed: bool
    """Whether a job title, an address or an e-mail comes next."""
    aside: bool
    """Whether it stands in a section on skills, languages or work."""


def _by_place(sheet: Sheet) -> Found | None:
    """Find the line that looks most like a name, near the top, weighed by the e-mail address."""
    mails = _mails(sheet.document.text)
    best: tuple[float, _Candidate, str | None] | None = None
    for candidate in _candidates(sheet):
        mail = _own_mail(candidate.piece.text, mails)
        score = _score(candidate, mail)
        if score >= LEAST_SCORE and (best is None or score > best[0]):
            best = score, candidate, mail
    if best is None:
        return None
    score, candidate, mail = best
    piece = candidate.piece
    name = split_name(piece.text, mail, language=sheet.language)
    known = any(is_given(word) for word in bare_name(piece.text).split())
    if mail is not None:
        return name, piece, 0.95, None
    if known and candidate.order < 4 and not candidate.aside:
        return name, piece, 0.9, None
    return name, piece, 0.7, "taken from its place on the page"


def _candidates(sheet: Sheet) -> Iterator[_Candidate]:
    lines = [
        (line, section.kind)
        for section in sheet.sections
        if section.kind not in _SKIPPED
        for line in (*_beside(section), *section.lines)
    ]
    lines.sort(key=lambda pair: pair[0].start)
    lines = lines[:LINES_LOOKED_AT]
    for order, (line, kind) in enumerate(lines):
        if _OTHERS.search(plain(line.text[:80])):
            continue
        above = sheet.document.text[max(0, line.start - 40) : line.start]
        led = bool(re.search(r"curriculum|vitae|\bcv\b|lebenslauf|resume", plain(above)))
        below = lines[order + 1][0].text if order + 1 < len(lines) else ""
        followed = is_title(below) or "@" in below
        aside = kind not in {SectionKind.IDENTITY, SectionKind.OTHER, SectionKind.PROFILE}
        for piece in _pieces(line):
            yield _Candidate(piece, order, led, followed, aside)
        if order < 8 and below and (joined := _joined(sheet, line, lines[order + 1][0])):
            yield _Candidate(joined, order, led, followed=False, aside=aside)


def _beside(section: Section) -> list[Line]:
    """Return what stands on the line of a heading ("Personal information | Sofia Nikolaidou")."""
    rest = section.rest
    if rest is None or not rest.text or section.kind is not SectionKind.IDENTITY:
        return []
    return [Line(rest.start, rest.end, rest.text, (rest,))]


def _pieces(line: Line) -> Iterator[Piece]:
    for cell in line.cells:
        for part in parts_of(cell):
            yield part
            yield from _segments(part)


def _segments(part: Piece) -> Iterator[Piece]:
    """Yield what stands between dashes, bars and commas: "Elena Marchetti – Senior expert"."""
    at = 0
    edges = list(_BETWEEN.finditer(part.text))
    for edge in [*edges, None] if 0 < len(edges) < _MOST_EDGES else []:
        end = edge.start() if edge else len(part.text)
        segment = part.within(at, end)
        if segment.text:
            yield segment
        at = edge.end() if edge else end


def _joined(sheet: Sheet, first: Line, second: Line) -> Piece | None:
    """Join a name printed in two lines."""
    words = [first.text.strip(), second.text.strip()]
    if any(len(each.split()) > 2 or not each[:1].isupper() for each in words):
        return None
    if len(words[0].split()) + len(words[1].split()) > 3:
        return None
    known = [any(is_given(word) for word in each.split()) for each in words]
    if known[0] == known[1] or any(_is_ruled_out(each) for each in words):
        return None
    return sheet.slice(first.start, second.end)


def _is_ruled_out(text: str) -> bool:
    low = plain(text)
    return bool(
        _NOT_A_NAME.search(low)
        or _COMMON.search(low)
        or find_heading(text)
        or is_title(text)
        or is_employer(text)
        or find_countries(text)
    )


def _score(candidate: _Candidate, mail: str | None) -> float:
    """Weigh a candidate; 0 is no name."""
    bare = bare_name(candidate.piece.text)
    if not _has_the_form(bare):
        return 0.0
    names = [word for word in re.split(r"[\s,]+", bare) if word.lower() not in PARTICLES]
    known = sum(is_given(word) for word in names)
    shared = _shared(bare, mail) if mail else 0
    if find_heading(bare) or _NOT_A_NAME.search(plain(bare)):
        return 0.0
    if shared < 2 and not _is_plausible(bare, names, known, shared):
        return 0.0
    if "," in bare and not (known or shared > 1):
        return 0.0
    score = 1.0 - 0.012 * candidate.order + 0.2 * (candidate.order == 0)
    score += (0.0, 1.2, 1.7)[min(shared, 2)]
    score += 0.6 * (known > 0) + 0.2 * any(is_family(word) for word in names)
    score += 0.25 * all(letter < _PAST_LATIN for letter in bare)  # of two alphabets, the Latin
    score += 0.3 * candidate.led + 0.2 * candidate.followed
    if not known and not shared:
        score -= 0.05 * candidate.order + (0.6 if candidate.aside else 0.0)
    return score


def _is_plausible(bare: str, names: Sequence[str], known: int, shared: int) -> bool:
    if is_title(bare) or is_employer(bare):
        return known == len(names) and shared > 0
    if _COMMON.search(plain(bare)):
        return False
    mentions = find_countries(bare)
    covered = sum(mention.end - mention.start for mention in mentions)
    return not mentions or (known > 0 and covered < len(bare) / 2)


def _has_the_form(bare: str) -> bool:
    words = bare.replace(",", " ").split()
    if not 2 <= len(words) <= 7 or len(bare) > 60 or bare.count(",") > 1:
        return False
    acronyms = [word for word in words if 1 < len(word) < 4 and word.isupper() and "." not in word]
    if acronyms and not bare.isupper() and not all(_may_be_short(word) for word in acronyms):
        return False
    if any(sign.isdigit() for sign in bare) or re.search(r"[:;/|()&@_?!+*=<>%#]", bare):
        return False
    big = [word for word in words if word.lower() not in PARTICLES]
    if len(big) < 2 or not any(len(word.strip(".")) > 2 for word in big):
        return False
    return all(not word[:1].islower() or word[:2].lower() == "d'" for word in big) and all(
        word[:1].isalpha() for word in big
    )


def _may_be_short(word: str) -> bool:
    """Whether two or three capitals are a name ("LE", "DUC", "EL") and no acronym."""
    return word.lower() in PARTICLES or is_given(word) or is_family(word)


# Begins where a word does: tried from within each, a word of a million letters would take hours.
_MAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]+ ?(?:@|\[at\]|\(at\)) ?[\w-]+\.[\w.-]+")


def first_mail(text: str) -> str | None:
    """Return the first address of a text."""
    found = _MAIL.search(text)
    return found.group() if found else None


def _mails(text: str) -> list[str]:
    return list(dict.fromkeys(_MAIL.findall(text)))[:6]


def _own_mail(text: str, mails: Sequence[str]) -> str | None:
    """Return the address that looks most like a name."""
    bare = bare_name(text)
    if not 1 < len(bare.split()) < 8:
        return None
    best = max(mails, key=lambda mail: _shared(bare, mail), default=None)
    return best if best and _shared(bare, best) else None


def _shared(name: str, mail: str) -> int:
    """Count the words of a name that its address holds, or that begin it as initials."""
    local = fold(re.split(r" ?(?:@|\[at\]|\(at\))", mail)[0]).replace(" ", "")
    words = [word for word in fold(name).split() if word not in PARTICLES]
    whole = [word for word in words if len(word) > 2 and word in local]
    if len(whole) == 1 and len(words) > 1 and len(whole[0]) > 3:
        rest = local.replace(whole[0], "", 1)
        initials = [word[0] for word in words if word != whole[0]]
        if rest and all(letter in initials for letter in rest[:3]):
            return 2
    return len(whole)
