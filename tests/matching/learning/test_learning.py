"""From judgements to a model on disk, with no look at what is to be predicted."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest

from matching.baseline import RULE_WEIGHTS, rule_model, rule_weights
from matching.compiled import AdditiveModel
from matching.engine import Engine
from matching.features import FEATURES, GROUPS, NAMES
from matching.index import Index
from matching.learning.artefacts import ArtefactRefused, Manifest, load_model, save_model
from matching.learning.dataset import Dataset, Judgement, build_dataset, hash_of, read_judgements
from matching.learning.evaluate import Evaluation, evaluate
from matching.learning.tables import WARNING, table
from matching.learning.weights import (
    blocks_in_time,
    compile_weights,
    fit_weights,
    later_scores,
    learnt_scores,
)
from matching.learning.words import bm25
from roster.vocabulary import Origin
from tests.matching.letters import LETTERS, OFFICIALS, PLASTERER, LetterEncoder
from tests.matching.people import NOW, number, person, request


def drawn(n_requests: int, weights: np.ndarray, seed: int = 5) -> Dataset:
    """Return random rows whose grades follow the given weights."""
    rng = np.random.default_rng(seed)
    n = n_requests * 15
    values = rng.random((n, len(NAMES)))
    grades = np.digitize(values @ weights / weights.sum(), [0.4, 0.5, 0.6]).astype(float)
    groups = np.repeat([f"r{at:02d}" for at in range(n_requests)], 15)
    ids = tuple(number(at) for at in range(n))
    return Dataset(values, np.ones_like(values, bool), grades, groups, ids, "test")


def test_the_rule_gives_a_hundred_points_and_every_feature_has_a_bar() -> None:
    assert sum(RULE_WEIGHTS.values()) == 100
    assert set(RULE_WEIGHTS) == set(NAMES)
    assert {feature.group for feature in FEATURES} == set(GROUPS)


def test_a_model_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    manifest = Manifest("learnt-1", "abc", 12, 300, {"ndcg@10": 0.7}, "synthetic")
    save_model(rule_model(), manifest, tmp_path)
    model, told = load_model(tmp_path)
    assert (model.tables == rule_model().tables).all()
    assert told == manifest
    assert {path.suffix for path in tmp_path.iterdir()} == {".npy", ".json"}


def test_a_changed_missing_or_foreign_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArtefactRefused, match="cannot be read"):
        load_model(tmp_path)
    save_model(rule_model(), Manifest("v", ""), tmp_path)
    np.save(tmp_path / "tables.npy", rule_model().tables * 2)
    with pytest.raises(ArtefactRefused, match="not those"):
        load_model(tmp_path)
    content = json.loads((tmp_path / "manifest.json").read_text())
    (tmp_path / "manifest.json").write_text(json.dumps({**content, "features": ["x"]}))
    with pytest.raises(ArtefactRefused, match="other features"):
        load_model(tmp_path)
    (tmp_path / "manifest.json").write_text("[]")
    with pytest.raises(ArtefactRefused, match="format"):
        load_model(tmp_path)


def test_tables_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="shape"):
        AdditiveModel(("a",), np.zeros((2, 256)), "v")


def test_judgements_are_read_and_bad_lines_named(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    good = {"request": "r1", "expert": str(number(1)), "grade": 3, "reason": "did it there"}
    path.write_text(f"{json.dumps(good)}\n\n")
    assert read_judgements(path) == (Judgement("r1", number(1), 3, "did it there"),)
    for bad in ({**good, "grade": 4}, {**good, "expert": "x"}, {"request": "r1"}, [1]):
        path.write_text(f"{json.dumps(good)}\n{json.dumps(bad)}")
        with pytest.raises(ValueError, match="line 2"):
            read_judgements(path)
    path.write_text(f"{json.dumps(good)}\n{json.dumps({**good, 'grade': 0})}")
    with pytest.raises(ValueError, match="graded 3 before"):
        read_judgements(path)


def test_the_digest_of_judgements_knows_no_order() -> None:
    one, two = (Judgement("r", UUID(int=n), n, "") for n in (1, 2))
    assert hash_of([one, two]) == hash_of([two, one]) != hash_of([one])


def test_a_request_is_never_scored_by_a_model_that_saw_it() -> None:
    data = drawn(6, rule_weights())
    before = learnt_scores(data)
    poisoned = data.grades.copy()
    out = data.groups == "r03"
    poisoned[out] = poisoned[out][::-1]
    changed = Dataset(data.values, data.active, poisoned, data.groups, data.experts, data.hash)
    after = learnt_scores(changed)
    assert after[out] == pytest.approx(before[out])


def test_what_people_judge_by_is_learnt_and_few_judgements_move_little() -> None:
    taste = np.full(len(NAMES), 1.0)
    taste[NAMES.index("seniority")] = 60.0
    many, few = fit_weights(drawn(30, taste)), fit_weights(drawn(2, taste))
    at = NAMES.index("seniority")
    assert many[at] > 2 * rule_weights()[at]
    assert abs(few[at] - rule_weights()[at]) < abs(many[at] - rule_weights()[at])
    assert (many >= 0).all()


def test_without_two_grades_the_rule_stays() -> None:
    data = drawn(4, rule_weights())
    flat = Dataset(data.values, data.active, data.grades * 0, data.groups, data.experts, data.hash)
    assert fit_weights(flat) == pytest.approx(rule_weights())
    model = compile_weights(rule_weights(), "v")
    assert model.most.sum() == pytest.approx(100)


DAYS = {f"r{at:02d}": date(2026, 9, 1) + timedelta(days=at) for at in range(12)}


def test_what_is_judged_in_time_came_on_days_after_all_that_is_learnt_from() -> None:
    blocks = blocks_in_time(DAYS)
    judged = [name for block in blocks for name in block.judged]
    assert judged == sorted(DAYS)[5:]
    for block in blocks:
        assert max(DAYS[one] for one in block.before) < min(DAYS[one] for one in block.judged)
        assert len(block.before) == sum(DAYS[o] < DAYS[block.judged[0]] for o in DAYS)


def test_requests_of_one_day_never_teach_about_each_other() -> None:
    same = dict.fromkeys(DAYS, date(2026, 9, 1))
    assert all(block.before == () for block in blocks_in_time(same))
    assert blocks_in_time({"r01": date(2026, 9, 1)}) == ()


def test_no_later_request_moves_the_score_of_an_earlier_one() -> None:
    data = drawn(12, rule_weights())
    blocks = blocks_in_time(DAYS)
    before = later_scores(data, blocks)
    last = np.isin(data.groups, blocks[-1].judged)
    grades = np.where(last, 3 - data.grades, data.grades)
    changed = Dataset(data.values, data.active, grades, data.groups, data.experts, data.hash)
    assert later_scores(changed, blocks) == pytest.approx(before, nan_ok=True)
    assert np.isnan(before[data.groups == "r00"]).all()


@pytest.fixture(scope="module")
def evaluated() -> tuple[Evaluation, Evaluation]:
    """Judge the letters over invented people, and over the same as if they were real."""
    engine, real = Engine(), Engine()
    people = [*OFFICIALS, PLASTERER]
    engine.update(people)
    real.update(replace(view, origin=Origin.REAL) for view in people)
    requests = {code: request(title="", text=text, topics=()) for code, text in LETTERS.items()}
    judged = [
        Judgement(code, view.id, 3 if view is OFFICIALS[0] else 0, "")
        for code in requests
        for view in people
    ]
    judged.append(Judgement("nobody knows", number(1), 1, ""))
    days = {code: NOW.date() + timedelta(days=at) for at, code in enumerate(requests)}

    def measured(index: Index, when: dict[str, date]) -> Evaluation:
        data = build_dataset(index, requests, judged, NOW)
        flat = AdditiveModel(NAMES, np.zeros((len(NAMES), 256)), "flat-1")
        return evaluate(data, index, requests, today=NOW.date(), days=when, in_use=flat)

    return measured(engine.snapshot(), days), measured(real.snapshot(), {})


def test_every_way_is_compared_and_what_ranks_here_is_one_of_them(
    evaluated: tuple[Evaluation, Evaluation],
) -> None:
    found, _ = evaluated
    assert set(found.figures) == {"learnt", "rule", "flat-1", "BM25", "TF-IDF", "chance"}
    assert found.figures["rule"]["ndcg@10"].mean == 1
    # One of eight is good: by chance each place is as likely, and what scores nobody is chance.
    places = 1 / np.log2(np.arange(8) + 2)
    for way in ("chance", "flat-1"):
        assert found.figures[way]["ndcg@10"].mean == pytest.approx(places.mean())
        assert found.figures[way]["ndcg@5"].mean == pytest.approx(places[:5].sum() / 8)
    for held in (*found.figures.values(), *found.gains.values()):
        assert all(one.low <= one.mean <= one.high for one in held.values())
    assert found.gains["rule − chance"]["ndcg@10"].mean == pytest.approx(1 - places.mean())
    assert not found.promotes


def test_an_evaluation_says_what_it_is_about(
    evaluated: tuple[Evaluation, Evaluation],
) -> None:
    found, real = evaluated
    about = found.about
    assert (about.requests, about.judgements, about.people, about.invented) == (4, 4 * 8, 8, 8)
    assert about.letters == {"en": 1, "es": 1, "fr": 1, "pt": 1}
    assert (about.since, about.encoder, real.about.since) == (NOW.date(), None, None)
    assert table(found).endswith(WARNING)
    assert WARNING not in table(real)


def test_without_days_of_receipt_nothing_is_compared_in_time(
    evaluated: tuple[Evaluation, Evaluation],
) -> None:
    found, real = evaluated
    assert real.later is None
    assert "nothing is compared in time" in table(real)
    assert found.later is None  # One request came after three: too few to show anything.


def test_a_feature_that_nobody_asks_for_adds_nothing_and_alone_is_chance(
    evaluated: tuple[Evaluation, Evaluation],
) -> None:
    found, _ = evaluated
    assert set(found.ablation) == set(NAMES)
    change, alone = found.ablation["semantic"]
    assert change.mean == 0
    assert alone.mean == pytest.approx(found.figures["chance"]["ndcg@10"].mean)


def test_each_pair_of_languages_is_told_with_how_many_it_rests_on(
    evaluated: tuple[Evaluation, Evaluation],
) -> None:
    found, _ = evaluated
    told = {(one.letter, one.cv): one for one in found.language_pairs}
    assert {letter for letter, _ in told} == set(LETTERS)
    ours = told["fr", "pt"]
    assert (ours.requests, ours.people, ours.good) == (1, 1, 1)
    assert ours.pairs.mean == ours.recall.mean == 1
    others = told["fr", "en"]
    assert (others.people, others.good) == (7, 0)
    assert others.pairs.mean == 1
    assert np.isnan(others.recall.mean)


def test_in_time_each_way_is_measured_on_the_later_requests_only() -> None:
    data, people = drawn(6, rule_weights()), [person(at) for at in range(6 * 15)]
    engine = Engine()
    engine.update(people)
    needs = {name: request(text="visa") for name in DAYS}
    index = engine.snapshot()
    found = evaluate(data, index, needs, today=NOW.date(), days={**DAYS, "other": NOW.date()})
    assert found.later is not None
    assert (found.later.requests, found.later.first_learnt_from) == (3, 3)
    assert (found.later.since, found.later.until) == (DAYS["r03"], DAYS["r05"])
    assert set(found.later.figures) == set(found.figures)
    assert "3 requests of 2026-09-04 to 2026-09-06 in 3 stretches" in table(found)


def test_a_judged_pair_is_measured_as_a_ranking_measures_it() -> None:
    engine = Engine(encoder=LetterEncoder())
    engine.update(OFFICIALS)
    asked = request(text=LETTERS["fr"])
    judged = [Judgement("r", view.id, 1, "") for view in OFFICIALS]
    data = build_dataset(engine.snapshot(), {"r": asked}, judged, NOW, engine.vectors)
    by_meaning = [NAMES.index("semantic"), NAMES.index("passage")]
    assert not np.isnan(data.values[:, by_meaning]).any()
    ranked = {one.expert_id: one for one in engine.rank(asked, now=NOW).people}
    for row, expert in zip(data.values, data.experts, strict=True):
        told = {one.feature: one.value for one in ranked[expert].contributions}
        known = {name: float(row[NAMES.index(name)]) for name in told}
        assert {n: None if np.isnan(v) else v for n, v in known.items()} == pytest.approx(told)


def test_nothing_judged_in_the_index_is_told() -> None:
    with pytest.raises(ValueError, match="no judged pair"):
        build_dataset(Engine().snapshot(), {}, [Judgement("r", number(1), 1, "")], NOW)


def test_bm25_agrees_with_its_formula() -> None:
    scores = bm25(["visa visa border", "border patrol at sea", "asylum"], ["visa"])
    # A word of more than five letters is two terms, a stop word none: 4, 5 and 2 terms.
    idf, norm = np.log1p((3 - 1 + 0.5) / (1 + 0.5)), 1.2 * (0.25 + 0.75 * 4 / (11 / 3))
    assert scores[:, 0] == pytest.approx([idf * 2 * 2.2 / (2 + norm), 0, 0])
