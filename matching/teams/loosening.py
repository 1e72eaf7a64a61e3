"""What the rules of a team may give up, one thing at a time, each from a little to altogether.

A track takes rules and yields looser ones with their words and price, cheapest first. It yields
nothing where the rules do not ask for what it loosens, so tracks can be laid over each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import partial
from math import ceil
from uuid import UUID

from matching import relations
from matching.teams.constraints import PRICES, role_label
from matching.teams.wishes import PRICES as WISH_PRICES
from roster.read import ExpertView, LanguageNeed, Loosening, SeatNeed, TeamRules
from roster.vocabulary import ExpertKind, LanguageLevel, TeamMode

PRICE_ONE_SPEAKS = 25.0
PRICE_FORCED = 50.0


@dataclass(frozen=True, slots=True)
class Step:
    """Looser rules, and what was loosened."""

    rules: TeamRules
    part: Loosening


Track = Callable[[TeamRules], Iterator[Step]]

_EU = frozenset({ExpertKind.EU_ADMINISTRATION})


def tracks_of(
    rules: TeamRules, experts: Mapping[UUID, ExpertView], *, last_resorts: bool = True
) -> list[Track]:
    """Return every track that the rules leave room for; dates and asking first are none of them.

    Parameters
    ----------
    last_resorts : True: also other modes and fewer seats, which make another team of it
    """
    codes = dict.fromkeys(need.language for need in _needs(rules))
    # The mode comes first: it decides how many officials there have to be.
    made: list[Track] = [partial(_mode, mode) for mode in _MODE_WORDS] if last_resorts else []
    for code in codes:
        made += [partial(_level, code), partial(_one_speaks, code), partial(_interpreted, code)]
    made += [_country, _office, _officials]
    made += [partial(_kinds, at) for at in _first_of_each(rules.seats)]
    made += [partial(_topics, at) for at in _first_of_each(rules.seats)]
    made += [partial(_activities, at) for at in _first_of_each(rules.seats)]
    made += [partial(_covered, group) for group in dict.fromkeys(rules.covered)]
    made += [partial(_forced, one, experts) for one in sorted(rules.forced_in)]
    made += [partial(_wish, wish) for wish in _WISHES]
    made += [partial(_parted, name, at) for name in _GROUPS for at in range(MOST_GROUPS)]
    made += [_size] if last_resorts else []
    return [track for track in made if next(track(rules), None)]


# --- Languages ------------------------------------------------------------------------------------


def _needs(rules: TeamRules) -> Iterator[LanguageNeed]:
    yield from (*rules.everyone_speaks, *rules.someone_speaks)
    for seat in rules.seats:
        yield from seat.languages


Change = Callable[[LanguageNeed], LanguageNeed | None]


def _with_needs(rules: TeamRules, change: Change) -> TeamRules:
    """Return rules with every need of a language changed, or left out where it becomes None."""

    def all_of(needs: Iterable[LanguageNeed]) -> tuple[LanguageNeed, ...]:
        return tuple(need for need in map(change, needs) if need is not None)

    return replace(
        rules,
        everyone_speaks=all_of(rules.everyone_speaks),
        someone_speaks=all_of(rules.someone_speaks),
        seats=tuple(replace(seat, languages=all_of(seat.languages)) for seat in rules.seats),
    )


def _level(code: str, rules: TeamRules) -> Iterator[Step]:
    ranks = [need.minimum.rank for need in _needs(rules) if need.language == code]
    levels, name = list(LanguageLevel), relations.language_label(code)
    top = max(ranks, default=1)
    for rank in range(top - 1, 0, -1):
        least, was = levels[rank - 1], levels[top - 1]
        said = f"accept {name} at {least.value} instead of {was.value}"
        yield Step(
            _with_needs(rules, partial(_lowered, code, least)),
            Loosening(
                "level", said, PRICES["level"] * (top - rank), None, (code, was.value, least.value)
            ),
        )


def _lowered(code: str, least: LanguageLevel, need: LanguageNeed) -> LanguageNeed:
    if need.language != code or need.minimum.rank <= least.rank:
        return need
    return replace(need, minimum=least)


def _one_speaks(code: str, rules: TeamRules) -> Iterator[Step]:
    shared = [need for need in rules.everyone_speaks if need.language == code]
    if not shared or len(rules.seats) == 1:
        return
    name, least = relations.language_label(code), max(need.minimum.rank for need in shared)
    level = list(LanguageLevel)[least - 1]
    one = LanguageNeed(code, level, everyone=False)
    others = tuple(need for need in rules.someone_speaks if need.language != code)
    yield Step(
        replace(
            rules,
            everyone_speaks=tuple(n for n in rules.everyone_speaks if n.language != code),
            someone_speaks=(*others, one),
        ),
        Loosening(
            "one_speaks", f"let one member speak {name} {level.value} instead of everybody",
            PRICE_ONE_SPEAKS, None, (code, level.value),
        ),
    )  # fmt: skip


def _interpreted(code: str, rules: TeamRules) -> Iterator[Step]:
    if all(need.language != code for need in _needs(rules)):
        return
    looser = _with_needs(rules, lambda need: None if need.language == code else need)
    yield Step(
        replace(looser, interpreted=rules.interpreted | {code}),
        Loosening(
            "interpreter", f"work with an interpreter for {relations.language_label(code)}",
            PRICES["language"], None, (code,),
        ),
    )  # fmt: skip


# --- Caps and kinds -------------------------------------------------------------------------------


def _country(rules: TeamRules) -> Iterator[Step]:
    for most in range(rules.most_per_country + 1, len(rules.seats) + 1):
        yield Step(
            replace(rules, most_per_country=most),
            Loosening(
                "country", f"take more than {most - 1} from one country, up to {most}",
                PRICES["country"] * (most - rules.most_per_country), None, (str(most),),
            ),
        )  # fmt: skip


def _office(rules: TeamRules) -> Iterator[Step]:
    """Yield higher caps per administration; the cap per country goes with it where it binds."""
    for most in range(rules.most_per_administration + 1, len(rules.seats) + 1):
        yield Step(
            replace(rules, most_per_administration=most),
            Loosening(
                "office", f"take up to {most} from one administration",
                PRICES["office"] * (most - rules.most_per_administration), None, (str(most),),
            ),
        )  # fmt: skip


def _officials(rules: TeamRules) -> Iterator[Step]:
    """Yield lower shares of officials; seats for those of Member States open with it."""
    n = len(rules.seats)
    least = ceil(rules.least_practitioners * n - 1e-9)
    last = 1 if rules.mode is TeamMode.PEER_TO_PEER else 0
    for number in range(least - 1, last - 1, -1):
        yield Step(
            replace(
                rules, least_practitioners=number / n, seats=_opened(rules, _EU)
            ),
            Loosening(
                "officials", f"let {number} of {n} be officials instead of {least}",
                PRICES["practitioners"] * (least - number), None, (str(number), str(least), str(n)),
            ),
        )  # fmt: skip


def _opened(rules: TeamRules, kinds: Set[ExpertKind]) -> tuple[SeatNeed, ...]:
    """Return the seats, those for nobody but these kinds open to any."""
    return tuple(
        replace(seat, kinds=frozenset()) if seat.kinds and seat.kinds <= kinds else seat
        for seat in rules.seats
    )


def _first_of_each(seats: tuple[SeatNeed, ...]) -> list[int]:
    """Return the first of the seats that ask for the same."""
    return [at for at, seat in enumerate(seats) if seats.index(seat) == at]


def _alike(rules: TeamRules, at: int, **change: object) -> tuple[SeatNeed, ...]:
    """Return the seats with all those alike one changed."""
    there = rules.seats[at]
    changed = replace(there, **change)  # type: ignore[arg-type]
    return tuple(changed if seat == there else seat for seat in rules.seats)


def _kinds(at: int, rules: TeamRules) -> Iterator[Step]:
    if at >= len(rules.seats) or not rules.seats[at].kinds:
        return
    role = rules.seats[at].role
    yield Step(
        replace(rules, seats=_alike(rules, at, kinds=frozenset())),
        Loosening(
            "kind", f"open the seat of {role_label(role)} to any kind of expert",
            PRICES["kind"], None, (role.value,),
        ),
    )  # fmt: skip


def _topics(at: int, rules: TeamRules) -> Iterator[Step]:
    if at >= len(rules.seats) or not rules.seats[at].topics:
        return
    seat = rules.seats[at]
    what = " or ".join(map(relations.topic_label, seat.topics))
    yield Step(
        replace(rules, seats=_alike(rules, at, topics=())),
        Loosening(
            "seat", f"take somebody as {role_label(seat.role)} without experience in {what}",
            PRICES["seat"], None, (seat.role.value, *seat.topics),
        ),
    )  # fmt: skip


def _activities(at: int, rules: TeamRules) -> Iterator[Step]:
    if at >= len(rules.seats) or not rules.seats[at].activities:
        return
    seat = rules.seats[at]
    what = " or ".join(relations.activity_label(one.value) for one in seat.activities)
    yield Step(
        replace(rules, seats=_alike(rules, at, activities=())),
        Loosening(
            "seat", f"take somebody as {role_label(seat.role)} without having done: {what}",
            PRICES["seat"], None, (seat.role.value, *(one.value for one in seat.activities)),
        ),
    )  # fmt: skip


def _covered(group: tuple[str, ...], rules: TeamRules) -> Iterator[Step]:
    if group not in rules.covered:
        return
    what = " or ".join(map(relations.topic_label, group))
    yield Step(
        replace(rules, covered=tuple(one for one in rules.covered if one != group)),
        Loosening(
            "covered", f"do without experience in {what}", PRICES["language"], None, group
        ),
    )  # fmt: skip


# --- Wishes ---------------------------------------------------------------------------------------

MOST_GROUPS = 20
_WISHES: Mapping[str, tuple[str, object, str]] = {
    "load": ("most_days_a_year", None, "let people be out more days a year than the most"),
    "rotation": ("most_deployments_a_year", None, "send people more often a year than the most"),
    "newcomers": ("least_newcomers", 0, "do without people who were never deployed before"),
    "returning": ("least_returning", 0, "do without people who served there before"),
}
_GROUPS = {
    "together": "part people who are kept together",
    "apart": "seat people together who are kept apart",
}


def _wish(kind: str, rules: TeamRules) -> Iterator[Step]:
    name, without, said = _WISHES[kind]
    if getattr(rules, name) == without:
        return
    looser = replace(rules, **{name: without})  # type: ignore[arg-type]
    yield Step(looser, Loosening(kind, said, 2 * WISH_PRICES[kind]))


def _parted(kind: str, at: int, rules: TeamRules) -> Iterator[Step]:
    """Yield the rules without one group of people kept together, or apart."""
    groups = getattr(rules, kind)
    if at >= len(groups):
        return
    looser = replace(rules, **{kind: (*groups[:at], *groups[at + 1 :])})  # type: ignore[arg-type]
    about = tuple(sorted(str(one) for one in groups[at]))
    yield Step(looser, Loosening(kind, _GROUPS[kind], WISH_PRICES["pair"], None, about))


# --- Another team ---------------------------------------------------------------------------------


def _forced(one: UUID, experts: Mapping[UUID, ExpertView], rules: TeamRules) -> Iterator[Step]:
    if one not in rules.forced_in:
        return
    name = experts[one].display_name if one in experts else "somebody who is not in this ranking"
    yield Step(
        replace(rules, forced_in=rules.forced_in - {one}),
        Loosening(
            "forced", f"do not insist on {name}", PRICE_FORCED, None, (str(one),)
        ),
    )  # fmt: skip


_MODE_WORDS = {
    TeamMode.TRIANGULAR: "make the team triangular",
    TeamMode.PEER_TO_PEER: "make the team peer-to-peer",
    TeamMode.CUSTOM: "make the team custom, without the rules of a mode",
}
_OFFICIAL_KINDS = {ExpertKind.EU_ADMINISTRATION, ExpertKind.NON_EU_ADMINISTRATION}


def _mode(mode: TeamMode, rules: TeamRules) -> Iterator[Step]:
    """Yield the rules of another mode, with the seats that the old one kept for a kind open."""
    small = mode is TeamMode.TRIANGULAR and len(rules.seats) == 1
    if rules.mode in {mode, TeamMode.CUSTOM} or small:
        return
    price = PRICES["mode"] * (1.1 if mode is TeamMode.CUSTOM else 1.0)
    share = 1.0 if mode is TeamMode.PEER_TO_PEER else min(rules.least_practitioners, 0.5)
    yield Step(
        replace(rules, mode=mode, least_practitioners=share, seats=_opened(rules, _OFFICIAL_KINDS)),
        Loosening("mode", _MODE_WORDS[mode], price, None, (mode.value,)),
    )


def _size(rules: TeamRules) -> Iterator[Step]:
    """Yield teams without one of the seats, then without more of the last ones."""
    n = len(rules.seats)
    least = max(1, len(rules.forced_in), 2 if rules.mode is TeamMode.TRIANGULAR else 1)
    if n <= least:
        return
    for at in reversed(_first_of_each(rules.seats)):
        seats = (*rules.seats[:at], *rules.seats[at + 1 :])
        yield _without(rules, seats, [rules.seats[at]])
    for kept in range(n - 2, least - 1, -1):
        yield _without(rules, rules.seats[:kept], rules.seats[kept:])


def _without(rules: TeamRules, seats: tuple[SeatNeed, ...], gone: Iterable[SeatNeed]) -> Step:
    left = [role_label(seat.role) for seat in gone]
    what = "the seat of" if len(left) == 1 else "the seats of"
    return Step(
        replace(rules, seats=seats),
        Loosening(
            "size", f"leave {what} {', '.join(left)} empty", PRICES["empty"] * len(left), None,
            (str(len(seats)),),
        ),
    )  # fmt: skip
