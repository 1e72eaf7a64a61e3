"""What is printed again on each page and belongs to no page: running heads, feet, page counts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from roster.ingest.pdf.pages import PageContent
from roster.ingest.pdf.pieces import Piece

EDGE = 0.15
"""Share of the page's height, at its top and foot, where running heads stand."""
_WORDS = r"page|pagina|página|pág\.?|pag\.?|seite|strona|sayfa|стр\.?|сторінка|صفحة|الصفحة|דף|עמוד"
_OF = r"(?:/|of|de|sur|von|di|da|out of|from|z|из|من|מתוך)"
_COUNT = re.compile(
    rf"^\W*(?:{_WORDS}|p\.)?\W*\d{{1,3}}\W*(?:{_OF}\W*\d{{1,3}})?\W*$", re.IGNORECASE
)
_COUNT_WITHIN = re.compile(
    rf"(?<!\w)(?:{_WORDS})\W{{0,3}}\d{{1,3}}(?:\W{{0,3}}{_OF}\W{{0,3}}\d{{1,3}})?|"
    r"(?<![\d/])\d{1,2} ?/ ?\d{1,2}(?![\d/])",
    re.IGNORECASE,
)


def set_running_heads_apart(contents: Sequence[PageContent]) -> None:
    """Drop page counts and copies of running heads; their first copy stands before or after all.

    A line is one when a line with the same words stands at the same edge of another page.
    """
    places: dict[str, list[tuple[PageContent, list[Piece]]]] = defaultdict(list)
    for content in contents:
        for edge_line in _edge_lines(content):
            line = _without_count(content, edge_line)
            words = _shape(line)
            if _COUNT.match(" ".join(piece.text for piece in line)) and not _only(content, line):
                _drop(content, line)
            elif words:
                places[words].append((content, line))
    for found in places.values():
        pages = {id(content) for content, _ in found}
        if len(pages) < 2:
            continue
        content, line = found[0]
        (content.head if _is_top(content, line) else content.foot).extend(line)
        for each, copy in found:
            _drop(each, copy)


def _edge_lines(content: PageContent) -> Iterator[list[Piece]]:
    """Yield what stands on one line at the top or the foot; a far column is a line of its own."""
    height = content.page.height
    near = [
        piece
        for piece in content.pieces
        if piece.box[3] < EDGE * height or piece.box[1] > (1 - EDGE) * height
    ]
    near.sort(key=lambda piece: (round(piece.base), piece.box[0]))
    for _, line in groupby(near, key=lambda piece: round(piece.base)):
        yield list(line)


def _without_count(content: PageContent, line: list[Piece]) -> list[Piece]:
    """Drop a page count that stands beside other words of a running head."""
    counts = [piece for piece in line if _COUNT_WITHIN.fullmatch(piece.text.strip())]
    if not counts or len(counts) == len(line):
        return line
    _drop(content, counts)
    return [piece for piece in line if piece not in counts]


def _only(content: PageContent, line: list[Piece]) -> bool:
    """Whether a page holds nothing else."""
    return len(content.pieces) <= len(line) and not content.tables


def _is_top(content: PageContent, line: list[Piece]) -> bool:
    return line[0].box[3] < content.page.height / 2


def _shape(line: list[Piece]) -> str:
    """Page counts left out, blanks and case made alike; with the edge that it stands at."""
    words = _COUNT_WITHIN.sub("", " ".join(piece.text for piece in line))
    return "".join(words.lower().split())


def _drop(content: PageContent, line: list[Piece]) -> None:
    gone = {id(piece) for piece in line}
    content.pieces = [piece for piece in content.pieces if id(piece) not in gone]
