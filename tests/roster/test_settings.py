"""Settings that cannot work together end in words at the start, and never tell a secret."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from pydantic import ValidationError

from api.commands import console
from roster.errors import InvalidInput
from roster.settings import Settings, read_settings

KEY = Fernet.generate_key().decode()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        pytest.param({"DATABASE_URL": "mysql://u:geheim@h/n"}, "postgresql+psycopg", id="mysql"),
        pytest.param({"DATABASE_URL": "/var/roster.db"}, "postgresql+psycopg", id="path"),
        pytest.param({"DOCUMENT_KEY": f"{KEY},geheim"}, "key 2 is none", id="no key"),
        pytest.param({"PUBLIC_URL": "roster.example.org"}, "https://", id="address without scheme"),
        pytest.param({"PUBLIC_URL": "https://a.example/?x=1"}, "no ?", id="address with query"),
        pytest.param(
            {"PUBLIC_URL": "http://a.example", "COOKIE_SECURE": "true"}, "nobody could sign in",
            id="secure cookies by http",
        ),
        pytest.param(
            {"BATCH_MAX_BYTES": "1000", "UPLOAD_MAX_BYTES": "2000"}, "largest file", id="batch"
        ),
        pytest.param({"PORT": "99999"}, "ROSTER_PORT", id="port"),
        pytest.param({"LOG_LEVEL": "LOUD"}, "ROSTER_LOG_LEVEL must be", id="level"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_before_anything_starts(
    given: dict[str, str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(f"ROSTER_{name}", value)
    with pytest.raises(InvalidInput) as refused:
        console.settings()
    assert words in refused.value.detail
    assert "geheim" not in refused.value.detail
    assert "Value error" not in refused.value.detail


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_the_short_forms_of_other_programs_are_taken(scheme: str) -> None:
    settings = Settings(database_url=f"{scheme}://u:p%40@h:5433/n?sslmode=require")
    assert settings.url == "postgresql+psycopg://u:p%40@h:5433/n?sslmode=require"
    assert not settings.is_embedded


def test_secrets_are_read_from_files_and_the_environment_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "roster_database_url").write_text("postgresql://u:p@h/n\n")
    (tmp_path / "roster_document_key").write_text(KEY + "\n")
    (tmp_path / "roster_port").write_text("8123")
    monkeypatch.delenv("ROSTER_DATABASE_URL", raising=False)
    monkeypatch.delenv("ROSTER_DOCUMENT_KEY", raising=False)
    monkeypatch.setenv("ROSTER_PORT", "8124")
    read = read_settings(tmp_path)
    assert read.url == "postgresql+psycopg://u:p@h/n"
    assert read.document_key.get_secret_value() == KEY
    assert read.port == 8124
    (tmp_path / "roster_document_key").write_text("not a key")
    with pytest.raises(ValidationError):
        read_settings(tmp_path)
    assert read_settings(tmp_path / "none").is_embedded
