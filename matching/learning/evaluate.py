"""Is the learnt model better than the rule? Answered on requests that it has not seen.

Requests are held back in two ways: each one alone, and the later ones in time (`weights`). Compared
with the rule, with words alone and with chance over the same people, with intervals from requests
drawn with replacement and gains paired by request.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from matching.arrays import Floats
from matching.baseline import RULE_VERSION, rule_weights
from matching.compiled import AdditiveModel
from matching.features import NAMES
from matching.index import Index
from matching.learning.dataset import Dataset
from matching.learning.figures import DECIDES, METRICS, Figure, figure_of, per_request
from matching.learning.weights import Block, blocks_in_time, later_scores, learnt_scores
from matching.learning.words import text_scores
from matching.metrics import pairwise_accuracy, recall_at_k
from matching.steps import encode
from roster.read import RequestView
from roster.vocabulary import Origin

LEARNT, RULE, CHANCE = "learnt", "rule", "chance"
GOOD = 2.0
"""Grade from which a person is one to find."""

Gains = Mapping[str, Mapping[str, Figure]]


@dataclass(frozen=True, slots=True)
class Origins:
    """What the figures are about."""

    judgements: int
    requests: int
    since: date | None
    """When the first and the last of them came, of those whose day is known."""
    until: date | None
    people: int
    invented: int
    """Of the people."""
    letters: Mapping[str, int]
    """Requests by the language of their letter."""
    rule: str
    encoder: str | None
    measured_on: date
    """Experience is counted up to this day."""
    data_hash: str


@dataclass(frozen=True, slots=True)
class Later:
    """The requests that came later, ranked by what was learnt from those before them."""

    first_learnt_from: int
    """Requests before the first stretch."""
    stretches: int
    requests: int
    since: date
    until: date
    figures: Gains
    gains: Gains


@dataclass(frozen=True, slots=True)
class LanguagePair:
    """How people with CVs of one language stand for letters of one language, by the rule."""

    letter: str
    cv: str
    requests: int
    people: int
    """Judged pairs of request and person."""
    good: int
    """Of them, graded 2 or 3."""
    pairs: Figure
    """Share of pairs in the right order of which one at least has such a CV."""
    recall: Figure
    """Share of the good with such a CV among the first ten of everybody judged."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What each way of ranking reaches on requests it has not seen."""

    about: Origins
    figures: Gains
    """Way of ranking → metric → figure, each request held back alone."""
    gains: Gains
    """What minus what → metric → figure, paired by request."""
    later: Later | None
    """None where too few requests have a day."""
    ablation: Mapping[str, tuple[Figure, Figure]]
    """Feature → change of the rule's nDCG@10 without it, and nDCG@10 with it alone."""
    language_pairs: tuple[LanguagePair, ...]

    @property
    def promotes(self) -> bool:
        """Whether the learnt model may replace the rule: its gain is above zero for sure."""
        return self.gains[f"{LEARNT} − {RULE}"][DECIDES].low > 0


def evaluate(
    data: Dataset,
    index: Index,
    requests: Mapping[str, RequestView],
    *,
    today: date,
    days: Mapping[str, date] | None = None,
    in_use: AdditiveModel | None = None,
    encoder: str | None = None,
) -> Evaluation:
    """Compare the ways of ranking.

    Parameters
    ----------
    data : judged rows, measured
    index : the people they were measured in
    requests : by id
    today : the day they were measured on
    days : when each request came; those without a day are not ranked in time
    in_use : the model that ranks here, if it is not the rule
    encoder : that compares meaning; None where nothing does
    """
    held = {name: day for name, day in (days or {}).items() if name in data.groups}
    blocks, names = blocks_in_time(held), np.unique(data.groups)
    fixed = {RULE: data.filled @ rule_weights()}
    if in_use is not None and in_use.version != RULE_VERSION:
        fixed[in_use.version] = _scores_by(in_use, data)
    fixed |= text_scores(data, index, requests) | {CHANCE: np.zeros(len(data.grades))}
    alone = _measured(data, {LEARNT: learnt_scores(data), **fixed}, names)
    return Evaluation(
        about=_about(data, index, held, today=today, encoder=encoder),
        figures=_figures(alone),
        gains=_gains(alone),
        later=_later(data, fixed, blocks, held) if blocks else None,
        ablation=_ablation(data, names),
        language_pairs=_language_pairs(data, index, fixed[RULE]),
    )


Held = Mapping[str, Mapping[str, Floats]]
"""Way → metric → per request."""


def _scores_by(model: AdditiveModel, data: Dataset) -> Floats:
    """Return the points of each row; their scale differs between requests, never inside one."""
    looked_up = model.tables[np.arange(len(NAMES)), encode(data.values)]
    scores: Floats = np.where(data.active, looked_up, 0.0).sum(axis=1)
    return scores


def _measured(data: Dataset, scores: Mapping[str, Floats], names: np.ndarray) -> Held:
    return {
        way: per_request(data.grades, found, data.groups, names) for way, found in scores.items()
    }


def _figures(held: Held) -> Gains:
    return {way: {name: figure_of(found[name]) for name in METRICS} for way, found in held.items()}


def _gains(held: Held) -> Gains:
    """Return what the learnt model adds to the rule, and the rule to everything simpler."""
    against = [(LEARNT, RULE), *((RULE, way) for way in held if way not in {LEARNT, RULE})]
    return {
        f"{one} − {other}": {
            name: figure_of(held[one][name] - held[other][name]) for name in METRICS
        }
        for one, other in against
    }


def _later(
    data: Dataset,
    fixed: Mapping[str, Floats],
    blocks: Sequence[Block],
    days: Mapping[str, date],
) -> Later:
    names = np.array([name for block in blocks for name in block.judged])
    held = _measured(data, {LEARNT: later_scores(data, blocks), **fixed}, names)
    judged = [days[name] for name in names.tolist()]
    return Later(
        first_learnt_from=len(blocks[0].before),
        stretches=len(blocks),
        requests=len(names),
        since=min(judged),
        until=max(judged),
        figures=_figures(held),
        gains=_gains(held),
    )


def _about(
    data: Dataset, index: Index, days: Mapping[str, date], *, today: date, encoder: str | None
) -> Origins:
    people = {index.row_of[one] for one in data.experts}
    invented = sum(index.profiles[row].view.origin is Origin.SYNTHETIC for row in people)
    codes, counts = np.unique(
        [data.letters.get(str(name)) or "?" for name in np.unique(data.groups)], return_counts=True
    )
    return Origins(
        judgements=len(data.grades),
        requests=len(np.unique(data.groups)),
        since=min(days.values(), default=None),
        until=max(days.values(), default=None),
        people=len(people),
        invented=invented,
        letters=dict(zip(codes.tolist(), counts.tolist(), strict=True)),
        rule=RULE_VERSION,
        encoder=encoder,
        measured_on=today,
        data_hash=data.hash,
    )


def _ablation(data: Dataset, names: np.ndarray) -> dict[str, tuple[Figure, Figure]]:
    """Return what the rule loses without each feature, its other weights as they are."""
    weights, rows = rule_weights(), data.filled

    def ndcg(kept: Floats) -> Floats:
        return per_request(data.grades, rows @ kept, data.groups, names)[DECIDES]

    whole, found = ndcg(weights), {}
    for at, name in enumerate(NAMES):
        only = np.zeros(len(NAMES))
        only[at] = weights[at]
        found[name] = figure_of(ndcg(weights - only) - whole), figure_of(ndcg(only))
    return found


def _language_pairs(data: Dataset, index: Index, scores: Floats) -> tuple[LanguagePair, ...]:
    letters = np.array([data.letters.get(str(name)) or "?" for name in data.groups])
    rows = (index.row_of[one] for one in data.experts)
    cvs = np.array([index.profiles[row].language or "?" for row in rows])
    scores = np.round(scores, 9)
    return tuple(
        _language_pair(data, scores, letters == letter, cvs == cv, (str(letter), str(cv)))
        for letter in np.unique(letters)
        for cv in np.unique(cvs[letters == letter])
    )


def _language_pair(
    data: Dataset, scores: Floats, asked: np.ndarray, written: np.ndarray, names: tuple[str, str]
) -> LanguagePair:
    both, pairs, recalls = asked & written, [], []
    for group in np.unique(data.groups[both]):
        rows = data.groups == group
        grades, found, ours = data.grades[rows], scores[rows], written[rows]
        pairs.append(pairwise_accuracy(grades, found, ours))
        recalls.append(recall_at_k(np.where(ours, grades, 0.0), found, 10, GOOD))
    return LanguagePair(
        letter=names[0],
        cv=names[1],
        requests=len(pairs),
        people=int(both.sum()),
        good=int((both & (data.grades >= GOOD)).sum()),
        pairs=figure_of(np.array(pairs)),
        recall=figure_of(np.array(recalls)),
    )
