"""Where decisions become a candidate: records come from the roster, learning from `matching`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import numpy as np
from sqlalchemy import Engine as Database
from sqlmodel import Session

from api.index import LiveRanker
from matching.arrays import Floats
from matching.compiled import AdditiveModel
from matching.learning.artefacts import digest_of, tables_as_bytes
from matching.learning.contrast import FIRST, exposure
from matching.learning.past import PastRanking, recall_ranking
from matching.learning.proof import LEARNT, Proof, prove
from matching.learning.training import (
    FEWEST_REQUESTS,
    Lessons,
    choose_strength,
    factors_of,
    learn,
    lessons_from,
    model_from,
)
from matching.learning.words import everything, words_alone
from roster.errors import Conflict, InvalidInput, NotFound
from roster.models import keep_candidate, ranking_version
from roster.policy import Actor, Permission, require
from roster.ports import Clock
from roster.queries.decisions import NO_RANKING, decisions_of
from roster.queries.experts import rows_by_id
from roster.queries.models import version_in_use
from roster.queries.rankings import measured_ranking
from roster.queries.requests import get_request
from roster.read import Decision, Decisions, Exposure, ModelManifest
from roster.turns import turns_of
from roster.vocabulary import Origin

NOTHING_PROVED = "Too few requests to hold any back: nothing is proved."
WORDS_OF_TODAY = (
    "BM25 and TF-IDF read the records as they are today, everything else what was known when the "
    "ranking was shown: records written since may flatter them."
)


_TURN = "training"


@contextmanager
def one_training(database: Database, data_dir: Path) -> Iterator[None]:
    """Let nobody else learn a model meanwhile, on whatever host of the installation.

    Parameters
    ----------
    database : of the installation, which its hosts share
    data_dir : which its processes share where the database is an embedded one

    Raises
    ------
    Conflict
        Somebody does already.
    """
    turns = turns_of(database, data_dir / "turns")
    try:
        if not turns.take(_TURN):
            raise Conflict(
                "A model is being learnt already, by another process of this installation. Wait "
                "until it is done: 'roster model list' shows its candidate then."
            )
        yield
    finally:
        turns.close()


@dataclass(frozen=True, slots=True)
class Trained:
    """A candidate as it was kept."""

    version: str
    manifest: ModelManifest


def train(
    session: Session,
    actor: Actor,
    ranker: LiveRanker,
    *,
    clock: Clock,
    simulated: bool = False,
) -> Trained:
    """Learn from what was decided in the actor's facility, and keep the result as a candidate.

    Parameters
    ----------
    simulated : whether decisions by or about invented people are learnt from; the candidate is
        marked by it and never promoted

    Raises
    ------
    NotAllowed
    InvalidInput
        Too little was decided to learn anything.
    """
    require(actor, Permission.MANAGE_MODEL)
    decided = decisions_of(session, actor, simulated=simulated)
    past = past_rankings(session, actor, {one.ranking_id for one in decided.held})
    lessons = _lessons(decided, past, simulated=simulated)
    held = [one for one in decided.held if (one.request_id, one.expert_id) in _pairs(lessons)]
    base = ranker.tables(None)
    against = ranker.tables(ranking_version(ranker, version_in_use(session, actor.facility_id)))
    learnt, strength = _learnt(base, lessons, clock)
    proof = prove(lessons, base, against, _words(session, actor, ranker, lessons))
    ways = {LEARNT: learnt, against.version: against, base.version: base}
    shown = _exposures(session, tuple(past.values()), ways)
    manifest = _manifest(held, lessons, proof, learnt, against)
    manifest = replace(
        manifest,
        base=base.version,
        exposure=shown,
        factors=factors_of(learnt, base),
        strength=strength,
        left_out=_left_out(decided, held),
    )
    version = learnt.version
    keep_candidate(session, actor, version, manifest, tables_as_bytes(learnt), clock=clock)
    return Trained(version, manifest)


def past_rankings(
    session: Session, actor: Actor, ranking_ids: set[UUID]
) -> dict[UUID, PastRanking]:
    """Return stored rankings of the actor's facility as arrays, those that are still there."""
    found = {}
    for ranking_id in sorted(ranking_ids):
        try:
            found[ranking_id] = recall_ranking(measured_ranking(session, actor, ranking_id))
        except NotFound:
            continue
    return found


def _lessons(decided: Decisions, past: Mapping[UUID, PastRanking], *, simulated: bool) -> Lessons:
    words = "; ".join(f"{count} {why}" for why, count in decided.left_out.items())
    told = f" Left out: {words}." if words else ""
    more = "" if simulated else " Invented decisions are used with --simulated only."
    try:
        lessons = lessons_from(decided.held, past)
    except ValueError:
        raise InvalidInput(
            f"Nothing was decided that a model could learn from.{told}{more}"
        ) from None
    if len(lessons.telling) < FEWEST_REQUESTS:
        raise InvalidInput(
            f"Only {len(lessons.telling)} requests hold people who were decided unlike; "
            f"{FEWEST_REQUESTS} are needed to learn anything.{told}{more}"
        )
    return lessons


def _pairs(lessons: Lessons) -> set[tuple[UUID, UUID]]:
    requests = (lessons.request_ids[at] for at in lessons.requests.tolist())
    return set(zip(requests, lessons.experts, strict=True))


def _learnt(base: AdditiveModel, lessons: Lessons, clock: Clock) -> tuple[AdditiveModel, float]:
    strength = choose_strength(base, lessons, lessons.telling)
    rows = np.isin(lessons.requests, lessons.telling)
    model = model_from(base, learn(base, lessons, rows, strength), LEARNT)
    version = f"{LEARNT}-{clock.now():%Y%m%d}-{digest_of(model)[:8]}"
    return replace(model, version=version), strength


def _words(
    session: Session, actor: Actor, ranker: LiveRanker, lessons: Lessons
) -> dict[str, Floats]:
    """Score the people decided by words alone, over the records as they are now."""
    index = ranker.snapshot()
    if not len(index):
        return {}
    documents = [everything(profile.view) for profile in index.profiles]
    needs = [get_request(session, actor, one) for one in lessons.request_ids]
    letters = [f"{need.title} {need.text}" for need in needs]
    rows = np.array([index.row_of.get(one, -1) for one in lessons.experts])
    return {
        way: np.where(rows >= 0, scores[rows, lessons.requests], 0.0)
        for way, scores in words_alone(documents, letters).items()
    }


def _exposures(
    session: Session, past: Sequence[PastRanking], models: Mapping[str, AdditiveModel]
) -> dict[str, Exposure]:
    ways = models.values()
    first = {who for one in past for model in ways for who in one.order_by(model)[:FIRST]}
    countries = {who: row.home_country for who, row in rows_by_id(session, first).items()}
    return {way: exposure(past, model, countries) for way, model in models.items()}


def _manifest(
    held: Sequence[Decision],
    lessons: Lessons,
    proof: Proof,
    learnt: AdditiveModel,
    against: AdditiveModel,
) -> ModelManifest:
    real = [one for one in held if one.is_real]
    return ModelManifest(
        features=learnt.names,
        base="",
        against=against.version,
        data_hash=lessons.hash,
        origin=Origin.REAL if len(real) == len(held) else Origin.SYNTHETIC,
        requests=len({one.request_id for one in held}),
        decisions=len(held),
        real_requests=len({one.request_id for one in real}),
        real_decisions=len(real),
        held_out=proof.held_out,
        since=min(one.on for one in held),
        until=max(one.on for one in held),
        figures=proof.figures,
        gains=proof.gains,
        note=WORDS_OF_TODAY if proof.figures else NOTHING_PROVED,
    )


def _left_out(decided: Decisions, held: Sequence[Decision]) -> dict[str, int]:
    left = Counter(decided.left_out)
    left[NO_RANKING] += len(decided.held) - len(held)
    return {why: count for why, count in sorted(left.items()) if count}
