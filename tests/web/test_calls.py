"""Calls and releases on pages: the officer calls, a focal point answers, both see what follows."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from httpx import AsyncClient
from sqlmodel import select

from roster.tables import Call, Release, Seat, ShortlistEntry, Team
from roster.vocabulary import ReleaseOutcome, Role, SeatRole, Stage, TeamMode
from tests.factories import Factory
from tests.web.officer import Desk, ids_in, said

pytestmark = [
    pytest.mark.anyio,
    # The rules are held on both databases by tests/roster/test_releases.py.
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


async def _sent(client: AsyncClient, path: str, **form: str) -> str:
    """Post a form and return the page that it leads to."""
    answer = await client.post(path, data=form)
    assert answer.status_code == 303, said(answer.text)
    shown = await client.get(answer.headers["location"])
    assert shown.status_code == 200
    return shown.text


def _kept(make: Factory, request: UUID, lead: UUID, alternate: UUID) -> tuple[Team, Seat]:
    team = Team(facility_id=make.home.id, request_id=request, mode=TeamMode.PEER_TO_PEER)
    make.keep(team)
    seat = Seat(
        facility_id=make.home.id,
        team_id=team.id,
        position=1,
        role=SeatRole.LEAD,
        need={"role": "lead"},
        expert_id=lead,
        alternates=[str(alternate)],
    )
    make.keep(seat)
    return team, seat


async def test_from_the_call_over_a_refusal_to_the_alternate(desk: Desk) -> None:
    make = desk.make
    ana, rui = make.expert("Ana Prates"), make.expert("Rui Couto")
    for person in (ana, rui, make.expert("Léa Brun", country="FR")):
        make.view(person)
    request = make.request(topics=["data_management"], countries=["SN"])
    team, seat = _kept(make, request.id, ana.id, rui.id)
    path = f"/requests/{request.id}"
    async with desk.client(Role.FOCAL_POINT) as lisbon, desk.client() as officer:
        form = (await officer.get(f"{path}/call")).text
        assert "1 of the kept team lives there and is not released yet" in said(form)
        assert re.findall(r'name="country" value="(..)" checked', form) == ["PT"]
        assert f'<option value="{team.id}" selected>' in form
        nobody = await officer.post(f"{path}/call", data={"text": "soon"})
        assert nobody.status_code == 422
        assert "Tick at least one country." in said(nobody.text)
        page = await _sent(officer, f"{path}/call", country="PT", team_id=str(team.id))
        call = desk.session.exec(select(Call)).one()
        assert "Nobody has been nominated yet" in said(page)
        assert "The call was sent." in said(page)

        mine = (await lisbon.get("/calls")).text
        assert ids_in(mine, "/calls/") == [call.id]
        own = (await lisbon.get(f"/calls/{call.id}")).text
        assert "Ana Prates" in own
        assert "Rui Couto" in own
        assert "Léa Brun" not in own
        assert request.title not in said(own)
        answer = f"/calls/{call.id}/nominations"
        own = await _sent(lisbon, answer, expert_id=str(ana.id), note="statistician")
        assert "You have nominated 1 person" in said(own)
        assert "Nominated: Ana Prates." in said(own)

        page = (await officer.get(f"/calls/{call.id}")).text
        assert "statistician" in said(page)
        page = await _sent(officer, f"{path}/releases", expert_id=str(ana.id), seat_id=str(seat.id))
        assert "1 release waits for an answer" in said(page)
        release = desk.session.exec(select(Release)).one()
        wrong = await lisbon.post(f"/releases/{release.id}/answer", data={"outcome": "refused"})
        assert wrong.status_code == 422
        page = await _sent(
            lisbon, f"/releases/{release.id}/answer", outcome="refused", reason="staff"
        )
        assert "Not released: Ana Prates." in said(page)

        page = said((await officer.get(f"{path}/releases")).text)
        assert "1 seat is open" in page
        assert "Short of staff" in page
        shown = await _sent(officer, f"{path}/seats/{seat.id}/person", expert_id=str(rui.id))
        assert "seat is open" not in said(shown)
        box = (await officer.get("/messages")).text
        assert "A seat of the team is open" in said(box)
        await _sent(officer, "/messages/read")
        assert "Nothing new" in said((await officer.get("/messages")).text)


async def test_without_a_team_the_first_states_of_outreach_are_ticked_and_say_so(
    desk: Desk,
) -> None:
    request = desk.make.request(topics=["data_management"], countries=["SN"])
    async with desk.client(Role.FOCAL_POINT), desk.client() as officer:
        form = (await officer.get(f"/requests/{request.id}/call")).text
        assert re.findall(r'name="country" value="(..)" checked', form) == ["PT"]
        assert "in the order in which to ask" in said(form)
        refused = await officer.post(f"/requests/{request.id}/call", data={"text": "soon"})
        assert "checked" not in refused.text  # What was unticked stays so.


async def test_a_release_is_granted_given_in_general_and_withdrawn(desk: Desk) -> None:
    make = desk.make
    ana = make.expert("Ana Prates")
    make.view(ana)
    request = make.request()
    entry = ShortlistEntry(
        facility_id=make.home.id, request_id=request.id, expert_id=ana.id, stage=Stage.SHORTLISTED
    )
    make.keep(entry)
    dates = {"valid_from": "2026-03-02", "valid_to": "2026-05-01"}
    async with desk.client(Role.FOCAL_POINT) as lisbon, desk.client() as officer:
        await _sent(officer, f"/requests/{request.id}/releases", expert_id=str(ana.id))
        release = desk.session.exec(select(Release)).one()
        page = await _sent(lisbon, f"/releases/{release.id}/answer", outcome="granted", **dates)
        assert "Released: Ana Prates." in said(page)
        page = await _sent(lisbon, "/releases", expert_id=str(ana.id), **dates, days="10")
        assert "in general" in said(page)
        late = await lisbon.post(
            "/releases", data={"expert_id": str(ana.id), **dates, "valid_to": "2026-03-01"}
        )
        assert late.status_code == 422
        await _sent(lisbon, f"/releases/{release.id}/withdraw", reason="availability")
        listed = said((await officer.get("/releases")).text)
        assert "withdrawn" in listed
    desk.session.expire_all()
    assert desk.session.get_one(Release, release.id).outcome is ReleaseOutcome.WITHDRAWN
    assert desk.session.get_one(ShortlistEntry, entry.id).stage is Stage.NOT_RELEASED


async def test_what_was_typed_into_an_answer_stays_beside_the_reason_against_it(
    desk: Desk,
) -> None:
    make = desk.make
    ana, untold = make.expert("Ana Prates"), make.expert("Rui Couto", informed=False)
    for person in (ana, untold):
        make.view(person)
    request = make.request(topics=["data_management"])
    async with desk.client(Role.FOCAL_POINT) as lisbon, desk.client() as officer:
        await _sent(officer, f"/requests/{request.id}/call", country="PT")
        call = desk.session.exec(select(Call)).one()
        path = f"/calls/{call.id}"
        page = await lisbon.post(f"{path}/nobody", data={"note": "in spring again"})
        assert (page.status_code, 'value="in spring again"' in page.text) == (422, True)
        assert 'id="f-nobody-reason-e"' in page.text
        words = {"expert_id": str(untold.id), "note": "ten years of statistics"}
        page = await lisbon.post(f"{path}/nominations", data=words)
        assert (page.status_code, 'value="ten years of statistics"' in page.text) == (422, True)

        await _sent(officer, f"/requests/{request.id}/releases", expert_id=str(ana.id))
        release = desk.session.exec(select(Release)).one()
        dates = {"valid_from": "2026-03-02", "valid_to": "2026-05-01"}
        await _sent(lisbon, f"/releases/{release.id}/answer", outcome="granted", **dates)
        page = await lisbon.post(f"/releases/{release.id}/withdraw", data={"note": "moved away"})
        assert (page.status_code, 'value="moved away"' in page.text) == (422, True)
        assert "Why Ana Prates is not released" in said(page.text)
        long = await lisbon.post("/interests/PT", data={"note": "x" * 2_001})
        assert (long.status_code, "x" * 2_001 in long.text) == (422, True)


async def test_a_state_says_what_it_wants_to_work_on(desk: Desk) -> None:
    async with desk.client(Role.FOCAL_POINT) as lisbon, desk.client() as officer:
        wrong = await lisbon.post("/interests/PT", data={"countries": "Atlantis", "note": "x"})
        assert wrong.status_code == 422
        assert "Atlantis" in wrong.text
        kept = await _sent(
            lisbon, "/interests/PT", topics="data_management", regions="011", countries="Brazil"
        )
        assert "Kept: what Portugal wants to work on." in said(kept)
        listed = said((await officer.get("/interests")).text)
        assert "Western Africa and Brazil" in listed
