"""The words of the mails that bring a link to set a password, by language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from roster.vocabulary import LinkPurpose

_FOLDER = Path(__file__).parent / "link_texts"
_LOCALES = ("en", "fr", "es", "pt")


@dataclass(frozen=True, slots=True)
class LinkLetter:
    """A mail with a link."""

    subject: str
    body: str


def letter_in(purpose: LinkPurpose, locale: str, facility: str, link: str) -> LinkLetter:
    """Return the mail in a language, English where it is not written in that one."""
    subject, body = _pattern(purpose, locale if locale in _LOCALES else "en")
    # A name with a line break would forge a header of the mail.
    return LinkLetter(
        " ".join(subject.format(facility=facility).split()),
        body.format(facility=facility, link=link),
    )


@cache
def _pattern(purpose: LinkPurpose, locale: str) -> tuple[str, str]:
    path = _FOLDER / f"{purpose.value}.{locale}.txt"
    subject, _, body = path.read_text("utf-8").partition("\n\n")
    return subject, body
