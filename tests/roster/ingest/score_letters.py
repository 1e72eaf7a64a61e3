"""Measure the reading of the invented letters, per field: precision and recall.

Run `python -m tests.roster.ingest.score_letters [seen|held_out] [-v]`.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from itertools import permutations
from pathlib import Path

from roster.ingest.letters.reading import read_letter
from roster.ingest.reading import read_words
from roster.read import LanguageNeed, ProposedField
from roster.reference.folding import fold_script

LETTERS = Path(__file__).parent / "letters"
FIELDS = (
    "authority",
    "administration",
    "countries",
    "regional_body",
    "topics",
    "activities",
    "languages",
    "starts",
    "ends",
)


@dataclass
class Tally:
    """Values right, proposed but wrong, and missed, of one field."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    slips: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of the proposed values that are right, in [0, 1]; 1.0 where none is proposed."""
        proposed = self.right + self.wrong
        return self.right / proposed if proposed else 1.0

    @property
    def recall(self) -> float:
        """Share of the expected values that are proposed, in [0, 1]; 1.0 where none is expected."""
        expected = self.right + self.missed
        return self.right / expected if expected else 1.0


def letters(half: str) -> list[Path]:
    """Return the letters of a half ("seen" or "held_out"), in order of name."""
    return sorted((LETTERS / half).glob("*.json"))


def score(half: str) -> dict[str, Tally]:
    """Read every letter of a half and count per field."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for path in letters(half):
        letter = json.loads(path.read_text(encoding="utf-8"))
        text = read_words("\n".join(letter["text"]))
        found = read_letter(text, today=date.fromisoformat(letter["today"]))
        count(letter["expected"], found, tallies, path.stem)
    return tallies


def count(
    expected: dict[str, object],
    found: tuple[ProposedField, ...],
    tallies: dict[str, Tally],
    name: str,
) -> None:
    """Add one letter to the tallies."""
    for one in FIELDS:
        got = {_shown(each) for each in found if each.field == one}
        wanted, tolerated = _wanted(expected, one)
        tally = tallies[one]
        hits = [choices for choices in wanted if got & choices]
        right = set().union(*wanted) | tolerated if wanted else tolerated
        extra, missing = got - right, [sorted(c) for c in wanted if not got & c]
        tally.right += len(hits)
        tally.wrong += len(extra)
        tally.missed += len(missing)
        if extra or missing:
            tally.slips.append(f"{name}: {one}: not {sorted(extra)}, but {missing}")


def _wanted(expected: dict[str, object], name: str) -> tuple[list[set[str]], set[str]]:
    """Return the values wanted, each as its equal spellings, and those that do no harm."""
    given = expected.get(name)
    more = expected.get(f"{name}_ok", [])
    assert isinstance(more, list)
    if given is None:
        return [], set()
    if name in {"authority", "administration", "ends"}:
        choices = given if isinstance(given, list) else [given]
        named = [_folded(name, str(one)) for one in choices]
        pairs = {f"{one} {other}" for one, other in permutations(named, 2)}  # ministry, its office
        return [{*named, *pairs}], set()
    if name == "languages":
        assert isinstance(given, list)
        return [{f"{code} {level}"} for code, level in given], set()
    return [{str(one)} for one in (given if isinstance(given, list) else [given])], set(more)


def _folded(name: str, value: str) -> str:
    return fold_script(value) if name == "authority" else value


def _shown(found: ProposedField) -> str:
    value = found.value[0] if isinstance(found.value, tuple) else found.value
    if isinstance(value, LanguageNeed):
        return f"{value.language} {value.minimum}"
    return _folded(found.field, str(value))


def main(half: str, *, verbose: bool) -> None:
    """Print precision and recall per field, and what went wrong if asked."""
    sys.stdout.write(f"{half}: {len(letters(half))} letters\n")
    for name, tally in score(half).items():
        sys.stdout.write(f"  {name:15} P {tally.precision:.2f}  R {tally.recall:.2f}\n")
        for slip in tally.slips if verbose else ():
            sys.stdout.write(f"      {slip}\n")


if __name__ == "__main__":
    chosen = [one for one in sys.argv[1:] if not one.startswith("-")] or ["seen", "held_out"]
    for each in chosen:
        main(each, verbose="-v" in sys.argv)
