"""The registry of ranking models: nothing ranks without proof, everything can be gone back to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlmodel import Session, select

from matching.baseline import rule_model
from matching.learning.artefacts import tables_as_bytes
from roster import models
from roster.errors import Conflict, InvalidInput, NotAllowed, NotFound
from roster.policy import Actor
from roster.queries.models import model_named, models_of, tables_of, version_in_use
from roster.read import ModelFigure, ModelManifest, ModelRow
from roster.tables import Change, RankingModel
from roster.vocabulary import ModelState, Origin, Role
from tests.factories import Factory
from tests.fakes import FakeRanker, FrozenClock

GOOD = ModelManifest(
    features=("topic",),
    base="fake/1",
    against="fake/1",
    data_hash="abc",
    origin=Origin.REAL,
    requests=25,
    decisions=130,
    real_requests=25,
    real_decisions=130,
    held_out=15,
    gains={"ndcg@10": ModelFigure(0.05, 0.01, 0.09)},
)
RANKER = FakeRanker()
WHY = "better on what was decided since"


@pytest.fixture
def coordinator(make: Factory) -> Actor:
    return make.actor(Role.COORDINATOR)


def kept(
    session: Session,
    actor: Actor,
    clock: FrozenClock,
    version: str = "learnt-1",
    manifest: ModelManifest = GOOD,
) -> RankingModel:
    tables = tables_as_bytes(rule_model())
    return models.keep_candidate(session, actor, version, manifest, tables, clock=clock)


def row(session: Session, actor: Actor, version: str) -> ModelRow:
    return next(one for one in models_of(session, actor) if one.version == version)


def test_a_candidate_is_kept_once_and_ranks_for_nobody(
    session: Session, coordinator: Actor, clock: FrozenClock
) -> None:
    first = kept(session, coordinator, clock)
    assert kept(session, coordinator, clock).id == first.id
    (listed,) = models_of(session, coordinator)
    assert (listed.state, listed.manifest, listed.created_by) == (
        ModelState.CANDIDATE,
        GOOD,
        coordinator.name,
    )
    assert version_in_use(session, coordinator.facility_id) is None


def test_a_candidate_with_proof_is_promoted_and_the_change_written_down(
    session: Session, coordinator: Actor, clock: FrozenClock
) -> None:
    kept(session, coordinator, clock)
    models.promote(session, coordinator, "learnt-1", f"  {WHY} ", ranker=RANKER, clock=clock)
    assert version_in_use(session, coordinator.facility_id) == "learnt-1"
    shown = row(session, coordinator, "learnt-1")
    assert (shown.state, shown.promoted_at, shown.promoted_by, shown.reason) == (
        ModelState.IN_USE,
        clock.now(),
        coordinator.name,
        WHY,
    )
    acts = session.exec(
        select(Change.act).where(Change.record == "ranking_model").order_by(Change.seq)  # type: ignore[arg-type]
    ).all()
    assert acts == ["created", "promoted"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (replace(GOOD, real_decisions=99), "99 real decisions"),
        (replace(GOOD, real_requests=19), "19 requests"),
        (replace(GOOD, origin=Origin.SYNTHETIC), "invented"),
        (replace(GOOD, gains={"ndcg@10": ModelFigure(0.05, 0.0, 0.1)}), "not above zero"),
        (replace(GOOD, gains={"ndcg@10": ModelFigure(None, None, None)}), "not above zero"),
        (replace(GOOD, gains={}), "not known"),
        (replace(GOOD, against="older"), "train anew"),
        (replace(GOOD, features=("other",)), "other features"),
    ],
    ids=[
        *("decisions", "requests", "invented", "no_gain", "no_bound", "no_figure"),
        *("held_against_another", "other_features"),
    ],
)
def test_nothing_is_promoted_without_proof(
    session: Session, coordinator: Actor, clock: FrozenClock, wrong: ModelManifest, words: str
) -> None:
    kept(session, coordinator, clock, manifest=wrong)
    with pytest.raises(Conflict, match=words):
        models.promote(session, coordinator, "learnt-1", WHY, ranker=RANKER, clock=clock)
    assert version_in_use(session, coordinator.facility_id) is None


def test_one_model_is_in_use_and_the_one_before_can_be_gone_back_to(
    session: Session, coordinator: Actor, clock: FrozenClock
) -> None:
    kept(session, coordinator, clock)
    kept(session, coordinator, clock, "learnt-2", replace(GOOD, against="learnt-1"))
    for version in ("learnt-1", "learnt-2"):
        models.promote(session, coordinator, version, WHY, ranker=RANKER, clock=clock)
    assert row(session, coordinator, "learnt-1").state is ModelState.RETIRED
    assert row(session, coordinator, "learnt-1").reason == "followed by learnt-2"
    clock.advance(days=1)
    models.roll_back(session, coordinator, "learnt-1", "complaints", ranker=RANKER, clock=clock)
    assert version_in_use(session, coordinator.facility_id) == "learnt-1"
    shown = row(session, coordinator, "learnt-1")
    assert (shown.reason, shown.retired_at, shown.promoted_at) == ("complaints", None, clock.now())
    assert row(session, coordinator, "learnt-2").state is ModelState.RETIRED


def test_the_rule_can_always_be_gone_back_to(
    session: Session, coordinator: Actor, clock: FrozenClock
) -> None:
    with pytest.raises(Conflict, match="in use already"):
        models.roll_back(session, coordinator, "fake/1", WHY, ranker=RANKER, clock=clock)
    kept(session, coordinator, clock)
    models.promote(session, coordinator, "learnt-1", WHY, ranker=RANKER, clock=clock)
    models.roll_back(session, coordinator, "fake/1", "odd lists", ranker=RANKER, clock=clock)
    assert version_in_use(session, coordinator.facility_id) is None
    assert row(session, coordinator, "learnt-1").reason == "odd lists"


def test_only_what_ranked_before_is_gone_back_to_and_only_a_candidate_promoted(
    session: Session, coordinator: Actor, clock: FrozenClock
) -> None:
    kept(session, coordinator, clock)
    with pytest.raises(Conflict, match="ranked before"):
        models.roll_back(session, coordinator, "learnt-1", WHY, ranker=RANKER, clock=clock)
    models.promote(session, coordinator, "learnt-1", WHY, ranker=RANKER, clock=clock)
    with pytest.raises(Conflict, match="in use, not a candidate"):
        models.promote(session, coordinator, "learnt-1", WHY, ranker=RANKER, clock=clock)


def test_a_version_of_other_features_is_not_gone_back_to(
    session: Session, coordinator: Actor, clock: FrozenClock
) -> None:
    old = kept(session, coordinator, clock, manifest=replace(GOOD, features=("gone",)))
    old.state = ModelState.RETIRED
    with pytest.raises(Conflict, match="other features"):
        models.roll_back(session, coordinator, "learnt-1", WHY, ranker=RANKER, clock=clock)


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501], ids=["none", "blank", "too_long"])
def test_a_change_needs_a_reason(
    session: Session, coordinator: Actor, clock: FrozenClock, reason: str
) -> None:
    kept(session, coordinator, clock)
    for change in (models.promote, models.roll_back):
        with pytest.raises(InvalidInput, match="reason"):
            change(session, coordinator, "learnt-1", reason, ranker=RANKER, clock=clock)


@pytest.mark.parametrize("role", [Role.PROJECT_OFFICER, Role.AUDITOR])
def test_who_may_not_manage_models_changes_none(
    session: Session, make: Factory, coordinator: Actor, clock: FrozenClock, role: Role
) -> None:
    kept(session, coordinator, clock)
    other = make.actor(role)
    with pytest.raises(NotAllowed):
        kept(session, other, clock)
    for change in (models.promote, models.roll_back):
        with pytest.raises(NotAllowed):
            change(session, other, "learnt-1", WHY, ranker=RANKER, clock=clock)


def test_a_facility_sees_and_changes_its_own_models_only(
    session: Session, make: Factory, coordinator: Actor, clock: FrozenClock
) -> None:
    kept(session, coordinator, clock)
    elsewhere = make.facility("elsewhere")
    other = make.actor(Role.COORDINATOR, facility=elsewhere)
    assert models_of(session, other) == ()
    with pytest.raises(NotFound):
        models.promote(session, other, "learnt-1", WHY, ranker=RANKER, clock=clock)
    models.promote(session, coordinator, "learnt-1", WHY, ranker=RANKER, clock=clock)
    assert version_in_use(session, elsewhere.id) is None


def test_tables_come_back_as_they_were_kept(
    session: Session, coordinator: Actor, clock: FrozenClock
) -> None:
    kept(session, coordinator, clock)
    found = tables_of(session, "learnt-1")
    assert found == (tables_as_bytes(rule_model()), GOOD)
    assert tables_of(session, "never") is None
    assert model_named(session, coordinator, "learnt-1").version == "learnt-1"
