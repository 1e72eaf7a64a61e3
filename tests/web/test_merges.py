"""One person on two records: asked of those who see both, merged, parted again."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from roster.confirmations import confirm_cv
from roster.inputs import Confirmation
from roster.read import BirthYear, Name
from roster.tables import AccessLog, Expert, Merge, MergeProposal
from roster.vocabulary import ExpertStatus, Role
from tests.web.officer import Desk, said
from tests.web.test_experts import person

pytestmark = pytest.mark.anyio


def twin_abroad(desk: Desk) -> tuple[Expert, Expert]:
    """Confirm a CV in Portugal of somebody who stands on the roster for France."""
    there = person(desk, "Ana Prates", "FR")
    desk.make.fact(there, BirthYear(1971))
    document, _, _ = desk.make.read_cv(
        "Ana Prates, 1971", [(Name("Ana Prates"), "Ana Prates"), (BirthYear(1971), "1971")]
    )
    focal_point = desk.make.actor(Role.FOCAL_POINT, "PT")
    here = confirm_cv(desk.session, focal_point, document.id, Confirmation(), clock=desk.clock)
    return here, there


async def test_a_twin_abroad_is_asked_of_the_coordinator_only(desk: Desk) -> None:
    here, there = twin_abroad(desk)
    proposal = desk.session.exec(select(MergeProposal)).one()
    assert (proposal.expert_id, proposal.twin_id) == (here.id, there.id)
    async with desk.client(Role.FOCAL_POINT) as client:
        page = (await client.get("/merges")).text
        assert "Nobody seems to stand here twice" in page
        assert "France" not in page
        answer = await client.post(f"/merges/proposals/{proposal.id}", data={"decision": "same"})
        assert answer.status_code == 404
        assert "France" not in said((await client.get(f"/experts/{here.id}/same")).text)
    async with desk.client(Role.COORDINATOR) as client:
        assert "Perhaps the same 1" in said((await client.get("/")).text)
        page = (await client.get("/merges")).text
        assert "1 person may stand here twice" in page
        assert "same year of birth" in page
        assert "1971" not in page
        done = await client.post(
            f"/merges/proposals/{proposal.id}", data={"decision": "same", "keep": str(there.id)}
        )
        assert "Part the two records" in said((await client.get(done.headers["location"])).text)
        old = await client.get(f"/experts/{here.id}")
        assert (old.status_code, old.headers["location"]) == (303, f"/experts/{there.id}")
    async with desk.client(Role.FOCAL_POINT) as client:
        lost = await client.get(f"/experts/{here.id}")
        assert lost.status_code == 404
        assert str(there.id) not in lost.text


async def test_looking_at_two_records_is_written_down_for_both(desk: Desk) -> None:
    here, there = twin_abroad(desk)
    desk.session.commit()

    def seen() -> set[tuple[object, str]]:
        looked = select(AccessLog).where(AccessLog.what == "comparison")
        with Session(desk.installation.engine) as session:
            return {(one.expert_id, one.purpose) for one in session.exec(looked)}

    both = {(here.id, "same person"), (there.id, "same person")}
    async with desk.client(Role.FOCAL_POINT) as client:
        await client.get("/merges")
        await client.get(f"/experts/{here.id}/same")
        assert seen() == set()
    async with desk.client(Role.COORDINATOR) as client:
        await client.get("/merges")
        assert seen() == both


async def test_two_people_are_told_apart_and_never_asked_again(desk: Desk) -> None:
    here, _ = twin_abroad(desk)
    proposal = desk.session.exec(select(MergeProposal)).one()
    async with desk.client(Role.COORDINATOR) as client:
        path = f"/merges/proposals/{proposal.id}"
        assert (await client.post(path, data={"decision": "different"})).status_code == 303
        assert (await client.post(path, data={"decision": "same"})).status_code == 409
        assert "Nobody seems" in (await client.get("/merges")).text
    desk.session.expire_all()
    assert desk.session.get_one(Expert, here.id).status is ExpertStatus.ACTIVE


async def test_a_focal_point_merges_two_of_her_people_and_parts_them(desk: Desk) -> None:
    one, other = person(desk, "Inês Carvalhal"), person(desk, "Inês Carvalhal Antunes")
    stranger = person(desk, "Inês Carvalhal", "FR")
    async with desk.client(Role.FOCAL_POINT) as client:
        likely = said((await client.get(f"/experts/{one.id}/same")).text)
        assert "Inês Carvalhal Antunes" in likely
        found = (await client.post(f"/experts/{one.id}/same", data={"q": "ines"})).text
        assert str(other.id) in found
        assert str(stranger.id) not in found
        path = f"/experts/{one.id}/same/{other.id}"
        assert (await client.post(path, data={"keep": str(stranger.id)})).status_code == 422
        foreign = f"/experts/{one.id}/same/{stranger.id}"
        assert (await client.post(foreign, data={"keep": str(one.id)})).status_code == 404
        done = await client.post(path, data={"keep": str(one.id)})
        page = said((await client.get(done.headers["location"])).text)
        assert "took in Inês Carvalhal Antunes" in page
        merged = desk.session.exec(select(Merge)).one()
        parted = await client.post(f"/merges/{merged.id}/undo")
        assert "apart again" in said((await client.get(parted.headers["location"])).text)
        assert (await client.get(f"/experts/{other.id}")).status_code == 200


async def test_a_record_that_went_into_another_stands_in_no_list_and_is_no_standing(
    desk: Desk,
) -> None:
    one, other = person(desk, "Inês Carvalhal"), person(desk, "Inês Antunes")
    async with desk.client(Role.FOCAL_POINT) as client:
        await client.post(f"/experts/{one.id}/same/{other.id}", data={"keep": str(one.id)})
        for query in ("", "?status=merged"):
            page = (await client.get(f"/experts{query}")).text
            assert "Inês Antunes" not in page
            assert 'value="merged"' not in page
        refused = await client.post(f"/experts/{one.id}/status", data={"status": "merged"})
        assert refused.status_code == 409
