"""What forms print, by language: several wordings each, of which a seed picks one."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

_TABLES = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))

WORDS: dict[str, dict[str, list[str]]] = _TABLES["consultants"]
BANK: dict[str, dict[str, list[str]]] = _TABLES["banks"]
NATIONS: dict[str, dict[str, str]] = _TABLES["nations"]


class Wording:
    """One wording of each label of a language, picked once."""

    def __init__(self, table: Mapping[str, Sequence[str]], rng: random.Random) -> None:
        self._picked = {key: rng.choice(options) for key, options in table.items()}

    def __getitem__(self, key: str) -> str:
        return self._picked[key]
