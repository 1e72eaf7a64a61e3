"""The part of the recording that asks, answers, finds, concludes and looks around."""

from __future__ import annotations

from typing import Any, Protocol

ACTION = "/actions/invented-senegal"


class Calls(Protocol):
    """Whatever calls one operation and keeps what was sent and answered."""

    kept: dict[str, dict[str, Any]]

    async def call(self, operation: str, method: str, path: str, body: object | None = None) -> Any:
        """Call one operation; return its answer."""


async def record_feedback(calls: Calls, request: str) -> None:
    """Send a questionnaire, answer one, change one; write findings and lessons; look around.

    Parameters
    ----------
    request : path of a request
    """
    do = calls.call
    await _ask(calls)
    finding = {
        "kind": "southern_expertise",
        "source": "focus_group",
        "is_strength": True,
        "text": "The trainer from Cabo Verde was asked most (invented).",
        "reference": "Focus group of 12 May, note 3",
    }
    made = await do("record_finding", "POST", f"{ACTION}/findings", finding)
    better = {**finding, "topics": ["data_management"]}
    await do("change_finding", "PUT", f"/findings/{made['id']}", better)
    await do("list_findings", "GET", "/findings")
    await do("get_one_finding", "GET", f"/findings/{made['id']}")
    other = await calls.call("record_finding", "POST", f"{ACTION}/findings", finding)
    await do("drop_finding", "DELETE", f"/findings/{other['id']}")
    listed = await do("list_lessons", "GET", "/lessons")
    proposed = next(one for one in listed["items"] if one["state"] == "proposed")
    lesson = f"/lessons/{proposed['id']}"
    await do("get_one_lesson", "GET", lesson)
    words = {"state": "confirmed", "text": "Train two per post.", "advice": "Ask for deputies."}
    await do("decide_lesson", "POST", f"{lesson}/decision", words)
    hand = {"text": "Begin with the registers.", "actions": ["invented-senegal"]}
    await do("write_lesson", "POST", "/lessons", hand)
    section = {"text": "About 7 % of GDP.", "source": "Central bank", "as_of": "2025-06-01"}
    await do("write_section", "PUT", "/countries/SN/profile/remittances", section)
    await do("get_section", "GET", "/countries/SN/profile/remittances")
    await do("get_profile", "GET", "/countries/SN/profile")
    group = {
        "name": "Technical working group on migration data",
        "country": "SN",
        "members": [{"institution": "Institute of statistics", "function": "Chair"}],
    }
    kept = await do("make_working_group", "POST", "/working-groups", group)
    changed = {**group, "mandate": "Agrees on definitions."}
    await do("change_working_group", "PUT", f"/working-groups/{kept['id']}", changed)
    await do("get_working_group", "GET", f"/working-groups/{kept['id']}")
    await do("list_working_groups", "GET", "/working-groups?country=SN")
    await do("get_surroundings", "GET", f"{request}/context")


async def _ask(calls: Calls) -> None:
    do = calls.call
    listed = await do("list_inquiries", "GET", "/inquiries?action=invented-senegal")
    lineage = listed["items"][0]["lineage"]
    await do("list_questionnaires", "GET", "/questionnaires")
    await do("get_feedback", "GET", "/feedback?action=invented-senegal")
    asked = {
        "questionnaire": "partner_activity",
        "lineage": lineage,
        "people": [{"label": "Head of unit, Ministry of Labour", "locale": "fr"}],
    }
    sent = await do("send_inquiry", "POST", f"{ACTION}/inquiries", asked)
    path = f"/inquiries/{sent['inquiry']['id']}"
    await do("get_inquiry", "GET", path)
    await do("close_inquiry", "POST", f"{path}/close")
    for operation in ("send_inquiry", "get_inquiry", "close_inquiry"):
        for person in calls.kept[operation]["response"]["people"]:
            person["link"] = person["link"] and "/guest/…"
    debrief = {"questionnaire": "officer_debrief", "lineage": lineage}
    own = await calls.call("send_inquiry_to_officers", "POST", f"{ACTION}/inquiries", debrief)
    del calls.kept["send_inquiry_to_officers"]
    given = {"scores": {"objectives_met": 4}, "answers": {"best": "The exercises."}}
    await do("answer_inquiry", "POST", f"/inquiries/{own['inquiry']['id']}/answer", given)
    questionnaire = {
        "title": "Participants, short",
        "audience": "participant",
        "occasion": "activity",
        "questions": [{"code": "useful", "kind": "scale", "words": {"en": "Was it useful?"}}],
    }
    await do("make_questionnaire", "POST", "/questionnaires/short", questionnaire)
    await do("get_questionnaire", "GET", "/questionnaires/short")
    longer = {**questionnaire, "title": "Participants, short, second version"}
    await do("change_questionnaire", "PUT", "/questionnaires/short", longer)
