"""Teams of outside collections on the command line: composed, or given ones checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import orjson
import typer

from api.commands.console import say, settings, tell
from api.commands.evaluating import Notes
from roster.vocabulary import TeamMode

if TYPE_CHECKING:
    from api.collections.teams import Asked, Members

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Outside:
    """What the command was given of an outside collection."""

    experts: Path | None
    requests: Path | None
    teams: Path | None
    """Given teams to check; None composes."""

    @property
    def is_meant(self) -> bool:
        """Whether any of its options was given."""
        return any((self.experts, self.requests, self.teams))


def outside_teams(
    outside: Outside, request: str | None, mode: TeamMode | None, size: int, *, as_json: bool
) -> None:
    """Compose for the requests of a collection, or check given teams; nothing is stored.

    Raises
    ------
    typer.Exit
        1 where a line of the teams could not be read.
    """
    from api.collections.teams import read_asked, read_members  # noqa: PLC0415 -- takes seconds.

    if outside.experts is None or outside.requests is None:
        raise typer.BadParameter("Give both --experts and --requests.")
    today, notes = datetime.now(UTC).date(), Notes()
    asked = read_asked(outside.requests, today, notes)
    chosen = _chosen(asked, request)
    members = read_members(outside.experts, today, notes)
    notes.close()
    tell(f"{len(members.views)} people and {len(asked)} requests read.")
    if outside.teams is not None:
        _check(outside.teams, members, asked, today, mode, as_json=as_json)
        return
    _compose(members, chosen, today, mode, size, as_json=as_json)


def _chosen(asked: Mapping[str, Asked], request: str | None) -> list[Asked]:
    if request is None:
        return list(asked.values())
    if request not in asked:
        raise typer.BadParameter(f"There is no request with the id '{request}' in --requests.")
    return [asked[request]]


def _compose(
    members: Members,
    asked: list[Asked],
    today: date,
    mode: TeamMode | None,
    size: int,
    *,
    as_json: bool,
) -> None:
    from api.collections.composing import Bench  # noqa: PLC0415 -- scikit-learn takes seconds.
    from matching.encoder import find_encoder  # noqa: PLC0415
    from matching.engine import Engine  # noqa: PLC0415

    encoder = find_encoder() if settings().encoder else None
    if encoder is None:
        tell("Note: there is no encoder here, so nothing is compared by meaning.")
    bench = Bench(members, Engine(encoder=encoder), today)
    for one in asked:
        row = bench.compose(one, mode, size)
        if as_json:
            say(orjson.dumps(row).decode())
        else:
            _say_composed(row)


def _check(
    teams: Path,
    members: Members,
    asked: Mapping[str, Asked],
    today: date,
    mode: TeamMode | None,
    *,
    as_json: bool,
) -> None:
    from api.collections.checks import check_lines  # noqa: PLC0415 -- takes seconds.
    from api.collections.nearness import Nearness  # noqa: PLC0415
    from matching.encoder import VectorStore, find_encoder  # noqa: PLC0415

    all_read = True
    encoder = find_encoder() if settings().encoder else None
    nearness = Nearness(members, VectorStore(encoder), today) if encoder else None
    for one in check_lines(teams, members, asked, today, mode, nearness):
        all_read = all_read and one.was_read
        if not one.was_read:
            tell(str(one.row["error"]))
        if as_json:
            say(orjson.dumps(one.row).decode())
        elif one.was_read:
            _say_checked(one.row)
    if not all_read:
        raise typer.Exit(1)


# --- For people -----------------------------------------------------------------------------------


def _say_composed(row: Row) -> None:
    say(f"Request {row['request_id']} ({_words(row['mode'])})")
    proposals = cast("list[Row]", row["proposals"])
    for number, one in enumerate(proposals, start=1):
        say(f"  Team {number}: {one['score']:.1f} points, {one['gives_up']:.1f} below the best")
        for seat in cast("list[Row]", one["seats"]):
            why = "; ".join(cast("list[str]", seat["why"])[:2])
            say(f"    {_words(seat['role'])}: {seat['expert_id']}  {seat['score']:.1f}  {why}")
    if not proposals:
        say("  No team keeps all rules.")
    for reason in cast("list[str]", row["reasons"]):
        say(f"  Why: {reason}")
    for way in cast("list[Row]", row["relaxations"]):
        say(f"  What would help: {way['words']}")


def _say_checked(row: Row) -> None:
    team = ", ".join(cast("list[str]", row["experts"]))
    name = f"{row['id']}: " if "id" in row else ""
    say(f"{name}{row['request_id']} with {team}: {'acceptable' if row['ok'] else 'not acceptable'}")
    for what, word in (("broken", "broken"), ("unknown", "to ask")):
        for one in cast("list[Row]", row[what]):
            say(f"  {word} ({one['code']}): {one['words']}")


def _words(code: object) -> str:
    return str(code).replace("_", " ")
