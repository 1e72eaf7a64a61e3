"""The action fiche: who changes it when, what guests see of it, how it is voted and decided on."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError
from sqlmodel import Session, select

from roster.errors import Conflict, InvalidInput, NotAllowed, NotFound
from roster.inputs.fiches import (
    ActivityInput,
    CommentInput,
    ConsultationInput,
    DecisionInput,
    FicheInput,
    GuestInput,
    ResultInput,
    VoteInput,
)
from roster.intake import decisions, fiches, invitations
from roster.policy import Actor
from roster.queries.fiches import (
    ballot_of,
    changes_between,
    comments_of,
    consultations_of,
    decisions_of,
    fiches_of,
)
from roster.queries.requests import list_requests, request_detail
from roster.read import Paging
from roster.tables import AssistanceRequest, Fiche, Guest, Message
from roster.telling import guests
from roster.vault import Vault, open_vault
from roster.vocabulary import (
    ActivityType,
    Constituent,
    FichePart,
    FicheStatus,
    GuestRole,
    MessageKind,
    RequestStatus,
    Role,
    VoteChoice,
)
from tests.factories import Factory
from tests.fakes import FrozenClock

S, F = RequestStatus, FicheStatus
WHOLE = FicheInput(
    title="Migration data",
    objective="Better data",
    results=(ResultInput(constituent=Constituent.KNOWLEDGE, title="A data base"),),
    activities=(ActivityInput(type=ActivityType.TRAINING, title="Training", days=4),),
)
DAY = date(2026, 3, 2)
YES = VoteInput(choice=VoteChoice.FOR)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return open_vault("", tmp_path)


@pytest.fixture
def request_(make: Factory, officer: Actor) -> AssistanceRequest:
    return make.request(status=S.SCREENED, officer_id=officer.account_id)


class Desk:
    """What the officer of a test does again and again."""

    def __init__(
        self, session: Session, actor: Actor, request: AssistanceRequest, clock: FrozenClock,
        vault: Vault,
    ) -> None:  # fmt: skip
        self.session, self.actor, self.request = session, actor, request
        self.clock, self.vault = clock, vault

    def draft(self, given: FicheInput | None = WHOLE) -> Fiche:
        return fiches.draft_fiche(
            self.session, self.actor, self.request.id, given, clock=self.clock
        )

    def submitted(self) -> Fiche:
        return fiches.submit_fiche(self.session, self.actor, self.draft().id, clock=self.clock)

    def guest(self, role: GuestRole, label: str = "A body") -> Guest:
        given = GuestInput(role=role, label=label, address="a@body.example")
        made, _ = invitations.invite_guest(
            self.session, self.actor, self.request.id, given, vault=self.vault, clock=self.clock
        )
        return made

    def decide(self, outcome: RequestStatus, **said: object) -> None:
        given = DecisionInput.model_validate({"outcome": outcome, "decided_on": DAY, **said})
        decisions.decide(self.session, self.actor, self.request.id, given, clock=self.clock)


@pytest.fixture
def desk(
    session: Session, officer: Actor, request_: AssistanceRequest, clock: FrozenClock, vault: Vault
) -> Desk:
    return Desk(session, officer, request_, clock, vault)


def told(session: Session) -> set[tuple[MessageKind, bool]]:
    found = session.exec(select(Message)).all()
    return {(one.kind, one.guest_id is not None) for one in found}


# Drafting.


def test_the_first_draft_says_what_the_fields_say_and_moves_the_request(
    session: Session, make: Factory, officer: Actor, clock: FrozenClock
) -> None:
    request = make.request(
        status=S.SCREENED,
        topics=["data_management"],
        activities=["training"],
        starts=date(2026, 5, 4),
    )
    fiches.draft_fiche(session, officer, request.id, None, clock=clock)
    (view,) = fiches_of(session, request)
    assert (view.version, view.status, view.title) == (1, F.DRAFT, request.title)
    assert [(one.type, one.starts) for one in view.activities] == [("training", "2026-05-04")]
    assert view.expertise[0].topics == ("data_management",)
    assert view.objective == ""
    assert request.status is S.FICHE_DRAFTED


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (S.RECEIVED, "Screen the request first"),
        (S.APPROVED, "takes no new fiche"),
        (S.WITHDRAWN, "takes no new fiche"),
    ],
    ids=str,
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_fiche_is_drafted_for_what_was_screened(
    desk: Desk, request_: AssistanceRequest, status: RequestStatus, words: str
) -> None:
    request_.status = status
    with pytest.raises(Conflict, match=words):
        desk.draft()


def test_what_was_shared_is_changed_in_a_new_version_and_the_difference_is_shown(
    session: Session, desk: Desk, request_: AssistanceRequest, clock: FrozenClock
) -> None:
    first = desk.draft()
    with pytest.raises(Conflict, match="still a draft"):
        desk.draft()
    fiches.share_fiche(session, desk.actor, first.id, clock=clock)
    with pytest.raises(Conflict, match="Begin a new version"):
        fiches.change_fiche(session, desk.actor, first.id, WHOLE, clock=clock)
    second = desk.draft(None)
    more = ActivityInput(type=ActivityType.STUDY_VISIT, title="Visit", starts="2026-05")
    other = WHOLE.model_copy(
        update={"activities": (*WHOLE.activities, more), "objective": "Best data"}
    )
    fiches.change_fiche(session, desk.actor, second.id, other, clock=clock)
    fiches.submit_fiche(session, desk.actor, second.id, clock=clock)
    new, old = fiches_of(session, request_)
    assert (old.status, new.status) == (F.REPLACED, F.SUBMITTED)
    changes = changes_between(old, new)
    assert [one.part for one in changes] == [FichePart.OBJECTIVE, FichePart.ACTIVITIES]
    assert (changes[0].removed, changes[0].added) == (("Better data",), ("Best data",))
    assert (changes[1].removed, [one.title for one in changes[1].added]) == ((), ["Visit"])  # type: ignore[union-attr]


def test_a_fiche_without_objective_results_or_activities_is_not_submitted(
    session: Session, desk: Desk, clock: FrozenClock
) -> None:
    made = desk.draft(FicheInput(title="Bare"))
    with pytest.raises(InvalidInput) as refused:
        fiches.submit_fiche(session, desk.actor, made.id, clock=clock)
    assert {one.pointer for one in refused.value.errors} == {
        "/objective",
        "/results",
        "/activities",
    }


@pytest.mark.parametrize("day", ["2027-13", "2027-02-30", "27"])
def test_a_day_that_no_calendar_has_is_refused(day: str) -> None:
    with pytest.raises(ValidationError):
        ActivityInput(type=ActivityType.TRAINING, title="x", starts=day)


def test_the_budget_is_what_activities_add_up_to_where_any_says_so() -> None:
    with pytest.raises(ValidationError, match="ends: the last day"):
        ActivityInput(type=ActivityType.TRAINING, title="x", starts="2027-05-03", ends="2027-04")
    ActivityInput(type=ActivityType.TRAINING, title="x", starts="2027-05-03", ends="2027-05")


def test_a_consultation_is_recorded_once_it_was_held(
    session: Session, desk: Desk, request_: AssistanceRequest, clock: FrozenClock
) -> None:
    given = ConsultationInput(held_on=DAY, with_whom="EU Delegation", channel="call")
    fiches.record_consultation(session, desk.actor, request_.id, given, clock=clock)
    (view,) = consultations_of(session, request_.id)
    assert (view.held_on, view.with_whom, view.by) == (DAY, "EU Delegation", desk.actor.name)
    ahead = given.model_copy(update={"held_on": DAY + timedelta(days=1)})
    with pytest.raises(InvalidInput, match="still to come"):
        fiches.record_consultation(session, desk.actor, request_.id, ahead, clock=clock)


# Guests.


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (GuestRole.REQUESTING_AUTHORITY, [None, 1, 1, 1]),
        (GuestRole.EU_DELEGATION, [None, 1, 1, 1]),
        (GuestRole.COMMITTEE_MEMBER, [None, None, 1, 1]),
    ],
    ids=str,
)
def test_a_guest_sees_the_version_for_her_role_only(
    session: Session, desk: Desk, clock: FrozenClock, role: GuestRole, seen: list[int | None]
) -> None:
    guest, made = desk.guest(role), desk.draft()

    def shown() -> int | None:
        fiche = invitations.page_of_guest(session, guest).fiche
        return fiche.version if fiche else None

    found = [shown()]
    fiches.share_fiche(session, desk.actor, made.id, clock=clock)
    found.append(shown())
    fiches.submit_fiche(session, desk.actor, made.id, clock=clock)
    found.append(shown())
    desk.draft()  # The next version is the officer's own until she shows it.
    found.append(shown())
    assert found == seen


def test_a_guest_comments_part_by_part_and_the_officer_is_told(
    session: Session, desk: Desk, request_: AssistanceRequest, clock: FrozenClock
) -> None:
    guest, other = (desk.guest(GuestRole.EU_DELEGATION, label) for label in ("Ours", "Theirs"))
    made = desk.draft()
    given = CommentInput(part=FichePart.RISKS, text="Elections")
    with pytest.raises(Conflict):
        invitations.comment_as_guest(session, guest, given, clock=clock)
    fiches.share_fiche(session, desk.actor, made.id, clock=clock)
    invitations.comment_as_guest(session, guest, given, clock=clock)
    (view,) = comments_of(session, request_.id)
    assert (view.who, view.part, view.role) == ("Ours", FichePart.RISKS, GuestRole.EU_DELEGATION)
    assert invitations.page_of_guest(session, other).comments == ()
    assert told(session) == {
        (MessageKind.FICHE_SHARED, True),
        (MessageKind.FICHE_COMMENTED, False),
    }
    with pytest.raises(NotAllowed):
        invitations.vote(session, guest, YES, clock=clock)


def test_the_same_words_of_a_guest_are_one_remark_and_other_words_another(
    session: Session, desk: Desk, request_: AssistanceRequest, clock: FrozenClock
) -> None:
    ours, theirs = (desk.guest(GuestRole.EU_DELEGATION, label) for label in ("Ours", "Theirs"))
    fiches.share_fiche(session, desk.actor, desk.draft().id, clock=clock)
    remark = CommentInput(part=FichePart.RISKS, text="Elections")
    for guest, given in (
        (ours, remark),
        (ours, remark),
        (ours, CommentInput(part=FichePart.RISKS, text="Elections in May")),
        (ours, CommentInput(part=None, text="Elections")),
        (theirs, remark),
    ):
        invitations.comment_as_guest(session, guest, given, clock=clock)
    found = comments_of(session, request_.id)
    assert len(found) == 4
    assert [one.who for one in found].count("Ours") == 3
    mails = session.exec(select(Message).where(Message.kind == MessageKind.FICHE_COMMENTED)).all()
    assert len(mails) == 4


def test_a_member_votes_once_and_may_change_it_until_the_decision(
    session: Session, desk: Desk, request_: AssistanceRequest, clock: FrozenClock
) -> None:
    member = desk.guest(GuestRole.COMMITTEE_MEMBER, "ECOWAS Commission")
    desk.submitted()
    invitations.vote(session, member, YES, clock=clock)
    no = VoteInput(choice=VoteChoice.AGAINST, reason="Overlaps")
    invitations.vote(session, member, no, clock=clock)
    (vote,) = ballot_of(session, request_).votes
    assert (vote.who, vote.choice, vote.reason) == (
        "ECOWAS Commission",
        VoteChoice.AGAINST,
        "Overlaps",
    )
    desk.decide(S.APPROVED)
    with pytest.raises(Conflict, match="decided"):
        invitations.vote(session, member, YES, clock=clock)
    with pytest.raises(ValidationError, match="reason"):
        VoteInput(choice=VoteChoice.ABSTAIN)


def test_a_link_is_shown_again_until_it_is_revoked(
    session: Session, desk: Desk, vault: Vault, clock: FrozenClock
) -> None:
    guest = desk.guest(GuestRole.REQUESTING_AUTHORITY)
    token = invitations.link_of(session, desk.actor, guest.id, vault=vault, clock=clock)
    assert guests.guest_of(session, token, at=clock.now()).id == guest.id
    with pytest.raises(Conflict, match="nothing to read"):
        invitations.mail_link(session, desk.actor, guest.id, clock=clock)
    invitations.revoke_guest(session, desk.actor, guest.id, clock=clock)
    with pytest.raises(NotFound):
        guests.guest_of(session, token, at=clock.now())
    with pytest.raises(Conflict, match="does not work any more"):
        invitations.link_of(session, desk.actor, guest.id, vault=vault, clock=clock)


# Decisions.


def test_an_approval_needs_a_submitted_fiche_and_the_votes_of_the_rules(
    session: Session, make: Factory, desk: Desk, request_: AssistanceRequest, clock: FrozenClock
) -> None:
    make.home.rules = {"least_votes": 2, "steering": "technical committee"}
    with pytest.raises(Conflict, match="technical committee"):
        desk.decide(S.APPROVED)
    desk.submitted()
    invitations.vote(session, desk.guest(GuestRole.COMMITTEE_MEMBER), YES, clock=clock)
    with pytest.raises(Conflict, match="1 of 2 votes"):
        desk.decide(S.APPROVED)
    assert ballot_of(session, request_).missing == 1
    desk.decide(S.APPROVED, without_votes="Written procedure", minutes="Item 4")
    (view,) = decisions_of(session, request_.id)
    assert (view.outcome, view.version, view.minutes) == (S.APPROVED, 1, "Item 4")
    assert "Written procedure" in view.reason
    assert [one.status for one in fiches_of(session, request_)] == [F.APPROVED]
    assert request_.status is S.APPROVED


def test_a_rejection_says_why_and_leaves_the_fiche_as_it_was(
    session: Session, desk: Desk, request_: AssistanceRequest
) -> None:
    desk.submitted()
    with pytest.raises(Conflict, match="Say why"):
        desk.decide(S.REJECTED)
    desk.decide(S.REJECTED, reason="Outside the areas")
    assert request_.outcome_reason == "Outside the areas"
    assert [one.status for one in fiches_of(session, request_)] == [F.SUBMITTED]


@pytest.mark.parametrize("day", [date(2026, 3, 3), date(2026, 1, 1)], ids=["ahead", "too-early"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_decision_lies_between_receipt_and_today(
    desk: Desk, request_: AssistanceRequest, day: date
) -> None:
    request_.received_on = date(2026, 2, 1)
    with pytest.raises(InvalidInput) as refused:
        desk.decide(S.REJECTED, reason="x", decided_on=day)
    assert refused.value.errors[0].pointer == "/decided_on"


def test_what_is_forwarded_to_another_facility_is_received_there_anew(
    session: Session, make: Factory, desk: Desk, request_: AssistanceRequest
) -> None:
    ddf = make.facility("ddf")
    theirs = make.actor(Role.COORDINATOR, facility=ddf)
    account = theirs.account_id
    make.grant(session.get_one(type(make.account()), account), Role.COORDINATOR, facility=ddf)
    desk.decide(S.FORWARDED, reason="Theirs", to_facility=ddf.id)
    assert (request_.status, request_.forwarded_to) == (S.FORWARDED, "Ddf")
    (row,) = list_requests(session, theirs, Paging()).items
    copy = request_detail(session, theirs, row.id)
    assert (row.status, row.received_on, copy.officer) == (S.RECEIVED, DAY, None)
    assert copy.family.came_from is not None
    assert (copy.family.came_from.id, copy.family.came_from.code) == (None, request_.code)
    assert copy.family.came_from.facility == "Home"
    here = request_detail(session, desk.actor, request_.id).family.parts
    assert [(one.id, one.facility) for one in here] == [(None, "Ddf")]
    sent = session.exec(select(Message).where(Message.account_id == account)).one()
    assert (sent.kind, sent.facility_id, sent.record_id) == (
        MessageKind.DECISION,
        ddf.id,
        row.id,
    )


def test_what_is_forwarded_names_one_target(
    make: Factory, desk: Desk, request_: AssistanceRequest
) -> None:
    for said in ({}, {"to_facility": make.facility().id, "to_body": "IOM"}):
        with pytest.raises(ValidationError, match="one facility, or one body"):
            desk.decide(S.FORWARDED, reason="x", **said)
    with pytest.raises(InvalidInput, match="no such other facility"):
        desk.decide(S.FORWARDED, reason="x", to_facility=make.home.id)
    desk.decide(S.FORWARDED, reason="x", to_body="The regional office")
    assert request_.forwarded_to == "The regional office"


@pytest.mark.parametrize("role", [Role.FOCAL_POINT, Role.AUDITOR, Role.ADMINISTRATOR], ids=str)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_who_may_not_write_requests_does_nothing_with_fiches(
    session: Session, make: Factory, desk: Desk, role: Role
) -> None:
    made = desk.draft()
    for actor, refusal in (
        (make.actor(role, "PT"), NotAllowed),
        (make.actor(facility=make.facility()), NotFound),
    ):
        other = Desk(session, actor, desk.request, desk.clock, desk.vault)
        for act in (
            lambda other=other: other.draft(),
            lambda actor=actor: fiches.change_fiche(
                session, actor, made.id, WHOLE, clock=desk.clock
            ),
            lambda actor=actor: fiches.share_fiche(session, actor, made.id, clock=desk.clock),
            lambda actor=actor: fiches.submit_fiche(session, actor, made.id, clock=desk.clock),
            lambda other=other: other.guest(GuestRole.EU_DELEGATION),
            lambda other=other: other.decide(S.REJECTED, reason="x"),
        ):
            with pytest.raises(refusal):
                act()
