"""What may never happen to a ranking, whoever asks and whoever is on the roster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine import Engine
from matching.explain import bars, largest_remainder
from matching.features import FEATURES
from roster.dates import PartialDate, Period
from roster.queries.packing import packed, unpacked
from roster.read import ExpertView, RankedExpert, Ranking, TrackRecord
from roster.vocabulary import (
    ActivityType,
    AdministrationKind,
    Band,
    ExpertStatus,
    GateOutcome,
)
from tests.matching.letters import LETTERS, OFFICIALS, PLASTERER
from tests.matching.people import NOW, did, mission, need, person, post, request, speaks, topic

TOPICS = ["document_security", "border_management", "remittances", "data_management"]
LEVELS = ["A2", "B1", "B2", "C1", "native", None]


@st.composite
def people(draw: st.DrawFn, n: int) -> ExpertView:
    """Return a person of whom more or less is known."""
    start = draw(st.integers(1995, 2020))
    code = draw(st.sampled_from(TOPICS))
    fields: dict[str, Any] = {
        "status": draw(st.sampled_from([ExpertStatus.ACTIVE] * 4 + [ExpertStatus.PAUSED])),
        "languages": draw(st.sampled_from([(), speaks(fr=draw(st.sampled_from(LEVELS)))])),
        "topics": draw(st.sampled_from([(), (topic(code, 0.5, start, start + 4),)])),
        "posts": draw(st.sampled_from([(), (post(f"Head of {code}", start, country="PT"),)])),
        "missions": draw(
            st.sampled_from([(), (mission("Training on visas", ["SN", "ML"], start),)])
        ),
        "activities": draw(st.sampled_from([(), did(ActivityType.TRAINING, year=start)])),
        "availability_known_until": draw(st.sampled_from([None, date(2028, 1, 1)])),
        "confirmed_on": draw(st.sampled_from([None, date(2026, 6, 1)])),
        "track": draw(st.sampled_from([TrackRecord(), TrackRecord(3, 4.5, 2, date(2024, 1, 1))])),
        "text": draw(st.sampled_from(["", "Visa officer in Lisbon, later trainer."])),
    }
    return person(n, **fields)


@st.composite
def rosters(draw: st.DrawFn) -> list[ExpertView]:
    return [draw(people(n)) for n in range(draw(st.integers(1, 6)))]


FULL = request(
    title="Training on document security",
    text="The ministry asks for a training on document fraud and visas for border officers.",
    activities=(ActivityType.TRAINING,),
    administration=AdministrationKind.BORDER_POLICE,
    languages=(need("fr"),),
)
REQUESTS = st.sampled_from(
    [FULL, request(), request(starts=None, ends=None, countries=()), replace(FULL, topics=())]
)
WEIGHTS = st.dictionaries(
    st.sampled_from([feature.name for feature in FEATURES]), st.floats(0, 3), max_size=4
)


def engine_of(views: Sequence[ExpertView]) -> Engine:
    engine = Engine()
    engine.update(views)
    return engine


@settings(max_examples=40, deadline=None)
@given(views=rosters(), asked=REQUESTS, weights=WEIGHTS)
def test_contributions_add_up_to_the_score_and_are_never_negative(
    views: list[ExpertView], asked: Any, weights: dict[str, float]
) -> None:
    ranking = engine_of(views).rank(asked, weights=weights, now=NOW)
    for one in ranking.people:
        assert sum(c.points for c in one.contributions) == pytest.approx(one.score, abs=1e-9)
        assert [c.feature for c in one.contributions] == [f.name for f in FEATURES]
        assert all(0 <= c.points <= c.most + 1e-9 for c in one.contributions)
        assert 0 <= one.score <= 100
        assert all(c.value is None or 0 <= c.value <= 1 for c in one.contributions)
        assert all(c.reason for c in one.contributions)
        assert sum(bar.points for bar in bars(one.contributions)) == round(one.score)


@settings(max_examples=40, deadline=None)
@given(views=rosters(), asked=REQUESTS, data=st.data())
def test_the_order_in_which_people_come_changes_nothing(
    views: list[ExpertView], asked: Any, data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(views))
    first, second = (engine_of(v).rank(asked, now=NOW).people for v in (views, shuffled))
    assert first == second


@settings(max_examples=40, deadline=None)
@given(views=rosters(), asked=REQUESTS)
def test_bands_follow_the_gates_and_no_score_makes_up_for_a_failed_one(
    views: list[ExpertView], asked: Any
) -> None:
    ranking = engine_of(views).rank(asked, now=NOW)
    order = [Band.FIT, Band.ASK, Band.NOT]
    bands = [order.index(one.band) for one in ranking.people]
    assert bands == sorted(bands)
    assert sorted(one.expert_id for one in ranking.people) == sorted(view.id for view in views)
    for one in ranking.people:
        outcomes = {gate.outcome for gate in one.gates}
        failed, unknown = GateOutcome.FAIL in outcomes, GateOutcome.UNKNOWN in outcomes
        assert one.band is (Band.NOT if failed else Band.ASK if unknown else Band.FIT)


@settings(max_examples=30, deadline=None)
@given(views=rosters(), data=st.data())
def test_whom_the_actor_may_not_see_changes_no_score_of_others(
    views: list[ExpertView], data: st.DataObject
) -> None:
    some = set(data.draw(st.lists(st.sampled_from([view.id for view in views]), unique=True)))
    engine = engine_of(views)
    whole = {one.expert_id: one.score for one in engine.rank(FULL, now=NOW).people}
    part = engine.rank(FULL, among=some, now=NOW).people
    assert {one.expert_id: one.score for one in part} == {one: whole[one] for one in some}


@settings(max_examples=40, deadline=None)
@given(views=rosters(), asked=REQUESTS, worded=st.integers(0, 3))
def test_what_is_stored_of_a_ranking_is_what_was_ranked(
    views: list[ExpertView], asked: Any, worded: int
) -> None:
    ranking = engine_of(views).rank(asked, worded=worded, now=NOW)
    again = unpacked(packed(ranking))
    assert again == ranking
    assert again.tally() == ranking.tally()


BETTER = [
    pytest.param("topics", (topic("document_security", 1.0, 2018, 2026),), "topic", id="topic"),
    pytest.param("missions", (mission("Audit", ["SN"], 2026),), "country", id="country"),
    pytest.param("activities", did(ActivityType.TRAINING, year=2026), "activity", id="activity"),
    pytest.param("languages", speaks(fr="native"), "language", id="language"),
    pytest.param("track", TrackRecord(9, 5.0, 9, date(2026, 1, 1)), "record", id="record"),
    pytest.param("confirmed_on", date(2027, 1, 14), "fresh", id="fresh"),
    pytest.param(
        "posts",
        (post("Inspector", 1996, administration=AdministrationKind.BORDER_POLICE),),
        "peer",
        id="peer",
    ),
]


@pytest.mark.parametrize(("field", "value", "feature"), BETTER)
def test_more_of_a_good_thing_is_never_worse(field: str, value: Any, feature: str) -> None:
    plain = person(
        1,
        languages=speaks(fr="B2"),
        topics=(topic("document_security", 0.4, 2010, 2011),),
        posts=(post("Clerk", 2015, 2019),),
        missions=(mission("Audit", ["ML"], 2012),),
        activities=did(ActivityType.WORKSHOP, year=2009),
        track=TrackRecord(1, 3.0, 1, date(2020, 1, 1)),
        confirmed_on=date(2022, 1, 1),
    )
    better = replace(plain, id=person(2).id, **{field: value})
    ranking = engine_of([plain, better]).rank(FULL, now=NOW)
    points = {
        one.expert_id: {c.feature: c.points for c in one.contributions} for one in ranking.people
    }
    assert points[better.id][feature] > points[plain.id][feature]


# --- Stuffing and languages -----------------------------------------------------------------------


def place_of(ranking: Ranking, who: ExpertView) -> int:
    ids = [one.expert_id for one in ranking.people]
    return ids.index(who.id)


def found(ranking: Ranking, who: ExpertView) -> RankedExpert:
    return ranking.people[place_of(ranking, who)]


@pytest.mark.parametrize("language", sorted(LETTERS))
@pytest.mark.parametrize("where", ["text", "duties", "topics"])
def test_pasting_the_letter_ten_times_lifts_an_unfit_record_two_places_at_most(
    language: str, where: str
) -> None:
    letter = LETTERS[language]
    asked = request(title="", text=letter, topics=(), countries=("SN",))
    stuffed = {
        "text": replace(PLASTERER, text=f"{PLASTERER.text}\n" + f"{letter}\n" * 10),
        "duties": replace(
            PLASTERER, posts=(post("Plasterer", 2001, administration=None, duties=letter * 10),)
        ),
        "topics": replace(
            PLASTERER,
            text=letter * 10,
            topics=tuple(
                topic("document_security", 0.6, quote=part) for part in letter.split(". ") * 10
            ),
        ),
    }[where]
    before = engine_of([*OFFICIALS, PLASTERER]).rank(asked, now=NOW)
    after = engine_of([*OFFICIALS, stuffed]).rank(asked, now=NOW)
    assert place_of(before, PLASTERER) - place_of(after, stuffed) <= 2


@pytest.mark.parametrize("language", sorted(LETTERS))
def test_pasting_key_words_ten_times_lifts_an_unfit_record_two_places_at_most(
    language: str,
) -> None:
    letter = LETTERS[language]
    asked = request(title="", text=letter, topics=(), countries=("SN",))
    words = " ".join(sorted(set(letter.split()), key=len)[-20:])
    stuffed = replace(PLASTERER, text=f"{PLASTERER.text}\n" + f"{words}. " * 10)
    before = engine_of([*OFFICIALS, PLASTERER]).rank(asked, now=NOW)
    after = engine_of([*OFFICIALS, stuffed]).rank(asked, now=NOW)
    assert place_of(before, PLASTERER) - place_of(after, stuffed) <= 2


@pytest.mark.parametrize("language", sorted(LETTERS))
def test_a_letter_finds_the_practitioner_whatever_language_her_record_is_in(language: str) -> None:
    asked = request(title="", text=LETTERS[language], topics=(), countries=("SN",))
    ranking = engine_of([*OFFICIALS, PLASTERER]).rank(asked, now=NOW)
    first = ranking.people[0]
    assert first.expert_id == OFFICIALS[0].id
    assert found(ranking, PLASTERER).score < first.score / 2


@given(parts=st.lists(st.floats(0, 40), min_size=1, max_size=8))
def test_whole_points_add_up_to_the_rounded_score(parts: list[float]) -> None:
    whole = largest_remainder(parts)
    assert sum(whole) == round(sum(parts))
    assert all(abs(left - right) < 1 + 1e-9 for left, right in zip(parts, whole, strict=True))


def test_a_loosely_dated_absence_is_unknown_not_a_failure() -> None:
    vague = Period(PartialDate(2027), PartialDate(2027))
    sure = Period(PartialDate(2027, 3, 5), PartialDate(2027, 3, 6))
    views = [person(1, unavailable=(vague,)), person(2, unavailable=(sure,))]
    ranking = engine_of(views).rank(request(), now=NOW)
    assert [one.band for one in ranking.people] == [Band.ASK, Band.NOT]
