"""The words by which a person, a request or an Action is found; pure.

Words are folded to plain Latin letters. What they mean is kept beside them as a code, so that
"Maroc" finds who worked in Morocco and "asile" who served in asylum, in whatever language.
"""

from __future__ import annotations

from collections.abc import Iterable

from roster.naming import fold
from roster.read import ExpertView
from roster.vocabulary import TermField

MOST_LETTERS = 40
_LEAST_LETTERS = 2
_MOST_WORDS = 1_500
_ORDER = {field: place for place, field in enumerate(TermField)}

Terms = dict[str, TermField]
"""Term → the weightiest place where it stands."""


def code(noun: str, value: str) -> str:
    """Return the term of a code: `code("country", "MA")` is "country:ma"."""
    return f"{noun}:{value.lower()}"[:MOST_LETTERS]


def terms_of_expert(view: ExpertView) -> Terms:
    """Return the words of a person's record, without contact data, which it does not hold."""
    found: Terms = {}
    _add(found, TermField.NAME, [view.display_name])
    codes = [
        *(code("country", one) for one in (view.home_country,) if one),
        *(code("country", one.value.country) for one in view.countries),
        *(code("country", one) for mission in view.missions for one in mission.value.countries),
        *(code("country", post.value.country) for post in view.posts if post.value.country),
        *(code("language", one.value.language) for one in view.languages),
        *(code("topic", one.value.topic) for one in view.topics),
        *(code("activity", one.value.activity) for one in view.activities),
    ]
    found |= dict.fromkeys(codes, TermField.CODE)
    work = [
        view.headline,
        *(_ for post in view.posts for _ in (post.value.title, post.value.employer)),
    ]
    for mission in view.missions:
        value = mission.value
        work += [value.what, value.role, value.for_whom, value.programme, value.region]
    _add(found, TermField.WORK, work)
    _add(found, TermField.TEXT, [view.text])
    return found


def terms_of_undertaking(
    *,
    title: str,
    number: str,
    countries: Iterable[str],
    topics: Iterable[str],
    activities: Iterable[str],
    bodies: Iterable[str | None],
    texts: Iterable[str | None],
) -> Terms:
    """Return the words of a request or an Action.

    Parameters
    ----------
    title, number : what it is called
    countries, topics, activities : codes
    bodies : authorities and regional bodies it is for
    texts : what it says at length
    """
    found: Terms = {}
    _add(found, TermField.TITLE, [title, number])
    for noun, values in (("country", countries), ("topic", topics), ("activity", activities)):
        for value in values:
            found.setdefault(code(noun, value), TermField.CODE)
    _add(found, TermField.WORK, bodies)
    _add(found, TermField.TEXT, texts)
    return found


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are kept and looked for, in order."""
    return [
        word[:MOST_LETTERS]
        for word in fold(text).split()
        if len(word) >= _LEAST_LETTERS and word.isascii()
    ]


def _add(found: Terms, field: TermField, texts: Iterable[str | None]) -> None:
    for text in texts:
        for word in words_of(text or ""):
            held = found.get(word)
            if held is None and len(found) >= _MOST_WORDS:
                continue
            if held is None or _ORDER[field] < _ORDER[held]:
                found[word] = field
