"""How the service stands, and the jobs that can be called off or begun anew."""

from __future__ import annotations

from fastapi.responses import HTMLResponse, Response

from roster.jobs import begin_anew, call_off
from roster.operations import operations_now
from roster.policy import Permission
from web.access import ReaderDep, new_router, requires, see_other
from web.deps import respond
from web.presenters.operations import PATH, operations_page

router = new_router(PATH)
_CHANGES = [requires(Permission.ADMINISTER)]


@router.get("", dependencies=[requires(Permission.READ_OPERATIONS)])
def show_operations(reader: ReaderDep) -> HTMLResponse:
    """Show how the service stands."""
    page = operations_page(
        reader.frame(reader.tongue.word("How the service stands"), section="administration"),
        reader.tongue,
        operations_now(reader.session, reader.actor, reader.installation),
        at=reader.clock.now(),
        may_change=reader.actor.may(Permission.ADMINISTER),
    )
    return respond(reader.request, "administration/operations.html", page)


@router.post("/jobs/{job_id}/call-off", dependencies=_CHANGES)
def call_off_job(reader: ReaderDep, job_id: str) -> Response:
    """Begin no further step of a job."""
    call_off(reader.session, reader.actor, job_id, jobs=reader.installation.jobs)
    return see_other(PATH)


@router.post("/jobs/{job_id}/begin-anew", dependencies=_CHANGES)
def begin_job_anew(reader: ReaderDep, job_id: str) -> Response:
    """Begin a job again that was given up or called off."""
    begin_anew(reader.session, reader.actor, job_id, jobs=reader.installation.jobs)
    return see_other(PATH)
