"""Forms of the field are read right in every language and kind of file; blank ones are refused."""

from __future__ import annotations

import pytest

from roster.errors import FileRefused
from roster.ingest.forms.blank import refuse_blank_form
from roster.ingest.forms.kinds import recognise_form
from roster.ingest.forms.lines import form_lines
from roster.ingest.forms.records import heads_in
from roster.ingest.forms.sections import split_form
from roster.ingest.profile import read_profile
from roster.ingest.reading import read_words
from roster.ingest.wording.headings import SectionKind
from roster.read import Contact, Name, Nationality, Post
from roster.vocabulary import FactKind
from tests.roster.ingest.form_catalogue import FORMS
from tests.roster.ingest.form_files import as_bars, as_text
from tests.roster.ingest.form_layouts import Block
from tests.roster.ingest.form_people import invent
from tests.roster.ingest.score_forms import MAIN_LANGUAGES, TODAY, cases, document_of, score

KNOWN = {
    "eu": "eu-external-action",
    "bank-old": "world-bank-tech6",
    "bank-new": "world-bank-tech6",
    "development": "world-bank-tech6",
    "nations": "un-p11",
}


@pytest.mark.parametrize("language", MAIN_LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_known_by_its_phrases_in_every_language(form: str, language: str) -> None:
    words = as_bars(FORMS[form](invent(language, 5), 5).blocks).decode()
    assert recognise_form(read_words(words)) == KNOWN[form]


@pytest.fixture(scope="module", params=["docx", "ruled-pdf", "flat-pdf"])
def scores(request):  # type: ignore[no-untyped-def]
    return score(cases([0], kinds=[request.param]))


@pytest.mark.parametrize(
    ("field", "precision", "recall"),
    [
        ("name", 0.95, 0.95),
        ("email", 0.95, 0.95),
        ("nationality", 0.95, 0.95),
        ("birth year", 0.95, 0.95),
        ("language", 0.95, 0.95),
        ("level", 0.95, 0.9),
        ("education", 0.9, 0.9),
        ("countries worked", 0.95, 0.95),
        ("missions", 0.95, 0.95),
        ("posts", 0.9, 0.9),
        ("latest post", 0.9, 0.9),
        ("first year of work", 0.9, 0.9),
        ("sure values", 0.95, 0.9),
        ("traps: countries", 1.0, 1.0),
        ("traps: contacts of others", 1.0, 1.0),
    ],
)
def test_filled_forms_are_read_at_least_this_well(  # type: ignore[no-untyped-def]
    scores, field: str, precision: float, recall: float
) -> None:
    assert scores[field].precision >= precision, scores[field].notes
    assert scores[field].recall >= recall, scores[field].notes


@pytest.mark.parametrize("language", MAIN_LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
def test_a_form_without_answers_is_refused(form: str, language: str) -> None:
    words = as_text(_labels_of(FORMS[form](invent(language, 1), 1).blocks)).decode()
    with pytest.raises(FileRefused, match="empty form"):
        refuse_blank_form(read_words(words))


def _labels_of(blocks: list[Block]) -> list[Block]:
    """Return a form as handed out: the labels of its lines and boxes, the heads of its tables."""
    found: list[Block] = []
    for block in blocks:
        if not block.rows and (block.strong or ":" in block.text):
            found.append(Block(block.text.partition(":")[0]))
        elif block.rows and len(block.rows[0]) < 4 and block.rows[0][-1] != "":
            found.append(
                Block(rows=[[_label(cell) for cell in row[:-1]] for row in block.rows[:8]])
            )
        elif block.rows:
            boxed = any("\n" in cell and not cell.endswith(")") for cell in block.rows[0])
            rows = block.rows if boxed else block.rows[:1]
            found.append(Block(rows=[[_label(cell) for cell in row] for row in rows]))
    return found


def _label(cell: str) -> str:
    return cell.partition("\n")[0].partition(":")[0]


@pytest.mark.parametrize("form", FORMS)
def test_a_filled_form_is_not_refused(form: str) -> None:
    _, _, text = document_of(next(cases([2], [form], ["fr"], ["text"])))
    refuse_blank_form(text)


def test_labels_of_records_open_no_section() -> None:
    lines = (
        "Proposed role in the project: Key expert",
        "14. Professional experience",
        "Date from – Date to | 01/2010 – 12/2012",
        "Company | Ministry of Justice",
        "Reference: Ms Ada Example, ada@agency.example",
        "Position | Head of unit",
    )
    kinds = [section.kind for section in split_form("\n".join(lines))]
    assert SectionKind.REFERENCES not in kinds
    assert kinds[-1] is SectionKind.POSTS


@pytest.mark.parametrize(
    ("head", "fields"),
    [
        ("Position / Description of tasks", ("position", "description")),
        ("Employing organization and your title/position", ("employer", "position")),
        ("Organización empleadora y su título/cargo", ("employer", "position")),
        ("Lieu", ("place",)),
        ("Fröhliche Wanderung", ()),
    ],
)
def test_a_column_can_ask_for_two_things(head: str, fields: tuple[str, ...]) -> None:
    assert heads_in(head) == fields


def test_a_row_between_bars_has_its_cells() -> None:
    (line,) = form_lines("|Niger|05/2018 – 07/2018|")
    assert [cell.text for cell in line.cells] == ["Niger", "05/2018 – 07/2018"]


def test_cells_printed_one_under_the_other_become_rows_again() -> None:
    lines = form_lines("Country\nDate from – Date to\n\nNiger\n05/2018 – 07/2018\n\nBenin\n2011")
    assert [[cell.text for cell in line.cells] for line in lines[1:]] == [
        ["Niger", "05/2018 – 07/2018"],
        ["Benin", "2011"],
    ]


def test_a_wrapped_line_is_cut_at_the_next_label() -> None:
    lines = form_lines("Description: Asylum appeals. Period: 03/2001 – 08/2006")
    assert [line.text for line in lines] == [
        "Description: Asylum appeals.",
        "Period: 03/2001 – 08/2006",
    ]


def test_present_nationality_counts_and_dependants_are_other_people() -> None:
    text = read_words(
        "PERSONAL HISTORY\n"
        "1. Family name ⏎ BRENNIGAN | First name ⏎ Callum\n"
        "4. Nationality(ies) at birth ⏎ Ghana | 5. Present nationality(ies) ⏎ Sweden\n"
        "12. Have you any dependants?\nName | Date of birth\nSimone Kettleby | 03/05/2011\n"
        "A. PRESENT POST\nFROM ⏎ 09/2006 | EXACT TITLE OF YOUR POST ⏎ Head of unit\n"
    )
    profile = read_profile(text, TODAY)
    values = [fact.value for fact in profile.facts]
    assert [value.country for value in values if isinstance(value, Nationality)] == ["SE"]
    assert [value.display for value in values if isinstance(value, Name)] == ["Callum Brennigan"]


def test_the_letterhead_of_a_firm_is_not_the_expert_s_address() -> None:
    text = read_words(
        "Baltivia Consulting – tenders@baltivia.example\n"
        "Proposed role in the project: Expert\n1. Family name: Brennigan\n2. First names: Callum\n"
        "Key qualifications (relevant to the project)\n"
    )
    profile = read_profile(text, TODAY)
    assert not any(isinstance(fact.value, Contact) for fact in profile.facts)


def test_the_newest_assignment_is_a_doubted_post_where_no_post_is_told() -> None:
    text = read_words(
        "Proposed role in the project: Expert\n1. Family name: Brennigan\n2. First names: Callum\n"
        "4. Nationality: Swedish\nSpecific experience in the region\n14. Professional experience\n"
        "Date from – Date to | Location | Company | Position | Description\n"
        "05/2018 – 07/2018 | Niamey, Niger | GIZ | Short-term expert | Returns\n"
        "02/2022 – 03/2022 | Accra, Ghana | ICMPD | Team leader | Visas\n"
    )
    (fact,) = read_profile(text, TODAY).of(FactKind.POST)
    assert isinstance(fact.value, Post)
    assert (fact.value.title, fact.value.employer) == ("Team leader", "ICMPD")
    assert fact.doubt is not None
    assert fact.confidence < 0.9
