"""Data protection: the register, the impact assessment, the notice, and what a person asks for."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import Form, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from sqlmodel import col, select

from roster.errors import InvalidInput, NotFound
from roster.policy import Permission
from roster.privacy import restrictions
from roster.privacy.assessment import assessment_of
from roster.privacy.holdings import archive_of, copy_for
from roster.privacy.papers import PrivacyPaper, to_docx, to_values
from roster.privacy.register import notice_to_experts, register_of
from roster.queries.experts import get_expert
from roster.queries.privacy import disclosures_of
from roster.tables import Expert, Facility, Restriction
from roster.vocabulary import RestrictionGround
from web.access import Reader, ReaderDep, SessionDep, new_router, requires, see_other
from web.contexts.notices import RightsPage
from web.contexts.parts import Link
from web.deps import frame_of, get_tongue, respond
from web.papers.documents import MEDIA_TYPE
from web.presenters.privacy import paper_page
from web.presenters.rights import handed_lines, rights_of
from web.reason_words import clause
from web.views.mine import archive_answer

router = new_router()

_RULE = [requires(Permission.RESTRICT_EXPERTS)]


class Format(StrEnum):
    """What a paper is written as."""

    DOCX = "docx"
    JSON = "json"


@router.get("/privacy", dependencies=[requires(Permission.READ_REGISTER)])
def show_register(reader: ReaderDep) -> HTMLResponse:
    """Show the register of processing, with what is missing in it, and who is restricted."""
    paper = register_of(reader.session, reader.actor, locale=reader.tongue.code)
    links: tuple[Link, ...] = (
        Link(reader.tongue.word("Register as DOCX"), "/privacy/register?format=docx"),
        Link(reader.tongue.word("Register as JSON"), "/privacy/register?format=json"),
        Link(reader.tongue.word("Impact assessment as DOCX"), "/privacy/assessment"),
        Link(
            reader.tongue.word("Notice to experts"),
            f"/notice/{reader.session.get_one(Facility, reader.actor.facility_id).code}",
        ),
    )
    if reader.actor.may(Permission.SET_RULES):
        links = (Link(reader.tongue.word("Data protection settings"), "/privacy/settings"), *links)
    page = paper_page(reader.frame(paper.title, "rules"), paper, links, _restricted(reader))
    return respond(reader.request, "about/paper.html", page)


def _restricted(reader: Reader) -> tuple[Link, ...]:
    """Return the records that are kept and not used, for whoever looks after them."""
    if not reader.actor.may(Permission.RESTRICT_EXPERTS):
        return ()
    people = reader.session.exec(
        select(Expert)
        .join(Restriction, col(Restriction.expert_id) == col(Expert.id))
        .where(
            Restriction.facility_id == reader.actor.facility_id,
            col(Restriction.lifted_at).is_(None),
        )
        .order_by(col(Expert.folded_name), col(Expert.id))
    )
    return tuple(Link(one.display_name, f"/experts/{one.id}/rights") for one in people)


@router.get("/privacy/register", dependencies=[requires(Permission.READ_REGISTER)])
def take_register(reader: ReaderDep, format: Format = Format.DOCX) -> Response:  # noqa: A002 -- the word of the address
    """Give the register as a file."""
    paper = register_of(reader.session, reader.actor, locale=reader.tongue.code)
    return _file(paper, "register", format)


@router.get("/privacy/assessment", dependencies=[requires(Permission.READ_REGISTER)])
def take_assessment(reader: ReaderDep, format: Format = Format.DOCX) -> Response:  # noqa: A002 -- the word of the address
    """Give the impact assessment as a file, to be finished by people."""
    return _file(assessment_of(reader.session, reader.actor), "assessment", format)


def _file(paper: PrivacyPaper, name: str, form: Format) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form.value}"'}
    if form is Format.JSON:
        return JSONResponse(to_values(paper), headers=headers)
    return Response(to_docx(paper), media_type=MEDIA_TYPE, headers=headers)


@router.get("/notice/{code}", dependencies=[requires(Permission.PUBLIC)])
def show_notice(request: Request, session: SessionDep, code: str) -> HTMLResponse:
    """Show anybody what a facility tells its experts.

    Raises
    ------
    NotFound
    """
    facility = session.exec(select(Facility).where(Facility.code == code)).first()
    if facility is None:
        raise NotFound("There is no such notice.")
    paper = notice_to_experts(facility, locale=get_tongue(request).code)
    page = paper_page(frame_of(request, paper.title, facility=""), paper)
    return respond(request, "about/paper.html", page)


# --- What a person asks for -----------------------------------------------------------------------


@router.get("/experts/{expert_id}/rights", dependencies=_RULE)
def show_rights(reader: ReaderDep, expert_id: UUID) -> HTMLResponse:
    """Show what can be done with a record when its person asks."""
    return _rights(reader, expert_id)


@router.post("/experts/{expert_id}/rights/restriction", dependencies=_RULE)
def restrict(
    reader: ReaderDep,
    expert_id: UUID,
    ground: Annotated[RestrictionGround, Form()],
    note: Annotated[str, Form(max_length=10_000)] = "",
) -> Response:
    """Keep a record and use it for nothing."""
    try:
        restrictions.restrict(
            reader.session, reader.actor, expert_id, ground=ground, note=note, at=reader.clock.now()
        )
    except InvalidInput as refused:
        return _rights(reader, expert_id, refused)
    return see_other(f"/experts/{expert_id}/rights")


@router.post("/experts/{expert_id}/rights/lift", dependencies=_RULE)
def lift(
    reader: ReaderDep, expert_id: UUID, note: Annotated[str, Form(max_length=10_000)] = ""
) -> Response:
    """Let a record be used again."""
    try:
        restrictions.lift(reader.session, reader.actor, expert_id, note=note, at=reader.clock.now())
    except InvalidInput as refused:
        return _rights(reader, expert_id, refused)
    return see_other(f"/experts/{expert_id}/rights")


@router.post("/experts/{expert_id}/rights/copy", dependencies=_RULE)
def copy(reader: ReaderDep, expert_id: UUID) -> Response:
    """Give everything that is held on a person, to be handed to that person."""
    made = copy_for(
        reader.session,
        reader.actor,
        expert_id,
        vault=reader.installation.vault,
        at=reader.clock.now(),
    )
    return archive_answer(archive_of(made))


def _rights(reader: Reader, expert_id: UUID, refused: InvalidInput | None = None) -> HTMLResponse:
    session, actor, tongue = reader.session, reader.actor, reader.tongue
    expert = get_expert(session, actor, expert_id, Permission.RESTRICT_EXPERTS)
    error = " ".join(clause(one.detail, tongue) for one in refused.errors) if refused else ""
    page = RightsPage(
        frame=reader.frame(tongue.word("What the person asks for"), "experts"),
        title=expert.display_name,
        rights=rights_of(
            tongue,
            restrictions.standing_restriction(session, expert_id),
            f"/experts/{expert_id}/rights",
            must_say=True,
            error=error,
        ),
        handed=handed_lines(tongue, disclosures_of(session, actor, expert_id)),
        back=Link(tongue.word("Back to the record"), f"/experts/{expert_id}"),
    )
    status = refused.status if refused else 200
    return respond(reader.request, "experts/rights.html", page, status)
