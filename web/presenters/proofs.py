"""Where a claim was read, for people: the source in their language, and the page."""

from __future__ import annotations

from roster.read import Evidence
from web.reason_words import clause
from web.tongues import Tongue


def source_words(tongue: Tongue, source: str) -> str:
    """Return who or what says so, as it is kept with a fact, in a language."""
    return clause(source, tongue)


def proof_words(tongue: Tongue, proof: Evidence, *, language: bool = False) -> str:
    """Return the source with its page, where it has pages.

    Parameters
    ----------
    language : name the language of the words, too, where it is known
    """
    place = [source_words(tongue, proof.source)]
    if proof.page:
        place.append(tongue.word("page %(number)s", number=tongue.number(proof.page)))
    if language and proof.language:
        place.append(tongue.language(proof.language))
    return ", ".join(place)
