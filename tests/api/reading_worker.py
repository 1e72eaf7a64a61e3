"""A process with a queue of its own, to be killed: see `test_jobs.py`.

Arguments: database URL, data folder, diary file, mode (die | live), document ids to enqueue.
Each line of the diary is `step document-id`, or `connect address` for a connection to outside.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from uuid import UUID

from api.jobs import DurableJobs, Step

_URL, _FOLDER, _DIARY, _MODE, *_IDS = sys.argv[1:]


def _note(line: str) -> None:
    with Path(_DIARY).open("a") as diary:
        diary.write(line + "\n")
        diary.flush()
        os.fsync(diary.fileno())


def _watch(event: str, args: tuple[object, ...]) -> None:
    if event == "socket.connect" and isinstance(args[1], tuple):
        _note(f"connect {args[1]}")


def _read(document_id: UUID) -> None:
    _note(f"read {document_id}")


def _index(document_id: UUID) -> None:
    if _MODE == "die":
        _note(f"interrupted {document_id}")
        os.kill(os.getpid(), signal.SIGKILL)
    _note(f"index {document_id}")


def main() -> None:
    """Work until everything asked for is done, a minute at most."""
    sys.addaudithook(_watch)
    jobs = DurableJobs(
        _URL,
        Path(_FOLDER),
        [Step("read", _read), Step("index", _index)],
        poll_s=0.05,
        watch_s=0.2,
    )
    jobs.start()
    for document_id in _IDS:
        jobs.enqueue_reading(UUID(document_id))
    for _ in range(1200):
        if "index" in Path(_DIARY).read_text():
            break
        time.sleep(0.05)
    jobs.stop(wait_s=5)


if __name__ == "__main__":
    main()
