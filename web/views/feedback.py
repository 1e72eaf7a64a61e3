"""Feedback pages: of one Action, of the facility, and what was sent out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from fastapi.responses import Response
from pydantic import ValidationError
from sqlmodel import Session

from roster.errors import FieldError, InvalidInput
from roster.feedback import findings, inquiries, lessons
from roster.inputs.feedback import InquiryInput
from roster.inputs.lessons import FindingInput
from roster.policy import Permission
from roster.queries import feedback as said
from roster.queries import findings as found
from roster.queries import inquiries as sent
from roster.queries.actions import action_row
from roster.queries.questionnaires import questionnaires
from roster.read.feedback import FeedbackResults
from roster.tables import Action, Activity
from roster.vocabulary import Audience
from web import drafts
from web.access import Reader, ReaderDep, new_router, requires, see_other
from web.contexts.feedback import FieldForm
from web.deps import respond
from web.presenters.feedback import facility_page, inquiry_page, uuid_in
from web.presenters.feedback_forms import (
    NONE,
    Typed,
    action_page,
    finding_form,
    finding_from,
    inquiry_from,
    send_form,
)
from web.validation import field_errors
from web.views.requests import FormDep, words_of

router = new_router()


@router.get("/feedback", dependencies=[requires(Permission.READ_FEEDBACK)])
def show_facility(reader: ReaderDep) -> Response:
    """Show what was said in the whole facility."""
    session, actor, tongue = reader.session, reader.actor, reader.tongue
    page = facility_page(
        reader.frame(tongue.word("Feedback"), "actions"),
        tongue,
        said.results(session, actor),
        sent.inquiries(session, actor),
        said.actions_with_feedback(session, actor),
    )
    return respond(reader.request, "feedback/facility.html", page)


@router.get("/actions/{code}/feedback", dependencies=[requires(Permission.READ_FEEDBACK)])
def show_action(reader: ReaderDep, code: str) -> Response:
    """Show what was asked and said of an Action, and what was found."""
    return _action(reader, code)


@router.post("/actions/{code}/inquiries", dependencies=[requires(Permission.WRITE_FEEDBACK)])
def send(reader: ReaderDep, code: str, form: FormDep) -> Response:
    """Send a questionnaire out and show its links."""
    typed = words_of(form)
    try:
        given = InquiryInput.model_validate(inquiry_from(typed))
        made = inquiries.send(
            reader.session,
            reader.actor,
            code,
            given,
            vault=reader.installation.vault,
            clock=reader.clock,
        )
    except ValidationError as refused:
        return _action(reader, code, sending=(typed, field_errors(refused, reader.tongue)))
    except InvalidInput as refused:
        reader.session.rollback()
        return _action(reader, code, sending=(typed, refused.errors))
    drafts.sent_off(reader, typed)
    return see_other(f"/inquiries/{made.id}")


@router.post("/actions/{code}/findings", dependencies=[requires(Permission.WRITE_FEEDBACK)])
def record(reader: ReaderDep, code: str, form: FormDep) -> Response:
    """Write a finding down; what comes back in three Actions is proposed as a lesson."""
    typed = words_of(form)
    try:
        given = FindingInput.model_validate(finding_from(typed))
        made = findings.record(reader.session, reader.actor, code, given, clock=reader.clock)
        lessons.propose(reader.session, reader.actor, at=reader.clock.now())
    except ValidationError as refused:
        return _action(reader, code, recording=(typed, field_errors(refused, reader.tongue)))
    except InvalidInput as refused:
        return _action(reader, code, recording=(typed, refused.errors))
    drafts.sent_off(reader, typed)
    return see_other(f"/actions/{code}/feedback#finding-{made.id}")


@router.post("/findings/{finding_id}/drop", dependencies=[requires(Permission.WRITE_FEEDBACK)])
def drop(reader: ReaderDep, finding_id: UUID) -> Response:
    """Take a finding out."""
    (one,) = found.findings(
        reader.session, reader.actor, found.FindingFilter(ids=(finding_id,))
    ) or (None,)
    findings.drop(reader.session, reader.actor, finding_id, clock=reader.clock)
    return see_other(f"/actions/{one.action_code}/feedback#findings" if one else "/actions")


@router.get("/inquiries/{inquiry_id}", dependencies=[requires(Permission.WRITE_FEEDBACK)])
def show_inquiry(reader: ReaderDep, inquiry_id: UUID) -> Response:
    """Show what was sent out, with the links to hand over."""
    session, actor = reader.session, reader.actor
    one = sent.inquiry_view(session, sent.get_inquiry(session, actor, inquiry_id))
    people = inquiries.invited(session, actor, inquiry_id, vault=reader.installation.vault)
    page = inquiry_page(
        reader.frame(reader.tongue.word("Questionnaire sent out"), "actions"),
        reader.tongue,
        one,
        people,
        base_url=reader.installation.settings.base_url,
        answers=one.questionnaire.audience is Audience.OFFICER,
    )
    return respond(reader.request, "feedback/inquiry.html", page)


@router.post("/inquiries/{inquiry_id}/close", dependencies=[requires(Permission.WRITE_FEEDBACK)])
def close(reader: ReaderDep, inquiry_id: UUID) -> Response:
    """Take no further answers."""
    inquiries.close(reader.session, reader.actor, inquiry_id, clock=reader.clock)
    return see_other(f"/inquiries/{inquiry_id}")


@router.post("/inquiries/{inquiry_id}/remind", dependencies=[requires(Permission.WRITE_FEEDBACK)])
def remind(reader: ReaderDep, inquiry_id: UUID) -> Response:
    """Remind those who have not answered, once."""
    inquiries.remind(reader.session, reader.actor, inquiry_id, clock=reader.clock)
    return see_other(f"/inquiries/{inquiry_id}")


Refused = tuple[Typed, tuple[FieldError, ...]]
_FINE: Refused = (NONE, ())


def _action(
    reader: Reader, code: str, *, sending: Refused = _FINE, recording: Refused = _FINE
) -> Response:
    session, actor, tongue = reader.session, reader.actor, reader.tongue
    action = action_row(session, actor, code, Permission.READ_FEEDBACK)
    results = said.results(session, actor, action_id=action.id)
    activities = sent.present_activities(session, action.id)
    writes = actor.may(Permission.WRITE_FEEDBACK)
    page = action_page(
        reader.frame(tongue.word("Feedback"), "actions"),
        tongue,
        action,
        results,
        sent.inquiries(session, actor, action.id),
        found.findings(session, actor, found.FindingFilter(action_id=action.id)),
        send=_send_form(reader, action, activities, sending) if writes else None,
        record=_record_form(reader, session, code, results, recording) if writes else None,
    )
    refused = sending[1] or recording[1]
    return respond(reader.request, "feedback/action.html", page, 422 if refused else 200)


def _send_form(
    reader: Reader, action: Action, activities: Sequence[Activity], sending: Refused
) -> FieldForm:
    typed, errors = sending
    there, page = f"/actions/{action.code}/inquiries", f"/actions/{action.code}/feedback#send"
    typed, box = drafts.resumed(reader, there, page, NONE, sent=typed or None)
    asked = questionnaires(reader.session, reader.actor)
    return replace(send_form(reader.tongue, action, asked, activities, typed, errors), draft=box)


def _record_form(
    reader: Reader, session: Session, code: str, results: FeedbackResults, recording: Refused
) -> FieldForm:
    """Return the form of a finding; drawn from an answer where the address or the form says so."""
    typed, errors = recording
    asked = reader.request.query_params
    wanted = typed.get("feedback_id", (asked.get("from", ""),))[-1]
    id_ = uuid_in(wanted)
    texts = [one for part in results.audiences for one in part.texts if one.feedback_id == id_]
    # One answer may hold several texts: the one whose link was pressed, else the first.
    texts.sort(key=lambda one: one.question.code != asked.get("question"))
    drawn = texts[0] if texts else None
    # What is drawn from an answer is another finding than what is written from nothing.
    of, back = f"/actions/{code}/findings", f"/actions/{code}/feedback"
    if drawn:
        of = f"{of}?from={drawn.feedback_id}"
        back = f"{back}?from={drawn.feedback_id}&question={drawn.question.code}"
    typed, box = drafts.resumed(reader, of, f"{back}#record", NONE, sent=typed or None)
    action = action_row(session, reader.actor, code, Permission.READ_FEEDBACK)
    form = finding_form(
        reader.tongue,
        action,
        sent.present_activities(session, action.id),
        feedback_id=str(drawn.feedback_id) if drawn else "",
        quoted=drawn.text if drawn else "",
        lineage=str(drawn.lineage) if drawn and drawn.lineage else "",
        typed=typed,
        errors=errors,
    )
    return replace(form, draft=box)
