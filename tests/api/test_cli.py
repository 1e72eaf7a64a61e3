"""The command line answers in words: results on stdout, refusals on stderr, codes 0, 1, 2."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from api.cli import run
from tests.roster.ingest.uploads import archive, cv

CV = """Curriculum vitae

Name: Ana Prates
E-mail: ana.prates@invented.example

Professional experience
2015 - present: Head of unit, Immigration and Borders Service, Lisbon, Portugal

Languages
Portuguese: mother tongue
French: C1
"""
LETTER = """Objet : appui aux statistiques migratoires

Nous sollicitons un appui technique pour les données migratoires de la Côte d'Ivoire.
Les experts doivent parler français (B2).
"""


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ROSTER_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("ROSTER_ENCODER", "false")
    monkeypatch.delenv("ROSTER_DATABASE_URL", raising=False)
    return tmp_path


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.txt"
    path.write_text(LETTER, encoding="utf-8")
    return path


Captured = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    "command",
    [
        *(
            "",
            "serve",
            "demo",
            "migrate",
            "index",
            "tidy",
            "tidy",
            "doctor",
            "read",
            "ingest",
            "match",
            "team",
        ),
        *(
            "evaluate",
            "evaluate outreach",
            "openapi",
            "routes",
            "facility add",
            "account add",
            "account grant",
        ),
        "key issue",
    ],
    ids=lambda command: command or "roster",
)
def test_every_command_explains_itself(command: str, capfd: Captured) -> None:
    assert run([*command.split(), "--help"]) == 0
    assert "Usage: roster" in capfd.readouterr().out


def test_a_cv_is_read_without_a_database(tmp_path: Path, capfd: Captured) -> None:
    path = tmp_path / "cv.txt"
    path.write_text(CV, encoding="utf-8")
    assert run(["read", str(path), "--json"]) == 0
    line = json.loads(capfd.readouterr().out)
    assert line["full_name"] == "Ana Prates"
    name = next(fact for fact in line["facts"] if fact["kind"] == "name")
    assert name["quote"] == "Ana Prates"
    assert 0 < name["confidence"] <= 1
    assert not (tmp_path / "var").exists()
    assert run(["read", str(path)]) == 0
    assert "Ana Prates" in capfd.readouterr().out


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        pytest.param("none.pdf", None, "cannot be opened", id="missing"),
        pytest.param("cv.pdf", b"%PDF-1.4 broken", "PDF", id="damaged"),
        pytest.param("empty.pdf", b"", "", id="empty"),
        pytest.param("cv.exe", b"MZ\x90\x00\x03" * 40, "", id="program"),
    ],
)
def test_a_file_nobody_can_read_ends_in_words(
    tmp_path: Path, capfd: Captured, name: str, content: bytes | None, words: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    assert run(["read", str(path)]) == 1
    said = capfd.readouterr()
    assert said.out == ""
    assert said.err.strip()
    assert words in said.err
    assert "Traceback" not in said.err


def test_a_file_that_cannot_be_read_has_its_line_and_stops_no_other(
    tmp_path: Path, capfd: Captured
) -> None:
    broken, good = tmp_path / "broken.pdf", tmp_path / "good.txt"
    broken.write_bytes(b"%PDF-1.4 broken")
    good.write_text(CV, encoding="utf-8")
    assert run(["read", str(broken), str(good), "--json"]) == 1
    first, second = map(json.loads, capfd.readouterr().out.splitlines())
    assert first.keys() == {"file", "error"}
    assert (first["file"], second["file"]) == ("broken.pdf", "good.txt")
    assert second["full_name"] == "Ana Prates"


def test_a_list_without_a_known_column_says_what_to_do(tmp_path: Path, capfd: Captured) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Quem,Onde,Fala\nAna Prates,SEF,fr\nLuc Fontaine,OFII,en\n", encoding="utf-8")
    assert run(["read", str(path), "--json"]) == 1
    (line,) = map(json.loads, capfd.readouterr().out.splitlines())
    assert "Quem, Onde, Fala" in line["error"]
    assert "--map" in line["error"]


def test_every_row_of_a_list_has_its_line(tmp_path: Path, capfd: Captured) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "Nom;Prénom;Courriel;Langues\nPrates;Ana;ana@sef.example;français C1\n;;x@y.example;\n",
        encoding="utf-8",
    )
    assert run(["read", str(path), "--json"]) == 1
    ana, nobody = map(json.loads, capfd.readouterr().out.splitlines())
    assert (ana["row"], ana["family_name"], ana["given_name"]) == (2, "Prates", "Ana")
    assert (ana["languages"][0]["code"], ana["languages"][0]["cefr"]) == ("fr", "C1")
    assert nobody["row"] == 3
    assert "Row 3" in nobody["error"]
    assert run(["read", str(path)]) == 1
    said = capfd.readouterr()
    assert "list.csv, row 2" in said.out
    assert "list.csv, row 3" in said.err


def test_from_a_folder_of_cvs_to_a_ranking(tmp_path: Path, letter: Path, capfd: Captured) -> None:
    folder = tmp_path / "cvs"
    folder.mkdir()
    (folder / "ana.txt").write_text(CV, encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    assert run(["match", "--request", str(letter)]) == 1
    assert "roster demo" in capfd.readouterr().err
    assert run(["facility", "add", "mieux", "MIEUX"]) == 0
    assert run(["match", "--request", str(letter)]) == 1
    assert "Nobody is on the roster" in capfd.readouterr().err
    assert run(["ingest", str(folder), "--country", "PT", "--confirm"]) == 1
    said = capfd.readouterr()
    assert "1 confirmed" in said.out
    assert "1 failed" in said.out
    assert "broken.pdf" in said.err
    assert run(["ingest", str(folder), "--country", "PT", "--confirm"]) == 1
    assert "1 already there" in capfd.readouterr().out
    assert run(["match", "--request", str(letter), "--json"]) == 0
    found = json.loads(capfd.readouterr().out)
    assert [one["person"]["display_name"] for one in found["people"]] == ["Ana Prates"]
    assert found["request"]["countries"] == ["CI"]
    assert run(["match", "--request", str(letter)]) == 0
    assert "Ana Prates (PT)" in capfd.readouterr().out
    assert run(["team", "--request", str(letter), "--size", "2"]) == 0
    told = capfd.readouterr().out
    assert "No team keeps all rules" in told
    assert "What would help: " in told
    assert "leave the seat of thematic expert empty → Ana Prates" in told
    assert run(["team", "--request", str(letter), "--size", "1"]) == 0
    assert "Ana Prates" in capfd.readouterr().out
    asked = ["--why-not", found["people"][0]["person"]["id"], "--json"]
    assert run(["team", "--request", str(letter), "--size", "1", *asked]) == 0
    answer = json.loads(capfd.readouterr().out)
    assert (answer["status"], answer["seed"]) == ("infeasible", None)
    assert answer["relaxations"][0]["parts"]
    assert all(answer["why_not"].values())


def test_many_files_are_tried_taken_in_and_taken_up_again(
    tmp_path: Path, capfd: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    folder = tmp_path / "cvs"
    folder.mkdir()
    packed = tmp_path / "more.zip"
    packed.write_bytes(archive({"b.txt": cv(2), "c.txt": cv(3)}))
    (folder / "a.txt").write_bytes(cv(1))
    assert run(["facility", "add", "mieux", "MIEUX"]) == 0
    given = ["ingest", str(folder), str(packed), "--country", "PT"]
    assert run([*given, "--try"]) == 0
    said = capfd.readouterr()
    assert "3 read" in said.out
    assert "nothing was changed" in said.err

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("roster.ingest.pipeline.propose", die)
        run(given)
    capfd.readouterr()
    assert run(given) == 0
    said = capfd.readouterr()
    assert "Going on where the last run stopped" in said.err
    assert "3 read" in said.out
    assert "b.txt" in said.out
    assert run(given) == 0
    assert "3 already there" in capfd.readouterr().out


def test_a_list_with_odd_headings_is_taken_in_by_what_is_said_of_them(
    tmp_path: Path, capfd: Captured
) -> None:
    path, said_of_it = tmp_path / "list.csv", tmp_path / "columns.json"
    path.write_text(
        "Quem;E-mail;Telefone\nRui Couto;rui@x.example;\n;x@y.example;\n", encoding="utf-8"
    )
    run(["facility", "add", "mieux", "MIEUX"])
    given = ["ingest", str(path), "--country", "PT"]
    assert run(given) == 1
    said = capfd.readouterr()
    assert "Quem = (left out)" in said.err
    assert "full_name" in said.err
    assert run([*given, "--map", "Wer=full_name"]) == 1
    assert "has no column 'Wer'" in capfd.readouterr().err
    said_of_it.write_text('{"Quem": "full_name"}', encoding="utf-8")
    assert run([*given, "--mapping", str(said_of_it), "--try"]) == 1
    assert "1 read" in capfd.readouterr().out
    assert run([*given, "--map", "Quem=full_name", "--confirm"]) == 1
    said = capfd.readouterr()
    assert "1 confirmed" in said.out
    assert "Row 3: it has no name" in said.err
    said_of_it.write_text("[]", encoding="utf-8")
    assert run([*given, "--mapping", str(said_of_it)]) == 2


def test_judged_pairs_are_evaluated_and_what_is_not_compared_is_said(
    tmp_path: Path, letter: Path, capfd: Captured
) -> None:
    folder, judged = tmp_path / "cvs", tmp_path / "judgements.jsonl"
    folder.mkdir()
    (folder / "ana.txt").write_text(CV, encoding="utf-8")
    (folder / "rui.txt").write_text(CV.replace("Ana Prates", "Rui Couto"), encoding="utf-8")
    assert run(["facility", "add", "mieux", "MIEUX"]) == 0
    assert run(["ingest", str(folder), "--country", "PT", "--confirm"]) == 0
    capfd.readouterr()
    assert run(["match", "--request", str(letter), "--json"]) == 0
    people = [one["person"]["id"] for one in json.loads(capfd.readouterr().out)["people"]]
    pairs = [
        {"request": "gh-thb", "expert": one, "grade": grade} for grade, one in enumerate(people)
    ]
    judged.write_text("\n".join(map(json.dumps, pairs)), encoding="utf-8")
    assert run(["evaluate", "--judgements", str(judged)]) == 0
    said = capfd.readouterr()
    assert "2 judgements of 2 people for 1 requests" in said.out
    assert "nothing is compared by meaning" in said.err


@pytest.mark.parametrize(
    ("country", "words"),
    [
        pytest.param("Portugal", "Did you mean PT?", id="name"),
        pytest.param("XQ", "is not the code", id="unknown"),
    ],
)
def test_an_unknown_country_is_a_usage_error(
    tmp_path: Path, capfd: Captured, country: str, words: str
) -> None:
    (tmp_path / "cv.txt").write_text(CV, encoding="utf-8")
    assert run(["ingest", str(tmp_path), "--country", country]) == 2
    assert words in " ".join(capfd.readouterr().err.replace("│", " ").split())


def test_a_letter_in_an_unknown_language_still_ranks_and_says_so(
    tmp_path: Path, capfd: Captured
) -> None:
    folder = tmp_path / "cvs"
    folder.mkdir()
    (folder / "ana.txt").write_text(CV, encoding="utf-8")
    run(["facility", "add", "mieux", "MIEUX"])
    run(["ingest", str(folder), "--country", "PT", "--confirm"])
    letter = tmp_path / "letter.txt"
    letter.write_text("Кыргыз Республикасынын миграция кызматы жардам сурайт мыйзам боюнча.")
    capfd.readouterr()
    assert run(["match", "--request", str(letter)]) == 0
    said = capfd.readouterr()
    assert "Note:" in said.err
    assert "Ana Prates" in said.out or "1 " in said.out


def test_accounts_and_keys_are_made_without_echoing_secrets(
    capfd: Captured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import io  # noqa: PLC0415 -- for this one test.

    run(["facility", "add", "mieux", "MIEUX"])
    add = ["account", "add", "o@invented.example", "--name", "O", "--role", "focal_point"]
    monkeypatch.setattr("sys.stdin", io.StringIO("a long enough password\n"))
    assert run([*add, "--country", "PT"]) == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    assert run([*add, "--country", "PT"]) == 1
    assert run(add) == 2
    assert run(["account", "grant", "o@invented.example", "coordinator"]) == 0
    capfd.readouterr()
    assert run(["key", "issue", "o@invented.example", "--label", "other system"]) == 0
    said = capfd.readouterr()
    assert said.out.startswith("roster_")
    assert run(["key", "issue", "nobody@invented.example", "--label", "x"]) == 1


def test_a_setting_that_cannot_be_is_named(
    capfd: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROSTER_PORT", "many")
    assert run(["migrate"]) == 1
    assert "ROSTER_PORT" in capfd.readouterr().err


def test_a_shared_database_is_migrated_only_when_told(
    capfd: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROSTER_DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/none")
    assert run(["match", "--request", "REQ-2026-001"]) == 1
    assert "database" in capfd.readouterr().err


def test_routes_lists_every_rule(capfd: Captured) -> None:
    assert run(["routes"]) == 0
    said = capfd.readouterr().out
    assert "/api/v1/match" in said
    assert "NO RULE" not in said
