"""Register and notice as pages; a person objects, takes a copy, sees who got data."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest

from roster.tables import Expert
from roster.vocabulary import DocumentState, ExpertStatus, Role
from tests.web.officer import Desk, said
from tests.web.test_notices import confirmed, letter_of

pytestmark = pytest.mark.anyio


async def test_the_register_says_what_is_missing_and_leaves_as_a_file(desk: Desk) -> None:
    desk.make.home.legal_regime = {"contact": "dpo@north.example", "regime": "gdpr"}
    desk.session.commit()
    async with desk.client(Role.AUDITOR) as client:
        page = said((await client.get("/privacy")).text)
        assert "dpo@north.example" in page
        assert "not said yet" in page
        file = await client.get("/privacy/register?format=json")
        assert "controllers" in file.json()["missing"]
        assert (await client.get("/privacy/assessment")).content[:2] == b"PK"
    async with desk.client(None) as client:
        notice = await client.get(f"/notice/{desk.make.home.code}")
        assert "dpo@north.example" in said(notice.text)
        assert (await client.get("/notice/nowhere")).status_code == 404


async def test_a_person_objects_by_her_link_and_takes_it_back(desk: Desk) -> None:
    ana = confirmed(desk)
    path = await letter_of(desk)
    async with desk.client(None) as client:
        assert "Keep it, do not use it" in said((await client.get(path)).text)
        done = await client.post(
            f"{path}/restriction", data={"ground": "objection", "note": "no time"}
        )
        assert done.headers["location"] == path
        page = said((await client.get(path)).text)
        assert "kept and used for nothing" in page
        assert "Ana Prates" in page
        desk.session.expire_all()
        assert desk.session.get_one(Expert, ana.id).status is ExpertStatus.RESTRICTED
        assert (await client.post(f"{path}/restriction", data={"ground": "x"})).status_code == 422
        await client.post(f"{path}/lift")
        desk.session.expire_all()
        assert desk.session.get_one(Expert, ana.id).status is ExpertStatus.ACTIVE
        for way in ("restriction", "lift", "copy"):
            wrong = await client.post(f"/mine/wrong/{way}", data={"ground": "objection"})
            assert wrong.status_code == 404


async def test_a_person_takes_a_copy_and_sees_that_it_was_made(desk: Desk) -> None:
    confirmed(desk)
    path = await letter_of(desk)
    async with desk.client(None) as client:
        answer = await client.post(f"{path}/copy")
        assert answer.headers["cache-control"] == "no-store"
        archive = ZipFile(BytesIO(answer.content))
        assert b"ana@sef.example" in archive.read("data.json")
        assert "a copy of everything" in said((await client.get(path)).text)


async def test_a_coordinator_writes_down_what_a_person_asks_for(desk: Desk) -> None:
    ana = confirmed(desk)
    here = f"/experts/{ana.id}/rights"
    desk.session.commit()
    async with desk.client(Role.COORDINATOR) as client:
        assert here in (await client.get(f"/experts/{ana.id}")).text
        wordless = await client.post(f"{here}/restriction", data={"ground": "contested"})
        assert wordless.status_code == 422
        given = {"ground": "contested", "note": "The dates of her post are wrong."}
        assert (await client.post(f"{here}/restriction", data=given)).status_code == 303
        assert "Ana Prates" not in said((await client.get("/experts")).text)
        assert "Ana Prates" in said((await client.get("/privacy")).text)
        assert "Ana Prates" in (await client.get(f"/experts/{ana.id}")).text
        assert (await client.post(f"{here}/copy")).headers["content-type"] == "application/zip"
        assert (await client.post(f"{here}/lift", data={"note": "corrected"})).status_code == 303
    async with desk.client() as client:
        assert (await client.get(here)).status_code == 403


async def test_an_officer_says_what_she_opens_a_cv_for(desk: Desk) -> None:
    ana = confirmed(desk)
    document = desk.make.document(expert=ana, country="PT")
    document.state = DocumentState.CONFIRMED
    desk.make.version(document, "words of a CV")
    desk.session.commit()
    here = f"/documents/{document.id}"
    async with desk.client() as client:
        asked = said((await client.get(here)).text)
        assert "Why do you open it?" in asked
        assert "words of a CV" not in asked
        assert (await client.post(f"{here}/purpose")).status_code == 422
        await client.post(f"{here}/purpose", data={"purpose": "mission"})
        assert "words of a CV" in (await client.get(here)).text
