"""What is printed again on each page and belongs to no page: running heads, feet, page counts."""

from __future__ import annotations

import re

from roster.ingest.raw import RawLine, RawPage

EDGE = 0.13
"""Share of the page's height, at its top and foot, where running heads stand."""
MOST_EDGE_LINES = 4
_COUNT = re.compile(
    r"^\W*(?:page|pagina|página|pág\.?|pag\.?|seite|p\.|صفحة)?\W*\d{1,3}\W*"
    r"(?:(?:/|of|de|sur|von|di|out of|من)\W*\d{1,3})?\W*$",
    re.IGNORECASE,
)
_COUNT_WITHIN = re.compile(
    r"(?:\bpage|\bpagina|\bpágina|\bpág\.?|\bpag\.?|\bseite|صفحة)\W{0,3}\d{1,3}"
    r"(?:\W{0,3}(?:/|of|de|sur|von|di|من)\W{0,3}\d{1,3})?",
    re.IGNORECASE,
)


def without_running_heads(lines: list[RawLine], pages: list[RawPage]) -> list[RawLine]:
    """Drop page counts, and later copies of what stands at the top or foot of more pages."""
    heights = {page.number: page.height for page in pages}
    edges: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        if line.text.strip() and line.page is not None and _at_edge(line, heights[line.page]):
            edges.setdefault(line.page, []).append(index)
    seen: set[str] = set()
    dropped: set[int] = set()
    for indices in edges.values():
        keys = {index: _shape(lines[index].text) for index in indices}
        dropped |= {i for i, key in keys.items() if key in seen or _COUNT.match(lines[i].text)}
        seen |= set(keys.values())
    return [line for index, line in enumerate(lines) if index not in dropped]


def _at_edge(line: RawLine, height: float) -> bool:
    if line.box is None:
        return False
    return line.box[3] < EDGE * height or line.box[1] > (1 - EDGE) * height


def _shape(text: str) -> str:
    """Page counts left out, blanks and case made alike."""
    return "".join(_COUNT_WITHIN.sub("", text).lower().split())
