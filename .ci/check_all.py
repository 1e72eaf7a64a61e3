"""Run what takes too long for every change, and write `docs/reports/check-all.md` about it."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "docs" / "reports" / "check-all.md"


@dataclass(frozen=True)
class Part:
    """One run of pytest: what it is for, and how it is called."""

    title: str
    arguments: tuple[str, ...]


PARTS = (
    Part("Load, fuzz and full matrices", ("-m", "long", "-n", "2")),
    Part(
        "Properties with 2,000 examples each",
        ("-m", "hypothesis", "--hypothesis-profile=long", "-n", "2"),
    ),
    Part("Benchmarks, one at a time", ("-m", "benchmark", "-s")),
)


def run(part: Part) -> tuple[int, float, str]:
    """Run one part; return its exit code, its seconds and what it printed."""
    print(f"== {part.title}", flush=True)  # noqa: T201 -- a command talks.
    started = time.monotonic()
    done = subprocess.run(  # noqa: S603 -- our own interpreter.
        [sys.executable, "-m", "pytest", "-q", "--no-header", *part.arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    print(done.stdout, flush=True)  # noqa: T201 -- a command talks.
    return done.returncode, time.monotonic() - started, done.stdout


def _commit() -> str:
    command = ["git", "describe", "--always", "--dirty"]
    return subprocess.run(  # noqa: S603 -- git, wherever it is.
        command, cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()


def section(part: Part, code: int, seconds: float, output: str) -> str:
    """Write the section of one part: verdict, command, and its own last lines."""
    verdict = {0: "passed", 5: "no such test yet"}.get(code, "FAILED")
    lines = [line.replace(str(ROOT) + "/", "") for line in output.splitlines() if line.strip()]
    shown = "\n".join(f"    {line}" for line in lines[-60:])
    command = "pytest " + " ".join(part.arguments)
    return f"## {part.title}: {verdict}\n\n`{command}`, {seconds:.0f} s.\n\n{shown}\n"


def main() -> int:
    """Run every part, whatever the others did; return 0 if none failed."""
    results = [(part, *run(part)) for part in PARTS]
    head = (
        "# Long checks\n\nWritten by `make check-all`, which also runs `make check` first.\n\n"
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, commit {_commit() or 'unknown'}, "
        f"{os.cpu_count()} cores {platform.machine()}, Python {platform.python_version()}.\n"
    )
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    body = "\n".join(section(*result) for result in results)
    REPORT.write_text(f"{head}\n{body}", encoding="utf-8")
    print(f"The report is {REPORT.relative_to(ROOT)}.")  # noqa: T201 -- a command talks.
    return max((code for _, code, _, _ in results if code not in (0, 5)), default=0)


if __name__ == "__main__":
    sys.exit(main())
