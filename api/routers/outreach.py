"""Whom to ask first for a request: states in order, never people."""

from __future__ import annotations

from uuid import UUID

from api.deps import ActorDep, AdviserDep, ClockDep, SessionDep, new_router, requires
from api.outreach import reason_words
from api.problems import problems
from api.schemas.outreach import OutreachOut, OutreachReasonOut, StateAdviceOut
from api.voices import Voice, VoiceDep
from roster.errors import NotFound
from roster.outreach import advise_outreach
from roster.policy import Permission
from roster.read import OutreachReason, StateAdvice

router = new_router("outreach")


@router.get(
    "/requests/{request_id}/outreach",
    dependencies=[requires(Permission.RANK)],
    responses=problems(NotFound),
)
def read_outreach(
    request_id: UUID,
    session: SessionDep,
    actor: ActorDep,
    adviser: AdviserDep,
    clock: ClockDep,
    voice: VoiceDep,
) -> OutreachOut:
    """Say which Member States to ask first for this request, and why."""
    advice = advise_outreach(session, actor, request_id, adviser=adviser, clock=clock)
    return OutreachOut(
        model=advice.model,
        actions=advice.actions,
        missing=list(advice.missing),
        states=[_state(one, voice) for one in advice.states],
    )


def _state(one: StateAdvice, voice: Voice) -> StateAdviceOut:
    return StateAdviceOut(
        country=one.country,
        place=one.place,
        score=one.score,
        chance=one.chance,
        focal_points=one.focal_points,
        experts=one.experts,
        speakers=one.speakers,
        wants_topics=list(one.wants_topics),
        wants_places=list(one.wants_places),
        uninterested_on=one.uninterested_on,
        reasons=[_reason(reason, voice) for reason in one.reasons],
    )


def _reason(one: OutreachReason, voice: Voice) -> OutreachReasonOut:
    heard = one.heard
    return OutreachReasonOut(
        told=one.told,
        points=one.points,
        supplied=one.supplied,
        of=one.of,
        latest=one.latest,
        names=list(one.names),
        on=one.on,
        agreed=heard.agreed if heard else None,
        declined=heard.declined if heard else None,
        silent=heard.silent if heard else None,
        why=list(heard.why) if heard else [],
        answered_on=heard.latest if heard else None,
        reason=voice.say(reason_words(one)),
    )
