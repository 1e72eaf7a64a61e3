"""The sections in the head: one line of them, the seldom ones behind "More", none lost."""

from types import SimpleNamespace

import pytest

from tests.web.examples import frame
from web.deps import MOST_IN_LINE, SELDOM, nav_items
from web.jinja import render
from web.tongues import tongue_of

EVERYTHING = frozenset({"coordinator", "administrator", "focal_point"})


@pytest.mark.parametrize(
    "roles",
    [
        pytest.param({"project_officer"}, id="officer"),
        pytest.param({"coordinator"}, id="coordinator"),
        pytest.param({"focal_point"}, id="focal-point"),
        pytest.param({"auditor", "administrator"}, id="auditor"),
        pytest.param(EVERYTHING, id="all"),
    ],
)
def test_a_line_holds_no_more_sections_than_fit(roles: set[str]) -> None:
    items = nav_items(tongue_of("en"), frozenset(roles), "")
    in_line = [one for one in items if not one.folded]
    folded = [one for one in items if one.folded]
    assert len(in_line) + bool(folded) <= MOST_IN_LINE
    assert bool(folded) == (len(items) > MOST_IN_LINE)


def test_sections_in_daily_use_are_never_folded() -> None:
    items = nav_items(tongue_of("en"), EVERYTHING, "")
    assert {one.href for one in items if not one.folded} == {
        "/",
        "/requests",
        "/calls",
        "/actions",
        "/experts",
    }
    assert len([one for one in items if one.folded]) == len(SELDOM)


def test_a_folded_section_stands_under_more_and_in_the_menu_and_is_marked() -> None:
    around = frame("Lessons", "lessons", tongue_of("en"), frozenset({"coordinator"}))
    html = render("layouts/base.html", SimpleNamespace(frame=around), "en")
    line, _, rest = html.partition('<details class="more">')
    behind, _, after = rest.partition("</details>")
    marked = '<a href="/lessons" aria-current="page">'
    assert "/lessons" not in line
    assert marked in behind
    assert marked in after.partition('<details class="menu">')[2]
    assert "/requests" in line
    assert "/requests" not in behind


def test_whoever_has_few_sections_sees_no_more() -> None:
    around = frame("Home", "home", tongue_of("en"), frozenset({"focal_point"}))
    html = render("layouts/base.html", SimpleNamespace(frame=around), "en")
    assert 'class="more"' not in html
