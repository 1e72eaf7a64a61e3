"""What machines ask: whether the service is up, can serve, how it stands; and what is nowhere."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from sqlalchemy import text
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse

from api import metrics, problems
from api.deps import requires
from api.schema_check import check_schema
from roster.errors import NotFound
from roster.installation import Installation
from roster.policy import Permission

router = APIRouter(include_in_schema=False)
unknown = APIRouter(include_in_schema=False)
"""What no other route took; it comes last."""


@router.get("/healthz", dependencies=[requires(Permission.PUBLIC)])
def healthz() -> Response:
    """Say that the process answers."""
    return PlainTextResponse("ok\n")


@router.get("/readyz", dependencies=[requires(Permission.PUBLIC)])
def readyz(request: Request) -> Response:
    """Say whether requests can be served: the database answers and has the right schema."""
    installation: Installation = request.app.state.installation
    check_schema(installation.engine)
    with installation.engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    return JSONResponse({"database": "ok", "model": installation.ranker.model})


@router.get("/metrics", dependencies=[requires(Permission.PUBLIC)])
def show_metrics(request: Request) -> Response:
    """Give the figures to whoever may read them."""
    installation: Installation = request.app.state.installation
    metrics.check_reader(request, installation)
    return Response(metrics.exposition(installation), media_type=metrics.CONTENT_TYPE)


@router.get("/problems/{code}", dependencies=[requires(Permission.PUBLIC)])
def show_problem(code: str) -> Response:
    """Lead to the words about one kind of problem."""
    if code not in {kind.code for kind in problems.kinds()}:
        raise NotFound("There is no such kind of problem. All are listed at /api/docs.")
    return RedirectResponse(f"/api/docs#problem-{code}", status_code=303)


@unknown.api_route(
    "/api/{path:path}",
    methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
    dependencies=[requires(Permission.PUBLIC)],
)
def unknown_address(path: str) -> Response:  # noqa: ARG001 -- said again by `instance`
    """Answer with a problem, where the pages would answer with a page."""
    raise NotFound("There is no such address. The operations are listed at /api/docs.")
