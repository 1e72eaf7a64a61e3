"""Nobody overwrites what she has not seen; a call that is sent twice is done once."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest
from httpx import AsyncClient
from sqlmodel import Session, func, select

from api.chores import tidy_if_steady
from api.steady import Steadiness
from roster import idempotency
from roster.installation import Installation
from roster.retention import delete_what_is_due
from roster.tables import AssistanceRequest, KeptAnswer
from roster.vocabulary import Role
from tests.api.conftest import Callers
from tests.fakes import FrozenClock

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.parametrize(
        "database_url",
        ["sqlite", pytest.param("postgresql", marks=pytest.mark.long)],
        indirect=True,
    ),
]
NEED = {"title": "Migration statistics", "topics": ["data_management"], "countries": ["CI"]}
REQUESTS = "/api/v1/requests"


async def taken_in(client: AsyncClient) -> tuple[str, str]:
    made = await client.post(REQUESTS, json=NEED)
    assert made.status_code == 201, made.text
    href = made.json()["href"]
    return href, (await client.get(href)).headers["ETag"]


def how_many(session: Session) -> int:
    session.expire_all()
    return session.exec(select(func.count()).select_from(AssistanceRequest)).one()


async def test_what_was_read_is_not_sent_again_until_it_changes(callers: Callers) -> None:
    async with callers.client(Role.PROJECT_OFFICER) as client:
        href, tag = await taken_in(client)
        same = await client.get(href, headers={"If-None-Match": f'"other", {tag}'})
        assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", tag)
        await client.put(href, json={**NEED, "title": "Another"})
        new = await client.get(href, headers={"If-None-Match": tag})
        assert (new.status_code, new.json()["row"]["title"]) == (200, "Another")


async def test_a_change_on_an_old_version_is_refused_and_undone(callers: Callers) -> None:
    async with callers.client(Role.PROJECT_OFFICER) as client:
        href, tag = await taken_in(client)
        first = await client.put(href, json={**NEED, "title": "First"}, headers={"If-Match": tag})
        assert first.status_code == 200
        late = await client.put(href, json={**NEED, "title": "Late"}, headers={"If-Match": tag})
        assert late.status_code == 412
        assert late.json()["type"] == "/problems/changed-since"
        assert (await client.get(href)).json()["row"]["title"] == "First"
        # The answer to a change carries the version to go on with, also without its weak mark.
        going_on = first.headers["ETag"].removeprefix("W/")
        again = await client.put(
            href, json={**NEED, "title": "Second"}, headers={"If-Match": going_on}
        )
        assert again.status_code == 200


@pytest.mark.parametrize(
    ("given", "status"),
    [
        pytest.param("*", 200, id="any"),
        pytest.param('"v0"', 412, id="never-was"),
        pytest.param("nonsense", 412, id="no-tag"),
        pytest.param('W/"v99999999999999999999999"', 412, id="endless"),
    ],
)
async def test_any_version_will_do_or_none_matches(
    callers: Callers, given: str, status: int
) -> None:
    async with callers.client(Role.PROJECT_OFFICER) as client:
        href, _ = await taken_in(client)
        answer = await client.put(href, json=NEED, headers={"If-Match": given})
    assert answer.status_code == status


async def test_whether_it_changed_is_not_told_to_whoever_may_not_know_of_it(
    callers: Callers,
) -> None:
    async with callers.client(Role.PROJECT_OFFICER) as client:
        href, _ = await taken_in(client)
    old = {"If-Match": '"v0"'}
    elsewhere = callers.make.facility("elsewhere")
    async with callers.client(Role.PROJECT_OFFICER, facility=elsewhere) as client:
        theirs = await client.put(href, json=NEED, headers=old)
        nothing = await client.put(f"{REQUESTS}/{uuid4()}", json=NEED, headers=old)
        assert theirs.status_code == nothing.status_code == 404
    async with callers.client(Role.FOCAL_POINT, "PT") as client:
        assert (await client.put(href, json=NEED, headers=old)).status_code == 403


async def test_a_version_of_a_list_is_no_version(callers: Callers) -> None:
    async with callers.client(Role.PROJECT_OFFICER) as client:
        answer = await client.post(REQUESTS, json=NEED, headers={"If-Match": '"v1"'})
    assert (answer.status_code, "If-Match" in answer.json()["detail"]) == (422, True)


async def test_the_same_call_twice_is_done_once(callers: Callers, session: Session) -> None:
    key = {"Idempotency-Key": str(uuid4())}
    async with callers.client(Role.PROJECT_OFFICER) as client:
        first = await client.post(REQUESTS, json=NEED, headers=key)
        again = await client.post(REQUESTS, json=NEED, headers=key)
        assert first.status_code == again.status_code == 201
        assert first.content == again.content
        assert again.headers["Location"] == first.headers["Location"]
        assert "Idempotency-Replayed" not in first.headers
        assert again.headers["Idempotency-Replayed"] == "true"
        other = await client.post(REQUESTS, json={**NEED, "title": "Other"}, headers=key)
        assert (other.status_code, other.json()["type"]) == (
            422,
            "/problems/idempotency-key-reused",
        )
        # The key stands for one address: elsewhere it is another one.
        elsewhere = await client.post(f"{first.json()['href']}/status", json={}, headers=key)
        assert elsewhere.json()["type"] == "/problems/invalid-input"
    assert how_many(session) == 1


async def test_a_file_sent_again_is_the_same_call(callers: Callers, session: Session) -> None:
    key = {"Idempotency-Key": "the-same-file"}
    async with callers.client(Role.FOCAL_POINT, "PT") as client:
        answers = [
            await client.post(
                "/api/v1/documents", files={"file": ("cv.txt", b"Ana Prates")}, headers=key
            )
            for _ in range(2)
        ]
    assert [one.status_code for one in answers] == [202, 202]
    assert answers[1].headers["Idempotency-Replayed"] == "true"


async def test_a_refused_call_may_be_corrected_under_its_key(callers: Callers) -> None:
    key = {"Idempotency-Key": "one-try"}
    async with callers.client(Role.PROJECT_OFFICER) as client:
        refused = await client.post(REQUESTS, json={**NEED, "topics": ["nonsense"]}, headers=key)
        assert refused.status_code == 422
        made = await client.post(REQUESTS, json=NEED, headers=key)
        assert made.status_code == 201


async def test_keys_are_each_callers_own(callers: Callers, session: Session) -> None:
    key = {"Idempotency-Key": "shared"}
    for _ in range(2):
        async with callers.client(Role.PROJECT_OFFICER) as client:
            assert (await client.post(REQUESTS, json=NEED, headers=key)).status_code == 201
    assert how_many(session) == 2


async def test_a_role_that_is_gone_gets_no_answer_kept(callers: Callers) -> None:
    from roster.tables import RoleGrant  # noqa: PLC0415 -- only here.

    key = {"Idempotency-Key": "then"}
    async with callers.client(Role.PROJECT_OFFICER) as client:
        assert (await client.post(REQUESTS, json=NEED, headers=key)).status_code == 201
        for grant in callers.session.exec(select(RoleGrant)):
            callers.session.delete(grant)
        callers.session.commit()
        assert (await client.post(REQUESTS, json=NEED, headers=key)).status_code == 403


@pytest.mark.parametrize("given", ["", "x" * 201, "tab\there"], ids=["empty", "long", "control"])
async def test_a_key_that_is_none_is_refused(callers: Callers, given: str) -> None:
    async with callers.client(Role.PROJECT_OFFICER) as client:
        answer = await client.post(REQUESTS, json=NEED, headers={"Idempotency-Key": given})
    assert answer.status_code == 422


async def test_two_at_the_same_time_make_one(callers: Callers, session: Session) -> None:
    key = {"Idempotency-Key": "both"}
    async with callers.client(Role.PROJECT_OFFICER) as client:
        answers = await asyncio.gather(
            *(client.post(REQUESTS, json=NEED, headers=key) for _ in range(3))
        )
    found = sorted(one.status_code for one in answers)
    assert found[0] == 201
    assert set(found) <= {201, 409}
    assert how_many(session) == 1


async def test_after_a_day_a_key_is_new(
    callers: Callers, session: Session, clock: FrozenClock
) -> None:
    key = {"Idempotency-Key": "daily"}
    async with callers.client(Role.PROJECT_OFFICER) as client:
        await client.post(REQUESTS, json=NEED, headers=key)
        delete_what_is_due(session, now=clock.advance(hours=25))
        session.commit()
        again = await client.post(REQUESTS, json=NEED, headers=key)
    assert (again.status_code, "Idempotency-Replayed" in again.headers) == (201, False)
    assert len(session.exec(select(KeptAnswer)).all()) == 1


async def test_a_key_holds_where_the_clock_jumped(
    callers: Callers, session: Session, installation: Installation, clock: FrozenClock
) -> None:
    steady = Steadiness(clock, running=lambda: 0.0)
    key = {"Idempotency-Key": "the-clock-jumps"}
    async with callers.client(Role.PROJECT_OFFICER) as client:
        made = await client.post(REQUESTS, json=NEED, headers=key)
        clock.advance(days=30)
        await client.post(REQUESTS, json=NEED, headers={"Idempotency-Key": "another"})
        tidy_if_steady(installation, steady)
        again = await client.post(REQUESTS, json=NEED, headers=key)
    assert (again.status_code, again.json()) == (201, made.json())
    assert how_many(session) == 2


async def test_answers_are_kept_encrypted_and_can_be_erased(
    callers: Callers, session: Session
) -> None:
    key = {"Idempotency-Key": "erased"}
    async with callers.client(Role.PROJECT_OFFICER) as client:
        made = await client.post(REQUESTS, json=NEED, headers=key)
        kept = session.exec(select(KeptAnswer)).one()
        assert made.json()["code"].encode() not in (kept.answer or b"")
        assert idempotency.erase_answers(session, kept.facility_id) == 1
        session.commit()
        again = await client.post(REQUESTS, json=NEED, headers=key)
    assert (again.status_code, again.json()["type"]) == (409, "/problems/conflict")
    assert how_many(session) == 1
