from dataclasses import astuple, replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import letters as module
from matching.letters import Letters, read_letter
from matching.question import ask
from roster.read import KeptReading, RequestView
from tests.matching.letters import LetterEncoder
from tests.matching.people import request

LETTER = (
    "La Direction générale demande une formation de formateurs sur la lutte contre la traite des "
    "êtres humains.\nLes documents de voyage falsifiés aux frontières sont un autre souci.\n"
)
NEED = request(title="Traite", text=LETTER)


def same(one: object, other: object) -> bool:
    """Whether two readings are alike to the last bit."""
    pairs = zip(astuple(one), astuple(other), strict=True)  # type: ignore[call-overload]
    return all(
        a.dtype == b.dtype and np.array_equal(a, b)
        if isinstance(a, np.ndarray)
        else same_vectors(a, b)
        for a, b in pairs
    )


def same_vectors(a: object, b: object) -> bool:
    if isinstance(a, tuple) and a and isinstance(a[0], np.ndarray):
        return all(np.array_equal(x, y) for x, y in zip(a, b, strict=True))  # type: ignore[call-overload]
    return a == b


def kept_by(letters: Letters, need: RequestView) -> KeptReading:
    return letters.packed(need)


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the titles of the letters that are read from now on."""
    read: list[str] = []

    def noted(need: RequestView, encoder: object) -> object:
        read.append(need.title)
        return read_letter(need, encoder)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "read_letter", noted)
    return read


def test_a_kept_reading_is_the_reading_itself_in_another_process(reading: list[str]) -> None:
    kept = Letters(LetterEncoder()).packed(NEED)
    reading.clear()
    found = Letters(LetterEncoder()).of(NEED, lambda: kept)
    assert reading == []
    assert same(found, read_letter(NEED, LetterEncoder()))


def test_a_letter_is_read_once_and_what_is_kept_is_not_asked_for_again(reading: list[str]) -> None:
    letters, asked = Letters(LetterEncoder()), []
    for _ in range(3):
        letters.of(NEED, lambda: asked.append(1))
    assert (reading, asked) == ([NEED.title], [1])


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(NEED, text=LETTER + "Plus."), id="other words"),
        pytest.param(replace(NEED, title="Autre"), id="another title"),
        pytest.param(replace(NEED, text_language="it"), id="another language"),
    ],
)
def test_what_was_kept_of_other_words_is_not_used(other: RequestView, reading: list[str]) -> None:
    kept = Letters(LetterEncoder()).packed(NEED)
    reading.clear()
    Letters(LetterEncoder()).of(other, lambda: kept)
    assert reading == [other.title]


def test_what_another_encoder_read_is_not_used(reading: list[str]) -> None:
    kept = Letters(None).packed(NEED)
    reading.clear()
    Letters(LetterEncoder()).of(NEED, lambda: kept)
    assert reading == [NEED.title]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no archive"], ids=str)
def test_a_damaged_reading_is_made_anew(content: bytes, reading: list[str]) -> None:
    letters = Letters(LetterEncoder())
    kept = KeptReading(letters.digest(NEED), letters.made_by, content)
    assert letters.of(NEED, lambda: kept).term_words
    assert reading == [NEED.title]


def test_the_fields_of_a_request_are_no_part_of_its_reading() -> None:
    letters = Letters(None)
    more = replace(NEED, topics=("labour_migration",), countries=("MA",))
    assert letters.digest(more) == letters.digest(NEED)
    question = ask(more, letters.of(more), date(2026, 1, 1))
    assert {want.code for want in question.topics} >= {"labour_migration"}


@given(text=st.text(max_size=300), title=st.text(max_size=30))
@settings(max_examples=30)
def test_any_reading_survives_being_kept(text: str, title: str) -> None:
    need = request(title=title, text=text)
    kept = Letters(LetterEncoder()).packed(need)
    assert same(Letters(LetterEncoder()).of(need, lambda: kept), read_letter(need, LetterEncoder()))
