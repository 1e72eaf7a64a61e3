"""What several use cases write: facts, their projection and words, changes, who saw whom.

Nothing else writes `Fact`, `ExpertProfile`, `Change` or `AccessLog`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import false, func, insert, update
from sqlmodel import Session, col, select

from roster.dates import PartialDate, Period
from roster.disclosures import note_reading_by_key
from roster.errors import InvalidInput
from roster.inputs import FactInput
from roster.late_writes import write_late
from roster.naming import fold
from roster.policy import Actor
from roster.projection import Standing, present_post, project
from roster.queries.cv_texts import texts_of
from roster.queries.held import held_facts
from roster.queries.standings import engaged_of, releases_of
from roster.read import (
    FACT_SHAPES,
    ExpertView,
    FactValue,
    Names,
    ProposedFact,
    ReleaseView,
    TrackRecord,
)
from roster.search_terms import make_experts_findable
from roster.serial import fact_value, to_json
from roster.tables import (
    AccessLog,
    Change,
    Expert,
    ExpertProfile,
    Facility,
    Fact,
    Record,
    Source,
)
from roster.terms import check_fact
from roster.vocabulary import FactStatus, Origin, Role, SourceKind

CHANGES = "roster_changes"
"""On which PostgreSQL tells of changes as they are committed; without a word of what they are."""
_SEQUENCE_LOCK = 5_204_917  # Any number, as long as every installation on a database takes it.


def log_change(
    session: Session,
    actor: Actor,
    record: Record | Facility,
    act: str,
    at: datetime,
    **detail: object,
) -> None:
    """Write one line of the change sequence, in the transaction of the change.

    `detail` holds ids, codes and numbers; never a name or a text.
    """
    facility = record.id if isinstance(record, Facility) else record.facility_id
    about = Event(str(record.__tablename__), record.id, facility, record.origin)
    log_event(session, actor, about, act, at, **detail)


@dataclass(frozen=True, slots=True)
class Event:
    """What a line of the change sequence is about, where no record of a facility stands for it."""

    record: str
    record_id: UUID
    facility_id: UUID | None
    origin: Origin


def log_event(
    session: Session, actor: Actor | None, about: Event, act: str, at: datetime, **detail: object
) -> None:
    """Write one line of the change sequence; see `log_change`. None acts: nobody signed in."""
    _number_in_order_of_commits(session)
    session.add(
        Change(
            facility_id=about.facility_id,
            origin=about.origin,
            at=at,
            by=actor.account_id if actor else None,
            record=about.record,
            record_id=about.record_id,
            act=act,
            detail=to_json(detail),
        )
    )


def _number_in_order_of_commits(session: Session) -> None:
    """Let others number their changes after this transaction only.

    PostgreSQL gives numbers out before the commit: without this, whoever reads on from a number
    would miss the change that got a lower one and was committed later. SQLite has one writer.
    Whoever listens hears of it with the commit, once however many changes it has.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(
            select(func.pg_advisory_xact_lock(_SEQUENCE_LOCK), func.pg_notify(CHANGES, ""))
        )


def hold_changes(session: Session) -> None:
    """Let nobody else write a change until this transaction ends, so that none comes in between."""
    if session.get_bind().dialect.name == "postgresql":
        _number_in_order_of_commits(session)
    else:
        # A write that changes nothing makes this session the one writer of the file.
        session.execute(update(Change).where(false()).values(act=Change.act))


def log_views(
    session: Session,
    actor: Actor,
    expert_ids: Iterable[UUID],
    *,
    what: str,
    purpose: str,
    at: datetime,
) -> None:
    """Write that an actor saw personal data of people, and for what; the system sees nobody."""
    if actor.account_id is None:
        return
    expert_ids = list(expert_ids)
    if actor.scopes is not None and expert_ids:
        note_reading_by_key(session, actor, expert_ids, what, at=at)
    seen = [
        {
            "facility_id": actor.facility_id,
            "origin": actor.origin,
            "at": at,
            "account_id": actor.account_id,
            "expert_id": expert_id,
            "what": what,
            "purpose": purpose,
        }
        for expert_id in expert_ids
    ]
    if seen:  # One statement: a ranking shows many people at once.
        write_late(session, AccessLog, insert(AccessLog), seen)


def log_listed(
    session: Session,
    actor: Actor,
    expert_ids: Sequence[UUID],
    names: Names,
    *,
    purpose: str,
    at: datetime,
    what: str = "ranking",
) -> None:
    """Write that an actor saw people in a ranking or a team, those without their names apart."""
    for seen_as, hidden in ((what, False), ("unnamed", True)):
        seen = [one for one in expert_ids if names.hides(one) is hidden]
        log_views(session, actor, seen, what=seen_as, purpose=purpose, at=at)


def newest_change(session: Session) -> int:
    """Return the last number of the change sequence; 0 where nothing ever changed."""
    return session.exec(select(func.max(Change.seq))).one() or 0


def source_of(session: Session, actor: Actor, record: Record) -> Source:
    """Write down the actor as the source of what she says about a record; return it."""
    is_self = actor.has_role(Role.EXPERT)
    source = Source(
        facility_id=record.facility_id,
        origin=record.origin,
        kind=SourceKind.EXPERT if is_self else SourceKind.FOCAL_POINT,
        label="the expert" if is_self else "focal point",
        account_id=actor.account_id,
    )
    session.add(source)
    session.flush()
    return source


def assert_facts(
    session: Session,
    expert: Expert,
    source: Source,
    proposed: Sequence[ProposedFact],
    *,
    text: str,
    at: datetime,
) -> list[Fact]:
    """Write facts read in a document, as proposals with the words they came from."""
    facts = [
        Fact(
            facility_id=expert.facility_id,
            origin=expert.origin,
            imported_from=expert.imported_from,
            expert_id=expert.id,
            kind=fact.kind,
            value=to_json(fact.value),
            valid_from=fact.period.start,
            valid_to=fact.period.end,
            ongoing=fact.period.ongoing,
            confidence=fact.confidence,
            doubt=fact.doubt,
            source_id=source.id,
            quote=text[fact.span.start : fact.span.end],
            span=to_json(fact.span),
            asserted_at=at,
        )
        for fact in proposed
    ]
    session.add_all(facts)
    session.flush()
    return facts


def testify(
    session: Session,
    actor: Actor,
    expert: Expert,
    source: Source,
    values: Sequence[FactValue],
    *,
    period: Period,
    quote: str,
    at: datetime,
) -> list[Fact]:
    """Write what a source shows of a person, confirmed at once; `refresh` has to follow.

    Parameters
    ----------
    quote : what the source says in words, shown as the evidence
    """
    kinds = {shape: kind for kind, shape in FACT_SHAPES.items()}
    facts = [
        Fact(
            facility_id=expert.facility_id,
            origin=expert.origin,
            expert_id=expert.id,
            kind=kinds[type(value)],
            value=to_json(value),
            valid_from=period.start,
            valid_to=period.end,
            status=FactStatus.CONFIRMED,
            source_id=source.id,
            quote=quote,
            asserted_at=at,
            confirmed_by=actor.account_id,
            confirmed_at=at,
        )
        for value in values
    ]
    session.add_all(facts)
    session.flush()
    return facts


def typed_fact(
    actor: Actor,
    expert_id: UUID,
    source: Source,
    given: FactInput,
    at: datetime,
    status: FactStatus = FactStatus.CONFIRMED,
) -> Fact:
    """Return a fact as somebody typed it; InvalidInput and UnknownTerm where it is none."""
    try:
        value = fact_value(given.kind, given.value)
        period = Period(
            PartialDate.parse(given.valid_from) if given.valid_from else None,
            PartialDate.parse(given.valid_to) if given.valid_to else None,
            given.ongoing,
        )
    except ValueError as error:
        said = f"The correction of a {given.kind.value} is not of the right form: {error}"
        raise InvalidInput(said) from error
    check_fact(given.kind, to_json(value), at.date())
    decided = status is not FactStatus.PROPOSED
    if period.start and period.end and period.end.last_day < period.start.first_day:
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
        status=status,
        source_id=source.id,
        asserted_at=at,
        confirmed_by=actor.account_id if decided else None,
        confirmed_at=at if decided else None,
    )


def import_facts(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Write many facts of an import at once, each a row with every column of `Fact` it needs.

    Ten times as fast as making each a record first; `refresh` has to follow.
    """
    if rows:
        session.execute(insert(Fact), list(rows))


def refresh(session: Session, experts: Sequence[Expert], at: datetime) -> list[ExpertView]:
    """Rebuild the projections of people from their facts, and say so in the change sequence.

    A handful of queries for any number of people. Returns the views in the order given.
    """
    if not experts:
        return []
    session.flush()
    ids = [expert.id for expert in experts]
    held = held_facts(session, ids)
    texts = texts_of(session, ids)
    releases, engaged = releases_of(session, ids), engaged_of(session, ids)
    profiles = {
        profile.expert_id: profile
        for profile in session.exec(
            select(ExpertProfile).where(col(ExpertProfile.expert_id).in_(ids))
        )
    }
    views = [
        project(
            replace(
                _standing(expert, releases.get(expert.id, ()), texts.get(expert.id, "")),
                engaged=tuple(engaged.get(expert.id, ())),
            ),
            held.get(expert.id, ()),
        )
        for expert in experts
    ]
    changes = [
        _repeat_on_expert(expert, view, at) for expert, view in zip(experts, views, strict=True)
    ]
    _number_in_order_of_commits(session)
    session.add_all([*experts, *changes])
    session.flush()
    for expert, view, change in zip(experts, views, changes, strict=True):
        profile = profiles.get(expert.id) or ExpertProfile(
            facility_id=expert.facility_id, origin=expert.origin, expert_id=expert.id, view={}
        )
        profile.view, profile.seq = to_json(view), change.seq or 0
        session.add(profile)
    session.flush()
    make_experts_findable(session, experts, views)
    return views


def _standing(expert: Expert, releases: Sequence[ReleaseView], text: str) -> Standing:
    return Standing(
        id=expert.id,
        facility_id=expert.facility_id,
        origin=expert.origin,
        status=expert.status,
        home_country=expert.given_country,
        confirmed_on=expert.confirmed_on,
        availability_known_until=expert.availability_known_until,
        track=TrackRecord(
            deployments=expert.deployments,
            feedback_mean=expert.feedback_mean,
            feedback_count=expert.feedback_count,
            last_deployed=expert.last_deployed,
        ),
        releases=tuple(releases),
        informed=expert.informed_at is not None,
        text=text,
    )


def _repeat_on_expert(expert: Expert, view: ExpertView, at: datetime) -> Change:
    present = present_post(view.posts)
    expert.display_name = view.display_name
    expert.folded_name = fold(view.display_name)
    expert.home_country = view.home_country
    expert.kind = view.kind
    expert.employer = present.value.employer if present else None
    expert.headline = view.headline
    return Change(
        facility_id=expert.facility_id,
        origin=expert.origin,
        at=at,
        record="expert",
        record_id=expert.id,
        act="projected",
    )
