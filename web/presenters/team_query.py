"""What the address of the team board says: the rules, and who sits where.

Nothing is stored before somebody keeps a team. People stand here by id, never by name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode
from uuid import UUID

from roster.inputs import LanguageInput, SeatInput, TeamInput
from roster.read import SeatNeed, TeamRules
from roster.team_rules import given_by, seat_given_by
from roster.vocabulary import LanguageLevel
from web.presenters.ranking_query import NAMES_HIDDEN

OPEN = "-"
"""Stands for nobody on a seat, and for no language at all."""
MOST_STEPS = 10
"""Steps back that the address remembers."""
_ALL, _ONE = "all", "one"


@dataclass(frozen=True, slots=True)
class TeamQuery:
    """The state of the board."""

    request_id: UUID
    run: int
    team: TeamInput
    at: tuple[UUID | None, ...] = ()
    """A team put together by hand, by seat; () is a proposal, or a way out."""
    was: tuple[str, ...] = ()
    """What stood here before each change by hand, oldest first."""
    proposal: int = 0
    way: int | None = None
    """Number of the way out that is looked at; None is a proposal."""
    why: UUID | None = None
    """Of whom it is asked why she is not in the team."""
    hide_names: bool = False
    """Whether the reader asked for a list without names."""

    def rules(self) -> list[tuple[str, str]]:
        """Return the fields that make the rules, as a form sends them."""
        names = [NAMES_HIDDEN] if self.hide_names else []
        return [("run", str(self.run)), *names, *rule_fields(self.team)]

    def fields(self, **change: object) -> tuple[tuple[str, str], ...]:
        """Return everything with something changed, as hidden fields."""
        there = replace(self, **change)  # type: ignore[arg-type]
        said = there.rules()
        said += [("at", str(one) if one else OPEN) for one in there.at]
        said += [("was", step) for step in there.was]
        if there.way is not None:
            said.append(("way", str(there.way)))
        elif there.proposal:
            said.append(("proposal", str(there.proposal)))
        if there.why is not None:
            said.append(("why", str(there.why)))
        return tuple(said)

    def href(self, **change: object) -> str:
        """Return the address with something changed."""
        return f"/requests/{self.request_id}/team?{urlencode(self.fields(**change))}"

    def with_rules(self, **change: object) -> TeamQuery:
        """Return the board by other rules; a team by hand stays where its seats do."""
        team = self.team.model_copy(update=change)
        stays = bool(self.at) and size_of(team) == size_of(self.team)
        return replace(
            self,
            team=team,
            at=self.at if stays else (),
            was=self.was if stays else (),
            proposal=0,
            way=None,
            why=None,
        )

    # --- Moves ------------------------------------------------------------------------------------

    def step(self) -> str:
        """Return what stands here, as a step to go back to."""
        if self.at:
            return ".".join(str(one) if one else OPEN for one in self.at)
        return f"w{self.way}" if self.way is not None else f"p{self.proposal}"

    def seated(self, now: Sequence[UUID | None], seat: int, coming: UUID | None) -> TeamQuery:
        """Return the board with somebody on a seat; who sits elsewhere changes places.

        Parameters
        ----------
        now : who sits where
        coming : None leaves the seat open
        """
        then = list(now)
        if coming is not None and coming in then:
            then[then.index(coming)] = then[seat]
        then[seat] = coming
        out = tuple(one for one in self.team.forced_out if one != coming)
        return replace(
            self,
            team=self.team.model_copy(update={"forced_out": out}),
            at=tuple(then),
            was=(*self.was, self.step())[-MOST_STEPS:],
            why=None,
        )

    def back(self) -> TeamQuery | None:
        """Return the board before the last change by hand; None where there was none."""
        if not self.was:
            return None
        last, was = self.was[-1], self.was[:-1]
        there = replace(self, at=(), was=was, proposal=0, way=None, why=None)
        if last[:1] in {"p", "w"} and last[1:].isdecimal():
            number = int(last[1:])
            return replace(there, **{"proposal" if last[0] == "p" else "way": number})  # type: ignore[arg-type]
        return replace(there, at=people_from(last.split(".")))

    def declined(
        self, now: Sequence[UUID | None], seat: int, seats: Sequence[SeatNeed]
    ) -> TeamQuery:
        """Return the board that finds somebody else for a seat and keeps all others on theirs."""
        gone = now[seat]
        kept = [one if number != seat else None for number, one in enumerate(now)]
        needs = tuple(
            seat_input(need, keeper=keeper) for need, keeper in zip(seats, kept, strict=True)
        )
        out = unique([*self.team.forced_out, *([gone] if gone else [])])
        held = tuple(one for one in self.team.forced_in if one != gone and one not in kept)
        change = {"seats": needs, "forced_out": out, "forced_in": held}
        return replace(
            self,
            team=self.team.model_copy(update=change),
            at=(),
            was=(),
            proposal=0,
            way=None,
            why=None,
        )

    def loosened(self, rules: TeamRules) -> TeamQuery:
        """Return the board by the rules of a way out."""
        return replace(self, team=input_of(rules), at=(), was=(), proposal=0, way=None, why=None)


def size_of(team: TeamInput) -> int:
    """Return how many seats rules have."""
    return len(team.seats) or team.size


def unique(ids: Sequence[UUID]) -> tuple[UUID, ...]:
    """Return ids once each, in order."""
    return tuple(dict.fromkeys(ids))


def people_from(said: Sequence[str]) -> tuple[UUID | None, ...]:
    """Read who sits where.

    Raises
    ------
    ValueError
        Something is no id.
    """
    return tuple(None if one == OPEN else UUID(one) for one in said)


# --- Rules as fields ------------------------------------------------------------------------------


def rule_fields(team: TeamInput) -> list[tuple[str, str]]:
    """Return rules as the fields of a form; what follows from the mode is left out."""
    share = team.least_practitioners
    single: Mapping[str, object] = {
        "mode": team.mode.value,
        "size": team.size,
        "per_country": team.most_per_country,
        "per_office": team.most_per_administration,
        "officials": None if share is None else f"{share * 100:g}",
        "year_days": team.most_days_a_year,
        "year_times": team.most_deployments_a_year,
        "newcomers": team.least_newcomers or None,
        "returning": team.least_returning or None,
        "starts": team.starts,
        "ends": team.ends,
    }
    said = [(name, str(value)) for name, value in single.items() if value is not None]
    several: Mapping[str, Sequence[object]] = {
        "in": team.forced_in,
        "out": team.forced_out,
        "conflict": team.conflicts,
        "together": [".".join(map(str, group)) for group in team.together],
        "apart": [".".join(map(str, group)) for group in team.apart],
        "asked": team.asked_of,
        "interpreted": team.interpreted,
        "seat": [seat_code(seat) for seat in team.seats],
    }
    said += [(name, str(one)) for name, values in several.items() for one in values]
    if team.languages is not None:
        said += [("language", need_code(need)) for need in team.languages] or [("language", OPEN)]
    return said


def seat_code(seat: SeatInput) -> str:
    """Return a seat in one line: "trainer~t.borders~l.fr-B2-all~d.8"."""
    parts = {
        "t": seat.topics,
        "a": tuple(one.value for one in seat.activities),
        "l": tuple(map(need_code, seat.languages)),
        "k": tuple(one.value for one in seat.kinds),
        "d": (str(seat.days),) if seat.days else (),
        "p": (str(seat.keeper),) if seat.keeper else (),
        "o": ("1",) if seat.one_language else (),
    }
    said = [".".join((name, *values)) for name, values in parts.items() if values]
    return "~".join((seat.role.value, *said))


_SEAT_FIELDS = {"t": "topics", "a": "activities", "l": "languages", "k": "kinds"}


def seat_from(code: str) -> SeatInput:
    """Read a seat.

    Raises
    ------
    ValueError
        There is no such seat.
    """
    role, *parts = code.split("~")
    given: dict[str, object] = {"role": role}
    for part in parts:
        name, *values = part.split(".")
        if name in _SEAT_FIELDS:
            given[_SEAT_FIELDS[name]] = (
                [need_from(one) for one in values] if name == "l" else values
            )
        elif name in {"d", "p"} and values:
            given["days" if name == "d" else "keeper"] = values[0]
        elif name == "o":
            given["one_language"] = True
    return SeatInput.model_validate(given)


def need_code(need: LanguageInput) -> str:
    """Return a language with its level and who has to speak it: "fr-B2-all"."""
    return f"{need.language}-{need.minimum.value}-{_ALL if need.everyone else _ONE}"


def need_from(code: str) -> LanguageInput:
    """Read a language with its level.

    Raises
    ------
    ValueError
        It is none.
    """
    language, level, who = code.split("-")
    return LanguageInput(language=language, minimum=LanguageLevel(level), everyone=who != _ONE)


# --- Rules as they were composed by ---------------------------------------------------------------


def seat_input(seat: SeatNeed, keeper: UUID | None = None) -> SeatInput:
    """Return a seat as it is asked for, with somebody who keeps it or nobody."""
    return seat_given_by(seat).model_copy(update={"counterpart": None, "keeper": keeper})


def input_of(rules: TeamRules) -> TeamInput:
    """Return rules as they would be asked for, nothing left to the mode."""
    keepers = {seat.keeper for seat in rules.seats if seat.keeper is not None}
    return given_by(rules).model_copy(
        update={
            "size": min(len(rules.seats), 8),
            "seats": tuple(seat_input(seat, seat.keeper) for seat in rules.seats),
            "forced_in": tuple(sorted(rules.forced_in - keepers)),
        }
    )
