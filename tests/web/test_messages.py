"""Where messages lead, and what becomes of those that mail could not deliver."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from roster.calling import calls
from roster.feedback import inquiries
from roster.inputs import NewCall
from roster.inputs.feedback import InquiryInput
from roster.policy import system_actor
from roster.tables import Account, Record
from roster.telling.message_words import sentence
from roster.telling.messages import News, about_request, tell
from roster.vocabulary import MessageKind, MessageState, Role
from tests.factories import MONDAY
from tests.roster.fieldwork import make_action
from tests.web.officer import Desk, said

pytestmark = pytest.mark.anyio
K = MessageKind
TOLD: dict[Role, tuple[MessageKind, ...]] = {
    Role.FOCAL_POINT: (K.CALL_OPENED, K.CALL_REMINDER, K.RELEASE_ASKED, K.RELEASE_REMINDER),
    Role.PROJECT_OFFICER: (
        K.CALL_ANSWERED,
        K.RELEASE_GRANTED,
        K.RELEASE_REFUSED,
        K.RELEASE_EXPIRED,
        K.SEAT_OPEN,
        K.FICHE_COMMENTED,
        K.VOTE_CAST,
        K.DECISION,
        K.FEEDBACK_ASKED,
        K.FEEDBACK_REMINDER,
        K.OUTCOME_DUE,
        K.NEW_DEVICE,
        K.PASSWORD_SET,
    ),
    Role.COORDINATOR: (K.DECISION, K.OUTCOME_DUE, K.LESSON_PROPOSED),
}
"""Who with an account is told what."""
LED_BY_PATH = {"objection", "record_corrected", "retention_due"}
"""Kinds whose use case names the page itself."""
TO_GUESTS = {K.FICHE_SHARED, K.VOTE_ASKED}
"""Kinds that lead a guest to her own link."""


def _reader(session: Session) -> Account:
    """Return the account that signed in last."""
    return session.exec(select(Account).order_by(col(Account.created_at).desc())).all()[0]


def _records(desk: Desk) -> dict[str, Record]:
    """Make one record of each kind that a message can be about."""
    session, officer = desk.session, desk.make.actor(Role.PROJECT_OFFICER)
    request, field = desk.make.request("REQ-7"), make_action(desk.make)
    desk.make.grant(desk.make.account(), Role.FOCAL_POINT, country="PT")
    deadline = MONDAY + timedelta(days=5)
    call = calls.open_call(
        session,
        officer,
        request.id,
        NewCall(countries=("PT",), deadline=deadline),
        clock=desk.clock,
    )
    given = InquiryInput(questionnaire="officer_debrief", lineage=field.lineage)
    code = field.action.code
    vault = desk.installation.vault
    asked = inquiries.send(session, officer, code, given, vault=vault, clock=desk.clock)
    return {"request": request, "call": call, "inquiry": asked, "action": field.action}


def _about(kind: MessageKind, held: dict[str, Record]) -> tuple[Record, dict[str, str | int]]:
    """Return the record and the codes that the use case of a kind tells with."""
    request = about_request(held["request"])  # type: ignore[arg-type]
    if kind.value.startswith("call_"):
        return held["call"], request
    if kind.value.startswith("feedback_"):
        return held["inquiry"], {"action": "ghana-iii"}
    if kind is K.OUTCOME_DUE:
        return held["action"], {"action": "ghana-iii"}
    return held["request"], {} if kind is K.LESSON_PROPOSED else request


@pytest.mark.parametrize("role", list(TOLD), ids=[one.value for one in TOLD])
async def test_every_message_leads_its_reader_to_a_page_that_answers(
    desk: Desk, role: Role
) -> None:
    held = _records(desk)
    async with desk.client(role) as client:
        reader = _reader(desk.session)
        for kind in TOLD[role]:
            about, detail = _about(kind, held)
            news = News(kind, about, detail=detail)
            system = system_actor(desk.make.home.id)
            tell(desk.session, system, news, at=desk.clock.now(), accounts=[reader.id])
        desk.session.commit()
        page = await client.get("/messages")
        for kind in TOLD[role]:
            words = sentence(kind, _about(kind, held)[1], "en").split(" – ")[-1]
            found = re.search(rf'href="([^"]+)">[^<]*{re.escape(words)}', page.text)
            assert found, kind
            answer = await client.get(found[1])
            assert answer.status_code == 200, (kind, found[1])


def test_every_kind_of_message_has_a_reader() -> None:
    with_account = {kind for kinds in TOLD.values() for kind in kinds}
    rest = set(MessageKind) - with_account - TO_GUESTS
    assert {kind.value for kind in rest} <= LED_BY_PATH


async def test_officers_see_what_was_not_delivered_and_do_something_about_it(desk: Desk) -> None:
    make, session = desk.make, desk.session
    focal = make.account("focal@ministry.example")
    make.grant(focal, Role.FOCAL_POINT, country="PT")
    request = make.request("REQ-7")
    news = News(K.RELEASE_ASKED, request, detail=about_request(request))
    system = system_actor(make.home.id)
    made = [
        tell(session, system, news, at=desk.clock.now(), accounts=[focal.id])[0] for _ in range(2)
    ]
    for message in made:
        message.state, message.attempts = MessageState.FAILED, 5
        message.problem = "The mail server did not take it (SMTPRecipientsRefused)."
    async with desk.client() as client:
        box = await client.get("/messages")
        assert "2 messages could not be delivered" in said(box.text)
        page = await client.get("/messages/undelivered")
        words = said(page.text)
        assert "Focal point, Portugal" in words
        assert "The mail server takes nothing for this address." in words
        assert "focal@ministry.example" not in page.text
        assert f"/requests/{request.id}" in page.text
        again = await client.post(f"/messages/{made[0].id}/again")
        assert again.headers["location"] == "/messages/undelivered"
        assert (await client.post(f"/messages/{made[1].id}/by-hand")).status_code == 303
        assert (await client.post(f"/messages/{made[1].id}/again")).status_code == 404
        assert "Everything was delivered" in said((await client.get("/messages/undelivered")).text)
    session.expire_all()
    assert [one.state for one in made] == [MessageState.WAITING, MessageState.BY_HAND]
