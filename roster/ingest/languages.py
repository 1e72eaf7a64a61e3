"""Which language a text is written in."""

from __future__ import annotations

from functools import cache

import py3langid.langid

SAMPLE = 20_000


@cache
def _identifier(languages: tuple[str, ...]) -> py3langid.langid.LanguageIdentifier:
    made = py3langid.langid.LanguageIdentifier.from_model_file(
        py3langid.langid.MODEL_FILE, norm_probs=True
    )
    if languages:
        made.set_languages(list(languages))
    return made


def likeliest_language(
    text: str, among: tuple[str, ...] = (), least_probability: float = 0.8
) -> str | None:
    """Return the ISO 639-1 code of the greater part of a text; None where it is not clear.

    Parameters
    ----------
    text : some words of it
    among : codes to choose from; empty is all that are known
    least_probability : from 0 to 1
    """
    code, probability = _identifier(among).classify(text[:SAMPLE])
    return str(code) if probability >= least_probability else None
