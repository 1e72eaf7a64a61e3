"""Actions and requests as `roster.figures` counts them."""

from __future__ import annotations

from sqlmodel import Session, col, select

from roster.figures import (
    ActionFacts,
    ActivityFacts,
    ExpertMention,
    RequestFacts,
    RequestOutcome,
    ResultFacts,
)
from roster.policy import Actor
from roster.queries.actions import list_actions
from roster.read import ActionView
from roster.tables import Action, AssistanceRequest
from roster.vocabulary import Scope


def action_facts(session: Session, actor: Actor) -> tuple[ActionFacts, ...]:
    """Return every Action of the facility; the figures choose by origin themselves."""
    return tuple(facts_of(action) for action in list_actions(session, actor))


def request_facts(session: Session, actor: Actor) -> tuple[RequestFacts, ...]:
    """Return the past requests of the facility, those with an outcome."""
    rows = session.exec(
        select(AssistanceRequest, Action.code)
        .join(Action, col(Action.id) == col(AssistanceRequest.action_id), isouter=True)
        .where(
            AssistanceRequest.facility_id == actor.facility_id,
            col(AssistanceRequest.outcome).is_not(None),
        )
        .order_by(col(AssistanceRequest.code), col(AssistanceRequest.id))
    )
    return tuple(
        RequestFacts(
            id=request.code,
            name=request.title,
            origin=request.origin,
            outcome=RequestOutcome(request.outcome or ""),
            scope=Scope(request.scope) if request.scope else Scope.NATIONAL,
            countries=tuple(request.countries),
            regional_body=request.regional_body,
            action=code,
        )
        for request, code in rows
    )


def facts_of(action: ActionView) -> ActionFacts:
    """Return one Action as the figures count it."""
    return ActionFacts(
        id=action.code,
        name=action.name,
        origin=action.origin,
        status=action.status,
        region=action.region,
        scope=Scope(action.scope) if action.scope else Scope.NATIONAL,
        countries=action.countries,
        regional_body=action.regional_body,
        topics=action.topics,
        areas=action.areas,
        activities=tuple(
            ActivityFacts(
                type=activity.type,
                title=activity.title,
                intervention=activity.intervention,
                also=activity.also,
                number=activity.number,
                intervention_basis=activity.intervention_basis,
            )
            for activity in action.activities
        ),
        results=tuple(
            ResultFacts(result.constituent, result.title, result.expected)
            for result in action.results
        ),
        experts=tuple(
            ExpertMention(
                country=mention.country,
                kind=mention.kind,
                eu=mention.is_eu,
                group=mention.country_group,
                basis=mention.basis,
                as_printed=mention.as_printed,
            )
            for mention in action.expertise
        ),
        start=str(action.starts) if action.starts else None,
        end=str(action.ends) if action.ends else None,
    )
