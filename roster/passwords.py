"""Passwords: argon2id with the library's own cost, and what a new one must be."""

from __future__ import annotations

import secrets
from functools import cache

from pwdlib import PasswordHash

from roster.errors import FieldError, InvalidInput

SHORTEST = 12
"""Characters at least, as the ASVS asks; no rule about their kinds, which only makes them guessed
more easily."""
FEWEST_GUESSES = 10**8
"""Tries that a password has to stand, counted by zxcvbn: lists of passwords that became known,
names, words, patterns on the keyboard, and what people make of them."""
_MOST_COUNTED = 72
_HASHER = PasswordHash.recommended()


def hash_password(password: str) -> str:
    """Return the argon2id hash of a password."""
    return _HASHER.hash(password)


def is_right(password: str, kept: str | None) -> bool:
    """Whether a password is the one kept; without one the answer is no, and takes as long."""
    return _HASHER.verify(password, kept or _nobody()) and kept is not None


@cache
def _nobody() -> str:
    """Return a hash to check where no account is known: both answers take the same time."""
    return _HASHER.hash(secrets.token_urlsafe())


def check_new(password: str, *, of: tuple[str, ...], field: str) -> None:
    """Refuse a new password that is short, known, or that the account itself gives away.

    Parameters
    ----------
    of : address and name of the account
    field : JSON pointer of the field that it was given in

    Raises
    ------
    InvalidInput
    """
    folded = password.casefold().strip()
    told = {word.casefold() for one in of for word in (one, one.partition("@")[0])}
    if len(password) < SHORTEST or len(set(folded)) < SHORTEST // 3:
        words = f"Take at least {SHORTEST} characters; a few words in a row do well."
    elif folded in told:
        words = "Take another one: this is the address or the name of the account."
    elif _guesses(password, told) < FEWEST_GUESSES:
        words = (
            "Take another one: it is among the first that are tried, made of passwords that became "
            "known, names or patterns. A few words that have nothing to do with each other do well."
        )
    else:
        return
    raise InvalidInput(words, errors=(FieldError(field, words),))


def _guesses(password: str, told: set[str]) -> int:
    """Return how many tries somebody would need who knows what people choose."""
    # Its lists take a while to read, and most processes never ask for a password.
    from zxcvbn import zxcvbn  # noqa: PLC0415

    counted = zxcvbn(password[:_MOST_COUNTED], user_inputs=sorted(told))
    return int(counted["guesses"])
