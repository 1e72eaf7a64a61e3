"""What letters say beside their needs: what is useful, what interpreters do, whom it is about."""

from __future__ import annotations

from datetime import date

import pytest

from roster.ingest.letters.languages import find_needs
from roster.ingest.letters.reading import read_letter
from roster.ingest.reading import read_words
from roster.ingest.wording.lines import Piece, sentences_of


def spoken(words: str, language: str) -> dict[str, bool]:
    """Return the languages needed in some words, and whether everybody needs them."""
    found = find_needs(list(sentences_of(Piece(0, len(words), words))), language)
    return {need.language: need.everyone for need, _ in found}


USEFUL_ELSEWHERE = {
    "en": "The working language is English. Some old files are in Russian, so reading Russian is "
    "an asset.",
    "fr": "La langue de travail est le français. Des dossiers sont en russe, lire le russe est un "
    "atout.",
    "es": "El idioma de trabajo es el español. Hay expedientes en ruso, leer ruso es una ventaja.",
    "pt": "A língua de trabalho é o português. Há processos em russo, ler russo é uma mais-valia.",
}


@pytest.mark.parametrize("language", USEFUL_ELSEWHERE)
def test_a_language_called_useful_is_no_need_at_its_other_place_in_the_sentence(
    language: str,
) -> None:
    assert spoken(USEFUL_ELSEWHERE[language], language) == {language: True}


HELPED = {
    "en": "The working language is English. Colleagues who do not speak it will work with a "
    "French-English interpreter.",
    "fr": "La langue de travail est le français. Ceux qui ne le parlent pas travailleront avec un "
    "interprète anglais-français.",
    "es": "Idioma: español. Quien no lo hable trabajará con intérprete inglés–español.",
    "pt": "Língua: português. Quem não a falar trabalhará com intérprete inglês–português.",
}


@pytest.mark.parametrize("language", HELPED)
def test_an_interpreter_for_who_lacks_the_language_binds_nobody_to_it(language: str) -> None:
    assert not any(spoken(HELPED[language], language).values())


@pytest.mark.parametrize(
    ("head", "when"),
    [
        ("Fecha: 3 de noviembre de 2026", "12 de abril – 7 de mayo de 2027"),
        ("Fecha de solicitud: 3 de noviembre de 2026", "12 de abril – 7 de mayo de 2027"),
    ],
)
def test_the_day_of_a_form_is_no_window_though_its_line_runs_on(head: str, when: str) -> None:
    words = (
        "FICHA\nEntidad: Ministerio de la Mujer – Perú, con las municipalidades de Lima y Tumbes\n"
        f"{head}\nProblema: las municipalidades atienden sin norma.\n\n"
        f"Qué pedimos\n1. Una revisión entre pares.\n\nCuándo: {when}; la visita, después.\n"
        "No pedimos: estudios.\n"
    )
    found = {
        one.field: one.value for one in read_letter(read_words(words), today=date(2026, 11, 3))
    }
    assert (found["starts"], found["ends"]) == (date(2027, 4, 12), date(2027, 5, 7))


def test_where_the_people_served_come_from_asks_for_nothing() -> None:
    words = (
        "Ministerio de Inclusión, Quito\nSolicitamos dos expertos para atender a la población "
        "venezolana y a las personas haitianas en Ecuador.\n"
    )
    found = [one.value for one in read_letter(read_words(words)) if one.field == "countries"]
    assert found == [("EC",)]
