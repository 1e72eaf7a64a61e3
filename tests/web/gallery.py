"""Render every example to files, look at them in a browser, and say what is wrong with them.

    python -m tests.web.gallery OUT [name ...]

Writes OUT/<name>.html and pictures at 1440 (light, dark) and 390; prints axe's violations and
every width at which a page scrolls sideways. Exit code 1 when anything is wrong.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, async_playwright

from tests.web.examples import examples
from web.jinja import STATIC, render, static_hash

WIDTHS = (320, 390, 768, 1440)


def write_pages(out: Path, wanted: list[str]) -> list[Path]:
    out.mkdir(parents=True, exist_ok=True)
    link = out / "static" / static_hash()
    link.parent.mkdir(exist_ok=True)
    if not link.exists():
        link.symlink_to(STATIC)
    pages = []
    for name, (template, page) in examples().items():
        if not wanted or name in wanted:
            path = out / f"{name}.html"
            path.write_text(render(template, page, "en"), encoding="utf-8")
            pages.append(path)
    return pages


async def problems_of(page: Page) -> list[str]:
    found = await Axe().run(page, options={"rules": {"target-size": {"enabled": True}}})
    lines = []
    for violation in found.response["violations"]:
        targets = [str(node["target"]) for node in violation["nodes"][:4]]
        lines.append(f"axe {violation['id']}: {'; '.join(targets)}")
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 900})
        if await page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            worst = await page.evaluate(
                "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect()"
                ".right > innerWidth + 1 && !e.closest('.scroll, .vh, .defs')).slice(0, 4)"
                ".map(e => e.tagName + '.' + e.getAttribute('class'))"
            )
            lines.append(f"scrolls sideways at {width}: {worst}")
    return lines


async def look(browser: Browser, base: str, path: Path) -> list[str]:
    url = f"{base}/{path.name}"
    page = await browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme="light")
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    await page.goto(url)
    await page.screenshot(path=path.with_suffix(".light.png"), full_page=True)
    lines = await problems_of(page)
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.screenshot(path=path.with_suffix(".phone.png"), full_page=True)
    await page.emulate_media(color_scheme="dark")
    await page.set_viewport_size({"width": 1440, "height": 900})
    await page.reload()  # Rows not yet drawn would keep the colours of the other theme.
    await page.screenshot(path=path.with_suffix(".dark.png"), full_page=True)
    dark = await Axe().run(page)
    lines += [f"axe dark {v['id']}: {v['nodes'][0]['target']}" for v in dark.response["violations"]]
    await page.close()
    return [f"{path.stem}: {line}" for line in [*lines, *errors]]


async def main(out: Path, wanted: list[str]) -> int:
    pages = write_pages(out, wanted)
    handler = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "http.server",
        "8765",
        "--bind",
        "127.0.0.1",
        "--directory",
        str(out),
        stderr=asyncio.subprocess.DEVNULL,
    )
    await asyncio.sleep(1)
    problems: list[str] = []
    try:
        async with async_playwright() as driver:
            browser = await driver.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox"]
            )
            for path in pages:
                problems += await look(browser, "http://127.0.0.1:8765", path)
            await browser.close()
    finally:
        handler.terminate()
    sys.stdout.write("\n".join([*problems, f"{len(pages)} pages, {len(problems)} problems"]) + "\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(Path(sys.argv[1]), sys.argv[2:])))
