"""Originals are encrypted at rest, under a key that stands beside the database, not in it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from roster.errors import Conflict


class Vault:
    """Encrypts and decrypts files with one Fernet key (AES-128-CBC with HMAC-SHA256)."""

    def __init__(self, key: bytes) -> None:
        self._fernet = Fernet(key)

    def lock(self, content: bytes) -> bytes:
        """Return the encrypted form."""
        return self._fernet.encrypt(content)

    def unlock(self, token: bytes) -> bytes:
        """Return the file as it was given.

        Raises
        ------
        Conflict
            The key is not the one under which the file was stored.
        """
        try:
            return self._fernet.decrypt(token)
        except InvalidToken as error:
            raise Conflict(
                "This original was stored under another key. Set ROSTER_DOCUMENT_KEY to that key."
            ) from error


def digest(secret: str) -> str:
    """Return what is kept of a token or an address, to know it again: SHA-256 in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


def open_vault(key: str, data_dir: Path) -> Vault:
    """Open the vault with the key given, or with the one kept in the data folder.

    Makes a key there at the first start, readable by its owner only.
    """
    if key:
        return Vault(key.encode())
    path = data_dir / "document.key"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(Fernet.generate_key())
    return Vault(path.read_bytes())
