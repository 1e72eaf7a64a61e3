"""What people on the roster are told: the words of each kind of notice, by language.

Who did not send her CV herself is told what Article 16 of Regulation (EU) 2018/1725 and Article 14
of the GDPR ask for: who holds what, from whom, why, for how long, and what she can do about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from roster.vocabulary import NoticeKind


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
_FILES = {NoticeKind.CV_UPLOADED: "", NoticeKind.RECONFIRM: "reconfirm_"}
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


def letter_in(
    locale: str, words: NoticeWords, kind: NoticeKind = NoticeKind.CV_UPLOADED
) -> NoticeLetter:
    """Return the notice of a kind in one of `LOCALES`.

    Raises
    ------
    KeyError
        There is no notice in that language.
    """
    subject, body = _pattern(locale, kind)
    said = {name: getattr(words, name) for name in words.__slots__}
    # A name with a line break would forge a header of the mail.
    return NoticeLetter(" ".join(subject.format(**said).split()), body.format(**said))


@cache
def _pattern(locale: str, kind: NoticeKind) -> tuple[str, str]:
    """Return subject and body, names of `NoticeWords` in braces."""
    if locale not in LOCALES:
        raise KeyError(locale)
    subject, _, body = (
        (_FOLDER / f"{_FILES[kind]}{locale}.txt").read_text("utf-8").partition("\n\n")
    )
    return subject, body
