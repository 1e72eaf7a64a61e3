"""An officer puts a team together on the board: by mouse, by keyboard, and back again."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.journeys.test_focal_point import looked_at, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.long]
expect.set_options(timeout=60_000)


def sitters(page: Page) -> list[str]:
    return page.locator(".seat .sitter h4 bdi").all_inner_texts()


def test_people_are_swapped_by_keys_and_by_drag_and_every_step_undone(
    page: Page, live_server: str
) -> None:
    page.set_default_timeout(60_000)
    page.set_viewport_size({"width": 1440, "height": 900})
    sign_in(page, live_server, "officer")
    page.goto(f"{live_server}/requests")
    page.locator("main a[href^='/requests/']", has_text=re.compile("Côte d’Ivoire")).first.click()
    page.goto(page.url.partition("?")[0] + "/ranking")
    page.get_by_role("button", name="Rank experts").click()
    page.wait_for_url("**/ranking**")
    page.goto(page.url.partition("/ranking")[0] + "/team?mode=triangular&size=3")
    before = sitters(page)
    assert len(before) == 3
    page.evaluate("window.stays = true")

    # By keys: from seat to seat, into who else could sit there, and one of them is seated.
    page.locator("#seat-1").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#seat-2")).to_be_focused()
    page.keyboard.press("Enter")
    first = page.locator("#seat-2 .offer").first
    expect(first.get_by_role("button")).to_be_focused()
    coming = first.locator("bdi").first.inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("#seat-2 h4 bdi").first).to_have_text(coming)
    expect(page.locator("#seat-2")).to_be_focused()
    expect(page.locator(".proposals [aria-current]")).to_contain_text("Your team")

    # By drag: two people change places, and the server holds it against the rules.
    one, two = sitters(page)[:2]
    page.locator("#seat-1 .sitter").drag_to(page.locator("#seat-2"))
    expect(page.locator("#seat-1 h4 bdi").first).to_have_text(two)
    expect(page.locator("#seat-2 h4 bdi").first).to_have_text(one)
    looked_at(page, "team-board")

    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#seat-1 h4 bdi").first).to_have_text(one)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#seat-2 h4 bdi").first).to_have_text(before[1])
    assert page.evaluate("window.stays"), "people move without loading a page"

    # Who declines is replaced, the others stay, and the team is kept.
    page.locator("#seat-2").get_by_role("button", name="Declined").click()
    expect(page.locator("#seat-2 h4 bdi").first).not_to_have_text(before[1])
    assert (sitters(page)[0], sitters(page)[2]) == (before[0], before[2])
    page.get_by_role("button", name="Save as a proposal").click()
    page.wait_for_url("**kept=**")
    expect(page.locator(".seat")).to_have_count(3)
