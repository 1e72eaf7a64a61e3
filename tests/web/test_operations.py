"""Administrators and auditors see how the service stands; jobs are changed by administrators."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from roster.jobs import about
from roster.read import JobCount, JobRow, JobsNow
from roster.tables import Document
from roster.vocabulary import DocumentKind, JobKind, JobState, Role
from tests.web.officer import Desk, said

pytestmark = pytest.mark.anyio

PATH = "/administration/operations"
_AT = datetime(2026, 3, 2, tzinfo=UTC)


class KnownJobs:
    """A queue that holds what it was given, and remembers what it was told."""

    def __init__(self, *stopped: JobRow) -> None:
        self.stopped = stopped
        self.told: list[tuple[str, str]] = []

    def now(self) -> JobsNow:
        counts = (JobCount(JobKind.READING, JobState.GIVEN_UP, len(self.stopped), _AT),)
        return JobsNow(counts, stopped=self.stopped)

    def call_off(self, job_id: str) -> None:
        self.told.append(("call off", job_id))

    def begin_anew(self, job_id: str) -> None:
        self.told.append(("begin anew", job_id))

    def enqueue_reading(self, document_id: object) -> None: ...

    def enqueue_batch(self, batch_id: object) -> None: ...

    def enqueue_rereading(self, rereading_id: object) -> None: ...

    def without_job(self, *_asked: object) -> tuple[()]:
        return ()


def _job(document: Document) -> JobRow:
    name = f"reading-{document.id}"
    reason = "text: OSError at pipeline.py:7"
    state = JobState.GIVEN_UP
    return JobRow(name, JobKind.READING, document.id, state, _AT, _AT, 5, 0, "host-1", reason)


def _document(desk: Desk, facility: UUID) -> Document:
    made = Document(
        facility_id=facility, kind=DocumentKind.CV, file_name="secret-name.pdf", size_bytes=1,
        sha256=uuid4().hex,
    )  # fmt: skip
    desk.session.add(made)
    desk.session.commit()
    return made


async def test_a_job_given_up_is_seen_and_begun_anew_by_its_administrator(desk: Desk) -> None:
    own = _document(desk, desk.make.home.id)
    other = _document(desk, desk.make.facility("elsewhere").id)
    jobs = KnownJobs(_job(own), _job(other))
    desk.installation = replace(desk.installation, jobs=jobs)
    async with desk.client(Role.ADMINISTRATOR) as client:
        page = said((await client.get(PATH)).text)
        assert str(own.id)[:8] in page
        assert "OSError at pipeline.py:7" in page
        assert str(other.id)[:8] not in page, "what another facility reads is not shown"
        assert "secret-name" not in page
        done = await client.post(f"{PATH}/jobs/reading-{own.id}/begin-anew")
        assert done.headers["location"] == PATH
        assert (await client.post(f"{PATH}/jobs/reading-{own.id}/call-off")).status_code == 303
        foreign = await client.post(f"{PATH}/jobs/reading-{other.id}/begin-anew")
        assert foreign.status_code == 404
    assert jobs.told == [("begin anew", f"reading-{own.id}"), ("call off", f"reading-{own.id}")]


async def test_an_auditor_looks_and_changes_nothing(desk: Desk) -> None:
    own = _document(desk, desk.make.home.id)
    desk.installation = replace(desk.installation, jobs=KnownJobs(_job(own)))
    async with desk.client(Role.AUDITOR) as client:
        page = (await client.get(PATH)).text
        assert "At this moment" in said(page)
        assert "begin-anew" not in page
        refused = await client.post(f"{PATH}/jobs/reading-{own.id}/begin-anew")
        assert refused.status_code == 403
    async with desk.client(Role.PROJECT_OFFICER) as client:
        assert (await client.get(PATH)).status_code == 403


def test_the_name_of_a_job_says_what_it_is_about() -> None:
    one = uuid4()
    assert about(f"batch-{one}-{uuid4()}") == (JobKind.BATCH, one)
    assert about(f"reading-{one}") == (JobKind.READING, one)
