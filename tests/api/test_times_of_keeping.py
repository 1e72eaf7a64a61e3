"""Days pass, the chores of the service are done: who is warned, who answers, and who goes."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import orjson
import pytest
from httpx import AsyncClient
from pydantic import SecretStr
from sqlmodel import col, select

from api.chores import chores_of
from api.main import build_app
from api.steady import Steadiness
from roster.ingest import pipeline
from roster.installation import Installation
from roster.tables import (
    Account,
    Action,
    Deployment,
    Document,
    DocumentBlob,
    Erasure,
    Expert,
    Feedback,
)
from roster.vocabulary import ActionStatus, DeploymentStatus, ErasureReason, ExpertStatus, Role
from tests.api.conftest import Callers
from tests.api.mailbox import Mailbox, running_mailbox
from tests.api.test_steady import Machine
from tests.factories import Factory
from web.app import create_web
from web.deps import Site

pytestmark = [
    pytest.mark.long,
    pytest.mark.anyio,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]

PASSWORD = "a long password"
RULES = {"retention": {"records": 365, "originals": 380}, "warn_days": 30}
ANA, RUI = "Ana Prates", "Rui Quaresma"
CV = """{name}
E-mail: {address}

Work experience
2015 - present: Head of unit, Immigration and Borders Service, Lisbon, Portugal

Languages: Portuguese (mother tongue), English C1
"""


def _address(name: str) -> str:
    return f"{name.split()[1].lower()}@invented.example"


@dataclass
class House:
    """A service over the days, its chores and its mail, and who works with it."""

    callers: Callers
    installation: Installation
    machine: Machine
    mail: Mailbox
    begun: date
    focal_point: Account
    coordinator: Account
    auditor: Account

    def __post_init__(self) -> None:
        self.steady = Steadiness(self.machine.clock, self.machine.running)

    def do_chores(self) -> None:
        """Do each chore of the service once."""
        self.callers.session.commit()
        for _, chore in chores_of(self.installation, self.steady):
            chore()
        self.callers.session.expire_all()

    def run_to(self, day: int, *, step: int = 1) -> None:
        """Let days pass until so many are over, with the chores after each step."""
        while (left := (self.begun - self.machine.clock.now().date()).days + day) > 0:
            days = min(step, left)
            self.machine.ran_s += days * 86_400
            self.machine.clock.advance(days=days)
            self.do_chores()

    def mails(self, address: str, word: str) -> list[str]:
        """Return the texts sent to an address that hold a word."""
        return [text for to, text in self.mail.taken() if to == address and word in text]

    @asynccontextmanager
    async def signed_in(self, account: Account) -> AsyncIterator[AsyncClient]:
        """Open a browser in which somebody has signed in."""
        async with self.callers.client() as client:
            client.base_url = httpx.URL("https://test")
            form = {"email": account.email, "password": PASSWORD}
            assert (await client.post("/signin", data=form)).status_code == 303
            yield client

    async def take_in(self, name: str) -> UUID:
        """Upload a CV, read it as a job does, and confirm it."""
        content = CV.format(name=name, address=_address(name)).encode()
        async with self.signed_in(self.focal_point) as client:
            files = {"file": ("cv.txt", content, "text/plain")}
            sent = await client.post("/api/v1/documents", files=files)
            document = UUID(sent.json()["id"])
            here, clock = self.installation, self.machine.clock
            pipeline.read_text(
                here.engine, document, vault=here.vault, clock=clock, most_bytes=200_000
            )
            pipeline.propose_profile(here.engine, document, clock=clock)
            done = await client.post(f"/api/v1/documents/{document}/confirmation", json={})
            assert done.status_code == 201, done.text
            return UUID(done.json()["id"])

    async def figures(self) -> Any:
        """Return the report of the facility."""
        async with self.signed_in(self.coordinator) as client:
            return (await client.get("/api/v1/reports")).json()

    async def audited(self) -> dict[str, Any]:
        """Return what a check of the whole audit says, and its links."""
        async with self.signed_in(self.auditor) as client:
            lines = (await client.get("/audit.ndjson")).text.splitlines()
        return {**orjson.loads(lines[0]), "links": "".join(lines[1:])}

    def originals(self) -> set[UUID | None]:
        """Return whose files are kept."""
        held = select(Document.expert_id).join(
            DocumentBlob, col(DocumentBlob.document_id) == col(Document.id)
        )
        return set(self.callers.session.exec(held))

    def is_kept(self, *people: UUID) -> bool:
        """Whether all of some people are on the roster."""
        found = select(Expert.id).where(
            col(Expert.id).in_(people), Expert.status == ExpertStatus.ACTIVE
        )
        return set(self.callers.session.exec(found)) == set(people)


@pytest.fixture
def house(installation: Installation, callers: Callers, make: Factory) -> Iterator[House]:
    make.home.legal_regime = RULES
    accounts = [make.account(password=PASSWORD) for _ in range(3)]
    make.grant(accounts[0], Role.FOCAL_POINT, country="PT")
    make.grant(accounts[1], Role.COORDINATOR)
    make.grant(accounts[2], Role.AUDITOR)
    machine = Machine()
    machine.clock = callers.clock
    machine.clock.at = datetime.now(UTC).replace(hour=9)
    with running_mailbox() as mail:
        chosen = installation.settings.model_copy(
            update={
                "smtp_url": SecretStr(f"smtp://127.0.0.1:{mail.port}"),
                "mail_from": "roster@invented.example",
                "public_url": "http://roster.example",
            }
        )
        here = replace(installation, settings=chosen)
        pages = create_web(Site(secure_cookies=False))
        pages.state.installation = here
        callers.app = build_app(here, pages)
        yield House(callers, here, machine, mail, machine.clock.now().date(), *accounts)


def _missions(make: Factory, people: list[UUID], year: int) -> None:
    """Write a mission of each, over for a year, and what was said after it."""
    home: dict[str, Any] = {"facility_id": make.home.id}
    action = Action(**home, code="a", name="A", status=ActionStatus.COMPLETED, region="Africa")
    make.keep(action)
    for one in people:
        sent = Deployment(
            **home,
            action_id=action.id,
            expert_id=one,
            role="trainer",
            starts=date(year, 2, 1),
            ends=date(year, 2, 5),
            status=DeploymentStatus.DONE,
        )
        make.keep(sent)
        told: dict[str, Any] = {
            "action_id": action.id,
            "deployment_id": sent.id,
            "rater": "partner",
        }
        make.keep(Feedback(**home, **told, scores={"use": 4}, text="Clear and patient."))


async def test_who_answers_stays_and_who_does_not_goes_while_the_counts_stay(
    house: House, make: Factory
) -> None:
    ana, rui = await house.take_in(ANA), await house.take_in(RUI)
    _missions(make, [ana, rui], house.begun.year - 1)
    house.do_chores()
    house.run_to(334, step=19)
    figures = await house.figures()
    assert next(one for one in figures["totals"] if one["name"] == "people")["figure"]["value"] == 2

    focal_point = house.focal_point.email
    assert house.mails(focal_point, "time of keeping") == []
    house.run_to(335)
    for account in (house.focal_point, house.coordinator):
        assert len(house.mails(account.email, "time of keeping")) == 2
    async with house.signed_in(house.focal_point) as client:
        told = (await client.get("/api/v1/messages")).json()["items"]
        told = [one for one in told if one["kind"] == "retention_due"]
        assert {one["href"] for one in told} == {f"/experts/{one}" for one in (ana, rui)}
        due = (house.begun + timedelta(days=365)).isoformat()
        assert {one["due_on"] for one in told} == {due}
        assert "time of keeping of a record" in (await client.get("/messages")).text
        asked = await client.post("/experts/reminders", data={"gap": "availability"})
        assert asked.status_code == 303
    house.run_to(336)

    links = re.findall(r"/mine/[\w-]+", "".join(house.mails(_address(RUI), "/mine/")))
    assert house.mails(_address(ANA), "/mine/")
    async with house.callers.client() as client:
        assert ANA not in (await client.get(links[-1])).text
        assert (await client.post(f"{links[-1]}/right")).status_code == 303
    head = (await house.audited())["head"]

    house.run_to(364, step=4)
    assert house.is_kept(ana, rui)
    assert house.originals() == {ana, rui}
    house.run_to(365)
    assert house.is_kept(rui)
    house.run_to(366)  # What the erasure wrote down is sealed by now.
    await _ana_is_gone(house, ana, rui, head)
    assert await house.figures() == figures

    house.run_to(380)
    assert (house.originals(), house.is_kept(rui)) == (set(), True)
    house.run_to(336 + 335 - 1, step=40)
    house.run_to(336 + 335)
    house.run_to(336 + 364, step=29)
    assert house.is_kept(rui)
    house.run_to(336 + 365)
    assert not house.is_kept(rui)
    assert await house.figures() == figures
    report = await house.audited()
    assert report["faults"] == []


async def _ana_is_gone(house: House, ana: UUID, rui: UUID, head: str) -> None:
    session, here = house.callers.session, house.installation
    gone = session.get_one(Erasure, ana)
    assert (gone.reason, gone.by) == (ErasureReason.RETENTION, None)
    assert house.originals() == {rui}
    assert len(session.exec(select(Feedback)).all()) == 1
    session.commit()
    async with house.signed_in(house.focal_point) as client:
        assert (await client.get(f"/experts/{ana}")).status_code == 404
        assert (await client.get(f"/experts/{rui}")).status_code == 200
        page = (await client.get("/messages")).text
        assert ANA not in page
        assert [one["id"] for one in (await client.get("/api/v1/experts")).json()["items"]] == [
            str(rui)
        ]
    report = await house.audited()
    assert report["faults"] == []
    assert report["erased"] > 0
    assert head in report["links"]
    traces = [word.encode() for word in (ANA, _address(ANA), "prates")]
    for path in (here.settings.data_dir, *here.settings.data_dir.rglob("*")):
        if path.is_file():
            assert not any(one in path.read_bytes() for one in traces), path


async def test_a_clock_that_was_set_wrong_for_an_hour_takes_nobody(house: House) -> None:
    ana = await house.take_in(ANA)
    house.do_chores()
    house.run_to(340, step=20)
    house.machine.clock.advance(days=3_650)
    house.do_chores()
    assert house.is_kept(ana)
    house.machine.clock.advance(days=-3_650)
    house.do_chores()
    house.run_to(341)
    assert house.is_kept(ana)
    house.run_to(365)
    assert house.is_kept(ana)
    house.run_to(371)
    assert not house.is_kept(ana)
