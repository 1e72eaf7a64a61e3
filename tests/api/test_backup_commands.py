"""Backup and restore on the command line: words, questions, and the erased stay erased."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from sqlmodel import Session, select

from api.cli import run
from roster.backups.ledger import add_to_ledger
from roster.db import open_engine
from roster.settings import Settings
from roster.tables import Expert
from tests.factories import Factory
from tests.fakes import A_MONDAY

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Give the settings of an installation in a folder of its own."""
    monkeypatch.setenv("ROSTER_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.delenv("ROSTER_DATABASE_URL", raising=False)
    return Settings(data_dir=tmp_path / "var")


@pytest.fixture
def person(settings: Settings, sqlite_template: Path) -> UUID:
    """Put somebody into it."""
    settings.data_dir.mkdir()
    (settings.data_dir / "roster.db").write_bytes(sqlite_template.read_bytes())
    engine = open_engine(settings.url)
    with Session(engine) as session:
        made = Factory(session).expert("Quirina Zwölfaxinger", country="DE")
        session.commit()
        who = made.id
    engine.dispose()
    return who


def _people(settings: Settings) -> list[str]:
    engine = open_engine(settings.url)
    try:
        with Session(engine) as session:
            return list(session.exec(select(Expert.display_name)).all())
    finally:
        engine.dispose()


def test_a_backup_is_made_checked_and_restored_by_one_command_each(
    settings: Settings, person: UUID, tmp_path: Path, capfd: Captured,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    assert run(["backup", str(tmp_path)]) == 0
    path = capfd.readouterr().out.strip()
    assert run(["backup", "--verify", path]) == 0
    assert "is whole" in capfd.readouterr().out
    assert run(["backup", path]) == 1
    assert "never overwritten" in capfd.readouterr().err
    monkeypatch.setenv("ROSTER_DATA_DIR", str(tmp_path / "there"))
    assert run(["restore", path]) == 0
    said = capfd.readouterr().out
    assert "erased again, whom the backup had brought back: 0" in said
    there = settings.model_copy(update={"data_dir": tmp_path / "there"})
    assert _people(there) == _people(settings) == ["Quirina Zwölfaxinger"]


def test_whoever_was_erased_since_is_erased_again_and_nobody_is_replaced_unasked(
    settings: Settings, person: UUID, tmp_path: Path, capfd: Captured
) -> None:
    path = tmp_path / "b.zip"
    assert run(["backup", str(path)]) == 0
    add_to_ledger(settings.data_dir, {person: A_MONDAY.date()})
    assert run(["restore", str(path)]) == 1
    assert "not empty" in capfd.readouterr().err
    assert run(["restore", str(path), "--replace"]) == 1
    assert "nobody can be asked" in capfd.readouterr().err
    assert _people(settings) == ["Quirina Zwölfaxinger"]
    assert run(["restore", str(path), "--replace", "--yes"]) == 0
    assert "brought back: 1" in capfd.readouterr().out
    assert _people(settings) == []


def test_a_file_that_is_no_backup_ends_in_words(
    settings: Settings, tmp_path: Path, capfd: Captured
) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear all")
    for command in (["backup", "--verify", str(path)], ["restore", str(path)]):
        assert run(command) == 1
        said = capfd.readouterr()
        assert "no backup" in said.err
        assert "Traceback" not in said.err
    assert run(["backup", str(tmp_path / "none" / "b.zip")]) == 1
    assert "no database here yet" in capfd.readouterr().err
