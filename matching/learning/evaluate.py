"""Is the learnt model better than the rule? Answered on requests that it has not seen.

One request at a time is left out; whatever is chosen or learnt is chosen and learnt on the others.
Compared with the rule, with BM25 and with TF-IDF cosine over the same people, with intervals from
requests drawn with replacement and gains paired by request.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

from matching.arrays import Floats
from matching.baseline import neutral_values, rule_weights
from matching.compiled import AdditiveModel, lines
from matching.features import FEATURES, NAMES
from matching.index import Index
from matching.learning.dataset import Dataset
from matching.metrics import average_precision, bootstrap_interval, ndcg_at_k, recall_at_k
from matching.profile import mission_text, post_text
from matching.ranker import PairwiseRanker
from matching.text import terms
from roster.read import ExpertView, RequestView

STRENGTHS = (0.3, 1.0, 3.0, 10.0, 30.0)
"""How many requests of evidence the rule may be worth; chosen inside each fold."""
INNER_FOLDS = 5
WARNING = "synthetic people: no evidence of quality in the field"
METRICS: dict[str, Callable[[Floats, Floats], float]] = {
    "ndcg@10": lambda grades, scores: ndcg_at_k(grades, scores, 10),
    "recall@10": lambda grades, scores: recall_at_k(grades, scores, 10),
    "MAP": average_precision,
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over requests with its 95 % interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What each way of ranking reaches on requests it has not seen."""

    figures: Mapping[str, Mapping[str, Figure]]
    """Way of ranking → metric → figure."""
    gains: Mapping[str, Figure]
    """Metric → learnt model minus rule, paired by request."""
    requests: int
    judgements: int
    data_hash: str

    @property
    def promotes(self) -> bool:
        """Whether the learnt model may replace the rule: its gain is above zero for sure."""
        return self.gains["ndcg@10"].low > 0


def evaluate(
    data: Dataset, index: Index, requests: Mapping[str, RequestView], *, synthetic: bool = True
) -> tuple[Evaluation, str]:
    """Compare the ways of ranking; return the figures and a table to print.

    Parameters
    ----------
    data : judged rows, measured
    index : the people they were measured in
    requests : by id
    synthetic : whether anybody in it is invented; the table then says what that means
    """
    scores = {
        "learnt": learnt_scores(data),
        "rule": data.filled @ rule_weights(),
        **text_scores(data, index, requests),
    }
    by_way = {way: _per_request(data, found) for way, found in scores.items()}
    evaluation = Evaluation(
        figures={
            way: {name: Figure(*bootstrap_interval(held[name])) for name in METRICS}
            for way, held in by_way.items()
        },
        gains={
            name: Figure(*bootstrap_interval(by_way["learnt"][name] - by_way["rule"][name]))
            for name in METRICS
        },
        requests=len(np.unique(data.groups)),
        judgements=len(data.grades),
        data_hash=data.hash,
    )
    return evaluation, table(evaluation, synthetic=synthetic)


def _per_request(data: Dataset, scores: Floats) -> dict[str, Floats]:
    """Return each metric per request, in the order of the requests' ids."""
    rows = [data.groups == group for group in np.unique(data.groups)]
    return {
        name: np.array([metric(data.grades[row], scores[row]) for row in rows])
        for name, metric in METRICS.items()
    }


# --- The learnt model -----------------------------------------------------------------------------


def learnt_scores(data: Dataset) -> Floats:
    """Return the score of each row by a model that has not seen its request, shape (n,)."""
    scores = np.zeros(len(data.grades))
    for group in np.unique(data.groups):
        out = data.groups == group
        weights = fit_weights(data, ~out)
        scores[out] = data.filled[out] @ weights
    return scores


def fit_weights(data: Dataset, rows: Floats | np.ndarray | None = None) -> Floats:
    """Return weights learnt on the given rows, the prior's worth chosen among them too.

    Too few requests to choose by, or none with two grades, leave the rule as it is.
    """
    kept = np.ones(len(data.grades), bool) if rows is None else np.asarray(rows)
    if not _is_telling(data, kept):
        return rule_weights()
    strength = choose_strength(data, kept)
    return _fit(data, kept, strength)


def choose_strength(data: Dataset, rows: np.ndarray) -> float:
    """Return the worth of the rule that ranks left-out requests among `rows` best."""
    groups = np.unique(data.groups[rows])
    if len(groups) < 3:
        return STRENGTHS[-1]
    folds = [groups[at::INNER_FOLDS] for at in range(min(INNER_FOLDS, len(groups)))]
    means = [np.nanmean([_held_out(data, rows, fold, s) for fold in folds]) for s in STRENGTHS]
    # The strongest of equals: less is believed of few judgements.
    best = max(range(len(STRENGTHS)), key=lambda at: (round(means[at], 6), at))
    return STRENGTHS[best]


def _held_out(data: Dataset, rows: np.ndarray, fold: np.ndarray, strength: float) -> float:
    out = rows & np.isin(data.groups, fold)
    train = rows & ~out
    weights = _fit(data, train, strength) if _is_telling(data, train) else rule_weights()
    found = [
        ndcg_at_k(data.grades[row], data.filled[row] @ weights)
        for row in (out & (data.groups == group) for group in fold)
    ]
    known = [value for value in found if not np.isnan(value)]
    return float(np.mean(known)) if known else 0.0


def _is_telling(data: Dataset, rows: np.ndarray) -> bool:
    groups = np.unique(data.groups[rows])
    return any(len(np.unique(data.grades[rows & (data.groups == group)])) > 1 for group in groups)


def _fit(data: Dataset, rows: np.ndarray, strength: float) -> Floats:
    ranker = PairwiseRanker(
        strength=strength,
        prior=rule_weights(),
        monotone=[feature.direction for feature in FEATURES],
    )
    ranker.fit(data.filled[rows], data.grades[rows], groups=data.groups[rows])
    return ranker.coef_


def compile_weights(weights: Floats, version: str) -> AdditiveModel:
    """Return learnt weights as a model, scaled so that they add up to 100."""
    total = float(np.abs(weights).sum()) or 1.0
    return AdditiveModel.from_curves(NAMES, lines(100 * weights / total), neutral_values(), version)


# --- Words alone ----------------------------------------------------------------------------------


def text_scores(
    data: Dataset, index: Index, requests: Mapping[str, RequestView]
) -> dict[str, Floats]:
    """Return BM25 and TF-IDF cosine of the letter against everything a person wrote."""
    documents = [everything(profile.view) for profile in index.profiles]
    names = np.unique(data.groups)
    letters = [f"{requests[name].title} {requests[name].text}" for name in names]
    rows = np.array([index.row_of[one] for one in data.experts])
    columns = np.searchsorted(names, data.groups)
    return {
        "BM25": bm25(documents, letters)[rows, columns],
        "TF-IDF": tfidf(documents, letters)[rows, columns],
    }


def everything(view: ExpertView) -> str:
    """Return all the words of a person's record."""
    told = [post_text(item.value) for item in view.posts]
    told += [mission_text(item.value) for item in view.missions]
    return " ".join([view.headline or "", *told, view.text])


def bm25(
    documents: Sequence[str], queries: Sequence[str], k1: float = 1.2, b: float = 0.75
) -> Floats:
    """Return Okapi BM25 of each document for each query, shape (n_documents, n_queries)."""
    counter = CountVectorizer(analyzer=terms)
    counts = counter.fit_transform(documents).tocsr().astype(np.float64)
    n, lengths = counts.shape[0], np.asarray(counts.sum(axis=1)).ravel()
    held = np.bincount(counts.indices, minlength=counts.shape[1])
    norm = k1 * (1 - b + b * lengths / max(lengths.mean(), 1.0))
    of_row = np.repeat(norm, np.diff(counts.indptr))
    counts.data = counts.data * (k1 + 1) / (counts.data + of_row)
    idf = np.log1p((n - held + 0.5) / (held + 0.5))
    asked = (counter.transform(queries) > 0).astype(np.float64).multiply(idf[None, :])
    scores: Floats = (counts @ asked.T.tocsc()).toarray()
    return scores


def tfidf(documents: Sequence[str], queries: Sequence[str]) -> Floats:
    """Return TF-IDF cosines of each document for each query, shape (n_documents, n_queries)."""
    vectors = TfidfVectorizer(analyzer=terms, sublinear_tf=True)
    table_of = vectors.fit_transform(documents)
    scores: Floats = (table_of @ vectors.transform(queries).T).toarray()
    return scores


# --- The table ------------------------------------------------------------------------------------


def table(evaluation: Evaluation, *, synthetic: bool = True) -> str:
    """Return the figures as text, one way of ranking a line, with what they do not show."""
    lines_of = [f"{'':10}" + "".join(f"{name:>26}" for name in METRICS)]
    for way, held in evaluation.figures.items():
        lines_of.append(f"{way:10}" + "".join(f"{_shown(held[name]):>26}" for name in METRICS))
    gains = "".join(f"{_shown(evaluation.gains[name], sign=True):>26}" for name in METRICS)
    lines_of.append(f"{'gain':10}{gains}")
    lines_of.append(
        f"{evaluation.judgements} judgements of {evaluation.requests} requests, one request left "
        f"out at a time; 95 % intervals over requests; gain is learnt minus rule, paired."
    )
    verdict = "is" if evaluation.promotes else "is not"
    lines_of.append(f"The learnt model {verdict} surely better than the rule.")
    if synthetic:
        lines_of.append(WARNING)
    return "\n".join(lines_of)


def _shown(figure: Figure, *, sign: bool = False) -> str:
    form = "+.3f" if sign else ".3f"
    return f"{figure.mean:{form}} ({figure.low:{form}}–{figure.high:{form}})"
