"""The search page: three kinds of records, what the words were read as, and why each is there."""

from __future__ import annotations

import pytest

from fixtures import seeding
from roster.search_terms import make_requests_findable
from roster.vocabulary import Role
from tests.web.officer import Desk, said
from tests.web.test_experts import person

pytestmark = pytest.mark.anyio


async def test_people_requests_and_actions_stand_in_one_answer(desk: Desk) -> None:
    seeding.seed_actions(desk.session, desk.make.home)
    person(desk, "Inês Maroco")
    request = desk.make.request(countries=["MA"])
    make_requests_findable(desk.session, [request])
    async with desk.client() as client:
        page = await client.post("/search", data={"q": "Maroc"})
        words = said(page.text)
        assert "“Maroc” is read as Morocco" in words
        assert f'href="/requests/{request.id}"' in page.text
        assert 'href="/actions/morocco-i"' in page.text
        assert "Inês Maroco" in words  # By a slip of the name.
        assert "in the record" in words


async def test_words_that_are_nowhere_are_said_and_left_out(desk: Desk) -> None:
    person(desk, "Ana Prates")
    async with desk.client() as client:
        words = said((await client.post("/search", data={"q": "prates qqqqq"})).text)
        assert "Ana Prates" in words
        assert "“qqqqq” stands in no record that you may see" in words


async def test_an_empty_box_asks_what_is_looked_for(desk: Desk) -> None:
    async with desk.client(Role.FOCAL_POINT) as client:
        for page in (await client.get("/search"), await client.post("/search", data={"q": "  "})):
            assert page.status_code == 200
            assert "What are you looking for?" in said(page.text)


async def test_a_focal_point_meets_no_request_and_no_other_country(desk: Desk) -> None:
    person(desk, "Luc Fontaine", "FR")
    make_requests_findable(desk.session, [desk.make.request()])
    async with desk.client(Role.FOCAL_POINT) as client:
        page = await client.post("/search", data={"q": "fontaine statistics"})
        assert "Nothing is found" in said(page.text)


async def test_a_type_of_activity_is_named_in_the_language_of_the_reader(desk: Desk) -> None:
    async with desk.client() as client:
        page = await client.post(
            "/search", data={"q": "study visit"}, headers={"Accept-Language": "fr"}
        )
        assert page.status_code == 200
        assert "est compris comme l’activité" in said(page.text)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        pytest.param("a", "One letter is too little", id="one-letter"),
        pytest.param("я", "One letter is too little", id="one-letter-of-another-script"),
        pytest.param("qqqqq " * 100, "Only the first 200 letters were searched", id="a-letter"),
    ],
)
async def test_too_little_and_too_much_are_said_and_refused_to_nobody(
    desk: Desk, query: str, told: str
) -> None:
    async with desk.client() as client:
        page = await client.post("/search", data={"q": query})
        assert page.status_code == 200
        assert told in said(page.text)


async def test_a_word_from_right_to_left_keeps_its_quotation_marks(desk: Desk) -> None:
    person(desk, "ליאור כהן")
    async with desk.client() as client:
        page = (await client.post("/search", data={"q": "כהן ליאור"})).text
    assert "“\u2068כהן\u2069” and “\u2068ליאור\u2069” in the name" in said(page)
    assert "<bdi>ליאור כהן</bdi>" in page
