"""Versions of the ranking model: which is in use, and what each was made from."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import aliased, defer
from sqlmodel import Session, col, select

from roster.errors import NotFound
from roster.policy import Actor
from roster.read import LastRanking, ModelManifest, ModelRow
from roster.serial import from_json
from roster.tables import Account, AssistanceRequest, RankingModel, RankingRun
from roster.vocabulary import ModelState


def version_in_use(session: Session, facility_id: UUID) -> str | None:
    """Return the version that ranks for a facility; None: what the product is shipped with."""
    return session.exec(
        select(RankingModel.version).where(
            RankingModel.facility_id == facility_id, RankingModel.state == ModelState.IN_USE
        )
    ).first()


def models_of(session: Session, actor: Actor) -> tuple[ModelRow, ...]:
    """Return every version of a facility, the newest first; tables stay where they are."""
    creator, promoter = aliased(Account), aliased(Account)
    rows = session.exec(
        select(RankingModel, creator.name, promoter.name)
        .join(creator, col(creator.id) == col(RankingModel.by), isouter=True)
        .join(promoter, col(promoter.id) == col(RankingModel.promoted_by), isouter=True)
        .where(RankingModel.facility_id == actor.facility_id)
        .options(defer(col(RankingModel.tables)))  # type: ignore[arg-type]
        .order_by(col(RankingModel.created_at).desc(), col(RankingModel.id))
    )
    return tuple(_row(model, by, promoted_by) for model, by, promoted_by in rows)


def model_named(session: Session, actor: Actor, version: str) -> RankingModel:
    """Return the row of a version of the actor's facility.

    Raises
    ------
    NotFound
    """
    found = session.exec(
        select(RankingModel).where(
            RankingModel.facility_id == actor.facility_id, RankingModel.version == version
        )
    ).first()
    if found is None:
        raise NotFound(
            f"There is no model called {version} in this facility. 'roster model list' and the "
            "page on the model name all."
        )
    return found


def last_rankings(session: Session, actor: Actor, most: int) -> tuple[LastRanking, ...]:
    """Return the newest ranking of each request of the facility, the newest first.

    Parameters
    ----------
    most : requests
    """
    rows = session.exec(
        select(RankingRun.request_id, RankingRun.id, RankingRun.created_at)
        .where(RankingRun.facility_id == actor.facility_id, col(RankingRun.request_id).is_not(None))
        .order_by(
            col(RankingRun.created_at).desc(), col(RankingRun.number).desc(), col(RankingRun.id)
        )
    )
    newest: dict[UUID, tuple[UUID, datetime]] = {}
    for request_id, run_id, at in rows:
        if len(newest) == most:
            break
        if request_id is not None:
            newest.setdefault(request_id, (run_id, at))
    named = session.exec(
        select(AssistanceRequest.id, AssistanceRequest.code, AssistanceRequest.title).where(
            col(AssistanceRequest.id).in_(list(newest))
        )
    )
    words = {request_id: (code, title) for request_id, code, title in named}
    return tuple(
        LastRanking(run_id, request_id, *words[request_id], at)
        for request_id, (run_id, at) in newest.items()
    )


def tables_of(session: Session, version: str) -> tuple[bytes, ModelManifest] | None:
    """Return the tables of a version and what it was made from; None where nobody knows it.

    Equal versions are equal models, whichever facility made them.
    """
    found = session.exec(select(RankingModel).where(RankingModel.version == version)).first()
    return (found.tables, manifest_of(found)) if found else None


def manifest_of(model: RankingModel) -> ModelManifest:
    """Return what a version was made from."""
    return from_json(ModelManifest, model.manifest)


def _row(model: RankingModel, by: str | None, promoted_by: str | None) -> ModelRow:
    return ModelRow(
        id=model.id,
        version=model.version,
        state=model.state,
        manifest=manifest_of(model),
        created_at=model.created_at,
        created_by=by,
        promoted_at=model.promoted_at,
        promoted_by=promoted_by,
        retired_at=model.retired_at,
        reason=model.reason,
    )
