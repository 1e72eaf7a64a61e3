"""Whoever has an account is told what happens to it: by mail too where she never looks."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from cryptography.fernet import Fernet
from sqlmodel import Session, col, select

from roster.accounts import change_password, set_password_by_link, sign_in
from roster.inputs import SignInInput
from roster.policy import Actor
from roster.tables import Account, Message
from roster.telling.mailing import send_messages
from roster.telling.message_words import LOCALES, advice, sentence
from roster.telling.messages import mark_all_read
from roster.telling.one_time_links import make_link
from roster.vault import Vault
from roster.vocabulary import LinkPurpose, MessageKind, Role
from tests.factories import Factory
from tests.fakes import A_MONDAY, FrozenClock
from tests.roster.telling.test_messages import Box

EMAIL, PASSWORD, ANOTHER = "ana@roster.example", "correct horse", "a longer battery staple"
VAULT = Vault([Fernet.generate_key()])
DESK = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
NEWER = "Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"
DAY = timedelta(days=1)


@pytest.fixture
def ana(session: Session) -> Account:
    make = Factory(session)
    account = make.account(EMAIL, password=PASSWORD)
    make.grant(account, Role.PROJECT_OFFICER)
    return account


def enter(session: Session, agent: str, at: datetime = A_MONDAY) -> str:
    given = SignInInput(email=EMAIL, password=PASSWORD)
    return sign_in(session, given, now=at, hours=12, device=agent).token


def told(session: Session) -> list[MessageKind]:
    return [one.kind for one in session.exec(select(Message).order_by(col(Message.created_at)))]


def test_a_sign_in_on_a_new_kind_of_device_is_told_to_its_owner(
    session: Session, ana: Account
) -> None:
    ana.locale = "fr"
    for agent in (DESK, DESK, NEWER):
        enter(session, agent)
        assert told(session) == []  # The first sign-in of all, and a browser that was renewed.
    enter(session, PHONE)
    enter(session, PHONE)
    (message,) = session.exec(select(Message)).all()
    assert (message.kind, message.account_id) == (MessageKind.NEW_DEVICE, ana.id)
    assert PHONE not in str(message.detail)
    box, clock = Box(), FrozenClock(A_MONDAY)
    # Whoever came in could read it, and hide it so: it is mailed all the same.
    mark_all_read(session, Actor(ana.id, ana.name, message.facility_id, ()), at=A_MONDAY)
    assert send_messages(session, mailer=box, vault=VAULT, clock=clock, base_url="https://r") == 1
    ((address, subject, body),) = box.kept
    assert address == EMAIL
    assert "Safari sous iPhone" in subject
    assert "UTC" in body
    assert "mettez fin à cette session" in body
    assert "https://r/account" in body


@pytest.mark.parametrize(
    ("days", "expected"),
    [pytest.param(179, 0, id="used lately"), pytest.param(182, 1, id="long ago")],
)
def test_a_kind_of_device_is_new_again_after_half_a_year(
    session: Session, ana: Account, days: int, expected: int
) -> None:
    enter(session, PHONE)
    enter(session, DESK, A_MONDAY + DAY)
    session.exec(select(Message)).one()
    enter(session, PHONE, A_MONDAY + days * DAY)
    assert len(told(session)) == 1 + expected


def test_what_a_browser_says_of_itself_is_never_mailed(session: Session, ana: Account) -> None:
    enter(session, DESK)
    enter(session, "Your account is closed, call +00 1 23")
    (message,) = session.exec(select(Message)).all()
    for locale in LOCALES:
        said = sentence(message.kind, message.detail, locale)
        assert "+00" not in said
        assert "UTC" in said


def test_another_password_is_told_and_the_first_one_is_not(session: Session) -> None:
    make = Factory(session)
    account = make.account(EMAIL)
    _, token = make_link(
        session, account, LinkPurpose.INVITATION, vault=VAULT, at=A_MONDAY, by=None
    )
    set_password_by_link(session, token, ANOTHER, now=A_MONDAY)
    assert told(session) == []
    _, token = make_link(session, account, LinkPurpose.RESET, vault=VAULT, at=A_MONDAY, by=None)
    set_password_by_link(session, token, f"{ANOTHER} two", now=A_MONDAY)
    actor = Actor(account.id, account.name, account.facility_id, ())
    change_password(
        session, actor, old=f"{ANOTHER} two", new=f"{ANOTHER} three", token="", now=A_MONDAY
    )
    assert told(session) == [MessageKind.PASSWORD_SET] * 2


@pytest.mark.parametrize("locale", LOCALES)
def test_each_language_says_what_to_do(locale: str) -> None:
    said = {advice(kind, locale) for kind in (MessageKind.NEW_DEVICE, MessageKind.PASSWORD_SET)}
    assert len(said) == 2
    assert "" not in said
    assert advice(MessageKind.CALL_OPENED, locale) == ""
