"""Requests and Actions taken in from another system: all rows or none, predicted before.

What a trial says is what is done: both are the same steps, the trial taken back at the end. Codes
tell what is here already; an empty cell says nothing. Whatever is new says where it came from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sqlmodel import Session

from roster import records
from roster.exchange.plans import take_activities
from roster.exchange.work import (
    Orders,
    Work,
    change_known,
    misses,
    origin_of,
    said_in,
    told_of,
)
from roster.exchange_format.reading import ReadRow, read_rows
from roster.late_writes import write_now
from roster.policy import Actor, Permission, require
from roster.queries.exchange import actions_by_code, requests_by_code
from roster.read.exchange import (
    ExchangeKind,
    ExchangeResult,
    ExchangeRow,
    OnKnown,
    RowAct,
    RowOutcome,
    RowProblem,
)
from roster.search_terms import make_actions_findable, make_requests_findable
from roster.tables import Action, AssistanceRequest, RequestEvent
from roster.vocabulary import RequestStatus

__all__ = ["Orders", "take_in"]

_ORDER = (ExchangeKind.ACTIONS, ExchangeKind.ACTIVITIES, ExchangeKind.REQUESTS)
"""Actions first: activities and requests name them."""


def take_in(
    session: Session, actor: Actor, rows: Iterable[ExchangeRow], orders: Orders
) -> ExchangeResult:
    """Take rows in, all or none; a trial does the same and takes it back.

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.EXCHANGE_RECORDS)
    read, problems = read_rows(rows)
    session.flush()
    with session.no_autoflush:
        write_now(session)
        step = session.begin_nested()
        try:
            work = Work(
                session, actor, orders, requests_by_code(session, actor),
                actions_by_code(session, actor), problems=problems,
            )  # fmt: skip
            refused = {(one.kind, one.number) for one in problems}
            work.waits |= {one.code for one in read if (one.row.kind, one.row.number) in refused}
            for kind in _ORDER:
                here = [
                    one
                    for one in read
                    if one.row.kind is kind and (kind, one.row.number) not in refused
                ]
                _TAKERS[kind](work, here)
            keeps = not (work.problems or orders.is_trial)
        except BaseException:
            step.rollback()
            raise
        if keeps:
            step.commit()
        else:
            step.rollback()
            session.expire_all()
    return _result(work, read, done=keeps)


def _result(work: Work, read: Sequence[ReadRow], *, done: bool) -> ExchangeResult:
    refused = {(one.kind, one.number) for one in work.problems}
    told = [one for one in work.outcomes if (one.kind, one.number) not in refused]
    told += [RowOutcome(kind, number, "", RowAct.REFUSED) for kind, number in refused]
    order = list(ExchangeKind)

    def key(one: RowOutcome | RowProblem) -> tuple[int, int]:
        return order.index(one.kind), one.number

    return ExchangeResult(
        outcomes=tuple(sorted(told, key=key)),
        problems=tuple(sorted(work.problems, key=key)),
        is_done=done,
        unread=tuple(dict.fromkeys(heading for one in read for heading in one.row.unread)),
    )


def _take_actions(work: Work, rows: Sequence[ReadRow]) -> None:
    touched: list[Action] = []
    for one in rows:
        row = work.actions.get(one.code)
        if row is None:
            if misses(work, one):
                work.waits.add(one.code)
                continue
            row = Action(**origin_of(work, one), **said_in(one))
            work.actions[row.code] = row
            work.session.add(row)
            act, changes = "imported", []
            work.note(one, RowAct.NEW)
        else:
            changes = change_known(work, one, row)
            if work.orders.known is OnKnown.SKIP:
                continue
            act = "changed"
            work.note(one, RowAct.CHANGED if changes else RowAct.SAME, told_of(changes))
            if not changes:
                continue
        work.session.flush()
        touched.append(row)
        records.log_change(work.session, work.actor, row, act, work.orders.at)
    make_actions_findable(work.session, touched)


def _take_requests(work: Work, rows: Sequence[ReadRow]) -> None:
    touched = [row for one in rows if (row := _take_request(work, one)) is not None]
    work.session.flush()
    make_requests_findable(work.session, touched)


def _take_request(work: Work, one: ReadRow) -> AssistanceRequest | None:
    action = _action_of(work, one)
    row = work.requests.get(one.code)
    if row is None:
        if misses(work, one):
            return None
        row = AssistanceRequest(
            **origin_of(work, one), **said_in(one), updated_at=work.orders.at,
            action_id=action.id if action else None,
        )  # fmt: skip
        work.requests[row.code] = row
        work.session.add(row)
        work.session.flush()
        work.note(one, RowAct.NEW)
        _first_step(work, row)
        return row
    changes = change_known(work, one, row)
    if work.orders.known is OnKnown.SKIP:
        return None
    told = told_of(changes)
    if action is not None and row.action_id != action.id:
        before = next((code for code, held in work.actions.items() if held.id == row.action_id), "")
        told.append(("action", before, action.code))
        row.action_id = action.id
    work.note(one, RowAct.CHANGED if told else RowAct.SAME, told)
    if not told:
        return None
    row.updated_at = work.orders.at
    records.log_change(work.session, work.actor, row, "changed", work.orders.at)
    return row


def _action_of(work: Work, one: ReadRow) -> Action | None:
    code = one.values.get("action")
    if code is None:
        return None
    if code not in work.actions and code not in work.waits:
        work.refuse(one, "action", f"There is no Action {code}, neither here nor in these rows.")
    return work.actions.get(code)


def _first_step(work: Work, row: AssistanceRequest) -> None:
    work.session.add(
        RequestEvent(
            facility_id=row.facility_id,
            origin=row.origin,
            imported_from=row.imported_from,
            created_at=work.orders.at,
            request_id=row.id,
            to_status=row.status or RequestStatus.RECEIVED,
            by=work.actor.account_id,
        )
    )
    records.log_change(work.session, work.actor, row, "imported", work.orders.at)


_TAKERS: dict[ExchangeKind, Callable[[Work, Sequence[ReadRow]], None]] = {
    ExchangeKind.ACTIONS: _take_actions,
    ExchangeKind.ACTIVITIES: take_activities,
    ExchangeKind.REQUESTS: _take_requests,
}
