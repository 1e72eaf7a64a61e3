"""Rankings as pages: kept as made, read by the page, everybody counted, views written down."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlmodel import select

from roster.read import LanguageSkill, Post, TopicExperience
from roster.tables import AccessLog, Expert, ShortlistEntry
from roster.vocabulary import ExpertStatus, LanguageLevel, Origin, Stage
from tests.web.officer import Desk, ids_in, said

pytestmark = pytest.mark.anyio

FORM = {
    "title": "Registers",
    "topics": "data_management",
    "countries": "GH",
    "language_1": "English",
    "level_1": "B2",
}


def person(desk: Desk, name: str, level: LanguageLevel, **said: object) -> Expert:
    made = desk.make.expert(name, **said)  # type: ignore[arg-type]
    desk.make.fact(made, Post(title="Head of unit", employer="Institute"), ongoing=True)
    desk.make.fact(made, LanguageSkill("en", level))
    desk.make.fact(made, TopicExperience("data_management"))
    desk.make.view(made)
    return made


async def ranked(desk: Desk, client: object) -> str:
    made = await client.post("/requests", data={**FORM, "then": "rank"})  # type: ignore[attr-defined]
    assert made.status_code == 303
    return str(made.headers["location"])


async def test_a_request_without_a_ranking_offers_to_make_it(desk: Desk) -> None:
    async with desk.client() as client:
        path = (await client.post("/requests", data=FORM)).headers["location"]
        assert "Nobody was ranked" in said((await client.get(f"{path}/ranking")).text)
        assert (await client.get(f"{path}/team")).headers["location"] == f"{path}/ranking"


async def test_everybody_stands_in_one_band_and_is_counted_once(desk: Desk) -> None:
    person(desk, "Ana Fits", LanguageLevel.C1)
    near = person(desk, "Bo Near", LanguageLevel.B1)
    person(desk, "Cy Paused", LanguageLevel.C1, status=ExpertStatus.PAUSED)
    async with desk.client() as client:
        path = await ranked(desk, client)
        words = said((await client.get(path)).text)
        assert "Language: not met 1 1 is one level short" in words
        assert "3 people were held against every condition" in words
        out = (await client.get(f"{path}?band=not&why=language")).text
        assert ids_in(out, 'id="p-') == [near.id]
        assert "English B1, B2 needed" in said(out)


async def test_an_invented_person_is_called_so(desk: Desk) -> None:
    person(desk, "Ana Invented", LanguageLevel.C1, origin=Origin.SYNTHETIC)
    async with desk.client() as client:
        assert "synthetic: invented person" in (await client.get(await ranked(desk, client))).text


async def test_filters_narrow_the_list_and_count_what_remains(desk: Desk) -> None:
    portuguese = person(desk, "Ana Porto", LanguageLevel.C1, country="PT")
    person(desk, "Ben Paris", LanguageLevel.C1, country="FR")
    async with desk.client() as client:
        path = await ranked(desk, client)
        html = (await client.get(f"{path}?country=PT")).text
        assert ids_in(html, 'id="p-') == [portuguese.id]
        assert "France 1" in said(html)
        assert "Nobody passes" in said((await client.get(f"{path}?country=ES")).text)


async def test_views_are_written_down_for_those_shown_and_nobody_else(desk: Desk) -> None:
    for number in range(30):
        person(desk, f"Person {number:02d}", LanguageLevel.C1)
    async with desk.client() as client:
        path = await ranked(desk, client)
        shown = ids_in((await client.get(f"{path}?page=2")).text, 'id="p-')
        assert len(shown) == 5
    logged = desk.session.exec(select(AccessLog).where(AccessLog.what == "ranking")).all()
    assert sorted(one.expert_id for one in logged) == sorted(shown)
    assert {one.purpose for one in logged} == {path.split("/")[2]}


async def test_another_weight_makes_another_run_and_the_first_stays(desk: Desk) -> None:
    person(desk, "Ana Fits", LanguageLevel.C1)
    async with desk.client() as client:
        path = await ranked(desk, client)
        first = said((await client.get(path)).text)
        made = await client.post(
            f"{path.removesuffix('/ranking')}/rankings", data={"w_topic": "2.5", "w_country": "1"}
        )
        assert made.headers["location"] == f"{path}?run=2"
        assert "Topic ×2.5" in said((await client.get(path)).text)
        again = said((await client.get(f"{path}?run=1")).text)
        assert "Show the newest ranking" in again
        assert first.partition("How it was")[0].partition("Weights")[0] in again
        for wrong in ("much", "9", "nan"):
            answer = await client.post(
                f"{path.removesuffix('/ranking')}/rankings", data={"w_topic": wrong}
            )
            assert answer.status_code == 422


async def test_a_changed_request_is_told_beside_its_older_list(desk: Desk) -> None:
    person(desk, "Ana Fits", LanguageLevel.C1)
    async with desk.client() as client:
        path = await ranked(desk, client)
        assert "changed after this list" not in (await client.get(path)).text
        await client.post(path.removesuffix("/ranking"), data={**FORM, "title": "Other"})
        assert "changed after this list" in (await client.get(path)).text


async def test_who_declined_since_is_told_and_a_list_made_then_is_up_to_date(desk: Desk) -> None:
    ana = person(desk, "Ana Fits", LanguageLevel.C1)
    async with desk.client() as client:
        path = await ranked(desk, client)
        request_id = UUID(path.split("/")[2])
        desk.make.keep(
            ShortlistEntry(
                facility_id=desk.make.home.id, request_id=request_id, expert_id=ana.id,
                stage=Stage.DECLINED,
            )
        )  # fmt: skip
        desk.session.commit()
        assert "1 person of this list is not to be had any more" in said(
            (await client.get(path)).text
        )
        again = await client.post(f"/requests/{request_id}/rankings")
        words = said((await client.get(again.headers["location"])).text)
        assert "not to be had any more" not in words
        assert "was changed after" not in words


async def test_who_was_erased_since_is_left_out(desk: Desk) -> None:
    kept, gone = (person(desk, name, LanguageLevel.C1) for name in ("Ana Kept", "Bo Gone"))
    async with desk.client() as client:
        path = await ranked(desk, client)
        desk.session.delete(desk.session.get_one(Expert, gone.id))
        desk.session.commit()
        html = (await client.get(path)).text
        assert ids_in(html, 'id="p-') == [kept.id]


async def test_hostile_names_are_words_and_nothing_else(desk: Desk) -> None:
    person(desk, '<script>alert("x")</script>', LanguageLevel.C1)
    async with desk.client() as client:
        html = (await client.get(await ranked(desk, client))).text
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert" in html
