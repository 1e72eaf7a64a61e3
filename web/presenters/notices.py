"""The outbox of notices, and one letter ready to be handed over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote, urlencode

from roster.read import NoticeRow, PageOf
from roster.telling.notice_letters import NoticeLetter
from roster.vocabulary import NoticeKind, NoticeState
from web.contexts.experts import PlainLine
from web.contexts.layout import Fact, Frame, Head, Tab
from web.contexts.notices import NoticeLine, NoticePage, NoticesPage
from web.contexts.parts import Chip, Empty, Link, PostButton
from web.presenters.pagers import pager_of
from web.tongues import Tongue
from web.wording import marked, say

SHOWN: dict[str, tuple[NoticeState, ...]] = {
    "open": (NoticeState.WAITING, NoticeState.FAILED),
    "sent": (NoticeState.SENT,),
    "handed_over": (NoticeState.HANDED_OVER,),
    "opened": (NoticeState.OPENED,),
    "reminders": tuple(NoticeState),
}
"""The tabs of the outbox; what waits comes first, reminders stand by themselves."""
_TABS = {
    "open": marked("Not told yet"),
    "sent": marked("Sent"),
    "handed_over": marked("Handed over"),
    "opened": marked("Opened"),
    "reminders": marked("Asked to look again"),
}
_LEADS = {
    NoticeKind.CV_UPLOADED: marked(
        "Nobody is proposed before she knows that her CV is here. A letter is sent by mail where "
        "mail is set up and an address is known; all others are handed over by you."
    ),
    NoticeKind.RECONFIRM: marked(
        "A letter is sent by mail where mail is set up and an address is known; all others are "
        "handed over by you."
    ),
}
_GIVE = {
    NoticeKind.CV_UPLOADED: marked(
        "Give or send the letter, then say so here: from then on the person can be proposed."
    ),
    NoticeKind.RECONFIRM: marked("Give or send the letter, then say so here."),
}
_CHIPS = {
    NoticeState.WAITING: "clock",
    NoticeState.FAILED: "fail",
    NoticeState.SENT: "pass",
    NoticeState.HANDED_OVER: "pass",
    NoticeState.OPENED: "done",
}


def kind_of(show: str) -> NoticeKind:
    """Return the kind of notice that a tab shows."""
    return NoticeKind.RECONFIRM if show == "reminders" else NoticeKind.CV_UPLOADED


def notices_page(
    frame: Frame,
    tongue: Tongue,
    found: PageOf[NoticeRow],
    counts: Mapping[NoticeKind, Mapping[NoticeState, int]],
    show: str,
) -> NoticesPage:
    """Return a part of the outbox; `counts` by kind and state."""

    def at(page: int) -> str:
        return "/notices?" + urlencode({"show": show, "page": page})

    return NoticesPage(
        frame=frame,
        head=Head(
            title=tongue.word(_TABS[show])
            if show == "reminders"
            else _finding(tongue, _count(counts, "open")),
            crumbs=(Link(tongue.word("Experts"), "/experts"),),
            here=tongue.word("Notices"),
            tabs=tuple(
                Tab(
                    tongue.word(words),
                    f"/notices?show={name}",
                    tongue.number(_count(counts, name)),
                    current=name == show,
                )
                for name, words in _TABS.items()
            ),
            tabs_name=tongue.word("Notices"),
        ),
        lead=tongue.word(_LEADS[kind_of(show)]),
        notices=tuple(_line(tongue, row) for row in found.items),
        pager=pager_of(found.page, found.per_page, found.total, tongue, at),
        empty=None if found.items else _empty(tongue, show),
    )


def _count(counts: Mapping[NoticeKind, Mapping[NoticeState, int]], name: str) -> int:
    return sum(counts[kind_of(name)].get(state, 0) for state in SHOWN[name])


def _finding(tongue: Tongue, waiting: int) -> str:
    if not waiting:
        return tongue.word("Everybody was told")
    return tongue.words(
        "%(num)s person was not told yet", "%(num)s people were not told yet", waiting
    )


def _line(tongue: Tongue, row: NoticeRow) -> NoticeLine:
    return NoticeLine(
        href=f"/notices/{row.id}",
        name=row.display_name,
        origin=row.origin.value,
        chip=Chip(_CHIPS[row.state], say(tongue, row.state)),
        when=tongue.day((row.opened_at or row.sent_at or row.created_at).date()),
        how=tongue.word("by mail") if row.has_address else tongue.word("by hand: no address"),
        problem=row.problem or "",
    )


def _empty(tongue: Tongue, show: str) -> Empty:
    if show == "open":
        return Empty(
            tongue.word("Nobody waits for a letter"),
            tongue.word("Whoever is confirmed from a CV that somebody else sent comes here."),
            (Link(tongue.word("Upload CVs"), "/uploads"),),
        )
    if show == "reminders":
        return Empty(
            tongue.word("Nobody was asked yet"),
            tongue.word("Choose people whose records are old or lack something, and ask them."),
            (Link(tongue.word("Not confirmed for a year"), "/experts?status=active&gap=stale"),),
        )
    return Empty(
        tongue.word("No notice is in this state"),
        "",
        (Link(tongue.word("Not told yet"), "/notices"),),
    )


def notice_page(
    frame: Frame,
    tongue: Tongue,
    row: NoticeRow,
    letter: NoticeLetter,
    *,
    address: str | None,
    locale: str,
) -> NoticePage:
    """Return a letter with its link, and the button that says it was given."""
    told = row.state not in SHOWN["open"]
    return NoticePage(
        frame=frame,
        head=Head(
            title=tongue.word("Letter to %(name)s", name=row.display_name),
            crumbs=(
                Link(tongue.word("Experts"), "/experts"),
                Link(tongue.word("Notices"), "/notices"),
            ),
            facts=(Fact(tongue.word("Made"), tongue.day(row.created_at.date())),),
            chips=(Chip(_CHIPS[row.state], say(tongue, row.state)),),
        ),
        subject=letter.subject,
        letter=letter.body,
        link=_link_in(letter),
        locale=locale,
        record=Link(tongue.word("Open the record"), f"/experts/{row.expert_id}"),
        lines=tuple(_facts(tongue, row)),
        mail="" if told or not address else _mail_to(address, letter),
        give=tongue.word(_GIVE[row.kind]),
        hand_over=None
        if told
        else PostButton(tongue.word("I have given it to this person"), f"/notices/{row.id}/given"),
    )


def _link_in(letter: NoticeLetter) -> str:
    """Return the personal link: it stands on a line of its own."""
    return next(line for line in letter.body.splitlines() if "/mine/" in line).strip()


def _mail_to(address: str, letter: NoticeLetter) -> str:
    said = urlencode({"subject": letter.subject, "body": letter.body}, quote_via=quote)
    return f"mailto:{quote(address, safe='@+')}?{said}"


def _facts(tongue: Tongue, row: NoticeRow) -> Iterator[PlainLine]:
    known = tongue.word("known") if row.has_address else ""
    yield PlainLine(tongue.word("E-mail address"), known, unknown=tongue.word("not known"))
    sent = tongue.day(row.sent_at.date()) if row.sent_at else ""
    yield PlainLine(tongue.word("Given or sent"), sent, unknown=tongue.word("not yet"))
    opened = tongue.day(row.opened_at.date()) if row.opened_at else ""
    yield PlainLine(tongue.word("Link opened"), opened, unknown=tongue.word("not yet"))
    if row.problem:
        yield PlainLine(tongue.word("Why it was not sent"), tongue.word(row.problem))
