"""The mode of a team is as given, else as the letter asks, else not known."""

from __future__ import annotations

import pytest

from api.collections.lines import Line
from api.collections.modes import Mode, mode_of
from api.collections.tongues import with_sure_levels
from roster.dates import Period
from roster.errors import InvalidInput
from roster.read import Dated, Evidence, LanguageSkill
from roster.vocabulary import LanguageLevel, TeamMode
from tests.matching.people import person


@pytest.mark.parametrize(
    ("given", "words", "expected"),
    [
        ("triangular", "", Mode(TeamMode.TRIANGULAR, "given")),
        ("Peer-to-peer", "triangular cooperation", Mode(TeamMode.PEER_TO_PEER, "given")),
        (None, "We ask for triangular cooperation.", Mode(TeamMode.TRIANGULAR, "letter")),
        (None, "une coopération Sud-Sud", Mode(TeamMode.TRIANGULAR, "letter")),
        (None, "cooperación triangular o Sur-Sur", Mode(TeamMode.TRIANGULAR, "letter")),
        (None, "cooperação Sul–Sul", Mode(TeamMode.TRIANGULAR, "letter")),
        (None, "We do not ask for triangular cooperation.", Mode(None, "nothing")),
        (None, "Two experts from Member States.", Mode(None, "nothing")),
        (
            None,
            "Three people, two of them officials of Member States and one from a partner country.",
            Mode(TeamMode.TRIANGULAR, "letter"),
        ),
        (
            None,
            "deux agents publics et un homologue d'un pays du Sud",
            Mode(TeamMode.TRIANGULAR, "letter"),
        ),
        (None, "dos funcionarias y una de un país del Sur", Mode(TeamMode.TRIANGULAR, "letter")),
        (None, "One from a partner country would be welcome.", Mode(None, "nothing")),
        (
            None,
            "Deux agents, dont au moins un d'un pays hors UE.",
            Mode(TeamMode.TRIANGULAR, "letter"),
        ),
        (None, "Two officials, one from outside the EU.", Mode(TeamMode.TRIANGULAR, "letter")),
        (
            None,
            "Dos funcionarias, una de fuera de la Unión Europea.",
            Mode(TeamMode.TRIANGULAR, "letter"),
        ),
        (
            None,
            "Um perito de fora da União Europeia e outro de dentro.",
            Mode(TeamMode.TRIANGULAR, "letter"),
        ),
        (
            None,
            "Un collègue d'un pays africain sera accueilli avec joie.",
            Mode(None, "nothing"),
        ),
    ],
)
def test_the_mode_is_given_or_asked_for(given: str | None, words: str, expected: Mode) -> None:
    assert mode_of(Line("R.jsonl", 1, {"mode": given}), words) == expected


def test_a_mode_that_does_not_exist_names_its_field() -> None:
    with pytest.raises(InvalidInput, match=r"R\.jsonl, line 1, field 'mode'"):
        mode_of(Line("R.jsonl", 1, {"mode": "square"}), "")


@pytest.mark.parametrize(
    ("level", "quote", "confirmed", "expected"),
    [
        (LanguageLevel.A2, "español", False, None),
        (LanguageLevel.A2, "inglés básico (A2)", False, LanguageLevel.A2),
        (LanguageLevel.B1, "English (fluent, medium of work)", False, LanguageLevel.C1),
        (LanguageLevel.NATIVE, "français", False, LanguageLevel.NATIVE),
        (LanguageLevel.A2, "", True, LanguageLevel.A2),
    ],
)
def test_a_level_is_believed_that_stands_beside_its_language(
    level: LanguageLevel, quote: str, confirmed: bool, expected: LanguageLevel | None
) -> None:
    proof = Evidence(None, quote, "text", confirmed=confirmed)
    view = person(1, languages=(Dated(LanguageSkill("en", level), Period(), proof),))
    (found,) = with_sure_levels(view).languages
    assert found.value.level is expected
