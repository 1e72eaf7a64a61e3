"""An outside collection in, a run file and figures out; nothing is stored, nobody is left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from api.cli import run
from matching.features import NAMES
from tests.matching.letters import LETTERS

Captured = pytest.CaptureFixture[str]
Row = dict[str, object]
PEOPLE = {
    "examiner": "Since 2015 head of the document fraud unit of the border police. Examination of "
    "forged passports and visas at the airport. Languages: English C1, French C1.",
    "statistician": "Statistician since 2010. Keeps the register of residence permits and writes "
    "the yearbook on migration. Languages: English C1, French B2.",
    "mute": "Since 2012 examiner of forged passports and visas at the airport. Detection of "
    "document fraud, biometric passports. Languages: Polish native, English A1.",
    "blank": "",
}


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROSTER_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("ROSTER_ENCODER", "false")
    monkeypatch.delenv("ROSTER_DATABASE_URL", raising=False)


def written(path: Path, rows: list[Row]) -> str:
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return str(path)


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    people: list[Row] = [{"id": key, "text": text} for key, text in PEOPLE.items()]
    people[2]["languages"] = {"pl": "native", "en": "A1", "fr": "A2"}
    letters: list[Row] = [
        {"id": code, "text": text, "required_languages": [{"code": code, "min_cefr": "B2"}]}
        for code, text in LETTERS.items()
        if code in "en fr"
    ]
    return [
        "--experts", written(tmp_path / "E.jsonl", people),
        "--requests", written(tmp_path / "R.jsonl", letters),
    ]  # fmt: skip


def rows_of(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_everybody_is_in_the_run_for_each_request(files: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert run(["evaluate", *files, "--run", str(out)]) == 0
    rows = rows_of(out)
    assert len(rows) == 2 * len(PEOPLE)
    for request in ("en", "fr"):
        held = [row for row in rows if row["request_id"] == request]
        assert {row["expert_id"] for row in held} == set(PEOPLE)
        scores = [float(str(row["score"])) for row in held]
        assert scores == sorted(scores, reverse=True)
    assert not (tmp_path / "var").exists()


def test_who_fails_a_condition_stands_below_and_contributions_are_the_score(
    files: list[str], tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    assert run(["evaluate", *files, "--run", str(out)]) == 0
    rows = [row for row in rows_of(out) if row["request_id"] == "en"]
    assert rows[0]["expert_id"] == "examiner"
    assert rows[-1]["expert_id"] == "mute"
    for row in rows:
        gates, parts = row["gates"], row["contributions"]
        assert isinstance(gates, dict)
        assert isinstance(parts, dict)
        assert set(gates.values()) <= {"pass", "fail", "unknown"}
        assert set(parts) == {"conditions", *NAMES}
        assert sum(parts.values()) == pytest.approx(row["score"], abs=1e-9)
        assert parts["conditions"] == (0 if "fail" in gates.values() else 100)


def test_two_runs_are_the_same_to_the_letter(files: list[str], tmp_path: Path) -> None:
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    for out in (first, second):
        assert run(["evaluate", *files, "--run", str(out)]) == 0
    assert first.read_bytes() == second.read_bytes()


def test_grades_give_a_table_beside_simpler_ways(
    files: list[str], tmp_path: Path, capfd: Captured
) -> None:
    grades = tmp_path / "q.tsv"
    pairs = [(r, e, 3 if e == "examiner" else 0) for r in ("en", "fr") for e in PEOPLE]
    grades.write_text("request\texpert\tgrade\n" + "\n".join("\t".join(map(str, p)) for p in pairs))
    assert run(["evaluate", *files, "--qrels", str(grades), "--ablate"]) == 0
    said = capfd.readouterr().out
    for words in ("ranking", "random", "TF-IDF", "BM25", "nDCG@5", "pairs", "gain over", *NAMES):
        assert words in said
    assert run(["evaluate", *files, "--qrels", str(grades), "--json"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert told["figures"]["ranking"]["nDCG@10"]["mean"] == 1
    assert told["judgements"] == len(pairs)


def test_the_form_of_trec_is_read_and_strangers_are_counted(
    files: list[str], tmp_path: Path, capfd: Captured
) -> None:
    grades = tmp_path / "q.txt"
    grades.write_text("en 0 examiner 1\nen 0 mute 0\nen 0 nobody 1\nen 0 blank -2\n")
    assert run(["evaluate", *files, "--qrels", str(grades)]) == 0
    said = capfd.readouterr()
    assert "1 of 4 judged pairs" in said.err
    assert "3 judgements of 1 requests" in said.out


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("en\texaminer\n", "line 1", id="two-columns"),
        pytest.param("en\texaminer\t3\nen\tmute\tgood\n", "line 2", id="no-number"),
        pytest.param("en\texaminer\t3\nen\texaminer\t1\n", "graded 3 before", id="twice"),
        pytest.param("en\texaminer\tnan\nen\tmute\tnan", "line 2", id="nan"),
        pytest.param("", "no grade", id="empty"),
        pytest.param("x\ty\t1\n", "No judged pair", id="strangers-only"),
    ],
)
def test_grades_that_cannot_be_used_are_refused_in_words(
    files: list[str], tmp_path: Path, capfd: Captured, text: str, words: str
) -> None:
    grades = tmp_path / "q.tsv"
    grades.write_text(text)
    assert run(["evaluate", *files, "--qrels", str(grades)]) == 1
    assert words in capfd.readouterr().err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"{", "line 1, column", id="no-json"),
        pytest.param(b"[1]", "give an object", id="no-object"),
        pytest.param(b'{"id": "a", "text": ""}\n{"id": "a", "text": ""}', "line 2", id="twice"),
        pytest.param(b"\n \n", "no line", id="empty"),
        pytest.param(b"\xff\xfe", "UTF-8", id="other-coding"),
        pytest.param(b"[" * 100_000, "not JSON", id="deep"),
    ],
)
def test_lines_that_cannot_be_read_are_named_and_no_run_is_left(
    files: list[str], tmp_path: Path, capfd: Captured, content: bytes, words: str
) -> None:
    path, out = tmp_path / "bad.jsonl", tmp_path / "out.jsonl"
    path.write_bytes(content)
    given = [files[0], files[1], files[2], str(path)]
    assert run(["evaluate", *given, "--run", str(out)]) == 1
    assert words in capfd.readouterr().err
    assert [one.name for one in tmp_path.glob("out*")] == []


@pytest.mark.parametrize(
    "given",
    [
        ["--experts", "e"],
        ["--requests", "r", "--run", "o"],
        ["--experts", "e", "--requests", "r"],
        ["--experts", "e", "--requests", "r", "--run", "o", "--ablate"],
        ["--run", "o"],
    ],
    ids=" ".join,
)
def test_options_that_do_not_belong_together_are_refused(given: list[str]) -> None:
    assert run(["evaluate", *given]) == 2


def test_a_request_that_says_nothing_ranks_nobody_above_anybody(
    files: list[str], tmp_path: Path, capfd: Captured
) -> None:
    letter = written(tmp_path / "R2.jsonl", [{"id": 7, "text": ""}])
    out = tmp_path / "out.jsonl"
    assert run(["evaluate", *files[:2], "--requests", letter, "--run", str(out)]) == 0
    rows = rows_of(out)
    assert {row["score"] for row in rows} == {100.0}
    assert [row["expert_id"] for row in rows] == sorted(PEOPLE)
    assert "nobody can be told from anybody" in capfd.readouterr().err


@pytest.mark.parametrize(
    "times",
    [
        pytest.param(700, id="a-book-chapter"),
        # A megabyte takes ten seconds.
        pytest.param(14_000, id="a-megabyte", marks=pytest.mark.long),
    ],
)
def test_a_roster_of_one_and_a_long_text_are_ranked(tmp_path: Path, times: int) -> None:
    text = "Examination of forged passports at the airport of a mixed قسم 旅行 script. " * times
    people = written(tmp_path / "E1.jsonl", [{"id": "one", "text": text}])
    letters = written(tmp_path / "R1.jsonl", [{"id": "r", "text": LETTERS["es"]}])
    out = tmp_path / "out.jsonl"
    given = ["evaluate", "--experts", people, "--requests", letters, "--run", str(out)]
    assert run(given) == 0
    (row,) = rows_of(out)
    assert 100 < float(str(row["score"])) <= 200
