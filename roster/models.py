"""The ranking model of a facility: a candidate is promoted on proof, and any can be gone back to.

The rule, or the model that the product was shipped with, is always there: it ranks where no other
version is in use, and everybody can go back to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, select

from roster import records
from roster.errors import Conflict, FieldError, InvalidInput, ModelUnusable
from roster.policy import Actor, Permission, require
from roster.ports import Clock, Ranker
from roster.queries.models import manifest_of, model_named
from roster.read import ModelFigure, ModelManifest
from roster.serial import to_json
from roster.tables import Facility, RankingModel
from roster.vocabulary import ModelState, Origin

FEWEST_DECISIONS = 100
FEWEST_REQUESTS = 20
DECIDES = "ndcg@10"
"""The metric whose gain has to be above zero for sure."""
_LONGEST_REASON = 500


def keep_candidate(
    session: Session,
    actor: Actor,
    version: str,
    manifest: ModelManifest,
    tables: bytes,
    *,
    clock: Clock,
) -> RankingModel:
    """Put a model that was learnt into the registry; the same one twice changes nothing.

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.MANAGE_MODEL)
    found = session.exec(
        select(RankingModel).where(
            RankingModel.facility_id == actor.facility_id, RankingModel.version == version
        )
    ).first()
    if found is not None:
        return found
    model = RankingModel(
        facility_id=actor.facility_id,
        origin=manifest.origin,
        created_at=clock.now(),
        version=version,
        state=ModelState.CANDIDATE,
        manifest=to_json(manifest),
        tables=tables,
        by=actor.account_id,
    )
    session.add(model)
    session.flush()
    records.log_change(session, actor, model, "created", model.created_at, version=version)
    return model


class HurdleKind(StrEnum):
    """What keeps a candidate from ranking."""

    FEATURES = "features"
    INVENTED = "invented"
    FEW = "few"
    AGAINST = "against"
    GAIN = "gain"


@dataclass(frozen=True, slots=True)
class Hurdle:
    """One reason why a candidate may not be promoted, with a full sentence."""

    kind: HurdleKind
    words: str


def hurdles(
    manifest: ModelManifest, in_use: str, features: Sequence[str] | None = None
) -> tuple[Hurdle, ...]:
    """Return why a candidate may not be promoted; empty: it may.

    Parameters
    ----------
    manifest : of the candidate
    in_use : version that ranks now
    features : what this version of the product measures; None asks nothing about it
    """
    found = []
    if features is not None and tuple(manifest.features) != tuple(features):
        words = "It was made for other features than this version measures: train anew."
        found.append(Hurdle(HurdleKind.FEATURES, words))
    if manifest.origin is Origin.SYNTHETIC:
        words = "It was learnt from invented decisions, which never promote a model."
        found.append(Hurdle(HurdleKind.INVENTED, words))
    if manifest.real_decisions < FEWEST_DECISIONS or manifest.real_requests < FEWEST_REQUESTS:
        words = (
            f"It rests on {manifest.real_decisions} real decisions over {manifest.real_requests} "
            f"requests; {FEWEST_DECISIONS} over {FEWEST_REQUESTS} are needed."
        )
        found.append(Hurdle(HurdleKind.FEW, words))
    if manifest.against != in_use:
        words = f"It was held against {manifest.against}, but {in_use} is in use now: train anew."
        found.append(Hurdle(HurdleKind.AGAINST, words))
    gain = manifest.gains.get(DECIDES)
    if gain is None or not gain.is_above_zero:
        words = (
            f"Its gain over the one in use is not above zero for sure: {DECIDES} {_shown(gain)} on "
            f"{manifest.held_out} requests that it had not seen."
        )
        found.append(Hurdle(HurdleKind.GAIN, words))
    return tuple(found)


def ranking_version(ranker: Ranker, in_use: str | None) -> str:
    """Return the version that really ranks: the one in use, or the one shipped where it cannot."""
    if in_use is None:
        return ranker.model
    try:
        ranker.features_of(in_use)
    except ModelUnusable:
        return ranker.model
    return in_use


def promote(
    session: Session, actor: Actor, version: str, reason: str, *, ranker: Ranker, clock: Clock
) -> RankingModel:
    """Let a candidate rank from now on; the version in use is retired.

    Raises
    ------
    NotFound, NotAllowed
    InvalidInput
        No reason is given.
    Conflict
        It is no candidate, or `hurdles` names something.
    """
    require(actor, Permission.MANAGE_MODEL)
    why = _reason(reason)
    _lock(session, actor)
    model = model_named(session, actor, version)
    if model.state is not ModelState.CANDIDATE:
        raise Conflict(
            f"{version} is {model.state.value.replace('_', ' ')}, not a candidate. A version that "
            "ranked before is gone back to, not promoted."
        )
    present = _in_use(session, actor)
    standing = ranking_version(ranker, present.version if present else None)
    against = hurdles(manifest_of(model), standing, [one.name for one in ranker.features])
    if against:
        told = " ".join(one.words for one in against)
        raise Conflict(f"{version} cannot be promoted. {told}")
    _take_over(session, actor, model, present, why, "promoted", clock.now())
    return model


def roll_back(
    session: Session, actor: Actor, version: str, reason: str, *, ranker: Ranker, clock: Clock
) -> None:
    """Go back to a version that ranked before, or to the one shipped with the product.

    Parameters
    ----------
    version : a retired one, or the version of the rule (`ranker.model`)

    Raises
    ------
    NotFound, NotAllowed
    InvalidInput
        No reason is given.
    Conflict
        It never ranked, ranks already, or measures what this version of the product does not.
    """
    require(actor, Permission.MANAGE_MODEL)
    why, now = _reason(reason), clock.now()
    _lock(session, actor)
    present = _in_use(session, actor)
    if version == ranker.model:
        if present is None:
            raise Conflict(f"{version} is in use already.")
        _retire(session, present, why, now)
        records.log_change(
            session, actor, present, "retired", now, version=present.version, followed_by=version
        )
        return
    model = model_named(session, actor, version)
    if model.state is not ModelState.RETIRED:
        raise Conflict(
            f"{version} is {model.state.value.replace('_', ' ')}: only a version that ranked "
            "before can be gone back to."
        )
    if tuple(manifest_of(model).features) != tuple(one.name for one in ranker.features):
        raise Conflict(f"{version} was made for other features than this version measures.")
    _take_over(session, actor, model, present, why, "rolled_back", now)


def _shown(gain: ModelFigure | None) -> str:
    if gain is None or gain.mean is None or gain.low is None or gain.high is None:
        return "not known"
    return f"{gain.mean:+.3f} ({gain.low:+.3f} to {gain.high:+.3f})"


def _take_over(
    session: Session,
    actor: Actor,
    model: RankingModel,
    present: RankingModel | None,
    why: str,
    act: str,
    now: datetime,
) -> None:
    before = None
    if present is not None:
        before = present.version
        _retire(session, present, f"followed by {model.version}", now)
    model.state, model.retired_at = ModelState.IN_USE, None
    model.promoted_at, model.promoted_by, model.reason = now, actor.account_id, why
    session.add(model)
    session.flush()
    records.log_change(session, actor, model, act, now, version=model.version, before=before)


def _retire(session: Session, model: RankingModel, why: str, now: datetime) -> None:
    model.state, model.retired_at, model.reason = ModelState.RETIRED, now, why
    session.add(model)
    session.flush()


def _in_use(session: Session, actor: Actor) -> RankingModel | None:
    return session.exec(
        select(RankingModel).where(
            RankingModel.facility_id == actor.facility_id,
            RankingModel.state == ModelState.IN_USE,
        )
    ).first()


def _lock(session: Session, actor: Actor) -> None:
    """Let one of two who decide at the same time go first: a facility has one model in use."""
    session.get_one(Facility, actor.facility_id, with_for_update=True)


def _reason(given: str) -> str:
    why = " ".join(given.split())
    if not why or len(why) > _LONGEST_REASON:
        words = f"Say why, in at most {_LONGEST_REASON} characters."
        raise InvalidInput(
            "A change of the model is kept with its reason.", (FieldError("/reason", words),)
        )
    return why
