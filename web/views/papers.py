"""Teams and shortlists as files; who takes one away is written down for each person in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from enum import StrEnum
from uuid import UUID

from fastapi.responses import Response

from roster import records
from roster.disclosures import Handed, note_disclosures
from roster.errors import NotFound
from roster.policy import Permission
from roster.queries.experts import rows_by_id, views_of
from roster.queries.rankings import ranked_people
from roster.queries.requests import get_request, request_detail
from roster.queries.shortlists import shortlist_of
from roster.queries.teams import teams_of
from roster.read import RankedExpert, RequestDetail
from roster.tables import Record
from roster.vocabulary import DisclosureMeans
from web.access import Reader, ReaderDep, new_router, requires
from web.papers import documents, workbooks
from web.papers.paper import Paper
from web.presenters.shortlist_paper import shortlist_paper
from web.presenters.team_paper import People, team_paper

router = new_router()


class Format(StrEnum):
    """What a paper is written as."""

    DOCX = "docx"
    XLSX = "xlsx"


_WRITERS: dict[Format, tuple[Callable[[Paper], bytes], str]] = {
    Format.DOCX: (documents.docx_of, documents.MEDIA_TYPE),
    Format.XLSX: (workbooks.xlsx_of, workbooks.MEDIA_TYPE),
}


@router.get(
    "/requests/{request_id}/teams/{team_id}/export",
    dependencies=[requires(Permission.WRITE_TEAM)],
)
def export_team(
    reader: ReaderDep,
    request_id: UUID,
    team_id: UUID,
    format: Format = Format.DOCX,  # noqa: A002 -- the word of the address
) -> Response:
    """Give a team that was kept as a document for the fiche, or as a workbook."""
    found = request_detail(reader.session, reader.actor, request_id)
    kept = teams_of(reader.session, reader.actor, request_id)
    team = next((one for one in kept if one.id == team_id), None)
    if team is None:
        raise NotFound("There is no such team for this request.")
    ids = {seat.person.id for seat in team.seats if seat.person is not None}
    ids |= {other for seat in team.seats for other in seat.alternates}
    rankings = [team.ranking_id] if team.ranking_id else []
    people = _people(reader, ids, rankings)
    today = reader.clock.now().date()
    paper = team_paper(found, team, people, today, reader.tongue)
    return _handed_out(reader, found, paper, people.rows, format, "team")


@router.get(
    "/requests/{request_id}/shortlist/export",
    dependencies=[requires(Permission.WRITE_SHORTLIST)],
)
def export_shortlist(reader: ReaderDep, request_id: UUID, format: Format = Format.DOCX) -> Response:  # noqa: A002 -- the word of the address
    """Give the shortlist of a request as a document or a workbook."""
    found = request_detail(reader.session, reader.actor, request_id)
    entries = shortlist_of(reader.session, reader.actor, request_id)
    rankings = dict.fromkeys(one.ranking_id for one in entries if one.ranking_id)
    people = _people(reader, {one.person.id for one in entries}, rankings)
    today = reader.clock.now().date()
    paper = shortlist_paper(found, entries, people, today, reader.tongue)
    return _handed_out(reader, found, paper, people.rows, format, "shortlist")


def _people(reader: Reader, ids: Collection[UUID], rankings: Collection[UUID]) -> People:
    """Return those whom a paper speaks of, as far as the reader may know of them."""
    views = views_of(reader.session, reader.actor, ids, Permission.RANK)
    rows = rows_by_id(reader.session, list(views))
    ranked: dict[UUID, RankedExpert] = {}
    for ranking_id in rankings:
        for one in ranked_people(reader.session, reader.actor, ranking_id, list(views)):
            ranked.setdefault(one.expert_id, one)
    return People(rows, views, ranked)


def _handed_out(
    reader: Reader,
    found: RequestDetail,
    paper: Paper,
    people: Collection[UUID],
    format: Format,  # noqa: A002 -- as in the address
    what: str,
) -> Response:
    """Write down whose data leaves with whom, then give the file."""
    now = reader.clock.now()
    request: Record = get_request(reader.session, reader.actor, found.row.id)
    records.log_views(
        reader.session,
        reader.actor,
        sorted(people),
        what="export",
        purpose=str(found.row.id),
        at=now,
    )
    handed = Handed(DisclosureMeans.FILE, what, reader.actor.name, str(found.row.id))
    note_disclosures(reader.session, reader.actor, sorted(people), handed, at=now)
    records.log_change(
        reader.session, reader.actor, request, "exported", now,
        what=what, format=format.value, people=len(people),
    )  # fmt: skip
    write, media_type = _WRITERS[format]
    code = re.sub(r"[^A-Za-z0-9-]+", "-", found.row.code).strip("-") or "request"
    name = f"{what}-{code}-{now.date().isoformat()}.{format.value}"
    return Response(
        write(paper),
        media_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
            "Content-Language": reader.tongue.code,
        },
    )
