"""Jobs outlive a crash, run once per document and tell nobody what a CV says."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session

from api.jobs import DurableJobs, InlineJobs, Patience, Step, enqueue_unread
from roster.errors import Conflict, FileRefused, NotFound
from roster.tables import Document, Facility
from roster.vocabulary import DocumentKind, DocumentState

_QUICK = Patience(attempts=3, first_wait_s=0.01, growth=1.0)


class Diary:
    """Remembers what was run; can be told to fail."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, UUID]] = []
        self.errors: list[Exception] = []

    def step(self, name: str) -> Step:
        """Make a step that writes its name down, failing while errors are left."""

        def run(document_id: UUID) -> None:
            self.lines.append((name, document_id))
            if self.errors:
                raise self.errors.pop(0)

        return Step(name, run)


def _eventually(is_so: Callable[[], bool]) -> None:
    for _ in range(3000):
        if is_so():
            return
        time.sleep(0.01)
    raise AssertionError("did not happen within half a minute")


@pytest.fixture
def diary() -> Diary:
    return Diary()


@pytest.fixture
def jobs(database_url: str, tmp_path: Path, diary: Diary) -> Iterator[DurableJobs]:
    steps = [diary.step("read"), diary.step("index")]
    jobs = DurableJobs(database_url, tmp_path / "data", steps, patience=_QUICK, poll_s=0.02)
    jobs.start()
    yield jobs
    jobs.stop()


def test_a_document_passes_every_step_in_order(jobs: DurableJobs, diary: Diary) -> None:
    document = uuid4()
    jobs.enqueue_reading(document)
    _eventually(lambda: len(diary.lines) == 2)
    assert diary.lines == [("read", document), ("index", document)]


def test_a_document_is_read_once_however_often_it_is_asked_for(
    jobs: DurableJobs, diary: Diary
) -> None:
    first, last = uuid4(), uuid4()
    for _ in range(3):
        jobs.enqueue_reading(first)
    _eventually(lambda: len(diary.lines) == 2)
    jobs.enqueue_reading(first)
    jobs.enqueue_reading(last)
    _eventually(lambda: ("index", last) in diary.lines)
    assert Counter(diary.lines)["read", first] == 1


def test_a_passing_trouble_is_tried_again(jobs: DurableJobs, diary: Diary) -> None:
    diary.errors = [OSError("busy"), OSError("busy")]
    document = uuid4()
    jobs.enqueue_reading(document)
    _eventually(lambda: ("index", document) in diary.lines)
    assert [name for name, _ in diary.lines] == ["read", "read", "read", "index"]
    assert jobs.dead() == []


def test_what_fails_for_good_is_listed_and_can_be_retried(jobs: DurableJobs, diary: Diary) -> None:
    diary.errors = [OSError("busy")] * 3
    document = uuid4()
    jobs.enqueue_reading(document)
    _eventually(lambda: len(jobs.dead()) == 1)
    (dead,) = jobs.dead()
    assert dead.document_id == document
    assert dead.reason.startswith("read: OSError at test_jobs.py:")
    jobs.retry(document)
    _eventually(lambda: ("index", document) in diary.lines)
    assert jobs.dead() == []


def test_a_file_nobody_can_read_is_not_tried_again(jobs: DurableJobs, diary: Diary) -> None:
    diary.errors = [FileRefused("This file is damaged.")]
    jobs.enqueue_reading(uuid4())
    _eventually(lambda: len(jobs.dead()) == 1)
    assert [name for name, _ in diary.lines] == ["read"]


def test_only_a_job_given_up_can_be_retried(jobs: DurableJobs, diary: Diary) -> None:
    document = uuid4()
    with pytest.raises(NotFound):
        jobs.retry(document)
    jobs.enqueue_reading(document)
    _eventually(lambda: len(diary.lines) == 2)
    with pytest.raises(Conflict):
        jobs.retry(document)


def test_no_word_of_an_error_reaches_a_log_or_the_database(
    jobs: DurableJobs,
    diary: Diary,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    diary.errors = [ValueError("Ana Sousa, born 1970")] * 3
    jobs.enqueue_reading(uuid4())
    _eventually(lambda: len(jobs.dead()) == 1)
    assert "ValueError" in caplog.text
    written = caplog.text + str(jobs.dead()) + "".join(capfd.readouterr())
    assert "Sousa" not in written
    assert "Traceback" not in written


def test_jobs_need_a_started_queue(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="start"):
        DurableJobs("sqlite://", tmp_path, []).enqueue_reading(uuid4())


def test_inline_jobs_are_done_when_the_call_returns(diary: Diary) -> None:
    document = uuid4()
    InlineJobs(diary.step("read"), diary.step("index")).enqueue_reading(document)
    assert diary.lines == [("read", document), ("index", document)]


def test_documents_left_unread_are_asked_for_at_start(session: Session, diary: Diary) -> None:
    facility = Facility(code="mieux", name="MIEUX")
    session.add(facility)
    session.flush()
    for state in DocumentState:
        session.add(
            Document(
                facility_id=facility.id,
                kind=DocumentKind.CV,
                state=state,
                file_name="cv.pdf",
                size_bytes=1,
                sha256=state,
            )
        )
    session.commit()
    assert enqueue_unread(session, InlineJobs(diary.step("read"))) == 2
    asked = {session.get_one(Document, document_id).state for _, document_id in diary.lines}
    assert asked == {DocumentState.RECEIVED, DocumentState.READING}


def _work(url: str, folder: Path, mode: str, *ids: UUID) -> subprocess.CompletedProcess[str]:
    diary = folder / "diary"
    diary.touch()
    command = [sys.executable, "-m", "tests.api.reading_worker", url, str(folder), str(diary), mode]
    return subprocess.run(  # noqa: S603 -- our own module.
        [*command, *map(str, ids)],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=Path(__file__).parents[2],
        check=False,
    )


def test_a_killed_worker_goes_on_where_it_was(database_url: str, tmp_path: Path) -> None:
    document = uuid4()
    killed = _work(database_url, tmp_path, "die", document)
    assert killed.returncode == -signal.SIGKILL
    restarted = _work(database_url, tmp_path, "live")
    assert restarted.returncode == 0, restarted.stderr
    assert (tmp_path / "diary").read_text().splitlines() == [
        f"read {document}",
        f"interrupted {document}",
        f"index {document}",
    ]
    assert restarted.stderr == ""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_jobs_of_a_dead_neighbour_are_taken_over(database_url: str, tmp_path: Path) -> None:
    """Two processes of one host, the second dies, the first is restarted: nothing stays lying."""
    survivor_slot = (tmp_path / "jobs-0.lock").open("ab")
    document = uuid4()
    with survivor_slot:
        import fcntl  # noqa: PLC0415 -- for this one test.

        fcntl.flock(survivor_slot, fcntl.LOCK_EX)
        _work(database_url, tmp_path, "die", document)
    restarted = _work(database_url, tmp_path, "live")
    assert restarted.returncode == 0, restarted.stderr
    assert (tmp_path / "diary").read_text().splitlines()[-1] == f"index {document}"
