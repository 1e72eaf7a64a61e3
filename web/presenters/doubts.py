"""Why a reading is doubted, in words for whoever has to look at it."""

from __future__ import annotations

from web.tongues import Tongue
from web.wording import marked

_LEVEL = marked("The CV says the level in words; we took the nearest from A1 to C2.")
_SCALE = marked("The level is a number on a scale of the form; we took the nearest from A1 to C2.")
_WORDS: dict[str, str] = {
    "the level is a word": _LEVEL,
    "the level is a number on the form's scale": _SCALE,
    "its level is not stated": marked("Its level is not stated."),
    "named in passing": marked("Named in passing."),
    "the words may mean something else": marked("The words may mean something else."),
    "read in running text": marked("Read in running text."),
    "a part is missing": marked("A part is missing: the title or the employer."),
    "it has no dates": marked("It has no dates."),
    "no year is named": marked("No year is named."),
    "its end lies before its start": marked("Its end lies before its start."),
    "its dates overlap with another post": marked("Its dates overlap with another post."),
    "title and employer were told apart by their order": marked(
        "Title and employer were told apart by their order only."
    ),
    "the employer stands above several titles": marked("The employer stands above several titles."),
    "no institution is named": marked("No institution is named."),
    "the level of the degree is not clear": marked("The level of the degree is not clear."),
    "no country is named": marked("No country is named."),
    "a region, no country": marked("A region, no country."),
    "its country is that of the project's code": marked(
        "Its country was taken from the code of the project."
    ),
    "the form lists assignments and no employer; this is the newest row": marked(
        "The form lists assignments and no employer; this is the newest row."
    ),
    "the field asks for citizenship or residence": marked(
        "The field asks for citizenship or residence."
    ),
    "stated without a label": marked("Stated without a label."),
    "taken from its place on the page": marked("Taken from its place on the page."),
    "only a part of the name is given": marked("Only a part of the name is given."),
    "the address does not look like the name": marked("The address does not look like the name."),
    "the year is given as approximate": marked("The year is given as approximate."),
    "read in a scan where some letters are unclear; compare it with the page": marked(
        "Read in a scan where some letters are unclear: compare it with the page."
    ),
}
"""What readers say → what is shown; anything else is shown as it was written."""


def doubt_words(tongue: Tongue, doubt: str) -> str:
    """Say why a reading is doubted, as a sentence."""
    known = _WORDS.get(doubt)
    if known:
        return tongue.word(known)
    return f"{doubt[:1].upper()}{doubt[1:]}"
