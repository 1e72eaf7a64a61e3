"""Which part of a list is shown, and that no address leads behind its end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.presenters.pagers import kept_within, pager_of
from web.tongues import tongue_of


@given(st.integers(1, 10**6), st.integers(1, 100), st.integers(0, 10**5))
def test_every_page_asked_for_becomes_one_that_there_is(page: int, size: int, total: int) -> None:
    shown = kept_within(page, size, total)
    assert shown == 1 or (shown - 1) * size < total
    assert shown <= page
    assert shown == page or shown * size >= total


@pytest.mark.parametrize(
    ("page", "total", "words", "ways"),
    [
        pytest.param(1, 0, "", (None, None), id="nothing"),
        pytest.param(1, 10, "1–10 of 10", (None, None), id="one-page"),
        pytest.param(1, 11, "1–10 of 11", (None, "?2"), id="first"),
        pytest.param(2, 11, "11–11 of 11", ("?1", None), id="last"),
        pytest.param(3, 11, "0 of 11", ("?2", None), id="behind"),
    ],
)
def test_a_list_says_which_part_is_shown_and_leads_to_its_neighbours(
    page: int, total: int, words: str, ways: tuple[str | None, str | None]
) -> None:
    pager = pager_of(page, 10, total, tongue_of("en"), "?{}".format)
    assert pager.shown == words
    assert (pager.previous and pager.previous.href, pager.next and pager.next.href) == ways
