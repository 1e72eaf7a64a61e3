"""Coverage: what was asked for against who is there, with the people whom each figure counts."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query
from fastapi.responses import HTMLResponse, Response

from roster.errors import NotFound
from roster.policy import Permission
from roster.queries.actions import list_actions
from roster.queries.coverage import coverage, people_on
from roster.read.coverage import Ground
from roster.reference import languages, regions, topics
from web.access import ReaderDep, new_router, requires
from web.deps import respond
from web.papers import workbooks
from web.presenters.coverage import Shown, coverage_page, coverage_paper, people_page

router = new_router()


@router.get("/coverage", dependencies=[requires(Permission.RANK)])
def show_coverage(
    reader: ReaderDep,
    map: Literal["actions", "expertise"] = "actions",  # noqa: A002 -- the word of the address
) -> HTMLResponse:
    """Show needs and people as a matrix, a map, and how missions spread."""
    held = coverage(reader.session, reader.actor, today=reader.clock.now().date())
    context = coverage_page(
        reader.frame(reader.tongue.word("Coverage"), "coverage"),
        reader.tongue,
        held,
        list_actions(reader.session, reader.actor),
        Shown(
            expertise=map == "expertise",
            opens_model=reader.actor.may(Permission.MANAGE_MODEL),
        ),
    )
    return respond(reader.request, "coverage/coverage.html", context)


@router.get("/coverage/people", dependencies=[requires(Permission.RANK)])
def show_people(
    reader: ReaderDep,
    topic: Annotated[str, Query(max_length=80)],
    language: Annotated[str, Query(max_length=20)],
    region: Annotated[str, Query(max_length=80)],
) -> HTMLResponse:
    """Show whom one cell counts."""
    known = (
        topics.is_topic(topic)
        and languages.is_language(language)
        and region in regions.FACILITY_REGIONS
    )
    if not known:
        raise NotFound("There is no such need. Open one from the matrix of coverage.")
    ground = Ground(language, region)
    context = people_page(
        reader.frame(reader.tongue.word("Coverage"), "coverage"),
        reader.tongue,
        people_on(reader.session, reader.actor, topic, ground),
        topic,
        ground,
    )
    return respond(reader.request, "coverage/people.html", context)


@router.get("/coverage/export", dependencies=[requires(Permission.RANK)])
def export_coverage(reader: ReaderDep) -> Response:
    """Give the figures as a workbook."""
    today = reader.clock.now().date()
    held = coverage(reader.session, reader.actor, today=today)
    paper = coverage_paper(reader.tongue, held, reader.tongue.day(today))
    return Response(
        workbooks.xlsx_of(paper),
        media_type=workbooks.MEDIA_TYPE,
        headers={
            "Content-Disposition": f'attachment; filename="coverage-{today}.xlsx"',
            "Cache-Control": "no-store",
            "Content-Language": reader.tongue.code,
        },
    )
