"""A composition on the command line: teams as tables, what they cover, what would help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from api.commands.console import say, say_table
from matching import relations
from matching.teams.coverage import Covered, coverage
from roster.read import ExpertRow, ExpertView, RuleCheck, SeatFilled, TeamProposal
from roster.teams import Composition

_LABELS = {
    "topic": relations.topic_label,
    "language": relations.language_label,
    "country": relations.country_label,
}


def say_composition(composition: Composition, rows: Mapping[UUID, ExpertRow]) -> None:
    """Print up to three teams, or why there is none and the ways out with their teams."""
    answer = composition.answer
    for number, proposal in enumerate(answer.proposals, start=1):
        say(f"\nTeam {number}: {proposal.score:.1f} points, {proposal.gives_up:.1f} below the best")
        _say_team(proposal, composition, rows)
    if not answer.proposals:
        say("\nNo team keeps all rules.")
    if answer.status == "time_limit":
        gap = "not known" if answer.gap is None else f"{answer.gap:.1f} points at most"
        say(f"The time ran out: what a better team would bring is {gap}.")
    for reason in answer.reasons:
        say(f"Why: {reason}")
    for way in answer.relaxations:
        seats = way.proposal.seats if way.proposal else ()
        team = ", ".join(rows[one.expert_id].display_name for one in seats if one.expert_id in rows)
        say(f"What would help: {way.words}{f' → {team}' if team else ''}")


def _say_team(
    proposal: TeamProposal, composition: Composition, rows: Mapping[UUID, ExpertRow]
) -> None:
    lines = [_line(one, rows) for one in proposal.seats if one.expert_id in rows]
    say_table(("seat", "name", "from", "score", "reasons", "else"), lines)
    views = [composition.experts[one.expert_id] for one in proposal.seats]
    for one in coverage(views, composition.ranking.request):
        say(f"  {_covered(one, views)}")
    for check in proposal.rules:
        if check.state != "kept":
            say(f"  {_checked(check)}")


def _line(filled: SeatFilled, rows: Mapping[UUID, ExpertRow]) -> tuple[str, ...]:
    row = rows[filled.expert_id]
    others = [rows[one].display_name for one in filled.alternates if one in rows]
    return (
        filled.seat.role.value.replace("_", " "),
        row.display_name,
        row.home_country or "?",
        f"{filled.score:.1f}",
        "; ".join(filled.reasons[:2]),
        ", ".join(others),
    )


def _covered(one: Covered, views: Sequence[ExpertView]) -> str:
    names = {view.id: view.display_name for view in views}
    by = ", ".join(names[who] for who in one.by) or "nobody"
    unsure = f", to ask: {', '.join(names[who] for who in one.unknown)}" if one.unknown else ""
    return f"covers {_LABELS[one.group](one.code)}: {by}{unsure}"


def _checked(check: RuleCheck) -> str:
    detail = f" ({check.detail})" if check.detail else ""
    return f"{check.state}: {check.rule}{detail}"
