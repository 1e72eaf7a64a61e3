"""Names of languages are known as sentences bend them, in the language that bends them so."""

from __future__ import annotations

import pytest

from roster.reference.inflections import inflected
from roster.reference.languages import find_languages


@pytest.mark.parametrize(
    ("words", "language", "code"),
    [
        ("hovořím francouzsky", "cs", "fr"),
        ("ovládám angličtinu", "cs", "en"),
        ("hovorím španielsky", "sk", "es"),
        ("mówię po rosyjsku", "pl", "ru"),
        ("kalbu prancūziškai", "lt", "fr"),
        ("runāju franciski", "lv", "fr"),
        ("beszélek franciául", "hu", "fr"),
        ("puhun englantia", "fi", "en"),
        ("govorim nemško", "sl", "de"),
        ("vladam engleskim", "hr", "en"),
        ("володію французькою", "uk", "fr"),
        ("владею французским", "ru", "fr"),
    ],
)
def test_a_bent_name_is_found_in_its_language_only(words: str, language: str, code: str) -> None:
    assert [one.code for one in find_languages(words, language)] == [code]
    assert find_languages(words, "en") == []


@pytest.mark.parametrize(
    ("name", "language"), [("English", "en"), ("haiti kreol", "hu"), ("", "fi"), ("ki", "pl")]
)
def test_what_no_rule_fits_keeps_its_form(name: str, language: str) -> None:
    assert list(inflected(name, language)) == []
