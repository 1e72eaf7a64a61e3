"""Which language a text is written in."""

from __future__ import annotations

from functools import cache

import py3langid.langid

SAMPLE = 20_000


@cache
def identifier(among: tuple[str, ...]) -> py3langid.langid.LanguageIdentifier:
    """Return what tells these languages apart; its model unpacks through a file."""
    made = py3langid.langid.LanguageIdentifier.from_model_file(
        py3langid.langid.MODEL_FILE, norm_probs=True
    )
    made.set_languages(list(among))
    return made


def likeliest_language(
    text: str, among: tuple[str, ...], least_probability: float = 0.8
) -> str | None:
    """Return the ISO 639-1 code of the greater part of a text; None where it is not clear.

    Parameters
    ----------
    text : some words of it
    among : codes to choose from
    least_probability : from 0 to 1
    """
    code, probability = identifier(among).classify(text[:SAMPLE])
    return str(code) if probability >= least_probability else None
