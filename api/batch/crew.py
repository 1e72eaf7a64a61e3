"""The processes that work on a batch: of this machine, or of a cluster somebody else keeps.

The engine is `distributed`, of the extra `scale`. A task is a function of a module and small
arguments; what it makes stands in files that all processes see. So a task of a process that died is
simply given to another one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from api.batch.work import code_digest
from roster.errors import Conflict, InvalidInput, Unavailable

if TYPE_CHECKING:
    from distributed import Client

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 8
"""Tasks handed out per process before the first has ended."""
_WAIT_S = 30
EXTRA = "pip install 'expert-roster[scale]'"


class Crew(Protocol):
    """Does one task for each of many things."""

    def each(self, task: Callable[..., R], items: Iterable[T], *shared: object) -> Iterator[R]:
        """Yield what the task returns for each thing, in the order in which they end."""


class Alone:
    """Does everything in this process, one after the other."""

    def each(self, task: Callable[..., R], items: Iterable[T], *shared: object) -> Iterator[R]:
        """Yield what the task returns for each thing."""
        for one in items:
            yield task(one, *shared)


class Several:
    """Hands tasks to the processes of a cluster."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def each(self, task: Callable[..., R], items: Iterable[T], *shared: object) -> Iterator[R]:
        """Yield what the task returns for each thing, in the order in which they end.

        Raises
        ------
        Unavailable
            Processes end before they are done, several times over the same task, or are gone.
        """
        from distributed import KilledWorker, as_completed  # noqa: PLC0415 -- an extra, a second.
        from distributed.client import FutureCancelledError  # noqa: PLC0415 -- see above

        ahead = max(sum(self._client.ncores().values()), 1) * _AHEAD
        under_way = as_completed([], loop=self._client.loop)
        try:
            for one in items:
                under_way.add(self._client.submit(task, one, *shared, pure=False))
                if under_way.count() >= ahead:
                    yield next(under_way).result()
            for done in under_way:
                yield done.result()
        except (KilledWorker, FutureCancelledError) as error:
            raise Unavailable(
                "Processes of the batch ended before they were done, most likely for want of "
                "memory. What is done is kept: give fewer --workers or a smaller --part and call "
                "it again.",
                retry_after_s=_WAIT_S,
            ) from error


@contextmanager
def crew_of(workers: int, scheduler: str | None, scratch: Path) -> Iterator[Crew]:
    """Open the processes of a batch, and close those that were begun here.

    Parameters
    ----------
    workers : processes of this machine, one thread each; unused with a scheduler
    scheduler : address of a cluster that runs already, as tcp://host:8786
    scratch : where processes of this machine put what they spill

    Raises
    ------
    InvalidInput
        The extra is not installed.
    Unavailable
        The scheduler does not answer, or nobody works for it.
    Conflict
        A process of the cluster has other code.
    """
    if find_spec("distributed") is None:
        raise InvalidInput(f"Ranking in parts needs the extra 'scale'. Install it: {EXTRA}")
    import dask  # noqa: PLC0415 -- an extra.
    from distributed import Client, LocalCluster  # noqa: PLC0415 -- see above

    if scheduler is not None:
        with _connected(scheduler) as client:
            _check_code(client, scheduler)
            yield Several(client)
        return
    spill = {"temporary-directory": str(scratch), "distributed.admin.system-monitor.disk": False}
    with (
        dask.config.set(spill),
        LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            memory_limit=0,  # Mapped files count as memory there, and nobody has to hold them.
            host="127.0.0.1",
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
        ) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        yield Several(client)


def _connected(scheduler: str) -> Client:
    from distributed import Client  # noqa: PLC0415 -- an extra.

    try:
        client = Client(scheduler, timeout=_WAIT_S, set_as_default=False)
        client.wait_for_workers(1, timeout=_WAIT_S)
    except (OSError, TimeoutError, ValueError) as error:
        raise Unavailable(
            f"No scheduler with workers answers at {scheduler}. Begin one with 'dask scheduler' "
            "and, on each machine, 'dask worker ADDRESS'.",
            retry_after_s=_WAIT_S,
        ) from error
    return client


def _check_code(client: Client, scheduler: str) -> None:
    own = code_digest()
    others = [where for where, said in client.run(code_digest).items() if said != own]
    if others:
        raise Conflict(
            f"{len(others)} workers of {scheduler} run another version of the roster or of numpy. "
            f"Install the same there: {EXTRA}"
        )
