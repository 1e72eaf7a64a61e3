"""An invented Action's pages at their extremes: a long name, a full plan, nobody and nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from roster.dates import PartialDate
from roster.errors import FieldError
from roster.queries.plans import plan_difference
from roster.read import (
    ActionResultView,
    ActionStep,
    ActionView,
    ActivityView,
    Clash,
    Deliverable,
    DeploymentView,
    ExpertRow,
    FollowUpView,
    PlanBook,
    PlanVersion,
    RequestOf,
    Sendable,
    StepView,
)
from roster.vocabulary import (
    ActionStatus,
    ActivityStatus,
    ActivityType,
    Adopted,
    ChecklistStep,
    Constituent,
    DeploymentStatus,
    ExpertStatus,
    Modality,
    Origin,
    PlanStatus,
    ResultState,
)
from tests.fakes import A_MONDAY
from tests.web.examples_drafts import DRAFTED
from web.contexts.action_pages import ActionFormPage
from web.contexts.layout import Frame
from web.contexts.parts import Link
from web.forms import error_lines
from web.presenters.action_form import activity_groups
from web.presenters.action_head import head_of
from web.presenters.action_page import Around, detail_page, follow_ups_page
from web.presenters.action_people import Sending, people_page
from web.presenters.action_plan import Shown, plan_page
from web.tongues import Tongue

LONG = ("Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh " * 4)[:200]
TODAY = A_MONDAY.date()


def _activity(number: int, title: str, status: ActivityStatus, start: str | None) -> ActivityView:
    return ActivityView(
        id=UUID(int=number),
        number=number,
        type=ActivityType.FACT_FINDING,
        also=(ActivityType.CONSULTATION,),
        title=title,
        intervention=None,
        intervention_basis=None,
        lineage=UUID(int=number),
        status=status,
        starts=PartialDate.parse(start) if start else None,
        place="Praia",
        modality=Modality.HYBRID,
        days=12,
        participants=14,
        women=6,
        institutions=("Police", LONG),
        deliverables=(Deliverable("Manual", date(2026, 6, 1)), Deliverable("List", None, TODAY)),
    )


ACTIVITIES = (
    _activity(1, "Look at the airports", ActivityStatus.DONE, "2026-02"),
    _activity(2, LONG, ActivityStatus.PLANNED, "2026-09-07"),
    _activity(3, "Validation", ActivityStatus.CANCELLED, None),
)
ACTION = ActionView(
    id=UUID(int=9),
    code="borders",
    origin=Origin.SYNTHETIC,
    name=LONG,
    status=ActionStatus.ONGOING,
    on_hold=True,
    region="Africa",
    scope=None,
    countries=("CV",),
    regional_body=None,
    topics=("border_management",),
    topics_from_text=(),
    areas=(),
    authority="Directorate of Foreigners and Borders",
    objective="Sound procedures at all borders.",
    starts=PartialDate(2026, 2),
    ends=None,
    notes=(),
    plan_version=2,
    plan_reason="after the mission",
    activities=ACTIVITIES,
    results=(
        ActionResultView(
            Constituent.POLICY, LONG, True, UUID(int=5), ResultState.REACHED, "In force since May"
        ),
    ),
    expertise=(),
    officer_id=UUID(int=7),
    officer="Ilse Raudsepp",
    standing_reason="Elections in May",
)
BARE = replace(
    ACTION,
    name="A",
    activities=(),
    results=(),
    on_hold=False,
    standing_reason=None,
    officer=None,
)


def _version(number: int, status: PlanStatus, activities: tuple[ActivityView, ...]) -> PlanVersion:
    return PlanVersion(
        number, status, "after the mission", A_MONDAY, "Ilse Raudsepp", TODAY, None, activities
    )


BOOK = PlanBook(
    (
        _version(1, PlanStatus.REPLACED, ACTIVITIES[:1]),
        _version(2, PlanStatus.APPROVED, ACTIVITIES),
        _version(3, PlanStatus.DRAFT, ACTIVITIES[1:]),
    ),
    "Look at the airports",
)
ASKED = tuple(
    FollowUpView(
        id=UUID(int=20 + at),
        action_code="borders",
        action_name=LONG,
        countries=("CV",),
        occasion=occasion,
        due_on=date(2026, 1, 5),
        request=RequestOf(UUID(int=3), "REQ-2026-041", "Borders") if at == 1 else None,
        adopted=Adopted.PARTLY if at == 2 else None,
        adopted_on=PartialDate(2026, 1) if at == 2 else None,
        text="The manual is used at two airports.",
        source="Official gazette 12/2026",
        answered_on=TODAY if at == 2 else None,
        by=None,
    )
    for at, occasion in enumerate(("6_months", "second_request", "12_months"))
)


def _deployment(number: int, name: str | None, status: DeploymentStatus) -> DeploymentView:
    return DeploymentView(
        id=UUID(int=40 + number),
        expert_id=UUID(int=50 + number) if name else None,
        name=name,
        country="PT",
        lineage=UUID(int=1),
        activity="Look at the airports",
        is_dropped=True,
        role="lead",
        days=5,
        starts=date(2026, 2, 2),
        ends=date(2026, 2, 6),
        status=status,
        reason="",
        steps=tuple(
            StepView(step, TODAY if step is ChecklistStep.TRAVEL else None, "By train")
            for step in ChecklistStep
        ),
        clashes=(Clash(None, None, TODAY, TODAY),),
    )


SENT = (
    _deployment(1, LONG, DeploymentStatus.PLANNED),
    _deployment(2, None, DeploymentStatus.PLANNED),
    _deployment(3, "Ana Prates", DeploymentStatus.DONE),
)
ANA = ExpertRow(UUID(int=51), Origin.SYNTHETIC, LONG, ExpertStatus.ACTIVE, None, "PT", None, None)
STEPS = (
    ActionStep(
        datetime(2026, 3, 1, tzinfo=A_MONDAY.tzinfo),
        ActionStatus.ONGOING,
        ActionStatus.ONGOING,
        True,
        "Elections",
        "Ilse Raudsepp",
    ),
)


def action_pages(
    tongue: Tongue, frame: Callable[[str, str, Tongue], Frame]
) -> dict[str, tuple[str, object]]:
    """Return the pages of one Action, full and empty, for who writes and who reads."""
    here = frame("Borders", "actions", tongue)
    around = Around(TODAY, may_write=True, steps=STEPS, asked=ASKED, problem="Say why.")
    compared = Shown(
        BOOK, BOOK.draft, plan_difference(BOOK, 2, 3), TODAY, may_write=True, problem="Say why."
    )
    sending = Sending(
        TODAY,
        BOOK,
        may_write=True,
        people=(Sendable(ANA, in_team=True, is_sent=True),),
        typed={"role": ("lead",), "days": ("x",)},
        errors={"days": "Give a number."},
        clashes=(Clash(LONG, "borders", TODAY, TODAY),),
        problem="Give a number.",
    )
    nothing = PlanBook((), None)
    groups = activity_groups({"title": ("",)}, (FieldError("/title", "Fill this in."),), tongue)
    return {
        "action-written": (
            "actions/detail.html",
            detail_page(here, tongue, ACTION, around),
        ),
        "action-bare": ("actions/detail.html", detail_page(here, tongue, BARE, Around(TODAY))),
        "action-plan": ("actions/plan.html", plan_page(here, tongue, ACTION, compared)),
        "action-plan-empty": (
            "actions/plan.html",
            plan_page(here, tongue, BARE, Shown(nothing, None, None, TODAY)),
        ),
        "action-people": (
            "actions/people.html",
            people_page(here, tongue, ACTION, SENT, sending),
        ),
        "action-people-empty": (
            "actions/people.html",
            people_page(here, tongue, BARE, (), Sending(TODAY, nothing, may_write=True)),
        ),
        "action-form": (
            "actions/form.html",
            ActionFormPage(
                frame=here,
                head=head_of(ACTION, "plan", tongue),
                action="/actions/borders/plan/activities/new",
                groups=groups,
                draft=DRAFTED,
                errors=error_lines(field for _, fields in groups for field in fields),
                cancel=Link("Back to the plan", "/actions/borders/plan"),
                lead="A new activity",
                button="Save",
            ),
        ),
        "action-follow-ups": (
            "actions/follow_ups.html",
            follow_ups_page(here, tongue, ASKED, TODAY, may_write=True, problem="Say why."),
        ),
        "action-follow-ups-empty": (
            "actions/follow_ups.html",
            follow_ups_page(here, tongue, (), TODAY, may_write=False),
        ),
    }
