"""Whoever holds a link sends what she likes: nothing breaks, nothing of it is shown as markup."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote, urlencode

import pytest
from httpx import Response

from roster.vocabulary import Role
from tests.api.test_attacks import HOSTILE, MARKUP
from tests.web.officer import Desk, said
from tests.web.test_administration import _open, _secret
from tests.web.test_feedback import GOOD, link_of, room
from tests.web.test_fiches import S, drafted, invited
from tests.web.test_notices import confirmed, letter_of

pytestmark = [pytest.mark.anyio, pytest.mark.long]
Sent = tuple[bytes, str]
FORM = "application/x-www-form-urlencoded"


def encoded(fields: Mapping[str, str]) -> bytes:
    return urlencode(fields, errors="surrogatepass").encode()


def bodies(fields: Mapping[str, str]) -> Iterator[Sent]:
    """Yield forms with one field hostile, with all of them, and what is no form at all."""
    for text in HOSTILE.values():
        for name in fields:
            yield encoded({**fields, name: text}), FORM
        yield encoded(dict.fromkeys(fields, text)), FORM
        yield encoded({text[:200]: text}), FORM
    whole = encoded(fields)
    yield b"&".join([whole] * 3), FORM
    yield b"&".join([b"a=1"] * 1_500), FORM
    yield b"\xff\xfe=%ff&text=%80", FORM
    yield b"", FORM
    yield b'{"text": ["<script>"]}', "application/json"
    yield b"--x\r\nbroken", "multipart/form-data; boundary=x"
    yield b"--x", "multipart/form-data"
    name = next(iter(fields), "text")
    part = f'--x\r\nContent-Disposition: form-data; name="{name}"; filename="{MARKUP}"\r\n\r\n'
    yield part.encode() + b"bytes\r\n--x--\r\n", "multipart/form-data; boundary=x"
    yield whole, "text/html; charset=nonsense"


def check(answer: Response, what: object) -> None:
    assert answer.status_code < 500, (what, answer.text[:500])
    assert MARKUP not in answer.text, what
    assert "<script>alert" not in answer.text, what
    assert "x-injected" not in answer.headers, what
    for name, value in answer.headers.items():
        assert "<script" not in value, (what, name)


async def attack(desk: Desk, link: str, path: str, fields: Mapping[str, str]) -> None:
    """Send everything to one form behind a link; after each of it the link still opens."""
    async with desk.client(None) as nobody:
        for body, kind in bodies(fields):
            answer = await nobody.post(path, content=body, headers={"Content-Type": kind})
            check(answer, (path, body[:120], kind))
        check(await nobody.get(link), link)


async def around(desk: Desk, link: str, names: tuple[str, ...]) -> None:
    """Open a link with hostile questions, languages and cookies, and links like it."""
    beginning = link.rsplit("/", 1)[0]
    async with desk.client(None) as nobody:
        for text in HOSTILE.values():
            short = quote(text[:2_000], safe="", errors="surrogatepass")
            for name in names:
                check(await nobody.get(f"{link}?{name}={short}"), (link, name, text[:50]))
            check(await nobody.get(f"{beginning}/{short[:1_900]}"), (beginning, text[:50]))
            check(await nobody.get(f"{link}{short[:1_900]}"), (link, text[:50]))
            plain = text.encode("ascii", "ignore").replace(b"\r\n", b" ").replace(b"\0", b"")
            headers = {b"Accept-Language": plain[:3_000], b"Cookie": b"locale=" + plain[:3_000]}
            check(await nobody.get(link, headers=headers), (link, text[:50]))


async def test_the_link_to_a_fiche_takes_anything(desk: Desk) -> None:
    path = f"/requests/{desk.make.request(status=S.SCREENED).id}"
    async with desk.client() as client:
        fiche = await drafted(client, path)
        link = await invited(client, path, "eu_delegation")
        vote = await invited(client, path, "committee_member")
        await client.post(f"{fiche}/share")
        await around(desk, link, ("told", "do"))
        await attack(desk, link, f"{link}?do=comment", {"part": "risks", "text": "Good"})
        shown = await client.get(f"{path}/fiche")
        check(shown, "the officer's page")
        assert "alert(1)" in said(shown.text), said(shown.text)[-1500:]  # Taken, as words.
        await client.post(f"{fiche}/submit")
        await attack(desk, vote, f"{vote}?do=vote", {"choice": "for", "reason": "Good"})
        await attack(desk, vote, f"{vote}?do={quote(MARKUP)}", {"text": "Good"})
        for page in (f"{path}/fiche", f"{path}/decision"):
            check(await client.get(page), page)


async def test_the_link_to_a_questionnaire_takes_anything(desk: Desk) -> None:
    field, inquiry = room(desk)
    link = link_of(desk, inquiry.id)
    desk.session.commit()
    await around(desk, link, ("told", "once"))
    await attack(desk, link, link, {**GOOD, "best": "The visit", "once": "x" * 43})
    async with desk.client() as client:
        code = field.action.code
        for page in (f"/actions/{code}/feedback", f"/inquiries/{inquiry.id}"):
            check(await client.get(page), page)


async def test_the_personal_link_takes_anything(desk: Desk) -> None:
    ana = confirmed(desk)
    desk.session.commit()
    link = await letter_of(desk)
    await around(desk, link, ("done",))
    await attack(desk, link, f"{link}/right", {"text": "right"})
    await attack(desk, link, f"{link}/copy", {"form": "json"})
    await attack(desk, link, f"{link}/restriction", {"ground": "objection", "note": "Not now"})
    await attack(desk, link, f"{link}/lift", {"note": "Again"})
    await attack(desk, link, link, {"status": "paused", "sure": ""})
    async with desk.client() as client:
        for page in (f"/experts/{ana.id}", "/experts"):
            check(await client.get(page), page)


async def test_the_link_to_a_password_takes_anything(desk: Desk) -> None:
    async with desk.client(Role.ADMINISTRATOR) as client:
        link = "/link/" + _secret(await _open(client)).rsplit("/", 1)[-1]
    await around(desk, link, ("next",))
    await attack(desk, link, link, {"new_password": "short"})
    await attack(desk, "/signin/forgotten", "/signin/forgotten", {"email": "zoe@ministry.example"})
