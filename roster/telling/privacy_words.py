"""The words of data protection, one source for pages, mail, files and commands, by language.

What a facility did not say is told as not said; no word is put in its place.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from roster.inputs.privacy import ORIGINAL_DAYS, PrivacyRules
from roster.vocabulary import Kept, Purpose, Regime

_FOLDER = Path(__file__).parent / "privacy_texts"
LOCALES = ("en", "fr", "es", "pt")
"""Languages that notices and the register can be written in."""
_NAMED_BY_REGIME = frozenset({Regime.EUDPR, Regime.GDPR})


class PrivacyWords:
    """The words of one language; another one than `LOCALES` is told in English."""

    def __init__(self, locale: str) -> None:
        self.locale = locale if locale in LOCALES else "en"
        self._texts = _texts(self.locale)

    def __getitem__(self, name: str) -> str:
        """Return a text that stands alone."""
        return str(self._texts[name])

    def of(self, table: str, key: str) -> str:
        """Return what a word of a closed list is called."""
        return str(self._texts[table][key])

    def list_of(self, name: str) -> tuple[str, ...]:
        """Return a text that is a list, or the values of a table, in order."""
        held = self._texts[name]
        return tuple(held.values() if isinstance(held, dict) else held)

    def law(self, rules: PrivacyRules) -> str | None:
        """Return under which law a facility works; None where it did not say."""
        if rules.regime is None:
            return rules.law
        said = self.of("regime", rules.regime.value)
        if rules.regime in _NAMED_BY_REGIME and not rules.law:
            return said
        if not rules.law:
            return None
        return self["law_with_name"].format(regime=said, name=rules.law)

    def basis(self, rules: PrivacyRules, purpose: Purpose) -> str | None:
        """Return why a purpose is lawful; None where the facility did not say."""
        held = rules.bases.get(purpose)
        return self.of("bases", held.value) if held else None

    def kept(self, rules: PrivacyRules, kept: Kept) -> str | None:
        """Return how long a class of data is kept; None where no end is set.

        Originals go in any case: the product deletes them where the facility says nothing.
        """
        days = rules.retention.get(kept)
        if days is None and kept is Kept.ORIGINALS:
            return self["usual"].format(days=ORIGINAL_DAYS)
        return self["days"].format(days=days) if days else None


@cache
def _texts(locale: str) -> Mapping[str, Any]:
    return tomllib.loads((_FOLDER / f"{locale}.toml").read_text("utf-8"))
