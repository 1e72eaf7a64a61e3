"""How long a team takes to compose out of thousands who fit; `-m benchmark` runs it.

Figures are of the machine they were taken on, and say so; nothing here asserts a time.
"""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from time import perf_counter, process_time
from uuid import UUID

import numpy as np
import pytest

from matching.teams.coding import encode
from matching.teams.compose import Composer
from matching.teams.programme import best_team
from roster.read import (
    ExpertView,
    GateResult,
    RankedExpert,
    Ranking,
    SeatNeed,
    TeamRules,
)
from roster.vocabulary import (
    ActivityType,
    Band,
    ExpertKind,
    Gate,
    GateOutcome,
    SeatRole,
    TeamMode,
)
from tests.matching.demo_roster import demo_roster
from tests.matching.people import need, request

ROUNDS = 5
FITS = (GateResult(Gate.STATUS, GateOutcome.PASS, "active"),)
EU, OUT = ExpertKind.EU_ADMINISTRATION, ExpertKind.NON_EU_ADMINISTRATION


def everybody_fits(n: int) -> tuple[Ranking, Mapping[UUID, ExpertView]]:
    """Return n people who pass every condition: the synthetic roster over again, other scores."""
    rng = np.random.default_rng(7)
    roster = demo_roster()
    views = [
        replace(roster[at % len(roster)], id=UUID(bytes=rng.bytes(16)), text="") for at in range(n)
    ]
    scores = np.sort(rng.gamma(4.0, 10.0, n))[::-1].round(2)
    people = [
        RankedExpert(view.id, at + 1, Band.FIT, float(score), (), FITS)
        for at, (view, score) in enumerate(
            zip([views[one] for one in rng.permutation(n)], scores, strict=True)
        )
    ]
    ranking = Ranking(request(), tuple(people), "benchmark", (), date(2027, 1, 15))
    return ranking, {view.id: view for view in views}


def twenty_rules(people: Sequence[RankedExpert]) -> TeamRules:
    """Return six seats, each with needs of its own, and twenty rules in all.

    Seats: one of kind, two of topic, two of activity, two of language (7). Team: caps of country
    and administration, three of the mode, the share of officials (6), a language for all and two
    for somebody (3), two groups of topics (2), one forced in and one out (2).
    """
    return TeamRules(
        mode=TeamMode.TRIANGULAR,
        seats=(
            SeatNeed(SeatRole.LEAD, kinds=frozenset({EU})),
            SeatNeed(SeatRole.THEMATIC_EXPERT, topics=("document_security",)),
            SeatNeed(SeatRole.THEMATIC_EXPERT, topics=("border_management",)),
            SeatNeed(SeatRole.TRAINER, activities=(ActivityType.TRAINING,)),
            SeatNeed(
                SeatRole.DRAFTER,
                activities=(ActivityType.DRAFTING,),
                languages=(need("fr"),),
            ),
            SeatNeed(SeatRole.SOUTHERN_PEER, languages=(need("fr", "B1"),)),
        ),
        most_per_country=2,
        most_per_administration=1,
        least_practitioners=0.5,
        everyone_speaks=(need("en", "A2"),),
        someone_speaks=(need("es", "C1"), need("ar", "B1")),
        covered=(("trafficking_in_human_beings",), ("migration_legislation",)),
        beneficiaries=("SN",),
        forced_in=frozenset({people[40].expert_id}),
        forced_out=frozenset({people[0].expert_id}),
        starts=date(2027, 3, 1),
        ends=date(2027, 3, 12),
    )


@pytest.mark.benchmark
@pytest.mark.parametrize("n", [700, 10_000])
def test_three_teams_beside_one(n: int, capsys: pytest.CaptureFixture[str]) -> None:
    ranking, views = everybody_fits(n)
    rules = twenty_rules(ranking.people)
    parts: dict[str, list[float]] = {"encode": [], "best": [], "answer": [], "answer, CPU": []}
    for _ in range(ROUNDS):
        marks = [perf_counter()]
        whole = encode(ranking, views, rules)
        marks.append(perf_counter())
        best = best_team(whole)
        marks.append(perf_counter())
        cpu = process_time()
        answer = Composer().compose(ranking, views, rules)
        marks.append(perf_counter())
        for name, took in zip(parts, np.diff(marks), strict=False):
            parts[name].append(float(took) * 1e3)
        parts["answer, CPU"].append((process_time() - cpu) * 1e3)
    assert best.proven
    assert answer.status == "optimal"
    assert len(answer.proposals) == 3
    ms = {name: float(np.median(took)) for name, took in parts.items()}
    pairs, sieve = whole.sifted
    core = "all" if sieve is None else f"{sieve.core.sum()}"
    with capsys.disabled():
        told = ", ".join(f"{name} {took:.0f}" for name, took in ms.items())
        print(  # noqa: T201 -- a benchmark prints
            f"\n{n} people × {len(rules.seats)} seats, 20 rules in {len(whole.rules)} rows, on "
            f"{platform.machine()}, median of {ROUNDS}, ms: {told}\n  {core} of {len(pairs)} "
            f"pairs in the core; three teams with alternates and checks take "
            f"{ms['answer'] / (ms['encode'] + ms['best']):.1f} times one team"
        )
