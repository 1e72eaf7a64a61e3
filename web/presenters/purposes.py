"""The question before a CV opens for somebody who does not keep the record."""

from __future__ import annotations

from roster.errors import InvalidInput
from web.contexts.documents import PurposePage
from web.contexts.layout import Frame
from web.contexts.parts import Choice, FormField
from web.tongues import Tongue
from web.wording import marked

PURPOSES = {
    "evidence": marked("Check what a fact rests on"),
    "request": marked("Choose people for a request"),
    "mission": marked("Prepare a mission"),
    "correction": marked("Correct the record"),
    "person": marked("The person asked for it"),
}
"""Codes of purposes, and what each is called."""


def purpose_page(
    frame: Frame, tongue: Tongue, action: str, refused: InvalidInput | None = None
) -> PurposePage:
    """Return the question, with what was wrong about the answer."""
    field = FormField(
        "purpose",
        tongue.word("Why do you open it?"),
        "radios",
        choices=tuple(Choice(code, tongue.word(words)) for code, words in PURPOSES.items()),
        error=tongue.word("Choose one.") if refused else "",
        required=True,
    )
    return PurposePage(frame, action, field)
