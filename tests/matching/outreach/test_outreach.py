"""States are asked in an order that past Actions justify, and every reason is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from matching.outreach.evaluate import evaluate, table
from matching.outreach.history import (
    Need,
    languages_in_common,
    member_states,
    nearness,
    shared_languages,
)
from matching.outreach.lenders import LEAST_ACTIONS, RULE, Chances, Past, apart, fit, measure
from matching.outreach.suggest import Adviser
from roster.dates import PartialDate
from roster.read import LanguageNeed, OutreachAdvice, PastAction, RequestView, StateAdvice, Told
from roster.vocabulary import LanguageLevel

UNSAID = (Told.INTEREST, Told.CALLS, Told.RELEASES)
"""What states say themselves: `test_stances`."""
ON = date(2027, 3, 1)
STATES = member_states(ON)


def action(code: str, country: str, topic: str, states: str, year: int = 2025) -> PastAction:
    return PastAction(
        code=code,
        countries=(country,),
        regional_body=None,
        topics=(topic,),
        further_topics=(),
        starts=PartialDate(year),
        states=frozenset(states.split()),
    )


PAST = (
    action("a01", "PE", "trafficking_in_human_beings", "ES PT"),
    action("a02", "CO", "border_management", "ES"),
    action("a03", "BO", "migration_management", "ES NL"),
    action("a04", "PY", "migration_and_development", "ES"),
    action("a05", "SN", "border_management", "FR AT"),
    action("a06", "ML", "migration_and_development", "FR"),
    action("a07", "BJ", "remittances", "FR DE"),
    action("a08", "KE", "border_management", "AT NL"),
    action("a09", "MW", "border_management", "HU SI"),
    action("a10", "MZ", "document_security", "PT SI"),
    action("a11", "MD", "data_management", "RO LT"),
    action("a12", "GE", "trafficking_in_human_beings", "LT PL"),
)
EC = RequestView(None, "Help", countries=("EC",), topics=("border_management",))


def advised(request: RequestView, past: tuple[PastAction, ...] = PAST) -> OutreachAdvice:
    return Adviser().advise(request, past, ON)


def state(advice: OutreachAdvice, code: str) -> StateAdvice:
    return next(one for one in advice.states if one.country == code)


def test_a_state_of_the_language_and_the_region_comes_first() -> None:
    advice = advised(EC)
    first = advice.states[0]
    assert (first.country, first.place) == ("ES", 1)
    told = {one.told: one for one in first.reasons}
    assert (told[Told.REGION].supplied, told[Told.REGION].of) == (4, 4)
    assert (told[Told.TOPIC].supplied, told[Told.TOPIC].of) == (1, 4)
    assert told[Told.LANGUAGE].names == ("es",)
    assert told[Told.SHARE].latest == 2025
    assert (advice.actions, advice.model, advice.missing) == (12, "learnt", UNSAID)


def test_points_add_up_to_the_score_and_the_average_state_has_none() -> None:
    advice = advised(EC)
    for one in advice.states:
        assert sum(reason.points for reason in one.reasons) == pytest.approx(one.score, abs=1e-9)
    assert sum(one.score for one in advice.states) == pytest.approx(0, abs=1e-9)


def test_only_present_members_are_asked() -> None:
    past = (*PAST, action("a13", "GH", "border_management", "GB"))
    advice = advised(EC, past)
    assert {one.country for one in advice.states} == set(STATES)
    assert "GB" not in STATES


def test_states_of_whom_the_same_is_known_share_a_place() -> None:
    never = [one for one in advised(EC).states if one.country in {"LV", "SK", "CZ"}]
    assert len({one.place for one in never}) == 1
    assert [one.country for one in never] == ["CZ", "LV", "SK"]


def test_without_a_past_the_rule_goes_by_language_and_claims_no_chance() -> None:
    advice = advised(EC, ())
    assert advice.states[0].country == "ES"
    assert [one.place for one in advice.states[1:]] == [2] * (len(STATES) - 1)
    assert (advice.model, advice.actions) == ("rule", 0)
    assert all(one.chance is None for one in advice.states)
    assert set(advice.missing) == {Told.TOPIC, Told.PLACE, Told.REGION, Told.SHARE, *UNSAID}


def test_a_request_that_says_nothing_is_ordered_by_what_is_known_at_large() -> None:
    advice = advised(RequestView(None, "?"))
    said_nothing = {Told.TOPIC, Told.PLACE, Told.REGION, Told.LANGUAGE, *UNSAID}
    assert set(advice.missing) == said_nothing
    assert advice.states[0].country == "ES"
    moved = [one for row in advice.states for one in row.reasons if one.told is not Told.SHARE]
    assert {round(one.points, 9) for one in moved} == {0.0}


@pytest.mark.parametrize("body", ["MERCOSUR", "no-such-body"])
def test_a_body_stands_for_its_members_and_an_unknown_one_for_nobody(body: str) -> None:
    advice = advised(replace(EC, countries=(), regional_body=body))
    assert (Told.PLACE in advice.missing) == (body != "MERCOSUR")


def test_a_working_language_that_is_named_counts_fully() -> None:
    french = LanguageNeed("fr", LanguageLevel.B2)
    need = replace(EC, countries=("TZ",), languages=(french,))
    told = {one.country for one in advised(need, ()).states if one.place == 1}
    assert told == {"BE", "FR", "LU"}


def test_english_in_common_says_less_than_another_language() -> None:
    need = [Need(("MU",), {}, frozenset(), ON)]
    irish, french = languages_in_common(need, ("IE", "FR"))[0]
    assert 0 < irish < french
    assert shared_languages(need[0], "FR") == ("fr",)


def test_a_topic_of_the_letter_counts_less_than_one_of_the_request() -> None:
    letter = "We ask for help against trafficking in human beings. Trafficking in human beings."
    named = advised(replace(EC, topics=("border_management", "trafficking_in_human_beings")))
    read = advised(replace(EC, text=letter, text_language="en"))
    silent = advised(EC)
    pl = [state(one, "PL").score - state(one, "HU").score for one in (silent, read, named)]
    assert pl[0] < pl[1] < pl[2]


def test_an_older_action_speaks_less_than_a_recent_one() -> None:
    past = (
        action("b1", "PE", "remittances", "NL", 2024),
        action("b2", "PE", "remittances", "SE", 2012),
        action("b3", "PE", "remittances", "FI", 2024),
    )
    need = RequestView(None, "?", countries=("PE",))
    advice = advised(need, past)
    assert state(advice, "NL").score > state(advice, "SE").score > state(advice, "LV").score
    undated = advised(need, (replace(past[0], starts=None), *past[1:]))
    assert state(undated, "FI").score > state(undated, "NL").score > state(undated, "SE").score


def test_an_action_that_names_no_state_teaches_nothing() -> None:
    silent = replace(PAST[0], code="b0", states=frozenset())
    assert advised(EC, (*PAST, silent)) == advised(EC)


def test_the_order_of_the_past_changes_nothing() -> None:
    assert advised(EC, tuple(reversed(PAST))) == advised(EC)


def known() -> Past:
    return Past.of(PAST, STATES, ON)


@given(at=st.integers(0, len(PAST) - 1), column=st.integers(0, len(STATES) - 1))
def test_nothing_of_an_action_left_out_reaches_what_is_measured_or_learnt(
    at: int, column: int
) -> None:
    past = known()
    turned = past.sent.copy()
    turned[at, column] = 1 - turned[at, column]
    other = replace(past, sent=turned)
    rows = np.arange(len(past)) != at
    use = apart(np.ones((len(past), len(past)), bool)) & rows
    before, after = (measure(one.near, one.speaks, one.sent, use) for one in (past, other))
    assert np.array_equal(before, after)
    assert np.array_equal(fit(past, use, rows), fit(other, use, rows))


def test_too_few_actions_teach_nothing() -> None:
    past = known()
    use = apart(np.ones((len(past), len(past)), bool))
    rows = np.arange(len(past)) < LEAST_ACTIONS - 1
    assert np.array_equal(fit(past, use, rows), RULE)
    assert Chances.of(past, RULE, use, rows) is None
    assert np.array_equal(fit(past, use, rows, [0, 3]), [1, 0, 0, 2, 0])
    nobody = replace(past, sent=np.zeros_like(past.sent))
    assert np.array_equal(fit(nobody, use, rows | True), RULE)
    assert Chances.of(nobody, RULE, use, rows | True) is None


def test_chances_rise_with_the_score_and_add_up_to_who_came() -> None:
    past = known()
    use = apart(np.ones((len(past), len(past)), bool))
    rows = np.ones(len(past), bool)
    curve = Chances.of(past, RULE, use, rows)
    assert curve is not None
    scores = measure(past.near, past.speaks, past.sent, use) @ RULE
    assert curve.at(scores).sum() == pytest.approx(past.sent.sum(), rel=0.02)
    asked = past.members
    peer = LogisticRegression(C=1e3).fit(scores[asked][:, None], past.sent[asked])
    assert (curve.slope, curve.intercept) == pytest.approx(
        (peer.coef_[0, 0], peer.intercept_[0]), rel=0.01
    )
    assert (np.diff(curve.at(np.sort(scores.ravel()))) >= 0).all()


def test_nearness_is_a_ratio_and_an_action_is_nearest_to_itself() -> None:
    needs = [Need.of_action(one, ON) for one in PAST]
    near = nearness(needs, needs, ON)
    for kind in (near.topic, near.place, near.region, near.recency):
        assert kind.shape == (len(PAST), len(PAST))
        assert ((kind >= 0) & (kind <= 1)).all()
        assert np.allclose(np.diag(kind), 1)


# --- Evaluation -----------------------------------------------------------------------------------


def test_ways_are_compared_under_each_way_of_leaving_out() -> None:
    found = evaluate(PAST)
    assert (found.actions, found.pairs, found.states) == (12, 21, 11)
    names = [one.left_out for one in found.trials]
    assert names == ["one Action", "one beneficiary country", "every later Action"]
    first = found.trials[0]
    assert {"learnt", "rule", "popularity", "random", "without topic"} <= set(first.figures)
    assert first.figures["random"]["MAP"].mean < first.figures["rule"]["MAP"].mean
    gain = first.gains["learnt - popularity"]["MAP"]
    means = [first.figures[way]["MAP"].mean for way in ("learnt", "popularity")]
    assert gain.mean == pytest.approx(means[0] - means[1])
    assert gain.low <= gain.mean <= gain.high
    assert found.trials[2].actions == 0
    shown = table(found)
    assert "learnt - popularity" in shown
    assert "One facility, few Actions" in shown


def test_leaving_a_country_out_leaves_out_all_its_actions() -> None:
    twice = [action(code, "PE", "remittances", "CY") for code in ("c1", "c2")]
    found = evaluate((*twice, *PAST[4:7]))
    one, country = (trial.figures["popularity"]["MAP"].mean for trial in found.trials[:2])
    assert country < one


def test_nothing_is_compared_where_no_action_has_a_date() -> None:
    undated = [replace(one, starts=None) for one in PAST]
    with pytest.raises(ValueError, match="no Action says when"):
        evaluate(undated)


def test_nothing_is_compared_on_a_single_action() -> None:
    with pytest.raises(ValueError, match="fewer than two"):
        evaluate(PAST[:1])
