"""One person's CV as a document, with her name or without; what leaves is told to the person."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query
from fastapi.responses import Response

from roster import experts, records
from roster.cv_format.anonymous import code_of, without_identity
from roster.cv_format.contents import contents_of
from roster.disclosures import Handed, note_disclosures
from roster.policy import Permission
from roster.queries.experts import full_row, get_expert
from roster.vocabulary import DisclosureMeans
from web.access import Reader, ReaderDep, new_router, requires
from web.deps import respond
from web.papers import documents
from web.presenters.cv_paper import CvKind, cv_page, cv_paper
from web.presenters.purposes import PURPOSES

router = new_router()


@router.get("/experts/{expert_id}/cv", dependencies=[requires(Permission.READ_EXPERTS)])
def choose_cv(reader: ReaderDep, expert_id: UUID) -> Response:
    """Ask which CV somebody takes away, and what for."""
    return _ask(reader, expert_id)


@router.get("/experts/{expert_id}/cv/file", dependencies=[requires(Permission.READ_EXPERTS)])
def take_cv(
    reader: ReaderDep,
    expert_id: UUID,
    form: CvKind = CvKind.TEMPLATE,
    purpose: Annotated[str, Query(max_length=80)] = "",
) -> Response:
    """Give a CV in the template of the EU, or one without a name; the look is written down."""
    if purpose not in PURPOSES:
        return _ask(reader, expert_id, form, refused=True)
    session, actor, now = reader.session, reader.actor, reader.clock.now()
    record = experts.open_record(session, actor, expert_id, purpose=purpose, clock=reader.clock)
    cv = contents_of(record)
    if form is CvKind.ANONYMOUS:
        cv = without_identity(cv, expert_id)
    paper = cv_paper(cv, record.view, form, now.date(), reader.tongue)
    records.log_views(session, actor, [expert_id], what="export", purpose=purpose, at=now)
    handed = Handed(DisclosureMeans.FILE, f"cv_{form.value}", actor.name, purpose)
    note_disclosures(session, actor, [expert_id], handed, at=now)
    name = f"cv-{code_of(expert_id)}-{now.date().isoformat()}.docx"
    return Response(
        documents.docx_of(paper),
        media_type=documents.MEDIA_TYPE,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
            "Content-Language": reader.tongue.code,
        },
    )


def _ask(
    reader: Reader, expert_id: UUID, form: CvKind = CvKind.TEMPLATE, *, refused: bool = False
) -> Response:
    row = full_row(get_expert(reader.session, reader.actor, expert_id))
    frame = reader.frame(reader.tongue.word("CV as a document"), "experts")
    page = cv_page(frame, reader.tongue, row, form, refused=refused)
    return respond(reader.request, "experts/cv.html", page, 422 if refused else 200)
