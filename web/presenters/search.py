"""What a search found, in words: by kind, with the reason for each."""

from __future__ import annotations

import unicodedata

from roster.queries.search import MOST_LETTERS
from roster.read.search import FoundKind, SearchAnswer, SearchHit
from roster.reference import activities, topics
from roster.vocabulary import (
    ActionStatus,
    ActivityType,
    ExpertStatus,
    RequestStatus,
    TermField,
)
from web.contexts.layout import Frame
from web.contexts.parts import Chip, CountryMark, Empty, Link, Notice, PersonName
from web.contexts.search import FoundGroup, FoundLine, SearchPage
from web.presenters.action_head import STATUS_WORDS
from web.tongues import Tongue
from web.wording import marked, say

_TITLES = {
    FoundKind.EXPERT: marked("People"),
    FoundKind.REQUEST: marked("Requests"),
    FoundKind.ACTION: marked("Actions"),
}
_PLACES = {
    TermField.NAME: marked("in the name"),
    TermField.TITLE: marked("in the title"),
    TermField.CODE: marked("in the record"),
    TermField.WORK: marked("in posts, missions or the authority"),
    TermField.TEXT: marked("in the text"),
}


def _quoted(word: str) -> str:
    """Return a word in quotation marks, kept apart where it runs from right to left."""
    runs_back = any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in word)
    return f"“\u2068{word}\u2069”" if runs_back else f"“{word}”"


def search_page(
    frame: Frame, tongue: Tongue, query: str, answer: SearchAnswer, *, may_rank: bool = False
) -> SearchPage:
    """Return the page of an answer; an empty query gives the way to ask."""
    groups = tuple(
        _group(tongue, kind, answer, may_rank=may_rank)
        for kind in FoundKind
        if answer.totals.get(kind, 0)
    )
    total = sum(answer.totals.values())
    return SearchPage(
        frame=frame,
        query=query,
        finding=tongue.words("%(num)s record", "%(num)s records", total),
        understood=tuple(_understood(tongue, answer)),
        notices=(*_too_long(tongue, query), *_notices(tongue, answer)),
        groups=groups,
        empty=None if groups else _empty(tongue, query),
    )


def _understood(tongue: Tongue, answer: SearchAnswer) -> list[str]:
    return [
        tongue.word("“%(word)s” is read as %(meaning)s", word=word, meaning=_meaning(tongue, code))
        for word, code in answer.meanings
    ]


def _meaning(tongue: Tongue, code: str) -> str:
    noun, _, value = code.partition(":")
    if noun == "country":
        return tongue.country(value.upper())
    if noun == "language":
        return tongue.word("the language %(name)s", name=tongue.language(value))
    if noun == "topic":
        return tongue.word("the topic %(name)s", name=topics.label(value, tongue.code))
    return tongue.word(
        "the activity %(name)s", name=activities.label(ActivityType(value), tongue.code)
    )


def _too_long(tongue: Tongue, query: str) -> tuple[Notice, ...]:
    if len(query) <= MOST_LETTERS:
        return ()
    title = tongue.word("Only the first %(most)s letters were searched", most=MOST_LETTERS)
    more = tongue.word("To rank people for a letter, open Requests and take it in as a new one.")
    return (Notice("look", title, more),)


def _notices(tongue: Tongue, answer: SearchAnswer) -> list[Notice]:
    found = []
    if answer.missed and answer.hits:
        missed = tongue.listed([_quoted(word) for word in answer.missed])
        found.append(
            Notice(
                "look",
                tongue.word("%(words)s stands in no record that you may see", words=missed),
                tongue.word("It was left out of the search."),
            )
        )
    if answer.is_partial:
        title = tongue.word("No record meets all words")
        found.append(Notice("look", title, tongue.word("Those that meet the most are shown.")))
    return found


def _group(tongue: Tongue, kind: FoundKind, answer: SearchAnswer, *, may_rank: bool) -> FoundGroup:
    lines = tuple(_line(tongue, hit, may_rank=may_rank) for hit in answer.hits if hit.kind is kind)
    total = answer.totals[kind]
    more = ""
    if total > len(lines):
        more = tongue.word(
            "The nearest %(shown)s of %(total)s. Add a word to see others.",
            shown=tongue.number(len(lines)),
            total=tongue.number(total),
        )
    return FoundGroup(kind.value, tongue.word(_TITLES[kind]), tongue.number(total), lines, more)


def _line(tongue: Tongue, hit: SearchHit, *, may_rank: bool) -> FoundLine:
    countries = [tongue.country(code) for code in hit.countries]
    return FoundLine(
        label=hit.label,
        href=_href(hit),
        person=_person(tongue, hit) if hit.kind is FoundKind.EXPERT else None,
        detail=hit.detail or "",
        countries=tongue.listed(countries) if hit.kind is not FoundKind.EXPERT else "",
        chips=tuple(_chips(tongue, hit)),
        why=_why(tongue, hit),
        origin=hit.origin.value,
        why_not=f"{_href(hit)}/requests" if may_rank and hit.kind is FoundKind.EXPERT else "",
    )


def _href(hit: SearchHit) -> str:
    if hit.kind is FoundKind.ACTION:
        return f"/actions/{hit.code}"
    return f"/{'experts' if hit.kind is FoundKind.EXPERT else 'requests'}/{hit.id}"


def _person(tongue: Tongue, hit: SearchHit) -> PersonName:
    home = hit.countries[0] if hit.countries else None
    return PersonName(
        name=hit.label,
        href=_href(hit),
        country=CountryMark(home, tongue.country(home)) if home else None,
        origin=hit.origin.value,
    )


def _chips(tongue: Tongue, hit: SearchHit) -> list[Chip]:
    if hit.kind is FoundKind.EXPERT:
        standing = ExpertStatus(hit.status)
        return [] if standing is ExpertStatus.ACTIVE else [Chip("look", say(tongue, standing))]
    if hit.kind is FoundKind.REQUEST:
        return [Chip("note", say(tongue, RequestStatus(hit.status)))]
    return [Chip("note", tongue.word(STATUS_WORDS[ActionStatus(hit.status)]))]


def _why(tongue: Tongue, hit: SearchHit) -> str:
    places: dict[TermField, list[str]] = {}
    for word, field in hit.met:
        places.setdefault(field, []).append(_quoted(word))
    return "; ".join(
        tongue.word(
            "%(words)s %(place)s", words=tongue.listed(words), place=tongue.word(_PLACES[field])
        )
        for field, words in places.items()
    )


def _empty(tongue: Tongue, query: str) -> Empty:
    if not query:
        return Empty(
            tongue.word("What are you looking for?"),
            tongue.word(
                "A name, a country, a language, a topic, an authority: in any language, with or "
                "without accents."
            ),
        )
    if not any(len(part) > 1 for part in query[:MOST_LETTERS].split()):
        return Empty(
            tongue.word("One letter is too little"),
            tongue.word("Give a word, or the first three letters of one."),
        )
    return Empty(
        tongue.word("Nothing is found"),
        tongue.word(
            "Only what you may see is searched. Try fewer words, or a country or a topic instead."
        ),
        (Link(tongue.word("Show everybody"), "/experts"),),
    )
