"""Words known as given or family names in some sixty countries; most names of the world are not."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

from roster.reference.folding import fold_script
from roster.reference.loading import load


def is_given(word: str) -> bool:
    """Whether a word is known as a given name, and seldom or never as a family name.

    A name of several parts ("Jean-Baptiste") counts where all its parts do.
    """
    return _is_all(word, "given")


def is_family(word: str) -> bool:
    """Whether a word is known as a family name, and seldom or never as a given name."""
    return _is_all(word, "family")


def is_iberian(word: str) -> bool:
    """Whether a word is a family name of the countries where people bear two of them."""
    return _is_all(word, "iberian")


def _is_all(word: str, kind: str) -> bool:
    parts = fold_script(word).split()
    return bool(parts) and all(part in _known(kind) for part in parts)


@lru_cache(maxsize=4)
def _known(kind: str) -> frozenset[str]:
    return frozenset(cast("str", load("people_names")[kind]).split())
