"""Actions and requests as `roster.counting.figures` counts them."""

from __future__ import annotations

from collections import Counter

from sqlmodel import Session, col, select

from roster.counting.figure_rules import RULES, Comparison, Records
from roster.counting.figures import (
    ActionFacts,
    ActivityFacts,
    ExpertMention,
    RequestFacts,
    RequestOutcome,
    ResultFacts,
)
from roster.policy import Actor
from roster.queries.actions import fact_sheets, list_actions
from roster.read import ActionView, FactSheetView
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


def comparisons(session: Session, actor: Actor) -> tuple[Comparison, ...]:
    """Set each printed figure of the facility beside the same computed from its own rows.

    Printed figures whose rule this version does not know are left out.
    """
    records = counted_records(session, actor)
    return tuple(
        comparison_of(sheet, records)
        for sheet in fact_sheets(session, actor, "printed_figure")
        if sheet.content["rule"] in RULES
    )


def counted_records(session: Session, actor: Actor) -> Records:
    """Return everything of the facility that the rules of printed figures count."""
    sheets = Counter(
        {kind: len(fact_sheets(session, actor, kind)) for kind in ("page_action", "agency_project")}
    )
    printed: dict[str, float] = {}
    for sheet in fact_sheets(session, actor, "printed_totals"):
        for name, value in sheet.content.items():
            if isinstance(value, int | float):
                printed[name] = float(value)
    return Records(action_facts(session, actor), request_facts(session, actor), sheets, printed)


def comparison_of(sheet: FactSheetView, records: Records) -> Comparison:
    """Set one printed figure beside the same computed; its rule has to be known."""
    content = sheet.content
    printed, why = content["printed"], content["why"]
    return Comparison(
        label=str(content["label"]),
        printed=printed if isinstance(printed, int | float | str) else None,
        computed=RULES[str(content["rule"])](records),
        rule_in_words=str(content["rule_in_words"]),
        why=None if why is None else str(why),
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
