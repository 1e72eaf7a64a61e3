"""Portfolios: the open requests of a period planned together."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from api.deps import ActorDep, InstallationDep, SessionDep, new_router, requires
from api.problems import problems
from api.schemas.base import LanguageNeedOut
from api.schemas.portfolios import (
    LackOut,
    PlannedSeatOut,
    PortfolioOut,
    RecruitOut,
    RequestPlanOut,
    SolverOut,
    UnplannedOut,
)
from api.team_answers import person_out
from api.voices import ENGLISH, Voice, VoiceDep
from matching.teams.plan_words import lack_words, reasons
from roster import portfolios
from roster.errors import InvalidInput
from roster.inputs import PortfolioInput
from roster.installation import Installation
from roster.policy import Permission
from roster.queries.experts import rows_by_id
from roster.queries.names import names_shown
from roster.read import ExpertRow, Lack, LanguageNeed, OpenRequest, PeriodPlan, RequestPlan

router = new_router("portfolios")


@router.post(
    "/portfolios",
    dependencies=[requires(Permission.WRITE_TEAM)],
    responses=problems(InvalidInput),
)
def plan_portfolio(
    given: PortfolioInput,
    session: SessionDep,
    actor: ActorDep,
    installation: InstallationDep,
    voice: VoiceDep,
) -> PortfolioOut:
    """Plan teams for all open requests of a period together; keep nothing."""
    found = portfolios.plan_period(
        session,
        actor,
        given,
        ports=ports_of(installation),
        names_of=partial(names_shown, session, actor, hide=given.blind),
    )
    portfolios.log_plan(session, actor, found, at=installation.clock.now())
    return portfolio_out(found, rows_by_id(session, found.seated), voice)


def ports_of(installation: Installation) -> portfolios.Ports:
    """Return what a plan needs of an installation."""
    return portfolios.Ports(
        installation.ranker, installation.composer, installation.planner, installation.clock
    )


def portfolio_out(
    found: PeriodPlan, people: Mapping[UUID, ExpertRow], voice: Voice = ENGLISH
) -> PortfolioOut:
    """Return a plan as the API tells it."""
    portfolio = found.portfolio
    called = {one.id: one.code for one in found.requests}
    return PortfolioOut(
        starts=found.starts,
        ends=found.ends,
        solver=SolverOut(
            status="optimal" if portfolio.is_proven else "time_limit",
            gap=portfolio.gap,
            staffed_at_most=portfolio.staffed_at_most,
            seed=None,
        ),
        staffed=sum(plan.is_staffed for plan in portfolio.plans),
        plans=[
            _plan(plan, request, people, found.unnamed_in(plan.request_id), called, voice)
            for plan, request in zip(portfolio.plans, found.requests, strict=True)
        ],
        lacks=[_lack(lack, voice) for lack in portfolio.lacks],
        unplanned=[
            UnplannedOut(
                request_id=one.id,
                code=one.code,
                title=one.title,
                reason=" ".join(voice.say_all(why)),
            )
            for one, why in found.unplanned
        ],
        left_out=[one.id for one in found.left_out],
        engaged=portfolio.engaged,
    )


def _lack(lack: Lack, voice: Voice) -> LackOut:
    return LackOut(
        kind=lack.kind,
        languages=_languages(lack.languages),
        topics=list(lack.topics),
        regions=list(lack.regions),
        request_ids=list(lack.request_ids),
        seats=lack.seats,
        words=voice.say(lack_words(lack)),
    )


def _plan(
    plan: RequestPlan,
    request: OpenRequest,
    people: Mapping[UUID, ExpertRow],
    unnamed: Mapping[UUID, int | None],
    called: Mapping[UUID, str],
    voice: Voice,
) -> RequestPlanOut:
    return RequestPlanOut(
        request_id=plan.request_id,
        code=request.code,
        title=request.title,
        priority=plan.priority,
        mode=plan.rules.mode,
        size=len(plan.rules.seats),
        starts=plan.starts,
        ends=plan.ends,
        dates_open=plan.starts is None,
        fit=plan.fit,
        ask=plan.ask,
        free=plan.free,
        seats=[
            PlannedSeatOut(
                role=filled.seat.role,
                person=person_out(people[filled.expert_id], unnamed),
                score=filled.score,
            )
            for filled in plan.seats
        ],
        score=plan.score,
        alone=plan.alone,
        in_turn=plan.in_turn,
        reasons=voice.say_all(reasons(plan, called)),
        rivals=list(plan.rivals),
        recruits=[
            RecruitOut(
                kind=one.kind,
                languages=_languages(one.languages),
                topics=list(one.topics),
                seats=one.seats,
            )
            for one in plan.recruits
        ],
    )


def _languages(needs: tuple[LanguageNeed, ...]) -> list[LanguageNeedOut]:
    return [LanguageNeedOut.model_validate(need) for need in needs]
