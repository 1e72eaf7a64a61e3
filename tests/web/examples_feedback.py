"""Invented contexts of feedback, lessons and the context of a request, by their presenters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID

from roster.errors import FieldError
from roster.read import RequestDetail, RequestRow, RequestView
from roster.read.feedback import (
    AnswerSheet,
    AskedAbout,
    AudienceResult,
    FeedbackResults,
    FindingView,
    InquiryView,
    InvitedPerson,
    Question,
    QuestionnaireView,
    QuestionResult,
    RatingsView,
    SaidText,
)
from roster.read.lessons import (
    ActionRef,
    AgencyProject,
    ApplicableLesson,
    EarlierWork,
    GroupMember,
    LessonDetail,
    LessonView,
    ProfileEntry,
    Surroundings,
    WorkingGroupView,
)
from roster.reference import profiles, questions
from roster.serial import from_json
from roster.tables import Action, Activity
from roster.vocabulary import (
    ActionStatus,
    ActivityType,
    Adopted,
    Audience,
    FindingKind,
    FindingSource,
    LessonState,
    Occasion,
    Origin,
    QuestionKind,
    RequestStatus,
)
from web.contexts.feedback import ThanksPage
from web.contexts.layout import Frame
from web.contexts.parts import Link
from web.presenters import feedback as shown
from web.presenters import feedback_forms as forms
from web.presenters import lessons as learnt
from web.presenters import questionnaires as asked
from web.presenters import ratings as rated
from web.presenters.sheet import sheet_page
from web.presenters.surroundings import context_page
from web.tongues import Tongue

_LONG = "Maximiliane-Theodora von und zu der Tann-Rathsamhausen <script>alert(1)</script>"
_ID = UUID("5f0c0d0e-5f0c-4d0e-8f0c-0d0e5f0c4d0e")
_OTHER = UUID("5f0c0d0e-5f0c-4d0e-8f0c-0d0e5f0c4d0f")
_AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
_TODAY = _AT.date()
_SHIPPED = tuple(
    QuestionnaireView(
        id=_ID,
        code=one.code,
        version=1,
        title=one.titles["en"],
        audience=Audience(one.audience),
        occasion=Occasion(one.occasion),
        questions=tuple(from_json(Question, question) for question in one.questions),
        inquiries=3,
    )
    for one in questions.shipped()
)
_INQUIRY = InquiryView(
    id=_ID,
    origin=Origin.SYNTHETIC,
    action_id=_ID,
    action_code="ghana-iii",
    action_name="Ghana III",
    lineage=_ID,
    activity=f"Training of trainers, {_LONG}",
    questionnaire=_SHIPPED[0],
    asked=20,
    answered=14,
    is_room=True,
    sent_at=_AT,
    due_on=date(2026, 12, 4),
    reminded_at=None,
    closed_at=None,
)
_ACTION = Action(
    id=_ID,
    facility_id=_ID,
    origin=Origin.SYNTHETIC,
    code="ghana-iii",
    name="Ghana III",
    status=ActionStatus.COMPLETED,
)
_ACTIVITY = Activity(
    facility_id=_ID, plan_id=_ID, lineage=_ID, number=1, type=ActivityType.TRAINING, title=_LONG
)


def feedback_pages(
    tongue: Tongue, frame: Callable[..., Frame], nobody: Frame
) -> dict[str, tuple[str, object]]:
    """Return every page of feedback, lessons and context, full and empty.

    Parameters
    ----------
    frame, nobody : around pages of an officer, and of somebody who is not signed in
    """
    return {
        **_forms(tongue, frame, nobody),
        **_read(tongue, frame),
        **_asked(tongue, frame),
        **_learnt(tongue, frame),
        **_around(tongue, frame),
    }


def _forms(
    tongue: Tongue, frame: Callable[..., Frame], nobody: Frame
) -> dict[str, tuple[str, object]]:
    sheet = AnswerSheet(
        _INQUIRY, _SHIPPED[0].questions, (AskedAbout(_ID, _LONG), AskedAbout(_OTHER, "Ana Prates"))
    )
    wrong = (FieldError("/relevance", "Answer this question."),)
    thanks = ThanksPage(nobody, "Thank you", "Your answers are kept.", Link("Change", "/guest/abc"))
    rating = RatingsView(_ID, 4, 3, 4.25, _results(4), (_LONG,))
    head = (frame("Ratings", "experts", tongue), tongue, _LONG, rating)
    return {
        "feedback-sheet": (
            "feedback/sheet.html",
            sheet_page(nobody, tongue, sheet, action="/guest/abc", once="1"),
        ),
        "feedback-sheet-error": (
            "feedback/sheet.html",
            sheet_page(
                nobody,
                tongue,
                sheet,
                action="/guest/abc",
                once="1",
                typed={"best": (_LONG,)},
                errors=wrong,
            ),
        ),
        "feedback-thanks": ("feedback/thanks.html", thanks),
        "feedback-ratings": (
            "feedback/ratings.html",
            rated.ratings_page(*head, is_own=True, typed={}),
        ),
    }


def _results(answers: int) -> tuple[QuestionResult, ...]:
    scale = [one for one in _SHIPPED[0].questions if one.kind is QuestionKind.SCALE]
    few = QuestionResult(scale[2], 2, None, None)
    return (
        QuestionResult(scale[0], answers, 4.2, (0, 1, 2, 4, 7)),
        QuestionResult(scale[1], answers, 3.1, (1, 2, 6, 4, 1)),
        few,
    )


def _said() -> FeedbackResults:
    texts = tuple(
        SaidText(_ID, _SHIPPED[0].questions[-2], text, "ghana-iii", "Ghana III", None, marked)
        for text, marked in (("More time for the exercises.", False), (_LONG, True))
    )
    choice = next(one for one in _SHIPPED[2].questions if one.kind is QuestionKind.CHOICE)
    chosen = QuestionResult(choice, 6, None, (3, 1, 0, 2))
    return FeedbackResults(
        (
            AudienceResult(Audience.PARTICIPANT, 20, 14, _results(14), texts),
            AudienceResult(Audience.PARTNER_INSTITUTION, 2, 1, (chosen,), ()),
        ),
        actions=1,
        is_synthetic=True,
    )


def _finding(*, is_strength: bool = False) -> FindingView:
    return FindingView(
        id=_OTHER if is_strength else _ID,
        origin=Origin.SYNTHETIC,
        action_id=_ID,
        action_code="ghana-iii",
        action_name="Ghana III",
        lineage=None,
        activity=None,
        feedback_id=None,
        kind=FindingKind.STAFF_TURNOVER,
        source=FindingSource.ROM,
        is_strength=is_strength,
        text=_LONG,
        topics=("data_management",),
        found_on=_TODAY,
        reference="ROM report, p. 12",
    )


def _read(tongue: Tongue, frame: Callable[..., Frame]) -> dict[str, tuple[str, object]]:
    around = frame("Feedback", "actions", tongue)
    nothing = FeedbackResults((), 0)
    send = forms.send_form(tongue, _ACTION, _SHIPPED, [_ACTIVITY])
    record = forms.finding_form(tongue, _ACTION, [_ACTIVITY], feedback_id=str(_ID), quoted=_LONG)
    found = [_finding(), _finding(is_strength=True)]
    full = forms.action_page(
        around, tongue, _ACTION, _said(), [_INQUIRY], found, send=send, record=record
    )
    empty = forms.action_page(around, tongue, _ACTION, nothing, [], [], send=send, record=None)
    acts = [("ghana-iii", "Ghana III", 14)]
    people = [
        InvitedPerson(_ID, _LONG, "en", has_address=True, answered=False, link="/guest/abc"),
        InvitedPerson(_OTHER, "room", "fr", has_address=False, answered=True, link=None),
    ]
    inquiry = shown.inquiry_page(
        around, tongue, _INQUIRY, people, base_url="https://roster.example", answers=True
    )
    return {
        "feedback-action": ("feedback/action.html", full),
        "feedback-action-empty": ("feedback/action.html", empty),
        "feedback-facility": (
            "feedback/facility.html",
            shown.facility_page(around, tongue, _said(), [_INQUIRY], acts),
        ),
        "feedback-facility-empty": (
            "feedback/facility.html",
            shown.facility_page(around, tongue, nothing, [], []),
        ),
        "feedback-inquiry": ("feedback/inquiry.html", inquiry),
    }


def _asked(tongue: Tongue, frame: Callable[..., Frame]) -> dict[str, tuple[str, object]]:
    around = frame("Questionnaires", "actions", tongue)
    wrong = (FieldError("/questions", "Give two answers at least, each with its own code."),)
    return {
        "questionnaires": (
            "feedback/questionnaires.html",
            asked.list_page(around, tongue, _SHIPPED),
        ),
        "questionnaire": (
            "feedback/questionnaire.html",
            asked.one_page(around, tongue, _SHIPPED[2], _SHIPPED[2:3], may_change=True),
        ),
        "questionnaire-error": (
            "feedback/questionnaire.html",
            asked.one_page(
                around,
                tongue,
                _SHIPPED[5],
                (),
                may_change=True,
                typed={"title": (_LONG,)},
                errors=wrong,
            ),
        ),
    }


def _lesson(state: LessonState = LessonState.PROPOSED) -> LessonView:
    return LessonView(
        id=_ID,
        origin=Origin.SYNTHETIC,
        state=state,
        kind=FindingKind.STAFF_TURNOVER,
        is_strength=False,
        text="Data management: in 3 Actions staff turnover did not go well."
        if state is LessonState.PROPOSED
        else _LONG,
        advice="Train two per post." if state is LessonState.CONFIRMED else "",
        topics=("data_management",),
        regions=("011",),
        countries=("GH",),
        bodies=(),
        activities=("training",),
        actions=(ActionRef(_ID, "ghana-iii", "Ghana III"), ActionRef(_OTHER, "togo-i", _LONG)),
        findings=3,
        made_at=_AT,
        decided_by=_LONG if state is LessonState.CONFIRMED else None,
        decided_at=_AT if state is LessonState.CONFIRMED else None,
        reason="",
    )


def _learnt(tongue: Tongue, frame: Callable[..., Frame]) -> dict[str, tuple[str, object]]:
    around = frame("Lessons", "lessons", tongue)
    write = learnt.write_form(tongue, [("ghana-iii", "Ghana III"), ("togo-i", _LONG)])
    both = [_lesson(), _lesson(LessonState.CONFIRMED)]
    detail = LessonDetail(_lesson(), (_finding(),))
    done = LessonDetail(_lesson(LessonState.CONFIRMED), ())
    return {
        "lessons": (
            "lessons/list.html",
            learnt.list_page(around, tongue, both, {}, write=write),
        ),
        "lessons-empty": (
            "lessons/list.html",
            learnt.list_page(around, tongue, [], {}, write=None),
        ),
        "lesson": (
            "lessons/detail.html",
            learnt.detail_page(around, tongue, detail, decides=True, reads_findings=True),
        ),
        "lesson-confirmed": (
            "lessons/detail.html",
            learnt.detail_page(around, tongue, done, decides=False, reads_findings=False),
        ),
    }


def _around(tongue: Tongue, frame: Callable[..., Frame]) -> dict[str, tuple[str, object]]:
    around = frame("Context", "requests", tongue)
    request = RequestDetail(
        row=RequestRow(
            id=_ID,
            code="REQ-2026-001",
            title=_LONG,
            status=RequestStatus.RECEIVED,
            origin=Origin.SYNTHETIC,
            authority="National Institute of Statistics",
            countries=("GH",),
            regional_body=None,
            topics=("data_management",),
            starts=date(2027, 3, 1),
            ends=date(2027, 3, 12),
            received_on=_TODAY,
            fiche_due=None,
        ),
        need=RequestView(id=_ID, title=_LONG, countries=("GH",)),
        counterpart=None,
        mode=None,
        urgency=None,
        channel=None,
        outcome_reason=None,
        action_id=None,
        officer=None,
        history=(),
        rankings=(),
    )
    lesson = ApplicableLesson(_lesson(LessonState.CONFIRMED), ("same_topic", "same_subregion"), 5.5)
    written = ProfileEntry("GH", "remittances", _LONG, "Central bank", _TODAY)
    profile = tuple(
        written if one.code == "remittances" else ProfileEntry("GH", one.code)
        for one in profiles.sections()
    )
    full = Surroundings(
        earlier=(_earlier(), _earlier(has_request=False)),
        projects=(_project("GrEEn", "2023-10"), _project("GIZ", None)),
        profile=profile,
        groups=(
            WorkingGroupView(
                _ID, _LONG, "GH", _LONG, (GroupMember("Statistical Service", "Chair"),)
            ),
        ),
        lessons=(lesson,),
        window=(date(2027, 3, 1), date(2027, 3, 12)),
    )
    empty = Surroundings((), (), (), (), (), (None, None))
    return {
        "request-context": (
            "requests/context.html",
            context_page(around, tongue, request, full, _TODAY, writes=True),
        ),
        "request-context-empty": (
            "requests/context.html",
            context_page(around, tongue, request, empty, _TODAY, writes=False),
        ),
    }


def _earlier(*, has_request: bool = True) -> EarlierWork:
    return EarlierWork(
        request_id=_ID if has_request else None,
        request_code="REQ-2011-001" if has_request else None,
        title=_LONG,
        status=RequestStatus.APPROVED if has_request else None,
        outcome="completed",
        outcome_reason=None,
        received_on=None,
        action=ActionRef(_ID, "ghana-iii", "Ghana III"),
        action_status=ActionStatus.COMPLETED,
        years=(2011, 2013),
        adopted=Adopted.PARTLY if has_request else None,
        adopted_text="In use in two regions." if has_request else "",
        why=("same_country", "same_topic"),
    )


def _project(code: str, ends: str | None) -> AgencyProject:
    return AgencyProject(
        code=code,
        title=_LONG,
        agency="SNV",
        countries=("GH",),
        starts="2019-11",
        ends=ends,
        overlaps=False if ends else None,
        summary="Work for young people and returning migrants.",
        source="Practitioners' Network report, 2020",
    )
