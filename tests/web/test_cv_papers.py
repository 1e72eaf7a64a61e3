"""A CV leaves as a document for a purpose, with the name or without; the person sees it."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlmodel import select

from roster.tables import AccessLog, Disclosure, Expert
from roster.vocabulary import LanguageLevel, Role
from tests.web.officer import Desk
from tests.web.test_papers import words_of
from tests.web.test_rankings import person

pytestmark = pytest.mark.anyio


@pytest.fixture
def path(desk: Desk) -> str:
    found = person(desk, "Ana Fits", LanguageLevel.C1)
    return f"/experts/{found.id}"


async def test_it_asks_what_for_before_anything_leaves(desk: Desk, path: str) -> None:
    async with desk.client() as client:
        assert f'href="{path}/cv"' in (await client.get(path)).text
        assert "Check what a fact rests on" in (await client.get(f"{path}/cv")).text
        refused = await client.get(f"{path}/cv/file?purpose=curiosity")
    assert (refused.status_code, "Choose one." in refused.text) == (422, True)
    assert desk.session.exec(select(Disclosure)).all() == []


@pytest.mark.parametrize(
    ("form", "says", "hides"),
    [
        pytest.param("template", ["Ana Fits", "Institute", "Head of unit"], [], id="template"),
        pytest.param(
            "anonymous", ["Head of unit", "Expert "], ["Ana", "Fits", "Institute"], id="anonymous"
        ),
    ],
)
async def test_the_document_says_what_its_kind_may_say_and_the_look_is_kept(
    desk: Desk, path: str, form: str, says: list[str], hides: list[str]
) -> None:
    async with desk.client() as client:
        file = await client.get(f"{path}/cv/file?form={form}&purpose=mission")
    words = words_of(file.content)
    assert [one for one in says if one not in words] == []
    assert [one for one in hides if one in words] == []
    assert "Ana" not in file.headers["content-disposition"]
    (handed,) = desk.session.exec(select(Disclosure)).all()
    assert (handed.what, handed.purpose) == (f"cv_{form}", "mission")
    looks = desk.session.exec(select(AccessLog.what, AccessLog.purpose)).all()
    assert ("export", "mission") in looks


async def test_a_focal_point_of_another_country_gets_none(desk: Desk, path: str) -> None:
    found = desk.session.get_one(Expert, UUID(path.rpartition("/")[2]))
    found.home_country = "MT"
    desk.session.add(found)
    async with desk.client(Role.FOCAL_POINT) as client:
        answer = await client.get(f"{path}/cv/file?purpose=mission")
    assert answer.status_code == 404
