"""Fixtures with a real Chromium and the product served on a free port.

Playwright's event loop belongs to the thread while it runs, so the browser ends with its module:
tests of other modules, which start loops of their own, never meet it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from api import doctor
from roster.settings import Settings

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


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory, testrun_uid: str) -> Path:
    """Load the demonstration once per run, by the command itself; nobody writes to the folder."""
    base = tmp_path_factory.getbasetemp()
    made = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / f"demo-{testrun_uid}"
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            unfinished = made.with_suffix(".unfinished")
            _load_demo(unfinished)
            unfinished.rename(made)
    return made


def _load_demo(folder: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ROSTER_")}
    done = subprocess.run(
        [sys.executable, "-c", "from api.cli import main; main()", "demo"],
        env={**kept, "ROSTER_DATA_DIR": str(folder)},
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"`roster demo` failed:\n{done.stdout}{done.stderr}")


@pytest.fixture(scope="module")
def live_server(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the whole product over a demonstration of this module's own; yield its base URL.

    Without the encoder, which would keep a core busy with 700 CVs in the background.
    """
    from api.main import create_app  # noqa: PLC0415 -- only tests that serve pay for it.

    folder = tmp_path_factory.mktemp("served") / "data"
    shutil.copytree(demo_folder, folder)
    with served(create_app(Settings(data_dir=folder, encoder=False))) as base:
        yield base
