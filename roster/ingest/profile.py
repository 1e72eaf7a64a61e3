"""From the text of a CV to proposed facts, each with its place, its confidence and its doubt."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from roster.dates import Period
from roster.ingest.contacts import read_contacts
from roster.ingest.education import read_education, read_trainings
from roster.ingest.language_skills import read_languages
from roster.ingest.names import read_name
from roster.ingest.plain import plain
from roster.ingest.posts import read_work
from roster.ingest.running_text import read_running_text
from roster.ingest.sheet import Sheet
from roster.ingest.themes import read_themes
from roster.read import DocumentText, ExtractedProfile, Post, ProposedFact
from roster.vocabulary import FactKind

FORMS: tuple[tuple[str, str, int], ...] = (
    (
        "eu-external-action",
        r"proposed role in the project|role propose dans le projet|"
        r"funcion propuesta en el proyecto|"
        r"specific experience in the region|experience specifique dans la region|"
        r"experiencia especifica en la region|years within the firm|key qualifications ?\(relevant|"
        r"company ?& reference person|societe et personne de reference|"
        r"scale of 1 to 5|echelle de 1 a 5|escala de 1 a 5",
        2,
    ),
    (
        "world-bank-tech6",
        r"tech-?6|countries of work experience|adequacy for the assignment|detailed tasks assigned|"
        r"pays ou l'employe a travaille|detail des taches|work undertaken that best illustrates|"
        r"nom de l'employe|paises donde ha trabajado",
        2,
    ),
    (
        "un-p11",
        r"personal history|notice personnelle|exact title of your post|titre exact du poste|"
        r"name of supervisor|nom du superieur|reason for leaving|motif du depart|"
        r"nationality\(ies\) at birth|nationalite\(s\) a la naissance|antecedentes personales",
        2,
    ),
    ("europass", r"europass|europaisches curriculum|formato europeo", 1),
    ("linkedin", r"linkedin\.com/in/[^\n]*\n(?:.|\n){0,6000}page \d+ of \d+", 1),
)
"""Name of a form, the plain words it is known by, and how many of them are needed."""

OVERLAP_DAYS = 92


def read_profile(text: DocumentText, today: date | None = None) -> ExtractedProfile:
    """Read a CV.

    Parameters
    ----------
    text : a CV in any form and language; months, labels and headings are known in English, French,
        Spanish, Portuguese, German and Italian, and in part in others
    today : the day of reading, by which a degree must be obtained; None leaves that open

    Returns
    -------
    profile : facts in the order of the document; whatever was not found is absent, not empty
    """
    sheet = Sheet.of(text, recognise_form(text))
    name = read_name(sheet)
    day = today or date.max
    read_contacts(sheet, name, today)
    read_languages(sheet)
    stays = read_work(sheet, day)
    read_running_text(sheet)
    read_education(sheet, day)
    read_trainings(sheet)
    read_themes(sheet, stays)
    facts = _with_overlaps(_once(sheet.facts), day)
    facts.sort(key=lambda fact: (fact.span.start, fact.span.end))
    return ExtractedProfile(tuple(facts), sheet.form)


def recognise_form(text: DocumentText) -> str:
    """Return the name of the form a CV is written in; "generic" where it is none that is known."""
    if text.reader.startswith(("europass", "json-resume")):
        return text.reader.partition("/")[0]
    low = plain(text.text[:30_000])
    for name, words, needed in FORMS:
        if len({found.group() for found in re.finditer(words, low)}) >= needed:
            return name
    return "generic"


def _once(facts: list[ProposedFact]) -> list[ProposedFact]:
    """Keep one of equal readings, the surest."""
    best: dict[tuple[FactKind, object, object], ProposedFact] = {}
    for fact in facts:
        key = (fact.kind, fact.value, fact.period)
        known = best.get(key)
        if known is None or fact.confidence > known.confidence:
            best[key] = fact
    return list(best.values())


def _with_overlaps(facts: list[ProposedFact], today: date) -> list[ProposedFact]:
    """Say where the dates of two posts overlap by more than a handover."""
    posts: set[int] = set()
    dated = [
        (at, fact.period)
        for at, fact in enumerate(facts)
        if isinstance(fact.value, Post) and fact.period.start is not None
    ]
    for number, (at, period) in enumerate(dated):
        for other, other_period in dated[number + 1 :]:
            if _shared_days(period, other_period, today) > OVERLAP_DAYS:
                posts |= {at, other}
    return [
        replace(fact, doubt=fact.doubt or "its dates overlap with another post")
        if at in posts
        else fact
        for at, fact in enumerate(facts)
    ]


def _shared_days(first: Period, second: Period, today: date) -> int:
    """Count the days that two periods surely share; vague dates give the least they can mean."""
    bounds = []
    for period in (first, second):
        last = today if period.ongoing else period.end.first_day if period.end else None
        if period.start is None or last is None:
            return 0
        bounds.append((period.start.last_day, last))
    (start, end), (other_start, other_end) = bounds
    return (min(end, other_end) - max(start, other_start)).days
