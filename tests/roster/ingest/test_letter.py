from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roster.ingest.letter import read_letter, why_unread
from roster.ingest.reading import read_words
from roster.read import LanguageNeed
from roster.vocabulary import LanguageLevel

TODAY = date(2026, 11, 22)

FRENCH = """MINISTÈRE DE L'INTÉRIEUR
DIRECTION DE LA MIGRATION

Niamey, le 12 octobre 2026

A Monsieur le Directeur du programme MIEUX
ICMPD, Vienne

Objet : Demande d'appui à la rédaction d'une stratégie de retour et de réintégration

Monsieur le Directeur,

Le Gouvernement du Niger a l'honneur de solliciter l'appui de la facilité. L'expérience du
Portugal, à l'instar de celle du Maroc, serait utile. Une mission d'évaluation pourrait avoir lieu
du 3 au 14 mai 2027 à Niamey. Les experts devront maîtriser le français (niveau C1).
La connaissance de l'anglais est un atout.

Veuillez agréer, Monsieur le Directeur, l'expression de ma haute considération.
"""

ENGLISH = """Ministry of Internal Affairs of the Republic of Moldova
General Inspectorate for Migration

Chisinau, 4 September 2026

Subject: Training on asylum interview techniques

Dear Madam,

Following our meeting of 3 July 2026, we would like to request expertise on asylum procedures, as in
Georgia two years ago. Practices of Austria and Sweden are of interest. The training should take
place in the first half of March 2027. The working language is English. At least one expert should
speak Russian (B2).

Yours sincerely,
"""

PORTUGUESE = """Comissão da CEDEAO

Exmo. Senhor,

A Comissão da CEDEAO solicita apoio para uma formação de formadores sobre livre circulação de
pessoas, em abril de 2027. Língua de trabalho: português.

Com os melhores cumprimentos
"""


def values(letter: str) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {}
    for field in read_letter(read_words(letter), today=TODAY):
        found.setdefault(field.field, []).append(field.value)
    return found


def test_french_letter_gives_its_request() -> None:
    found = values(FRENCH)
    assert found["countries"] == [("NE",)]
    assert found["administration"][0] in {"immigration_asylum", "interior"}
    assert ("return_readmission",) in found["topics"]
    assert found["languages"] == [(LanguageNeed("fr", LanguageLevel.C1),)]
    assert (found["starts"], found["ends"]) == ([date(2027, 5, 3)], [date(2027, 5, 14)])
    assert str(found["title"][0]).startswith("Demande d'appui")


def test_english_letter_gives_its_request() -> None:
    found = values(ENGLISH)
    assert found["countries"] == [("MD",)]
    assert ("asylum_international_protection",) in found["topics"]
    assert found["languages"] == [
        (LanguageNeed("en"),),
        (LanguageNeed("ru", LanguageLevel.B2, everyone=False),),
    ]
    assert (found["starts"], found["ends"]) == ([date(2027, 3, 1)], [date(2027, 3, 15)])


def test_regional_body_that_asks_is_told_from_a_country() -> None:
    found = values(PORTUGUESE)
    assert found["regional_body"] == ["ECOWAS"]
    assert "countries" not in found
    assert (found["starts"], found["ends"]) == ([date(2027, 4, 1)], [date(2027, 4, 30)])


def test_window_that_has_passed_is_not_proposed() -> None:
    document = read_words(FRENCH)
    fields = {field.field for field in read_letter(document, today=date(2028, 1, 1))}
    assert not fields & {"starts", "ends"}


@pytest.mark.parametrize("letter", [FRENCH, ENGLISH, PORTUGUESE], ids=["fr", "en", "pt"])
def test_every_field_shows_a_sentence_of_the_letter(letter: str) -> None:
    document = read_words(letter)
    bare = " ".join(document.text.split())
    for field in read_letter(document, today=TODAY):
        assert field.sentence in bare
        assert 0 <= field.span.start < field.span.end <= len(document.text)
        assert 0.0 <= field.confidence <= 1.0


def test_letter_in_a_language_that_is_not_read_says_so() -> None:
    document = read_words(
        "Arvoisa johtaja, pyydämme asiantuntija-apua muuttoliiketilastojen kehittämiseen."
    )
    assert read_letter(document, today=TODAY) == ()
    assert why_unread(document) is not None


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=300).filter(lambda words: any(map(str.isalnum, words))))
def test_any_words_are_read_or_left(words: str) -> None:
    read_letter(read_words("a" + words), today=TODAY)
