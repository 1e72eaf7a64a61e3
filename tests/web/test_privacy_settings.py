"""What a facility says about data protection as a form: whole, checked, with who changed it."""

from __future__ import annotations

import re

import pytest

from fixtures.saying import privacy_of_a_centre
from roster.queries.privacy import privacy_of
from roster.vocabulary import Basis, Kept, Purpose, Regime, Role
from tests.web.officer import Desk, said

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
HERE = "/privacy/settings"
FORM: dict[str, object] = {
    "regime": "gdpr",
    "contact": "dpo@north.example",
    "controllers_0_name": "",
    "controllers_1_name": "Ministry of the North",
    "controllers_1_part": "the roster",
    "recipients_0_name": "Authorities that ask",
    "recipients_0_country": "Cabo Verde",
    "bases_find": "public_task",
    "bases_learn": "",
    "retention_records": "1095",
    "warn_days": "",
}


async def test_what_is_said_stands_in_register_and_notice(desk: Desk) -> None:
    async with desk.client(Role.COORDINATOR) as client:
        page = said((await client.get(HERE)).text)
        assert "16 points are not said yet." in page
        assert "Nobody has changed this here yet." in page
        assert (await client.post(HERE, data=FORM)).headers["location"] == "/privacy"
        register = said((await client.get("/privacy")).text)
        assert "Ministry of the North, the roster" in register
        page = (await client.get(HERE)).text
        assert "Law, Data protection contact, Controllers, Recipients outside" in said(page)
        assert 'value="Cape Verde"' in page or 'value="Cabo Verde"' in page
    desk.session.expire_all()
    rules = privacy_of(desk.session, desk.make.home.id)
    assert rules.regime is Regime.GDPR
    assert [one.name for one in rules.controllers] == ["Ministry of the North"]
    assert rules.recipients[0].country == "CV"
    assert rules.bases == {Purpose.FIND: Basis.PUBLIC_TASK}
    assert rules.retention == {Kept.RECORDS: 1095}
    assert rules.warn_days is None


async def test_what_is_wrong_is_told_at_its_field_and_nothing_is_changed(desk: Desk) -> None:
    wrong = {
        **FORM,
        "retention_records": "for ever",
        "retention_views": "0",
        "recipients_0_name": "",
        "processors_2_name": "Host",
        "bases_find": "because",
    }
    async with desk.client(Role.ADMINISTRATOR) as client:
        answer = await client.post(HERE, data=wrong)
        assert answer.status_code == 422
        told = said(answer.text)
        assert "Recipient 1, Name: Fill this in." in told
        assert "Records of people whom nobody confirmed or sent since: Give a number." in told
        assert "Give a number of at least 1." in told
        assert "Choose one of those listed." in told
        assert 'value="for ever"' in answer.text
        nowhere = {**FORM, "recipients_0_name": "", "recipients_3_name": "X"}
        answer = await client.post(HERE, data={**nowhere, "recipients_3_country": "Atlantis"})
        assert "Recipient 4, Country: Give a country by its name or its code." in said(answer.text)
        answer = await client.post(HERE, data={**FORM, "recipients_0_country": "QQ"})
        assert "Recipient 1, Country: Give a country by its name or its code." in said(answer.text)
    assert desk.make.home.legal_regime == {}


async def test_an_old_form_undoes_nothing_and_others_do_not_open_it(desk: Desk) -> None:
    desk.make.home.legal_regime = privacy_of_a_centre()
    desk.session.commit()
    async with desk.client(Role.COORDINATOR) as client:
        page = await client.get(HERE)
        assert "Everything is said." in said(page.text)
        version = re.search(r'name="version" value="(\d+)"', page.text)
        assert version
        form = {**FORM, "version": version[1]}
        assert (await client.post(HERE, data=form)).status_code == 303
        again = await client.post(HERE, data={**form, "warn_days": "3"})
        assert again.status_code == 409
        assert "Somebody changed this since" in said(again.text)
    async with desk.client(Role.AUDITOR) as client:
        assert (await client.get(HERE)).status_code == 403
        assert HERE not in (await client.get("/privacy")).text
