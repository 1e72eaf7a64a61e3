"""One number for everybody: a failed condition stands below; a copied letter lifts nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from matching.baseline import rule_model
from matching.encoder import VectorStore
from matching.features import NAMES
from matching.index import build_index
from matching.profile import profile_of
from matching.standings import (
    CONFLICT_READ,
    KIND_READ,
    LANGUAGE_READ,
    PASSED,
    Standings,
    stand,
)
from roster.read import Evidence, ExpertView, LanguageNeed, RequestView
from roster.vocabulary import ExpertKind
from tests.matching.letters import LETTERS, OFFICIALS, PLASTERER, LetterEncoder
from tests.matching.people import person as person_of
from tests.matching.people import post, request, speaks

TODAY = date(2026, 11, 22)


def standings(need: RequestView, people: tuple[ExpertView, ...], *, meaning: bool) -> Standings:
    profiles = [profile_of(view) for view in people]
    store = VectorStore(LetterEncoder()) if meaning else None
    if store is not None:
        store.encode(text for profile in profiles for text in profile.texts)
    index = build_index(profiles, store)
    return stand(need, index, TODAY, model=rule_model(), store=store, only_read=("topic",))


def place(found: Standings, people: tuple[ExpertView, ...], who: ExpertView) -> int:
    """Return how many stand above somebody."""
    ids = sorted(view.id for view in people)
    scores = np.round(found.scores(), 9)
    return int((scores > scores[ids.index(who.id)]).sum())


@pytest.mark.parametrize("meaning", [False, True], ids=["words", "meaning"])
@pytest.mark.parametrize("code", LETTERS)
def test_the_letter_pasted_ten_times_lifts_by_two_places_at_most(code: str, meaning: bool) -> None:
    need = request(title="", text=LETTERS[code], topics=(), languages=())
    people = (*OFFICIALS, PLASTERER)
    pasted = replace(PLASTERER, text=f"{PLASTERER.text}\n" + f"{LETTERS[code]}\n" * 10)
    before = place(standings(need, people, meaning=meaning), people, PLASTERER)
    others = (*OFFICIALS, pasted)
    after = place(standings(need, others, meaning=meaning), others, pasted)
    assert before - after <= 2


def test_a_failed_condition_stands_below_every_other() -> None:
    need = request(text=LETTERS["en"], languages=(LanguageNeed("en"),))
    best, *others = OFFICIALS
    mute = replace(best, languages=speaks(pt="native", en="A1"))
    people = (mute, *others, PLASTERER)
    found = standings(need, people, meaning=False)
    assert place(found, people, mute) == len(people) - 1
    assert found.scores().min() < PASSED <= np.sort(found.scores())[1]


def test_the_points_of_a_topic_only_read_are_fewer_and_all_add_up() -> None:
    need = request(text=LETTERS["en"])
    index = build_index([profile_of(view) for view in OFFICIALS])
    given = stand(need, index, TODAY, model=rule_model())
    read = stand(need, index, TODAY, model=rule_model(), only_read=("topic",))
    topic = NAMES.index("topic")
    assert read.points()[:, topic].max() < given.points()[:, topic].max()
    for found in (given, read):
        assert found.scores() == pytest.approx(found.points().sum(axis=1) + found.conditions)


def test_a_request_without_a_word_ties_everybody_and_says_so() -> None:
    need = RequestView(id=None, title="")
    found = standings(need, OFFICIALS, meaning=False)
    assert set(found.scores().tolist()) == {PASSED}
    assert "nobody can be told from anybody" in found.notes[0]


def test_nobody_at_all_is_no_error() -> None:
    assert standings(request(text=LETTERS["en"]), (), meaning=True).scores().shape == (0,)


def test_an_encoder_that_had_nothing_to_encode_is_not_called_missing() -> None:
    store = VectorStore(LetterEncoder())
    index = build_index([profile_of(person_of(1))], store)
    need = request(title="", text=LETTERS["en"], languages=())
    found = stand(need, index, TODAY, model=rule_model(), store=store, only_read=())
    assert len(store) == 0
    assert not [note for note in found.notes if "encoder" in note]


def test_weights_all_zero_give_nobody_points() -> None:
    found = standings(request(text=LETTERS["en"]), OFFICIALS, meaning=False)
    assert not found.points(np.zeros(len(NAMES))).any()


CV = "Jefe de la unidad de documentos de viaje del servicio de extranjería y fronteras en Madrid"


@pytest.mark.parametrize(
    ("language", "outcome"),
    [pytest.param("es", "unknown", id="cv-in-it"), pytest.param("fr", "fail", id="cv-in-another")],
)
def test_the_language_a_cv_is_written_in_is_not_taken_for_missing(
    language: str, outcome: str
) -> None:
    held = post(CV, 2015, country=None, lang="es")
    held = replace(held, evidence=replace(held.evidence, quote=CV))
    view = person_of(5, posts=(held,), languages=speaks(en="B2"), home_country=None)
    need = request(text=LETTERS["en"], languages=(LanguageNeed(language),))
    (gates,) = standings(need, (view,), meaning=False).gates
    assert gates[0].outcome.value == outcome


def test_what_a_program_did_not_find_is_unknown_and_what_somebody_left_out_is_not() -> None:
    need = request(text="Training on the voluntary return of migrants.", topics=())
    read = replace(post("Clerk", 2015), evidence=Evidence(None, "Clerk", "text"))
    stated = replace(read, evidence=Evidence(None, "Clerk", "", confirmed=True))
    people = tuple(person_of(n, posts=(held,)) for n, held in ((1, read), (2, stated)))
    found = standings(need, people, meaning=False)
    topic = dict(
        zip(sorted(view.id for view in people), found.values[:, NAMES.index("topic")], strict=True)
    )
    assert np.isnan(topic[people[0].id])
    assert topic[people[1].id] == 0


def test_another_kind_than_a_letter_implies_costs_points_and_excludes_nobody() -> None:
    official = person_of(1, kind=ExpertKind.EU_ADMINISTRATION)
    adviser = person_of(2, kind=ExpertKind.PRIVATE_CONSULTANT)
    unknown = person_of(3, kind=None)
    need = request(text=LETTERS["en"], kinds=frozenset({ExpertKind.EU_ADMINISTRATION}))
    index = build_index([profile_of(view) for view in (official, adviser, unknown)])
    implied = stand(need, index, TODAY, model=rule_model(), only_read=("kind",))
    assert dict(zip(index.ids, implied.conditions.tolist(), strict=True)) == {
        official.id: PASSED,
        adviser.id: PASSED - KIND_READ,
        unknown.id: PASSED,
    }
    named = stand(need, index, TODAY, model=rule_model())
    assert dict(zip(index.ids, named.conditions.tolist(), strict=True))[adviser.id] == 0


@pytest.mark.parametrize(
    ("spoken", "missing"),
    [
        pytest.param({"fr": "B2"}, 0, id="enough"),
        pytest.param({"fr": "B1"}, 1, id="one-level-less"),
        pytest.param({"fr": "A1"}, 3, id="three-levels-less"),
        pytest.param({"sv": "native"}, 4, id="not-at-all"),
    ],
)
def test_a_language_only_read_in_the_letter_costs_by_the_level_that_is_missing(
    spoken: dict[str, str], missing: int
) -> None:
    view = person_of(1, home_country="SE", languages=speaks(**spoken))
    need = request(text=LETTERS["en"], languages=(LanguageNeed("fr"),))
    index = build_index([profile_of(view)])
    read = stand(need, index, TODAY, model=rule_model(), only_read=("language",))
    assert read.conditions.tolist() == [PASSED - LANGUAGE_READ * missing]
    given = stand(need, index, TODAY, model=rule_model())
    assert given.conditions.tolist() == [0.0 if missing else PASSED]


def test_serving_a_country_only_read_costs_points_and_a_recorded_conflict_excludes() -> None:
    own = person_of(1, home_country="SE", kind=ExpertKind.EU_ADMINISTRATION)
    need = request(text=LETTERS["en"], countries=("SE",), languages=())
    index = build_index([profile_of(own)])
    read = stand(need, index, TODAY, model=rule_model(), only_read=("country",))
    assert read.conditions.tolist() == [PASSED - CONFLICT_READ]
    recorded = replace(need, conflicts=frozenset({own.id}))
    found = stand(recorded, index, TODAY, model=rule_model(), only_read=("country",))
    assert found.conditions.tolist() == [0.0]
