"""Actions as pages: counted from the rows, invented ones never, beside what was printed."""

from __future__ import annotations

from html import unescape

import pytest

from fixtures import facts, seeding
from roster.tables import Action
from roster.vocabulary import ActionStatus, Origin, Role
from tests.web.officer import Desk, said

pytestmark = pytest.mark.anyio


def invent(desk: Desk) -> None:
    desk.make.keep(
        Action(
            facility_id=desk.make.home.id,
            origin=Origin.SYNTHETIC,
            code="invented",
            name="Invented Action",
            status=ActionStatus.COMPLETED,
            region="Africa",
            countries=["ZZ"],
        )
    )


@pytest.mark.parametrize("role", [Role.PROJECT_OFFICER, Role.FOCAL_POINT, Role.AUDITOR], ids=str)
async def test_figures_are_counted_from_the_rows_and_leave_out_what_is_invented(
    book: Desk, role: Role
) -> None:
    async with book.client(role) as client:
        before = said((await client.get("/actions")).text)
        invent(book)
        book.session.commit()
        after = await client.get("/actions")
    start = before.index("Actions done so far")
    figures = before[start : before.index("Region")]
    assert figures in said(after.text)
    assert "336" in figures
    assert "Invented Action" in (after.text + said(after.text)) or "1–25 of 72" in said(after.text)


async def test_every_printed_figure_stands_beside_the_counted_one_with_the_reason(
    book: Desk,
) -> None:
    async with book.client() as client:
        words = unescape(said((await client.get("/actions")).text))
    for one in facts.differences():
        assert one.label in words
        if one.why:
            assert " ".join(one.why.split()) in words


async def test_a_figure_follows_the_rows_not_the_print(book: Desk) -> None:
    done = [a for a in facts.actions() if a.figures.status is ActionStatus.COMPLETED]
    async with book.client() as client:
        assert f"Completed {len(done)} " in said((await client.get("/actions")).text)
        row = book.session.get(Action, seeding.stable_id("action", done[0].figures.id))
        assert row is not None
        row.status = ActionStatus.CANCELLED
        book.session.add(row)
        book.session.commit()
        assert f"Completed {len(done) - 1} " in said((await client.get("/actions")).text)


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("region=Africa", lambda action: action.region == "Africa"),
        ("status=ongoing", lambda action: action.status is ActionStatus.ONGOING),
        ("country=ML", lambda action: "ML" in action.countries),
        ("topic=data_management", lambda action: "data_management" in action.topics),
        (
            "activity=training&region=Africa",
            lambda action: (
                action.region == "Africa"
                and any(one.type == "training" for one in action.activities)
            ),
        ),
        ("topic=nonsense", lambda action: "nonsense" in action.topics),
    ],
    ids=["region", "status", "country", "topic", "two-filters", "nothing-passes"],
)
async def test_a_filter_keeps_exactly_the_actions_that_hold(
    book: Desk, query: str, holds: object
) -> None:
    expected = sum(holds(one.figures) for one in facts.actions())  # type: ignore[operator]
    async with book.client() as client:
        words = said((await client.get(f"/actions?{query}")).text)
    assert f"of {expected}" in words if expected else "No Action matches" in words


async def test_a_page_behind_the_end_of_the_list_shows_the_last_one(book: Desk) -> None:
    async with book.client() as client:
        words = said((await client.get("/actions?page=90")).text)
    assert "51–71 of 71" in words
    assert "Previous page" in words
    assert "Next page" not in words


async def test_every_action_and_publication_opens(book: Desk) -> None:
    async with book.client() as client:
        for one in facts.actions():
            page = await client.get(f"/actions/{one.figures.id}")
            assert page.status_code == 200
            assert "book" in said(page.text)
        for path, count in (("page-actions", 36), ("agency-projects", 28)):
            page = await client.get(f"/publications/{path}")
            assert page.text.count("<section") == count
        rules = await client.get("/publications/demand-driven-facility")
        assert "border management" in said(rules.text)
        assert (await client.get("/publications/x")).status_code == 404
        assert (await client.get("/actions/x")).status_code == 404


async def test_an_empty_facility_says_so(desk: Desk) -> None:
    async with desk.client() as client:
        page = await client.get("/actions")
    assert page.status_code == 200
    assert "No Action matches" in said(page.text)
