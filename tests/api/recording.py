"""Records what the API answers, for the examples of its reference: run it after a change.

::

    python -m tests.api.recording

It loads the demonstration into a database of its own, calls every operation once as the API is
meant to be used, and keeps request and answer by operation, long lists cut to their first entry.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from pathlib import Path
from typing import Any

from httpx import ASGITransport, AsyncClient, Response
from pydantic import SecretStr
from sqlmodel import col, select

import api.openapi
from api.main import build_app, close_installation, open_installation
from fixtures import demo
from roster.administration import issue_key
from roster.installation import Installation
from roster.migrations import upgrade
from roster.policy import Permission, system_actor
from roster.settings import Settings
from roster.tables import Account, Expert, Facility, MergeProposal
from tests.api.recording_feedback import record_feedback
from tests.api.recording_integration import record_integration
from tests.api.recording_rules import rate_somebody, record_contest, record_rules

PATH = Path(api.openapi.__file__).parent / "examples.json"
_MOST_ITEMS = 2
_LONGEST_TEXT = 400
NEED: dict[str, Any] = {
    "title": "Migration statistics system",
    "authority": "National Institute of Statistics",
    "countries": ["CI"],
    "topics": ["data_management"],
    "activities": ["training"],
    "languages": [{"language": "fr", "minimum": "B2"}],
    "starts": "2027-03-01",
    "ends": "2027-03-12",
    "text": "We ask for support in setting up a national system of migration data.",
}
TODAY = "2026-01-15"
FICHE: dict[str, Any] = {
    "title": "Migration statistics system",
    "objective": "The institute publishes migration data every year.",
    "results": [{"constituent": "knowledge base", "title": "A data base of permits"}],
    "activities": [
        {
            "type": "training",
            "title": "Training on migration data",
            "starts": "2027-03",
            "place": "Abidjan",
            "modality": "on_site",
            "days": 10,
        }
    ],
    "expertise": [{"role": "Trainer", "topics": ["data_management"], "days": 10}],
    "expert_days": 12,
}
CV = """Curriculum vitae

Name: Ana Prates

Professional experience
2015 - present: Head of unit, Immigration and Borders Service, Lisbon, Portugal

Languages
Portuguese: mother tongue
French: C1
"""
LIST = """Surname;First name;E-mail;Organisation;Position;Country;Languages
Vilarinho;Graça;graca.vilarinho@invented.example;Immigration Service;Head of unit;Portugal;French C1
Couto;Rui;rui at invented;Immigration Service;Analyst;Portugal;English B2
"""
RECORDS = """Code;Name;Status;Countries;Topics
mali-ii;Mali II;ongoing;Mali;Remittances
"""
LETTER = (
    "Objet : appui aux statistiques migratoires\n\nNous sollicitons un appui technique pour les "
    "données migratoires de la Côte d'Ivoire. Les experts doivent parler français (B2).\n"
)


class Recorder:
    """Calls operations and keeps what was sent and answered."""

    def __init__(self, client: AsyncClient) -> None:
        self.client = client
        self.kept: dict[str, dict[str, Any]] = {}

    async def call(
        self,
        operation: str,
        method: str,
        path: str,
        body: object | None = None,
        form: dict[str, str] | None = None,
        files: dict[str, tuple[str, bytes, str]] | None = None,
    ) -> Any:
        """Call one operation; return its answer as it came."""
        answer = await self.send(
            operation, method, path, {"json": body, "data": form, "files": files}
        )
        if not answer.is_success:
            raise AssertionError(f"{operation}: {answer.status_code} {answer.text}")
        if not answer.content:
            return None
        example: dict[str, Any] = {"response": shortened(answer.json())}
        if body is not None:
            example["request"] = body
        if form is not None:
            example["request"] = form
        if files is not None:
            example["request"] = {name: f"({file[0]})" for name, file in files.items()}
        self.kept[operation] = example
        return answer.json()

    async def send(self, operation: str, method: str, path: str, sent: dict[str, Any]) -> Response:
        """Send one call; whoever checks operations does more here."""
        del operation  # Its name tells a check what it looks at.
        return await self.client.request(method, path, **sent)


def shortened(value: Any) -> Any:
    """Return a value with its lists and texts cut."""
    if isinstance(value, dict):
        return {key: shortened(one) for key, one in list(value.items())}
    if isinstance(value, list):
        return [shortened(one) for one in value[:_MOST_ITEMS]]
    if isinstance(value, str) and len(value) > _LONGEST_TEXT:
        return value[: _LONGEST_TEXT - 1] + "…"
    return value


async def _record_overview(call: Recorder) -> None:
    for operation, path in (
        ("get_me", "/me"),
        ("get_model", "/meta/model"),
        ("get_vocabularies", "/meta/vocabularies"),
        ("list_problems", "/meta/problems"),
        ("get_figures", "/actions/figures"),
    ):
        await call.call(operation, "GET", path)


async def _record_portfolio(call: Recorder) -> None:
    period = {"starts": "2027-06-20", "ends": "2027-07-31", "most_deployments_a_year": 2}
    await call.call("plan_portfolio", "POST", "/portfolios", period)


async def _record_around(call: Recorder, request: str, ranking_id: str) -> None:
    """Open the names of a list, make it again, and ask which states to write to."""
    await call.call("open_names", "POST", f"{request}/names", {"experts": None})
    await call.call("replay_ranking", "GET", f"/rankings/{ranking_id}/replay")
    await call.call("read_outreach", "GET", f"{request}/outreach")


async def _record_unstored(call: Recorder) -> None:
    """Match, search and read without keeping anything."""
    do = call.call
    await do("match", "POST", "/match", {"request": NEED, "top": 2, "weights": {"country": 1.5}})
    await do("find", "POST", "/search", {"query": "asile Maroc", "most": 2})
    await do("read_letter", "POST", "/requests/read-letter", form={"text": LETTER})


async def record(call: Recorder) -> None:
    """Use the API from request to team, and from CV to person."""
    await _record_overview(call)
    do = call.call
    actions = await do("list_all_actions", "GET", "/actions?per_page=2")
    await do("get_one_action", "GET", f"/actions/{actions['items'][0]['code']}")
    await _record_unstored(call)
    made = await do("create_request", "POST", "/requests", NEED)
    request = f"/requests/{made['id']}"
    await do("update_request", "PUT", request, {**NEED, "urgency": "by March"})
    await _record_screening(call, request)
    await do("move_request", "POST", f"{request}/status", {"status": "screened"})
    ranking = await do("create_ranking", "POST", f"{request}/rankings?per_page=2", {"weights": {}})
    ranking_id = ranking["ranking"]["id"]
    await do("read_ranking", "GET", f"/rankings/{ranking_id}?per_page=2")
    await _record_around(call, request, ranking_id)
    picked = ranking["items"][0]["person"]["id"]
    other = ranking["items"][1]["person"]["id"]
    await do("explain_place", "GET", f"/rankings/{ranking_id}/experts/{other}")
    entry = await do(
        "add_to_shortlist",
        "POST",
        f"{request}/shortlist",
        {"expert_id": picked, "ranking_id": ranking_id, "note": "Did the same in Senegal"},
    )
    entry_path = f"/shortlist-entries/{entry['entry']['id']}"
    await do("move_entry", "POST", f"{entry_path}/stage", {"stage": "proposed"})
    await do("set_note", "PUT", f"{entry_path}/note", {"note": "Free in March"})
    await do("get_one_entry", "GET", entry_path)
    await do("get_shortlist", "GET", f"{request}/shortlist")
    wanted = {"ranking_id": ranking_id, "team": {"mode": "peer_to_peer", "size": 2}}
    await do("compose_team", "POST", f"{request}/teams/compose", wanted)
    await do("compose_inline", "POST", "/teams/compose", {"request": NEED, "team": {"size": 2}})
    asked = {"request": NEED, "team": {"size": 2}, "why_not": [ranking["items"][1]["person"]["id"]]}
    await do("compose_teams", "POST", "/teams", asked)
    why = {**wanted, "expert_id": ranking["items"][1]["person"]["id"]}
    await do("explain_why_not", "POST", f"{request}/teams/why-not", why)
    team = await do(
        "keep_team", "POST", f"{request}/teams", {**wanted, "note": "agreed by telephone"}
    )
    await do("get_one_team", "GET", f"/teams/{team['id']}")
    await do("list_teams", "GET", f"{request}/teams")
    await _record_portfolio(call)
    await do("get_request", "GET", request)
    await do("list_all_requests", "GET", "/requests?per_page=2")
    await do("list_people", "GET", "/experts?per_page=2&country=PT")
    await do("get_record", "GET", f"/experts/{picked}")
    await do(
        "add_unavailability",
        "POST",
        f"/experts/{picked}/unavailability",
        {"starts": "2027-07-01", "ends": "2027-07-31", "reason": "leave"},
    )
    await do("set_status", "POST", f"/experts/{picked}/status", {"status": "paused"})
    upload = await do(
        "upload_cv", "POST", "/documents", files={"file": ("cv.txt", CV.encode(), "text/plain")}
    )
    await do("get_reading", "GET", f"/documents/{upload['id']}")
    await do("list_documents", "GET", "/documents")
    confirmed = await do("confirm_cv", "POST", f"/documents/{upload['id']}/confirmation", {})
    await _record_fact_decisions(call, confirmed["id"])
    await _record_fiche(call, request)
    await record_feedback(call, request)
    await _record_people(call)
    await _record_batches(call)


async def _record_fact_decisions(call: Recorder, expert_id: str) -> None:
    """Take a decision on what was read in a CV back, and take it otherwise."""
    do = call.call
    found = await do("list_fact_decisions", "GET", f"/experts/{expert_id}/decisions?per_page=50")
    french = next(one for one in found["items"] if one["value"].get("language") == "fr")
    path = f"/facts/{french['id']}"
    await do("get_decided_fact", "GET", path)
    seen = {"version": french["version"]}
    waits = await do("undo_fact_decision", "POST", f"{path}/undo", seen)
    said = {"verdict": "wrong", "version": waits["version"]}
    await do("decide_fact", "POST", f"{path}/decision", said)


async def _record_reports(call: Recorder) -> None:
    """Count, open a figure, take records out and in, read the catalogue."""
    do = call.call
    await do("get_report", "GET", "/reports?since=2012-01-01&until=2014-12-31&region=Africa")
    figure = "table=activity_types&row=training&column=activities"
    await do("list_counted_rows", "GET", f"/reports/rows?{figure}&per_page=2")
    await do("list_printed", "GET", "/reports/printed")
    await do("export_records", "GET", "/exchange?what=actions&what=activities")
    await do(
        "import_records",
        "POST",
        "/exchange",
        form={"source": "old system", "known": "update", "is_trial": "true"},
        files={"file": ("actions.csv", RECORDS.encode(), "text/csv")},
    )
    await do("get_catalogue", "GET", "/catalogue")


async def _record_screening(call: Recorder, request: str) -> None:
    """Set a round with guidelines, answer the checklist."""
    do = call.call
    guide = {"title": "Guidelines for applicants", "text": "Who may ask.", "approved_on": TODAY}
    made = await do("add_guidelines", "POST", "/guidelines", guide)
    await do("list_guidelines", "GET", "/guidelines")
    await do("get_one_version", "GET", f"/guidelines/{made['id']}")
    given = {"name": "2027 A", "opens": "2027-01-01", "closes": "2027-03-31"}
    opened = await do("open_round", "POST", "/rounds", {**given, "guidelines_id": made["id"]})
    longer = {**given, "closes": "2027-04-30", "guidelines_id": made["id"]}
    await do("change_round", "PUT", f"/rounds/{opened['id']}", longer)
    await do("list_rounds", "GET", "/rounds")
    await do("get_one_round", "GET", f"/rounds/{opened['id']}")
    found = await do("get_screening", "GET", f"{request}/screening")
    checks = [{"item": one["item"], "answer": "yes", "note": ""} for one in found["checks"]]
    await do("answer_screening", "PUT", f"{request}/screening", {"checks": checks})


async def _record_fiche(call: Recorder, request: str) -> None:
    """Draft, share, consult, submit, decide; split one request and join two others."""
    do = call.call
    fiche = await do("draft_fiche", "POST", f"{request}/fiches", FICHE)
    path = f"/fiches/{fiche['id']}"
    await do("get_one_fiche", "GET", path)
    await do("change_fiche", "PUT", path, {**FICHE, "risks": "A census is due in the same year."})
    given = {"role": "eu_delegation", "label": "EU Delegation"}
    guest = await do("invite_guest", "POST", f"{request}/guests", given)
    guest_path = f"/guests/{guest['guest_id']}"
    await do("show_guest_link", "POST", f"{guest_path}/link")
    for operation in ("invite_guest", "show_guest_link"):
        call.kept[operation]["response"]["path"] = "/guest/…"
    await do("share_fiche", "POST", f"{path}/share")
    with_address = {**given, "label": "Ministry", "role": "requesting_authority",
                    "address": "office@ministry.example"}  # fmt: skip
    other = await call.client.post(f"{request}/guests", json=with_address)
    await do("mail_guest_link", "POST", f"/guests/{other.json()['guest_id']}/mail")
    await do("revoke_guest", "POST", f"{guest_path}/revoke")
    await do("list_guests", "GET", f"{request}/guests")
    await do("get_one_guest", "GET", guest_path)
    remark = {"part": "budget", "text": "The ministry pays for the rooms."}
    await do("comment_on_fiche", "POST", f"{path}/comments", remark)
    await do("list_comments", "GET", f"{request}/comments")
    talk = {"held_on": TODAY, "with_whom": "EU Delegation", "channel": "video meeting"}
    await do("record_consultation", "POST", f"{request}/consultations", talk)
    await do("list_consultations", "GET", f"{request}/consultations")
    more = {**FICHE, "objective": "The institute publishes migration data every quarter."}
    second = await call.client.post(f"{request}/fiches", json=more)
    await do("compare_fiches", "GET", f"{request}/fiches/changes?before=1&after=2")
    path = f"/fiches/{second.json()['id']}"
    await do("submit_fiche", "POST", f"{path}/submit")
    await do("list_fiches", "GET", f"{request}/fiches")
    await do("list_votes", "GET", f"{request}/votes")
    said = {"outcome": "approved", "decided_on": TODAY, "minutes": "Item 4 of the agenda."}
    await do("decide", "POST", f"{request}/decisions", said)
    await do("list_decisions", "GET", f"{request}/decisions")
    regional = {**NEED, "countries": ["CI", "ML"]}
    whole = (await call.client.post("/requests", json=regional)).json()["id"]
    parts = {"parts": [{"countries": ["CI"]}, {"countries": ["ML"]}]}
    split = await do("split_request", "POST", f"/requests/{whole}/split", parts)
    ids = [one["id"] for one in split["items"]]
    joined = {"requests": ids, "title": "Migration statistics in West Africa"}
    await do("join_requests", "POST", "/requests/join", joined)
    await _record_action(call, request)


async def _record_action(call: Recorder, request: str) -> None:
    """Begin an Action, change its plan, send somebody, close it and ask after it."""
    do = call.call
    begun = await do("begin_action", "POST", f"{request}/action")
    path = f"/actions/{begun['code']}"
    by_hand = {"name": "Cabo Verde III", "countries": ["CV"], "topics": ["border_management"]}
    made = await do("write_action", "POST", "/actions", by_hand)
    full = {**by_hand, "authority": "Directorate of Foreigners and Borders", "starts": "2027-03"}
    await do("correct_action", "PUT", f"/actions/{made['code']}", full)
    await do("move_action", "POST", f"{path}/status", {"status": "ongoing"})
    result = {"constituent": "knowledge base", "title": "A survey of sources"}
    held = await do("expect_result", "POST", f"{path}/results", result)
    shown = {"state": "partly", "note": "Draft of the survey, chapter 2"}
    await do("judge_result", "PUT", f"{path}/results/{held['results'][-1]['id']}", shown)
    await do("draft_plan", "POST", f"{path}/plans")
    await do("discard_plan", "DELETE", f"{path}/plans/draft")
    await call.client.post(f"{path}/plans")
    lineage = await _record_plan(call, path)
    await _record_sending(call, path, lineage)
    await call.client.post(f"{path}/status", json={"status": "completed"})
    await do("get_action_history", "GET", f"{path}/history")
    asked = await do("list_follow_ups_of_action", "GET", f"{path}/follow-ups")
    await do("list_follow_ups", "GET", "/actions/follow-ups")
    said = {"adopted": "yes", "adopted_on": "2027-06", "source": "Official gazette 12/2027"}
    follow_up = f"/follow-ups/{asked['items'][0]['id']}"
    await do("answer_follow_up", "PUT", follow_up, said)
    await do("get_one_follow_up", "GET", follow_up)


async def _record_plan(call: Recorder, path: str) -> str:
    """Write a draft of a plan, approve it, report on it; return the lineage of its mission."""
    do, draft = call.call, f"{path}/plans/draft/activities"
    mission = {"type": "fact_finding_mission", "title": "Mission to Abidjan", "starts": "2026-01"}
    book = await do("add_activity", "POST", draft, mission)
    lineage: str = book["versions"][-1]["activities"][-1]["lineage"]
    changed = {**mission, "place": "Abidjan", "days": 8, "modality": "on_site"}
    await do("change_activity", "PUT", f"{draft}/{lineage}", changed)
    await do("place_activity", "POST", f"{draft}/{lineage}/place", {"up": True})
    more = (await call.client.post(draft, json=mission)).json()["versions"][-1]["activities"][-1]
    await do("drop_activity", "DELETE", f"{draft}/{more['lineage']}")
    why = {"reason": "After the first talks"}
    await do("approve_plan", "POST", f"{path}/plans/draft/approval", why)
    done = {"status": "done", "starts": "2026-01", "participants": 14, "women": 6}
    await do("report_activity", "PUT", f"{path}/activities/{lineage}", done)
    await do("list_plans", "GET", f"{path}/plans")
    await do("compare_plans", "GET", f"{path}/plans/difference?before=1&after=2")
    return lineage


async def _record_sending(call: Recorder, path: str, lineage: str) -> None:
    """Send one person, call another off."""
    do = call.call
    people = (await call.client.get("/experts?per_page=20&country=IT")).json()["items"]
    first, second = [one["id"] for one in people if one["status"] == "active"][:2]
    part = {"expert_id": first, "lineage": lineage, "role": "lead", "days": 4}
    sent = await do("plan_deployment", "POST", f"{path}/deployments", part)
    when = {**part, "starts": "2026-01-12", "ends": "2026-01-16"}
    own = f"/deployments/{sent['id']}"
    await do("change_deployment", "PUT", own, when)
    await do("get_one_deployment", "GET", own)
    await do("tick_step", "POST", f"{own}/steps", {"step": "briefing", "done_on": "2026-01-09"})
    await do("finish_deployment", "POST", f"{own}/done")
    other = {**part, "expert_id": second}
    off_id = (await call.client.post(f"{path}/deployments", json=other)).json()["id"]
    off = {"reason": "The visa was refused"}
    await do("cancel_deployment", "POST", f"/deployments/{off_id}/cancel", off)
    await do("list_deployments", "GET", f"{path}/deployments")


async def _record_people(call: Recorder) -> None:
    """Hand a letter over; decide on two records, merge two others and part them."""
    do = call.call
    waiting = await do("list_notices", "GET", "/notices?state=waiting")
    notice = f"/notices/{waiting['items'][0]['id']}"
    await do("get_one_notice", "GET", notice)
    letter = await do("open_letter", "GET", f"{notice}/letter")
    link = next(line for line in letter["body"].splitlines() if "/mine/" in line)
    body = letter["body"].replace(link, link.rpartition("/")[0] + "/…")
    call.kept["open_letter"]["response"] = shortened({**letter, "body": body})
    await do("hand_over_notice", "POST", f"{notice}/handed-over")
    asked = await do("list_merge_proposals", "GET", "/merge-proposals")
    proposal = f"/merge-proposals/{asked['items'][0]['id']}"
    await do("get_merge_proposal", "GET", proposal)
    await do("decide_merge_proposal", "POST", proposal, {"decision": "different"})
    listed = await call.client.get("/experts?per_page=2&country=FR")
    first, second = (one["id"] for one in listed.json()["items"])
    given = {"absorb": second, "reason": "same e-mail address"}
    merge = await do("merge_records", "POST", f"/experts/{first}/merge", given)
    await do("get_one_merge", "GET", f"/merges/{merge['id']}")
    await do("undo_merge", "POST", f"/merges/{merge['id']}/undo")


def _ask(installation: Installation) -> None:
    """Ask about two people, as the confirmation of a CV in another country does."""
    with installation.work() as session:
        people = session.exec(select(Expert).order_by(col(Expert.folded_name)).limit(2)).all()
        proposal = MergeProposal(
            facility_id=people[0].facility_id,
            origin=people[0].origin,
            expert_id=people[0].id,
            twin_id=people[1].id,
            reason="similar name, same year of birth",
            score=0.95,
            for_coordinator=True,
        )
        session.add(proposal)


async def _record_batches(call: Recorder) -> None:
    """Send a list, name its columns, try it, take it in, confirm it; call another upload off."""
    do = call.call
    sent = await do(
        "send_batch",
        "POST",
        "/batches",
        form={"country": "PT", "trial": "true"},
        files={"files": ("experts.csv", LIST.encode(), "text/csv")},
    )
    batch = f"/batches/{sent['id']}"
    proposed = await do("get_mapping", "GET", f"{batch}/mapping")
    columns = {str(one["place"]): one["target"] for one in proposed["columns"]}
    await do("set_mapping", "POST", f"{batch}/mapping", {"columns": columns})
    await do("start_batch", "POST", f"{batch}/start", {"trial": False})
    await do("get_one_batch", "GET", f"{batch}?per_page=2")
    await do("confirm_batch", "POST", f"{batch}/confirmation")
    await do("list_batches", "GET", "/batches?per_page=2")
    other = await call.client.post(
        "/batches",
        data={"country": "PT"},
        files={"files": ("other.csv", LIST.encode(), "text/csv")},
    )
    await do("cancel_batch", "DELETE", f"/batches/{other.json()['id']}")


def _publish(installation: Installation) -> None:
    """Let the facility of the demonstration publish its catalogue, which is off by default."""
    with installation.work() as session:
        facility = session.exec(select(Facility).where(Facility.code == "mieux")).one()
        facility.rules = {**facility.rules, "public_catalogue": True}
        session.add(facility)


async def _record_calls(call: Recorder, lends: dict[str, str]) -> None:
    """Ask focal points, and answer as one of them."""
    do, officer, lender = call.call, call.client.headers, dict(call.client.headers) | lends
    calls = await do("list_calls", "GET", "/calls")
    known = next(one for one in calls["items"] if one["nominations"])
    request = f"/requests/{known['asked']['request_id']}"
    path = f"/calls/{known['id']}"
    await do("get_call", "GET", path)
    await do("get_nomination", "GET", f"/nominations/{known['nominations'][0]['id']}")
    made = (await call.client.get(f"{request}/releases")).json()
    taken = made["items"][0]["person"]["id"]
    nominated = known["nominations"][0]["person"]["id"]
    asked = await do("ask_release", "POST", f"{request}/releases", {"expert_id": nominated})
    await do("take_back_release", "POST", f"/releases/{asked['release']['id']}/take-back")
    again = await do("ask_release", "POST", f"{request}/releases", {"expert_id": nominated})
    releases = [made["items"][0]["id"], again["release"]["id"]]
    await do("get_release", "GET", f"/releases/{releases[0]}")
    await _record_open_seat(call)
    call.client.headers = lender
    told = await do("list_messages", "GET", "/messages")
    await do("get_one_message", "GET", f"/messages/{told['items'][0]['id']}")
    await do("read_message", "POST", f"/messages/{told['items'][0]['id']}/read")
    await do("read_all_messages", "POST", "/messages/read")
    people = await do("list_own_people", "GET", f"{path}/people")
    other = next(one for one in people["items"] if one["person"]["id"] not in {taken, nominated})
    valid = {"valid_from": "2030-03-01", "valid_to": "2030-03-31", "days": 10}
    await do("grant_release", "POST", f"/releases/{releases[0]}/grant", valid)
    why = {"reason": "staff", "note": "Two posts are vacant."}
    await do("withdraw_release", "POST", f"/releases/{releases[0]}/withdraw", why)
    await do("refuse_release", "POST", f"/releases/{releases[1]}/refuse", why)
    await do("give_release", "POST", "/releases", {"expert_id": taken, **valid})
    await do("list_own_releases", "GET", "/releases")
    wish = {"topics": ["data_management"], "regions": ["011"], "note": "With French speakers."}
    await do("state_interest", "PUT", "/interests/PT", wish)
    await do("list_interests", "GET", "/interests")
    await do("get_interest", "GET", "/interests/PT")
    named = {"expert_id": other["person"]["id"], "note": "Free in March."}
    shown = await do("nominate", "POST", f"{path}/nominations", named)
    for one in shown["nominations"]:
        await do("withdraw_nomination", "POST", f"/nominations/{one['id']}/withdraw")
    await do("answer_nobody", "POST", f"{path}/nobody", why)
    call.client.headers = officer
    await do("close_call", "POST", f"{path}/close")
    again = {"countries": ["FR"], "text": "One more person who speaks Portuguese."}
    await do("open_call", "POST", f"{request}/calls", again)


async def _record_open_seat(call: Recorder) -> None:
    """Let somebody of the kept team decline, and seat an alternate."""
    team = call.kept["keep_team"]["response"]
    request, left = f"/requests/{team['request_id']}", team["seats"][-1]["person"]["id"]
    listed = await call.client.post(f"{request}/shortlist", json={"expert_id": left})
    stage = f"/shortlist-entries/{listed.json()['entry']['id']}/stage"
    await call.client.post(stage, json={"stage": "declined", "reason": "no_time"})
    shown = await call.call("list_request_releases", "GET", f"{request}/releases")
    seat = shown["open_seats"][0]
    chosen = {"expert_id": seat["alternates"][0]["id"]}
    await call.call("seat_alternate", "POST", f"{request}/seats/{seat['id']}/person", chosen)


def _key(installation: Installation, role: str = "coordinator") -> str:
    with installation.work() as session:
        coordinator = next(one for one in demo.SIGN_INS if one.role.value == role)
        account = session.exec(select(Account).where(Account.email == coordinator.email)).one()
        _, secret = issue_key(
            session,
            system_actor(account.facility_id),
            account.id,
            label="examples",
            scopes=frozenset(Permission),
            now=installation.clock.now(),
        )
    return secret


async def record_all(
    installation: Installation, kind: type[Recorder] = Recorder
) -> dict[str, dict[str, Any]]:
    """Call every operation over the demonstration; return what was sent and answered.

    Parameters
    ----------
    kind : what calls; a check of all operations brings its own
    """
    transport = ASGITransport(app=build_app(installation))
    headers = {"Authorization": f"Bearer {_key(installation)}"}
    async with AsyncClient(
        transport=transport, base_url="http://roster.example/api/v1", headers=headers, timeout=120
    ) as client:
        recorder = kind(client)
        await record(recorder)
        await _record_reports(recorder)
        await _record_calls(
            recorder, {"authorization": f"Bearer {_key(installation, 'focal_point')}"}
        )
        rated, own = rate_somebody(installation)
        await record_rules(recorder, rated)
        await record_integration(recorder, NEED, _key(installation, "administrator"))
        client.headers["authorization"] = f"Bearer {own}"
        await record_contest(recorder, rated)
    return recorder.kept


def staged(folder: Path) -> Installation:
    """Return an installation with the demonstration, and what the recording needs beside it."""
    settings = Settings(data_dir=folder, database_url="", document_key=SecretStr(""), encoder=False)
    installation = open_installation(settings)
    upgrade(installation.engine)
    demo.load(installation)
    _publish(installation)
    _ask(installation)
    return installation


def main() -> None:
    """Record the examples anew."""
    with tempfile.TemporaryDirectory() as folder:
        installation = staged(Path(folder))
        kept = asyncio.run(record_all(installation))
        close_installation(installation)
    text = json.dumps(kept, indent=1, sort_keys=True, ensure_ascii=False)
    PATH.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
