"""Requests: taken in, changed, moved on, ranked, and each ranking kept as it was shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from pydantic import ValidationError
from sqlmodel import Session, select

from roster import requests
from roster.errors import Conflict, InvalidInput, NotAllowed, NotFound, UnknownTerm
from roster.inputs import LanguageInput, NewRequest
from roster.policy import Actor, Permission
from roster.queries.rankings import get_ranking, packed, rankings_of
from roster.queries.requests import (
    RequestFilter,
    count_by_status,
    count_open,
    list_requests,
    need_of,
    request_detail,
)
from roster.read import LanguageNeed, Paging
from roster.request_path import step
from roster.tables import AssistanceRequest, Change, RankingRun
from roster.vocabulary import (
    AdministrationKind,
    ExpertStatus,
    LanguageLevel,
    Origin,
    RequestStatus,
    Role,
)
from tests.factories import Factory
from tests.fakes import FakeRanker, FrozenClock

S = RequestStatus
GIVEN = NewRequest(
    title="Migration statistics",
    authority="National Institute of Statistics",
    countries=("ci", "ML", "CI"),
    topics=("data_management",),
    languages=(LanguageInput(language="fr"),),
    starts=date(2026, 5, 4),
    ends=date(2026, 5, 15),
    received_on=date(2026, 3, 1),
    text="Aidez-nous.",
)


def test_what_is_handed_in_is_what_ranking_reads(
    session: Session, officer: Actor, clock: FrozenClock
) -> None:
    made = requests.create_request(session, officer, GIVEN, clock=clock, text_language="fr")
    need = need_of(made)
    assert (need.id, need.countries, need.topics) == (made.id, ("CI", "ML"), ("data_management",))
    assert need.languages == (LanguageNeed("fr", LanguageLevel.B2, True),)
    assert (need.administration, need.text_language) == (AdministrationKind.STATISTICS, "fr")
    assert (made.code, made.status, made.scope) == (
        "REQ-2026-001",
        S.RECEIVED,
        "group of countries",
    )
    inline = requests.need_from(GIVEN)
    assert inline.id is None
    assert (inline.title, inline.countries, inline.languages) == (
        need.title,
        need.countries,
        need.languages,
    )


def test_a_request_tells_who_took_it_and_by_when_the_fiche_is_due(
    session: Session, make: Factory, officer: Actor, clock: FrozenClock
) -> None:
    make.home.rules = {"fiche_days": 21}
    made = requests.create_request(session, officer, GIVEN, clock=clock)
    detail = request_detail(session, officer, made.id)
    assert detail.officer == officer.name
    assert detail.row.fiche_due == date(2026, 3, 22)
    assert [(step.to_status, step.by) for step in detail.history] == [(S.RECEIVED, officer.name)]
    assert session.exec(select(Change.act)).all() == ["created"]


def test_codes_count_up_by_year_and_facility(
    session: Session, make: Factory, officer: Actor, clock: FrozenClock
) -> None:
    make.request("REQ-2026-999")
    make.request("REQ-2026-1000")
    make.request("REQ-2026-old")
    make.request("cabo-verde-i")
    elsewhere = make.actor(facility=make.facility())
    codes = [
        requests.create_request(session, actor, GIVEN, clock=clock).code
        for actor in (officer, officer, elsewhere)
    ]
    clock.advance(days=365)
    codes.append(requests.create_request(session, officer, GIVEN, clock=clock).code)
    assert codes == ["REQ-2026-1001", "REQ-2026-1002", "REQ-2026-001", "REQ-2027-001"]


@pytest.mark.parametrize(
    ("said", "pointer", "hint"),
    [
        pytest.param({"topics": ("data_managment",)}, "/topics/0", "data_management", id="topic"),
        pytest.param({"countries": ("CI", "XX")}, "/countries/1", "ISO 3166-1", id="country"),
        pytest.param(
            {"languages": (LanguageInput(language="klingon"),)},
            "/languages/0",
            "ISO 639",
            id="language",
        ),
        pytest.param({"regional_body": "ECOWA"}, "/regional_body", "ECOWAS", id="body"),
    ],
)
def test_an_unknown_term_is_pointed_at_with_what_to_do(
    session: Session,
    officer: Actor,
    clock: FrozenClock,
    said: dict[str, object],
    pointer: str,
    hint: str,
) -> None:
    given = GIVEN.model_copy(update=said)
    with pytest.raises(UnknownTerm) as refused:
        requests.create_request(session, officer, given, clock=clock)
    (error,) = refused.value.errors
    assert error.pointer == pointer
    assert hint in error.detail
    with pytest.raises(UnknownTerm):
        requests.need_from(given)


def test_all_unknown_terms_are_told_at_once() -> None:
    given = GIVEN.model_copy(update={"topics": ("x", "y"), "countries": ("XX",)})
    with pytest.raises(UnknownTerm) as refused:
        requests.need_from(given)
    assert {error.pointer for error in refused.value.errors} == {
        "/topics/0",
        "/topics/1",
        "/countries/0",
    }


def test_a_request_that_says_nothing_is_refused() -> None:
    with pytest.raises(InvalidInput) as refused:
        requests.need_from(NewRequest(title="Help", countries=("CI",), text="  "))
    assert {error.pointer for error in refused.value.errors} == {"/topics", "/text"}


def test_reversed_dates_are_refused() -> None:
    with pytest.raises(ValidationError, match="ends: the last day lies before the first"):
        NewRequest(title="x", starts=date(2026, 5, 4), ends=date(2026, 5, 3))
    NewRequest(title="x", starts=date(2026, 5, 4), ends=date(2026, 5, 4))


def test_a_changed_text_loses_the_language_of_the_old_one(
    session: Session, officer: Actor, clock: FrozenClock
) -> None:
    made = requests.create_request(session, officer, GIVEN, clock=clock, text_language="fr")
    clock.advance(hours=1)
    same = GIVEN.model_copy(update={"title": "Statistics"})
    requests.update_request(session, officer, made.id, same, clock=clock)
    assert (made.title, made.text_language, made.updated_at) == ("Statistics", "fr", clock.now())
    other = GIVEN.model_copy(update={"text": "Help us."})
    requests.update_request(session, officer, made.id, other, clock=clock)
    assert made.text_language is None


# The path of a request.

PATH = [S.SCREENED, S.FICHE_DRAFTED, S.SUBMITTED, S.IN_PREPARATION, S.APPROVED]
NEXT: dict[RequestStatus, set[RequestStatus]] = {
    S.RECEIVED: {S.SCREENED, S.FORWARDED, S.REJECTED, S.WITHDRAWN},
    S.SCREENED: {S.FICHE_DRAFTED, S.FORWARDED, S.REJECTED, S.WITHDRAWN},
    S.FICHE_DRAFTED: {S.SUBMITTED, S.REJECTED, S.WITHDRAWN},
    S.SUBMITTED: {S.IN_PREPARATION, S.APPROVED, S.REJECTED, S.FORWARDED, S.WITHDRAWN},
    S.IN_PREPARATION: {S.APPROVED, S.REJECTED, S.FORWARDED, S.WITHDRAWN},
}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("before", RequestStatus)
def test_only_the_next_steps_are_open(
    session: Session, make: Factory, officer: Actor, clock: FrozenClock, before: RequestStatus
) -> None:
    made = make.request()
    for to in RequestStatus:
        made.status = before
        if to in NEXT.get(before, set()):
            step(session, officer, made, to, reason="because", at=clock.now())
            assert made.status is to
        else:
            with pytest.raises(Conflict, match="cannot become"):
                step(session, officer, made, to, reason="because", at=clock.now())
            with pytest.raises(Conflict, match="cannot become"):
                requests.move_request(session, officer, made.id, to, reason="because", clock=clock)


def test_a_request_walks_to_its_approval_and_every_step_is_kept(
    session: Session, make: Factory, officer: Actor, clock: FrozenClock
) -> None:
    made = make.request()
    for to in PATH:
        step(session, officer, made, to, reason=None, at=clock.advance(days=1))
    steps = request_detail(session, officer, made.id).history
    assert [step.to_status for step in steps] == PATH
    assert steps[-1].at == made.updated_at == clock.now()
    assert count_by_status(session, officer) == {S.APPROVED: 1}


@pytest.mark.parametrize("to", [S.REJECTED, S.FORWARDED])
@pytest.mark.parametrize("reason", [None, "", "  "])
def test_leaving_the_path_needs_a_reason(
    session: Session,
    make: Factory,
    officer: Actor,
    clock: FrozenClock,
    to: RequestStatus,
    reason: str | None,
) -> None:
    made = make.request()
    with pytest.raises(Conflict, match="Say why"):
        step(session, officer, made, to, reason=reason, at=clock.now())
    assert made.status is S.RECEIVED
    step(session, officer, made, to, reason="no mandate", at=clock.now())
    assert made.outcome_reason == "no mandate"


@pytest.mark.parametrize(
    ("before", "to", "means"),
    [
        pytest.param(S.RECEIVED, S.SCREENED, "every point of the checklist", id="screening"),
        pytest.param(S.SCREENED, S.FICHE_DRAFTED, "draft or submit it", id="fiche"),
        pytest.param(S.FICHE_DRAFTED, S.SUBMITTED, "draft or submit it", id="submission"),
        pytest.param(S.SUBMITTED, S.APPROVED, "under Decision", id="approval"),
        pytest.param(S.RECEIVED, S.REJECTED, "under Decision", id="rejection"),
        pytest.param(S.SUBMITTED, S.FORWARDED, "under Decision", id="forwarding"),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_step_taken_by_other_means_says_by_which(
    session: Session,
    make: Factory,
    officer: Actor,
    clock: FrozenClock,
    before: RequestStatus,
    to: RequestStatus,
    means: str,
) -> None:
    made = make.request(status=before)
    with pytest.raises(Conflict, match=means):
        requests.move_request(session, officer, made.id, to, reason="because", clock=clock)
    assert made.status is before
    assert to is S.SCREENED or to not in requests.following(before)
    requests.move_request(session, officer, made.id, S.WITHDRAWN, reason=None, clock=clock)
    assert made.status is S.WITHDRAWN


def test_a_request_of_another_facility_is_not_found(
    session: Session, make: Factory, officer: Actor, clock: FrozenClock
) -> None:
    theirs = make.request(facility=make.facility())
    told = set()
    for request_id in (theirs.id, uuid4()):
        for act in (
            lambda i: requests.update_request(session, officer, i, GIVEN, clock=clock),
            lambda i: requests.move_request(
                session, officer, i, S.SCREENED, reason=None, clock=clock
            ),
            lambda i: requests.rank_request(session, officer, i, ranker=FakeRanker(), clock=clock),
            lambda i: request_detail(session, officer, i),
        ):
            with pytest.raises(NotFound) as refused:
                act(request_id)
            told.add(refused.value.detail)
    assert len(told) == 1
    assert list_requests(session, officer, Paging()).total == 0


def test_who_may_not_write_or_rank_does_neither(
    session: Session, make: Factory, clock: FrozenClock
) -> None:
    made = make.request()
    for role in (Role.FOCAL_POINT, Role.AUDITOR, Role.ADMINISTRATOR):
        actor = make.actor(role, "PT")
        with pytest.raises(NotAllowed):
            requests.create_request(session, actor, GIVEN, clock=clock)
        with pytest.raises(NotAllowed):
            requests.move_request(session, actor, made.id, S.SCREENED, reason=None, clock=clock)
        with pytest.raises(NotAllowed):
            requests.rank_request(session, actor, made.id, ranker=FakeRanker(), clock=clock)


def test_lists_show_the_newest_first_and_open_ones_apart(
    session: Session, make: Factory, officer: Actor
) -> None:
    make.request("A", received_on=date(2026, 1, 1))
    make.request("B", received_on=date(2026, 2, 1), status=S.APPROVED)
    make.request("C", received_on=None)
    page = list_requests(session, officer, Paging())
    assert [row.code for row in page.items] == ["B", "A", "C"]
    open_ones = list_requests(session, officer, Paging(), only_open=True)
    assert [row.code for row in open_ones.items] == ["A", "C"]
    approved = list_requests(session, officer, Paging(), status=S.APPROVED)
    assert [row.code for row in approved.items] == ["B"]


def test_a_request_whose_outcome_is_known_is_not_open(
    session: Session, make: Factory, officer: Actor
) -> None:
    make.home.rules, received = {"fiche_days": 21}, date(2026, 1, 1)
    make.request("NEW", received_on=date(2025, 1, 1), status=S.IN_PREPARATION)
    make.request("SENT", received_on=received, status=S.SUBMITTED)
    make.request("BOOK", received_on=received, status=S.IN_PREPARATION, outcome="in_preparation")
    make.request("DONE", received_on=received, status=S.APPROVED, outcome="completed")
    make.request("THEIRS", facility=make.facility())
    found = list_requests(session, officer, Paging(), only_open=True)
    assert {row.code for row in found.items} == {"NEW", "SENT"}
    assert (found.total, count_open(session, officer)) == (2, 2)
    first = list_requests(session, officer, Paging(), wanted=RequestFilter(open_first=True))
    assert {row.code for row in first.items[:2]} == {"NEW", "SENT"}
    assert [row.code for row in first.items[2:]] == ["BOOK", "DONE"]
    assert [row.code for row in first.items if row.fiche_due] == ["NEW"], "SENT is submitted"


# Rankings.


def _indexed(make: Factory, ranker: FakeRanker, *names: str, country: str = "PT") -> None:
    for name in names:
        ranker.update([make.view(make.expert(name, country=country))])


def test_a_ranking_is_kept_as_it_was_shown(
    session: Session, make: Factory, officer: Actor, clock: FrozenClock
) -> None:
    ranker, made = FakeRanker(), make.request()
    _indexed(make, ranker, "Ana", "Rui", "Eva")
    first = requests.rank_request(
        session, officer, made.id, ranker=ranker, clock=clock, weights={"country": 1.5}
    )
    session.commit()
    session.expire_all()
    stored = get_ranking(session, officer, first.id)
    assert stored.ranking == first.ranking
    assert stored.row.counts == (("ask", 0), ("fit", 3), ("not", 0))
    assert stored.row.weights == (("country", 1.5),)
    assert packed(stored.ranking) == session.get_one(RankingRun, first.id).content


def test_rankings_are_numbered_by_request(
    session: Session, make: Factory, officer: Actor, clock: FrozenClock
) -> None:
    ranker, one, other = FakeRanker(), make.request("A"), make.request("B")
    numbers = [
        requests.rank_request(session, officer, made.id, ranker=ranker, clock=clock).number
        for made in (one, other, one)
    ]
    assert numbers == [1, 1, 2]
    assert [row.number for row in rankings_of(session, officer, one.id)] == [2, 1]


def test_a_changed_request_leaves_its_rankings_as_they_were(
    session: Session, make: Factory, officer: Actor, clock: FrozenClock
) -> None:
    made = make.request()
    kept = requests.rank_request(session, officer, made.id, ranker=FakeRanker(), clock=clock)
    requests.update_request(session, officer, made.id, GIVEN, clock=clock)
    stored = get_ranking(session, officer, kept.id).ranking.request
    assert stored.topics == ()
    assert stored == kept.ranking.request


def test_only_people_in_sight_are_ranked(
    session: Session, make: Factory, clock: FrozenClock
) -> None:
    ranker = FakeRanker()
    _indexed(make, ranker, "Ana")
    _indexed(make, ranker, "Benoît", country="FR")
    stranger = make.expert("Stranger", facility=make.facility())
    ranker.update([make.view(stranger)])
    french_officer = make.actor(Role.PROJECT_OFFICER, "FR")
    ranking = requests.rank_need(
        session, french_officer, requests.need_from(GIVEN), ranker=ranker, clock=clock
    )
    names = [ranker.people[person.expert_id].display_name for person in ranking.people]
    assert names == ["Benoît"]
    assert session.exec(select(RankingRun)).all() == []


def test_a_ranking_of_another_facility_is_not_found(
    session: Session, make: Factory, officer: Actor, clock: FrozenClock
) -> None:
    made = make.request()
    kept = requests.rank_request(session, officer, made.id, ranker=FakeRanker(), clock=clock)
    elsewhere = make.actor(facility=make.facility())
    with pytest.raises(NotFound):
        get_ranking(session, elsewhere, kept.id)
    assert rankings_of(session, elsewhere, made.id) == ()


def test_an_invented_request_stays_marked_as_such(
    session: Session, officer: Actor, clock: FrozenClock
) -> None:
    made = requests.create_request(
        session, replace(officer, origin=Origin.SYNTHETIC), GIVEN, clock=clock
    )
    requests.rank_request(session, officer, made.id, ranker=FakeRanker(), clock=clock)
    for table in (AssistanceRequest, RankingRun, Change):
        assert set(session.exec(select(table.origin))) == {Origin.SYNTHETIC}


def test_paused_people_are_told_by_the_ranker_not_hidden_here(
    session: Session, make: Factory, officer: Actor, clock: FrozenClock
) -> None:
    ranker = FakeRanker()
    ranker.update([make.view(make.expert("Ana", status=ExpertStatus.PAUSED))])
    need = requests.need_from(GIVEN)
    ranking = requests.rank_need(session, officer, need, ranker=ranker, clock=clock)
    assert len(ranking.people) == 1
    assert ranking.today == (clock.now() + timedelta(0)).date()
    assert officer.may(Permission.RANK)
