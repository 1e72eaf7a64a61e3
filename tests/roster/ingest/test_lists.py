from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roster.dates import PartialDate, Period
from roster.errors import FileRefused, FileTooLarge
from roster.ingest.lists.reading import (
    ListField,
    RowReading,
    Target,
    is_list,
    propose_mapping,
    read_list,
    rows_to_profiles,
)
from roster.ingest.reading import read_file
from roster.read import (
    BirthYear,
    Contact,
    CountryExperience,
    KindOfExpert,
    LanguageSkill,
    Name,
    Nationality,
    Post,
    TopicExperience,
)
from roster.vocabulary import ExpertKind, FactKind, LanguageLevel
from tests.roster.ingest.documents import CV_LINES
from tests.roster.ingest.spreadsheets import Cells, ods_of, xlsx_of

TODAY = date(2026, 11, 22)
HEADER = ["Surname", "First name", "E-mail", "Languages", "Born", "Phone"]
ROW = ["KRAWIEC", "Ola", "ola.krawiec@mswia.example", "English C1; French B2", 1981, 48221234567]
SHEET: Cells = [["Experts 2026"], [], HEADER, ROW]


def csv_of(rows: Cells, separator: str = ";") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue()


def readings(data: bytes) -> list[RowReading]:
    table = read_list(data).tables[0]
    return list(rows_to_profiles(table, propose_mapping(table.header, table.cells()), today=TODAY))


def reading(header: list[str], row: list[object]) -> RowReading:
    (only,) = readings(csv_of([header, row]).encode())
    return only


def values(row: RowReading, kind: FactKind) -> list[object]:
    return [fact.value for fact in row.profile.of(kind)]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(xlsx_of({"Notes": [["Hello"]], "People": SHEET}), id="xlsx"),
        pytest.param(ods_of({"People": SHEET}), id="ods"),
        pytest.param(csv_of(SHEET).encode("utf-8-sig"), id="csv with mark"),
        pytest.param(csv_of(SHEET, ",").encode(), id="csv by commas"),
        pytest.param(csv_of(SHEET, "\t").encode("utf-16"), id="csv of UTF-16 by tabs"),
        pytest.param(("sep=|\r\n" + csv_of(SHEET, "|")).encode(), id="csv that names its sign"),
    ],
)
def test_a_list_of_any_format_gives_the_same_people(data: bytes) -> None:
    assert is_list(data)
    (row,) = readings(data)
    assert row.name == "Ola Krawiec"
    assert not row.problems
    assert values(row, FactKind.EMAIL) == [Contact("ola.krawiec@mswia.example")]
    assert values(row, FactKind.TELEPHONE) == [Contact("48221234567")]
    assert values(row, FactKind.BIRTH_YEAR) == [BirthYear(1981)]
    levels = {one.language: one.level for one in values(row, FactKind.LANGUAGE)}  # type: ignore[attr-defined]
    assert levels == {"en": LanguageLevel.C1, "fr": LanguageLevel.B2}


def test_rows_are_numbered_as_the_spreadsheet_shows_them() -> None:
    table = read_list(xlsx_of({"People": SHEET})).tables[0]
    assert (table.header_row, table.rows[0].number, table.name) == (3, 4, "People")


@pytest.mark.parametrize("encoding", ["cp1250", "cp1251", "cp1252", "cp1253"])
def test_old_code_pages_are_guessed_and_it_is_said(encoding: str) -> None:
    people: list[str] = {
        "cp1250": ["Grzegorz Brzęczyszczykiewicz", "Wójcik Łucja", "Dvořáková Žofie", "Kovačič"],
        "cp1251": ["Иванова Мария Петрова", "Георгиев Димитър", "Служба за миграция", "Стоянов"],
        "cp1252": ["Jérôme Lefèvre", "Müller Jörg", "Ibáñez Peña", "João Conceição"],
        "cp1253": ["Παπαδόπουλος Γεώργιος", "Υπουργείο Μετανάστευσης", "Ελένη Νικολάου", "Δήμος"],
    }[encoding]
    text = csv_of([["Name", "Employer"], *([one, one] for one in people * 6)])
    found = read_list(text.encode(encoding))
    assert [row.cells[0] for row in found.tables[0].rows] == people * 6
    assert "encoding was guessed" in found.notes[0]


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        (
            ["Nom", "Prénom(s)", "Courriel", "Administration", "Fonction", "Langues", "Remarques"],
            ["family_name", "given_name", "email", "employer", "position", "languages", "ignored"],
        ),
        (["Nom", "Nationalité"], ["full_name", "nationality"]),
        (
            [
                "Nombre",
                "Apellidos",
                "Correo electrónico",
                "Institución",
                "Cargo",
                "Áreas temáticas",
            ],
            ["given_name", "family_name", "email", "employer", "position", "topics"],
        ),
        (
            ["Name", "Vorname", "Dienststelle", "Referat", "Sprachkenntnisse", "Geburtsjahr"],
            ["family_name", "given_name", "employer", "unit", "languages", "birth"],
        ),
        (
            ["Cognome e Nome", "Ente di appartenenza", "Qualifica", "Cittadinanza"],
            ["full_name", "employer", "position", "nationality"],
        ),
        (
            ["Apelido", "Nome próprio", "País", "Função", "Telemóvel", "Disponível até"],
            ["family_name", "given_name", "country", "position", "telephone", "available_until"],
        ),
        (["Nazwisko", "Imię", "Stanowisko"], ["family_name", "given_name", "position"]),
        (["Επώνυμο", "Όνομα", "Γλώσσες"], ["family_name", "given_name", "languages"]),
        (["Фамилия", "Длъжност", "Имейл"], ["family_name", "position", "email"]),
        (["Nume", "Prenume", "Funcția"], ["family_name", "given_name", "position"]),
        (
            ["Full name", "English", "FR", "Niveau (anglais)", "Language 1", "Level 1"],
            ["full_name", "language:en", "language:fr", "language:en", "languages", "level"],
        ),
        (
            ["Telefphone number", "Nationallity", "Areas of expertise (max 3)", "Shoe size"],
            ["telephone", "nationality", "topics", None],
        ),
    ],
)
def test_headings_of_many_languages_are_understood(
    header: list[str], wanted: list[str | None]
) -> None:
    mapping = propose_mapping(header)
    found = [str(mapping[at]) if at in mapping else None for at in range(len(header))]
    assert found == wanted


def test_a_column_of_addresses_is_known_by_its_cells() -> None:
    mapping = propose_mapping(["Name", "How to reach"], [["A", "a@b.example"], ["C", ""]])
    assert mapping[1] == Target(ListField.EMAIL)


@pytest.mark.parametrize("text", ["language", "email:fr", "language:qq", "shoe", "language:xx:y"])
def test_a_target_that_is_none_is_not_parsed(text: str) -> None:
    with pytest.raises(ValueError, match=r"language|shoe"):
        Target.parse(text)


@given(st.sampled_from(sorted(ListField)), st.sampled_from(["en", "fr", "gsw"]))
def test_a_target_survives_a_form(field: ListField, language: str) -> None:
    target = Target(field, language if field is ListField.LANGUAGE else None)
    assert Target.parse(str(target)) == target


def test_every_field_of_a_row_becomes_a_fact_that_quotes_its_cell() -> None:
    row = reading(
        ["Name", "Vorname", "Staatsangehörigkeit", "Land", "Behörde", "Referat", "Funktion",
         "Themen", "Ländererfahrung", "Art des Experten", "Verfügbar bis", "Muttersprache"],
        ["Müller", "Jörg", "DE/französisch", "el", "Ministerium für Migration", "M3", "Referent",
         "Asyl; trafficking in human beings", "Niger, Trinidad and Tobago", "EU-Beamter",
         "30.06.2027", "Deutsch"],
    )  # fmt: skip
    assert not row.problems
    assert row.country == "GR"
    assert values(row, FactKind.NAME) == [Name("Jörg Müller", "Jörg", "Müller")]
    assert values(row, FactKind.NATIONALITY) == [Nationality("DE"), Nationality("FR")]
    (post,) = values(row, FactKind.POST)
    assert isinstance(post, Post)
    assert (post.title, post.employer, post.unit, post.country) == (
        "Referent",
        "Ministerium für Migration",
        "M3",
        "GR",
    )
    topics = {one.topic for one in values(row, FactKind.TOPIC) if isinstance(one, TopicExperience)}
    assert topics == {"asylum_international_protection", "trafficking_in_human_beings"}
    assert CountryExperience("NE") in values(row, FactKind.COUNTRY)
    assert values(row, FactKind.EXPERT_KIND) == [KindOfExpert(ExpertKind.EU_ADMINISTRATION)]
    (away,) = row.profile.of(FactKind.UNAVAILABILITY)
    assert away.period == Period(PartialDate(2027, 7, 1))
    quotes = {
        fact.kind: row.document.text[fact.span.start : fact.span.end] for fact in row.profile.facts
    }
    assert quotes[FactKind.NAME] == "Müller\nVorname: Jörg"
    assert quotes[FactKind.UNAVAILABILITY] == "30.06.2027"
    assert quotes[FactKind.LANGUAGE] == "Deutsch"


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("English C1; French B2", {"en": "C1", "fr": "B2"}),
        ("EN (C1), FR (B2), DE", {"en": "C1", "fr": "B2", "de": None}),
        ("anglais courant et espagnol B1", {"en": "C1", "es": "B1"}),
        ("English - C1 / French - B2", {"en": "C1", "fr": "B2"}),
        ("Portugués: nativo\nInglés: B2", {"pt": "native", "en": "B2"}),
        ("Ελληνικά, Αγγλικά C2", {"el": None, "en": "C2"}),
        ("limba română; engleză C1", {"ro": None, "en": "C1"}),
        ("Tamazight, Wolof B1", {"zgh": None, "wo": "B1"}),
    ],
)
def test_languages_in_one_cell_keep_each_its_own_level(
    cell: str, wanted: dict[str, str | None]
) -> None:
    row = reading(["Name", "Languages"], ["Ana Pop", cell])
    found = {
        one.language: one.level and one.level.value
        for one in values(row, FactKind.LANGUAGE)
        if isinstance(one, LanguageSkill)
    }
    assert found == wanted


def test_a_level_beside_its_language_and_a_tick_under_a_language_are_read() -> None:
    row = reading(
        ["Name", "Language 1", "Level 1", "Arabic", "German", "Russian"],
        ["Ana Pop", "French", "B2", "x", "no", "C1"],
    )
    found = {
        (one.language, one.level)
        for one in values(row, FactKind.LANGUAGE)
        if isinstance(one, LanguageSkill)
    }
    assert found == {("fr", LanguageLevel.B2), ("ar", None), ("ru", LanguageLevel.C1)}


@pytest.mark.parametrize(
    ("heading", "cell", "words"),
    [
        ("Langues", "xx", "'xx' is no language that is known"),
        ("Langues", "anglais C1, blabla", "'blabla' is no language that is known"),
        ("Anglais", "sometimes", "'sometimes' is no level"),
        ("Nationalité", "Narnia", "'Narnia' is no nationality"),
        ("Courriel", "see CV", "'see CV' is no e-mail address"),
        ("Téléphone", "12", "'12' is no telephone number"),
        ("Date de naissance", "2025", "2025 cannot be the year of birth"),
        ("Disponible jusqu'au", "soon", "'soon' is no date"),
        ("Type d'expert", "astronaut", "'astronaut' is no kind of expert"),
        ("Employeur", "=cmd|' /C calc'!A0", "looks like a formula"),
    ],
)
def test_a_cell_that_is_not_understood_is_named_by_row_and_column(
    heading: str, cell: str, words: str
) -> None:
    row = reading(["Nom complet", heading], ["Ana Pop", cell])
    (problem,) = row.problems
    assert str(problem).startswith(f"Row 2, column '{heading}': ")
    assert words in str(problem)
    assert not row.is_blocked


def test_a_row_without_a_name_is_blocked() -> None:
    row = reading(["Surname", "First name", "E-mail"], ["", "", "somebody@post.example"])
    assert row.is_blocked
    assert row.name is None


def test_an_unknown_country_of_a_list_is_absent() -> None:
    row = reading(["Name", "Country", "Employer"], ["Ana Pop", "", "Ministry of the Interior"])
    assert row.country is None


def test_hidden_sheets_are_left_out_and_it_is_said() -> None:
    book = xlsx_of({"People": SHEET, "Old": [HEADER, ROW]}, hidden=("Old",))
    found = read_list(book)
    assert [table.name for table in found.tables] == ["People"]
    assert "hidden" in found.notes[0]


def test_a_header_repeated_further_down_is_no_person() -> None:
    assert len(readings(csv_of([HEADER, ROW, HEADER, ROW]).encode())) == 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(xlsx_of({"A": SHEET})[:-300], "damaged", id="cut off"),
        pytest.param(xlsx_of({"A": []}), "no row", id="empty"),
        pytest.param(xlsx_of({"A": [["Only a title"]]}), "row of headings", id="no header"),
        pytest.param(b"%PDF-1.7 ...", "no list", id="pdf"),
        pytest.param(b"Name;E-mail\n", "row of headings", id="header alone"),
    ],
)
def test_what_is_no_list_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(FileRefused, match=words):
        read_list(data)


def test_a_list_far_too_long_or_wide_is_refused() -> None:
    with pytest.raises(FileTooLarge, match="rows"):
        read_list(("Name;E-mail\n" + "a;b\n" * 20_001).encode())
    with pytest.raises(FileTooLarge, match="columns"):
        read_list(("Name;E-mail" + ";x" * 300 + "\na;b\n").encode())


def test_a_list_is_not_read_as_a_cv() -> None:
    with pytest.raises(FileRefused, match="a list with one person a row"):
        read_file(xlsx_of({"People": SHEET}))


@pytest.mark.parametrize(
    "text",
    [
        "Quem,Onde trabalha,Fala\nAna Prates,SEF,fr\nLuc Fontaine,OFII,en\n",
        "Kas;Kur;Moka\nAna Prates;SEF;fr\nLuc Fontaine;OFII;en\nIda Berg;MV;sv\n",
    ],
)
def test_even_rows_under_headings_that_nobody_knows_are_a_list_to_be_mapped(text: str) -> None:
    assert is_list(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "Ana Prates, Lisbon, Portugal\nBorn in 1971, married, two children\n",
        "2010, Lisbon, SEF\n2012, Porto, SEF\n2015, Faro, SEF\n",
        "I worked in Lisbon, Porto, and Faro.\nI speak French, English, and Arabic.\nI left.\n",
    ],
)
def test_prose_with_as_many_commas_is_no_list(text: str) -> None:
    assert not is_list(text.encode())


def test_a_cv_in_plain_text_is_no_list() -> None:
    assert not is_list("\n".join(CV_LINES).encode())
    assert not is_list(b"Name, E-mail and Languages: see below.\nI worked in Niger, Mali.\n\nEnd")


@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=6), min_size=1, max_size=8))
def test_any_rows_give_people_or_a_refusal(rows: list[list[str]]) -> None:
    from roster.ingest.lists.csv import read_table  # noqa: PLC0415 - near its use
    from roster.ingest.lists.raw_table import RawSheet, RawTable  # noqa: PLC0415 - near its use
    from roster.ingest.lists.reading import table_of  # noqa: PLC0415 - near its use

    text = csv_of([["Name", "Langues", "Nationalité"], *rows])
    raw = RawTable.unpacked(read_table(text.encode("utf-8", "ignore")).packed())
    for sheet in raw.sheets:
        assert isinstance(sheet, RawSheet)
        table = table_of(sheet)
        for row in rows_to_profiles(table, propose_mapping(table.header)) if table else ():
            for fact in row.profile.facts:
                assert 0 <= fact.span.start < fact.span.end <= len(row.document.text)
