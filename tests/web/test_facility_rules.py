"""The rules of a facility as a page: read by all in it, changed by two roles."""

from __future__ import annotations

import re

import pytest

from roster.queries.facilities import rules_of
from roster.vocabulary import Role
from tests.web.officer import Desk, said

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
FORM: dict[str, object] = {
    "steering": "technical committee",
    "least_votes": "2",
    "eligible_countries": "Ghana\nCongo, Democratic Republic\nsenegal, TG",
    "areas": "horizontal",
    "screening": ["sustainability", "ownership"],
    "has_rounds": "1",
    "fiche_days": "",
    "call_days": "14",
    "release_days": "10",
    "reminder_days": "2",
    "least_raters": "3",
    "follow_up_months": "6, 12 24",
}


async def test_rules_are_changed_in_a_form_and_the_change_is_told(desk: Desk) -> None:
    async with desk.client(Role.COORDINATOR) as client:
        page = await client.get("/rules")
        assert "Nobody has changed a rule here yet." in said(page.text)
        assert "One a line, by name or code." in said(page.text), "each rule is explained"
        assert (await client.post("/rules", data=FORM)).status_code == 303
        page = await client.get("/rules")
    desk.session.expire_all()
    rules = rules_of(desk.session, desk.make.home.id)
    assert rules.eligible_countries == ("GH", "CD", "SN", "TG")
    assert rules.screening == ("ownership", "sustainability"), "in the order of before"
    assert (rules.has_rounds, rules.rates_people, rules.fiche_days) == (True, False, None)
    assert rules.follow_up_months == (6, 12, 24)
    assert "Body that decides, Votes before a decision" in said(page.text)
    assert 'value="14"' in page.text


async def test_what_is_wrong_stands_beside_its_rule_with_what_was_typed(desk: Desk) -> None:
    wrong = {
        **FORM,
        "eligible_countries": "Ghana\nAtlantis",
        "call_days": "many",
        "has_rounds": "",
    }
    async with desk.client(Role.ADMINISTRATOR) as client:
        page = await client.get("/rules")
        assert "/rounds" not in page.text, "leads to no page that is closed to her"
        answer = await client.post("/rules", data=wrong)
    assert answer.status_code == 422
    assert "Nobody knows these countries: Atlantis." in said(answer.text)
    assert "Give a number." in said(answer.text)
    assert 'value="many"' in answer.text
    assert "Atlantis</textarea>" in answer.text
    assert desk.make.home.rules == {}


async def test_an_old_form_undoes_nothing_and_others_only_read(desk: Desk) -> None:
    async with desk.client(Role.COORDINATOR) as client:
        page = await client.get("/rules")
        version = re.search(r'name="version" value="(\d+)"', page.text)
        assert version
        form = {**FORM, "version": version[1]}
        assert (await client.post("/rules", data=form)).status_code == 303
        again = await client.post("/rules", data={**form, "call_days": "3"})
        assert again.status_code == 409
        assert "Somebody changed the rules since" in said(again.text)
    async with desk.client(Role.PROJECT_OFFICER) as client:
        page = await client.get("/rules")
        assert "<form" not in page.text[page.text.index("<main") :].partition("</main>")[0]
        assert "technical committee" in said(page.text)
        assert (await client.post("/rules", data=FORM)).status_code == 403
