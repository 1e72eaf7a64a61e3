"""Tokens of links that stand for a person: known again by a digest, kept encrypted to be shown."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from roster.vault import Vault, digest

_BYTES = 32


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token just made; what is stored of it is the digest and the locked text."""

    text: str
    """What stands in the address; no log may hold it."""
    hash: str
    locked: bytes


def make_token(vault: Vault) -> NewToken:
    """Make a token that nobody can guess."""
    text = secrets.token_urlsafe(_BYTES)
    return NewToken(text, digest(text), vault.lock(text.encode()))


def read_token(locked: bytes, vault: Vault) -> str:
    """Return the text of a token that is kept.

    Raises
    ------
    Conflict
        The key of the vault is another one.
    """
    return vault.unlock(locked).decode()
