"""Signing in, sessions and keys: what opens, what refuses, and that no secret is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pwdlib import PasswordHash
from sqlmodel import Session, SQLModel, select

from roster import administration, passwords
from roster.accounts import (
    actor_of_key,
    actor_of_session,
    check_throttle,
    note_failure,
    sign_in,
    sign_out,
    work_in,
)
from roster.administration import issue_key
from roster.errors import Conflict, InvalidInput, NotAllowed, NotFound, NotSignedIn, TooManyAttempts
from roster.inputs import SignInInput
from roster.passwords import hash_password
from roster.policy import Permission
from roster.tables import Account, ApiKey, SignInAttempt
from roster.vocabulary import Origin, Role
from tests.factories import COSTLY, Factory
from tests.fakes import A_MONDAY

EMAIL, PASSWORD = "ana@roster.example", "correct horse"
RIGHT = SignInInput(email=EMAIL, password=PASSWORD)
DAY = timedelta(days=1)


def _everything_stored(session: Session) -> str:
    """Return every value of every row, as one text."""
    session.flush()
    return "\n".join(
        str(tuple(row))
        for table in SQLModel.metadata.sorted_tables
        for row in session.connection().execute(table.select())
    )


@pytest.fixture
def ana(session: Session) -> Account:
    make = Factory(session)
    account = make.account(EMAIL, password=PASSWORD)
    make.grant(account, Role.PROJECT_OFFICER)
    return account


def test_the_right_password_opens_a_session(session: Session, ana: Account) -> None:
    opened = sign_in(session, RIGHT, now=A_MONDAY, hours=12, device="Browser" * 100)
    actor = actor_of_session(session, opened.token, now=A_MONDAY)
    assert (actor.account_id, actor.facility_id) == (ana.id, ana.facility_id)
    assert actor.may(Permission.RANK)
    assert opened.expires_at == A_MONDAY + timedelta(hours=12)


def test_an_address_is_known_in_any_case(session: Session, ana: Account) -> None:
    given = SignInInput(email="  ANA@Roster.example ", password=PASSWORD)
    assert sign_in(session, given, now=A_MONDAY, hours=1).account_id == ana.id


def test_wrong_unknown_closed_and_passwordless_are_told_alike(
    session: Session, ana: Account
) -> None:
    make = Factory(session)
    closed = make.account("closed@roster.example", password=PASSWORD)
    closed.is_active = False
    make.account("new@roster.example")
    tries = [
        SignInInput(email=EMAIL, password="wrong"),
        SignInInput(email="nobody@roster.example", password=PASSWORD),
        SignInInput(email=closed.email, password=PASSWORD),
        SignInInput(email="new@roster.example", password=PASSWORD),
    ]
    told = set()
    for given in tries:
        with pytest.raises(NotSignedIn) as refused:
            sign_in(session, given, now=A_MONDAY, hours=1)
        told.add(refused.value.detail)
    assert len(told) == 1


def _fail(session: Session, times: int) -> None:
    for number in range(times):
        note_failure(session, EMAIL, now=A_MONDAY + timedelta(seconds=number))


def test_too_many_failures_shut_an_address_even_for_the_right_password(
    session: Session, ana: Account
) -> None:
    _fail(session, 7)
    now = A_MONDAY + timedelta(minutes=5)
    check_throttle(session, EMAIL, now=now)
    note_failure(session, f" {EMAIL.upper()} ", now=now)
    with pytest.raises(TooManyAttempts) as refused:
        sign_in(session, RIGHT, now=now, hours=1)
    assert refused.value.retry_after_s == 10 * 60
    check_throttle(session, "other@roster.example", now=now)


def test_waiting_as_long_as_told_is_enough(session: Session, ana: Account) -> None:
    _fail(session, 8)
    now = A_MONDAY + timedelta(minutes=2)
    with pytest.raises(TooManyAttempts) as refused:
        check_throttle(session, EMAIL, now=now)
    later = now + timedelta(seconds=refused.value.retry_after_s)
    assert sign_in(session, RIGHT, now=later, hours=1).account_id == ana.id


def test_signing_in_forgets_the_failures_and_time_does_too(session: Session, ana: Account) -> None:
    _fail(session, 7)
    sign_in(session, RIGHT, now=A_MONDAY, hours=1)
    assert session.exec(select(SignInAttempt)).all() == []
    _fail(session, 3)
    note_failure(session, "other@roster.example", now=A_MONDAY + DAY)
    assert len(session.exec(select(SignInAttempt)).all()) == 1


@pytest.mark.parametrize("after", [timedelta(hours=12), timedelta(days=9)])
def test_a_session_ends_by_itself(session: Session, ana: Account, after: timedelta) -> None:
    opened = sign_in(session, RIGHT, now=A_MONDAY, hours=12)
    actor_of_session(session, opened.token, now=A_MONDAY + timedelta(hours=11))
    with pytest.raises(NotSignedIn, match="ended"):
        actor_of_session(session, opened.token, now=A_MONDAY + after)


def test_a_session_that_is_not_used_ends_and_one_that_is_goes_on(
    session: Session, ana: Account
) -> None:
    opened = sign_in(session, RIGHT, now=A_MONDAY, hours=3, idle_minutes=60)
    used = [timedelta(minutes=minutes) for minutes in (59, 100, 159)]
    for since in used:
        actor_of_session(session, opened.token, now=A_MONDAY + since, idle_minutes=60)
    # Looking whether somebody is signed in is no use of it, and nothing goes on for ever.
    actor_of_session(session, opened.token, now=A_MONDAY + timedelta(minutes=179))
    with pytest.raises(NotSignedIn, match="ended"):
        actor_of_session(session, opened.token, now=A_MONDAY + timedelta(hours=3), idle_minutes=60)
    left = sign_in(session, RIGHT, now=A_MONDAY, hours=3, idle_minutes=60)
    with pytest.raises(NotSignedIn, match="ended"):
        actor_of_session(session, left.token, now=A_MONDAY + timedelta(minutes=60), idle_minutes=60)


def test_a_session_ends_when_signed_out_and_with_the_account(
    session: Session, ana: Account
) -> None:
    first = sign_in(session, RIGHT, now=A_MONDAY, hours=12)
    second = sign_in(session, RIGHT, now=A_MONDAY, hours=12)
    sign_out(session, first.token, now=A_MONDAY)
    sign_out(session, "no such token", now=A_MONDAY)
    with pytest.raises(NotSignedIn):
        actor_of_session(session, first.token, now=A_MONDAY)
    actor_of_session(session, second.token, now=A_MONDAY)
    ana.is_active = False
    with pytest.raises(NotSignedIn):
        actor_of_session(session, second.token, now=A_MONDAY)
    with pytest.raises(NotSignedIn):
        actor_of_session(session, "no such token", now=A_MONDAY)


def test_an_ended_grant_is_no_grant(session: Session) -> None:
    make = Factory(session)
    account = make.account(EMAIL, password=PASSWORD)
    make.grant(account, Role.COORDINATOR, ended_at=A_MONDAY)
    opened = sign_in(session, RIGHT, now=A_MONDAY, hours=1)
    assert actor_of_session(session, opened.token, now=A_MONDAY).grants == ()


def test_somebody_works_in_one_facility_at_a_time(session: Session, ana: Account) -> None:
    make = Factory(session)
    there, nowhere = make.facility(), make.facility()
    make.grant(ana, Role.FOCAL_POINT, facility=there, country="PT")
    token = sign_in(session, RIGHT, now=A_MONDAY, hours=1).token
    at_first = actor_of_session(session, token, now=A_MONDAY)
    assert at_first.may(Permission.RANK)
    work_in(session, at_first, token, there.id)
    moved = actor_of_session(session, token, now=A_MONDAY)
    assert (moved.facility_id, moved.countries) == (there.id, ("PT",))
    assert not moved.may(Permission.RANK)
    with pytest.raises(NotFound):
        work_in(session, moved, token, nowhere.id)
    assert actor_of_session(session, token, now=A_MONDAY).facility_id == there.id


# Keys.


def test_a_key_opens_what_its_scopes_and_its_accounts_roles_allow(
    session: Session, ana: Account
) -> None:
    _, secret = _key(session, ana, Permission.RANK, Permission.UPLOAD_CVS)
    actor = actor_of_key(session, secret, now=A_MONDAY)
    assert actor.account_id == ana.id
    assert actor.may(Permission.RANK)
    assert not actor.may(Permission.READ_EXPERTS)
    assert not actor.may(Permission.UPLOAD_CVS)


def _key(session: Session, account: Account, *scopes: Permission) -> tuple[ApiKey, str]:
    make = Factory(session)
    administrator = make.actor(Role.ADMINISTRATOR)
    return issue_key(
        session,
        administrator,
        account.id,
        label="l",
        scopes=frozenset(scopes),
        now=A_MONDAY,
        days=2,
    )


def test_a_key_ends_by_its_date_by_revocation_and_with_its_account(
    session: Session, ana: Account
) -> None:
    held, secret = _key(session, ana, Permission.RANK)
    actor_of_key(session, secret, now=A_MONDAY + DAY)
    assert held.last_used_at == A_MONDAY + DAY
    actor_of_key(session, secret, now=A_MONDAY + DAY + timedelta(seconds=59))
    assert held.last_used_at == A_MONDAY + DAY  # Kept to the minute: a read writes nothing.
    actor_of_key(session, secret, now=A_MONDAY + DAY + timedelta(seconds=60))
    assert held.last_used_at == A_MONDAY + DAY + timedelta(seconds=60)
    for change, undo in (
        ({"expires_at": A_MONDAY}, {"expires_at": A_MONDAY + 9 * DAY}),
        ({"revoked_at": A_MONDAY}, {"revoked_at": None}),
    ):
        held.sqlmodel_update(change)
        with pytest.raises(NotSignedIn, match="no longer valid"):
            actor_of_key(session, secret, now=A_MONDAY)
        held.sqlmodel_update(undo)
    ana.is_active = False
    with pytest.raises(NotSignedIn, match="no longer valid"):
        actor_of_key(session, secret, now=A_MONDAY)
    with pytest.raises(NotSignedIn, match="not known"):
        actor_of_key(session, f"{secret}x", now=A_MONDAY)


def test_a_key_never_opens_another_facility_than_its_own(session: Session, ana: Account) -> None:
    """An administrator may make a key for somebody whose rights lie elsewhere: it opens nothing."""
    make = Factory(session)
    there = make.facility()
    stranger = make.actor(Role.ADMINISTRATOR, facility=there)
    _, secret = issue_key(
        session, stranger, ana.id, label="l", scopes=frozenset({Permission.RANK}), now=A_MONDAY
    )
    actor = actor_of_key(session, secret, now=A_MONDAY)
    assert actor.facility_id == there.id
    assert not actor.may(Permission.RANK)


def test_a_scope_that_is_no_longer_known_allows_nothing(session: Session, ana: Account) -> None:
    held, secret = _key(session, ana, Permission.RANK)
    held.scopes = ["rank_everybody"]
    assert not actor_of_key(session, secret, now=A_MONDAY).may(Permission.RANK)


def test_only_an_administrator_makes_keys_and_none_without_a_scope(
    session: Session, ana: Account
) -> None:
    make = Factory(session)
    rank = frozenset({Permission.RANK})
    with pytest.raises(NotAllowed):
        issue_key(session, make.actor(), ana.id, label="l", scopes=rank, now=A_MONDAY)
    administrator = make.actor(Role.ADMINISTRATOR)
    with pytest.raises(InvalidInput, match="scope"):
        issue_key(session, administrator, ana.id, label="l", scopes=frozenset(), now=A_MONDAY)
    with pytest.raises(NotFound):
        issue_key(session, administrator, make.home.id, label="l", scopes=rank, now=A_MONDAY)


def test_no_secret_is_stored_in_clear(session: Session, ana: Account) -> None:
    note_failure(session, "tried@roster.example", now=A_MONDAY)
    token = sign_in(session, RIGHT, now=A_MONDAY, hours=1).token
    held, key = _key(session, ana, Permission.RANK)
    stored = _everything_stored(session)
    for secret in (PASSWORD, token, key, "tried@roster.example"):
        assert secret not in stored
    assert key.startswith(held.prefix)
    assert len(key) - len(held.prefix) >= 32


# Accounts.


def test_an_account_opens_without_any_right(session: Session) -> None:
    make = Factory(session)
    account = administration.open_account(
        session, make.home, email=" New@Roster.example", name="N", password=None
    )
    assert (account.email, account.password_hash) == ("new@roster.example", None)
    grant = administration.grant_role(
        session, account, Role.FOCAL_POINT, facility_id=make.home.id, country="PT"
    )
    assert (grant.account_id, grant.country, grant.administrations) == (account.id, "PT", [])


def test_a_second_account_for_an_address_is_refused(session: Session, ana: Account) -> None:
    make = Factory(session)
    with pytest.raises(Conflict, match="address"):
        administration.open_account(
            session, make.home, email=EMAIL.upper(), name="N", password=None
        )


def test_passwords_are_hashed_with_argon2id_and_their_own_salt(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(passwords, "_HASHER", COSTLY)
    first, second = hash_password("a"), hash_password("a")
    recommended = PasswordHash.recommended().hash("a").split("$")[:4]
    assert recommended[1] == "argon2id"
    assert [kept.split("$")[:4] for kept in (first, second)] == [recommended, recommended]
    assert first != second


def test_what_an_invented_account_writes_is_invented(session: Session, ana: Account) -> None:
    ana.origin = Origin.SYNTHETIC
    session.add(ana)
    opened = sign_in(session, RIGHT, now=A_MONDAY, hours=1)
    assert actor_of_session(session, opened.token, now=A_MONDAY).origin is Origin.SYNTHETIC
