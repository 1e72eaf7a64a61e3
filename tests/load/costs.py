"""What each page that officers open costs: CPU time, statements of the database, size.

    ROSTER_DATA_DIR=/tmp/crowd python -m tests.load.costs [--rounds 10] [--keep FOLDER]

The pages are asked of the application itself in one process, without a network, so that figures
hold on a busy machine too: what others take is not counted. It ranks each request once, so let it
work on a copy of the folder.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from operator import mul
from pathlib import Path

import httpx
from sqlalchemy import event

from api.heaps import keep_to_few_heaps
from api.index import LiveRanker
from api.logs import configure
from api.main import compile_pages, create_app
from api.pauses import keep_pauses_short
from roster.installation import Installation
from roster.settings import read_settings
from tests.load.papers import LETTER, OFFICER, PASSWORD

_HOST = "http://127.0.0.1:8000"
_ID = "[0-9a-f-]{36}"


@dataclass
class Statements:
    """Counts what is asked of the database."""

    count: int = 0

    def __call__(self, *_: object) -> None:
        self.count += 1


@dataclass(frozen=True)
class Page:
    """One thing that officers do, and how to ask for it."""

    name: str
    path: Callable[[int], str]
    """Of a round: another record each time."""
    often: int
    """How often it is asked for among the others, as `tests.load.officers` does."""
    method: str = "GET"
    send: dict[str, object] | None = None


def _pages(requests: list[str], experts: list[str]) -> list[Page]:
    def of(path: str, ids: list[str]) -> Callable[[int], str]:
        return lambda round_: path.format(ids[round_ % len(ids)])

    letter: dict[str, object] = {"files": {"letter": ("letter.txt", LETTER.encode(), "text/plain")}}
    team = "/requests/{}/team?mode=triangular&size=3"
    return [
        Page("/", of("/", [""]), 4),
        Page("/requests", of("/requests", [""]), 4),
        Page("/experts", of("/experts", [""]), 2),
        Page("/experts/[id]", of("/experts/{}", experts), 4),
        Page("/requests/[id]", of("/requests/{}", requests), 4),
        Page("POST /requests/[id]/rankings", of("/requests/{}/rankings", requests), 1, "POST"),
        Page("/requests/[id]/ranking", of("/requests/{}/ranking", requests), 5),
        Page("/requests/[id]/team", of(team, requests), 1),
        Page("/search?q=", of("/search?q={}", ["border", "Senegal", "fraude documentaire"]), 2),
        Page("POST /requests/letter", of("/requests/letter", [""]), 2, "POST", letter),
    ]


async def _measure(installation: Installation, app: object, rounds: int, keep: Path | None) -> None:
    statements = Statements()
    event.listen(installation.engine, "before_cursor_execute", statements)
    transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url=_HOST) as client:
        client.headers["Origin"] = _HOST
        said = {"email": OFFICER, "password": PASSWORD, "next": "/"}
        began = time.process_time()
        answer = await client.post("/signin", data=said)
        print(f"{'POST /signin':30} {(time.process_time() - began) * 1e3:8.1f}")  # noqa: T201
        client.headers["Cookie"] = answer.headers["set-cookie"].split(";")[0]
        known = {
            what: list(dict.fromkeys(re.findall(f'href="/{what}/({_ID})"', text)))
            for what in ("requests", "experts")
            for text in [(await client.get(f"/{what}")).text]
        }
        pages = _pages(known["requests"], known["experts"])
        costs = [await _one(client, page, rounds, statements, keep) for page in pages]
        asked = [page.often for page in pages]
        mean = sum(map(mul, costs, asked)) / sum(asked)
        print(f"{'mean, as often as asked for':30} {mean:8.1f}")  # noqa: T201 -- a tool talks


async def _one(
    client: httpx.AsyncClient, page: Page, rounds: int, statements: Statements, keep: Path | None
) -> float:
    """Ask for a page, print what it cost, and return its CPU time in ms, the mean of all rounds."""
    spent, asked = [], []
    for number in range(rounds + 1):
        statements.count, began = 0, time.process_time()
        answer = await client.request(page.method, page.path(number), **(page.send or {}))  # type: ignore[arg-type]
        if answer.status_code not in {200, 303}:
            print(f"{page.name}: {answer.status_code}")  # noqa: T201 -- a tool talks
            continue
        if number:  # The first one is not counted: it loads what the others find.
            spent.append((time.process_time() - began) * 1e3)
            asked.append(statements.count)
        if keep is not None:
            keep.mkdir(parents=True, exist_ok=True)
            name = re.sub(r"\W+", "_", page.name)
            (keep / f"{name}_{number}.html").write_bytes(answer.content)
    if spent:
        cpu, least = statistics.median(spent), min(spent)
        kb = len(answer.content) / 1e3
        print(f"{page.name:30} {cpu:8.1f} {least:8.1f} {statistics.median(asked):6.0f} {kb:8.0f}")  # noqa: T201
    return statistics.fmean(spent) if spent else 0.0


def main() -> int:
    """Measure the pages of the folder that the settings name."""
    asked = argparse.ArgumentParser(description="CPU time of each page that officers open.")
    asked.add_argument("--rounds", type=int, default=10)
    asked.add_argument("--keep", type=Path, help="folder for the answers, to be compared")
    given = asked.parse_args()
    configure("ERROR")
    app = create_app(read_settings())
    installation: Installation = app.state.installation
    compile_pages()
    assert isinstance(installation.ranker, LiveRanker)
    installation.ranker.catch_up()
    keep_to_few_heaps()
    keep_pauses_short()
    print(f"{'page':30} {'CPU ms':>8} {'least':>8} {'SQL':>6} {'kB':>8}")  # noqa: T201
    asyncio.run(_measure(installation, app, given.rounds, given.keep))
    return 0


if __name__ == "__main__":
    sys.exit(main())
