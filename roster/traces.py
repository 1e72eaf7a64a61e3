"""By what a person is found in the texts of others, and those texts without her.

Her name in the order it is kept in and with the family name first, in any case and over line
breaks; her addresses and numbers; her ids. A name of one word, or a short one, only where it stands
as a word of its own, written alike: it would be found inside other words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

ERASED = "[erased]"
"""What stands in a text where a name or an address stood."""
_SHORTEST = 6
"""A shorter name would be found inside other words."""
_LEAST_OF_ONE = 3
"""Letters of a name that is one word."""
_TELLING = 4
_PLAIN = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class Traces:
    """By what texts are searched: ids, and names, addresses, numbers as patterns."""

    ids: tuple[UUID, ...]
    words: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]

    @property
    def needles(self) -> tuple[str, ...]:
        """What a text with one of them surely contains, in small letters."""
        found = {form for word in self.words for form in _spellings(word)}
        return tuple(sorted(found | {str(one) for one in self.ids}))

    def are_in(self, text: str) -> bool:
        """Whether a text holds one of them."""
        return any(pattern.search(text) for pattern in self.patterns)

    def cleared(self, value: Any) -> Any:
        """Return a text, or a JSON value, without them."""
        if isinstance(value, str):
            for pattern in self.patterns:
                value = pattern.sub(ERASED, value)
            return value
        if isinstance(value, dict):
            return {self.cleared(key): self.cleared(one) for key, one in value.items()}
        if isinstance(value, list):
            ids = {str(one) for one in self.ids}
            return [self.cleared(one) for one in value if not (isinstance(one, str) and one in ids)]
        return value


def traces_of(ids: Iterable[UUID], names: Iterable[str], others: Iterable[str]) -> Traces:
    """Return by what a person is found.

    Parameters
    ----------
    ids : of her records
    names : as they were read or kept
    others : addresses and numbers
    """
    known = tuple(ids)
    forms = {form for name in names for form in _orders(" ".join(name.split()))}
    told = {
        word
        for word in (" ".join(one.split()) for one in others)
        if "@" in word or sum(sign.isdigit() for sign in word) >= _SHORTEST
    }
    words = sorted(forms | told, key=lambda word: (-len(word), word))
    patterns = [_pattern(word) for word in words]
    patterns += [re.compile(re.escape(str(one)), re.IGNORECASE) for one in known]
    return Traces(known, tuple(words), tuple(patterns))


def _orders(name: str) -> Iterator[str]:
    """Yield a name as it is kept, and as lists have it: family name first, or last."""
    parts = [part.strip(",") for part in name.split()]
    if len(parts) == 1:
        if sum(sign.isalpha() for sign in name) >= _LEAST_OF_ONE:
            yield name
        return
    if not parts:
        return
    yield name
    for cut in range(1, len(parts)):
        first, last = " ".join(parts[:cut]), " ".join(parts[cut:])
        yield f"{last} {first}"
        yield f"{last}, {first}"
        yield f"{first} {last}"


def _pattern(word: str) -> re.Pattern[str]:
    """Return what finds a word in a text, whatever stands between its parts."""
    found = r"\s+".join(re.escape(part) for part in word.split())
    if " " not in word and "@" not in word and not any(sign.isdigit() for sign in word):
        return re.compile(rf"(?<!\w){found}(?!\w)")
    if len(word) < _SHORTEST:
        return re.compile(rf"(?<!\w){found}(?!\w)", re.IGNORECASE)
    return re.compile(found, re.IGNORECASE)


def _spellings(word: str) -> Iterator[str]:
    """Yield what a text that holds a word surely contains, in small letters.

    The longest stretch of plain Latin letters: databases differ in which others they know small,
    and JSON spells others as numbers. A word without one is looked for in each of its cases.
    """
    plain = max(_PLAIN.findall(word), key=len, default="")
    if len(plain) >= _TELLING:
        yield plain.lower()
        return
    part = max(word.split(), key=len)
    for form in {part, part.lower(), part.upper(), part.title()}:
        yield form.lower() if form.isascii() else form
        yield json.dumps(form)[1:-1].lower()
