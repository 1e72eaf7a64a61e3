"""One request becomes several, or several become one regional request; the history is linked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlmodel import Session

from roster import request_path
from roster.errors import Conflict, FieldError, InvalidInput
from roster.inputs.fiches import JoinInput, SplitInput
from roster.policy import Actor, Permission, require
from roster.ports import Clock
from roster.queries.requests import OPEN, get_request
from roster.reference import bodies, countries
from roster.tables import AssistanceRequest
from roster.vocabulary import RequestStatus, Scope

T = TypeVar("T")

_SPLITTABLE = (RequestStatus.RECEIVED, RequestStatus.SCREENED, RequestStatus.FICHE_DRAFTED)


def split_request(
    session: Session, actor: Actor, request_id: UUID, given: SplitInput, *, clock: Clock
) -> tuple[AssistanceRequest, ...]:
    """Make one request for each part; the first one stays, and says as what it goes on.

    Raises
    ------
    NotFound, NotAllowed
    InvalidInput
        A part names a country that the request does not ask for.
    Conflict
        The fiche was submitted, the request is decided, or it goes on elsewhere already.
    """
    require(actor, Permission.WRITE_REQUESTS)
    request = get_request(session, actor, request_id)
    request_path.require_alive(session, request)
    _require_undecided([request])
    now = clock.now()
    _check_countries(request, given, now)
    parts = []
    for part in given.parts:
        made = request_path.copy_of(session, request, facility_id=request.facility_id, at=now)
        made.title = part.title or request.title
        made.countries = list(dict.fromkeys(part.countries))
        made.regional_body = None
        made.scope = _scope(made.countries).value
        made.round_id, made.round_chosen = request.round_id, request.round_chosen
        made.officer_id = request.officer_id
        request_path.begin(session, actor, made, now)
        parts.append(made)
    _note(session, actor, [request], parts, now)
    return tuple(parts)


def join_requests(
    session: Session, actor: Actor, given: JoinInput, *, clock: Clock
) -> AssistanceRequest:
    """Make one regional request of several; each of them says as what it goes on.

    Raises
    ------
    NotFound, NotAllowed
    InvalidInput
        Fewer than two different requests, or a regional body that nobody knows.
    Conflict
        One of them is submitted, decided, or goes on elsewhere already.
    """
    require(actor, Permission.WRITE_REQUESTS)
    ids = tuple(dict.fromkeys(given.requests))
    if len(ids) < 2:
        words = "Choose at least two different requests."
        raise InvalidInput(words, (FieldError("/requests", words),))
    _check_body(given)
    joined = [get_request(session, actor, one) for one in ids]
    for one in joined:
        request_path.require_alive(session, one)
    _require_undecided(joined)
    now = clock.now()
    made = _union(session, actor, joined, given, now)
    request_path.begin(session, actor, made, now)
    for one in joined:
        one.joined_into = made.id
    _note(session, actor, joined, [made], now)
    return made


def _note(
    session: Session,
    actor: Actor,
    before: Iterable[AssistanceRequest],
    after: Sequence[AssistanceRequest],
    at: datetime,
) -> None:
    """Write as what requests go on; codes are read in any language."""
    arrow = f"→ {', '.join(one.code for one in after)}"
    for one in before:
        one.updated_at = at
        session.add(one)
        request_path.note(session, actor, one, one.status, at, arrow)


def _require_undecided(requests: Iterable[AssistanceRequest]) -> None:
    for one in requests:
        if one.status not in OPEN or one.outcome is not None:
            raise Conflict(f"{one.code} is {one.status.value}: only open requests can be changed.")
        if one.status not in _SPLITTABLE:
            raise Conflict(
                f"The fiche of {one.code} lies before the steering body: wait for its decision."
            )


def _check_countries(request: AssistanceRequest, given: SplitInput, at: datetime) -> None:
    known = set(request.countries)
    body = next((one for one in bodies.bodies() if one.id == request.regional_body), None)
    if body is not None:
        known |= {one.country for one in body.memberships if one.covers(at.date())}
    errors = tuple(
        FieldError(
            f"/parts/{number}/countries",
            f"{code} is no country of this request. Add it to the request’s fields first."
            if countries.is_country(code)
            else f"The country “{code}” is not known.",
        )
        for number, part in enumerate(given.parts)
        for code in part.countries
        if code not in known
    )
    if errors:
        raise InvalidInput(errors[0].detail, errors)


def _check_body(given: JoinInput) -> None:
    known = {one.id for one in bodies.bodies()}
    if given.regional_body is not None and given.regional_body not in known:
        words = f"The regional body “{given.regional_body}” is not known."
        raise InvalidInput(words, (FieldError("/regional_body", words),))


def _union(
    session: Session,
    actor: Actor,
    joined: Sequence[AssistanceRequest],
    given: JoinInput,
    at: datetime,
) -> AssistanceRequest:
    """Return a request that asks for what any of them does."""
    first = joined[0]
    made = request_path.copy_of(session, first, facility_id=first.facility_id, at=at)
    made.split_from, made.title, made.regional_body = None, given.title, given.regional_body
    made.authority = _same([one.authority for one in joined])
    made.counterpart = _same([one.counterpart for one in joined])
    made.administration = _same([one.administration for one in joined])
    for name in ("countries", "topics", "activities"):
        spread = [code for one in joined for code in getattr(one, name)]
        setattr(made, name, list(dict.fromkeys(spread)))
    made.languages = list(
        {str(need["language"]): need for one in joined for need in one.languages}.values()
    )
    made.starts = min((one.starts for one in joined if one.starts), default=None)
    made.ends = max((one.ends for one in joined if one.ends), default=None)
    made.received_on = min((one.received_on for one in joined if one.received_on), default=None)
    made.text = "\n\n".join(f"{one.code}\n{one.text}" for one in joined if one.text.strip())
    made.text_language = _same([one.text_language for one in joined])
    made.release_required = any(one.release_required for one in joined)
    made.scope = (Scope.REGIONAL_BODY if given.regional_body else _scope(made.countries)).value
    made.round_id, made.round_chosen = first.round_id, first.round_chosen
    made.officer_id = actor.account_id
    return made


def _same(values: Sequence[T]) -> T | None:
    """Return what all of them say; None where they differ."""
    return values[0] if len(set(values)) == 1 else None


def _scope(codes: Sequence[str]) -> Scope:
    return Scope.NATIONAL if len(codes) == 1 else Scope.GROUP
