"""Given teams of an outside collection, each held against the rules: acceptable, or why not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from api.collections.lines import Line, object_of, raw_lines
from api.collections.modes import Mode, given_mode
from api.collections.ruled_out import is_named, names_ruled_out
from api.collections.teams import Asked, Members, rules_for
from matching.teams.checking import Finding, Verdict, check_team, mode_of_team
from roster.errors import InvalidInput
from roster.read import ExpertView
from roster.vocabulary import TeamMode

Row = dict[str, object]
_NAMES_OF_REQUEST = ("request", "request_id")
_NAMES_OF_TEAM = ("experts", "expert_ids", "team", "members")


class Nearness(Protocol):
    """Tells who comes near to a letter in meaning."""

    def is_near(self, asked: Asked, keys: Collection[str]) -> bool:
        """Whether one of some people is among the nearest to the letter of a request."""


@dataclass(frozen=True)
class Checked:
    """The answer to one line."""

    row: Row
    """As it is printed."""
    was_read: bool
    """False: the line could not be read, and the row says why."""


def check_lines(
    path: Path,
    members: Members,
    asked: Mapping[str, Asked],
    today: date,
    mode: TeamMode | None,
    nearness: Nearness | None = None,
) -> Iterator[Checked]:
    """Check each line of a file of teams; a line that cannot be read does not stop the others.

    Parameters
    ----------
    mode : holds for lines and requests that name none; None reads the letter, then the team
    nearness : tells who comes near to a letter in meaning; a topic that was only read is not surely
        missing in a team with such a member. None compares no meaning

    Raises
    ------
    roster.errors.FileRefused
        The file cannot be read.
    InvalidInput
        It has no line.
    """
    found = 0
    for number, raw in enumerate(raw_lines(path), start=1):
        if not raw.strip():
            continue
        found += 1
        try:
            line = Line(path.name, number, object_of(path.name, number, raw))
            row = _checked(line, _Background(members, asked, nearness), today, mode)
            yield Checked(row, was_read=True)
        except InvalidInput as error:
            yield Checked({"line": number, "ok": None, "error": error.detail}, was_read=False)
    if not found:
        raise InvalidInput(
            f'{path.name} has no line. Give one object with "request" and "experts" each.'
        )


@dataclass(frozen=True, slots=True)
class _Background:
    """The collection that teams are of."""

    members: Members
    requests: Mapping[str, Asked]
    nearness: Nearness | None


def _checked(line: Line, held: _Background, today: date, mode: TeamMode | None) -> Row:
    members = held.members
    request, keys = _key(line, *_NAMES_OF_REQUEST), _team(line)
    row: Row = {"request_id": request, "experts": keys}
    if line.fields.get("id") is not None:
        row = {"id": line.key(), **row}
    asked = held.requests.get(request)
    given = given_mode(line)
    if asked is None:
        words = f"The request {request} is not in the collection."
        return {**row, "ok": False, **_told([Finding("unknown_request", words)], [])}
    missing = [
        Finding("unknown_expert", f"{key} is not in the collection.")
        for key in dict.fromkeys(keys)
        if key not in members.views
    ]
    present = [key for key in keys if key in members.views]
    views = [asked.as_bound(members.views[key]) for key in present]
    day = asked.need.starts or today
    chosen = _mode(given, asked.mode, mode)
    which = chosen.mode or mode_of_team(views, asked.need.countries, day)
    least = 2 if which is TeamMode.TRIANGULAR else 1
    rules = rules_for(asked, which, max(least, asked.size or least))
    verdict = _without_topics_read(
        check_team(views, present, asked.need, rules, today), asked, present, held.nearness
    )
    broken = [
        *missing,
        *_ruled_out(asked, views, present),
        *(one for one in verdict.broken if not (missing and one.code == "size")),
    ]
    return {
        **row,
        "mode": which.value,
        "mode_from": chosen.told_by if chosen.mode else "team",
        "ok": not broken,
        **_told(broken, verdict.unknown),
    }


def _ruled_out(asked: Asked, views: Sequence[ExpertView], keys: Sequence[str]) -> Iterator[Finding]:
    """Yield the members whose CVs name a firm or body whose people the letter does not want."""
    for name in names_ruled_out(asked.need.text):
        for view, key in zip(views, keys, strict=True):
            if is_named(name, view.text):
                yield Finding("conflict", f"{key}: the letter rules out who works for {name}.")


def _without_topics_read(
    verdict: Verdict, asked: Asked, keys: list[str], nearness: Nearness | None
) -> Verdict:
    """Return a verdict in which a topic that meaning finds and no list of words is unknown."""
    missed = [one for one in verdict.broken if one.code == "topic"]
    if not missed or nearness is None or not asked.is_topic_read:
        return verdict
    if not nearness.is_near(asked, keys):
        return verdict
    broken = tuple(one for one in verdict.broken if one not in missed)
    words = "No list of words shows it, but a member comes near to the letter in meaning."
    asks = tuple(Finding("topic", f"{one.words} {words}") for one in missed)
    return Verdict(broken, (*verdict.unknown, *asks))


def _mode(given: TeamMode | None, asked: Mode, option: TeamMode | None) -> Mode:
    """Return the mode of a line, else of its request, else of the option, else of its letter."""
    if given is not None:
        return Mode(given, "given")
    if asked.told_by == "given" or option is None:
        return asked
    return Mode(option, "option")


def _told(broken: list[Finding], unknown: tuple[Finding, ...] | list[Finding]) -> Row:
    return {
        "broken": [{"code": one.code, "words": one.words} for one in broken],
        "unknown": [{"code": one.code, "words": one.words} for one in unknown],
    }


def _key(line: Line, *names: str) -> str:
    given = next((line.fields[name] for name in names if line.fields.get(name) is not None), None)
    if isinstance(given, bool) or not isinstance(given, str | int) or not str(given).strip():
        raise line.wrong(names[0], "Give the id of the request, as text or as a whole number.")
    return str(given)


def _team(line: Line) -> list[str]:
    """Return the ids of the members, as text, number or object with an id."""
    name = next((one for one in _NAMES_OF_TEAM if line.fields.get(one) is not None), "experts")
    given = line.fields.get(name)
    if not isinstance(given, list):
        raise line.wrong(name, "Give the ids of the experts as a list.")
    keys = []
    for at, item in enumerate(given):
        one = (
            next((item[k] for k in ("id", "expert", "expert_id") if k in item), None)
            if (isinstance(item, dict))
            else item
        )
        if isinstance(one, bool) or not isinstance(one, str | int) or not str(one).strip():
            raise line.wrong(f"{name}/{at}", "Give the id of an expert, as text or as a number.")
        keys.append(str(one))
    return keys
