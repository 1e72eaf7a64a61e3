"""Two to four people of one ranking as columns: conditions, then points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from roster.read import ExpertRow, RankedExpert
from roster.vocabulary import ExpertStatus, Gate, GateOutcome
from web.contexts.parts import Chip, Link, percent
from web.contexts.rankings import CompareCell, CompareGroup, CompareRow, Comparison
from web.contexts.scores import ORDER, css_of, score_of
from web.presenters.persons import NOBODY, Unnamed, called
from web.reason_words import clause
from web.tongues import Tongue
from web.wording import say

_STATE = {GateOutcome.PASS: "pass", GateOutcome.FAIL: "fail", GateOutcome.UNKNOWN: "unknown"}


@dataclass(frozen=True, slots=True)
class ComparedIn:
    """The run that people are compared in."""

    request_id: UUID
    run: int
    unnamed: Unnamed = field(default_factory=lambda: NOBODY)
    """Whom it shows without a name."""
    hide_names: bool = False
    """Whether the reader asked for that."""


def comparison(
    people: Sequence[RankedExpert],
    rows: Mapping[UUID, ExpertRow],
    where: ComparedIn,
    tongue: Tongue,
    *,
    only_different: bool,
) -> Comparison:
    """Return people side by side.

    Parameters
    ----------
    where : the run, and whose names it keeps back
    only_different : whether rows in which all are alike are left out
    """
    shown = [
        one
        for one in people
        if one.expert_id in rows and rows[one.expert_id].status is not ExpertStatus.RESTRICTED
    ]
    groups: tuple[CompareGroup, ...] = (
        CompareGroup(tongue.word("Conditions"), _gates(shown, tongue)),
        CompareGroup(tongue.word("Points"), _points(shown, tongue)),
        CompareGroup(tongue.word("Record"), _record(shown, rows, where.unnamed, tongue)),
    )
    if only_different:
        groups = tuple(
            CompareGroup(one.title, tuple(row for row in one.rows if row.differs)) for one in groups
        )
    told = "".join(f"&expert={one.expert_id}" for one in shown)
    hidden = "&names=hidden" if where.hide_names else ""
    href = f"/requests/{where.request_id}/compare?run={where.run}{told}{hidden}"
    switch = (
        Link(tongue.word("Show all rows"), f"{href}&all=1")
        if only_different
        else Link(tongue.word("Show only what differs"), href)
    )
    return Comparison(
        title=tongue.words(
            "%(num)s person of this ranking", "%(num)s people side by side", len(shown)
        ),
        people=tuple(called(rows[one.expert_id], tongue, where.unnamed) for one in shown),
        scores=tuple(score_of(one.score, one.contributions, tongue) for one in shown),
        groups=tuple(group for group in groups if group.rows),
        switch=switch,
        only_different=only_different,
    )


def _gates(people: Sequence[RankedExpert], tongue: Tongue) -> tuple[CompareRow, ...]:
    made = []
    for gate in Gate:
        told = [
            next((result for result in one.gates if result.gate is gate), None) for one in people
        ]
        if not any(told):
            continue
        cells = tuple(
            CompareCell("", chip=Chip(_STATE[one.outcome], clause(one.reason, tongue)))
            if one
            else CompareCell("", tongue.word("not asked"))
            for one in told
        )
        differs = len({one.reason if one else "" for one in told}) > 1
        made.append(CompareRow(say(tongue, gate), "", "", cells, differs))
    return tuple(made)


def _points(people: Sequence[RankedExpert], tongue: Tongue) -> tuple[CompareRow, ...]:
    features = list(people[0].contributions) if people else []
    features.sort(key=lambda part: ORDER.index(css_of(part.feature)))
    return tuple(
        _feature_row(part.feature, part.most, people, tongue) for part in features if part.most > 0
    )


def _feature_row(
    feature: str, most: float, people: Sequence[RankedExpert], tongue: Tongue
) -> CompareRow:
    parts = [next(p for p in one.contributions if p.feature == feature) for one in people]
    highest = max(part.points for part in parts)
    lead = [part.points for part in parts].count(highest) < len(parts)
    cells = tuple(
        CompareCell(
            tongue.points(part.points),
            width=percent(part.points, most),
            best=lead and part.points == highest,
        )
        if part.value is not None
        else CompareCell("", tongue.word("unknown: %(points)s", points=tongue.points(part.points)))
        for part in parts
    )
    differs = len({(tongue.points(part.points), part.value is None) for part in parts}) > 1
    note = tongue.word("of %(most)s", most=tongue.points(most))
    return CompareRow(tongue.feature(feature), note, css_of(feature), cells, differs)


def _record(
    people: Sequence[RankedExpert],
    rows: Mapping[UUID, ExpertRow],
    unnamed: Unnamed,
    tongue: Tongue,
) -> tuple[CompareRow, ...]:
    """Return what the records say; where a name is kept back, no country is told of anybody."""
    unknown = tongue.word("unknown")
    held = [rows[one.expert_id] for one in people]
    columns = (
        (tongue.word("Kind of expert"), [say(tongue, r.kind) if r.kind else "" for r in held]),
        (
            tongue.word("Country"),
            [tongue.country(r.home_country) if r.home_country else "" for r in held],
        )
        if not any(row.id in unnamed for row in held)
        else None,
        (
            tongue.word("Record confirmed"),
            [tongue.day(r.confirmed_on) if r.confirmed_on else "" for r in held],
        ),
    )
    return tuple(
        CompareRow(
            label, "", "", tuple(CompareCell(v, unknown) for v in values), len(set(values)) > 1
        )
        for label, values in filter(None, columns)
    )
