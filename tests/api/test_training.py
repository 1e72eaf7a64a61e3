"""From decisions to a candidate, and from a candidate to the next ranking."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine
from sqlmodel import Session, select

from api.index import LiveRanker, open_ranker
from api.training import WORDS_OF_TODAY, one_training, train
from matching.baseline import rule_model
from matching.learning.artefacts import tables_as_bytes
from roster import models, requests
from roster.errors import Conflict, InvalidInput, NotAllowed
from roster.policy import system_actor
from roster.queries.decisions import CIRCUMSTANCE, INVENTED
from roster.queries.models import models_of
from roster.settings import Settings
from roster.tables import RankingModel
from roster.vocabulary import ModelState, Origin, Role
from tests.api.decided import decide
from tests.factories import Factory
from tests.fakes import FrozenClock

# What is learnt does not depend on the database; what is kept of it is in tests/roster/test_models.
MOSTLY_SQLITE = pytest.mark.parametrize(
    "database_url",
    ["sqlite", pytest.param("postgresql", marks=pytest.mark.long)],
    indirect=True,
)


@pytest.fixture
def ranker(database_url: str, tmp_path: Path) -> Iterator[LiveRanker]:
    settings = Settings(
        data_dir=tmp_path, database_url=database_url, document_key=SecretStr(""), encoder=False
    )
    made = open_ranker(settings)
    yield made
    made.close()


@MOSTLY_SQLITE
def test_enough_real_decisions_make_a_candidate_that_may_rank_and_does_at_once(
    session: Session, ranker: LiveRanker, clock: FrozenClock
) -> None:
    made = decide(session, ranker, clock, n_requests=24)
    trained = train(session, made.officer, ranker, clock=clock)
    manifest = trained.manifest
    assert manifest.origin is Origin.REAL
    assert manifest.real_decisions == manifest.decisions >= 100
    assert manifest.real_requests == 24
    assert manifest.left_out == {CIRCUMSTANCE: 24}
    assert 10 <= manifest.held_out < 24
    assert manifest.note == WORDS_OF_TODAY
    assert set(manifest.figures) == {"learnt", ranker.model, "BM25", "TF-IDF"}
    assert manifest.factors["country"] > 1 > manifest.factors["topic"]
    assert sum(manifest.exposure["learnt"].countries.values()) == pytest.approx(1)
    gain = manifest.gains["ndcg@10"]
    assert gain.low is not None
    assert gain.low > 0
    models.promote(session, made.officer, trained.version, "proof", ranker=ranker, clock=clock)
    session.commit()
    kept = requests.rank_request(
        session, made.officer, made.requests[0].id, ranker=ranker, clock=clock
    )
    assert kept.ranking.model == trained.version
    told = {one.name: one.points for one in ranker.features_of(trained.version)}
    shipped = {one.name: one.points for one in ranker.features}
    assert told["country"] > shipped["country"]


@MOSTLY_SQLITE
def test_training_twice_on_the_same_decisions_gives_the_same_model(
    session: Session, ranker: LiveRanker, clock: FrozenClock
) -> None:
    made = decide(session, ranker, clock, n_requests=4)
    first, second = (train(session, made.officer, ranker, clock=clock) for _ in range(2))
    assert first.version == second.version
    assert len(models_of(session, made.officer)) == 1
    assert first.manifest.data_hash == second.manifest.data_hash


@MOSTLY_SQLITE
def test_invented_decisions_are_used_on_demand_only_and_never_promote(
    session: Session, ranker: LiveRanker, clock: FrozenClock
) -> None:
    made = decide(session, ranker, clock, n_requests=8, origin=Origin.SYNTHETIC)
    with pytest.raises(InvalidInput, match=f"{INVENTED}.*--simulated"):
        train(session, made.officer, ranker, clock=clock)
    trained = train(session, made.officer, ranker, clock=clock, simulated=True)
    assert trained.manifest.origin is Origin.SYNTHETIC
    assert trained.manifest.real_decisions == 0
    assert session.exec(select(RankingModel.origin)).one() is Origin.SYNTHETIC
    with pytest.raises(Conflict, match="invented"):
        models.promote(session, made.officer, trained.version, "try", ranker=ranker, clock=clock)


def test_nothing_is_learnt_where_little_was_decided(
    session: Session, ranker: LiveRanker, clock: FrozenClock
) -> None:
    make = Factory(session)
    with pytest.raises(InvalidInput, match="Nothing was decided"):
        train(session, system_actor(make.home.id), ranker, clock=clock)
    made = decide(session, ranker, clock, n_requests=2)
    with pytest.raises(InvalidInput, match="Only 2 requests"):
        train(session, made.officer, ranker, clock=clock)
    with pytest.raises(NotAllowed):
        train(session, make.actor(Role.PROJECT_OFFICER), ranker, clock=clock)


@pytest.mark.parametrize("broken", ["features", "tables"])
def test_a_model_that_cannot_rank_any_more_is_named_and_the_rule_ranks(
    session: Session, ranker: LiveRanker, clock: FrozenClock, broken: str
) -> None:
    made = decide(session, ranker, clock, n_requests=3)
    trained = train(session, made.officer, ranker, clock=clock)
    model = session.exec(select(RankingModel)).one()
    model.state = ModelState.IN_USE
    if broken == "features":
        model.manifest = {**model.manifest, "features": ["gone"]}
    else:
        model.tables = b"no array"
    session.add(model)
    session.commit()
    ranking = requests.rank_request(
        session, made.officer, made.requests[0].id, ranker=ranker, clock=clock
    ).ranking
    assert ranking.model == ranker.model
    assert any(trained.version in note and ranker.model in note for note in ranking.notes)
    assert models.ranking_version(ranker, trained.version) == ranker.model


def test_tables_that_are_no_points_are_refused() -> None:
    from matching.learning.artefacts import ArtefactRefused, model_from_bytes  # noqa: PLC0415 -- only here.

    rule = rule_model()
    good = tables_as_bytes(rule)
    assert (model_from_bytes(good, rule.names, "v").tables == rule.tables).all()
    bad = tables_as_bytes(type(rule)(rule.names, rule.tables - 1, "v"))
    for content in (b"", b"\x93NUMPY", good[:200], bad):
        with pytest.raises(ArtefactRefused):
            model_from_bytes(content, rule.names, "v")


@MOSTLY_SQLITE
def test_one_training_at_a_time_and_the_second_is_told_in_words(
    engine: Engine, tmp_path: Path
) -> None:
    with (
        one_training(engine, tmp_path),
        pytest.raises(Conflict, match="being learnt already"),
        one_training(engine, tmp_path),
    ):
        raise AssertionError("both learn")
    with one_training(engine, tmp_path):
        pass
