"""Every page can be used with the keyboard, in both themes and all languages, at 400 % zoom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from playwright.sync_api import Page
from starlette.staticfiles import StaticFiles

from tests.browser import served
from tests.web.examples import examples
from tests.web.journeys.ways import OFF_SCREEN
from web.jinja import STATIC, render, static_hash

pytestmark = [pytest.mark.browser, pytest.mark.long]
NAMES = sorted(examples())
LOCALES = ("en", "fr", "es", "pt")
LOOKS = [("en", "light"), ("en", "dark"), ("fr", "light"), ("es", "dark"), ("pt", "light")]
"""The themes change colours and the languages lengths: each theme in one, each language in one."""
MOST_STOPS = 600

app = FastAPI(openapi_url=None)
app.mount(f"/static/{static_hash()}", StaticFiles(directory=STATIC))


@app.get("/{name}", response_class=HTMLResponse)
def show(name: str, locale: str = "en") -> str:
    template, page = examples()[name]
    return render(template, page, locale)


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """Serve every example of a page."""
    with served(app) as url:
        yield url


@pytest.mark.parametrize(("locale", "colours"), LOOKS)
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing(page: Page, base: str, name: str, locale: str, colours: Any) -> None:
    page.emulate_media(color_scheme=colours)
    page.goto(f"{base}/{name}?locale={locale}", wait_until="domcontentloaded")
    found = Axe().run(page, options={"rules": {"target-size": {"enabled": True}}})
    assert [(one["id"], one["nodes"][0]["target"]) for one in found.response["violations"]] == []


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_scrolls_sideways_at_400_percent(
    page: Page, base: str, name: str, locale: str
) -> None:
    """Hold the page at 320 CSS pixels: what is left of 1280 when everything is four times as large.

    Wide tables may scroll, in a box of their own.
    """
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(f"{base}/{name}?locale={locale}", wait_until="load")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate(OFF_SCREEN) == []


UNSEEN = """() => {
  const groups = new Set([...document.querySelectorAll('input[type=radio]')]
    .filter(e => e.dataset.seen).map(e => e.name));  // One stop a group; arrows move inside.
  return [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
    .filter(e => !e.disabled && e.type !== 'hidden' && e.tabIndex >= 0 && e.checkVisibility()
      && !e.dataset.seen && !(e.type === 'radio' && groups.has(e.name)))
    .map(e => e.outerHTML.slice(0, 120));
}"""
STOP = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return 'top';
  if (e === window.last) return 'within';  // A date has a stop for each of its parts.
  window.last = e;
  if (e.dataset.seen) return 'round';
  e.dataset.seen = '1';
  const style = getComputedStyle(e);
  const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  return ring ? 'ring' : e.outerHTML.slice(0, 120);
}"""


@pytest.mark.parametrize("name", NAMES)
def test_the_keyboard_reaches_every_control_and_shows_where_it_is(
    page: Page, base: str, name: str
) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{base}/{name}")
    stops: list[str] = []
    while len(stops) < MOST_STOPS and "round" not in stops:
        page.keyboard.press("Tab")
        stops.append(page.evaluate(STOP))
    assert set(stops) <= {"ring", "top", "within", "round"}
    assert page.evaluate(UNSEEN) == []
