"""What a paper holds, in the words of its reader: facts, tables, where it comes from."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

Cell = str | float | None
Script = Literal["ltr", "rtl"]
_LETTERS = {"L": "ltr", "R": "rtl", "AL": "rtl"}


@dataclass(frozen=True, slots=True)
class Table:
    """One table, which is a sheet of a workbook."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = ""
    """Said in place of rows where there are none."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One document."""

    title: str
    subject: str
    mark: str
    """Where the records come from if they are not real: stands at the top; empty for real ones."""
    facts: tuple[tuple[str, str], ...]
    facts_title: str
    tables: tuple[Table, ...]
    footer: str
    language: str
    """Of the words, as BCP 47."""
    upright: bool = False
    """Whether its pages stand, as those of a CV do."""


def clean(text: str) -> str:
    """Return a text without what no XML file may hold: control characters, half surrogates."""
    return "".join(
        char
        for char in text
        if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs"}
        if char not in "\ufffe\uffff"
    )


def script_of(text: str) -> Script:
    """Return the direction of the first letter; left to right where there is none."""
    for char in text:
        found = _LETTERS.get(unicodedata.bidirectional(char))
        if found is not None:
            return "rtl" if found == "rtl" else "ltr"
    return "ltr"


def by_script(text: str) -> list[tuple[str, Script]]:
    """Cut a text where its direction changes; spaces and marks stay with what stands before."""
    pieces: list[tuple[str, Script]] = []
    current, script = "", script_of(text)
    for char in text:
        found = _LETTERS.get(unicodedata.bidirectional(char), script)
        if found != script and current:
            pieces.append((current, script))
            current = ""
        script = "rtl" if found == "rtl" else "ltr"
        current += char
    return [*pieces, (current, script)] if current else pieces
