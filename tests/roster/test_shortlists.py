"""Shortlists: who gets on, who leaves and why, and what officers see of them."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlmodel import Session

from roster import requests, shortlists
from roster.errors import Conflict, InvalidInput, NotAllowed, NotFound
from roster.inputs import ShortlistInput, StageInput
from roster.policy import Actor
from roster.queries.experts import get_record
from roster.queries.requests import request_detail
from roster.queries.shortlists import last_change, other_lists, shortlist_of
from roster.read import Contact
from roster.tables import AssistanceRequest, Expert, ShortlistEntry
from roster.vocabulary import (
    LEFT_STAGES,
    ExpertStatus,
    FactKind,
    ReleaseOutcome,
    RequestStatus,
    Role,
    Stage,
)
from tests.factories import Factory
from tests.fakes import FakeRanker, FrozenClock


@pytest.fixture
def request_(make: Factory) -> AssistanceRequest:
    return make.request()


@pytest.fixture
def ana(make: Factory) -> Expert:
    person = make.expert("Ana Prates")
    make.fact(person, Contact("ana@x.example"))
    make.view(person)
    return person


def test_a_person_comes_on_the_list_with_her_place_in_the_ranking(
    session: Session, officer: Actor, request_: AssistanceRequest, ana: Expert, clock: FrozenClock
) -> None:
    ranker = FakeRanker()
    ranker.update([Factory(session).view(ana)])
    kept = requests.rank_request(session, officer, request_.id, ranker=ranker, clock=clock)
    given = ShortlistInput(expert_id=ana.id, ranking_id=kept.id, note="speaks Wolof")
    shortlists.add_to_shortlist(session, officer, request_.id, given, clock=clock)
    (entry,) = shortlist_of(session, officer, request_.id)
    assert (entry.stage, entry.place, entry.score, entry.note) == (
        Stage.SHORTLISTED,
        1,
        kept.ranking.people[0].score,
        "speaks Wolof",
    )
    (move,) = entry.moves
    assert (move.from_stage, move.to_stage, move.by) == (None, Stage.SHORTLISTED, officer.name)


def test_adding_twice_changes_nothing(
    session: Session, officer: Actor, request_: AssistanceRequest, ana: Expert, clock: FrozenClock
) -> None:
    first, second = (
        shortlists.add_to_shortlist(
            session, officer, request_.id, ShortlistInput(expert_id=ana.id, note=note), clock=clock
        )
        for note in ("one", "two")
    )
    assert first.id == second.id
    (entry,) = shortlist_of(session, officer, request_.id)
    assert (entry.note, len(entry.moves)) == ("one", 1)


@pytest.mark.parametrize(
    "status",
    sorted(set(ExpertStatus) - {ExpertStatus.ACTIVE, ExpertStatus.RESTRICTED}),
    ids=str,
)
def test_whoever_is_not_active_is_refused(
    session: Session,
    officer: Actor,
    request_: AssistanceRequest,
    ana: Expert,
    clock: FrozenClock,
    status: ExpertStatus,
) -> None:
    ana.status = status
    with pytest.raises(Conflict, match=status.value):
        shortlists.add_to_shortlist(
            session, officer, request_.id, ShortlistInput(expert_id=ana.id), clock=clock
        )


def test_whose_record_is_not_used_is_not_known(
    session: Session,
    officer: Actor,
    request_: AssistanceRequest,
    ana: Expert,
    clock: FrozenClock,
) -> None:
    ana.status = ExpertStatus.RESTRICTED
    with pytest.raises(NotFound):
        shortlists.add_to_shortlist(
            session, officer, request_.id, ShortlistInput(expert_id=ana.id), clock=clock
        )


def test_a_ranking_of_another_request_is_refused(
    session: Session,
    make: Factory,
    officer: Actor,
    request_: AssistanceRequest,
    ana: Expert,
    clock: FrozenClock,
) -> None:
    other = make.request("B")
    kept = requests.rank_request(session, officer, other.id, ranker=FakeRanker(), clock=clock)
    given = ShortlistInput(expert_id=ana.id, ranking_id=kept.id)
    with pytest.raises(Conflict, match="another request"):
        shortlists.add_to_shortlist(session, officer, request_.id, given, clock=clock)


def _entry(
    session: Session, officer: Actor, request: AssistanceRequest, ana: Expert, clock: FrozenClock
) -> ShortlistEntry:
    given = ShortlistInput(expert_id=ana.id)
    return shortlists.add_to_shortlist(session, officer, request.id, given, clock=clock)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize(
    "reason", [None, "no_time", "leave", "staff_shortage", "better_fit", "other", "x"]
)
def test_leaving_needs_a_reason_of_that_stage(
    session: Session,
    officer: Actor,
    request_: AssistanceRequest,
    ana: Expert,
    clock: FrozenClock,
    stage: Stage,
    reason: str | None,
) -> None:
    entry = _entry(session, officer, request_, ana, clock)
    given = StageInput(stage=stage, reason=reason)
    if stage.is_exit and reason not in shortlists.REASONS[stage]:
        with pytest.raises(InvalidInput) as refused:
            shortlists.move_entry(session, officer, entry.id, given, clock=clock)
        assert [error.pointer for error in refused.value.errors] == ["/reason"]
        assert entry.stage is Stage.SHORTLISTED
    else:
        shortlists.move_entry(session, officer, entry.id, given, clock=clock)
        assert entry.stage is stage


def test_every_exit_has_reasons_and_nothing_else_has() -> None:
    assert set(shortlists.REASONS) == set(LEFT_STAGES)
    assert all("other" in reasons for reasons in shortlists.REASONS.values())


def test_every_move_is_kept_and_standing_still_is_none(
    session: Session, officer: Actor, request_: AssistanceRequest, ana: Expert, clock: FrozenClock
) -> None:
    entry = _entry(session, officer, request_, ana, clock)
    for stage, reason in (
        (Stage.PROPOSED, None),
        (Stage.PROPOSED, None),
        (Stage.DECLINED, "no_time"),
        (Stage.SHORTLISTED, None),
    ):
        clock.advance(hours=1)
        given = StageInput(stage=stage, reason=reason, note="by telephone")
        shortlists.move_entry(session, officer, entry.id, given, clock=clock)
    (shown,) = shortlist_of(session, officer, request_.id)
    assert [(move.from_stage, move.to_stage, move.reason) for move in shown.moves] == [
        (None, Stage.SHORTLISTED, None),
        (Stage.SHORTLISTED, Stage.PROPOSED, None),
        (Stage.PROPOSED, Stage.DECLINED, "no_time"),
        (Stage.DECLINED, Stage.SHORTLISTED, None),
    ]
    shortlists.note_on_entry(session, officer, entry.id, " calls back ", clock=clock)
    assert shortlist_of(session, officer, request_.id)[0].note == "calls back"


def test_who_left_is_not_counted_as_shortlisted(
    session: Session, officer: Actor, request_: AssistanceRequest, ana: Expert, clock: FrozenClock
) -> None:
    entry = _entry(session, officer, request_, ana, clock)
    assert request_detail(session, officer, request_.id).row.shortlisted == 1
    left = StageInput(stage=Stage.DECLINED, reason="no_time")
    shortlists.move_entry(session, officer, entry.id, left, clock=clock)
    assert request_detail(session, officer, request_.id).row.shortlisted == 0


def test_contact_data_is_shown_while_somebody_stands_on_the_list(
    session: Session, officer: Actor, request_: AssistanceRequest, ana: Expert, clock: FrozenClock
) -> None:
    def kinds() -> set[FactKind]:
        return {fact.kind for fact in get_record(session, officer, ana.id).facts}

    assert FactKind.EMAIL not in kinds()
    entry = _entry(session, officer, request_, ana, clock)
    assert FactKind.EMAIL in kinds()
    assert get_record(session, officer, ana.id).shortlisted_for == (request_.id,)
    left = StageInput(stage=Stage.DECLINED, reason="no_time")
    shortlists.move_entry(session, officer, entry.id, left, clock=clock)
    assert FactKind.EMAIL not in kinds()


def test_another_facilitys_list_is_not_found(
    session: Session,
    make: Factory,
    officer: Actor,
    request_: AssistanceRequest,
    ana: Expert,
    clock: FrozenClock,
) -> None:
    entry = _entry(session, officer, request_, ana, clock)
    elsewhere = make.actor(facility=make.facility())
    given = StageInput(stage=Stage.PROPOSED)
    for entry_id in (entry.id, uuid4()):
        with pytest.raises(NotFound, match="no such entry"):
            shortlists.move_entry(session, elsewhere, entry_id, given, clock=clock)
        with pytest.raises(NotFound, match="no such entry"):
            shortlists.note_on_entry(session, elsewhere, entry_id, "x", clock=clock)
    assert shortlist_of(session, elsewhere, request_.id) == ()
    with pytest.raises(NotFound):
        _entry(session, elsewhere, request_, ana, clock)


def test_people_out_of_sight_cannot_be_shortlisted(
    session: Session, make: Factory, request_: AssistanceRequest, ana: Expert, clock: FrozenClock
) -> None:
    with pytest.raises(NotFound):
        _entry(session, make.actor(Role.PROJECT_OFFICER, "FR"), request_, ana, clock)
    with pytest.raises(NotAllowed):
        _entry(session, make.actor(Role.FOCAL_POINT, "PT"), request_, ana, clock)


def _added(
    session: Session, officer: Actor, request_: AssistanceRequest, ana: Expert, clock: FrozenClock
) -> ShortlistEntry:
    given = ShortlistInput(expert_id=ana.id)
    return shortlists.add_to_shortlist(session, officer, request_.id, given, clock=clock)


def test_an_undone_move_leads_back_with_the_reason_and_both_stay_in_the_record(
    session: Session, officer: Actor, request_: AssistanceRequest, ana: Expert, clock: FrozenClock
) -> None:
    entry = _added(session, officer, request_, ana, clock)
    declined = StageInput(stage=Stage.DECLINED, reason="no_time")
    back = StageInput(stage=Stage.SHORTLISTED)
    for given in (declined, back):
        clock.advance(minutes=1)
        shortlists.move_entry(session, officer, entry.id, given, clock=clock)
    clock.advance(minutes=1)
    shortlists.undo_move(session, officer, entry.id, 3, clock=clock)
    (found,) = shortlist_of(session, officer, request_.id)
    assert found.stage is Stage.DECLINED
    assert [(one.to_stage, one.reason) for one in found.moves[1:]] == [
        (Stage.DECLINED, "no_time"),
        (Stage.SHORTLISTED, None),
        (Stage.DECLINED, "no_time"),
    ]


def test_a_move_that_others_went_on_from_is_not_undone(
    session: Session, officer: Actor, request_: AssistanceRequest, ana: Expert, clock: FrozenClock
) -> None:
    entry = _added(session, officer, request_, ana, clock)
    for stage in (Stage.LONGLISTED, Stage.SHORTLISTED, Stage.LONGLISTED):
        clock.advance(minutes=1)
        shortlists.move_entry(session, officer, entry.id, StageInput(stage=stage), clock=clock)
    with pytest.raises(Conflict):
        shortlists.undo_move(session, officer, entry.id, 2, clock=clock)


def test_who_was_just_added_is_taken_off_unless_a_release_was_asked(
    session: Session,
    make: Factory,
    officer: Actor,
    request_: AssistanceRequest,
    ana: Expert,
    clock: FrozenClock,
) -> None:
    entry = _added(session, officer, request_, ana, clock)
    make.release(ana, ReleaseOutcome.PENDING, request_id=request_.id)
    with pytest.raises(Conflict, match="release"):
        shortlists.undo_move(session, officer, entry.id, 1, clock=clock)
    other = make.request("REQ-2026-002")
    entry = _added(session, officer, other, ana, clock)
    assert shortlists.undo_move(session, officer, entry.id, 1, clock=clock) is None
    assert shortlist_of(session, officer, other.id) == ()


def test_a_note_written_over_one_not_read_is_refused(
    session: Session, officer: Actor, request_: AssistanceRequest, ana: Expert, clock: FrozenClock
) -> None:
    entry = _added(session, officer, request_, ana, clock)
    shortlists.note_on_entry(session, officer, entry.id, "theirs", clock=clock, before="")
    with pytest.raises(Conflict):
        shortlists.note_on_entry(session, officer, entry.id, "mine", clock=clock, before="")
    assert entry.note == "theirs"


def test_other_lists_are_those_of_open_requests_where_the_person_still_stands(
    session: Session,
    make: Factory,
    officer: Actor,
    request_: AssistanceRequest,
    ana: Expert,
    clock: FrozenClock,
) -> None:
    open_, left, over = (make.request(f"REQ-2026-01{n}") for n in range(3))
    for one in (request_, open_, left, over):
        entry = _added(session, officer, one, ana, clock)
        if one is left:
            away = StageInput(stage=Stage.DECLINED, reason="no_time")
            shortlists.move_entry(session, officer, entry.id, away, clock=clock)
    over.status = RequestStatus.REJECTED
    session.flush()
    found = other_lists(session, officer, request_.id, [ana.id])
    assert [one.request_id for one in found[ana.id]] == [open_.id]


def test_the_last_change_moves_with_a_note_and_is_none_where_nobody_stands(
    session: Session, officer: Actor, request_: AssistanceRequest, ana: Expert, clock: FrozenClock
) -> None:
    assert last_change(session, officer, request_.id) is None
    entry = _added(session, officer, request_, ana, clock)
    first = last_change(session, officer, request_.id)
    clock.advance(minutes=1)
    shortlists.note_on_entry(session, officer, entry.id, "new", clock=clock)
    then = last_change(session, officer, request_.id)
    assert first
    assert then
    assert (then.at, then.people) == (clock.now(), 1)
    assert first.at < then.at
