"""Ways out are told in every language, with how many people each part lets in."""

from __future__ import annotations

from datetime import date

import pytest

from matching.teams.loosening import tracks_of
from roster.read import LanguageNeed, Loosening, Relaxation, SeatNeed, TeamRules
from roster.vocabulary import ActivityType, ExpertKind, LanguageLevel, SeatRole, TeamMode
from tests.matching.people import number
from web.presenters.team_ways import way_words
from web.tongues import LOCALES, tongue_of

PAIR = frozenset({number(1), number(2)})
DATES = ("dates", ("-3", "2027-02-26", "2027-03-09"))
ASK = ("ask", ("JO", "MA"))


def every_loosening() -> list[Loosening]:
    seat = SeatNeed(
        SeatRole.TRAINER,
        topics=("remittances",),
        activities=(ActivityType.TRAINING,),
        kinds=frozenset({ExpertKind.EU_ADMINISTRATION}),
    )
    rules = TeamRules(
        TeamMode.PEER_TO_PEER,
        (seat, SeatNeed(SeatRole.LEAD)),
        least_practitioners=1.0,
        everyone_speaks=(LanguageNeed("ar", LanguageLevel.B2),),
        covered=(("remittances",),),
        forced_in=frozenset({number(1)}),
        together=(PAIR,),
        apart=(PAIR,),
        most_days_a_year=10,
        most_deployments_a_year=1,
        least_newcomers=1,
        least_returning=1,
    )
    parts = [step.part for track in tracks_of(rules, {}) for step in track(rules)]
    return [*parts, *(Loosening(kind, "", 1.0, 2, about) for kind, about in (DATES, ASK))]


@pytest.mark.parametrize("code", sorted(LOCALES))
def test_each_loosening_has_words_in_each_language(code: str) -> None:
    english = tongue_of("en")
    for part in every_loosening():
        way = Relaxation("told by the solver", 1.0, None, (part,))
        said = way_words(way, tongue_of(code))
        assert said
        assert said != "Told by the solver"
        assert code == "en" or said != way_words(way, english), part.kind


def test_a_part_says_how_many_people_it_lets_in() -> None:
    level = Loosening("level", "", 10.0, 1, ("ar", "B2", "B1"))
    moved = Loosening(DATES[0], "", 4.5, 3, DATES[1])
    way = Relaxation("", 14.5, None, (level, moved))
    days = tongue_of("en").days(date(2027, 2, 26), date(2027, 3, 9))
    assert way_words(way, tongue_of("en")) == (
        "Accept Arabic at B1 instead of B2 (1 more person); move it 3 days earlier, "
        f"to {days} (3 more people free then)"
    )
    assert way_words(Relaxation("ask Ana", 1.0), tongue_of("fr")) == "Ask Ana"
