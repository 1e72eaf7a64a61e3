"""Actions: written down, moved, judged by results, and asked after when they are closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response
from sqlmodel import Session

from api.deps import ActorDep, ClockDep, SessionDep, new_router, path_of, requires
from api.figures import figures_of
from api.paging import Page, PageDep, page_out_of, part_of
from api.problems import problems
from api.schemas.actions import (
    ActionHistoryOut,
    ActionOut,
    ActionRowOut,
    ActionStepOut,
    FiguresOut,
    FollowUpOut,
    FollowUpsOut,
)
from roster.delivery import actions, follow_ups
from roster.errors import Conflict, InvalidInput, NotFound
from roster.inputs import (
    ActionInput,
    ActionMove,
    CountryCode,
    FollowUpAnswer,
    ResultInput,
    ResultJudgement,
)
from roster.policy import Actor, Permission
from roster.queries import follow_ups as asked
from roster.queries.actions import action_row, get_action, list_actions, steps_of
from roster.queries.figures import action_facts
from roster.read import ActionView, Paging
from roster.tables import Action
from roster.vocabulary import ActionStatus, ActivityType, Origin

router = new_router("actions")


def _read(session: Session, actor: Actor, action: Action) -> ActionOut:
    session.flush()
    return ActionOut.model_validate(get_action(session, actor, action.code))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which Actions to list; what is left out is not asked for."""

    country: Annotated[CountryCode | None, Query(description="A beneficiary country")] = None
    topic: Annotated[str | None, Query(max_length=80, description="A topic's code")] = None
    status: Annotated[ActionStatus | None, Query()] = None
    region: Annotated[str | None, Query(max_length=80, description="Heading of reports")] = None
    activity: Annotated[ActivityType | None, Query(description="A type in its plan")] = None
    officer: Annotated[UUID | None, Query(description="Account of who looks after it")] = None

    def holds(self, action: ActionView) -> bool:
        """Whether an Action is one of those."""
        pairs = (
            (self.country, action.countries),
            (self.topic, action.topics),
            (self.status, (action.status,)),
            (self.region, (action.region,)),
            (self.activity, tuple(one.type for one in action.activities)),
            (self.officer, (action.officer_id,)),
        )
        return all(wanted is None or wanted in held for wanted, held in pairs)


@router.get(
    "/actions",
    dependencies=[requires(Permission.READ_ACTIONS)],
    responses=problems(InvalidInput),
)
def list_all_actions(
    session: SessionDep, actor: ActorDep, paging: PageDep, wanted: Annotated[Wanted, Depends()]
) -> Page[ActionRowOut]:
    """List the Actions that the caller may know of by name."""
    found = [action for action in list_actions(session, actor) if wanted.holds(action)]
    return page_out_of(found, paging, ActionRowOut.model_validate, lambda action: action.id)


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
    "/actions/follow-ups",
    dependencies=[requires(Permission.READ_ACTIONS)],
    responses=problems(),
)
def list_follow_ups(session: SessionDep, actor: ActorDep, paging: PageDep) -> FollowUpsOut:
    """Return what is asked of closed Actions: open questions first, each by its day."""
    return _follow_ups(session, actor, None, paging)


@router.post(
    "/actions",
    status_code=201,
    dependencies=[requires(Permission.WRITE_ACTIONS)],
    responses=problems(InvalidInput),
)
def write_action(
    given: ActionInput, session: SessionDep, actor: ActorDep, clock: ClockDep, response: Response
) -> ActionOut:
    """Write an Action down by hand, with an empty draft of its plan."""
    made = actions.write_down(session, actor, given, clock=clock)
    response.headers["Location"] = path_of("actions", made.code)
    return _read(session, actor, made)


@router.post(
    "/requests/{request_id}/action",
    status_code=201,
    dependencies=[requires(Permission.WRITE_ACTIONS)],
    responses=problems(NotFound, Conflict),
)
def begin_action(
    request_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep, response: Response
) -> ActionOut:
    """Make an Action of an approved request: its fiche is the plan, its team is planned for."""
    made = actions.begin(session, actor, request_id, clock=clock)
    response.headers["Location"] = path_of("actions", made.code)
    return _read(session, actor, made)


@router.put(
    "/actions/{code}",
    dependencies=[requires(Permission.WRITE_ACTIONS)],
    responses=problems(NotFound, InvalidInput),
)
def correct_action(
    code: str, given: ActionInput, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> ActionOut:
    """Correct what is written of an Action; what is left out is emptied."""
    return _read(session, actor, actions.correct(session, actor, code, given, clock=clock))


@router.post(
    "/actions/{code}/status",
    dependencies=[requires(Permission.WRITE_ACTIONS)],
    responses=problems(NotFound, Conflict, InvalidInput),
)
def move_action(
    code: str, given: ActionMove, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> ActionOut:
    """Move an Action on, hold it, take it up again, close or cancel it."""
    return _read(session, actor, actions.move(session, actor, code, given, clock=clock))


@router.get(
    "/actions/{code}/history",
    dependencies=[requires(Permission.READ_ACTIONS)],
    responses=problems(NotFound),
)
def get_action_history(code: str, session: SessionDep, actor: ActorDep) -> ActionHistoryOut:
    """Return every step of an Action's life with who, when and why."""
    steps = steps_of(session, action_row(session, actor, code).id)
    return ActionHistoryOut(items=[ActionStepOut.model_validate(one) for one in steps])


@router.post(
    "/actions/{code}/results",
    status_code=201,
    dependencies=[requires(Permission.WRITE_ACTIONS)],
    responses=problems(NotFound),
)
def expect_result(
    code: str, given: ResultInput, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> ActionOut:
    """Add a result that the Action is to reach."""
    actions.expect(session, actor, code, given, clock=clock)
    return ActionOut.model_validate(get_action(session, actor, code))


@router.put(
    "/actions/{code}/results/{result_id}",
    dependencies=[requires(Permission.WRITE_ACTIONS)],
    responses=problems(NotFound, InvalidInput),
)
def judge_result(
    code: str,
    result_id: UUID,
    given: ResultJudgement,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
) -> ActionOut:
    """Say how far a result was reached, and what shows it."""
    actions.judge(session, actor, code, result_id, given, clock=clock)
    return ActionOut.model_validate(get_action(session, actor, code))


@router.get(
    "/actions/{code}/follow-ups",
    dependencies=[requires(Permission.READ_ACTIONS)],
    responses=problems(NotFound),
)
def list_follow_ups_of_action(
    code: str, session: SessionDep, actor: ActorDep, paging: PageDep
) -> FollowUpsOut:
    """Return what is asked of one closed Action."""
    return _follow_ups(session, actor, action_row(session, actor, code).code, paging)


@router.get(
    "/follow-ups/{follow_up_id}",
    dependencies=[requires(Permission.READ_ACTIONS)],
    responses=problems(NotFound),
)
def get_one_follow_up(follow_up_id: UUID, session: SessionDep, actor: ActorDep) -> FollowUpOut:
    """Return one question about a closed Action."""
    found = asked.follow_ups(session, actor, only=follow_up_id)
    if not found:
        raise NotFound("There is no such question about an Action of this facility.")
    return FollowUpOut.model_validate(found[0])


@router.put(
    "/follow-ups/{follow_up_id}",
    dependencies=[requires(Permission.WRITE_ACTIONS)],
    responses=problems(NotFound, InvalidInput),
)
def answer_follow_up(
    follow_up_id: UUID,
    given: FollowUpAnswer,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
) -> FollowUpOut:
    """Say what became of an Action after it closed, and where that was learnt."""
    follow_ups.answer(session, actor, follow_up_id, given, clock=clock)
    session.flush()
    found = asked.follow_ups(session, actor)
    return FollowUpOut.model_validate(next(one for one in found if one.id == follow_up_id))


def _follow_ups(session: Session, actor: Actor, code: str | None, paging: Paging) -> FollowUpsOut:
    return FollowUpsOut.model_validate(part_of(asked.follow_ups(session, actor, code=code), paging))


@router.get(
    "/actions/{code}",
    dependencies=[requires(Permission.READ_ACTIONS)],
    responses=problems(NotFound),
)
def get_one_action(code: str, session: SessionDep, actor: ActorDep) -> ActionOut:
    """Return one Action with its present plan, its results and whose experts took part."""
    return ActionOut.model_validate(get_action(session, actor, code))
