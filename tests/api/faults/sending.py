"""Clients that send files as people do: again and again, until each is acknowledged."""

from __future__ import annotations

import hashlib
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from uuid import UUID

import httpx
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from roster.tables import Document
from roster.vocabulary import DocumentState
from tests.api.hosts import eventually
from tests.roster.ingest.uploads import cv

_PATIENCE_S = 400
_AGAIN_S = 0.1
UNREAD = (DocumentState.RECEIVED, DocumentState.READING)


def some_files(how_many: int, first: int = 0) -> list[bytes]:
    """Return different CVs; 80 people, then their second ones."""
    return [cv(first + at) + f"\nHOBBIES\nNumber {first + at}\n".encode() for at in range(how_many)]


class Sending:
    """Sends files over several addresses at once; between `with` and its end.

    Parameters
    ----------
    bases : addresses, tried in turn
    key : of who sends
    files : each is sent until it is acknowledged
    """

    def __init__(self, bases: Sequence[str], key: str, files: Sequence[bytes]) -> None:
        self.acknowledged: dict[str, set[UUID]] = {}
        self.refused: Counter[int] = Counter()
        self.words: set[str] = set()
        self.lost = 0
        self._is_over = False
        self._bases = bases
        self._client = httpx.Client(
            headers={"Authorization": f"Bearer {key}"},
            timeout=60,
            verify=False,  # noqa: S501 -- there is no TLS here
            limits=httpx.Limits(max_keepalive_connections=0),
        )
        self._files = files
        self._lock = threading.Lock()
        self._threads = ThreadPoolExecutor(4)

    def __enter__(self) -> Sending:
        self._sent = [self._threads.submit(self._send, at) for at in range(len(self._files))]
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._is_over = self._is_over or kind is not None
        self._threads.shutdown(cancel_futures=kind is not None)
        self._client.close()
        if kind is None:
            for one in self._sent:
                one.result()

    def give_up(self) -> None:
        """Send nothing any more that was not acknowledged so far."""
        self._is_over = True

    def until(self, how_many: int) -> None:
        """Wait until so many are acknowledged."""
        eventually(lambda: len(self.acknowledged) >= how_many, f"{how_many} are acknowledged")

    def _send(self, at: int) -> None:
        until, content = time.monotonic() + _PATIENCE_S, self._files[at]
        for turn in count(at):
            if self._is_over or self._tried(self._bases[turn % len(self._bases)], content):
                return
            if time.monotonic() > until:
                raise AssertionError(f"not acknowledged: {self.refused}, {self.lost} lost")
            time.sleep(_AGAIN_S)

    def _tried(self, base: str, content: bytes) -> bool:
        try:
            answer = self._client.post(
                f"{base}/api/v1/documents",
                files={"file": ("cv.txt", content)},
                data={"country": "PT"},
            )
        except httpx.TransportError:
            with self._lock:
                self.lost += 1
            return False
        with self._lock:
            if answer.status_code == 202:
                digest = hashlib.sha256(content).hexdigest()
                self.acknowledged.setdefault(digest, set()).add(UUID(answer.json()["id"]))
                return True
            assert answer.status_code == 503, answer.text
            self.refused[answer.status_code] += 1
            self.words.add(answer.json()["detail"])
        return False

    def check(self, engine: Engine, acknowledged: Mapping[str, set[UUID]] | None = None) -> None:
        """Hold the database against what was acknowledged: all of it is there, nothing twice.

        Parameters
        ----------
        acknowledged : what was, by some moment; None is by now
        """
        expected = self.acknowledged if acknowledged is None else acknowledged
        with Session(engine) as session:
            there = session.exec(select(Document.sha256, Document.id)).all()
        assert len({digest for digest, _ in there}) == len(there), "nothing is there twice"
        kept = dict(there)
        lost = [digest for digest, ids in expected.items() if {kept.get(digest)} != ids]
        assert not lost, f"{len(lost)} of {len(expected)} that were acknowledged are not there"


def wait_until_read(engine: Engine, more: Callable[[], object] = lambda: None) -> float:
    """Wait until each document is read, or refused; return the seconds that took."""

    def is_read() -> bool:
        more()
        with Session(engine) as session:
            left = select(Document.id).where(col(Document.state).in_(UNREAD))
            return not session.exec(left).all()

    return eventually(is_read, "everything is read")
