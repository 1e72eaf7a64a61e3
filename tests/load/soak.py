"""Watch a server for a while and say whether it leaks: memory, descriptors, files, threads, log.

    python -m tests.load.soak PID --data DIR --minutes 60

Every few seconds it adds up the process and those it began. The verdict holds the last quarter of
the time against the second: the first is warming up. It ends with 1 where something grew.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

MOST_GROWTH = {
    "memory_mb": 1.10,
    "descriptors": 1.10,
    "files": 1.20,
    "threads": 1.10,
    "log_mb": 1.5,
}
"""What may grow so many times from the second quarter to the last."""
ROOM = {"memory_mb": 20.0, "descriptors": 10.0, "files": 20.0, "threads": 8.0, "log_mb": 32.0}
"""And by so much in any case."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What a server holds at one moment."""

    at_s: float
    memory_mb: float
    """Private: of mapped files other processes have the same pages."""
    descriptors: float
    files: float
    """In the data folder, and of its own in the folder of temporary files."""
    threads: float
    log_mb: float
    """Write-ahead log of the embedded database."""
    data_mb: float
    """The whole data folder: it grows with what is written down, and is told without a verdict."""


def sample(pid: int, data: Path, began: float) -> Sample:
    """Add up a process and all that it began; who ends meanwhile counts nothing."""
    memory = descriptors = threads = 0.0
    root = psutil.Process(pid)
    for one in (root, *root.children(recursive=True)):
        try:
            memory += one.memory_full_info().uss / 1e6
            descriptors += one.num_fds()
            threads += one.num_threads()
        except psutil.NoSuchProcess:
            continue
    temporary = Path(tempfile.gettempdir()).glob("roster*")
    sizes = dict(_sizes(data))
    files = float(len(sizes) + sum(1 for _ in temporary))
    log_mb = sum(size for path, size in sizes.items() if path.suffix == ".db-wal") / 1e6
    at_s = time.monotonic() - began
    return Sample(at_s, memory, descriptors, files, threads, log_mb, sum(sizes.values()) / 1e6)


def _sizes(folder: Path) -> Iterator[tuple[Path, int]]:
    """Yield what lies in a folder with its size; what goes meanwhile counts nothing."""
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):
            yield path, path.stat().st_size


def grown(samples: list[Sample]) -> dict[str, tuple[float, float, bool]]:
    """Return of each figure its median in the second quarter, in the last, and whether it grew."""
    quarter = max(len(samples) // 4, 1)
    early, late = samples[quarter : 2 * quarter] or samples[:1], samples[-quarter:]
    found = {}
    for name, most in MOST_GROWTH.items():
        before = statistics.median(getattr(one, name) for one in early)
        after = statistics.median(getattr(one, name) for one in late)
        found[name] = (before, after, after > before * most and after > before + ROOM[name])
    return found


def main() -> int:
    """Watch, print a table, and say what grew."""
    asked = argparse.ArgumentParser(description="Watch a server for leaks.")
    asked.add_argument("pid", type=int)
    asked.add_argument("--data", type=Path, required=True)
    asked.add_argument("--minutes", type=float, default=60)
    asked.add_argument("--every", type=float, default=5.0, help="seconds")
    given = asked.parse_args()
    began, samples = time.monotonic(), list[Sample]()
    while time.monotonic() - began < given.minutes * 60:
        samples.append(sample(given.pid, given.data, began))
        time.sleep(given.every)
    if not samples:
        print("Nothing was watched: give more --minutes.")  # noqa: T201 -- a tool talks
        return 1
    leaks = False
    for name, (before, after, is_grown) in grown(samples).items():
        most = max(getattr(one, name) for one in samples)
        verdict = "GREW" if is_grown else "flat"
        print(f"{name:12} {before:8.0f} -> {after:8.0f}  most {most:8.0f}  {verdict}")  # noqa: T201
        leaks |= is_grown
    first, last = samples[0].data_mb, samples[-1].data_mb
    print(f"{'data_mb':12} {first:8.0f} -> {last:8.0f}")  # noqa: T201 -- a tool talks
    print(f"{len(samples)} samples in {samples[-1].at_s / 60:.1f} minutes")  # noqa: T201
    return int(leaks)


if __name__ == "__main__":
    sys.exit(main())
