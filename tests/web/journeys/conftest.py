"""People with browsers of their own, who go the way of the test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.web.journeys.ways import Visit, Visitor, Way, visitors


@pytest.fixture
def visit(browser: Browser, live_server: str, way: Way) -> Iterator[Visit]:
    """Open a browser for one more person."""
    with visitors(browser, live_server, way) as opened:
        yield opened


@pytest.fixture
def visitor(visit: Visit) -> Visitor:
    """Give somebody who is not signed in yet."""
    return visit()
