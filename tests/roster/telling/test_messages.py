"""Messages go out by mail where it is set, wait where it is not, and lead to an open page."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from cryptography.fernet import Fernet
from sqlmodel import Session, select

from roster.errors import MailFailed, NotAllowed, NotFound
from roster.policy import Actor, system_actor
from roster.queries.undelivered import count_undelivered, undelivered
from roster.tables import Account, Message
from roster.telling import guests
from roster.telling.mailing import MOST_ATTEMPTS, send_messages
from roster.telling.message_words import page_of, sentence
from roster.telling.messages import News, mark_read, send_again, tell, told_by_hand
from roster.vault import Vault
from roster.vocabulary import GuestRole, MessageKind, MessageState, Role
from tests.factories import Factory
from tests.fakes import FrozenClock

VAULT = Vault([Fernet.generate_key()])
SITE = "https://roster.example"


class Box:
    """A mail server that keeps what it takes, or takes nothing."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, str, str]] = []
        self.is_away = False

    def send(self, address: str, subject: str, body: str) -> None:
        """Keep a mail."""
        if self.is_away:
            raise MailFailed("The mail server did not take it (SMTPRecipientsRefused).")
        self.kept.append((address, subject, body))


@pytest.fixture
def box() -> Box:
    return Box()


def deliver(session: Session, box: Box, clock: FrozenClock) -> int:
    return send_messages(session, mailer=box, vault=VAULT, clock=clock, base_url=SITE)


def told(session: Session, make: Factory, clock: FrozenClock, account: Account) -> Message:
    """Tell an account that a release of one of its people is asked for."""
    request = make.request("REQ-7")
    news = News(MessageKind.RELEASE_ASKED, request, detail={"code": "REQ-7"})
    (made,) = tell(session, system_actor(make.home.id), news, at=clock.now(), accounts=[account.id])
    return made


def test_a_message_is_sent_once_in_the_language_of_the_account_with_a_link(
    session: Session, make: Factory, box: Box, clock: FrozenClock
) -> None:
    make.home.name = "Facility\r\nBcc: everybody@example.org"
    account = make.account("ana@ministry.example")
    account.locale = "pt"
    message = told(session, make, clock, account)
    assert deliver(session, box, clock) == 1
    assert deliver(session, box, clock) == 0
    ((address, subject, body),) = box.kept
    assert address == "ana@ministry.example"
    assert "\n" not in subject
    assert "\r" not in subject
    assert sentence(MessageKind.RELEASE_ASKED, {"code": "REQ-7"}, "pt") in body
    assert f"{SITE}/releases" in body
    assert (message.state, message.sent_at) == (MessageState.SENT, clock.now())


@pytest.mark.parametrize("case", ["read", "closed"])
def test_what_was_read_and_whose_account_is_closed_gets_no_mail(
    session: Session, make: Factory, box: Box, clock: FrozenClock, case: str
) -> None:
    account = make.account()
    message = told(session, make, clock, account)
    if case == "read":
        reader = Actor(account.id, account.name, make.home.id, ())
        mark_read(session, reader, message.id, at=clock.now())
    else:
        account.is_active = False
    assert deliver(session, box, clock) == 0
    assert box.kept == []


@pytest.mark.parametrize(
    ("days", "revoked", "sent"),
    [
        pytest.param(0, False, 1, id="open"),
        pytest.param(guests.LINK_DAYS, False, 0, id="run-out"),
        pytest.param(0, True, 0, id="revoked"),
    ],
)
def test_a_guest_gets_her_personal_link_while_it_works(
    session: Session,
    make: Factory,
    officer: Actor,
    box: Box,
    clock: FrozenClock,
    days: int,
    revoked: bool,
    sent: int,
) -> None:
    request = make.request("REQ-7")
    who = guests.Invited(
        GuestRole.EU_DELEGATION, "Delegation", request_id=request.id, address="x@y.example"
    )
    guest, token = guests.invite(session, officer, who, vault=VAULT, at=clock.now())
    tell(
        session, officer, News(MessageKind.FICHE_SHARED, request), at=clock.now(), guests=[guest.id]
    )
    if revoked:
        guests.revoke(session, officer, guest, at=clock.now())
    clock.at += timedelta(days=days)
    assert deliver(session, box, clock) == sent
    assert [f"{SITE}{guests.PATH}{token}" in body for _, _, body in box.kept] == [True] * sent


def test_mail_that_is_not_taken_is_tried_again_then_told_to_officers(
    session: Session, make: Factory, officer: Actor, box: Box, clock: FrozenClock
) -> None:
    account = make.account("focal@ministry.example")
    make.grant(account, Role.FOCAL_POINT, country="PT")
    message = told(session, make, clock, account)
    box.is_away = True
    deliver(session, box, clock)
    (one,) = undelivered(session, officer)
    assert (one.is_given_up, one.attempts, one.tried_at) == (False, 1, clock.now())
    assert count_undelivered(session, make.home.id) == 0, "it is tried again by itself"
    for _ in range(MOST_ATTEMPTS):
        deliver(session, box, clock)
    (one,) = undelivered(session, officer)
    assert (one.is_given_up, one.attempts) == (True, MOST_ATTEMPTS)
    assert (one.role, one.country, one.detail["code"]) == (Role.FOCAL_POINT, "PT", "REQ-7")
    assert "focal@ministry.example" not in repr(one), "addresses of others stay hidden"
    assert count_undelivered(session, make.home.id) == 1
    box.is_away = False
    assert deliver(session, box, clock) == 0, "given up: nothing goes by itself"
    send_again(session, officer, message.id, at=clock.now())
    assert deliver(session, box, clock) == 1
    assert undelivered(session, officer) == ()


def test_what_was_told_by_hand_waits_no_more_and_others_may_not_say_so(
    session: Session, make: Factory, officer: Actor, box: Box, clock: FrozenClock
) -> None:
    message = told(session, make, clock, make.account())
    with pytest.raises(NotFound):
        told_by_hand(session, officer, message.id, at=clock.now())
    message.state = MessageState.FAILED
    focal = make.actor(Role.FOCAL_POINT, country="PT")
    for act in (send_again, told_by_hand):
        with pytest.raises(NotAllowed):
            act(session, focal, message.id, at=clock.now())
    elsewhere = make.actor(Role.PROJECT_OFFICER, facility=make.facility("elsewhere"))
    with pytest.raises(NotFound):
        told_by_hand(session, elsewhere, message.id, at=clock.now())
    told_by_hand(session, officer, message.id, at=clock.now())
    assert (undelivered(session, officer), deliver(session, box, clock)) == ((), 0)
    assert session.exec(select(Message.read_at)).one() is None, "she can still read it"


@pytest.mark.parametrize("kind", list(MessageKind))
def test_no_message_leads_back_to_the_list_of_messages(kind: MessageKind) -> None:
    record = {
        MessageKind.FEEDBACK_ASKED: "inquiry",
        MessageKind.FEEDBACK_REMINDER: "inquiry",
        MessageKind.CALL_OPENED: "call",
        MessageKind.CALL_REMINDER: "call",
        MessageKind.CALL_ANSWERED: "call",
    }.get(kind, "request")
    assert page_of(kind, record, str(uuid4()), {}) != "/messages"


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example", "javascript:x"])
def test_a_message_leads_nowhere_else(path: str) -> None:
    found = page_of(MessageKind.DECISION, "request", str(uuid4()), {"path": path})
    assert found.startswith("/requests/")
