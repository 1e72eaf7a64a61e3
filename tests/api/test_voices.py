"""Reasons, conditions, notes and rules of a team come in the language that the caller asks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from httpx import Response

from roster.vocabulary import Role
from tests.api.conftest import Callers
from tests.api.test_requests import NEED, TEAMS, officials
from tests.factories import Factory

pytestmark = pytest.mark.anyio

_WORDS = ("label", "reason", "reasons", "notes", "rule", "detail", "words")
_ASKED = {**NEED, "starts": "2027-03-01", "ends": "2027-03-12"}
FRENCH = {"Accept-Language": "de, fr;q=0.8, en;q=0.5"}


def _said(told: object, name: str = "") -> Iterator[str]:
    """Yield every clause of an answer."""
    if isinstance(told, dict):
        for key, value in told.items():
            yield from _said(value, key)
    elif isinstance(told, list):
        for one in told:
            yield from _said(one, name)
    elif isinstance(told, str) and name in _WORDS and told:
        yield told


def _language(answer: Response) -> tuple[str, str]:
    assert answer.status_code < 300, answer.text
    return answer.headers["Content-Language"], answer.headers["Vary"]


async def test_a_ranking_is_told_in_the_language_asked_for(callers: Callers, make: Factory) -> None:
    officials(make, "PT", "FR", "BE")
    async with callers.client(Role.PROJECT_OFFICER) as client:
        matched = [
            await client.post("/api/v1/match", json={"request": _ASKED}, headers=headers)
            for headers in ({}, FRENCH)
        ]
        href = (await client.post("/api/v1/requests", json=_ASKED)).json()["href"]
        made = await client.post(f"{href}/rankings", json={}, headers=FRENCH)
        place = made.headers["Location"]
        read = [await client.get(place, headers=headers) for headers in ({}, FRENCH)]
        person = made.json()["items"][-1]["person"]["id"]
        why = [
            await client.get(f"{place}/experts/{person}", headers=headers)
            for headers in ({}, FRENCH)
        ]
    assert [_language(one) for one in (made, matched[1], read[1], why[1])] == [
        ("fr", "Accept-Language")
    ] * 4
    assert _language(read[0]) == ("en", "Accept-Language")
    for english, french in (matched, read, why):
        pairs = list(zip(_said(english.json()), _said(french.json()), strict=True))
        assert len(pairs) > 5
        assert {one for one, other in pairs if one == other} == set()
    assert made.json()["items"] == read[1].json()["items"]


async def test_each_language_has_its_own_mark_and_a_kept_answer_its_language(
    callers: Callers, make: Factory
) -> None:
    officials(make, "PT")
    async with callers.client(Role.PROJECT_OFFICER) as client:
        href = (await client.post("/api/v1/requests", json=_ASKED)).json()["href"]
        once = {**FRENCH, "Idempotency-Key": "0d0e7c0e-0000-4000-8000-000000000001"}
        made = await client.post(f"{href}/rankings", json={}, headers=once)
        again = await client.post(f"{href}/rankings", json={}, headers=once)
        place = made.headers["Location"]
        mark = (await client.get(place)).headers["ETag"]
        known = {"If-None-Match": mark}
        same = await client.get(place, headers=known)
        other = await client.get(place, headers={**known, **FRENCH})
    assert again.headers["Idempotency-Replayed"] == "true"
    assert _language(again) == ("fr", "Accept-Language")
    assert (same.status_code, other.status_code) == (304, 200)
    assert (same.headers["Content-Language"], same.headers["Vary"]) == ("en", "Accept-Language")


async def test_a_team_is_told_in_the_language_asked_for(callers: Callers, make: Factory) -> None:
    officials(make, "PT", "FR", "ES")
    async with callers.client(Role.PROJECT_OFFICER) as client:
        for size in (2, 6):
            body = {"request": NEED, "team": {"size": size}}
            seated = (await client.post(TEAMS, json=body)).json()["proposals"]
            person = seated[0]["seats"][0]["person"]["id"] if seated else None
            body |= {"why_not": [person]} if person else {}
            english = await client.post(TEAMS, json=body)
            french = await client.post(TEAMS, json=body, headers=FRENCH)
            assert _language(french) == ("fr", "Accept-Language")
            pairs = list(zip(_said(english.json()), _said(french.json()), strict=True))
            assert len(pairs) > 3
            assert {one for one, other in pairs if one == other} == set()


async def test_a_kept_team_is_told_in_the_language_asked_for(
    callers: Callers, make: Factory
) -> None:
    officials(make, "PT", "FR", "ES")
    async with callers.client(Role.PROJECT_OFFICER) as client:
        href = (await client.post("/api/v1/requests", json=NEED)).json()["href"]
        ranking = (await client.post(f"{href}/rankings", json={})).json()["ranking"]["id"]
        wanted = {"ranking_id": ranking, "team": {"size": 2}}
        kept = await client.post(f"{href}/teams", json=wanted, headers=FRENCH)
        english = await client.get(kept.headers["Location"])
        listed = await client.get(f"{href}/teams", headers=FRENCH)
    assert _language(kept) == _language(listed) == ("fr", "Accept-Language")
    assert "every seat is filled" in [one["rule"] for one in english.json()["checks"]]
    for told in (kept.json(), listed.json()["items"][0]):
        assert "toutes les places sont occupées" in [one["rule"] for one in told["checks"]]
        assert {one["state"] for one in told["checks"]} == {
            one["state"] for one in english.json()["checks"]
        }


async def test_a_plan_and_whom_to_ask_are_told_in_the_language_asked_for(
    callers: Callers, make: Factory
) -> None:
    request = make.request("REQ-A", countries=["PE"], topics=["border_management"])
    over = make.request("REQ-B")
    over.starts, over.ends = date(2026, 1, 1), date(2026, 1, 5)
    make.keep(over)
    make.session.commit()
    period = {"starts": "2026-01-01", "ends": "2030-12-31"}
    async with callers.client(Role.PROJECT_OFFICER) as client:
        plans = [
            await client.post("/api/v1/portfolios", json=period, headers=headers)
            for headers in ({}, FRENCH)
        ]
        asked = [
            await client.get(f"/api/v1/requests/{request.id}/outreach", headers=headers)
            for headers in ({}, FRENCH)
        ]
    assert plans[1].json()["unplanned"][0]["reason"].startswith("Ses dates sont passées")
    for english, french in (plans, asked):
        assert _language(english) == ("en", "Accept-Language")
        assert _language(french) == ("fr", "Accept-Language")
        pairs = list(zip(_said(english.json()), _said(french.json()), strict=True))
        assert len(pairs) > 3
        assert {one for one, other in pairs if one == other} == set()


async def test_a_refusal_is_told_in_the_language_asked_for(callers: Callers, make: Factory) -> None:
    officials(make, "PT")
    one = "00000000-0000-4000-8000-000000000009"
    clash = {"request": NEED, "team": {"size": 2, "forced_in": [one], "forced_out": [one]}}
    async with callers.client(Role.PROJECT_OFFICER) as client:
        english = await client.post(TEAMS, json=clash)
        refused = [
            await client.post(TEAMS, json=clash, headers=FRENCH),
            await client.get(f"/api/v1/requests/{one}", headers=FRENCH),
            await client.get("/api/v1/nothing", headers=FRENCH),
        ]
    assert english.headers["Content-Language"] == "en"
    assert english.json()["title"] == "Some fields need correcting"
    assert [answer.headers["Content-Language"] for answer in refused] == ["fr"] * 3
    assert [answer.json()["detail"] for answer in refused] == [
        "Ces règles se contredisent.",
        "Cette demande n’existe pas dans cette facilité.",
        "Cette adresse n’existe pas. Les opérations sont énumérées sous /api/docs.",
    ]
    told = refused[0].json()
    assert told["title"] == "Des champs sont à corriger"
    assert told["errors"] == [
        {"pointer": "/forced_in", "detail": "Personne ne peut être à la fois imposé et écarté."}
    ]
    assert told["type"] == english.json()["type"]
