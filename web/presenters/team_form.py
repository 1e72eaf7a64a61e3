"""The form of a team's rules, read: fields become the address of the board."""

from __future__ import annotations

from collections.abc import Sequence

from roster.errors import FieldError, InvalidInput
from roster.inputs import LanguageInput, SeatInput
from roster.vocabulary import LanguageLevel, SeatRole
from web.presenters.request_form import language_named
from web.presenters.team_address import MOST_SEATS, Said, one_of
from web.presenters.team_query import OPEN, need_code, seat_code
from web.tongues import Tongue

_TEAM_LANGUAGES = 6


def read_form(
    typed: Said, defaults: Sequence[SeatInput], tongue: Tongue
) -> dict[str, tuple[str, ...]]:
    """Return the address that a form of the rules means.

    Seats that are just those of the mode are not named, so that they follow from it.

    Parameters
    ----------
    defaults : the seats of the mode chosen, as many as there are

    Raises
    ------
    InvalidInput
        A language is not known, or too many seats are asked for.
    """
    do = one_of(typed, "do")
    plain = {"who", "whom", "wish", "do", "mode_was", "was_size"}
    said = {
        name: values
        for name, values in typed.items()
        if name not in plain and not name.startswith(("seat_", "language_", "level_", "who_"))
    }
    changed_mode = one_of(typed, "mode") != one_of(typed, "mode_was")
    size, was_size = one_of(typed, "size"), one_of(typed, "was_size")
    anew = changed_mode or (bool(size) and size != was_size)
    seats = [] if anew else _moved(_seats_in(typed, tongue), do, tongue)
    if seats and seats != list(defaults):
        said["seat"] = tuple(map(seat_code, seats))
    if seats or not size:
        said["size"] = (str(min(len(seats), 8)) if seats else was_size,)
    if anew or str(len(seats)) != was_size:
        for name in ("at", "was", "way", "proposal"):
            said.pop(name, None)
    if changed_mode:
        said.pop("officials", None)
    said |= _spoken(typed, tongue)
    return said


def _seats_in(typed: Said, tongue: Tongue) -> list[SeatInput]:
    found: list[SeatInput] = []
    while one_of(typed, f"seat_{len(found)}_role"):
        name = f"seat_{len(found)}"
        days = one_of(typed, f"{name}_days")
        found.append(
            SeatInput.model_validate(
                {
                    "role": one_of(typed, f"{name}_role"),
                    "topics": typed.get(f"{name}_topics", ()),
                    "activities": typed.get(f"{name}_activities", ()),
                    "kinds": typed.get(f"{name}_kinds", ()),
                    "days": days or None,
                    "languages": _needs_in(typed, f"{name}_language_", f"{name}_level_", tongue),
                    "one_language": bool(one_of(typed, f"{name}_one")),
                    "keeper": one_of(typed, f"{name}_keeper") or None,
                }
            )
        )
    return found


def _needs_in(typed: Said, language: str, level: str, tongue: Tongue) -> list[LanguageInput]:
    found = []
    for number in range(_TEAM_LANGUAGES):
        code = _code(typed, f"{language}{number}", tongue)
        if code:
            minimum = LanguageLevel(one_of(typed, f"{level}{number}") or LanguageLevel.B2.value)
            found.append(LanguageInput(language=code, minimum=minimum))
    return found


def _code(typed: Said, name: str, tongue: Tongue) -> str:
    said = one_of(typed, name)
    if not said:
        return ""
    code = language_named(said, tongue)
    if code is None:
        words = tongue.word("The language “%(said)s” is not known.", said=said)
        raise InvalidInput(words, errors=(FieldError(f"/{name}", words),))
    return code


def _spoken(typed: Said, tongue: Tongue) -> dict[str, tuple[str, ...]]:
    """Return the working languages of the team and those left to interpreters."""
    needs, left = [], []
    for number in range(_TEAM_LANGUAGES):
        code, who = _code(typed, f"language_{number}", tongue), one_of(typed, f"who_{number}")
        if not code:
            continue
        if who == "none":
            left.append(code)
            continue
        level = LanguageLevel(one_of(typed, f"level_{number}") or LanguageLevel.B2.value)
        need = LanguageInput(language=code, minimum=level, everyone=who != "one")
        needs.append(need_code(need))
    return {"language": tuple(needs) or (OPEN,), "interpreted": tuple(left)}


def _moved(seats: list[SeatInput], do: str, tongue: Tongue) -> list[SeatInput]:
    """Return the seats with one added, taken away or in another place."""
    what, _, where = do.partition(":")
    at = int(where) if where.isdecimal() else -1
    if what == "add":
        if len(seats) >= MOST_SEATS:
            words = tongue.word("A team has %(most)s seats at most.", most=MOST_SEATS)
            raise InvalidInput(words, errors=(FieldError("/seats", words),))
        kinds = seats[-1].kinds if seats else ()
        return [*seats, SeatInput(role=SeatRole.THEMATIC_EXPERT, kinds=kinds)]
    if not 0 <= at < len(seats):
        return seats
    if what == "remove" and len(seats) > 1:
        return seats[:at] + seats[at + 1 :]
    to = {"up": at - 1, "down": at + 1}.get(what, at)
    if 0 <= to < len(seats):
        seats[at], seats[to] = seats[to], seats[at]
    return seats
