"""The page of all parts: what a designer or a new developer opens first."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import HTMLResponse

from roster.policy import Permission
from web.access import new_router, requires
from web.contexts.invented import styleguide_page
from web.deps import frame_of, get_tongue, respond

router = new_router()


@router.get("/styleguide", dependencies=[requires(Permission.PUBLIC)])
def show_styleguide(request: Request) -> HTMLResponse:
    """Show every part with invented data."""
    page = styleguide_page(frame_of(request, "Parts and states"), get_tongue(request))
    return respond(request, "styleguide.html", page)
