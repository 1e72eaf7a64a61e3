"""Many CVs in one go: sent as files, archive or list, tried, taken in, followed, called off."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import BackgroundTasks, Form, Query, Response, UploadFile

from api.deps import ActorDep, ClockDep, InstallationDep, SessionDep, new_router, path_of, requires
from api.paging import Page, PageDep, page_out
from api.problems import problems
from api.schemas.batches import (
    BatchItemOut,
    BatchOut,
    BatchReceivedOut,
    BatchResultOut,
    ColumnOut,
    ConfirmedOut,
    MappingOut,
)
from roster import batches
from roster.errors import Conflict, FileRefused, FileTooLarge, InvalidInput, NotFound
from roster.ingest.batches.files import Bounds, Sent
from roster.ingest.batches.intake import Wishes, new_batches
from roster.ingest.batches.lists import checked, open_sheets, preview, table_for
from roster.ingest.batches.sure import confirm_sure
from roster.ingest.lists.reading import ListFile
from roster.inputs import BatchStart, CountryCode, MappingInput
from roster.installation import Installation, limits_of
from roster.policy import Permission
from roster.queries.batches import batch_view, batches_page, get_batch, items_page, mapping_of
from roster.read.batches import BatchView, ListMapping
from roster.tables import Batch
from roster.vocabulary import BatchKind, BatchOutcome

router = new_router("batches")


@router.post(
    "/batches",
    status_code=202,
    dependencies=[requires(Permission.UPLOAD_CVS)],
    responses=problems(FileRefused, FileTooLarge, InvalidInput),
)
def send_batch(
    files: list[UploadFile],
    session: SessionDep,
    actor: ActorDep,
    installation: InstallationDep,
    tasks: BackgroundTasks,
    response: Response,
    trial: Annotated[
        bool, Form(description="Say what would happen and change nothing; `start` takes it in")
    ] = False,
    country: Annotated[
        CountryCode | None,
        Form(description="Whose people they are; needed by who answers for several countries"),
    ] = None,
) -> BatchReceivedOut:
    """Take in CVs and archives of them together, or one list of people; kept whole or not at all.

    A list waits until its columns are named (`mapping`) and it is begun (`start`).
    """
    settings = installation.settings
    bounds = Bounds(settings.upload_max_bytes, settings.batch_max_bytes)
    sent = [Sent((one.filename or "unnamed")[:255], one.file.read()) for one in files]
    given = new_batches(sent, Wishes(country, trial), bounds, limits_of(settings))
    if len(given) > 1:
        raise InvalidInput("Send a list of people by itself, without other files or lists.")
    kept = batches.store_batch(
        session, actor, given[0], vault=installation.vault, clock=installation.clock
    )
    if kept.kind is not BatchKind.LIST:
        # After the answer, hence after the commit; a crash in between is made good at start.
        tasks.add_task(installation.jobs.enqueue_batch, kept.id)
    return _received(kept, response)


def _received(kept: Batch, response: Response) -> BatchReceivedOut:
    response.headers["Location"] = href = path_of("batches", kept.id)
    return BatchReceivedOut(id=kept.id, kind=kept.kind, state=kept.state, href=href)


@router.get("/batches", dependencies=[requires(Permission.UPLOAD_CVS)], responses=problems())
def list_batches(session: SessionDep, actor: ActorDep, page: PageDep) -> Page[BatchOut]:
    """List the uploads of many files that the caller may see, the newest first."""
    return page_out(batches_page(session, actor, page), _out)


def _out(view: BatchView) -> BatchOut:
    return BatchOut.model_validate(view)


@router.get(
    "/batches/{batch_id}",
    dependencies=[requires(Permission.UPLOAD_CVS)],
    responses=problems(NotFound),
)
def get_one_batch(
    batch_id: UUID,
    session: SessionDep,
    actor: ActorDep,
    page: PageDep,
    outcome: Annotated[list[BatchOutcome], Query(description="Only these; none is all")] = [],  # noqa: B006 -- FastAPI copies it.
) -> BatchResultOut:
    """Return an upload with its counts and one page of its files or rows."""
    batch = get_batch(session, actor, batch_id)
    items = items_page(session, actor, batch, page, outcome)
    return BatchResultOut(
        batch=_out(batch_view(session, actor, batch)),
        items=page_out(items, BatchItemOut.model_validate),
    )


@router.get(
    "/batches/{batch_id}/mapping",
    dependencies=[requires(Permission.UPLOAD_CVS)],
    responses=problems(NotFound, Conflict),
)
def get_mapping(
    batch_id: UUID, session: SessionDep, actor: ActorDep, installation: InstallationDep
) -> MappingOut:
    """Return the columns of a list with our proposal, or with what was said of them."""
    held = mapping_of(get_batch(session, actor, batch_id)) or ListMapping()
    content = batches.open_list(session, actor, batch_id, vault=installation.vault)
    found = _sheets(installation, content, held)
    return _mapping_out(found, held)


def _sheets(installation: Installation, content: bytes, mapping: ListMapping) -> ListFile:
    settings = installation.settings
    return open_sheets(
        content, mapping, most_bytes=settings.upload_max_bytes, limits=limits_of(settings)
    )


def _mapping_out(found: ListFile, mapping: ListMapping) -> MappingOut:
    shown = preview(table_for(found, mapping), mapping)
    return MappingOut(
        sheets=[table.name for table in found.tables],
        sheet=shown.name,
        header_row=shown.header_row,
        rows=shown.rows,
        is_confirmed=mapping.is_confirmed,
        columns=[ColumnOut.model_validate(column) for column in shown.columns],
    )


@router.post(
    "/batches/{batch_id}/mapping",
    dependencies=[requires(Permission.UPLOAD_CVS)],
    responses=problems(NotFound, Conflict, InvalidInput),
)
def set_mapping(
    batch_id: UUID,
    given: MappingInput,
    session: SessionDep,
    actor: ActorDep,
    installation: InstallationDep,
) -> MappingOut:
    """Say what the columns of a list are about; those not named are left out."""
    content = batches.open_list(session, actor, batch_id, vault=installation.vault)
    columns = tuple(sorted(given.columns.items()))
    said = ListMapping(given.sheet, given.header_row, columns)
    found = _sheets(installation, content, said)
    mapping = checked(table_for(found, said), said)
    batches.set_mapping(session, actor, batch_id, mapping)
    return _mapping_out(found, mapping)


@router.post(
    "/batches/{batch_id}/start",
    status_code=202,
    dependencies=[requires(Permission.UPLOAD_CVS)],
    responses=problems(NotFound, Conflict),
)
def start_batch(
    batch_id: UUID,
    given: BatchStart,
    session: SessionDep,
    actor: ActorDep,
    installation: InstallationDep,
    tasks: BackgroundTasks,
    response: Response,
) -> BatchReceivedOut:
    """Begin with a list whose columns are named, or take in for good what was tried."""
    begun = batches.start(session, actor, batch_id, is_trial=given.trial, clock=installation.clock)
    tasks.add_task(installation.jobs.enqueue_batch, begun.id)
    return _received(begun, response)


@router.post(
    "/batches/{batch_id}/confirmation",
    dependencies=[requires(Permission.WRITE_EXPERTS)],
    responses=problems(NotFound, Conflict),
)
def confirm_batch(
    batch_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> ConfirmedOut:
    """Put everybody of a list on the roster whose row holds nothing to look at."""
    done = confirm_sure(session, actor, batch_id, clock=clock)
    return ConfirmedOut.model_validate(done)


@router.delete(
    "/batches/{batch_id}",
    dependencies=[requires(Permission.UPLOAD_CVS)],
    responses=problems(NotFound, Conflict),
)
def cancel_batch(batch_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep) -> BatchOut:
    """Call off what still waits; what was taken in stays."""
    called_off = batches.cancel(session, actor, batch_id, clock=clock)
    return _out(batch_view(session, actor, called_off))
