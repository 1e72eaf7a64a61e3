"""RTF: headers, body, text boxes and footers as lines, table rows as rows; nothing hidden.

The letters are decoded by striprtf. What it leaves out or runs together is put before it in words
that it reads: headers and text boxes become paragraphs, cells and breaks within them get marks,
hidden and deleted words go.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from striprtf.striprtf import rtf_to_text

from roster.errors import FileRefused
from roster.ingest.raw import RawLine, RawText
from roster.ingest.wording.rows import row_lines

MOST_CHARACTERS = 20_000_000
MOST_DEPTH = 2_000

_TOKEN = re.compile(
    r"\\(?P<word>[a-z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'[0-9a-f]{2}|\\[^a-z]|[{}]|[^\\{}]+",
    re.IGNORECASE,
)
_CELL, _BREAK = "\ue000", "\ue001"
_MARKS = {mark: f"{{\\uc1\\u{ord(mark) - 0x10000}?}}" for mark in (_CELL, _BREAK)}
_SHOWN = frozenset({"shp", "shpinst", "shptxt", "header", "headerf", "headerl", "headerr"})
_AT_END = frozenset({"footer", "footerf", "footerl", "footerr"})
_HIDING = frozenset({"v", "deleted", "webhidden"})
_MAIL = re.compile(r"mailto:([\w.+-]+@[\w.-]+\w)", re.IGNORECASE)
_TWICE = re.compile(r"([\w.+-]+@[\w.-]+\w)\s*\1")


def read(data: bytes, most_pages: int) -> RawText:  # noqa: ARG001 - pages depend on the printer
    """Return the lines of an RTF file: header, body, footer.

    Raises
    ------
    roster.errors.FileRefused
        Damaged, or no word in it.
    """
    given = _decoded(data)
    try:
        text = str(rtf_to_text(_prepared(given), errors="replace"))  # type: ignore[no-untyped-call]  # no hints
    except (ValueError, IndexError, LookupError, OverflowError, RecursionError) as error:
        raise FileRefused(
            "This RTF file is damaged and cannot be read. "
            "Open it in a word processor, save it as DOCX or PDF, and send that."
        ) from error
    lines = [told for line in text.replace("\r", "").split("\n") for told in _told(line)]
    if not any(map(str.strip, lines)):
        raise FileRefused("This RTF file has no words in it. Check it and send it again.")
    return RawText(tuple(RawLine(line) for line in lines), "rtf/1")


def _decoded(data: bytes) -> str:
    """Decode bytes beyond ASCII, which RTF should not hold but does, by the page it states."""
    stated = re.search(rb"\\ansicpg(\d{3,5})", data[:4_000])
    name = f"cp{stated[1].decode()}" if stated else "cp1252"
    try:
        codecs.lookup(name)
    except LookupError:
        name = "cp1252"
    text = data[:MOST_CHARACTERS].decode(name, errors="replace")
    return text[text.find("{\\rtf") :]


def _told(line: str) -> list[str]:
    line = _TWICE.sub(r"\1", line)
    if _CELL not in line:
        return line.split(_BREAK)
    cells = [cell.split(_BREAK) for cell in line.rstrip(_CELL + " ").split(_CELL)]
    return row_lines(cells) or [""]


@dataclass(slots=True)
class _Group:
    """What holds inside one pair of braces."""

    hidden: bool = False
    skipped: bool = False
    at_end: bool = False
    """Whether its words belong under the body."""


class _Preparation:
    """Walks the tokens once and puts each where it belongs."""

    def __init__(self) -> None:
        self.body: list[str] = []
        self.end: list[str] = []
        self._groups = [_Group()]
        self._in_table = False
        self._star = False

    def take(self, found: re.Match[str]) -> None:
        """Put one token."""
        piece, word = found.group(), found["word"]
        if piece == "{":
            self._open()
        elif piece == "}":
            self._close()
        elif piece == "\\*":
            self._star = True
        elif word:
            self._word(word.lower(), found["number"], piece)
        else:
            self._words(piece)

    def _open(self) -> None:
        last = self._groups[-1]
        if len(self._groups) > MOST_DEPTH:
            raise ValueError("groups too deep")
        self._groups.append(_Group(last.hidden, last.skipped, last.at_end))
        self._put("{")

    def _close(self) -> None:
        self._put("}")
        if len(self._groups) > 1:
            self._groups.pop()
        self._star = False

    def _words(self, token: str) -> None:
        group = self._groups[-1]
        if group.skipped:
            for address in _MAIL.findall(token):
                self._put(f"{address} ")
        elif not group.hidden:
            self._put(token)

    def _word(self, word: str, number: str | None, token: str) -> None:
        group = self._groups[-1]
        star, self._star = self._star, False
        if word in _SHOWN:
            self._put("\\par ")
        elif word in _AT_END:
            group.at_end = True
            self._put("\\par ")
        elif word == "fldinst":
            group.skipped = True
        elif word in _HIDING:
            group.hidden = number != "0"
        elif not group.hidden and not group.skipped:
            self._put(("\\*" if star else "") + self._marked(word, token))
        if word == "plain":
            group.hidden = False

    def _marked(self, word: str, token: str) -> str:
        if word in {"intbl", "pard", "row"}:
            self._in_table = word == "intbl"
        elif word in {"cell", "nestcell"}:
            return _MARKS[_CELL]
        elif word in {"par", "line", "nestrow"} and self._in_table:
            return _MARKS[_BREAK]
        return token

    def _put(self, token: str) -> None:
        (self.end if self._groups[-1].at_end else self.body).append(token)


def _prepared(text: str) -> str:
    walk = _Preparation()
    at = 0
    while found := _TOKEN.match(text, at):
        at = found.end()
        if found["word"] == "bin":
            at += max(0, int(found["number"] or 0))
            continue
        walk.take(found)
    body = "".join(walk.body)
    last = body.rfind("}")
    return f"{body[:last]}\\par {''.join(walk.end)}}}" if last >= 0 else body
