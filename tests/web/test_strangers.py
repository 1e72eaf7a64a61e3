"""Of other facilities and countries no page tells a thing: not there and not yours are alike."""

from __future__ import annotations

import re
from typing import get_args
from uuid import UUID, uuid4

import pytest
from fastapi.routing import APIRoute
from httpx import AsyncClient, Response
from sqlalchemy import Engine

from api.deps import rule_of
from roster.policy import GRANTED
from roster.vocabulary import Role
from tests.strangers import TABLE_OF, make_strangers, statements
from tests.web.officer import Desk, said
from tests.web.test_notices import confirmed, letter_of
from web.app import VIEWS

pytestmark = pytest.mark.anyio

PART = re.compile(r"\{([^}:]+)[^}]*\}")
OF_PEOPLE = {
    "expert_id", "other_id", "document_id", "batch_id", "deployment_id", "release_id", "notice_id",
    "nomination_id", "merge_id", "proposal_id", "fact_id",
}  # fmt: skip


def form_of(route: APIRoute) -> dict[str, str]:
    """Return what a form of this address has to hold, so that it is not refused for want of it."""
    needed = [one for one in route.dependant.body_params if one.field_info.is_required()]
    return {one.alias: str(next(iter(get_args(one.field_info.annotation)), "x")) for one in needed}


def with_ids(role: Role, parts: set[str]) -> list[tuple[str, str, dict[str, str]]]:
    return [
        (method, route.path, form_of(route))
        for router in VIEWS
        for route in router.routes
        if isinstance(route, APIRoute) and rule_of(route) in GRANTED[role]
        if parts & set(PART.findall(route.path))
        for method in sorted(route.methods or ())
    ]


async def call(
    client: AsyncClient, method: str, path: str, form: dict[str, str], ids: dict[str, UUID]
) -> Response:
    def fill(part: re.Match[str]) -> str:
        return str(ids.get(TABLE_OF.get(part.group(1), ""), uuid4()))

    sent = form if method == "POST" else None
    return await client.request(method, PART.sub(fill, path), data=sent)


async def hold(desk: Desk, engine: Engine, role: Role, *, own_facility: bool) -> None:
    make = desk.make
    ids = make_strangers(make, make.home if own_facility else make.facility("elsewhere"))
    parts = OF_PEOPLE if own_facility else set(TABLE_OF)
    ids = {name: ids[name] for name in {TABLE_OF[one] for one in parts}}
    async with desk.client(role) as client:
        for method, path, form in with_ids(role, parts):
            with statements(engine) as for_stranger:
                stranger = await call(client, method, path, form, ids)
            with statements(engine) as for_nobody:
                nobody = await call(client, method, path, form, {})
            assert stranger.status_code in {403, 404, 409, 422}, (method, path)
            assert stranger.status_code == nobody.status_code, (method, path)
            assert said(stranger.text) == said(nobody.text), (method, path)
            assert for_stranger == for_nobody, (method, path)


async def test_a_focal_point_cannot_tell_a_person_of_another_country_from_none(
    desk: Desk, engine: Engine
) -> None:
    await hold(desk, engine, Role.FOCAL_POINT, own_facility=True)


@pytest.mark.long
@pytest.mark.parametrize("role", sorted(set(GRANTED) - {Role.EXPERT}), ids=str)
async def test_nobody_can_tell_a_record_of_another_facility_from_none(
    desk: Desk, engine: Engine, role: Role
) -> None:
    await hold(desk, engine, role, own_facility=False)


def test_a_decision_on_a_fact_is_among_the_forms_that_are_sent() -> None:
    forms = {path: form for _, path, form in with_ids(Role.FOCAL_POINT, {"fact_id"})}
    assert forms["/experts/{expert_id}/facts/{fact_id}/decision"] == {"verdict": "right"}


@pytest.mark.parametrize(
    ("method", "way", "form"),
    [
        pytest.param("GET", "", {}, id="look"),
        pytest.param("POST", "", {"do": "wrong"}, id="not so"),
        pytest.param("POST", "", {"language": "French", "level": "C1"}, id="another value"),
        pytest.param("POST", "/undo", {}, id="take back"),
    ],
)
async def test_the_person_of_a_link_cannot_tell_a_fact_of_somebody_else_from_none(
    desk: Desk, engine: Engine, method: str, way: str, form: dict[str, str]
) -> None:
    confirmed(desk)
    desk.session.commit()
    link = await letter_of(desk)
    theirs = make_strangers(desk.make, desk.make.home)["fact"]
    desk.session.commit()
    async with desk.client(None) as client:
        told = []
        for fact_id in (theirs, uuid4()):
            with statements(engine) as seen:
                path = f"{link}/facts/{fact_id}{way}"
                answer = await client.request(method, path, data=form or None)
            where = answer.headers.get("location")
            told.append((answer.status_code, where, said(answer.text), seen))
    assert told[0] == told[1]


@pytest.mark.parametrize("way", ["", "/discard", "/back"], ids=["keep", "discard", "take back"])
async def test_a_draft_tells_nothing_of_the_record_that_its_form_is_about(
    desk: Desk, engine: Engine, way: str
) -> None:
    theirs = make_strangers(desk.make, desk.make.facility("elsewhere"))["assistance_request"]
    desk.session.commit()
    told = []
    async with desk.client() as client:
        for request_id in (uuid4(), theirs, uuid4()):
            form = {"draft_of": f"/requests/{request_id}/edit", "draft_hand": "a", "title": "T"}
            with statements(engine) as seen:
                answer = await client.post(f"/drafts{way}", data=form)
            told.append((answer.status_code, said(answer.text), seen))
    assert told[1] == told[2]
    assert told[1][0] == 303
