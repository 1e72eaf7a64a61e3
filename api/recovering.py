"""Goes on with the jobs of processes that ended, wherever they ran.

Each process that does jobs holds its name (`roster.turns`), and the name goes with it, however it
ends. So a name under which jobs are at work, and which nobody holds, is that of a dead process:
whoever sees it first puts its jobs back into the queue. A process that lives may lose its name for
a moment, when PostgreSQL was restarted; hence a name has to be free at two looks.

A process that lives loses jobs as well: where the database is away in the moment in which DBOS
notes how far one is, the work on it ends, and nothing says so. What stands as at work here
for longer than DBOS waits between two tries, and is not, is put back.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from time import monotonic

from sqlalchemy.exc import SQLAlchemyError

from api.job_board import JobBoard, queue_of
from roster.turns import FileTurns, Turns

_log = logging.getLogger(__name__)
_GRACE = 3
"""Looks over which a name has to be free: who lives asks for his at each of them."""
_IDLE = 25
"""Looks over which a job of this process has to be idle: DBOS may have claimed it, and begin it up
to 90 seconds after an outage."""


class Recovery:
    """Holds the name of this process, and looks for names that nobody holds.

    Parameters
    ----------
    board : says under which names jobs are at work
    turns : where names are held
    mine : name of this process
    look_s : seconds between two looks
    """

    def __init__(self, board: JobBoard, turns: Turns, mine: str, *, look_s: float) -> None:
        self._board = board
        self._turns = turns
        self._mine = mine
        self._look_s = look_s
        # The lock of a file is never lost while its process lives.
        self._grace_s = 0.0 if isinstance(turns, FileTurns) else _GRACE * look_s
        self._free_since: dict[str, float] = {}
        self._idle: Counter[str] = Counter()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="recover", daemon=True)

    def hold(self) -> None:
        """Take the name of this process.

        Raises
        ------
        RuntimeError
        """
        if not self._turns.take(_lock(self._mine)):
            raise RuntimeError(f"another process holds the name {self._mine}, or no lock answers")

    def start(self) -> None:
        """Look now, then again and again."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more; the name is kept until `leave`."""
        self._stopped.set()
        self._thread.join()

    def leave(self) -> None:
        """Let go of the name: what was at work under it goes on elsewhere."""
        self._forget(self._mine)

    def _watch(self) -> None:
        while True:
            try:
                self.look()
            except (SQLAlchemyError, OSError) as error:
                _log.warning("looking for dead processes: %s", type(error).__name__)
            if self._stopped.wait(self._look_s):
                return

    def look(self) -> int:
        """Put the jobs of dead processes back into the queue; return how many processes.

        What fell out of this one goes back as well.
        """
        self._turns.take(_lock(self._mine))
        self._put_back()
        names = set(self._board.workers()) - {self._mine}
        self._free_since = {name: at for name, at in self._free_since.items() if name in names}
        return sum(map(self._look_at, sorted(names)))

    def _put_back(self) -> None:
        from dbos._dbos import _get_dbos_instance  # noqa: PLC0415 -- half a second.

        engine = _get_dbos_instance()  # There are no public names for what is asked here.
        idle = self._board.at_work_of(self._mine) - set(engine._active_workflows_set.activeList())
        self._idle = Counter({job: self._idle[job] + 1 for job in idle})
        for job in sorted(job for job, looks in self._idle.items() if looks > _IDLE):
            # Only while it is at work under this name: it may be called off in this moment.
            if engine._sys_db.reenqueue_for_recovery(job, [self._mine], queue_of(job)):
                _log.warning("put back the job %s, which fell out while the database was away", job)

    def _look_at(self, name: str) -> bool:
        if not self._turns.take(_lock(name)):
            self._free_since.pop(name, None)
            return False
        since = self._free_since.setdefault(name, monotonic())
        if monotonic() - since < self._grace_s:
            self._turns.leave(_lock(name))
            return False
        try:
            self._recover(name)
        finally:
            self._forget(name)
        return True

    def _recover(self, name: str) -> None:
        from dbos import DBOS  # noqa: PLC0415 -- half a second.

        found = DBOS._recover_pending_workflows([name])  # There is no public name for it.
        _log.warning("took over %d jobs of the process %s, which ended", len(found), name)

    def _forget(self, name: str) -> None:
        if isinstance(self._turns, FileTurns):
            self._turns.forget(_lock(name))
        else:
            self._turns.leave(_lock(name))


def _lock(name: str) -> str:
    return f"jobs-{name}"
