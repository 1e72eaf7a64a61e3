"""The pages of one Action, as an officer uses them: begin, plan, send, judge, close, follow up."""

from __future__ import annotations

import re

import pytest

from roster.tables import Action, Activity, ActivityPlan, Fiche, ShortlistEntry
from roster.vocabulary import (
    ActionStatus,
    ActivityType,
    FicheStatus,
    PlanStatus,
    RequestStatus,
    Role,
    Stage,
)
from tests.web.officer import Desk, ids_in, said

pytestmark = pytest.mark.anyio
BORDERS = "/actions/borders"


@pytest.fixture
def running(desk: Desk) -> Activity:
    """Give a running Action with one activity, and somebody on the shortlist of its request."""
    make = desk.make
    action = Action(
        facility_id=make.home.id,
        code="borders",
        name="Borders",
        status=ActionStatus.ONGOING,
        countries=["CV"],
    )
    make.keep(action)
    plan = ActivityPlan(
        facility_id=make.home.id, action_id=action.id, version=1, status=PlanStatus.APPROVED
    )
    make.keep(plan)
    activity = Activity(
        facility_id=make.home.id,
        plan_id=plan.id,
        number=1,
        type=ActivityType.FACT_FINDING,
        title="Look at the airports",
    )
    make.keep(activity)
    ana = make.expert("Ana Prates")
    make.view(ana)
    request = make.request(action_id=action.id)
    make.keep(
        ShortlistEntry(
            facility_id=make.home.id, request_id=request.id, expert_id=ana.id, stage=Stage.AGREED
        )
    )
    return activity


def beside(html: str, field: str) -> str:
    """Return the message that stands at a field, without marks; empty where none does."""
    found = re.search(rf'id="{field}-e">(.*?)</p>', html, re.DOTALL)
    return re.sub(r"<[^>]+>", "", found[1]).strip() if found else ""


async def test_an_approved_request_is_begun_and_shown_with_its_plan(desk: Desk) -> None:
    request = desk.make.request(status=RequestStatus.APPROVED, countries=["CV"])
    desk.make.keep(
        Fiche(
            facility_id=desk.make.home.id,
            request_id=request.id,
            version=1,
            status=FicheStatus.APPROVED,
            title="Borders of the islands",
            activities=[{"type": "training", "title": "Train the officers", "starts": "2026-05"}],
            results=[{"constituent": "policy", "title": "A manual"}],
        )
    )
    async with desk.client() as client:
        begun = await client.post(f"/requests/{request.id}/action")
        assert begun.headers["location"] == "/actions/borders-of-the-islands"
        page = said((await client.get(begun.headers["location"])).text)
        assert "A manual" in page
        assert "Train the officers" in page
        plan = said((await client.get(f"{begun.headers['location']}/plan")).text)
        assert "Version 1: 1 activity" in plan
        assert "as approved in version 1 of the fiche" in plan


async def test_a_plan_is_changed_in_a_draft_and_the_difference_is_shown(
    desk: Desk, running: Activity
) -> None:
    own = f"{BORDERS}/plan/activities"
    async with desk.client() as client:
        assert (await client.post(f"{BORDERS}/plan/draft")).status_code == 303
        given = {"type": "training", "title": "Train", "starts": "2026-13"}
        wrong = await client.post(f"{own}/new", data=given)
        assert wrong.status_code == 422
        assert "a day that exists, for example 2027-03." in said(wrong.text)
        assert 'value="2026-13"' in wrong.text
        more = {
            **given,
            "starts": "2026-05",
            "deliverable_1": "Manual",
            "due_1": "2026-06-01",
            "institutions": "Police\nCustoms",
        }
        assert (await client.post(f"{own}/new", data=more)).status_code == 303
        form = await client.get(f"{own}/{running.lineage}")
        assert "Look at the airports" in form.text
        changed = {"type": "fact_finding_mission", "title": "Look at the ports"}
        await client.post(f"{own}/{running.lineage}", data=changed)
        await client.post(f"{own}/{running.lineage}/move")
        refused = await client.post(f"{BORDERS}/plan/approval", data={"reason": " "})
        assert refused.status_code == 422
        page = said(refused.text)
        assert "Say why the plan is as it is" in page
        assert "Police; Customs" in page
        assert "2 activities differ from version 1" in page
        assert "Look at the airports Look at the ports" in page
        done = await client.post(f"{BORDERS}/plan/approval", data={"reason": "agreed"})
        assert done.status_code == 303
        old = said((await client.get(f"{BORDERS}/plan?version=1")).text)
        assert "Version 1: 1 activity" in old
        assert (await client.get(f"{BORDERS}/plan?version=9")).status_code == 404


async def test_a_mission_that_is_done_asks_for_a_new_version(desk: Desk, running: Activity) -> None:
    async with desk.client() as client:
        path = f"{BORDERS}/activities/{running.lineage}"
        assert "What came of it" in said((await client.get(path)).text)
        few = {"status": "done", "participants": "3", "women": "5"}
        assert "More women than participants." in said((await client.post(path, data=few)).text)
        await client.post(path, data={"status": "done", "participants": "9", "women": "5"})
        page = said((await client.get(f"{BORDERS}/plan")).text)
        assert "A fact-finding mission is done." in page
        assert "9, 5 women" in page


async def test_somebody_is_sent_checked_done_and_an_overlap_is_told_before_saving(
    desk: Desk, running: Activity
) -> None:
    async with desk.client() as client:
        page = await client.get(f"{BORDERS}/people")
        (ana,) = ids_in(page.text, '<option value="')[:1]
        part = {
            "expert_id": str(ana),
            "lineage": str(running.lineage),
            "role": "lead",
            "starts": "2026-02-02",
            "ends": "2026-02-06",
        }
        assert (await client.post(f"{BORDERS}/people", data=part)).status_code == 303
        assert (await client.post(f"{BORDERS}/people", data=part)).status_code == 303
        assert len(ids_in((await client.get(f"{BORDERS}/people")).text, 'id="d-')) == 1
        told = await client.post(f"{BORDERS}/people", data={**part, "ends": "2026-02-05"})
        assert told.status_code == 409
        assert "Deployed for Borders 2–6 Feb 2026." in said(told.text)
        both = await client.post(f"{BORDERS}/people", data={**part, "anyway": "1"})
        assert both.status_code == 303
        first, second = ids_in((await client.get(f"{BORDERS}/people")).text, 'id="d-')
        own = f"/deployments/{first}"
        await client.post(f"{own}/steps", data={"step": "briefing", "done_on": "2026-02-01"})
        assert "1 of 6 steps done" in said((await client.get(f"{BORDERS}/people")).text)
        assert (await client.post(f"{own}/done")).status_code == 303
        late = {"step": "travel", "done_on": "2030-01-01", "note": "By ferry"}
        kept = await client.post(f"/deployments/{second}/steps", data=late)
        assert beside(kept.text, f"f-s{second}-done_on") == "That day is still to come."
        assert kept.text.count('value="By ferry"') == 1, "in the form it was typed into alone"
        many = await client.post(f"/deployments/{second}", data={**part, "days": "many"})
        assert beside(many.text, f"f-d{second}-days") == "Give a number."
        assert 'value="many"' in many.text
        away = {**part, "starts": "2026-03-09", "ends": "2026-03-10"}
        assert (await client.post(f"/deployments/{second}", data=away)).status_code == 303
        off = f"/deployments/{second}/cancel"
        assert (await client.post(off, data={"reason": ""})).status_code == 422
        assert (await client.post(off, data={"reason": "no visa"})).status_code == 303
        words = said((await client.get(f"{BORDERS}/people")).text)
        assert "0 people are to go, 1 went" in words
        assert "no visa" in words


async def test_an_action_is_judged_closed_and_asked_after(desk: Desk, running: Activity) -> None:
    async with desk.client() as client:
        result = {"constituent": "policy", "title": "A manual"}
        await client.post(f"{BORDERS}/results", data=result)
        (one,) = ids_in((await client.get(BORDERS)).text, f"{BORDERS}/results/")
        judged = f"{BORDERS}/results/{one}"
        refused = await client.post(judged, data={"state": "reached"})
        told = "Say what shows that the result was reached."
        assert beside(refused.text, f"f-r{one}-note") == told
        assert '<option value="reached" selected' in refused.text
        missing = await client.post(f"{BORDERS}/results", data={"constituent": "knowledge base"})
        assert beside(missing.text, "f-new-title") == "Fill this in."
        assert '<option value="knowledge base" selected' in missing.text
        await client.post(judged, data={"state": "reached", "note": "In force"})
        held = await client.post(f"{BORDERS}/status", data={"status": "on_hold"})
        assert (held.status_code, beside(held.text, "f-move-reason")) == (422, "Say why.")
        assert '<option value="on_hold" selected' in held.text
        later = {"status": "cancelled", "reason": "Elections", "on": "2030-01-01"}
        late = await client.post(f"{BORDERS}/status", data=later)
        assert beside(late.text, "f-move-on") == "That day is still to come."
        assert 'value="Elections"' in late.text
        await client.post(f"{BORDERS}/status", data={"status": "completed", "on": "2026-03-01"})
        page = said((await client.get(BORDERS)).text)
        assert "1 of 1 result reached" in page
        assert "6 months after it closed" in page
    desk.clock.advance(days=190)
    async with desk.client() as client:
        asked = await client.get("/actions/follow-ups")
        assert "1 question is open" in said(asked.text)
        (key,) = ids_in(asked.text, 'action="/follow-ups/')
        wrong = {"adopted": "partly", "text": "Two <articles> of five"}
        refused = await client.post(f"/follow-ups/{key}", data=wrong)
        assert beside(refused.text, f"f-u{key}-source").startswith("Say where this was learnt")
        assert "Two &lt;articles&gt; of five</textarea>" in refused.text
        assert '<option value="partly" selected' in refused.text
        answer = {"adopted": "yes", "adopted_on": "2026-08", "source": "Gazette 12"}
        await client.post(f"/follow-ups/{key}", data=answer)
        assert "Adopted, Aug 2026" in said((await client.get(BORDERS)).text)


async def test_an_action_is_written_down_and_corrected_by_hand(desk: Desk) -> None:
    async with desk.client() as client:
        given = {"name": "Cabo Verde III", "countries": "Cabo Verde, Narnia"}
        wrong = await client.post("/actions/new", data=given)
        assert wrong.status_code == 422
        assert "Narnia" in said(wrong.text)
        made = await client.post("/actions/new", data={**given, "countries": "Cabo Verde"})
        assert made.headers["location"] == "/actions/cabo-verde-iii"
        form = await client.get("/actions/cabo-verde-iii/edit")
        assert 'name="countries" value="Cape Verde"' in form.text
        better = {"name": "Cabo Verde IV", "countries": "CV", "starts": "2026"}
        await client.post("/actions/cabo-verde-iii/edit", data=better)
        assert "Cabo Verde IV" in (await client.get("/actions/cabo-verde-iii")).text
        assert "Add the first one to the draft." in said(
            (await client.get("/actions/cabo-verde-iii/plan")).text
        )


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("role", [Role.AUDITOR, Role.FOCAL_POINT], ids=str)
async def test_who_only_reads_gets_no_form_and_no_name(
    desk: Desk, running: Activity, role: Role
) -> None:
    ana = desk.make.expert("Bea Otra", country="ES")
    desk.make.view(ana)
    async with desk.client() as client:
        part = {"expert_id": str(ana.id), "role": "lead", "starts": "2026-05-04"}
        await client.post(f"{BORDERS}/people", data=part)
    async with desk.client(role) as client:
        for path in ("", "/plan", "/people"):
            page = await client.get(f"{BORDERS}{path}")
            assert page.status_code == 200
            main = page.text[page.text.index("<main") : page.text.index("</main>")]
            assert "<form" not in main, path
            assert "Bea Otra" not in page.text
        assert "ES" in (await client.get(f"{BORDERS}/people")).text
