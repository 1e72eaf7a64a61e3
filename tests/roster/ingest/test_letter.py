import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roster.ingest.letters.parts import without_quoted, without_unticked
from roster.ingest.letters.reading import read_letter, why_unread
from roster.ingest.reading import read_words
from roster.ingest.work.windows import find_windows, find_yearless
from roster.read import LanguageNeed
from roster.vocabulary import LanguageLevel
from tests.roster.ingest.score_letters import LETTERS, letters, score

TODAY = date(2026, 11, 22)
HELD_OUT = 0.7
"""Least precision and recall of any field on letters the reader was not written against."""

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


SENEGAL = json.loads((LETTERS / "seen" / "fr_senegal_praia.json").read_text(encoding="utf-8"))


def test_date_line_of_another_capital_does_not_beat_the_country_of_the_ministry() -> None:
    found = values("\n".join(SENEGAL["text"]))
    assert found["countries"] == [("SN",)]
    assert found["authority"] == ["Ministère de l'Intérieur du Sénégal"]
    assert found["title"] == ["Traite des êtres humains: Sénégal"]


def test_titles_are_short_and_cut_between_words() -> None:
    long = "Objet : " + "appui à la révision du cadre juridique de la migration " * 4
    found = values(f"Rabat, le 3 mai 2026\n{long}\n\nMonsieur,\n\nNous sollicitons un appui.\n")
    title = str(found["title"][0])
    assert len(title) <= 80
    assert title.endswith("…")
    assert title.startswith("appui à la révision")


def test_interpretation_makes_one_speaker_of_each_language_enough() -> None:
    found = values(
        "Dear Sir,\n\nThe Ministry of Labour of Ghana requests a workshop on labour migration. "
        "It will be held in English and French; interpretation will be provided.\n"
    )
    needs = [value[0] for value in found["languages"] if isinstance(value, tuple)]
    assert needs == [LanguageNeed("en", everyone=False), LanguageNeed("fr", everyone=False)]


@pytest.mark.parametrize(
    ("language", "words", "first", "last"),
    [
        ("en", "between 8 and 19 March 2027", date(2027, 3, 8), date(2027, 3, 19)),
        ("en", "on March 8-19, 2027", date(2027, 3, 8), date(2027, 3, 19)),
        ("en", "not before June 2027", date(2027, 6, 1), None),
        ("en", "the week of 10 May 2027", date(2027, 5, 10), date(2027, 5, 14)),
        ("fr", "du lundi 8 au vendredi 19 mars 2027", date(2027, 3, 8), date(2027, 3, 19)),
        ("fr", "la seconde quinzaine de mai 2027", date(2027, 5, 16), date(2027, 5, 31)),
        ("es", "entre el 22 de marzo y el 2 de abril de 2027", date(2027, 3, 22), date(2027, 4, 2)),
        ("pt", "a partir de abril de 2027", date(2027, 4, 1), None),
        ("pt", "no 2.º trimestre de 2027", date(2027, 4, 1), date(2027, 6, 30)),
        ("de", "zwischen dem 8. und dem 19. März 2027", date(2027, 3, 8), date(2027, 3, 19)),
        ("it", "dall'8 al 19 marzo 2027", date(2027, 3, 8), date(2027, 3, 19)),
        ("ar", "من 8 إلى 19 آذار 2027", date(2027, 3, 8), date(2027, 3, 19)),
        ("ar", "في الربع الأول من 2027", date(2027, 1, 1), date(2027, 3, 31)),
    ],
)
def test_windows_are_read_in_every_style(
    language: str, words: str, first: date, last: date | None
) -> None:
    [window] = find_windows(words, language)
    assert (window.first, window.last) == (first, last)


def test_deadline_is_no_window() -> None:
    found = values(
        "Dear Sir,\n\nWe request a workshop. Please reply no later than 15 January 2027.\n"
    )
    assert not {"starts", "ends"} & set(found)


@pytest.mark.parametrize(("half", "least"), [("seen", 0.95), ("held_out", HELD_OUT)])
def test_letters_are_read_well_in_every_field(half: str, least: float) -> None:
    for name, tally in score(half).items():
        assert min(tally.precision, tally.recall) >= least, (name, tally.slips)


@pytest.mark.parametrize("path", [*letters("seen"), *letters("held_out")], ids=lambda one: one.stem)
def test_every_field_of_every_letter_shows_its_sentence(path: Path) -> None:
    document = read_words("\n".join(json.loads(path.read_text(encoding="utf-8"))["text"]))
    bare = " ".join(document.text.split())
    for field in read_letter(document, today=TODAY):
        assert field.sentence
        assert field.sentence in bare
        assert 0 <= field.span.start < field.span.end <= len(document.text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["en", "fr", "es", "pt", "de", "it", "ar", None]))
def test_windows_stand_where_they_are_said_to_stand(words: str, language: str | None) -> None:
    for window in find_windows(f"{words} 8-19/3/2027 {words}", language):
        assert 0 <= window.start < window.end <= 2 * len(words) + 20


def _needs(text: str) -> list[LanguageNeed]:
    found = values(text).get("languages", [])
    return [one[0] for one in found if isinstance(one, tuple)]


@pytest.mark.parametrize(
    ("sentence", "needed"),
    [
        pytest.param(
            "Exchanges are held in French and, in the field, in Pular or Soninké with interpreters "
            "of our services.",
            {"fr"},
            id="en-interpreters",
        ),
        pytest.param(
            "Las sesiones serán en español; las visitas, en guaraní con traducción.",
            {"es"},
            id="es-translation",
        ),
        pytest.param(
            "Les échanges se feront en français et, sur le terrain, en hassaniya ou pular avec des "
            "interprètes de nos services.",
            {"fr"},
            id="fr-interpreters",
        ),
        pytest.param(
            "The working group meets in English; interviews will be interpreted from Bangla.",
            {"en"},
            id="interpreted-from",
        ),
        pytest.param(
            "As línguas oficiais são o português e o tétum. A equipa trabalha em português.",
            {"pt"},
            id="official-only",
        ),
    ],
)
def test_a_language_that_others_speak_for_the_team_is_not_needed(
    sentence: str, needed: set[str]
) -> None:
    needs = _needs(f"Dear Sir or Madam,\n\nWe ask for help. {sentence}\n")

    assert {need.language for need in needs} == needed


def test_a_language_that_is_accepted_as_well_leaves_each_of_the_two_to_one_of_the_team() -> None:
    needs = _needs(
        "Monsieur,\n\nNous travaillons en français, mais l'anglais est également accepté comme "
        "langue de travail.\n"
    )

    assert {(need.language, need.everyone) for need in needs} == {
        ("fr", False),
        ("en", False),
    }


_OPENINGS = {
    "en": "Dear Sir or Madam,\n\nWe ask for the help of experts on asylum.",
    "fr": "Monsieur,\n\nNous sollicitons l'appui d'experts sur l'asile.",
    "es": "Estimados señores:\n\nSolicitamos el apoyo de expertos en asilo.",
    "pt": "Exmos. Senhores,\n\nSolicitamos o apoio de peritos em asilo.",
    "de": "Sehr geehrte Damen und Herren,\n\nwir bitten um die Hilfe von Fachleuten für Asyl.",
}


@pytest.mark.parametrize(
    ("letter", "words", "needs"),
    [
        ("en", "Working language: English or Russian, at B2.", {("en", False), ("ru", False)}),
        ("fr", "Langue de travail : Français.", {("fr", True)}),
        ("de", "Arbeitssprache: Englisch oder Russisch.", {("en", False), ("ru", False)}),
        ("en", "Our case officers speak Russian. Working language: English.", {("en", True)}),
        ("fr", "Nos agents parlent wolof. Le travail se fera en français.", {("fr", True)}),
        ("es", "Idioma de trabajo: español. Los agentes hablan quechua.", {("es", True)}),
        ("fr", "Les policiers de Douala signalent des documents falsifiés.", {("fr", True)}),
        ("pt", "O aeroporto de Lunda tem muitos vistos falsificados.", {("pt", True)}),
        ("en", "Two officers who speak Russian are asked for.", {("ru", True)}),
        ("es", "En la provincia nadie entiende el inglés.", {("es", True)}),
        ("fr", "Personne chez nous ne maîtrise l'anglais.", {("fr", True)}),
        ("pt", "Poucos colegas falam francês.", {("pt", True)}),
        ("de", "Hier versteht niemand Englisch, kaum jemand spricht Russisch.", {("de", True)}),
        ("en", "Few judges speak English, so hearings are held in Russian.", {("ru", True)}),
        ("en", "You need excellent Russian (C1).", {("ru", True)}),
    ],
)
def test_a_need_stands_under_its_label_and_is_nobody_elses(
    letter: str, words: str, needs: set[tuple[str, bool]]
) -> None:
    """A letter that says nothing of languages asks for its own."""
    found = _needs(f"{_OPENINGS[letter]} {words}\n")
    assert {(one.language, one.everyone) for one in found} == needs


@pytest.mark.parametrize(
    ("code", "written", "days"),
    [
        ("en", "When: 3 to 14 March", ("2026-03-03", "2026-03-14")),
        ("fr", "du 5 au 16 janvier", ("2027-01-05", "2027-01-16")),
        ("es", "entre el 8 y el 19 de junio", ("2026-06-08", "2026-06-19")),
        ("pt", "de 4 a 15 de janeiro", ("2027-01-04", "2027-01-15")),
    ],
)
def test_days_without_a_year_are_the_next_after_the_letter(
    code: str, written: str, days: tuple[str, str]
) -> None:
    found = find_yearless(written, code, date(2026, 2, 20))
    assert [(one.first.isoformat(), str(one.last)) for one in found] == [days]


def test_days_with_a_year_or_that_no_month_has_are_no_days_without_one() -> None:
    for written in ("3 to 14 March 2027", "20 to 31 June", "14 to 3 May", "3-14 March, 2027"):
        assert find_yearless(written, "en", date(2026, 2, 20)) == []


def test_what_a_reply_quotes_is_no_wish_of_it() -> None:
    letter = "Dear all,\nWe train in English.\n> Shall the sessions be held in Spanish?"
    bare = without_quoted(letter)
    assert len(bare) == len(letter)
    assert "Spanish" not in bare
    assert without_quoted("> only this") == "> only this"


def test_towns_tell_the_country_where_nothing_else_does() -> None:
    letter = (
        "Dear colleagues,\nWe would like two trainers for our labour inspectors in Mombasa and "
        "later in Kisumu. They would help us to plan visits to recruiters.\nBest regards,\nJoy"
    )
    found = read_letter(read_words(letter), today=date(2026, 2, 20))
    assert [one.value for one in found if one.field == "countries"] == [("KE",)]


@pytest.mark.parametrize(
    ("letter", "words", "least"),
    [
        ("fr", "Le travail se fera dans notre langue, à l'écrit aussi (C1).", "C1"),
        ("pt", "Queremos que cada perito domine a nossa língua (C1).", "C1"),
        ("es", "Bastará con hablar nuestro idioma; C1 como mínimo.", "C1"),
        ("en", "Form C1 is enclosed.", "B2"),
        ("de", "Alle müssen das Englische beherrschen (C1).", "C1"),
    ],
)
def test_a_level_said_without_a_language_is_that_of_the_letters_own(
    letter: str, words: str, least: str
) -> None:
    (need,) = _needs(f"{_OPENINGS[letter]} {words}\n")
    assert need.minimum.value == least


def test_a_language_of_booths_stays_one_of_the_sessions() -> None:
    needs = _needs(
        f"{_OPENINGS['en']} Sessions in Arabic and French with simultaneous interpreting."
    )
    assert {(one.language, one.everyone) for one in needs} == {("ar", False), ("fr", False)}


def test_an_earlier_message_below_a_line_is_no_wish_but_one_passed_on_is() -> None:
    below = "----- Message d'origine -----\nFaut-il des experts parlant russe ?\n"
    asked = f"{_OPENINGS['fr']} " + "Nos agents ont besoin de conseils sur les recours. " * 6 + "\n"
    bare = without_quoted(asked + below)
    assert len(bare) == len(asked + below)
    assert "russe" not in bare
    assert "russe" in without_quoted("Pour suite à donner.\n" + below)


@pytest.mark.parametrize(
    ("form", "kept"),
    [
        ("[x] returns\n[ ] visas\n[ ] fraud", "returns"),
        ("Domaine : ☐ visas ☒ retours ☐ fraude", "Domaine : ☒ retours"),
        ("Tipo: visados ☐ retorno ☒ fraude ☐", "Tipo: retorno ☒"),
        ("( ) vistos (x) regressos", "(x) regressos"),
        ("[ ] visas [ ] returns", "[ ] visas [ ] returns"),
    ],
    ids=["lines", "box-before", "box-behind", "brackets", "not-filled-in"],
)
def test_what_nobody_ticked_is_not_asked_for(form: str, kept: str) -> None:
    bare = without_unticked(form)
    assert len(bare) == len(form)
    assert " ".join(bare.replace("[x]", "").split()) == kept


@pytest.mark.parametrize(
    "label",
    ["2. Date of request", "Fecha de la solicitud", "Data do pedido", "Date de la demande"],
)
def test_the_day_of_an_application_is_no_window(label: str) -> None:
    text = f"{label}: 02/06/2027\nWe ask for help with asylum.\nLisbon, 06/09/2027 - 17/09/2027\n"
    found = read_letter(read_words(text), today=date(2026, 11, 22))
    assert [one.value for one in found if one.field == "starts"] != [date(2027, 6, 2)]


@pytest.mark.parametrize("rule", ["-" * 72, "=" * 40, "--- --- ---", "– – –"])
def test_a_rule_below_the_head_of_a_form_closes_no_letter(rule: str) -> None:
    form = f"""REQUEST                Vanuatu
{rule}
Ministry of Lands      Port Vila
Purpose                Two lots of guidance on visas for seasonal workers, and a training
                       of the twelve officers who issue them
Language               English C1 (Bislama provided in the islands)
Dates                  4 to 15 October 2027
"""
    found = values(form)
    assert found["languages"] == [(LanguageNeed("en", LanguageLevel.C1),)]
    assert (found["starts"], found["ends"]) == ([date(2027, 10, 4)], [date(2027, 10, 15)])


FORM_ENDS = {
    "pt": ("Ministério do Trabalho", "Pedido", "Língua: português C1. O francês é útil."),
    "es": ("Ministerio de Trabajo", "Solicitud", "Idioma: español C1. El inglés puede ser útil."),
    "fr": ("Ministère du Travail", "Demande", "Langue : français C1. L'anglais serait utile."),
    "en": ("Ministry of Labour", "Request", "Language: English C1. French would be useful."),
}


@pytest.mark.parametrize("language", FORM_ENDS)
def test_a_useful_language_is_no_need_and_names_no_country(language: str) -> None:
    office, word, line = FORM_ENDS[language]
    long = {
        "pt": "Pedimos apoio para a formação de vinte e quatro inspetores do trabalho em visitas.",
        "es": "Solicitamos apoyo para la formación de veinticuatro inspectores de trabajo nuevos.",
        "fr": "Nous sollicitons un appui pour la formation de vingt-quatre inspecteurs du travail.",
        "en": "We request support for the training of twenty-four inspectors of labour in visits.",
    }[language]
    lines = [office, "Belize", word, "2026", "1.", "2.", long, f"{long} {long}", line]
    found = values("\n".join(lines))
    assert found["languages"] == [(LanguageNeed(language, LanguageLevel.C1),)]
    assert found["countries"] == [("BZ",)]


@pytest.mark.parametrize(
    ("words", "needs"),
    [
        pytest.param(
            "Língua: francês (B2). Aceitamos quem fale inglês nesse nível.",
            {("fr", False), ("en", False)},
            id="pt",
        ),
        pytest.param(
            "Langue de travail : portugais B2. À défaut, l'espagnol C1.",
            {("pt", False), ("es", False)},
            id="fr",
        ),
        pytest.param(
            "The working language is French (B2). English is also fine.",
            {("fr", False), ("en", False)},
            id="en",
        ),
        pytest.param(
            "Idioma de trabajo: español B2. También vale el portugués.",
            {("es", False), ("pt", False)},
            id="es",
        ),
        pytest.param(
            "Langue de travail : français B2. Nous n'acceptons pas les exposés en anglais.",
            {("fr", True)},
            id="refused",
        ),
    ],
)
def test_a_language_admitted_in_another_sentence_is_as_good(
    words: str, needs: set[tuple[str, bool]]
) -> None:
    found = _needs(f"Dear Sir or Madam,\n\nWe ask for help. {words}\n")
    assert {(one.language, one.everyone) for one in found} == needs


@pytest.mark.parametrize(
    ("words", "needed"),
    [
        ("English is not spoken in the districts, Portuguese (B2) is needed.", {"pt"}),
        ("Sessões em português; o inglês não é falado pelos técnicos.", {"pt"}),
        ("L'anglais n'est pas parlé ici, le travail se fait en français.", {"fr"}),
        ("El inglés no es hablado aquí; se trabaja en español.", {"es"}),
    ],
)
def test_a_language_that_is_not_spoken_there_is_not_needed(words: str, needed: set[str]) -> None:
    found = _needs(f"Dear Sir or Madam,\n\nWe ask for help. {words}\n")
    assert {one.language for one in found} == needed


@pytest.mark.parametrize(
    ("words", "country"),
    [
        pytest.param(
            "Como combinado em Genebra, pedimos duas pessoas das conservatórias. Os regressados "
            "do Quénia e do Uganda não têm papéis. O trabalho é de 3 a 14 de maio de 2027, em "
            "Bissau e Bafatá.",
            "GW",
            id="pt",
        ),
        pytest.param(
            "As agreed in Geneva we ask for two registrars. Families came back from Kenya and "
            "Sudan. The work is from 3 to 14 May 2027 in Lusaka.",
            "ZM",
            id="en",
        ),
    ],
)
def test_the_place_of_the_work_tells_the_country_before_that_of_a_meeting(
    words: str, country: str
) -> None:
    letter = f"{'Caros colegas' if country == 'GW' else 'Dear colleagues'},\n\n{words}\n\nAna"
    assert values(letter)["countries"] == [(country,)]
