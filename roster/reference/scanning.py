"""Finds known phrases in a text, whatever its case and accents, with their places in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Generic, TypeVar

from roster.reference.folding import Token, fold_word, lookup_form, tokens

K = TypeVar("K")

_GAP = "~"
_MOST_SKIPPED = 3
_STEM = 3


class Case(Enum):
    """How a phrase must be written to count."""

    ANY = "any"
    CAPITAL = "capital"
    """First letter a capital, or of a script without capitals."""
    UPPER = "upper"
    """All capitals: acronyms that would be words otherwise."""


@dataclass(frozen=True, slots=True)
class Mention(Generic[K]):
    """A phrase found: offsets into the original text, end excluded, and what it stands for."""

    start: int
    end: int
    key: K


@dataclass(slots=True)
class _Node(Generic[K]):
    words: dict[str, _Node[K]] = field(default_factory=dict)
    stems: dict[str, list[tuple[str, _Node[K]]]] = field(default_factory=dict)
    gap: _Node[K] | None = None
    entries: list[tuple[K, Case]] = field(default_factory=list)

    def child(self, part: str) -> _Node[K]:
        if part == _GAP:
            self.gap = self.gap or _Node()
            return self.gap
        if not part.endswith("*"):
            return self.words.setdefault(lookup_form(fold_word(part)), _Node())
        stem = fold_word(part[:-1])
        if len(stem) < _STEM:
            raise ValueError(f"a stem needs {_STEM} letters at least: {part!r}")
        siblings = self.stems.setdefault(stem[:_STEM], [])
        for known, node in siblings:
            if known == stem:
                return node
        node = _Node[K]()
        siblings.append((stem, node))
        return node

    def follow(self, token: Token) -> Iterator[_Node[K]]:
        for form in token.forms:
            if form in self.words:
                yield self.words[form]
            for stem, node in self.stems.get(form[:_STEM], ()):
                if form.startswith(stem):
                    yield node


class Gazetteer(Generic[K]):
    """A trie of phrases over folded words.

    A phrase is written as words; `word*` stands for any word that begins so, `~` for up to three
    words of any kind. A phrase never runs over a comma, a full stop at a line's end, a slash or an
    empty line. Where several phrases begin at the same word the longest wins, and the search goes
    on after it.
    """

    def __init__(self) -> None:
        self._root: _Node[K] = _Node()
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def add(self, phrase: str, key: K, case: Case = Case.ANY) -> None:
        """Add a phrase; one phrase may stand for several keys.

        Raises
        ------
        ValueError
            The phrase holds no word, or a stem shorter than three letters.
        """
        node = self._root
        parts = list(_parts(phrase))
        if not parts:
            raise ValueError(f"a phrase needs a word: {phrase!r}")
        for part in parts:
            node = node.child(part)
        if (key, case) not in node.entries:
            node.entries.append((key, case))
            self._size += 1

    def find(self, text: str, *, ignore_case: bool = False) -> list[Mention[K]]:
        """Return every phrase found, in order of place; none overlap but for equal places.

        Parameters
        ----------
        text : of any length
        ignore_case : take `Case.CAPITAL` for `Case.ANY`: for texts written without capitals
        """
        words = tokens(text)
        found: list[Mention[K]] = []
        position = 0
        while position < len(words):
            if not self._may_begin(words[position]):
                position += 1
                continue
            end, keys = self._longest(text, words, position, ignore_case)
            start = words[position].start
            found += [Mention(start, words[end - 1].end, key) for key in keys]
            position = max(end, position + 1)
        return found

    def _may_begin(self, token: Token) -> bool:
        """Whether any phrase begins with a word: most do not, and this is cheap to tell."""
        words, stems = self._root.words, self._root.stems
        return any(form in words or form[:_STEM] in stems for form in token.forms)

    def _longest(
        self, text: str, words: list[Token], first: int, ignore_case: bool
    ) -> tuple[int, list[K]]:
        best: tuple[int, list[K]] = (first, [])
        for end, node in _ends(self._root, words, first, first):
            if end <= best[0]:
                continue
            written = text[words[first].start : words[end - 1].end]
            keys = list(
                dict.fromkeys(
                    key for key, case in node.entries if _is_written(written, case, ignore_case)
                )
            )
            if keys:
                best = (end, keys)
        return best


def _parts(phrase: str) -> Iterator[str]:
    for chunk in phrase.split():
        if chunk == _GAP:
            yield chunk
            continue
        inner = tokens(chunk)
        for index, token in enumerate(inner):
            is_stem = index == len(inner) - 1 and chunk.endswith("*")
            yield chunk[token.start : token.end] + ("*" if is_stem else "")


def _is_written(written: str, case: Case, ignore_case: bool) -> bool:
    if case is Case.UPPER:
        return written == written.upper()
    return case is Case.ANY or ignore_case or not written[0].islower()


def _ends(
    node: _Node[K], words: list[Token], position: int, first: int
) -> Iterator[tuple[int, _Node[K]]]:
    """Walk all paths from a node; yield each end with entries."""
    if node.entries:
        yield position, node
    if node.gap is not None:
        for skipped in range(_MOST_SKIPPED + 1):
            if not _is_joined(words, position, position + skipped):
                break
            yield from _ends(node.gap, words, position + skipped, first)
    if position < len(words) and (position == first or not words[position].after_break):
        for following in node.follow(words[position]):
            yield from _ends(following, words, position + 1, first)


def _is_joined(words: list[Token], start: int, end: int) -> bool:
    return end <= len(words) and not any(word.after_break for word in words[start:end])
