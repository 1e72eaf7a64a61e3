"""A team as a board: proposals, seats with reasons, rules, what is covered, the ways out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from roster.read import (
    ExpertRow,
    ExpertView,
    RankedExpert,
    RequestDetail,
    RuleCheck,
    SeatFilled,
    SeatNeed,
    TeamAnswer,
    TeamProposal,
    TeamView,
)
from roster.reference import activities, topics
from roster.vocabulary import TeamMode
from web.contexts.layout import Frame
from web.contexts.parts import Chip, Choice, FormField, Link, PostButton
from web.contexts.scores import Score, score_of
from web.contexts.teams import (
    ProposalTab,
    RuleLine,
    RulesForm,
    SeatCard,
    SeatOffer,
    TeamPage,
    WayOut,
    WhyNot,
)
from web.presenters.coverage import coverage_of
from web.presenters.persons import name_of
from web.presenters.request_head import head_of, path_of
from web.presenters.team_query import TeamQuery
from web.tongues import Tongue
from web.wording import choices, say

_ORDER = ("broken", "open", "tight", "kept")
_LETTERS = "ABC"


@dataclass(frozen=True, slots=True)
class Cast:
    """The people that a board speaks of."""

    rows: Mapping[UUID, ExpertRow]
    views: Mapping[UUID, ExpertView]
    ranked: Mapping[UUID, RankedExpert]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question why somebody is not in the team, with its answer."""

    name: str = ""
    answer: str = ""


def composed_page(
    frame: Frame,
    found: RequestDetail,
    query: TeamQuery,
    answer: TeamAnswer,
    cast: Cast,
    asked: Asked,
    today: date,
    tongue: Tongue,
) -> TeamPage:
    """Return the board of one answer: a proposal of it, or the way out that is looked at."""
    _ = tongue.word
    proposal = chosen(query, answer)
    keeps = query.way is None and proposal is not None
    seats = proposal.seats if proposal else ()
    values = (*query.rules(), ("proposal", str(query.proposal)))
    return TeamPage(
        frame=frame,
        head=head_of(found, "team", today, tongue),
        finding=_finding(answer, proposal, tongue),
        mode=mode_words(query.mode, tongue),
        proposals=_tabs(query, answer, tongue),
        seats=tuple(_seat(at, seat, query, cast, tongue) for at, seat in enumerate(seats)),
        rules=rule_lines(proposal.rules) if proposal else (),
        rules_form=rules_form(query, cast, tongue),
        coverage=coverage_of(found.need, _members(seats, cast, tongue), tongue),
        why_not=WhyNot(path_of(found, "team"), asked.name, asked.answer, tuple(query.rules())),
        trouble="" if answer.proposals else _("No team keeps every rule"),
        reasons=answer.reasons if not answer.proposals else (),
        ways=_ways(query, answer, tongue) if not answer.proposals else (),
        save=PostButton(_("Keep this team"), path_of(found, "teams"), values) if keeps else None,
    )


def chosen(query: TeamQuery, answer: TeamAnswer) -> TeamProposal | None:
    """Return the proposal that the address means; None where there is none."""
    if query.way is not None:
        ways = [one.proposal for one in answer.relaxations]
        return ways[query.way] if query.way < len(ways) else None
    if query.proposal < len(answer.proposals):
        return answer.proposals[query.proposal]
    return answer.proposals[0] if answer.proposals else None


def people_of(answer: TeamAnswer) -> set[UUID]:
    """Return everybody whom an answer names: members, alternates, and those of the ways out."""
    shown = [*answer.proposals, *(one.proposal for one in answer.relaxations if one.proposal)]
    seats = [seat for proposal in shown for seat in proposal.seats]
    return {seat.expert_id for seat in seats} | {
        other for seat in seats for other in seat.alternates
    }


def _finding(answer: TeamAnswer, proposal: TeamProposal | None, tongue: Tongue) -> str:
    if not answer.proposals:
        return tongue.word("No team keeps every rule")
    number = len(answer.proposals)
    told = tongue.words(
        "One team keeps every rule", "%(num)s teams that differ keep every rule", number
    )
    tight = sum(check.state == "tight" for check in proposal.rules) if proposal else 0
    if not tight:
        return told
    more = tongue.words("%(num)s rule is tight", "%(num)s rules are tight", tight)
    return f"{told}; {more}"


def mode_words(mode: TeamMode, tongue: Tongue) -> str:
    """Say what a mode asks of a team."""
    return {
        TeamMode.PEER_TO_PEER: tongue.word("Peer-to-peer: officials of EU Member States."),
        TeamMode.TRIANGULAR: tongue.word(
            "Triangular: officials of EU Member States with an official of a country outside the "
            "EU, not the one that asks."
        ),
        TeamMode.CUSTOM: tongue.word("Custom: only the rules set here."),
    }[mode]


def _tabs(query: TeamQuery, answer: TeamAnswer, tongue: Tongue) -> tuple[ProposalTab, ...]:
    best = tongue.word("best, proven") if answer.optimal else tongue.word("best found")
    tabs = [
        ProposalTab(
            tongue.word("Proposal %(letter)s", letter=_LETTERS[at]),
            tongue.points(one.score),
            best
            if at == 0
            else tongue.word("gives up %(points)s", points=tongue.points(one.gives_up)),
            query.href(proposal=at, way=None, why=""),
            query.way is None and at == min(query.proposal, len(answer.proposals) - 1),
        )
        for at, one in enumerate(answer.proposals[:3])
    ]
    if answer.proposals:
        return tuple(tabs)
    return tuple(
        ProposalTab(
            tongue.word("Way out %(number)s", number=at + 1),
            tongue.points(one.proposal.score),
            one.words,
            query.href(way=at, why=""),
            at == query.way,
        )
        for at, one in enumerate(answer.relaxations)
        if one.proposal is not None
    )


def _ways(query: TeamQuery, answer: TeamAnswer, tongue: Tongue) -> tuple[WayOut, ...]:
    return tuple(
        WayOut(
            f"{one.words[:1].upper()}{one.words[1:]}.",
            PostButton(
                tongue.word("See that team"),
                f"/requests/{query.request_id}/team",
                (*query.rules(), ("way", str(at))),
                method="get",
            )
            if one.proposal is not None
            else None,
        )
        for at, one in enumerate(answer.relaxations)
    )


def _seat(at: int, seat: SeatFilled, query: TeamQuery, cast: Cast, tongue: Tongue) -> SeatCard:
    row = cast.rows.get(seat.expert_id)
    return SeatCard(
        id=str(at + 1),
        role=say(tongue, seat.seat.role),
        must=_must(seat.seat, tongue),
        counterpart=seat.seat.counterpart or "",
        person=name_of(row, tongue) if row else None,
        chips=_chips(row, query, tongue) if row else (),
        score=_score(seat, cast, tongue),
        reasons=seat.reasons,
        offers=tuple(
            SeatOffer(
                name_of(cast.rows[other], tongue),
                tongue.word("every rule stays kept"),
                PostButton(
                    tongue.word("Seat instead"),
                    f"/requests/{query.request_id}/team",
                    query.seat_instead(other, seat.expert_id),
                    method="get",
                ),
            )
            for other in seat.alternates
            if other in cast.rows
        ),
        buttons=_hold_buttons(seat.expert_id, query, tongue),
        nobody="" if row else tongue.word("This record was erased."),
    )


def _hold_buttons(expert_id: UUID, query: TeamQuery, tongue: Tongue) -> tuple[PostButton, ...]:
    there = f"/requests/{query.request_id}/team"
    without = tuple(one for one in query.held if one != expert_id)
    out = query.values_with(held=without, out=(*query.out, expert_id))
    if expert_id in query.held:
        hold = PostButton(
            tongue.word("Need not be in"), there, query.values_with(held=without), method="get"
        )
    else:
        held = query.values_with(held=(*query.held, expert_id))
        hold = PostButton(tongue.word("Must be in"), there, held, method="get")
    return hold, PostButton(tongue.word("Leave out"), there, out, method="get")


def _chips(row: ExpertRow, query: TeamQuery, tongue: Tongue) -> tuple[Chip, ...]:
    kind = say(tongue, row.kind) if row.kind else tongue.word("kind unknown")
    chips = [Chip("note" if row.kind else "unknown", kind)]
    if row.id in query.held:
        chips.append(Chip("done", tongue.word("must be in")))
    return tuple(chips)


def _score(seat: SeatFilled, cast: Cast, tongue: Tongue) -> Score | None:
    one = cast.ranked.get(seat.expert_id)
    return score_of(one.score, one.contributions, tongue) if one else None


def _must(need: SeatNeed, tongue: Tongue) -> str:
    asked = [topics.label(one, tongue.code) for one in need.topics]
    asked += [activities.label(one, tongue.code) for one in need.activities]
    asked += [f"{tongue.language(one.language)} {one.minimum.value}" for one in need.languages]
    asked += sorted(say(tongue, kind) for kind in need.kinds)
    return ", ".join(asked)


def _members(
    seats: Sequence[SeatFilled], cast: Cast, tongue: Tongue
) -> list[tuple[str, ExpertView]]:
    return [
        (
            f"{cast.views[seat.expert_id].display_name}, {say(tongue, seat.seat.role)}",
            cast.views[seat.expert_id],
        )
        for seat in seats
        if seat.expert_id in cast.views
    ]


def rule_lines(checks: Sequence[RuleCheck]) -> tuple[RuleLine, ...]:
    """Return rules with how the team stands to them, broken ones first."""
    lines = [RuleLine(one.state, one.rule, one.detail) for one in checks]
    return tuple(sorted(lines, key=lambda line: _ORDER.index(line.state)))


def rules_form(query: TeamQuery, cast: Cast, tongue: Tongue) -> RulesForm:
    """Return the form of mode, size and rules, with who must be in and who stays out."""
    _ = tongue.word
    fields = [
        FormField(
            "mode",
            _("Mode"),
            "radios",
            choices=choices(tongue, TeamMode, frozenset({query.mode.value})),
        ),
        FormField("size", _("Seats"), "number", str(query.size), hint=_("1 to 8")),
        FormField(
            "per_country",
            _("Most from one country"),
            "number",
            str(query.per_country or ""),
            hint=_("Empty: as the mode has it."),
        ),
        FormField(
            "per_office", _("Most from one administration"), "number", str(query.per_office or "")
        ),
        FormField(
            "officials",
            _("Least share of officials, in percent"),
            "number",
            f"{query.officials:g}" if query.officials is not None else "",
        ),
    ]
    fields += _named(query, cast, tongue)
    return RulesForm(
        f"/requests/{query.request_id}/team", tuple(fields), hidden=(("run", str(query.run)),)
    )


def _named(query: TeamQuery, cast: Cast, tongue: Tongue) -> list[FormField]:
    """Return who must be in and who stays out, each to be unticked."""
    fields = []
    for name, label, ids in (
        ("in", tongue.word("Must be in the team"), query.held),
        ("out", tongue.word("Stay out of the team"), query.out),
    ):
        ticked = tuple(
            Choice(str(one), cast.rows[one].display_name, on=True)
            for one in ids
            if one in cast.rows
        )
        if ticked:
            fields.append(FormField(name, label, "checks", choices=ticked))
    return fields


def kept_page(
    frame: Frame,
    found: RequestDetail,
    team: TeamView | None,
    kept: Sequence[TeamView],
    query: TeamQuery,
    cast: Cast,
    today: date,
    tongue: Tongue,
) -> TeamPage:
    """Return the board of a team that was kept, or an empty one with the form of the rules."""
    _ = tongue.word
    seats = team.seats if team else ()
    filled = [
        SeatFilled(one.need, one.person.id, one.score or 0.0)
        for one in seats
        if one.person is not None
    ]
    return TeamPage(
        frame=frame,
        head=head_of(found, "team", today, tongue),
        finding=_kept_finding(team, tongue),
        mode=mode_words(team.mode if team else query.mode, tongue),
        proposals=(),
        seats=tuple(_kept_seat(one.position, one.person, one.need, tongue) for one in seats),
        rules=rule_lines(team.checks) if team else (),
        rules_form=rules_form(query, cast, tongue),
        coverage=coverage_of(found.need, _members(filled, cast, tongue), tongue),
        why_not=WhyNot(path_of(found, "team"), "", "", tuple(query.rules())),
        saved=_("Kept on %(day)s", day=tongue.day(team.created_at.date())) if team else "",
        kept=tuple(_kept_link(found, one, tongue) for one in kept),
    )


def _kept_finding(team: TeamView | None, tongue: Tongue) -> str:
    if team is None:
        return tongue.word("No team yet: choose the mode and compose")
    return tongue.words(
        "%(mode)s team of %(num)s",
        "%(mode)s team of %(num)s",
        len(team.seats),
        mode=say(tongue, team.mode),
    )


def _kept_link(found: RequestDetail, team: TeamView, tongue: Tongue) -> Link:
    when = f"{tongue.day(team.created_at.date())} {tongue.time(team.created_at)}"
    label = f"{say(tongue, team.mode)}, {when}"
    return Link(label, f"{path_of(found, 'team')}?kept={team.id}")


def _kept_seat(position: int, person: ExpertRow | None, need: SeatNeed, tongue: Tongue) -> SeatCard:
    kind = say(tongue, person.kind) if person and person.kind else ""
    return SeatCard(
        id=str(position),
        role=say(tongue, need.role),
        must=_must(need, tongue),
        counterpart=need.counterpart or "",
        person=name_of(person, tongue) if person else None,
        chips=(Chip("note", kind),) if kind else (),
        nobody="" if person else tongue.word("Nobody sits here any more: the record was erased."),
    )
