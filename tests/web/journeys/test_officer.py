"""An officer's morning in a real browser: from a letter to a team that is kept."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from fixtures.demo import PASSWORD

pytestmark = pytest.mark.browser

LETTER = """Office national de la statistique
Nouakchott, le 4 janvier 2027

Objet : Appui à la production de statistiques migratoires en Mauritanie

Madame, Monsieur,

L'Office national de la statistique de la Mauritanie sollicite un appui pour mettre en place un
système de statistiques migratoires. Nous souhaitons organiser une formation de formateurs et un
atelier avec les services concernés, du 1er au 12 mars 2027.
La langue de travail est le français, niveau B2 au moins.

Veuillez agréer l'expression de notre haute considération.
"""
SHOTS = os.environ.get("ROSTER_TEST_SHOTS")
"""A folder for pictures of every page, to look at; nothing is compared."""


def looked_at(page: Page, name: str) -> None:
    """Hold a page against WCAG, and keep its picture where somebody asked for it."""
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == [], name
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert width <= 0, f"{name} is wider than its window"
    if SHOTS:
        for label, size, colours in (
            ("1440", (1440, 900), "light"),
            ("dark", (1440, 900), "dark"),
            ("390", (390, 844), "light"),
        ):
            page.set_viewport_size({"width": size[0], "height": size[1]})
            page.emulate_media(color_scheme="dark" if colours == "dark" else "light")
            page.screenshot(path=Path(SHOTS) / f"{name}-{label}.png", full_page=label != "390")
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 1440, "height": 900})


def sign_in(page: Page, base: str) -> None:
    page.goto(f"{base}/signin")
    page.fill("input[name=email]", "officer@demo.example")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{base}/")


def test_from_a_letter_to_a_team_that_is_kept(page: Page, live_server: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.set_default_timeout(60_000)
    sign_in(page, live_server)
    take_in(page, live_server)
    rank_and_shift_a_weight(page)
    shortlist_two(page)
    compose_and_keep(page)


def take_in(page: Page, base: str) -> None:
    page.goto(f"{base}/requests")
    looked_at(page, "requests")
    page.get_by_role("link", name="New request from a letter").click()
    looked_at(page, "new")

    page.get_by_label("or its words").fill(LETTER)
    page.get_by_role("button", name="Read the letter").click()
    expect(page.get_by_role("heading", name="Read from the letter")).to_be_visible()
    expect(page.get_by_label("Countries")).to_have_value("Mauritania")
    expect(page.get_by_label("First day")).to_have_value("2027-03-01")
    expect(page.get_by_role("checkbox", name="Migration data and statistics")).to_be_checked()
    expect(page.get_by_label("Language 1", exact=True)).to_have_value("French")
    expect(page.locator(".sheet a.m", has_text="statistiques migratoires").first).to_be_visible()
    looked_at(page, "letter")


def rank_and_shift_a_weight(page: Page) -> None:
    page.get_by_role("button", name="Save and rank experts").click()
    page.wait_for_url(re.compile(r"/ranking"))
    expect(page.locator(".person").first).to_be_visible()
    expect(page.locator(".origin").first).to_contain_text("synthetic")
    first = page.locator(".person").first
    first.locator("details.why > summary").click()
    points = first.locator("table.ledger tbody td:nth-child(2)").all_inner_texts()
    total = first.locator("table.ledger tfoot td").first.inner_text()
    assert round(sum(map(float, points)), 1) == float(total)
    expect(first.locator("figure.ev blockquote").first).not_to_be_empty()
    looked_at(page, "ranking")

    page.evaluate("window.stays = true")
    slider = page.locator("#w-country")
    slider.focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile(r"run=2"))
    expect(page.locator(".weights [data-told]")).to_contain_text("ranking 1")
    expect(slider).to_be_focused()
    assert page.evaluate("window.stays"), "the list is put in order without loading a page"
    expect(page.locator("output[for=w-country]")).to_have_text("×3")
    expect(page.locator("aside")).to_contain_text("Weights changed: Country and region ×3.")
    looked_at(page, "weights")


def shortlist_two(page: Page) -> None:
    name = page.locator(".person h3 bdi").first.inner_text()
    page.locator(".person details.why > summary").first.click()
    page.get_by_text("Shortlist with a note").first.click()
    page.get_by_label("Note", exact=True).first.fill("Knows the registers")
    page.get_by_role("button", name="Shortlist with this note").first.click()
    expect(page.locator(".person").first.locator(".act")).to_contain_text("Shortlisted")
    page.locator(".person").nth(1).get_by_role("button", name="Shortlist").first.click()
    expect(page.locator(".person").nth(1).locator(".act")).to_contain_text("Shortlisted")

    page.get_by_role("link", name="Shortlist", exact=False).first.click()
    expect(page.locator("article.card")).to_have_count(2)
    expect(page.locator("article.card", has_text=name)).to_contain_text("Knows the registers")
    looked_at(page, "shortlist")


def compose_and_keep(page: Page) -> None:
    page.get_by_role("link", name="Team", exact=True).click()
    page.get_by_label("Triangular").check()
    page.get_by_role("button", name="Compose a team").click()
    expect(page.locator(".proposals a").first).to_be_visible()
    expect(page.locator(".seat")).to_have_count(3)
    expect(page.locator(".seat", has_text="Southern peer")).to_contain_text("Non-EU administration")
    looked_at(page, "team")
    page.get_by_role("button", name="Save as a proposal").click()
    page.wait_for_url(re.compile(r"kept="))
    expect(page.locator(".seat")).to_have_count(3)
    looked_at(page, "kept")

    page.get_by_role("link", name="Letter and fields").click()
    expect(page.get_by_role("link", name="Ranking 2")).to_be_visible()
    looked_at(page, "detail")
