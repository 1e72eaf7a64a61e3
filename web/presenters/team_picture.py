"""Pictures of a team: what it covers as circles, and the alternatives side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from roster.read import RequestView, TeamAnswer, TeamProposal
from web.contexts.parts import Link
from web.contexts.teams import (
    Coverage,
    Picture,
    PictureRow,
    SideBySide,
    SideCell,
)
from web.presenters.team_coverage import coverage_of
from web.presenters.team_query import TeamQuery
from web.presenters.team_seats import Cast
from web.reason_words import clause
from web.tongues import Tongue
from web.wording import say

LETTERS = "ABC"


def picture_of(coverage: Coverage | None, tongue: Tongue) -> Picture | None:
    """Return the table of what a team covers as a drawing; None where there is no table."""
    if coverage is None:
        return None
    rows: list[PictureRow] = []
    missing = []
    for group in coverage.groups:
        for number, label in enumerate(group.columns):
            at = len(rows)
            total = coverage.totals[at]
            if total.nobody:
                missing.append(label)
            rows.append(
                PictureRow(
                    group=group.title if number == 0 else "",
                    label=label,
                    dots=tuple(row.dots[at] for row in coverage.rows),
                    total=total.words,
                    nobody=total.nobody,
                )
            )
    # Members are called by the number of their seat: "3. Salma".
    numbers = tuple(row.label.partition(".")[0] for row in coverage.rows)
    words = (
        tongue.word("Nobody in the team covers %(needs)s.", needs=tongue.listed(missing))
        if missing
        else tongue.word("Somebody in the team covers each need.")
    )
    return Picture(words, numbers, tuple(rows))


def side_by_side(
    query: TeamQuery, answer: TeamAnswer, need: RequestView, cast: Cast, tongue: Tongue
) -> SideBySide | None:
    """Return the alternatives in columns; None where there are fewer than two."""
    _, teams = tongue.word, answer.proposals[: len(LETTERS)]
    if len(teams) < 2:
        return None
    plain: tuple[tuple[str, Callable[[TeamProposal], str]], ...] = (
        (_("Score"), lambda team: tongue.points(team.score)),
        (_("Gives up"), lambda team: _given_up(team, tongue)),
        (_("Tight rules"), lambda team: _tight(team, tongue)),
        (_("Covers"), lambda team: _covered(team, need, cast, tongue)),
    )
    rows = [(label, tuple(SideCell(told(team)) for team in teams)) for label, told in plain]
    return SideBySide(
        heads=tuple(
            Link(
                _("Proposal %(letter)s", letter=LETTERS[at]),
                query.href(proposal=at, way=None, why=None, at=(), was=()),
            )
            for at in range(len(teams))
        ),
        rows=(*_seat_rows(teams, cast, tongue), *rows),
    )


def _seat_rows(
    teams: Sequence[TeamProposal], cast: Cast, tongue: Tongue
) -> list[tuple[str, tuple[SideCell, ...]]]:
    best = {seat.expert_id for seat in teams[0].seats}
    rows = []
    for at, seat in enumerate(teams[0].seats):
        cells = []
        for team in teams:
            one = team.seats[at]
            row = cast.rows.get(one.expert_id)
            name = row.display_name if row else tongue.word("Record erased")
            home = tongue.country(row.home_country) if row and row.home_country else ""
            cells.append(SideCell(name, home, one.expert_id not in best))
        rows.append((say(tongue, seat.seat.role), tuple(cells)))
    return rows


def _given_up(team: TeamProposal, tongue: Tongue) -> str:
    if team.gives_up < 0.05:
        return tongue.word("nothing")
    return tongue.word("%(points)s points", points=tongue.points(team.gives_up))


def _tight(team: TeamProposal, tongue: Tongue) -> str:
    told = [clause(check.rule, tongue) for check in team.rules if check.state == "tight"]
    return "; ".join(told) or tongue.word("none")


def _covered(team: TeamProposal, need: RequestView, cast: Cast, tongue: Tongue) -> str:
    members = [
        (str(at), cast.views[seat.expert_id])
        for at, seat in enumerate(team.seats)
        if seat.expert_id in cast.views
    ]
    table = coverage_of(need, members, tongue)
    if table is None:
        return tongue.word("nothing is asked for")
    held = sum(not total.nobody for total in table.totals)
    return tongue.word(
        "%(held)s of %(all)s needs", held=tongue.number(held), all=tongue.number(len(table.totals))
    )
