"""A team and a shortlist as files: in the words of the page, for officers, each look recorded."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document
from python_calamine import CalamineWorkbook
from sqlmodel import select

from roster.tables import AccessLog, Change
from roster.vocabulary import LanguageLevel, Origin, Role
from tests.web.officer import Desk
from tests.web.test_rankings import person, ranked
from tests.web.test_shortlists import picked
from tests.web.test_teams import board

pytestmark = pytest.mark.anyio


def words_of(content: bytes) -> str:
    made = Document(BytesIO(content))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in made.paragraphs), *cells])


async def test_a_kept_team_leaves_as_a_document_and_a_workbook(desk: Desk) -> None:
    async with desk.client() as client:
        path = await board(desk, client)
        rules = {"mode": "peer_to_peer", "size": "2", "run": "1", "proposal": "0"}
        kept = (await client.post(f"{path}s", data=rules)).headers["location"]
        page = await client.get(kept)
        href = f"{path}s/{kept.split('kept=')[1]}/export"
        assert f"{href}?format=docx" in page.text
        document = await client.get(f"{href}?format=docx")
        workbook = await client.get(f"{href}?format=xlsx", headers={"Accept-Language": "fr"})
    words = words_of(document.content)
    for said in ("Registers", "Peer-to-peer", "Head of unit", "Institute", "English C1", "Ghana"):
        assert said in words, said
    name = document.headers["content-disposition"]
    assert name.startswith('attachment; filename="team-')
    assert "Person" not in name
    book = CalamineWorkbook.from_filelike(BytesIO(workbook.content))
    assert "Suppléants" in book.sheet_names
    assert workbook.headers["content-language"] == "fr"
    looked = desk.session.exec(select(AccessLog).where(AccessLog.what == "export")).all()
    assert len({one.expert_id for one in looked}) == 4
    exported = desk.session.exec(select(Change).where(Change.act == "exported")).all()
    assert [one.detail["format"] for one in exported] == ["docx", "xlsx"]


async def test_a_shortlist_leaves_with_stage_note_and_mark(desk: Desk) -> None:
    person(desk, "=Ana Fits", LanguageLevel.C1, origin=Origin.SYNTHETIC)
    async with desk.client() as client:
        path, _ = await picked(client, await ranked(desk, client), note="Knows registers")
        assert f"{path}/export?format=xlsx" in (await client.get(path)).text
        document = await client.get(f"{path}/export?format=docx")
        workbook = await client.get(f"{path}/export?format=xlsx")
    words = words_of(document.content)
    assert "Knows registers" in words
    assert "Synthetic" in words
    rows = CalamineWorkbook.from_filelike(BytesIO(workbook.content)).get_sheet_by_index(1)
    assert rows.to_python()[1][:2] == ["Shortlisted", "=Ana Fits"]


@pytest.mark.parametrize(
    ("role", "end", "status"),
    [
        pytest.param(Role.FOCAL_POINT, "shortlist/export", 403, id="focal-point"),
        pytest.param(None, "shortlist/export", 303, id="nobody"),
        pytest.param(
            Role.PROJECT_OFFICER,
            "teams/00000000-0000-0000-0000-000000000001/export",
            404,
            id="no-such-team",
        ),
        pytest.param(Role.PROJECT_OFFICER, "shortlist/export?format=exe", 422, id="format"),
    ],
)
async def test_nobody_else_gets_a_file(
    desk: Desk, role: Role | None, end: str, status: int
) -> None:
    async with desk.client() as client:
        path = await ranked(desk, client)
    async with desk.client(role) as client:
        answer = await client.get(path.replace("ranking", end))
    assert answer.status_code == status
    assert "attachment" not in answer.headers.get("content-disposition", "")
