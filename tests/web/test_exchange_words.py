"""What is wrong with a cell is told in the language of the page, with what the cell says."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import roster
from roster.exchange_format import terms
from web.exchange_words import FORMS, LISTS, cell_words
from web.tongues import LOCALES, tongue_of

_SOURCES = [
    path
    for folder in ("exchange", "exchange_format")
    for path in (Path(roster.__file__).parent / folder).glob("*.py")
]


def _sentences() -> list[str]:
    """Return every sentence that reading an exchange can say, its gaps filled with a word."""
    found = []
    for path in _SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = [one.value if isinstance(one, ast.Constant) else "x" for one in node.values]
                found.append("".join(map(str, parts)))
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Unreadable":
                found += [str(one.value) for one in node.args if isinstance(one, ast.Constant)]
    return [one for one in found if one.endswith((".", "?")) and " " in one]


def test_every_sentence_about_a_cell_is_known() -> None:
    said = _sentences()
    assert len(said) >= len(FORMS) - 6
    tongue = tongue_of("fr")
    assert [one for one in said if cell_words(one, tongue) == one] == []


@pytest.mark.parametrize("code", sorted(set(LOCALES) - {"en"}))
@pytest.mark.parametrize(
    ("read", "cell"),
    [
        pytest.param(terms.country, "Atlantis (north)", id="country"),
        pytest.param(terms.languages_needed, "Qqqqish B2", id="language"),
        pytest.param(terms.one_of(terms.topic_names(), "topic"), "qqqqqq", id="topic"),
        pytest.param(
            terms.one_of({"remittances": "remittances"}, "topic"), "remitances", id="near"
        ),
        pytest.param(terms.day, "yesterday.", id="day"),
        pytest.param(terms.partial_day, "“soon”", id="date"),
        pytest.param(terms.whole, "-1\n2", id="number"),
        pytest.param(terms.yes_or_no, "perhaps", id="yes"),
        pytest.param(terms.code, "a b", id="code"),
    ],
)
def test_what_the_cell_says_stays_in_the_sentence(code: str, read: object, cell: str) -> None:
    assert callable(read)
    with pytest.raises(terms.Unreadable) as refused:
        read(cell)
    said = cell_words(str(refused.value), tongue_of(code))
    assert said != str(refused.value)
    assert cell.removesuffix(" B2") in said


def test_lists_have_names_in_every_language() -> None:
    for code in set(LOCALES) - {"en"}:
        assert all(tongue_of(code).word(one) for one in LISTS.values())
