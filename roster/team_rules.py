"""The rules of a team: those of its mode with what was asked laid over them, clashes named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from roster.errors import FieldError, InvalidInput
from roster.inputs import LanguageInput, SeatInput, TeamInput
from roster.ports import TeamComposer
from roster.read import LanguageNeed, Ranking, RequestView, SeatNeed, TeamRules


def rules_from(given: TeamInput, ranking: Ranking, composer: TeamComposer) -> TeamRules:
    """Return the rules of the mode with what was given laid over them.

    Raises
    ------
    InvalidInput
        What was asked contradicts itself; each clash is named at its field.
    """
    size = len(given.seats) or given.size
    rules = laid_over(
        given, ranking.request, composer.default_rules(given.mode, ranking.request, size)
    )
    clashes = [*_people_clash(given, size), *_number_clash(given, size), *_date_clash(given, rules)]
    if given.starts and given.starts < ranking.today:
        clashes.append(FieldError("/starts", "These days are over: give days to come."))
    if clashes:
        raise InvalidInput("These rules contradict each other.", errors=tuple(clashes))
    return rules


def laid_over(given: TeamInput, request: RequestView, rules: TeamRules) -> TeamRules:
    """Return the rules with everything given in place of what the mode says, clashes and all."""
    keepers = {seat.keeper for seat in given.seats if seat.keeper is not None}
    rules = _with_languages(given, request, rules)
    share = given.least_practitioners
    return replace(
        rules,
        seats=tuple(map(seat_need, given.seats)) or rules.seats,
        most_per_country=given.most_per_country or rules.most_per_country,
        most_per_administration=given.most_per_administration or rules.most_per_administration,
        least_practitioners=rules.least_practitioners if share is None else share,
        forced_in=frozenset(given.forced_in) | keepers,
        forced_out=frozenset(given.forced_out),
        conflicts=frozenset(given.conflicts),
        together=tuple(map(frozenset, given.together)),
        apart=tuple(map(frozenset, given.apart)),
        most_days_a_year=given.most_days_a_year,
        most_deployments_a_year=given.most_deployments_a_year,
        least_newcomers=given.least_newcomers,
        least_returning=given.least_returning,
        starts=given.starts or rules.starts or request.starts,
        ends=given.ends or rules.ends or request.ends,
        asked_of=frozenset(given.asked_of),
    )


def _with_languages(given: TeamInput, request: RequestView, rules: TeamRules) -> TeamRules:
    """Return the rules with the languages given; of the request's, the others are interpreted."""
    left = frozenset(given.interpreted)
    if given.languages is None:
        needs = (*rules.everyone_speaks, *rules.someone_speaks)
    else:
        needs = tuple(map(_language_need, given.languages))
        left |= {need.language for need in request.languages}
        left -= {need.language for need in needs}
    needs = tuple(need for need in needs if need.language not in left)
    return replace(
        rules,
        everyone_speaks=tuple(need for need in needs if need.everyone),
        someone_speaks=tuple(need for need in needs if not need.everyone),
        interpreted=left,
    )


def seat_need(given: SeatInput) -> SeatNeed:
    """Return what a seat asks for as the composer reads it."""
    return SeatNeed(
        role=given.role,
        topics=given.topics,
        activities=given.activities,
        languages=tuple(map(_language_need, given.languages)),
        one_language=given.one_language,
        kinds=frozenset(given.kinds),
        counterpart=given.counterpart,
        days=given.days,
        keeper=given.keeper,
    )


def _language_need(given: LanguageInput) -> LanguageNeed:
    return LanguageNeed(given.language, given.minimum, given.everyone)


def given_by(rules: TeamRules) -> TeamInput:
    """Return what to hand in to compose by these rules again: a way out, taken."""
    needs = (*rules.everyone_speaks, *rules.someone_speaks)
    return TeamInput(
        mode=rules.mode,
        seats=tuple(map(seat_given_by, rules.seats)),
        most_per_country=rules.most_per_country,
        most_per_administration=rules.most_per_administration,
        least_practitioners=rules.least_practitioners,
        forced_in=tuple(sorted(rules.forced_in)),
        forced_out=tuple(sorted(rules.forced_out)),
        conflicts=tuple(sorted(rules.conflicts)),
        together=tuple(tuple(sorted(group)) for group in rules.together),
        apart=tuple(tuple(sorted(group)) for group in rules.apart),
        most_days_a_year=rules.most_days_a_year,
        most_deployments_a_year=rules.most_deployments_a_year,
        least_newcomers=rules.least_newcomers,
        least_returning=rules.least_returning,
        languages=tuple(map(_language_input, needs)),
        starts=rules.starts,
        ends=rules.ends,
        asked_of=tuple(sorted(rules.asked_of)),
        interpreted=tuple(sorted(rules.interpreted)),
    )


def seat_given_by(seat: SeatNeed) -> SeatInput:
    """Return what to hand in to ask for a seat again."""
    return SeatInput(
        role=seat.role,
        topics=seat.topics,
        activities=seat.activities,
        languages=tuple(map(_language_input, seat.languages)),
        one_language=seat.one_language,
        kinds=tuple(sorted(seat.kinds)),
        counterpart=seat.counterpart,
        days=seat.days,
        keeper=seat.keeper,
    )


def _language_input(need: LanguageNeed) -> LanguageInput:
    return LanguageInput(language=need.language, minimum=need.minimum, everyone=need.everyone)


# --- Clashes --------------------------------------------------------------------------------------


def _people_clash(given: TeamInput, size: int) -> Iterator[FieldError]:
    """Yield what cannot be asked of named people at once."""
    keepers = [seat.keeper for seat in given.seats if seat.keeper is not None]
    inside = {*given.forced_in, *keepers}
    if inside & set(given.forced_out):
        yield FieldError("/forced_in", "Nobody can be asked in and out at once.")
    if inside & set(given.conflicts):
        yield FieldError("/conflicts", "Nobody with a conflict of interest can be asked in.")
    if len(inside) > size:
        yield FieldError("/forced_in", "Add seats or ask fewer.")
    if len(set(keepers)) != len(keepers):
        yield FieldError("/seats", "Nobody can keep two seats.")
    outside = {*given.forced_out, *given.conflicts}
    yield from _group_clash(given, inside, outside, size)


def _group_clash(
    given: TeamInput, inside: set[UUID], outside: set[UUID], size: int
) -> Iterator[FieldError]:
    for group in map(set, given.together):
        if len(group) > size:
            yield FieldError(
                "/together",
                f"{len(group)} people are kept together and there are {size} seats: add seats.",
            )
        if group & inside and group & outside:
            yield FieldError(
                "/together", "Somebody must be in who is kept together with somebody left out."
            )
        if any(len(group & set(other)) > 1 for other in given.apart):
            yield FieldError("/apart", "The same people are kept together and apart.")
    if any(len(set(group) & inside) > 1 for group in given.apart):
        yield FieldError("/apart", "Two people must be in who are kept apart.")


def _number_clash(given: TeamInput, size: int) -> Iterator[FieldError]:
    """Yield numbers that no team of so many seats can reach together."""
    named: tuple[tuple[str, int, str], ...] = (
        ("least_newcomers", given.least_newcomers, "never deployed before"),
        ("least_returning", given.least_returning, "who served before"),
    )
    for field, least, who in named:
        if least > size:
            yield FieldError(f"/{field}", f"{least} {who} do not fit into {size} seats.")
            return
    if given.least_newcomers + given.least_returning > size:
        yield FieldError(
            "/least_returning",
            f"{given.least_newcomers} never deployed before and {given.least_returning} who "
            f"served before do not fit into {size} seats.",
        )


def _date_clash(given: TeamInput, rules: TeamRules) -> Iterator[FieldError]:
    """Yield dates out of order, and seats that need more days than there are."""
    if rules.starts is None or rules.ends is None:
        return
    window = (rules.ends - rules.starts).days + 1
    if window < 1:
        yield FieldError("/ends", "The last day lies before the first.")
        return
    for at, seat in enumerate(given.seats):
        if seat.days is not None and seat.days > window:
            yield FieldError(
                f"/seats/{at}/days", f"Seat {at + 1} needs {seat.days} days, of {window}."
            )
    cap = given.most_days_a_year
    if cap is not None and all((seat.days or window) > cap for seat in rules.seats):
        yield FieldError(
            "/most_days_a_year", f"The activity alone takes {window} days, more than {cap} a year."
        )
