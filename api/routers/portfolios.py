"""Portfolios: the open requests of a period planned together."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from api.deps import ActorDep, InstallationDep, SessionDep, new_router, requires
from api.plan_words import lack_words, reasons
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
from api.schemas.rankings import PersonOut
from roster import portfolios, records
from roster.errors import InvalidInput
from roster.inputs import PortfolioInput
from roster.installation import Installation
from roster.policy import Permission
from roster.queries.experts import rows_by_id
from roster.read import ExpertRow, LanguageNeed, OpenRequest, PeriodPlan, RequestPlan

router = new_router("portfolios")


@router.post(
    "/portfolios",
    dependencies=[requires(Permission.WRITE_TEAM)],
    responses=problems(InvalidInput),
)
def plan_portfolio(
    given: PortfolioInput, session: SessionDep, actor: ActorDep, installation: InstallationDep
) -> PortfolioOut:
    """Plan teams for all open requests of a period together; keep nothing."""
    found = portfolios.plan_period(session, actor, given, ports=ports_of(installation))
    seated = {seat.expert_id for plan in found.portfolio.plans for seat in plan.seats}
    records.log_views(
        session,
        actor,
        sorted(seated),
        what="team",
        purpose="portfolio",
        at=installation.clock.now(),
    )
    return portfolio_out(found, rows_by_id(session, seated))


def ports_of(installation: Installation) -> portfolios.Ports:
    """Return what a plan needs of an installation."""
    return portfolios.Ports(
        installation.ranker, installation.composer, installation.planner, installation.clock
    )


def portfolio_out(found: PeriodPlan, people: Mapping[UUID, ExpertRow]) -> PortfolioOut:
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
            _plan(plan, request, people, called)
            for plan, request in zip(portfolio.plans, found.requests, strict=True)
        ],
        lacks=[
            LackOut(
                kind=lack.kind,
                languages=_languages(lack.languages),
                topics=list(lack.topics),
                regions=list(lack.regions),
                request_ids=list(lack.request_ids),
                seats=lack.seats,
                words=lack_words(lack),
            )
            for lack in portfolio.lacks
        ],
        unplanned=[
            UnplannedOut(request_id=one.id, code=one.code, title=one.title, reason=why)
            for one, why in found.unplanned
        ],
        left_out=[one.id for one in found.left_out],
        engaged=portfolio.engaged,
    )


def _plan(
    plan: RequestPlan,
    request: OpenRequest,
    people: Mapping[UUID, ExpertRow],
    called: Mapping[UUID, str],
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
                person=PersonOut.model_validate(people[filled.expert_id]),
                score=filled.score,
            )
            for filled in plan.seats
        ],
        score=plan.score,
        alone=plan.alone,
        in_turn=plan.in_turn,
        reasons=reasons(plan, called),
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
