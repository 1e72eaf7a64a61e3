"""What is learnt from decisions: only what was known then, and judged by what came later."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.baseline import rule_model
from matching.engine import Engine
from matching.features import NAMES
from matching.learning.contrast import contrast, exposure
from matching.learning.past import PastRanking, recall_ranking
from matching.learning.proof import LEARNT, figure_of, prove
from matching.learning.training import (
    LARGEST_WEIGHT,
    STRENGTHS,
    choose_strength,
    factors_of,
    learn,
    lessons_from,
    looked_at_weight,
    model_from,
)
from roster.queries.packing import measured, packed
from roster.read import Decision
from roster.vocabulary import Band
from tests.matching.letters import OFFICIALS
from tests.matching.people import NOW, number, request

RULE = rule_model()
COUNTRY, TOPIC = NAMES.index("country"), NAMES.index("topic")


def past(seed: int = 0, n: int = 20) -> PastRanking:
    """Return a ranking of random people who all fit."""
    values = np.random.default_rng(seed).random((n, len(NAMES)))
    return PastRanking(
        ids=tuple(number(at) for at in range(n)),
        bands=(Band.FIT,) * n,
        values=values,
        active=np.ones(len(NAMES), bool),
        factors=np.ones(len(NAMES)),
        scores=np.zeros(n),
    )


def decided(
    n_requests: int, feature: int = COUNTRY
) -> tuple[list[Decision], dict[UUID, PastRanking]]:
    """Return decisions that follow one feature alone, a week apart."""
    decisions, rankings = [], {}
    for at in range(n_requests):
        ranking, run = past(at), number(900 + at)
        rankings[run] = ranking
        for row in range(8):
            value = ranking.values[row, feature]
            decisions.append(
                Decision(
                    request_id=number(500 + at),
                    expert_id=ranking.ids[row],
                    grade=3 if value > 0.6 else 2 if value > 0.4 else 0,
                    on=date(2026, 1, 5) + timedelta(weeks=at),
                    ranking_id=run,
                    place=row + 1,
                    is_real=True,
                )
            )
    return decisions, rankings


def test_what_is_read_back_scores_as_the_ranking_did() -> None:
    engine = Engine()
    engine.update(OFFICIALS)
    ranking = engine.rank(request(), weights={"country": 2.0}, worded=1, now=NOW)
    again = recall_ranking(measured(packed(ranking)))
    assert again.ids == tuple(one.expert_id for one in ranking.people)
    assert np.allclose(again.scored_by(RULE), again.scores, atol=1e-9)
    fit = [one.expert_id for one in ranking.people if one.band is Band.FIT]
    assert again.order_by(RULE) == tuple(fit)


@pytest.mark.parametrize(
    ("place", "weight"),
    [(None, 1.0), (1, 1.0), (4, 2.0), (25, LARGEST_WEIGHT), (5000, LARGEST_WEIGHT), (0, 1.0)],
)
def test_a_decision_weighs_more_where_fewer_look_but_never_too_much(
    place: int | None, weight: float
) -> None:
    assert looked_at_weight(place) == pytest.approx(weight)


def test_lessons_stand_in_the_order_of_time_and_hash_alike_in_any_order() -> None:
    decisions, rankings = decided(4)
    lessons = lessons_from(decisions, rankings)
    shuffled = lessons_from(decisions[::-1], rankings)
    assert lessons.request_ids == tuple(number(500 + at) for at in range(4))
    assert lessons.hash == shuffled.hash
    assert (lessons.values == shuffled.values).all()
    first = decisions[0]
    row = rankings[first.ranking_id].row_of[first.expert_id]
    at = lessons.experts.index(first.expert_id)
    assert (lessons.values[at] == rankings[first.ranking_id].values[row]).all()


def test_nothing_is_learnt_of_people_whom_no_ranking_names() -> None:
    decisions, rankings = decided(1)
    with pytest.raises(ValueError, match="no decision"):
        lessons_from(decisions, {})
    one = next(iter(rankings))
    rankings[one] = past(0, n=3)
    assert len(lessons_from(decisions, rankings).experts) == 3


def test_what_decides_counts_more_and_nothing_turns_round() -> None:
    lessons = lessons_from(*decided(12))
    rows = np.ones(len(lessons.grades), bool)
    most = learn(RULE, lessons, rows, 0.3)
    model = model_from(RULE, most, "v")
    factors = factors_of(model, RULE)
    assert factors["country"] == max(factors.values()) > 1.5
    assert model.most.sum() == pytest.approx(100)
    steps = np.diff(model.tables[:, :-1], axis=1)
    assert ((steps >= -1e-12) | (np.diff(RULE.tables[:, :-1], axis=1) < 0)).all()
    assert np.allclose(model_from(RULE, RULE.most, "v").tables, RULE.tables)


def test_where_nothing_is_worth_anything_the_base_stays() -> None:
    assert (model_from(RULE, np.zeros(len(NAMES)), "v").tables == RULE.tables).all()


def test_the_strongest_base_is_kept_where_little_is_known() -> None:
    lessons = lessons_from(*decided(3))
    assert choose_strength(RULE, lessons, lessons.telling) == STRENGTHS[-1]


def test_a_model_is_judged_by_later_requests_only() -> None:
    lessons = lessons_from(*decided(20))
    proof = prove(lessons, RULE, RULE)
    assert proof.held_out == 12
    assert set(proof.figures) == {LEARNT, RULE.version}
    assert proof.gains["ndcg@10"].is_above_zero
    # What comes after a request may say anything: its figure is what it was.
    later, rankings = decided(20)
    turned = [
        one if one.on < date(2026, 1, 5) + timedelta(weeks=19) else _turned(one) for one in later
    ]
    other = prove(lessons_from(turned, rankings), RULE, RULE)
    assert other.held_out == proof.held_out
    again = prove(lessons_from(turned[: 8 * 19], rankings), RULE, RULE)
    same = prove(lessons_from(later[: 8 * 19], rankings), RULE, RULE)
    assert again.figures == same.figures


def _turned(one: Decision) -> Decision:
    return Decision(
        one.request_id,
        one.expert_id,
        3 - one.grade,
        one.on,
        one.ranking_id,
        one.place,
        is_real=True,
    )


def test_too_few_requests_prove_nothing() -> None:
    proof = prove(lessons_from(*decided(4)), RULE, RULE)
    assert (proof.held_out, proof.figures, proof.gains) == (0, {}, {})
    assert figure_of(np.array([np.nan])).mean is None


def test_two_models_are_held_against_each_other_on_the_same_people() -> None:
    ranking = past(3, n=30)
    same = contrast(ranking, RULE, RULE)
    assert (same.entered, same.left, same.moved_mean, same.tau) == ((), (), 0.0, 1.0)
    stretched = RULE.most.copy()
    stretched[COUNTRY] *= 20
    other = model_from(RULE, stretched, "country")
    unlike = contrast(ranking, RULE, other)
    assert len(unlike.entered) == len(unlike.left) > 0
    assert set(unlike.entered) <= set(ranking.order_by(other)[:10])
    assert not set(unlike.entered) & set(ranking.order_by(RULE)[:10])
    assert unlike.tau is not None
    assert unlike.tau < 1
    nobody = contrast(past(0, n=0), RULE, other)
    assert (nobody.people, nobody.moved_mean, nobody.tau) == (0, None, None)


def test_exposure_counts_the_first_ten_by_country_and_first_timers() -> None:
    ranking = past(3, n=12)
    ranking.values[:6, NAMES.index("record")] = np.nan
    shown = ranking.order_by(RULE)[:10]
    countries = {who: "PT" if at % 2 else None for at, who in enumerate(shown)}
    told = exposure([ranking], RULE, countries)
    assert told.places == 10
    assert told.countries == {"PT": 0.5}
    new = sum(ranking.row_of[who] < 6 for who in shown)
    assert told.first_timers == pytest.approx(new / 10)
    assert exposure([], RULE, {}).first_timers is None


@given(st.integers(0, 10_000), st.integers(2, 40))
def test_an_order_has_everybody_once_and_never_falls(seed: int, n: int) -> None:
    ranking = past(seed, n)
    order = ranking.order_by(RULE)
    assert sorted(order) == sorted(ranking.ids)
    scores = ranking.scored_by(RULE)
    told = [round(float(scores[ranking.row_of[who]]), 9) for who in order]
    assert told == sorted(told, reverse=True)
