"""The command that says how well the order of asking holds, on past Actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from api.commands.console import JsonOption, actor_for, opened, say, say_json, tell
from roster.dates import PartialDate
from roster.errors import InvalidInput
from roster.read import PastAction


def outreach(
    facility: Annotated[
        str | None,
        typer.Option(
            "--facility",
            help="Code of a facility of this database; default: the published Actions of MIEUX.",
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Compare the order in which states are asked with simpler ones, on past Actions.

    One Action is left out at a time, then every Action of a beneficiary country, then every later
    one; whatever is counted or learnt is counted and learnt anew on the others.
    """
    from matching.outreach.evaluate import (  # noqa: PLC0415 -- scikit-learn takes seconds to load.
        evaluate,
        table,
    )

    actions = published_actions() if facility is None else _stored_actions(facility)
    tell("Learning anew for each Action left out: this takes a minute.")
    try:
        found = evaluate(actions)
    except ValueError as error:
        raise InvalidInput(f"Nothing can be compared: {error}.") from error
    if as_json:
        say_json(found)
    else:
        say(table(found))


def published_actions() -> Sequence[PastAction]:
    """Return the Actions of the book on MIEUX as they say who lent experts to what."""
    from fixtures import facts  # noqa: PLC0415 -- reads its data file.

    return [
        PastAction(
            code=one.figures.id,
            countries=one.figures.countries,
            regional_body=one.figures.regional_body,
            topics=one.figures.topics,
            further_topics=one.topics_from_text,
            starts=PartialDate.parse(one.figures.start) if one.figures.start else None,
            states=frozenset(
                said.country for said in one.figures.experts if said.country and said.eu
            ),
        )
        for one in facts.actions()
    ]


def _stored_actions(facility: str) -> Sequence[PastAction]:
    from roster.queries.outreach import past_actions  # noqa: PLC0415 -- needs a database.

    with opened() as installation, installation.work() as session:
        return past_actions(session, actor_for(session, facility))
