"""CVs: taken in as files, shown beside what was read in them, confirmed."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import BackgroundTasks, Form, Response, UploadFile
from sqlmodel import col

from api.deps import ActorDep, ClockDep, InstallationDep, SessionDep, new_router, path_of, requires
from api.paging import MOST_PER_PAGE
from api.problems import problems
from api.schemas.base import Out
from api.schemas.documents import DocumentRowOut, UploadOut
from api.schemas.experts import ExpertRowOut
from api.schemas.readings import ReadingOut
from roster import confirmations, documents
from roster.errors import Conflict, FileRefused, FileTooLarge, InvalidInput, NotFound
from roster.inputs import Confirmation, CountryCode
from roster.policy import Permission
from roster.queries.documents import document_rows
from roster.queries.experts import expert_row
from roster.tables import Document
from roster.vocabulary import DocumentState

router = new_router("documents")


class DocumentsOut(Out):
    """CVs, the newest first."""

    items: list[DocumentRowOut]


@router.post(
    "/documents",
    status_code=202,
    dependencies=[requires(Permission.UPLOAD_CVS)],
    responses=problems(FileRefused, FileTooLarge, InvalidInput),
)
def upload_cv(
    file: UploadFile,
    session: SessionDep,
    actor: ActorDep,
    installation: InstallationDep,
    tasks: BackgroundTasks,
    response: Response,
    country: Annotated[
        CountryCode | None,
        Form(description="Whose people it is about; needed by who answers for several countries"),
    ] = None,
) -> UploadOut:
    """Take a CV in: kept encrypted, read soon after. The same file twice is one document."""
    upload = documents.Upload(
        file_name=file.filename or "unnamed", content=file.file.read(), country=country
    )
    stored = documents.store_cv(
        session,
        actor,
        upload,
        vault=installation.vault,
        clock=installation.clock,
        most_bytes=installation.settings.upload_max_bytes,
    )
    if stored.state is DocumentState.RECEIVED:
        # After the answer, hence after the commit; a crash in between is made good at start.
        tasks.add_task(installation.jobs.enqueue_reading, stored.id)
    response.headers["Location"] = href = path_of("documents", stored.id)
    return UploadOut(id=stored.id, state=stored.state, href=href)


@router.get("/documents", dependencies=[requires(Permission.UPLOAD_CVS)], responses=problems())
def list_documents(
    session: SessionDep, actor: ActorDep, state: DocumentState | None = None
) -> DocumentsOut:
    """List the newest hundred CVs that the caller may open."""
    conditions = [] if state is None else [col(Document.state) == state]
    rows = document_rows(session, actor, *conditions, most=MOST_PER_PAGE)
    return DocumentsOut(items=[DocumentRowOut.model_validate(row) for row in rows])


@router.get(
    "/documents/{document_id}",
    dependencies=[requires(Permission.UPLOAD_CVS)],
    responses=problems(NotFound),
)
def get_reading(
    document_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> ReadingOut:
    """Return a CV's text beside the facts read in it; both are empty until it was read."""
    found = documents.get_reading(session, actor, document_id, clock=clock)
    return ReadingOut.model_validate(found)


@router.post(
    "/documents/{document_id}/confirmation",
    status_code=201,
    dependencies=[requires(Permission.WRITE_EXPERTS)],
    responses=problems(NotFound, Conflict, InvalidInput),
)
def confirm_cv(
    document_id: UUID,
    given: Confirmation,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
    response: Response,
) -> ExpertRowOut:
    """Confirm what was read: the person is on the roster, and in the next ranking."""
    confirmed = confirmations.confirm_cv(session, actor, document_id, given, clock=clock)
    response.headers["Location"] = path_of("experts", confirmed.id)
    return ExpertRowOut.model_validate(expert_row(confirmed))
