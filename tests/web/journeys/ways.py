"""Ways to come to a page: on a desk or a phone, with script or without; a journey goes them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, Locator, Page, Response, expect

from fixtures.demo import PASSWORD

PATIENCE_MS = 60_000
expect.set_options(timeout=PATIENCE_MS)


@dataclass(frozen=True)
class Way:
    """A device, and whether its browser runs script."""

    name: str
    width: int
    script: bool

    @property
    def has_touch(self) -> bool:
        return self.width < 600


DESK, PHONE = Way("desk", 1440, script=True), Way("phone", 390, script=True)
DESK_PLAIN, PHONE_PLAIN = Way("desk-plain", 1440, script=False), Way("phone-plain", 390, False)
WAYS = (DESK, PHONE, DESK_PLAIN, PHONE_PLAIN)
every_way = pytest.mark.parametrize(
    "way", [pytest.param(way, id=way.name, marks=pytest.mark.long) for way in WAYS]
)
OFF_SCREEN = """() => [...document.querySelectorAll(
    'a[href], button, input, select, summary, textarea'
  )].filter(one => {
    const at = one.getBoundingClientRect();
    return one.checkVisibility({visibilityProperty: true}) && at.width > 1
      && (at.right > innerWidth + 1 || at.left < -1) && !one.closest('.scroll, .vh, .skip');
  }).map(one => one.outerHTML.slice(0, 120))"""
"""Controls that the edge of the window cuts off, but for those in a box that scrolls."""


@dataclass
class Visitor:
    """Somebody with a browser of her own, who goes one way."""

    page: Page
    way: Way

    def open(self, path: str) -> Page:
        """Go to an address or a path of the product, and hold it against the screen."""
        answer = self.page.goto(urlparse(path)._replace(scheme="", netloc="").geturl())
        assert answer is not None
        assert answer.status == 200, f"{answer.status} at {path}"
        return self.fits()

    def sign_in(self, who: str, password: str = PASSWORD) -> Page:
        """Sign in by an address, or by the first part of one of the demonstration."""
        self.page.goto("/signin")
        self.page.get_by_label("Work e-mail").fill(who if "@" in who else f"{who}@demo.example")
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in", exact=True).first.click()
        self.page.wait_for_url(lambda url: urlparse(url).path == "/")
        return self.fits()

    def section(self, name: str) -> Page:
        """Go to a section by the navigation that this screen shows."""
        menu = self.page.locator("details.menu > summary")
        nav = self.page.locator("nav.mainnav")
        if menu.is_visible():
            menu.click()
            nav = self.page.locator("details.menu nav")
        link = nav.get_by_role("link", name=name, exact=True)
        if not link.is_visible():
            nav.locator("details.more > summary").click()
        link.click()
        self.page.wait_for_load_state()
        return self.fits()

    def press(self, name: str, within: Page | Locator | None = None) -> Page:
        """Press a button, and hold what comes against the screen."""
        (within or self.page).get_by_role("button", name=name, exact=True).first.click()
        self.page.wait_for_load_state()
        return self.fits()

    def fits(self) -> Page:
        """Hold that nothing makes the page scroll sideways, and that no control is cut off."""
        self.page.wait_for_load_state()
        wider = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, f"{self.page.url} is {wider} pixels wider than its window"
        assert self.page.evaluate(OFF_SCREEN) == [], self.page.url
        return self.page

    def part(self, title: str) -> Locator:
        """Return the panel under a heading."""
        return self.page.get_by_role("region", name=title, exact=True)

    def unfold(self, title: str) -> Locator:
        """Open what is folded under these words, unless it stands open; return it."""
        fold = self.page.locator("details").filter(has=self.page.locator("summary", has_text=title))
        if fold.last.get_attribute("open") is None:
            fold.last.locator("summary").first.click()
        return fold.last

    def loads(self, name: str) -> bytes:
        """Follow a link or press a button that gives a file; return what is in it."""
        asked = self.page.get_by_role("link", name=name).or_(
            self.page.get_by_role("button", name=name)
        )
        with self.page.expect_download() as coming:
            asked.first.click()
        return coming.value.path().read_bytes()


Visit = Callable[[], Visitor]


@contextmanager
def visitors(browser: Browser, base: str, way: Way) -> Iterator[Visit]:
    """Open browsers for people nobody knows yet; an error of the service or a script fails."""
    contexts, wrong = [], list[str]()

    def heard(answer: Response) -> None:
        if answer.status >= 500:
            wrong.append(f"{answer.status} at {answer.url}")

    def opened() -> Visitor:
        context = browser.new_context(
            base_url=base,
            viewport={"width": way.width, "height": 850},
            has_touch=way.has_touch,
            java_script_enabled=way.script,
            locale="en-GB",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("response", heard)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        return Visitor(page, way)

    yield opened
    for one in contexts:
        one.close()
    assert wrong == []
