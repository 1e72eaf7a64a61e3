"""Calls, nominations and releases: who may take each step, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from roster import shortlists
from roster.calling import calls, nominations, release_dates, release_questions, releases
from roster.errors import Conflict, InvalidInput, NotAllowed, NotFound
from roster.inputs import (
    AskRelease,
    GeneralRelease,
    GrantInput,
    NewCall,
    NobodyInput,
    NominationInput,
    RefusalInput,
    StageInput,
)
from roster.policy import Actor
from roster.queries.calls import call_of, calls_of
from roster.queries.declined import need_now
from roster.queries.releases import open_seats, own_releases, releases_for_request
from roster.tables import (
    Account,
    AssistanceRequest,
    Call,
    CallRecipient,
    Expert,
    Message,
    Nomination,
    Release,
    Seat,
    ShortlistEntry,
    Team,
)
from roster.vocabulary import (
    CallAnswer,
    MessageKind,
    RefusalReason,
    ReleaseOutcome,
    RequestStatus,
    Role,
    SeatRole,
    Stage,
    TeamMode,
)
from tests.factories import MONDAY, Factory
from tests.fakes import FrozenClock

VALID = GrantInput(valid_from=MONDAY, valid_to=MONDAY + timedelta(days=60), days=10)
NO_STAFF = RefusalInput(reason=RefusalReason.STAFF, note="two posts vacant")
NOBODY = NobodyInput(reason=RefusalReason.INTEREST)


@dataclass
class Case:
    """A request with an officer, two focal points and a person of the first."""

    session: Session
    make: Factory
    clock: FrozenClock
    officer: Actor
    lisbon: Actor
    paris: Actor
    request: AssistanceRequest
    ana: Expert

    def call(self, *countries: str) -> Call:
        given = NewCall(countries=countries or ("PT",))
        return calls.open_call(self.session, self.officer, self.request.id, given, clock=self.clock)

    def nominate(self, call: Call) -> Nomination:
        given = NominationInput(expert_id=self.ana.id, note="did the same in Senegal")
        return nominations.nominate(self.session, self.lisbon, call.id, given, clock=self.clock)

    def ask(self, expert: Expert | None = None, seat: Seat | None = None) -> Release:
        given = AskRelease(expert_id=(expert or self.ana).id, seat_id=seat.id if seat else None)
        return release_questions.ask_release(
            self.session, self.officer, self.request.id, given, clock=self.clock
        )

    def grant(self, release: Release) -> Release:
        return releases.grant(self.session, self.lisbon, release.id, VALID, clock=self.clock)

    def refuse(self, release: Release) -> Release:
        return releases.refuse(self.session, self.lisbon, release.id, NO_STAFF, clock=self.clock)

    def stage(self, expert: Expert | None = None) -> Stage | None:
        entry = self.session.exec(
            select(ShortlistEntry).where(ShortlistEntry.expert_id == (expert or self.ana).id)
        ).first()
        return entry.stage if entry else None

    def told(self, actor: Actor) -> list[MessageKind]:
        rows = self.session.exec(
            select(Message)
            .where(Message.account_id == actor.account_id)
            .order_by(col(Message.created_at))
        )
        return [one.kind for one in rows]

    def seated(self, *alternates: Expert) -> Seat:
        """Keep a team in which the person sits, with others who could take her seat."""
        team = Team(
            facility_id=self.request.facility_id,
            request_id=self.request.id,
            mode=TeamMode.PEER_TO_PEER,
        )
        self.make.keep(team)
        seat = Seat(
            facility_id=team.facility_id,
            team_id=team.id,
            position=1,
            role=SeatRole.LEAD,
            need={"role": "lead"},
            expert_id=self.ana.id,
            alternates=[str(one.id) for one in alternates],
        )
        self.make.keep(seat)
        return seat


def _focal_point(make: Factory, country: str) -> Actor:
    """Make a focal point whose role is written down, so that she is told."""
    actor = make.actor(Role.FOCAL_POINT, country)
    make.grant(make.session.get_one(Account, actor.account_id), Role.FOCAL_POINT, country=country)
    return actor


@pytest.fixture
def case(session: Session, clock: FrozenClock) -> Case:
    make = Factory(session)
    officer = make.actor(Role.PROJECT_OFFICER)
    ana = make.expert("Ana Prates", country="PT")
    make.view(ana)
    return Case(
        session=session,
        make=make,
        clock=clock,
        officer=officer,
        lisbon=_focal_point(make, "PT"),
        paris=_focal_point(make, "FR"),
        request=make.request(officer_id=officer.account_id, topics=["data_management"]),
        ana=ana,
    )


# --- Who may take which step ----------------------------------------------------------------------

Step = Callable[[Case], Callable[[Actor], object]]


def _opens(case: Case) -> Callable[[Actor], object]:
    given = NewCall(countries=("PT",))
    return lambda actor: calls.open_call(
        case.session, actor, case.request.id, given, clock=case.clock
    )


def _closes(case: Case) -> Callable[[Actor], object]:
    call = case.call()
    return lambda actor: calls.close_call(case.session, actor, call.id, clock=case.clock)


def _nominates(case: Case) -> Callable[[Actor], object]:
    call, given = case.call(), NominationInput(expert_id=case.ana.id)
    return lambda actor: nominations.nominate(case.session, actor, call.id, given, clock=case.clock)


def _withdraws_nomination(case: Case) -> Callable[[Actor], object]:
    made = case.nominate(case.call())
    return lambda actor: nominations.withdraw_nomination(
        case.session, actor, made.id, clock=case.clock
    )


def _says_nobody(case: Case) -> Callable[[Actor], object]:
    call = case.call()
    return lambda actor: nominations.answer_nobody(
        case.session, actor, call.id, NOBODY, clock=case.clock
    )


def _asks(case: Case) -> Callable[[Actor], object]:
    given = AskRelease(expert_id=case.ana.id)
    return lambda actor: release_questions.ask_release(
        case.session, actor, case.request.id, given, clock=case.clock
    )


def _takes_back(case: Case) -> Callable[[Actor], object]:
    made = case.ask()
    return lambda actor: release_questions.take_back(case.session, actor, made.id, clock=case.clock)


def _seats(case: Case) -> Callable[[Actor], object]:
    seat = case.seated()
    seat.expert_id = None
    case.make.keep(seat)
    return lambda actor: release_questions.seat_alternate(
        case.session, actor, case.request.id, seat.id, case.ana.id, clock=case.clock
    )


def _grants(case: Case) -> Callable[[Actor], object]:
    made = case.ask()
    return lambda actor: releases.grant(case.session, actor, made.id, VALID, clock=case.clock)


def _refuses(case: Case) -> Callable[[Actor], object]:
    made = case.ask()
    return lambda actor: releases.refuse(case.session, actor, made.id, NO_STAFF, clock=case.clock)


def _withdraws(case: Case) -> Callable[[Actor], object]:
    made = case.grant(case.ask())
    return lambda actor: releases.withdraw(case.session, actor, made.id, NO_STAFF, clock=case.clock)


def _gives(case: Case) -> Callable[[Actor], object]:
    given = GeneralRelease(expert_id=case.ana.id, **VALID.model_dump())
    return lambda actor: releases.give_release(case.session, actor, given, clock=case.clock)


OFFICERS_STEPS = (_opens, _closes, _asks, _takes_back, _seats)
FOCAL_POINTS_STEPS = (
    _nominates, _withdraws_nomination, _says_nobody, _grants, _refuses, _withdraws, _gives,
)  # fmt: skip


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("step", [*OFFICERS_STEPS, *FOCAL_POINTS_STEPS])
def test_each_step_has_one_role_that_may_take_it(case: Case, step: Step) -> None:
    take = step(case)
    own = case.officer if step in OFFICERS_STEPS else case.lisbon
    elsewhere = case.make.facility("elsewhere")
    others = [
        case.lisbon if own is case.officer else case.officer,
        case.paris,
        case.make.actor(Role.PROJECT_OFFICER, facility=elsewhere),
        case.make.actor(Role.FOCAL_POINT, "PT", facility=elsewhere),
        case.make.actor(Role.EXPERT, expert_id=case.ana.id),
        *(case.make.actor(role) for role in (Role.AUDITOR, Role.ADMINISTRATOR)),
        case.make.actor(Role.LIAISON_OFFICER, "SN"),
    ]
    for actor in others:
        with pytest.raises((NotAllowed, NotFound)):
            take(actor)
    take(own)


# --- A call and its answers -----------------------------------------------------------------------


def test_a_focal_point_sees_her_own_part_of_a_call_and_nobody_elses(case: Case) -> None:
    call = case.call("PT", "FR")
    case.nominate(call)
    (seen,) = calls_of(case.session, case.paris, MONDAY)
    assert [one.country for one in seen.recipients] == ["FR"]
    assert (seen.nominations, seen.title, seen.by) == ((), "", None)
    assert seen.asked.topics == ("data_management",)
    whole = call_of(case.session, case.officer, call.id, MONDAY)
    assert {one.country: one.answer for one in whole.recipients} == {
        "FR": None,
        "PT": CallAnswer.NOMINATED,
    }
    assert case.told(case.paris) == case.told(case.lisbon) == [MessageKind.CALL_OPENED]
    assert case.told(case.officer) == [MessageKind.CALL_ANSWERED]
    assert case.stage() is Stage.LONGLISTED


def test_a_late_answer_is_marked_and_not_lost(case: Case) -> None:
    call = case.call()
    case.clock.advance(days=8)
    case.nominate(call)
    seen = call_of(case.session, case.officer, call.id, case.clock.now().date())
    assert seen.recipients[0].is_late
    assert seen.nominations[0].is_late


@pytest.mark.parametrize(
    ("countries", "deadline", "field"),
    [
        pytest.param(("DE",), None, "/countries", id="nobody-there"),
        pytest.param(("PT",), MONDAY - timedelta(days=1), "/deadline", id="over"),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_call_that_nobody_could_answer_is_refused(
    case: Case, countries: tuple[str, ...], deadline: object, field: str
) -> None:
    given = NewCall.model_validate({"countries": countries, "deadline": deadline})
    with pytest.raises(InvalidInput) as refused:
        calls.open_call(case.session, case.officer, case.request.id, given, clock=case.clock)
    assert refused.value.errors[0].pointer == field


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nobody_is_called_twice_at_once_nor_for_a_request_that_is_over(case: Case) -> None:
    case.call()
    with pytest.raises(InvalidInput, match="Not every country"):
        case.call()
    case.request.status = RequestStatus.REJECTED
    with pytest.raises(Conflict, match="rejected"):
        case.call("FR")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nobody_and_somebody_exclude_each_other(case: Case) -> None:
    call = case.call()
    nominations.answer_nobody(case.session, case.lisbon, call.id, NOBODY, clock=case.clock)
    made = case.nominate(call)
    assert case.nominate(call).id == made.id
    with pytest.raises(Conflict, match="Withdraw"):
        nominations.answer_nobody(case.session, case.lisbon, call.id, NOBODY, clock=case.clock)
    nominations.withdraw_nomination(case.session, case.lisbon, made.id, clock=case.clock)
    (recipient,) = case.session.exec(select(CallRecipient)).all()
    assert recipient.answer is None
    assert case.stage() is Stage.NOT_AVAILABLE


def test_a_nomination_that_is_withdrawn_ends_the_release_that_rests_on_it(case: Case) -> None:
    made = case.nominate(case.call())
    release = case.grant(case.ask())
    assert release.nomination_id == made.id
    nominations.withdraw_nomination(case.session, case.lisbon, made.id, clock=case.clock)
    assert release.outcome is ReleaseOutcome.WITHDRAWN


# --- Releases -------------------------------------------------------------------------------------


def test_a_release_that_is_granted_moves_the_person_on_and_the_ranking_sees_it(case: Case) -> None:
    release = case.ask()
    assert case.told(case.lisbon) == [MessageKind.RELEASE_ASKED]
    assert case.told(case.paris) == []
    assert case.ask().id == release.id
    case.grant(release)
    assert case.stage() is Stage.AGREED
    assert case.told(case.officer) == [MessageKind.RELEASE_GRANTED]
    (view,) = case.make.view(case.ana).releases
    assert (view.outcome, view.request_id) == ("granted", case.request.id)
    with pytest.raises(Conflict, match="already"):
        case.refuse(release)


def test_a_refusal_opens_the_seat_and_the_next_alternate_is_asked_with_one_step(
    case: Case,
) -> None:
    rui, gone = case.make.expert("Rui Couto"), case.make.expert("Eva Gone", country="PT")
    case.make.view(rui)
    seat = case.seated(gone, rui)
    leaving = case.ask(gone)
    case.refuse(leaving)
    case.refuse(case.ask(seat=seat))
    assert seat.expert_id is None
    assert case.stage() is Stage.NOT_RELEASED
    assert case.told(case.officer)[-2:] == [MessageKind.SEAT_OPEN, MessageKind.RELEASE_REFUSED]
    (vacancy,) = open_seats(case.session, case.officer, case.request.id)
    assert [one.display_name for one in vacancy.alternates] == ["Rui Couto"]
    asked = release_questions.seat_alternate(
        case.session, case.officer, case.request.id, seat.id, rui.id, clock=case.clock
    )
    assert [seat.expert_id, asked.outcome] == [rui.id, ReleaseOutcome.PENDING]
    assert open_seats(case.session, case.officer, case.request.id) == ()
    declined = {one.expert_id: one.stage for one in need_now(case.session, case.request).declined}
    assert declined == {case.ana.id: Stage.NOT_RELEASED, gone.id: Stage.NOT_RELEASED}


def test_who_declines_leaves_the_seat_and_no_release_is_asked_for_any_more(case: Case) -> None:
    seat, release = case.seated(), case.ask()
    entry = case.session.exec(select(ShortlistEntry)).one()
    given = StageInput(stage=Stage.DECLINED, reason="no_time")
    shortlists.move_entry(case.session, case.officer, entry.id, given, clock=case.clock)
    assert seat.expert_id is None
    assert release.outcome is ReleaseOutcome.WITHDRAWN


def test_silence_runs_out_and_is_no_consent(case: Case) -> None:
    seat = case.seated()
    release = case.ask(seat=seat)
    case.clock.advance(days=9)
    assert release_dates.watch(case.session, clock=case.clock) == release_dates.Watched(1, 0)
    assert release_dates.watch(case.session, clock=case.clock).reminded == 0
    case.clock.advance(days=2)
    today = case.clock.now().date()
    (shown,) = releases_for_request(case.session, case.officer, case.request.id, today)
    assert shown.outcome is ReleaseOutcome.EXPIRED
    assert release.outcome is ReleaseOutcome.PENDING
    assert release_dates.watch(case.session, clock=case.clock).expired == 1
    assert release_dates.watch(case.session, clock=case.clock).expired == 0
    assert [release.outcome, seat.expert_id] == [ReleaseOutcome.EXPIRED, None]
    assert case.told(case.lisbon) == [MessageKind.RELEASE_ASKED, MessageKind.RELEASE_REMINDER]
    assert MessageKind.RELEASE_EXPIRED in case.told(case.officer)
    assert case.grant(release).outcome is ReleaseOutcome.GRANTED
    (late,) = own_releases(case.session, case.lisbon, today)
    assert late.is_late


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_release_whose_time_is_over_matters_only_until_the_mission(case: Case) -> None:
    case.request.starts = case.request.ends = MONDAY + timedelta(days=30)
    case.grant(case.ask())
    case.clock.advance(days=61)
    assert release_dates.watch(case.session, clock=case.clock).expired == 1
    assert case.stage() is Stage.AGREED


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nobody_who_was_not_told_or_has_left_is_asked_for(case: Case) -> None:
    unaware = case.make.expert("Nuno Novo", informed=False)
    with pytest.raises(Conflict, match="Not told yet"):
        case.ask(unaware)
    case.refuse(case.ask())
    with pytest.raises(Conflict, match="left the list"):
        case.ask()


@pytest.mark.parametrize(
    "given",
    [
        {"valid_from": "2026-03-09", "valid_to": "2026-03-02"},
        {"valid_from": "2026-03-02", "valid_to": "2026-03-03", "days": 5},
    ],
    ids=["backwards", "more-days-than-there-are"],
)
def test_a_validity_that_cannot_be_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"valid_to|days"):
        GrantInput.model_validate(given)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_countries_are_reminded_once_shortly_before_the_deadline(case: Case) -> None:
    case.call("PT", "FR")
    assert calls.remind(case.session, clock=case.clock) == 0
    case.clock.advance(days=5)
    assert [calls.remind(case.session, clock=case.clock) for _ in range(2)] == [2, 0]
    assert case.told(case.paris) == [MessageKind.CALL_OPENED, MessageKind.CALL_REMINDER]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_reason_that_came_from_elsewhere_is_another_reason(case: Case) -> None:
    case.make.release(case.ana, ReleaseOutcome.REFUSED, reason="hiring freeze")
    (shown,) = own_releases(case.session, case.lisbon, MONDAY)
    assert shown.reason is RefusalReason.OTHER
