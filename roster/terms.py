"""Terms of open lists, checked where they are handed in: countries, languages, topics, bodies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from rapidfuzz import process

from roster.errors import FieldError, InvalidInput, UnknownTerm
from roster.inputs import InterestInput, NewRequest
from roster.reference import bodies, countries, languages, regions, topics
from roster.vocabulary import FactKind

_LISTED = {
    "country": ("country", "employer_country", "countries"),
    "language": ("language",),
    "topic": ("topic",),
}
"""Parts of the values of facts that are terms of a list."""
_MAIL = re.compile(r"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$")
_YOUNGEST, _ELDEST = 15, 100


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


def check_country(code: str | None) -> None:
    """Refuse a country that nobody knows; none is fine.

    Raises
    ------
    UnknownTerm
    """
    if code is not None and not countries.is_country(code):
        error = _error("/country", code, [], "country")
        raise UnknownTerm("Some terms are not in the lists of the roster.", errors=(error,))


def check_places(given: Iterable[str], themes: Iterable[str], body: str | None) -> None:
    """Refuse countries, topics and a regional body that nobody knows, each at its field.

    Raises
    ------
    UnknownTerm
    """
    known_topics = [topic.code for topic in topics.topics()]
    known_bodies = [one.id for one in bodies.bodies()]
    errors = [
        *_unknown("/countries", given, countries.is_country, (), "country"),
        *_unknown("/topics", themes, known_topics.__contains__, known_topics, "topic"),
    ]
    if body and body not in known_bodies:
        errors += [_error("/regional_body", body, known_bodies, "regional body")]
    if errors:
        raise UnknownTerm("Some terms are not in the lists of the roster.", errors=tuple(errors))


def check_interest(given: InterestInput) -> None:
    """Refuse an interest in a topic, region or country that nobody knows.

    Raises
    ------
    UnknownTerm
    """
    known = [topic.code for topic in topics.topics()]
    places = {*regions.subregions(), *countries.codes()}
    errors = [
        *_unknown("/topics", given.topics, known.__contains__, known, "topic"),
        *_unknown("/regions", given.regions, places.__contains__, (), "country"),
    ]
    if errors:
        raise UnknownTerm("Some terms are not in the lists of the roster.", errors=tuple(errors))


def check_fact(kind: FactKind, value: Mapping[str, Any], today: date) -> None:
    """Refuse a fact, given by a person, that names what no list knows or that cannot be.

    Parameters
    ----------
    value : as JSON, in the shape of its kind
    today : whoever is on a roster was born 15 to 100 years before

    Raises
    ------
    UnknownTerm
        A country, language or topic is in no list; with the nearest known one where there is one.
    InvalidInput
        The year of birth or the e-mail address cannot be one.
    """
    errors = [
        error
        for noun, names in _LISTED.items()
        for name in names
        for error in _unlisted(f"/value/{name}", value.get(name), noun)
    ]
    if errors:
        raise UnknownTerm(errors[0].detail, errors=tuple(errors))
    if kind is FactKind.BIRTH_YEAR and not _can_be_born(value.get("year"), today):
        raise InvalidInput("Give the year of birth with four digits, for example 1979.")
    if kind is FactKind.EMAIL and not _MAIL.match(str(value.get("value", ""))):
        raise InvalidInput("Give the e-mail address in full, for example name@ministry.example.")


def _unlisted(pointer: str, value: object, noun: str) -> list[FieldError]:
    is_known, known = _known(noun)
    if isinstance(value, list):
        return _unknown(pointer, map(str, value), is_known, known, noun)
    if value is None or is_known(str(value)):
        return []
    return [_error(pointer, str(value), known, noun)]


def _known(noun: str) -> tuple[Callable[[str], bool], list[str]]:
    if noun == "topic":
        codes = [topic.code for topic in topics.topics()]
        return codes.__contains__, codes
    return (countries.is_country if noun == "country" else languages.is_language), []


def _can_be_born(year: object, today: date) -> bool:
    return isinstance(year, int) and _YOUNGEST <= today.year - year <= _ELDEST


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
