"""The pages about the product are open to everybody and say what is so, in four languages."""

from __future__ import annotations

import re
from typing import Any

import pytest
from httpx import AsyncClient
from lxml import html

from matching.baseline import RULE_WEIGHTS
from matching.engine import Engine
from roster.inputs.privacy import ORIGINAL_DAYS
from roster.policy import GRANTED, Permission
from roster.vocabulary import Gate, Role
from tests.web.officer import Desk, said
from web.contexts.layout import Frame
from web.jinja import HERE
from web.tongues import LOCALES, tongue_of
from web.views.about import _CONDITIONS, _SEES, MEASURED, ranking_about

pytestmark = pytest.mark.anyio
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
TOPICS = ("ranking", "privacy", "accessibility")


def tree(page: str) -> Any:
    """Parse a page; lxml's own types do not tell what an expression finds."""
    return html.fromstring(page)


async def body(client: AsyncClient, topic: str, language: str = "en") -> str:
    answer = await client.get(f"/about/{topic}", headers={"Accept-Language": language})
    assert answer.status_code == 200
    return answer.text


@on_sqlite
@pytest.mark.parametrize("topic", TOPICS)
async def test_anybody_may_read_a_page_in_any_language(desk: Desk, topic: str) -> None:
    async with desk.client(None) as client:
        pages = [said(await body(client, topic, code)) for code in LOCALES]
    assert len(set(pages)) == len(LOCALES)


@on_sqlite
async def test_whoever_is_signed_in_keeps_the_navigation(desk: Desk) -> None:
    async with desk.client(Role.PROJECT_OFFICER) as client:
        assert 'href="/requests"' in await body(client, "privacy")
    async with desk.client(None) as client:
        assert 'href="/requests"' not in await body(client, "privacy")


@on_sqlite
async def test_a_page_about_nothing_is_not_found(desk: Desk) -> None:
    async with desk.client(None) as client:
        assert (await client.get("/about/nothing")).status_code == 404


@on_sqlite
async def test_every_page_of_the_foot_leads_somewhere(desk: Desk) -> None:
    async with desk.client(None) as client:
        linked = re.findall(r'href="(/about/[^"]+)"', await body(client, "ranking"))
        assert {f"/about/{topic}" for topic in TOPICS} == set(linked)


@on_sqlite
async def test_the_worth_of_a_feature_is_that_of_the_model(desk: Desk) -> None:
    async with desk.client(None) as client:
        page = tree(await body(client, "ranking"))
    rows = page.xpath("//section[@aria-labelledby='h-sum']//tbody/tr")
    told = {row.find("th").text_content().strip(): row[1].text_content() for row in rows}
    tongue = tongue_of("en")
    assert told == {tongue.feature(name): f"{points:g}" for name, points in RULE_WEIGHTS.items()}


def test_another_model_tells_of_itself() -> None:
    tongue = tongue_of("fr")
    features = Engine().features
    page = ranking_about(Frame("", "fr", (), "/"), tongue, "learnt-1", features[:1])
    assert not page.is_rule
    assert [(one.points, one.unknown) for one in page.features] == [("28", "25\xa0%")]


def test_all_that_is_measured_is_in_the_catalogues() -> None:
    assert {feature.measures for feature in Engine().features} == set(MEASURED)


def test_every_condition_and_every_role_is_told() -> None:
    assert list(_CONDITIONS) == list(Gate)
    assert set(_SEES) == set(Role)
    blind = {role for role, granted in GRANTED.items() if Permission.READ_EXPERTS not in granted}
    assert {role for role, sees in _SEES.items() if "No person" in sees} == blind


@on_sqlite
async def test_privacy_says_whom_to_ask_or_that_nobody_is_named(desk: Desk) -> None:
    desk.make.facility(
        "north",
        legal_regime={"controller": "Ministry of the North", "contact": "dpo@north.example"},
    )
    desk.make.facility("south", legal_regime={"contact": " "})
    async with desk.client(None) as client:
        page = tree(await body(client, "privacy"))
    lines = {
        " ".join(line[0].text_content().split()): " ".join(line[1].text_content().split())
        for line in page.xpath("//section[@aria-labelledby='h-ask']//dl/div")
    }
    north = "Responsible: Ministry of the NorthContact: dpo@north.example"
    assert lines["North"] == north
    assert lines["South"] == "Responsible: not named yetContact: not named yet"


@on_sqlite
async def test_privacy_says_how_long_what_is_kept(desk: Desk) -> None:
    async with desk.client(None) as client:
        words = said(await body(client, "privacy"))
    assert f"deleted {ORIGINAL_DAYS} days after the CV was confirmed" in words
    assert f"after {desk.installation.settings.session_hours} hours" in words


def test_the_foot_calls_invented_only_what_is() -> None:
    foot = (HERE / "templates" / "layouts" / "base.html").read_text(encoding="utf-8")
    assert "past Actions and requests are real" in foot
