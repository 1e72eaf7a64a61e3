"""A process that is killed takes nothing acknowledged with it, and leaves nothing twice."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from PIL import Image, ImageDraw, ImageFont
from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from api.job_board import JobBoard, system_url
from roster.tables import Batch, BatchItem, Document, DocumentVersion, Expert
from roster.turns import turns_of
from roster.vocabulary import BatchOutcome, BatchState
from tests.api.faults.sending import Sending, some_files, wait_until_read
from tests.api.hosts import Host, children_of, eventually, key_of, say, stopping
from tests.roster.ingest.uploads import archive, cv

pytestmark = pytest.mark.long


def _url(database_url: str) -> str:
    return "" if database_url.startswith("sqlite") else database_url


def test_what_a_killed_process_acknowledged_is_there_and_nothing_is_there_twice(
    database_url: str, engine: Engine, session: Session, tmp_path: Path
) -> None:
    """Of two that answer one is killed, twice, while four clients send files without a pause."""
    host, key = Host(tmp_path, _url(database_url)), key_of(session)
    with stopping(host):
        host.serve("--workers", "2")
        with Sending([host.base], key, some_files(40)) as sending:
            for so_far in (5, 15):
                sending.until(so_far)
                os.kill(host.children()[0], signal.SIGKILL)
                eventually(lambda: len(host.children()) == 2, "another one is begun")
        assert sending.lost, "somebody was cut off"
        sending.check(engine)
        assert len(sending.acknowledged) == 40
        wait_until_read(engine)
        sending.check(engine)
        assert not sending.refused


def _tally(engine: Engine) -> Counter[BatchOutcome]:
    with Session(engine) as session:
        return Counter(map(BatchOutcome, session.exec(select(BatchItem.outcome)).all()))


def test_a_bulk_import_goes_on_after_its_server_was_killed(
    database_url: str, engine: Engine, session: Session, tmp_path: Path
) -> None:
    """The whole server, in the middle of taking in; then once more in the middle of the call."""
    host, key = Host(tmp_path, _url(database_url)), key_of(session)
    files = {f"{at}.txt": cv(at) for at in range(40)}
    sent = {"files": ("cvs.zip", archive(files))}
    with stopping(host):
        host.serve()
        with host.client(key) as client:
            taken = client.post("/api/v1/batches", files=sent, data={"country": "PT"})
        assert taken.status_code == 202, taken.text
        eventually(lambda: _tally(engine)[BatchOutcome.READ] >= 3, "some are read")
        host.kill()
        before = _tally(engine)
        assert before[BatchOutcome.WAITING], "killed too late"
        host.serve()
        eventually(lambda: not _tally(engine)[BatchOutcome.WAITING], "it went on")
        eventually(lambda: _state(engine) is BatchState.DONE, "it is done")
        assert _tally(engine) == {BatchOutcome.READ: 40}
        with Session(engine) as looking:
            for table in (Document, Expert):
                assert looking.exec(select(func.count()).select_from(table)).one() == 40
        _kill_while_sending(host, key)
        assert _items(engine) <= {40, 60}, "an upload is there whole or not at all"


def _state(engine: Engine) -> BatchState:
    with Session(engine) as session:
        return BatchState(session.exec(select(Batch.state)).one())


def _items(engine: Engine) -> set[int]:
    """Return how many items each upload has."""
    with Session(engine) as session:
        counted = select(func.count(col(BatchItem.id))).select_from(Batch).outerjoin(BatchItem)
        return set(session.exec(counted.group_by(col(Batch.id))).all())


def _kill_while_sending(host: Host, key: str) -> None:
    """Kill a server between the first byte of a large upload and its answer."""
    files = {f"{n}.txt": cv(n) + os.urandom(90_000).hex().encode() for n in range(60)}
    sent = {"files": ("cvs.zip", archive(files))}

    def send() -> int:
        with host.client(key) as client:
            return client.post("/api/v1/batches", files=sent, data={"country": "PT"}).status_code

    with ThreadPoolExecutor(1) as threads:
        sending = threads.submit(send)
        time.sleep(0.4)
        host.kill()
        with pytest.raises(httpx.TransportError):
            sending.result()


def _scan(folder: Path, number: int) -> bytes:
    """Return a scanned CV of two pages: to read it takes seconds."""
    font = ImageFont.load_default(34)
    pages = []
    for page in range(2):
        picture = Image.new("L", (1240, 1754), 255)
        draw = ImageDraw.Draw(picture)
        for line, words in enumerate(cv(number).decode().splitlines() * 2):
            draw.text((90, 80 + 52 * line), f"{words} {page or ''}", fill=0, font=font)
        pages.append(picture)
    path = folder / f"scan-{number}.pdf"
    pages[0].save(path, "PDF", resolution=150, save_all=True, append_images=pages[1:])
    return path.read_bytes()


def test_a_worker_killed_in_the_middle_of_reading_leaves_its_files_to_another(
    database_url: str, engine: Engine, session: Session, tmp_path: Path
) -> None:
    url = _url(database_url)
    serving, *workers = (Host(tmp_path, url) for _ in range(3))
    key = key_of(session)
    with stopping(serving, *workers), JobsSeen(database_url, engine, tmp_path) as jobs:
        serving.begin("--no-jobs")
        for one in workers:
            one.begin_work()
        for one in (serving, *workers):
            one.wait()
        files = [_scan(tmp_path, number) for number in range(4)]
        with Sending([serving.base], key, files) as sending:
            pass
        killed = _kill_whoever_reads(workers, jobs)
        began = time.monotonic()
        wait_until_read(engine)
        (other,) = (one for one in workers if one is not killed)
        say(f"all is read {time.monotonic() - began:.1f} s after the kill")
        assert "took over" in other.words()
        sending.check(engine)
        with Session(engine) as looking:
            versions = looking.exec(select(DocumentVersion.document_id)).all()
        assert Counter(versions) == dict.fromkeys(set(versions), 1), "nothing is read twice"
        assert len(versions) == len(files)


class JobsSeen:
    """Says which processes have a job in hand; between `with` and its end."""

    def __init__(self, database_url: str, engine: Engine, folder: Path) -> None:
        self._board = JobBoard(system_url(database_url, folder))
        self._turns = turns_of(engine, folder / "turns")

    def __enter__(self) -> JobsSeen:
        self._board.open(self._turns)
        return self

    def __exit__(self, *_: object) -> None:
        self._board.close()
        self._turns.close()

    def has_in_hand(self, host: Host) -> bool:
        """Whether a process of a host is at a job."""
        assert host.process is not None
        return any(f"-{host.process.pid}-" in name for name in self._board.workers())


def _kill_whoever_reads(workers: list[Host], jobs: JobsSeen) -> Host:
    found: list[Host] = []

    def is_found() -> bool:
        found[:] = [one for one in workers if jobs.has_in_hand(one)]
        return bool(found)

    eventually(is_found, "somebody reads")
    assert found[0].process is not None
    parsers = children_of(found[0].process.pid)
    found[0].kill()
    eventually(
        lambda: not any(Path(f"/proc/{pid}").exists() for pid in parsers),
        "its parsers end with it",
    )
    return found[0]
