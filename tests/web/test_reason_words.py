"""Conditions, reasons and notes of a ranking are told in the language of the page."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import matching
import roster
from matching.explain import LABEL_OF
from matching.reasons import MISSING_WORDS
from matching.supplies import SUPPLIES
from matching.teams.coding import _OWN
from matching.teams.loosening import _GROUPS, _MODE_WORDS, _WISHES
from matching.teams.relaxations import _LESS, _SEVERAL, _TRIED_AS
from roster.vocabulary import ExpertStatus, LanguageLevel
from web.presenters.proofs import source_words
from web.reason_words import clause, notes
from web.tongues import LOCALES, tongue_of

_OTHERS = sorted(set(LOCALES) - {"en"})
_WORDS = {
    "name": "French",
    "least": "B2",
    "_level(minimum)": "B2",
    "_level(level)": "native",
    "days_in_words(first, last)": "28 Feb 2027 – 3 Mar 2027",
    "until": "3 Mar 2027",
    "lost": "2",
    "(last - first).days + 1": "12",
    "status.value": "paused",
    "answer.outcome": "refused",
    "wanted": "NGO expert or academic",
    "relations.kind_label(kind)": "diaspora expert",
}
"""What stands in the gaps of the conditions."""


def _conditions() -> Iterator[str]:
    """Yield every sentence that a condition can say, as its code has it."""
    source = (Path(matching.__file__).parent / "gates.py").read_text("utf-8")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            gaps = [one.value for one in node.values if isinstance(one, ast.FormattedValue)]
            if all(ast.unparse(one) in _WORDS for one in gaps):
                parts = [
                    one.value if isinstance(one, ast.Constant) else _WORDS[ast.unparse(one.value)]
                    for one in node.values
                    if isinstance(one, ast.Constant | ast.FormattedValue)
                ]
                yield "".join(map(str, parts)).replace("released3", "released until 3")
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "GateResult":
            yield from (
                one.value
                for one in node.args
                if isinstance(one, ast.Constant) and isinstance(one.value, str)
            )


@pytest.mark.parametrize("code", _OTHERS)
def test_every_condition_is_told_in_every_language(code: str) -> None:
    tongue = tongue_of(code)
    said = [one for one in _conditions() if not one.startswith((" ", "%"))]
    assert {"French native", "availability never asked"} <= set(said)
    assert len(said) >= 20
    assert [one for one in said if clause(one, tongue) == one] == []


_REFUSING = {"InvalidInput", "RequestIncomplete", "Conflict", "NotFound", "FieldError"}
_OF_RANKINGS_AND_TEAMS = (
    *Path(matching.__file__).parent.rglob("*.py"),
    *(Path(roster.__file__).parent / f"{one}.py" for one in ("portfolios", "team_rules", "teams")),
)
_IN_GAPS = {
    "who": "never deployed before",
    "mode.value.replace('_', '-')": "peer-to-peer",
    "'; '.join(broken)": "every seat is filled; at most 2 per country",
}


def _refusals() -> Iterator[str]:
    """Yield every sentence by which rankings, teams and plans are refused, as its code has it."""
    for path in _OF_RANKINGS_AND_TEAMS:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") not in _REFUSING:
                continue
            for one in node.args:
                parts = one.values if isinstance(one, ast.JoinedStr) else [one]
                said = "".join(
                    str(part.value)
                    if isinstance(part, ast.Constant)
                    else _IN_GAPS.get(ast.unparse(getattr(part, "value", part)), "7")
                    for part in parts
                )
                if " " in said:
                    yield said


@pytest.mark.parametrize("code", _OTHERS)
def test_every_refusal_of_a_ranking_a_team_or_a_plan_is_told_in_every_language(code: str) -> None:
    said = {*_refusals(), "Nobody can sit in two seats."}
    assert "7 never deployed before do not fit into 7 seats." in said
    assert len(said) > 30
    assert [one for one in said if clause(one, tongue_of(code)) == one] == []


@pytest.mark.parametrize("code", _OTHERS)
def test_everything_unknown_is_told_in_every_language(code: str) -> None:
    tongue = tongue_of(code)
    standings = [f"{one.value} on the roster" for one in ExpertStatus]
    assert [
        one for one in (*MISSING_WORDS.values(), *standings) if clause(one, tongue) == one
    ] == []


@pytest.mark.parametrize("code", _OTHERS)
def test_what_teams_may_say_is_told_in_every_language(code: str) -> None:
    tongue = tongue_of(code)
    said = [*_OWN.values(), *_GROUPS.values(), *_MODE_WORDS.values(), *LABEL_OF.values()]
    said += [*SUPPLIES.values(), *(words for _, _, words in _WISHES.values())]
    assert [one for one in said if clause(one, tongue) == one] == []
    whole = "Not every way out was tried, to answer in time; left out: {}."
    untried = (*_TRIED_AS.values(), _LESS, _SEVERAL)
    assert [one for one in untried if one in clause(whole.format(one), tongue)] == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        pytest.param("at most 2 per country", "au plus 2 par pays", id="cap"),
        pytest.param("2 of 3", "2 sur 3", id="count"),
        pytest.param(
            "Too few who fit for the rule “somebody speaks French B2”.",
            "Trop peu de personnes qui conviennent pour la règle "
            "«\xa0quelqu’un parle français B2\xa0».",
            id="rule-inside",
        ),
        pytest.param(
            "3 people are known to speak Arabic as a mother tongue and to be free; 4 are needed.",
            "personnes dont on sait qu’elles parlent arabe comme langue maternelle et sont "
            "libres\xa0: 3\xa0; il en faut\xa0: 4.",
            id="number",
        ),
        pytest.param(
            "Accept French at B1 instead of B2 (3 more people); ask the focal points of Spain and "
            "Italy first (1 person to ask)",
            "Accepter français à B1 au lieu de B2 (3 personnes de plus); consulter d’abord les "
            "points focaux : Espagne et Italie (1 personne à consulter)",
            id="way-out",
        ),
        pytest.param(
            "Does not fit: French B1, B2 needed. To ask first: availability never asked.",
            "Ne convient pas\xa0: français B1, B2 requis. À consulter d’abord\xa0: disponibilité "
            "jamais demandée.",
            id="sentences",
        ),
        pytest.param(
            "ask about Person 3 of this list: availability never asked",
            "se renseigner sur Personne 3 de cette liste\xa0: disponibilité jamais demandée",
            id="nameless",
        ),
        pytest.param(
            "accept Ana Lima with less: French B1, B2 needed",
            "accepter Ana Lima avec moins\xa0: français B1, B2 requis",
            id="name",
        ),
        pytest.param(
            "leave the seats of lead, southern peer empty",
            "laisser des places vides\xa0: chef de mission, pair du Sud",
            id="roles",
        ),
        pytest.param(
            "take somebody as lead without having done: Training or Study visit",
            "prendre comme chef de mission quelqu’un qui n’a pas déjà fait ceci\xa0: "
            "Formation ou Visite d'étude",
            id="activities",
        ),
        pytest.param(
            "region: Western Africa, as Mali",
            "région\xa0: Afrique occidentale, comme ce pays\xa0: Mali",
            id="southern",
        ),
        pytest.param(
            "Missing: 2 × official of an EU Member State; French B2 and Arabic native; "
            "Migration data and statistics; for Western Africa or Northern Africa.",
            "Il manque\xa0: 2 × agent d’un État membre de l’UE; français B2 et arabe langue "
            "maternelle; Données et statistiques migratoires; pour Afrique occidentale ou Afrique "
            "septentrionale.",
            id="lack",
        ),
        pytest.param(
            "calls answered with people: 1 of 4; calls declined: 2 of 4 (short of staff, another "
            "reason); the latest on 1 Sep 2026",
            "appels auxquels des personnes ont été proposées\xa0: 1 sur 4; appels déclinés\xa0: 2 "
            "sur 4 (manque de personnel et autre raison); la dernière réponse le 1 sept. 2026",
            id="answers",
        ),
        pytest.param(
            "supplied experts to 1 of 5 past Actions in or near Antigua & Barbuda, Mali",
            "a fourni des experts à 1 Actions passées sur 5 dans ces pays ou à proximité\xa0: "
            "Antigua-et-Barbuda et Mali",
            id="places",
        ),
    ],
)
def test_what_is_said_of_a_team_is_told_in_french(said: str, told: str) -> None:
    assert clause(said, tongue_of("fr")) == told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        pytest.param("French B1, B2 needed", "français B1, B2 requis", id="level"),
        pytest.param(
            "French B1, B2 needed; English A2, B2 needed",
            "français B1, B2 requis; anglais A2, B2 requis",
            id="alternatives",
        ),
        pytest.param("French C1, Arabic native", "français C1, arabe langue maternelle", id="many"),
        pytest.param("Spanish level unknown", "espagnol niveau inconnu", id="no-level"),
        pytest.param("free 1–12 Mar 2027", "libre, 1–12 mars 2027", id="days"),
        pytest.param("confirmed Aug 2025", "confirmée\xa0: août 2025", id="month"),
        pytest.param("1 deployment", "missions accomplies\xa0: 1", id="one"),
        pytest.param(
            "3 deployments, feedback 4.2 of 5 (6)",
            "missions accomplies\xa0: 3, avis 4,2 sur 5 (6)",
            id="feedback",
        ),
        pytest.param("Kenya (Trainer, since 2023)", "Kenya (Trainer, depuis 2023)", id="since"),
        pytest.param(
            "Ivory Coast of nobody (2019)", "Ivory Coast of nobody (2019)", id="unknown-thing"
        ),
        pytest.param(
            "Mali, same sub-region as Niger (2016); Chad (2019)",
            "Mali, même sous-région que\xa0: Niger (2016); Tchad (2019)",
            id="near",
        ),
        pytest.param(
            "nearest in meaning: Inspector, since 2016",
            "le plus proche par le sens\xa0: Inspector, since 2016",
            id="words-of-the-record-stay",
        ),
        pytest.param("anything else", "anything else", id="unknown"),
        pytest.param("", "", id="empty"),
    ],
)
def test_a_clause_is_told_in_french_with_the_words_of_the_record(said: str, told: str) -> None:
    assert clause(said, tongue_of("fr")) == told
    assert clause(said, tongue_of("en")) == said


@pytest.mark.parametrize("level", LanguageLevel)
def test_a_level_met_is_told(level: LanguageLevel) -> None:
    assert clause(f"Portuguese {level.value}", tongue_of("es")).startswith("portugués ")


def test_what_a_request_leaves_open_is_listed_in_the_language() -> None:
    said = (
        "The request names no topics, countries or dates: nobody has points for what is not asked.",
    )
    (told,) = notes(said, tongue_of("es"))
    assert "temas, países o fechas" in told


_SOURCES = ("CV of 14 Jul 2026", "List of 2 Jan 2026, row 7", "Deployment, Border staff in Accra")


@pytest.mark.parametrize("code", _OTHERS)
@pytest.mark.parametrize("label", [*_SOURCES, "the expert", "focal point"])
def test_who_says_so_is_told_in_every_language(code: str, label: str) -> None:
    told = source_words(tongue_of(code), label)
    assert told != label
    assert ("Border staff in Accra" in told) is ("Border staff in Accra" in label)
