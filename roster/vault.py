"""Originals are encrypted at rest, under keys that stand beside the database, not in it.

The first key locks; the others still open what was locked before it, until everything is locked
anew and they are dropped. A key file is looked at again before each use, so that a running server
follows a rotation.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from roster.errors import Conflict

KEY_FILE = "document.key"
_BETWEEN = ","
"""Between several keys of `ROSTER_DOCUMENT_KEY`, the newest first."""


class Vault:
    """Encrypts and decrypts files with Fernet keys (AES-128-CBC with HMAC-SHA256)."""

    def __init__(self, keys: Sequence[bytes], path: Path | None = None) -> None:
        self._path = path
        self._seen = _changed_at(path)
        self._use(keys)

    def _use(self, keys: Sequence[bytes]) -> None:
        self.keys = tuple(keys)
        self._fernet = MultiFernet([Fernet(key) for key in keys])

    def _current(self) -> MultiFernet:
        """Return what locks and opens, with the keys that the file holds now."""
        if self._path is not None and (seen := _changed_at(self._path)) != self._seen:
            self._use(_keys_in(self._path))
            self._seen = seen
        return self._fernet

    def lock(self, content: bytes) -> bytes:
        """Return the encrypted form."""
        return self._current().encrypt(content)

    def unlock(self, token: bytes) -> bytes:
        """Return the file as it was given.

        Raises
        ------
        Conflict
            None of the keys is the one under which the file was stored.
        """
        try:
            return self._current().decrypt(token)
        except InvalidToken as error:
            raise Conflict(_OTHER_KEY) from error

    def relock(self, token: bytes) -> bytes:
        """Return the same under the newest key.

        Raises
        ------
        Conflict
            None of the keys opens it.
        """
        try:
            return self._current().rotate(token)
        except InvalidToken as error:
            raise Conflict(_OTHER_KEY) from error

    def is_newest(self, token: bytes) -> bool:
        """Whether something was locked under the newest key."""
        self._current()
        try:
            Fernet(self.keys[0]).decrypt(token)
        except InvalidToken:
            return False
        return True


_OTHER_KEY = "This original was stored under another key. Set ROSTER_DOCUMENT_KEY to that key."


def add_key(path: Path) -> None:
    """Put a new key before those of a key file; it locks from now on.

    Raises
    ------
    OSError
    """
    _write_keys(path, [Fernet.generate_key(), *_keys_in(path)])


def keys_held(key: str, data_dir: Path) -> tuple[bytes, ...]:
    """Return the keys of an installation, the newest first; none is made where there is none.

    Parameters
    ----------
    key : what ROSTER_DOCUMENT_KEY says; empty: the key file
    """
    if key:
        return tuple(_keys_said(key))
    path = data_dir / KEY_FILE
    return tuple(_keys_in(path)) if path.exists() else ()


def keep_keys(path: Path, keys: Sequence[bytes]) -> None:
    """Put keys into a key file, before those that it holds and they do not."""
    held = _keys_in(path) if path.exists() else []
    _write_keys(path, list(dict.fromkeys([*keys, *held])))


def drop_old_keys(path: Path) -> int:
    """Leave only the newest key in a key file; return how many went."""
    newest, *older = _keys_in(path)
    _write_keys(path, [newest])
    return len(older)


def _write_keys(path: Path, keys: Sequence[bytes]) -> None:
    """Write keys beside the file and put it in its place at once: there is never half a file."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    with fresh.open("wb") as file:
        file.write(b"\n".join(keys) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _keys_said(key: str) -> list[bytes]:
    return [one.strip().encode() for one in key.split(_BETWEEN) if one.strip()]


def _keys_in(path: Path) -> list[bytes]:
    return [line.strip() for line in path.read_bytes().splitlines() if line.strip()]


def _changed_at(path: Path | None) -> int:
    return path.stat().st_mtime_ns if path is not None and path.exists() else 0


def digest(secret: str) -> str:
    """Return what is kept of a token or an address, to know it again: SHA-256 in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


def open_vault(key: str, data_dir: Path) -> Vault:
    """Open the vault with the key given, or with those kept in the data folder.

    Makes a key there at the first start, readable by its owner only.

    Parameters
    ----------
    key : one key, or several with commas between, the newest first; empty: the key file
    """
    if key:
        return Vault(_keys_said(key))
    path = data_dir / KEY_FILE
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(Fernet.generate_key())
    return Vault(_keys_in(path), path)
