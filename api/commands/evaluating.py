"""The command that says how good the ranking is, on pairs judged by reading."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session, select

from api.commands.console import FacilityOption, JsonOption, actor_for, opened, say, say_json, tell
from roster.errors import FileRefused, InvalidInput
from roster.inputs import NewRequest
from roster.policy import Actor
from roster.queries.requests import need_of
from roster.read import RequestView
from roster.requests import need_from
from roster.tables import AssistanceRequest


def evaluate(
    context: typer.Context,
    judgements: Annotated[
        Path | None, typer.Option(help="One JSON object a line; default: those of the demo.")
    ] = None,
    as_json: JsonOption = False,
    facility: FacilityOption = None,
) -> None:
    """Compare the ranking with simpler ones on judged pairs of request and person.

    The figures are means over requests that a model has not seen, with 95 % intervals. Records are
    encoded first, as 'roster index' does: what is measured is what the service ranks by.
    """
    if context.invoked_subcommand:
        return
    from api.index import LiveRanker  # noqa: PLC0415 -- scikit-learn takes seconds to load.
    from matching.dataset import build_dataset, read_judgements  # noqa: PLC0415
    from matching.evaluate import evaluate as compare  # noqa: PLC0415

    path = judgements or Path(str(files("fixtures") / "judgements.jsonl"))
    if not path.is_file():
        raise FileRefused(f"{path} is not there. Name a file of judgements with --judgements.")
    with opened() as installation:
        with installation.work() as session:
            needs = _needs_of_the_demo() | _needs_of(session, actor_for(session, facility))
        ranker = installation.ranker
        if not isinstance(ranker, LiveRanker):
            raise InvalidInput("This installation ranks elsewhere; evaluate it there.")
        now = installation.clock.now()
        try:
            judged = read_judgements(path)
            if ranker.vectors is None:
                tell("Note: there is no encoder here, so nothing is compared by meaning.")
            ranker.catch_up()
            ranker.encode()
            index = ranker.snapshot()
            data = build_dataset(index, needs, judged, now, ranker.vectors)
        except ValueError as error:
            raise InvalidInput(f"These judgements cannot be used: {error}.") from error
        evaluation, table = compare(data, index, needs)
    if as_json:
        say_json(evaluation)
    else:
        say(table)


def _needs_of(session: Session, actor: Actor) -> dict[str, RequestView]:
    """Return the stored requests of a facility by code and by id."""
    rows = session.exec(
        select(AssistanceRequest).where(AssistanceRequest.facility_id == actor.facility_id)
    )
    return {name: need_of(row) for row in rows for name in (row.code, str(row.id))}


def _needs_of_the_demo() -> dict[str, RequestView]:
    """Return the invented requests by the keys under which their pairs were judged."""
    from fixtures.demo import judged_requests  # noqa: PLC0415 -- reads its data file.

    return {
        row["key"]: need_from(NewRequest.model_validate(row["request"]))
        for row in judged_requests()
    }
