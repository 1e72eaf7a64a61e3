"""Requests: the list, the intake by letter or by form, one request and its life."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request
from fastapi.responses import Response
from starlette.datastructures import FormData, UploadFile

from roster import requests
from roster.errors import Conflict, FileRefused, InvalidInput, RosterError
from roster.ingest.reading import read_file, read_words
from roster.inputs import NewRequest
from roster.installation import limits_of
from roster.outreach import advise_outreach
from roster.policy import Permission
from roster.queries.facilities import rules_of
from roster.queries.lessons import applicable
from roster.queries.requests import (
    RequestFilter,
    count_by_country,
    count_by_status,
    count_open,
    get_request,
    list_requests,
    request_detail,
)
from roster.queries.screening import screening_of
from roster.read import DocumentText, OutreachAdvice, Paging
from roster.vocabulary import RequestStatus
from web.access import Reader, ReaderDep, new_router, past_the_end, requires, see_other
from web.contexts.parts import Link
from web.deps import respond
from web.drafts import sent_off
from web.presenters import letters
from web.presenters import requests as shown
from web.presenters.lessons import lesson_lines
from web.presenters.outreach import whom_to_ask
from web.presenters.request_form import Typed, errors_of, request_from, typed_of
from web.presenters.screening import check_lines
from web.reason_words import clause
from web.views import request_writing
from web.views.request_writing import (
    blank_page,
    overtaken_page,
    own_words,
    read_page,
    refused_page,
    unread_page,
)

router = new_router()

_MOST_WORDS = 100_000
_MOST_LESSONS = 5
_TOO_LARGE = "too-large"


async def get_form(request: Request) -> AsyncIterator[FormData]:
    """Read a form whose fields are not known by name beforehand; its files end with the request."""
    async with request.form(max_part_size=4 * _MOST_WORDS) as form:
        yield form


FormDep = Annotated[FormData, Depends(get_form)]


def words_of(form: FormData) -> dict[str, tuple[str, ...]]:
    """Return the fields of a form without its files."""
    return typed_of([(name, value) for name, value in form.multi_items() if isinstance(value, str)])


@router.get("/requests", dependencies=[requires(Permission.READ_REQUESTS)])
def list_page(
    reader: ReaderDep,
    q: str = "",
    status: Annotated[list[RequestStatus] | None, Query()] = None,
    country: Annotated[list[str] | None, Query()] = None,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """Show the requests of the facility, those that wait for a decision first."""
    session, actor, tongue = reader.session, reader.actor, reader.tongue
    statuses, countries = status or [], country or []
    found = list_requests(
        session,
        actor,
        Paging(page, 25),
        wanted=RequestFilter(q, frozenset(statuses), frozenset(countries), open_first=True),
    )
    if last := past_the_end(reader.request, found):
        return last
    query = shown.ListQuery(q, tuple(one.value for one in statuses), tuple(countries), page)
    context = shown.list_page(
        reader.frame(tongue.word("Requests"), "requests"),
        found,
        query,
        (count_by_status(session, actor), count_by_country(session, actor)),
        reader.clock.now().date(),
        tongue,
        waiting=count_open(session, actor),
        may_write=actor.may(Permission.WRITE_REQUESTS),
    )
    if rules_of(session, actor.facility_id).has_rounds or actor.may(Permission.WRITE_ROUNDS):
        context = replace(context, rounds=Link(tongue.word("Application rounds"), "/rounds"))
    return respond(reader.request, "requests/list.html", context)


@router.get("/requests/new", dependencies=[requires(Permission.WRITE_REQUESTS)])
def new_page(reader: ReaderDep, letter: str = "") -> Response:
    """Show the two ways to take a request in: from its letter, or by its fields."""
    error = ""
    if letter == _TOO_LARGE:
        most = reader.installation.settings.upload_max_bytes // 1_000_000
        error = reader.tongue.word(
            "The file is larger than %(most)s MB. Save its text alone, or paste it below.",
            most=most,
        )
    return blank_page(reader, error, 413 if error else 200)


@router.post("/requests/letter", dependencies=[requires(Permission.WRITE_REQUESTS)])
def read_letter(reader: ReaderDep, form: FormDep) -> Response:
    """Read a letter and propose the fields; nothing is stored before somebody saves them."""
    typed = words_of(form)
    pasted, file = typed.get("letter_text", ("",))[0], form.get("letter")
    try:
        document = _text_of(pasted, file if isinstance(file, UploadFile) else None, reader)
    except (FileRefused, InvalidInput) as refused:
        return unread_page(reader, typed, clause(refused.detail, reader.tongue), refused.status)
    today = reader.clock.now().date()
    return read_page(reader, typed, letters.read(document, today, reader.tongue, own_words(reader)))


@router.post("/requests", dependencies=[requires(Permission.WRITE_REQUESTS)])
def create(reader: ReaderDep, form: FormDep) -> Response:
    """Take a request in and, where asked, rank people for it at once."""
    typed = words_of(form)
    given, errors = request_from(typed, reader.tongue)
    if given is None:
        return refused_page(reader, typed, errors)
    session, actor, clock = reader.session, reader.actor, reader.clock
    try:
        made = requests.create_request(
            session, actor, given, clock=clock, text_language=_language(given)
        )
    except InvalidInput as refused:
        return refused_page(reader, typed, errors_of(refused))
    sent_off(reader, typed)
    if typed.get("then") != ("rank",):
        return see_other(f"/requests/{made.id}")
    requests.rank_request(session, actor, made.id, ranker=reader.installation.ranker, clock=clock)
    return see_other(f"/requests/{made.id}/ranking")


@router.get("/requests/{request_id}", dependencies=[requires(Permission.READ_REQUESTS)])
def detail(reader: ReaderDep, request_id: UUID) -> Response:
    """Show one request: its letter beside its fields, where it stands, what was done."""
    return _detail_page(reader, request_id)


@router.get("/requests/{request_id}/edit", dependencies=[requires(Permission.WRITE_REQUESTS)])
def edit_page(reader: ReaderDep, request_id: UUID) -> Response:
    """Show the fields of a request to be corrected."""
    return request_writing.edit_page(
        reader, request_detail(reader.session, reader.actor, request_id)
    )


@router.post("/requests/{request_id}", dependencies=[requires(Permission.WRITE_REQUESTS)])
def update(reader: ReaderDep, request_id: UUID, form: FormDep) -> Response:
    """Change what is asked for; rankings made before stay as they were shown."""
    typed = words_of(form)
    found = request_detail(reader.session, reader.actor, request_id)
    given, errors = request_from(typed, reader.tongue)
    if given is None:
        return refused_page(reader, typed, errors, found)
    if overtaken := overtaken_page(reader, typed, found):
        return overtaken
    try:
        requests.update_request(
            reader.session,
            reader.actor,
            request_id,
            given,
            clock=reader.clock,
            text_language=_language(given),
        )
    except InvalidInput as refused:
        return refused_page(reader, typed, errors_of(refused), found)
    sent_off(reader, typed)
    return see_other(f"/requests/{request_id}")


@router.post("/requests/{request_id}/status", dependencies=[requires(Permission.WRITE_REQUESTS)])
def move(reader: ReaderDep, request_id: UUID, form: FormDep) -> Response:
    """Move a request one step on."""
    typed = words_of(form)
    reason = typed.get("reason", ("",))[0].strip()[:500] or None
    try:
        to = RequestStatus(typed.get("status", ("",))[0])
    except ValueError:
        said = reader.tongue.word("Choose one of the stages listed.")
        return _detail_page(reader, request_id, refused_step=(said, typed), status=422)
    try:
        requests.move_request(
            reader.session, reader.actor, request_id, to, reason=reason, clock=reader.clock
        )
    except Conflict as refused:
        said = clause(refused.detail, reader.tongue)
        return _detail_page(reader, request_id, refused_step=(said, typed), status=refused.status)
    return see_other(f"/requests/{request_id}")


def _detail_page(
    reader: Reader,
    request_id: UUID,
    *,
    refused_step: tuple[str, Typed] = ("", {}),
    status: int = 200,
) -> Response:
    found = request_detail(reader.session, reader.actor, request_id)
    today, tongue = reader.clock.now().date(), reader.tongue
    # Read as on the day it came: dates that have passed since were still to come then.
    letter = letters.read_again(
        found.need.text, found.row.received_on or today, tongue, own_words(reader)
    )
    context = shown.detail_page(
        reader.frame(found.row.title, "requests"),
        found,
        letter,
        requests.following(found.row.status),
        today,
        tongue,
        may=reader.actor.may,
        refused_step=refused_step,
    )
    request = get_request(reader.session, reader.actor, request_id)
    checks = screening_of(reader.session, request, today)
    context = replace(context, screening=check_lines(checks, tongue))
    learnt = applicable(reader.session, reader.actor, found.need, today)[:_MOST_LESSONS]
    context = replace(context, lessons=lesson_lines(learnt, tongue))
    if reader.actor.may(Permission.RANK):
        context = replace(context, outreach=whom_to_ask(_advice(reader, request_id), tongue))
    return respond(reader.request, "requests/detail.html", context, status)


def _advice(reader: Reader, request_id: UUID) -> OutreachAdvice:
    return advise_outreach(
        reader.session,
        reader.actor,
        request_id,
        adviser=reader.installation.adviser,
        clock=reader.clock,
    )


def _text_of(pasted: str, file: UploadFile | None, reader: Reader) -> DocumentText:
    content = file.file.read() if file is not None else b""
    if bool(pasted.strip()) == bool(content):
        raise InvalidInput(
            reader.tongue.word("Give the letter once: as a file, or as its words below.")
        )
    if pasted.strip():
        return read_words(pasted[:_MOST_WORDS])
    settings = reader.installation.settings
    return read_file(
        content,
        name=file.filename if file is not None else None,
        limit=settings.upload_max_bytes,
        limits=limits_of(settings),
    )


def _language(given: NewRequest) -> str | None:
    """Return the language of the words of a request; None where it cannot be told."""
    try:
        return read_words(given.text).language if given.text.strip() else None
    except RosterError:
        return None
