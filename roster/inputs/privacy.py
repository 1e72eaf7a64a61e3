"""What a facility says about data protection: who answers, under which law, for how long.

Nothing here has a value of its own: what nobody said is missing, and is shown as missing.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, model_validator

from roster.inputs.base import CountryCode, Input, Line
from roster.vocabulary import Basis, Kept, Purpose, Regime

KeptDays = Annotated[int, Field(ge=1, le=36_500)]
ORIGINAL_DAYS = 90
"""After which an original goes that was confirmed, where the facility says nothing else."""
MOST_NAMED = 50
"""Controllers, processors or recipients of one facility."""
WARN_DAYS = 30
"""Told so many days before a record goes, unless the facility says otherwise."""


_NAMED = {"2018/1725": Regime.EUDPR, "2016/679": Regime.GDPR, "GDPR": Regime.GDPR}
_NOT_SAID = "to be named"
"""How a law began that nobody had named yet."""


def _law_in(written: str, said: dict[str, Any]) -> dict[str, Any]:
    """Return the law as it was once written in words."""
    if not written.strip() or written.startswith(_NOT_SAID) or said.keys() & {"regime", "law"}:
        return {}
    named = next((regime for words, regime in _NAMED.items() if words in written), None)
    return {"regime": named} if named else {"law": written}


class Controller(Input):
    """Who answers for the data, alone or with others."""

    name: Line
    contact: Line | None = Field(default=None, description="Where to write")
    part: Line | None = Field(default=None, description="What it answers for, where several do")


class Recipient(Input):
    """Who outside gets data on people, and where."""

    name: Line
    country: CountryCode | None = None
    safeguard: Line | None = Field(
        default=None, description="Why data may go to a country outside the Union"
    )


class PrivacyRules(Input):
    """What a facility says about data protection; None and empty: not said yet."""

    regime: Regime | None = None
    law: Line | None = Field(
        default=None, description="Name of the law, where it is none of the EU"
    )
    controllers: Annotated[tuple[Controller, ...], Field(max_length=MOST_NAMED)] = ()
    processors: Annotated[tuple[Recipient, ...], Field(max_length=MOST_NAMED)] = ()
    recipients: Annotated[tuple[Recipient, ...], Field(max_length=MOST_NAMED)] = ()
    contact: Line | None = Field(default=None, description="Data protection officer or contact")
    authority: Line | None = Field(default=None, description="Where a person may complain")
    bases: dict[Purpose, Basis] = Field(default_factory=dict)
    retention: dict[Kept, KeptDays] = Field(
        default_factory=dict, description="Days by class; a class left out has no end set"
    )
    warn_days: KeptDays | None = Field(
        default=None, description=f"Warned so many days before; None: {WARN_DAYS}"
    )

    @model_validator(mode="before")
    @classmethod
    def _as_once_written(cls, given: Any) -> Any:
        """Read what installations wrote before these rules were checked; blank says nothing."""
        if not isinstance(given, dict):
            return given
        said = {
            name: value
            for name, value in given.items()
            if not (isinstance(value, str) and not value.strip())
        }
        # An answer that was read says it; it is worked out anew.
        said.pop("missing", None)
        controller = said.pop("controller", None)
        if controller and not said.get("controllers"):
            said["controllers"] = [{"name": controller}]
        said |= _law_in(str(said.pop("regulation", "")), said)
        held = said.get("retention")
        if isinstance(held, dict) and "original_days" in held:
            rest = {name: days for name, days in held.items() if name != "original_days"}
            said["retention"] = {Kept.ORIGINALS.value: held["original_days"], **rest}
        return said

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of what the law asks a facility to say and it has not said."""
        found = [
            name
            for name in ("regime", "controllers", "contact", "authority")
            if not getattr(self, name)
        ]
        if self.regime in {Regime.ORGANISATION, Regime.NATIONAL} and not self.law:
            found.append("law")
        found += [f"bases.{one.value}" for one in Purpose if one not in self.bases]
        found += [f"retention.{one.value}" for one in Kept if one not in self.retention]
        return tuple(found)
