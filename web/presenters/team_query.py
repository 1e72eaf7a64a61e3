"""What the address of the team board says: the rules that a team is composed by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode
from uuid import UUID

from roster.inputs import TeamInput
from roster.vocabulary import TeamMode


@dataclass(frozen=True, slots=True)
class TeamQuery:
    """The state of the board: nothing is stored before somebody keeps a team."""

    request_id: UUID
    run: int
    mode: TeamMode = TeamMode.PEER_TO_PEER
    size: int = 3
    per_country: int | None = None
    per_office: int | None = None
    officials: float | None = None
    """Least share of officials, in percent."""
    held: tuple[UUID, ...] = ()
    """People who must be in."""
    out: tuple[UUID, ...] = ()
    proposal: int = 0
    way: int | None = None
    """Number of the way out that is looked at; None is a proposal."""
    why: str = ""

    def rules(self) -> list[tuple[str, str]]:
        """Return the fields that make the rules, as the form sends them."""
        said = [("run", str(self.run)), ("mode", self.mode.value), ("size", str(self.size))]
        numbers = (
            ("per_country", self.per_country),
            ("per_office", self.per_office),
            ("officials", f"{self.officials:g}" if self.officials is not None else None),
        )
        said += [(name, str(value)) for name, value in numbers if value is not None]
        said += [("in", str(one)) for one in self.held]
        return said + [("out", str(one)) for one in self.out]

    def href(self, **change: object) -> str:
        """Return the address with something changed."""
        there = replace(self, **change)  # type: ignore[arg-type]
        said = there.rules()
        if there.way is not None:
            said.append(("way", str(there.way)))
        elif there.proposal:
            said.append(("proposal", str(there.proposal)))
        if there.why:
            said.append(("why", there.why))
        return f"/requests/{self.request_id}/team?{urlencode(said)}"

    def values_with(self, **change: object) -> tuple[tuple[str, str], ...]:
        """Return the rules with something changed, as hidden fields."""
        return tuple(replace(self, **change).rules())  # type: ignore[arg-type]

    def seat_instead(self, coming: UUID, going: UUID) -> tuple[tuple[str, str], ...]:
        """Return the rules that put one person in place of another."""
        held = (*(one for one in self.held if one not in {going, coming}), coming)
        out = (*(one for one in self.out if one not in {going, coming}), going)
        return self.values_with(held=held, out=out)

    def given(self) -> TeamInput:
        """Return the rules as the use case takes them."""
        return TeamInput(
            mode=self.mode,
            size=self.size,
            most_per_country=self.per_country,
            most_per_administration=self.per_office,
            least_practitioners=None if self.officials is None else self.officials / 100,
            forced_in=self.held,
            forced_out=self.out,
        )


def unique(ids: Sequence[UUID]) -> tuple[UUID, ...]:
    """Return ids once each, in order."""
    return tuple(dict.fromkeys(ids))
