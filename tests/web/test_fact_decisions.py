"""Decisions on single facts on a person's page: undone from the notice, and guarded."""

from __future__ import annotations

import pytest

from roster.read import FactValue, LanguageSkill, Name
from roster.tables import Expert, Fact
from roster.vocabulary import ExpertStatus, FactStatus, LanguageLevel, Role
from tests.web.officer import Desk, said

pytestmark = pytest.mark.anyio


@pytest.fixture
def read(desk: Desk) -> tuple[Expert, Fact]:
    """Ana, whose CV says French C1, which nobody has decided on."""
    text = "Ana Prates. French C1."
    values: list[tuple[FactValue, str]] = [
        (Name("Ana Prates"), "Ana Prates"),
        (LanguageSkill("fr", LanguageLevel.C1), "French"),
    ]
    _, ana, (name, french) = desk.make.read_cv(text, values)
    ana.status, name.status = ExpertStatus.ACTIVE, FactStatus.CONFIRMED
    desk.make.member(ana, desk.make.home)
    desk.make.view(ana)
    return ana, french


def version_in(page: str, path: str) -> str:
    form = page.split(f'action="{path}"')[1].split("</form>", maxsplit=1)[0]
    return form.split('name="version" value="')[1].split('"')[0]


async def test_a_decision_is_undone_from_its_notice_and_a_late_one_is_refused(
    desk: Desk, read: tuple[Expert, Fact]
) -> None:
    ana, french = read
    here = f"/experts/{ana.id}"
    own = f"{here}/facts/{french.id}"
    async with desk.client(Role.FOCAL_POINT) as client:
        page = (await client.get(here)).text
        assert "1 fact waits for a decision" in said(page)
        seen = version_in(page, f"{own}/decision")
        wrong = {"verdict": "wrong", "version": seen}
        done = await client.post(f"{own}/decision", data=wrong)
        page = (await client.get(done.headers["location"])).text
        assert "French, C1: rejected" in said(page)
        late = await client.post(f"{own}/decision", data={**wrong, "verdict": "right"})
        assert (late.status_code, "Nothing was changed" in said(late.text)) == (409, True)
        back = await client.post(f"{own}/undo", data={"version": version_in(page, f"{own}/undo")})
        assert "waits for a decision" in said((await client.get(back.headers["location"])).text)


async def test_who_only_reads_sees_no_decisions(desk: Desk, read: tuple[Expert, Fact]) -> None:
    ana, french = read
    async with desk.client() as client:
        assert "/facts/" not in (await client.get(f"/experts/{ana.id}")).text
        path = f"/experts/{ana.id}/facts/{french.id}/undo"
        assert (await client.post(path, data={"version": "x"})).status_code == 403
