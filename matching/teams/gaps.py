"""What the roster lacks: the fewest people with whom a team could be made after all.

The people who are free and invented ones of every kind asked for are put into one programme, in
which any real one is worth more than all invented ones together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import NAMESPACE_OID, uuid5

import numpy as np

from matching.arrays import Bools
from matching.teams.caps import Cap, Caps
from matching.teams.jobs import Job, Numbers
from matching.teams.joint import Joint
from roster.dates import Period
from roster.read import (
    ActivityExperience,
    Dated,
    Evidence,
    ExpertView,
    Lack,
    LanguageNeed,
    LanguageSkill,
    RankedExpert,
    Recruit,
    RequestPlan,
    RequestView,
    TeamRules,
    TopicExperience,
)
from roster.reference.regions import subregion_of
from roster.vocabulary import Band, ExpertKind, ExpertStatus, LanguageLevel, Origin

_REAL, _PLAIN, _FULL = 10_000.0, 10.0, 0.0
"""Points of somebody real, of a newcomer, and of one who must speak more languages: as few
newcomers as can be, then those who are easier to find."""
_NOWHERE = ("QM", "QN", "QO", "QP", "QQ", "QR", "QS", "QT", "QU", "QV", "QW", "QX")
"""Codes that ISO 3166 leaves to users: newcomers of different countries nobody has named."""
_OFFICIALS = (ExpertKind.EU_ADMINISTRATION, ExpertKind.NON_EU_ADMINISTRATION)


@dataclass(frozen=True, slots=True)
class _Invented:
    recruit: Recruit
    view: ExpertView
    points: float


def recruits_needed(job: Job, free: Bools) -> tuple[Recruit, ...]:
    """Return the fewest newcomers with whom a job could be staffed from who is free.

    Parameters
    ----------
    job : everybody who fits was looked at
    free : bool array of shape (n_seats, n_people), who may still take which seat

    Returns
    -------
    tuple of Recruit
        Empty where none is needed, and where none would help: its rules contradict each other.
    """
    rules, request = job.asked.rules, job.asked.ranking.request
    invented = {one.view.id: one for one in _invented(rules, request)}
    people = [job.programme.candidates[at] for at in _kept(job, free)]
    ranked = [replace(one.ranked, score=_REAL, contributions=()) for one in people]
    ranked += [RankedExpert(i, 1, Band.FIT, one.points, (), ()) for i, one in invented.items()]
    views = {one.id: one.view for one in people} | {i: one.view for i, one in invented.items()}
    ranking = replace(job.asked.ranking, people=tuple(sorted(ranked, key=lambda one: -one.score)))
    with_them = Job(replace(job.asked, ranking=ranking), lambda _: views, Numbers())
    one_seat = Cap({0: np.ones(job.n_seats)}, 1.0, is_place=True)
    bonus = 1.0 + job.n_seats * 2 * _REAL
    places = Joint([with_them], Caps((one_seat,), {}), bonus=bonus).solve().places[0]
    seated = [with_them.id_of(column) for _, column in places]
    needed = Counter(invented[one].recruit for one in seated if one in invented)
    return tuple(replace(one, seats=number) for one, number in needed.items())


def lacks_of(plans: Sequence[tuple[RequestPlan, RequestView]]) -> tuple[Lack, ...]:
    """Return the kinds of expert that requests wait for, most requested first."""
    waiting: dict[tuple[Recruit, tuple[str, ...]], list[tuple[RequestPlan, int]]]
    waiting = defaultdict(list)
    for plan, request in plans:
        found = {subregion_of(code) for code in request.countries}
        regions = tuple(sorted(one for one in found if one))
        for recruit in plan.recruits:
            waiting[replace(recruit, seats=1), regions].append((plan, recruit.seats))
    lacks = [
        Lack(
            kind=recruit.kind,
            languages=recruit.languages,
            topics=recruit.topics,
            regions=regions,
            request_ids=tuple(plan.request_id for plan, _ in those),
            seats=max(seats for _, seats in those),
        )
        for (recruit, regions), those in waiting.items()
    ]
    return tuple(sorted(lacks, key=lambda one: (-len(one.request_ids), -one.seats)))


def _kept(job: Job, free: Bools) -> list[int]:
    """Return columns of free people; of those alike in every rule no more than there are seats."""
    open_ = free & job.allowed
    rows = [open_.astype(np.float64), *(rule.coefficients for rule in job.rules)]
    kept, seen = set(job.forced), Counter[bytes]()
    traits = np.ascontiguousarray(np.vstack(rows).T)
    for at in np.flatnonzero(open_.any(axis=0)).tolist():
        alike = traits[at].tobytes()
        seen[alike] += 1
        if seen[alike] <= job.n_seats:
            kept.add(at)
    return sorted(kept)


# --- Invented people ------------------------------------------------------------------------------


def _invented(rules: TeamRules, request: RequestView) -> Iterator[_Invented]:
    """Yield as many of each kind as there are seats, with the languages and without."""
    kinds = {kind for seat in rules.seats for kind in seat.kinds}
    if any(not seat.kinds for seat in rules.seats):
        kinds |= set(_OFFICIALS)
    needed = [*rules.everyone_speaks, *(one for seat in rules.seats for one in seat.languages)]
    plain = _strictest(needed)
    full = _strictest([*needed, *rules.someone_speaks])
    asked = [*request.topics, *(one for seat in rules.seats for one in seat.topics)]
    topics = tuple(dict.fromkeys([*asked, *(one for group in rules.covered for one in group)]))
    for kind in sorted(kinds):
        for languages in dict.fromkeys((plain, full)):
            points = _PLAIN if languages == plain else _FULL
            recruit = Recruit(kind, languages, topics)
            for number in range(len(rules.seats)):
                yield _Invented(recruit, _view(recruit, number, rules), points)


def _strictest(needs: Sequence[LanguageNeed]) -> tuple[LanguageNeed, ...]:
    """Return each language once, at the highest level asked for."""
    found: dict[str, LanguageNeed] = {}
    for need in needs:
        held = found.get(need.language)
        if held is None or need.minimum.rank > held.minimum.rank:
            found[need.language] = replace(need, everyone=True)
    return tuple(found[code] for code in sorted(found))


def _view(recruit: Recruit, number: int, rules: TeamRules) -> ExpertView:
    """Return somebody who has all that is asked, from a country that nobody else is from."""
    evidence = Evidence(None, "", "invented")
    spoken = ", ".join(need.language for need in recruit.languages)
    outside = recruit.kind is not ExpertKind.EU_ADMINISTRATION
    done = dict.fromkeys(one for seat in rules.seats for one in seat.activities)
    identity = uuid5(NAMESPACE_OID, f"recruit {recruit.kind.value} {spoken} {number}")
    return ExpertView(
        id=identity,
        facility_id=identity,
        origin=Origin.SYNTHETIC,
        display_name="",
        status=ExpertStatus.ACTIVE,
        kind=recruit.kind,
        home_country=_NOWHERE[number] if outside else None,
        headline=None,
        languages=tuple(
            Dated(LanguageSkill(need.language, LanguageLevel.NATIVE), Period(), evidence)
            for need in recruit.languages
        ),
        topics=tuple(
            Dated(TopicExperience(code, 1.0), Period(), evidence) for code in recruit.topics
        ),
        activities=tuple(Dated(ActivityExperience(one), Period(), evidence) for one in done),
    )
