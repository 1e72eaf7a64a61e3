"""Whom to ask first: counted reasons, no claim without ground, and states only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from roster.read import Heard, OutreachAdvice, OutreachReason, StateAdvice, Told
from roster.vocabulary import RefusalReason, Role
from tests.web.officer import Desk, said
from web.presenters.outreach import FIRST, whom_to_ask
from web.tongues import tongue_of

EN = tongue_of("en")
COUNTED = (
    OutreachReason(Told.REGION, 1.0, 8, 9, 2014, ("Latin America and Caribbean",)),
    OutreachReason(Told.LANGUAGE, 0.9, names=("es",)),
    OutreachReason(Told.TOPIC, 0.5, 1, 1, 2014),
    OutreachReason(Told.SHARE, -0.2, 10, 58, 2014),
)


def state(
    reasons: tuple[OutreachReason, ...] = COUNTED, *, chance: float | None = 0.6, **told: Any
) -> StateAdvice:
    return StateAdvice("ES", 1, 2.0, chance, reasons, **told)


def advice(
    *states: StateAdvice, actions: int = 58, missing: tuple[Told, ...] = ()
) -> OutreachAdvice:
    return OutreachAdvice(states, actions, "learnt", missing)


def test_only_what_speaks_for_a_state_is_told_with_its_counts() -> None:
    line = whom_to_ask(advice(state()), EN).first[0]
    assert line.reasons == (
        "Language in common: Spanish",
        "Sent experts to 8 of 9 past Actions in the region (Latin America and Caribbean) and "
        "1 of 1 past Action on a topic of the request",
    )
    assert (line.chance, line.width) == ("60%", "100%")


def test_a_state_for_which_nothing_speaks_is_said_to_be_so() -> None:
    silent = (
        OutreachReason(Told.TOPIC, 0.4, 0, 9),
        OutreachReason(Told.LANGUAGE, 0.1),
        OutreachReason(Told.SHARE, -1.0, 0, 58),
    )
    line = whom_to_ask(advice(state(reasons=silent)), EN).first[0]
    assert line.reasons == ("Nothing in the past speaks for it",)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        pytest.param({}, ("No focal point has an account yet",), id="no-topic-asked"),
        pytest.param(
            {"focal_points": 2, "experts": 3, "speakers": 1},
            (
                "2 focal points have an account",
                "3 active experts know a topic of the request, 1 with the working language",
            ),
            id="experts-and-speakers",
        ),
        pytest.param(
            {"focal_points": 1, "experts": 1},
            ("1 focal point has an account", "1 active expert knows a topic of the request"),
            id="no-language-asked",
        ),
        pytest.param(
            {"experts": 0},
            (
                "No focal point has an account yet",
                "no active expert here knows a topic of the request",
            ),
            id="nobody",
        ),
    ],
)
def test_who_can_be_reached_is_counted_and_unknown_is_not_zero(
    told: dict[str, Any], words: tuple[str, ...]
) -> None:
    assert whom_to_ask(advice(state(**told)), EN).first[0].reach == words


def test_places_are_named_while_they_are_few() -> None:
    def where(*names: str) -> str:
        reason = OutreachReason(Told.PLACE, 1.0, 1, 5, 2013, names)
        return whom_to_ask(advice(state(reasons=(reason,))), EN).first[0].reasons[0]

    assert where("MW") == "Sent experts to 1 of 5 past Actions there or nearby (Malawi)"
    assert where("MW", "MZ", "ZM", "ZW").endswith("(4 countries)")


def test_the_first_states_stand_open_and_the_others_are_folded() -> None:
    shown = whom_to_ask(advice(*[state()] * (FIRST + 2)), EN)
    assert (len(shown.first), len(shown.others)) == (FIRST, 2)
    assert shown.others_title == "2 other states"


def test_what_nothing_is_known_of_is_said() -> None:
    missing = (Told.TOPIC, Told.PLACE, Told.REGION)
    notes = whom_to_ask(advice(state(), missing=missing), EN).notes
    assert notes[1] == "Not known, so it counts for nobody: Topics and Countries."
    few = whom_to_ask(advice(state(chance=None), actions=3), EN)
    assert few.first[0].chance == ""
    unknown = (
        "1 state has neither declared an interest nor answered a call that matters here: it "
        "counts neither for nor against it."
    )
    assert few.notes == (
        "Too few past Actions to learn from: a fixed rule orders the states.",
        unknown,
    )
    none = whom_to_ask(advice(state(chance=None), actions=0, missing=tuple(Told)), EN)
    assert none.learnt == "No past Action names a state: only languages decide."
    assert none.notes == (
        "No state has declared an interest or answered a call yet: it counts for nobody.",
    )


INTEREST = OutreachReason(
    Told.INTEREST, 0.7, names=("data_management", "011", "SN"), on=date(2026, 5, 3)
)
STAFF, NO_INTEREST = RefusalReason.STAFF, RefusalReason.INTEREST
CALLS = OutreachReason(
    Told.CALLS, -0.2, heard=Heard(1, 2, 1, (STAFF, NO_INTEREST), date(2026, 9, 1))
)
RELEASES = OutreachReason(Told.RELEASES, -0.1, heard=Heard(0, 1, 0, (), date(2026, 10, 2)))


def test_what_a_state_says_itself_is_told_with_its_day_whatever_it_counts() -> None:
    silent = OutreachReason(Told.TOPIC, 0.4, 0, 9)
    told = state((INTEREST, silent, RELEASES, CALLS), uninterested_on=date(2026, 9, 1))
    assert whom_to_ask(advice(told), EN).first[0].reasons == (
        "Nothing in the past speaks for it",
        "Declared interest in Migration data and statistics, Western Africa and Senegal on "
        "3 May 2026",
        "Of 4 calls (latest: 1 Sept 2026): 1 answered with people, 2 declined (short of staff and "
        "not interested) and 1 not answered",
        "Of 1 release asked for (latest: 2 Oct 2026): 1 not given",
    )
    assert not any("neither" in note for note in whom_to_ask(advice(told), EN).notes)


def test_an_interest_in_something_else_and_no_answer_are_not_told() -> None:
    elsewhere = replace(INTEREST, names=(), points=0.0)
    never = OutreachReason(Told.CALLS, 0.0, heard=Heard())
    line = whom_to_ask(advice(state((*COUNTED, elsewhere, never))), EN).first[0]
    assert line.reasons == whom_to_ask(advice(state()), EN).first[0].reasons
    other = state((*COUNTED, never), uninterested_on=date(2026, 9, 1))
    said = whom_to_ask(advice(other), EN).first[0].reasons[-1]
    assert said == "Answered a call on another topic with “not interested” on 1 Sept 2026"


@pytest.mark.anyio
async def test_the_page_of_a_request_says_whom_to_ask(desk: Desk) -> None:
    form = {"title": "Registers", "topics": "data_management", "countries": "Peru"}
    async with desk.client(Role.PROJECT_OFFICER) as client:
        made = await client.post("/requests", data=form)
        page = said((await client.get(made.headers["location"])).text)
    assert "Whom to ask first" in page
    assert "Spain" in page
    assert "Language in common: Spanish" in page
