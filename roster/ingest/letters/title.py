"""A short title for a request: its subject line, else what is asked for, and by whom."""

from __future__ import annotations

from collections.abc import Sequence

from roster.ingest.letters.authority import ASKS
from roster.ingest.letters.parts import Letter
from roster.ingest.wording.lines import Piece
from roster.ingest.wording.plain import plain
from roster.read import ProposedField
from roster.reference import activities, countries, topics

MOST_LETTERS = 80
_COMPOSED_IN = frozenset({"en", "fr", "es", "pt"})
"""Languages in which topics and activities have names; other titles are in English."""


def find_title(
    letter: Letter, language: str | None, found: Sequence[ProposedField]
) -> tuple[str, Piece, float] | None:
    """Return a title of at most `MOST_LETTERS`, the place that backs it, and how sure it is.

    Parameters
    ----------
    letter : taken apart
    language : ISO 639-1 of the letter
    found : what else was read in it; topic, activity, countries and body make up a title where
        the letter has no subject line
    """
    if letter.subject is not None and letter.subject.text:
        return shortened(letter.subject.text), letter.subject, 0.95
    asking = next((one for one in letter.body if ASKS.search(plain(one.text))), None)
    composed = _composed(found, language if language in _COMPOSED_IN else "en")
    if asking is None or composed is None:
        return (shortened(asking.text), asking, 0.4) if asking is not None else None
    return shortened(composed), asking, 0.6


def _composed(found: Sequence[ProposedField], locale: str | None) -> str | None:
    values: dict[str, list[str]] = {}
    for one in sorted(found, key=lambda one: -one.confidence):
        value = one.value[0] if isinstance(one.value, tuple) else one.value
        values.setdefault(one.field, []).append(str(value))
    spoken = locale or "en"
    if values.get("topics"):
        about = topics.label(values["topics"][0], spoken)
    else:
        about = next(
            (
                activities.label(value[0], spoken)
                for one in found
                if one.field == "activities" and isinstance(value := one.value, tuple)
            ),
            "",
        )
    named = [countries.name_of(code, spoken) for code in values.get("countries", [])]
    whom = ", ".join(named or values.get("regional_body", []) or values.get("authority", []))
    return f"{about}: {whom}" if about and whom else about or None


def shortened(words: str) -> str:
    """Return words on one line, cut between two words where they are too many."""
    line = " ".join(words.split())
    if len(line) <= MOST_LETTERS:
        return line
    head = line[: MOST_LETTERS - 1]
    return head[: head.rfind(" ") if " " in head[40:] else None].rstrip(" ,;:.-–(") + "…"
