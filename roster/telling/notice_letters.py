"""What a person is told whose CV somebody else sent: the words of the notice, by language.

It says what Article 16 of Regulation (EU) 2018/1725 and Article 14 of the GDPR ask for: who holds
what, from whom, why, for how long, and what the person can do about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class NoticeLetter:
    """A notice as it is sent or handed over."""

    subject: str
    body: str
    """Plain text; the personal link stands on a line of its own."""


@dataclass(frozen=True, slots=True)
class NoticeWords:
    """What the letter speaks of."""

    name: str
    facility: str
    sender: str
    """Who sent the CV: "the focal point for Portugal"."""
    controller: str
    contact: str
    link: str
    basis: str = ""
    """Under which law and why, and where to complain."""
    kept: str = ""
    """How long the file and the record are kept."""


_FOLDER = Path(__file__).parent / "notice_texts"
LOCALES = ("en", "fr", "es", "pt")
"""Languages that a notice can be written in."""

_SENDERS = {
    "en": "The focal point for {country}",
    "fr": "Le point focal ({country})",
    "es": "El punto focal ({country})",
    "pt": "O ponto focal ({country})",
}
_SOMEBODY = {
    "en": "A colleague of yours",
    "fr": "Un(e) de vos collègues",
    "es": "Un/a colega suyo/a",
    "pt": "Um/a colega seu/sua",
}


def sender_in(locale: str, country: str | None) -> str:
    """Return who sent a CV, in words; `country` is its name in that language."""
    return _SENDERS[locale].format(country=country) if country else _SOMEBODY[locale]


def letter_in(locale: str, words: NoticeWords) -> NoticeLetter:
    """Return the notice in one of `LOCALES`.

    Raises
    ------
    KeyError
        There is no notice in that language.
    """
    subject, body = _pattern(locale)
    said = {name: getattr(words, name) for name in words.__slots__}
    # A name with a line break would forge a header of the mail.
    return NoticeLetter(" ".join(subject.format(**said).split()), body.format(**said))


@cache
def _pattern(locale: str) -> tuple[str, str]:
    """Return subject and body, names of `NoticeWords` in braces."""
    if locale not in LOCALES:
        raise KeyError(locale)
    subject, _, body = (_FOLDER / f"{locale}.txt").read_text("utf-8").partition("\n\n")
    return subject, body
