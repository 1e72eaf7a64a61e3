"""Whose session has ended loses nothing of what she sent, and nobody else reads it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from httpx import AsyncClient
from pydantic import SecretStr
from sqlmodel import select

from roster.tables import KeptAnswer
from roster.telling.one_time_links import send_links
from roster.vocabulary import Role
from tests.web.officer import PASSWORD, Desk, said

pytestmark = pytest.mark.anyio

FIELDS = {"first": "2027-03-01", "last": "2027-03-05", "reason": "Court case in Évora & more"}


def account(desk: Desk, role: Role = Role.FOCAL_POINT) -> str:
    made = desk.make.account(password=PASSWORD)
    desk.make.grant(made, role, country="PT")
    desk.session.commit()
    return made.email


class Mails:
    """Remembers what was mailed."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, str]] = []

    def send(self, address: str, subject: str, body: str) -> None:
        self.sent.append((address, subject, body))


def mailed(desk: Desk) -> str:
    """Mail the link that waits; return the letter."""
    mails, vault = Mails(), desk.installation.vault
    at, base = desk.clock.now(), "http://roster.test"
    desk.session.rollback()
    send_links(desk.session, mailer=mails, vault=vault, at=at, base_url=base)
    desk.session.commit()
    return mails.sent[0][2]


async def sign_in(client: AsyncClient, email: str, path: str = "/") -> str:
    data = {"email": email, "password": PASSWORD, "next": path}
    answer = await client.post("/signin", data=data)
    assert answer.status_code == 303
    # A secure cookie does not travel by plain HTTP, as in these tests.
    client.headers["Cookie"] = answer.headers["set-cookie"].split(";")[0]
    return str(answer.headers["location"])


async def sent_too_late(desk: Desk, client: AsyncClient, email: str, path: str) -> str:
    """Send a form with a session that has ended; return where the browser is led."""
    await sign_in(client, email)
    desk.clock.advance(hours=30)
    answer = await client.post(path, data=FIELDS)
    assert answer.status_code == 303
    return str(answer.headers["location"])


async def test_what_was_typed_comes_back_after_signing_in_and_can_be_sent(desk: Desk) -> None:
    ana, email = desk.make.expert("Ana Prates"), account(desk)
    desk.make.view(ana)
    path = f"/experts/{ana.id}/availability"
    async with desk.client(None) as client:
        led = await sent_too_late(desk, client, email, path)
        assert re.fullmatch(r"/signin\?next=/kept/[\w-]+", led)
        kept = led.partition("next=")[2]
        assert "What you typed is kept" in (await client.get(led)).text
        assert await sign_in(client, email, kept) == kept
        page = (await client.get(kept)).text
        assert "Court case in Évora &amp; more" in page
        fields = dict(re.findall(r'type="hidden" name="(first|last)" value="([^"]*)"', page))
        assert fields == {"first": "2027-03-01", "last": "2027-03-05"}
        assert f'action="{path}"' in page
        assert (await client.post(path, data=FIELDS)).status_code == 303


async def test_nobody_else_and_nobody_later_reads_it(desk: Desk) -> None:
    email, other = account(desk), account(desk)
    async with desk.client(None) as client:
        led = await sent_too_late(desk, client, email, "/requests")
        kept = led.partition("next=")[2]
        await sign_in(client, other)
        assert (await client.get(kept)).status_code == 404
        await sign_in(client, email)
        assert "Court case" in said((await client.get(kept)).text)
        desk.clock.advance(minutes=61)
        await sign_in(client, email)
        assert (await client.get(kept)).status_code == 404


async def test_what_is_kept_is_encrypted(desk: Desk) -> None:
    email = account(desk)
    async with desk.client(None) as client:
        await sent_too_late(desk, client, email, "/requests")
    desk.session.expire_all()
    (row,) = desk.session.exec(select(KeptAnswer)).all()
    assert row.answer
    assert b"Court" not in row.answer


async def test_nothing_is_kept_of_strangers_and_of_passwords(desk: Desk) -> None:
    email = account(desk)
    async with desk.client(None) as client:
        assert (await client.post("/requests", data=FIELDS)).status_code == 401
        client.headers["Cookie"] = "roster_session=made-up"
        assert (await client.post("/requests", data=FIELDS)).status_code == 401
        await sign_in(client, email)
        desk.clock.advance(hours=30)
        typed = {"password": PASSWORD, "new_password": "another long one"}
        assert (await client.post("/account/password", data=typed)).status_code == 401
    desk.session.expire_all()
    assert desk.session.exec(select(KeptAnswer)).all() == []


async def test_who_forgot_the_password_comes_back_to_it_by_the_mailed_link(desk: Desk) -> None:
    settings = desk.installation.settings.model_copy(
        update={"smtp_url": SecretStr("smtp://invented.example")}
    )
    desk.installation = replace(desk.installation, settings=settings)
    ana, email = desk.make.expert("Ana Prates"), account(desk)
    desk.make.view(ana)
    async with desk.client(None) as client:
        led = await sent_too_late(desk, client, email, f"/experts/{ana.id}/availability")
        (forgotten,) = re.findall(r'href="(/signin/forgotten[^"]*)"', (await client.get(led)).text)
        page = (await client.get(forgotten)).text
        (action,) = re.findall(r'action="(/signin/forgotten[^"]*)"', page)
        told = await client.post(action, data={"email": email})
        assert f'href="{led}"' in told.text
        (link,) = re.findall(r"http://roster.test(/link/\S+)", mailed(desk))
        done = await client.post(link, data={"new_password": PASSWORD})
        assert f'href="{led}"' in done.text
        kept = led.partition("next=")[2]
        assert await sign_in(client, email, kept) == kept
        assert "Court case" in said((await client.get(kept)).text)


@pytest.mark.parametrize("there", ["/requests", "//elsewhere.example", "/kept/a b", "/kept/../x"])
async def test_a_mail_that_anybody_can_ask_for_leads_to_kept_forms_alone(
    desk: Desk, there: str
) -> None:
    email = account(desk)
    async with desk.client(None) as client:
        await client.post("/signin/forgotten", params={"next": there}, data={"email": email})
    assert "next=" not in mailed(desk)
