"""People as pages: seen by whom they may be, found without a name in any address."""

from __future__ import annotations

import re
from datetime import date

import pytest

from roster.read import Contact, LanguageSkill, Post
from roster.tables import Action, Deployment, Expert
from roster.vocabulary import ActionStatus, ExpertKind, LanguageLevel, Origin, Role
from tests.web.officer import Desk, said

pytestmark = pytest.mark.anyio


def person(desk: Desk, name: str, country: str = "PT", **more: object) -> Expert:
    made = desk.make.expert(name, country=country, **more)  # type: ignore[arg-type]
    desk.make.member(made, desk.make.home)
    desk.make.fact(
        made,
        Post("Head of unit", "Immigration service", employer_kind=ExpertKind.EU_ADMINISTRATION),
        ongoing=True,
    )
    desk.make.fact(made, LanguageSkill("fr", LanguageLevel.C1))
    desk.make.fact(made, Contact("private@invented.example"))
    desk.make.view(made)
    return made


async def test_a_focal_point_sees_her_own_people_and_no_trace_of_others(desk: Desk) -> None:
    own = person(desk, "Ana Prates")
    other = person(desk, "Luc Fontaine", "FR")
    async with desk.client(Role.FOCAL_POINT) as client:
        listed = await client.get("/experts")
        assert "Ana Prates" in listed.text
        assert "Fontaine" not in listed.text
        assert "1 person" in said(listed.text)
        assert "France" not in said(listed.text)
        assert (await client.get("/experts?country=FR")).text.count("Fontaine") == 0
        assert (await client.get(f"/experts/{own.id}")).status_code == 200
        for answer in (
            await client.get(f"/experts/{other.id}"),
            await client.post(f"/experts/{other.id}/status", data={"status": "paused"}),
            await client.post(f"/experts/{other.id}/availability", data={"first": "2027-01-01"}),
        ):
            assert answer.status_code == 404
            assert "Fontaine" not in answer.text
            assert 'href="/experts"' in answer.text, "her sections stand around a refusal"


async def test_a_name_is_found_by_post_and_stands_in_no_address(desk: Desk) -> None:
    person(desk, "Inês Carvalhal Antunes")
    person(desk, "Ana Prates")
    async with desk.client() as client:
        found = await client.post("/search", data={"q": "antunes ines"})
        assert "Inês Carvalhal Antunes" in found.text
        assert "Ana Prates" not in found.text
        hrefs = [part.split('"')[0].lower() for part in found.text.split('href="')[1:]]
        assert not [href for href in hrefs if "antunes" in href or "ines" in href.split("/")]
        assert (await client.get("/experts?q=antunes")).text.count("Ana Prates") == 1
        nobody = await client.post("/search", data={"q": "zzz"})
        assert "Nothing is found" in said(nobody.text)


async def test_contact_data_is_shown_to_who_feeds_the_record_only(desk: Desk) -> None:
    one = person(desk, "Ana Prates")
    async with desk.client(Role.FOCAL_POINT) as client:
        page = await client.get(f"/experts/{one.id}")
        assert "private@invented.example" in page.text
        assert "Who viewed it" in said(page.text)
    async with desk.client() as client:
        page = await client.get(f"/experts/{one.id}")
        assert "Head of unit" in said(page.text)
        assert "private@invented.example" not in page.text
        assert "Who viewed it" not in said(page.text)
        assert "/availability" not in page.text


async def test_an_invented_person_is_said_to_be_one_everywhere(desk: Desk) -> None:
    one = person(desk, "Ana Prates", origin=Origin.SYNTHETIC)
    async with desk.client() as client:
        for path in ("/experts", f"/experts/{one.id}"):
            assert (
                "invented person"
                in said((await client.get(path)).text) + (await client.get(path)).text
            )


async def test_a_focal_point_pauses_and_brings_back(desk: Desk) -> None:
    one = person(desk, "Ana Prates")
    async with desk.client(Role.FOCAL_POINT) as client:
        done = await client.post(f"/experts/{one.id}/status", data={"status": "paused"})
        page = await client.get(done.headers["location"])
        assert "Paused" in page.text
        assert "Bring back" in said(page.text)
        draft = await client.post(f"/experts/{one.id}/status", data={"status": "draft"})
        assert draft.status_code == 409


async def test_days_not_free_are_written_down_and_slips_come_back_beside_their_field(
    desk: Desk,
) -> None:
    one = person(desk, "Ana Prates")
    path = f"/experts/{one.id}/availability"
    async with desk.client(Role.FOCAL_POINT) as client:
        wrong = await client.post(path, data={"first": "2026-05-09", "last": "2026-05-01"})
        assert wrong.status_code == 422
        assert "lies before the first" in said(wrong.text)
        assert 'value="2026-05-09"' in wrong.text
        done = await client.post(
            path, data={"first": "2026-05-01", "last": "2026-05-09", "reason": "On leave"}
        )
        page = said((await client.get(done.headers["location"])).text)
        assert "Not free 1–9 May 2026" in page


async def test_a_deployment_stands_on_the_record_with_its_days_and_role(desk: Desk) -> None:
    one = person(desk, "Ana Prates")
    action = Action(
        facility_id=one.facility_id,
        code="ACT-7",
        name="Statistics",
        status=ActionStatus.ONGOING,
        countries=["GH"],
    )
    desk.make.keep(action)
    sent = Deployment(
        facility_id=one.facility_id,
        action_id=action.id,
        expert_id=one.id,
        role="trainer",
        days=5,
        starts=date(2026, 3, 2),
        ends=date(2026, 3, 6),
    )
    desk.make.keep(sent)
    async with desk.client() as client:
        words = said((await client.get(f"/experts/{one.id}")).text)
    assert action.code in words
    assert "2–6 Mar 2026" in words
    assert "nothing said yet" in words


@pytest.mark.parametrize(
    "path", ["/experts?country=PT&page=9", "/requests?q=migration+statistics&page=9"]
)
async def test_a_page_behind_the_last_one_leads_to_it(desk: Desk, path: str) -> None:
    person(desk, "Ana Prates")
    desk.make.request()
    async with desk.client() as client:
        answer = await client.get(path)
        assert answer.status_code == 303
        assert answer.headers["location"] == path.replace("page=9", "page=1")
        shown = await client.get(answer.headers["location"])
        assert re.search("Ana Prates|Migration statistics", said(shown.text))
