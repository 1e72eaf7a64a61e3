"""Two models on the same past rankings: who is shown first, who comes and goes, by how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

import numpy as np
from scipy.stats import kendalltau

from matching.compiled import AdditiveModel
from matching.features import NAMES
from matching.learning.past import PastRanking
from roster.read import Contrast, Exposure

FIRST = 10
"""Places that are looked at."""
_TRACK = "record"
"""The feature that is missing for who was never deployed."""


def contrast(past: PastRanking, one: AdditiveModel, other: AdditiveModel) -> Contrast:
    """Order the people of a past ranking by two models and say what differs."""
    before, after = past.order_by(one), past.order_by(other)
    places = {who: place for place, who in enumerate(after)}
    moved = [abs(places[who] - place) for place, who in enumerate(before)]
    first, second = set(before[:FIRST]), set(after[:FIRST])
    tau = None
    if len(before) > 1:
        tau = float(kendalltau(range(len(before)), [places[who] for who in before]).statistic)
    return Contrast(
        people=len(before),
        entered=tuple(who for who in after[:FIRST] if who not in first),
        left=tuple(who for who in before[:FIRST] if who not in second),
        moved_mean=float(np.mean(moved)) if moved else None,
        moved_most=max(moved, default=0),
        tau=tau,
        first_moved=sum(places[who] != place for place, who in enumerate(before[:FIRST])),
    )


def exposure(
    rankings: Sequence[PastRanking], model: AdditiveModel, countries: Mapping[UUID, str | None]
) -> Exposure:
    """Say who a model shows among the first ten, over all rankings together.

    Parameters
    ----------
    countries : home country of people; whoever is not in it counts as not known
    """
    track = NAMES.index(_TRACK) if _TRACK in NAMES else None
    shown: Counter[str] = Counter()
    new, known_track, places = 0, 0, 0
    for past in rankings:
        for who in past.order_by(model)[:FIRST]:
            places += 1
            country = countries.get(who)
            if country is not None:
                shown[country] += 1
            if track is not None:
                known_track += 1
                new += bool(np.isnan(past.values[past.row_of[who], track]))
    return Exposure(
        countries={code: count / places for code, count in sorted(shown.items(), key=_most)},
        first_timers=new / known_track if known_track else None,
        places=places,
    )


def _most(row: tuple[str, int]) -> tuple[int, str]:
    return -row[1], row[0]
