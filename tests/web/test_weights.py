"""Weights: pressed by buttons as well as by sliders, taken back step by step, told in words."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from roster.read import Contribution, RankingRow, Standing
from roster.vocabulary import Band, LanguageLevel
from tests.web.officer import Desk, said
from tests.web.test_rankings import person, ranked
from web.presenters.weights import before_undo, moved_words, parts_of, row_before, shifted, tied_in
from web.tongues import tongue_of


def made(number: int, **factors: float) -> RankingRow:
    weights = {"topic": 1.0, "country": 1.0, **factors}
    at = datetime(2027, 1, 1, tzinfo=UTC)
    return RankingRow(uuid4(), uuid4(), number, at, "rule", tuple(weights.items()), ())


def stands(*ids: UUID) -> tuple[Standing, ...]:
    return tuple(
        Standing(one, place, Band.FIT, 50.0, None, None) for place, one in enumerate(ids, start=1)
    )


def test_going_back_goes_on_backwards() -> None:
    rows = [made(1), made(2, topic=2.0), made(3, topic=2.0, country=3.0)]
    assert before_undo(rows, rows[2]) == {"topic": 2.0}
    rows.append(made(4, topic=2.0))
    assert before_undo(rows, rows[3]) == {}
    rows.append(made(5))
    assert before_undo(rows, rows[4]) == {"topic": 2.0}, "the reset itself can be taken back"


def test_what_was_made_later_is_not_gone_back_to() -> None:
    rows = [made(1), made(2, topic=2.0), made(3)]
    assert before_undo(rows, rows[0]) is None
    assert before_undo(rows, rows[1]) == {}


def test_a_list_is_held_against_the_one_before_where_the_weights_differ() -> None:
    rows = [made(3, topic=2.0), made(2, topic=2.0), made(1)]
    assert row_before(rows, rows[1]) is rows[2]
    assert row_before(rows, rows[0]) is None
    assert row_before(rows, rows[2]) is None
    assert shifted(rows[0]) == {"topic": 2.0}


def test_who_moved_most_is_named_and_who_may_not_be_is_counted() -> None:
    a, b, c = uuid4(), uuid4(), uuid4()
    tongue = tongue_of("en")
    words = moved_words((1, stands(a, b, c)), stands(c, a, b), {c: "Cy", a: "Ana"}, tongue)
    assert words == (
        "3 of the first ten stand elsewhere than in ranking 1: "
        "Cy from place 3 to 1 and Ana from place 1 to 2."
    )
    assert moved_words((1, stands(a, b)), stands(a, b), {}, tongue) == (
        "The first ten stand as in ranking 1."
    )
    assert moved_words((1, stands(a)), stands(b, a), {}, tongue).endswith("than in ranking 1.")


def test_equal_points_are_a_tie_and_those_who_do_not_fit_have_none() -> None:
    a, b, c, d = (uuid4() for _ in range(4))
    fit = [
        Standing(one, place, Band.FIT, score, None, None)
        for place, (one, score) in enumerate([(a, 60.0), (b, 50.0), (c, 50.0), (d, 40.0)], start=1)
    ]
    assert tied_in(fit, Band.FIT) == {b, c}
    out = [Standing(one, place, Band.NOT, 9.0, None, None) for place, one in enumerate((a, b))]
    assert tied_in(out, Band.NOT) == frozenset()


def test_colours_carry_the_points_of_all_their_features() -> None:
    parts = [
        Contribution("topic", 1.0, 20.0, 30.0, ""),
        Contribution("text", 0.5, 5.0, 10.0, ""),
        Contribution("country", None, 1.0, 6.0, ""),
    ]
    assert parts_of(parts) == "topic:25.0000:40.0000 country:1.0000:6.0000"


@pytest.mark.anyio
async def test_weights_are_taken_back_and_reset_by_buttons_alone(desk: Desk) -> None:
    person(desk, "Ana Fits", LanguageLevel.C1)
    person(desk, "Bo Fits", LanguageLevel.C1)
    async with desk.client() as client:
        path = await ranked(desk, client)
        post = f"{path.removesuffix('/ranking')}/rankings"
        first = (await client.get(path)).text
        assert "Undo" not in said(first)
        assert re.search(r'data-parts="topic:\d', first)
        await client.post(post, data={"w_topic": "2.5"})
        await client.post(post, data={"w_topic": "2.5", "w_country": "0"})
        shown = said((await client.get(path)).text)
        assert "Country and region ×0" in shown
        assert "The first ten stand as in ranking 2." in shown
        back = await client.post(post, data={"way": "undo", "run": "3", "w_topic": "3"})
        shown = said((await client.get(back.headers["location"])).text)
        assert "Weights changed: Topic ×2.5" in shown
        assert "Country and region ×0" not in shown
        await client.post(post, data={"way": "reset", "run": "4", "w_topic": "3"})
        shown = said((await client.get(path)).text)
        assert "All weights as they stand" in shown
        assert "Undo" in shown
        assert "Reset" not in shown
        sliders = re.findall(r'name="(w_\w+)"', (await client.get(path)).text)
        await client.post(post, data=dict.fromkeys(sliders, "0"))
        shown = said((await client.get(path)).text)
        assert "All weights are 0" in shown
        assert "tied, place 1" in shown
        assert (await client.post(post, data={"way": "undo", "run": "77"})).status_code == 404
