"""The commands about personal data do what they say, and refuse what they cannot read."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID, uuid4
from zipfile import ZipFile

import docx
import pytest
from sqlmodel import Session, select

from api.cli import run
from roster.tables import Change, Expert, Facility
from roster.vocabulary import ExpertStatus
from tests.factories import Factory

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
Captured = pytest.CaptureFixture[str]
TOML = """
regime = "gdpr"
contact = "dpo@north.example"
[[controllers]]
name = "Ministry of the North"
[retention]
records = 365
"""


@pytest.fixture(autouse=True)
def own_data(
    database_url: str, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROSTER_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("ROSTER_DATABASE_URL", database_url)
    monkeypatch.setenv("ROSTER_ENCODER", "false")
    Factory(session).home  # noqa: B018 -- makes the facility.
    session.commit()


@pytest.fixture
def person(session: Session) -> Expert:
    make = Factory(session)
    expert = make.expert("Ana Prates")
    make.view(expert)
    session.commit()
    return expert


def test_what_a_facility_says_is_set_from_a_file_and_shown(
    capfd: Captured, session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "privacy.toml"
    path.write_text(TOML, encoding="utf-8")
    assert run(["privacy", "set", str(path)]) == 0
    said = capfd.readouterr()
    assert "Set. 12 points are not said yet." in said.out
    assert "Not said: authority" in said.err
    assert run(["privacy", "show"]) == 0
    shown = json.loads(capfd.readouterr().out)
    assert (shown["regime"], shown["retention"]) == ("gdpr", {"records": 365})
    copy = tmp_path / "again.json"
    copy.write_text(json.dumps(shown), encoding="utf-8")
    assert run(["privacy", "set", str(copy)]) == 0
    session.expire_all()
    changes = session.exec(select(Change).where(Change.act == "privacy_set")).all()
    assert len(changes) == 1, "the second time nothing was new"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.toml", "regime = ", "cannot be read as TOML or JSON"),
        ("a.json", "[1]", "holds no table of names and values"),
        ("a.json", "\ufeff{", "cannot be read as TOML or JSON"),
        ("a.toml", 'regime = "whatever"', "/regime"),
        ("a.toml", "[retention]\nrecords = 0", "/retention/records"),
        ("a.toml", '[[recipients]]\nname = "x"\ncountry = "QQ"', "/recipients/0/country"),
        ("a.toml", 'controler = "a slip"', "/controler"),
    ],
)
def test_a_file_that_cannot_be_is_refused_and_changes_nothing(
    capfd: Captured, session: Session, tmp_path: Path, name: str, content: str, told: str
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert run(["privacy", "set", str(path)]) == 1
    said = capfd.readouterr()
    assert told in said.err
    assert not said.out
    session.expire_all()
    assert session.exec(select(Facility.legal_regime)).one() == {}


def test_a_file_that_is_not_there_is_named(capfd: Captured, tmp_path: Path) -> None:
    assert run(["privacy", "set", str(tmp_path / "none.toml")]) == 1
    assert "none.toml" in capfd.readouterr().err


@pytest.mark.parametrize("paper", ["register", "dpia", "notice"])
def test_a_paper_is_printed_or_written(capfd: Captured, tmp_path: Path, paper: str) -> None:
    assert run(["privacy", paper]) == 0
    said = capfd.readouterr()
    assert said.out.startswith("# ")
    assert "points are not said yet: regime" in said.err
    assert run(["privacy", paper, "--format", "json"]) == 0
    assert "regime" in json.loads(capfd.readouterr().out)["missing"]
    out = tmp_path / "paper.docx"
    assert run(["privacy", paper, "--format", "docx", "--out", str(out)]) == 0
    assert docx.Document(str(out)).paragraphs
    assert run(["privacy", paper, "--format", "docx"]) == 2
    assert "Name the file to write" in capfd.readouterr().err
    assert run(["privacy", paper, "--facility", "nowhere"]) == 1


def test_a_language_without_texts_is_refused(capfd: Captured) -> None:
    assert run(["privacy", "register", "--locale", "fr"]) == 0
    assert "Registre" in capfd.readouterr().out
    assert run(["privacy", "register", "--locale", "xx"]) == 2
    assert "--locale" in capfd.readouterr().err


def test_a_person_is_restricted_exported_and_erased(
    capfd: Captured, session: Session, tmp_path: Path, person: Expert
) -> None:
    who, out = str(person.id), tmp_path / "copy.zip"
    assert run(["export-person", who, "--out", str(out)]) == 0
    assert "Ana Prates" in ZipFile(out).read("data.json").decode()
    assert run(["restrict", who, "--note", "She objects."]) == 0
    session.expire_all()
    assert session.get_one(Expert, person.id).status is ExpertStatus.RESTRICTED
    assert run(["restrict", who, "--note", "Corrected.", "--lift"]) == 0
    assert run(["restrict", who, "--note", "Again.", "--lift"]) == 1
    assert "not restricted" in capfd.readouterr().err
    assert run(["restrict", who, "--note", " "]) == 1
    assert run(["retention", "--dry-run"]) == 0
    assert "no end set" in capfd.readouterr().out
    assert run(["retention"]) == 0
    assert "0 people erased" in capfd.readouterr().out
    assert run(["erase", who, "--yes"]) == 0
    assert "was erased" in capfd.readouterr().out
    session.expunge_all()
    assert session.get(Expert, UUID(who)) is None
    assert run(["erase", who, "--yes"]) == 1


@pytest.mark.parametrize(
    "command",
    [
        ["erase", "not-an-id", "--yes"],
        ["erase", "--yes"],
        ["export-person", str(uuid4())],
        ["restrict", str(uuid4())],
        ["erase", str(uuid4()), "--reason", "because"],
    ],
)
def test_bad_arguments_are_told_as_such(capfd: Captured, command: list[str]) -> None:
    assert run(command) == 2
    assert capfd.readouterr().err


@pytest.mark.parametrize(
    "command",
    [
        ["erase", str(uuid4()), "--yes"],
        ["export-person", str(uuid4()), "--out", "never-written.zip"],
        ["restrict", str(uuid4()), "--note", "x"],
    ],
)
def test_nobody_is_found_where_there_is_nobody(capfd: Captured, command: list[str]) -> None:
    assert run(command) == 1
    assert "Nothing stands here" in capfd.readouterr().err
    assert not Path("never-written.zip").exists()
