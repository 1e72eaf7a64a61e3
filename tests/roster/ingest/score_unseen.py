"""Measure reading on the unseen set: ``python -m tests.roster.ingest.score_unseen``.

Prints precision, recall and F1 per field, per format group and per half, the traps fallen into, and
whether confidence holds what it promises. ``--json`` prints the same as data, ``--half tune`` keeps
to one half, ``--errors`` lists what was wrong in the tune half; held_out errors are never shown.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path

from roster.errors import FileRefused, FileTooLarge
from roster.ingest.profile import read_profile
from roster.ingest.reading import read_file
from roster.ingest.summary import summarise
from tests.roster.ingest.unseen_counting import (
    FIELDS,
    RULES,
    Count,
    Record,
    Sure,
    count,
    fallen,
    half,
    sure,
)

UNSEEN = Path(__file__).resolve().parent / "unseen"
READ_ON = date(2026, 11, 22)
ENOUGH = 30
SURE = 0.9
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
_EMPTY: Record = dict.fromkeys(("full_name", "email", "birth_year", "document_language")) | {
    key: []
    for key in (
        "nationalities",
        "languages",
        "countries",
        "posts",
        "education",
        "missions",
        "facts",
    )
}


@dataclass
class Result:
    """What reading one file was worth."""

    file: str
    group: str
    counts: dict[str, Count]
    sure: list[Sure]
    traps: list[str]
    refused: str | None = None
    half: str = field(init=False)

    def __post_init__(self) -> None:
        self.half = half(self.file)


def load(name: str) -> dict[str, Record]:
    """Return the lines of ``truth.jsonl`` or ``traps.jsonl`` by file."""
    lines = (UNSEEN / name).read_text("utf-8").splitlines()
    return {str(one["file"]): one for one in map(json.loads, lines)}


def read(file: str) -> tuple[Record, str | None]:
    """Read one file of the set; a refusal reads nothing and says why."""
    try:
        text = read_file((UNSEEN / file).read_bytes(), name=file)
    except (FileRefused, FileTooLarge) as refusal:
        return dict(_EMPTY), str(refusal)
    return summarise(file, text, read_profile(text, today=READ_ON)), None


def measure(files: Iterable[str] | None = None) -> list[Result]:
    """Read the files, all by default, and count."""
    truths, traps = load("truth.jsonl"), load("traps.jsonl")
    results = []
    for file in files or truths:
        summary, refused = read(file)
        truth = truths[file]
        results.append(
            Result(
                file,
                str(truth["group"]),
                count(summary, truth),
                sure(summary, truth),
                fallen(summary, traps[file]),
                refused,
            )
        )
    return results


def wilson(right: int, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson)."""
    if not n:
        return 0.0, 1.0
    z, share = 1.96, right / n
    middle = share + z * z / (2 * n)
    reach = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return (middle - reach) / (1 + z * z / n), (middle + reach) / (1 + z * z / n)


def f1(counts: Sequence[Count]) -> float:
    """Return 2 right / (read + true), 1 where there was nothing to read and nothing was read."""
    whole = sum(c.read + c.true for c in counts)
    return 2 * sum(c.right for c in counts) / whole if whole else 1.0


def resampled(counts: Sequence[Count], times: int = 1000) -> tuple[float, float]:
    """Return the 95 % interval of F1 by drawing files again."""
    draw = random.Random(20261122)  # noqa: S311 - no secret; the same figures every time
    values = sorted(f1(draw.choices(counts, k=len(counts))) for _ in range(times))
    return values[int(times * 0.025)], values[int(times * 0.975)]


def row(counts: Sequence[Count]) -> Record:
    """Return the figures of one field."""
    right, read_n, true = (sum(getattr(c, k) for c in counts) for k in ("right", "read", "true"))
    if right == read_n == true:
        low, high = wilson(right, true)  # Drawing again from what is all right shows no doubt.
    else:
        low, high = resampled(counts)
    return {
        "n": true,
        "precision": right / read_n if read_n else None,
        "recall": right / true if true else None,
        "f1": f1(counts),
        "low": low,
        "high": high,
        "too_few": true < ENOUGH,
    }


def table(results: Sequence[Result]) -> dict[str, Record]:
    """Return the figures of every field."""
    by_field = {name: [r.counts[name] for r in results if name in r.counts] for name in FIELDS}
    return {name: row(counts) for name, counts in by_field.items() if counts}


def calibration(results: Sequence[Result]) -> dict[str, Record]:
    """Return, per field and for all, how many of the sure values are right."""
    by_field: dict[str, list[bool]] = defaultdict(list)
    for one in (s for result in results for s in result.sure if s.confidence >= SURE):
        by_field[one.field].append(one.right)
        by_field["all"].append(one.right)
    return {name: _share(values) for name, values in by_field.items()}


def reliability(results: Sequence[Result]) -> dict[str, Record]:
    """Return the share that is right per bin of confidence."""
    values = [s for result in results for s in result.sure]
    found: dict[str, Record] = {}
    for low, high in pairwise(BINS):
        inside = [s for s in values if low <= s.confidence < high]
        if inside:
            mean = sum(s.confidence for s in inside) / len(inside)
            found[f"{low:.2f}-{min(high, 1):.2f}"] = _share([s.right for s in inside]) | {
                "mean_confidence": mean
            }
    return found


def _share(values: Sequence[bool]) -> Record:
    low, high = wilson(sum(values), len(values))
    return {"n": len(values), "right": sum(values) / len(values), "low": low, "high": high}


def report(results: Sequence[Result]) -> Record:
    """Return everything measured, as data."""
    groups = sorted({result.group for result in results})
    halves = ("tune", "held_out")
    return {
        "files": len(results),
        "refused": sum(result.refused is not None for result in results),
        "fields": table(results),
        "halves": {name: table([r for r in results if r.half == name]) for name in halves},
        "groups": {name: table([r for r in results if r.group == name]) for name in groups},
        "group_files": {name: sum(r.group == name for r in results) for name in groups},
        "sure": calibration(results),
        "sure_halves": {n: calibration([r for r in results if r.half == n]) for n in halves},
        "reliability": reliability(results),
        "traps": sum(len(result.traps) for result in results),
    }


def _n(value: object) -> str:
    return "   - " if value is None else f"{float(str(value)):5.3f}"


def _field_lines(title: str, rows: dict[str, Record]) -> list[str]:
    head = f"{'field':<24}{'n':>5} {'precis':>7} {'recall':>7} {'F1':>7}  95 % of F1"
    lines = [f"\n{title}", head]
    for name, one in rows.items():
        few = "  too few" if one["too_few"] else ""
        lines.append(
            f"{name:<24}{one['n']:>5} {_n(one['precision']):>7} {_n(one['recall']):>7} "
            f"{_n(one['f1']):>7}  {_n(one['low'])}-{_n(one['high'])}{few}"
        )
    return lines


def _share_lines(title: str, rows: dict[str, Record]) -> list[str]:
    lines = [f"\n{title}", f"{'':<14}{'n':>5} {'right':>7}  95 %"]
    for name, one in rows.items():
        mean = f"  mean {_n(one['mean_confidence'])}" if "mean_confidence" in one else ""
        few = "  too few" if int(str(one["n"])) < ENOUGH else ""
        lines.append(
            f"{name:<14}{one['n']:>5} {_n(one['right']):>7}  {_n(one['low'])}-{_n(one['high'])}"
            f"{mean}{few}"
        )
    return lines


def render(results: Sequence[Result]) -> str:
    """Return the report as a person reads it."""
    data = report(results)
    lines = [RULES, f"\n{data['files']} files, {data['refused']} refused, {data['traps']} traps"]
    lines += _field_lines("All files", table(results))
    for name in ("tune", "held_out"):
        some = [r for r in results if r.half == name]
        lines += _field_lines(f"Half {name} ({len(some)} files)", table(some)) if some else []
    for group in sorted({r.group for r in results}):
        some = [r for r in results if r.group == group]
        lines += _field_lines(f"Group {group} ({len(some)} files)", table(some))
    lines += _share_lines(f"Values with confidence >= {SURE}", calibration(results))
    lines += _share_lines("By confidence", reliability(results))
    return "\n".join(lines) + "\n"


def errors(results: Sequence[Result]) -> str:
    """Return what was wrong in the tune half."""
    lines = []
    for one in (r for r in results if r.half == "tune"):
        lines += [f"- {one.file} ({one.group}) refused: {one.refused}"] if one.refused else []
        notes = ((name, c.note) for name, c in one.counts.items() if c.note)
        lines += [f"- {one.file} ({one.group}) {name}: {note}" for name, note in notes]
        lines += [f"- {one.file} ({one.group}) trap: {trap}" for trap in one.traps]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--json", action="store_true", help="print the figures as data")
    asked.add_argument("--half", choices=("tune", "held_out"), help="keep to one half")
    asked.add_argument("--errors", action="store_true", help="list errors of the tune half")
    options = asked.parse_args()
    files = [f for f in load("truth.jsonl") if options.half in (None, half(f))]
    results = measure(files)
    if options.json:
        text = json.dumps(report(results), indent=1) + "\n"
    else:
        text = errors(results) if options.errors else render(results)
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
