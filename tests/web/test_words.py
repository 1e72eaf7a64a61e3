"""Administrators keep words of their facility, see what one changes, and have CVs read for them."""

from __future__ import annotations

import re

import pytest
from sqlmodel import select

from roster.tables import OwnWord, Rereading
from roster.vocabulary import Role
from tests.web.officer import Desk, said
from web.presenters.words import REFUSALS

pytestmark = pytest.mark.anyio

PATH = "/administration/words"
CV = "WORK EXPERIENCE\n2016 - present    Head of unit, Lisbon\nSet up the hotspot approach.\n"
NEW = {"phrase": "hotspot approach", "means": "topic:border_management", "language": ""}


async def test_what_a_word_changes_is_said_before_it_is_added(desk: Desk) -> None:
    desk.make.read_cv(CV, [])
    desk.session.commit()
    async with desk.client(Role.ADMINISTRATOR) as client:
        looked = await client.post(PATH, data={**NEW, "look": "1"})
        assert looked.status_code == 200
        assert "stands in 1 CV" in said(looked.text)
        assert 'value="hotspot approach"' in looked.text
        assert desk.session.exec(select(OwnWord)).all() == []
        assert "No word of your own yet" in said((await client.get(PATH)).text)


async def test_a_word_is_added_cvs_are_read_for_it_and_it_is_taken_back(desk: Desk) -> None:
    desk.make.read_cv(CV, [])
    desk.session.commit()
    async with desk.client(Role.ADMINISTRATOR) as client:
        assert (await client.post(PATH, data=NEW)).status_code == 303
        page = (await client.get(PATH)).text
        assert "1 word changed since all CVs were read" in said(page)
        again = {**NEW, "phrase": "Hotspot Approach"}
        assert (await client.post(PATH, data=again)).status_code == 409

        assert (await client.post(f"{PATH}/read")).status_code == 303
        asked = desk.session.exec(select(Rereading)).one()
        going = (await client.get(PATH)).text
        assert "0 of 1 CVs" in said(going)
        assert 'http-equiv="refresh"' in going
        assert (asked.total, desk.installation.jobs.rereadings) == (1, [asked.id])  # type: ignore[attr-defined]

        word = desk.session.exec(select(OwnWord)).one()
        assert (await client.post(f"{PATH}/{word.id}/retire")).status_code == 303
        gone = said((await client.get(PATH)).text)
        assert "taken back" in gone
        assert "Add again" in gone


async def test_what_is_wrong_is_said_beside_its_field_and_kept(desk: Desk) -> None:
    async with desk.client(Role.ADMINISTRATOR) as client:
        refused = await client.post(PATH, data={**NEW, "phrase": "<b>", "means": ""})
        assert refused.status_code == 422
        assert "&lt;b&gt;" in refused.text
        assert "Choose what it means" in said(refused.text)
        short = await client.post(PATH, data={**NEW, "phrase": "ab*"})
        assert "it stands for any ending" in said(short.text)


async def test_a_term_opens_with_the_words_it_is_read_by(desk: Desk) -> None:
    async with desk.client(Role.ADMINISTRATOR) as client:
        page = await client.get(f"{PATH}?term=topic:border_management")
        assert re.search(r'<dd lang="fr">.*frontière', page.text)
        assert "EuroVoc" in page.text
        for odd in ("topic:none", "topic:", "no_list:x", "activity:border_management"):
            assert "h-term" not in (await client.get(f"{PATH}?term={odd}")).text


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.FOCAL_POINT, Role.AUDITOR])
async def test_nobody_but_administrators_keeps_words(desk: Desk, role: Role) -> None:
    async with desk.client(role) as client:
        assert (await client.get(PATH)).status_code == 403
        assert (await client.post(PATH, data=NEW)).status_code == 403


@pytest.mark.parametrize(
    "typed",
    [
        {"phrase": "x" * 90},
        {"phrase": "ab*"},
        {"phrase": "a"},
        {"phrase": "border management"},
        {"means": "topic:nothing_of_it"},
        {"language": "xx"},
    ],
    ids=str,
)
async def test_each_refusal_is_said_in_the_language_of_the_reader(
    desk: Desk, typed: dict[str, str]
) -> None:
    async with desk.client(Role.ADMINISTRATOR) as client:
        english = (await client.post(PATH, data={**NEW, **typed})).text
        french = await client.post(PATH, data={**NEW, **typed}, headers={"accept-language": "fr"})
    (refusal,) = [one for one in REFUSALS if one in said(english)]
    assert refusal not in said(french.text)
