"""An evaluation as text, with what it does not show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from matching.learning.evaluate import Evaluation, Gains, Later, Origins
from matching.learning.figures import METRICS, Figure, shown

WARNING = "synthetic people: no evidence of quality in the field"
_WIDTH = 24


def table(evaluation: Evaluation) -> str:
    """Return the figures as text, one way of ranking a line."""
    about = evaluation.about
    told = [*_said_of(about), "", "Each request held back alone:"]
    told += _ways(evaluation.figures, evaluation.gains)
    told += ["", *_in_time(evaluation.later), ""]
    told += [f"{'The rule, nDCG@10:':{_WIDTH}}{'change without it':>26}{'it alone':>26}"]
    told += [
        f"  {name:{_WIDTH - 2}}{shown(change, sign=True):>26}{shown(alone):>26}"
        for name, (change, alone) in evaluation.ablation.items()
    ]
    told += ["", *_languages(evaluation), ""]
    told.append("Intervals of 95 % over requests, drawn with replacement; gains paired by request.")
    verdict = "is" if evaluation.promotes else "is not"
    told.append(f"The learnt model {verdict} surely better than the rule (nDCG@10).")
    if about.invented:
        told.append(f"{about.invented} of {about.people} people judged are invented.")
        told.append(WARNING)
    return "\n".join(told)


def _said_of(about: Origins) -> Iterator[str]:
    letters = ", ".join(f"{code} {count}" for code, count in about.letters.items())
    when = f", received {about.since} to {about.until}" if about.since else ""
    yield (
        f"{about.judgements} judgements of {about.people} people for {about.requests} requests"
        f"{when}; letters: {letters}"
    )
    yield (
        f"data {about.data_hash}; {about.rule}; encoder {about.encoder or 'none'}; "
        f"experience counted up to {about.measured_on}"
    )


def _ways(figures: Gains, gains: Gains) -> Iterator[str]:
    yield f"{'':{_WIDTH}}" + "".join(f"{name:>26}" for name in METRICS)
    for way, held in figures.items():
        yield f"{way:{_WIDTH}}{_cells(held)}"
    for what, held in gains.items():
        yield f"{what:{_WIDTH}}{_cells(held, sign=True)}"


def _in_time(later: Later | None) -> Iterator[str]:
    if later is None:
        yield "Too few requests have a day of receipt: nothing is compared in time."
        return
    yield (
        f"In time: {later.requests} requests of {later.since} to {later.until} in "
        f"{later.stretches} stretches, each ranked by what was learnt from the requests before it "
        f"(the first from {later.first_learnt_from}):"
    )
    yield from _ways(later.figures, later.gains)


def _languages(evaluation: Evaluation) -> Iterator[str]:
    yield (
        f"{'The rule, letter × CV:':{_WIDTH}}{'requests':>10}{'people':>8}{'good':>6}"
        f"{'pairs in order':>24}{'good in first ten':>24}"
    )
    for one in evaluation.language_pairs:
        yield (
            f"  {one.letter + ' × ' + one.cv:{_WIDTH - 2}}{one.requests:>10}{one.people:>8}"
            f"{one.good:>6}{shown(one.pairs):>24}{shown(one.recall):>24}"
        )


def _cells(held: Mapping[str, Figure], *, sign: bool = False) -> str:
    return "".join(f"{shown(held[name], sign=sign):>26}" for name in METRICS)
