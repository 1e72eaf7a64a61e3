"""A document's text as lines and cells that know their offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_EDGE = re.compile(r"(?:(?<=\s)|^)\|(?=\s|$)")
_BREAK = re.compile(r"\s*⏎\s*")
_SENTENCE_END = re.compile(r"(?<=[.!?;:])\s+(?=[\W\d]*[^\W\d_a-zà-ÿ])|\s*⏎\s*|(?<=;)\s+|\n")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|No|St|Mme|M|Art|art|e\.g|i\.e|cf|vs|ca|approx|etc|pp|p|vol|tel|Tel|"
    r"Sr|Sra|Nr|Dott|Ing|n|S|E|H\.E|S\.E)|\b[A-Z]|(?<![\d.,])\d{1,2})\.$"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of the text: offsets, end excluded."""

    start: int
    end: int
    text: str

    def within(self, start: int, end: int) -> Piece:
        """Return the part between two offsets of its own text, without blanks around it."""
        words = self.text[start:end]
        left = start + len(words) - len(words.lstrip(" \t,;:–-|⏎"))
        right = end - (len(words) - len(words.rstrip(" \t,;:–-|⏎(")))
        right = max(left, right)
        return Piece(self.start + left, self.start + right, self.text[left:right])


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text, its cells, and whether it stands apart from the one above."""

    start: int
    end: int
    text: str
    cells: tuple[Piece, ...]
    apart: bool = False

    @property
    def piece(self) -> Piece:
        """The whole line."""
        return Piece(self.start, self.end, self.text)


def lines_of(text: str) -> list[Line]:
    """Return the lines of a text that hold something."""
    lines: list[Line] = []
    at, apart = 0, True
    for words in text.split("\n"):
        if words.strip():
            line = Piece(at, at + len(words), words)
            lines.append(Line(at, at + len(words), words, tuple(_cells(line)), apart))
        apart = not words.strip()
        at += len(words) + 1
    return lines


def _cells(line: Piece) -> Iterator[Piece]:
    at = 0
    for edge in _EDGE.finditer(line.text):
        yield _trimmed(line, at, edge.start())
        at = edge.end()
    yield _trimmed(line, at, len(line.text))


def _trimmed(piece: Piece, start: int, end: int) -> Piece:
    words = piece.text[start:end]
    left = start + len(words) - len(words.lstrip())
    right = max(left, end - (len(words) - len(words.rstrip())))
    return Piece(piece.start + left, piece.start + right, piece.text[left:right])


def parts_of(piece: Piece) -> list[Piece]:
    """Return what stands between the line breaks of a cell."""
    parts: list[Piece] = []
    at = 0
    for edge in [*_BREAK.finditer(piece.text), None]:
        end = edge.start() if edge else len(piece.text)
        part = _trimmed(piece, at, end)
        if part.text:
            parts.append(part)
        at = edge.end() if edge else end
    return parts


def sentences_of(piece: Piece) -> list[Piece]:
    """Return the sentences or clauses of some words, each with its offsets."""
    found: list[Piece] = []
    at = 0
    for edge in _SENTENCE_END.finditer(piece.text):
        if _ABBREVIATION.search(piece.text[max(0, edge.start() - 8) : edge.start()]):
            continue
        sentence = _trimmed(piece, at, edge.start())
        if sentence.text:
            found.append(sentence)
        at = edge.end()
    last = _trimmed(piece, at, len(piece.text))
    return [*found, last] if last.text else found
