"""Judgements and views become rows to learn from; ids lead back to who was meant."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Bools, Floats, floats
from matching.baseline import neutral_values
from matching.encoder import VectorStore
from matching.features import NAMES
from matching.index import Index
from matching.letters import read_letter
from matching.question import ask
from matching.scoring import measure
from roster.read import RequestView

GRADES = (0, 1, 2, 3)
"""0: of no use; 1: knows the field; 2: could go; 3: one of the first to ask."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One (request, expert) pair graded by reading both."""

    request: str
    """Id of the request."""
    expert: UUID
    grade: int
    reason: str
    """Which line of the rubric it rests on."""


@dataclass(frozen=True)
class Dataset:
    """Graded rows, request by request."""

    values: Floats
    """(n, n_features), NaN missing; kept apart from what fills it in."""
    active: Bools
    """(n, n_features): whether the request gives the feature something to measure."""
    grades: Floats
    groups: NDArray[np.str_]
    """(n,): the request of each row."""
    experts: tuple[UUID, ...]
    hash: str
    """Of the judgements, in any order."""
    letters: Mapping[str, str | None] = field(default_factory=dict)
    """Request → language of its letter, where known."""

    @property
    def filled(self) -> Floats:
        """Return the values to learn from: missing ones neutral, unasked ones 0 for everybody."""
        neutral = np.broadcast_to(neutral_values(), self.values.shape)
        return np.where(self.active, np.where(np.isnan(self.values), neutral, self.values), 0.0)


def read_judgements(path: Path) -> tuple[Judgement, ...]:
    """Read judgements, one JSON object a line: request, expert, grade, reason.

    Raises
    ------
    ValueError
        A line has another shape, a grade outside 0 to 3, or a pair is graded twice unlike.
    """
    found: dict[tuple[str, UUID], Judgement] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        judgement = _judgement(line, number)
        pair = (judgement.request, judgement.expert)
        if pair in found and found[pair].grade != judgement.grade:
            raise ValueError(f"line {number}: this pair was graded {found[pair].grade} before")
        found[pair] = judgement
    return tuple(found.values())


def _judgement(line: str, number: int) -> Judgement:
    try:
        row = json.loads(line)
        judgement = Judgement(
            str(row["request"]), UUID(row["expert"]), int(row["grade"]), str(row.get("reason", ""))
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"line {number}: needs request, expert, grade and reason") from error
    if judgement.grade not in GRADES:
        raise ValueError(f"line {number}: grade {judgement.grade} is not one of 0, 1, 2, 3")
    return judgement


def hash_of(judgements: Iterable[Judgement]) -> str:
    """Return a digest of what was judged, the same in any order."""
    rows = sorted(f"{one.request} {one.expert} {one.grade}" for one in judgements)
    return sha256("\n".join(rows).encode()).hexdigest()[:16]


def build_dataset(
    index: Index,
    requests: Mapping[str, RequestView],
    judgements: Iterable[Judgement],
    now: datetime,
    store: VectorStore | None = None,
) -> Dataset:
    """Measure every judged pair as a ranking of that request would.

    Pairs whose request or expert is not given are left out; nothing is measured twice.

    Raises
    ------
    ValueError
        No pair is left.
    """
    judged = sorted(judgements, key=lambda one: (one.request, one.expert))
    kept = [one for one in judged if one.request in requests and one.expert in index.row_of]
    if not kept:
        raise ValueError("no judged pair has both its request and its expert in the index")
    values, active = np.zeros((len(kept), len(NAMES))), np.zeros((len(kept), len(NAMES)), bool)
    letters: dict[str, str | None] = {}
    for name in sorted({one.request for one in kept}):
        at = [place for place, one in enumerate(kept) if one.request == name]
        encoder = store.encoder if store is not None else None
        question = ask(requests[name], read_letter(requests[name], encoder), now.date())
        letters[name] = question.language
        measured = measure(question, index, now.date(), store)
        rows = [index.row_of[kept[place].expert] for place in at]
        values[at], active[at] = measured.values[rows], measured.active
    return Dataset(
        values=values,
        active=active,
        grades=floats([one.grade for one in kept]),
        groups=np.array([one.request for one in kept]),
        experts=tuple(one.expert for one in kept),
        hash=hash_of(kept),
        letters=letters,
    )
