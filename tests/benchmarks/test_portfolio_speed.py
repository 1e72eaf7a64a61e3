"""How long a portfolio takes: 40 requests of 3 seats over 2,000 people; `-m benchmark` runs it.

Figures are of the machine they were taken on, and say so; nothing here asserts a time.
"""

from __future__ import annotations

import platform
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta
from time import perf_counter
from uuid import UUID

import numpy as np
import pytest

from matching.engine import Engine
from matching.teams.compose import Composer
from matching.teams.portfolio import Planner
from roster.dates import PartialDate, Period
from roster.read import ExpertView, Portfolio, PortfolioLimits, RequestView, TeamAsked
from roster.vocabulary import Band, Priority, TeamMode
from tests.benchmarks.test_ranking_speed import people
from tests.matching.people import NOW, need, request

COUNTRIES = (("CI", "fr"), ("GH", "en"), ("SN", "fr"), ("CV", "pt"), ("PE", "es"), ("TN", "fr"))
TOPICS = ("document_security", "data_management", "trafficking_in_human_beings", "diaspora")
YEAR = date(2027, 2, 1)


def asked(number: int, spread_days: int) -> RequestView:
    """Return request `number` of many, in some language, about something, at some time."""
    rng = np.random.default_rng(number)
    country, language = COUNTRIES[number % len(COUNTRIES)]
    starts = YEAR + timedelta(days=int(rng.integers(0, spread_days)))
    return request(
        id=UUID(int=number + 1),
        countries=(country,),
        topics=(TOPICS[int(rng.integers(0, len(TOPICS)))],),
        languages=(need(language),),
        starts=starts,
        ends=starts + timedelta(days=int(rng.integers(4, 26))),
    )


@pytest.mark.benchmark
@pytest.mark.parametrize("spread_days", [300, 60], ids=["over ten months", "within two"])
def test_a_portfolio_of_forty_requests_over_two_thousand_people(
    spread_days: int, capsys: pytest.CaptureFixture[str]
) -> None:
    views = {view.id: _free(view, number) for number, view in enumerate(people(2_000))}
    engine = Engine()
    engine.update(views.values())
    engine.rank(asked(0, spread_days), now=NOW, worded=0)

    def of(ids: Collection[UUID]) -> Mapping[UUID, ExpertView]:
        return {one: views[one] for one in ids}

    started = perf_counter()
    rankings = [engine.rank(asked(n, spread_days), now=NOW, worded=0) for n in range(40)]
    ranked_s = perf_counter() - started
    modes = (TeamMode.PEER_TO_PEER, TeamMode.TRIANGULAR)
    wanted = [
        TeamAsked(
            ranking,
            Composer().default_rules(modes[n % 2], ranking.request, 3),
            list(Priority)[n % 3],
        )
        for n, ranking in enumerate(rankings)
    ]
    started = perf_counter()
    found = Planner().plan(wanted, of, PortfolioLimits())
    planned_s = perf_counter() - started
    _say(found, wanted, ranked_s, planned_s, capsys)
    assert len(found.plans) == 40


def _free(view: ExpertView, number: int) -> ExpertView:
    """Return somebody whose calendar is known and mostly free: the more are eligible the harder."""
    away = date(2027, 1 + number % 12, 1)
    period = Period(PartialDate(away.year, away.month, 1), PartialDate(away.year, away.month, 14))
    return replace(view, availability_known_until=date(2028, 12, 31), unavailable=(period,))


def _say(
    found: Portfolio,
    wanted: list[TeamAsked],
    ranked_s: float,
    planned_s: float,
    capsys: pytest.CaptureFixture[str],
) -> None:
    fit = [len(one.ranking.band(Band.FIT)) for one in wanted]
    staffed = [plan for plan in found.plans if plan.is_staffed]
    lost = sum((plan.alone or 0) - (plan.score or 0) for plan in staffed)
    gained = sum((plan.score or 0) - (plan.in_turn or 0) for plan in staffed)
    with capsys.disabled():
        print(  # noqa: T201 -- figures are for people
            f"\n{platform.processor() or platform.machine()}: 40 requests × 3 seats, "
            f"2,000 people, {min(fit)} to {max(fit)} fit each: ranked in {ranked_s:.2f} s, "
            f"planned in {planned_s:.2f} s; {len(staffed)} staffed, proven {found.is_proven}, "
            f"gap {found.gap}; {lost:.1f} points under alone, "
            f"{gained:+.1f} over one after the other; {len(found.lacks)} kinds lacking"
        )
