"""Run our engine and others side by side in one process: `make bench`.

Prints Markdown: CPU milliseconds per request (the median over the requests of the best of three
calls) and how many times those of the service. Ratios of one run are what to rely on; the machine
is named above them. PostgreSQL works in a process of its own, so wall time stands for it.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import numpy as np

from matching.index import Index
from matching.question import Question
from matching.vectors import Compact
from tests.benchmarks.engine import costs, limits, meaning, ours
from tests.benchmarks.engine.corpus import Asked, World, requests
from tests.benchmarks.engine.peers import ELSEWHERE, MOST_PEOPLE, PEERS

REQUESTS = 200
WORDS, PLAIN, WHOLE = LINES = (
    "the service, words alone",
    "the service, all but meaning",
    "the service, everything",
)
SLOW_MS = 30.0
"""An engine slower than this is asked fewer requests."""


@dataclass(frozen=True)
class Line:
    """One engine at one size."""

    name: str
    ms: float
    build_s: float | None = None


def quiet(
    ask: Callable[[int], object],
    asked: Sequence[Asked],
    clock: Callable[[], float] = process_time,
) -> float:
    """Return the median over requests of the best of three calls, CPU ms.

    Parameters
    ----------
    ask : takes the place of the request
    """
    ask(0)
    first = costs.quiet_ms(lambda: ask(1), 1, clock)
    few = len(asked) if first < SLOW_MS else 40 if first < 10 * SLOW_MS else 12
    times = 3 if first < 100 * SLOW_MS else 1
    return median(
        costs.quiet_ms(partial(ask, at), times, clock) for at in range(min(few, len(asked)))
    )


def our_lines(held: Index, asked: Sequence[Asked], build_s: float) -> list[Line]:
    """Measure the service's ranking; questions are made beforehand, as for a stored request."""
    plain = [ours.question(one, meaning=False) for one in asked]
    kinds: dict[str, tuple[Callable[[Index, Question], object], list[Question]]] = {
        WORDS: (ours.words_alone, plain),
        PLAIN: (ours.ranking, plain),
    }
    if held.blocks[0].passages is not None:
        kinds[WHOLE] = (ours.ranking, [ours.question(one) for one in asked])
    lines = []
    for name, (rank, questions) in kinds.items():
        ms = quiet(lambda at, by=rank, of=questions: by(held, of[at]), asked)  # type: ignore[misc]
        lines.append(Line(name, ms, build_s))
        say(f"    {name}: {ms:.3f} ms")
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
            clock = perf_counter if name in ELSEWHERE else process_time
            ms = quiet(lambda at, by=ask: by(asked[at]), asked, clock)  # type: ignore[misc]
            lines.append(Line(name, ms, built))
        gc.collect()
        say(f"    {name}: {lines[-1].ms:.3f} ms, built in {built:.0f} s")
    return lines


def floor_ms(held: Index, asked: Sequence[Asked], scatter: float) -> float:
    """Return the least milliseconds of arithmetic: every posting once, every person once."""
    block, touched = held.blocks[0], []
    for one in asked:
        wanted = ours.question(one, meaning=False)
        starts, ends = block.words.spans(wanted.term_ids)
        near = [(block.topics, want) for want in wanted.topics]
        near += [(block.countries, want) for want in wanted.countries]
        entries = [len(column.entries_of(tuple(want.near))[0]) for column, want in near]
        touched.append(int((ends - starts).sum()) + sum(entries))
    return (median(touched) * scatter + len(held) * limits.TABLE_NS) / 1e6


def say(text: str) -> None:
    """Print at once."""
    print(text, flush=True)  # noqa: T201 -- a benchmark prints


def table(lines: Sequence[Line], n: int) -> None:
    """Print the lines with their ratios to ours."""
    by_name = {line.name: line.ms for line in lines}
    text, whole = by_name[WORDS], by_name[PLAIN]
    say(f"\n### {n:,} people\n")
    say("| engine | CPU ms | × ours, words alone | × ours, all but meaning | built in s |")
    say("| --- | --- | --- | --- | --- |")
    for line in lines:
        built = "" if line.build_s is None else f"{line.build_s:.1f}"
        say(
            f"| {line.name} | {line.ms:.3f} | {line.ms / text:.2f} | {line.ms / whole:.2f} "
            f"| {built} |"
        )


def run(n: int, world: World, asked: Sequence[Asked], given: argparse.Namespace) -> None:
    """Measure one size and print it."""
    started = perf_counter()
    held = ours.index(world, n, meaning=not given.plain)
    build_s = perf_counter() - started
    lines = our_lines(held, asked, build_s)
    scatter, read = limits.scatter_ns(), limits.read_gb_per_s()
    floor = floor_ms(held, asked, scatter)
    size, column = bytes_of(held.blocks[0])
    bound = column / read / 1e6 + floor
    change, opened = costs.change_ms(held), ""
    if not given.alone:
        took, private = costs.worker(held, world)
        opened = f" Another process: opened in {took:.0f} ms, {private:.0f} MB private."
    ours_last = len(lines) - 1
    del held
    gc.collect()
    lines += peer_lines(world, n, asked, set(given.without))
    table(lines, n)
    say(
        f"\nScatter-add {scatter:.2f} ns, memory {read:.1f} GB/s; compute floor {floor:.3f} ms: "
        f"all but meaning takes {lines[1].ms / floor:.1f} times that. Bytes of meaning "
        f"{column / 1e6:.0f} MB: the last of our lines takes {lines[ours_last].ms / bound:.1f} "
        f"times their reading and the floor. Size {size / 1e6:.0f} MB. A change: "
        f"{change[0]:.2f} ms CPU (median), {change[1]:.2f} at most.{opened}"
    )


def bytes_of(part: object) -> tuple[int, int]:
    """Return the bytes of all arrays of a block, and of its compact vectors."""
    size = vectors = 0
    for field in fields(part):  # type: ignore[arg-type]  # blocks are dataclasses of dataclasses
        value = getattr(part, field.name)
        if isinstance(value, np.ndarray):
            size += value.nbytes
        elif is_dataclass(value):
            inner = bytes_of(value)
            size += inner[0]
            vectors += inner[0] if isinstance(value, Compact) else inner[1]
    return size, vectors


def main() -> None:
    """Run what the command line asks for."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--people", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    wanted.add_argument("--without", nargs="*", default=[], help="names of engines left out")
    wanted.add_argument("--requests", type=int, default=REQUESTS)
    wanted.add_argument("--plain", action="store_true", help="without passages")
    wanted.add_argument("--alone", action="store_true", help="without a second process")
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
        run(n, world, asked, given)
    slow, quick, away = costs.estimator_and_tables()
    say(
        f"\nAdditive model over 100,000 rows: estimator {slow:.0f} ms, tables {quick:.2f} ms "
        f"({slow / quick:.0f} times faster), largest difference {away:.1e}."
    )
    say("\n| bytes | ten nearest kept | correlation of cosines |\n| --- | --- | --- |")
    for loss in meaning.losses():
        say(f"| {loss.dimensions} | {loss.same_best:.2f} | {loss.correlation:.3f} |")


if __name__ == "__main__":
    main()
