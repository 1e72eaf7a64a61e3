"""Conditions, reasons and notes of a ranking, in the reader's language.

Rankings are kept with the English clauses that they were made with. Here each clause is known again
by its form, so that lists kept long ago are told in every language, too. A clause of no known form
stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache, partial

from babel.dates import format_skeleton
from babel.lists import format_list

from roster.reference import activities, countries, languages, topics
from roster.vocabulary import ActivityType, AdministrationKind, ExpertStatus, ReleaseOutcome
from web.tongues import Tongue, tongue_of
from web.wording import marked, say

FORMS = (
    # Conditions.
    marked("%(language)s level unknown, %(level)s needed"),
    marked("%(language)s not among the languages given, %(level)s needed"),
    marked("%(language)s not stated, %(level)s needed"),
    marked("%(language)s %(held)s, %(level)s needed"),
    marked("no dates set yet"),
    marked("away %(lost)s of the %(all)s days, %(period)s"),
    marked("may be away %(period)s: the absence is dated loosely"),
    marked("availability never asked"),
    marked("availability known until %(day)s only"),
    marked("free a month or more around the dates"),
    marked("free %(period)s"),
    marked("%(status)s on the roster"),
    marked("not told yet that a CV is here, so nobody is proposed"),
    marked("on the exclusion list of the request"),
    marked("not excluded"),
    marked("declined for this request"),
    marked("said not to be available for this request"),
    marked("not released for this request"),
    marked("has not declined"),
    marked("conflict of interest recorded"),
    marked("serves the beneficiary’s own administration: a counterpart, not a lent expert"),
    marked("no conflict recorded"),
    marked("kind of expert unknown, %(kinds)s asked"),
    marked("release not asked for yet"),
    marked("release asked for, no answer yet"),
    marked("release %(outcome)s in general; ask for this request"),
    marked("release %(outcome)s"),
    marked("released until %(day)s, not for the whole of the dates"),
    marked("released, not for the whole of the dates"),
    # Parts of the score.
    marked("none of the topics found"),
    marked("no such activity found"),
    marked("no work found in or near the country"),
    marked("another kind of office"),
    marked("words in common: %(words)s"),
    marked("no telling words in common"),
    marked("telling words in common"),
    marked("record and letter far apart in meaning"),
    marked("record and letter loosely related in meaning"),
    marked("record and letter near in meaning"),
    marked("record and letter very near in meaning"),
    marked("no post or mission near the letter in meaning"),
    marked("nearest in meaning: a sentence of the CV"),
    marked("nearest in meaning: %(words)s"),
    marked("deployments: %(count)s, feedback %(mean)s of 5 (%(people)s)"),
    marked("deployments: %(count)s"),
    marked("%(count)s years of public service"),
    marked("%(count)s free days before and after the dates"),
    marked("confirmed %(month)s"),
    marked("never confirmed"),
    # What is not known, or not asked.
    marked("nothing is known of what the person did"),
    marked("the record has no text yet"),
    marked("the record is not compared by meaning yet"),
    marked("languages not known"),
    marked("nothing is known of where the person worked"),
    marked("kind of office not known"),
    marked("not deployed yet: counts as usual"),
    marked("years of service not known"),
    marked("calendar not known"),
    marked("not asked for"),
    marked("meaning is not compared"),
    # Notes on a list.
    marked("There is nobody on the roster to rank."),
    marked("The request names no %(fields)s: nobody has points for what is not asked."),
    marked("Nobody on the roster has shown %(topics)s, nor a topic near."),
    marked("No record on the roster names %(language)s, which the request asks for."),
    marked("All that was asked for has the weight 0: everybody is equal, in no order."),
    marked("%(count)s records repeat the letter; its sentences were not counted."),
    marked("%(count)s of %(all)s records are not compared by meaning yet."),
    marked("No sentence encoder is installed: meaning is not compared, words are."),
)
"""The clauses, the more special one first."""
KINDS = {
    "official of an EU Member State": marked("official of an EU Member State"),
    "official of a country outside the EU": marked("official of a country outside the EU"),
    "academic": marked("academic"),
    "private consultant": marked("private consultant"),
    "NGO expert": marked("NGO expert"),
    "expert of an international organisation": marked("expert of an international organisation"),
    "diaspora expert": marked("diaspora expert"),
}
FIELDS = {
    "topics": marked("topics"),
    "types of activity": marked("types of activity"),
    "countries": marked("countries"),
    "languages": marked("languages"),
    "dates": marked("dates"),
}
NEAR = {
    "near": marked("%(thing)s, near %(other)s"),
    "same sub-region as": marked("%(thing)s, same sub-region as %(other)s"),
    "same regional body as": marked("%(thing)s, same regional body as %(other)s"),
    "same language as": marked("%(thing)s, same language as %(other)s"),
}
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
}
"""What a gap takes, where that is not any words."""


_ALL_FAILED = re.compile(r"(?<= needed); ")
"""Between languages of which one is needed and none is spoken well enough."""


def clause(text: str, tongue: Tongue) -> str:
    """Return a condition, a reason or a note in a language; one of no known form as it is."""
    if tongue.code == "en" or not text:
        return text
    several = _ALL_FAILED.split(text)
    if len(several) > 1:
        return "; ".join(clause(one, tongue) for one in several)
    counted = _counted(text)
    for form in FORMS:
        # Most forms differ in their first words, which are quicker to compare than a pattern.
        if not counted.startswith(_beginning(form)):
            continue
        found = _pattern(form).fullmatch(counted)
        if found is not None:
            said = {name: _gap(name, value, tongue) for name, value in found.groupdict().items()}
            return tongue.word(form, **said) if said else tongue.word(form)
    return _kind(text, tongue) or _levels(text, tongue) or _experience(text, tongue)


def notes(said: Sequence[str], tongue: Tongue) -> tuple[str, ...]:
    """Return the notes of a list in a language."""
    return tuple(clause(one, tongue) for one in said)


def _counted(text: str) -> str:
    """Return a clause that counts deployments in the one form for every number."""
    return re.sub(r"^(\d+) deployments?(?=,|$)", r"deployments: \1", text)


@cache
def _beginning(form: str) -> str:
    """Return the words of a form before its first gap."""
    return form.partition("%(")[0]


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
    found = _names("topics", tongue.code)
    return tongue.listed([found[one] for one in _any_of(tuple(found)).findall(value)])


def _either(value: str, words: Mapping[str, str], tongue: Tongue) -> str:
    """Return what is listed with "or" in a language."""
    told = [tongue.word(words[one]) for one in _any_of(tuple(words)).findall(value)]
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


@cache
def _language(name: str, code: str) -> str:
    """Return the name of a language in a language by its English one, "" for no language."""
    known = languages.code_for(name)
    if known is None or languages.name_of(known) != name:
        return ""
    return languages.name_of(known, code)


_TOLD: Mapping[str, Callable[[str, Tongue], str]] = {
    "language": lambda value, tongue: _language(value, tongue.code) or value,
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
}
"""How what stands in a gap is told, where it is not kept as it is."""


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
        name = _language(found[1], tongue.code) if found else ""
        if found is None or not name:
            return ""
        level = _gap("level", found[2], tongue) if found[2] else ""
        unknown = tongue.word("level unknown") if found[3] else tongue.word("not stated")
        told.append(f"{name} {level or unknown}")
    return ", ".join(told)


def _experience(text: str, tongue: Tongue) -> str:
    """Return what was done, when, with the words of the record left as they are."""
    for what in ("topics", "activities", "countries", "offices"):
        names = _names(what, tongue.code)
        if _any_of(tuple(names)).match(text):
            told = _things(what).sub(partial(_thing, names, tongue), text)
            return re.sub(
                r"\bsince (\d{4})(?=\))",
                lambda found: tongue.word("since %(date)s", date=found[1]),
                told,
            )
    return text


def _thing(names: Mapping[str, str], tongue: Tongue, found: re.Match[str]) -> str:
    start, thing, near, other = found.groups()
    told = names[thing]
    if near:
        told = tongue.word(NEAR[near], thing=told, other=names.get(other, other))
    return f"{start}{told}"


@cache
def _things(what: str) -> re.Pattern[str]:
    one = _any_of(tuple(_names(what, "en"))).pattern
    near = "|".join(NEAR)
    return re.compile(rf"(^|; )({one})(?:, ({near}) ({one}|[^(;]+?))?(?= \(|; |$)")


@cache
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern of any of these names, the longer one first."""
    longest = sorted(names, key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, longest)))


@cache
def _names(what: str, code: str) -> Mapping[str, str]:
    """Return the names of a list in a language by their English ones."""
    if what == "topics":
        held = (one.code for one in topics.topics())
        return {topics.label(one): topics.label(one, code) for one in held}
    if what == "activities":
        return {activities.label(one): activities.label(one, code) for one in ActivityType}
    if what == "countries":
        return {countries.name_of(one): countries.name_of(one, code) for one in countries.codes()}
    return {one.value.replace("_", " "): _office(one, code) for one in AdministrationKind}


def _office(one: AdministrationKind, code: str) -> str:
    return say(tongue_of(code), one).lower()
