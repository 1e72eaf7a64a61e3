"""Two CVs of one person: what is the same thing in other words, and what differs in it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roster.dates import PartialDate, Period
from roster.read import (
    FACT_SHAPES,
    Contact,
    CountryExperience,
    Education,
    FactValue,
    Headline,
    LanguageSkill,
    Mission,
    Name,
    Nationality,
    Post,
    Publication,
    TopicExperience,
    Training,
    Unavailability,
)
from roster.sameness import DATES, parts_that_differ, sameness, says_the_same
from roster.vocabulary import AdministrationKind, FactKind, LanguageLevel

B2, C1 = LanguageLevel.B2, LanguageLevel.C1


@dataclass(frozen=True)
class Said:
    """A claim as a test makes it; its kind follows from its value."""

    value: FactValue
    period: Period = field(default_factory=Period)

    @property
    def kind(self) -> FactKind:
        return next(kind for kind, shape in FACT_SHAPES.items() if shape is type(self.value))


def when(text: str) -> Period:
    """Read "2016-04..2019", "2016..", "2016" or ""."""
    start, dots, end = text.partition("..")
    return Period(
        PartialDate.parse(start) if start else None,
        PartialDate.parse(end) if end else None,
        bool(dots) and not end,
    )


def post(title: str, employer: str, period: str = "", **more: object) -> Said:
    return Said(Post(title, employer, **more), when(period))  # type: ignore[arg-type]


INSPECTOR = post("Inspector", "Border Guard Service", "2017-03..")
CHEFE = post(
    "Chefe de divisão",
    "Serviço de Estrangeiros e Fronteiras",
    "2016-04..",
    administration=AdministrationKind.IMMIGRATION_ASYLUM,
    country="PT",
)
HEAD = post(
    "Head of Division",
    "Immigration and Borders Service",
    "2016..",
    administration=AdministrationKind.IMMIGRATION_ASYLUM,
    country="PT",
)


@pytest.mark.parametrize(
    ("held", "read"),
    [
        pytest.param(INSPECTOR, post("INSPECTOR", "Border guard service", "2017.."), id="case"),
        pytest.param(
            INSPECTOR,
            post("Inspector, airport of Porto", "Border Guard Service", "2017-03..2021"),
            id="more-words-and-an-end",
        ),
        pytest.param(INSPECTOR, post("Inspector", "Border Guard Service"), id="no-dates"),
        pytest.param(CHEFE, HEAD, id="another-language"),
        pytest.param(
            Said(Mission("Training of border guards", ("NE",)), when("2019-05..2019-05")),
            Said(Mission("Training border guards", ("NE", "ML")), when("2019")),
            id="mission",
        ),
        pytest.param(
            Said(Education("Master of Law", 7, "University of Coimbra"), when("..2003")),
            Said(Education("Master of law", 7, "Univ. of Coimbra"), when("1998..2003")),
            id="education",
        ),
        pytest.param(Said(Training("First aid")), Said(Training("First Aid.")), id="training"),
        pytest.param(Said(Publication("On borders")), Said(Publication("On Borders")), id="paper"),
        pytest.param(Said(LanguageSkill("fr", B2)), Said(LanguageSkill("fr", C1)), id="language"),
        pytest.param(
            Said(CountryExperience("ML", "adviser")), Said(CountryExperience("ML")), id="country"
        ),
        pytest.param(
            Said(TopicExperience("return", 1.0)), Said(TopicExperience("return", 0.4)), id="topic"
        ),
        pytest.param(Said(Name("Ana Prates")), Said(Name("Ana Maria Prates")), id="name"),
    ],
)
def test_the_same_thing_in_other_words(held: Said, read: Said) -> None:
    assert 0 < sameness(held, read) <= 1


@pytest.mark.parametrize(
    ("held", "read"),
    [
        pytest.param(
            INSPECTOR, post("Inspector", "Border Guard Service", "2009..2017-03"), id="earlier"
        ),
        pytest.param(
            INSPECTOR, post("Inspector", "Ministry of Labour", "2017-03.."), id="employer"
        ),
        pytest.param(
            post("Legal officer", "Court", "2010..2012"),
            post("Judge", "Court", "2012..2018"),
            id="promoted",
        ),
        pytest.param(
            post("Director", "Ministry of Interior", "2010..2014"),
            post("Director", "Ministry of Justice", "2014..2018"),
            id="two-ministries",
        ),
        pytest.param(
            Said(Mission("Training of trainers", ("NE",))),
            Said(Mission("Training of trainers", ("ML",))),
            id="another-country",
        ),
        pytest.param(
            Said(Education("Master of Law", 7, "Coimbra"), when("..2003")),
            Said(Education("Master of Law", 7, "Lisbon"), when("..2010")),
            id="two-degrees",
        ),
        pytest.param(
            Said(Training("First aid")), Said(Training("First aid", given=True)), id="taken-given"
        ),
        pytest.param(Said(LanguageSkill("fr", B2)), Said(LanguageSkill("es", B2)), id="language"),
        pytest.param(Said(Nationality("PT")), Said(Nationality("CV")), id="nationality"),
        pytest.param(Said(Nationality("PT")), Said(CountryExperience("PT")), id="kind"),
        pytest.param(
            Said(Unavailability(), when("2026-01")),
            Said(Unavailability(), when("2026-02")),
            id="leave",
        ),
    ],
)
def test_two_things_are_never_taken_for_one(held: Said, read: Said) -> None:
    assert sameness(held, read) == sameness(read, held) == 0


@pytest.mark.parametrize(
    ("held", "read", "parts"),
    [
        pytest.param(INSPECTOR, INSPECTOR, (), id="nothing"),
        pytest.param(
            INSPECTOR, post("Inspector", "Border Guard Service", "2017.."), (), id="vaguer-date"
        ),
        pytest.param(INSPECTOR, post("Inspector", "Border Guard Service"), (), id="dates-not-said"),
        pytest.param(
            INSPECTOR,
            post("Inspector", "Border Guard Service", "2017-03..2021"),
            (DATES,),
            id="end",
        ),
        pytest.param(
            INSPECTOR,
            post("Inspector", "Border Guard Service", "2017-03..", country="PT"),
            ("country",),
            id="country-is-new",
        ),
        pytest.param(
            INSPECTOR,
            post("Head of unit", "Border Guard Service", "2017-03.."),
            ("title",),
            id="title",
        ),
        pytest.param(
            Said(LanguageSkill("fr", B2)), Said(LanguageSkill("fr", None)), (), id="unsaid"
        ),
        pytest.param(
            Said(LanguageSkill("fr", None)),
            Said(LanguageSkill("fr", B2)),
            ("level",),
            id="said now",
        ),
        pytest.param(
            Said(LanguageSkill("fr", B2)), Said(LanguageSkill("fr", C1)), ("level",), id="better"
        ),
        pytest.param(Said(Name("Ana Prates")), Said(Name("PRATES, Ana")), (), id="order-of-names"),
        pytest.param(
            Said(Name("Ana Prates")), Said(Name("Ana Silva")), ("display",), id="another-name"
        ),
        pytest.param(
            Said(Headline("Migration expert")),
            Said(Headline("Migration Expert")),
            (),
            id="headline",
        ),
        pytest.param(
            Said(Mission("Training", ("NE",))),
            Said(Mission("Training", ("NE", "ML"))),
            ("countries",),
            id="one-more-country",
        ),
    ],
)
def test_what_differs_is_named(held: Said, read: Said, parts: tuple[str, ...]) -> None:
    assert parts_that_differ(held, read) == parts


def mail(value: str) -> Said:
    return Said(Contact(value))


def test_an_address_is_the_same_in_capitals_and_a_number_with_its_country() -> None:
    assert sameness(mail("A.Prates@Gov.example"), mail("a.prates@gov.example")) == 1
    assert sameness(mail("+351 912 345 678"), mail("912345678")) == 1
    assert sameness(mail("912345678"), mail("912345679")) == 0


_words = st.text(alphabet="abc é,.", max_size=12)
_dates = st.builds(
    Period,
    st.none() | st.builds(PartialDate, st.integers(1980, 2025)),
    st.none() | st.builds(PartialDate, st.integers(1980, 2025), st.integers(1, 12)),
    st.booleans(),
)
_values: st.SearchStrategy[FactValue] = st.one_of(
    st.builds(Post, st.none() | _words, st.none() | _words),
    st.builds(Mission, _words, st.just(("ML",))),
    st.builds(Education, st.none() | _words, st.none() | st.integers(3, 8), st.none() | _words),
    st.builds(Name, _words),
    st.builds(LanguageSkill, st.sampled_from(["fr", "es"]), st.sampled_from([None, B2, C1])),
)
_claims = st.builds(Said, _values, _dates)


@given(_claims, _claims)
def test_sameness_is_symmetric_and_bounded(one: Said, other: Said) -> None:
    assert sameness(one, other) == pytest.approx(sameness(other, one))
    assert 0 <= sameness(one, other) <= 1


@given(_claims)
def test_nothing_differs_from_itself(one: Said) -> None:
    assert says_the_same(one, one)
    assert parts_that_differ(one, one) == ()
