"""What a facility says is told as it said it; what it did not say is told as missing."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from sqlmodel import Session

from fixtures.saying import privacy_of_a_centre, privacy_of_an_office
from roster.errors import Conflict, InvalidInput, NotAllowed
from roster.inputs import PrivacyRules
from roster.policy import system_actor
from roster.privacy.assessment import assessment_of
from roster.privacy.configuration import read_rules, set_rules
from roster.privacy.papers import PrivacyPaper, to_docx, to_markdown, to_values
from roster.privacy.register import notice_to_experts, register_of
from roster.queries.accounts import responsible_body
from roster.queries.facilities import settings_changes, settings_version
from roster.queries.privacy import PRIVACY_SET, privacy_rules
from roster.telling.privacy_words import LOCALES, PrivacyWords
from roster.vocabulary import Basis, Kept, Purpose, Regime, Role
from tests.factories import Factory
from tests.fakes import A_MONDAY

SAID = {
    "regime": "eudpr",
    "controllers": [{"name": "Centre for Migration Policy", "contact": "data@centre.example"}],
    "contact": "dpo@centre.example",
    "authority": "European Data Protection Supervisor",
    "recipients": [{"name": "Requesting authorities", "country": "CV"}],
    "bases": {one.value: Basis.PUBLIC_TASK.value for one in Purpose},
    "retention": {one.value: 365 for one in Kept},
}


def _values(paper: PrivacyPaper) -> list[str | None]:
    return [row.value for section in paper.sections for row in section.rows]


def test_nothing_is_made_up_for_a_facility_that_said_nothing(
    make: Factory, session: Session
) -> None:
    paper = register_of(session, make.actor(Role.AUDITOR), locale="en")
    assert {"regime", "controllers", "contact", "bases.find", "retention.records"} <= set(
        paper.missing
    )
    assert str(len(paper.missing)) in paper.state
    said = to_markdown(paper)
    assert "**Controller:** [not said yet]" in said
    assert "**Lawful basis:** [not said yet]" in said
    assert "public interest" not in said


@pytest.mark.parametrize("locale", LOCALES)
def test_all_that_a_facility_said_stands_in_register_and_notice(
    make: Factory, session: Session, locale: str
) -> None:
    administrator = make.actor(Role.ADMINISTRATOR)
    facility = set_rules(session, administrator, read_rules(SAID), at=A_MONDAY)
    register = register_of(session, make.actor(Role.COORDINATOR), locale=locale)
    assert register.missing == ()
    words = PrivacyWords(locale)
    for paper in (register, notice_to_experts(facility, locale=locale)):
        said = to_markdown(paper)
        assert "dpo@centre.example" in said
        assert "Centre for Migration Policy" in said
        assert words.of("bases", "public_task") in said
        assert words["days"].format(days=365) in said
        assert words["no_safeguard"] in said


def test_a_register_is_a_document_and_values_too(make: Factory, session: Session) -> None:
    paper = register_of(session, make.actor(Role.AUDITOR), locale="fr")
    texts = [one.text for one in docx.Document(BytesIO(to_docx(paper))).paragraphs]
    assert paper.title in texts
    assert to_values(paper)["missing"] == paper.missing


@pytest.mark.parametrize("locale", LOCALES)
def test_every_language_has_every_word(locale: str) -> None:
    words, english = PrivacyWords(locale), PrivacyWords("en")
    for table, listed in (
        ("regime", Regime), ("purpose", Purpose), ("bases", Basis), ("kept", Kept),
        ("people_of", Purpose), ("data_of", Purpose), ("seen_of", Purpose),
    ):  # fmt: skip
        assert all(words.of(table, one.value) for one in listed)
    assert words._texts.keys() == english._texts.keys()
    assert len(words.list_of("rights_text")) == len(english.list_of("rights_text"))


@pytest.mark.parametrize(
    "once",
    [
        pytest.param({"controller": "A", "contact": " ", "regulation": "x law"}, id="words"),
        pytest.param({"retention": {"original_days": 30}}, id="days"),
        pytest.param({"regulation": "to be named by the facility", "retention": {}}, id="unnamed"),
    ],
)
def test_what_was_written_before_is_read(make: Factory, once: dict[str, object]) -> None:
    facility = make.home
    facility.legal_regime = once
    rules = privacy_rules(facility)
    assert rules.contact is None
    assert [one.name for one in rules.controllers] == (["A"] if "controller" in once else [])
    assert rules.law == ("x law" if once.get("regulation") == "x law" else None)
    assert rules.retention == ({Kept.ORIGINALS: 30} if once.get("retention") else {})
    assert responsible_body(facility).contact is None


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"regime": "whatever"}, "/regime"),
        ({"retention": {"records": 0}}, "/retention/records"),
        ({"bases": {"find": "because"}}, "/bases/find"),
        ({"controler": "a slip"}, "/controler"),
    ],
)
def test_what_cannot_be_is_refused_field_by_field(given: dict[str, object], where: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_rules(given)
    assert [one.pointer for one in refused.value.errors] == [where]


def test_a_country_that_is_none_is_refused_where_it_stands() -> None:
    given = {"recipients": [{"name": "x", "country": "PT"}, {"name": "y", "country": "QQ"}]}
    with pytest.raises(InvalidInput) as refused:
        read_rules(given)
    (wrong,) = refused.value.errors
    assert wrong.pointer == "/recipients/1/country"
    assert "QQ" in wrong.detail


def test_a_change_is_written_down_by_name_and_an_older_form_undoes_nothing(
    make: Factory, session: Session
) -> None:
    administrator = make.actor(Role.ADMINISTRATOR)
    home = administrator.facility_id
    set_rules(session, administrator, read_rules(SAID), at=A_MONDAY, seen=0)
    version = settings_version(session, home, PRIVACY_SET)
    set_rules(session, administrator, read_rules(SAID), at=A_MONDAY)
    assert settings_version(session, home, PRIVACY_SET) == version, "nothing was changed"
    set_rules(session, administrator, read_rules({**SAID, "warn_days": 9}), at=A_MONDAY)
    (late, first) = settings_changes(session, administrator, PRIVACY_SET)
    assert late.rules == ("warn_days",)
    assert {"regime", "controllers", "retention"} <= set(first.rules)
    with pytest.raises(Conflict):
        set_rules(session, administrator, read_rules(SAID), at=A_MONDAY, seen=version)


def test_what_was_read_can_be_handed_in_again() -> None:
    rules = read_rules(SAID)
    assert read_rules({**rules.model_dump(mode="json"), "missing": ["law"]}) == rules


@pytest.mark.parametrize("said", [privacy_of_a_centre(), privacy_of_an_office()])
def test_the_demo_says_everything_and_that_it_is_invented(said: dict[str, object]) -> None:
    rules = read_rules(said)
    assert rules.missing == ()
    assert all("invented" in one.name for one in rules.controllers)


@pytest.mark.parametrize(("country", "told"), [("AT", True), ("NO", True), ("CV", False)])
def test_a_safeguard_is_asked_for_outside_the_union_only(
    make: Factory, country: str, told: bool
) -> None:
    make.home.legal_regime = {"recipients": [{"name": "X", "country": country}]}
    said = to_markdown(notice_to_experts(make.home, locale="en"))
    assert ("none needed" in said) is told
    assert ("safeguard not said yet" in said) is not told


def test_only_who_sets_rules_sets_them(make: Factory, session: Session) -> None:
    with pytest.raises(NotAllowed):
        set_rules(session, make.actor(Role.AUDITOR), PrivacyRules(), at=A_MONDAY)
    with pytest.raises(NotAllowed):
        register_of(session, make.actor(Role.PROJECT_OFFICER), locale="en")


def test_the_assessment_leaves_open_what_people_must_judge(make: Factory, session: Session) -> None:
    paper = assessment_of(session, system_actor(make.home.id))
    assert _values(paper)[-6:] == [None] * 6
    assert "bases.find" in paper.missing
    assert "[to be written by the facility]" in to_markdown(paper)
