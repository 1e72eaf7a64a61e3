"""Invented words of a facility, as its administrator keeps them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from roster.findable import code
from roster.read.own_words import OwnWordRow, RereadingRow, TermUse, WordEffect
from roster.vocabulary import WordList
from web.contexts.layout import Frame
from web.presenters.administration import Sent
from web.presenters.words import Asked, Lists, words_page
from web.tongues import Tongue

_NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
_LONG = "Maximiliane-Theodora von und zu der Tann-Rathsamhausen <script>alert(1)</script>"


def words_pages(tongue: Tongue, frame: Callable[..., Frame]) -> dict[str, tuple[str, object]]:
    """Return the page with all it can hold, and with nothing."""
    around = frame("Words", "administration", tongue)
    topic, activity = WordList
    words = (
        _word(1, "نقاط العبور", topic, "border_management", "ar"),
        _word(2, "Donaudampfschifffahrtsgesellschaftskapitänsmützenverordnung*", topic, None),
        _word(3, "jornada técnica", activity, "training", "es", until=_NOW),
    )
    going = RereadingRow(UUID(int=9), _NOW, _LONG, 700, 320, 12, 3, 9, None)
    done = RereadingRow(UUID(int=8), _NOW - timedelta(days=9), None, 690, 690, 1, 0, 1, _NOW)
    use = {topic: {code("topic", "border_management"): TermUse(57, 3, 16)}, activity: {}}
    wrong = Sent({"phrase": ("a",), "means": ()}, {"phrase": "This is too short."})
    full = Lists(words, (going, done), 2, 700, use)
    changed = Lists(words, (done,), 2, 700, use)
    nothing = Lists((), (), 0, 0, {topic: {}, activity: {}})
    opened = Asked(term=(topic, "border_management"))
    looked = Asked(Sent({"phrase": (_LONG,)}, {}), (_LONG, WordEffect(400, 12, 1, 700)))
    template = "administration/words.html"
    return {
        "words": (template, words_page(around, tongue, full, opened)),
        "words-looked": (template, words_page(around, tongue, changed, looked)),
        "words-refused": (template, words_page(around, tongue, nothing, Asked(wrong))),
    }


def _word(
    number: int,
    phrase: str,
    of: WordList,
    meaning: str | None,
    language: str | None = None,
    until: datetime | None = None,
) -> OwnWordRow:
    return OwnWordRow(
        UUID(int=number),
        of,
        phrase,
        language,
        meaning,
        _NOW,
        _LONG,
        until,
        _LONG if until else None,
    )
