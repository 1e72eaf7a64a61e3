"""A working life drawn along the years, and a calendar of the next months."""

from __future__ import annotations

import calendar as months_of_years
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_skeleton

from roster.dates import Period
from roster.read import Dated, ExpertView, Mission, Post, Training
from web.contexts.experts import (
    Calendar,
    CalendarDay,
    CalendarMonth,
    TimeBlock,
    TimeLane,
    Timeline,
    TimeRow,
    TimeTick,
)
from web.contexts.parts import percent
from web.presenters.fact_words import value_words
from web.presenters.proofs import source_words
from web.tongues import Tongue
from web.wording import marked

_LANE_PX = 58
_AXIS_PX = 22
_MOST_LANES = 4
_LABEL_FROM = 9.0
"""Least width, in percent, of a block that has room for its label."""
_MONTHS = 6
_KINDS = (marked("post"), marked("mission"), marked("training"))
_LETTERS = 26


@dataclass(frozen=True, slots=True)
class _Piece:
    first: date
    last: date
    label: str
    title: str
    present: bool


def timeline(view: ExpertView, today: date, tongue: Tongue) -> Timeline | None:
    """Draw posts, missions and trainings; None where nothing has a date."""
    posts = _pieces(
        [(one.period, one.value.title or "", value_words(tongue, one.value)) for one in view.posts],
        today,
    )
    missions = _pieces(
        [
            (
                one.period,
                ", ".join(tongue.country(code) for code in one.value.countries[:2]),
                value_words(tongue, one.value),
            )
            for one in view.missions
        ],
        today,
    )
    trainings = _pieces(
        [(one.period, "", value_words(tongue, one.value)) for one in view.trainings], today
    )
    drawn = [*posts, *missions, *trainings]
    if not drawn:
        return None
    scale = _Scale(min(piece.first for piece in drawn), today)
    lanes = _lanes(tongue, scale, posts, missions, trainings)
    return Timeline(
        lanes=lanes,
        ticks=scale.ticks(),
        today=scale.at(today),
        height=str(len(lanes) * _LANE_PX + _AXIS_PX),
        rows=_rows(view, tongue),
    )


def _pieces(values: Sequence[tuple[Period, str, str]], today: date) -> list[_Piece]:
    found = []
    for period, label, title in values:
        last = period.last_known_day(today)
        first = period.start.first_day if period.start else None
        if last is None or (first or last) > today:
            continue
        first = min(first or last, last)
        found.append(_Piece(first, last, label, title, period.ongoing))
    return sorted(found, key=lambda piece: (piece.first, piece.last, piece.title))


class _Scale:
    """Days as lengths in percent."""

    def __init__(self, first: date, today: date) -> None:
        self.first = date(first.year, 1, 1)
        self.last = today + timedelta(days=max(60, (today - self.first).days // 40))

    def share(self, day: date) -> float:
        """Return how far along the axis a day stands, in percent."""
        return 100 * (day - self.first).days / (self.last - self.first).days

    def at(self, day: date) -> str:
        """Return the place of a day."""
        return percent(self.share(day), 100)

    def ticks(self) -> tuple[TimeTick, ...]:
        """Return a few round years."""
        years = self.last.year - self.first.year + 1
        step = next(step for step in (1, 2, 5, 10, 20, 50) if years / step <= 8)
        chosen = range(self.first.year, self.last.year + 1)
        return tuple(
            TimeTick(self.at(max(self.first, date(year, 1, 1))), str(year))
            for year in chosen
            if year % step == 0
        )


def _lanes(
    tongue: Tongue,
    scale: _Scale,
    posts: Sequence[_Piece],
    missions: Sequence[_Piece],
    trainings: Sequence[_Piece],
) -> tuple[TimeLane, ...]:
    rows: list[tuple[str, str, list[_Piece]]] = []
    for title, kind, pieces in (
        (tongue.word("Posts"), "posts", posts),
        (tongue.word("Missions"), "missions", missions),
        (tongue.word("Trainings"), "dots", trainings),
    ):
        rows += [
            (title if not place else "", kind, lane)
            for place, lane in enumerate(_side_by_side(pieces))
        ]
    return tuple(
        TimeLane(title, kind, _blocks(scale, lane), str(place * _LANE_PX))
        for place, (title, kind, lane) in enumerate(rows)
    )


def _side_by_side(pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """Spread pieces of the same time over a few lanes; what finds no room shares the last one."""
    lanes: list[list[_Piece]] = []
    for piece in pieces:
        free = next((lane for lane in lanes if lane[-1].last <= piece.first), None)
        if free is not None:
            free.append(piece)
        elif len(lanes) < _MOST_LANES:
            lanes.append([piece])
        else:
            lanes[-1].append(piece)
    return lanes


def _blocks(scale: _Scale, pieces: Sequence[_Piece]) -> tuple[TimeBlock, ...]:
    found = []
    for place, piece in enumerate(pieces):
        start, end = scale.share(piece.first), scale.share(piece.last)
        width = max(end - start, 0.6)
        following = scale.share(pieces[place + 1].first) if place + 1 < len(pieces) else 100.0
        room = max(width, following - start)
        most = int(room / 100 * _LETTERS * 4)
        label = piece.label if room >= _LABEL_FROM else ""
        label = label if len(label) <= most else label[: max(0, most - 1)].rstrip() + "…"
        found.append(
            TimeBlock(percent(start, 100), percent(width, 100), label, piece.title, piece.present)
        )
    return tuple(found)


def _rows(view: ExpertView, tongue: Tongue) -> tuple[TimeRow, ...]:
    post, mission, training = (tongue.word(one) for one in _KINDS)
    rows = [_row(tongue, one, one.value.country, post) for one in view.posts]
    rows += [_row(tongue, one, _only(one.value.countries), mission) for one in view.missions]
    rows += [_row(tongue, one, None, training) for one in view.trainings]
    return tuple(row for _, row in sorted(rows, key=lambda one: one[0], reverse=True))


def _only(codes: Sequence[str]) -> str | None:
    return codes[0] if len(codes) == 1 else None


def _row(
    tongue: Tongue,
    one: Dated[Post] | Dated[Mission] | Dated[Training],
    country: str | None,
    kind: str,
) -> tuple[date, TimeRow]:
    period = one.period
    last = period.end or period.start
    at = date.max if period.ongoing else last.last_day if last else date.min
    where = tongue.country(country) if country else ""
    what = value_words(tongue, one.value)
    source = source_words(tongue, one.evidence.source)
    return at, TimeRow(tongue.period(period), what, where, source, kind)


def calendar(view: ExpertView, today: date, tongue: Tongue) -> Calendar | None:
    """Draw this month and the five that follow; None where nobody was ever asked."""
    if not view.away and view.availability_known_until is None:
        return None
    months = []
    for row in range(_MONTHS):
        year, month = divmod(today.year * 12 + today.month - 1 + row, 12)
        days = months_of_years.monthrange(year, month + 1)[1]
        label = str(format_skeleton("MMM", date(year, month + 1, 1), locale=tongue.calendar))
        months.append(
            CalendarMonth(
                label=label,
                y=str(4 + 17 * row),
                text_y=str(14 + 17 * row),
                days=tuple(
                    CalendarDay(str(38 + 9 * day), _state(view, date(year, month + 1, day + 1)))
                    for day in range(days)
                ),
            )
        )
    return Calendar(tuple(months), _calendar_words(view, today, tongue), str(4 + 17 * _MONTHS))


def _state(view: ExpertView, day: date) -> str:
    if any(period.overlaps(day, day) for period in view.away):
        return "busy"
    known = view.availability_known_until
    if known is None or day > known:
        return "unknown"
    return "weekend" if day.weekday() >= 5 else "free"


def _calendar_words(view: ExpertView, today: date, tongue: Tongue) -> str:
    coming = sorted(
        (period for period in view.away if period.overlaps(today, date.max)),
        key=lambda period: period.start.first_day if period.start else date.min,
    )
    busy = tongue.listed([tongue.period(period) for period in coming])
    said = [tongue.word("Not free %(periods)s.", periods=busy)] if busy else []
    known = view.availability_known_until
    if known is not None and known >= today:
        said.append(tongue.word("Otherwise free up to %(day)s.", day=tongue.day(known)))
        said.append(tongue.word("After that unknown."))
    else:
        said.append(tongue.word("Other days are unknown: nobody was asked."))
    return " ".join(said)
