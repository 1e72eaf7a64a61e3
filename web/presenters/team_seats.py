"""The seats of the board as cards: who sits there and why, what can be done, who else could."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

from roster.read import (
    ExpertRow,
    ExpertView,
    Offer,
    RankedExpert,
    SeatFilled,
    Seating,
    SeatNeed,
    TeamRules,
)
from roster.vocabulary import SeatRole
from web.contexts.parts import Chip, FormField, PostButton, percent
from web.contexts.scores import Score, score_of
from web.contexts.teams import FreeTime, Move, SeatCard, SeatOffer
from web.presenters.persons import NOBODY, Unnamed, called
from web.presenters.ranked_people import gate_chips
from web.presenters.team_editor import seat_words
from web.presenters.team_query import TeamQuery, seat_input
from web.reason_words import notes
from web.tongues import Tongue
from web.wording import say

THEMATIC = frozenset(
    {SeatRole.THEMATIC_EXPERT, SeatRole.TRAINER, SeatRole.DRAFTER, SeatRole.DATA_ANALYST}
)
"""Seats for which the partner institution names a counterpart."""
_AROUND_DAYS = 30
"""Days shown on either side of the activity."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The people that a board speaks of."""

    rows: Mapping[UUID, ExpertRow]
    views: Mapping[UUID, ExpertView]
    ranked: Mapping[UUID, RankedExpert]
    action_id: UUID | None = None
    """The Action that the request leads to: whoever is sent for it is there for the team."""
    unnamed: Unnamed = field(default_factory=lambda: NOBODY)
    """Who is shown without a name: neither `rows` nor `views` say it, `ranked` hold no text."""
    names: str = ""
    """Where a name is opened; empty where none is kept back."""


def seat_cards(
    query: TeamQuery,
    rules: TeamRules,
    seating: Seating,
    cast: Cast,
    counterpart: str,
    tongue: Tongue,
) -> tuple[SeatCard, ...]:
    """Return a card for each seat of the rules, open ones too.

    Parameters
    ----------
    counterpart : of the request, offered for the first thematic seat
    """
    filled = {one.at: one for one in seating.proposal.seats}
    thematic = [at for at, seat in enumerate(rules.seats) if seat.role in THEMATIC]
    cards = []
    for at, need in enumerate(rules.seats):
        named = counterpart if at in thematic[:1] else ""
        field = (
            FormField(
                f"counterpart_{at + 1}",
                tongue.word("Counterpart"),
                value=need.counterpart or named,
                autocomplete="off",
            )
            if at in thematic
            else None
        )
        offers = seating.offers[at] if at < len(seating.offers) else ()
        card = SeatCard(
            id=str(at + 1),
            role=say(tongue, need.role),
            must=seat_words(seat_input(need), tongue),
            counterpart="",
            offers=tuple(_offer(at, o, cast, tongue) for o in offers if o.expert_id in cast.rows),
            counterpart_field=field,
        )
        sitter = filled.get(at)
        row = cast.rows.get(sitter.expert_id) if sitter else None
        if sitter is None or row is None:
            cards.append(_open(card, tongue))
        else:
            cards.append(_taken(card, sitter, row, query, rules, cast, tongue))
    return tuple(cards)


def _taken(
    card: SeatCard,
    sitter: SeatFilled,
    row: ExpertRow,
    query: TeamQuery,
    rules: TeamRules,
    cast: Cast,
    tongue: Tongue,
) -> SeatCard:
    view, ranked = cast.views.get(row.id), cast.ranked.get(row.id)
    return replace(
        card,
        person=called(row, tongue, cast.unnamed),
        open_name=_opened(row.id, query, cast, tongue),
        chips=_chips(row, ranked, query, sitter.seat, tongue),
        score=_score(ranked, tongue),
        free=free_time(view, rules.starts, rules.ends, cast.action_id, tongue) if view else None,
        reasons=notes(sitter.reasons, tongue),
        moves=_moves(sitter.at, row.id, query, tongue),
        who=str(row.id),
    )


def _opened(person: UUID, query: TeamQuery, cast: Cast, tongue: Tongue) -> PostButton | None:
    """Return the button that opens a name which is kept back."""
    if person not in cast.unnamed:
        return None
    values = (("only", str(person)), ("back", query.href()))
    return PostButton(tongue.word("Open the name"), cast.names, values=values)


def _open(card: SeatCard, tongue: Tongue) -> SeatCard:
    fitting = sum(not offer.breaks for offer in card.offers)
    if fitting:
        words = tongue.words(
            "Nobody sits here yet. One person keeps every other rule:",
            "Nobody sits here yet. %(num)s people keep every other rule:",
            fitting,
        )
    elif card.offers:
        words = tongue.word("Nobody sits here yet. Each of these breaks a rule:")
    else:
        words = tongue.word("Nobody sits here, and nobody could: loosen what the seat asks for.")
    return replace(card, nobody=words)


def _offer(at: int, offer: Offer, cast: Cast, tongue: Tongue) -> SeatOffer:
    sign = "+" if offer.gains >= 0 else "−"
    points = tongue.points(abs(offer.gains))
    told = [tongue.word("breaks: %(rule)s", rule=rule) for rule in notes(offer.breaks, tongue)]
    told += [tongue.word("mends: %(rule)s", rule=rule) for rule in notes(offer.mends, tongue)]
    return SeatOffer(
        person=called(cast.rows[offer.expert_id], tongue, cast.unnamed),
        words=tongue.word("%(points)s points", points=f"{sign}{points}"),
        move=Move(tongue.word("Seat"), f"seat:{at}:{offer.expert_id}"),
        notes=tuple(told) or (tongue.word("keeps every rule that is kept now"),),
        breaks=bool(offer.breaks),
    )


def _moves(at: int, person: UUID, query: TeamQuery, tongue: Tongue) -> tuple[Move, ...]:
    _ = tongue.word
    held = person in query.team.forced_in
    hold = Move(_("Need not be in"), f"free:{person}") if held else Move(
        _("Must be in"), f"hold:{person}"
    )  # fmt: skip
    return (
        Move(_("Declined: find somebody else"), f"declined:{at}"),
        hold,
        Move(_("Leave the seat open"), f"open:{at}"),
    )


def _chips(
    row: ExpertRow,
    ranked: RankedExpert | None,
    query: TeamQuery,
    need: SeatNeed,
    tongue: Tongue,
) -> tuple[Chip, ...]:
    kind = say(tongue, row.kind) if row.kind else tongue.word("kind unknown")
    chips = [Chip("note" if row.kind else "unknown", kind)]
    chips += gate_chips(ranked.gates, tongue) if ranked else ()
    if row.id in query.team.forced_in:
        chips.append(Chip("done", tongue.word("must be in")))
    if need.keeper == row.id:
        chips.append(Chip("done", tongue.word("keeps this seat")))
    return tuple(chips)


def _score(ranked: RankedExpert | None, tongue: Tongue) -> Score | None:
    return score_of(ranked.score, ranked.contributions, tongue) if ranked else None


def free_time(
    view: ExpertView,
    starts: date | None,
    ends: date | None,
    action_id: UUID | None,
    tongue: Tongue,
) -> FreeTime | None:
    """Return the free days around an activity on one axis; None where they are not known.

    Parameters
    ----------
    action_id : days spent for it take nothing away: it is what the team is for
    """
    if starts is None or ends is None or view.availability_known_until is None:
        return None
    first, last = starts - timedelta(_AROUND_DAYS), ends + timedelta(_AROUND_DAYS)
    free_from, free_to = first, min(last, view.availability_known_until)
    elsewhere = (one.period for one in view.engaged if one.action_id != action_id)
    for away in (*view.unavailable, *elsewhere):
        if away.overlaps(starts, ends):
            return None
        if away.end is not None and away.end.last_day < starts:
            free_from = max(free_from, away.end.last_day + timedelta(1))
        elif away.start is not None and away.start.first_day > ends:
            free_to = min(free_to, away.start.first_day - timedelta(1))
    if free_to < ends:
        return None
    whole = (last - first).days + 1

    def place(day: date) -> str:
        return percent((day - first).days, whole)

    return FreeTime(
        start=place(free_from),
        width=percent((free_to - free_from).days + 1, whole),
        mission_start=place(starts),
        mission_end=place(ends + timedelta(1)),
        words=tongue.word("free %(days)s", days=tongue.days(free_from, free_to)),
    )
