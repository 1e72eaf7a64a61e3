"""Commands about requests: who fits, which team, and how good the ranking is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated
from uuid import UUID

import orjson
import typer
from sqlmodel import Session, select

from api import rendering
from api.commands.console import (
    FacilityOption,
    JsonOption,
    actor_for,
    content_of,
    opened,
    say,
    say_json,
    tell,
)
from api.commands.team_words import say_composition
from api.commands.teaming import Outside, outside_teams
from api.letters import request_from, text_of_letter
from api.team_answers import answer_out, shown_in
from roster import requests, teams
from roster.errors import InvalidInput, NotFound
from roster.inputs import TeamInput
from roster.installation import Installation
from roster.policy import Actor
from roster.queries.declined import need_now
from roster.queries.experts import rows_by_id
from roster.read import (
    ExpertRow,
    RankedExpert,
    Ranking,
    RequestView,
)
from roster.tables import AssistanceRequest
from roster.vocabulary import Band, GateOutcome, TeamMode

_REASONS = 3
_WIDEST = 96
RequestOption = Annotated[
    str,
    typer.Option(
        "--request",
        help="A letter (a file), or the id or code of a stored request.",
        metavar="WHAT",
    ),
]


@dataclass(frozen=True, slots=True)
class _Asked:
    need: RequestView
    notes: tuple[str, ...] = ()


def match(
    request: RequestOption,
    top: Annotated[int, typer.Option(min=1, max=100, help="People shown at most.")] = 10,
    weight: Annotated[
        list[str] | None,
        typer.Option("--weight", help="A feature and its factor, as country=1.5; again for more."),
    ] = None,
    as_json: JsonOption = False,
    facility: FacilityOption = None,
) -> None:
    """Rank the roster for a letter or a stored request, and say why; nothing is stored.

    Shows who fits, then who must be asked something first; counts who does not fit and why.
    """
    weights = _weights(weight or [])
    with opened() as installation, installation.work() as session:
        actor = actor_for(session, facility)
        asked = _asked(session, actor, installation, request)
        ranking = _ranked(session, actor, installation, asked.need, weights)
        shown = [one for one in ranking.people if one.band is not Band.NOT][:top]
        if as_json:
            body = orjson.loads(rendering.match_body(session, ranking, shown))
            say_json({**body, "request": asked.need, "notes": [*asked.notes, *ranking.notes]})
            return
        rows = rows_by_id(session, [one.expert_id for one in shown])
    _say_need(asked)
    _say_ranking(ranking, shown, rows)


def _weights(given: Sequence[str]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for one in given:
        name, _, factor = one.partition("=")
        try:
            weights[name.strip()] = float(factor)
        except ValueError as error:
            raise typer.BadParameter(f"'{one}' is not of the form country=1.5.") from error
    return weights


def _asked(session: Session, actor: Actor, installation: Installation, what: str) -> _Asked:
    path = Path(what)
    if path.is_file():
        chosen = installation.settings
        content = content_of(path, chosen.upload_max_bytes)
        text = text_of_letter("", content, path.name, chosen)
        today = installation.clock.now().date()
        given, notes = request_from(text, today, title=path.stem[:100] or "Letter")
        need = replace(requests.need_from(given), text_language=text.language)
        return _Asked(need, tuple(notes))
    stored = _stored(session, actor, what)
    if stored is None:
        raise NotFound(
            f"'{what}' is neither a file nor the id or code of a request of this facility."
        )
    return _Asked(need_now(session, stored))


def _stored(session: Session, actor: Actor, what: str) -> AssistanceRequest | None:
    query = select(AssistanceRequest).where(AssistanceRequest.facility_id == actor.facility_id)
    try:
        query = query.where(AssistanceRequest.id == UUID(what))
    except ValueError:
        query = query.where(AssistanceRequest.code == what)
    return session.exec(query).first()


def _ranked(
    session: Session,
    actor: Actor,
    installation: Installation,
    need: RequestView,
    weights: Mapping[str, float],
) -> Ranking:
    if not len(installation.ranker):
        raise InvalidInput(
            "Nobody is on the roster yet. Load the demonstration with 'roster demo', or take CVs "
            "in with 'roster ingest FOLDER --country XX --confirm'."
        )
    return requests.rank_need(
        session,
        actor,
        need,
        ranker=installation.ranker,
        clock=installation.clock,
        weights=weights,
    )


def _say_need(asked: _Asked) -> None:
    need = asked.need
    parts = {
        "countries": ", ".join(need.countries),
        "regional body": need.regional_body or "",
        "topics": ", ".join(need.topics),
        "activities": ", ".join(need.activities),
        "languages": ", ".join(f"{one.language} from {one.minimum}" for one in need.languages),
        "dates": f"{need.starts or '?'} to {need.ends or '?'}" if need.starts or need.ends else "",
    }
    known = [f"{name}: {words}" for name, words in parts.items() if words]
    say(f"{need.title} ({'; '.join(known) or 'ranked by its words alone'})")
    for note in asked.notes:
        tell(f"Note: {note}")


def _say_ranking(
    ranking: Ranking, shown: Sequence[RankedExpert], rows: Mapping[UUID, ExpertRow]
) -> None:
    counts = rendering.counts(ranking)
    say(f"{counts['fit']} fit, {counts['ask']} to ask first, {counts['not']} do not fit.")
    for why in rendering.because(ranking.tally()):
        say(f"  {'to ask' if why['band'] is Band.ASK else 'no'}: {why['people']} by {why['gate']}")
    say()
    for one in shown:
        if one.expert_id in rows:
            _say_person(one, rows[one.expert_id])
    for note in ranking.notes:
        tell(f"Note: {note}")


def _say_person(one: RankedExpert, row: ExpertRow) -> None:
    place = f"{one.place}.{'=' if one.tied else ''}"
    place = place if one.band is Band.FIT else f"ask {place}"
    say(f"{place:>7}  {one.score:5.1f}  {row.display_name} ({row.home_country or '?'})")
    if row.headline:
        say(f"{'':16}{_short(row.headline)}")
    best = sorted(one.contributions, key=lambda part: -part.points)[:_REASONS]
    for part in best:
        if part.points:
            say(f"{'':16}+{part.points:4.1f}  {part.feature}: {_short(part.reason)}")
    for gate in one.gates:
        if gate.outcome is not GateOutcome.PASS:
            say(f"{'':16}  ask  {gate.gate}: {gate.reason}")


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _WIDEST else line[: _WIDEST - 1] + "…"


_Request = Annotated[
    str | None,
    typer.Option(
        "--request",
        help="A letter (a file), the id or code of a stored request; with --requests an id.",
        metavar="WHAT",
    ),
]
_Mode = Annotated[
    TeamMode | None,
    typer.Option(help="How they work together; default: peer_to_peer, or as outside asked."),
]
_Size = Annotated[int, typer.Option(min=1, max=8, help="Number of seats.")]
_Experts = Annotated[
    Path | None, typer.Option(help="Outside people: one JSON object a line, with id and text.")
]
_Requests = Annotated[
    Path | None,
    typer.Option("--requests", help="Outside requests: one JSON object a line, with id and text."),
]
_Check = Annotated[
    Path | None,
    typer.Option(help="Outside teams to check: one object a line, with request and experts."),
]


_WhyNot = Annotated[
    list[UUID] | None,
    typer.Option(help="Say why this person (an id) sits in none of the teams; may be repeated."),
]


def team(  # noqa: PLR0913, PLR0917 -- each is an option of the command
    request: _Request = None,
    mode: _Mode = None,
    size: _Size = 3,
    experts: _Experts = None,
    requests_: _Requests = None,
    check: _Check = None,
    why_not: _WhyNot = None,
    as_json: JsonOption = False,
    facility: FacilityOption = None,
) -> None:
    """Compose up to three teams that differ for a letter or a stored request; nothing is stored.

    Where the rules admit none, says why and what would help. With --experts and --requests it
    composes for any outside collection, without a database; with --check it says of given teams
    whether they are acceptable, and which rules they break.
    """
    outside = Outside(experts, requests_, check)
    if outside.is_meant:
        outside_teams(outside, request, mode, size, as_json=as_json)
        return
    if request is None:
        raise typer.BadParameter("Name a letter or a request with --request.")
    given = TeamInput(mode=mode or TeamMode.PEER_TO_PEER, size=size)
    with opened() as installation, installation.work() as session:
        actor = actor_for(session, facility)
        asked = _asked(session, actor, installation, request)
        ranking = _ranked(session, actor, installation, asked.need, {})
        composition = teams.compose_from(
            session, actor, ranking, given, composer=installation.composer
        )
        told = [
            teams.why_not(session, actor, composition, one, composer=installation.composer)
            for one in why_not or ()
        ]
        rows = rows_by_id(session, shown_in(composition.answer) | set(why_not or ()))
    asked_about = list(zip(why_not or (), told, strict=True))
    if as_json:
        shape = answer_out(composition, rows).model_dump(mode="json")
        say_json({**shape, "why_not": {str(one): words for one, words in asked_about}})
        return
    _say_need(asked)
    say_composition(composition, rows)
    for one, words in asked_about:
        say(f"Why not {rows[one].display_name}: {words}")
