"""Actions: what was done, by theme, region, type of activity and Member State."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from api.deps import ActorDep, SessionDep, new_router, requires
from api.figures import figures_of
from api.paging import Page, PageDep
from api.problems import problems
from api.schemas.actions import ActionOut, ActionRowOut, FiguresOut
from roster.errors import NotFound
from roster.inputs import CountryCode
from roster.policy import Permission
from roster.queries.actions import get_action, list_actions
from roster.queries.figures import action_facts
from roster.vocabulary import ActionStatus, Origin

router = new_router("actions")


@router.get("/actions", dependencies=[requires(Permission.READ_ACTIONS)], responses=problems())
def list_all_actions(
    session: SessionDep,
    actor: ActorDep,
    paging: PageDep,
    country: Annotated[CountryCode | None, Query(description="A beneficiary country")] = None,
    topic: Annotated[str | None, Query(max_length=80, description="A topic's code")] = None,
    status: Annotated[ActionStatus | None, Query()] = None,
) -> Page[ActionRowOut]:
    """List the Actions of the facility by name."""
    found = [
        action
        for action in list_actions(session, actor)
        if (country is None or country in action.countries)
        and (topic is None or topic in action.topics)
        and (status is None or action.status is status)
    ]
    shown = found[paging.offset : paging.offset + paging.per_page]
    return Page(
        items=[ActionRowOut.model_validate(action) for action in shown],
        page=paging.page,
        per_page=paging.per_page,
        total=len(found),
    )


@router.get(
    "/actions/figures", dependencies=[requires(Permission.READ_ACTIONS)], responses=problems()
)
def get_figures(
    session: SessionDep,
    actor: ActorDep,
    origin: Annotated[Origin, Query(description="Which records count")] = Origin.REAL,
) -> FiguresOut:
    """Return the figures of the facility, computed from its Actions."""
    return figures_of(action_facts(session, actor), origin)


@router.get(
    "/actions/{code}",
    dependencies=[requires(Permission.READ_ACTIONS)],
    responses=problems(NotFound),
)
def get_one_action(code: str, session: SessionDep, actor: ActorDep) -> ActionOut:
    """Return one Action with its present plan, its results and whose experts took part."""
    return ActionOut.model_validate(get_action(session, actor, code))
