"""Terms of open lists, checked where they are handed in: countries, languages, topics, bodies."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rapidfuzz import process

from roster.errors import FieldError, InvalidInput, UnknownTerm
from roster.inputs import NewRequest
from roster.reference import bodies, countries, languages, topics


def check_terms(given: NewRequest) -> None:
    """Refuse a request that names a country, language, topic or body nobody knows.

    Raises
    ------
    UnknownTerm
        With one error per term, and the nearest known one where there is one.
    """
    known_topics = [topic.code for topic in topics.topics()]
    known_bodies = [body.id for body in bodies.bodies()]
    errors = [
        *_unknown("/countries", given.countries, countries.is_country, (), "country"),
        *_unknown("/topics", given.topics, known_topics.__contains__, known_topics, "topic"),
        *_unknown(
            "/languages",
            [need.language for need in given.languages],
            languages.is_language,
            (),
            "language",
        ),
    ]
    if given.regional_body and given.regional_body not in known_bodies:
        errors += [_error("/regional_body", given.regional_body, known_bodies, "regional body")]
    if errors:
        raise UnknownTerm("Some terms are not in the lists of the roster.", errors=tuple(errors))


def _unknown(
    pointer: str,
    terms: Iterable[str],
    is_known: Callable[[str], bool],
    known: Iterable[str],
    noun: str,
) -> list[FieldError]:
    return [
        _error(f"{pointer}/{number}", term, list(known), noun)
        for number, term in enumerate(terms)
        if not is_known(term)
    ]


def _error(pointer: str, term: str, known: list[str], noun: str) -> FieldError:
    hint = {
        "country": "Give the two letters of ISO 3166-1, for example CI for Côte d’Ivoire.",
        "language": "Give the code of ISO 639, for example fr for French.",
    }.get(noun, "")
    nearest = process.extractOne(term, known, score_cutoff=60) if known else None
    if nearest:
        hint = f"Did you mean {nearest[0]}?"
    return FieldError(pointer, f"The {noun} “{term}” is not known. {hint}".strip())


def require_any(given: NewRequest) -> None:
    """Refuse a request about which nothing is said that people could be ranked by.

    Raises
    ------
    InvalidInput
    """
    if not (given.topics or given.activities or given.text.strip()):
        raise InvalidInput(
            "The request says too little: name a topic or a type of activity, or paste the letter.",
            errors=(
                FieldError("/topics", "Name at least one topic, or one type of activity below."),
                FieldError("/text", "Or paste the letter here: it is read for topics."),
            ),
        )
