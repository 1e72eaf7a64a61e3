import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roster.ingest.profile import read_profile
from roster.ingest.reading import read_words
from roster.read import BirthYear, Contact, Nationality
from roster.vocabulary import FactKind

TODAY = date(2026, 11, 22)
CASES = json.loads((Path(__file__).parent / "personal_cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("lines", "countries", "year"),
    [
        pytest.param(
            case["lines"], case.get("nationalities"), case.get("birth_year"), id=case["id"]
        )
        for case in CASES
        if "nationalities" in case or "birth_year" in case
    ],
)
def test_nationality_and_birth_are_those_stated_of_the_person(
    lines: list[str], countries: list[str] | None, year: int | None
) -> None:
    facts = read_profile(read_words("\n".join(lines)), TODAY).facts
    found = sorted(fact.value.country for fact in facts if isinstance(fact.value, Nationality))
    years = [fact.value.year for fact in facts if isinstance(fact.value, BirthYear)]
    if countries is not None:
        assert found == sorted(countries)
    if year is not None:
        assert years == [year]


def test_an_age_is_no_year_of_birth() -> None:
    lines = ("Name: Peter Novak", "Age: 45", "Nationality: Slovene")
    assert not read_profile(read_words("\n".join(lines)), TODAY).of(FactKind.BIRTH_YEAR)


@pytest.mark.parametrize(
    ("lines", "address"),
    [
        pytest.param(case["lines"], case["email"], id=case["id"])
        for case in CASES
        if "email" in case
    ],
)
def test_the_surest_address_is_the_persons_own(lines: list[str], address: str | None) -> None:
    found = read_profile(read_words("\n".join(lines)), TODAY).of(FactKind.EMAIL)
    best = max(found, key=lambda fact: fact.confidence, default=None)
    value = best.value if best else None
    assert (value.value.lower() if isinstance(value, Contact) else None) == address


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="abc@. \n:[]()ñéا123|-", max_size=120))
def test_any_text_is_read_and_each_value_quoted(text: str) -> None:
    document = read_words("Name: Ana Prieto\n" + text)
    for fact in read_profile(document, TODAY).facts:
        assert document.text[fact.span.start : fact.span.end]
