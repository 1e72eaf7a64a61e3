"""Fixtures with a real Chromium and the product served on a free port.

Playwright's event loop belongs to the thread while it runs, so the browser ends with its module:
tests of other modules, which start loops of their own, never meet it.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from api import doctor

if TYPE_CHECKING:
    from fastapi import FastAPI

_PATIENCE_S = 60


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Open the machine's Chromium, headless; a machine without one fails the test."""
    doctor.require(doctor.chromium(os.environ))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=doctor.find_chromium(os.environ),
            args=["--no-sandbox", "--disable-dev-shm-usage"],
        )
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a page of a visitor nobody knows; a script error in it fails the test."""
    context = browser.new_context(locale="en-GB", reduced_motion="reduce")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve an application from a thread on a free port; yield its base URL, without a slash."""
    import uvicorn  # noqa: PLC0415 -- only tests that serve pay for it.

    # Bound here and handed over: nobody can take the port in between.
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        deadline = time.monotonic() + _PATIENCE_S
        while not server.started:
            if not thread.is_alive() or time.monotonic() > deadline:
                raise RuntimeError("the application did not start; its error stands above")
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(_PATIENCE_S)
