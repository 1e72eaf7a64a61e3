"""The first page of each role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from roster.policy import Actor, Permission
from roster.read import Awaited, PageOf, RequestRow
from roster.read.news import Happening
from web.contexts.home import DeadlineBar, HomePage, OpenRequest, PlainHome, PlainWay
from web.contexts.layout import Frame
from web.contexts.parts import Empty, Figure, Link, percent
from web.presenters.home_news import news_lines, waiting_lines
from web.tongues import Tongue
from web.wording import marked, say

_SOON_DAYS = 7


@dataclass(frozen=True, slots=True)
class Around:
    """What stands beside the open requests on the first page of an officer."""

    me: UUID | None = None
    """The account that reads; None for a key."""
    awaited: Sequence[Awaited] = ()
    """Answers that countries owe."""
    pending: int = 0
    """Releases that wait for an answer."""
    happened: Sequence[Happening] = ()


def officer_home(
    frame: Frame,
    tongue: Tongue,
    found: PageOf[RequestRow],
    *,
    people: int,
    today: date,
    may_write: bool,
    keeping: tuple[int, int] | None = None,
    around: Around | None = None,
) -> HomePage:
    """Return the first page of an officer or a coordinator.

    Parameters
    ----------
    around : whose requests are the reader's, what happened lately, what others owe an answer to
    keeping : people not told yet and pairs to decide, for whoever keeps records
    """
    new = Link(tongue.word("New request from a letter"), "/requests/new")
    late = sum(1 for row in found.items if row.fiche_due and row.fiche_due < today)
    around = around or Around()
    rows = sorted(found.items, key=lambda row: (row.fiche_due or date.max, row.code))
    own = [row for row in rows if around.me is not None and row.officer_id == around.me]
    waiting = waiting_lines(tongue, around.awaited, today)
    return HomePage(
        frame=frame,
        title=tongue.weekday(today),
        finding=_requests_finding(tongue, found.total, late, len(own)),
        new_request=new if may_write else None,
        requests=_open_lines(tongue, own or rows, today),
        others=_open_lines(tongue, [row for row in rows if own and row not in own], today),
        all_requests=Link(tongue.word("All requests"), "/requests"),
        together=Link(tongue.word("Plan them together"), "/portfolio") if found.items else None,
        news=news_lines(tongue, around.happened, today),
        news_since=tongue.word("since yesterday"),
        waiting=waiting,
        waiting_finding=_waiting_finding(tongue, len(waiting)),
        figures=(
            Figure(tongue.word("People on the roster"), tongue.number(people), href="/experts"),
            Figure(tongue.word("Open requests"), tongue.number(found.total), href="/requests"),
            *_waiting(tongue, around),
            *_keeping(tongue, keeping),
        ),
        empty=None if found.items else _nothing_open(tongue, new if may_write else None),
    )


def _waiting_finding(tongue: Tongue, count: int) -> str:
    return tongue.words(
        "%(num)s country has not answered yet", "%(num)s countries have not answered yet", count
    )


def _nothing_open(tongue: Tongue, new: Link | None) -> Empty:
    words = tongue.word("A letter or a form starts one.")
    return Empty(tongue.word("No request is open"), words, (new,) if new else ())


def _open_lines(tongue: Tongue, rows: Sequence[RequestRow], today: date) -> tuple[OpenRequest, ...]:
    return tuple(_open_request(tongue, row, today) for row in rows)


def _waiting(tongue: Tongue, around: Around) -> tuple[Figure, ...]:
    """Return what waits for focal points; nothing where nothing does."""
    calls = len({one.call_id for one in around.awaited if one.call_id is not None})
    counted = (
        (tongue.word("Calls not answered"), calls, "/calls"),
        (tongue.word("Releases not answered"), around.pending, "/releases"),
    )
    return tuple(
        Figure(label, tongue.number(count), href=href) for label, count, href in counted if count
    )


def _keeping(tongue: Tongue, counts: tuple[int, int] | None) -> tuple[Figure, ...]:
    if counts is None:
        return ()
    return (
        Figure(tongue.word("Not told yet"), tongue.number(counts[0]), href="/notices"),
        Figure(tongue.word("Perhaps the same"), tongue.number(counts[1]), href="/merges"),
    )


def _requests_finding(tongue: Tongue, total: int, late: int, own: int) -> str:
    said = [tongue.words("%(num)s request is open.", "%(num)s requests are open.", total)]
    if own:
        said.append(tongue.words("%(num)s of them is yours.", "%(num)s of them are yours.", own))
    if late:
        said.append(
            tongue.words("The fiche of %(num)s is late.", "The fiches of %(num)s are late.", late)
        )
    return " ".join(said)


def _open_request(tongue: Tongue, row: RequestRow, today: date) -> OpenRequest:
    people = tongue.word("nobody shortlisted yet")
    if row.shortlisted:
        people = tongue.words("%(num)s shortlisted", "%(num)s shortlisted", row.shortlisted)
    return OpenRequest(
        title=row.title,
        href=f"/requests/{row.id}",
        reference=row.code,
        stage=say(tongue, row.status),
        people=people,
        waits_words=tongue.listed([tongue.country(code) for code in row.countries])
        or row.regional_body
        or tongue.word("country unknown"),
        deadline=_deadline(tongue, row, today),
        deadline_words=tongue.word("no deadline known"),
    )


def _deadline(tongue: Tongue, row: RequestRow, today: date) -> DeadlineBar | None:
    if row.fiche_due is None or row.received_on is None:
        return None
    left = (row.fiche_due - today).days
    whole = (row.fiche_due - row.received_on).days
    used = min(max(whole - left, 0), whole)
    if left < 0:
        words = tongue.words("%(num)s day late", "%(num)s days late", -left)
    elif left == 0:
        words = tongue.word("due today")
    else:
        words = tongue.words("%(num)s day left", "%(num)s days left", left)
    return DeadlineBar(percent(used, whole), words, late=left < 0)


_WAYS = (
    (
        Permission.READ_ACTIONS,
        "/actions",
        marked("Actions done so far"),
        marked("What the facility did, with its figures counted again."),
    ),
    (
        Permission.READ_LESSONS,
        "/lessons",
        marked("Lessons"),
        marked("What was learnt in Actions, for the next ones."),
    ),
    (
        Permission.READ_REPORTS,
        "/reports",
        marked("Reports"),
        marked("What the facility did, counted; small cells are not shown."),
    ),
    (
        Permission.READ_AUDIT,
        "/audit.ndjson",
        marked("The audit, as a file"),
        marked("Who did and saw what, chained; its first line says whether the chain holds."),
    ),
    (
        Permission.ADMINISTER,
        "/administration",
        marked("Accounts and keys"),
        marked("Who may sign in, in which role, and which other systems have a key."),
    ),
    (
        Permission.ADMINISTER,
        "/administration/words",
        marked("Words"),
        marked("What words of your own mean in CVs, letters and searches."),
    ),
    (
        Permission.ADMINISTER,
        "/administration/webhooks",
        marked("Systems told of changes"),
        marked("Which other systems hear of what changes here, and what they answered."),
    ),
    (
        Permission.SET_RULES,
        "/rules",
        marked("Rules of the facility"),
        marked("Deadlines, who may ask, screening, ratings, the catalogue."),
    ),
    (
        Permission.SET_RULES,
        "/privacy/settings",
        marked("Data protection settings"),
        marked("Controllers, legal bases, and how long what is kept."),
    ),
    (
        Permission.READ_REGISTER,
        "/privacy",
        marked("Register of processing"),
        marked("What is done with data of people, and on what basis."),
    ),
    (
        Permission.MANAGE_MODEL,
        "/model",
        marked("Ranking model"),
        marked("Which version ranks, what it rests on, and its limits."),
    ),
    (
        Permission.READ_OPERATIONS,
        "/administration/operations",
        marked("How the service stands"),
        marked("Its queue, its database, its index, what could not be sent."),
    ),
    (
        Permission.READ_EXPERTS,
        "/mine",
        marked("Your record"),
        marked("What is held on you, where it was read, and who looked at it."),
    ),
    (
        Permission.SIGNED_IN,
        "/account",
        marked("Your account"),
        marked("What you may do, and where you are signed in."),
    ),
)
"""What the first page of whoever is neither officer nor focal point leads to, by permission."""


def plain_home(frame: Frame, tongue: Tongue, actor: Actor) -> PlainHome:
    """Return the first page of whoever is neither officer nor focal point."""
    ways = tuple(
        PlainWay(Link(tongue.word(label), path), tongue.word(words))
        for permission, path, label, words in _WAYS
        if actor.may(permission)
    )
    lead = tongue.word("Your role opens what stands here. Records of people are not part of it.")
    if actor.may(Permission.READ_EXPERTS):
        lead = tongue.word("Your role opens what stands here.")
    return PlainHome(frame, tongue.word("Home"), lead, ways)
