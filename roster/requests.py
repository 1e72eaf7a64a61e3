"""Requests for assistance: taken in, read from a letter, ranked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, select

from roster import records, request_path
from roster.errors import Conflict, FieldError, InvalidInput, ModelUnusable
from roster.inputs import NewRequest
from roster.policy import Actor, Permission, require
from roster.ports import WORDED, Clock, Ranker
from roster.queries.declined import need_now
from roster.queries.experts import visible_ids
from roster.queries.models import version_in_use
from roster.queries.packing import packed
from roster.queries.requests import get_request, need_of
from roster.queries.rounds import round_view
from roster.queries.screening import open_items, round_for
from roster.read import LanguageNeed, Ranking, RequestView
from roster.reference import administrations
from roster.request_readings import reading_of
from roster.search_terms import make_requests_findable
from roster.serial import to_json
from roster.tables import AssistanceRequest, RankingRun
from roster.terms import check_terms, require_any
from roster.vocabulary import RequestStatus, Scope

WORDED_WHERE_KEPT = 100
"""People of each band whose reasons are kept in words with their evidence, four pages of them. Of
everybody further down what was measured, points and conditions are kept as exactly; the words are
read in her present record when somebody opens her."""
_BY_FICHE = frozenset({RequestStatus.FICHE_DRAFTED, RequestStatus.SUBMITTED})
_BY_DECISION = frozenset({RequestStatus.APPROVED, RequestStatus.REJECTED, RequestStatus.FORWARDED})


@dataclass(frozen=True, slots=True)
class RankingMade:
    """A ranking and, where it was stored, its id and its number within the request."""

    ranking: Ranking
    id: UUID
    number: int


def create_request(
    session: Session,
    actor: Actor,
    given: NewRequest,
    *,
    clock: Clock,
    text_language: str | None = None,
) -> AssistanceRequest:
    """Take a request in.

    Raises
    ------
    NotAllowed
    UnknownTerm
        A country, language, topic or body is not known.
    InvalidInput
        Neither topic nor type of activity nor text is given, or the round is not known.
    """
    require(actor, Permission.WRITE_REQUESTS)
    check_terms(given)
    require_any(given)
    now = clock.now()
    request = AssistanceRequest(
        facility_id=actor.facility_id,
        origin=actor.origin,
        code=request_path.next_code(session, actor.facility_id, now),
        title=given.title,
        text_language=text_language,
        officer_id=actor.account_id,
        updated_at=now,
    )
    _set_round(session, actor, given, request)
    _fill(request, given)
    request_path.begin(session, actor, request, now)
    return request


def update_request(
    session: Session,
    actor: Actor,
    request_id: UUID,
    given: NewRequest,
    *,
    clock: Clock,
    text_language: str | None = None,
) -> AssistanceRequest:
    """Change what is asked for; rankings made before stay as they were shown.

    Raises
    ------
    NotFound, NotAllowed, UnknownTerm, InvalidInput
    """
    require(actor, Permission.WRITE_REQUESTS)
    request = get_request(session, actor, request_id)
    check_terms(given)
    require_any(given)
    if given.text != request.text:
        request.text_language = text_language  # The language of words that are gone says nothing.
    _set_round(session, actor, given, request)
    _fill(request, given)
    request.updated_at = clock.now()
    session.add(request)
    make_requests_findable(session, [request])
    records.log_change(session, actor, request, "changed", request.updated_at)
    return request


def move_request(
    session: Session,
    actor: Actor,
    request_id: UUID,
    to: RequestStatus,
    *,
    reason: str | None,
    clock: Clock,
) -> AssistanceRequest:
    """Move a request one step on, where no fiche and no decision does it.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        The step does not follow from where the request stands, or is taken by other means: the
        words say by which.
    """
    require(actor, Permission.WRITE_REQUESTS)
    request = get_request(session, actor, request_id)
    if to in request_path.following(request.status):
        _require_means(session, request, to)
    request_path.step(session, actor, request, to, reason=reason, at=clock.now())
    return request


def _require_means(session: Session, request: AssistanceRequest, to: RequestStatus) -> None:
    """Refuse a step that is the result of something else, or comes too early."""
    if to in _BY_DECISION:
        raise Conflict(
            "A request is approved, rejected or forwarded by a decision: record it with its day, "
            "reason and minutes under Decision."
        )
    if to in _BY_FICHE:
        raise Conflict("The action fiche moves the request on: draft or submit it under Fiche.")
    if to is RequestStatus.SCREENED and open_items(session, request):
        raise Conflict(
            "Answer every point of the checklist under Screening first; “unknown” needs a note."
        )


def following(status: RequestStatus) -> tuple[RequestStatus, ...]:
    """Return the stages that `move_request` reaches from where a request stands, in order."""
    by_other_means = _BY_DECISION | _BY_FICHE
    return tuple(one for one in request_path.following(status) if one not in by_other_means)


def _set_round(
    session: Session, actor: Actor, given: NewRequest, request: AssistanceRequest
) -> None:
    """Set the round that is given, else leave the chosen one, else that of the day of receipt.

    What says nothing of the round must not undo a choice; null undoes it.
    """
    if given.round_id is None:
        if "round_id" in given.model_fields_set or not request.round_chosen:
            request.round_id = round_for(session, actor.facility_id, given.received_on)
            request.round_chosen = False
        return
    if round_view(session, given.round_id, actor.facility_id) is None:
        words = "There is no such application round in this facility. Choose one of those listed."
        raise InvalidInput(words, (FieldError("/round_id", words),))
    request.round_id, request.round_chosen = given.round_id, True


def need_from(given: NewRequest) -> RequestView:
    """Return what was handed in as the ranker reads it, without storing anything.

    Raises
    ------
    UnknownTerm, InvalidInput
    """
    check_terms(given)
    require_any(given)
    filled = AssistanceRequest(code="", title=given.title, facility_id=UUID(int=0))
    _fill(filled, given)
    return replace(need_of(filled), id=None)


def rank_request(
    session: Session,
    actor: Actor,
    request_id: UUID,
    *,
    ranker: Ranker,
    clock: Clock,
    weights: Mapping[str, float] | None = None,
) -> RankingMade:
    """Rank the people whom the actor may rank for a request, and keep the run.

    Raises
    ------
    NotFound, NotAllowed
    RequestIncomplete
        The request says too little.
    """
    require(actor, Permission.RANK)
    request = get_request(session, actor, request_id)
    ranking = rank_need(
        session,
        actor,
        need_now(session, request),
        ranker=ranker,
        clock=clock,
        weights=weights,
        worded=WORDED_WHERE_KEPT,
    )
    run = _keep(session, actor, request, ranking, clock.now())
    return RankingMade(ranking=ranking, id=run.id, number=run.number)


def rank_need(
    session: Session,
    actor: Actor,
    need: RequestView,
    *,
    ranker: Ranker,
    clock: Clock,
    weights: Mapping[str, float] | None = None,
    worded: int = WORDED,
    among: frozenset[UUID] | None = None,
) -> Ranking:
    """Rank for a need that is not stored (an inline match); nothing is kept.

    Parameters
    ----------
    among : whom the actor may rank, from whoever asked for many needs at once; None asks now

    Raises
    ------
    NotAllowed, RequestIncomplete
    """
    require(actor, Permission.RANK)
    # Never None, even for who sees everybody of her facility: the index holds all facilities, and
    # takes in whoever was committed since this was asked.
    seen = visible_ids(session, actor, Permission.RANK) if among is None else among
    kept = partial(reading_of, session, need.id) if need.id is not None else None
    rank = partial(
        ranker.rank, among=seen, weights=weights, worded=worded, kept=kept, now=clock.now()
    )
    try:
        return rank(need, model=version_in_use(session, actor.facility_id))
    except ModelUnusable as refused:
        ranking = rank(need)
        note = f"{refused.detail} {ranking.model} ranks instead."
        return replace(ranking, notes=(*ranking.notes, note))


def _fill(request: AssistanceRequest, given: NewRequest) -> None:
    request.title = given.title
    request.authority = given.authority
    request.administration = given.administration or (
        administrations.kind_of(given.authority) if given.authority else None
    )
    request.counterpart = given.counterpart
    request.countries = list(dict.fromkeys(given.countries))
    request.regional_body = given.regional_body
    request.scope = _scope(given)
    request.topics = list(dict.fromkeys(given.topics))
    request.activities = [code.value for code in dict.fromkeys(given.activities)]
    request.languages = [
        to_json(LanguageNeed(need.language, need.minimum, need.everyone))
        for need in given.languages
    ]
    request.starts, request.ends = given.starts, given.ends
    request.mode = given.mode.value if given.mode else None
    request.urgency = given.urgency
    request.priority, request.deadline = given.priority, given.deadline
    request.channel = given.channel
    request.received_on = given.received_on
    request.release_required = given.release_required
    request.text = given.text


def _scope(given: NewRequest) -> str | None:
    if given.regional_body:
        return Scope.REGIONAL_BODY.value
    if not given.countries:
        return None
    return (Scope.NATIONAL if len(given.countries) == 1 else Scope.GROUP).value


def _keep(
    session: Session, actor: Actor, request: AssistanceRequest, ranking: Ranking, at: datetime
) -> RankingRun:
    newest = session.exec(
        select(func.max(RankingRun.number)).where(RankingRun.request_id == request.id)
    ).one()
    run = RankingRun(
        facility_id=request.facility_id,
        origin=request.origin,
        created_at=at,
        request_id=request.id,
        number=(newest or 0) + 1,
        by=actor.account_id,
        model=ranking.model,
        weights=dict(ranking.weights),
        request=to_json(ranking.request),
        among={"considered": len(ranking.people)},
        counts={band.value: people for band, people in ranking.counts().items()},
        content=packed(ranking),
    )
    session.add(run)
    records.log_change(session, actor, run, "created", at, request=request.id)
    return run
