"""A facility adds words to the lists of the field, takes them back, and has its CVs read for them.

Each word stands with who added it and when; it is never changed, only ended, so that it can be
told what any CV was read with.
"""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Session, col, select

from roster import records
from roster.errors import Conflict, FieldError, InvalidInput, NotFound
from roster.inputs.own_words import WordInput
from roster.policy import Actor, Permission, require
from roster.ports import Clock
from roster.queries.own_words import count_cvs
from roster.reference import languages, topics
from roster.reference.activities import find_activities
from roster.reference.folding import fold_script
from roster.reference.own_words import Phrase, why_unfit
from roster.reference.topics import find_topics
from roster.tables import Facility, OwnWord, Rereading
from roster.vocabulary import ActivityType, WordList

MOST_WORDS = 500
"""Own words of one facility that count at a time."""


def checked(given: WordInput) -> Phrase:
    """Return what was sent as a phrase.

    Raises
    ------
    InvalidInput
        It could never be found, its code or language is not known, or the list says so already.
    """
    words = " ".join(given.phrase.split())
    errors = [FieldError("/phrase", said) for said in [why_unfit(words)] if said]
    if given.code is not None and not _is_code(given.of, given.code):
        errors.append(FieldError("/code", "Choose one of the list."))
    if given.language is not None and not languages.is_language(given.language):
        errors.append(FieldError("/language", "This language is not known."))
    if not errors and given.code is not None and _is_read_so(given.of, words, given.code):
        errors.append(FieldError("/phrase", "It is read like this already, without your help."))
    if errors:
        raise InvalidInput("Nothing was changed.", errors=tuple(errors))
    return Phrase(words, given.code, given.language)


def add_word(session: Session, actor: Actor, given: WordInput, *, clock: Clock) -> OwnWord:
    """Let a word mean something to the actor's facility, from now on.

    CVs read before are not read anew by it: see `ask_for_rereading`.

    Raises
    ------
    NotAllowed
    InvalidInput
        See `checked`.
    Conflict
        The facility has this word already, or very many.
    """
    require(actor, Permission.ADMINISTER)
    phrase = checked(given)
    session.get_one(Facility, actor.facility_id, with_for_update=True)
    held = session.exec(
        select(OwnWord).where(
            OwnWord.facility_id == actor.facility_id, col(OwnWord.retired_at).is_(None)
        )
    ).all()
    if len(held) >= MOST_WORDS:
        raise Conflict("There are 500 words of your own. Take some back first.")
    if any(_is_same(one, given, phrase) for one in held):
        raise Conflict("This word is on your list already. Take it back to change its meaning.")
    word = OwnWord(
        facility_id=actor.facility_id,
        origin=actor.origin,
        created_at=clock.now(),
        of=given.of,
        phrase=phrase.words,
        language=phrase.language,
        code=phrase.code,
        by=actor.account_id,
    )
    session.add(word)
    records.log_change(session, actor, word, "created", clock.now(), of=given.of, code=phrase.code)
    session.flush()
    return word


def retire_word(session: Session, actor: Actor, word_id: UUID, *, clock: Clock) -> OwnWord:
    """Take a word back; once it is back nothing changes.

    Raises
    ------
    NotAllowed, NotFound
    """
    require(actor, Permission.ADMINISTER)
    word = session.get(OwnWord, word_id)
    if word is None or word.facility_id != actor.facility_id:
        raise NotFound("There is no such word.")
    if word.retired_at is None:
        word.retired_at, word.retired_by = clock.now(), actor.account_id
        session.add(word)
        records.log_change(session, actor, word, "retired", clock.now())
        session.flush()
    return word


def ask_for_rereading(session: Session, actor: Actor, *, clock: Clock) -> Rereading:
    """Ask for all CVs to be read anew for own words; `JobQueue.enqueue_rereading` has to follow.

    Where one is under way already it is returned: nothing is asked twice.

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.ADMINISTER)
    session.get_one(Facility, actor.facility_id, with_for_update=True)
    under_way = session.exec(
        select(Rereading).where(
            Rereading.facility_id == actor.facility_id, col(Rereading.finished_at).is_(None)
        )
    ).first()
    if under_way is not None:
        return under_way
    asked = Rereading(
        facility_id=actor.facility_id,
        origin=actor.origin,
        created_at=clock.now(),
        by=actor.account_id,
        total=count_cvs(session, actor.facility_id),
    )
    session.add(asked)
    records.log_change(session, actor, asked, "created", clock.now(), total=asked.total)
    session.flush()
    return asked


def _is_same(held: OwnWord, given: WordInput, phrase: Phrase) -> bool:
    if held.of is not given.of or fold_script(held.phrase) != fold_script(phrase.words):
        return False
    return None in (held.language, phrase.language) or held.language == phrase.language


def _is_code(of: WordList, code: str) -> bool:
    if of is WordList.TOPIC:
        return topics.is_topic(code)
    return code in {one.value for one in ActivityType}


def _is_read_so(of: WordList, words: str, code: str) -> bool:
    plain = words.replace("*", "")
    if of is WordList.TOPIC:
        found = {(m.start, m.end, m.topic) for m in find_topics(plain) if m.strength >= 1}
    else:
        found = {
            (m.start, m.end, m.activity.value) for m in find_activities(plain) if m.strength >= 1
        }
    return (0, len(plain), code) in found
