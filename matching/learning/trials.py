"""How well a ranking of an outside collection agrees with what people judged, beside simpler ways.

Only judged pairs count. Intervals are over requests, drawn with replacement; gains are paired by
request.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matching.arrays import Floats
from matching.features import NAMES
from matching.learning.figures import Figure, figure_of, shown
from matching.learning.words import BM25, TF_IDF
from matching.metrics import (
    average_precision,
    ndcg_at_k,
    pairwise_accuracy,
    recall_at_k,
)
from matching.standings import Standings

RANKING, RANDOM = "ranking", "random"
METRICS = ("nDCG@5", "nDCG@10", "MAP", "recall@10", "pairs")
GOOD = 2.0
"""Grade from which a person counts as found; the least positive one where none is so high."""


@dataclass(frozen=True)
class Judged:
    """The judged people of one request."""

    standings: Standings
    rows: np.ndarray
    """Of the index, shape (k,)."""
    grades: Floats
    """Shape (k,), 0 and more."""
    text_scores: Mapping[str, Floats]
    """By way of ranking: the scores of everybody, shape (n,)."""


@dataclass(frozen=True)
class Trial:
    """What each way of ranking reaches."""

    figures: Mapping[str, Mapping[str, Figure]]
    """Way → metric → figure."""
    gains: Mapping[str, Mapping[str, Figure]]
    """Simpler way → metric → ranking minus it, paired by request."""
    by_language: Mapping[str, Figure]
    """Language of the letter → nDCG@10 of the ranking."""
    ablation: Mapping[str, tuple[Figure, Figure]]
    """Feature → change of nDCG@10 without it, and nDCG@10 with it alone behind the conditions."""
    requests: int
    judgements: int


def judge(judged: Sequence[Judged], *, ablate: bool = False) -> Trial:
    """Compare the ranking with chance, TF-IDF and BM25.

    Parameters
    ----------
    judged : requests with at least one judged person
    ablate : measure each feature's part, too
    """
    least = _least(judged)
    ways: dict[str, Callable[[Judged], Floats]] = {
        RANKING: lambda one: one.standings.scores(),
        RANDOM: lambda one: np.zeros(len(one.standings.passed)),
        TF_IDF: lambda one: one.text_scores[TF_IDF],
        BM25: lambda one: one.text_scores[BM25],
    }
    found = {way: _measured(judged, scores, least) for way, scores in ways.items()}
    languages = np.array([one.standings.language or "?" for one in judged])
    ndcg = found[RANKING]["nDCG@10"]
    return Trial(
        figures={way: {m: figure_of(held[m]) for m in METRICS} for way, held in found.items()},
        gains={
            way: {m: figure_of(found[RANKING][m] - held[m]) for m in METRICS}
            for way, held in found.items()
            if way != RANKING
        },
        by_language={code: figure_of(ndcg[languages == code]) for code in np.unique(languages)},
        ablation=_ablation(judged, least, ndcg) if ablate else {},
        requests=len(judged),
        judgements=sum(len(one.rows) for one in judged),
    )


def _least(judged: Sequence[Judged]) -> float:
    grades = np.concatenate([one.grades for one in judged]) if judged else np.zeros(0)
    positive = grades[grades > 0]
    if not positive.size or positive.max() >= GOOD:
        return GOOD
    return float(positive.min())


def _measured(
    judged: Sequence[Judged], scores: Callable[[Judged], Floats], least: float
) -> dict[str, Floats]:
    """Return each metric per request; NaN where every order is as good."""
    rows = []
    for one in judged:
        found = np.round(scores(one)[one.rows], 9)
        rows.append(
            (
                ndcg_at_k(one.grades, found, 5),
                ndcg_at_k(one.grades, found, 10),
                average_precision(one.grades, found, least),
                recall_at_k(one.grades, found, 10, least),
                pairwise_accuracy(one.grades, found),
            )
        )
    table = np.asarray(rows, dtype=np.float64).reshape(-1, len(METRICS))
    return {name: table[:, at] for at, name in enumerate(METRICS)}


def _ablation(
    judged: Sequence[Judged], least: float, whole: Floats
) -> dict[str, tuple[Figure, Figure]]:
    ablation = {}
    for at, name in enumerate(NAMES):
        only = np.zeros(len(NAMES))
        only[at] = 1.0
        without = _ndcg(judged, 1.0 - only, least)
        ablation[name] = figure_of(without - whole), figure_of(_ndcg(judged, only, least))
    return ablation


def _ndcg(judged: Sequence[Judged], factors: Floats, least: float) -> Floats:
    return _measured(judged, lambda one: one.standings.scores(factors), least)["nDCG@10"]


# --- The table ------------------------------------------------------------------------------------


def trial_table(trial: Trial) -> str:
    """Return the figures as text, one way of ranking a line."""
    lines = [f"{'':18}" + "".join(f"{name:>26}" for name in METRICS)]
    for way, held in trial.figures.items():
        lines.append(f"{way:18}" + "".join(f"{shown(held[name]):>26}" for name in METRICS))
    for way, held in trial.gains.items():
        cells = "".join(f"{shown(held[name], sign=True):>26}" for name in METRICS)
        lines.append(f"{'gain over ' + way:18}{cells}")
    lines.append("nDCG@10 by language of the letter:")
    lines += [f"  {code:16}{shown(one):>22}" for code, one in trial.by_language.items()]
    if trial.ablation:
        lines.append(f"{'nDCG@10 of each feature:':28}{'change without it':>26}{'alone':>22}")
        lines += [
            f"  {name:26}{shown(change, sign=True):>26}{shown(alone):>22}"
            for name, (change, alone) in trial.ablation.items()
        ]
    lines.append(
        f"{trial.judgements} judgements of {trial.requests} requests; 95 % intervals over requests,"
        " gains paired by request."
    )
    return "\n".join(lines)
