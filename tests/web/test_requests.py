"""Requests: nothing typed is lost, every error stands at its field, a letter fills the form."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from api.deps import rule_of
from roster.policy import GRANTED, Permission
from roster.tables import ApplicationRound
from roster.vocabulary import Origin, Role
from tests.web.officer import Desk, ids_in, said
from web.views import rankings, requests, shortlists, teams

pytestmark = pytest.mark.anyio

FORM = {"title": "Registers", "topics": "data_management", "countries": "Ghana, CI"}
LETTER = """Ministry of Interior of Ghana
Accra, 12 January 2026

Subject: Support on migration statistics

We request a training of trainers on migration statistics between 1 and 12 June 2026.
The working language is English, level C1."""


def test_every_route_of_the_officer_says_who_may_open_it() -> None:
    routes = [r for m in (requests, rankings, shortlists, teams) for r in m.router.routes]
    assert len(routes) > 15
    assert [r.path for r in routes if rule_of(r) in {None, Permission.PUBLIC}] == []


async def test_who_is_not_signed_in_is_led_to_do_so_and_back(desk: Desk) -> None:
    async with desk.client(None) as client:
        answer = await client.get("/requests?q=ghana")
        assert answer.status_code == 303
        assert answer.headers["location"] == "/signin?next=/requests%3Fq%3Dghana"


@pytest.mark.parametrize("role", [role for role in GRANTED if role is not Role.EXPERT], ids=str)
async def test_only_who_may_read_requests_sees_them(desk: Desk, role: Role) -> None:
    async with desk.client(role) as client:
        answer = await client.get("/requests")
        expected = 200 if Permission.READ_REQUESTS in GRANTED[role] else 403
        assert answer.status_code == expected


async def test_a_request_is_stored_as_it_was_typed(desk: Desk) -> None:
    async with desk.client() as client:
        typed = {**FORM, "language_1": "French", "level_1": "C1", "who_1": "one"}
        made = await client.post("/requests", data=typed)
        assert made.status_code == 303
        page = said((await client.get(made.headers["location"])).text)
        for words in ("Ghana", "Côte d’Ivoire", "French C1 (one of the team)", "Received"):
            assert words in page


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        pytest.param({"title": " "}, "title", "Fill this in.", id="title"),
        pytest.param(
            {"countries": "Ghana, Ghanna"}, "countries", "Did you mean Ghana?", id="country"
        ),
        pytest.param(
            {"language_1": "Frenchish"}, "language_1", "“Frenchish” is not known", id="language"
        ),
        pytest.param({"starts": "31/02/2027"}, "starts", "Give a day that exists", id="no-day"),
        pytest.param(
            {"starts": "2027-03-12", "ends": "2027-03-01"}, "ends", "lies before", id="order"
        ),
        pytest.param({"topics": "gardening"}, "topics", "is not known", id="topic"),
        pytest.param({"mode": "alone"}, "mode", "Choose one of those listed.", id="mode"),
        pytest.param({"topics": []}, "topics", "Name at least one topic", id="says-too-little"),
    ],
)
async def test_an_error_stands_at_its_field_and_what_was_typed_is_kept(
    desk: Desk, wrong: dict[str, object], field: str, words: str
) -> None:
    async with desk.client() as client:
        answer = await client.post("/requests", data={**FORM, "counterpart": "Ms Öz", **wrong})
        assert answer.status_code == 422
        at = answer.text.index(f'id="f-{field}-e"')
        assert words in answer.text[at : at + 400]
        assert 'value="Ms Öz"' in answer.text
        assert (await client.get("/requests")).text.count("REQ-") == 0


async def test_a_letter_fills_the_form_and_marks_where_it_was_read(desk: Desk) -> None:
    async with desk.client() as client:
        answer = await client.post("/requests/letter", data={"letter_text": LETTER})
        assert answer.status_code == 200
        assert 'name="starts" value="2026-06-01"' in answer.text
        assert 'name="countries" value="Ghana"' in answer.text
        assert 'value="data_management" checked' in answer.text
        assert 'value="C1" selected' in answer.text
        assert '<a class="m" id="m' in answer.text
        assert (await client.get("/requests")).text.count("REQ-") == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(
            "Hyvä vastaanottaja, pyydämme tukea maahanmuuttoasioiden hoitamiseen keväällä.",
            "Its words are kept",
            id="unread-language",
        ),
        pytest.param(
            "Dear all, thank you for lunch. It was very good indeed.",
            "Nothing sure was found",
            id="none",
        ),
    ],
)
async def test_a_letter_without_a_field_says_so_and_is_kept(
    desk: Desk, text: str, words: str
) -> None:
    async with desk.client() as client:
        answer = await client.post("/requests/letter", data={"letter_text": text})
        assert answer.status_code == 200
        assert words in said(answer.text)
        assert f">{text}</textarea>" in answer.text


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        pytest.param("x.pdf", b"%PDF-1.4 broken", 415, id="damaged"),
        pytest.param("x.docx", b"PK\x03\x04nothing", 415, id="no-word-file"),
        pytest.param("x.txt", b"   ", 415, id="blank"),
        pytest.param("x.txt", b"a" * 300_000, 413, id="too-large"),
    ],
)
async def test_a_file_that_cannot_be_read_is_said_on_the_page(
    desk: Desk, name: str, content: bytes, status: int
) -> None:
    async with desk.client() as client:
        answer = await client.post("/requests/letter", files={"letter": (name, content)})
        assert answer.status_code == status
        assert 'id="letter-e"' in answer.text
        assert 'name="letter_text"' in answer.text


async def test_a_letter_given_twice_is_asked_for_once_and_its_words_stay(desk: Desk) -> None:
    async with desk.client() as client:
        answer = await client.post(
            "/requests/letter",
            data={"letter_text": "Some words"},
            files={"letter": ("x.txt", b"Other words")},
        )
        assert answer.status_code == 422
        assert ">Some words</textarea>" in answer.text


async def test_a_stage_that_comes_by_other_means_is_said_in_place(desk: Desk) -> None:
    async with desk.client() as client:
        made = await client.post("/requests", data=FORM)
        path = made.headers["location"]
        refused = await client.post(f"{path}/status", data={"status": "rejected", "reason": ""})
        assert refused.status_code == 409
        assert "under Decision" in said(refused.text)
        early = await client.post(f"{path}/status", data={"status": "screened"})
        assert (early.status_code, "every point" in said(early.text)) == (409, True)
        moved = await client.post(f"{path}/status", data={"status": "withdrawn"})
        assert moved.status_code == 303
        assert "Withdrawn" in said((await client.get(path)).text)


async def test_the_list_shows_open_requests_first_and_finds_by_words(desk: Desk) -> None:
    async with desk.client() as client:
        done = (await client.post("/requests", data={**FORM, "title": "Old"})).headers["location"]
        await client.post(f"{done}/status", data={"status": "withdrawn"})
        await client.post("/requests", data={**FORM, "title": "New", "countries": "Peru"})
        html = (await client.get("/requests")).text
        assert html.index(">New<") < html.index(">Old<")
        assert len(ids_in((await client.get("/requests?country=PE")).text, "/requests/")) == 1
        assert len(ids_in((await client.get("/requests?q=old")).text, "/requests/")) == 1
        assert "Nothing found" in said((await client.get("/requests?q=zzz")).text)


async def test_a_request_of_another_facility_does_not_exist(desk: Desk) -> None:
    foreign = desk.make.request(facility=desk.make.facility("elsewhere"))
    async with desk.client() as client:
        for page in ("", "/edit", "/ranking", "/shortlist", "/team"):
            assert (await client.get(f"/requests/{foreign.id}{page}")).status_code == 404


def _rounds(desk: Desk) -> list[ApplicationRound]:
    desk.make.home.rules = {"has_rounds": True}
    made = [
        ApplicationRound(
            facility_id=desk.make.home.id, origin=Origin.SYNTHETIC, name=name, opens=opens,
            closes=opens + timedelta(days=80),
        )
        for name, opens in (("Spring", date(2026, 1, 5)), ("Autumn", date(2026, 9, 1)))
    ]  # fmt: skip
    desk.session.add_all(made)
    desk.session.commit()
    return made


async def test_the_round_of_the_day_stands_in_the_form_and_another_can_be_chosen(
    desk: Desk,
) -> None:
    _, autumn = _rounds(desk)
    async with desk.client() as client:
        page = await client.post("/requests", data={"title": "", "received_on": "2026-02-01"})
        assert "1 Feb 2026 falls into: Spring." in said(page.text)
        made = await client.post("/requests", data={**FORM, "received_on": "2026-02-01"})
        path = made.headers["location"]
        assert "Spring" in said((await client.get(path)).text)
        chosen = {**FORM, "received_on": "2026-02-01", "round_id": str(autumn.id)}
        assert (await client.post(path, data=chosen)).status_code == 303
        edit = (await client.get(f"{path}/edit")).text
        assert f'<option value="{autumn.id}" selected>' in edit
        wrong = await client.post(path, data={**chosen, "round_id": "nowhere"})
        assert (wrong.status_code, 'id="f-round_id-e"' in wrong.text) == (422, True)
        back = await client.post(path, data={**chosen, "round_id": ""})
        assert (back.status_code, "Spring" in said((await client.get(path)).text)) == (303, True)


async def test_a_facility_without_rounds_is_not_asked_for_one(desk: Desk) -> None:
    async with desk.client() as client:
        assert 'name="round_id"' not in (await client.get("/requests/new")).text


async def test_a_step_that_is_refused_keeps_the_reason_typed(desk: Desk) -> None:
    path = f"/requests/{desk.make.request().id}"
    async with desk.client() as client:
        typed = {"status": "screened", "reason": "complete by telephone"}
        page = await client.post(f"{path}/status", data=typed)
        assert (page.status_code, 'value="complete by telephone"' in page.text) == (409, True)
