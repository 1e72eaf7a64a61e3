"""Accounts are opened, invited and closed, roles and keys end: by administrators, in one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

import pytest
from cryptography.fernet import Fernet
from sqlmodel import Session, select

from roster import accounts, administration
from roster.errors import Conflict, InvalidInput, MailFailed, NotAllowed, NotFound, NotSignedIn
from roster.inputs import SignInInput
from roster.policy import Actor, Permission
from roster.tables import Account, ApiKey, OneTimeLink, RoleGrant
from roster.telling.one_time_links import send_links
from roster.vault import Vault
from roster.vocabulary import LinkPurpose, Role
from tests.factories import Factory
from tests.fakes import A_MONDAY

EMAIL, NEW = "ana@roster.example", "three quiet rivers"
VAULT = Vault([Fernet.generate_key()])
HOUR = timedelta(hours=1)


@pytest.fixture
def boss(make: Factory) -> Actor:
    return make.actor(Role.ADMINISTRATOR)


@pytest.fixture
def ana(make: Factory) -> Account:
    account = make.account(EMAIL, password=None)
    make.grant(account, Role.PROJECT_OFFICER)
    return account


def _sign_in(session: Session, password: str) -> str:
    given = SignInInput(email=EMAIL, password=password)
    return accounts.sign_in(session, given, now=A_MONDAY, hours=12).token


# --- Links ----------------------------------------------------------------------------------------


def test_an_invited_account_sets_its_password_once(
    session: Session, boss: Actor, ana: Account
) -> None:
    token = administration.invite(session, boss, ana.id, vault=VAULT, now=A_MONDAY)
    with pytest.raises(InvalidInput, match="12 characters"):
        accounts.set_password_by_link(session, token, "short", now=A_MONDAY)
    accounts.set_password_by_link(session, token, NEW, now=A_MONDAY)
    assert _sign_in(session, NEW)
    with pytest.raises(NotFound):
        accounts.set_password_by_link(session, token, NEW, now=A_MONDAY)


def test_a_link_runs_out_and_a_newer_one_ends_it(
    session: Session, boss: Actor, ana: Account
) -> None:
    old = administration.invite(session, boss, ana.id, vault=VAULT, now=A_MONDAY)
    new = administration.invite(session, boss, ana.id, vault=VAULT, now=A_MONDAY)
    with pytest.raises(NotFound):
        accounts.set_password_by_link(session, old, NEW, now=A_MONDAY)
    with pytest.raises(NotFound):
        accounts.set_password_by_link(session, new, NEW, now=A_MONDAY + timedelta(days=15))


def test_a_reset_ends_every_session_and_asks_nobody_whether_the_address_is_known(
    session: Session, boss: Actor, ana: Account
) -> None:
    first = administration.invite(session, boss, ana.id, vault=VAULT, now=A_MONDAY)
    accounts.set_password_by_link(session, first, NEW, now=A_MONDAY)
    open_session = _sign_in(session, NEW)
    for email in ("nobody@roster.example", EMAIL.upper()):
        accounts.ask_reset(session, email, vault=VAULT, now=A_MONDAY)
    waiting = session.exec(select(OneTimeLink).where(OneTimeLink.used_at == None)).one()  # noqa: E711
    assert (waiting.account_id, waiting.purpose) == (ana.id, LinkPurpose.RESET)
    assert waiting.locked_token is not None
    token = VAULT.unlock(waiting.locked_token).decode()
    accounts.set_password_by_link(session, token, "four loud rivers", now=A_MONDAY + HOUR)
    with pytest.raises(NotSignedIn):
        accounts.actor_of_session(session, open_session, now=A_MONDAY + HOUR)
    assert _sign_in(session, "four loud rivers")


@pytest.mark.parametrize("weak", [EMAIL, "a" * 20, "short words"], ids=["address", "a", "short"])
def test_a_password_that_gives_itself_away_is_refused(
    session: Session, boss: Actor, ana: Account, weak: str
) -> None:
    token = administration.invite(session, boss, ana.id, vault=VAULT, now=A_MONDAY)
    with pytest.raises(InvalidInput):
        accounts.set_password_by_link(session, token, weak, now=A_MONDAY)


class _Mail:
    def __init__(self, failing: bool = False) -> None:
        self.failing, self.sent = failing, list[tuple[str, str, str]]()

    def send(self, address: str, subject: str, body: str) -> None:
        if self.failing:
            raise MailFailed("The mail server did not answer.")
        self.sent.append((address, subject, body))


def test_a_link_is_mailed_once_and_its_token_is_kept_no_longer(
    session: Session, boss: Actor, ana: Account
) -> None:
    token = administration.invite(session, boss, ana.id, vault=VAULT, now=A_MONDAY)

    def send(mail: _Mail) -> int:
        return send_links(
            session, mailer=mail, vault=VAULT, at=A_MONDAY, base_url="https://roster.example"
        )

    assert send(_Mail(failing=True)) == 0
    mail = _Mail()
    assert (send(mail), send(mail)) == (1, 0)
    ((address, subject, body),) = mail.sent
    assert address == EMAIL
    assert "\n" not in subject
    assert f"https://roster.example/link/{token}" in body
    assert session.exec(select(OneTimeLink.locked_token)).one() is None


# --- Accounts, roles, keys ------------------------------------------------------------------------


def test_a_closed_account_is_out_at_once(session: Session, boss: Actor, ana: Account) -> None:
    token = administration.invite(session, boss, ana.id, vault=VAULT, now=A_MONDAY)
    accounts.set_password_by_link(session, token, NEW, now=A_MONDAY)
    signed_in = _sign_in(session, NEW)
    _, secret = administration.issue_key(
        session, boss, ana.id, label="x", scopes=frozenset({Permission.RANK}), now=A_MONDAY
    )
    administration.close_account(session, boss, ana.id, now=A_MONDAY)
    for fails in (
        lambda: accounts.actor_of_session(session, signed_in, now=A_MONDAY),
        lambda: accounts.actor_of_key(session, secret, now=A_MONDAY),
        lambda: _sign_in(session, NEW),
    ):
        with pytest.raises(NotSignedIn):
            fails()
    with pytest.raises(Conflict):
        administration.invite(session, boss, ana.id, vault=VAULT, now=A_MONDAY)
    administration.reopen_account(session, boss, ana.id, now=A_MONDAY)
    assert _sign_in(session, NEW)
    with pytest.raises(NotSignedIn):
        accounts.actor_of_key(session, secret, now=A_MONDAY)


def _administrator(make: Factory) -> tuple[Actor, RoleGrant]:
    account = make.account()
    grant = make.grant(account, Role.ADMINISTRATOR)
    return replace(make.actor(Role.ADMINISTRATOR), account_id=account.id), grant


def test_somebody_has_to_administer_the_facility(session: Session, make: Factory) -> None:
    boss, own = _administrator(make)
    with pytest.raises(Conflict, match="administer"):
        administration.end_grant(session, boss, own.id, now=A_MONDAY)
    other, _ = _administrator(make)
    assert other.account_id is not None
    administration.end_grant(session, boss, own.id, now=A_MONDAY)
    with pytest.raises(Conflict, match="signed in"):
        administration.close_account(session, other, other.account_id, now=A_MONDAY)


def test_a_rotated_key_works_a_week_longer(session: Session, boss: Actor, ana: Account) -> None:
    old, secret = administration.issue_key(
        session, boss, ana.id, label="hr", scopes=frozenset({Permission.RANK}), now=A_MONDAY
    )
    new, fresh = administration.rotate_key(session, boss, old.id, now=A_MONDAY)
    assert (new.label, new.scopes) == (old.label, old.scopes)
    for key in (secret, fresh):
        assert accounts.actor_of_key(session, key, now=A_MONDAY + timedelta(days=6))
    with pytest.raises(NotSignedIn):
        accounts.actor_of_key(session, secret, now=A_MONDAY + timedelta(days=8))
    administration.revoke_key(session, boss, new.id, now=A_MONDAY)
    with pytest.raises(Conflict):
        administration.rotate_key(session, boss, new.id, now=A_MONDAY)


class _Own(NamedTuple):
    account: Account
    grant: RoleGrant
    key: ApiKey


_Act = Callable[[Session, Actor, _Own], object]
ACTS: dict[str, _Act] = {
    "invite": lambda s, a, own: administration.invite(
        s, a, own.account.id, vault=VAULT, now=A_MONDAY
    ),
    "end_grant": lambda s, a, own: administration.end_grant(s, a, own.grant.id, now=A_MONDAY),
    "close": lambda s, a, own: administration.close_account(s, a, own.account.id, now=A_MONDAY),
    "reopen": lambda s, a, own: administration.reopen_account(s, a, own.account.id, now=A_MONDAY),
    "revoke": lambda s, a, own: administration.revoke_key(s, a, own.key.id, now=A_MONDAY),
    "rotate": lambda s, a, own: administration.rotate_key(s, a, own.key.id, now=A_MONDAY),
}


@pytest.mark.parametrize("act", ACTS)
def test_only_an_administrator_of_the_same_facility_may(
    session: Session, make: Factory, boss: Actor, ana: Account, act: str
) -> None:
    grant = session.exec(select(RoleGrant).where(RoleGrant.account_id == ana.id)).one()
    key, _ = administration.issue_key(
        session, boss, ana.id, label="x", scopes=frozenset({Permission.RANK}), now=A_MONDAY
    )
    own = _Own(ana, grant, key)
    with pytest.raises(NotAllowed):
        ACTS[act](session, make.actor(Role.COORDINATOR), own)
    stranger = make.actor(Role.ADMINISTRATOR, facility=make.facility())
    with pytest.raises(NotFound):
        ACTS[act](session, stranger, own)


def test_ids_of_nobody_are_not_found(session: Session, boss: Actor) -> None:
    with pytest.raises(NotFound):
        administration.close_account(session, boss, UUID(int=1), now=A_MONDAY)
