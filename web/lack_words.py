"""Whom a plan for many requests lacks, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping

from babel.lists import format_list

from roster.vocabulary import LanguageLevel
from web.reason_forms import KINDS
from web.reason_terms import any_of, language_of, terms_of
from web.tongues import Tongue
from web.wording import marked

_FOR = marked("for %(where)s")
_SO_MANY = re.compile(r"(?:(\d+) × )?(.+)")
_SPOKEN = re.compile(rf"(.+) ({'|'.join(LanguageLevel)})")


def wanted(text: str, tongue: Tongue) -> str:
    """Return a kind of person who is lacking in a language, "" where it is no such thing.

    `text` is as `matching.teams.plan_words` says it: "2 × academic; French B2; for Western Africa".
    """
    head, *details = text.split("; ")
    found = _SO_MANY.fullmatch(head)
    if found is None or found[2] not in KINDS:
        return ""
    kind = tongue.word(KINDS[found[2]])
    told = [f"{found[1]} × {kind}" if found[1] else kind]
    told += [_spoken(one, tongue) or _where(one, tongue) or _topics(one, tongue) for one in details]
    return "; ".join(told)


def _spoken(text: str, tongue: Tongue) -> str:
    """Return languages with levels, "" where it is no list of these."""
    told = []
    for part in text.split(" and "):
        found = _SPOKEN.fullmatch(part)
        name = language_of(found[1], tongue.code) if found else ""
        if found is None or not name:
            return ""
        level = tongue.word("mother tongue") if found[2] == LanguageLevel.NATIVE else found[2]
        told.append(f"{name} {level}")
    return tongue.listed(told)


def _where(text: str, tongue: Tongue) -> str:
    place = text.removeprefix("for ")
    if place == text:
        return ""
    return tongue.word(_FOR, where=_either(place, terms_of("regions", tongue.code), tongue))


def _topics(text: str, tongue: Tongue) -> str:
    return _either(text, terms_of("topics", tongue.code), tongue)


def _either(text: str, words: Mapping[str, str], tongue: Tongue) -> str:
    told = [words[one] for one in any_of(tuple(words)).findall(text)]
    return str(format_list(told, style="or", locale=tongue.locale)) if told else text
