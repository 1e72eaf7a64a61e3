"""The board of a team as its address, its form and its buttons say it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from uuid import UUID

from roster.errors import InvalidInput
from roster.queries.experts import ExpertFilter, list_experts
from roster.queries.names import names_shown
from roster.queries.rankings import get_ranking, outline_of
from roster.read import ExpertRow, Names, Paging, RequestDetail, Standing, TeamRules
from roster.team_rules import laid_over, rules_from
from roster.vocabulary import TeamMode
from web.access import Reader
from web.presenters.ranking_query import NAMES_HIDDEN
from web.presenters.team_address import Said, one_of, query_from
from web.presenters.team_form import read_form
from web.presenters.team_query import OPEN, TeamQuery, people_from, seat_input, size_of, unique
from web.views.rankings import run_of

_MOST_NAMESAKES = 5
_NUMBER = re.compile(r"\d{1,7}")


def said_in(reader: Reader) -> dict[str, tuple[str, ...]]:
    """Return what the address says."""
    typed: dict[str, tuple[str, ...]] = {}
    for name, value in reader.request.query_params.multi_items():
        typed[name] = (*typed.get(name, ()), value)
    return typed


def query_of(reader: Reader, found: RequestDetail, said: Said) -> TeamQuery:
    """Return the state of the board that is said.

    Raises
    ------
    InvalidInput, NotFound
    """
    number = one_of(said, "run")
    run = run_of(found.rankings, int(number) if number.isdecimal() else None).number
    mode = found.mode or TeamMode.PEER_TO_PEER
    return query_from(said, found.row.id, run, mode, reader.tongue)


def start_of(found: RequestDetail, said: Said, reader: Reader) -> TeamQuery:
    """Return the rules that a board starts with: those of the request's mode."""
    run = {name: values for name, values in said.items() if name in {"run", NAMES_HIDDEN[0]}}
    return query_of(reader, found, run)


def people_in(said: Said, name: str) -> tuple[UUID | None, ...]:
    """Return who sits where, as a field says.

    Raises
    ------
    InvalidInput
    """
    try:
        return people_from(said.get(name, ()))
    except ValueError:
        raise InvalidInput("This team was changed on its way: compose it again.") from None


def rules_of(reader: Reader, found: RequestDetail, query: TeamQuery) -> TeamRules:
    """Return the rules of a query over those of its mode.

    Raises
    ------
    InvalidInput
        They contradict each other.
    """
    run = run_of(found.rankings, query.run)
    stored = get_ranking(reader.session, reader.actor, run.id)
    return rules_from(query.team, stored.ranking, reader.installation.composer)


def edited(reader: Reader, found: RequestDetail, typed: Said) -> TeamQuery:
    """Return the board by the rules of a form, with one more person asked for if one is named."""
    plain = query_of(
        reader,
        found,
        {
            name: values
            for name, values in typed.items()
            if name in {"run", "mode", "size", NAMES_HIDDEN[0]}
        },
    )
    defaults = [seat_input(seat) for seat in _defaults(reader, found, plain, typed).seats]
    query = query_of(reader, found, read_form(typed, defaults, reader.tongue))
    name, wish = one_of(typed, "who"), one_of(typed, "wish")
    if not name:
        return query
    person = person_named(reader, found, query, name)
    fields = {"in": "forced_in", "out": "forced_out", "conflict": "conflicts"}
    if wish in fields:
        now = getattr(query.team, fields[wish])
        return query.with_rules(**{fields[wish]: unique([*now, person])})
    if wish not in {"together", "apart"}:
        return query
    other = person_named(reader, found, query, one_of(typed, "whom"))
    if other == person:
        raise InvalidInput(reader.tongue.word("A pair needs two people."))
    pair = (person, other)
    return query.with_rules(**{wish: (*getattr(query.team, wish), pair)})


def _defaults(reader: Reader, found: RequestDetail, query: TeamQuery, typed: Said) -> TeamRules:
    seats = sum(name.startswith("seat_") and name.endswith("_role") for name in typed)
    composer = reader.installation.composer
    least = 2 if query.team.mode is TeamMode.TRIANGULAR else 1
    size = min(max(seats or query.team.size, least), 12)
    return composer.default_rules(query.team.mode, found.need, size)


def names_of(reader: Reader, query: TeamQuery) -> Names:
    """Return whose names the lists of the request show to the reader."""
    return names_shown(reader.session, reader.actor, query.request_id, hide=query.hide_names)


def unnamed_among(
    reader: Reader, found: RequestDetail, query: TeamQuery, names: Names, ids: Collection[UUID]
) -> dict[UUID, int | None]:
    """Return who of these is shown without a name, with the number in the list."""
    hidden = [one for one in ids if names.hides(one)]
    numbers = names.numbers(_standings(reader, found, query)) if hidden else {}
    return {one: numbers.get(one) for one in hidden}


def _standings(reader: Reader, found: RequestDetail, query: TeamQuery) -> Sequence[Standing]:
    run = run_of(found.rankings, query.run)
    return outline_of(reader.session, reader.actor, run.id).standings


def person_named(reader: Reader, found: RequestDetail, query: TeamQuery, name: str) -> UUID:
    """Find whom a name means; in a list without names, whom its number.

    Raises
    ------
    InvalidInput
        Nobody, or several people.
    """
    if names_of(reader, query).hidden:
        return _person_at(reader, _standings(reader, found, query), name)
    return _person_called(reader, name).id


def _person_at(reader: Reader, listed: Sequence[Standing], name: str) -> UUID:
    """Return whom "7" or "Person 7 of this list" means: a name would tell whose number it is."""
    digits = _NUMBER.findall(name)
    number = int(digits[0]) if len(digits) == 1 else 0
    if not 0 < number <= len(listed):
        raise InvalidInput(
            reader.tongue.word(
                "Nobody in this list has that number. Names are kept back: give a number."
            )
        )
    return listed[number - 1].expert_id


def _person_called(reader: Reader, name: str) -> ExpertRow:
    tongue = reader.tongue
    if not name:
        raise InvalidInput(tongue.word("Say the name of a person."))
    found = list_experts(
        reader.session, reader.actor, ExpertFilter(name=name), Paging(1, _MOST_NAMESAKES)
    )
    if not found.items:
        raise InvalidInput(tongue.word("Nobody of this name is on the roster that you see."))
    exact = [one for one in found.items if one.display_name.casefold() == name.casefold()]
    if len(found.items) > 1 and len(exact) != 1:
        names = tongue.listed([one.display_name for one in found.items])
        raise InvalidInput(tongue.word("Several people: %(names)s. Whom?", names=names))
    return exact[0] if exact else found.items[0]


def moved(reader: Reader, found: RequestDetail, query: TeamQuery, said: Said) -> TeamQuery:
    """Return the board after one move; what is no move leaves it as it is."""
    what, _, rest = one_of(said, "do").partition(":")
    where, _, who = rest.partition(":")
    now = people_in(said, "now")
    at = int(where) if where.isdecimal() else -1
    if what == "undo":
        return query.back() or query
    if what in {"hold", "free"}:
        (person,) = people_in({"who": (where,)}, "who")
        held = [one for one in query.team.forced_in if one != person]
        ids = unique([*held, person] if what == "hold" and person else held)
        return replace(query, team=query.team.model_copy(update={"forced_in": ids}))
    if not 0 <= at < len(now):
        return query
    if what == "declined":
        return query.declined(now, at, rules_of(reader, found, query).seats)
    coming = people_in({"who": (who or OPEN,)}, "who")[0] if what == "seat" else None
    return query.seated(now, at, coming) if what in {"seat", "open"} else query


def asked_rules(reader: Reader, found: RequestDetail, query: TeamQuery) -> TeamRules:
    """Return the rules to show in the form, also where they contradict each other."""
    try:
        return rules_of(reader, found, query)
    except InvalidInput:
        size = min(max(size_of(query.team), 2), 12)
        rules = reader.installation.composer.default_rules(query.team.mode, found.need, size)
        return laid_over(query.team, found.need, rules)
