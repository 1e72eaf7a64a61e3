"""What a projection obeys whatever the facts: trust, age, the unknown, and who sees nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from roster.dates import PartialDate, Period
from roster.projection import HeldFact, Standing, present_post, project
from roster.read import (
    BirthYear,
    Contact,
    CountryExperience,
    Evidence,
    FactValue,
    Headline,
    LanguageSkill,
    Name,
    Nationality,
    Post,
    TopicExperience,
)
from roster.serial import expert_view, to_bytes, to_json
from roster.vocabulary import ExpertStatus, FactKind, FactStatus, LanguageLevel, Origin

HOME = UUID(int=1)
STANDING = Standing(
    id=UUID(int=7), facility_id=HOME, origin=Origin.SYNTHETIC, status=ExpertStatus.ACTIVE
)
SECRET = "leak"
STATUSES = st.sampled_from(FactStatus)
MOMENTS = st.integers(0, 2000).map(lambda n: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=n))
DATES = st.builds(PartialDate, st.integers(1970, 2030), st.none() | st.integers(1, 12))
PERIODS = st.builds(Period, st.none() | DATES, st.none() | DATES, st.booleans())
COUNTRIES = st.sampled_from(["PT", "FR", "DE"])
VALUES: st.SearchStrategy[tuple[FactKind, FactValue]] = st.one_of(
    st.tuples(st.just(FactKind.NAME), st.builds(Name, st.sampled_from(["Ana", "Bea"]))),
    st.tuples(
        st.sampled_from([FactKind.EMAIL, FactKind.TELEPHONE]),
        st.builds(Contact, st.just(f"{SECRET}@x.example")),
    ),
    st.tuples(st.just(FactKind.BIRTH_YEAR), st.just(BirthYear(1961))),
    st.tuples(st.just(FactKind.NATIONALITY), st.builds(Nationality, COUNTRIES)),
    st.tuples(st.just(FactKind.HEADLINE), st.builds(Headline, st.sampled_from(["judge", "clerk"]))),
    st.tuples(
        st.just(FactKind.POST),
        st.builds(
            Post,
            st.sampled_from([None, "Head of unit"]),
            st.sampled_from([None, "Police"]),
            employer_country=st.none() | COUNTRIES,
        ),
    ),
    st.tuples(st.just(FactKind.COUNTRY), st.builds(CountryExperience, COUNTRIES)),
    st.tuples(
        st.just(FactKind.LANGUAGE),
        st.builds(
            LanguageSkill, st.sampled_from(["fr", "ar"]), st.none() | st.sampled_from(LanguageLevel)
        ),
    ),
    st.tuples(st.just(FactKind.TOPIC), st.builds(TopicExperience, st.sampled_from(["a", "b"]))),
)


@st.composite
def held_facts(draw: Any) -> list[HeldFact]:
    count = draw(st.integers(0, 12))
    facts = []
    for number in range(count):
        kind, value = draw(VALUES)
        status = draw(STATUSES)
        facts.append(
            HeldFact(
                id=UUID(int=100 + number),
                kind=kind,
                value=value,
                period=draw(PERIODS),
                status=status,
                asserted_at=draw(MOMENTS),
                evidence=Evidence(UUID(int=100 + number), "", "focal point"),
            )
        )
    return facts


def _fact(kind: FactKind, value: FactValue, status: FactStatus, at: datetime) -> HeldFact:
    return HeldFact(
        UUID(int=9), kind, value, Period(), status, at, Evidence(UUID(int=9), "", "focal point")
    )


@given(held_facts())
def test_a_view_survives_its_json(facts: list[HeldFact]) -> None:
    view = project(replace(STANDING, text="words"), facts)
    assert expert_view(to_json(view)) == view


@given(held_facts())
def test_contact_data_and_birth_never_reach_a_view(facts: list[HeldFact]) -> None:
    written = to_bytes(project(STANDING, facts))
    assert SECRET.encode() not in written
    assert b"1961" not in written


@given(held_facts())
def test_rejected_and_superseded_facts_change_nothing(facts: list[HeldFact]) -> None:
    gone = {FactStatus.REJECTED, FactStatus.SUPERSEDED}
    assert project(STANDING, facts) == project(
        STANDING, [fact for fact in facts if fact.status not in gone]
    )


@given(held_facts())
def test_each_language_stands_once(facts: list[HeldFact]) -> None:
    spoken = [skill.value.language for skill in project(STANDING, facts).languages]
    assert len(spoken) == len(set(spoken))


@given(held_facts(), st.sampled_from(["fr", "ar"]))
def test_a_confirmed_language_beats_every_parsed_one(facts: list[HeldFact], code: str) -> None:
    view = project(STANDING, facts)
    confirmed = [
        fact.value
        for fact in facts
        if fact.kind is FactKind.LANGUAGE
        and isinstance(fact.value, LanguageSkill)
        and fact.value.language == code
        and fact.status is FactStatus.CONFIRMED
    ]
    shown = [skill.value for skill in view.languages if skill.value.language == code]
    if confirmed:
        assert shown[0] in confirmed


@given(held_facts())
def test_what_no_fact_says_is_unknown(facts: list[HeldFact]) -> None:
    view = project(STANDING, facts)
    standing = [
        fact for fact in facts if fact.status in {FactStatus.PROPOSED, FactStatus.CONFIRMED}
    ]
    kinds = {fact.kind for fact in standing}
    if FactKind.POST not in kinds:
        assert view.home_country is None
        assert view.kind is None
        if FactKind.HEADLINE not in kinds:
            assert view.headline is None
    assert {n.value.topic for n in view.topics} == {
        fact.value.topic for fact in standing if isinstance(fact.value, TopicExperience)
    }


@given(held_facts())
def test_the_home_country_is_never_the_nationality(facts: list[HeldFact]) -> None:
    others = [fact for fact in facts if fact.kind is not FactKind.NATIONALITY]
    assert project(STANDING, facts).home_country == project(STANDING, others).home_country


@given(held_facts(), COUNTRIES)
def test_the_focal_points_country_wins(facts: list[HeldFact], country: str) -> None:
    assert project(replace(STANDING, home_country=country), facts).home_country == country


@given(held_facts())
def test_posts_stand_newest_first_and_ongoing_ones_before_all(facts: list[HeldFact]) -> None:
    posts = project(STANDING, facts).posts
    assert sorted(posts, key=lambda post: not post.period.ongoing) == list(posts)
    ended = [post.period for post in posts if not post.period.ongoing]
    last = [_last(period) for period in ended]
    assert last == sorted(last, reverse=True)


def _last(period: Period) -> date:
    known = period.end.last_day if period.end else None
    return known or (period.start.first_day if period.start else date.min)


@given(held_facts())
def test_the_present_post_is_an_ongoing_one_where_there_is_one(facts: list[HeldFact]) -> None:
    posts = project(STANDING, facts).posts
    present = present_post(posts)
    assert (present is None) is (not posts)
    if present is not None:
        assert present.period.ongoing is any(post.period.ongoing for post in posts)


@given(MOMENTS, st.integers(1, 900), st.sampled_from([FactStatus.PROPOSED, FactStatus.CONFIRMED]))
def test_newer_beats_older_of_the_same_trust(at: datetime, days: int, status: FactStatus) -> None:
    older = _fact(FactKind.NAME, Name("Ana"), status, at)
    newer = _fact(FactKind.NAME, Name("Bea"), status, at + timedelta(days=days))
    for order in ([older, newer], [newer, older]):
        assert project(STANDING, order).display_name == "Bea"


@given(MOMENTS, st.integers(1, 900))
def test_confirmed_beats_newer(at: datetime, days: int) -> None:
    confirmed = _fact(FactKind.NAME, Name("Ana"), FactStatus.CONFIRMED, at)
    newer = _fact(FactKind.NAME, Name("Bea"), FactStatus.PROPOSED, at + timedelta(days=days))
    for order in ([confirmed, newer], [newer, confirmed]):
        assert project(STANDING, order).display_name == "Ana"


def test_a_newer_word_without_a_level_does_not_unsay_the_level() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    level = LanguageSkill("fr", LanguageLevel.C1)
    known = _fact(FactKind.LANGUAGE, level, FactStatus.CONFIRMED, at)
    bare = _fact(
        FactKind.LANGUAGE, LanguageSkill("fr", None), FactStatus.CONFIRMED, at + timedelta(days=9)
    )
    for order in ([known, bare], [bare, known]):
        assert [skill.value for skill in project(STANDING, order).languages] == [level]


def test_a_language_without_any_level_keeps_its_level_unknown() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    bare = _fact(FactKind.LANGUAGE, LanguageSkill("fr", None), FactStatus.CONFIRMED, at)
    assert project(STANDING, [bare]).languages[0].value.level is None


def test_a_posting_abroad_does_not_move_the_home_country() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    post = Post("Liaison officer", "Police", country="SN", employer_country="ES")
    fact = _fact(FactKind.POST, post, FactStatus.CONFIRMED, at)
    assert project(STANDING, [fact]).home_country == "ES"


def test_one_post_told_twice_stands_once_and_the_confirmed_telling_counts() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    period = Period(PartialDate(2019), None, True)
    told = [
        replace(_fact(FactKind.POST, Post("Head of Unit", "Polícia"), status, at), period=period)
        for status in (FactStatus.PROPOSED, FactStatus.CONFIRMED)
    ]
    told[1] = replace(told[1], value=Post("head of unit", "POLICIA", unit="Borders"))
    assert [post.value.unit for post in project(STANDING, told).posts] == ["Borders"]
