"""Decisions on single facts through the API: listed, taken, taken back, never unseen."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from httpx import AsyncClient
from sqlmodel import select

from roster.fact_decisions import correct_own
from roster.inputs import FactInput
from roster.queries.decided_facts import version_of
from roster.read import FactValue, LanguageSkill, Name
from roster.serial import to_json
from roster.tables import AccessLog, Change, Expert, Fact
from roster.vocabulary import ExpertStatus, FactKind, FactStatus, LanguageLevel, Role
from tests.api.conftest import Callers
from tests.factories import Factory

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
API = "/api/v1"
WRONG = {"verdict": "wrong", "version": "proposed."}


@pytest.fixture
def read(make: Factory) -> tuple[Expert, Fact, Fact]:
    """Ana, her name as confirmed, and French C1 as her CV says, which waits."""
    values: list[tuple[FactValue, str]] = [
        (Name("Ana Prates"), "Ana Prates"),
        (LanguageSkill("fr", LanguageLevel.C1), "French"),
    ]
    _, ana, (name, french) = make.read_cv("Ana Prates. French C1.", values)
    ana.status, name.status = ExpertStatus.ACTIVE, FactStatus.CONFIRMED
    make.member(ana, make.home)
    make.view(ana)
    make.session.commit()
    return ana, name, french


async def standing(client: AsyncClient, ana: Expert) -> dict[str, str]:
    listed = (await client.get(f"{API}/experts/{ana.id}/decisions")).json()
    return {one["kind"]: one["status"] for one in listed["items"]}


async def test_a_fact_is_decided_on_and_the_decision_taken_back(
    callers: Callers, read: tuple[Expert, Fact, Fact]
) -> None:
    ana, name, french = read
    own = f"{API}/facts/{french.id}"
    async with callers.client(Role.FOCAL_POINT, "PT") as client:
        listed = (await client.get(f"{API}/experts/{ana.id}/decisions?purpose=check")).json()
        assert [one["status"] for one in listed["items"]] == ["proposed", "confirmed"]
        assert listed["items"][0] == (await client.get(own)).json()
        seen = {"version": listed["items"][0]["version"]}
        no = await client.post(f"{own}/decision", json={**seen, "verdict": "wrong"})
        assert (no.status_code, no.json()["status"]) == (200, "rejected")
        assert no.json()["decided_by"] is not None
        assert await standing(client, ana) == {"name": "confirmed", "language": "rejected"}
        assert (await client.get(f"{API}/experts/{ana.id}/facts?kind=language")).json()[
            "items"
        ] == []
        late = await client.post(f"{own}/decision", json={**seen, "verdict": "right"})
        unseen = await client.post(f"{own}/undo", json=seen)
        for refused in (late, unseen):
            assert (refused.status_code, refused.json()["type"]) == (409, "/problems/conflict")
        back = await client.post(f"{own}/undo", json={"version": no.json()["version"]})
        assert back.json() == listed["items"][0]
        yes = await client.post(f"{own}/decision", json={**seen, "verdict": "right"})
        again = await client.post(f"{own}/decision", json={**seen, "verdict": "right"})
        assert yes.json() == again.json()
        assert yes.json()["status"] == "confirmed"
        nameless = await client.post(f"{API}/facts/{name.id}/undo", json={"version": "confirmed."})
        assert (nameless.status_code, "no name" in nameless.json()["detail"]) == (409, True)
    looks = callers.session.exec(select(AccessLog).where(AccessLog.expert_id == ana.id)).all()
    assert {"check", "api"} == {one.purpose for one in looks}
    decided = select(Change).where(Change.act == "fact_decided", Change.record_id == ana.id)
    assert len(callers.session.exec(decided).all()) == 3


async def test_a_decision_is_held_to_the_record_as_it_was_read(
    callers: Callers, read: tuple[Expert, Fact, Fact]
) -> None:
    ana, _, french = read
    own, person = f"{API}/facts/{french.id}", f"{API}/experts/{ana.id}"
    async with callers.client(Role.COORDINATOR) as client:
        tag = (await client.get(own)).headers["ETag"]
        days = {"starts": "2027-03-01", "ends": "2027-03-12"}
        await client.post(f"{person}/unavailability", json=days)
        late = await client.post(f"{own}/decision", json=WRONG, headers={"If-Match": tag})
        assert (late.status_code, late.json()["type"]) == (412, "/problems/changed-since")
        assert (await standing(client, ana))["language"] == "proposed"
        tags = [(await client.get(at)).headers["ETag"] for at in (own, person, f"{person}/facts")]
        assert len({one.partition("-")[0] for one in tags}) == 1
        once = {"If-Match": tags[1], "Idempotency-Key": str(uuid4())}
        done = await client.post(f"{own}/decision", json=WRONG, headers=once)
        again = await client.post(f"{own}/decision", json=WRONG, headers={**once, "If-Match": "*"})
        assert (done.status_code, again.content) == (200, done.content)
        assert again.headers["Idempotency-Replayed"] == "true"
        undone = await client.post(
            f"{own}/undo",
            json={"version": done.json()["version"]},
            headers={"If-Match": done.headers["ETag"]},
        )
        assert (undone.status_code, undone.json()["status"]) == (200, "proposed")


async def test_what_the_person_says_is_right_is_shown_with_what_it_replaces(
    callers: Callers, read: tuple[Expert, Fact, Fact], make: Factory
) -> None:
    ana, _, french = read
    better = to_json(LanguageSkill("fr", LanguageLevel.C2))
    said = correct_own(
        make.session,
        make.actor(Role.EXPERT, expert_id=ana.id),
        french.id,
        FactInput(kind=FactKind.LANGUAGE, value=better),
        version_of(french),
        clock=callers.clock,
    )
    make.session.commit()
    async with callers.client(Role.FOCAL_POINT, "PT") as client:
        shown = (await client.get(f"{API}/facts/{said.id}")).json()
        assert (shown["value"]["level"], shown["instead_of"]["level"]) == ("C2", "C1")
        assert shown["said_on"] == callers.clock.now().date().isoformat()
        right = {"verdict": "right", "version": shown["version"]}
        await client.post(f"{API}/facts/{said.id}/decision", json=right)
        facts = (await client.get(f"{API}/experts/{ana.id}/facts?kind=language")).json()["items"]
    assert [one["value"]["level"] for one in facts] == ["C2"]


async def test_facts_of_others_are_told_as_facts_that_are_not_there(
    callers: Callers, read: tuple[Expert, Fact, Fact], make: Factory
) -> None:
    typed = make.fact(read[0], LanguageSkill("es", LanguageLevel.B1))
    make.session.commit()

    async def told(client: AsyncClient, fact_id: UUID) -> list[tuple[int, str]]:
        own, old = f"{API}/facts/{fact_id}", {"If-Match": '"v0"'}
        answers = [
            await client.get(own),
            await client.post(f"{own}/decision", json=WRONG),
            await client.post(f"{own}/decision", json=WRONG, headers=old),
            await client.post(f"{own}/undo", json={"version": "proposed."}),
        ]
        return [(one.status_code, one.json()["detail"]) for one in answers]

    async with callers.client(Role.FOCAL_POINT, "ES") as client:
        nothing = await told(client, uuid4())
        assert {status for status, _ in nothing} == {404}
        assert await told(client, read[2].id) == nothing
    async with callers.client(Role.COORDINATOR, facility=make.facility("elsewhere")) as client:
        assert await told(client, read[2].id) == nothing
    async with callers.client(Role.FOCAL_POINT, "PT") as client:
        # Nobody read it in a CV: it is corrected where it was typed.
        assert await told(client, typed.id) == nothing


async def test_a_draft_is_confirmed_as_a_whole(callers: Callers, make: Factory) -> None:
    values: list[tuple[FactValue, str]] = [(Name("Rui Couto"), "Rui Couto")]
    _, _, (name,) = make.read_cv("Rui Couto.", values)
    make.session.commit()
    async with callers.client(Role.FOCAL_POINT, "PT") as client:
        answer = await client.post(f"{API}/facts/{name.id}/decision", json=WRONG)
    assert (answer.status_code, "Confirm the CV itself" in answer.json()["detail"]) == (409, True)
