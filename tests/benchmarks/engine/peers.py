"""Other engines over the same words, each as its own makers would have it; top 50, text only."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import numpy as np

from tests.benchmarks.engine.corpus import VOCABULARY, Asked, World, blocks, spelt
from tests.postgres import server

TOP = 50
Ask = Callable[[Asked], object]


def word_lists(world: World, n: int) -> Iterator[list[int]]:
    """Yield the words of each person, each as often as it occurs."""
    for block in blocks(world, n):
        who, word, times = block.words
        flat = np.repeat(word, times)
        ends = np.cumsum(np.bincount(who, weights=times, minlength=len(block))).astype(int)
        yield from (part.tolist() for part in np.split(flat, ends[:-1]))


def texts(world: World, n: int) -> Iterator[str]:
    """Yield the words of each person as text."""
    spelling = [spelt(word) for word in range(VOCABULARY)]
    return (" ".join([spelling[word] for word in words]) for words in word_lists(world, n))


@contextmanager
def bm25s_numba(world: World, n: int) -> Iterator[Ask]:
    """Serve bm25s with its numba backend, over numbers of words."""
    import bm25s  # noqa: PLC0415 -- of the extra `bench`

    known = {str(word): word for word in range(VOCABULARY)}
    index = bm25s.BM25(backend="numba")
    corpus = list(word_lists(world, n))
    index.index(bm25s.tokenization.Tokenized(ids=corpus, vocab=known), show_progress=False)

    def ask(asked: Asked) -> object:
        words = [[str(word) for word in asked.words.tolist()]]
        return index.retrieve(
            words, k=TOP, show_progress=False, n_threads=1, backend_selection="numba"
        )

    yield ask


@contextmanager
def rank_bm25(world: World, n: int) -> Iterator[Ask]:
    """Serve rank_bm25, a loop of Python over numpy."""
    from rank_bm25 import BM25Okapi  # noqa: PLC0415 -- of the extra `bench`

    index = BM25Okapi(list(word_lists(world, n)))

    def ask(asked: Asked) -> object:
        return np.argpartition(index.get_scores(asked.words.tolist()), -TOP)[-TOP:]

    yield ask


@contextmanager
def tantivy(world: World, n: int) -> Iterator[Ask]:
    """Serve tantivy, an inverted index in Rust, from a folder."""
    import tantivy as engine  # noqa: PLC0415 -- of the extra `bench`

    schema = engine.SchemaBuilder()
    schema.add_text_field("text", stored=False, tokenizer_name="whitespace", index_option="freq")
    schema.add_unsigned_field("number", stored=True)
    with tempfile.TemporaryDirectory() as folder:
        index = engine.Index(schema.build(), path=folder)
        writer = index.writer(heap_size=200_000_000, num_threads=1)
        for number, text in enumerate(texts(world, n)):
            writer.add_document(engine.Document(text=text, number=number))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        searcher = index.searcher()

        def ask(asked: Asked) -> object:
            words = " ".join(map(spelt, asked.words.tolist()))
            return searcher.search(index.parse_query(words, ["text"]), TOP).hits

        yield ask


@contextmanager
def sqlite(world: World, n: int) -> Iterator[Ask]:
    """Serve SQLite FTS5 with bm25."""
    with tempfile.TemporaryDirectory() as folder:
        database = sqlite3.connect(Path(folder) / "people.db")
        database.execute("PRAGMA synchronous = off")
        database.execute("CREATE VIRTUAL TABLE people USING fts5(text, content='', detail=column)")
        database.executemany("INSERT INTO people(text) VALUES (?)", ((t,) for t in texts(world, n)))
        database.execute("INSERT INTO people(people) VALUES ('optimize')")
        database.commit()

        def ask(asked: Asked) -> object:
            words = " OR ".join(map(spelt, asked.words.tolist()))
            return database.execute(
                "SELECT rowid FROM people WHERE people MATCH ? ORDER BY bm25(people) LIMIT 50",
                [words],
            ).fetchall()

        yield ask
        database.close()


@contextmanager
def postgresql(world: World, n: int) -> Iterator[Ask]:
    """Serve PostgreSQL: a stored tsvector, a GIN index, ts_rank."""
    import psycopg  # noqa: PLC0415 -- beside its server

    with server(f"bench-{n}") as url:
        plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute("SET maintenance_work_mem = '512MB'; SET jit = off")
            connection.execute("SET max_parallel_workers_per_gather = 0")
            connection.execute("CREATE UNLOGGED TABLE people (id int, words tsvector)")
            numbered = enumerate(texts(world, n))
            while lot := list(islice(numbered, 2_000)):
                with connection.cursor() as cursor:
                    cursor.executemany(
                        "INSERT INTO people VALUES (%s, to_tsvector('simple', %s))", lot
                    )
            connection.execute("CREATE INDEX people_words ON people USING gin (words)")
            connection.execute("ANALYZE people")

            def ask(asked: Asked) -> object:
                words = " | ".join(map(spelt, asked.words.tolist()))
                return connection.execute(
                    "SELECT id, ts_rank(words, query) AS rank "
                    "FROM people, to_tsquery('simple', %s) AS query "
                    "WHERE words @@ query ORDER BY rank DESC, id LIMIT 50",
                    [words],
                ).fetchall()

            yield ask


def _vectors(world: World, n: int) -> np.ndarray:
    return np.vstack([block.vectors for block in blocks(world, n)])


@contextmanager
def numpy_scan(world: World, n: int) -> Iterator[Ask]:
    """Serve a scan of float32 vectors of 256 dimensions by numpy."""
    vectors = _vectors(world, n)
    yield lambda asked: np.argpartition(vectors @ asked.vector, -TOP)[-TOP:]


@contextmanager
def faiss_flat(world: World, n: int) -> Iterator[Ask]:
    """Serve a scan of the same vectors by faiss, one thread."""
    import faiss  # noqa: PLC0415 -- of the extra `bench`

    faiss.omp_set_num_threads(1)
    index = faiss.IndexFlatIP(256)
    index.add(_vectors(world, n))
    yield lambda asked: index.search(asked.vector[None, :], TOP)


PEERS = {
    "bm25s, numba": bm25s_numba,
    "tantivy": tantivy,
    "rank_bm25": rank_bm25,
    "SQLite FTS5, bm25": sqlite,
    "PostgreSQL GIN, ts_rank": postgresql,
    "numpy float32 256-d scan": numpy_scan,
    "faiss flat 256-d": faiss_flat,
}
MOST_PEOPLE = {
    "bm25s, numba": 100_000,
    "tantivy": 100_000,
    "rank_bm25": 10_000,
    "SQLite FTS5, bm25": 100_000,
    "PostgreSQL GIN, ts_rank": 100_000,
}
"""Beyond so many they take too long to build."""
ELSEWHERE = frozenset({"PostgreSQL GIN, ts_rank"})
"""What works in a process of its own, so that wall time has to stand for CPU time."""
