"""Look what is locked up among the known vulnerabilities; say so where the network does not let."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_HERE = Path(__file__).parent
_VERSION = "2.10.1"
_UNREACHABLE = ("ConnectionError", "NameResolutionError", "Failed to fetch", "ConnectTimeout")
_NOT_LOOKED = 3


def command(locked: Path) -> list[str]:
    """Return the command that looks a lock up at osv.dev, in an environment of its own."""
    uv = str(Path(sys.executable).parent / "uv")
    asked = ["--disable-pip", "--no-deps", "-s", "osv", "--progress-spinner", "off"]
    return [uv, "tool", "run", "--quiet", f"pip-audit=={_VERSION}", *asked, "-r", str(locked)]


def main() -> int:
    """Return 0 for nothing found, 1 for something found, 3 where nobody could be asked."""
    worst = 0
    for name in ("requirements.lock", "requirements-dev.lock"):
        ran = subprocess.run(  # noqa: S603 -- our own words.
            command(_HERE / name), capture_output=True, text=True, check=False
        )
        told = ran.stdout + ran.stderr
        if ran.returncode and any(word in told for word in _UNREACHABLE):
            sys.stdout.write(
                f"{name}: not looked up. osv.dev or the package index cannot be reached from "
                "here; run make audit on a machine that reaches both.\n"
            )
            worst = max(worst, _NOT_LOOKED)
            continue
        sys.stdout.write(f"{name}:\n{told}\n")
        worst = max(worst, ran.returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())
