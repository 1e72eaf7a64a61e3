"""Single facts of one's own record: what is right instead, that one is not so, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request
from fastapi.responses import Response
from sqlmodel import Session

from roster import fact_decisions
from roster.errors import Conflict, InvalidInput, NotFound
from roster.inputs import FactInput
from roster.installation import Installation
from roster.policy import Actor, Permission
from roster.queries.decided_facts import version_of
from roster.queries.experts import get_record
from roster.read import FactView
from roster.serial import to_json
from roster.tables import Fact
from roster.telling import notices
from web.access import InstallationDep, new_router, requires, see_other
from web.deps import TypedDep, frame_of, get_tongue, respond
from web.presenters.fact_editors import parts_of, read_value, shown
from web.presenters.mine import own_fact_page
from web.reason_words import clause
from web.tongues import Tongue
from web.views.mine import LONGEST_TOKEN, refuse_link

router = new_router()
_PUBLIC = [requires(Permission.PUBLIC)]
Version = Annotated[str, Query(max_length=80)]


@router.get("/mine/{token}/facts/{fact_id}", dependencies=_PUBLIC)
def show_own_fact(
    request: Request, installation: InstallationDep, token: str, fact_id: UUID
) -> Response:
    """Show the person of a link one fact, to say what is right."""
    try:
        with installation.work() as session:
            _, fact = _opened(session, token, fact_id, installation)
            version = version_of(session.get_one(Fact, fact_id))
    except NotFound:
        return refuse_link(request, installation)
    except Conflict:
        return see_other(f"/mine/{token}?done=since")
    return _page(request, token, fact, version, {})


@router.post("/mine/{token}/facts/{fact_id}", dependencies=_PUBLIC)
def correct_own_fact(
    request: Request,
    installation: InstallationDep,
    token: str,
    fact_id: UUID,
    typed: TypedDep,
    version: Version = "",
) -> Response:
    """Keep what the person of a link says is right, or that it is not so."""
    tongue, clock = get_tongue(request), installation.clock
    try:
        with installation.work() as session:
            actor, fact = _opened(session, token, fact_id, installation)
        given = None if typed.get("do") == "wrong" else _given(tongue, fact, typed)
        with installation.work() as session:
            fact_decisions.correct_own(session, actor, fact_id, given, version, clock=clock)
    except NotFound:
        return refuse_link(request, installation)
    except Conflict:
        return see_other(f"/mine/{token}?done=since")
    except (ValueError, InvalidInput) as refused:
        words = refused.detail if isinstance(refused, InvalidInput) else str(refused)
        return _page(request, token, fact, version, typed, clause(words, tongue))
    return see_other(f"/mine/{token}?done=said#h-held")


@router.post("/mine/{token}/facts/{fact_id}/undo", dependencies=_PUBLIC)
def take_back_own_fact(
    request: Request, installation: InstallationDep, token: str, fact_id: UUID
) -> Response:
    """Take back what the person of a link said of a fact."""
    clock = installation.clock
    try:
        with installation.work() as session:
            _, actor = notices.actor_of_link(session, token[:LONGEST_TOKEN], clock=clock)
            fact_decisions.take_back_own(session, actor, fact_id, clock=clock)
    except NotFound:
        return refuse_link(request, installation)
    except Conflict:
        return see_other(f"/mine/{token}?done=since")
    return see_other(f"/mine/{token}#h-held")


def _opened(
    session: Session, token: str, fact_id: UUID, installation: Installation
) -> tuple[Actor, FactView]:
    """Return the person of a link and a fact that stands on her record."""
    notice, actor = notices.actor_of_link(session, token[:LONGEST_TOKEN], clock=installation.clock)
    record = get_record(session, actor, notice.expert_id)
    found = next((one for one in record.facts if one.id == fact_id), None)
    if found is None:
        # Of somebody else, or decided on since: alike, and the link works.
        raise Conflict("This fact does not stand on your record.")
    return actor, found


def _given(tongue: Tongue, fact: FactView, typed: Mapping[str, str]) -> FactInput:
    changed = {
        part.name: typed[part.name]
        for part in parts_of(fact.kind)
        if part.name in typed
        and typed[part.name].strip() != shown(tongue, part, fact.value, fact.period).strip()
    }
    if not changed:
        raise ValueError(tongue.word("Change what is not right first."))
    return read_value(tongue, fact.kind, changed, to_json(fact.value), fact.period)


def _page(
    request: Request,
    token: str,
    fact: FactView,
    version: str,
    typed: Mapping[str, str],
    problem: str = "",
) -> Response:
    tongue = get_tongue(request)
    frame = frame_of(request, tongue.word("Your record"), facility="")
    page = own_fact_page(
        frame, tongue, fact, version, path=f"/mine/{token}", typed=typed, problem=problem
    )
    return respond(request, "mine/fact.html", page, 422 if problem else 200)
