"""Where the rules admit no team: what to loosen, cheapest first, each way solved and counted.

Every way is looser rules by which a team was composed, so it holds what it says. One change is
tried before several together.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from time import thread_time
from uuid import UUID

from matching import relations
from matching.gates import days_in_words
from matching.teams.attempts import Attempt, attempt
from matching.teams.constraints import PRICES, kind_on
from matching.teams.easing import OtherDays, asked_about, only_busy
from matching.teams.loosening import Step, Track, tracks_of
from matching.text import list_in_words
from roster.read import ExpertView, Loosening, Ranking, Relaxation, TeamRules

MOST_WAYS = 3
MOST_DAYS = 60
"""How far the dates are moved, either way."""
LIMIT_S = 2.0
"""Seconds of work after which no further way is tried: work, for a busy machine tells no less."""
_TRIED_AS = {
    "level": "lower levels of a language",
    "one_speaks": "one speaker instead of all",
    "interpreter": "an interpreter",
    "country": "more people of one country",
    "office": "more people of one administration",
    "officials": "fewer officials",
    "kind": "other kinds of expert",
    "seat": "seats that ask for less",
    "covered": "fewer topics",
    "forced": "not insisting on somebody",
    "load": "more days a year",
    "rotation": "more deployments a year",
    "newcomers": "fewer newcomers",
    "returning": "fewer who served there before",
    "together": "parting people",
    "apart": "seating people together",
    "mode": "another mode",
    "size": "fewer seats",
    "dates": "other days",
}
_LESS = "whether less would do"
_SEVERAL = "several changes together"

_NOT_OF_PEOPLE = frozenset(
    {
        "country",
        "office",
        "forced",
        "size",
        "together",
        "apart",
        "newcomers",
        "returning",
        "covered",
    }
)


@dataclass(frozen=True, slots=True)
class WaysOut:
    """Ways to a team, cheapest first, and what there was no time to try."""

    ways: tuple[Relaxation, ...]
    untried: tuple[str, ...] = ()
    """For people: a sentence; () where everything was tried that had to be."""


def find_ways(
    ranking: Ranking,
    experts: Mapping[UUID, ExpertView],
    rules: TeamRules,
    limit_s: float = LIMIT_S,
) -> WaysOut:
    """Return up to `MOST_WAYS` ways to a team for rules that admit none, cheapest first.

    Parameters
    ----------
    ranking, experts : with the people to ask and those who do not fit: they are the ways out
    rules : as they stand
    limit_s : seconds of work for single changes; where none helps, as many for several together

    Returns
    -------
    WaysOut
        Each with the looser rules and the best team by them. Single changes, each the smallest of
        its kind that gives a team; where no single one does, several together of which none can be
        left out. No way where nothing here helps, or nothing was found in time.
    """
    # Made once: the people of a ranking are put into words whenever they are looked at.
    people = tuple(one for one in ranking.people if one.expert_id in experts)
    search = _Search(replace(ranking, people=people), experts, rules, limit_s)
    found = search.single() or search.together()
    return WaysOut(tuple(sorted(found, key=lambda way: way.cost)), search.untried())


@dataclass
class _Search:
    """The ways out of one composition."""

    ranking: Ranking
    experts: Mapping[UUID, ExpertView]
    rules: TeamRules
    limit_s: float
    _hopeless: list[frozenset[tuple[UUID, object]]] = field(default_factory=list)
    """People out of whom no team could be made on some days, with the kind of each."""
    _left: list[str] = field(default_factory=list)
    """What was not tried."""
    _started: float = field(default_factory=thread_time)

    def untried(self) -> tuple[str, ...]:
        """Say what there was no time to try."""
        if not self._left:
            return ()
        what = list_in_words(list(dict.fromkeys(self._left)), "and")
        return (f"Not every way out was tried, to answer in time; left out: {what}.",)

    def _is_over(self) -> bool:
        return thread_time() - self._started >= self.limit_s

    def _attempt(self, rules: TeamRules) -> Attempt:
        return attempt(self.ranking, self.experts, rules)

    @cached_property
    def _now(self) -> Attempt:
        return self._attempt(self.rules)

    def _counted(self, part: Loosening, tried: Attempt) -> Loosening:
        """Return what is loosened with how many people it lets in."""
        if part.kind in _NOT_OF_PEOPLE:
            return part
        return replace(part, people=tried.opened_since(self._now))

    # --- One change -------------------------------------------------------------------------------

    def single(self) -> list[Relaxation]:
        """Return ways that change one thing, each the least of its kind that helps."""
        asked = self._asking()
        ways = [] if asked is None else [asked]
        steps = [track(self.rules) for track in tracks_of(self.rules, self.experts)]
        steps.append(self._moved(self.rules))
        busy = OtherDays(only_busy(self.ranking, self.experts, self.rules), self.experts)
        waiting: list[tuple[float, int, Step]] = []
        for at, track in enumerate(steps):
            _put(waiting, at, track)
        while waiting and len(ways) < MOST_WAYS:
            if self._is_over():
                self._left += [_TRIED_AS[step.part.kind] for _, _, step in sorted(waiting)]
                break
            _, at, step = heapq.heappop(waiting)
            is_move = step.part.kind == "dates"
            way = self._on_days(step, busy) if is_move else self._way(step)
            if way is None:
                _put(waiting, at, steps[at])
            else:
                ways.append(way)
        return ways

    def _way(self, step: Step) -> Relaxation | None:
        tried = self._attempt(step.rules)
        return tried.way([self._counted(step.part, tried)])

    # --- Other days -------------------------------------------------------------------------------

    def _moved(self, rules: TeamRules) -> Iterator[Step]:
        """Yield the activity on other days, the nearest first, later before as much earlier."""
        first, last = rules.starts or rules.ends, rules.ends or rules.starts
        if first is None or last is None:
            return
        for days in range(1, MOST_DAYS + 1):
            for shift in (days, -days):
                start, end = first + timedelta(shift), last + timedelta(shift)
                if shift > 0 or start > self.ranking.today:
                    yield _on(rules, shift, start, end)

    def _on_days(self, step: Step, busy: OtherDays) -> Relaxation | None:
        tried = self._then(step.rules, busy)
        return tried.way([self._counted(step.part, tried)]) if tried else None

    def _then(self, rules: TeamRules, busy: OtherDays) -> Attempt | None:
        """Return the try on other days; None where those who are free then are no team for sure."""
        there = busy.on(rules)
        if len(there.people) < len(rules.seats):
            return None
        tried = attempt(there, self.experts, rules)
        return None if self._is_hopeless(tried) else tried

    def _is_hopeless(self, tried: Attempt) -> bool:
        """Whether nobody can come who could not on other days that gave no team."""
        day = tried.rules.starts or self.ranking.today
        people = frozenset((one, kind_on(self.experts[one], day)) for one, _ in tried.able)
        if any(people <= known for known in self._hopeless):
            return True
        self._hopeless.append(people)
        return False

    # --- Asking first -----------------------------------------------------------------------------

    def _asked(self, rules: TeamRules) -> Iterator[Step]:
        """Yield the rules with every focal point asked who has somebody to be asked about."""
        countries = asked_about(self.experts, rules)
        if countries:
            looser = replace(rules, asked_of=rules.asked_of | countries)
            yield Step(looser, _to_ask(countries))

    def _asking(self) -> Relaxation | None:
        """Return the way of asking the focal points of as few people as can be."""
        for step in self._asked(self.rules):
            few = self._fewest(step)
            if few is not None:
                return self._way(few)
        return None

    def _fewest(self, step: Step) -> Step | None:
        """Return the step that asks only where somebody of the team is to be asked about."""
        every = step.rules
        fits = self._attempt(replace(every, asked_of=self.rules.asked_of)).able
        asked = {one for one in self.experts if (one, "") not in fits}
        team = self._attempt(every).avoiding(asked)
        if team is None:
            return None
        homes = {self.experts[one].home_country for one in team & asked}
        countries = frozenset(code for code in homes if code)
        looser = replace(every, asked_of=self.rules.asked_of | countries)
        return Step(looser, _to_ask(countries)) if countries else None

    # --- Several changes --------------------------------------------------------------------------

    def together(self) -> list[Relaxation]:
        """Return ways of several changes, the next without the dearest kind of the one before.

        Other modes and fewer seats are among them only where nothing else is enough.
        """
        banned: set[str] = set()
        ways: list[Relaxation] = []
        self._started = thread_time()
        for _ in range(2):
            if self._is_over():
                self._left.append(_SEVERAL)
                break
            way = self._minimal(banned) or (None if ways else self._minimal(set(), another=True))
            if way is None:
                break
            ways.append(way)
            banned.add(max(way.parts, key=lambda part: part.price).kind)
        return ways

    def _minimal(self, banned: set[str], *, another: bool = False) -> Relaxation | None:
        """Loosen everything, then tighten again what need not be loose, the dearest first.

        Parameters
        ----------
        another : True: also the mode and the number of seats
        """
        loosened = tracks_of(self.rules, self.experts, last_resorts=another)
        tracks: list[Track] = [self._asked, *loosened]
        first = {at: next(track(self.rules), None) for at, track in enumerate(tracks)}
        loose = {
            at: _LOOSEST
            for at, step in first.items()
            if step is not None and step.part.kind not in banned
        }
        base = self._days_for(tracks, loose) if "dates" not in banned else ()
        if base is None:
            return None
        price = {at: step.part.price for at, step in first.items() if step is not None}
        for at in sorted(loose, key=lambda one: -price[one]):
            for step in range(-1, len(list(tracks[at](self.rules)))):
                if self._is_over():
                    self._left.append(_LESS)
                    break
                tighter = {**loose, at: step}
                if self._stands(_laid(self.rules, base, tracks, tighter)):
                    loose = tighter
                    break
        return self._named(_laid(self.rules, base, tracks, loose))

    def _days_for(
        self, tracks: Sequence[Track], loose: Mapping[int, int]
    ) -> tuple[Step, ...] | None:
        """Return no move where everything loosened gives a team, else the least that does."""
        if self._stands(_laid(self.rules, (), tracks, loose)):
            return ()
        self._hopeless.clear()
        loosened = _laid(self.rules, (), tracks, loose)
        by_then = loosened[-1].rules if loosened else self.rules
        busy = OtherDays(only_busy(self.ranking, self.experts, by_then), self.experts)
        for moved in self._moved(self.rules):
            if self._is_over():
                self._left.append(_SEVERAL)
                break
            tried = self._then(_laid(self.rules, (moved,), tracks, loose)[-1].rules, busy)
            if tried is not None and tried.way([]) is not None:
                return (moved,)
        return None

    def _stands(self, steps: Sequence[Step]) -> bool:
        return bool(steps) and self._attempt(steps[-1].rules).way([]) is not None

    def _named(self, steps: Sequence[Step]) -> Relaxation | None:
        """Return the team by several changes, asking only where it has to be asked."""
        asked = [step for step in steps if step.part.kind == "ask"]
        rules, parts = steps[-1].rules, [step.part for step in steps]
        for step in asked:
            few = self._fewest(replace(step, rules=rules))
            if few is not None:
                rules = few.rules
                parts = [few.part if part.kind == "ask" else part for part in parts]
        return self._attempt(rules).way(parts)


_LOOSEST = 1_000
"""Number of the last step of any track; -1 is none of them."""


def _laid(
    rules: TeamRules, base: Sequence[Step], tracks: Sequence[Track], chosen: Mapping[int, int]
) -> list[Step]:
    """Return steps of several tracks laid over each other; the last has the rules of them all."""
    steps = list(base)
    for at, number in chosen.items():
        there = list(tracks[at](steps[-1].rules if steps else rules)) if number >= 0 else []
        if there:
            steps.append(there[min(number, len(there) - 1)])
    return steps


def _put(waiting: list[tuple[float, int, Step]], at: int, track: Iterator[Step]) -> None:
    step = next(track, None)
    if step is not None:
        heapq.heappush(waiting, (step.part.price, at, step))


def _on(rules: TeamRules, shift: int, start: date, end: date) -> Step:
    days = "1 day" if abs(shift) == 1 else f"{abs(shift)} days"
    said = f"move it {days} {'later' if shift > 0 else 'earlier'}, to {days_in_words(start, end)}"
    about = (str(shift), start.isoformat(), end.isoformat())
    price = PRICES["day"] * abs(shift)
    return Step(
        replace(rules, starts=start, ends=end), Loosening("dates", said, price, None, about)
    )


def _to_ask(countries: frozenset[str]) -> Loosening:
    codes = tuple(sorted(countries, key=relations.country_label))
    named = list_in_words([relations.country_label(code) for code in codes], "and")
    whom = "the focal point" if len(codes) == 1 else "the focal points"
    said = f"ask {whom} of {named} first"
    return Loosening("ask", said, PRICES["ask"] * len(codes), None, codes)
