"""What the engine costs beside ranking: the model, a change, another process."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import process_time

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from matching.files import saved
from matching.index import Index
from matching.layers import changed
from matching.profile import profile_of
from tests.benchmarks.engine.corpus import World
from tests.benchmarks.engine.worker import STAMP
from tests.matching.demo_roster import demo_roster

_FEATURES, _ROWS = 12, 100_000


def quiet_ms(
    ask: Callable[[], object], times: int = 3, clock: Callable[[], float] = process_time
) -> float:
    """Return the CPU milliseconds of the quickest of some calls, or those of another clock."""
    best = float("inf")
    for _ in range(times):
        started = clock()
        ask()
        best = min(best, clock() - started)
    return best * 1e3


def estimator_and_tables() -> tuple[float, float, float]:
    """Fit an additive, monotone model and put it into tables.

    Returns
    -------
    ms of the estimator and of the tables (numpy) over 100,000 rows, and the largest difference
    """
    rng = np.random.default_rng(7)
    codes = rng.integers(0, 256, (_ROWS, _FEATURES)).astype(np.uint8)
    worth = rng.random(_FEATURES)
    wanted = np.sqrt(codes[:20_000] / 255) @ worth
    grades = wanted + rng.normal(0, 0.3, 20_000) > np.median(wanted)
    model = HistGradientBoostingClassifier(
        max_iter=150,
        interaction_cst="no_interactions",
        monotonic_cst=[1] * _FEATURES,
        early_stopping=False,
        random_state=7,
    ).fit(codes[:20_000], grades)
    grid = np.zeros((_FEATURES * 256, _FEATURES), np.uint8)
    grid[np.arange(len(grid)), np.repeat(np.arange(_FEATURES), 256)] = np.tile(
        np.arange(256), _FEATURES
    )
    base = float(model.decision_function(np.zeros((1, _FEATURES), np.uint8))[0])
    tables = model.decision_function(grid).reshape(_FEATURES, 256) - base

    def by_tables() -> np.ndarray:
        scores = np.full(_ROWS, base)
        for feature in range(_FEATURES):
            scores += tables[feature][codes[:, feature]]
        return scores

    away = float(np.abs(by_tables() - model.decision_function(codes)).max())
    columns = np.ascontiguousarray(codes.T)

    def by_column() -> object:
        scores = np.full(_ROWS, base)
        for column, table in zip(columns, tables, strict=True):
            scores += table[column]
        return scores

    return quiet_ms(lambda: model.decision_function(codes)), quiet_ms(by_column), away


def change_ms(held: Index, changes: int = 20) -> tuple[float, float]:
    """Replace people one at a time; return the median and largest CPU ms of a change."""
    profile = profile_of(demo_roster()[0])
    times = []
    for row in range(0, len(held), len(held) // changes):
        view = replace(profile.view, id=held.id_at(row))
        started = process_time()
        _ = len(changed(held, (), {view.id: replace(profile, view=view)}, None))
        times.append((process_time() - started) * 1e3)
    return median(times), max(times)


def worker(held: Index, world: World) -> tuple[float, float]:
    """Map an index in a process of its own.

    Returns
    -------
    ms to open it, and the megabytes that it cannot share with other workers
    """
    with tempfile.TemporaryDirectory() as folder:
        with saved(held.blocks[0], Path(folder), STAMP):
            pass
        ran = subprocess.run(  # noqa: S603 -- the module beside
            [sys.executable, "-m", "tests.benchmarks.engine.worker", folder, str(world.seed)],
            check=True,
            capture_output=True,
            text=True,
        )
    opened, private = ran.stdout.split()
    return float(opened), float(private)
