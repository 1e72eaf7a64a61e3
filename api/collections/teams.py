"""People and requests of an outside collection as teams are put together of and for them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from uuid import UUID

from api.collections.absences import keeps_from, with_absences
from api.collections.lines import Line, read_lines
from api.collections.modes import Mode, mode_of
from api.collections.needs import read_need
from api.collections.people import read_person
from api.collections.running import AT_ONCE, MANY, Tell
from api.collections.sizes import least_people
from matching.gates import alternatives
from matching.teams.compose import Composer
from matching.teams.constraints import MOST_SEATS
from roster.read import ExpertView, RequestView, TeamRules
from roster.vocabulary import TeamMode


@dataclass(frozen=True)
class Members:
    """The people of a collection by their keys; each is called by her key."""

    views: Mapping[str, ExpertView]
    keys: Mapping[UUID, str]


@dataclass(frozen=True)
class Asked:
    """A request of a collection, and what is binding in it."""

    key: str
    need: RequestView
    mode: Mode
    size: int | None
    covered: tuple[tuple[str, ...], ...]
    """Groups of topics of which somebody in the team has worked in one."""
    is_dated: bool
    """Whether its line gives the dates; else the letter names a time in which work may be done."""
    is_topic_read: bool = False
    """Whether its topics were only read in the letter."""

    def as_bound(self, view: ExpertView) -> ExpertView:
        """Return a person with the absences that count: of a wide window, those of over half."""
        first, last = self.need.starts, self.need.ends
        if self.is_dated or first is None or last is None:
            return view
        away = tuple(one for one in view.unavailable if keeps_from(one, first, last))
        return replace(view, unavailable=away)


def read_members(path: Path, today: date, tell: Tell) -> Members:
    """Read the people of a collection with who employs them.

    Raises
    ------
    roster.errors.InvalidInput, roster.errors.FileRefused
    """
    lines = list(read_lines(path))
    views: dict[str, ExpertView] = {}
    for line, (view, notes) in zip(lines, _members(lines, today), strict=True):
        views[line.key()] = view
        for note in notes:
            tell(note)
    return Members(views, {view.id: key for key, view in views.items()})


def _members(lines: Sequence[Line], today: date) -> Iterator[tuple[ExpertView, list[str]]]:
    workers = min(os.cpu_count() or 1, 8)
    if len(lines) < MANY or workers < 2:
        yield from map(partial(_member, today), lines)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(partial(_member, today), lines, chunksize=AT_ONCE)


def _member(today: date, line: Line) -> tuple[ExpertView, list[str]]:
    """Read one person, with the absences that her words tell."""
    view = replace(read_person(line, today), display_name=line.key())
    return with_absences(view, line.text()), line.notes


def read_asked(path: Path, today: date, tell: Tell) -> dict[str, Asked]:
    """Read the requests of a collection.

    Raises
    ------
    roster.errors.InvalidInput, roster.errors.FileRefused
    """
    asked = {}
    for line in read_lines(path):
        need = _with_binding_languages(line, read_need(line, today))
        topics = need.topics
        is_given = line.fields.get("topics") is not None
        # Of topics only read in a letter, the first is what it is about.
        covered = tuple((one,) for one in (topics if is_given else topics[:1]))
        is_dated = line.fields.get("dates") is not None
        mode, size = mode_of(line, line.text()), _size(line) or least_people(line.text())
        one = Asked(line.key(), need, mode, size, covered, is_dated, is_topic_read=not is_given)
        asked[one.key] = one
        for note in line.notes:
            tell(note)
    return asked


def _with_binding_languages(line: Line, need: RequestView) -> RequestView:
    """Return a request whose letter binds everybody to one language only.

    A letter that names several asks for its own, else for the first, and says of the others who
    speaks them there.
    """
    if line.fields.get("required_languages") is not None:
        return need
    if alternatives(need.languages):
        return need  # Each of them is as good.
    asked = [one for one in need.languages if one.everyone]
    asked.sort(key=lambda one: one.language != need.text_language)
    first = tuple(asked[:1])
    left = [one.language for one in need.languages if one not in first]
    if left:
        line.note("text", f"Also named, but not asked of everybody: {', '.join(left)}.")
    return replace(need, languages=first)


def _size(line: Line) -> int | None:
    given = line.fields.get("size")
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= MOST_SEATS:
        raise line.wrong("size", f"Give a whole number from 1 to {MOST_SEATS}.")
    return given


def rules_for(asked: Asked, mode: TeamMode, size: int) -> TeamRules:
    """Return the rules of a mode for a request; what is not known keeps nobody out.

    Raises
    ------
    roster.errors.InvalidInput
        The mode has no team of this size.
    """
    rules = Composer().default_rules(mode, asked.need, size)
    if alternatives(asked.need.languages):
        rules = replace(rules, someone_speaks=())  # Each of them is as good: none has to be there.
    return replace(rules, covered=asked.covered, asked_later=True)
