"""Signing in with another system: no account, no way in; one that is bound stays bound."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import pytest
from httpx import AsyncClient, Response
from pydantic import SecretStr, ValidationError
from sqlmodel import select

from roster.outside_identities import OutsideIdentity, sign_in_outside, sign_out_outside
from roster.settings import Settings
from roster.tables import Account, Change, LoginSession, RoleGrant
from roster.vault import digest
from roster.vocabulary import Role
from tests.web.officer import PASSWORD, Desk, said
from tests.web.provider import agree, free_port, running_provider
from tests.web.test_drafts import keep, opened
from web.openid import Begun, OpenIDFailed, Provider, begin, begun_in

pytestmark = pytest.mark.anyio

ANA = "ana@invented.example"
PEOPLE: dict[str, dict[str, object]] = {
    "a-1": {"email": "Ana@Invented.example", "email_verified": True},
    "a-2": {"email": ANA, "email_verified": True},
    "doubt": {"email": ANA, "email_verified": False},
    "nameless": {"name": "Nobody"},
    "stranger": {"email": "stranger@invented.example"},
}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running_provider(free_port(), PEOPLE) as found:
        yield found


def served(desk: Desk, address: str, **more: Any) -> Desk:
    """Return the desk of an installation that knows a provider, at the time that is."""
    chosen = desk.installation.settings.model_copy(
        update={
            "oidc_issuer": address,
            "oidc_client_id": "roster",
            "oidc_client_secret": SecretStr("quiet"),
            "oidc_label": "the Ministry",
            "public_url": "http://roster.test",
            **more,
        }
    )
    desk.clock.at = datetime.now(UTC)
    return replace(desk, installation=replace(desk.installation, settings=chosen))


def account(desk: Desk, *, role: Role | None = Role.PROJECT_OFFICER) -> Account:
    made = desk.make.account(ANA)
    if role:
        desk.make.grant(made, role)
    return made


@asynccontextmanager
async def browser(desk: Desk, role: Role | None = None) -> AsyncIterator[AsyncClient]:
    """Open a client that keeps cookies which are sent by HTTPS only."""
    async with desk.client(role) as client:
        client.base_url = httpx.URL("https://roster.test")
        yield client


async def go(client: AsyncClient, subject: str, path: str = "/") -> Response:
    return await go_by(client, f"/signin/openid?next={quote(path, safe='')}", subject)


async def go_by(client: AsyncClient, way: str, subject: str) -> Response:
    there = (await client.get(way)).headers["location"]
    back = urlsplit(agree(there, subject))
    assert back.path == "/signin/openid/back"
    return await client.get(f"{back.path}?{back.query}")


async def test_an_invited_account_signs_in_and_nothing_else_is_made_for_it(
    desk: Desk, address: str
) -> None:
    account(desk)
    there = served(desk, address)
    async with browser(there) as client:
        assert "Sign in with the Ministry" in said((await client.get("/signin")).text)
        answer = await go(client, "a-1", "/requests?page=2")
        assert (answer.status_code, answer.headers["location"]) == (303, "/requests?page=2")
        assert (await client.get("/")).status_code == 200
        assert "roster_openid" not in client.cookies
        left = await client.post("/signout")
        assert left.headers["location"] == "/signin?signed_out=here"
        page = (await client.get(left.headers["location"])).text
        assert f"{address}/oauth2/end_session?client_id=roster" in page.replace("&amp;", "&")
    assert len(desk.session.exec(select(RoleGrant)).all()) == 1
    acts = [row.act for row in desk.session.exec(select(Change).where(Change.record == "account"))]
    assert acts == ["identity_bound", "signed_in", "session_ended"]


@pytest.mark.long
@pytest.mark.parametrize("subject", ["stranger", "nameless", "doubt"])
async def test_who_is_not_known_or_not_sure_gets_no_session(
    desk: Desk, address: str, subject: str
) -> None:
    account(desk)
    async with browser(served(desk, address)) as client:
        answer = await go(client, subject)
        assert answer.status_code == 401
        assert "administrator" in said(answer.text)
        assert "roster_session" not in client.cookies
    assert desk.session.exec(select(LoginSession)).all() == []
    assert len(desk.session.exec(select(Account)).all()) == 1


@pytest.mark.long
async def test_another_identity_with_the_same_address_does_not_take_an_account_over(
    desk: Desk, address: str
) -> None:
    made = account(desk)
    async with browser(served(desk, address)) as client:
        assert (await go(client, "a-1")).status_code == 303
        await client.post("/signout")
        assert (await go(client, "a-2")).status_code == 401
    async with served(desk, address).client(Role.ADMINISTRATOR) as client:
        page = await client.get(f"/administration/accounts/{made.id}")
        assert "Forget the identity elsewhere" in said(page.text)
        await client.post(f"/administration/accounts/{made.id}/identity/forget")
    async with browser(served(desk, address)) as client:
        assert (await go(client, "a-2")).status_code == 303


@pytest.mark.long
async def test_a_closed_account_is_not_opened_from_outside(desk: Desk, address: str) -> None:
    account(desk).is_active = False
    async with browser(served(desk, address)) as client:
        assert (await go(client, "a-1")).status_code == 401


@pytest.mark.long
async def test_what_another_browser_began_or_what_is_played_again_opens_nothing(
    desk: Desk, address: str
) -> None:
    account(desk)
    there = served(desk, address)
    async with browser(there) as client:
        way = (await client.get("/signin/openid")).headers["location"]
        back = urlsplit(agree(way, "a-1"))
        other = browser(there)
        async with other as stranger:
            refused = await stranger.get(f"{back.path}?{back.query}")
            assert refused.status_code == 401
        changed = await client.get(f"{back.path}?{back.query.replace('state=', 'state=x')}")
        assert changed.status_code == 401
    assert desk.session.exec(select(LoginSession)).all() == []


@pytest.mark.long
async def test_a_provider_that_changes_its_keys_goes_on_and_one_that_is_away_is_told(
    desk: Desk,
) -> None:
    account(desk)
    port = free_port()
    with running_provider(port, PEOPLE) as found:
        there = served(desk, found)
        async with browser(there) as client:
            assert (await go(client, "a-1")).status_code == 303
    desk.clock.advance(seconds=20)
    with running_provider(port, PEOPLE):
        async with browser(there) as client:
            assert (await go(client, "a-1")).status_code == 303
    desk.clock.advance(hours=2)
    async with browser(there) as client:
        assert (await client.get("/signin/openid")).status_code == 401


async def test_passwords_are_refused_where_they_are_switched_off(desk: Desk, address: str) -> None:
    made = account(desk)
    desk.make.account("ben@invented.example", password=PASSWORD)
    async with browser(served(desk, address, local_sign_in=False)) as client:
        assert 'name="password"' not in (await client.get("/signin")).text
        form = {"email": "ben@invented.example", "password": PASSWORD}
        assert (await client.post("/signin", data=form)).status_code == 403
        assert "No password is needed" in said((await client.get("/signin/forgotten")).text)
        assert (await client.post("/link/x", data={"new_password": "x"})).status_code == 403
        assert (await client.get("/link/x")).status_code == 200
        assert made.password_hash is None


async def test_by_https_the_cookie_is_bound_to_this_host(desk: Desk) -> None:
    ben = desk.make.account("ben@invented.example", password=PASSWORD)
    desk.make.grant(ben, Role.PROJECT_OFFICER)
    chosen = desk.installation.settings.model_copy(update={"cookie_secure": True})
    there = replace(desk, installation=replace(desk.installation, settings=chosen))
    async with browser(there) as client:
        form = {"email": "ben@invented.example", "password": PASSWORD}
        cookie = (await client.post("/signin", data=form)).headers["set-cookie"]
        assert cookie.startswith("__Host-roster_session=")
        assert "Secure" in cookie
        assert "Path=/;" in cookie
        assert "Domain" not in cookie
        assert (await client.get("/")).status_code == 200
        plain = {"Cookie": cookie.split(";")[0].removeprefix("__Host-")}
        client.cookies.clear()
        assert (await client.get("/", headers=plain)).status_code == 303


async def test_without_a_provider_there_is_no_such_way(desk: Desk) -> None:
    async with desk.client(None) as client:
        assert (await client.get("/signin/openid")).status_code == 404
        assert (await client.get("/signin/openid/back")).status_code == 404
        assert "openid" not in (await client.get("/signin")).text


# --- What is checked, with tokens of a provider's own key ----------------------------------------


@contextmanager
def _answers(monkeypatch: pytest.MonkeyPatch, told: dict[str, Any]) -> Iterator[list[Any]]:
    """Let the network answer with documents by the end of their address."""
    asked: list[Any] = []

    def ask(method: str, address: str, **more: Any) -> dict[str, Any]:
        asked.append((method, address, more))
        return dict(told[address.rsplit("/", 1)[-1]])

    monkeypatch.setattr("web.openid._asked", ask)
    yield asked


def _settings() -> Settings:
    return Settings(
        oidc_issuer="https://login.example/realm",
        oidc_client_id="roster",
        oidc_client_secret=SecretStr("quiet"),
        public_url="https://roster.example",
    )


NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
GOOD = {
    "iss": "https://login.example/realm",
    "aud": "roster",
    "sub": "a-1",
    "email": ANA,
    "iat": NOW.timestamp(),
    "exp": NOW.timestamp() + 300,
}
DOCUMENT = {
    "issuer": "https://login.example/realm",
    "authorization_endpoint": "https://login.example/there?tenant=1",
    "token_endpoint": "https://login.example/token",
    "userinfo_endpoint": "https://login.example/userinfo",
    "jwks_uri": "https://login.example/keys",
}


def _identity(
    monkeypatch: pytest.MonkeyPatch,
    changed: dict[str, Any],
    *,
    algorithm: str = "RS256",
    document: dict[str, Any] | None = None,
    **answer: str,
) -> tuple[str, str]:
    from joserfc import jwt  # noqa: PLC0415 -- only here.
    from joserfc.jwk import OctKey, RSAKey  # noqa: PLC0415

    key = RSAKey.generate_key(2048, {"kid": "1", "use": "sig"})
    begun = begin("/", NOW)
    claims = {**GOOD, "nonce": begun.nonce, **changed}
    claims = {name: value for name, value in claims.items() if value is not None}
    signer = OctKey.import_key("quiet" * 8) if algorithm == "HS256" else key
    token = jwt.encode({"alg": algorithm, "kid": "1"}, claims, signer, algorithms=[algorithm])
    told = {
        "openid-configuration": {**DOCUMENT, **(document or {})},
        "token": {"id_token": token, "access_token": "x"},
        "keys": {"keys": [key.as_dict(private=False)]},
        "userinfo": {"sub": "a-1", "email": "other@invented.example"},
    }
    with _answers(monkeypatch, told) as asked:
        sent = {"state": begun.state, "code": "c", **answer}
        found = Provider(_settings()).identity(sent, begun, now=NOW)
    exchange = next(more for _, address, more in asked if address.endswith("/token"))
    assert exchange["data"]["code_verifier"] == begun.verifier
    return found.subject, found.address


class TestWhatIsChecked:
    async def test_a_whole_answer_is_believed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert _identity(monkeypatch, {}) == ("a-1", ANA)
        assert _identity(monkeypatch, {"exp": NOW.timestamp() - 30}) == ("a-1", ANA)
        asked = _identity(monkeypatch, {"email": None})
        assert asked == ("a-1", "other@invented.example")

    @pytest.mark.parametrize(
        "changed",
        [
            pytest.param({"iss": "https://evil.example"}, id="issuer"),
            pytest.param({"aud": "another"}, id="audience"),
            pytest.param({"aud": ["roster", "another"]}, id="several-audiences"),
            pytest.param({"azp": "another"}, id="party"),
            pytest.param({"nonce": "another"}, id="nonce"),
            pytest.param({"nonce": None}, id="no-nonce"),
            pytest.param({"exp": NOW.timestamp() - 90}, id="run-out"),
            pytest.param({"exp": None}, id="without-end"),
            pytest.param({"iat": NOW.timestamp() + 90}, id="from-the-future"),
            pytest.param({"sub": None}, id="nobody"),
            pytest.param({"sub": "b", "email": None}, id="user-info-of-another"),
            pytest.param({"email": 7}, id="address-no-text"),
        ],
    )
    async def test_a_token_that_does_not_hold_names_nobody(
        self, monkeypatch: pytest.MonkeyPatch, changed: dict[str, Any]
    ) -> None:
        with pytest.raises(OpenIDFailed):
            _identity(monkeypatch, changed)

    @pytest.mark.parametrize(
        "how",
        [
            pytest.param({"algorithm": "HS256"}, id="signed-with-the-secret"),
            pytest.param({"iss": "https://evil.example"}, id="mixed-up"),
            pytest.param({"document": {"issuer": "https://evil.example"}}, id="discovery"),
            pytest.param({"document": {"jwks_uri": "http://login.example/keys"}}, id="plain-http"),
        ],
    )
    async def test_an_answer_from_elsewhere_names_nobody(
        self, monkeypatch: pytest.MonkeyPatch, how: dict[str, Any]
    ) -> None:
        with pytest.raises(OpenIDFailed):
            _identity(monkeypatch, {}, **how)

    async def test_the_way_there_holds_the_challenge_and_never_its_secret(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        begun = begin("/", NOW)
        with _answers(monkeypatch, {"openid-configuration": DOCUMENT}):
            there = Provider(_settings()).way_there(begun, locale="fr", now=NOW)
        asked = {name: values[0] for name, values in parse_qs(urlsplit(there).query).items()}
        digest = hashlib.sha256(begun.verifier.encode()).digest()
        assert asked["code_challenge"] == base64.urlsafe_b64encode(digest).decode().rstrip("=")
        assert asked["code_challenge_method"] == "S256"
        assert asked["redirect_uri"] == "https://roster.example/signin/openid/back"
        assert asked["tenant"] == "1"
        assert begun.verifier not in there

    async def test_what_was_begun_is_sealed_and_runs_out(self, desk: Desk) -> None:
        vault = desk.installation.vault
        cookie = begin("/requests", NOW).locked(vault)
        assert begun_in(cookie, vault).path == "/requests"
        for wrong in ("", "x" * 50, vault.lock(b"[1]").decode(), vault.lock(b"{}").decode()):
            with pytest.raises(OpenIDFailed):
                begun_in(wrong, vault)
        old = Begun("s", "n", "v", "/", until=NOW.timestamp() - 1).locked(vault)
        with pytest.raises(OpenIDFailed, match="did not work"):
            begun_in(old, vault).check_time(NOW)

    async def test_a_provider_that_cannot_be_reached_is_told_in_words(self) -> None:
        lost = _settings().model_copy(update={"oidc_issuer": f"http://localhost:{free_port()}"})
        with pytest.raises(OpenIDFailed) as refused:
            Provider(lost).way_there(begin("/", NOW), locale="en", now=NOW)
        assert refused.value.why == "the provider did not answer: ConnectError"
        assert isinstance(refused.value.__cause__, httpx.ConnectError)


# --- The provider says that a session ended -------------------------------------------------------

LOGOUT: dict[str, Any] = {"http://schemas.openid.net/event/backchannel-logout": {}}


def _signed_out(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, Any], *, algorithm: str = "RS256"
) -> tuple[str, dict[str, Any]]:
    """Return a token that says so, and what the provider tells of itself."""
    from joserfc import jwt  # noqa: PLC0415 -- only here.
    from joserfc.jwk import OctKey, RSAKey  # noqa: PLC0415

    key = RSAKey.generate_key(2048, {"kid": "1", "use": "sig"})
    good = {name: GOOD[name] for name in ("iss", "aud", "sub", "iat", "exp")}
    claims = {**good, "jti": "j-1", "sid": "s-1", "events": LOGOUT, **changed}
    claims = {name: value for name, value in claims.items() if value is not None}
    signer = OctKey.import_key("quiet" * 8) if algorithm == "HS256" else key
    token = jwt.encode({"alg": algorithm, "kid": "1"}, claims, signer, algorithms=[algorithm])
    told = {"openid-configuration": DOCUMENT, "keys": {"keys": [key.as_dict(private=False)]}}
    return token, told


def _there(desk: Desk, account_: Account, session_id: str) -> LoginSession:
    """Open a session by what the provider said."""
    said_ = OutsideIdentity("https://login.example/realm", "a-1", ANA, session=session_id)
    opened = sign_in_outside(desk.session, said_, now=NOW, hours=12)
    found = desk.session.exec(
        select(LoginSession).where(LoginSession.token_hash == digest(opened.token))
    ).one()
    assert found.account_id == account_.id
    return found


def _known(desk: Desk) -> Desk:
    here = served(desk, "https://login.example/realm")
    desk.clock.at = NOW
    return here


@pytest.mark.parametrize(
    ("changed", "ended"),
    [
        pytest.param({"sub": None}, [True, False], id="one session"),
        pytest.param({}, [True, False], id="one session of a person"),
        pytest.param({"sid": None}, [True, True], id="all of a person"),
        pytest.param({"sid": "another"}, [False, False], id="a session that is not here"),
        pytest.param({"sub": "another"}, [False, False], id="the session of another"),
    ],
)
async def test_what_ended_at_the_provider_ends_here(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, changed: dict[str, Any], ended: list[bool]
) -> None:
    here = _known(desk)
    made = account(desk)
    opened = [_there(desk, made, name) for name in ("s-1", "s-2")]
    token, told = _signed_out(monkeypatch, changed)
    async with here.client(None) as client:
        with _answers(monkeypatch, told):
            answer = await client.post("/signin/openid/logout", data={"logout_token": token})
            again = await client.post("/signin/openid/logout", data={"logout_token": token})
    assert (answer.status_code, again.status_code) == (200, 200)
    assert answer.headers["cache-control"] == "no-store"
    for one in opened:
        desk.session.refresh(one)
    assert [one.ended_at is not None for one in opened] == ended


async def test_a_sign_out_said_twice_does_not_end_a_session_begun_between(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, made = _known(desk), account(desk)
    _there(desk, made, "s-1")
    token, told = _signed_out(monkeypatch, {"sid": None})
    async with here.client(None) as client:
        with _answers(monkeypatch, told):
            await client.post("/signin/openid/logout", data={"logout_token": token})
            fresh = _there(desk, made, "s-2")
            desk.session.commit()
            await client.post("/signin/openid/logout", data={"logout_token": token})
    desk.session.refresh(fresh)
    assert fresh.ended_at is None


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"iss": "https://evil.example"}, id="issuer"),
        pytest.param({"aud": "another"}, id="audience"),
        pytest.param({"nonce": "n"}, id="an-id-token"),
        pytest.param({"events": None}, id="no-event"),
        pytest.param({"events": {"other": {}}}, id="another-event"),
        pytest.param({"jti": None}, id="without-a-number"),
        pytest.param({"sub": None, "sid": None}, id="nobody"),
        pytest.param({"sub": 7}, id="no-text"),
        pytest.param({"iat": NOW.timestamp() - 600, "exp": None}, id="old"),
        pytest.param({"exp": NOW.timestamp() - 90}, id="run-out"),
    ],
)
async def test_a_word_of_a_sign_out_that_does_not_hold_ends_nothing(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, Any]
) -> None:
    token, told = _signed_out(monkeypatch, changed)
    with _answers(monkeypatch, told), pytest.raises(OpenIDFailed):
        Provider(_settings()).logout(token, now=NOW)


async def test_nobody_signs_others_out_with_our_secret_or_nonsense(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, told = _signed_out(monkeypatch, {}, algorithm="HS256")
    async with _known(desk).client(None) as client:
        with _answers(monkeypatch, told):
            for wrong in (token, "", "a.b.c"):
                sent = {"logout_token": wrong}
                answer = await client.post("/signin/openid/logout", data=sent)
                assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


# --- A form that is sent too late -----------------------------------------------------------------

TYPED = {
    "title": "Backlogs in Évora & elsewhere",
    "topics": "data_management",
    "countries": "Ghana",
}


def _grow_old(client: AsyncClient, opened: LoginSession, hours: int) -> None:
    """Let a session be older than it is, and the browser drop the cookies whose time is over."""
    opened.expires_at -= timedelta(hours=hours)
    opened.until = opened.until and opened.until - timedelta(hours=hours)
    for cookie in client.cookies.jar:
        cookie.expires = cookie.expires and cookie.expires - hours * 3600
    client.cookies.jar.clear_expired_cookies()


def _end(desk: Desk, client: AsyncClient, address: str, how: str) -> None:
    opened = desk.session.exec(select(LoginSession)).one()
    match how:
        case "unused":
            opened.expires_at -= timedelta(hours=2)
        case "by the provider":
            told: dict[str, Any] = {"token_id": "t-1", "subject": "a-1", "session_id": None}
            assert sign_out_outside(desk.session, address, **told, now=desk.clock.now()) == 1
        case _:
            _grow_old(client, opened, int(how))
    desk.session.add(opened)
    desk.session.commit()


def _way(page: str) -> str:
    return unescape(re.findall(r'href="(/signin/openid[^"]*)"', page)[0])


@pytest.mark.long
@pytest.mark.parametrize("how", ["unused", "by the provider", "13", "72"])
async def test_a_form_sent_too_late_comes_back_by_this_way_in(
    desk: Desk, address: str, how: str
) -> None:
    account(desk)
    async with browser(served(desk, address)) as client:
        await go(client, "a-1")
        form = await opened(client, "/requests/new", "/requests")
        await keep(client, form, title="Only half a title")
        _end(desk, client, address, how)
        late = await client.post("/requests", data={**form, **TYPED})
        assert late.status_code == 303, said(late.text)
        path = late.headers["location"].partition("next=")[2]
        page = (await client.get(late.headers["location"])).text
        assert "What you typed is kept" in said(page)
        answer = await go_by(client, _way(page), "a-1")
        assert (answer.status_code, answer.headers["location"]) == (303, path)
        assert "Only half a title" in (await client.get("/requests/new")).text
        kept = (await client.get(path)).text
        assert TYPED["title"] in unescape(said(kept))
        fields = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', kept)
        sent = await client.post("/requests", data={name: unescape(one) for name, one in fields})
        assert sent.status_code == 303
        assert TYPED["title"] in unescape((await client.get(sent.headers["location"])).text)
        assert "half a title" not in (await client.get("/requests/new")).text


@pytest.mark.long
@pytest.mark.parametrize("minutes", [0, 20], ids=["refused", "too long"])
async def test_a_way_in_that_failed_once_leads_to_the_form_the_next_time(
    desk: Desk, address: str, minutes: int
) -> None:
    account(desk)
    here = served(desk, address)
    async with browser(here) as client:
        await go(client, "a-1")
        _end(desk, client, address, "unused")
        late = await client.post("/requests", data=TYPED)
        there = (await client.get(_way((await client.get(late.headers["location"])).text))).headers
        desk.clock.advance(minutes=minutes)
        state = parse_qs(urlsplit(there["location"]).query)["state"][0]
        for cookie in client.cookies.jar:
            cookie.expires = cookie.expires and cookie.expires - minutes * 60
        client.cookies.jar.clear_expired_cookies()
        no = {"state": state, "error": "access_denied"}
        refused = await client.get("/signin/openid/back", params=no)
        assert refused.status_code == 401
        assert "What you typed is kept" in said(refused.text)
        answer = await go_by(client, _way(refused.text), "a-1")
        assert answer.headers["location"] == late.headers["location"].partition("next=")[2]
        assert TYPED["title"] in unescape((await client.get(answer.headers["location"])).text)


async def test_settings_without_any_way_in_are_refused() -> None:
    with pytest.raises(ValidationError, match="ROSTER_OIDC_ISSUER is empty"):
        Settings(local_sign_in=False)
    with pytest.raises(ValidationError, match="ROSTER_OIDC_CLIENT_ID"):
        Settings(oidc_issuer="https://login.example")
