"""What fewer dimensions and one byte each lose of the encoder's vectors, on the invented roster."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.arrays import Vectors
from matching.directions import directions_of
from matching.encoder import UniversalEncoder
from matching.profile import profile_of
from matching.vectors import Compact
from tests.matching.demo_roster import demo_roster
from tests.matching.letters import LETTERS

_PEOPLE, _HEADLINES, _BEST = 150, 60, 10


@dataclass(frozen=True)
class Loss:
    """How the compact column compares with whole vectors."""

    dimensions: int
    same_best: float
    """Share of the ten nearest that stay among the ten nearest."""
    correlation: float
    """Of the cosines, mean over the letters."""


def losses() -> list[Loss]:
    """Compare letters and headlines with records, by whole vectors and by compact ones."""
    encoder = UniversalEncoder()
    directions = directions_of(encoder.name)
    assert directions is not None
    views = demo_roster()[:_PEOPLE]
    records = _units(encoder.encode([profile_of(view).whole for view in views]))
    asked = [*LETTERS.values(), *(view.headline or "" for view in views[:_HEADLINES])]
    letters = _units(encoder.encode([text for text in asked if text]))
    whole = letters @ records.T
    told = [Compact.of(directions.told(one)) for one in (letters, records)]
    return [_loss(whole, Compact.of(letters), Compact.of(records)), _loss(whole, *told)]


def _units(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    units: Vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return units


def _loss(whole: Vectors, letters: Compact, records: Compact) -> Loss:
    found = letters.wide() @ records.wide().T
    pairs = list(zip(whole, found, strict=True))
    near = [(set(np.argsort(-a)[:_BEST]), set(np.argsort(-b)[:_BEST])) for a, b in pairs]
    return Loss(
        records.numbers.shape[1],
        float(np.mean([len(one & two) / _BEST for one, two in near])),
        float(np.mean([np.corrcoef(a, b)[0, 1] for a, b in pairs])),
    )
