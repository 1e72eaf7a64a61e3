"""The browser fixtures drive a real Chromium against a served application."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from playwright.sync_api import Page

from tests.browser import served

app = FastAPI()


@app.get("/", response_class=HTMLResponse)
def front() -> str:
    return "<title>Front</title><h1></h1><script>document.querySelector('h1').append('Hi')</script>"


@pytest.mark.browser
def test_a_page_runs_its_scripts(page: Page) -> None:
    with served(app) as base:
        page.goto(base)
        assert (page.title(), page.inner_text("h1")) == ("Front", "Hi")
