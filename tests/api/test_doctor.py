"""The doctor names what is missing and the command that mends it."""

from __future__ import annotations

import os
import re
import socket
from pathlib import Path

import pytest
from pydantic import SecretStr

from api import doctor
from roster.db import open_engine
from roster.ingest.ocr import tesseract as ocr
from roster.migrations import upgrade
from roster.settings import Settings
from roster.vault import KEY_FILE, open_vault


def test_an_old_python_is_told(tmp_path: Path) -> None:
    assert not doctor.python_version((3, 10)).is_well
    assert doctor.python_version((3, 13)).is_well


def test_a_folder_yet_to_be_made_is_well_if_its_parent_can_be_written(tmp_path: Path) -> None:
    assert doctor.data_folder(tmp_path / "a" / "b").is_well
    assert not (tmp_path / "a").exists()


def test_a_data_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("")
    found = doctor.data_folder(tmp_path / "var")
    assert not found.is_well
    assert "ROSTER_DATA_DIR" in found.mend


def test_a_disk_nearly_full_is_told(tmp_path: Path) -> None:
    assert doctor.free_space(tmp_path / "yet" / "to be made", least_bytes=1).is_well
    found = doctor.free_space(tmp_path, least_bytes=1 << 60)
    assert not found.is_well
    assert "GB free" in found.detail


def test_keys_that_others_can_read_are_told(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    assert doctor.key_file(settings).is_well
    open_vault("", tmp_path)
    assert doctor.key_file(settings).is_well
    (tmp_path / KEY_FILE).chmod(0o640)
    found = doctor.key_file(settings)
    assert (found.is_well, found.mend) == (False, f"chmod 600 {tmp_path / KEY_FILE}")


def test_mail_without_a_sender_is_told(tmp_path: Path) -> None:
    assert doctor.mail(Settings(data_dir=tmp_path)).is_well
    found = doctor.mail(Settings(data_dir=tmp_path, smtp_url=SecretStr("smtp://u:p@m.example")))
    assert not found.is_well
    assert "ROSTER_MAIL_FROM" in found.mend


def test_no_database_yet_is_well(tmp_path: Path) -> None:
    assert doctor.database(Settings(data_dir=tmp_path)).is_well
    assert list(tmp_path.iterdir()) == []


def test_a_database_behind_the_code_is_sent_to_migrate(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    (tmp_path / "roster.db").touch()
    found = doctor.database(settings)
    assert (found.is_well, found.mend) == (False, "roster migrate")
    engine = open_engine(settings.url)
    upgrade(engine)
    engine.dispose()
    assert doctor.database(settings).is_well


def test_a_silent_database_is_told_without_its_password(tmp_path: Path) -> None:
    url = f"postgresql+psycopg://somebody:secret@/roster?host={tmp_path}"
    found = doctor.database(Settings(data_dir=tmp_path, database_url=url))
    assert not found.is_well
    assert "secret" not in str(found)
    assert "ROSTER_DATABASE_URL" in found.mend


def test_a_taken_port_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        assert not doctor.port("127.0.0.1", number).is_well
    assert doctor.port("127.0.0.1", number).is_well


def test_the_browser_named_wins_even_if_it_is_not_there(tmp_path: Path) -> None:
    browser = tmp_path / "chromium"
    browser.write_text("#!/bin/sh\n")
    browser.chmod(0o755)
    path = {"PATH": str(tmp_path)}
    assert doctor.find_chromium(path) == str(browser)
    found = doctor.chromium({**path, "ROSTER_CHROMIUM": str(tmp_path / "absent")})
    assert not found.is_well
    assert "absent" in found.detail


def test_a_missing_browser_fails_with_the_remedy(tmp_path: Path) -> None:
    found = doctor.chromium({"PATH": str(tmp_path)})
    with pytest.raises(doctor.MissingPiece, match="apt-get install chromium"):
        doctor.require(found)


def test_a_test_server_that_is_silent_is_told(tmp_path: Path) -> None:
    url = f"postgresql://x:secret@/postgres?host={tmp_path}"
    found = doctor.postgresql({"ROSTER_TEST_DATABASE_URL": url})
    assert not found.is_well
    assert "secret" not in str(found)


def test_everything_is_looked_at_and_counted(tmp_path: Path) -> None:
    findings = doctor.examine(
        Settings(data_dir=tmp_path, port=1 if os.geteuid() else 8000, encoder=False), {"PATH": ""}
    )
    assert {finding.what.split()[0] for finding in findings} == {
        "Python", "Data", "Disk", "Keys", "Mail", "Database", "Port", "Encoder", "Scans",
        "Chromium", "PostgreSQL",
    }  # fmt: skip
    assert "Chromium: not found" in doctor.report(findings)


def test_the_encoder_can_be_switched_off() -> None:
    assert "ROSTER_ENCODER" in doctor.encoder(is_wanted=False).detail
    assert "MB" in doctor.encoder(is_wanted=True).detail


def test_what_reads_scans_is_named_with_the_command_that_installs_it() -> None:
    nothing = doctor.recognition(frozenset())
    assert not nothing.is_well
    assert "apt-get install tesseract-ocr tesseract-ocr-fra" in str(nothing)
    some = doctor.recognition(frozenset({"eng", "fra", "osd"}))
    assert "lacks spa, por" in some.detail
    assert doctor.recognition(frozenset((*ocr.LANGUAGES, "osd"))).is_well


@pytest.mark.parametrize("path", [".ci/run", "Dockerfile"])
def test_installations_bring_every_language_that_the_doctor_asks_for(path: str) -> None:
    words = (Path(__file__).parents[2] / path).read_text(encoding="utf-8")
    missing = [code for code in (*ocr.LANGUAGES[1:], "osd") if not re.search(rf"\b{code}\b", words)]
    assert "tesseract-ocr" in words
    assert not missing
