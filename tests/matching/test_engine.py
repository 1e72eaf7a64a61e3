"""The engine keeps its index, ranks under threads and remembers vectors across restarts."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from matching.compiled import AdditiveModel
from matching.engine import Engine
from matching.features import NAMES
from matching.files import Stamp, saved
from matching.steps import MISSING
from roster.errors import InvalidInput, RequestIncomplete
from roster.ports import WORDED
from roster.read import ExpertView
from roster.vocabulary import ActivityType, AdministrationKind, Band
from tests.matching.letters import LETTERS, OFFICIALS, PLASTERER, LetterEncoder
from tests.matching.people import NOW, mission, need, number, person, post, request, speaks, topic


def test_an_engine_without_people_ranks_nobody() -> None:
    engine = Engine()
    assert len(engine) == 0
    assert engine.rank(request(), now=NOW).people == ()


def test_what_is_told_of_the_features_is_read_in_the_model_in_use() -> None:
    engine, tables = Engine(), np.zeros((len(NAMES), 256))
    tables[0, 254], tables[0, MISSING], tables[1, 254] = 3.0, 1.5, 1.0
    engine.use(AdditiveModel(NAMES, tables, "learnt-1"))
    told = engine.features
    assert [one.name for one in told] == list(NAMES)
    assert [(one.points, one.neutral) for one in told[:3]] == [(75, 0.5), (25, 0), (0, 0)]


def test_people_are_added_replaced_and_removed() -> None:
    engine = Engine()
    engine.update([person(1), person(2)])
    engine.update([person(2, topics=(topic("document_security", 1, 2015),))])
    assert engine.rank(request(), now=NOW).people[0].expert_id == number(2)
    engine.remove([number(2), number(99)])
    assert [one.expert_id for one in engine.rank(request(), now=NOW).people] == [number(1)]
    assert len(engine) == 1


def test_a_request_that_says_nothing_is_refused() -> None:
    with pytest.raises(RequestIncomplete, match="topic"):
        Engine().rank(request(topics=(), text=""), now=NOW)


def test_a_letter_alone_is_enough() -> None:
    engine = Engine()
    engine.update([*OFFICIALS, PLASTERER])
    asked = request(title="", topics=(), countries=(), text=LETTERS["fr"])
    assert engine.rank(asked, now=NOW).people[0].expert_id == OFFICIALS[0].id


@pytest.mark.parametrize("weights", [{"topic": 3.1}, {"topic": -1.0}, {"charm": 1.0}])
def test_a_weight_out_of_range_or_unknown_is_refused(weights: dict[str, float]) -> None:
    with pytest.raises(InvalidInput) as refusal:
        Engine().rank(request(), weights=weights, now=NOW)
    assert refusal.value.errors[0].pointer == f"/weights/{next(iter(weights))}"


def test_shifted_weights_move_people_and_are_told() -> None:
    knows = person(1, topics=(topic("document_security", 1, 2015),))
    was_there = person(2, posts=(post("Liaison officer", 2015, country="SN"),))
    engine = Engine()
    engine.update([knows, was_there])
    plain = engine.rank(request(), now=NOW)
    shifted = engine.rank(request(), weights={"topic": 0.1, "country": 3.0}, now=NOW)
    assert plain.people[0].expert_id == knows.id
    assert shifted.people[0].expert_id == was_there.id
    assert dict(shifted.weights)["country"] == 3.0
    assert dict(plain.weights)["country"] == 1.0


def test_a_feature_that_is_not_asked_for_counts_for_nobody() -> None:
    engine = Engine()
    engine.update([person(1)])
    (one,) = engine.rank(request(countries=(), starts=None, ends=None), now=NOW).people
    most = {c.feature: c.most for c in one.contributions}
    reasons = {c.feature: c.reason for c in one.contributions}
    assert most["country"] == most["free"] == most["language"] == 0
    assert sum(most.values()) == pytest.approx(100)
    assert reasons["free"] == "no dates set yet"


def test_what_is_not_known_counts_neither_nought_nor_all() -> None:
    views = [
        person(1, missions=(mission("Audit", ["SN"], 2026),)),
        person(2),
        person(3, missions=(mission("Audit", ["JP"], 2026),)),
    ]
    engine = Engine()
    engine.update(views)
    ranking = engine.rank(request(), now=NOW)
    points = {
        one.expert_id: {c.feature: c.points for c in one.contributions}["country"]
        for one in ranking.people
    }
    assert points[number(3)] == 0 < points[number(2)] < points[number(1)]


def test_first_timers_stand_between_the_praised_and_the_blamed() -> None:
    from roster.read import TrackRecord  # noqa: PLC0415 -- needed here only

    tracks = [TrackRecord(4, 4.8, 8), TrackRecord(), TrackRecord(4, 1.5, 8)]
    engine = Engine()
    engine.update([person(n, track=track) for n, track in enumerate(tracks)])
    order = [one.expert_id for one in engine.rank(request(), now=NOW).people]
    assert order == [number(0), number(1), number(2)]


def test_the_country_comes_before_its_region_and_its_region_before_its_language() -> None:
    places = ["SN", "ML", "CG", "JP"]
    engine = Engine()
    engine.update(
        [person(n, missions=(mission("Audit", [code], 2020),)) for n, code in enumerate(places)]
    )
    people = engine.rank(request(), now=NOW).people
    assert [one.expert_id for one in people] == [number(n) for n in range(4)]
    reasons = [c.reason for one in people for c in one.contributions if c.feature == "country"]
    assert reasons[0] == "Senegal (Audit, 2020)"
    assert reasons[1] == "Mali, same sub-region as Senegal (Audit, 2020)"
    assert "same language as Senegal" in reasons[2]
    assert reasons[3] == "no work found in or near the country"


def test_reasons_carry_the_evidence_they_rest_on() -> None:
    shown = topic("document_security", 1, 2015, quote="Ran the document laboratory")
    engine = Engine()
    engine.update([person(1, topics=(shown,), languages=speaks(fr="C1"))])
    (one,) = engine.rank(request(languages=(need("fr"),)), now=NOW).people
    found = {c.feature: c for c in one.contributions}
    assert found["topic"].evidence == (shown.evidence,)
    assert found["language"].reason == "French C1"
    assert found["language"].evidence


def test_people_further_down_get_their_words_on_demand() -> None:
    views = [
        person(n, topics=(topic("document_security", 0.5 + n / 1000, 2015),))
        for n in range(WORDED + 5)
    ]
    engine = Engine()
    engine.update(views)
    ranking = engine.rank(request(), now=NOW)
    last = ranking.people[-1]
    (told,) = engine.explain(ranking, [last.expert_id])
    plain = {c.feature: c for c in last.contributions}
    worded = {c.feature: c for c in told.contributions}
    assert not plain["topic"].evidence
    assert worded["topic"].evidence
    assert worded["topic"].points == plain["topic"].points
    assert worded["topic"].value == pytest.approx(plain["topic"].value, abs=0.005)


def test_ranking_goes_on_while_people_change() -> None:
    engine = Engine()
    views = [person(n, topics=(topic("document_security", 1, 2010 + n % 9),)) for n in range(60)]
    engine.update(views)
    whole = {view.id for view in views}

    def change(n: int) -> None:
        engine.update([replace(views[n], headline=f"Changed {n}")])

    def rank(_: int) -> bool:
        people = engine.rank(request(), now=NOW).people
        return {one.expert_id for one in people} == whole

    with ThreadPoolExecutor(4) as pool:
        changes = [pool.submit(change, n) for n in range(20)]
        assert all(pool.map(rank, range(20)))
        for one in changes:
            one.result()


# --- Meaning --------------------------------------------------------------------------------------

ASKED = request(text="Examination of passports at the airport of the capital", topics=())


def test_without_an_encoder_meaning_is_missing_and_said_so() -> None:
    engine = Engine()
    engine.update([person(1)])
    ranking = engine.rank(ASKED, now=NOW)
    assert any("encoder" in note for note in ranking.notes)
    (one,) = ranking.people
    assert {c.feature: c.most for c in one.contributions}["semantic"] == 0


def test_meaning_counts_and_names_the_nearest_post() -> None:
    near = person(1, posts=(post("Examination of passports at the airport", 2015, 2020),))
    far = person(2, posts=(post("Zzz yyy xxx", 2015, 2020, employer="Qqq"),))
    engine = Engine(encoder=LetterEncoder())
    engine.update([near, far])
    ranking = engine.rank(ASKED, now=NOW)
    assert ranking.people[0].expert_id == near.id
    reasons = {c.feature: c for c in ranking.people[0].contributions}
    assert "Examination of passports at the airport, 2015–2020" in reasons["passage"].reason
    assert reasons["passage"].evidence == (near.posts[0].evidence,)


def test_a_letter_and_a_record_are_encoded_once() -> None:
    encoder = LetterEncoder()
    engine = Engine(encoder=encoder)
    engine.update([person(1, posts=(post("Examiner", 2015),))])
    engine.rank(ASKED, now=NOW)
    calls = encoder.calls
    engine.rank(ASKED, now=NOW)
    engine.update([person(1, posts=(post("Examiner", 2015),), languages=speaks(fr="C1"))])
    assert encoder.calls == calls


def test_many_new_passages_wait_and_the_ranking_says_how_many() -> None:
    engine = Engine(encoder=LetterEncoder())
    engine.update([person(n, posts=(post(f"Post {n}", 2015),)) for n in range(60)])
    assert engine.pending() == 60
    assert "60 of 60 records" in engine.rank(ASKED, now=NOW).notes[-1]
    assert engine.encode_pending(most=50) == 10
    assert engine.encode_pending() == 0
    assert not any("not compared" in note for note in engine.rank(ASKED, now=NOW).notes)


def rebuilt(folder: Path, encoder: LetterEncoder, *views: ExpertView) -> Engine:
    """Return an engine that maps what another one kept, and reads records of some people."""
    held = {view.id: view for view in views}
    engine = Engine(encoder=encoder, fetch=lambda ids: [held[one] for one in ids if one in held])
    assert engine.open(folder, 7, "mark")
    return engine


def test_a_kept_index_ranks_and_tells_as_the_one_before(tmp_path: Path) -> None:
    views = [
        person(n, posts=(post(f"Examiner of documents {n}", 2010 + n),), languages=speaks(fr="C1"))
        for n in range(6)
    ]
    first = Engine(encoder=LetterEncoder())
    first.update(views)
    first.save(tmp_path, 7, "mark")
    second = rebuilt(tmp_path, LetterEncoder(), *views)
    asked = request(text="Examination of documents", languages=(need("fr"),))
    one, other = first.rank(asked, now=NOW), second.rank(asked, now=NOW)
    assert [p.expert_id for p in one.people] == [p.expert_id for p in other.people]
    assert [p.gates for p in one.people] == [p.gates for p in other.people]
    for here, there in zip(one.people, other.people, strict=True):
        told = [(c.reason, c.evidence) for c in here.contributions]
        assert told == [(c.reason, c.evidence) for c in there.contributions]
        assert here.score == pytest.approx(there.score, abs=0.5), "vectors in half precision"
    assert not second.pending()


def test_a_kept_index_goes_on_with_changes(tmp_path: Path) -> None:
    views = [person(n, posts=(post("Clerk", 2015),)) for n in range(4)]
    first = Engine(encoder=LetterEncoder())
    first.update(views)
    first.save(tmp_path, 7, "mark")
    engine = rebuilt(tmp_path, LetterEncoder(), *views)
    engine.remove([number(0)])
    engine.update([person(9, posts=(post("Examiner of passports", 2020),))])
    people = engine.rank(ASKED, now=NOW).people
    assert {one.expert_id for one in people} == {number(n) for n in (1, 2, 3, 9)}
    assert people[0].expert_id == number(9)


@pytest.mark.parametrize(("seq", "mark"), [(8, "mark"), (7, "another database")])
def test_an_index_of_another_roster_is_not_opened(seq: int, mark: str, tmp_path: Path) -> None:
    first = Engine()
    first.update([person(1)])
    first.save(tmp_path, 7, "mark")
    assert not Engine().open(tmp_path, seq, mark)
    assert Engine().open(tmp_path, 7, "mark")
    assert not Engine(encoder=LetterEncoder()).open(tmp_path, 7, "mark")
    assert not Engine().open(tmp_path / "nowhere", 7, "mark")


def _cut(folder: Path) -> None:
    (path,) = folder.rglob("words.impacts.npy")
    path.write_bytes(path.read_bytes()[:-1])


def _turn_a_bit(folder: Path) -> None:
    (path,) = folder.rglob("vectors.npy")
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(bytes(content))


def _lose(folder: Path) -> None:
    next(folder.rglob("words.impacts.npy")).unlink()


def _say(folder: Path, **other: object) -> None:
    path = folder / "index.json"
    said = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**said, **other}), encoding="utf-8")


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(_cut, id="a-file-cut-short"),
        pytest.param(_turn_a_bit, id="a-bit-turned"),
        pytest.param(_lose, id="a-file-lost"),
        pytest.param(lambda folder: _say(folder, seq="seven"), id="a-manifest-of-nonsense"),
        pytest.param(lambda folder: _say(folder, names={}), id="names-lost"),
        pytest.param(lambda folder: (folder / "index.json").write_text("{"), id="half-a-manifest"),
    ],
)
def test_a_damaged_index_is_not_opened(spoil: Callable[[Path], object], tmp_path: Path) -> None:
    made = Engine(encoder=LetterEncoder())
    made.update([person(1, posts=(post("Examiner", 2015),))])
    made.save(tmp_path, 7, "mark")
    assert Engine(encoder=LetterEncoder()).open(tmp_path, 7, "mark")
    spoil(tmp_path)
    assert not Engine(encoder=LetterEncoder()).open(tmp_path, 7, "mark")


def test_an_index_that_cannot_be_written_leaves_the_one_before(tmp_path: Path) -> None:
    made = Engine()
    made.update([person(1)])
    made.save(tmp_path, 7, "mark")
    with (
        pytest.raises(OSError, match="no room"),
        saved(made.snapshot().blocks[0], tmp_path, Stamp(8, "later", None)),
    ):
        raise OSError("no room")
    assert Engine().open(tmp_path, 7, "mark")
    assert len(list(tmp_path.glob("block-*"))) == 1


def test_a_removed_person_is_in_no_file(tmp_path: Path) -> None:
    engine = Engine(encoder=LetterEncoder())
    engine.update([person(n, posts=(post(f"Examiner {n}", 2015),)) for n in (1, 2)])
    engine.save(tmp_path, 1, "before")
    engine.remove([number(1)])
    engine.save(tmp_path, 2, "after")
    held = [path for path in tmp_path.rglob("*.npy") if number(1).bytes in path.read_bytes()]
    assert not held
    (vectors,) = tmp_path.rglob("vectors.npy")
    assert len(np.load(vectors)) == 1


def test_another_model_ranks_from_now_on() -> None:
    engine = Engine()
    engine.update([person(1)])
    tables = np.zeros((len(NAMES), 256))
    tables[0] = np.linspace(0, 1, 256)
    engine.use(AdditiveModel(NAMES, tables, "topics-only"))
    ranking = engine.rank(request(), now=NOW)
    assert ranking.model == engine.model == "topics-only"
    assert {c.feature: c.most for c in ranking.people[0].contributions}["topic"] == 100


def test_peers_of_one_discipline_come_before_others() -> None:
    kinds = [AdministrationKind.BORDER_POLICE, AdministrationKind.POLICE, AdministrationKind.LABOUR]
    engine = Engine()
    engine.update(
        [person(n, posts=(post("Officer", 2015, administration=k),)) for n, k in enumerate(kinds)]
    )
    asked = request(
        administration=AdministrationKind.BORDER_POLICE, activities=(ActivityType.TRAINING,)
    )
    people = engine.rank(asked, now=NOW).people
    assert [one.expert_id for one in people] == [number(0), number(1), number(2)]
    assert all(one.band is Band.FIT for one in people)


def test_the_same_question_is_answered_from_before_until_somebody_changes() -> None:
    engine = Engine()
    engine.update([person(1), person(2)])
    asked = request()
    first = engine.rank(asked, now=NOW)
    assert engine.rank(asked, now=NOW) is first
    assert engine.rank(asked, now=NOW, weights={"topic": 2}) is not first
    assert engine.rank(asked, now=NOW, worded=1) is not first
    assert len(engine.rank(asked, now=NOW, among=[number(1)]).people) == 1
    assert (
        engine.rank(replace(asked, text="Another letter, about statistics"), now=NOW) is not first
    )
    assert engine.rank(asked, now=NOW + timedelta(days=1)) is not first
    engine.update([person(2, topics=(topic("document_security", 1, 2015),))])
    assert engine.rank(asked, now=NOW).people[0].expert_id == number(2)
