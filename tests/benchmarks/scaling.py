"""What a batch costs per million people, measured on one part of the judged collection.

    python -m tests.benchmarks.scaling [--people 500] [--words-alone]

Texts are those of the collection in `tests/matching/collection`, over again beyond its own; each is
encoded once, so encoding is told per different text. Figures are CPU time of one process.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from api.batch import outside
from api.batch.tasks import Batch, count_part, lay_out, place_part
from api.batch.work import Work
from matching.baseline import rule_model
from matching.threads import keep_to_one_thread

COLLECTION = Path(__file__).parents[1] / "matching" / "collection"
MILLION = 1_000_000


def main() -> int:
    """Lay one part out, rank it, and print what a million people would cost."""
    asked = argparse.ArgumentParser(description="Cost of a batch per million people.")
    asked.add_argument("--people", type=int, default=500)
    asked.add_argument("--words-alone", action="store_true")
    given = asked.parse_args()
    keep_to_one_thread()
    lines = (COLLECTION / "experts.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line) for line in lines if line.strip()]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        experts = folder / "experts.jsonl"
        experts.write_text(
            "\n".join(
                json.dumps({**texts[n % len(texts)], "id": f"p{n}"}) for n in range(given.people)
            ),
            encoding="utf-8",
        )
        _measure(folder, experts, len(texts), meaning=not given.words_alone)
    return 0


def _measure(folder: Path, experts: Path, different: int, *, meaning: bool) -> None:
    parts, mark = outside.cut(experts, MILLION)
    requests = COLLECTION / "requests.jsonl"
    today = date(2026, 11, 22)
    bare = outside.Outside(mark, False, experts, requests, today, rule_model())
    source = outside.Outside(mark, meaning, experts, requests, today, rule_model())
    part, people = parts[0], sum(1 for _ in experts.open(encoding="utf-8"))
    source.reading_of(source.read(outside.letters(requests)[:1])[0].need)  # Loads the lists.
    read_s = _cpu(lambda: lay_out(part, Batch(bare, Work(folder / "bare"), 50, people)))
    batch = Batch(source, Work(folder / "work"), 50, people)
    both_s = _cpu(lambda: lay_out(part, batch))
    need = source.read(outside.letters(requests))
    tallies = [count_part(part, batch, need)]
    count_s = _cpu(lambda: tallies.append(count_part(part, batch, need)))
    place_s = _cpu(lambda: place_part(part, batch, 0, need, tallies[0]))
    size = sum(one.stat().st_size for one in batch.work.part(0).rglob("*") if one.is_file())
    pairs = people * len(need)
    _say("read and lay out", read_s / people * MILLION / 3600, "hours per million people")
    if meaning:
        encode = (both_s - read_s) / min(different, people)
        _say("encode, once", encode * MILLION / 3600, "hours per million different people")
    _say("count", count_s / pairs * MILLION, "s per request and million people")
    _say("rank", place_s / pairs * MILLION, "s per request and million people")
    _say("on disk", size / people * MILLION / 1e9, "GB per million people")


def _cpu(work: object) -> float:
    began = time.process_time()
    assert callable(work)
    work()
    return time.process_time() - began


def _say(what: str, figure: float, unit: str) -> None:
    print(f"{what:18}{figure:10.2f}  {unit}")  # noqa: T201 -- a tool talks


if __name__ == "__main__":
    sys.exit(main())
