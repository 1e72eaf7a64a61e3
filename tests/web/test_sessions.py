"""Signing in: one answer for every wrong try, a slow-down, and no way to another site."""

from __future__ import annotations

import pytest
from httpx import AsyncClient, Response

from roster.settings import SESSION_COOKIE
from roster.vocabulary import Origin, Role
from tests.web.officer import PASSWORD, Desk, said
from web.app import create_web
from web.deps import Site

pytestmark = pytest.mark.anyio


def account(desk: Desk, email: str = "ana@invented.example") -> str:
    made = desk.make.account(email, password=PASSWORD)
    desk.make.grant(made, Role.PROJECT_OFFICER)
    return email


async def try_in(client: AsyncClient, email: str, password: str, path: str = "/") -> Response:
    return await client.post("/signin", data={"email": email, "password": password, "next": path})


async def test_who_signs_in_gets_a_cookie_that_script_cannot_read(desk: Desk) -> None:
    email = account(desk)
    async with desk.client(None) as client:
        answer = await try_in(client, f" {email.upper()} ", PASSWORD, "/requests?page=2")
        assert (answer.status_code, answer.headers["location"]) == (303, "/requests?page=2")
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith(f"{SESSION_COOKIE}=")
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert "Secure" in cookie
        assert (await client.get("/", headers={"Cookie": cookie.split(";")[0]})).status_code == 200


async def test_noting_that_a_session_is_used_never_waits_for_what_is_done_in_it(
    desk: Desk,
) -> None:
    made = desk.make.account("rui@invented.example", password=PASSWORD)
    desk.make.grant(made, Role.FOCAL_POINT, country="PT")
    async with desk.client(None) as client:
        signed_in = await try_in(client, "rui@invented.example", PASSWORD)
        cookie = {"Cookie": signed_in.headers["set-cookie"].split(";")[0]}
        desk.clock.advance(minutes=2)
        sent = await client.post("/uploads", files=[("files", ("a.txt", b"one"))], headers=cookie)
        assert sent.status_code == 303, said(sent.text)


async def test_a_wrong_sign_in_never_tells_whether_the_address_is_known(desk: Desk) -> None:
    email = account(desk)
    async with desk.client(None) as client:
        wrong = await try_in(client, email, "not this")
        unknown = await try_in(client, "nobody@invented.example", "not this")
        malformed = await try_in(client, "x" * 400, "")
        for answer in (wrong, unknown, malformed):
            assert answer.status_code == 401
            assert "set-cookie" not in answer.headers
        assert said(wrong.text) == said(unknown.text)
        assert "not this" not in wrong.text


async def test_an_address_that_fails_too_often_has_to_wait_even_with_the_password(
    desk: Desk,
) -> None:
    email = account(desk)
    async with desk.client(None) as client:
        for _ in range(8):
            assert (await try_in(client, email, "wrong")).status_code == 401
        answer = await try_in(client, email, PASSWORD)
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) > 0
        desk.clock.advance(minutes=16)
        assert (await try_in(client, email, PASSWORD)).status_code == 303


@pytest.mark.parametrize(
    "path", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"]
)
async def test_signing_in_leads_to_no_other_site(desk: Desk, path: str) -> None:
    email = account(desk)
    async with desk.client(None) as client:
        assert (await try_in(client, email, PASSWORD, path)).headers["location"] == "/"
        shown = await client.get("/signin", params={"next": path})
        form = shown.text[shown.text.index("<main") : shown.text.index("</main>")]
        assert 'name="next" value="/"' in form
        assert "evil.example" not in form


async def test_a_session_that_was_signed_out_opens_nothing(desk: Desk) -> None:
    async with desk.client() as client:
        assert (await client.get("/")).status_code == 200
        assert (await client.post("/signout")).headers["location"] == "/signin"
        answer = await client.get("/")
        assert answer.headers["location"] == "/signin?next=/"


async def test_accounts_are_told_of_in_a_demonstration_only(desk: Desk) -> None:
    account(desk)
    invented = desk.make.account("demo@invented.example", password=PASSWORD)
    desk.make.grant(invented, Role.FOCAL_POINT, country="PT")
    async with desk.client(None) as client:
        assert "@invented.example" not in (await client.get("/signin")).text
        invented.origin = Origin.SYNTHETIC
        desk.session.add(invented)
        desk.session.commit()
        # No password is set for the site: a button that cannot work is not offered.
        assert "demo@invented.example" not in (await client.get("/signin")).text
    pages = create_web(Site(demo_password="look around"))
    pages.state.installation = desk.installation
    from httpx import ASGITransport  # noqa: PLC0415 -- only here.

    transport = ASGITransport(pages)
    async with AsyncClient(transport=transport, base_url="http://roster.test") as client:
        words = said((await client.get("/signin")).text)
        assert "demo@invented.example" in words
        assert "Focal point, Portugal" in words
        assert "ana@invented.example" not in words


async def test_changing_the_password_ends_every_other_session(desk: Desk) -> None:
    async with desk.client() as client:
        wrong = await client.post(
            "/account/password", data={"password": "no", "new_password": "a long new password"}
        )
        assert wrong.status_code == 422
        short = await client.post(
            "/account/password", data={"password": PASSWORD, "new_password": "short"}
        )
        assert "at least 12" in said(short.text)
        done = await client.post(
            "/account/password", data={"password": PASSWORD, "new_password": "a long new password"}
        )
        assert done.headers["location"] == "/account?done=password"
        assert "was changed" in said((await client.get("/account?done=password")).text)
