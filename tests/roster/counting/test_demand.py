"""Demand that a state could meet: needs without a request, against the state's own people."""

from __future__ import annotations

from dataclasses import fields

from roster.counting.coverage import AskedOnce
from roster.counting.crowd import Crowd, HeldPerson, places_of
from roster.counting.demand import Wanted, wanted_of
from roster.reference.regions import AFRICA, MENA


def person(
    topics: set[str], speaks: set[str], countries: set[str], names: set[str] | None = None
) -> HeldPerson:
    return HeldPerson(
        frozenset(topics), frozenset(speaks), frozenset(names or ()), frozenset(countries)
    )


def wanted(own: dict[str, HeldPerson], needs: list[AskedOnce]) -> tuple[Wanted[str], ...]:
    names = list(own)
    return wanted_of(
        Crowd.of(own.values()), needs, lambda some: [names[at] for at in places_of(some)]
    )


def asked(topic: str, language: str, region: str) -> AskedOnce:
    return AskedOnce(frozenset({topic}), frozenset({language}), frozenset({region}))


def test_a_need_counts_its_requests_and_names_who_of_ones_own_could_go() -> None:
    own = {
        "ana": person({"asylum"}, {"fr"}, {"SN"}),
        "rui": person({"asylum"}, set(), {"ML"}, {"fr"}),
        "eva": person({"asylum"}, {"fr"}, {"TN"}),
        "ida": person({"return"}, {"fr"}, {"SN"}),
    }
    once = asked("asylum", "fr", AFRICA)
    (found,) = wanted(own, [once, once, once])
    assert found == Wanted("asylum", "fr", AFRICA, 3, 1, 1, ("ana",))


def test_what_is_asked_for_most_comes_first_and_a_hole_is_told() -> None:
    own = {"ana": person({"asylum"}, {"fr"}, {"SN"})}
    often, seldom = asked("return", "ar", MENA), asked("asylum", "fr", AFRICA)
    found = wanted(own, [seldom, often, often])
    assert [(one.topic, one.requests, one.first) for one in found] == [
        ("return", 2, ()),
        ("asylum", 1, ("ana",)),
    ]


def test_a_need_says_nothing_of_its_requests_but_their_number() -> None:
    named = {field.name for field in fields(Wanted)}
    assert named == {"topic", "language", "region", "requests", "able", "unsure", "first"}
