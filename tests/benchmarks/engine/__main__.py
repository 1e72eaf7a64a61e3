"""Run our engine and others side by side in one process: `make bench`.

Prints Markdown: milliseconds per request ("quiet": the median over the requests of the best of
three calls) and, in brackets, how many times that of our engine. Ratios of one run are what to
rely on; the machine is named above them.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np

from matching.fast import machine, plain
from matching.fast.shelf import Shelf
from tests.benchmarks.engine import costs, limits, meaning, ours
from tests.benchmarks.engine.corpus import Asked, World, requests
from tests.benchmarks.engine.peers import MOST_PEOPLE, PEERS, TOP

REQUESTS = 200
SLOW_MS = 30.0
"""An engine slower than this is asked fewer requests."""


@dataclass(frozen=True)
class Line:
    """One engine at one size."""

    name: str
    ms: float
    build_s: float | None = None


def quiet(ask: Callable[[Asked], object], asked: Sequence[Asked]) -> float:
    """Return the median over requests of the best of three calls, ms."""
    ask(asked[0])
    first = costs.quiet_ms(lambda: ask(asked[1]), 1)
    few = asked if first < SLOW_MS else asked[:40] if first < 10 * SLOW_MS else asked[:12]
    return median(costs.quiet_ms(lambda one=one: ask(one)) for one in few)  # type: ignore[misc]


def our_lines(shelf: Shelf, world: World, asked: Sequence[Asked], build_s: float) -> list[Line]:
    """Measure our engine; needs are made beforehand, as for a stored request."""
    axes = ours.directions(world)
    kinds = {
        "ours, text only": [ours.text_only(shelf, one) for one in asked],
        "ours, all but meaning": [ours.everything(shelf, one) for one in asked],
        "ours, everything": [ours.everything(shelf, one, axes) for one in asked],
    }
    lines = []
    for scan, by in ((machine.scan, "numba"), (plain.scan, "numpy")):
        for name, needs in kinds.items():
            place = {id(one): need for one, need in zip(asked, needs, strict=True)}
            ms = quiet(lambda one, at=place, by=scan: shelf.best(at[id(one)], TOP, by), asked)  # type: ignore[misc]
            lines.append(Line(f"{name}, {by}", ms, build_s))
            say(f"    {lines[-1].name}: {ms:.3f} ms")
    return lines


def peer_lines(world: World, n: int, asked: Sequence[Asked], without: set[str]) -> list[Line]:
    """Measure the other engines, one after the other."""
    lines = []
    for name, serve in PEERS.items():
        if name in without or n > MOST_PEOPLE.get(name, n):
            continue
        started = perf_counter()
        with serve(world, n) as ask:
            built = perf_counter() - started
            lines.append(Line(name, quiet(ask, asked), built))
        gc.collect()
        say(f"    {name}: {lines[-1].ms:.3f} ms, built in {built:.0f} s")
    return lines


def floor_ms(shelf: Shelf, asked: Sequence[Asked], scatter: float) -> float:
    """Return the least milliseconds of arithmetic: every posting once, every person once."""
    touched = []
    for one in asked:
        starts, ends = shelf.parts[0].segment.spans(ours.everything(shelf, one).keys)
        touched.append(int((ends - starts).sum()))
    return (median(touched) * scatter + len(shelf) * limits.TABLE_NS) / 1e6


def say(text: str) -> None:
    """Print at once."""
    print(text, flush=True)  # noqa: T201 -- a benchmark prints


def table(lines: Sequence[Line], n: int) -> None:
    """Print the lines with their ratios to ours."""
    by_name = {line.name: line.ms for line in lines}
    text, whole = by_name["ours, text only, numba"], by_name["ours, all but meaning, numba"]
    say(f"\n### {n:,} people\n")
    say("| engine | ms | × ours, text only | × ours, all but meaning | built in s |")
    say("| --- | --- | --- | --- | --- |")
    for line in lines:
        built = "" if line.build_s is None else f"{line.build_s:.1f}"
        say(
            f"| {line.name} | {line.ms:.3f} | {line.ms / text:.2f} | {line.ms / whole:.2f} "
            f"| {built} |"
        )


def run(n: int, world: World, asked: Sequence[Asked], without: set[str]) -> None:
    """Measure one size and print it."""
    started = perf_counter()
    shelf = ours.shelf(world, n)
    build_s = perf_counter() - started
    lines = our_lines(shelf, world, asked, build_s)
    scatter, read = limits.scatter_ns(), limits.read_gb_per_s()
    floor = floor_ms(shelf, asked, scatter)
    whole, meaning = lines[1].ms, lines[2].ms
    column = shelf.parts[0].segment.vectors.nbytes / read / 1e6
    size = sum(
        array.nbytes for array in vars(shelf.parts[0].segment).values() if hasattr(array, "nbytes")
    )
    change = costs.change_ms(shelf)
    opened, private = costs.worker(shelf, world)
    del shelf
    gc.collect()
    lines += peer_lines(world, n, asked, without)
    table(lines, n)
    say(
        f"\nScatter-add {scatter:.2f} ns, memory {read:.1f} GB/s; compute floor {floor:.3f} ms: "
        f"all but meaning takes {whole / floor:.1f} times that. Reading the int8 column alone "
        f"{column:.3f} ms: everything takes {meaning / (column + floor):.1f} times that and the "
        f"floor. Size {size / 1e6:.0f} MB. A change: {change[0]:.2f} ms CPU (median), "
        f"{change[1]:.2f} at most. Another process: opened in {opened:.0f} ms, {private:.0f} MB "
        "private."
    )


def main() -> None:
    """Run what the command line asks for."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--people", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    wanted.add_argument("--without", nargs="*", default=[], help="names of engines left out")
    wanted.add_argument("--requests", type=int, default=REQUESTS)
    given = wanted.parse_args()
    world = World()
    asked = requests(world, given.requests)
    cpu = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    load = os.getloadavg()[0]
    say(
        f"{cpu}, {os.cpu_count()} cores, load {load:.1f}; Python {platform.python_version()}, "
        f"numpy {np.__version__}"
    )
    for n in given.people:
        run(n, world, asked, set(given.without))
    slow, quick, away = costs.estimator_and_tables()
    say(
        f"\nAdditive model over 100,000 rows: estimator {slow:.0f} ms, tables {quick:.2f} ms "
        f"({slow / quick:.0f} times faster), largest difference {away:.1e}."
    )
    say("\n| int8 dimensions | ten nearest kept | correlation of cosines |\n| --- | --- | --- |")
    for loss in meaning.losses():
        say(f"| {loss.dimensions} | {loss.same_best:.2f} | {loss.correlation:.3f} |")


if __name__ == "__main__":
    main()
