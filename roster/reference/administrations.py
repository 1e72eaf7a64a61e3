"""Tells from an employer's name what kind of body it is, and what kind of expert works there."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TypeVar, cast

from roster.reference.bodies import is_eu
from roster.reference.loading import load
from roster.reference.scanning import Case, Gazetteer
from roster.vocabulary import AdministrationKind, ExpertKind

K = TypeVar("K")

_ACRONYM = "!"
_NARROW_FIRST = (
    AdministrationKind.REGIONAL_BODY,
    AdministrationKind.BORDER_POLICE,
    AdministrationKind.IMMIGRATION_ASYLUM,
    AdministrationKind.STATISTICS,
    AdministrationKind.CIVIL_REGISTRY,
    AdministrationKind.EMPLOYMENT_SERVICE,
    AdministrationKind.DIASPORA,
    AdministrationKind.HUMAN_RIGHTS,
    AdministrationKind.CUSTOMS,
    AdministrationKind.PARLIAMENT,
)
_EMPLOYER_ORDER = (
    ExpertKind.INTERNATIONAL_ORGANISATION,
    ExpertKind.DIASPORA,
    ExpertKind.ACADEMIA,
    ExpertKind.NGO,
    ExpertKind.PRIVATE_CONSULTANT,
)
_PUBLIC = "public"
_SCHOOLS = frozenset({"college", "colleges", "hochschule", "fachhochschule"})
_UNIFORMED = frozenset(
    {AdministrationKind.BORDER_POLICE, AdministrationKind.POLICE, AdministrationKind.CUSTOMS}
)
_VERBS = frozenset({"s-a"})
"""Words that fold to the form of a firm: in Romanian, "s-a" says what somebody did."""


def kind_of(employer_name: str, language: str | None = None) -> AdministrationKind | None:
    """Return the discipline of a public body by its name.

    Parameters
    ----------
    employer_name : as printed, with or without the department
    language : kept for callers that know it; names mix languages, so all patterns count

    Returns
    -------
    kind : None where the name says none, or the body is no administration (a university, an NGO,
        a firm); an international organisation has none either, a regional body has its own
        Of several, the narrower wins: the border police of a ministry of the interior is
        `BORDER_POLICE`. A public body of no listed discipline is `OTHER`.
    """
    del language
    kinds = [one.key for one in _kinds().find(employer_name)]
    employers = _employer_kinds(employer_name)
    if AdministrationKind.REGIONAL_BODY in kinds:
        return AdministrationKind.REGIONAL_BODY
    if employers and not (
        kinds and (_is_office(employers) or _is_own_school(employer_name, kinds))
    ):
        return None
    for kind in _NARROW_FIRST:
        if kind in kinds:
            return kind
    if kinds:
        return kinds[0]
    return AdministrationKind.OTHER if _is_public(employer_name) else None


def employer_kind(name: str, country: str | None, on: date | None) -> ExpertKind | None:
    """Return what kind of expert somebody employed there is.

    Parameters
    ----------
    name : the employer as printed; "freelance consultant" and the like count
    country : ISO 3166-1 alpha-2 of the employer, or None where it is not known
    on : the day that decides on membership of the European Union, or None where it is not known;
        an administration of a country is then of the EU or not only if that never changed

    Returns
    -------
    kind : None where name, country and day do not tell
    """
    kinds = _employer_kinds(name)
    if ExpertKind.INTERNATIONAL_ORGANISATION in kinds:
        return ExpertKind.INTERNATIONAL_ORGANISATION
    if ExpertKind.PRIVATE_CONSULTANT in kinds and _is_freelance(name):
        return ExpertKind.PRIVATE_CONSULTANT
    if kind_of(name) is not None:
        return _administration_of(country, on)
    return next((kind for kind in _EMPLOYER_ORDER if kind in kinds), None)


def _administration_of(country: str | None, on: date | None) -> ExpertKind | None:
    if country is None:
        return None
    if on is None:
        answers = {is_eu(country, day) for day in (date(1990, 1, 1), date(2015, 1, 1), date.max)}
        if len(answers) > 1:
            return None
        inside = answers.pop()
    else:
        inside = is_eu(country, on)
    return ExpertKind.EU_ADMINISTRATION if inside else ExpertKind.NON_EU_ADMINISTRATION


def _employer_kinds(name: str) -> list[ExpertKind]:
    return [
        ExpertKind(one.key)
        for one in _employers().find(name)
        if one.key != _PUBLIC and name[one.start : one.end] not in _VERBS
    ]


def _is_office(kinds: list[ExpertKind]) -> bool:
    """Whether words of associations and firms may stand in the name of a public body as well."""
    return not {ExpertKind.INTERNATIONAL_ORGANISATION, ExpertKind.ACADEMIA} & set(kinds) and (
        ExpertKind.PRIVATE_CONSULTANT not in kinds
    )


def _is_own_school(name: str, kinds: list[AdministrationKind]) -> bool:
    """Whether it is a school of a uniformed service, as a police college, and no university."""
    learned = {
        name[one.start : one.end].casefold()
        for one in _employers().find(name)
        if one.key != _PUBLIC
    }
    return learned <= _SCHOOLS and bool(_UNIFORMED & set(kinds))


def _is_public(name: str) -> bool:
    return any(one.key == _PUBLIC for one in _public().find(name))


def _is_freelance(name: str) -> bool:
    return bool(_freelance().find(name))


@lru_cache(maxsize=1)
def _kinds() -> Gazetteer[AdministrationKind]:
    gazetteer: Gazetteer[AdministrationKind] = Gazetteer()
    table = cast("dict[str, list[str]]", load("administrations")["kinds"])
    for kind, phrases in table.items():
        for phrase in phrases:
            _add(gazetteer, phrase, AdministrationKind(kind))
    return gazetteer


@lru_cache(maxsize=1)
def _employers() -> Gazetteer[str]:
    gazetteer: Gazetteer[str] = Gazetteer()
    table = cast("dict[str, list[str]]", load("administrations")["employers"])
    for kind, phrases in table.items():
        for phrase in phrases:
            _add(gazetteer, phrase, kind)
    return gazetteer


@lru_cache(maxsize=1)
def _public() -> Gazetteer[str]:
    gazetteer: Gazetteer[str] = Gazetteer()
    for phrase in cast("list[str]", load("administrations")["public"]):
        _add(gazetteer, phrase, _PUBLIC)
    return gazetteer


@lru_cache(maxsize=1)
def _freelance() -> Gazetteer[str]:
    gazetteer: Gazetteer[str] = Gazetteer()
    for phrase in cast("list[str]", load("administrations")["freelance"]):
        gazetteer.add(phrase, "freelance")
    return gazetteer


def _add(gazetteer: Gazetteer[K], phrase: str, key: K) -> None:
    case = Case.UPPER if phrase.endswith(_ACRONYM) else Case.ANY
    gazetteer.add(phrase.rstrip(_ACRONYM), key, case)
