"""People: the list, one record, her standing and the days on which she is not free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Form, Query
from fastapi.responses import HTMLResponse, Response

from roster import experts
from roster.errors import InvalidInput, RecordMerged
from roster.policy import Permission
from roster.queries.decided_facts import read_facts
from roster.queries.expert_counts import ListCounts, count_list
from roster.queries.experts import (
    ExpertFilter,
    full_row,
    get_expert,
    ids_of,
    list_experts,
    may_write,
    record_views,
    views_of,
)
from roster.queries.merges import merge_rows
from roster.queries.notices import undelivered_notice
from roster.queries.person_deployments import deployments_of_person
from roster.read import Paging, ReadFact
from roster.telling import reconfirmations
from roster.vocabulary import OFF_ROSTER, ExpertKind, ExpertStatus, RecordGap
from web.access import Reader, ReaderDep, new_router, past_the_end, requires, see_other
from web.contexts.parts import Link, Notice
from web.deps import respond
from web.presenters.decided_facts import decided_line, undo_button
from web.presenters.expert_list import Counts, ListState, list_page
from web.presenters.expert_record import Forms, record_page
from web.wording import marked

router = new_router()

_PER_PAGE = 25
_DONE = {
    "confirmed": marked("Confirmed: the person is on the roster and in the next ranking."),
    "status": marked("The standing was changed."),
    "merged": marked("The two records are one now. It can be undone below."),
    "availability": marked("The days were written down."),
}
_MOST_REASON = 300
_NO_GAP = marked("Choose first what is not known: only such people are asked.")


@router.get("/experts", dependencies=[requires(Permission.READ_EXPERTS)])
def list_people(
    reader: ReaderDep,
    kind: Annotated[list[ExpertKind] | None, Query()] = None,
    country: Annotated[list[str] | None, Query()] = None,
    status: Annotated[list[ExpertStatus] | None, Query()] = None,
    gap: Annotated[list[RecordGap] | None, Query()] = None,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    done: str = "",
    asked: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> Response:
    """List the people whom the reader may know of; the address never holds a name."""
    state = _state(kind, country, status, gap, page)
    return _list(reader, state, _PER_PAGE, _said(reader, done, asked))


def _state(
    kind: list[ExpertKind] | None,
    country: list[str] | None,
    status: list[ExpertStatus] | None,
    gap: list[RecordGap] | None,
    page: int = 1,
) -> ListState:
    return ListState(
        frozenset(one.value for one in kind or ()),
        frozenset(country or ()),
        frozenset(one.value for one in status or () if one not in OFF_ROSTER),
        frozenset(one.value for one in gap or ()),
        page,
    )


def _said(reader: Reader, done: str, asked: int) -> tuple[Notice, ...]:
    tongue = reader.tongue
    if done == "erased":
        return (Notice("ok", tongue.word("The person was erased. Nobody can undo it.")),)
    if done != "asked":
        return ()
    if not asked:
        return (Notice("note", tongue.word("Nobody was asked: all of them were, lately.")),)
    words = tongue.words(
        "%(num)s person is asked to look at the record.",
        "%(num)s people are asked to look at their records.",
        asked,
    )
    outbox = Link(tongue.word("See the letters"), "/notices?show=reminders")
    return (Notice("ok", words, action=outbox),)


def _wanted(state: ListState, today: date) -> ExpertFilter:
    return ExpertFilter(
        kinds=frozenset(ExpertKind(one) for one in state.kinds),
        countries=state.countries,
        statuses=frozenset(ExpertStatus(one) for one in state.statuses),
        gaps=frozenset(RecordGap(one) for one in state.gaps),
        today=today,
    )


def _list(
    reader: Reader, state: ListState, per_page: int, notices: tuple[Notice, ...] = ()
) -> Response:
    session, actor, tongue = reader.session, reader.actor, reader.tongue
    today = reader.clock.now().date()
    wanted = _wanted(state, today)
    counts = count_list(session, actor, wanted)
    paging = Paging(state.page, per_page)
    found = list_experts(session, actor, wanted, paging, total=counts.total)
    if last := past_the_end(reader.request, found):
        return last
    views = views_of(session, actor, [row.id for row in found.items], Permission.READ_EXPERTS)
    page = list_page(
        reader.frame(tongue.word("Experts"), "experts", notices),
        tongue,
        found,
        views,
        _counts(reader, wanted, counts),
        state,
        today=today,
        may_upload=actor.may(Permission.UPLOAD_CVS),
    )
    return respond(reader.request, "experts/list.html", page)


def _counts(reader: Reader, wanted: ExpertFilter, found: ListCounts) -> Counts:
    return Counts(
        found.traits["kind"],
        found.traits["country"],
        found.traits["status"],
        {gap.value: count for gap, count in found.gaps.items()},
        _asking(reader, wanted),
    )


def _asking(reader: Reader, wanted: ExpertFilter) -> reconfirmations.Asking | None:
    """Return whom a reminder would reach; None where the list has no gap or is not the reader's."""
    session, actor = reader.session, reader.actor
    if not wanted.gaps or not actor.may(Permission.WRITE_EXPERTS):
        return None
    ids = ids_of(session, actor, wanted, Permission.WRITE_EXPERTS)
    return reconfirmations.whom_to_ask(session, actor, ids, now=reader.clock.now())


@router.post("/experts/reminders", dependencies=[requires(Permission.WRITE_EXPERTS)])
def remind_people(
    reader: ReaderDep,
    kind: Annotated[list[ExpertKind] | None, Form()] = None,
    country: Annotated[list[str] | None, Form()] = None,
    status: Annotated[list[ExpertStatus] | None, Form()] = None,
    gap: Annotated[list[RecordGap] | None, Form()] = None,
) -> Response:
    """Ask the people of a list with a gap to look at their records by their personal links."""
    state = _state(kind, country, status, gap)
    if not state.gaps:
        raise InvalidInput(_NO_GAP)
    session, actor = reader.session, reader.actor
    wanted = _wanted(state, reader.clock.now().date())
    ids = ids_of(session, actor, wanted, Permission.WRITE_EXPERTS)
    asked = reconfirmations.ask(session, actor, ids, clock=reader.clock)
    return see_other(state.query(1, ("done", "asked"), ("asked", str(len(asked.due)))))


@router.get("/experts/{expert_id}", dependencies=[requires(Permission.READ_EXPERTS)])
def show_person(
    reader: ReaderDep, expert_id: UUID, done: str = "", fact: UUID | None = None
) -> Response:
    """Show all that is held on a person and that the reader may see; it is written down."""
    title = reader.tongue.word(_DONE[done]) if done in _DONE else ""
    try:
        return record_of(
            reader, expert_id, notices=(Notice("ok", title),) if title else (), fact=fact
        )
    except RecordMerged as merged:
        return see_other(f"/experts/{merged.merged_into}")


def record_of(
    reader: Reader,
    expert_id: UUID,
    *,
    forms: Forms | None = None,
    notices: tuple[Notice, ...] = (),
    fact: UUID | None = None,
    status: int = 200,
) -> HTMLResponse:
    """Show the record of a person, with what was typed and what was done just now.

    Parameters
    ----------
    fact : that was decided on just now
    """
    session, actor = reader.session, reader.actor
    writes = may_write(session, actor, expert_id)
    record = experts.open_record(
        session, actor, expert_id, purpose="record page", clock=reader.clock
    )
    row = full_row(get_expert(session, actor, expert_id))
    stands = writes and row.status is not ExpertStatus.DRAFT
    read = read_facts(session, actor, expert_id) if stands else ()
    page = record_page(
        reader.frame(
            reader.tongue.word("Record"),
            "experts",
            _with_undo(reader, expert_id, notices, read, fact),
        ),
        reader.tongue,
        record,
        row,
        record_views(session, actor, expert_id),
        today=reader.clock.now().date(),
        forms=replace(
            forms or Forms(may_write=writes),
            read=read,
            decided=fact,
            sent=deployments_of_person(session, actor, expert_id),
            letter=undelivered_notice(session, actor, expert_id),
            merges=merge_rows(session, actor, Paging(), expert_id=expert_id).items,
            may_rank=actor.may(Permission.RANK),
            may_erase=actor.may(Permission.ERASE_EXPERTS),
        ),
    )
    return respond(reader.request, "experts/detail.html", page, status)


def _with_undo(
    reader: Reader,
    expert_id: UUID,
    notices: tuple[Notice, ...],
    read: Sequence[ReadFact],
    fact: UUID | None,
) -> tuple[Notice, ...]:
    """Say with the way back that a fact was decided on just now; a look later says nothing."""
    found = next((one for one in read if one.id == fact), None)
    if found is None:
        return notices
    line = decided_line(reader.tongue, expert_id, found)
    undo = None if found.decided_at is None else undo_button(reader.tongue, expert_id, found)
    said = reader.tongue.labelled(line.value, line.decision.words)
    return (*notices, Notice("ok", said, undo=undo))


@router.post("/experts/{expert_id}/status", dependencies=[requires(Permission.WRITE_EXPERTS)])
def set_status(
    reader: ReaderDep, expert_id: UUID, status: Annotated[ExpertStatus, Form()]
) -> Response:
    """Pause a person, bring her back, or take her off the roster."""
    experts.set_status(reader.session, reader.actor, expert_id, status, clock=reader.clock)
    return see_other(f"/experts/{expert_id}?done=status")


@router.post("/experts/{expert_id}/availability", dependencies=[requires(Permission.WRITE_EXPERTS)])
def add_unavailability(
    reader: ReaderDep,
    expert_id: UUID,
    first: Annotated[str, Form()] = "",
    last: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Write that a person cannot travel on some days."""
    get_expert(reader.session, reader.actor, expert_id, Permission.WRITE_EXPERTS)
    tongue = reader.tongue
    days, errors = [], []
    for name, typed in (("first", first), ("last", last)):
        try:
            days.append(date.fromisoformat(typed.strip()))
        except ValueError:
            errors.append((name, tongue.word("Give a day, for example 2027-03-01.")))
    if len(days) == 2 and days[1] < days[0]:
        errors.append(("last", tongue.word("The last day lies before the first.")))
    if len(reason) > _MOST_REASON:
        errors.append(("reason", tongue.word("Say it in fewer words.")))
    if errors:
        forms = Forms(True, first, last, reason, tuple(errors))
        return record_of(reader, expert_id, forms=forms, status=InvalidInput.status)
    experts.add_unavailability(
        reader.session,
        reader.actor,
        expert_id,
        starts=days[0],
        ends=days[1],
        reason=reason.strip() or None,
        clock=reader.clock,
    )
    return see_other(f"/experts/{expert_id}?done=availability")
