"""What the reader was told, unread first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from roster.read import MessageRow, PageOf
from roster.read.calls import UndeliveredMail, UnsentLetters
from roster.telling.message_words import due_words, page_of, sentence
from roster.vocabulary import MessageState
from web.contexts.calls import (
    MessageLine,
    MessagesPage,
    UndeliveredLine,
    UndeliveredPage,
    UnsentLine,
)
from web.contexts.layout import Frame, Head
from web.contexts.parts import Chip, Empty, Link, PostButton
from web.presenters.pagers import pager_of
from web.record_words import role_words
from web.tongues import Tongue
from web.wording import marked, say

_MAIL = "/messages/undelivered"
_UNREACHED = marked("The mail server could not be reached.")
_WHY = {
    "SMTPRecipientsRefused": marked("The mail server takes nothing for this address."),
    "SMTPSenderRefused": marked("The mail server does not take our address as a sender."),
    "SMTPAuthenticationError": marked("The mail server refused our password."),
    "SMTPDataError": marked("The mail server refused the words of the mail."),
    "SMTPNotSupportedError": marked("The mail server cannot do what the mail needs."),
    "ValueError": marked("The address is none that mail can be sent to."),
}
"""Kinds of errors of mail servers, in words; any other one is a server that was not reached."""


def messages_page(
    frame: Frame,
    found: PageOf[MessageRow],
    tongue: Tongue,
    *,
    unread: int,
    undelivered: int,
    unsent: int = 0,
    looks_after: bool = False,
) -> MessagesPage:
    """Return a page of messages.

    Parameters
    ----------
    undelivered : of the whole facility, for whoever looks after mail; 0 says nothing
    unsent : links and letters that mail did not deliver either; they stand on the page of mail
    looks_after : whether the reader may send again what was not delivered
    """
    _ = tongue.word
    return MessagesPage(
        frame=frame,
        title=_("Messages"),
        finding=tongue.words("%(num)s is new", "%(num)s are new", unread)
        if unread
        else _("Nothing new"),
        messages=tuple(_line(one, tongue) for one in found.items),
        read_all=PostButton(_("Mark all as read"), "/messages/read") if unread else None,
        pager=pager_of(found.page, found.per_page, found.total, tongue, "/messages?page={}".format),
        undelivered=tongue.words(
            "%(num)s message could not be delivered by mail; it is read here only.",
            "%(num)s messages could not be delivered by mail; they are read here only.",
            undelivered,
        )
        if undelivered
        else "",
        mail=Link(
            _("Which ones, and what to do") if undelivered else _("Not delivered by mail"), _MAIL
        )
        if (undelivered or unsent) and looks_after
        else None,
        empty=None
        if found.items
        else Empty(
            _("Nobody has told you anything yet"),
            _("Calls, releases, votes and what else waits for you are told here."),
        ),
    )


def undelivered_page(
    frame: Frame,
    found: Sequence[UndeliveredMail],
    unsent: UnsentLetters,
    tongue: Tongue,
    *,
    administers: bool,
    tells_people: bool,
) -> UndeliveredPage:
    """Return what mail could not deliver: for whom, about what, when it was tried and why not.

    Parameters
    ----------
    administers, tells_people : whether the reader may open the pages of accounts and of notices
    """
    _ = tongue.word
    others = _others(unsent, tongue, administers=administers, tells_people=tells_people)
    return UndeliveredPage(
        frame=frame,
        head=Head(title=_("Not delivered by mail"), crumbs=(Link(_("Messages"), "/messages"),)),
        lead=_("Whoever has an account still reads it here. A guest has only her link."),
        lines=tuple(_undelivered(one, tongue) for one in found),
        others=others,
        empty=None
        if found or others
        else Empty(_("Everything was delivered"), _("What mail cannot deliver stands here.")),
    )


def _others(
    unsent: UnsentLetters, tongue: Tongue, *, administers: bool, tells_people: bool
) -> tuple[UnsentLine, ...]:
    _ = tongue.word
    links = tongue.words(
        "%(num)s link to set a password could not be mailed.",
        "%(num)s links to set a password could not be mailed.",
        unsent.links,
    )
    letters = tongue.words(
        "%(num)s letter to somebody on the roster could not be mailed.",
        "%(num)s letters to people on the roster could not be mailed.",
        unsent.notices,
    )
    accounts = Link(_("Make a new link and hand it over"), "/administration")
    notices = Link(_("Hand the letters over"), "/notices")
    lines = (
        UnsentLine(links, "", accounts)
        if administers
        else UnsentLine(links, _("An administrator makes a new one and hands it over."), None),
        UnsentLine(letters, "", notices)
        if tells_people
        else UnsentLine(letters, _("The focal points hand them over."), None),
    )
    counts = (unsent.links, unsent.notices)
    return tuple(line for line, count in zip(lines, counts, strict=True) if count)


def _undelivered(one: UndeliveredMail, tongue: Tongue) -> UndeliveredLine:
    _ = tongue.word
    path = f"/messages/{one.id}"
    buttons = (
        PostButton(_("Send again"), f"{path}/again"),
        PostButton(_("Told in another way"), f"{path}/by-hand"),
    )
    tried = tongue.words("tried %(num)s time", "tried %(num)s times", one.attempts)
    if one.tried_at is not None:
        tried = _(
            "%(tried)s, the last on %(day)s", tried=tried, day=tongue.day(one.tried_at.date())
        )
    return UndeliveredLine(
        id=str(one.id),
        said=sentence(one.kind, one.detail, tongue.code),
        href=one.page,
        due=due_words(one.due_on, tongue.code),
        whom=_whom(one, tongue),
        why=_why(one.problem, tongue),
        tried=tried,
        told=tongue.day(one.at.date()),
        state=Chip("fail", _("given up"))
        if one.is_given_up
        else Chip("clock", _("is tried again")),
        buttons=buttons if one.is_given_up else (),
    )


def _whom(one: UndeliveredMail, tongue: Tongue) -> str:
    """Name whom it is for by role and institution, never by an address."""
    if one.guest_role is not None:
        return ": ".join(filter(None, (say(tongue, one.guest_role), one.label)))
    if one.role is None:
        return tongue.word("An account without a role here")
    return role_words(tongue, one.role, one.country)


def _why(problem: str, tongue: Tongue) -> str:
    """Say why mail was not taken; the name of the error stands in brackets in the stored words."""
    kind = re.search(r"\((\w+)\)", problem)
    return tongue.word(_WHY.get(kind[1] if kind else "", _UNREACHED))


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
