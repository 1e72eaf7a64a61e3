"""One box over people, requests and Actions: any language, any accent, small slips of the keys.

A query word is met by itself, by a longer word that it begins, by what it means (a country, a
language, a topic, a type of activity) or by a word that differs by a slip. All of it is equality
and order of plain words, so every database finds the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from uuid import UUID

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extract
from sqlalchemy import ColumnElement, and_, case, false, func, or_, true
from sqlmodel import Session, col, select

from roster.findable import code, words_of
from roster.policy import Actor, Permission, require, visible_actions, visible_experts
from roster.queries.own_words import own_words_of
from roster.read.search import FoundKind, SearchAnswer, SearchHit
from roster.reference.activities import find_activities
from roster.reference.countries import find_countries
from roster.reference.folding import tokens
from roster.reference.languages import find_languages
from roster.reference.own_words import NO_WORDS, OwnWords
from roster.reference.topics import find_topics
from roster.tables import Action, AssistanceRequest, Expert, SearchTerm
from roster.vocabulary import OFF_ROSTER, TermField

MOST_LETTERS = 200
MOST_HITS = 50
_MOST_WORDS = 12
_LEAST_OF_BEGINNING = 3
_LEAST_OF_SLIP = 4
_SHORT = 6
"""Words shorter than this are forgiven one slip, longer ones two."""
_MOST_LIKE = 40
_MOST_TIES = 500

_EXACT = {
    TermField.NAME: 1000,
    TermField.TITLE: 900,
    TermField.CODE: 610,
    TermField.WORK: 410,
    TermField.TEXT: 200,
}
_SHARES = {"exact": 100, "beginning": 70, "slip": 50}
_FIELD_OF = {
    points * share // 100: field for share in _SHARES.values() for field, points in _EXACT.items()
}
"""Points tell where a word was met: no two places give the same."""

Key = tuple[FoundKind, UUID]


@dataclass(frozen=True, slots=True)
class QueryWord:
    """One word or phrase of a query: met by all its words, or by one of its codes."""

    printed: str
    words: tuple[str, ...]
    codes: tuple[str, ...] = ()


def read_query(query: str, own: OwnWords = NO_WORDS) -> tuple[QueryWord, ...]:
    """Cut a query into words and phrases with what they mean, also to its facility, in order."""
    found = tokens(query[:MOST_LETTERS])
    owner: dict[int, int] = {}
    spans: list[tuple[int, int]] = []
    codes: list[list[str]] = []
    for start, end, meaning in _meanings(query[:MOST_LETTERS], own):
        inside = [at for at, token in enumerate(found) if start <= token.start and token.end <= end]
        owners = {owner.get(at) for at in inside}
        if owners == {None}:
            owner |= dict.fromkeys(inside, len(spans))
            spans.append((start, end))
            codes.append([meaning])
        elif len(owners) == 1 and None not in owners:
            of = owner[inside[0]]
            if (start, end) == spans[of] and meaning not in codes[of]:
                codes[of].append(meaning)
    for at, token in enumerate(found):
        if at not in owner:
            owner[at] = len(spans)
            spans.append((token.start, token.end))
            codes.append([])
    parts = sorted(zip(spans, codes, strict=True), key=lambda part: part[0])
    given = (
        QueryWord(query[start:end], tuple(words_of(query[start:end])), tuple(meant))
        for (start, end), meant in parts
    )
    return tuple(dict.fromkeys(one for one in given if one.words or one.codes))[:_MOST_WORDS]


def _meanings(text: str, own: OwnWords) -> list[tuple[int, int, str]]:
    """Return spans with the codes that they stand for, the longest first."""
    found = [
        *((m.start, m.end, code("country", m.code)) for m in find_countries(text)),
        *((m.start, m.end, code("language", m.code)) for m in find_languages(text)),
        *((m.start, m.end, code("topic", m.topic)) for m in find_topics(text, None, own)),
        *((m.start, m.end, code("activity", m.activity)) for m in find_activities(text, None, own)),
    ]
    return sorted(found, key=lambda one: (one[0] - one[1], one[0], one[2]))


def search(session: Session, actor: Actor, query: str, *, most: int = 20) -> SearchAnswer:
    """Find people, requests and Actions that the actor may know of.

    Parameters
    ----------
    query : up to `MOST_LETTERS` letters; more are not read
    most : hits of each kind, up to `MOST_HITS`

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.SIGNED_IN)
    parts = read_query(query, own_words_of(session, actor.facility_id))
    seen = _seen(actor)
    # Who sees some people only must not learn from what is found which words others bring in.
    near = seen if not actor.may(Permission.READ_REQUESTS) else true()
    met = [_met(session, seen, part, near) for part in parts]
    missed = tuple(part.printed for part, keys in zip(parts, met, strict=True) if not keys)
    counts = Counter(key for keys in met for key in keys)
    needed = len(parts) - len(missed)
    reached = max(counts.values(), default=0)
    scores = {
        key: float(sum(keys.get(key, 0) for keys in met))
        for key, count in counts.items()
        if count == reached
    }
    best = _best(session, scores, min(most, MOST_HITS))
    places = {
        key: tuple(
            (part.printed, _FIELD_OF[keys[key]])
            for part, keys in zip(parts, met, strict=True)
            if key in keys
        )
        for key in best
    }
    return SearchAnswer(
        hits=tuple(_hits(session, best, scores, places)),
        totals={kind: sum(key[0] is kind for key in scores) for kind in FoundKind},
        meanings=tuple((part.printed, meaning) for part in parts for meaning in part.codes),
        missed=missed,
        is_partial=reached < needed,
    )


def _seen(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on `SearchTerm`, joined with `Expert`, for what the actor may find."""
    found: list[ColumnElement[bool]] = [false()]
    if actor.may(Permission.READ_EXPERTS):
        on_roster = col(Expert.status).not_in(OFF_ROSTER)
        found.append(and_(col(Expert.id).is_not(None), visible_experts(actor), on_roster))
    here = col(SearchTerm.facility_id) == actor.facility_id
    if actor.may(Permission.READ_REQUESTS):
        found.append(and_(col(SearchTerm.request_id).is_not(None), here))
    if actor.may(Permission.READ_ACTIONS):
        known = select(Action.id).where(visible_actions(actor))
        found.append(and_(col(SearchTerm.action_id).in_(known), here))
    return or_(*found)


def _met(
    session: Session, seen: ColumnElement[bool], part: QueryWord, near: ColumnElement[bool]
) -> dict[Key, int]:
    """Return who meets a part of the query, with the points of the best place.

    Parameters
    ----------
    seen : whose words are met
    near : whose words are looked through for slips
    """
    found: dict[Key, int] = {}
    if part.codes:
        found = _points(session, seen, col(SearchTerm.term).in_(part.codes), "exact")
    by_word = [_met_by_word(session, seen, word, near, is_known=bool(found)) for word in part.words]
    if by_word:
        everyone = set(by_word[0]).intersection(*by_word[1:])
        for key in everyone:
            found[key] = max(found.get(key, 0), min(keys[key] for keys in by_word))
    return found


def _met_by_word(
    session: Session,
    seen: ColumnElement[bool],
    word: str,
    near: ColumnElement[bool],
    *,
    is_known: bool,
) -> dict[Key, int]:
    term = col(SearchTerm.term)
    found: dict[Key, int] = {}
    if len(word) >= _LEAST_OF_BEGINNING:  # The sign after z ends the range of what begins alike.
        begins = and_(term > word, term < f"{word}{{", col(SearchTerm.field) != TermField.CODE)
        found = _points(session, seen, begins, "beginning")
    for key, points in _points(session, seen, term == word, "exact").items():
        found[key] = max(found.get(key, 0), points)
    alike = _alike(session, word, near, only_names=is_known or bool(found))
    if alike:
        for key, points in _points(session, seen, term.in_(alike), "slip").items():
            found[key] = max(found.get(key, 0), points)
    return found


def _alike(
    session: Session, word: str, among: ColumnElement[bool], *, only_names: bool
) -> list[str]:
    """Return kept words that differ from one by a slip; names always, others where none is met.

    Words of records that an officer may not see are among them: they find nothing then.
    """
    if len(word) < _LEAST_OF_SLIP or not word.isalpha():
        return []
    slips = 1 if len(word) < _SHORT else 2
    long = col(SearchTerm.length).between(len(word) - slips, len(word) + slips)
    fields = [TermField.NAME] if only_names else [one for one in _EXACT if one != TermField.CODE]
    terms = session.exec(
        select(SearchTerm.term)
        .join(Expert, col(Expert.id) == col(SearchTerm.expert_id), isouter=True)
        .where(long, col(SearchTerm.field).in_(fields), SearchTerm.term != word, among)
        .distinct()
    ).all()
    found = extract(
        word,
        sorted(terms),
        scorer=DamerauLevenshtein.distance,
        score_cutoff=slips,
        limit=_MOST_LIKE,
    )
    return [term for term, _, _ in found]


def _points(
    session: Session, seen: ColumnElement[bool], condition: ColumnElement[bool], share: str
) -> dict[Key, int]:
    points = case(
        *(
            (col(SearchTerm.field) == field, whole * _SHARES[share] // 100)
            for field, whole in _EXACT.items()
        ),
        else_=0,
    )
    owners = (
        col(SearchTerm.expert_id),
        col(SearchTerm.request_id),
        col(SearchTerm.action_id),
    )
    rows = session.exec(
        select(*owners, func.max(points))
        .join(Expert, col(Expert.id) == col(SearchTerm.expert_id), isouter=True)
        .where(condition, seen)
        .group_by(*owners)
    )
    return {_key(expert, request, action): int(most) for expert, request, action, most in rows}


def _key(expert: UUID | None, request: UUID | None, action: UUID | None) -> Key:
    if expert is not None:
        return FoundKind.EXPERT, expert
    if request is not None:
        return FoundKind.REQUEST, request
    if action is None:
        raise RuntimeError("a word of no record")
    return FoundKind.ACTION, action


def _best(session: Session, scores: Mapping[Key, float], most: int) -> list[Key]:
    """Return the best keys of each kind; equal ones in the order of their names."""
    best: list[Key] = []
    for kind in FoundKind:
        keys = [key for key in scores if key[0] is kind]
        first = nsmallest(most, keys, key=lambda key: (-scores[key], str(key[1])))
        if not first:
            continue
        least = scores[first[-1]]
        tied = sorted((key for key in keys if scores[key] == least), key=lambda key: str(key[1]))
        pool = [*(key for key in first if scores[key] > least), *tied[:_MOST_TIES]]
        labels = _labels(session, kind, [key[1] for key in pool])
        pool.sort(key=lambda key: (-scores[key], labels.get(key[1], ""), str(key[1])))
        best += pool[:most]
    return best


def _labels(session: Session, kind: FoundKind, ids: Sequence[UUID]) -> dict[UUID, str]:
    columns = {
        FoundKind.EXPERT: (col(Expert.id), col(Expert.folded_name)),
        FoundKind.REQUEST: (col(AssistanceRequest.id), col(AssistanceRequest.code)),
        FoundKind.ACTION: (col(Action.id), col(Action.name)),
    }[kind]
    rows = session.exec(select(*columns).where(columns[0].in_(ids)))
    return {row[0]: str(row[1]) for row in rows}


def _hits(
    session: Session,
    keys: Sequence[Key],
    scores: Mapping[Key, float],
    places: Mapping[Key, tuple[tuple[str, TermField], ...]],
) -> Iterable[SearchHit]:
    rows = _rows(session, keys)
    for key in keys:
        record = rows[key]
        shown = _shown(record)
        yield SearchHit(
            kind=key[0],
            id=key[1],
            code=shown.code,
            label=shown.label,
            detail=shown.detail,
            status=record.status.value,
            countries=shown.countries,
            origin=record.origin,
            score=scores[key],
            met=places[key],
        )


@dataclass(frozen=True, slots=True)
class _Shown:
    code: str | None
    label: str
    detail: str | None
    countries: tuple[str, ...]


def _shown(record: Expert | AssistanceRequest | Action) -> _Shown:
    if isinstance(record, Expert):
        home = (record.home_country,) if record.home_country else ()
        return _Shown(None, record.display_name, record.headline, home)
    label = record.title if isinstance(record, AssistanceRequest) else record.name
    return _Shown(record.code, label, record.authority, tuple(record.countries))


def _rows(session: Session, keys: Sequence[Key]) -> dict[Key, Expert | AssistanceRequest | Action]:
    rows: dict[Key, Expert | AssistanceRequest | Action] = {}
    ids = {kind: [key[1] for key in keys if key[0] is kind] for kind in FoundKind}
    for expert in session.exec(select(Expert).where(col(Expert.id).in_(ids[FoundKind.EXPERT]))):
        rows[FoundKind.EXPERT, expert.id] = expert
    asked = col(AssistanceRequest.id).in_(ids[FoundKind.REQUEST])
    for request in session.exec(select(AssistanceRequest).where(asked)):
        rows[FoundKind.REQUEST, request.id] = request
    for action in session.exec(select(Action).where(col(Action.id).in_(ids[FoundKind.ACTION]))):
        rows[FoundKind.ACTION, action.id] = action
    return rows
