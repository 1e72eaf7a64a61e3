"""A list is read to its end by cursor, whatever comes in or goes meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.paging import part_of
from api.schemas.screening import RoundsOut
from roster.errors import InvalidInput
from roster.read import Paging
from roster.vocabulary import Role
from tests.api.conftest import Callers


@dataclass(frozen=True)
class Item:
    """Whatever has an id."""

    id: UUID


def items(numbers: list[int]) -> list[Item]:
    return [Item(UUID(int=number)) for number in numbers]


def read_on(held: list[Item], per_page: int) -> Iterator[Item]:
    after = None
    while True:
        part = part_of(held, Paging(page=1, per_page=per_page, after=after))
        yield from part.items
        if part.next is None:
            return
        after = part.next


@given(st.lists(st.integers(0, 500), unique=True, max_size=40), st.integers(1, 12))
def test_every_item_comes_once_and_in_order(numbers: list[int], per_page: int) -> None:
    held = items(numbers)
    assert list(read_on(held, per_page)) == held
    pages = [
        one
        for page in range(1, len(held) // per_page + 2)
        for one in part_of(held, Paging(page=page, per_page=per_page, after=None)).items
    ]
    assert pages == held


@given(
    st.lists(st.integers(0, 500), unique=True, min_size=3, max_size=40),
    st.integers(1, 5),
    st.integers(501, 600),
)
def test_what_comes_in_before_repeats_nothing(numbers: list[int], size: int, new: int) -> None:
    held = items(numbers)
    first = part_of(held, Paging(page=1, per_page=size, after=None))
    if first.next is None:
        return
    rest = part_of([*items([new]), *held], Paging(page=1, per_page=100, after=first.next))
    assert [*first.items, *rest.items] == held


def test_an_item_that_is_gone_is_told_in_words() -> None:
    with pytest.raises(InvalidInput, match="Read the list from its beginning"):
        part_of(items([1, 2]), Paging(page=1, per_page=1, after=UUID(int=3)))


@pytest.mark.anyio
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_rounds_are_read_page_by_page_and_one_by_one(callers: Callers) -> None:
    async with callers.client(Role.COORDINATOR) as client:
        for year in ("2027", "2028", "2029"):
            given_ = {"name": year, "opens": f"{year}-01-01", "closes": f"{year}-03-31"}
            made = await client.post("/api/v1/rounds", json=given_)
            one = await client.get(made.headers["Location"])
            assert (one.json()["name"], one.headers["ETag"][:4]) == (year, 'W/"v')
        first = RoundsOut.model_validate((await client.get("/api/v1/rounds?per_page=2")).json())
        rest = await client.get(f"/api/v1/rounds?per_page=2&after={first.next}")
    assert [one.name for one in first.items] == ["2029", "2028"]
    assert ([one["name"] for one in rest.json()["items"]], rest.json()["next"]) == (["2027"], None)
