"""What is locked opens under any key that is still there, and a rotation leaves nothing behind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from sqlmodel import Session, select

from roster.errors import Conflict
from roster.privacy.locks import relock_everything
from roster.tables import DocumentBlob, Notice
from roster.vault import KEY_FILE, add_key, drop_old_keys, open_vault
from roster.vocabulary import NoticeKind
from tests.factories import Factory


def test_a_running_vault_follows_a_rotation(tmp_path: Path) -> None:
    running = open_vault("", tmp_path)
    before = running.lock(b"x")
    add_key(tmp_path / KEY_FILE)
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert not running.is_newest(before)
    after = running.lock(b"x")
    assert running.is_newest(after)
    assert (running.unlock(before), open_vault("", tmp_path).unlock(after)) == (b"x", b"x")
    moved = running.relock(before)
    assert drop_old_keys(tmp_path / KEY_FILE) == 1
    assert running.unlock(moved) == b"x"
    with pytest.raises(Conflict, match="another key"):
        running.unlock(before)
    with pytest.raises(Conflict, match="another key"):
        running.relock(before)


def test_keys_of_the_environment_are_newest_first(tmp_path: Path) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    token = open_vault(old, tmp_path).lock(b"x")
    both = open_vault(f"{new}, {old}", tmp_path)
    assert both.unlock(token) == b"x"
    assert not both.is_newest(token)
    assert open_vault(new, tmp_path).unlock(both.relock(token)) == b"x"
    assert not (tmp_path / KEY_FILE).exists()


def test_everything_locked_is_locked_anew_and_nothing_else(
    session: Session, tmp_path: Path
) -> None:
    make, vault = Factory(session), open_vault("", tmp_path)
    person = make.expert("Ana")
    document = make.document(expert=person)
    held: dict[str, Any] = {"facility_id": person.facility_id}
    session.add(DocumentBlob(**held, document_id=document.id, content=vault.lock(b"cv" * 99)))
    session.add(
        Notice(
            facility_id=person.facility_id,
            expert_id=person.id,
            kind=NoticeKind.CV_UPLOADED,
            locked_token=vault.lock(b"token"),
        )
    )
    session.add(
        DocumentBlob(**held, document_id=make.document(expert=person).id, content=b"gAAAA short")
    )
    session.flush()
    assert relock_everything(session, vault) == 0
    add_key(tmp_path / KEY_FILE)
    assert relock_everything(session, vault) == 2
    assert relock_everything(session, vault) == 0
    session.expire_all()
    drop_old_keys(tmp_path / KEY_FILE)
    blobs = session.exec(select(DocumentBlob.content)).all()
    assert sorted(len(one) < 20 or len(vault.unlock(one)) for one in blobs) == [True, 198]
    notice = session.exec(select(Notice)).one()
    assert notice.locked_token
    assert vault.unlock(notice.locked_token) == b"token"
