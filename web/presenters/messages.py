"""What the reader was told, unread first."""

from __future__ import annotations

from roster.read import MessageRow, PageOf
from roster.telling.message_words import due_words, page_of, sentence
from roster.vocabulary import MessageState
from web.contexts.calls import MessageLine, MessagesPage
from web.contexts.layout import Frame
from web.contexts.parts import Empty, PostButton
from web.presenters.requests import pager_of
from web.tongues import Tongue


def messages_page(
    frame: Frame,
    found: PageOf[MessageRow],
    tongue: Tongue,
    *,
    unread: int,
    undelivered: int,
) -> MessagesPage:
    """Return a page of messages.

    Parameters
    ----------
    undelivered : of the whole facility, for whoever looks after mail; 0 says nothing
    """
    _ = tongue.word
    links = {page: f"/messages?page={page}" for page in (found.page - 1, found.page + 1)}
    return MessagesPage(
        frame=frame,
        title=_("Messages"),
        finding=tongue.words("%(num)s is new", "%(num)s are new", unread)
        if unread
        else _("Nothing new"),
        messages=tuple(_line(one, tongue) for one in found.items),
        read_all=PostButton(_("Mark all as read"), "/messages/read") if unread else None,
        pager=pager_of(found.page, found.per_page, found.total, tongue, links),
        undelivered=tongue.words(
            "%(num)s message could not be delivered by mail; it is read here only.",
            "%(num)s messages could not be delivered by mail; they are read here only.",
            undelivered,
        )
        if undelivered
        else "",
        empty=None
        if found.items
        else Empty(
            _("Nobody has told you anything yet"),
            _("Calls, releases, votes and what else waits for you are told here."),
        ),
    )


def _line(one: MessageRow, tongue: Tongue) -> MessageLine:
    is_new = one.read_at is None
    failed = one.state is MessageState.FAILED
    return MessageLine(
        id=str(one.id),
        said=sentence(one.kind, one.detail, tongue.code),
        href=page_of(one.kind, one.record, str(one.record_id), one.detail),
        due=due_words(one.due_on, tongue.code),
        when=tongue.day(one.at.date()),
        moment=one.at.isoformat(),
        is_new=is_new,
        mail=tongue.word("Not delivered by mail.") if failed else "",
        read=PostButton(tongue.word("Mark as read"), f"/messages/{one.id}/read")
        if is_new
        else None,
    )
