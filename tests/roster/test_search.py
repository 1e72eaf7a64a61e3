"""One box finds people, requests and Actions: in any language, with slips, by what words mean."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, col, delete, select

from roster.errors import NotAllowed
from roster.policy import Actor
from roster.queries.search import read_query, search
from roster.read import CountryExperience, LanguageSkill, Name, Post, TopicExperience
from roster.read.search import FoundKind
from roster.search_terms import make_all_findable, make_requests_findable
from roster.tables import Expert, SearchTerm
from roster.vocabulary import ExpertStatus, LanguageLevel, Role
from tests.factories import Factory
from tests.fakes import A_MONDAY

EXPERT, REQUEST, ACTION = FoundKind


def _person(make: Factory, name: str, country: str = "PT") -> Expert:
    expert = make.expert(name, country=country)
    make.fact(expert, Post("Head of unit", "Serviço de Estrangeiros", country=country))
    make.fact(expert, LanguageSkill("ar", LanguageLevel.C1))
    make.fact(expert, CountryExperience("MA", "mission"))
    make.fact(expert, TopicExperience("asylum_international_protection"))
    make.view(expert)
    return expert


def _found(session: Session, actor: Actor, query: str) -> set[str]:
    return {hit.label for hit in search(session, actor, query).hits}


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("Gonçalves", id="name"),
        pytest.param("goncalves inês", id="no-accents-any-order"),
        pytest.param("Gonçalv", id="beginning"),
        pytest.param("Goncavles", id="slip"),
        pytest.param("Гонсалвес", id="cyrillic"),
        pytest.param("Maroc", id="country-fr"),
        pytest.param("المغرب", id="country-ar"),
        pytest.param("Marokko asyl", id="country-and-topic-de"),
        pytest.param("protección internacional", id="topic-es"),
        pytest.param("arabe", id="language-fr"),
        pytest.param("serviço de estrangeiros", id="employer"),
    ],
)
def test_a_person_is_found_by(query: str, session: Session, make: Factory, officer: Actor) -> None:
    _person(make, "Inês Gonçalves")
    other = make.expert("Ada Novak", country="SI")
    make.view(other)

    assert _found(session, officer, query) == {"Inês Gonçalves"}


def test_every_word_has_to_be_met_and_it_is_said_where_none_meets_all(
    session: Session, make: Factory, officer: Actor
) -> None:
    _person(make, "Inês Gonçalves")
    _person(make, "Rui Prates")

    both = search(session, officer, "Gonçalves Maroc")
    assert [hit.label for hit in both.hits] == ["Inês Gonçalves"]
    assert not both.is_partial

    split = search(session, officer, "Gonçalves Rui Maroc")
    assert {hit.label for hit in split.hits} == {"Inês Gonçalves", "Rui Prates"}
    assert split.is_partial


def test_a_word_that_nobody_has_is_named_and_left_out(
    session: Session, make: Factory, officer: Actor
) -> None:
    _person(make, "Inês Gonçalves")

    answer = search(session, officer, "Gonçalves qqqqq")

    assert answer.missed == ("qqqqq",)
    assert [hit.label for hit in answer.hits] == ["Inês Gonçalves"]


def test_a_name_counts_more_than_a_word_of_the_record(
    session: Session, make: Factory, officer: Actor
) -> None:
    named = make.expert("Marta Santiago")
    make.view(named)
    placed = make.expert("Ada Novak")
    make.fact(placed, Post("Officer", "Santiago office"))
    make.view(placed)

    assert [hit.label for hit in search(session, officer, "santiago").hits] == [
        "Marta Santiago",
        "Ada Novak",
    ]


def test_a_focal_point_finds_her_own_country_only_and_no_count_of_others(
    session: Session, make: Factory
) -> None:
    _person(make, "Inês Gonçalves", "PT")
    _person(make, "Luc Gonçalves", "FR")
    make.request()
    focal_point = make.actor(Role.FOCAL_POINT, "PT")

    answer = search(session, focal_point, "Gonçalves statistics")

    assert [hit.label for hit in answer.hits] == ["Inês Gonçalves"]
    assert answer.totals == {EXPERT: 1, REQUEST: 0, ACTION: 0}
    assert answer.missed == ("statistics",)


def test_another_facility_and_people_off_the_roster_are_not_found(
    session: Session, make: Factory, officer: Actor
) -> None:
    gone = _person(make, "Inês Gonçalves")
    gone.status = ExpertStatus.MERGED
    session.add(gone)
    elsewhere = make.request("REQ-9", facility=make.facility())
    make_requests_findable(session, [elsewhere])

    assert not search(session, officer, "Gonçalves").hits
    assert not search(session, officer, "statistics").hits


def test_who_may_read_nothing_finds_nothing(session: Session, make: Factory) -> None:
    _person(make, "Inês Gonçalves")

    assert not search(session, make.actor(Role.ADMINISTRATOR), "Gonçalves").hits


def test_an_actor_without_any_role_is_refused(session: Session, make: Factory) -> None:
    nobody = Actor(make.home.id, "nobody", make.home.id, ())

    with pytest.raises(NotAllowed):
        search(session, nobody, "Gonçalves")


def test_a_changed_record_is_found_by_its_new_words_only(
    session: Session, make: Factory, officer: Actor
) -> None:
    expert = _person(make, "Inês Gonçalves")
    make.fact(expert, Name(display="Inês Vilarinho"), at=A_MONDAY + timedelta(days=1))
    make.view(expert)

    assert _found(session, officer, "Vilarinho") == {"Inês Vilarinho"}
    assert not _found(session, officer, "Gonçalves")


def test_records_of_an_older_database_are_made_findable_once(
    session: Session, make: Factory, officer: Actor
) -> None:
    _person(make, "Inês Gonçalves")
    make.request()
    session.exec(delete(SearchTerm).where(col(SearchTerm.id).is_not(None)))

    assert make_all_findable(session) == 2
    assert make_all_findable(session) == 0
    assert _found(session, officer, "Gonçalves")
    assert _found(session, officer, "statistics")


def test_equal_hits_stand_in_the_order_of_their_names(
    session: Session, make: Factory, officer: Actor
) -> None:
    for name in ("Zoe Adam", "Ana Adam", "Ida Adam"):
        make.view(make.expert(name))

    labels = [hit.label for hit in search(session, officer, "adam", most=2).hits]

    assert labels == ["Ana Adam", "Ida Adam"]


def test_words_of_one_meaning_stay_together() -> None:
    (phrase, place) = read_query("residence permits Marokko")

    assert phrase.printed == "residence permits"
    assert phrase.codes == ("topic:legal_labour_migration",)
    assert place.codes == ("country:ma",)


@given(st.text(max_size=300))
def test_any_query_is_read_into_words_or_codes(query: str) -> None:
    for part in read_query(query):
        assert part.words or part.codes
        assert all(word.isascii() and word == word.lower() for word in part.words)


def test_hostile_queries_find_nothing_and_break_nothing(
    session: Session, make: Factory, officer: Actor
) -> None:
    _person(make, "Inês Gonçalves")

    for query in ("", "   ", "%", "'; drop table expert; --", "\x00", "{" * 200, "a" * 5_000):
        assert not search(session, officer, query).hits
    assert session.exec(select(Expert)).first() is not None
