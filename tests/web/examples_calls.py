"""Invented contexts of calls, releases, interests and messages, made by their presenters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from roster.errors import FieldError
from roster.read import (
    Asked,
    CallView,
    ExpertRow,
    InterestView,
    LanguageNeed,
    MessageRow,
    NominationView,
    Overlap,
    OwnCandidate,
    PageOf,
    RecipientView,
    ReleaseRow,
    SeatAsked,
)
from roster.read.calls import UndeliveredMail, UnsentLetters
from roster.vocabulary import (
    Band,
    CallAnswer,
    Engagement,
    ExpertKind,
    ExpertStatus,
    GuestRole,
    LanguageLevel,
    MessageKind,
    MessageState,
    Origin,
    RefusalReason,
    ReleaseOutcome,
    Role,
    SeatRole,
    Stage,
)
from web.contexts.calls import (
    CountryLine,
    NewCallPage,
    NextLine,
    RequestReleasesPage,
    SeatLine,
)
from web.contexts.layout import Frame, Head
from web.contexts.parts import (
    Choice,
    ErrorLine,
    FormField,
    Link,
    PersonName,
    PostButton,
)
from web.presenters.asked import call_row, release_line
from web.presenters.calls import call_page, calls_page
from web.presenters.fiche_page import Refused
from web.presenters.interests import interests_page
from web.presenters.messages import messages_page, undelivered_page
from web.presenters.own_calls import own_call_page
from web.presenters.releases import releases_page
from web.tongues import Tongue

_LONG = "Maximiliane-Theodora von und zu der Tann-Rathsamhausen <script>alert(1)</script>"
_TODAY = date(2026, 11, 24)
_NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def _id(number: int) -> UUID:
    return UUID(int=number)


def _person(number: int, name: str, origin: Origin = Origin.SYNTHETIC) -> ExpertRow:
    return ExpertRow(
        id=_id(number),
        origin=origin,
        display_name=name,
        status=ExpertStatus.ACTIVE,
        kind=ExpertKind.EU_ADMINISTRATION,
        home_country="PT",
        headline="Head of unit, Immigration Service",
        confirmed_on=_TODAY,
    )


_FRENCH = LanguageNeed("fr", LanguageLevel.B2)
_ASKED = Asked(
    request_id=_id(1),
    code="REQ-2026-041",
    topics=("data_management",),
    countries=("CI",),
    regional_body=None,
    languages=(_FRENCH,),
    starts=date(2027, 3, 1),
    ends=date(2027, 3, 12),
    seats=(
        SeatAsked(
            _id(2),
            1,
            SeatRole.LEAD,
            ("data_management",),
            (_FRENCH,),
            (ExpertKind.EU_ADMINISTRATION,),
            10,
        ),
    ),
)
_WAITS = RecipientView("FR", None, None, "", None, False, _NOW)
_NAMED = RecipientView("PT", CallAnswer.NOMINATED, None, "", _NOW, True, None)
_NOBODY = RecipientView("ES", CallAnswer.NOBODY, RefusalReason.STAFF, _LONG, _NOW, False, None)
_NOMINATIONS = (
    NominationView(
        _id(3),
        _id(9),
        _person(11, _LONG),
        1,
        "Did it.",
        _NOW,
        True,
        None,
        Stage.LONGLISTED,
        None,
        (
            Overlap(Engagement.DEPLOYED, "LBN-2026-01", _TODAY, _TODAY),
            Overlap(Engagement.NOMINATED, "REQ-2026-002", _TODAY, date(2027, 4, 1)),
        ),
    ),
    NominationView(
        _id(4),
        _id(9),
        _person(12, "Ana Prates", Origin.REAL),
        None,
        "",
        _NOW,
        False,
        None,
        Stage.PROPOSED,
        ReleaseOutcome.PENDING,
    ),
    NominationView(
        _id(5), _id(9), _person(13, "Rui Couto"), None, "", _NOW, False, _NOW, None, None
    ),
)
_CALL = CallView(
    id=_id(9),
    asked=_ASKED,
    title="Côte d’Ivoire: a shared migration statistics system",
    text="Two weeks on site, then from home.",
    opened_at=_NOW,
    deadline=date(2026, 12, 1),
    closed_at=None,
    by="Ilse Raudsepp",
    recipients=(_NOBODY, _WAITS, _NAMED),
    nominations=_NOMINATIONS,
)
_PENDING = ReleaseRow(
    id=_id(21),
    person=_person(11, _LONG),
    asked=_ASKED,
    outcome=ReleaseOutcome.PENDING,
    asked_on=_TODAY,
    due_on=date(2026, 12, 4),
    answered_on=None,
    is_late=False,
    valid_from=None,
    valid_to=None,
    days=None,
    reason=None,
    note="",
    seat=1,
    asked_by="Ilse Raudsepp",
    answered_by=None,
    reminded_on=_TODAY,
    can_answer=True,
    overlaps=(Overlap(Engagement.RELEASED, "REQ-2026-002", _TODAY, date(2027, 4, 1)),),
)
_GRANTED = replace(
    _PENDING,
    id=_id(22),
    person=_person(12, "Ana Prates"),
    outcome=ReleaseOutcome.GRANTED,
    answered_on=_TODAY,
    valid_from=_TODAY,
    valid_to=date(2027, 4, 1),
    days=10,
    can_answer=False,
)
_REFUSED = replace(
    _PENDING,
    id=_id(23),
    outcome=ReleaseOutcome.REFUSED,
    answered_on=_TODAY,
    is_late=True,
    reason=RefusalReason.STAFF,
    note=_LONG,
    can_answer=False,
)


def call_pages(
    tongue: Tongue, frame: Callable[..., Frame], head: Head
) -> dict[str, tuple[str, object]]:
    """Return every page of calls, releases, interests and messages.

    Parameters
    ----------
    frame : around pages of somebody who is signed in
    head : of a request
    """
    around = frame("Calls", "calls", tongue)
    return {
        **_lists(tongue, around),
        **_answers(tongue, around),
        "call-new": ("calls/new.html", _new(around, head)),
        "request-releases": ("calls/releases.html", _of_request(tongue, around, head)),
        "messages": ("messages/list.html", _messages(tongue, around)),
        "messages-empty": (
            "messages/list.html",
            messages_page(around, PageOf((), 1, 25, 0), tongue, unread=0, undelivered=0),
        ),
        "undelivered": ("messages/undelivered.html", _undelivered(tongue, around)),
        "undelivered-empty": (
            "messages/undelivered.html",
            undelivered_page(
                around, (), UnsentLetters(0, 0), tongue, administers=True, tells_people=True
            ),
        ),
    }


def _lists(tongue: Tongue, around: Frame) -> dict[str, tuple[str, object]]:
    said = InterestView("PT", ("data_management",), ("011", "BR"), _LONG, _NOW)
    own = frozenset({"PT"})
    wrong = (FieldError("/countries", "Not known."),)
    typed = {"PT": {"countries": ("Atlantis",)}}
    return {
        "calls": (
            "calls/list.html",
            calls_page(
                around, (_CALL, replace(_CALL, closed_at=_NOW)), _TODAY, tongue, officer=True
            ),
        ),
        "calls-empty": ("calls/list.html", calls_page(around, (), _TODAY, tongue, officer=False)),
        "interests": (
            "interests/list.html",
            interests_page(around, (said,), own, tongue, officer=False, typed=typed, errors=wrong),
        ),
        "interests-officer": (
            "interests/list.html",
            interests_page(around, (said,), frozenset(), tongue, officer=True, typed={}, errors=()),
        ),
        "interests-empty": (
            "interests/list.html",
            interests_page(around, (), frozenset(), tongue, officer=True, typed={}, errors=()),
        ),
    }


def _answers(tongue: Tongue, around: Frame) -> dict[str, tuple[str, object]]:
    mine = replace(_CALL, title="", by=None, recipients=(_NAMED,))
    nobody = replace(mine, recipients=(replace(_WAITS, country="PT"),), nominations=())
    people = (
        OwnCandidate(_person(14, "Eva Sousa"), Band.ASK, ("availability never asked",), False),
        OwnCandidate(_person(15, _LONG), Band.NOT, ("French A2, B2 needed",), False),
    )
    rows = (_PENDING, _GRANTED, _REFUSED)
    wrong: dict[UUID | None, tuple[FieldError, ...]] = {
        _PENDING.id: (FieldError("/valid_to", "Over."), FieldError("/outcome", "No."))
    }
    own = (_person(14, "Eva Sousa"),)
    return {
        "call": ("calls/officer.html", call_page(around, _CALL, _TODAY, tongue)),
        "call-silent": (
            "calls/officer.html",
            call_page(
                around,
                replace(_CALL, nominations=(), recipients=(_WAITS,), closed_at=_NOW, text=""),
                _TODAY,
                tongue,
            ),
        ),
        "call-own": (
            "calls/focal_point.html",
            own_call_page(around, mine, people, _TODAY, tongue, most=2),
        ),
        "call-own-empty": (
            "calls/focal_point.html",
            own_call_page(
                around,
                nobody,
                (),
                _TODAY,
                tongue,
                most=60,
                again=Refused(
                    "nobody", {"note": (_LONG,)}, (FieldError("/reason", "Choose a reason."),)
                ),
            ),
        ),
        "releases": (
            "releases/list.html",
            releases_page(around, rows, own, {}, wrong, tongue, answers=True),
        ),
        "releases-officer": (
            "releases/list.html",
            releases_page(around, rows, (), {}, {}, tongue, answers=False),
        ),
        "releases-empty": (
            "releases/list.html",
            releases_page(around, (), own, {}, {}, tongue, answers=True),
        ),
    }


def _new(around: Frame, head: Head) -> NewCallPage:
    portugal = CountryLine(
        "PT", "Portugal", True, "Sent experts to 4 of 9.", "1 focal point", "c-PT",
        "1 of the kept team lives there and is not released yet.",
    )  # fmt: skip
    return NewCallPage(
        frame=around,
        head=head,
        action="/requests/1/call",
        lead="States in the order in which to ask.",
        first=(portugal, replace(portugal, value="FR", name="France", on=False, id="c-FR", why="")),
        others=(replace(portugal, value="ES", name=_LONG, on=False, id="c-ES"),),
        others_title="1 other state",
        out_of_reach="12 states have no focal point with an account.",
        fields=(
            FormField("deadline", "Answer wanted by", "date", "2026-12-01", error="Over."),
            FormField("text", "A word", "textarea"),
        ),
        country_error="Tick at least one country.",
        errors=(ErrorLine("#f-deadline", "Answer wanted by: Over."),),
    )


def _of_request(tongue: Tongue, around: Frame, head: Head) -> RequestReleasesPage:
    seat = PostButton("Seat and ask for release", "/requests/1/seats/1/person")
    return RequestReleasesPage(
        frame=around,
        head=head,
        finding="1 seat is open, 1 release waits for an answer",
        seats=(
            SeatLine(
                "Seat 1: Lead",
                (NextLine(PersonName(_LONG, "/experts/1"), seat, "Same days: released."),),
                "",
            ),
            SeatLine("Seat 2: Trainer", (), "No alternate is left."),
        ),
        releases=tuple(
            release_line(one, tongue, take_back=PostButton("Ask no longer", "/x"), whole=False)
            for one in (_PENDING, _REFUSED)
        ),
        calls=(call_row(_CALL, _TODAY, tongue),),
        new_call=Link("Call for experts", "/requests/1/call"),
        ask=(FormField("expert_id", "Person", "select", choices=(Choice("1", _LONG),)),),
        ask_action="/requests/1/releases",
        nobody="",
    )


def _messages(tongue: Tongue, around: Frame) -> object:
    detail = {"code": "REQ-2026-041", "country": "PT"}
    rows = tuple(
        MessageRow(
            id=_id(number),
            kind=kind,
            at=_NOW,
            record="call",
            record_id=_id(9),
            detail=detail,
            due_on=_TODAY,
            read_at=None if number < 33 else _NOW,
            state=MessageState.FAILED,
            problem="The mail server is away.",
        )
        for number, kind in enumerate(MessageKind, start=31)
    )
    page = PageOf(rows, 1, 25, len(rows))
    return messages_page(
        replace(around, unread=2), page, tongue, unread=2, undelivered=3, looks_after=True
    )


def _undelivered(tongue: Tongue, around: Frame) -> object:
    usual = UndeliveredMail(
        id=_id(71),
        kind=MessageKind.RELEASE_ASKED,
        at=_NOW,
        detail={"code": "REQ-2026-041"},
        due_on=_TODAY,
        role=Role.FOCAL_POINT,
        country="PT",
        guest_role=None,
        label="",
        page="/requests/1",
        attempts=5,
        tried_at=_NOW,
        problem="The mail server did not take the notice (SMTPRecipientsRefused).",
        is_given_up=True,
    )
    guest = replace(
        usual, id=_id(72), role=None, guest_role=GuestRole.EU_DELEGATION, label=_LONG, problem=""
    )
    waits = replace(usual, id=_id(73), role=None, attempts=1, tried_at=None, is_given_up=False)
    return undelivered_page(
        around,
        (usual, guest, waits),
        UnsentLetters(2, 1),
        tongue,
        administers=False,
        tells_people=True,
    )
