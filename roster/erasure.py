"""Erasing a person everywhere, in one action; what is left counts and tells of no one.

Rows that hang on the person go with her. Deployments move to a record of nobody, so that figures
about Actions stay as they were. Stored rankings keep place and points under an id of nobody. Texts
that people wrote are searched for her names and addresses. That she was erased is kept in the
database and in a ledger beside it, so that a backup that is restored is erased again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    ColumnElement,
    delete,
    or_,
    update,
)
from sqlmodel import Session, SQLModel, col, select

from roster import records
from roster.drafts import erase_drafts
from roster.errors import NotFound
from roster.idempotency import erase_answers
from roster.late_writes import write_now
from roster.mentions import forget_mentions
from roster.policy import Actor, Permission, require, system_actor, visible_experts
from roster.queries.packing import packed, unpacked
from roster.read import RankedExpert
from roster.tables import (
    AccessLog,
    Account,
    ApiKey,
    AuditPayload,
    BatchItem,
    Deployment,
    DeploymentStep,
    Erasure,
    Expert,
    Fact,
    Feedback,
    KeptAnswer,
    LoginSession,
    Merge,
    OneTimeLink,
    RankingRun,
    RoleGrant,
    Source,
)
from roster.traces import ERASED, Traces, traces_of
from roster.vault import Vault
from roster.vocabulary import ErasureReason, ExpertStatus, FactKind

LEDGER = "erasures.jsonl"
"""File of the data folder: a line for each person erased, her former id and the day."""
_TOLD_BY = (FactKind.NAME, FactKind.EMAIL, FactKind.TELEPHONE)


def erase_expert(
    session: Session,
    actor: Actor,
    expert_id: UUID,
    *,
    reason: ErasureReason,
    at: datetime,
    vault: Vault | None = None,
) -> Erasure:
    """Erase a person, with the records that were merged into hers.

    `roster.installation.erase` does it all: the ledger, the freed pages, the index.

    Parameters
    ----------
    vault : opens the drafts of forms, to delete those that name her; None: all of them go

    Raises
    ------
    NotAllowed, NotFound
    """
    require(actor, Permission.ERASE_EXPERTS)
    known = select(Expert).where(
        Expert.id == expert_id, visible_experts(actor, Permission.ERASE_EXPERTS)
    )
    expert = session.exec(known).first()
    if expert is None or expert.status is ExpertStatus.ERASED:
        raise NotFound("There is no such person on the part of the roster that you see.")
    return _erase(session, actor, expert, reason=reason, at=at, vault=vault)


def erase_again(
    session: Session, subjects: Iterable[UUID], *, at: datetime, vault: Vault | None = None
) -> int:
    """Erase those of the ledger whom a restored backup brought back; return how many."""
    ids = list(subjects)
    back = session.exec(select(Expert).where(col(Expert.id).in_(ids))).all()
    for expert in back:
        _erase(
            session,
            system_actor(expert.facility_id),
            expert,
            reason=ErasureReason.ASKED,
            at=at,
            vault=vault,
        )
    return len(back)


def _erase(
    session: Session,
    actor: Actor,
    expert: Expert,
    *,
    reason: ErasureReason,
    at: datetime,
    vault: Vault | None,
) -> Erasure:
    write_now(session)
    people = [expert, *_absorbed(session, expert.id)]
    traces = _traces(session, people)
    rows: Counter[str] = Counter()
    for one in people:
        rows["deployment"] += _leave_counts(session, one)
    rows["account"] += _forget_accounts(session, traces.ids)
    rows += _forget_rows(session, traces.ids)
    rows["ranking_run"] += _forget_in_rankings(session, traces.ids)
    facility, origin = expert.facility_id, expert.origin
    session.execute(delete(Expert).where(col(Expert.id).in_(traces.ids)))
    session.flush()
    session.expire_all()
    rows += forget_mentions(session, traces)
    rows["kept_answer"] += erase_answers(session, facility)
    rows["kept_answer"] += erase_drafts(session, facility, traces.are_in, vault=vault)
    erased = Erasure(
        subject=traces.ids[0],
        facility_id=facility,
        origin=origin,
        at=at,
        by=actor.account_id,
        reason=reason,
        rows={name: count for name, count in sorted(rows.items()) if count},
    )
    session.merge(erased)
    gone = Expert(id=traces.ids[0], facility_id=facility, origin=origin, display_name="")
    records.log_change(session, actor, gone, "removed", at)
    return erased


def _absorbed(session: Session, expert_id: UUID) -> list[Expert]:
    """Return the records that were merged into a person's, and into those."""
    found: list[Expert] = []
    waiting = [expert_id]
    while waiting:
        merged = select(Merge.absorbed_id).where(col(Merge.expert_id).in_(waiting))
        ids = [one for one in session.exec(merged) if one not in {e.id for e in found}]
        found += session.exec(select(Expert).where(col(Expert.id).in_(ids))).all()
        waiting = ids
    return found


def _traces(session: Session, people: Sequence[Expert]) -> Traces:
    ids = tuple(one.id for one in people)
    said = session.exec(
        select(Fact.kind, Fact.value).where(
            col(Fact.expert_id).in_(ids), col(Fact.kind).in_(_TOLD_BY)
        )
    )
    names = {one.display_name for one in people}
    others: set[str] = set()
    for kind, held in said:
        if kind is FactKind.NAME:
            # Its parts are many people's: only a whole name tells of her.
            names |= {str(held["display"]), f"{held.get('given') or ''} {held.get('family') or ''}"}
        else:
            others |= {str(held["value"])}
    return traces_of(ids, names, others)


# --- Rows -----------------------------------------------------------------------------------------


def _leave_counts(session: Session, expert: Expert) -> int:
    """Let the deployments of a person be those of a record of nobody; return how many."""
    held = session.exec(select(Deployment).where(Deployment.expert_id == expert.id)).all()
    if not held:
        return 0
    nobody = Expert(
        id=uuid4(),
        facility_id=expert.facility_id,
        origin=expert.origin,
        display_name="",
        folded_name="",
        status=ExpertStatus.ERASED,
        kind=expert.kind,
        home_country=expert.home_country,
    )
    session.add(nobody)
    session.flush()
    ids = [one.id for one in held]
    for one in held:
        one.expert_id, one.seat_id, one.reason = nobody.id, None, ""
        session.add(one)
    # What was said of her by name goes; what was said of the activity stays.
    session.execute(delete(Feedback).where(col(Feedback.deployment_id).in_(ids)))
    session.execute(
        update(DeploymentStep).where(col(DeploymentStep.deployment_id).in_(ids)).values(note="")
    )
    session.flush()
    return len(held)


def _forget_accounts(session: Session, ids: Sequence[UUID]) -> int:
    """Empty the accounts by which people saw their own record, and nothing else; return how many.

    An account with another role stays as it is: it is that of a colleague at work.
    """
    own = select(RoleGrant.account_id).where(col(RoleGrant.expert_id).in_(ids))
    works = select(RoleGrant.account_id).where(
        or_(col(RoleGrant.expert_id).is_(None), col(RoleGrant.expert_id).not_in(ids)),
        col(RoleGrant.ended_at).is_(None),
    )
    found = session.exec(
        select(Account).where(col(Account.id).in_(own), col(Account.id).not_in(works))
    ).all()
    for account in found:
        for table in (LoginSession, OneTimeLink, ApiKey, KeptAnswer):
            session.execute(delete(table).where(col(table.account_id) == account.id))
        account.email, account.name = f"{account.id}@erased.invalid", ERASED
        account.password_hash = account.openid_hash = account.country = None
        account.is_active = False
        session.add(account)
    session.flush()
    return len(found)


def _forget_rows(session: Session, ids: Sequence[UUID]) -> Counter[str]:
    """Delete what no foreign key would take along; the rest goes with the record itself."""
    sources = select(Fact.source_id).where(col(Fact.expert_id).in_(ids))
    found = set(session.exec(sources))
    rows: Counter[str] = Counter()
    for table, condition in (
        (AccessLog, col(AccessLog.expert_id).in_(ids)),
        (AuditPayload, or_(col(AuditPayload.expert_id).in_(ids), *_names(ids))),
        (BatchItem, col(BatchItem.expert_id).in_(ids)),
        (Fact, col(Fact.expert_id).in_(ids)),
    ):
        rows[str(table.__tablename__)] += _count(session, delete(table).where(condition))
    kept = select(Fact.source_id)
    loose = delete(Source).where(col(Source.id).in_(found), col(Source.id).not_in(kept))
    rows["source"] += _count(session, loose)
    return rows


def _names(ids: Sequence[UUID]) -> list[ColumnElement[bool]]:
    return [col(AuditPayload.payload).contains(str(one)) for one in ids]


def _count(session: Session, statement: Any) -> int:
    return int(session.execute(statement).rowcount)  # type: ignore[attr-defined]


# --- Rankings -------------------------------------------------------------------------------------


def _forget_in_rankings(session: Session, ids: Sequence[UUID]) -> int:
    """Put nobody in the place of people in stored rankings; return how many were changed.

    Past the guard that keeps rankings as they were shown: this is the one exception.
    """
    table = SQLModel.metadata.tables["ranking_run"]
    changed = 0
    nobody = {one: uuid4() for one in ids}
    for run_id in session.exec(select(RankingRun.id)).all():
        content = session.exec(select(RankingRun.content).where(RankingRun.id == run_id)).one()
        ranking = unpacked(content)
        if not ranking.among(ids).people:
            continue
        people = tuple(_without(one, nobody.get(one.expert_id)) for one in ranking.people)
        note = "Somebody in it was erased since: her place and points stand, nothing else does."
        notes = tuple(dict.fromkeys((*ranking.notes, note)))
        new = packed(replace(ranking, people=people, notes=notes))
        session.connection().execute(table.update().where(table.c.id == run_id).values(content=new))
        changed += 1
    return changed


def _without(person: RankedExpert, nobody: UUID | None) -> RankedExpert:
    if nobody is None:
        return person
    return replace(
        person,
        expert_id=nobody,
        contributions=tuple(replace(one, reason="", evidence=()) for one in person.contributions),
        gates=tuple(replace(one, reason="") for one in person.gates),
    )


# --- The ledger -----------------------------------------------------------------------------------


def note_in_ledger(folder: Path, subject: UUID, at: datetime) -> None:
    """Write down beside the database that somebody was erased: a backup does not know it."""
    line = json.dumps({"subject": str(subject), "on": at.date().isoformat()})
    with (folder / LEDGER).open("a", encoding="utf-8") as ledger:
        ledger.write(line + "\n")


def read_ledger(folder: Path) -> tuple[UUID, ...]:
    """Return who was erased, by former id; nobody where there is no ledger.

    Raises
    ------
    ValueError
        A line of it cannot be read: nobody must be left out in silence.
    """
    path = folder / LEDGER
    if not path.exists():
        return ()
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(UUID(json.loads(line)["subject"]) for line in lines if line.strip())
