"""The command that says how far proposed teams look like those that went, on past Actions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.console import JsonOption, say, say_json, tell
from roster.dates import PartialDate
from roster.errors import InvalidInput
from roster.read import ExpertView, Ranking, RequestView

if TYPE_CHECKING:
    from matching.teams.history import PastTeam

SEEDS = (20270115, 1, 2, 3, 4)
"""Of the rosters: that of the demo, and four more."""
NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
"""The day on which the synthetic rosters stand."""
_HEADING = """\
# Proposed teams beside those that went

Written by `roster evaluate teams --report docs/reports/teams.md`.

"""
_LIMITS = """

## What it does not show

- Nobody knows whether the teams that went were the best, and a team of the right shape may hold
  the wrong people: the shape is all that the sources tell. Nothing was fitted to these Actions.
- With as many seats as countries named, the size is given to all three ways alike. Popularity
  names a country once, so it can hardly miss the number of states; it names no people.
- Peer-to-peer seats officials of Member States only: it is right about the pattern exactly where
  nobody from outside went, whoever sits there. Whether to go triangular is the officer's choice,
  and no sign of it is read from a request.
- Requests are made of what the book says of an Action (title, objective, topics, countries), have
  no dates and no working language; people are ranked by the rule, without the encoder of
  sentences. The rosters stand in 2026; membership of the Union is read on
  the day of the Action when shapes are compared, on that of the roster when a team is composed.
"""


def teams(
    seeds: Annotated[
        int, typer.Option(min=1, max=len(SEEDS), help="How many synthetic rosters to compose from.")
    ] = len(SEEDS),
    most: Annotated[
        int | None, typer.Option("--actions", min=1, help="Only the first so many Actions.")
    ] = None,
    size: Annotated[int, typer.Option(min=20, help="People in each roster.")] = 700,
    report: Annotated[
        Path | None, typer.Option(help="File to write the figures to, as Markdown.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Propose a team for each published Action, and compare its shape with the one that went.

    The number of Member States, and whether the Union and countries outside it are there, beside
    random teams and the states that served most often elsewhere. No database is needed.
    """
    from matching.teams.history import compare, table  # noqa: PLC0415 -- takes seconds to load.

    tell(f"Composing from {seeds} rosters: this takes minutes.")
    actions = past_teams()[:most]
    try:
        found = compare(actions, [_roster(seed, size) for seed in SEEDS[:seeds]], _ranker)
    except ValueError as error:
        raise InvalidInput(f"Nothing can be compared: {error}.") from error
    if report is not None:
        report.write_text(f"{_HEADING}{table(found)}{_LIMITS}", encoding="utf-8")
    if as_json:
        say_json(found)
    else:
        say(table(found))


def past_teams() -> Sequence[PastTeam]:
    """Return the published Actions that name a Member State whose experts served."""
    from fixtures import facts  # noqa: PLC0415 -- reads its data file.
    from matching.teams.history import PastTeam  # noqa: PLC0415 -- takes seconds to load.

    found = []
    for one in facts.actions():
        told = one.figures
        if any(said.country and said.eu for said in told.experts):
            start = PartialDate.parse(told.start).first_day if told.start else date(one.year, 1, 1)
            request = RequestView(
                id=None,
                title=told.name,
                authority=one.authority,
                countries=told.countries,
                regional_body=told.regional_body,
                topics=told.topics,
                text=one.objective,
                text_language="en",
            )
            countries = tuple(said.country for said in told.experts if said.country)
            found.append(PastTeam(request, countries, start))
    return found


def _roster(seed: int, size: int) -> Sequence[ExpertView]:
    from fixtures.generate import rows  # noqa: PLC0415 -- reads its wording.
    from fixtures.views import view_of  # noqa: PLC0415 -- as above.

    def people() -> Iterator[ExpertView]:
        for row in rows(size, seed):
            yield view_of(row)

    return list(people())


def _ranker(views: Sequence[ExpertView]) -> Callable[[RequestView], Ranking]:
    from matching.engine import Engine  # noqa: PLC0415 -- takes seconds to load.

    engine = Engine()
    engine.update(views)
    return lambda request: engine.rank(request, now=NOW)
