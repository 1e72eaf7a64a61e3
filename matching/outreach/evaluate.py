"""Whether the order in which states are asked holds for Actions that it has not seen.

One Action at a time is left out, or with it every Action of its beneficiaries, or every later one;
shares, weights and nearness to past Actions are counted anew on what remains. Compared with chance,
with the share of past Actions alone ("popularity") and with the rule, with intervals from Actions
drawn with replacement and gains paired by Action.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from matching.arrays import Bools, Floats
from matching.metrics import average_precision, bootstrap_interval, recall_at_k
from matching.outreach.history import member_states
from matching.outreach.lenders import MEASURED, RULE, STRENGTH, Chances, Past, apart, fit, measure
from roster.read import PastAction

METRICS: Mapping[str, Callable[[Floats, Floats], float]] = {
    "MAP": lambda sent, scores: average_precision(sent, scores, 1),
    "recall@5": lambda sent, scores: recall_at_k(sent, scores, 5, 1),
}
LEARNT, RULE_WAY, POPULARITY, CHANCE = "learnt", "rule", "popularity", "random"
_BINS = (0.0, 0.05, 0.1, 0.2, 0.4, 1.0)


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over Actions with its 95 % interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ChanceBin:
    """States whose chance was put between two numbers, and how many of them did send experts."""

    above: float
    to: float
    states: int
    foreseen: float
    came: float


@dataclass(frozen=True, slots=True)
class Trial:
    """What each way of ordering reaches under one way of leaving Actions out."""

    left_out: str
    actions: int
    figures: Mapping[str, Mapping[str, Interval]]
    """Way → metric → figure."""
    gains: Mapping[str, Mapping[str, Interval]]
    """"learnt - popularity" → metric → paired difference."""
    weights: Mapping[str, Interval]
    """Measure → weight: mean, least and largest over the folds."""
    chances: tuple[ChanceBin, ...]


@dataclass(frozen=True, slots=True)
class OutreachEvaluation:
    """The trials, and on what they were run."""

    actions: int
    """Past Actions that name at least one state."""
    pairs: int
    """Action and state that sent experts."""
    states: int
    """States that sent any."""
    strength: float
    trials: tuple[Trial, ...]


# --- What is left out -----------------------------------------------------------------------------


def _other_actions(past: Past) -> Bools:
    return ~np.eye(len(past), dtype=bool)


def _other_countries(past: Past) -> Bools:
    """Return for each Action those that share no beneficiary with it."""
    places = [frozenset(one.countries) for one in past.needs]
    apart_from = [[not a & b for b in places] for a in places]
    return np.array(apart_from, dtype=bool) & _other_actions(past)


def _earlier(past: Past) -> Bools:
    days = [one.day.toordinal() if one.day else 0 for one in past.needs]
    before = [[0 < other < day for other in days] for day in days]
    return np.array(before, dtype=bool)


PROTOCOLS: Mapping[str, Callable[[Past], Bools]] = {
    "one Action": _other_actions,
    "one beneficiary country": _other_countries,
    "every later Action": _earlier,
}


# --- The folds ------------------------------------------------------------------------------------


def evaluate(actions: Sequence[PastAction]) -> OutreachEvaluation:
    """Compare the ways of ordering the states under each way of leaving Actions out.

    Parameters
    ----------
    actions : past ones; those that name no state are left out

    Raises
    ------
    ValueError
        Fewer than two Actions name a state, or none says when it began.
    """
    named = sorted((one for one in actions if one.states), key=lambda one: one.code)
    if len(named) < 2:
        raise ValueError("fewer than two Actions name a state that sent experts")
    days = [one.starts.first_day for one in named if one.starts]
    if not days:
        raise ValueError("no Action says when it began")
    on = max(days)
    past = Past.of(named, _pool(named, on), on)
    return OutreachEvaluation(
        actions=len(past),
        pairs=int(past.sent.sum()),
        states=int((past.sent.sum(axis=0) > 0).sum()),
        strength=STRENGTH,
        trials=tuple(_trial(past, name, rule(past)) for name, rule in PROTOCOLS.items()),
    )


def _pool(actions: Sequence[PastAction], on: date) -> tuple[str, ...]:
    days = {on, *(one.starts.first_day for one in actions if one.starts)}
    return tuple(sorted({state for day in days for state in member_states(day)}))


@dataclass(frozen=True, slots=True)
class _Fold:
    """One Action asked about, with what may be known then."""

    at: int
    known: Bools
    """Actions that may count, shape (n,)."""
    use: Bools
    """Which of them may speak for which in learning, shape (n, n)."""


def _folds(past: Past, allowed: Bools) -> list[_Fold]:
    """Return a fold for each Action with anything to learn from and a state to find."""
    found = []
    for at in range(len(past)):
        known = allowed[at]
        may_be_found = (past.sent[at] > 0) & past.members[at]
        if known.any() and may_be_found.any():
            # Nothing of the Action asked about enters: neither as a row nor in another's shares.
            found.append(_Fold(at, known, apart(allowed) & known[None, :]))
    return found


def _trial(past: Past, name: str, allowed: Bools) -> Trial:
    folds = _folds(past, allowed)
    if not folds:
        return Trial(name, 0, {}, {}, {}, ())
    fitted = [fit(past, fold.use, fold.known) for fold in folds]
    ways = _scores(past, folds, fitted)
    ways |= {
        f"without {told}": [
            _score(past, fold, fit(past, fold.use, fold.known, _but(column))) for fold in folds
        ]
        for column, told in enumerate(MEASURED)
    }
    held = {way: _figures(past, folds, scores) for way, scores in ways.items()}
    return Trial(
        left_out=name,
        actions=len(folds),
        figures={way: _intervals(one) for way, one in held.items()},
        gains=_gains(held),
        weights={
            str(told): Interval(float(column.mean()), float(column.min()), float(column.max()))
            for told, column in zip(MEASURED, np.array(fitted).T, strict=True)
        },
        chances=_chances(past, folds, fitted),
    )


def _but(column: int) -> list[int]:
    return [one for one in range(len(MEASURED)) if one != column]


def _scores(
    past: Past, folds: Sequence[_Fold], fitted: Sequence[Floats]
) -> dict[str, list[Floats]]:
    return {
        LEARNT: [_score(past, fold, one) for fold, one in zip(folds, fitted, strict=True)],
        RULE_WAY: [_score(past, fold, RULE) for fold in folds],
        POPULARITY: [past.sent[fold.known].mean(axis=0) for fold in folds],
        CHANCE: [np.zeros(len(past.states)) for _ in folds],
    }


def _score(past: Past, fold: _Fold, weights: Floats) -> Floats:
    use = np.zeros((len(past), len(past)), dtype=bool)
    use[fold.at] = fold.known
    found = np.round(measure(past.near, past.speaks, past.sent, use)[fold.at], 12)
    scores: Floats = found @ weights
    return scores


def _figures(past: Past, folds: Sequence[_Fold], scores: Sequence[Floats]) -> dict[str, Floats]:
    """Return each metric per Action, over the states that were members when it began."""
    pools = [past.members[fold.at] for fold in folds]
    return {
        name: np.array(
            [
                metric(past.sent[fold.at][pool], one[pool])
                for fold, pool, one in zip(folds, pools, scores, strict=True)
            ]
        )
        for name, metric in METRICS.items()
    }


def _intervals(held: Mapping[str, Floats]) -> dict[str, Interval]:
    return {name: Interval(*bootstrap_interval(values)) for name, values in held.items()}


def _gains(held: Mapping[str, Mapping[str, Floats]]) -> dict[str, dict[str, Interval]]:
    pairs = [
        (LEARNT, POPULARITY),
        (LEARNT, RULE_WAY),
        *((LEARNT, way) for way in held if way.startswith("without ")),
    ]
    return {
        f"{better} - {worse}": _intervals(
            {name: held[better][name] - held[worse][name] for name in METRICS}
        )
        for better, worse in pairs
    }


def _chances(past: Past, folds: Sequence[_Fold], fitted: Sequence[Floats]) -> tuple[ChanceBin, ...]:
    """Return how chances foreseen without the Action compare with what came."""
    foreseen, came = [], []
    for fold, weights in zip(folds, fitted, strict=True):
        curve = Chances.of(past, weights, fold.use, fold.known)
        if curve is not None:
            pool = past.members[fold.at]
            foreseen.append(curve.at(_score(past, fold, weights))[pool])
            came.append(past.sent[fold.at][pool])
    if not foreseen:
        return ()
    chance, truth = np.concatenate(foreseen), np.concatenate(came)
    bins = []
    for low, high in pairwise(_BINS):
        inside = (chance > low) & (chance <= high)
        if inside.any():
            means = float(chance[inside].mean()), float(truth[inside].mean())
            bins.append(ChanceBin(low, high, int(inside.sum()), *means))
    return tuple(bins)


# --- The table ------------------------------------------------------------------------------------


def table(evaluation: OutreachEvaluation) -> str:
    """Return the figures as text, with what they do not show."""
    lines = [
        f"{evaluation.actions} past Actions name a state; {evaluation.pairs} pairs of Action and "
        f"state, {evaluation.states} states. Means over Actions with 95 % intervals; gains paired "
        f"by Action."
    ]
    for trial in evaluation.trials:
        lines += ["", *_trial_lines(trial)]
    lines += [
        "",
        "One facility, few Actions: the intervals say how much chance is in these figures, not how "
        "another facility would fare.",
    ]
    return "\n".join(lines)


def _trial_lines(trial: Trial) -> list[str]:
    lines = [f"Left out: {trial.left_out} ({trial.actions} Actions asked about)"]
    if not trial.actions:
        return [*lines, "too little is left to learn from"]
    lines.append(f"{'':24}" + "".join(f"{name:>26}" for name in METRICS))
    for way, held in trial.figures.items():
        lines.append(f"{way:24}" + "".join(f"{_shown(held[one]):>26}" for one in METRICS))
    for pair, held in trial.gains.items():
        lines.append(f"{pair:24}" + "".join(f"{_shown(held[one], '+.3f'):>26}" for one in METRICS))
    weights = ", ".join(f"{name} {_shown(one, '.2f')}" for name, one in trial.weights.items())
    lines.append(f"weights, with the range over folds: {weights}")
    bins = "; ".join(
        f"{one.foreseen:.0%} foreseen, {one.came:.0%} came ({one.states})" for one in trial.chances
    )
    lines.append(f"chances of states: {bins or 'too little to say'}")
    return lines


def _shown(figure: Interval, form: str = ".3f") -> str:
    return f"{figure.mean:{form}} ({figure.low:{form}}–{figure.high:{form}})"
