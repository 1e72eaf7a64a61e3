"""Figures for machines, in the words of Prometheus: counts and times, never who or what.

Requests are counted by the template of their route, rankings by their stages, readings by how they
ended. Several processes of one service add up in a folder that the command gives them. How the
queue, the index and the database stand is looked up when somebody asks.
"""

from __future__ import annotations

import hmac
import ipaddress
import shutil
from collections.abc import Iterable, Iterator
from time import time

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request

from api import openapi
from api.processes import shares_figures
from roster.errors import NotFound
from roster.installation import Installation
from roster.operations import database_now, outbox_now

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_TIMES = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_REQUESTS = Histogram(
    "roster_request_seconds",
    "Time to answer, by method, template of the route, and status",
    ["method", "route", "status"],
    buckets=_TIMES,
)
_STAGES = Histogram(
    "roster_ranking_stage_seconds", "Time of each stage of a ranking", ["stage"], buckets=_TIMES
)
_STEPS = Counter("roster_job_steps_total", "Steps of jobs, by how they ended", ["step", "outcome"])


def count_request(method: str, route: str, status: int, seconds: float) -> None:
    """Count one answer."""
    _REQUESTS.labels(method, route, str(status)).observe(seconds)


def count_ranking(stages_ms: Iterable[tuple[str, float]]) -> None:
    """Count one ranking by its stages, each with its milliseconds."""
    for stage, took in stages_ms:
        _STAGES.labels(stage).observe(took / 1e3)


def count_step(step: str, outcome: str) -> None:
    """Count one try of a step of a job: done, refused or failed."""
    _STEPS.labels(step, outcome).inc()


def check_reader(request: Request, installation: Installation) -> None:
    """Refuse whoever may not read the figures, as if there were none.

    Raises
    ------
    NotFound
    """
    token = installation.settings.metrics_token.get_secret_value()
    if token:
        said = request.headers.get("authorization", "")
        is_allowed = hmac.compare_digest(said.encode(), f"Bearer {token}".encode())
    else:
        is_allowed = _is_this_machine(request)
    if not is_allowed:
        raise NotFound(
            "Nothing stands here, or not for you. The figures are read with ROSTER_METRICS_TOKEN, "
            "or from the machine itself."
        )


def _is_this_machine(request: Request) -> bool:
    """Whether the machine itself asks; a proxy on it may ask for anybody."""
    headers = request.headers
    if any(name in headers for name in ("forwarded", "x-forwarded-for", "x-real-ip", "via")):
        return False
    try:
        return request.client is not None and ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False


def exposition(installation: Installation) -> bytes:
    """Return every figure as text: counted by all processes, then looked up by this one."""
    counted: CollectorRegistry = REGISTRY
    if shares_figures():
        counted = CollectorRegistry()
        MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
    looked_up = CollectorRegistry()
    looked_up.register(_Standing(installation))
    return generate_latest(counted) + generate_latest(looked_up)


class _Standing(Collector):
    """Looks up how the service stands."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def collect(self) -> Iterator[Metric]:
        """Yield a gauge for each thing looked up; of a database that is away, that it is."""
        yield from self._of_this_process()
        try:
            yield from self._of_the_queue()
            yield from self._of_the_database()
        except SQLAlchemyError:
            yield _gauge("roster_database_up", "Whether the database answers", 0)
        else:
            yield _gauge("roster_database_up", "Whether the database answers", 1)

    def _of_this_process(self) -> Iterator[Metric]:
        one = self._installation
        version = GaugeMetricFamily("roster_info", "What runs", labels=["version", "model"])
        version.add_metric([openapi.VERSION, one.ranker.model], 1)
        yield version
        index = one.ranker.standing()
        yield _gauge("roster_index_people", "People in the index", index.people)
        yield _gauge("roster_index_waiting", "Not compared by meaning yet", index.waiting)
        yield _gauge("roster_index_bytes", "Size of the index on disk", index.size_bytes)
        yield _gauge("roster_index_change", "Last change that is in it", index.seq)
        now = time()
        if index.read_at is not None:
            age = max(0.0, now - index.read_at.timestamp())
            yield _gauge("roster_index_age_seconds", "Since it was held against the database", age)
        if index.kept_at is not None:
            kept = max(0.0, now - index.kept_at.timestamp())
            yield _gauge("roster_index_kept_seconds", "Since it was written to disk", kept)
        free = shutil.disk_usage(one.settings.data_dir).free
        yield _gauge("roster_disk_free_bytes", "Free where the data folder is", free)

    def _of_the_queue(self) -> Iterator[Metric]:
        labels = ["kind", "state"]
        depth = GaugeMetricFamily("roster_jobs", "Jobs that are not done", labels=labels)
        age = GaugeMetricFamily(
            "roster_jobs_oldest_seconds", "Since the first of them was asked for", labels=labels
        )
        now = time()
        for one in self._installation.jobs.now().counts:
            depth.add_metric([one.kind, one.state], one.count)
            age.add_metric([one.kind, one.state], max(0.0, now - one.oldest.timestamp()))
        yield depth
        yield age

    def _of_the_database(self) -> Iterator[Metric]:
        size = database_now(self._installation).size_bytes
        yield _gauge("roster_database_bytes", "Size of the database", size)
        with self._installation.work() as session:
            outbox = outbox_now(session)
        yield _gauge("roster_outbox_waiting", "Waits to be sent", outbox.waiting)
        yield _gauge("roster_outbox_failed", "Could not be sent", outbox.failed)


def _gauge(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(name, words, value=value)
