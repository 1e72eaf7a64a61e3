"""Arabic and Hebrew lines put into the order of reading, from where their letters stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

Mark = tuple[int, float, float]
"""Of one letter: its offset in the text, its left and its right side."""

_TURNED = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_STRAIGHT = re.compile(
    r"[A-Za-zÀ-ɏͰ-ӿ](?:[^\u0590-\u08ff]*[A-Za-zÀ-ɏͰ-ӿ0-9])?|"
    r"[0-9٠-٩]+(?:[^\u0590-\u08ff\s]*[A-Za-zÀ-ɏͰ-ӿ0-9٠-٩])?%?"
)


def holds_turned(text: str) -> bool:
    """Whether a text holds a letter that is written from right to left."""
    return not text.isascii() and _TURNED.search(text) is not None


def is_turned(texts: Iterable[str]) -> bool:
    """Whether more letters are written from right to left than are not."""
    turned = straight = 0
    for text in texts:
        found = 0 if text.isascii() else len(_TURNED.findall(text))
        turned += found
        straight += sum(letter.isalpha() for letter in text) - found
    return turned > straight


def straightened(text: str, marks: Sequence[Mark], gap: float) -> tuple[str, list[Mark]]:
    """Return a line that reads from right to left in the order of reading.

    Latin words and numbers inside of it keep their own direction.

    Parameters
    ----------
    text : the letters in any order
    marks : where each of them stands
    gap : from so many points on there is a blank between two letters
    """
    placed = sorted(marks, key=lambda mark: -(mark[1] + mark[2]))
    order: list[Mark | None] = []
    for number, mark in enumerate(placed):
        if number and placed[number - 1][1] - mark[2] > gap:
            order.append(None)
        order.append(mark)
    shown = "".join(" " if mark is None else text[mark[0]] for mark in order)
    for found in _STRAIGHT.finditer(shown[::-1]):
        start, end = len(shown) - found.end(), len(shown) - found.start()
        order[start:end] = order[start:end][::-1]
    words, kept = "", []
    for each in order:
        if each is not None:
            kept.append((len(words), each[1], each[2]))
        words += " " if each is None else text[each[0]]
    return words, kept
