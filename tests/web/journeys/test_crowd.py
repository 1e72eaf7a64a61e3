"""Seven hundred people, some with names of two hundred letters or from right to left."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect
from sqlmodel import Session, col, select

from api.main import create_app
from fixtures.demo import PASSWORD
from roster import records
from roster.db import open_engine
from roster.read import Name
from roster.serial import to_json
from roster.settings import Settings
from roster.tables import Expert, Fact
from roster.tables.base import utc_now
from roster.vocabulary import FactKind
from tests.browser import served
from tests.web.journeys.ways import Visitor, Way, every_way, visitors

pytestmark = [pytest.mark.browser, pytest.mark.long]

LONG = ("Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh von und zu " * 4)[:200]
BACKWARDS = ("ליאור בן־אברהם כהן", "ليلى بن يوسف الحسيني")
NAMES = (LONG, *BACKWARDS)


@pytest.fixture(scope="module")
def crowd(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the demonstration with three people called otherwise; yield its base URL."""
    folder = tmp_path_factory.mktemp("crowd") / "data"
    shutil.copytree(demo_folder, folder)
    settings = Settings(data_dir=folder, encoder=False)
    engine = open_engine(f"sqlite:///{folder / 'roster.db'}")
    with Session(engine) as session:
        people = session.exec(
            select(Expert).order_by(col(Expert.folded_name)).limit(len(NAMES))
        ).all()
        for one, name in zip(people, NAMES, strict=True):
            said = select(Fact).where(Fact.expert_id == one.id, Fact.kind == FactKind.NAME)
            for fact in session.exec(said):
                fact.value = to_json(Name(name))
                session.add(fact)
        records.refresh(session, people, utc_now())
        session.commit()
    engine.dispose()
    with served(create_app(settings)) as base:
        yield base


@pytest.fixture
def officer(crowd: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=crowd, timeout=60) as client:
        form = {"email": "officer@demo.example", "password": PASSWORD}
        answer = client.post("/signin", data=form)
        # A secure cookie does not travel by plain HTTP.
        client.headers["Cookie"] = answer.headers["set-cookie"].split(";")[0]
        yield client


def test_the_pages_of_the_list_hold_everybody_once(officer: httpx.Client) -> None:
    path, met, shown = "/experts", list[str](), list[tuple[int, ...]]()
    while path:
        page = officer.get(path).text
        met += re.findall(r'<th scope="row"><a href="/experts/([0-9a-f-]{36})"', page)
        counts = re.search(r"([\d,]+)–([\d,]+) of ([\d,]+)", page)
        assert counts is not None
        shown.append(tuple(int(one.replace(",", "")) for one in counts.groups()))
        following = re.search(r'rel="next" href="([^"]*)"', page)
        path = following.group(1).replace("&amp;", "&") if following else ""
    total = shown[0][2]
    assert total > 600
    assert len(met) == len(set(met)) == total
    assert shown == [(at, min(at + 24, total), total) for at in range(1, total + 1, 25)]


def test_a_search_that_meets_hundreds_says_how_many_and_shows_the_nearest(
    officer: httpx.Client,
) -> None:
    page = officer.post("/search", data={"q": "English"}).text
    people = page[page.index('id="found-expert"') :].partition("</section>")[0]
    shown, total = re.findall(r"The nearest ([\d,]+) of ([\d,]+)\.", people)[0]
    assert len(re.findall(r"<li>", people)) == int(shown) == 20
    assert int(total) > 300
    counts = [int(one) for one in re.findall(r'<h2 id="found-.*?<span class="meta">(\d+)', page)]
    assert f"{sum(counts)} records" in page


@every_way
def test_names_of_any_length_and_script_stay_in_their_places(
    browser: Browser, crowd: str, way: Way
) -> None:
    with visitors(browser, crowd, way) as opened:
        visitor: Visitor = opened()
        page = visitor.sign_in("officer")
        for name in NAMES:
            visitor.open("/search")
            page.locator("main [name=q]").fill(name[:60])
            visitor.press("Search", page.locator("main"))
            link = page.locator("main li a").filter(has_text=name[:30]).first
            expect(link).to_be_visible()
            direction = link.locator("bdi").evaluate("one => getComputedStyle(one).direction")
            assert direction == ("rtl" if name in BACKWARDS else "ltr")
            link.click()
            page.wait_for_url("**/experts/**")
            visitor.fits()
        for path in ("/experts", "/experts?page=28", "/experts?country=PT&page=2"):
            visitor.open(path)
