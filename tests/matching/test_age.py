"""What somebody did fifteen years ago counts less than last year's, also where only prose tells."""

from __future__ import annotations

import pytest

from matching.encoder import find_encoder
from matching.engine import Engine
from tests.matching.letters import LETTERS, LetterEncoder
from tests.matching.people import NOW, number, person, request

DONE = {
    "en": "trained officers of the airport to detect forged passports and visas.",
    "fr": "formation des agents de l'aéroport à la détection de faux passeports et visas.",
    "es": "formación de los agentes del aeropuerto en detección de pasaportes falsos.",
    "pt": "formação dos agentes do aeroporto na deteção de passaportes e vistos falsos.",
    "de": "Schulung der Beamten am Flughafen im Erkennen gefälschter Pässe und Visa.",
    "it": "formazione degli agenti dell'aeroporto sul rilevamento di passaporti falsi.",
}
OLD, NEW, UNDATED = 1, 2, 3


def order_by(engine: Engine, letter: str, done: str) -> list[int]:
    """Return the old, the new and the undated prose in the order of their ranking.

    Of equals the old one would stand first: it has the lowest id.
    """
    told = {OLD: f"{NOW.year - 15}, ", NEW: f"{NOW.year - 1}, ", UNDATED: ""}
    views = [person(n, text=f"{when}{done}") for n, when in told.items()]
    engine.update(views)
    asked = request(title="", topics=(), countries=(), text=letter)
    ids = {number(n): n for n in told}
    return [ids[one.expert_id] for one in engine.rank(asked, now=NOW).people]


@pytest.mark.parametrize("language", sorted(DONE))
def test_the_same_prose_of_long_ago_ranks_below_last_years(language: str) -> None:
    engine = Engine(encoder=LetterEncoder())
    assert order_by(engine, LETTERS["en"], DONE[language]) == [NEW, UNDATED, OLD]


@pytest.mark.long
def test_the_same_prose_of_long_ago_ranks_below_last_years_by_the_real_encoder() -> None:
    encoder = find_encoder()
    for letter in LETTERS.values():
        for done in DONE.values():
            found = order_by(Engine(encoder=encoder), letter, done)
            assert found.index(NEW) < found.index(OLD), done
