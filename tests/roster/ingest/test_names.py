import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roster.ingest.person.name_parts import bare_name
from roster.ingest.person.names import first_mail, proper, split_name
from roster.ingest.profile import read_profile
from roster.ingest.reading import read_words
from roster.read import Name
from roster.vocabulary import FactKind

TODAY = date(2026, 11, 22)
CASES = json.loads((Path(__file__).parent / "personal_cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("lines", "display", "family"),
    [
        pytest.param(case["lines"], case["name"], case.get("family"), id=case["id"])
        for case in CASES
        if "name" in case
    ],
)
def test_a_name_is_read_in_any_layout_and_language(
    lines: list[str], display: str, family: str | None
) -> None:
    found = read_profile(read_words("\n".join(lines)), TODAY).of(FactKind.NAME)
    (value,) = (fact.value for fact in found)
    assert isinstance(value, Name)
    assert value.display.casefold() == display.casefold()
    if family is not None:
        assert value.family is not None
        assert value.family.casefold() == family.casefold()


@given(st.text(max_size=60))
def test_any_words_are_split_without_a_fault_and_never_to_an_empty_name(text: str) -> None:
    name = split_name(text, None)
    if any(letter.isalpha() for letter in bare_name(text)):
        assert name.display


@given(
    st.sampled_from(["Marta", "Jean", "Ivana", "Giulia"]),
    st.sampled_from(["Kowalczyk", "Lefèvre", "Müller", "Di Stefano"]),
)
def test_capitals_and_commas_say_the_same_in_any_order(given_name: str, family: str) -> None:
    readings = {
        split_name(text, None)
        for text in (
            f"{given_name} {family.upper()}",
            f"{family.upper()} {given_name}",
            f"{family}, {given_name}",
        )
    }
    assert {name.display.casefold() for name in readings} == {f"{given_name} {family}".casefold()}


@given(st.text(max_size=40))
def test_usual_case_keeps_every_word(text: str) -> None:
    assert len(proper(text).split()) == len(text.split())


def test_a_word_of_a_million_letters_is_passed_over_on_the_way_to_an_address() -> None:
    long = "x" * 1_000_000
    assert first_mail(long) is None
    assert first_mail(f"{long} jan.novak@example.org") == "jan.novak@example.org"
