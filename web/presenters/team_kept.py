"""A team that was kept, as a board that no longer moves; or an empty board with its rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from roster.read import ExpertRow, RequestDetail, RuleCheck, SeatView, TeamView
from web.contexts.layout import Frame
from web.contexts.parts import Chip, FormField, Link
from web.contexts.teams import RuleLine, RulesForm, SeatCard, TeamPage
from web.presenters.paper_links import paper_links
from web.presenters.persons import name_of
from web.presenters.request_head import head_of, path_of
from web.presenters.team_coverage import coverage_of
from web.presenters.team_editor import seat_words
from web.presenters.team_picture import picture_of
from web.presenters.team_query import seat_input
from web.presenters.team_seats import THEMATIC, Cast
from web.reason_words import clause
from web.tongues import Tongue
from web.wording import say

_ORDER = ("broken", "open", "tight", "kept")


def rule_lines(
    checks: Sequence[RuleCheck], rows: Mapping[UUID, ExpertRow], tongue: Tongue
) -> tuple[RuleLine, ...]:
    """Return rules with how a team stands to them, broken ones first, people named."""
    lines = (RuleLine(one.state, *rule_words(one, rows, tongue)) for one in checks)
    return tuple(sorted(lines, key=lambda line: _ORDER.index(line.state)))


def rule_words(check: RuleCheck, rows: Mapping[UUID, ExpertRow], tongue: Tongue) -> tuple[str, str]:
    """Return a rule, and how a team stands to it with whom it is about."""
    names = tongue.listed([rows[who].display_name for who in check.people if who in rows])
    said, detail = clause(check.rule, tongue), clause(check.detail, tongue)
    detail = tongue.labelled(detail, names) if detail and names else detail or names
    return f"{said[:1].upper()}{said[1:]}", detail


def kept_page(
    frame: Frame,
    found: RequestDetail,
    team: TeamView | None,
    kept: Sequence[TeamView],
    form: RulesForm | None,
    cast: Cast,
    today: date,
    tongue: Tongue,
) -> TeamPage:
    """Return the board of a team that was kept, or an empty one with the form of the rules."""
    _ = tongue.word
    seats = team.seats if team else ()
    members = [
        (member_label(one.position, one.person.display_name, tongue), cast.views[one.person.id])
        for one in seats
        if one.person is not None and one.person.id in cast.views
    ]
    coverage = coverage_of(found.need, members, tongue)
    there = f"{path_of(found, 'teams')}/{team.id}/counterparts" if team else ""
    return TeamPage(
        frame=frame,
        head=head_of(found, "team", today, tongue),
        finding=_finding(team, tongue),
        mode="",
        proposals=(),
        seats=tuple(_seat(one, tongue) for one in seats),
        rules=rule_lines(team.checks, cast.rows, tongue) if team else (),
        rules_form=form,
        coverage=coverage,
        picture=picture_of(coverage, tongue),
        why_not=None,
        counterparts=there if any(one.role in THEMATIC for one in seats) else "",
        saved=_("Kept on %(day)s", day=tongue.day(team.created_at.date())) if team else "",
        note=team.note if team else "",
        kept=tuple(_link(found, one, tongue) for one in kept),
        exports=paper_links(path_of(found, "teams", str(team.id)), tongue) if team else (),
    )


def member_label(number: int, name: str, tongue: Tongue) -> str:
    """Return how a member is called beside what she covers: by the number of her seat."""
    return f"{tongue.number(number)}. {name}"


def _finding(team: TeamView | None, tongue: Tongue) -> str:
    if team is None:
        return tongue.word("No team yet: choose the mode and compose")
    return tongue.words(
        "%(mode)s team of %(num)s",
        "%(mode)s team of %(num)s",
        len(team.seats),
        mode=say(tongue, team.mode),
    )


def _link(found: RequestDetail, team: TeamView, tongue: Tongue) -> Link:
    when = f"{tongue.day(team.created_at.date())} {tongue.time(team.created_at)}"
    label = f"{say(tongue, team.mode)}, {when}"
    return Link(label, f"{path_of(found, 'team')}?kept={team.id}")


def _seat(seat: SeatView, tongue: Tongue) -> SeatCard:
    person = seat.person
    kind = say(tongue, person.kind) if person and person.kind else ""
    label = tongue.word("Counterpart")
    value = seat.counterpart or ""
    return SeatCard(
        id=str(seat.position),
        role=say(tongue, seat.role),
        must=seat_words(seat_input(seat.need), tongue),
        counterpart=value,
        person=name_of(person, tongue) if person else None,
        chips=(Chip("note", kind),) if kind else (),
        nobody="" if person else tongue.word("Nobody sits here."),
        counterpart_field=FormField(
            f"counterpart_{seat.position}", label, value=value, autocomplete="off"
        )
        if seat.role in THEMATIC
        else None,
    )
