"""A coordinator erases a person after a second word; nobody else is asked."""

from __future__ import annotations

import pytest

from roster.tables import Expert
from roster.vocabulary import Role
from tests.web.officer import Desk, said

pytestmark = pytest.mark.anyio


async def test_a_person_is_erased_after_a_second_word(desk: Desk) -> None:
    desk.installation.settings.data_dir.mkdir(parents=True, exist_ok=True)
    person = desk.make.expert("Quirina Zwölfaxinger")
    desk.make.view(person)
    former, here = person.id, f"/experts/{person.id}"
    async with desk.client(Role.COORDINATOR) as client:
        assert f"{here}/erase" in (await client.get(here)).text
        asked = await client.get(f"{here}/erase")
        assert "Nobody can undo it" in said(asked.text)
        wrong = await client.post(f"{here}/erase", data={"reason": "boredom"})
        assert wrong.status_code == 422
        done = await client.post(f"{here}/erase", data={"reason": "asked"})
        assert done.headers["location"] == "/experts?done=erased"
        assert (await client.get(here)).status_code == 404
    desk.session.expire_all()
    assert desk.session.get(Expert, former) is None


async def test_an_officer_is_not_offered_it(desk: Desk) -> None:
    person = desk.make.expert("Quirina Zwölfaxinger")
    desk.make.view(person)
    async with desk.client() as client:
        assert "/erase" not in (await client.get(f"/experts/{person.id}")).text
        assert (await client.get(f"/experts/{person.id}/erase")).status_code == 403
