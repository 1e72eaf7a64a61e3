"""What is done every day: by an officer, a focal point and a guest, each on every way."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.journeys.test_confirmation import OLD, text_file
from tests.web.journeys.ways import Visit, Visitor, Way, every_way

pytestmark = pytest.mark.browser
LETTER = """Office national de la statistique
Nouakchott, le 4 janvier 2027

Objet : Appui à la production de statistiques migratoires en Mauritanie

L'Office national de la statistique de la Mauritanie sollicite un appui pour mettre en place un
système de statistiques migratoires. Nous souhaitons organiser une formation de formateurs et un
atelier avec les services concernés, du 1er au 12 mars 2027.
La langue de travail est le français, niveau B2 au moins.
"""
NAMES = {
    "desk": "Zulmira Castelo Valadares",
    "phone": "Eufrásia Mourão Sequeira",
    "desk-plain": "Deolinda Vasques Tamagnini",
    "phone-plain": "Hermínia Falcão Bettencourt",
}


@every_way
def test_an_officer_goes_from_a_letter_to_a_team_that_is_kept(visitor: Visitor, way: Way) -> None:
    page = visitor.sign_in("officer")
    visitor.section("Requests")
    page.get_by_role("link", name="New request from a letter").click()
    page.get_by_label("or its words").fill(LETTER)
    visitor.press("Read the letter")
    expect(page.get_by_label("Countries")).to_have_value("Mauritania")
    visitor.press("Save and rank experts")
    expect(page.locator(".person").first).to_be_visible()
    weigh(visitor)
    first = page.locator(".person").first.locator("h3 bdi").inner_text()
    for at in (0, 1):
        page.locator(".person").nth(at).get_by_role("button", name="Shortlist").first.click()
        expect(page.locator(".person").nth(at).locator(".act")).to_contain_text("Shortlisted")
    page.get_by_role("link", name="Shortlist", exact=False).first.click()
    expect(page.locator("article.card")).to_have_count(2)
    expect(page.locator("article.card", has_text=first)).to_have_count(1)
    visitor.fits()
    page.get_by_role("link", name="Team", exact=True).click()
    page.get_by_label("Triangular").check()
    visitor.press("Compose a team")
    expect(page.locator(".seat")).to_have_count(3)
    visitor.press("Save as a proposal")
    page.wait_for_url(re.compile(r"kept="))
    expect(page.locator(".seat")).to_have_count(3)


def weigh(visitor: Visitor) -> None:
    """Let country count three times, with the keyboard alone."""
    page = visitor.page
    slider = page.locator("#w-country")
    if not slider.is_visible():
        page.locator("details:has(#w-country) > summary").first.click()
    slider.focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    if not visitor.way.script:
        page.locator("form:has(#w-country) button").last.click()
    expect(page.locator("output[for=w-country]")).to_have_text("×3")
    page.wait_for_url(re.compile(r"run="))


@every_way
def test_a_focal_point_takes_a_cv_in_and_confirms_it(
    visitor: Visitor, way: Way, tmp_path: Path
) -> None:
    name = NAMES[way.name]
    words = OLD.replace("Leonor Quintela Sardoal", name).replace("l.quintela", f"day.{way.name}")
    page = visitor.sign_in("focal.pt")
    visitor.open("/uploads")
    page.locator("input[type=file]").set_input_files(str(text_file(tmp_path, "cv.txt", words)))
    visitor.press("Send")
    wait_until_read(page)
    visitor.fits()
    page.get_by_role("link", name="Confirm the first").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    visitor.fits()
    page.get_by_role("button", name="Confirm").first.click()
    page.wait_for_url("**/experts/**")
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    visitor.fits()
    page.get_by_role("row", name="French").first.scroll_into_view_if_needed()


def wait_until_read(page: Page) -> None:
    """Look again until the CV waits to be confirmed, as somebody without script would."""
    while not page.get_by_role("link", name="Confirm the first").count():
        page.wait_for_timeout(500)
        page.reload()


@every_way
def test_a_guest_reads_a_fiche_by_link_and_comments_on_it(
    visitor: Visitor, visit: Visit, way: Way
) -> None:
    page = visitor.sign_in("officer")
    visitor.section("Requests")
    page.get_by_role("link", name="One national scheme for returnees").first.click()
    page.get_by_role("link", name="Fiche", exact=True).first.click()
    visitor.fits()
    form = page.locator("form[action$='/guests']")
    page.locator("details.fold", has=form).locator("summary").click()
    form.get_by_label("As", exact=True).select_option("EU Delegation")
    form.get_by_label("Institution or function").fill(f"Delegation in Tunis, {way.name}")
    visitor.press("Make a personal link", form)
    link = page.locator("#guests a[href*='/guest/']").first.get_attribute("href")

    guest = visit()
    read = guest.open(link or "no link was shown")
    expect(read.get_by_role("heading", name="One national scheme")).to_be_visible()
    assert read.get_by_role("navigation", name="Sections").count() == 0
    remark = f"Please add the municipalities ({way.name})."
    form = read.locator("form", has=read.get_by_label("Comment"))
    read.locator("details.fold", has=form).locator("summary").click()
    form.get_by_label("Comment").fill(remark)
    guest.press("Send the comment", form)
    expect(read.get_by_role("main")).to_contain_text(remark)
    guest.fits()
    page.get_by_role("link", name="Fiche", exact=True).first.click()
    expect(page.get_by_role("main")).to_contain_text(remark)
