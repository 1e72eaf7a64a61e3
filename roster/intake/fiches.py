"""The action fiche: versions drafted together with the requesting authority, then submitted.

Only a draft changes. What was shared or submitted is changed in a new version, so that everybody
who commented or voted finds the words again that she spoke of.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from roster import records, request_path
from roster.errors import Conflict, FieldError, InvalidInput
from roster.inputs.fiches import ConsultationInput, FicheInput
from roster.policy import Actor, Permission, require
from roster.ports import Clock
from roster.queries.fiches import fiche_rows, get_fiche, guests_of_request
from roster.queries.requests import get_request
from roster.reference import topics
from roster.tables import AssistanceRequest, Consultation, Fiche
from roster.telling import messages
from roster.vocabulary import FicheStatus, GuestRole, MessageKind, RequestStatus

_DRAFTING = (RequestStatus.SCREENED, RequestStatus.FICHE_DRAFTED, RequestStatus.SUBMITTED)
_TEXTS = ("title", "background", "objective", "schedule", "risks", "expert_days")
_LISTS = ("results", "activities", "expertise")
_CONSULTED = (GuestRole.REQUESTING_AUTHORITY, GuestRole.EU_DELEGATION)


def draft_fiche(
    session: Session,
    actor: Actor,
    request_id: UUID,
    given: FicheInput | None,
    *,
    clock: Clock,
) -> Fiche:
    """Begin a version: from what is given, else as the newest one, else from the request's fields.

    Raises
    ------
    NotFound, NotAllowed
    UnknownTerm, InvalidInput
    Conflict
        The request is not screened yet, is decided, or a draft stands already.
    """
    require(actor, Permission.WRITE_REQUESTS)
    request = get_request(session, actor, request_id)
    request_path.require_alive(session, request)
    rows = fiche_rows(session, request.id)
    _require_draftable(request, rows)
    now = clock.now()
    made = Fiche(
        facility_id=request.facility_id,
        origin=request.origin,
        created_at=now,
        request_id=request.id,
        version=rows[0].version + 1 if rows else 1,
        title=request.title,
        by=actor.account_id,
    )
    if given is not None:
        _fill(made, given)
    elif rows:
        for name in (*_TEXTS, *_LISTS):
            setattr(made, name, getattr(rows[0], name))
    else:
        _prefill(made, request, actor.locale)
    session.add(made)
    session.flush()
    if request.status is RequestStatus.SCREENED:
        to = RequestStatus.FICHE_DRAFTED
        request_path.step(session, actor, request, to, reason=None, at=now)
    records.log_change(session, actor, made, "created", now, request=request.id)
    return made


def change_fiche(
    session: Session, actor: Actor, fiche_id: UUID, given: FicheInput, *, clock: Clock
) -> Fiche:
    """Rewrite a draft.

    Raises
    ------
    NotFound, NotAllowed, UnknownTerm, InvalidInput
    Conflict
        This version was shared or submitted: a new one is begun instead.
    """
    require(actor, Permission.WRITE_REQUESTS)
    fiche = get_fiche(session, actor, fiche_id)
    if fiche.status is not FicheStatus.DRAFT:
        raise Conflict(
            f"Version {fiche.version} is {fiche.status.value}, so its words stay. "
            "Begin a new version to change them."
        )
    _fill(fiche, given)
    session.add(fiche)
    records.log_change(session, actor, fiche, "changed", clock.now(), request=fiche.request_id)
    return fiche


def share_fiche(session: Session, actor: Actor, fiche_id: UUID, *, clock: Clock) -> Fiche:
    """Show a draft to the requesting authority and the delegation, to be commented on.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        It is no draft any more, or the request goes on elsewhere.
    """
    fiche, request = _open(session, actor, fiche_id)
    if fiche.status is not FicheStatus.DRAFT:
        raise Conflict(f"Version {fiche.version} is {fiche.status.value} already.")
    now = clock.now()
    _replace(session, actor, request, fiche, (FicheStatus.SHARED,), now)
    _set(session, actor, fiche, FicheStatus.SHARED, now)
    _tell(session, actor, fiche, MessageKind.FICHE_SHARED, _CONSULTED, now)
    return fiche


def submit_fiche(session: Session, actor: Actor, fiche_id: UUID, *, clock: Clock) -> Fiche:
    """Lay a version before the steering body; no word of it changes any more.

    Raises
    ------
    NotFound, NotAllowed
    InvalidInput
        Objective, results or activities are missing.
    Conflict
        It was submitted or replaced before, or the request goes on elsewhere.
    """
    fiche, request = _open(session, actor, fiche_id)
    if fiche.status not in {FicheStatus.DRAFT, FicheStatus.SHARED}:
        raise Conflict(f"Version {fiche.version} is {fiche.status.value} already.")
    _require_whole(fiche)
    now = clock.now()
    older = (FicheStatus.DRAFT, FicheStatus.SHARED, FicheStatus.SUBMITTED)
    _replace(session, actor, request, fiche, older, now)
    _set(session, actor, fiche, FicheStatus.SUBMITTED, now)
    if request.status is not RequestStatus.SUBMITTED:
        to = RequestStatus.SUBMITTED
        request_path.step(session, actor, request, to, reason=None, at=now)
    _tell(session, actor, fiche, MessageKind.VOTE_ASKED, (GuestRole.COMMITTEE_MEMBER,), now)
    return fiche


def record_consultation(
    session: Session, actor: Actor, request_id: UUID, given: ConsultationInput, *, clock: Clock
) -> Consultation:
    """Write down a talk about the fiche.

    Raises
    ------
    NotFound, NotAllowed
    InvalidInput
        It lies in the future.
    """
    require(actor, Permission.WRITE_REQUESTS)
    request = get_request(session, actor, request_id)
    now = clock.now()
    if given.held_on > now.date():
        words = "This day is still to come. Give the day on which you spoke."
        raise InvalidInput(words, (FieldError("/held_on", words),))
    made = Consultation(
        facility_id=request.facility_id,
        origin=request.origin,
        created_at=now,
        request_id=request.id,
        held_on=given.held_on,
        with_whom=given.with_whom,
        channel=given.channel,
        note=given.note,
        by=actor.account_id,
    )
    session.add(made)
    session.flush()
    records.log_change(session, actor, made, "created", now, request=request.id)
    return made


# --- Inside ---------------------------------------------------------------------------------------


def _require_draftable(request: AssistanceRequest, rows: tuple[Fiche, ...]) -> None:
    if request.status is RequestStatus.RECEIVED:
        raise Conflict("Screen the request first: the fiche is drafted for what was screened.")
    if request.status not in _DRAFTING:
        raise Conflict(f"A request that is {request.status.value} takes no new fiche.")
    draft = next((one for one in rows if one.status is FicheStatus.DRAFT), None)
    if draft is not None:
        raise Conflict(f"Version {draft.version} is still a draft: go on with that one.")


def _open(session: Session, actor: Actor, fiche_id: UUID) -> tuple[Fiche, AssistanceRequest]:
    require(actor, Permission.WRITE_REQUESTS)
    fiche = get_fiche(session, actor, fiche_id)
    request = get_request(session, actor, fiche.request_id)
    request_path.require_alive(session, request)
    if request.status not in _DRAFTING:
        raise Conflict(f"The request is {request.status.value}: its fiche stays as it is.")
    return fiche, request


def _require_whole(fiche: Fiche) -> None:
    missing = {
        "objective": "Write the objective before the fiche is submitted.",
        "results": "Name at least one result before the fiche is submitted.",
        "activities": "Plan at least one activity before the fiche is submitted.",
    }
    errors = tuple(
        FieldError(f"/{name}", words) for name, words in missing.items() if not getattr(fiche, name)
    )
    if errors:
        raise InvalidInput(" ".join(error.detail for error in errors), errors)


def _replace(
    session: Session,
    actor: Actor,
    request: AssistanceRequest,
    by: Fiche,
    standing: tuple[FicheStatus, ...],
    at: datetime,
) -> None:
    """Mark other versions as replaced, so that one at most stands where this one will."""
    for other in fiche_rows(session, request.id):
        if other.id != by.id and other.status in standing:
            _set(session, actor, other, FicheStatus.REPLACED, at)


def _set(session: Session, actor: Actor, fiche: Fiche, to: FicheStatus, at: datetime) -> None:
    fiche.status = to
    session.add(fiche)
    session.flush()
    records.log_change(session, actor, fiche, to.value, at, request=fiche.request_id)


def _tell(
    session: Session,
    actor: Actor,
    fiche: Fiche,
    kind: MessageKind,
    roles: tuple[GuestRole, ...],
    at: datetime,
) -> None:
    readers = [
        one.id
        for one in guests_of_request(session, fiche.request_id)
        if one.role in roles and one.revoked_at is None and one.expires_at > at
    ]
    news = messages.News(kind, fiche, detail={"version": fiche.version})
    messages.tell(session, actor, news, at=at, guests=readers)


def _fill(fiche: Fiche, given: FicheInput) -> None:
    _check_topics(given)
    for name in _TEXTS:
        setattr(fiche, name, getattr(given, name))
    for name in _LISTS:
        rows: list[dict[str, Any]] = [one.model_dump(mode="json") for one in getattr(given, name)]
        setattr(fiche, name, rows)


def _check_topics(given: FicheInput) -> None:
    errors = tuple(
        FieldError(f"/expertise/{number}/topics", f"The topic “{code}” is not known.")
        for number, row in enumerate(given.expertise)
        for code in row.topics
        if not topics.is_topic(code)
    )
    if errors:
        raise InvalidInput(errors[0].detail, errors)


def _prefill(fiche: Fiche, request: AssistanceRequest, locale: str) -> None:
    """Begin with what the letter's fields say; nothing is made up beside them."""
    fiche.activities = [
        {"type": code, "title": request.title, "starts": _day(request.starts),
         "ends": _day(request.ends), "place": "", "modality": None, "days": None}
        for code in request.activities
    ]  # fmt: skip
    if request.topics:
        fiche.expertise = [
            {"role": topics.label(code, locale), "topics": [code], "kind": None, "days": None}
            for code in request.topics
        ]


def _day(day: object) -> str | None:
    return str(day) if day is not None else None
