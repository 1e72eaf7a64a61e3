"""Who was not told is told: the outbox, the letter, and the page of the person herself."""

from __future__ import annotations

import re
from html import unescape

import pytest
from httpx import ASGITransport, AsyncClient
from sqlmodel import select

from api.main import build_app
from roster.accounts import sign_in
from roster.confirmations import confirm_cv
from roster.inputs import Confirmation, SignInInput
from roster.read import Contact, Name, Post
from roster.settings import SESSION_COOKIE
from roster.tables import Expert, Notice
from roster.vocabulary import ExpertStatus, NoticeState, Role
from tests.web.officer import PASSWORD, Desk, said
from web.app import create_web
from web.deps import Site

pytestmark = pytest.mark.anyio

CV = "Ana Prates, ana@sef.example, Judge at the Court"


def confirmed(desk: Desk, name: str = "Ana Prates") -> Expert:
    words = CV.replace("Ana Prates", name)
    document, _, _ = desk.make.read_cv(
        words,
        [
            (Name(name), name),
            (Contact("ana@sef.example"), "ana@sef.example"),
            (Post("Judge", "Court"), "Judge at the Court"),
        ],
    )
    focal_point = desk.make.actor(Role.FOCAL_POINT, "PT")
    return confirm_cv(desk.session, focal_point, document.id, Confirmation(), clock=desk.clock)


def notice_of(desk: Desk) -> Notice:
    desk.session.expire_all()
    return desk.session.exec(select(Notice)).one()


async def letter_of(desk: Desk) -> str:
    """Open the letter as its focal point; return the path of the personal link."""
    async with desk.client(Role.FOCAL_POINT) as client:
        page = (await client.get(f"/notices/{notice_of(desk).id}")).text
    found = re.search(r"/mine/[\w-]+", page)
    assert found
    return found.group(0)


async def test_the_outbox_leads_from_the_home_page_to_the_letter_and_out_again(desk: Desk) -> None:
    ana = confirmed(desk)
    desk.session.commit()
    async with desk.client(Role.FOCAL_POINT) as client:
        assert "Not told yet 1" in said((await client.get("/")).text)
        record = (await client.get(f"/experts/{ana.id}")).text
        assert f"/notices/{notice_of(desk).id}" in record
        listed = (await client.get("/notices")).text
        assert "1 person was not told yet" in listed
        assert "Ana Prates" in listed
        page = (await client.get(f"/notices/{notice_of(desk).id}")).text
        assert "mailto:ana@sef.example?subject=" in page
        given = await client.post(f"/notices/{notice_of(desk).id}/given")
        assert "can be proposed" in said((await client.get(given.headers["location"])).text)
        assert "Everybody was told" in (await client.get("/notices")).text
        assert "Ana Prates" in (await client.get("/notices?show=handed_over")).text
        record = (await client.get(f"/experts/{ana.id}")).text
        assert "/notices/" not in record
        assert "opened the letter" in said(record)
    assert notice_of(desk).state is NoticeState.HANDED_OVER


async def test_nobody_hands_over_for_another_country_or_unopened(desk: Desk) -> None:
    confirmed(desk)
    notice = notice_of(desk)
    async with desk.client(Role.FOCAL_POINT) as client:
        assert (await client.post(f"/notices/{notice.id}/given")).status_code == 409
    desk.session.get_one(Expert, notice.expert_id).home_country = "FR"
    async with desk.client(Role.FOCAL_POINT) as client:
        assert (await client.get(f"/notices/{notice.id}")).status_code == 404
        assert "Ana Prates" not in (await client.get("/notices")).text
    async with desk.client(Role.PROJECT_OFFICER) as client:
        assert (await client.get("/notices")).status_code == 403


async def test_the_person_sees_what_is_held_and_from_whom_without_signing_in(desk: Desk) -> None:
    confirmed(desk)
    path = await letter_of(desk)
    async with desk.client(None) as client:
        answer = await client.get(path)
    page = said(answer.text)
    for words in ("Ana Prates", "ana@sef.example", "Judge", "focal point for Portugal", "Pause"):
        assert words in page
    assert "opened the letter" in page
    assert "mainnav" not in answer.text
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert notice_of(desk).state is NoticeState.OPENED


async def test_the_person_says_what_is_right_and_takes_it_back(desk: Desk) -> None:
    ana = confirmed(desk)
    path = await letter_of(desk)
    async with desk.client(None) as client, desk.client(Role.FOCAL_POINT) as keeper:

        async def form_of(post: str) -> str:
            """Return where the form of her post is sent to."""
            held = (await client.get(path)).text
            line = next(one for one in held.split("<li") if post in one)
            link = re.search(r'href="([^"]+)"', line)
            assert link
            page = (await client.get(link.group(1))).text
            return unescape(re.findall(r'method="post" action="([^"]+/facts/[^"]+)"', page)[0])

        form = await form_of("Judge")
        for _ in range(2):  # A second press does no more.
            sent = await client.post(form, data={"title": "Prosecutor", "employer": "Court"})
            assert sent.status_code == 303
        mine = said((await client.get(path)).text)
        assert mine.count("waits for your focal point") == 1
        record = said((await keeper.get(f"/experts/{ana.id}")).text)
        assert "Prosecutor, Court instead of Judge, Court" in record
        assert "said by the person on" in record
        assert "says that something in her record" in said((await keeper.get("/messages")).text)
        undo = re.findall(r'action="([^"]+/undo)"', (await client.get(path)).text)
        await client.post(undo[0])
        assert "Prosecutor" not in said((await client.get(path)).text)
        denied = await client.post(await form_of("Judge"), data={"do": "wrong"})
        assert denied.status_code == 303
        assert "not so: said by you" in said((await client.get(path)).text)
        assert (
            (await client.post(form, data={"title": "Clerk"}))
            .headers["location"]
            .endswith("done=since")
        )
        wrong = await form_of("ana@sef.example")
        refused = await client.post(wrong, data={"value": "nowhere"})
        assert (refused.status_code, "nowhere" in refused.text) == (422, True)


async def test_the_person_pauses_comes_back_and_is_asked_before_leaving(desk: Desk) -> None:
    ana = confirmed(desk)
    path = await letter_of(desk)

    def status() -> ExpertStatus:
        desk.session.expire_all()
        return desk.session.get_one(Expert, ana.id).status

    async with desk.client(None) as client:
        paused = await client.post(path, data={"status": "paused"})
        assert (paused.status_code, paused.headers["location"]) == (303, path)
        assert status() is ExpertStatus.PAUSED
        assert "Come back" in said((await client.get(path)).text)
        await client.post(path, data={"status": "active"})
        asked = await client.post(path, data={"status": "withdrawn"})
        assert "Leave the roster?" in said(asked.text)
        assert status() is ExpertStatus.ACTIVE
        await client.post(path, data={"status": "withdrawn", "sure": "1"})
        assert status() is ExpertStatus.WITHDRAWN
        gone = await client.get(path)
        assert "Not on the roster" in said(gone.text)
        back = await client.post(path, data={"status": "active"})
        assert back.status_code == 409
        assert back.headers["Referrer-Policy"] == "no-referrer"


async def test_a_wrong_link_and_one_that_ran_out_are_told_alike_and_are_slowed_down(
    desk: Desk,
) -> None:
    confirmed(desk)
    path = await letter_of(desk)
    right = notice_of(desk)
    until, right.expires_at = right.expires_at, desk.clock.now()
    desk.session.add(right)
    async with desk.client(None) as client:
        wrong, over = await client.get("/mine/nothing"), await client.get(path)
        assert wrong.status_code == over.status_code == 404
        assert said(wrong.text) == said(over.text)
        assert "Prates" not in over.text
        right.expires_at = until
        desk.session.add(right)
        desk.session.commit()
        answers = [(await client.post("/mine/x", data={"status": "paused"})) for _ in range(10)]
        assert answers[-1].status_code == 429
        assert int(answers[-1].headers["Retry-After"]) > 0
        assert (await client.get(path)).status_code == 200


async def test_the_log_never_holds_the_token_of_a_link(
    desk: Desk, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    confirmed(desk)
    path = await letter_of(desk)
    pages = create_web(Site())
    pages.state.installation = desk.installation
    served = build_app(desk.installation, pages)
    caplog.set_level("DEBUG")
    async with AsyncClient(transport=ASGITransport(served), base_url="http://roster.test") as one:
        assert (await one.get(path)).status_code == 200
        for wrong in (f"{path}/more", "/mine/wrong-token", f"{path}?{path}"):
            await one.get(wrong)
        await one.post(path, data={"status": "no such word"})
    token = path.removeprefix("/mine/")
    written = "".join(str(vars(line)) for line in caplog.records if line.name != "httpx") + "".join(
        capfd.readouterr()
    )
    assert "request" in written
    assert token not in written
    assert "wrong-token" not in written


async def test_who_has_an_account_of_her_own_comes_to_her_record_without_a_letter(
    desk: Desk,
) -> None:
    ana = confirmed(desk)
    account = desk.make.account(password=PASSWORD)
    desk.make.grant(account, Role.EXPERT, expert_id=ana.id)
    given = SignInInput(email=account.email, password=PASSWORD)
    token = sign_in(desk.session, given, now=desk.clock.now(), hours=1).token
    async with desk.client(None) as client:
        client.cookies.set(SESSION_COOKIE, token)
        assert 'href="/mine"' in (await client.get("/")).text
        led = await client.get("/mine")
        page = said((await client.get(led.headers["Location"])).text)
    assert "Ana Prates" in page
    assert "Take a copy" in page


async def test_an_account_that_is_nobody_on_the_roster_has_no_record(desk: Desk) -> None:
    async with desk.client(Role.PROJECT_OFFICER) as client:
        assert (await client.get("/mine")).status_code == 404
