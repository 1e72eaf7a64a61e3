"""Jobs outlive a crash, run once per document and tell nobody what a CV says."""

from __future__ import annotations

import errno
import logging
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from dbos._sys_db import SystemDatabase
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from api.job_board import quieten
from api.jobs import DurableJobs, InlineJobs, Patience, Step, enqueue_unread
from roster.errors import Conflict, FileRefused, NotFound
from roster.tables import Document, Facility
from roster.turns import FileTurns, SessionTurns
from roster.vocabulary import DocumentKind, DocumentState, JobKind, JobState

_QUICK = Patience(attempts=3, first_wait_s=0.01, growth=1.0, outage_s=0.01)


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
    assert jobs.now().stopped == ()


def test_what_fails_for_good_is_listed_and_can_be_retried(jobs: DurableJobs, diary: Diary) -> None:
    diary.errors = [OSError("busy")] * 3
    document = uuid4()
    jobs.enqueue_reading(document)
    _eventually(lambda: len(jobs.now().stopped) == 1)
    (dead,) = jobs.now().stopped
    assert (dead.record_id, dead.state) == (document, JobState.GIVEN_UP)
    assert dead.reason.startswith("read: OSError at test_jobs.py:")
    jobs.begin_anew(dead.id)
    _eventually(lambda: ("index", document) in diary.lines)
    assert jobs.now().stopped == ()


def test_a_full_disk_is_waited_for_however_long_it_takes(jobs: DurableJobs, diary: Diary) -> None:
    diary.errors = [OSError(errno.ENOSPC, "No space left on device")] * (2 * _QUICK.attempts)
    document = uuid4()
    jobs.enqueue_reading(document)
    _eventually(lambda: ("index", document) in diary.lines)
    assert len(diary.lines) == 2 * _QUICK.attempts + 2
    assert jobs.now().stopped == ()


@pytest.mark.long
@pytest.mark.parametrize(
    "error",
    [
        pytest.param(OSError(errno.ENOSPC, "No space left on device"), id="full-disk"),
        pytest.param(OSError("busy"), id="trouble"),
    ],
)
def test_what_fails_while_the_process_stops_goes_on_in_the_next_one(
    database_url: str, tmp_path: Path, diary: Diary, error: Exception
) -> None:
    """It was the last try: noted as failed, the job would be given up as soon as one goes on."""
    is_told = threading.Event()

    def fail(_document_id: UUID) -> None:
        if not is_told.wait(30):  # Only the first process waits.
            raise AssertionError("nobody stopped it")
        if diary.errors:
            raise diary.errors.pop()

    diary.errors = [error]
    steps, patience = [Step("read", fail), diary.step("index")], Patience(1, outage_s=60)
    first, second = (
        DurableJobs(database_url, tmp_path, steps, patience=patience, poll_s=0.02, watch_s=0.1)
        for _ in range(2)
    )
    first.start()
    document = uuid4()
    first.enqueue_reading(document)
    _eventually(lambda: bool(first.now().at_work))
    stopping = threading.Thread(target=first.stop, args=(2,))
    stopping.start()
    _eventually(lambda: not first.is_at_work)
    is_told.set()
    stopping.join()
    assert not diary.errors
    second.start()
    _eventually(lambda: ("index", document) in diary.lines or bool(second.now().stopped))
    now = second.now()
    second.stop()
    assert now.stopped == ()


def test_a_file_nobody_can_read_is_not_tried_again(jobs: DurableJobs, diary: Diary) -> None:
    diary.errors = [FileRefused("This file is damaged.")]
    jobs.enqueue_reading(uuid4())
    _eventually(lambda: len(jobs.now().stopped) == 1)
    assert [name for name, _ in diary.lines] == ["read"]


def test_only_a_job_given_up_can_be_retried(jobs: DurableJobs, diary: Diary) -> None:
    document = uuid4()
    with pytest.raises(NotFound):
        jobs.begin_anew(f"reading-{document}")
    jobs.enqueue_reading(document)
    _eventually(lambda: len(diary.lines) == 2)
    _eventually(lambda: jobs.now().at_work == ())
    with pytest.raises(Conflict):
        jobs.begin_anew(f"reading-{document}")
    with pytest.raises(Conflict):
        jobs.call_off(f"reading-{document}")
    with pytest.raises(NotFound):
        jobs.call_off("nobody-knows")


def test_no_word_of_an_error_reaches_a_log_or_the_database(
    jobs: DurableJobs,
    diary: Diary,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    diary.errors = [ValueError("Ana Sousa, born 1970")] * 3
    jobs.enqueue_reading(uuid4())
    _eventually(lambda: len(jobs.now().stopped) == 1)
    assert "ValueError" in caplog.text
    written = caplog.text + str(jobs.now()) + "".join(capfd.readouterr())
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
    (said,) = restarted.stderr.splitlines()
    assert said.startswith("took over 1 jobs of the process ")


def test_a_job_called_off_goes_no_step_further_until_it_is_begun_anew(
    jobs: DurableJobs, diary: Diary
) -> None:
    diary.errors = [OSError("busy")] * 2
    document = uuid4()
    jobs._patience = Patience(attempts=3, first_wait_s=0.3, growth=1.0)
    jobs.enqueue_reading(document)
    _eventually(lambda: bool(diary.lines))
    jobs.call_off(f"reading-{document}")
    (stopped,) = jobs.now().stopped
    assert stopped.state is JobState.CALLED_OFF
    assert jobs.without_job(JobKind.READING, [document]) == (), "nobody asks for it by itself"
    _eventually(lambda: len(diary.lines) == 3)
    assert {name for name, _ in diary.lines} == {"read"}
    jobs.begin_anew(stopped.id)
    _eventually(lambda: ("index", document) in diary.lines)


def test_a_process_that_leaves_the_work_to_others_asks_for_jobs_and_sees_them(
    database_url: str, tmp_path: Path
) -> None:
    jobs = DurableJobs(database_url, tmp_path, [])
    jobs.open()
    document, upload = uuid4(), uuid4()
    jobs.enqueue_reading(document)
    for _ in range(2):
        jobs.enqueue_batch(upload)
    now = jobs.now()
    jobs.stop()
    assert not jobs.is_at_work
    assert {(one.kind, one.record_id) for one in now.waiting} == {
        (JobKind.READING, document),
        (JobKind.BATCH, upload),
    }
    assert now.depth(JobState.WAITING) == 2
    assert now.depth(JobState.AT_WORK) == 0


def test_a_living_process_takes_over_the_jobs_of_one_that_was_killed(
    database_url: str, tmp_path: Path, diary: Diary
) -> None:
    """As if on another host: the one that lives is not begun again, and knows nothing of it."""
    steps = [diary.step("read"), diary.step("index")]
    alive = DurableJobs(database_url, tmp_path, steps, poll_s=0.02, watch_s=0.1)
    alive.open()
    document = uuid4()
    killed = _work(database_url, tmp_path, "die", document)
    assert killed.returncode == -signal.SIGKILL
    alive.start()
    _eventually(lambda: ("index", document) in diary.lines)
    alive.stop()
    assert diary.lines == [("index", document)], "what was finished is not done again"


@pytest.mark.parametrize(
    ("note", "lines"),
    [
        pytest.param(
            "check_operation_execution",
            ["read", "index"],
            id="before-a-step",
            marks=pytest.mark.long,
        ),
        pytest.param("record_operation_result", ["read", "read", "index"], id="after-a-step"),
        pytest.param(
            "update_workflow_outcome", ["read", "index"], id="at-the-end", marks=pytest.mark.long
        ),
    ],
)
def test_a_job_goes_on_where_the_database_was_away_when_it_was_noted(
    database_url: str,
    tmp_path: Path,
    diary: Diary,
    monkeypatch: pytest.MonkeyPatch,
    note: str,
    lines: list[str],
) -> None:
    """The process lives, and so does its name: nobody else would take the job over."""
    steps = [diary.step("read"), diary.step("index")]
    jobs = DurableJobs(database_url, tmp_path, steps, poll_s=0.02, watch_s=0.2)
    jobs.start()
    is_away = iter([True])
    write = getattr(SystemDatabase, note)

    def once(*given: object, **named: object) -> object:
        if next(is_away, False):
            raise OperationalError(note, {}, OSError("refused"), connection_invalidated=True)
        return write(*given, **named)

    monkeypatch.setattr(SystemDatabase, note, once)
    document = uuid4()
    jobs.enqueue_reading(document)
    _eventually(
        lambda: (
            len(diary.lines) == len(lines)
            and jobs.without_job(JobKind.READING, [document]) == (document,)
        )
    )
    jobs.stop()
    assert diary.lines == [(line, document) for line in lines]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_nobody_takes_the_jobs_of_a_process_that_lost_its_name_for_a_moment(
    engine: Engine,
) -> None:
    mine, others = SessionTurns(engine), SessionTurns(engine)
    assert mine.take("jobs-me")
    assert not others.take("jobs-me")
    with engine.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_locks "
                "WHERE locktype = 'advisory' AND classid = 5204920"
            )
        )
    assert not mine.take("jobs-me"), "the session is lost, and the name with it"
    assert mine.take("jobs-me"), "the next look has it again"
    assert not others.take("jobs-me")
    mine.close()
    assert others.take("jobs-me")
    others.close()


def test_a_name_belongs_to_one_process_until_it_lets_go(tmp_path: Path) -> None:
    mine, others = FileTurns(tmp_path), FileTurns(tmp_path)
    assert mine.take("chores")
    assert mine.take("chores")
    assert not others.take("chores")
    mine.leave("chores")
    assert others.take("chores")
    others.forget("chores")
    assert list(tmp_path.iterdir()) == []


def test_what_the_engine_says_takes_one_line(caplog: pytest.LogCaptureFixture) -> None:
    quieten()
    traced = "Traceback (most recent call last):\n  File x\nsqlalchemy.exc.OperationalError: Ana: x"
    logging.getLogger("dbos").warning("Exception polling schedules: %s", traced)
    assert caplog.messages == ["Exception polling schedules: OperationalError"]
