"""What a facility says about data protection: read in a form and set by whoever sets its rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from fastapi.responses import HTMLResponse, Response
from pydantic import ValidationError

from roster.errors import Conflict, FieldError, InvalidInput
from roster.inputs.privacy import PrivacyRules
from roster.policy import Permission
from roster.privacy import configuration
from roster.queries.facilities import settings_changes, settings_version
from roster.queries.privacy import PRIVACY_SET
from web.access import Reader, ReaderDep, new_router, requires, see_other
from web.deps import respond
from web.presenters.facility_rules import Refused
from web.presenters.privacy_form import PATH, at_lines, privacy_form_page, rules_from
from web.reason_words import clause
from web.validation import field_errors
from web.views.requests import FormDep, words_of

router = new_router(PATH)
_RULE = [requires(Permission.SET_RULES)]


@router.get("", dependencies=_RULE)
def show_settings(reader: ReaderDep) -> HTMLResponse:
    """Show what is said as a form."""
    return _page(reader)


@router.post("", dependencies=_RULE)
def set_settings(reader: ReaderDep, form: FormDep) -> Response:
    """Set what the facility says, whole; nothing is changed if anything is wrong."""
    typed = words_of(form)
    read = rules_from(typed)
    seen = typed.get("version", ("",))[-1]
    try:
        configuration.set_rules(
            reader.session,
            reader.actor,
            PrivacyRules.model_validate(read.given),
            at=reader.clock.now(),
            seen=int(seen) if seen.isdecimal() else None,
        )
    except ValidationError as refused:
        errors = _in_words(field_errors(refused, reader.tongue), reader)
        return _page(reader, Refused(typed, at_lines(errors, read)))
    except InvalidInput as refused:
        return _page(reader, Refused(typed, at_lines(_in_words(refused.errors, reader), read)))
    except Conflict as refused:
        problem = Refused(problem=clause(refused.detail, reader.tongue))
        return _page(reader, problem, refused.status)
    return see_other("/privacy")


def _in_words(errors: Iterable[FieldError], reader: Reader) -> list[FieldError]:
    said = reader.tongue.word("Give a country by its name or its code.")
    return [
        replace(one, detail=said) if one.pointer.endswith("/country") else one for one in errors
    ]


def _page(reader: Reader, refused: Refused | None = None, status: int = 422) -> HTMLResponse:
    session, actor = reader.session, reader.actor
    page = privacy_form_page(
        reader.frame(reader.tongue.word("Data protection settings"), "rules"),
        reader.tongue,
        configuration.rules_here(session, actor),
        settings_version(session, actor.facility_id, PRIVACY_SET),
        settings_changes(session, actor, PRIVACY_SET),
        refused,
    )
    return respond(reader.request, "administration/privacy.html", page, status if refused else 200)
