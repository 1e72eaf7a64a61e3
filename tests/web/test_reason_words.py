"""Conditions, reasons and notes of a ranking are told in the language of the page."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import api
import matching
import roster
import web
from api.bulk import _refused
from api.voices import Voice
from matching.explain import LABEL_OF
from matching.reasons import MISSING_WORDS
from matching.supplies import SUPPLIES
from matching.teams.coding import _OWN
from matching.teams.loosening import _GROUPS, _MODE_WORDS, _WISHES
from matching.teams.relaxations import _LESS, _SEVERAL, _TRIED_AS
from roster import errors
from roster.vocabulary import ExpertStatus, LanguageLevel
from web.presenters.proofs import source_words
from web.reason_words import clause, in_language, notes
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


_KINDS = {name for name, kind in vars(errors).items() if isinstance(kind, type)}
_REFUSING = _KINDS - {"UUID"} | {"HTTPException"}
_TOLD_ELSEWHERE = {"backups", "ingest", "inputs"}
"""Parts of the domain whose refusals are for commands, or about files."""
_SERVING = (
    *("bulk", "careful", "deps", "job_board", "jobs", "letters", "limits", "metrics"),
    *("model_files", "problems", "rates", "wording"),
)
"""Modules of the API that refuse with words of their own."""
_HERE = Path(web.__file__).parent
_REFUSALS_IN = (
    *Path(matching.__file__).parent.rglob("*.py"),
    *(
        path
        for path in Path(roster.__file__).parent.rglob("*.py")
        if _TOLD_ELSEWHERE.isdisjoint({*path.with_suffix("").parts})
    ),
    *(_HERE / "views").rglob("*.py"),
    _HERE / "errors.py",
    *(Path(api.__file__).parent / "routers").rglob("*.py"),
    *(Path(api.__file__).parent / f"{one}.py" for one in _SERVING),
)
_IN_GAPS = {
    "who": "never deployed before",
    "mode.value.replace('_', '-')": "peer-to-peer",
    "'; '.join(broken)": "every seat is filled; at most 2 per country",
    "expert.status.value": "paused",
    "release.outcome.value": "refused",
    "fiche.status.value": "submitted",
    "request.status.value": "rejected",
    "one.status.value": "rejected",
    "before.value": "in_preparation",
    "to.value": "approved",
    "noun": "regional body",
    "told": "It was learnt from invented decisions, which never promote a model.",
    "_WORDS['json_invalid']": "This is no valid JSON from here on.",
    "hint": "Did you mean Mali?",
}


def _spelt(node: ast.AST) -> str:
    """Return what a sentence of the code reads as, with something in each gap."""
    return "".join(
        str(part.value)
        if isinstance(part, ast.Constant)
        else _IN_GAPS.get(ast.unparse(getattr(part, "value", part)), "7")
        for part in getattr(node, "values", [node])
    )


def _sentences(node: ast.AST, named: dict[str, list[ast.AST]]) -> Iterator[str]:
    """Yield the sentences that an argument can be; a name stands for all that is given to it."""
    if isinstance(node, ast.Constant | ast.JoinedStr):
        yield _spelt(node)
    elif isinstance(node, ast.IfExp):
        yield from _sentences(node.body, named)
        yield from _sentences(node.orelse, named)
    elif isinstance(node, ast.Name):
        for one in named.get(node.id, []):
            if not isinstance(one, ast.Name):
                yield from _sentences(one, named)


@cache
def _refusals() -> frozenset[str]:
    """Return every sentence by which something is refused, as its code has it."""
    found: set[str] = set()
    for path in _REFUSALS_IN:
        nodes = [*ast.walk(ast.parse(path.read_text("utf-8")))]
        named: dict[str, list[ast.AST]] = {}
        for node in nodes:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                named.setdefault(node.targets[0].id, []).append(node.value)
        for node in nodes:
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in _REFUSING:
                told = [said for one in node.args for said in _sentences(one, named)]
                found.update(said for said in told if " " in said and said[-1] in ".?:7")
    return frozenset(found)


_MADE_IN_PARTS = (
    "Nobody can sit in two seats.",
    "Plan at least one activity before the fiche is submitted.",
    "The country “ZZ” is not known. Give the two letters of ISO 3166-1, for example CI for Côte "
    "d’Ivoire.",
    "The language “zzz” is not known. Give the code of ISO 639, for example fr for French.",
    "The topic “asylom” is not known. Did you mean asylum?",
    "Write the objective before the fiche is submitted. Name at least one result before the fiche "
    "is submitted.",
    "The model 2027.2 cannot rank: it is damaged. 2027.1 ranks instead.",
    "This is too short to tell it from other words.",
    "The address has to begin with https://.",
)


@pytest.mark.parametrize("code", _OTHERS)
def test_every_refusal_is_told_in_every_language(code: str) -> None:
    said = {*_refusals(), *_MADE_IN_PARTS}
    assert "7 never deployed before do not fit into 7 seats." in said
    assert "Say why it is called off." in said, "a name stands for what is given to it"
    assert len(said) > 350
    assert sorted(one for one in said if clause(one, tongue_of(code)) == one) == []


def test_what_is_refused_of_many_items_at_once_is_told_in_the_language_of_the_caller() -> None:
    wrong = errors.FieldError("/topics/0", "The topic “asylom” is not known.")
    refused = errors.UnknownTerm("Some terms are not in the lists of the roster.", (wrong,))
    found = _refused(0, refused, Voice("fr", in_language)).problem
    assert found is not None
    assert found.title == "Un terme est inconnu"
    assert "asylom" in found.errors[0].detail
    assert {found.detail, found.errors[0].detail}.isdisjoint({refused.detail, wrong.detail})
    assert found.type == "/problems/unknown-term"


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
        pytest.param("1 deployment", "déploiements\xa0: 1", id="one"),
        pytest.param(
            "3 deployments, feedback 4.2 of 5 (6)",
            "déploiements\xa0: 3, avis 4,2 sur 5 (6)",
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
