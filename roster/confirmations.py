"""The confirmation of a CV: what was read in it counts once a person says so."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import Session, col, select

from roster import records
from roster.dates import PartialDate, Period
from roster.errors import Conflict, FieldError, InvalidInput
from roster.inputs import Confirmation, FactDecision, FactInput
from roster.naming import fold
from roster.policy import Actor, Permission, require
from roster.ports import Clock
from roster.queries.documents import get_document, newest_version
from roster.queries.experts import get_expert
from roster.read import Name
from roster.serial import fact_value, to_json
from roster.tables import Document, Expert, Facility, Fact, Membership, Source
from roster.vocabulary import DocumentState, ExpertStatus, FactKind, FactStatus

KEEP_ORIGINAL_DAYS = 90
"""After its confirmation, where the facility says nothing else."""


def confirm_cv(
    session: Session,
    actor: Actor,
    document_id: UUID,
    given: Confirmation,
    *,
    clock: Clock,
) -> Expert:
    """Confirm what was read in a CV: the person is on the roster, or her record brought up to date.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        The file was not read yet, was refused, or is confirmed already.
    InvalidInput
        A decision speaks of another document's fact, or a correction has not the shape of its kind.
    """
    require(actor, Permission.WRITE_EXPERTS)
    document = get_document(session, actor, document_id, Permission.WRITE_EXPERTS)
    if document.state is not DocumentState.READ or document.expert_id is None:
        raise Conflict(f"This file is {document.state.value}: there is nothing to confirm in it.")
    draft = session.get(Expert, document.expert_id)
    version = newest_version(session, document.id)
    if draft is None or version is None:
        raise Conflict("This file was not read. Upload it again.")
    now = clock.now()
    _decide(session, actor, version.id, given, now)
    expert = _settle(session, actor, draft, given.same_as)
    _add_facts(session, actor, expert, given.added, now)
    _join(session, expert, now)
    document.expert_id = expert.id
    document.state = DocumentState.CONFIRMED
    document.delete_after = now + timedelta(days=_keep_days(session, document))
    session.add(document)
    expert.given_country = expert.given_country or document.country
    records.refresh(session, [expert], now)
    records.log_change(session, actor, document, "confirmed", now, expert=expert.id)
    return expert


def _decide(
    session: Session, actor: Actor, version_id: UUID, given: Confirmation, at: datetime
) -> None:
    rows = session.exec(
        select(Fact)
        .join(Source, col(Source.id) == col(Fact.source_id))
        .where(col(Source.document_version_id) == version_id, Fact.status == FactStatus.PROPOSED)
    )
    facts = {fact.id: fact for fact in rows}
    decisions = {decision.fact_id: decision for decision in given.decisions}
    strange = decisions.keys() - facts.keys()
    if strange:
        raise InvalidInput("A decision speaks of a fact that does not wait for one in this CV.")
    for fact in facts.values():
        _decide_one(session, actor, fact, decisions.get(fact.id), given.accept_rest, at)


def _decide_one(
    session: Session,
    actor: Actor,
    fact: Fact,
    decision: FactDecision | None,
    accept_rest: bool,
    at: datetime,
) -> None:
    if decision is None and not accept_rest:
        return
    fact.confirmed_by, fact.confirmed_at = actor.account_id, at
    if decision is not None and decision.verdict == "wrong":
        fact.status = FactStatus.REJECTED
    elif decision is not None and decision.correction is not None:
        source = records.source_of(session, actor, fact)
        corrected = _fact_from(actor, fact.expert_id, source, decision.correction, at)
        corrected.origin, corrected.quote = fact.origin, fact.quote
        session.add(corrected)
        session.flush()
        fact.status, fact.superseded_by = FactStatus.SUPERSEDED, corrected.id
    else:
        fact.status = FactStatus.CONFIRMED
    session.add(fact)


def _fact_from(
    actor: Actor, expert_id: UUID, source: Source, given: FactInput, at: datetime
) -> Fact:
    try:
        value = fact_value(given.kind, given.value)
        period = Period(
            PartialDate.parse(given.valid_from) if given.valid_from else None,
            PartialDate.parse(given.valid_to) if given.valid_to else None,
            given.ongoing,
        )
    except ValueError as error:
        raise InvalidInput(
            f"The correction of a {given.kind.value} is not of the right form: {error}"
        ) from error
    if period.start and period.end and period.end < period.start:
        raise InvalidInput(f"The {given.kind.value} ends before it begins. Correct its dates.")
    return Fact(
        facility_id=source.facility_id,
        origin=source.origin,
        expert_id=expert_id,
        kind=given.kind,
        value=to_json(value),
        valid_from=period.start,
        valid_to=period.end,
        ongoing=period.ongoing,
        status=FactStatus.CONFIRMED,
        source_id=source.id,
        asserted_at=at,
        confirmed_by=actor.account_id,
        confirmed_at=at,
    )


def _settle(session: Session, actor: Actor, draft: Expert, same_as: UUID | None) -> Expert:
    """Return whose CV it is: the draft itself, or a known person to whom its facts go."""
    if same_as is None or same_as == draft.id:
        return draft
    known = get_expert(session, actor, same_as, Permission.WRITE_EXPERTS)
    if known.status is ExpertStatus.DRAFT:
        raise Conflict("That person’s own CV is not confirmed yet. Confirm it first.")
    for fact in session.exec(select(Fact).where(Fact.expert_id == draft.id)):
        fact.expert_id = known.id
        session.add(fact)
    for document in session.exec(select(Document).where(Document.expert_id == draft.id)):
        document.expert_id = known.id
        session.add(document)
    session.flush()
    session.delete(draft)
    session.flush()
    return known


def _add_facts(
    session: Session, actor: Actor, expert: Expert, added: tuple[FactInput, ...], at: datetime
) -> None:
    if added:
        source = records.source_of(session, actor, expert)
        session.add_all(_fact_from(actor, expert.id, source, given, at) for given in added)
        session.flush()
    names = session.exec(
        select(Fact.value).where(
            Fact.expert_id == expert.id,
            Fact.kind == FactKind.NAME,
            Fact.status == FactStatus.CONFIRMED,
        )
    ).all()
    # A name of punctuation only, or a blank one, could neither be found nor told apart.
    if not names or not all(fold(name["display"]) for name in names):
        raise InvalidInput(
            "Give the person’s name: it was not read, or it was marked as wrong.",
            errors=(FieldError("/added", f"Add a fact of kind {FactKind.NAME}: {Name.__name__}."),),
        )


def _join(session: Session, expert: Expert, at: datetime) -> None:
    """Put the person on the roster of her facility, unless she stands there already."""
    if expert.status is ExpertStatus.DRAFT:
        expert.status = ExpertStatus.ACTIVE
    expert.confirmed_on = at.date()
    session.add(expert)
    member = session.exec(
        select(Membership).where(
            Membership.expert_id == expert.id,
            Membership.facility_id == expert.facility_id,
            or_(col(Membership.valid_to).is_(None), col(Membership.valid_to) >= at.date()),
        )
    ).first()
    if member is None:
        session.add(
            Membership(
                facility_id=expert.facility_id,
                origin=expert.origin,
                expert_id=expert.id,
                valid_from=at.date(),
                basis="nominated to the roster by the focal point",
            )
        )


def _keep_days(session: Session, document: Document) -> int:
    facility = session.get(Facility, document.facility_id)
    retention = facility.legal_regime.get("retention", {}) if facility else {}
    return int(retention.get("original_days", KEEP_ORIGINAL_DAYS))
