"""Poor requests, rosters and weights have an answer, and it says what was missing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from matching.engine import Engine
from matching.features import NAMES
from matching.letters import read_letter
from matching.question import ask
from roster.read import ExpertView, Ranking, RequestView
from roster.vocabulary import ActivityType, Band
from tests.matching.letters import LETTERS, OFFICIALS, PLASTERER
from tests.matching.people import NOW, mission, need, number, person, request, topic


def ranked(
    people: Sequence[ExpertView], asked: RequestView, weights: dict[str, float] | None = None
) -> Ranking:
    engine = Engine()
    engine.update(people)
    return engine.rank(asked, weights=weights, now=NOW)


TODAY = NOW.date()
KNOWS = person(1, topics=(topic("document_security", 1, 2015),))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        pytest.param({"topics": (), "text": LETTERS["en"]}, None, id="topics-are-read"),
        pytest.param(
            {"title": "", "topics": (), "text": "Quelque chose en rapport"},
            "topics",
            id="no-topics",
        ),
        pytest.param({"countries": ()}, "countries", id="no-countries"),
        pytest.param({"languages": ()}, "languages", id="no-languages"),
        pytest.param({"starts": None, "ends": None}, "dates", id="no-dates"),
    ],
)
def test_a_request_that_leaves_something_open_is_ranked_and_told_so(
    fields: dict[str, object], words: str | None
) -> None:
    whole = {"languages": (need("en"),), "activities": (ActivityType.TRAINING,), "text": "Visas"}
    ranking = ranked([KNOWS, person(2)], request(**{**whole, **fields}))
    told = [note for note in ranking.notes if "names no" in note]
    if words is None:
        assert not told
    else:
        assert told == [f"The request names no {words}: nobody has points for what is not asked."]
    assert ranking.people[0].expert_id == KNOWS.id
    total = sum(part.points for part in ranking.people[0].contributions)
    assert ranking.people[0].score == pytest.approx(total)


def test_what_nobody_speaks_or_has_shown_is_told_and_nobody_is_left_out() -> None:
    asked = request(topics=("remittances",), languages=(need("ja"),))
    ranking = ranked([person(1), person(2)], asked)
    notes = " ".join(ranking.notes)
    assert "Japanese" in notes
    assert "Remittances" in notes
    assert len(ranking.people) == 2
    assert all(one.band is Band.NOT for one in ranking.people)


def test_a_topic_near_the_one_asked_for_is_not_told_as_unknown() -> None:
    near = person(1, topics=(topic("border_management", 1, 2015),))
    assert not any("Nobody on the roster" in note for note in ranked([near], request()).notes)


def test_weights_of_nought_make_everybody_equal_and_say_so() -> None:
    people = [KNOWS, person(2), person(3)]
    ranking = ranked(people, request(), dict.fromkeys(NAMES, 0.0))
    assert [one.score for one in ranking.people] == [0, 0, 0]
    assert all(one.tied for one in ranking.people)
    assert [one.expert_id for one in ranking.people] == [number(n) for n in (1, 2, 3)]
    assert any("has the weight 0" in note for note in ranking.notes)


def test_an_empty_roster_and_a_roster_of_one_have_their_answers() -> None:
    assert "There is nobody on the roster to rank." in ranked([], request()).notes
    (alone,) = ranked([KNOWS], request()).people
    assert (alone.place, alone.tied, alone.band) == (1, False, Band.FIT)
    assert 0 < alone.score <= 100


def test_a_record_without_any_fact_is_measured_as_unknown_everywhere() -> None:
    bare = person(50, languages=(), availability_known_until=None, home_country=None, kind=None)
    asked = request(languages=(need("fr"),), text=LETTERS["fr"])
    ranking = ranked([bare, *OFFICIALS, PLASTERER], asked)
    (found,) = [one for one in ranking.people if one.expert_id == bare.id]
    assert found.band is Band.ASK
    assert all(part.value is None for part in found.contributions if part.most)
    assert found.score > 0


MIXED = "Passports паспорт جواز سفر 护照 διαβατήριο hộ chiếu. "
SAID = mission("Detection of forged passports at the airport", ["SN"], 2025)


def test_mixed_scripts_are_ranked_by_what_they_say() -> None:
    writer, other = person(1, missions=(SAID,), text=MIXED * 20), person(2, text="Singt im Chor.")
    ranking = ranked([writer, other], request(title="", topics=(), text=MIXED))
    assert [one.expert_id for one in ranking.people] == [number(1), number(2)]
    assert all(0 <= one.score <= 100 for one in ranking.people)
    assert not any("very long" in note for note in ranking.notes)


@pytest.mark.long
def test_texts_of_a_megabyte_are_ranked_and_what_was_not_read_is_told() -> None:
    long = MIXED * 20_000
    assert len(long.encode()) > 1_000_000
    writer = person(1, missions=(SAID,), text=long)
    ranking = ranked([writer, person(2)], request(text=long))
    assert [one.expert_id for one in ranking.people] == [number(1), number(2)]
    assert any("first 20,000 words were read" in note for note in ranking.notes)


def test_a_letter_is_read_up_to_a_length_and_what_is_cut_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("matching.letters.MOST_WORDS", 4)
    need = request(title="", text="forged passports\n at borders, remittances")
    asked = ask(need, read_letter(need, None), TODAY)
    assert asked.term_words
    assert "remittances" not in asked.term_words
    assert any("first 4 words" in note for note in asked.notes)
