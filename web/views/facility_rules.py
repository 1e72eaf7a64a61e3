"""What a facility decides for itself: everybody in it reads it, two roles change it."""

from __future__ import annotations

from fastapi.responses import HTMLResponse, Response
from pydantic import ValidationError

from roster import facility_rules
from roster.errors import Conflict, FieldError, InvalidInput
from roster.inputs import FacilityRules
from roster.policy import Permission
from roster.queries.facilities import RULES_SET, rules_of, settings_changes, settings_version
from web.access import Reader, ReaderDep, new_router, requires, see_other
from web.contexts.parts import Link
from web.deps import respond
from web.presenters.facility_rules import (
    PATH,
    Refused,
    Typed,
    rules_from,
    rules_page,
    shown_typed,
)
from web.reason_words import clause
from web.validation import field_errors
from web.views.requests import FormDep, words_of
from web.wording import marked

router = new_router(PATH)
_ELSEWHERE = (
    (Permission.READ_REGISTER, marked("Register of processing"), "/privacy"),
    (Permission.SET_RULES, marked("Data protection settings"), "/privacy/settings"),
    (Permission.WRITE_ROUNDS, marked("Application rounds"), "/rounds"),
    (Permission.WRITE_FEEDBACK, marked("Questionnaires"), "/questionnaires"),
)
"""What a facility sets on pages of its own: who may, title, path."""


@router.get("", dependencies=[requires(Permission.SIGNED_IN)])
def show_rules(reader: ReaderDep) -> HTMLResponse:
    """Show the rules."""
    return _page(reader)


@router.post("", dependencies=[requires(Permission.SET_RULES)])
def set_rules(reader: ReaderDep, form: FormDep) -> Response:
    """Put rules in place of those before."""
    typed = words_of(form)
    before = rules_of(reader.session, reader.actor.facility_id)
    said, errors = rules_from(typed, before, reader.tongue)
    seen = typed.get("version", ("",))[-1]
    try:
        given = FacilityRules.model_validate(said)
        if errors:
            raise InvalidInput("Nothing was changed.", errors=errors)
        facility_rules.set_rules(
            reader.session,
            reader.actor,
            given,
            clock=reader.clock,
            seen=int(seen) if seen.isdecimal() else None,
        )
    except ValidationError as refused:
        return _page(reader, _refused(typed, (*errors, *field_errors(refused, reader.tongue))))
    except InvalidInput as refused:
        told = (
            FieldError(one.pointer, clause(one.detail, reader.tongue)) for one in refused.errors
        )
        return _page(reader, _refused(typed, tuple(told)))
    except Conflict as refused:
        problem = Refused(problem=clause(refused.detail, reader.tongue))
        return _page(reader, problem, refused.status)
    return see_other(PATH)


def _refused(typed: Typed, errors: tuple[FieldError, ...]) -> Refused:
    return Refused(shown_typed(typed), errors)


def _page(reader: Reader, refused: Refused | None = None, status: int = 422) -> HTMLResponse:
    session, actor = reader.session, reader.actor
    page = rules_page(
        reader.frame(reader.tongue.word("Rules of the facility"), "rules"),
        reader.tongue,
        rules_of(session, actor.facility_id),
        settings_version(session, actor.facility_id, RULES_SET),
        settings_changes(session, actor, RULES_SET),
        may_write=actor.may(Permission.SET_RULES),
        also=tuple(
            Link(reader.tongue.word(words), path)
            for permission, words, path in _ELSEWHERE
            if actor.may(permission)
        ),
        refused=refused,
    )
    return respond(reader.request, "administration/rules.html", page, status if refused else 200)
