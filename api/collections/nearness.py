"""Who of a collection comes near to a letter in meaning, where no list of words tells a topic."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import numpy as np

from api.collections.teams import Asked, Members
from matching.baseline import rule_model
from matching.encoder import VectorStore
from matching.features import NAMES
from matching.index import build_index
from matching.profile import profile_of
from matching.standings import stand

NEAR_SHARE = 1 / 8
"""Part of the people, the nearest to a letter, of whom a topic is not surely missing."""
_MEANING = [NAMES.index("semantic"), NAMES.index("passage")]


class Nearness:
    """Holds everybody's texts against letters, each letter once."""

    def __init__(self, members: Members, store: VectorStore, today: date) -> None:
        profiles = [profile_of(view) for view in members.views.values()]
        store.encode(text for profile in profiles for text in profile.texts)
        self._index = build_index(profiles, store)
        self._keys = members.keys
        self._store = store
        self._today = today
        self._nearest: dict[str, frozenset[str]] = {}

    def is_near(self, asked: Asked, keys: Collection[str]) -> bool:
        """Whether one of some people is among the nearest to the letter of a request."""
        if asked.key not in self._nearest:
            self._nearest[asked.key] = self._among(asked)
        return not self._nearest[asked.key].isdisjoint(keys)

    def _among(self, asked: Asked) -> frozenset[str]:
        found = stand(asked.need, self._index, self._today, model=rule_model(), store=self._store)
        points = found.points()[:, _MEANING].sum(axis=1)
        most = int(np.ceil(len(points) * NEAR_SHARE))
        best = [row for row in np.argsort(-points, kind="stable")[:most] if points[row] > 0]
        return frozenset(self._keys[self._index.ids[row]] for row in best)
