"""What somebody types into a long form is hers until she sends or discards it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from uuid import UUID

import pytest
from httpx import AsyncClient, Response
from sqlmodel import select

from roster.tables import Fiche, KeptAnswer
from roster.vocabulary import FicheStatus, RequestStatus, Role
from tests.web.officer import Desk, said

pytestmark = pytest.mark.anyio

NEW = {
    "title": "Backlogs in Évora & elsewhere",
    "topics": "data_management",
    "countries": "nowhere yet",
}
FULL = {**NEW, "countries": "Ghana"}
BY_SCRIPT = {"Accept": "text/plain"}


LETTER = "Ministry of Interior, Accra\n\nWe ask for a training on migration statistics."


def hidden(html: str, action: str) -> dict[str, str]:
    """Return what the form that is sent to `action` says of its draft."""
    form = next(
        one
        for one in re.findall(r"<form.*?</form>", html, re.DOTALL)
        if f'action="{action}"' in one and "data-draft" in one
    )
    found = re.findall(r'name="(draft_\w+)" value="([^"]*)"', form)
    return {name: unescape(value) for name, value in found}


async def opened(client: AsyncClient, page: str, action: str) -> dict[str, str]:
    answer = await client.get(page)
    assert answer.status_code == 200
    return hidden(answer.text, action)


async def keep(client: AsyncClient, form: Mapping[str, str], **typed: str) -> Response:
    return await client.post("/drafts", data={**form, **typed}, headers=BY_SCRIPT)


async def test_a_draft_comes_back_until_the_form_is_sent(desk: Desk) -> None:
    async with desk.client() as client:
        form = await opened(client, "/requests/new", "/requests")
        kept = await keep(client, form, **NEW)
        assert (kept.status_code, kept.text[:13]) == (200, "Draft kept at")
        page = (await client.get("/requests/new")).text
        assert "not sent yet" in said(page)
        assert 'value="Backlogs in Évora &amp; elsewhere"' in page
        again = hidden(page, "/requests")
        refused = await client.post("/requests", data={**again, **NEW})
        assert refused.status_code == 422
        assert hidden(refused.text, "/requests")["draft_hand"] == again["draft_hand"]
        sent = await client.post("/requests", data={**again, **FULL})
        assert sent.status_code == 303
        assert "Backlogs" not in (await client.get("/requests/new")).text


async def test_without_script_a_button_keeps_it_and_leads_back(desk: Desk) -> None:
    request = desk.make.request()
    path = f"/requests/{request.id}"
    async with desk.client() as client:
        form = await opened(client, f"{path}/edit", path)
        kept = await client.post("/drafts", data={**form, "title": "Half a title"})
        assert (kept.status_code, kept.headers["location"]) == (303, f"{path}/edit")
        assert 'value="Half a title"' in (await client.get(f"{path}/edit")).text
        small = {"draft_of": path, "draft_page": f"{path}/edit"}
        await client.post("/drafts/discard", data=small)
        page = (await client.get(f"{path}/edit")).text
        assert "Half a title" not in page
        assert "is discarded" in said(page)
        await client.post("/drafts/back", data=small)
        assert 'value="Half a title"' in (await client.get(f"{path}/edit")).text


async def test_what_somebody_else_changed_meanwhile_is_shown_beside_it(desk: Desk) -> None:
    request = desk.make.request()
    path = f"/requests/{request.id}"
    async with desk.client() as mine, desk.client() as hers:
        form = await opened(mine, f"{path}/edit", path)
        await keep(mine, form, title="In my words")
        theirs = await opened(hers, f"{path}/edit", path)
        assert (
            await hers.post(path, data={**theirs, **FULL, "title": "In hers"})
        ).status_code == 303
        page = said((await mine.get(f"{path}/edit")).text)
        assert "Somebody changed what is stored" in page
        assert "Title: In hers" in page
        stale = await mine.post(path, data={**form, **FULL, "title": "In my words"})
        assert stale.status_code == 409
        assert "Title: In hers" in said(stale.text)
        last = {**hidden(stale.text, path), **FULL, "title": "In my words"}
        assert (await mine.post(path, data=last)).status_code == 303


async def test_two_windows_do_not_write_over_each_other(desk: Desk) -> None:
    async with desk.client() as client:
        one = await opened(client, "/requests/new", "/requests")
        other = await opened(client, "/requests/new", "/requests")
        await keep(client, one, title="The first window")
        refused = await keep(client, other, title="The second window")
        assert (refused.status_code, refused.text[:14]) == (409, "Another window")
        assert (await client.post("/drafts", data={**other, "title": "x"})).status_code == 409
        sent = await client.post("/requests", data={**other, **FULL})
        assert sent.status_code == 303
        assert "The first window" in (await client.get("/requests/new")).text


async def test_a_draft_is_its_account_s_alone_encrypted_and_ends(desk: Desk) -> None:
    async with desk.client() as client, desk.client() as other:
        form = await opened(client, "/requests/new", "/requests")
        await keep(client, form, **NEW)
        assert "Backlogs" not in (await other.get("/requests/new")).text
        await other.post("/drafts/discard", data=form)
        assert "Backlogs" in (await client.get("/requests/new")).text
    desk.session.expire_all()
    (row,) = desk.session.exec(select(KeptAnswer)).all()
    assert b"Backlogs" not in (row.answer or b"")
    async with desk.client(None) as stranger:
        assert (await keep(stranger, form, **NEW)).status_code == 401


async def test_a_form_that_comes_too_late_is_kept(desk: Desk) -> None:
    request = desk.make.request(status=RequestStatus.SCREENED)
    async with desk.client() as client:
        begun = (await client.post(f"/requests/{request.id}/fiches")).headers["location"]
        path = begun.removesuffix("/edit")
        form = await opened(client, begun, path)
        desk.session.get_one(Fiche, UUID(path[-36:])).status = FicheStatus.SUBMITTED
        desk.session.commit()
        late = await client.post(path, data={**form, "title": "A better title"})
        assert late.status_code == 409
        assert "kept as a draft" in said(late.text)
        assert f'href="{begun}"' in late.text
        assert "A better title" in (await client.get(begun)).text


async def test_passwords_and_endless_forms_are_no_drafts(desk: Desk) -> None:
    async with desk.client() as client:
        form = await opened(client, "/requests/new", "/requests")
        for typed in ({"new_password": "a long one"}, {"text": "x" * 200_001}):
            assert (await keep(client, form, **typed)).status_code == 422
    assert desk.session.exec(select(KeptAnswer)).all() == []


async def test_every_long_form_keeps_one(desk: Desk) -> None:
    request, ana = desk.make.request(), desk.make.expert("Ana Prates")
    desk.make.view(ana)
    board = f"/requests/{request.id}/shortlist"
    async with desk.client(Role.COORDINATOR) as client:
        await client.post(board, data={"expert": str(ana.id)})
        note = re.findall(r"/shortlist-entries/[0-9a-f-]+/note", (await client.get(board)).text)[0]
        for page, action, field in (
            ("/requests/new", "/requests/letter", "letter_text"),
            ("/actions/new", "/actions/new", "objective"),
            ("/lessons", "/lessons", "text"),
            (board, note, "note"),
        ):
            form = await opened(client, page, action)
            await keep(client, form, **{field: f"Half a {field}"})
            assert f"Half a {field}" in (await client.get(page)).text, page
        read = hidden((await client.get("/requests/new")).text, "/requests/letter")
        beside = await client.post("/requests/letter", data={**read, "letter_text": LETTER})
        form = hidden(beside.text, "/requests")
        assert (await keep(client, form, **FULL, text=LETTER, document="read")).status_code == 200
        again = (await client.get("/requests/new")).text
        assert "Backlogs in Évora" in again
        assert "Accra" in said(again).partition("To check")[0]


async def test_what_is_written_around_a_request_is_kept_form_by_form(desk: Desk) -> None:
    request = desk.make.request(status=RequestStatus.SCREENED, countries=["GH"])
    path = f"/requests/{request.id}"
    async with desk.client(Role.COORDINATOR) as client:
        fiche = (await client.post(f"{path}/fiches")).headers["location"].removesuffix("/edit")
        for page, action, field in (
            ("screening", f"{path}/screening", "note_ownership"),
            ("context", f"{path}/context/sections", "text"),
            ("context", f"{path}/context/groups", "mandate"),
            ("fiche", f"{path}/consultations", "note"),
            ("fiche", f"{fiche}/comments", "text"),
        ):
            form = await opened(client, f"{path}/{page}", action)
            await keep(client, form, **{field: f"Half a {field}"})
            assert (await client.get(f"{path}/{page}")).text.count(f"Half a {field}") == 1, action
        form = hidden((await client.get(f"{path}/context")).text, f"{path}/context/sections")
        country, section = form["draft_of"].split("/")[-2:]
        words = {"country": country, "section": section, "source": "IOM", "as_of": "2025-11-03"}
        sent = {**form, **words, "text": "All of a text"}
        assert (await client.post(f"{path}/context/sections", data=sent)).status_code == 303
        page = (await client.get(f"{path}/context")).text
        assert "All of a text" in page
        assert "Half a text" not in page
        assert "Half a mandate" in page
