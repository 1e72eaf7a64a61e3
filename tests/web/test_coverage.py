"""The page of coverage: holes in words, the people behind a cell, the same as a workbook."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from roster.read import LanguageSkill, Mission, TopicExperience
from roster.tables import Action
from roster.vocabulary import ActionStatus, LanguageLevel, Origin, Role
from tests.web.officer import Desk, said

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


@pytest.fixture
def needed(desk: Desk) -> Desk:
    person = desk.make.expert("Ana Prates")
    desk.make.fact(person, TopicExperience("remittances"))
    desk.make.fact(person, LanguageSkill("fr", LanguageLevel.C1))
    desk.make.fact(person, Mission("Seminar", countries=("ML",)))
    desk.make.view(person)
    for code, topic in (("mali-i", "remittances"), ("mali-ii", "minors")):
        desk.make.keep(
            Action(
                facility_id=desk.make.home.id,
                origin=Origin.REAL,
                code=code,
                name=code,
                status=ActionStatus.COMPLETED,
                countries=["ML"],
                topics=[topic],
            )
        )
    return desk


async def test_a_need_that_nobody_meets_is_told_in_words(needed: Desk) -> None:
    async with needed.client() as client:
        words = said((await client.get("/coverage")).text)
    assert "2 needs were asked for and have nobody, or one or two people" in words
    assert "Minors and unaccompanied children French, Africa asked 1 time, nobody" in words


async def test_a_cell_opens_the_people_whom_it_counts(needed: Desk) -> None:
    async with needed.client() as client:
        page = (await client.get("/coverage")).text
        hrefs = re.findall(r'href="(/coverage/people[^"]+)"', page)
        assert hrefs
        words = said((await client.get(unescape(hrefs[0]))).text)
    assert "1 person" in words
    assert "Ana Prates" in words


async def test_a_need_that_does_not_exist_is_not_found(desk: Desk) -> None:
    async with desk.client() as client:
        asked = "/coverage/people?topic=nothing&language=fr&region=Africa"
        assert (await client.get(asked)).status_code == 404


async def test_an_empty_roster_says_what_is_counted(desk: Desk) -> None:
    async with desk.client() as client:
        words = said((await client.get("/coverage?map=expertise")).text)
    assert "Nothing was asked for yet" in words


async def test_the_workbook_holds_a_line_for_each_cell(needed: Desk) -> None:
    async with needed.client() as client:
        answer = await client.get("/coverage/export")
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    rows = book.get_sheet_by_name("Needs").to_python()
    assert ["Remittances", "French", "Africa", 1, 0, 1] in rows


async def test_a_focal_point_has_no_coverage(desk: Desk) -> None:
    async with desk.client(Role.FOCAL_POINT) as client:
        assert (await client.get("/coverage")).status_code == 403
