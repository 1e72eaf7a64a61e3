"""The synthetic roster as the ranker sees it, projected the way the product projects it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any
from uuid import UUID, uuid5

from roster.dates import PartialDate, Period
from roster.projection import HeldFact, Standing, project
from roster.read import Evidence, ExpertView, ReleaseView, TrackRecord
from roster.serial import fact_value
from roster.vocabulary import ExpertStatus, FactKind, FactStatus, Origin
from tests.matching.people import FACILITY

Row = dict[str, Any]
_ABSENT: dict[FactKind, Row] = {
    FactKind.LANGUAGE: {"level": None},
    FactKind.POST: {"title": None, "employer": None},
    FactKind.EDUCATION: {"title": None},
}
"""Fields without a default that the file leaves out where nothing is known."""


@lru_cache(maxsize=1)
def demo_roster() -> tuple[ExpertView, ...]:
    """Return everybody of `fixtures/roster.jsonl`."""
    lines = (files("fixtures") / "roster.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(_view(json.loads(line)) for line in lines)


def _view(row: Row) -> ExpertView:
    standing = Standing(
        id=UUID(row["id"]),
        facility_id=FACILITY,
        origin=Origin.SYNTHETIC,
        status=ExpertStatus(row["status"]),
        home_country=row.get("home_country"),
        confirmed_on=_day(row.get("confirmed_on")),
        availability_known_until=_day(row.get("availability_known_until")),
        track=_track(row.get("deployments_summary")),
        releases=tuple(_release(one) for one in row.get("releases", ())),
        text=row["cv"]["text"],
    )
    facts = [_fact(row, at, one) for at, one in enumerate(row["facts"])]
    return project(standing, [fact for fact in facts if fact.kind is not FactKind.EMAIL])


def _fact(row: Row, at: int, fact: Row) -> HeldFact:
    kind, status = FactKind(fact["kind"]), FactStatus(fact.get("status", "confirmed"))
    fact_id = uuid5(UUID(row["id"]), str(at))
    quote = row["cv"]["text"][fact.get("start") or 0 : fact.get("end") or 0]
    proof = Evidence(fact_id, quote, "CV", 1, row["cv"]["language"], status is FactStatus.CONFIRMED)
    said = (fact.get(key) for key in ("valid_from", "valid_to"))
    start, end = (PartialDate.parse(text) if text else None for text in said)
    return HeldFact(
        id=fact_id,
        kind=kind,
        value=fact_value(kind, _ABSENT.get(kind, {}) | fact["value"]),
        period=Period(start, end, fact.get("ongoing", False)),
        status=status,
        asserted_at=datetime(2026, 1, 1, tzinfo=UTC),
        evidence=proof,
    )


def _track(said: Row | None) -> TrackRecord:
    if said is None:
        return TrackRecord()
    return TrackRecord(
        said["deployments"],
        said.get("feedback_mean"),
        said.get("feedback_count", 0),
        _day(said.get("last_deployed")),
    )


def _release(said: Row) -> ReleaseView:
    return ReleaseView(
        said["outcome"],
        None,
        _day(said.get("valid_from")),
        _day(said.get("valid_to")),
        said.get("days"),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
