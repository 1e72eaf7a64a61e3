"""A team that was kept, as a paper for the fiche: who, why, what is covered, which rules hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from roster.projection import present_post
from roster.read import (
    ExpertRow,
    ExpertView,
    RankedExpert,
    RequestDetail,
    SeatView,
    TeamView,
)
from roster.reference import activities, topics
from roster.vocabulary import Origin, TeamMode
from web.contexts.teams import Coverage
from web.papers.paper import Cell, Paper, Table
from web.presenters.fact_words import level_words
from web.presenters.request_head import countries_words, days_words
from web.presenters.team_coverage import coverage_of
from web.presenters.team_kept import rule_words
from web.reason_words import clause
from web.tongues import Tongue
from web.wording import say

_REASONS = 3


@dataclass(frozen=True, slots=True)
class People:
    """Those whom a paper speaks of."""

    rows: Mapping[UUID, ExpertRow]
    views: Mapping[UUID, ExpertView]
    ranked: Mapping[UUID, RankedExpert]


def team_paper(
    found: RequestDetail, team: TeamView, people: People, today: date, tongue: Tongue
) -> Paper:
    """Return the paper of a team that was kept, in the words of a language."""
    _ = tongue.word
    mode = say(tongue, team.mode)
    return Paper(
        title=_("Team proposed for %(request)s", request=found.row.title),
        subject=f"{mode}. {_MODE_RULES[team.mode](tongue)}",
        mark=origin_mark([found.row.origin, *_origins(team)], tongue),
        facts=(*request_facts(found, tongue), *_team_facts(team, tongue)),
        facts_title=_("The request"),
        tables=(
            _members(team, people, tongue),
            _alternates(team, people, tongue),
            _coverage(found, team, people, tongue),
            _rules(team, people, tongue),
        ),
        footer=footer(found, today, tongue),
        language=tongue.locale.language,
    )


_MODE_RULES: dict[TeamMode, Callable[[Tongue], str]] = {
    TeamMode.PEER_TO_PEER: lambda tongue: tongue.word(
        "Peer-to-peer: officials of EU Member States."
    ),
    TeamMode.TRIANGULAR: lambda tongue: tongue.word(
        "Triangular: officials of EU Member States with an official of a country outside the "
        "EU, not the one that asks."
    ),
    TeamMode.CUSTOM: lambda tongue: tongue.word("Custom: only the rules set here."),
}


# --- Shared with other papers ---------------------------------------------------------------------


def origin_mark(origins: Sequence[Origin], tongue: Tongue) -> str:
    """Say that records are invented, if any is."""
    if any(origin is Origin.SYNTHETIC for origin in origins):
        return tongue.word("Synthetic: invented people or an invented request. Not for use.")
    return ""


def footer(found: RequestDetail, today: date, tongue: Tongue) -> str:
    """Say of what and when the paper is, and that it holds personal data."""
    return tongue.word(
        "%(code)s, written on %(day)s. Personal data: for the work on this request only.",
        code=found.row.code,
        day=tongue.day(today),
    )


def request_facts(found: RequestDetail, tongue: Tongue) -> tuple[tuple[str, str], ...]:
    """Return who asks for what, where, when, in which languages; what is not said is left out."""
    _, need = tongue.word, found.need
    spoken = [f"{tongue.language(one.language)} {one.minimum.value}" for one in need.languages]
    facts = (
        (_("Code"), found.row.code),
        (_("Authority"), need.authority or ""),
        (_("Country"), countries_words(need.countries, need.regional_body, tongue)),
        (_("Topics"), tongue.listed([topics.label(one, tongue.code) for one in need.topics])),
        (
            _("Activity type"),
            tongue.listed([activities.label(one, tongue.code) for one in need.activities]),
        ),
        (_("Working language"), "; ".join(spoken)),
        (_("On site"), days_words(need.starts, need.ends, tongue)),
        (_("Counterpart"), found.counterpart or ""),
    )
    return tuple((label, words) for label, words in facts if words)


def person_cells(row: ExpertRow, view: ExpertView | None, tongue: Tongue) -> tuple[str, ...]:
    """Return name, function, administration, country and languages; empty where unknown."""
    post = present_post(view.posts) if view else None
    return (
        row.display_name,
        (post.value.title if post else None) or row.headline or "",
        (post.value.employer if post else None) or "",
        tongue.country(row.home_country) if row.home_country else "",
        "; ".join(_languages(view, tongue)) if view else "",
    )


def person_heads(tongue: Tongue) -> tuple[str, ...]:
    """Return the heads of `person_cells`."""
    _ = tongue.word
    return _("Name"), _("Function"), _("Administration"), _("Country"), _("Languages")


def _languages(view: ExpertView, tongue: Tongue) -> Iterator[str]:
    for one in view.languages:
        known = level_words(tongue, one.value.level) or tongue.word("level unknown")
        yield f"{tongue.language(one.value.language)} {known}"


def why(person: RankedExpert | None, tongue: Tongue) -> str:
    """Return what weighs most for somebody, in the words of her ranking."""
    if person is None:
        return ""
    told = sorted(person.contributions, key=lambda one: -one.points)
    return "; ".join(
        [clause(one.reason, tongue) for one in told if one.points > 0 and one.reason][:_REASONS]
    )


# --- The team -------------------------------------------------------------------------------------


def _origins(team: TeamView) -> list[Origin]:
    return [seat.person.origin for seat in team.seats if seat.person is not None]


def _team_facts(team: TeamView, tongue: Tongue) -> tuple[tuple[str, str], ...]:
    _ = tongue.word
    facts = (
        (_("Team kept on"), tongue.day(team.created_at.date())),
        (_("Points"), tongue.points(team.score) if team.score is not None else ""),
        (_("Note"), team.note),
    )
    return tuple((label, words) for label, words in facts if words)


def _members(team: TeamView, people: People, tongue: Tongue) -> Table:
    _ = tongue.word
    return Table(
        _("Members"),
        (_("Seat"), *person_heads(tongue), _("Kind of expert"), _("Counterpart"), _("Why")),
        tuple(_member(seat, people, tongue) for seat in team.seats),
        _("Nobody sits here."),
    )


def _member(seat: SeatView, people: People, tongue: Tongue) -> tuple[Cell, ...]:
    role, partner = say(tongue, seat.role), seat.counterpart or ""
    if seat.person is None:
        return (role, tongue.word("Nobody sits here."), "", "", "", "", "", partner, "")
    row = seat.person
    kind = say(tongue, row.kind) if row.kind else tongue.word("kind unknown")
    cells = person_cells(row, people.views.get(row.id), tongue)
    return (role, *cells, kind, partner, why(people.ranked.get(row.id), tongue))


def _alternates(team: TeamView, people: People, tongue: Tongue) -> Table:
    _ = tongue.word
    rows: list[tuple[Cell, ...]] = []
    for seat in team.seats:
        known = [people.rows[one] for one in seat.alternates if one in people.rows]
        for place, row in enumerate(known, start=1):
            one = people.ranked.get(row.id)
            cells = person_cells(row, people.views.get(row.id), tongue)
            points = one.score if one else None
            rows.append((say(tongue, seat.role), tongue.number(place), *cells, points))
    return Table(
        _("Alternates"),
        (_("Seat"), _("Place"), *person_heads(tongue), _("Points")),
        tuple(rows),
        _("Nobody else could take a seat with every rule kept."),
    )


def _coverage(found: RequestDetail, team: TeamView, people: People, tongue: Tongue) -> Table:
    _ = tongue.word
    members = [
        (seat.person.display_name, people.views[seat.person.id])
        for seat in team.seats
        if seat.person is not None and seat.person.id in people.views
    ]
    table = coverage_of(found.need, members, tongue)
    names = tuple(name for name, _view in members)
    return Table(
        _("What the team covers"),
        ("", _("Asked for"), *names),
        tuple(_covered(table)) if table else (),
        _("The request asks for nothing that could be covered."),
    )


def _covered(table: Coverage) -> Iterator[tuple[Cell, ...]]:
    """Yield a row per thing asked for, with a word per member."""
    at = 0
    for group in table.groups:
        for name in group.columns:
            yield (group.title, name, *(row.dots[at].words for row in table.rows))
            at += 1


def _rules(team: TeamView, people: People, tongue: Tongue) -> Table:
    _ = tongue.word
    states = {
        "kept": _("kept"),
        "tight": _("tight"),
        "broken": _("broken"),
        "open": _("open"),
    }
    rows = []
    for check in team.checks:
        said, detail = rule_words(check, people.rows, tongue)
        rows.append((said, states.get(check.state, check.state), detail))
    return Table(_("Rules"), (_("Rule"), _("State"), _("Detail")), tuple(rows), "")
