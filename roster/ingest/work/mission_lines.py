"""Missions told in one line, as lists of Twinning and TAIEX work print them.

The administration stays the employer meanwhile: what is read here is never a post.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from roster.dates import Period
from roster.ingest.forms.kinds import LABELLED_FORMS
from roster.ingest.sheet import Sheet, lines_in
from roster.ingest.wording.headings import SectionKind
from roster.ingest.wording.lines import Line, Piece
from roster.ingest.wording.plain import plain
from roster.ingest.wording.titles import is_employer
from roster.ingest.work.periods import days_in, find_periods
from roster.read import Mission
from roster.reference import countries
from roster.vocabulary import FactKind

MOST_LETTERS = 320
"""A longer line is a description."""
MOST_DAYS = 60
"""From one date to another: longer missions are not counted in days."""
STATED, FROM_CODE = 0.92, 0.8
_ELSEWHERE = frozenset(
    {
        SectionKind.EDUCATION,
        SectionKind.REFERENCES,
        SectionKind.PRIVATE,
        SectionKind.SENSITIVE,
        SectionKind.FUTURE,
    }
    | {SectionKind.LANGUAGES, SectionKind.IDENTITY}
)
_PROGRAMME = re.compile(
    r"(?<!\w)(?:taiex(?:-\w+)*|twinning(?: light)?|jumelages?(?: leger)?|hermanamientos?|"
    r"geminac(?:ao|oes)|gemellagg(?:io|i)|eu-partnerschaft\w*|verwaltungspartnerschaft\w*|"
    r"blizniac\w+|infratir\w+|peer2peer|tsi|sigma|europeaid)(?!\w)"
)
_CODE = re.compile(
    r"(?<!\w)(?P<country>[A-Z]{2})[ /_-]?(?:20)?\d{2}[ /_-]?(?:[A-Z]{2,5}(?:-[A-Z]{2})?)"
    r"[ /_-][A-Z]{2,3}[ /_-]\d{1,2}(?:[ /_-]\d{2})?(?:[ /_-]?(?:R|TWL))?(?!\w)|"
    r"(?<!\w)EuropeAid ?/ ?\d{5,6}(?: ?/ ?[A-Z]{1,4}){0,2}(?: ?/ ?(?P<end>[A-Z]{2}))?(?!\w)|"
    r"(?<!\w)(?P<old>[A-Z]{2})/\d{2,4}/IB/[A-Z]{2}/\d{2}(?:/TL)?(?!\w)"
)
_ROLE_CODE = re.compile(
    r"(?<!\w)(?:STE|MTE|LTE|RTA(?: counterpart)?|CRJ|CRH|PL|CL|JPL|TL|NKE|"
    r"KE ?\d?(?: ?/ ?TL)?|STTA|JSTE)(?!\w)"
)
_ROLE = re.compile(
    r"(?<!\w)(?:(?:junior |senior )?(?:short|medium|long)[- ]term expert|"
    r"resident twinning advis[eo]r|"
    r"(?:component|project|team) leader|key expert(?: \d)?|(?:lead |main )?expert(?= on| in|,)|"
    r"expert(?:e)? (?:a )?(?:court|moyen|long) terme|"
    r"conseill(?:er|ere) resident(?:e)?(?: de jumelage)?|"
    r"chef(?:fe)? de (?:projet|composante|mission|equipe)|expert(?:e)? principal(?:e)?|"
    r"(?:expert[oa]|perit[oa]) (?:de|a) (?:cort[oa]|curto|medi[oa]|medio|larg[oa]|longo) pla[zs]o|"
    r"(?:consejer[oa]|conselheir[oa]) residente(?: de (?:hermanamiento|geminacao))?|"
    r"(?:jef[ea]|chefe) de (?:proyecto|projeto|componente|equipo|equipa)|"
    r"lider de (?:projeto|componente)|"
    r"(?:kurzzeit|langzeit)expert\w+|projektleiter(?:in)?|"
    r"esperto (?:a|di) breve termine|capo ?progetto)(?!\w)"
)
_NAMED = re.compile(
    r"(?:(?:short[- ]term |expert |support |field |fact[- ]finding |training )+missions? |"
    r"missions? (?:to|in|of) |missions? (?:d'appui|d'expert\w*|d'evaluation|d'etude|de formation|"
    r"d'assistance|a|au|aux|en) |"
    r"mision(?:es)? (?:de (?:expert\w+|apoyo|evaluacion|formacion|asistencia)|tecnicas?|a|en) |"
    r"miss(?:ao|oes) (?:de (?:perit\w+|apoio|avaliacao|formacao|assistencia)|tecnicas?|a|ao|em) |"
    r"missioni? (?:di (?:espert\w+|assistenza|valutazione|formazione)|a|in) |"
    r"(?:kurz|auslands|experten)?einsatz (?:in|als) |"
    r"(?:expert[eoa]?|esperto|perit[oa]|advis[eo]r) (?:eubam|euam|eulex|eumm|eupol|frontex|"
    r"euaa|easo)\b)"
)
"""How a line begins that calls itself a mission."""
_NOT_DONE = re.compile(
    r"particip\w+ (?:in|to|at|a|au?x?|en|em)\b|attended|trainee|beneficiar|interested|"
    r"available for|"
    r"study visit|visite d'etude|visita de estud|studienreise|viaggio di studio|"
    r"(?<!\w)(?:no|never|not|sin|sans|nunca|jamais)(?!\w)"
)
_BULLET = re.compile(r"^[\s•▪●◦‣–*➢✓■□○→·-]+")
_MONTHS_IN_BRACKETS = re.compile(r"^\s*\([^()]{3,30}\)")
_DAYS = re.compile(
    r"\d+(?:[.,]\d)? ?(?:working |calendar |man[- ]?)?(?:days?|wd|jours?|dias?|tage?|giorni)"
)


_PART = re.compile(r" *\| *| +[–—-] +|: +|; +")
"""Between the parts of a line: year, country, client, what was done."""
_MOST_OF_A_PART = 80
_MOST_WORDS = 3
"""In the name of a client: with more, it may be what was done."""
_LEAST_SAID = 10
_JOINED = re.compile(r"[\s,/&+()]|\b(?:and|et|y|e|und|i|en)\b")


@dataclass(frozen=True, slots=True)
class _Told:
    """One line, or two that belong together, and where its parts stand in it."""

    piece: Piece
    period: Period
    code: re.Match[str] | None
    role: re.Match[str] | None
    programme: re.Match[str] | None


def read_mission_lines(sheet: Sheet) -> frozenset[int]:
    """Note down the missions that lines of a CV tell whole; return where these lines begin.

    A line counts with its programme, code or role, and its dates; its country is that of its
    place, else the one that the code of the project begins with.
    """
    taken: set[int] = set()
    for section in sheet.sections:
        if section.kind in _ELSEWHERE:
            continue
        own = lines_in(section)
        lines = [line for line in own if _may_tell(sheet, section.kind, line)]
        following = dict(pairwise(line.start for line in own))
        by_start = {line.start: line for line in own}
        for line in lines:
            told = _told(sheet, line.piece)
            after = by_start.get(following.get(line.start, -1))
            if told is None and after is not None and after not in lines and not after.apart:
                told = _told(sheet, sheet.slice(line.start, after.end))
            if told is not None and _note(sheet, told):
                taken.add(line.start)
    return frozenset(taken)


def deed_of(piece: Piece, language: str | None) -> tuple[Piece, str | None]:
    """Return what was done, and for whom, of a line that may begin with countries and a client.

    All of the line, and nobody, where it is not told in such parts.
    """
    rest, client = piece, None
    while (cut := _PART.search(rest.text, 0, _MOST_OF_A_PART)) is not None:
        before = rest.text[: cut.start()]
        if not _is_place(before, language):
            if client or len(before.split()) > _MOST_WORDS or not is_employer(before):
                break
            client = before
        rest = rest.within(cut.end(), len(rest.text))
    return (rest, client) if len(rest.text) >= _LEAST_SAID else (piece, None)


def _is_place(text: str, language: str | None) -> bool:
    """Whether words name countries and nothing else; so does no word at all."""
    for mention in reversed(countries.find_countries(text, language)):
        text = text[: mention.start] + text[mention.end :]
    return not _JOINED.sub("", text)


def _may_tell(sheet: Sheet, kind: SectionKind, line: Line) -> bool:
    """Whether a line looks like one of a list of missions, and not like a job or its duties."""
    if len(line.text) > MOST_LETTERS or (len(line.cells) > 1 and sheet.form in LABELLED_FORMS):
        return False
    words = _without_start(line.text, sheet.language)
    low = plain(words)
    if _NOT_DONE.search(low):
        return False
    programme, role = _PROGRAMME.search(low), _ROLE.search(low)
    coded, abbreviated = _CODE.search(words), _ROLE_CODE.search(words)
    if kind is SectionKind.MISSIONS:
        return bool(programme or coded)
    if _NAMED.match(low) or (kind is SectionKind.PROJECTS and (programme or coded)):
        return True
    if len(line.cells) > 1:
        return False
    starts = any(each is not None and each.start() < 25 for each in (programme, role, coded))
    starts = starts or (abbreviated is not None and abbreviated.start() < 4)
    sure = coded or ((role or abbreviated or "taiex" in low) and programme)
    return starts and bool(sure)


def _without_start(text: str, language: str | None) -> str:
    """Return a line without its bullet and the dates before its words."""
    bare = text[len(found.group()) :] if (found := _BULLET.match(text)) else text
    spans = find_periods(bare[:40], language)
    if not spans or spans[0].start >= 3:
        return bare
    return _MONTHS_IN_BRACKETS.sub("", bare[spans[0].end :]).lstrip(" :,;.–—-|")


def _told(sheet: Sheet, piece: Piece) -> _Told | None:
    """Read the parts of a line; None where it has no dates."""
    text = piece.text.replace("\n", " ")
    code = _CODE.search(text)
    # The years inside a code are those of its budget.
    dated = text if code is None else _blanked(text, code.start(), code.end())
    # "12 – 14 May 2022" is dates; "5 days" is none, and "5 wd 2019" no span.
    spans = find_periods(_DAYS.sub(lambda found: " " * len(found.group()), dated), sheet.language)
    if not spans:
        return None
    low = plain(text)
    role = _ROLE_CODE.search(text) or _ROLE.search(low)
    return _Told(piece, spans[0].period, code, role, _PROGRAMME.search(low))


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def _note(sheet: Sheet, told: _Told) -> bool:
    text = told.piece.text
    own = text if told.code is None else _blanked(text, told.code.start(), told.code.end())
    mentions = countries.find_countries(own, sheet.language)
    named = [each.code for each in mentions if each.kind in {"name", "city"}]
    coded = _country_of(told.code)
    if coded is not None and len(set(named)) > 1 and coded in named:
        named = [coded]
    codes = list(dict.fromkeys(named)) or ([coded] if coded else [])
    if not codes:
        return False
    role = text[told.role.start() : told.role.end()].strip() if told.role else None
    mission = Mission(
        what=" ".join(_BULLET.sub("", text).split())[:300],
        countries=tuple(codes),
        role=role,
        programme=_programme(told, text),
        days=days_in(text) or _days(told.period),
    )
    doubt = None if named else "its country is that of the project's code"
    confidence = STATED if len(set(named)) == 1 else FROM_CODE
    sheet.note(FactKind.MISSION, mission, told.piece, confidence, period=told.period, doubt=doubt)
    return True


def _country_of(code: re.Match[str] | None) -> str | None:
    """Return the country that the code of a project names by two letters."""
    if code is None:
        return None
    letters = code.group("country") or code.group("end") or code.group("old")
    return countries.code_for(letters) if letters else None


def _programme(told: _Told, text: str) -> str | None:
    parts = [text[each.start() : each.end()] for each in (told.programme, told.code) if each]
    if told.programme and told.code and told.code.start() <= told.programme.start():
        parts = parts[1:]
    return " ".join(parts) or None


def _days(period: Period) -> int | None:
    """Count the days of a mission whose first and last day are printed."""
    start, end = period.start, period.end
    if start is None or end is None or start.first_day != start.last_day:
        return None
    if end.first_day != end.last_day:
        return None
    days = (end.last_day - start.first_day).days + 1
    return days if 0 < days <= MOST_DAYS else None
