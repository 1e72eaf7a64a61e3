"""An administrator's day: a role, a key, the rules, words of one's own, the service."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.web.journeys.ways import PATIENCE_MS, Visitor, Way, every_way

pytestmark = pytest.mark.browser


@every_way
def test_a_role_and_a_key_are_given_and_taken_away(
    visitor: Visitor, way: Way, live_server: str
) -> None:
    visitor.sign_in("administrator")
    visitor.section("Administration")
    visitor.page.get_by_role("link", name="Yannis Korhonen").click()
    form = visitor.part("Give another role")
    form.get_by_label("Role").select_option("Auditor")
    visitor.press("Give the role", form)
    given = visitor.part("Roles here").get_by_role("listitem").filter(has_text="Auditor")
    expect(given).to_have_count(1)
    visitor.press("Take away", given)
    expect(given).to_have_count(0)

    system = f"{way.name} planning"
    visitor.page.get_by_label("Which system it is for").fill(system)
    visitor.page.get_by_role("checkbox", name="read Actions", exact=True).check()
    visitor.press("Make the key")
    key = visitor.page.locator("kbd.secret").first.inner_text()
    bearer = {"Authorization": f"Bearer {key}"}
    asked = f"{live_server}/api/v1/actions"
    assert visitor.page.request.get(asked, headers=bearer).status == 200
    visitor.press("Revoke", visitor.page.get_by_role("row").filter(has_text=system))
    row = visitor.page.get_by_role("row").filter(has_text=system)
    expect(row).to_contain_text("revoked")
    assert visitor.page.request.get(asked, headers=bearer).status == 401


@every_way
def test_a_rule_is_changed_and_the_change_is_told(visitor: Visitor, way: Way) -> None:
    visitor.sign_in("administrator")
    visitor.section("Rules")
    days = visitor.page.get_by_label("Days to answer a call")
    other = str(int(days.input_value()) + 1)
    days.fill("0")  # What no rule allows is told beside its field, and nothing is lost.
    visitor.press("Save the rules")
    expect(visitor.page.get_by_role("alert").first).to_contain_text("What you typed is kept.")
    days.fill(other)
    visitor.press("Save the rules")
    expect(days).to_have_value(other)
    expect(visitor.part("Changes").get_by_role("listitem").first).to_contain_text(
        "Days to answer a call"
    )


@every_way
def test_a_word_of_ones_own_is_tried_added_read_and_taken_back(visitor: Visitor, way: Way) -> None:
    word = f"{way.name.replace('-', ' ')} tornaviaje"
    visitor.sign_in("administrator")
    visitor.section("Administration")
    visitor.page.get_by_role("link", name="Words", exact=True).click()
    form = visitor.part("Add a word")
    form.get_by_label("Word or phrase").fill(word)
    form.get_by_label("What it means here").select_option("Return, readmission and reintegration")
    visitor.press("See what it changes", form)
    expect(form.get_by_role("status")).to_be_visible()
    expect(form.get_by_label("Word or phrase")).to_have_value(word)
    visitor.press("Add the word", form)
    mine = visitor.page.get_by_role("row").filter(has_text=word)
    expect(mine.first).to_contain_text("Return, readmission and reintegration")
    if (reading := visitor.page.get_by_role("button", name=re.compile("^Read "))).count():
        reading.first.click()
    # Without script the page loads itself again for as long as CVs are being read.
    done = visitor.page.get_by_role("heading", name="All CVs are read for your words")
    expect(done).to_be_visible(timeout=10 * PATIENCE_MS)
    visitor.fits()
    visitor.press("Take back", mine.first)
    visitor.page.get_by_text("Taken back", exact=True).first.click()
    expect(visitor.page.locator("details").get_by_text(word)).to_be_visible()


@every_way
def test_how_the_service_stands_is_read_and_other_systems_are_told(
    visitor: Visitor, way: Way
) -> None:
    visitor.sign_in("administrator")
    visitor.section("Administration")
    visitor.page.get_by_role("link", name="How the service stands").click()
    expect(visitor.part("At this moment")).to_contain_text("Jobs given up")
    visitor.fits()
    visitor.open("/administration/webhooks")
    form = visitor.part("Tell another system")
    form.get_by_label("Which system it is for").fill(f"{way.name} planning")
    form.get_by_label("Its address").fill("https://planning.example/changes")
    form.get_by_role("checkbox", name="calls", exact=True).check()
    visitor.press("Tell it", form)
    expect(visitor.page.locator("kbd.secret")).to_be_visible()
    # Who runs the system reads no person's record.
    assert visitor.page.request.get("/experts").status == 403
