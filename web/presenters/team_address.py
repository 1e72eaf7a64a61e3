"""The address of the team board, or its form, read: every mistake told at its field."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from pydantic import ValidationError

from roster.errors import FieldError, InvalidInput
from roster.inputs import TeamInput
from roster.vocabulary import TeamMode
from web.presenters.ranking_query import NAMES_HIDDEN
from web.presenters.team_query import (
    OPEN,
    TeamQuery,
    need_from,
    people_from,
    seat_from,
    size_of,
)
from web.tongues import Tongue
from web.validation import field_errors

Said = Mapping[str, tuple[str, ...]]
"""Field → values, as a browser sends them."""

MOST_SEATS = 12
_NUMBERS = {
    "per_country": "most_per_country",
    "per_office": "most_per_administration",
    "year_days": "most_days_a_year",
    "year_times": "most_deployments_a_year",
    "newcomers": "least_newcomers",
    "returning": "least_returning",
    "size": "size",
    "starts": "starts",
    "ends": "ends",
}
_LISTS = {"out": "forced_out", "conflict": "conflicts", "asked": "asked_of"}
_FIELD_OF = {field: name for name, field in {**_NUMBERS, **_LISTS, "in": "forced_in"}.items()}


def composes(said: Said) -> bool:
    """Whether rules are given: then a team is composed."""
    return any(said.get(name) for name in ("mode", "expert", "seat", "at"))


def query_from(said: Said, request_id: UUID, run: int, mode: TeamMode, tongue: Tongue) -> TeamQuery:
    """Return the state of the board; what is not said follows from the request.

    Raises
    ------
    InvalidInput
        A value cannot be; each at its field.
    """
    team = team_from(said, mode, tongue)
    at = _read("at", said, tongue)
    if at and len(at) != size_of(team):
        at = ()
    return TeamQuery(
        request_id=request_id,
        run=run,
        team=team,
        at=at,
        was=said.get("was", ())[-10:] if at else (),
        proposal=_number(said, "proposal", 2) or 0,
        way=_number(said, "way", 20),
        why=_person(said, "why"),
        hide_names=(NAMES_HIDDEN[0], one_of(said, NAMES_HIDDEN[0])) == NAMES_HIDDEN,
    )


def team_from(said: Said, mode: TeamMode, tongue: Tongue) -> TeamInput:
    """Return the rules that an address or a form says.

    Raises
    ------
    InvalidInput
    """
    given: dict[str, object] = {"mode": one_of(said, "mode") or mode}
    for name, field in _NUMBERS.items():
        if one_of(said, name):
            given[field] = one_of(said, name)
    if one_of(said, "officials"):
        given["least_practitioners"] = _share(one_of(said, "officials"), tongue)
    for name, field in _LISTS.items():
        given[field] = tuple(dict.fromkeys(said.get(name, ())))
    given["interpreted"] = said.get("interpreted", ())
    given["forced_in"] = tuple(dict.fromkeys((*said.get("in", ()), *said.get("expert", ()))))
    for name in ("together", "apart"):
        given[name] = [group.split(".") for group in said.get(name, ()) if group]
    given["seats"] = _seats(said, tongue)
    languages = said.get("language", ())
    if languages:
        given["languages"] = _needs(languages, tongue)
    try:
        team = TeamInput.model_validate(given)
    except ValidationError as refused:
        raise InvalidInput(
            tongue.word("These rules cannot be read."),
            errors=tuple(_named(error) for error in field_errors(refused, tongue)),
        ) from None
    # Those selected in the ranking all have a seat, where the seats follow from the mode.
    most = max(team.size, min(len(team.forced_in), 8))
    return team if team.seats else team.model_copy(update={"size": most})


def _named(error: FieldError) -> FieldError:
    steps = error.pointer.strip("/").split("/")
    return FieldError("/" + "/".join((_FIELD_OF.get(steps[0], steps[0]), *steps[1:])), error.detail)


def one_of(said: Said, name: str) -> str:
    """Return the first value of a field, empty where it is not said."""
    values = said.get(name, ())
    return values[0].strip() if values else ""


def _share(said: str, tongue: Tongue) -> float:
    try:
        share = float(said.replace(",", ".")) / 100
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise InvalidInput(
            tongue.word("These rules cannot be read."),
            errors=(FieldError("/officials", tongue.word("Give a number from 0 to 100.")),),
        )
    return share


def _seats(said: Said, tongue: Tongue) -> tuple[object, ...]:
    codes = said.get("seat", ())
    if len(codes) > MOST_SEATS:
        words = tongue.word("A team has %(most)s seats at most.", most=MOST_SEATS)
        raise InvalidInput(words, errors=(FieldError("/seats", words),))
    try:
        return tuple(seat_from(code) for code in codes)
    except ValueError:
        raise _unread("/seats", tongue) from None


def _needs(codes: tuple[str, ...], tongue: Tongue) -> tuple[object, ...]:
    try:
        return tuple(need_from(code) for code in codes if code != OPEN)
    except ValueError:
        raise _unread("/language", tongue) from None


def _read(name: str, said: Said, tongue: Tongue) -> tuple[UUID | None, ...]:
    try:
        return people_from(said.get(name, ()))
    except ValueError:
        raise _unread(f"/{name}", tongue) from None


def _unread(pointer: str, tongue: Tongue) -> InvalidInput:
    words = tongue.word("This address was changed: compose the team again.")
    return InvalidInput(words, errors=(FieldError(pointer, words),))


def _number(said: Said, name: str, most: int) -> int | None:
    value = one_of(said, name)
    return min(int(value), most) if value.isdecimal() else None


def _person(said: Said, name: str) -> UUID | None:
    try:
        return UUID(one_of(said, name))
    except ValueError:
        return None
