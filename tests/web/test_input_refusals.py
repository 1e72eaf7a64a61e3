"""What is refused of files, lists and fields is told in the language of the page and the API."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import roster
from api import wording
from api.wording import field_errors
from roster import terms
from roster.errors import FieldError
from web.forms import errors_by_field
from web.reason_words import clause
from web.tongues import LOCALES, tongue_of
from web.validation import told

_OTHERS = sorted(set(LOCALES) - {"en"})
_ROSTER = Path(roster.__file__).parent
_SOURCES = (
    *sorted((_ROSTER / "ingest").rglob("*.py")),
    Path(str(terms.__file__)),
    Path(str(wording.__file__)),
)
_IN_GAPS = {
    "_WHAT_TO_SEND": "Send the CV as PDF, DOCX, DOC, ODT, RTF, plain text, Europass XML or a scan "
    "(PNG, JPEG, TIFF).",
    "pretends": " although its name ends in .pdf",
    "kind.value": "requests",
    "noun": "topic",
    "hint": "Did you mean returns?",
    "_WORDS['json_invalid']": "This is no valid JSON from here on.",
    "words": "Give the two letters of ISO 3166-1, for example CI for Côte d’Ivoire.",
    "refusal.detail": "This archive holds no file.",
    "name": "Latin",
}
"""What stands in the gaps of a sentence; a number in any other."""
_MANY = {
    "what": {
        "unreadable.py": ("file", "document"),
        "apart.py": (
            "Reading this file took more time or memory than is allowed",
            "This file is damaged or unusual, and reading it failed",
        ),
        "scans.py": ("Page 3 is a picture", "Pages 3, 4 are pictures"),
    }
}
"""Gaps in which one of a few words stands."""
_PARTS = {_IN_GAPS["_WHAT_TO_SEND"]}
_SENTENCE = re.compile(r"['“A-Z].* .*[.?]", re.DOTALL)


def _written(path: Path) -> Iterator[str]:
    """Yield every text of a module, its gaps filled; neither docstrings nor what is in gaps."""
    tree = ast.parse(path.read_text("utf-8"))
    within: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            within.add(id(node.value))
        elif isinstance(node, ast.JoinedStr):
            within.update(id(one) for part in node.values for one in ast.walk(part))
            yield from _filled(node, path.name)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from [node.value] if id(node) not in within else []


def _filled(text: ast.JoinedStr, module: str) -> Iterator[str]:
    names = [ast.unparse(one.value) for one in text.values if isinstance(one, ast.FormattedValue)]
    held = _MANY["what"].get(module, ("7",)) if "what" in names else ("",)
    for what in held:
        words = {**_IN_GAPS, "what": what}
        yield "".join(
            str(one.value)
            if isinstance(one, ast.Constant)
            else words.get(ast.unparse(one.value), "7")
            for one in text.values
            if isinstance(one, ast.Constant | ast.FormattedValue)
        )


def _said() -> set[str]:
    """Return every sentence that reading, taking in and checking can say to a person."""
    found = {one for path in _SOURCES for one in _written(path) if _SENTENCE.fullmatch(one)}
    return found - _PARTS


def _checks() -> set[str]:
    """Return what the checks of inputs say, as the API words it."""
    found: set[str] = set()
    for path in sorted((_ROSTER / "inputs").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "ValueError":
                (said,) = node.args
                assert isinstance(said, ast.Constant)
                assert isinstance(said.value, str)
                error = {
                    "type": "value_error",
                    "loc": ("body",),
                    "msg": f"Value error, {said.value}",
                }
                found.update(one.detail for one in field_errors([error]))
    return found


@pytest.mark.parametrize("code", _OTHERS)
def test_what_is_refused_of_a_file_or_a_field_is_told_in_every_language(code: str) -> None:
    said = _said()
    assert "This archive holds no file." in said
    assert len(said) > 120
    assert sorted(one for one in said if clause(one, tongue_of(code)) == one) == []


@pytest.mark.parametrize("code", _OTHERS)
def test_what_the_checks_of_inputs_say_is_told_in_every_language(code: str) -> None:
    said = _checks()
    assert "The last day lies before the first." in said
    assert len(said) > 15
    assert sorted(one for one in said if clause(one, tongue_of(code)) == one) == []


_OF_A_ROW = re.compile(r"(?:'7' |7 )?(?:is no|looks like|it has no|cannot) .*")


@pytest.mark.parametrize("code", _OTHERS)
def test_what_is_not_understood_in_a_row_is_told_in_every_language(code: str) -> None:
    texts = _written(_ROSTER / "ingest" / "lists" / "rows.py")
    ends = {one for one in texts if _OF_A_ROW.fullmatch(one)}
    assert len(ends) > 12
    tongue = tongue_of(code)
    for end in ends:
        detail = f"'7' {end}." if end.startswith("is ") else f"{end}."
        assert clause(detail, tongue) != detail
        whole = clause(f"Row 3, column 'Level': {detail}", tongue)
        assert whole.endswith(clause(detail, tongue))
        assert "Row" not in whole


@pytest.mark.parametrize(
    ("kind", "limits", "words"),
    [
        pytest.param("string_pattern_mismatch", {}, "Ceci n’a pas la forme demandée.", id="form"),
        pytest.param("uuid_parsing", {}, "Ceci n’a pas la forme demandée.", id="id"),
        pytest.param("too_long", {"max_length": 3}, "Donnez au plus 3 éléments.", id="many"),
        pytest.param("int_parsing", {}, "Donnez un nombre.", id="number"),
    ],
)
def test_no_page_shows_the_words_of_a_library(
    kind: str, limits: dict[str, int], words: str
) -> None:
    error = {"type": kind, "loc": ("body",), "msg": "Input should be other", "ctx": limits}
    assert [one.detail for one in told([error], tongue_of("fr"))] == [words]


def test_the_errors_of_a_field_are_joined_in_the_language_of_the_page() -> None:
    errors = (
        FieldError("/ends", "The last day lies before the first."),
        FieldError("/ends", "The topic “xx” is not known. Did you mean visas?"),
        FieldError("/size", "Give at most 8 items. (In the query.)"),
    )
    assert errors_by_field(errors, tongue_of("fr")) == {
        "ends": "Le dernier jour précède le premier. Le thème «\xa0xx\xa0» est inconnu. "
        "Vouliez-vous dire visas\xa0?",
        "size": "Donnez au plus 8 éléments. (Dans la chaîne de requête.)",
    }
