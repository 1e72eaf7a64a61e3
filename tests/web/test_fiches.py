"""From screening to the decision on pages: rows grow, links open one fiche, votes are counted."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from docx import Document
from httpx import AsyncClient

from roster.inputs import FacilityRules
from roster.vocabulary import RequestStatus, Role
from tests.web.officer import Desk, ids_in, said

pytestmark = pytest.mark.anyio

S = RequestStatus
FICHE = {
    "title": "Migration data",
    "objective": "Better data",
    "results_title_1": "A data base",
    "results_constituent_1": "knowledge base",
    "activities_title_1": "Training",
    "activities_type_1": "training",
    "activities_days_1": "4",
    "expert_days": "6",
}


async def drafted(client: AsyncClient, path: str) -> str:
    """Begin the fiche of a screened request and write it; return the fiche's path."""
    begun = await client.post(f"{path}/fiches")
    fiche = str(begun.headers["location"]).removesuffix("/edit")
    saved = await client.post(fiche, data=FICHE)
    assert saved.headers["location"] == f"{path}/fiche"
    return fiche


async def invited(client: AsyncClient, path: str, role: str) -> str:
    page = await client.post(f"{path}/guests", data={"role": role, "label": "A body"})
    assert page.status_code == 200, said(page.text)
    return str(re.findall(r"/guest/[A-Za-z0-9_-]{20,}", page.text)[0])


async def test_the_checklist_is_prefilled_and_ends_when_every_point_is_answered(
    desk: Desk,
) -> None:
    desk.make.home.rules = {"eligible_countries": ["GH"]}
    path = f"/requests/{desk.make.request(countries=['CI']).id}"
    async with desk.client() as client:
        page = await client.get(f"{path}/screening")
        assert "Côte d’Ivoire may not ask" in said(page.text)
        legends = re.findall(r"<legend>(.*?)</legend>", page.text)
        assert "Does it fit what was done before, and what others do now?" in legends
        assert len(set(legends)) == len(legends)  # Each group of answers names its question.
        assert "may not ask" in said((await client.get(path)).text)
        few = {"answer_ownership": "unknown", "then": "save"}
        refused = await client.post(f"{path}/screening", data=few)
        assert (refused.status_code, "why it cannot be told" in said(refused.text)) == (422, True)
        kept = await client.post(f"{path}/screening", data={**few, "note_ownership": "No answer"})
        assert kept.headers["location"] == f"{path}/screening"
        early = await client.post(f"{path}/screening", data={"answer_ownership": "yes",
                                                             "then": "screened"})  # fmt: skip
        assert (early.status_code, "every point" in said(early.text)) == (409, True)
        every = {f"answer_{item}": "yes" for item in FacilityRules().screening}
        done = await client.post(f"{path}/screening", data={**every, "then": "screened"})
        assert done.headers["location"] == f"{path}/fiche"


async def test_a_row_is_added_without_losing_what_was_typed(desk: Desk) -> None:
    path = f"/requests/{desk.make.request(status=S.SCREENED).id}"
    async with desk.client() as client:
        begun = await client.post(f"{path}/fiches")
        fiche = begun.headers["location"].removesuffix("/edit")
        more = await client.post(fiche, data={**FICHE, "add": "activities"})
        assert more.status_code == 200
        assert 'name="activities_title_2"' in more.text
        assert ">A data base</textarea>" in more.text
        wrong = {**FICHE, "activities_title_3": "Visit", "activities_type_3": "study_visit",
                 "activities_starts_3": "2027-13"}  # fmt: skip
        refused = await client.post(fiche, data=wrong)
        assert refused.status_code == 422
        assert 'id="f-activities_starts_3-e"' in refused.text


async def test_a_version_is_shared_changed_and_written_as_a_document(desk: Desk) -> None:
    path = f"/requests/{desk.make.request(status=S.SCREENED).id}"
    async with desk.client() as client:
        fiche = await drafted(client, path)
        words = said((await client.get(f"{path}/fiche")).text)
        assert "6 expert days; the activities take 4 expert days: 2 are left" in words
        await client.post(f"{fiche}/share")
        second = (await client.post(f"{path}/fiches")).headers["location"].removesuffix("/edit")
        await client.post(second, data={**FICHE, "objective": "Best data"})
        words = said((await client.get(f"{path}/fiche")).text)
        assert "What this version changes against version 1" in words
        assert "Best data" in words
        file = await client.get(f"{path}/fiche/export?version=2", headers={"Accept-Language": "fr"})
        told = [one.text for one in Document(BytesIO(file.content)).paragraphs]
        assert any("Migration data" in one for one in told)
        assert file.headers["content-language"] == "fr"
        assert (await client.get(f"{path}/fiche/export?version=9")).status_code == 404


async def test_a_link_opens_one_fiche_and_nothing_else(desk: Desk) -> None:
    path = f"/requests/{desk.make.request(status=S.SCREENED).id}"
    other = desk.make.request("REQ-2026-777", status=S.SCREENED, authority="Other ministry")
    async with desk.client() as client:
        fiche = await drafted(client, path)
        link = await invited(client, path, "eu_delegation")
        await drafted(client, f"/requests/{other.id}")
        before = (await client.get(link)).text
        await client.post(f"{fiche}/share")
        guests = ids_in((await client.get(f"{path}/fiche")).text, "/guests/")
        async with desk.client(None) as nobody:
            assert "nothing to read yet" in said(before)
            page = await nobody.get(link)
            assert page.headers["referrer-policy"] == "no-referrer"
            words = said(page.text)
            assert "Better data" in words
            assert "REQ-2026-777" not in page.text
            assert "Other ministry" not in page.text
            assert "/requests" not in page.text
            sent = await nobody.post(f"{link}?do=comment", data={"part": "risks", "text": "Vote"})
            assert sent.headers["location"] == f"{link}?told=comment"
            refused = await nobody.post(f"{link}?do=vote", data={"choice": "for"})
            assert refused.status_code == 403
            empty = await nobody.post(f"{link}?do=comment", data={"text": ""})
            assert empty.status_code == 422
            assert (await nobody.get("/guest/wrong")).status_code == 404
        assert "Vote" in said((await client.get(f"{path}/fiche")).text)
        await client.post(f"/guests/{guests[0]}/revoke")
        assert (await client.get(link)).status_code == 404


async def test_the_committee_votes_and_the_decision_is_recorded(desk: Desk) -> None:
    desk.make.home.rules = {"least_votes": 2}
    path = f"/requests/{desk.make.request(status=S.SCREENED).id}"
    async with desk.client() as client:
        fiche = await drafted(client, path)
        link = await invited(client, path, "committee_member")
        await client.post(f"{fiche}/submit")
        async with desk.client(None) as nobody:
            silent = await nobody.post(f"{link}?do=vote", data={"choice": "against"})
            assert (silent.status_code, "why you do not vote" in said(silent.text)) == (422, True)
            cast = await nobody.post(f"{link}?do=vote", data={"choice": "for"})
            assert cast.status_code == 303
            assert "Change your vote" in said((await nobody.get(link)).text)
        words = said((await client.get(f"{path}/decision")).text)
        assert "1 of 1 members has voted; the rules ask for 2 votes." in words
        given = {"outcome": "approved", "decided_on": "2026-03-02", "minutes": "Item 4"}
        early = await client.post(f"{path}/decision", data=given)
        assert (early.status_code, "1 of 2 votes" in said(early.text)) == (409, True)
        done = await client.post(f"{path}/decision", data={**given, "without_votes": "Urgent"})
        assert done.status_code == 303
        words = said((await client.get(f"{path}/decision")).text)
        assert "Minutes: Item 4" in words


async def test_a_request_is_split_and_joined_on_its_page(desk: Desk) -> None:
    path = f"/requests/{desk.make.request(countries=['CI', 'ML', 'SN']).id}"
    async with desk.client() as client:
        none = await client.post(f"{path}/split", data={})
        assert (none.status_code, "at least two requests" in said(none.text)) == (422, True)
        split = await client.post(f"{path}/split", data={"country": ["CI"]})
        assert split.status_code == 303
        page = await client.get(f"{path}/decision")
        parts = [one for one in ids_in(page.text, "/requests/") if str(one) not in path]
        assert "Migration statistics: Mali and Senegal" in said(page.text)
        data = {"with": [str(parts[1])], "title": "West Africa"}
        joined = await client.post(f"/requests/{parts[0]}/join", data=data)
        made = await client.get(joined.headers["location"])
        assert "West Africa" in made.text
        alone = await client.post(f"{joined.headers['location']}/join", data={"title": "x"})
        assert alone.status_code == 422


async def test_rounds_are_set_by_the_coordinator(desk: Desk) -> None:
    given = {"name": "Round 1", "opens": "2026-03-01", "closes": "2026-03-31"}
    async with desk.client(Role.COORDINATOR) as client:
        assert (await client.post("/rounds", data=given)).status_code == 303
        twice = await client.post("/rounds", data={**given, "name": "Round 2"})
        assert (twice.status_code, "covers some of these days" in said(twice.text)) == (409, True)
        wrong = await client.post("/guidelines", data={"title": ""})
        assert wrong.status_code == 422
        page = await client.get("/rounds")
        assert "open now" in said(page.text)
    async with desk.client() as client:
        assert "New round" not in said((await client.get("/rounds")).text)
