"""A record leaves as a CV and comes back as what it was; what is not known is not made up."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roster.cv_format.contents import CvContents, contents_of
from roster.cv_format.europass import europass
from roster.cv_format.json_resume import json_resume
from roster.dates import PartialDate, Period
from roster.ingest.assembly import assemble
from roster.ingest.formats.europass import parse
from roster.ingest.profile import read_profile
from roster.ingest.sandbox.kinds import inspect
from roster.ingest.text import read_raw
from roster.read import (
    Contact,
    Dated,
    Education,
    Evidence,
    ExpertRecord,
    ExpertView,
    ExtractedProfile,
    FactValue,
    FactView,
    LanguageSkill,
    Mission,
    Name,
    Post,
)
from roster.vocabulary import (
    ExpertStatus,
    FactKind,
    FactStatus,
    LanguageLevel,
    Origin,
)

NOW = datetime(2026, 3, 2, tzinfo=UTC)
NO_EVIDENCE = Evidence(None, "", "")
SINCE = Period(PartialDate(2015, 4), None, ongoing=True)
BEFORE = Period(PartialDate(2009), PartialDate(2014, 12), ongoing=False)
OPEN = Period(PartialDate(2001), None, ongoing=False)


def dated(value: object, period: Period = BEFORE) -> Dated:  # type: ignore[type-arg]
    return Dated(value, period, NO_EVIDENCE)


def fact(kind: FactKind, value: FactValue) -> FactView:
    return FactView(
        id=uuid4(),
        kind=kind,
        value=value,
        period=Period(None, None, ongoing=False),
        status=FactStatus.CONFIRMED,
        confidence=None,
        source="CV",
        span=None,
        quote="",
        doubt=None,
        confirmed_by=None,
        asserted_at=NOW,
    )


def record(*facts: FactView, name: str = "Graça Vilarinho", **said: object) -> ExpertRecord:
    view = ExpertView(
        id=UUID(int=1),
        facility_id=UUID(int=2),
        origin=Origin.SYNTHETIC,
        display_name=name,
        status=ExpertStatus.ACTIVE,
        kind=None,
        home_country="PT",
        headline="Head of unit, Immigration Service",
        **said,  # type: ignore[arg-type]
    )
    return ExpertRecord(view=view, facts=facts, documents=(), informed=True)


def full() -> CvContents:
    posts = (
        dated(
            Post(
                "Head of unit", "Immigration Service", country="GR", place="Athens", duties="A\nB"
            ),
            SINCE,
        ),
        dated(Post("Analyst", "Ministry of the Interior", country="PT", place="Lisbon")),
    )
    languages = (
        dated(LanguageSkill("pt", LanguageLevel.NATIVE)),
        dated(LanguageSkill("fr", LanguageLevel.C1)),
    )
    return contents_of(
        record(
            fact(FactKind.NAME, Name("Graça Vilarinho", "Graça", "Vilarinho")),
            fact(FactKind.EMAIL, Contact("graca@invented.example")),
            posts=posts,
            languages=languages,
            education=(dated(Education("Master of Law", 7, "University of Porto", "PT")),),
            missions=(dated(Mission("Training of border police", ("CI",), role="trainer")),),
        )
    )


def read_back(data: bytes, name: str) -> ExtractedProfile:
    kind = inspect(data, name)
    text = assemble(read_raw(data, kind.format), kind.media_type)
    return read_profile(text)


FORMS = [
    pytest.param(lambda cv: europass(cv, at=NOW), "cv.xml", id="europass"),
    pytest.param(json_resume, "cv.json", id="json-resume"),
]


@pytest.mark.parametrize(("write", "name"), FORMS)
def test_it_is_read_back_as_what_it_was(write: Callable[[CvContents], bytes], name: str) -> None:
    found = [one.value for one in read_back(write(full()), name).facts]
    assert any(isinstance(one, Name) and one.display == "Graça Vilarinho" for one in found)
    assert Contact("graca@invented.example") in found
    posts = {(one.title, one.employer) for one in found if isinstance(one, Post)}
    assert ("Head of unit", "Immigration Service") in posts
    assert ("Analyst", "Ministry of the Interior") in posts
    levels = {one.language: one.level for one in found if isinstance(one, LanguageSkill)}
    assert levels == {"pt": LanguageLevel.NATIVE, "fr": LanguageLevel.C1}
    assert any(isinstance(one, Education) and one.title == "Master of Law" for one in found)


def test_who_may_not_see_contact_data_writes_a_cv_without() -> None:
    cv = contents_of(record(name="Ana Prates"))
    for written in (europass(cv, at=NOW), json_resume(cv)):
        assert b"@" not in written.replace(b"data:", b"")
    assert json.loads(json_resume(cv))["basics"] == {
        "name": "Ana Prates",
        "label": "Head of unit, Immigration Service",
    }
    assert (cv.given_name, cv.family_name) == ("Ana", "Prates")


def test_an_end_that_nobody_knows_does_not_become_today() -> None:
    cv = contents_of(record(posts=(dated(Post("Clerk", "Archive"), OPEN),)))
    told = json.loads(json_resume(cv))["work"][0]
    assert "startDate" not in told
    assert "2001" in told["summary"]
    dates = parse(europass(cv, at=NOW)).find(".//workexperience/period")
    assert dates is not None
    assert dates.find("to") is None
    current = dates.find("current")
    assert current is not None
    assert current.text == "false"


def test_europass_writes_greece_its_own_way() -> None:
    codes = [one.text for one in parse(europass(full(), at=NOW)).iter("code")]
    assert "EL" in codes
    assert "GR" not in codes


@given(st.text(max_size=60), st.text(max_size=200))
def test_whatever_a_record_holds_both_forms_stay_well_formed(title: str, duties: str) -> None:
    title, duties = (text.encode("utf-8", "ignore").decode() for text in (title, duties))
    cv = contents_of(record(posts=(dated(Post(title, None, duties=duties), SINCE),)))
    held = parse(europass(cv, at=NOW)).find(".//workexperience")
    assert held is not None
    assert len(json.loads(json_resume(cv))["work"]) == 1
