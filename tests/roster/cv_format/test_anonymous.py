"""A CV without identity: what names the person is gone, what ranks her is there."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from uuid import UUID

import pytest

from roster.cv_format.anonymous import code_of, without_identity
from roster.cv_format.contents import CvContents
from roster.cv_format.europass import europass
from roster.cv_format.json_resume import json_resume
from roster.dates import PartialDate, Period
from roster.read import Dated, Education, Evidence, LanguageSkill, Mission, Post, Publication
from roster.vocabulary import AdministrationKind, LanguageLevel

WHO = UUID("1a2b3c4d-0000-0000-0000-000000000000")
PERIOD = Period(PartialDate(2015, 4, 7), None, ongoing=True)
PROOF = Evidence(None, "I, Graça Vilarinho, wrote it", "CV")
IDENTIFYING = (
    "Graça", "Vilarinho", "@", "555", "Serviço", "Lisboa", "Porto", "Confidential", "own words",
    "wrote it", "2015-04", "1998", "IOM", "Memoirs", "fluent",
)  # fmt: skip


def dated(value: object, period: Period = PERIOD) -> Dated:  # type: ignore[type-arg]
    return Dated(value, period, PROOF)


def cv(title: str = "Head of unit, Serviço de Fronteiras") -> CvContents:
    return CvContents(
        given_name="Graça",
        family_name="Vilarinho",
        display_name="Graça Vilarinho",
        headline="Head of unit, Serviço de Fronteiras",
        emails=("g@invented.example",),
        telephones=("+351 555",),
        nationalities=("PT",),
        posts=(
            dated(
                Post(
                    title,
                    "Serviço de Fronteiras",
                    AdministrationKind.BORDER_POLICE,
                    country="PT",
                    place="Lisboa",
                    unit="Confidential unit",
                    duties="duties in her own words",
                )
            ),
        ),
        missions=(dated(Mission("Training at IOM", ("CI",), None, "IOM", "trainer", "IOM-3", 4)),),
        education=(
            dated(
                Education("Master of Law, University of Porto", 7, "University of Porto", "PT"),
                Period(PartialDate(1998), PartialDate(1998), ongoing=False),
            ),
        ),
        trainings=(),
        publications=(dated(Publication("Memoirs of a border")),),
        languages=(dated(LanguageSkill("fr", LanguageLevel.C1, "fluent")),),
        topics=("Border management",),
    )


def test_nothing_that_names_her_is_left_in_any_form() -> None:
    hidden = without_identity(cv(), WHO)
    at = datetime(2026, 3, 2, tzinfo=UTC)
    for written in (repr(hidden), json_resume(hidden).decode(), europass(hidden, at=at).decode()):
        body = written.partition("</DocumentInfo>")[2] or written
        assert [one for one in IDENTIFYING if one in body.replace("jsonresume", "")] == []


def test_what_ranks_her_stays_with_a_number_for_the_name() -> None:
    hidden = without_identity(cv(), WHO)
    assert hidden.display_name == code_of(WHO) == "1A2B3C4D"
    (post,) = hidden.posts
    assert (post.value.title, post.value.administration) == (
        "Head of unit",
        AdministrationKind.BORDER_POLICE,
    )
    assert post.period == Period(PartialDate(2015), None, ongoing=True)
    assert hidden.missions[0].value == Mission("", ("CI",), role="trainer", days=4)
    assert hidden.education[0].value == Education("Master of Law", 7, None, "PT")
    assert hidden.languages[0].value.level is LanguageLevel.C1
    assert json.loads(json_resume(hidden))["basics"] == {"name": "1A2B3C4D"}


@pytest.mark.parametrize(
    ("title", "left"),
    [
        pytest.param("Inspector", "Inspector", id="function"),
        pytest.param("Inspector (Serviço de Fronteiras)", "Inspector", id="brackets"),
        pytest.param("Diretora do Serviço de Fronteiras", None, id="employer-within"),
        pytest.param("Office of Graça Vilarinho", None, id="name-within"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_title_says_the_function_or_nothing(title: str, left: str | None) -> None:
    assert without_identity(cv(title), WHO).posts[0].value.title == left
