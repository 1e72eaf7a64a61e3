"""Feedback in the browser: send out, answer behind a link, read, draw a finding, learn."""

from __future__ import annotations

import html
import re
from uuid import UUID, uuid4

import pytest
from sqlmodel import col, select

from roster.feedback import answers, inquiries
from roster.inputs.feedback import AnswersInput, InquiryInput
from roster.tables import Feedback, Finding, Guest, Inquiry, Lesson, Questionnaire
from roster.telling import guests
from roster.vocabulary import LessonState, Role
from tests.roster.fieldwork import Field, make_action
from tests.web.officer import Desk, said
from web.tongues import LOCALES

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
GOOD = {"relevance": "5", "new_knowledge": "4", "applicable": "4"}


def room(desk: Desk) -> tuple[Field, Inquiry]:
    """Send the questionnaire for participants to a room."""
    field = make_action(desk.make)
    given = InquiryInput(questionnaire="participants_activity", lineage=field.lineage, room=12)
    made = inquiries.send(
        desk.session,
        desk.make.actor(Role.PROJECT_OFFICER),
        field.action.code,
        given,
        vault=desk.installation.vault,
        clock=desk.clock,
    )
    return field, made


def link_of(desk: Desk, inquiry_id: UUID) -> str:
    actor = desk.make.actor(Role.PROJECT_OFFICER)
    (one,) = inquiries.invited(desk.session, actor, inquiry_id, vault=desk.installation.vault)
    assert one.link
    return one.link


async def test_a_questionnaire_is_sent_and_its_links_are_shown(desk: Desk) -> None:
    field = make_action(desk.make)
    async with desk.client() as client:
        page = await client.get(f"/actions/{field.action.code}/feedback")
        assert "Nobody was asked yet" in said(page.text)
        form = {
            "questionnaire": "partner_activity",
            "lineage": str(field.lineage),
            "people": "Head of unit, Ministry of Labour; a@b.example; pt\nDirector",
        }
        sent = await client.post(f"/actions/{field.action.code}/inquiries", data=form)
        assert sent.status_code == 303
        shown = await client.get(sent.headers["location"])
    assert "0 of 2 answered" in said(shown.text)
    assert len(re.findall(r'value="[^"]*/guest/[\w-]{40,}"', shown.text)) == 2
    asked = desk.session.exec(select(Guest).order_by(col(Guest.created_at))).all()
    assert {(one.label, one.locale) for one in asked} == {
        ("Head of unit, Ministry of Labour", "pt"),
        ("Director", "en"),
    }


async def test_what_cannot_be_sent_keeps_what_was_typed(desk: Desk) -> None:
    field = make_action(desk.make)
    async with desk.client() as client:
        form = {"questionnaire": "partner_activity", "people": "Director; no address"}
        answer = await client.post(f"/actions/{field.action.code}/inquiries", data=form)
        assert answer.status_code == 422
        assert "Director; no address" in answer.text
        form = {"questionnaire": "partner_activity", "lineage": str(field.lineage)}
        answer = await client.post(f"/actions/{field.action.code}/inquiries", data=form)
    assert answer.status_code == 422
    assert "Nobody is asked" in said(answer.text)
    assert desk.session.exec(select(Inquiry)).all() == []


async def test_a_device_answers_once_for_a_room_and_errors_keep_what_was_typed(desk: Desk) -> None:
    _, inquiry = room(desk)
    link = link_of(desk, inquiry.id)
    async with desk.client(None) as client:
        page = await client.get(link)
        assert "How well did this activity answer" in said(page.text)
        once = re.search(r'name="once" value="([^"]+)"', page.text)
        assert once
        wrong = await client.post(link, data={"once": once[1], "best": "The visit"})
        assert wrong.status_code == 422
        assert "Answer this question." in wrong.text
        assert "The visit" in wrong.text
        for _ in range(2):
            done = await client.post(link, data={**GOOD, "once": once[1], "best": "The visit"})
            assert "Thank you" in said(done.text)
        # The cookie is for https alone: the client of the tests gives it back by hand.
        kept = done.headers["set-cookie"].partition(";")[0]
        again = await client.get(link, headers={"Cookie": kept})
        assert "Thank you" in said(again.text)
    (row,) = desk.session.exec(select(Feedback)).all()
    assert (row.scores["relevance"], row.answers) == (5, {"best": "The visit"})


@pytest.mark.parametrize("code", sorted(LOCALES))
async def test_the_form_speaks_four_languages(desk: Desk, code: str) -> None:
    _, inquiry = room(desk)
    link = link_of(desk, inquiry.id)
    async with desk.client(None) as client:
        page = await client.get(link, headers={"Accept-Language": code})
    words = {
        "en": "What was most useful?",
        "fr": "Qu’est-ce qui a été le plus utile",
        "es": "¿Qué fue lo más útil?",
        "pt": "O que foi mais útil?",
    }
    assert words[code] in said(page.text)


async def test_a_closed_questionnaire_and_a_wrong_link_look_alike(desk: Desk) -> None:
    _, inquiry = room(desk)
    link = link_of(desk, inquiry.id)
    async with desk.client() as client:
        assert (await client.post(f"/inquiries/{inquiry.id}/close")).status_code == 303
        closed = await client.get(link)
        wrong = await client.get(f"/guest/{'x' * 43}")
    assert closed.status_code == wrong.status_code == 404
    assert said(closed.text) == said(wrong.text)


async def test_a_finding_is_drawn_from_what_was_said(desk: Desk) -> None:
    field, _ = room(desk)
    guest = desk.session.exec(select(Guest)).one()
    kept = answers.answer_as_guest(
        desk.session,
        guest,
        guests.acting(guest),
        AnswersInput(
            scores={code: int(score) for code, score in GOOD.items()},
            answers={"best": "The visit.", "better": "Half of us will be moved next year."},
        ),
        once=uuid4(),
        clock=desk.clock,
    )
    path = f"/actions/{field.action.code}"
    async with desk.client() as client:
        page = await client.get(f"{path}/feedback")
        assert "1 answer: shown from three on" in said(page.text)
        links = re.findall(rf'href="([^"#]*from={kept.id}[^"#]*)', page.text)
        drawing = await client.get(html.unescape(links[1]))
        assert drawing.text.count("Half of us will be moved next year.") == 2
        assert drawing.text.count("The visit.") == 1, "the text that was pressed is quoted"
        assert f'<option value="{field.lineage}" selected' in drawing.text
        form = {
            "feedback_id": str(kept.id),
            "text": "Staff is moved every year.",
            "kind": "staff_turnover",
            "source": "feedback",
            "is_strength": "false",
        }
        done = await client.post(f"{path}/findings", data=form)
        assert done.status_code == 303
        page = await client.get(f"{path}/feedback")
        assert "a finding was drawn from it" in said(page.text)
        (finding,) = desk.session.exec(select(Finding)).all()
        assert (await client.post(f"/findings/{finding.id}/drop")).status_code == 303
    desk.session.expire_all()
    assert desk.session.exec(select(Finding)).all() == []


async def test_a_room_stays_open_and_says_how_many_of_how_many_answered(desk: Desk) -> None:
    _, inquiry = room(desk)
    guest = desk.session.exec(select(Guest)).one()
    for _ in range(3):
        answers.answer_as_guest(
            desk.session,
            guest,
            guests.acting(guest),
            AnswersInput(scores={code: int(score) for code, score in GOOD.items()}),
            once=uuid4(),
            clock=desk.clock,
        )
    link = link_of(desk, inquiry.id)
    async with desk.client() as client:
        page = await client.get(f"/inquiries/{inquiry.id}")
        assert "Open: 3 of 12 answered (25 %)" in said(page.text)
        assert link in page.text
        await client.post(f"/inquiries/{inquiry.id}/close")
        page = await client.get(f"/inquiries/{inquiry.id}")
    assert "Closed: 3 of 12 answered (25 %)" in said(page.text)


async def test_an_officer_answers_her_debrief_in_the_product(desk: Desk) -> None:
    field = make_action(desk.make)
    async with desk.client() as client:
        form = {"questionnaire": "officer_debrief", "lineage": str(field.lineage)}
        sent = await client.post(f"/actions/{field.action.code}/inquiries", data=form)
        path = f"{sent.headers['location']}/answer"
        assert (await client.post(path, data={"best": "x"})).status_code == 422
        done = await client.post(path, data={"objectives_met": "4"})
        assert done.status_code == 303
        assert "You have answered" in said((await client.get(path)).text)
        assert "1 answer" in said((await client.get("/feedback")).text)


async def test_a_coordinator_changes_a_questionnaire_and_others_read_it(desk: Desk) -> None:
    form = {
        "title": "Participants",
        "audience": "participant",
        "occasion": "activity",
        "q1-en": "Was it useful?",
        "q1-kind": "scale",
        "q1-code": "useful",
        "q2-en": "Which half?",
        "q2-kind": "choice",
        "q2-code": "half",
        "q2-choices": "first = The first | La première\nsecond = The second",
        "do": "change",
    }
    path = "/questionnaires/participants_activity"
    async with desk.client() as client:
        assert (await client.get("/questionnaires")).status_code == 200
        assert "Change it" not in said((await client.get(path)).text)
        assert (await client.post(path, data=form)).status_code == 403
    async with desk.client(Role.COORDINATOR) as client:
        refused = await client.post(path, data={**form, "q2-choices": "first = The first"})
        assert refused.status_code == 422
        assert "Which half?" in refused.text
        assert (await client.post(path, data=form)).status_code == 303
        taken = await client.post(path, data={**form, "do": "copy", "code": "expert_mission"})
        assert taken.status_code == 422
        copied = await client.post(path, data={**form, "do": "copy", "code": "own_set"})
        assert copied.headers["location"] == "/questionnaires/own_set"
        assert "Version 2" in said((await client.get(path)).text)
    rows = desk.session.exec(select(Questionnaire).where(Questionnaire.version == 2)).all()
    assert [question["code"] for question in rows[0].questions] == ["useful", "half"]
    assert rows[0].questions[1]["choices"][0]["words"] == {"en": "The first", "fr": "La première"}


async def test_the_third_same_finding_proposes_a_lesson_that_a_similar_request_shows(
    desk: Desk,
) -> None:
    for code, country in (("ghana-i", "GH"), ("togo-i", "TG"), ("benin-i", "BJ")):
        make_action(desk.make, code, countries=(country,))
    request = desk.make.request(countries=["SN"], topics=["data_management"])
    form = {
        "text": "Half of those trained had left.",
        "kind": "staff_turnover",
        "source": "rom",
        "is_strength": "false",
    }
    async with desk.client(Role.COORDINATOR) as client:
        for code in ("ghana-i", "togo-i", "benin-i"):
            done = await client.post(f"/actions/{code}/findings", data=form)
            assert done.status_code == 303
        (lesson,) = desk.session.exec(select(Lesson)).all()
        listed = said((await client.get("/lessons")).text)
        assert "in 3 Actions this did not go well: Staff turnover" in listed
        path = f"/lessons/{lesson.id}"
        assert (await client.post(path, data={"state": "dismissed"})).status_code == 422
        words = {"state": "confirmed", "text": "Train two per post.", "advice": "Name deputies."}
        assert (await client.post(path, data=words)).status_code == 303
        shown = said((await client.get(f"/requests/{request.id}/context")).text)
    desk.session.refresh(lesson)
    assert lesson.state is LessonState.CONFIRMED
    assert "Train two per post." in shown
    assert "Shown because: same topic; same sub-region." in shown


async def test_a_section_and_a_group_are_written_from_the_context_of_a_request(
    desk: Desk,
) -> None:
    request = desk.make.request(countries=["GH"], topics=["remittances"])
    path = f"/requests/{request.id}/context"
    async with desk.client() as client:
        page = said((await client.get(path)).text)
        assert "0 of 14 sections are written" in page
        section = {"country": "GH", "section": "remittances", "text": "Two per cent of GDP."}
        refused = await client.post(f"{path}/sections", data=section)
        assert refused.status_code == 422
        assert "Two per cent of GDP." in refused.text
        full = {**section, "source": "Central bank", "as_of": "2025-06-01"}
        assert (await client.post(f"{path}/sections", data=full)).status_code == 303
        group = {"name": "Group on data", "country": "GH", "members": "Statistical Service; Chair"}
        assert (await client.post(f"{path}/groups", data=group)).status_code == 303
        page = said((await client.get(path)).text)
    assert "1 of 14 sections is written" in page
    assert "Statistical Service Chair" in page


async def test_a_lesson_is_written_by_hand_and_found_by_its_filters(desk: Desk) -> None:
    make_action(desk.make, "ghana-i")
    async with desk.client(Role.COORDINATOR) as client:
        form = {"text": "Begin with the registers.", "actions": "ghana-i"}
        assert (await client.post("/lessons", data={"text": "x"})).status_code == 422
        made = await client.post("/lessons", data=form)
        assert made.status_code == 303
        assert "Begin with the registers." in said((await client.get("/lessons?region=011")).text)
        assert "No lesson matches" in said((await client.get("/lessons?region=005")).text)
    async with desk.client(Role.FOCAL_POINT) as client:
        shown = await client.get(made.headers["location"])
        assert "read by the facility only" in said(shown.text)
        assert (await client.get("/feedback")).status_code == 403
