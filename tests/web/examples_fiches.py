"""Invented contexts from screening to decision: crowded with long words, and empty."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from roster.errors import FieldError
from roster.read import RequestDetail, RequestRow, RequestView
from roster.read.fiches import (
    Ballot,
    CommentView,
    ConsultationView,
    DecisionView,
    Family,
    FicheActivity,
    FicheExpertise,
    FicheResult,
    FicheView,
    GuestPage,
    GuestView,
    Kin,
    VoteView,
)
from roster.read.screening import (
    CheckView,
    EarlierAction,
    Finding,
    GuidelinesView,
    Intake,
    OtherProject,
    RoundView,
    ScreeningView,
)
from roster.vocabulary import (
    ActivityType,
    Constituent,
    ExpertKind,
    FichePart,
    FicheStatus,
    GuestRole,
    Modality,
    Origin,
    RequestStatus,
    ScreeningAnswer,
    VoteChoice,
)
from tests.web.examples_drafts import DRAFTED
from web.contexts.fiches import FicheFormPage
from web.contexts.layout import Frame
from web.contexts.parts import Link
from web.forms import errors_by_field
from web.presenters.decisions import decision_page
from web.presenters.fiche_form import ends, error_lines_of, groups, texts, typed_from
from web.presenters.fiche_page import Around, Refused, fiche_page
from web.presenters.guests import guest_page
from web.presenters.request_head import head_of
from web.presenters.screening import page_of, rounds_page
from web.tongues import Tongue

NOW = datetime(2026, 11, 24, 10, 41, tzinfo=UTC)
TODAY = NOW.date()
LONG = "Direktion für Zusammenarbeitsangelegenheiten <script>alert(1)</script> " * 3
ARABIC = "دعم نظام بيانات الهجرة"


def one(number: int) -> UUID:
    return UUID(int=number)


YES, NO, UNKNOWN = (Finding(answer) for answer in ScreeningAnswer)
ROUND = RoundView(
    one(8), "First round of 2026", date(2026, 11, 1), date(2026, 12, 15), one(9), 2, 3
)
DETAIL = RequestDetail(
    row=RequestRow(
        id=one(1), code="REQ-2026-041", title=LONG, status=RequestStatus.SUBMITTED,
        origin=Origin.SYNTHETIC, authority="Office of Statistics", countries=("CI", "ML", "SN"),
        regional_body=None, topics=("data_management",), starts=None, ends=None,
        received_on=date(2026, 11, 5), fiche_due=date(2026, 11, 26),
    ),
    need=RequestView(id=one(1), title=LONG, countries=("CI", "ML", "SN")),
    counterpart=None, mode=None, urgency=None, priority=None, deadline=None, channel=None,
    intake=Intake(NO, YES, ROUND, outside_rounds=False),
    family=Family(
        Kin("REQ-2026-007", None, "", "Another facility"), (Kin("REQ-2026-050", one(2), LONG, ""),),
        None, (),
    ),
    forwarded_to=None, outcome_reason=None, action_id=None, officer=None, history=(), rankings=(),
)  # fmt: skip
PLAIN = replace(
    DETAIL,
    row=replace(DETAIL.row, status=RequestStatus.RECEIVED, title="Short"),
    family=Family(None, (), None, ()),
)
FICHE = FicheView(
    id=one(3), request_id=one(1), version=2, status=FicheStatus.SUBMITTED, title=LONG,
    background=ARABIC, objective=LONG,
    results=(FicheResult(Constituent.KNOWLEDGE, LONG), FicheResult(Constituent.POLICY, "A law")),
    activities=(
        FicheActivity(ActivityType.TRAINING, LONG, "2027-03", "2027-04", "Abidjan",
                      Modality.HYBRID, 12),
        FicheActivity(ActivityType.FACT_FINDING, "Mission"),
    ),
    expertise=(FicheExpertise("Trainer", ("data_management",), ExpertKind.ACADEMIA, 5),),
    schedule="", risks=LONG, expert_days=10, created_at=NOW, by="Ilse Raudsepp",
)  # fmt: skip
OLD = replace(
    FICHE, id=one(4), version=1, status=FicheStatus.REPLACED, objective="Less", activities=()
)
COMMENTS = (
    CommentView(one(5), 1, FichePart.RISKS, LONG, LONG, GuestRole.EU_DELEGATION, one(6), NOW),
    CommentView(one(7), 2, None, ARABIC, "Ilse Raudsepp", None, None, NOW),
)
GUESTS = tuple(
    GuestView(
        one(10 + at), role, LONG if at == 1 else f"Body {at}",
        "office@body.example" if at else None, "fr", NOW, NOW + timedelta(days=90),
        NOW if at == 2 else None, NOW if at == 1 else None,
    )
    for at, role in enumerate(
        (GuestRole.REQUESTING_AUTHORITY, GuestRole.EU_DELEGATION, GuestRole.COMMITTEE_MEMBER)
    )
)  # fmt: skip
VOTE = VoteView(one(12), "ECOWAS Commission", 2, VoteChoice.AGAINST, LONG, NOW)
BALLOT = Ballot(one(3), 2, 3, (VOTE, replace(VOTE, choice=VoteChoice.FOR, reason="")), 3)
SCREENING = ScreeningView(
    checks=(
        CheckView("eligible_country", None, "", None, Finding(ScreeningAnswer.NO, ("CI", "ML"))),
        CheckView("eligible_area", ScreeningAnswer.YES, "", "Ilse Raudsepp", YES),
        CheckView("coherence", ScreeningAnswer.UNKNOWN, LONG, "Ilse Raudsepp", None),
        CheckView("point_of_its_own", None, "", None, None),
    ),
    actions=(EarlierAction("cote-d-ivoire-i", LONG, "2013-01", None),),
    projects=(OtherProject("P1", LONG, "2026-01 + 24 months", overlaps=True),),
)
TALK = ConsultationView(one(20), date(2026, 11, 20), LONG, "call", ARABIC, "Ilse Raudsepp")
DECISION = DecisionView(
    one(21), RequestStatus.FORWARDED, TODAY, 2, LONG, LONG, "Another facility", "Ilse Raudsepp"
)
GUEST = GuestPage(
    guest_id=one(12), role=GuestRole.COMMITTEE_MEMBER, label=LONG, facility="MIEUX+",
    code="REQ-2026-041", authority="Office", countries=("CI",), regional_body=None, fiche=FICHE,
    open=True, may_vote=True, comments=COMMENTS[:1], vote=VOTE,
)  # fmt: skip


def fiche_pages(
    tongue: Tongue, frame: Callable[..., Frame], nobody: Frame
) -> dict[str, tuple[str, object]]:
    """Return every page from screening to decision.

    Parameters
    ----------
    frame, nobody : around pages of an officer, and of somebody who is not signed in
    """
    officer = frame("Fiche", "requests", tongue)
    around = Around(COMMENTS, (TALK,), GUESTS, {one(10): "https://roster.example/guest/abc"}, NOW)
    nothing = Around((), (), (), {}, NOW)
    wrong = Refused("guest", {"label": ("",)}, (FieldError("/label", "Fill this in."),), LONG)
    shared = replace(FICHE, status=FicheStatus.SHARED)
    crowded = fiche_page(officer, DETAIL, (shared, OLD), None, around, tongue, may_write=True,
                         refused=wrong)  # fmt: skip
    empty = fiche_page(officer, PLAIN, (), None, nothing, tongue, may_write=True, refused=Refused())
    drafting = replace(DETAIL, row=replace(DETAIL.row, status=RequestStatus.FICHE_DRAFTED))
    beside = ((one(30), "Another facility"),), (PLAIN.row,)
    closed = replace(GUEST, open=False, may_vote=False)
    return {
        "screening": (
            "requests/screening.html",
            page_of(officer, DETAIL, SCREENING, TODAY, tongue, may_write=True, refused=Refused(
                "", {"answer_coherence": ("unknown",)},
                (FieldError("/note_coherence", "Say why."),), LONG)),
        ),
        "screening-empty": (
            "requests/screening.html",
            page_of(officer, PLAIN, ScreeningView((), (), ()), TODAY, tongue, may_write=False,
                    refused=Refused()),
        ),
        "fiche": ("requests/fiche.html", crowded),
        "fiche-empty": ("requests/fiche.html", empty),
        "fiche-edit": ("requests/fiche_edit.html", _form(tongue, officer)),
        "decision": (
            "requests/decision.html",
            decision_page(officer, drafting, BALLOT, (DECISION,), beside, TODAY, tongue,
                          Refused("decision", problem=LONG)),
        ),
        "decision-empty": (
            "requests/decision.html",
            decision_page(officer, PLAIN, Ballot(None, None, 0, (), 0), (), None, TODAY, tongue,
                          Refused()),
        ),
        "rounds": (
            "requests/rounds.html",
            rounds_page(officer, (ROUND,),
                        (GuidelinesView(one(9), 2, "Guidelines", LONG, TODAY),), TODAY, tongue,
                        may_write=True, refused=Refused()),
        ),
        "rounds-empty": (
            "requests/rounds.html",
            rounds_page(officer, (), (), TODAY, tongue, may_write=False, refused=Refused()),
        ),
        "guest": (
            "guests/fiche.html",
            guest_page(nobody, GUEST, "/guest/abc", tongue, Refused(), "Your vote was counted."),
        ),
        "guest-closed": (
            "guests/fiche.html", guest_page(nobody, closed, "/guest/abc", tongue, Refused())
        ),
        "guest-empty": (
            "guests/fiche.html",
            guest_page(nobody, replace(GUEST, fiche=None), "/guest/abc", tongue, Refused()),
        ),
    }  # fmt: skip


def _form(tongue: Tongue, frame: Frame) -> FicheFormPage:
    typed = typed_from(FICHE)
    errors = errors_by_field((FieldError("/activities_starts_2", "Give a day that exists."),))
    rows = groups(typed, errors, tongue, more="results")
    before, after = texts(typed, {}, tongue), ends(typed, {}, tongue)
    return FicheFormPage(
        frame=frame,
        head=head_of(DETAIL, "fiche", TODAY, tongue),
        title="Version 2",
        action="/fiches/1",
        before=before,
        groups=rows,
        after=after,
        budget="10 expert days; the activities take 12: 2 too many",
        back=Link("Back to the fiche", "/requests/1/fiche"),
        draft=DRAFTED,
        errors=error_lines_of(before, rows, after),
    )
