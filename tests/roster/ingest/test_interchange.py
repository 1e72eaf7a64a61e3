"""Files of an exchange: headings in four languages, formulas disarmed, hostile files refused."""

from __future__ import annotations

import pytest

from roster.errors import FileRefused, FileTooLarge
from roster.ingest.interchange import ExchangeFormat, from_json, read_file, written
from roster.read.exchange import ExchangeKind, ExchangeRow

MOST = 2_000_000
ROW = ExchangeRow(ExchangeKind.ACTIONS, 1, {"code": "a-1", "name": "=HYPERLINK(1)", "topics": "x"})


@pytest.mark.parametrize("format_", [ExchangeFormat.CSV, ExchangeFormat.XLSX], ids=str)
@pytest.mark.parametrize("locale", ["en", "fr", "es", "pt"])
def test_a_file_is_read_back_in_whatever_language_its_headings_are(
    format_: ExchangeFormat, locale: str
) -> None:
    file = written({ExchangeKind.ACTIONS: [ROW]}, format_, locale)
    assert b",=HYPERLINK" not in file
    (row,) = read_file(file, most_bytes=MOST)
    assert (row.kind, row.cells, row.number) == (ExchangeKind.ACTIONS, ROW.cells, 2)


@pytest.mark.parametrize("name", ["=1", "'=1", "''+2", "@x", "-5", "it's", "'quoted'"])
def test_an_apostrophe_before_a_formula_is_taken_away_again_and_no_other(name: str) -> None:
    row = ExchangeRow(ExchangeKind.ACTIONS, 1, {"code": "a", "name": name})
    (back,) = read_file(written({ExchangeKind.ACTIONS: [row]}, ExchangeFormat.CSV), most_bytes=MOST)
    assert back.cells["name"] == name


def test_a_list_made_by_hand_is_understood_by_its_headings() -> None:
    file = "Liste 2026;;\nCODE;Titre;Pays\nD-1;Données;Mali\n;;\nD-2;Visas;Togo\n".encode()
    rows = read_file(file, most_bytes=MOST)
    assert [(one.kind, one.number, one.cells["title"]) for one in rows] == [
        (ExchangeKind.REQUESTS, 3, "Données"),
        (ExchangeKind.REQUESTS, 5, "Visas"),
    ]
    assert rows[0].column("countries") == "Pays"


def test_a_column_that_names_no_field_is_told_where_it_holds_something() -> None:
    data = b"Code,Title,Remarks,,Empty\nREQ-1,Statistics,by hand,x,\nREQ-2,Borders,,,\n"
    rows = read_file(data, "list.csv", most_bytes=MOST)
    assert [row.unread for row in rows] == [("Remarks",), ("Remarks",)]


def test_an_action_in_json_may_hold_its_activities() -> None:
    given = b'{"actions": [{"code": "a", "activities": [{"number": 4, "also": ["training"]}]}]}'
    action, activity = from_json(given)
    assert action.cells == {"code": "a"}
    assert activity.cells == {"action": "a", "number": "4", "also": "training"}


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"Surname,First name\nA,B\n", id="people"),
        pytest.param(b"%PDF-1.4 nothing", id="pdf"),
        pytest.param(b"{", id="broken-json"),
        pytest.param(b'{"actions": {}}', id="no-list"),
        pytest.param(b'{"actions": [{"cod": "a"}]}', id="unknown-field"),
        pytest.param(b'{"people": []}', id="another-json"),
        pytest.param(b"[" * 100_000, id="deep-json"),
        pytest.param(b"PK\x03\x04" + b"\0" * 60, id="broken-zip"),
    ],
)
def test_what_is_no_exchange_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        read_file(data, "x.csv", most_bytes=MOST)
    assert refused.value.detail.endswith(".")


def test_a_cell_that_a_sheet_would_cut_is_refused_instead() -> None:
    file = written(
        {
            ExchangeKind.ACTIONS: [
                ExchangeRow(ExchangeKind.ACTIONS, 1, {"code": "a", "name": "A" * 9000})
            ]
        },
        ExchangeFormat.CSV,
    )
    with pytest.raises(FileTooLarge, match="JSON"):
        read_file(file, most_bytes=MOST)
