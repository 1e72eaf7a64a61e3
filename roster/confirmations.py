"""The confirmation of a CV: what was read in it counts once a person says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import Session, col, select

from roster import records
from roster.differences import differences
from roster.errors import Conflict, FieldError, InvalidInput
from roster.inputs import Confirmation, FactDecision, FactInput
from roster.inputs.privacy import ORIGINAL_DAYS
from roster.merges import absorb, propose_twins
from roster.naming import fold
from roster.policy import Actor, Permission, require
from roster.ports import Clock
from roster.privacy.restrictions import follow_twins
from roster.queries.documents import get_document, newest_version
from roster.queries.experts import get_expert
from roster.queries.privacy import privacy_of
from roster.queries.readings import standing_facts, waiting_facts
from roster.read import Difference, FactView, Name
from roster.sameness import says_the_same
from roster.tables import Document, Expert, Fact, Membership
from roster.telling.notices import open_notice
from roster.vocabulary import (
    DifferenceKind,
    DocumentState,
    ExpertStatus,
    FactKind,
    FactStatus,
    Kept,
)


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
    UnknownTerm
        A correction or an addition names a country, language or topic that no list knows.
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
    known = _known_person(session, actor, draft, given.same_as)
    deciding = _Deciding(session, actor, given, now)
    _decide(deciding, version.id, known)
    expert = _settle(deciding, draft, known)
    _add_facts(session, actor, expert, given.added, now)
    _join(session, expert, now)
    document.expert_id = expert.id
    document.state = DocumentState.CONFIRMED
    document.delete_after = now + timedelta(days=_keep_days(session, document))
    session.add(document)
    expert.given_country = expert.given_country or document.country
    records.refresh(session, [expert], now)
    records.log_change(session, actor, document, "confirmed", now, expert=expert.id)
    open_notice(session, actor, expert, document, at=now)
    twins = propose_twins(session, actor, expert, at=now)
    follow_twins(session, actor, expert, twins, at=now)
    return expert


def _known_person(
    session: Session, actor: Actor, draft: Expert, same_as: UUID | None
) -> Expert | None:
    """Return the person on the roster whose CV this is; None for somebody new."""
    if same_as is None or same_as == draft.id:
        return None
    known = get_expert(session, actor, same_as, Permission.WRITE_EXPERTS)
    if known.status is ExpertStatus.DRAFT:
        raise Conflict("That person’s own CV is not confirmed yet. Confirm it first.")
    return known


@dataclass(frozen=True, slots=True)
class _Deciding:
    """One confirmation while it is carried out."""

    session: Session
    actor: Actor
    given: Confirmation
    at: datetime


def _decide(now: _Deciding, version_id: UUID, known: Expert | None) -> None:
    """Carry out what was decided on each fact that waits, against what is held of a known person.

    Nothing read overrides what was confirmed: where they differ the record stays, unless somebody
    says that the CV is right.
    """
    waiting = waiting_facts(now.session, version_id)
    held = standing_facts(now.session, known.id) if known else ()
    found = differences(waiting, held)
    against = {one.fact_id: one for one in found if one.fact_id is not None}
    decisions = {decision.fact_id: decision for decision in now.given.decisions}
    if decisions.keys() - against.keys():
        raise InvalidInput("A decision speaks of a fact that does not wait for one in this CV.")
    _withdraw(now, found)
    for read in waiting:
        fact = now.session.get_one(Fact, read.id)
        difference = against[read.id]
        verdict = _verdict(read, difference, decisions.get(read.id), now.given)
        if verdict:
            _carry_out(now, fact, verdict, difference, decisions.get(read.id))


def _verdict(
    read: FactView, difference: Difference, decision: FactDecision | None, given: Confirmation
) -> str:
    """Return what becomes of a fact: right, wrong, correct, keep; empty: it waits on."""
    stands = bool(difference.held) and difference.held[0].status is FactStatus.CONFIRMED
    said = decision.verdict if decision is not None else ""
    if said == "keep" and not difference.held:
        raise InvalidInput("There is nothing on the record to keep instead of this fact.")
    if said in {"wrong", "correct", "keep"}:
        return said
    if stands and difference.kind is DifferenceKind.SAME:
        return "right" if says_the_same(difference.held[0], read) else "keep"
    if said:
        return said
    if stands:
        return "keep"
    return "right" if given.accept_rest else ""


def _carry_out(
    now: _Deciding, fact: Fact, verdict: str, difference: Difference, decision: FactDecision | None
) -> None:
    fact.confirmed_by, fact.confirmed_at = now.actor.account_id, now.at
    now.session.add(fact)
    if verdict == "wrong":
        fact.status = FactStatus.REJECTED
    elif verdict == "keep":
        fact.status, fact.superseded_by = FactStatus.SUPERSEDED, difference.held[0].id
    elif decision is not None and decision.correction is not None:
        corrected = _corrected(now, fact, decision.correction)
        fact.status, fact.superseded_by = FactStatus.SUPERSEDED, corrected.id
        _supersede(now, difference.held, corrected.id)
    else:
        fact.status = FactStatus.CONFIRMED
        told_twice = difference.kind is DifferenceKind.SAME
        gone = [
            one
            for one in difference.held
            if not told_twice or one.status is not FactStatus.CONFIRMED
        ]
        _supersede(now, gone, fact.id)


def _corrected(now: _Deciding, fact: Fact, correction: FactInput) -> Fact:
    source = records.source_of(now.session, now.actor, fact)
    corrected = records.typed_fact(now.actor, fact.expert_id, source, correction, now.at)
    corrected.origin, corrected.quote = fact.origin, fact.quote
    now.session.add(corrected)
    now.session.flush()
    return corrected


def _supersede(now: _Deciding, held: Iterable[FactView], by: UUID) -> None:
    for one in held:
        fact = now.session.get_one(Fact, one.id)
        fact.status, fact.superseded_by = FactStatus.SUPERSEDED, by
        now.session.add(fact)


def _withdraw(now: _Deciding, found: Sequence[Difference]) -> None:
    """Take from the record what the CV does not mention and somebody says is no longer so."""
    silent = {
        one.id: difference.held
        for difference in found
        if difference.kind is DifferenceKind.NOT_MENTIONED
        for one in difference.held
    }
    if set(now.given.withdrawn) - silent.keys():
        raise InvalidInput(
            "Only what is on the record of a known person and not in this CV can be withdrawn."
        )
    for fact_id in now.given.withdrawn:
        for one in silent[fact_id]:
            fact = now.session.get_one(Fact, one.id)
            fact.status = FactStatus.REJECTED
            fact.confirmed_by, fact.confirmed_at = now.actor.account_id, now.at
            now.session.add(fact)


def _settle(now: _Deciding, draft: Expert, known: Expert | None) -> Expert:
    """Return whose CV it is: the draft itself, or a known person to whose record it goes."""
    if known is None:
        return draft
    # Parted again, it is the record of somebody whose CV was confirmed, and no draft any more.
    draft.status, draft.confirmed_on = ExpertStatus.ACTIVE, now.at.date()
    reason = "said to be the same person when the CV was confirmed"
    absorb(now.session, now.actor, known, draft, reason=reason, at=now.at)
    return known


def _add_facts(
    session: Session, actor: Actor, expert: Expert, added: tuple[FactInput, ...], at: datetime
) -> None:
    if added:
        source = records.source_of(session, actor, expert)
        session.add_all(records.typed_fact(actor, expert.id, source, given, at) for given in added)
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
    kept = privacy_of(session, document.facility_id).retention
    return kept.get(Kept.ORIGINALS, ORIGINAL_DAYS)
