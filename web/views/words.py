"""Words that a facility adds to the lists of the field: looked at, added, taken back, read for."""

from __future__ import annotations

from uuid import UUID

from fastapi import BackgroundTasks
from fastapi.responses import HTMLResponse, Response
from pydantic import ValidationError

from roster import own_words
from roster.errors import Conflict, FieldError, InvalidInput
from roster.inputs.own_words import WordInput
from roster.policy import Permission
from roster.queries.own_words import (
    changed_words,
    count_cvs,
    effect_of,
    last_rereadings,
    list_words,
    use_of_terms,
)
from roster.vocabulary import WordList
from web.access import Reader, ReaderDep, new_router, requires, see_other
from web.deps import respond
from web.forms import errors_by_field
from web.presenters.administration import Sent
from web.presenters.words import PATH, Asked, Lists, meaning_of, term_asked, words_page
from web.reason_words import clause
from web.validation import field_errors
from web.views.requests import FormDep, words_of
from web.wording import marked

router = new_router(PATH)
_RULE = [requires(Permission.ADMINISTER)]
_FIELDS = {"/code": "/means"}
"""Where the form asks for it under another name."""
_CHOOSE = marked("Choose what it means.")


@router.get("", dependencies=_RULE)
def show_words(reader: ReaderDep, term: str = "") -> HTMLResponse:
    """Show the lists and the facility's own words; of one term, the words it is read by."""
    return _page(reader, Asked(term=term_asked(term)))


@router.post("", dependencies=_RULE)
def add_word(reader: ReaderDep, form: FormDep) -> Response:
    """Add a word, or only say what it would change."""
    typed = words_of(form)
    try:
        given = _given(typed)
        phrase = own_words.checked(given)
        if "look" in typed:
            effect = effect_of(reader.session, reader.actor, given.of, phrase)
            return _page(reader, Asked(Sent(typed, {}), (phrase.words, effect)))
        own_words.add_word(reader.session, reader.actor, given, clock=reader.clock)
    except ValidationError as refused:
        errors = errors_by_field(field_errors(refused, reader.tongue), reader.tongue)
        return _page(reader, Asked(Sent(typed, errors)), 422)
    except InvalidInput as refused:
        told = (
            FieldError(_FIELDS.get(one.pointer, one.pointer), clause(one.detail, reader.tongue))
            for one in refused.errors
        )
        return _page(reader, Asked(Sent(typed, errors_by_field(told, reader.tongue))), 422)
    except Conflict as refused:
        said = clause(refused.detail, reader.tongue)
        return _page(reader, Asked(Sent(typed, {}), problem=said), refused.status)
    return see_other(PATH)


@router.post("/read", dependencies=_RULE)
def read_anew(reader: ReaderDep, tasks: BackgroundTasks) -> Response:
    """Have all CVs read anew for the words."""
    asked = own_words.ask_for_rereading(reader.session, reader.actor, clock=reader.clock)
    # The job must find the row: background tasks run after the commit.
    tasks.add_task(reader.installation.jobs.enqueue_rereading, asked.id)
    return see_other(PATH)


@router.post("/{word_id}/retire", dependencies=_RULE)
def retire_word(reader: ReaderDep, word_id: UUID) -> Response:
    """Take a word back."""
    own_words.retire_word(reader.session, reader.actor, word_id, clock=reader.clock)
    return see_other(PATH)


def _given(typed: dict[str, tuple[str, ...]]) -> WordInput:
    said = {name: "".join(values[-1:]).strip() for name, values in typed.items()}
    meaning = meaning_of(said.get("means", ""))
    if meaning is None:
        raise InvalidInput("Nothing was changed.", errors=(FieldError("/means", _CHOOSE),))
    of, code = meaning
    language = said.get("language") or None
    return WordInput(of=of, phrase=said.get("phrase", ""), language=language, code=code)


def _page(reader: Reader, asked: Asked, status: int = 200) -> HTMLResponse:
    session, actor = reader.session, reader.actor
    held = Lists(
        words=list_words(session, actor),
        readings=last_rereadings(session, actor),
        changed=changed_words(session, actor.facility_id),
        cvs=count_cvs(session, actor.facility_id),
        use={of: use_of_terms(session, actor, of) for of in WordList},
    )
    frame = reader.frame(reader.tongue.word("Words"), section="administration")
    page = words_page(frame, reader.tongue, held, asked)
    return respond(reader.request, "administration/words.html", page, status)
