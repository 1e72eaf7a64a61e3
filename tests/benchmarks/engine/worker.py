"""A process that maps a kept index and ranks: what it costs beside the first one."""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter

from matching.files import Stamp, opened
from matching.index import index_of
from matching.records import Records
from tests.benchmarks.engine import ours
from tests.benchmarks.engine.corpus import World, requests

STAMP = Stamp(1, "bench", None)


def main(folder: Path, seed: int) -> None:
    """Open, rank ten requests, and print ms to open and megabytes written to."""
    started = perf_counter()
    found = opened(folder, STAMP)
    took = (perf_counter() - started) * 1e3
    assert found is not None
    held = index_of([found[0]], Records())
    for asked in requests(World(seed), 10):
        ours.ranking(held, ours.question(asked))
    # Clean pages are those of files, which every worker shares.
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    private = sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty"))
    sys.stdout.write(f"{took} {private / 1024}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
