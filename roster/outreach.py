"""Whom to ask first for a request: which states, in which order, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session

from roster.policy import Actor, Permission, require
from roster.ports import Clock, OutreachAdviser
from roster.queries.answers import calls_answered, releases_answered, uninterested_in
from roster.queries.declined import need_now
from roster.queries.interests import declared_for, interests_of
from roster.queries.outreach import experts_by_state, focal_points_by_state, past_actions
from roster.queries.requests import get_request
from roster.read import OutreachAdvice, Stances

_RECENT = timedelta(days=730)
"""For so long a state that was not interested is not ticked beforehand."""


def advise_outreach(
    session: Session, actor: Actor, request_id: UUID, *, adviser: OutreachAdviser, clock: Clock
) -> OutreachAdvice:
    """Order the states to ask for a request, with who can be reached there.

    Learnt from the facility's Actions that name who sent experts, but for the Action that the
    request itself led to. What states say themselves adds to it: their interests, and what they
    answered to calls and to questions for releases of the last five years, this request's among
    them. Nothing of it names a person.

    Raises
    ------
    NotFound, NotAllowed
    """
    require(actor, Permission.RANK)
    request = get_request(session, actor, request_id)
    need = need_now(session, request)
    past = past_actions(session, actor, but=request.action_id)
    now = clock.now()
    said = Stances(
        interests=interests_of(session, actor),
        calls=calls_answered(session, actor, now),
        releases=releases_answered(session, actor, now),
    )
    advice = adviser.advise(need, past, now.date(), said)
    languages = tuple(one.language for one in need.languages)
    reached = focal_points_by_state(session, actor)
    gone = [one.expert_id for one in need.declined]
    known = experts_by_state(session, actor, topics=need.topics, languages=languages, but=gone)
    wants = declared_for(said.interests, need)
    uninterested = uninterested_in(said.calls, (now - _RECENT).date())
    return replace(
        advice,
        states=tuple(
            replace(
                one,
                focal_points=reached.get(one.country, 0),
                experts=known.experts.get(one.country, 0) if need.topics else None,
                speakers=known.speakers.get(one.country, 0) if need.topics and languages else None,
                wants_topics=wants[one.country].topics if one.country in wants else (),
                wants_places=wants[one.country].places if one.country in wants else (),
                uninterested_on=uninterested.get(one.country),
            )
            for one in advice.states
        ),
    )
