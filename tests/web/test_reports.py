"""Reports as pages and files, the exchange with its trial, the catalogue that is off by default."""

from __future__ import annotations

import json
import re
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlmodel import select

from roster.tables import Action, AssistanceRequest
from roster.vocabulary import ActionStatus, Origin, Role
from tests.web.officer import Desk, said

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


def action(desk: Desk, name: str = "Mali I", **said_: Any) -> Action:
    given: dict[str, Any] = {
        "code": "mali-i",
        "status": ActionStatus.ONGOING,
        "region": "Africa",
        **said_,
    }
    row = Action(facility_id=desk.make.home.id, name=name, **given)
    desk.make.keep(row)
    return row


async def test_every_figure_of_the_page_opens_as_many_rows_as_it_says(book: Desk) -> None:
    async with book.client() as client:
        page = await client.get("/reports")
        assert page.status_code == 200
        assert page.text.index("By type of activity") < page.text.index("By topic")
        links = re.findall(r'href="(/reports/rows\?[^"]+)">([\d,]+)</a>', page.text)
        assert len(links) > 100
        for href, number in links[::40]:
            rows = said((await client.get(unescape(href))).text)
            assert f"of {number}" in rows, href


async def test_a_period_is_asked_for_in_the_address_and_said_on_the_page(desk: Desk) -> None:
    action(desk)
    async with desk.client() as client:
        words = said((await client.get("/reports?since=2012-01-01&region=Africa")).text)
        assert "since 1 Jan 2012" in words
        assert "without a date that tells" in words
        wrong = await client.get("/reports?since=2012-01-01&until=2011-01-01")
        assert wrong.status_code == 422
        assert "ends before it begins" in wrong.text
        assert (await client.get("/reports?since=never&region=Nowhere")).status_code == 200


async def test_a_report_leaves_as_workbook_document_and_json_in_the_readers_language(
    desk: Desk,
) -> None:
    action(desk, "=cmd|' /C calc'!A0")
    async with desk.client() as client:
        client.cookies.set("locale", "fr")
        made = await client.get("/reports/export?format=xlsx")
        sheets = CalamineWorkbook.from_filelike(BytesIO(made.content)).sheet_names
        assert "Par type d’activité" in sheets
        document = await client.get("/reports/export?format=docx")
        assert document.content[:2] == b"PK"
        told = json.loads((await client.get("/reports/export?format=json")).content)
    assert (told["language"], len(told["tables"])) == ("fr", 13)
    regions = next(one for one in told["tables"] if one["title"].startswith("Actions par région"))
    assert regions["rows"][0]["Actions"] == 1


async def test_invented_records_are_marked_where_they_are_asked_for(desk: Desk) -> None:
    action(desk, origin=Origin.SYNTHETIC)
    async with desk.client() as client:
        words = said((await client.get("/reports?origin=synthetic")).text)
    assert "Invented records of the demonstration" in words


async def test_the_printed_figures_stand_beside_the_counted_ones(book: Desk) -> None:
    async with book.client(Role.AUDITOR) as client:
        words = unescape(said((await client.get("/reports/printed")).text))
    assert "printed, not recomputable" in words
    assert "they differ, not explained" not in words
    assert re.search(r"Netherlands 22 17", words)


async def test_an_auditor_sees_the_rows_without_ways_that_are_closed_to_her(book: Desk) -> None:
    async with book.client(Role.AUDITOR) as client:
        page = await client.get("/reports/rows?table=totals&row=requests")
        assert "/requests/" not in page.text
        assert (await client.get("/exchange")).status_code == 403


async def test_a_file_is_tried_first_and_taken_in_by_one_press(desk: Desk) -> None:
    file = "code;titre;pays\nD-1;Données migratoires;Mali\n".encode()
    async with desk.client(Role.COORDINATOR) as client:
        tried = await client.post(
            "/exchange", data={"source": "old"}, files={"file": ("x.csv", file, "text/csv")}
        )
        assert tried.status_code == 200
        assert "nothing was written yet" in tried.text
        assert desk.session.exec(select(AssistanceRequest)).all() == []
        kept = unescape(re.search(r'name="rows" value="([^"]*)"', tried.text)[1])  # type: ignore[index]
        done = await client.post(
            "/exchange/take", data={"rows": kept, "source": "old", "known": "skip"}
        )
        assert "All rows were taken in" in done.text
    row = desk.session.exec(select(AssistanceRequest)).one()
    assert (row.code, row.countries, row.imported_from) == ("D-1", ["ML"], "old")


async def test_a_bad_row_is_named_on_the_page_and_cannot_be_pressed_through(desk: Desk) -> None:
    file = b"code;title;countries\nD-1;Data;Atlantis\n"
    async with desk.client(Role.COORDINATOR) as client:
        page = await client.post("/exchange", files={"file": ("x.csv", file, "text/csv")})
        assert page.status_code == 422
        assert "Requests, row 2, column countries" in said(page.text)
        assert "/exchange/take" not in page.text
        assert (await client.post("/exchange")).status_code == 422
        assert (await client.post("/exchange/take", data={"rows": "{"})).status_code == 415


async def test_what_is_exported_has_the_readers_headings(desk: Desk) -> None:
    action(desk)
    async with desk.client(Role.COORDINATOR) as client:
        client.cookies.set("locale", "es")
        made = await client.get("/exchange/export?what=actions&format=csv")
        assert made.content.decode("utf-8-sig").startswith("Código,Nombre,Estado")
        assert (await client.get("/exchange/export?format=csv")).status_code == 422


async def test_the_catalogue_is_off_until_the_facility_says_otherwise(desk: Desk) -> None:
    action(desk, authority="Ministry of the Interior", objective="Better data")
    action(desk, "Invented", code="invented", origin=Origin.SYNTHETIC)
    action(desk, "Secret so far", code="secret", status=ActionStatus.IN_PREPARATION)
    async with desk.client(None) as client:
        assert (await client.get("/catalogue")).status_code == 404
        desk.make.home.rules = {"public_catalogue": True}
        desk.session.add(desk.make.home)
        desk.session.commit()
        page = await client.get("/catalogue")
    words = said(page.text)
    assert "Better data" in words
    assert not any(word in words for word in ("Ministry", "Invented", "Secret"))
