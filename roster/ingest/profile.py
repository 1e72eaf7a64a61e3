"""From the text of a CV to proposed facts, each with its place, its confidence and its doubt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from roster.dates import Period
from roster.ingest.forms.kinds import LABELLED_FORMS, recognise_form
from roster.ingest.forms.profile import is_form, read_form
from roster.ingest.forms.sections import split_form
from roster.ingest.languages.skills import read_languages
from roster.ingest.ocr.clearness import weighed
from roster.ingest.person.contacts import read_contacts
from roster.ingest.person.names import read_name
from roster.ingest.person.sensitive import part_sensitive
from roster.ingest.sheet import Sheet
from roster.ingest.work.education import read_education
from roster.ingest.work.employment import Stay
from roster.ingest.work.posts import read_work
from roster.ingest.work.running_text import read_running_text
from roster.ingest.work.themes import read_themes
from roster.ingest.work.trainings import read_trainings
from roster.read import (
    ActivityExperience,
    DocumentText,
    ExtractedProfile,
    Post,
    ProposedFact,
    TopicExperience,
)
from roster.reference.own_words import NO_WORDS, OwnWords

OVERLAP_DAYS = 92


def read_profile(
    text: DocumentText, today: date | None = None, own: OwnWords = NO_WORDS
) -> ExtractedProfile:
    """Read a CV.

    Parameters
    ----------
    text : a CV in any form and language; months, labels and headings are known in English, French,
        Spanish, Portuguese, German and Italian, and in part in others
    today : the day of reading, by which a degree must be obtained; None leaves that open
    own : words of the facility whose CV it is

    Returns
    -------
    profile : facts in the order of the document; whatever was not found is absent, not empty
    """
    sheet = _sheet_of(text)
    sheet.own = own
    day = today or date.max
    stays = read_form(sheet, today) if is_form(text) else _read_person(sheet, today)
    stays += read_work(sheet, day)
    read_running_text(sheet)
    read_education(sheet, day)
    read_trainings(sheet)
    read_themes(sheet, stays)
    facts, sensitive = part_sensitive(sheet, _once(sheet.facts))
    facts = weighed(_with_overlaps(facts, day), text)
    facts.sort(key=lambda fact: (fact.span.start, fact.span.end))
    return ExtractedProfile(tuple(facts), sheet.form, sensitive)


def _read_person(sheet: Sheet, today: date | None) -> list[Stay]:
    """Note down who it is, where no field says so; the entries of work are read after it."""
    name = read_name(sheet)
    read_contacts(sheet, name, today)
    read_languages(sheet)
    return []


def _sheet_of(text: DocumentText) -> Sheet:
    """Cut a CV into sections: a form by its own items, any other by whatever headings it has."""
    form = recognise_form(text)
    if form in LABELLED_FORMS:
        return Sheet(text, split_form(text.text), form)
    return Sheet.of(text, form)


def _once(facts: list[ProposedFact]) -> list[ProposedFact]:
    """Keep one of equal readings, the surest; one sentence shows a topic once."""
    for key in (_value_and_time, _theme_and_place):
        best: dict[object, ProposedFact] = {}
        for fact in facts:
            known = best.get(key(fact))
            if known is None or fact.confidence > known.confidence:
                best[key(fact)] = fact
        facts = list(best.values())
    return facts


def _value_and_time(fact: ProposedFact) -> object:
    return fact.kind, fact.value, fact.period


def _theme_and_place(fact: ProposedFact) -> object:
    """Return what only readings of one theme out of one sentence share."""
    value, place = fact.value, (fact.span.start, fact.span.end)
    if isinstance(value, TopicExperience):
        return fact.kind, value.topic, place
    if isinstance(value, ActivityExperience):
        return fact.kind, value.activity, place
    return id(fact)


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
