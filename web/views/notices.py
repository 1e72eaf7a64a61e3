"""The outbox: who was not told yet, and the letter that tells her."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query
from fastapi.responses import HTMLResponse, Response

from roster.policy import Permission
from roster.queries.notices import count_notices, get_notice, notice_row, notice_rows
from roster.read import Paging
from roster.telling import notices
from roster.vocabulary import NoticeKind
from web.access import ReaderDep, new_router, past_the_end, requires, see_other
from web.contexts.parts import Notice
from web.deps import respond
from web.presenters.notices import SHOWN, kind_of, notice_page, notices_page
from web.wording import marked

router = new_router()

_PER_PAGE = 25
_DONE = {
    "given": marked("Written down: the person was told and can be proposed."),
    "asked": marked("Written down: the person was asked to look at the record."),
}


@router.get("/notices", dependencies=[requires(Permission.WRITE_EXPERTS)])
def list_notices(
    reader: ReaderDep,
    show: Literal["open", "sent", "handed_over", "opened", "reminders"] = "open",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    done: str = "",
) -> Response:
    """List the notices for people whose records the reader keeps."""
    session, actor, paging = reader.session, reader.actor, Paging(page, _PER_PAGE)
    found = notice_rows(session, actor, SHOWN[show], paging, (kind_of(show),))
    if last := past_the_end(reader.request, found):
        return last
    counts = {kind: count_notices(session, actor, kind) for kind in NoticeKind}
    said = reader.tongue.word(_DONE[done]) if done in _DONE else ""
    shown = (Notice("ok", said),) if said else ()
    frame = reader.frame(reader.tongue.word("Notices"), "experts", shown)
    return respond(
        reader.request,
        "notices/list.html",
        notices_page(frame, reader.tongue, found, counts, show),
    )


@router.get("/notices/{notice_id}", dependencies=[requires(Permission.WRITE_EXPERTS)])
def show_notice(reader: ReaderDep, notice_id: UUID) -> HTMLResponse:
    """Show the letter with its link; that it was opened is written down."""
    session, actor = reader.session, reader.actor
    letter = notices.open_letter(
        session,
        actor,
        notice_id,
        vault=reader.installation.vault,
        clock=reader.clock,
        base_url=reader.installation.settings.base_url,
    )
    held = get_notice(session, actor, notice_id)
    page = notice_page(
        reader.frame(reader.tongue.word("Letter"), "experts"),
        reader.tongue,
        notice_row(session, actor, notice_id),
        letter,
        address=held.address,
        locale=held.locale,
    )
    return respond(reader.request, "notices/detail.html", page)


@router.post("/notices/{notice_id}/given", dependencies=[requires(Permission.WRITE_EXPERTS)])
def give_notice(reader: ReaderDep, notice_id: UUID) -> Response:
    """Write that the letter reached the person."""
    given = notices.hand_over(reader.session, reader.actor, notice_id, clock=reader.clock)
    if given.kind is NoticeKind.RECONFIRM:
        return see_other("/notices?show=reminders&done=asked")
    return see_other("/notices?done=given")
