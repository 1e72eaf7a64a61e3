"""A process that maps a shelf and ranks: what it costs beside the first one."""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter

from matching.fast import files, machine
from tests.benchmarks.engine import ours
from tests.benchmarks.engine.corpus import World, requests


def main(folder: Path, seed: int) -> None:
    """Open, rank twenty requests, and print ms to open and megabytes written to."""
    started = perf_counter()
    shelf = files.load(folder)
    opened = (perf_counter() - started) * 1e3
    assert shelf is not None
    for asked in requests(World(seed), 20):
        shelf.best(ours.everything(shelf, asked), 50, machine.scan)
    # Clean pages are those of files, which every worker shares.
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    private = sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty"))
    sys.stdout.write(f"{opened} {private / 1024}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
