"""Places of one request, found part by part: merged, they are the places of the whole roster.

What people are ordered by stands beside them, so that a merge looks at nothing else: first the
columns of `order`, the least first, then the key. A part of a roster gives the scores of the whole
only where it was measured by the tally of the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

import numpy as np
import orjson
from numpy.typing import NDArray

from matching.arrays import Bools, Floats, Ints, Rows, integers
from matching.compiled import AdditiveModel
from matching.conditions import check_everybody
from matching.encoder import VectorStore
from matching.features import NAMES
from matching.index import Index
from matching.question import Question, Tally
from matching.ranked import BANDS, DIGITS
from matching.scoring import measure, score
from matching.standings import Standings
from roster.read import GateResult, RequestView
from roster.vocabulary import Band, GateOutcome

Names = NDArray[np.str_]

_WORST = (GateOutcome.FAIL, GateOutcome.UNKNOWN, GateOutcome.PASS)
_HIGHEST = 100.0
CONDITIONS = "conditions"


@dataclass(frozen=True)
class Places:
    """Some people for one request, best first."""

    keys: Names
    """(k,): ids for people, which break ties."""
    order: Floats
    """(k, m): what they are ordered by, the least first, before the keys."""
    scores: Floats
    conditions: Floats
    """(k,): what the conditions add to the score; NaN where they order by themselves."""
    points: Floats
    """(k, n_features)."""
    gates: Rows
    """(k,): which of `said` each has."""
    said: Names
    """Results of conditions as JSON, each once."""
    counts: Ints
    """People in each band of everybody who was ranked, shape (3,); empty without bands."""

    def __len__(self) -> int:
        return len(self.keys)

    def best(self, most: int | None) -> Places:
        """Return the first, at most so many; None all."""
        rows = _in_order(self.keys, self.order)[:most]
        return self.at(rows)

    def at(self, rows: Ints) -> Places:
        """Return some of them, with no result that nobody has."""
        held, gates = np.unique(self.gates[rows], return_inverse=True)
        return Places(
            self.keys[rows],
            self.order[rows],
            self.scores[rows],
            self.conditions[rows],
            self.points[rows],
            gates.astype(np.int32),
            self.said[held],
            self.counts,
        )

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return every array by name, to be kept."""
        return {one.name: getattr(self, one.name) for one in fields(self)}


def merged(parts: Iterable[Places], most: int | None) -> Places:
    """Return the best of several parts that share nobody; of the same parts in any order the same.

    Parameters
    ----------
    parts : one or more
    most : people kept at most; None all
    """
    held = list(parts)
    above = np.cumsum([0, *(len(one.said) for one in held)])
    gates = [one.gates + at for one, at in zip(held, above[:-1].tolist(), strict=True)]
    said, number = np.unique(np.concatenate([one.said for one in held]), return_inverse=True)
    together = Places(
        np.concatenate([one.keys for one in held]),
        np.concatenate([one.order for one in held]),
        np.concatenate([one.scores for one in held]),
        np.concatenate([one.conditions for one in held]),
        np.concatenate([one.points for one in held]),
        number[np.concatenate(gates)].astype(np.int32),
        said,
        np.sum([one.counts for one in held], axis=0, dtype=np.int64),
    )
    return together.best(most)


def _in_order(keys: Names, order: Floats) -> Ints:
    found: Ints = np.lexsort((keys, *reversed(order.T)))
    return found


# --- As an outside collection is ranked -----------------------------------------------------------


def places_of(standings: Standings, keys: Names, most: int | None) -> Places:
    """Return the best of a collection, or of a part of it, by the one number of each.

    Parameters
    ----------
    keys : in the order of the index
    """
    scores = standings.scores()
    number: dict[tuple[GateResult, ...], int] = {}
    gates = [number.setdefault(one, len(number)) for one in standings.gates]
    everybody = Places(
        keys,
        -np.round(scores, DIGITS)[:, None],
        scores,
        standings.conditions,
        standings.points(),
        np.asarray(gates, dtype=np.int32),
        _said(number),
        integers([]),
    )
    return everybody.best(most)


def run_line(request: str, place: int, found: Places) -> bytes:
    """Return one place as a line of a run file."""
    told = _contributions(found, place)
    line = {
        "request_id": request,
        "expert_id": str(found.keys[place]),
        "score": float(found.scores[place]),
        "gates": orjson.Fragment(str(found.said[found.gates[place]])),
        "contributions": {CONDITIONS: float(found.conditions[place]), **told},
    }
    return orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)


def _said(results: Iterable[Sequence[GateResult]]) -> Names:
    """Return results as JSON, the worst of each condition."""
    said = []
    for held in results:
        gates: dict[str, str] = {}
        for gate in sorted(held, key=lambda one: _WORST.index(one.outcome)):
            gates.setdefault(gate.gate.value, gate.outcome.value)
        said.append(orjson.dumps(gates).decode())
    return np.asarray(said, dtype=np.str_)


def _contributions(found: Places, place: int) -> Mapping[str, float]:
    return dict(zip(NAMES, found.points[place].tolist(), strict=True))


# --- As the service ranks -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the service ranks a request by."""

    model: AdditiveModel
    factors: Floats
    """(n_features,): shifts of the weights."""
    today: date


def ranked_places(
    question: Question,
    index: Index,
    ruling: Ruling,
    *,
    store: VectorStore | None,
    whole: Tally | None,
    among: Bools | None,
    most: int | None,
) -> Places:
    """Return the best of a roster, or of a part of it, as `Engine.rank` orders them.

    Parameters
    ----------
    whole : of the roster that the index is a part of; None where it is the whole
    among : bool array (n,): who is ranked; None everybody
    """
    request: RequestView = question.request
    scored = score(
        measure(question, index, ruling.today, store, whole), ruling.model, ruling.factors
    )
    verdicts = check_everybody(index, request)
    place = {band: at for at, band in enumerate(BANDS)}
    bands = integers([place[band] for band in verdicts.bands])[verdicts.of]
    standing = np.array([one[1:] if one[0] is Band.NOT else (0, 0.0) for one in verdicts.weighed])
    rows = np.flatnonzero(np.ones(len(index), bool) if among is None else among)
    scores = scored.scores
    better = np.rint(scores * 10.0**DIGITS)
    everybody = Places(
        np.asarray([str(one) for one in index.ids], dtype=np.str_),
        np.column_stack([bands, standing.reshape(-1, 2)[verdicts.of], -better]),
        scores,
        np.full(len(index), np.nan),
        scored.points,
        verdicts.of.astype(np.int32),
        _said(verdicts.results),
        np.bincount(bands[rows], minlength=len(BANDS)).astype(np.int64),
    )
    return everybody.at(rows).best(most)


def ranked_line(request: str, place: int, found: Places) -> bytes:
    """Return one place as a line: as of a run file, with the place in its band, and ties.

    Parameters
    ----------
    found : with one person more than are told, where there is one, to know of a tie
    """
    band = int(found.order[place, 0])
    tied = any(_is_equal(found, place, other) for other in (place - 1, place + 1))
    line = {
        "request_id": request,
        "place": place - int(found.counts[:band].sum()) + 1,
        "band": BANDS[band].value,
        "expert_id": str(found.keys[place]),
        "score": min(float(found.scores[place]), _HIGHEST),
        "tied": tied,
        "gates": orjson.Fragment(str(found.said[found.gates[place]])),
        "contributions": _contributions(found, place),
    }
    return orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)


def _is_equal(found: Places, place: int, other: int) -> bool:
    """Whether two places differ by nothing but their keys."""
    if not 0 <= other < len(found):
        return False
    return bool((found.order[place] == found.order[other]).all())
