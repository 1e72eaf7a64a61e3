"""What counts of people beside their facts: releases, and deployments that are planned."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from roster.dates import PartialDate, Period
from roster.read import Engaged, ReleaseView
from roster.tables import Deployment, Release
from roster.vocabulary import DeploymentStatus, ReleaseOutcome


def releases_of(session: Session, ids: Sequence[UUID]) -> dict[UUID, list[ReleaseView]]:
    """Return the answers of home authorities for people, oldest first; withdrawn ones are none.

    What was asked again, or granted later, is told as it stands since.
    """
    rows = session.exec(
        select(Release)
        .where(col(Release.expert_id).in_(ids), Release.outcome != ReleaseOutcome.WITHDRAWN)
        .order_by(col(Release.created_at), col(Release.id))
    )
    releases: dict[UUID, list[ReleaseView]] = {}
    for row in _latest_word(rows.all()):
        releases.setdefault(row.expert_id, []).append(
            ReleaseView(
                outcome=row.outcome.value,
                request_id=row.request_id,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
                days=row.days,
                reason=row.reason,
            )
        )
    return releases


_OVER = (ReleaseOutcome.REFUSED, ReleaseOutcome.EXPIRED)


def _latest_word(rows: Sequence[Release]) -> list[Release]:
    """Leave out what was refused or ran out before something newer about the same."""
    last = {(row.expert_id, row.request_id): row.id for row in rows}
    return [
        row
        for row in rows
        if row.outcome not in _OVER or last[row.expert_id, row.request_id] == row.id
    ]


def engaged_of(session: Session, ids: Sequence[UUID]) -> dict[UUID, list[Engaged]]:
    """Return the planned deployments of people that have a day; wherever they are sent from."""
    rows = session.exec(
        select(Deployment)
        .where(
            col(Deployment.expert_id).in_(ids),
            Deployment.status == DeploymentStatus.PLANNED,
            col(Deployment.starts).is_not(None),
        )
        .order_by(col(Deployment.starts), col(Deployment.id))
    )
    engaged: dict[UUID, list[Engaged]] = {}
    for row in rows:
        if row.starts is not None:
            days = Period(PartialDate.of(row.starts), PartialDate.of(row.ends or row.starts))
            engaged.setdefault(row.expert_id, []).append(Engaged(days, row.action_id))
    return engaged
