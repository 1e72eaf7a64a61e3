"""Conditions, reasons and notes of rankings and teams, in the reader's language.

They are kept with the English clauses that they were made with. Here each clause is known again
by its form, so that those kept long ago are told in every language, too. A clause of no known form
stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache, partial

from babel.dates import format_skeleton
from babel.lists import format_list

from matching.explain import LABEL_OF
from roster.vocabulary import (
    ExpertStatus,
    FicheStatus,
    RefusalReason,
    ReleaseOutcome,
    RequestStatus,
    SeatRole,
    TeamMode,
)
from web.lack_words import wanted
from web.plan_forms import PLAN_FORMS
from web.reason_forms import COUNTED, FIELDS, KINDS, NEAR, UNTRIED
from web.reason_forms import FORMS as REASON_FORMS
from web.reason_terms import any_of, language_of, terms_of
from web.refusals import REFUSAL_FORMS
from web.tongues import Tongue, tongue_of
from web.wording import REGION_WORDS, marked, say

FORMS = REASON_FORMS + PLAN_FORMS + REFUSAL_FORMS
_EXACT = frozenset(form for form in FORMS if "%(" not in form)
_LABELS = {label: feature for feature, label in LABEL_OF.items()}
_KINDS_ASKED = marked("%(kind)s, %(kinds)s asked")
_LEVEL = "A1|A2|B1|B2|C1|C2|native"
_NUMBER = r"\d[\d.,]*"
_DAY = r"\d{1,2} [A-Z][a-z]{2} \d{4}"
_GAPS = {
    "level": _LEVEL,
    "held": _LEVEL,
    "lost": _NUMBER,
    "all": _NUMBER,
    "count": _NUMBER,
    "people": _NUMBER,
    "mean": _NUMBER,
    "day": _DAY,
    "period": r"[\d–A-Za-z ]+?\d{4}",
    "month": r"[A-Z][a-z]{2} \d{4}",
    "status": "|".join(ExpertStatus),
    "outcome": "|".join(ReleaseOutcome),
    "most": _NUMBER,
    "size": _NUMBER,
    "number": _NUMBER,
    "before": _NUMBER,
    "year": r"\d{4}",
    "version": r"\S+",
    "new": _LEVEL,
    "old": _LEVEL,
    "points": _NUMBER,
    "mode": "|".join(one.replace("_", "-") for one in TeamMode),
    "fit": _NUMBER,
    "ask": _NUMBER,
    "free": _NUMBER,
    "role": "|".join(one.replace("_", " ") for one in SeatRole),
    "stage": "|".join(RequestStatus),
    "following": "|".join(RequestStatus),
    "fiche": "|".join(FicheStatus),
}
"""What a gap takes, where that is not any words."""


_SENTENCES = re.compile(
    r"(?<=\.) (?=Does not fit: |To ask first: |A way: |Nobody |Too few |Each seat |Not every way "
    r"|Ways out were |The activity is over|\d+ pe|Name at least one result |Plan at least one "
    r"|It was (?:made|learnt|held) |It rests on |Its gain )"
    # After what is refused of a field: what to give instead, the nearest term, where it stands.
    r"|(?<=\.) (?=\(In the |Did you mean |Known are: |Give the two letters |Give the code of ISO |"
    r"Character \d)"
)
"""Between the sentences of an answer that has several."""
_ALL_FAILED = re.compile(r"(?<= needed); ")
"""Between languages of which one is needed and none is spoken well enough."""


def clause(text: str, tongue: Tongue) -> str:
    """Return a condition, a reason or a note in a language; one of no known form as it is."""
    if tongue.code == "en" or not text:
        return text
    if text in _LABELS:
        return tongue.feature(_LABELS[text])
    if text in _EXACT:
        return tongue.word(text)
    several = _ALL_FAILED.split(text)
    if len(several) > 1:
        return "; ".join(clause(one, tongue) for one in several)
    sentences = _SENTENCES.split(text)
    if len(sentences) > 1:
        return " ".join(clause(one, tongue) for one in sentences)
    told = _by_form(text, tongue) or _kind(text, tongue) or _levels(text, tongue)
    told = told or _experience(text, tongue) or _loosened(text, tongue) or wanted(text, tongue)
    # A whole sentence that a page says as it stands is in the catalogues without being a form.
    return told or (tongue.word(text) if text.endswith((".", "?")) else text)


def in_language(text: str, code: str) -> str:
    """Return a clause in the language of a code; implements `roster.ports.Translator`."""
    return clause(text, tongue_of(code))


def _by_form(text: str, tongue: Tongue) -> str:
    """Return a clause of a known form in a language, "" for any other."""
    if text in _EXACT:  # As part of a clause.
        return tongue.word(text)
    counted = _counted(text)
    for form, beginning in _forms_from(counted[:1]):
        # Most forms differ in their first words, which are quicker to compare than a pattern.
        if not counted.startswith(beginning):
            continue
        found = _pattern(form).fullmatch(counted)
        if found is not None:
            said = {name: _gap(name, value, tongue) for name, value in found.groupdict().items()}
            return tongue.word(form, **said)
    return ""


def notes(said: Sequence[str], tongue: Tongue) -> tuple[str, ...]:
    """Return the notes of a list in a language."""
    return tuple(clause(one, tongue) for one in said)


_COUNTING = re.compile(r"\d|The best team|send |move it |ask the focal|leave the seat")
"""How what counts begins: nothing else is looked at for it."""


def _counted(text: str) -> str:
    """Return a clause that counts in the one form for every number."""
    if _COUNTING.match(text):
        for pattern, form in COUNTED:
            text = re.sub(pattern, form, text)
    return text


@cache
def _forms_from(letter: str) -> tuple[tuple[str, str], ...]:
    """Return the forms that can begin with a letter, each with its words before the first gap."""
    held = [(form, form.partition("%(")[0]) for form in FORMS if form not in _EXACT]
    return tuple((form, words) for form, words in held if words[:1] in {letter, ""})


@cache
def _pattern(form: str) -> re.Pattern[str]:
    parts = re.split(r"%\((\w+)\)s", form)
    texts = [
        re.escape(part) if at % 2 == 0 else f"(?P<{part}>{_GAPS.get(part, '.+?')})"
        for at, part in enumerate(parts)
    ]
    return re.compile("".join(texts), re.DOTALL)


def _gap(name: str, value: str, tongue: Tongue) -> str:
    """Return what stands in a gap in a language; the words of the record as they are."""
    told = _TOLD.get(name)
    return told(value, tongue) if told is not None else value


def _level(value: str, tongue: Tongue) -> str:
    return tongue.word("mother tongue") if value == "native" else value


def _topics(value: str, tongue: Tongue) -> str:
    found = terms_of("topics", tongue.code)
    return tongue.listed([found[one] for one in any_of(tuple(found)).findall(value)])


def _either(value: str, words: Mapping[str, str], tongue: Tongue) -> str:
    """Return what is listed with "or" in a language."""
    told = [tongue.word(words[one]) for one in any_of(tuple(words)).findall(value)]
    return str(format_list(told, style="or", locale=tongue.locale)) if told else value


def _day(value: str) -> date:
    return datetime.strptime(f"{value} +0000", "%d %b %Y %z").date()


def _month(value: str, tongue: Tongue) -> str:
    return str(format_skeleton("yMMM", _day(f"1 {value}"), locale=tongue.calendar))


def _period(value: str, tongue: Tongue) -> str:
    """Return days written as "1–12 Mar 2027" or "28 Feb 2027 – 3 Mar 2027" in a language."""
    first, _, last = (part.strip() for part in value.partition("–"))
    if not last:
        return tongue.day(_day(first))
    whole = first if " " in first else f"{first} {last.partition(' ')[2]}"
    return tongue.days(_day(whole), _day(last))


def _list(value: str, word: Callable[[str], str | None], tongue: Tongue) -> str:
    """Return what is listed with "and" in a language; what has no word there stays as it is."""
    return tongue.listed([word(one) or one for one in re.split(", | and ", value)])


_BETWEEN = re.compile(r"(?:, | and | or )*")


def _named(value: str, words: Mapping[str, str], tongue: Tongue) -> str:
    """Return names in a language that are listed; as they are where one of them is not known."""
    known = any_of(tuple(words))
    if not _BETWEEN.fullmatch(known.sub("", value)):
        return value
    return tongue.listed([words[one] for one in known.findall(value)])


def _areas(tongue: Tongue) -> Mapping[str, str]:
    return {one: tongue.word(words) for one, words in REGION_WORDS.items()}


def _excuses(tongue: Tongue) -> Mapping[str, str]:
    english = tongue_of("en")
    return {say(english, one).lower(): say(tongue, one).lower() for one in RefusalReason}


def _spoken(value: str, tongue: Tongue) -> str:
    """Return a language with the level that is needed: "French at B2", "as a mother tongue"."""
    name, _, level = value.partition(" at ")
    if level:
        said = language_of(name, tongue.code) or name
        return tongue.word("%(language)s at %(level)s", language=said, level=level)
    name = value.removesuffix(" as a mother tongue")
    said = language_of(name, tongue.code) or name
    return tongue.word("%(language)s as a mother tongue", language=said)


def _role(value: str, tongue: Tongue) -> str:
    name = say(tongue, SeatRole(value.replace(" ", "_")))
    return f"{name[:1].lower()}{name[1:]}"


_UNNAMED = re.compile(r"Person (?:(\d+) of|outside) this list")


def _name(value: str, tongue: Tongue) -> str:
    """Return a name as it is; what stands in place of one in a language."""
    found = _UNNAMED.fullmatch(value)
    return nameless(found[1], tongue) if found else value


def nameless(number: str | int | None, tongue: Tongue) -> str:
    """Return what stands in place of a name in a list, by the number there; None is not in it."""
    if number is None:
        return tongue.word("Person outside this list")
    return tongue.word("Person %(number)s of this list", number=number)


def _kind(text: str, tongue: Tongue) -> str:
    if text in KINDS:
        return tongue.word(KINDS[text])
    found = _pattern(_KINDS_ASKED).fullmatch(text)
    if found is None or found["kind"] not in KINDS:
        return ""
    held, kinds = KINDS[found["kind"]], _either(found["kinds"], KINDS, tongue)
    return tongue.word(_KINDS_ASKED, kind=tongue.word(held), kinds=kinds)


_SPOKEN = re.compile(rf"(.+?) (?:({_LEVEL})|(level unknown)|(not stated))")


def _levels(text: str, tongue: Tongue) -> str:
    """Return languages with what is known of their levels, "" where it is no such list."""
    told = []
    for part in text.split(", "):
        found = _SPOKEN.fullmatch(part)
        name = language_of(found[1], tongue.code) if found else ""
        if found is None or not name:
            return ""
        level = _gap("level", found[2], tongue) if found[2] else ""
        unknown = tongue.word("level unknown") if found[3] else tongue.word("not stated")
        told.append(f"{name} {level or unknown}")
    return ", ".join(told)


def _experience(text: str, tongue: Tongue) -> str:
    """Return what was done, when, with the words of the record left, "" for no such clause."""
    for what in ("topics", "activities", "countries", "offices"):
        names = terms_of(what, tongue.code)
        if any_of(tuple(names)).match(text):
            told = _things(what).sub(partial(_thing, names, tongue), text)
            return re.sub(
                r"\bsince (\d{4})(?=\))",
                lambda found: tongue.word("since %(date)s", date=found[1]),
                told,
            )
    return ""


_LETS_IN = re.compile(r"(.+) \((\d+) (?:more )?(?:person|people)( to ask| free then)?\)")


def _loosened(text: str, tongue: Tongue) -> str:
    """Return a way out in a language, "" where nothing of it is known."""
    told = []
    for part in f"{text[:1].lower()}{text[1:]}".split("; "):
        found = _LETS_IN.fullmatch(part)
        said = _by_form(found[1] if found else part, tongue)
        if not said:
            return ""
        kind = {" to ask": "ask", " free then": "dates"}.get(found[3], "") if found else ""
        told.append(f"{said} ({let_in(int(found[2]), kind, tongue)})" if found else said)
    whole = "; ".join(told)
    return f"{whole[:1].upper()}{whole[1:]}" if text[:1].isupper() else whole


def let_in(number: int, kind: str, tongue: Tongue) -> str:
    """Say how many people a loosening of this kind lets in."""
    if kind == "ask":
        return tongue.words("%(num)s person to ask", "%(num)s people to ask", number)
    if kind == "dates":
        return tongue.words(
            "%(num)s more person free then", "%(num)s more people free then", number
        )
    return tongue.words("%(num)s more person", "%(num)s more people", number)


def _thing(names: Mapping[str, str], tongue: Tongue, found: re.Match[str]) -> str:
    start, thing, near, other = found.groups()
    told = names[thing]
    if near:
        told = tongue.word(NEAR[near], thing=told, other=names.get(other, other))
    return f"{start}{told}"


@cache
def _things(what: str) -> re.Pattern[str]:
    one = any_of(tuple(terms_of(what, "en"))).pattern
    near = "|".join(NEAR)
    return re.compile(rf"(^|; )({one})(?:, ({near}) ({one}|[^(;]+?))?(?= \(|; |$)")


_TOLD: Mapping[str, Callable[[str, Tongue], str]] = {
    "language": lambda value, tongue: language_of(value, tongue.code) or value,
    "level": _level,
    "held": _level,
    "day": lambda value, tongue: tongue.day(_day(value)),
    "period": _period,
    "month": _month,
    "status": lambda value, tongue: say(tongue, ExpertStatus(value)),
    "outcome": lambda value, tongue: say(tongue, ReleaseOutcome(value)),
    "kinds": lambda value, tongue: _either(value, KINDS, tongue),
    "fields": lambda value, tongue: _either(value, FIELDS, tongue),
    "topics": _topics,
    "mean": lambda value, tongue: tongue.number(float(value)),
    "size": lambda value, tongue: tongue.number(float(value)),
    "new": _level,
    "old": _level,
    "spoken": _spoken,
    "languages": lambda value, tongue: _list(
        value, lambda one: language_of(one, tongue.code), tongue
    ),
    "country": lambda value, tongue: terms_of("countries", tongue.code).get(value, value),
    "countries": lambda value, tongue: _named(value, terms_of("countries", tongue.code), tongue),
    "interests": lambda value, tongue: _named(value, terms_of("interests", tongue.code), tongue),
    "areas": lambda value, tongue: _named(value, _areas(tongue), tongue),
    "why": lambda value, tongue: _named(value, _excuses(tongue), tongue),
    "wanted": lambda value, tongue: wanted(value, tongue) or value,
    "rules": lambda value, tongue: "; ".join(clause(one, tongue) for one in value.split("; ")),
    "mode": lambda value, tongue: say(tongue, TeamMode(value.replace("-", "_"))).lower(),
    "points": lambda value, tongue: tongue.points(float(value)),
    "requests": lambda value, tongue: tongue.listed(value.split(", ")),
    "region": lambda value, tongue: terms_of("regions", tongue.code).get(value, value),
    "office": lambda value, tongue: terms_of("offices", tongue.code).get(value, value),
    "role": _role,
    "roles": lambda value, tongue: ", ".join(_role(one, tongue) for one in value.split(", ")),
    "what": lambda value, tongue: _either(value, terms_of("experiences", tongue.code), tongue),
    "name": _name,
    "kind": lambda value, tongue: tongue.word(KINDS.get(value, value)),
    "rule": clause,
    "reason": clause,
    "way": lambda value, tongue: _loosened(value, tongue) or value,
    "stage": lambda value, tongue: say(tongue, RequestStatus(value)),
    "following": lambda value, tongue: say(tongue, RequestStatus(value)),
    "fiche": lambda value, tongue: say(tongue, FicheStatus(value)),
    "untried": lambda value, tongue: _list(value, lambda one: tongue.word(UNTRIED[one]), tongue),
}
"""How what stands in a gap is told, where it is not kept as it is."""
