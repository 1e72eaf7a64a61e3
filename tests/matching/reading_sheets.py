"""Who is read for which request, by a stated procedure, and the sheets that a reader gets.

`python -m tests.matching.reading_sheets FOLDER` writes a sheet per request: the letter, then the
CVs in an order that says nothing. No score, no place and nothing that the generator knew is on it.
Pools follow the rule as it stands, so they change with it; what was read once is in the pairs.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from uuid import UUID

import numpy as np

from fixtures.demo import judged_requests, open_requests
from fixtures.people import people
from matching.engine import Engine
from matching.index import Index
from matching.learning.words import bm25, everything
from roster.inputs import NewRequest
from roster.read import ExpertView, RequestView
from roster.requests import need_from
from roster.vocabulary import Band
from tests.matching.demo_roster import demo_roster

SEED = 20261122
NOW = datetime(2026, 11, 16, 12, tzinfo=UTC)
WHOLE = {"rule": 8, "words": 5, "topic": 4, "place": 4, "lot": 4}
MORE = {"rule": 0, "words": 1, "topic": 2, "place": 1, "lot": 1}
"""For a request of which twenty people were read before."""
FAR = 25
"""People of the topic but otherwise unlike are drawn from below this place of the rule; where fewer
than wanted are that far down, from the lowest places above it."""
JUDGED_BEFORE = 20


def pool_of(
    need: RequestView,
    order: Sequence[ExpertView],
    by_words: Sequence[ExpertView],
    known: frozenset[UUID],
    sizes: Mapping[str, int],
    rng: random.Random,
) -> tuple[ExpertView, ...]:
    """Draw the people to be read for a request, each source after the other, then shuffle them.

    Parameters
    ----------
    order : everybody who may be drawn, as the rule ranks them
    by_words : the same people, as BM25 ranks them
    known : whoever was read before
    sizes : how many by the rule, by words, of the topic but far down, of the place or the
        language with another topic, and by lot
    """
    asked, places = set(need.topics), set(need.countries)
    spoken = {one.language for one in need.languages if one.everyone}
    far = [view for view in order[FAR:] if asked & _topics(view)]
    less_far = [view for view in reversed(order[:FAR]) if asked & _topics(view)]
    near = [
        view
        for view in order
        if not asked & _topics(view) and (places & _countries(view) or spoken & _native(view))
    ]
    sources = {
        "rule": list(order),
        "words": list(by_words),
        "topic": [*_shuffled(far, rng), *less_far],
        "place": sorted(_shuffled(near, rng), key=lambda view: not places & _countries(view)),
        "lot": _shuffled(order, rng),
    }
    drawn: dict[UUID, ExpertView] = {}
    lacking = 0
    for name, candidates in sources.items():
        # Who was drawn by one source makes room for the next of another; lots fill what lacks.
        wanted = sizes[name] + (lacking if name == "lot" else 0)
        fresh = [one for one in candidates if one.id not in drawn and one.id not in known]
        drawn |= {one.id: one for one in fresh[:wanted]}
        lacking += max(0, wanted - len(fresh))
    return tuple(_shuffled(drawn.values(), rng))


def _shuffled(views: Iterable[ExpertView], rng: random.Random) -> list[ExpertView]:
    found = sorted(views, key=lambda view: str(view.id))
    rng.shuffle(found)
    return found


def _topics(view: ExpertView) -> set[str]:
    return {item.value.topic for item in view.topics}


def _countries(view: ExpertView) -> set[str]:
    posts = {item.value.country for item in view.posts if item.value.country}
    return posts.union(*(item.value.countries for item in view.missions))


def _native(view: ExpertView) -> set[str]:
    return {item.value.language for item in view.languages if str(item.value.level) == "native"}


def sheet(letter: str, pool: Sequence[ExpertView], texts: Mapping[UUID, str]) -> str:
    """Return what a reader sees of a request: its letter and the numbered CVs."""
    cvs = [
        f"##### {number} [{view.id}]\n{texts[view.id].strip()}"
        for number, view in enumerate(pool, start=1)
    ]
    return "\n\n".join([letter, *cvs]) + "\n"


def _pools() -> dict[str, tuple[ExpertView, ...]]:
    engine = Engine.with_encoder()
    engine.update(demo_roster())
    engine.encode_pending()
    index = engine.snapshot()
    before = _read_before()
    found = {}
    for row in judged_requests():
        need = need_from(NewRequest.model_validate(row["request"]))
        placed = engine.rank(need, now=NOW, worded=0).people
        may = [one.expert_id for one in placed if one.band is not Band.NOT]
        order = [index.profiles[index.row_of[one]].view for one in may]
        known = before.get(row["key"], frozenset())
        sizes = MORE if known else WHOLE
        rng = random.Random(f"{SEED} {row['key']}")  # noqa: S311 -- draws lots, guards nothing.
        found[row["key"]] = pool_of(need, order, _by_words(need, order, index), known, sizes, rng)
    return found


def _by_words(need: RequestView, order: list[ExpertView], index: Index) -> list[ExpertView]:
    documents = [everything(profile.view) for profile in index.profiles]
    scores = bm25(documents, [f"{need.title} {need.text}"])[:, 0]
    rows = np.array([index.row_of[view.id] for view in order])
    return [order[at] for at in np.argsort(-scores[rows], kind="stable")]


def _read_before() -> dict[str, frozenset[UUID]]:
    """Return the first twenty people of each request of the demo: they were read by other rules."""
    first: dict[str, list[UUID]] = {row["key"]: [] for row in open_requests()}
    text = files("fixtures").joinpath("judgements.jsonl").read_text(encoding="utf-8")
    for row in map(json.loads, text.splitlines()):
        held = first.get(row["request"])
        if held is not None and len(held) < JUDGED_BEFORE:
            held.append(UUID(row["expert"]))
    return {name: frozenset(held) for name, held in first.items()}


def main(folder: Path) -> None:
    """Write the sheets into a folder, one file a request."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {person.id: person.row["cv"]["text"] for person in people()}
    letters = {row["key"]: row["request"] for row in judged_requests()}
    for name, pool in _pools().items():
        letter = f"{name}: {letters[name]['title']}\n\n{letters[name]['text']}"
        (folder / f"{name}.txt").write_text(sheet(letter, pool, texts), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
