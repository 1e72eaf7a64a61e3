"""Take the pictures of the README from the demonstration: `make pictures`.

Starts a server of its own on a throw-away database and walks through the main job with the
Chromium that the tests use.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from playwright.sync_api import Page, sync_playwright

from fixtures.demo import PASSWORD

HERE = Path(__file__).parent
PORT = 8765
BASE = f"http://127.0.0.1:{PORT}"
CV = HERE.parents[1] / "fixtures" / "cvs" / "dossier-ministere.docx"
_PATIENCE_MS = 120_000
"""A machine that does something else at the same time takes its pictures, too."""
LETTER = """Dakar, le 12 octobre 2026

Objet : appui à la prise en charge des enfants migrants non accompagnés

Madame, Monsieur,

Le Ministère de la Justice du Sénégal présente ses compliments et a l'honneur de solliciter l'appui
de la Facilité. Chaque semaine, des enfants voyageant seuls sont identifiés à nos frontières, et
aucune procédure ne dit qui nomme un tuteur ni comment la famille est recherchée.

Nous souhaitons une mission d'évaluation, puis la formation de formateurs pour les travailleurs
sociaux et la police. Le travail se fera en français (niveau B2 au moins). La mission pourrait se
dérouler du 3 au 14 mai 2027. L'expérience d'un pays voisin serait précieuse.

Veuillez agréer, Madame, Monsieur, l'expression de notre haute considération.
"""


@contextmanager
def served() -> Iterator[None]:
    """Serve a fresh demonstration until the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "ROSTER_DATA_DIR": folder, "ROSTER_PORT": str(PORT)}
        roster = [sys.executable, "-m", "api.cli"]
        for command in ("demo", "index"):
            subprocess.run(  # noqa: S603 -- our own command
                [*roster, command], env=env, check=True, stdout=subprocess.DEVNULL
            )
        server = subprocess.Popen(  # noqa: S603 -- our own command
            [*roster, "serve"], env=env, stdout=subprocess.DEVNULL
        )
        try:
            _wait()
            yield
        finally:
            server.terminate()
            server.wait()


def _wait() -> None:
    for _ in range(120):
        try:
            if httpx.get(f"{BASE}/readyz").is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.5)
    raise RuntimeError("the server did not answer within a minute")


def sign_in(page: Page, email: str) -> None:
    """Sign in with an account of the demonstration."""
    page.goto(f"{BASE}/signin")
    page.fill("[name=email]", email)
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.locator("main form button").first.click()


def take(page: Page, name: str, *, height: int = 900) -> None:
    """Take the top of the page, `height` pixels of it."""
    page.set_viewport_size({"width": 1440, "height": height})
    page.screenshot(path=HERE / f"{name}.png")


def officer(page: Page) -> None:
    """Walk from the letter to the team."""
    sign_in(page, "officer@demo.example")
    page.goto(f"{BASE}/requests/new")
    page.fill("[name=letter_text]", LETTER)
    with page.expect_navigation():
        page.locator('form[action="/requests/letter"] button').first.click()
    take(page, "letter")
    with page.expect_navigation():
        page.locator("button[name=then][value=rank]").click()
    page.locator("details summary:has-text('Why')").first.click()
    take(page, "ranking", height=1000)
    page.goto(page.url.split("/ranking")[0] + "/team")
    page.locator("input[type=radio][value=triangular]").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Compose a team").click()
    page.locator(".seat").first.wait_for()
    take(page, "team", height=1000)
    page.goto(f"{BASE}/portfolio?go=1")
    take(page, "portfolio", height=1000)
    page.goto(f"{BASE}/actions")
    take(page, "figures")


def focal_point(page: Page) -> None:
    """Upload a CV and look at what was read in it."""
    sign_in(page, "focal.fr@demo.example")
    page.goto(f"{BASE}/uploads")
    page.set_input_files("input[type=file]", CV)
    page.locator("form[action='/uploads'] button").first.click()
    link = page.locator(f"tr:has-text('{CV.name}') a[href*='/documents/']")
    while not link.count():  # It is read in a process of its own.
        page.wait_for_timeout(1000)
        page.goto(f"{BASE}/uploads")
    link.first.click()
    page.wait_for_load_state()
    take(page, "confirm")


def main() -> None:
    """Take every picture."""
    browser_path = os.environ.get("ROSTER_CHROMIUM") or shutil.which("chromium")
    with served(), sync_playwright() as player:
        browser = player.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for walk in (officer, focal_point):
            context = browser.new_context(locale="en-GB", color_scheme="light")
            context.set_default_timeout(_PATIENCE_MS)
            walk(context.new_page())
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
