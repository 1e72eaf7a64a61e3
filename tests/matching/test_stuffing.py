"""Repeating the letter, or saying it in other words, gains an irrelevant CV little by meaning."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matching.encoder import Encoder, find_encoder
from matching.engine import Engine
from roster.read import ExpertView
from tests.matching.letters import LETTERS, OFFICIALS, PLASTERER
from tests.matching.people import NOW, request

pytestmark = pytest.mark.long

PARAPHRASES = {
    "en": "Senegal's interior ministry wishes for help with the safety of passports. Every week "
    "counterfeit travel papers and visas turn up at the airport, and staff have not learnt to "
    "spot them. Specialists should look at how biometric passports are handed out and teach "
    "those who inspect in second line.",
    "fr": "Le Sénégal voudrait une aide pour protéger ses passeports. À l'aéroport, des papiers "
    "contrefaits apparaissent toutes les semaines et le personnel n'a pas appris à les repérer. "
    "Des spécialistes verraient comment sont remis les passeports à puce et instruiraient ceux qui "
    "contrôlent en seconde ligne.",
    "es": "Senegal querría ayuda para proteger sus pasaportes. En el aeropuerto aparecen papeles "
    "falsificados todas las semanas y el personal no ha aprendido a reconocerlos. Unos "
    "especialistas verían cómo se entregan los pasaportes con chip y enseñarían a quienes "
    "controlan en la segunda línea.",
    "pt": "O Senegal quereria ajuda para proteger os seus passaportes. No aeroporto aparecem "
    "papéis contrafeitos todas as semanas e o pessoal não aprendeu a reconhecê-los. "
    "Especialistas veriam como são entregues os passaportes com chip e ensinariam quem controla "
    "na segunda linha.",
}


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    found = find_encoder()
    assert found is not None
    return found


def place_of(who: ExpertView, letter: str, encoder: Encoder) -> int:
    engine = Engine(encoder=encoder)
    engine.update([*OFFICIALS, who])
    engine.encode_pending()
    asked = request(title="", text=letter, topics=(), countries=("SN",))
    people = engine.rank(asked, now=NOW).people
    return [one.expert_id for one in people].index(who.id)


@pytest.mark.parametrize("language", sorted(LETTERS))
def test_the_letter_pasted_ten_times_lifts_an_irrelevant_cv_two_places_at_most(
    language: str, encoder: Encoder
) -> None:
    letter = LETTERS[language]
    stuffed = replace(PLASTERER, text=f"{PLASTERER.text}\n" + f"{letter}\n" * 10)
    before = place_of(PLASTERER, letter, encoder)
    assert before - place_of(stuffed, letter, encoder) <= 2


@pytest.mark.parametrize("language", sorted(LETTERS))
def test_the_letter_in_other_words_never_stands_above_who_did_it(
    language: str, encoder: Encoder
) -> None:
    stuffed = replace(PLASTERER, text=f"{PLASTERER.text}\n{PARAPHRASES[language]}")
    assert place_of(stuffed, LETTERS[language], encoder) > 0
