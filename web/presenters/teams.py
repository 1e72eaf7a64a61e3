"""A team as a board: proposals, seats with reasons, rules, what is covered, the ways out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from roster.read import (
    ExpertView,
    Relaxation,
    RequestDetail,
    SeatFilled,
    Seating,
    TeamAnswer,
    TeamProposal,
    TeamRules,
)
from roster.teams import Composition
from roster.vocabulary import TeamMode
from web.contexts.layout import Frame
from web.contexts.parts import FormField, Link, PostButton
from web.contexts.teams import (
    KeepForm,
    Move,
    ProposalTab,
    RulesForm,
    TeamPage,
    WayOut,
    WhyNot,
)
from web.presenters.request_head import head_of, path_of
from web.presenters.team_coverage import coverage_of
from web.presenters.team_editor import name_label
from web.presenters.team_kept import member_label, rule_lines
from web.presenters.team_picture import LETTERS, picture_of, side_by_side
from web.presenters.team_query import OPEN, TeamQuery
from web.presenters.team_seats import Cast, seat_cards
from web.presenters.team_ways import way_words
from web.reason_words import notes
from web.tongues import Tongue


@dataclass(frozen=True, slots=True)
class Asked:
    """A question why somebody is not in the team, with its answer."""

    name: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """What stands on the board: who sits where by which rules, and what was composed."""

    query: TeamQuery
    composition: Composition
    rules: TeamRules
    """Those of the composition, or as a way out loosens them."""
    seating: Seating

    @property
    def answer(self) -> TeamAnswer:
        """What the rules gave."""
        return self.composition.answer

    @property
    def here(self) -> TeamQuery:
        """The state from which people are moved: by the rules of what is shown."""
        return self.query.loosened(self.rules) if self.query.way is not None else self.query

    @property
    def now(self) -> tuple[UUID | None, ...]:
        """Who sits where."""
        filled = {one.at: one.expert_id for one in self.seating.proposal.seats}
        return tuple(filled.get(at) for at in range(len(self.rules.seats)))

    @property
    def by_hand(self) -> bool:
        """Whether a person has put this team together."""
        return bool(self.query.at)

    @property
    def people(self) -> set[UUID]:
        """Everybody whom the board names."""
        shown = [one.expert_id for seats in self.seating.offers for one in seats]
        shown += [seat.expert_id for seat in self.seating.proposal.seats]
        shown += [seat.expert_id for one in self.answer.proposals for seat in one.seats]
        return {*shown, *(who for check in self.seating.proposal.rules for who in check.people)}


def shown_people(query: TeamQuery, composition: Composition) -> tuple[TeamRules, list[UUID | None]]:
    """Return the rules and the people of what the address means; open seats where no team is."""
    answer, rules = composition.answer, composition.rules
    if query.at:
        return rules, list(query.at)
    proposal: TeamProposal | None = answer.proposals[0] if answer.proposals else None
    if query.way is not None and query.way < len(answer.relaxations):
        way = answer.relaxations[query.way]
        rules, proposal = way.rules or rules, way.proposal
    elif query.proposal < len(answer.proposals):
        proposal = answer.proposals[query.proposal]
    filled = {one.at: one.expert_id for one in proposal.seats} if proposal else {}
    return rules, [filled.get(at) for at in range(len(rules.seats))]


def _mover(found: RequestDetail, board: Board) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return where moves are sent, and what goes with each."""
    fields = (*board.here.fields(why=None), *(("now", _code(one)) for one in board.now))
    return path_of(found, "team", "move"), fields


def composed_page(
    frame: Frame,
    found: RequestDetail,
    board: Board,
    form: RulesForm,
    cast: Cast,
    asked: Asked,
    today: date,
    tongue: Tongue,
) -> TeamPage:
    """Return the board: a proposal, a way out, or a team put together by hand."""
    _ = tongue.word
    query, answer, proposal = board.query, board.answer, board.seating.proposal
    coverage = coverage_of(found.need, _members(proposal.seats, cast, tongue), tongue)
    broken = sum(check.state == "broken" for check in proposal.rules)
    seated = bool(proposal.seats)
    return TeamPage(
        frame=frame,
        head=head_of(found, "team", today, tongue),
        finding=_finding(board, broken, tongue),
        mode=mode_words(query.team.mode, tongue),
        proposals=_tabs(board, broken, tongue),
        seats=seat_cards(
            board.here, board.rules, board.seating, cast, found.counterpart or "", tongue
        ),
        rules=rule_lines(proposal.rules, cast.rows, tongue) if seated else (),
        rules_form=form,
        coverage=coverage,
        picture=picture_of(coverage, tongue),
        side=side_by_side(query, answer, found.need, cast, tongue),
        why_not=_why_not(found, query, cast, asked, tongue),
        trouble="" if answer.proposals else _("No team keeps every rule"),
        reasons=() if answer.proposals else notes(answer.reasons, tongue),
        ways=_ways(query, answer.relaxations, tongue) if not answer.proposals else (),
        mover=_mover(found, board),
        undo=Move(_("Undo"), "undo") if board.by_hand and query.was else None,
        keep=_keep(found, board, broken, tongue) if seated else None,
        open_names=_open_all(query, cast, tongue) if cast.names else None,
    )


def _why_not(
    found: RequestDetail, query: TeamQuery, cast: Cast, asked: Asked, tongue: Tongue
) -> WhyNot:
    label = name_label(tongue, by_number=bool(cast.names))
    there = path_of(found, "team", "why")
    return WhyNot(there, label, asked.name, asked.answer, query.fields(why=None))


def _open_all(query: TeamQuery, cast: Cast, tongue: Tongue) -> PostButton:
    back = query.href(hide_names=False)
    return PostButton(tongue.word("Open all names"), cast.names, values=(("back", back),))


def _code(one: UUID | None) -> str:
    return str(one) if one else OPEN


def _finding(board: Board, broken: int, tongue: Tongue) -> str:
    answer, proposal = board.answer, board.seating.proposal
    if board.by_hand:
        return _by_hand(broken, tongue)
    if not answer.proposals:
        return tongue.word("No team keeps every rule")
    number = len(answer.proposals)
    told = tongue.words(
        "One team keeps every rule", "%(num)s teams that differ keep every rule", number
    )
    tight = sum(check.state == "tight" for check in proposal.rules)
    if not tight:
        return told
    more = tongue.words("%(num)s rule is tight", "%(num)s rules are tight", tight)
    return f"{told}; {more}"


def _by_hand(broken: int, tongue: Tongue) -> str:
    if not broken:
        return tongue.word("Your team keeps every rule")
    return tongue.words("Your team breaks %(num)s rule", "Your team breaks %(num)s rules", broken)


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


def _tabs(board: Board, broken: int, tongue: Tongue) -> tuple[ProposalTab, ...]:
    query, answer = board.query, board.answer
    tabs = []
    if board.by_hand:
        note = tongue.words("%(num)s rule broken", "%(num)s rules broken", broken)
        tabs.append(
            ProposalTab(
                tongue.word("Your team"),
                tongue.points(board.seating.proposal.score),
                note if broken else tongue.word("every rule kept"),
                query.href(why=None),
                True,
            )
        )
    tabs += [_tab(at, one, board, tongue) for at, one in enumerate(answer.proposals[:3])]
    if not answer.proposals:
        tabs += [_way_tab(at, one, query, tongue) for at, one in enumerate(answer.relaxations)]
    return tuple(tabs)


def _tab(at: int, one: TeamProposal, board: Board, tongue: Tongue) -> ProposalTab:
    query, answer = board.query, board.answer
    best = tongue.word("best, proven") if answer.optimal else tongue.word("best found")
    given_up = tongue.word("gives up %(points)s", points=tongue.points(one.gives_up))
    shown = min(query.proposal, len(answer.proposals) - 1)
    return ProposalTab(
        tongue.word("Proposal %(letter)s", letter=LETTERS[at]),
        tongue.points(one.score),
        best if at == 0 else given_up,
        query.href(proposal=at, way=None, why=None, at=(), was=()),
        not board.by_hand and query.way is None and at == shown,
    )


def _way_tab(at: int, one: Relaxation, query: TeamQuery, tongue: Tongue) -> ProposalTab:
    return ProposalTab(
        tongue.word("Way out %(number)s", number=at + 1),
        tongue.points(one.proposal.score) if one.proposal else "",
        way_words(one, tongue),
        query.href(way=at, why=None, at=(), was=()),
        at == query.way and not query.at,
    )


def _ways(
    query: TeamQuery, relaxations: Sequence[Relaxation], tongue: Tongue
) -> tuple[WayOut, ...]:
    return tuple(
        WayOut(
            f"{way_words(one, tongue)}.",
            see=Link(tongue.word("See that team"), query.href(way=at, why=None, at=(), was=()))
            if one.proposal is not None
            else None,
            apply=Link(tongue.word("Loosen this"), query.loosened(one.rules).href())
            if one.rules is not None
            else None,
        )
        for at, one in enumerate(relaxations)
    )


def _keep(found: RequestDetail, board: Board, broken: int, tongue: Tongue) -> KeepForm:
    hidden = board.here.fields(why=None)
    if board.by_hand or board.query.way is not None:
        hidden += tuple(("seated", _code(one)) for one in board.now)
    note = FormField(
        "note",
        tongue.word("Why it is kept although it breaks rules"),
        required=True,
        hint=tongue.word("No names of people: this stands with the team."),
    )
    return KeepForm(
        tongue.word("Save as a proposal"),
        path_of(found, "teams"),
        hidden,
        note if broken else None,
    )


def _members(
    seats: Sequence[SeatFilled], cast: Cast, tongue: Tongue
) -> list[tuple[str, ExpertView]]:
    return [
        (
            member_label(seat.at + 1, cast.rows[seat.expert_id].display_name, tongue),
            cast.views[seat.expert_id],
        )
        for seat in seats
        if seat.expert_id in cast.views and seat.expert_id in cast.rows
    ]
