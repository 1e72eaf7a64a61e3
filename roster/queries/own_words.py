"""A facility's own words: those that count, their history, and what they would change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from roster.findable import code as term_of
from roster.policy import Actor, Permission, require
from roster.read.own_words import OwnWordRow, RereadingRow, TermUse, WordEffect
from roster.reference.own_words import OwnWords, Phrase, find_own, may_hold
from roster.tables import (
    Account,
    AssistanceRequest,
    Document,
    DocumentVersion,
    Expert,
    OwnWord,
    Rereading,
    SearchTerm,
)
from roster.vocabulary import DocumentKind, DocumentState, ExpertStatus, WordList

MOST_LOOKED_AT = 20_000
"""CVs among which the effect of a word is counted."""
_MOST_SHOWN = 200
_READ = (DocumentState.READ, DocumentState.CONFIRMED)
_LEFT_ALONE = (ExpertStatus.RESTRICTED, ExpertStatus.MERGED, ExpertStatus.ERASED)


def own_words_of(session: Session, facility_id: UUID) -> OwnWords:
    """Return the words that a facility added and did not take back."""
    return _gathered(
        session.exec(
            select(OwnWord)
            .where(OwnWord.facility_id == facility_id, col(OwnWord.retired_at).is_(None))
            .order_by(col(OwnWord.created_at), col(OwnWord.id))
        )
    )


def words_ever(session: Session, facility_id: UUID) -> OwnWords:
    """Return all words that a facility ever added."""
    return _gathered(
        session.exec(
            select(OwnWord)
            .where(OwnWord.facility_id == facility_id)
            .order_by(col(OwnWord.created_at), col(OwnWord.id))
        )
    )


def _gathered(rows: Iterable[OwnWord]) -> OwnWords:
    found: dict[WordList, list[Phrase]] = {WordList.TOPIC: [], WordList.ACTIVITY: []}
    for row in rows:
        found[row.of].append(Phrase(row.phrase, row.code, row.language))
    return OwnWords(tuple(found[WordList.TOPIC]), tuple(found[WordList.ACTIVITY]))


def list_words(session: Session, actor: Actor) -> tuple[OwnWordRow, ...]:
    """Return the words of the actor's facility, the latest first, with those taken back.

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.ADMINISTER)
    rows = session.exec(
        select(OwnWord)
        .where(OwnWord.facility_id == actor.facility_id)
        .order_by(col(OwnWord.created_at).desc(), col(OwnWord.id))
        .limit(_MOST_SHOWN)
    ).all()
    names = _names(session, {one for row in rows for one in (row.by, row.retired_by) if one})
    return tuple(
        OwnWordRow(
            id=row.id,
            of=row.of,
            phrase=row.phrase,
            language=row.language,
            code=row.code,
            since=row.created_at,
            by=names.get(row.by) if row.by else None,
            until=row.retired_at,
            until_by=names.get(row.retired_by) if row.retired_by else None,
        )
        for row in rows
    )


def last_rereadings(session: Session, actor: Actor, most: int = 5) -> tuple[RereadingRow, ...]:
    """Return when CVs were read anew for own words, the latest first.

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.ADMINISTER)
    rows = session.exec(
        select(Rereading)
        .where(Rereading.facility_id == actor.facility_id)
        .order_by(col(Rereading.created_at).desc(), col(Rereading.id))
        .limit(most)
    ).all()
    names = _names(session, {row.by for row in rows if row.by})
    return tuple(
        RereadingRow(
            id=row.id,
            asked_at=row.created_at,
            by=names.get(row.by) if row.by else None,
            total=row.total,
            done=row.done,
            found=row.found,
            dropped=row.dropped,
            people=row.people,
            finished_at=row.finished_at,
        )
        for row in rows
    )


def changed_words(session: Session, facility_id: UUID) -> int:
    """Return how many words were added or taken back since all CVs were read for them."""
    last = session.exec(
        select(func.max(Rereading.created_at)).where(
            Rereading.facility_id == facility_id, col(Rereading.finished_at).is_not(None)
        )
    ).one()
    query = select(func.count()).select_from(OwnWord).where(OwnWord.facility_id == facility_id)
    if last is not None:
        query = query.where(or_(col(OwnWord.created_at) > last, col(OwnWord.retired_at) > last))
    return session.exec(query).one()


def unfinished_rereadings(session: Session) -> tuple[UUID, ...]:
    """Return the readings anew that are not over, in any facility."""
    query = select(Rereading.id).where(col(Rereading.finished_at).is_(None))
    return tuple(session.exec(query.order_by(col(Rereading.created_at))))


def cvs_to_read(
    session: Session, facility_id: UUID, *, after: UUID | None = None, most: int
) -> tuple[UUID, ...]:
    """Return ids of CVs that were read and whose people may be worked with, in order of id."""
    query = (
        select(Document.id)
        .join(Expert, col(Expert.id) == col(Document.expert_id))
        .where(
            Document.facility_id == facility_id,
            Document.kind == DocumentKind.CV,
            col(Document.state).in_(_READ),
            col(Expert.status).not_in(_LEFT_ALONE),
        )
        .order_by(col(Document.id))
        .limit(most)
    )
    if after is not None:
        query = query.where(col(Document.id) > after)
    return tuple(session.exec(query))


def count_cvs(session: Session, facility_id: UUID) -> int:
    """Return how many CVs there are to read."""
    return session.exec(
        select(func.count())
        .select_from(Document)
        .join(Expert, col(Expert.id) == col(Document.expert_id))
        .where(
            Document.facility_id == facility_id,
            Document.kind == DocumentKind.CV,
            col(Document.state).in_(_READ),
            col(Expert.status).not_in(_LEFT_ALONE),
        )
    ).one()


def use_of_terms(session: Session, actor: Actor, of: WordList) -> dict[str, TermUse]:
    """Return how many people, requests and Actions carry each code of a list.

    Returns
    -------
    use : by the folded code as `roster.findable.code` writes it; codes that nobody carries are
        left out

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.ADMINISTER)
    rows = session.exec(
        select(
            SearchTerm.term,
            func.count(func.distinct(SearchTerm.expert_id)),
            func.count(func.distinct(SearchTerm.request_id)),
            func.count(func.distinct(SearchTerm.action_id)),
        )
        .where(
            SearchTerm.facility_id == actor.facility_id,
            col(SearchTerm.term).startswith(f"{of.value}:"),
        )
        .group_by(SearchTerm.term)
    )
    return {term: TermUse(people, requests, actions) for term, people, requests, actions in rows}


def effect_of(session: Session, actor: Actor, of: WordList, phrase: Phrase) -> WordEffect:
    """Count the CVs and requests that hold a phrase, without a word of whose they are.

    Parameters
    ----------
    phrase : one that can be found: see `roster.reference.own_words.why_unfit`

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.ADMINISTER)
    cvs = new = looked_at = 0
    carry = _carriers(session, actor, of, phrase)
    for expert_id, text, language in _texts(session, actor.facility_id):
        looked_at += 1
        if _holds(text, phrase, language):
            cvs += 1
            new += expert_id not in carry
    requests = session.exec(
        select(AssistanceRequest.text, AssistanceRequest.text_language).where(
            AssistanceRequest.facility_id == actor.facility_id, AssistanceRequest.text != ""
        )
    )
    holding = sum(_holds(text, phrase, language) for text, language in requests)
    return WordEffect(cvs, new, holding, looked_at)


def _texts(session: Session, facility_id: UUID) -> Iterator[tuple[UUID, str, str | None]]:
    """Yield the last reading of each CV, a few in memory at a time."""
    rows = session.execute(
        select(
            col(Document.id),
            col(Document.expert_id),
            col(DocumentVersion.text),
            col(DocumentVersion.language),
        )
        .join(DocumentVersion, col(DocumentVersion.document_id) == col(Document.id))
        .join(Expert, col(Expert.id) == col(Document.expert_id))
        .where(
            Document.facility_id == facility_id,
            Document.kind == DocumentKind.CV,
            col(Document.state).in_(_READ),
            col(Expert.status).not_in(_LEFT_ALONE),
        )
        .order_by(col(Document.id), col(DocumentVersion.created_at).desc(), col(DocumentVersion.id))
        .limit(MOST_LOOKED_AT)
        .execution_options(yield_per=200)
    )
    last: UUID | None = None
    for document_id, expert_id, text, language in rows:
        if document_id != last:
            last = document_id
            yield expert_id, text, language


def _holds(text: str, phrase: Phrase, language: str | None) -> bool:
    return may_hold(text, (phrase,)) and bool(find_own(text, (phrase,), language))


def _carriers(session: Session, actor: Actor, of: WordList, phrase: Phrase) -> frozenset[UUID]:
    if phrase.code is None:
        return frozenset()
    rows = session.exec(
        select(SearchTerm.expert_id).where(
            SearchTerm.term == term_of(of.value, phrase.code),
            SearchTerm.facility_id == actor.facility_id,
            col(SearchTerm.expert_id).is_not(None),
        )
    )
    return frozenset(one for one in rows if one is not None)


def _names(session: Session, ids: set[UUID]) -> dict[UUID, str]:
    rows = session.exec(select(Account.id, Account.name).where(col(Account.id).in_(ids)))
    return dict(rows.all())
