"""The first page of each role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from roster.policy import Actor, Permission
from roster.read import CallView, DocumentRow, ExpertView, PageOf, ReleaseRow, RequestRow
from roster.vocabulary import DocumentState, ExpertStatus
from web.contexts.home import (
    CallLine,
    DeadlineBar,
    FocalPointHome,
    HomePage,
    OpenRequest,
    PlainHome,
    PlainWay,
    ReleaseLine,
    UploadLine,
)
from web.contexts.layout import Frame
from web.contexts.parts import Chip, Empty, Figure, Link, percent
from web.presenters.asked import call_row, due_chip, title_of
from web.presenters.releases import answer_fields
from web.presenters.uploads import READING
from web.tongues import Tongue
from web.wording import marked, say

_SOON_DAYS = 7


def officer_home(
    frame: Frame,
    tongue: Tongue,
    found: PageOf[RequestRow],
    *,
    people: int,
    today: date,
    may_write: bool,
    keeping: tuple[int, int] | None = None,
    waiting: tuple[int, int] = (0, 0),
) -> HomePage:
    """Return the first page of an officer or a coordinator.

    Parameters
    ----------
    waiting : calls and releases that wait for an answer of focal points
    keeping : people not told yet and pairs to decide, for whoever keeps records
    """
    new = Link(tongue.word("New request from a letter"), "/requests/new")
    late = sum(1 for row in found.items if row.fiche_due and row.fiche_due < today)
    return HomePage(
        frame=frame,
        title=tongue.weekday(today),
        finding=_requests_finding(tongue, found.total, late),
        new_request=new if may_write else None,
        requests=tuple(
            _open_request(tongue, row, today)
            for row in sorted(found.items, key=lambda row: (row.fiche_due or date.max, row.code))
        ),
        all_requests=Link(tongue.word("All requests"), "/requests"),
        together=Link(tongue.word("Plan them together"), "/portfolio") if found.items else None,
        news=(),
        figures=(
            Figure(tongue.word("People on the roster"), tongue.number(people), href="/experts"),
            Figure(tongue.word("Open requests"), tongue.number(found.total), href="/requests"),
            *_waiting(tongue, waiting),
            *_keeping(tongue, keeping),
        ),
        empty=None
        if found.items
        else Empty(
            tongue.word("No request is open"),
            tongue.word("A letter or a form starts one."),
            (new,) if may_write else (),
        ),
    )


def _waiting(tongue: Tongue, counts: tuple[int, int]) -> tuple[Figure, ...]:
    """Return what waits for focal points; nothing where nothing does."""
    labels = (
        (tongue.word("Calls not answered"), "/calls"),
        (tongue.word("Releases not answered"), "/releases"),
    )
    return tuple(
        Figure(label, tongue.number(count), href=href)
        for (label, href), count in zip(labels, counts, strict=True)
        if count
    )


def _keeping(tongue: Tongue, counts: tuple[int, int] | None) -> tuple[Figure, ...]:
    if counts is None:
        return ()
    return (
        Figure(tongue.word("Not told yet"), tongue.number(counts[0]), href="/notices"),
        Figure(tongue.word("Perhaps the same"), tongue.number(counts[1]), href="/merges"),
    )


def _requests_finding(tongue: Tongue, total: int, late: int) -> str:
    said = [tongue.words("%(num)s request is open.", "%(num)s requests are open.", total)]
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


@dataclass(frozen=True, slots=True)
class Waits:
    """What waits for a focal point."""

    stale: int
    """People whose record was not confirmed for a year."""
    untold: int
    """People who were not told yet that a CV of theirs is here."""
    calls: Sequence[CallView]
    releases: Sequence[ReleaseRow]
    today: date


def focal_point_home(
    frame: Frame,
    tongue: Tongue,
    actor: Actor,
    views: Iterable[ExpertView],
    documents: Sequence[DocumentRow],
    counts: Mapping[DocumentState, int],
    waits: Waits,
) -> FocalPointHome:
    """Return the first page of a focal point: her own people, and what waits for her."""
    stale, untold, today = waits.stale, waits.untold, waits.today
    calls = tuple(_call_line(tongue, one, today) for one in waits.calls if _waits(one))
    releases = tuple(_release_line(tongue, one, today) for one in waits.releases if one.can_answer)
    active = [view for view in views if view.status is ExpertStatus.ACTIVE]
    waiting = counts.get(DocumentState.READ, 0)
    reading = sum(counts.get(state, 0) for state in READING)
    gaps = _gaps(tongue, active)
    return FocalPointHome(
        frame=frame,
        title=tongue.listed([tongue.country(code) for code in actor.countries]),
        finding=_focal_finding(tongue, waiting, stale, len(calls) + len(releases)),
        upload=Link(tongue.word("Upload CVs"), "/uploads"),
        figures=_focal_figures(tongue, len(active), waiting, reading, stale, untold),
        calls=calls,
        releases=releases,
        uploads=tuple(_upload_line(tongue, row) for row in documents),
        gaps=gaps,
        gaps_finding=tongue.word("What is not known of our people") if gaps else "",
        stale=Link(tongue.word("See our people"), "/experts?status=active") if stale else None,
        stale_words=tongue.words(
            "The record of %(num)s person was not confirmed for a year. "
            "Upload a new CV, or look at it with the person.",
            "The records of %(num)s people were not confirmed for a year. "
            "Upload new CVs, or look at them with the people.",
            stale,
        ),
    )


def _focal_figures(
    tongue: Tongue, active: int, waiting: int, reading: int, stale: int, untold: int
) -> tuple[Figure, ...]:
    return (
        Figure(
            tongue.word("Our people on the roster"),
            tongue.number(active),
            href="/experts?status=active",
        ),
        Figure(tongue.word("CVs to confirm"), tongue.number(waiting), href="/uploads?show=waiting"),
        Figure(tongue.word("Being read"), tongue.number(reading), href="/uploads?show=reading"),
        Figure(tongue.word("Not told yet"), tongue.number(untold), href="/notices"),
        Figure(tongue.word("Not confirmed for a year"), tongue.number(stale)),
    )


def _waits(one: CallView) -> bool:
    return one.closed_at is None and any(said.answer is None for said in one.recipients)


def _call_line(tongue: Tongue, one: CallView, today: date) -> CallLine:
    row = call_row(one, today, tongue)
    return CallLine(row.title, row.reference, row.asked, row.due, row.answer, row.href)


def _release_line(tongue: Tongue, one: ReleaseRow, today: date) -> ReleaseLine:
    return ReleaseLine(
        person=one.person.display_name,
        href=f"/experts/{one.person.id}",
        asked_for=title_of(one.asked, tongue) if one.asked else "",
        due=due_chip(one.due_on or today, today, tongue),
        action=f"/releases/{one.id}/answer",
        fields=answer_fields(one, tongue),
    )


def _focal_finding(tongue: Tongue, waiting: int, stale: int, asked: int) -> str:
    if asked:
        return tongue.words(
            "%(num)s call or release waits for your answer.",
            "%(num)s calls and releases wait for your answer.",
            asked,
        )
    if waiting:
        return tongue.words("%(num)s CV waits for you.", "%(num)s CVs wait for you.", waiting)
    if stale:
        return tongue.words(
            "%(num)s record is older than a year.", "%(num)s records are older than a year.", stale
        )
    return tongue.word("Nothing waits for you.")


def _gaps(tongue: Tongue, active: Sequence[ExpertView]) -> tuple[Figure, ...]:
    """Return what is unknown and would be asked for in a ranking; nothing where all is known."""
    lacking = (
        (tongue.word("Language level unknown"), sum(not _level_known(view) for view in active)),
        (tongue.word("No topic known"), sum(not view.topics for view in active)),
        (tongue.word("No post known"), sum(not view.posts for view in active)),
        (tongue.word("Availability never asked"), sum(not _was_asked(view) for view in active)),
        (tongue.word("Kind of expert unknown"), sum(view.kind is None for view in active)),
    )
    return tuple(Figure(label, tongue.number(count)) for label, count in lacking if count)


def _was_asked(view: ExpertView) -> bool:
    return view.availability_known_until is not None or bool(view.unavailable)


def _level_known(view: ExpertView) -> bool:
    return any(one.value.level is not None for one in view.languages)


def _upload_line(tongue: Tongue, row: DocumentRow) -> UploadLine:
    return UploadLine(
        when=tongue.day(row.uploaded_at.date()),
        words=row.display_name or row.file_name or tongue.word("Name not read"),
        href=f"/documents/{row.id}",
        chip=Chip("look", tongue.word("to confirm")),
    )


_WAYS = (
    (
        Permission.READ_ACTIONS,
        "/actions",
        marked("Actions done so far"),
        marked("What the facility did, with its figures counted again."),
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
