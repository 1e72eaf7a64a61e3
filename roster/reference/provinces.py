"""The Member State of a region, province or department, where only one has it."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

from roster.reference.loading import load
from roster.reference.scanning import Case, Gazetteer, Mention


def find_provinces(words: str) -> list[Mention[str]]:
    """Return the regions of Member States named in some words, as ISO 3166-1 codes of the States.

    Names must begin with a capital; those that stand elsewhere too, or are common words, are left
    out.
    """
    return _provinces().find(words)


@lru_cache(maxsize=1)
def _provinces() -> Gazetteer[str]:
    gazetteer: Gazetteer[str] = Gazetteer()
    for code, names in cast("dict[str, str]", load("provinces")["countries"]).items():
        for name in names.split("|"):
            gazetteer.add(name, code, Case.CAPITAL)
    return gazetteer
