"""What the board of a shortlist is made from: people, points, releases, loads, other lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from fastapi.responses import Response

from roster import records
from roster.policy import Permission
from roster.queries.loads import loads_of
from roster.queries.overlaps import overlaps_of
from roster.queries.rankings import outline_of
from roster.queries.releases import askable_people, releases_for_request
from roster.queries.requests import request_detail
from roster.queries.shortlists import last_change, other_lists, shortlist_of
from roster.read import RankedExpert, ReleaseRow, RequestDetail, ShortlistEntryView
from web import drafts
from web.access import Reader
from web.contexts.parts import DraftBox, Notice
from web.deps import respond
from web.presenters.request_head import path_of
from web.presenters.shortlist_cards import Around, Said, note_action
from web.presenters.shortlists import MOST_COMPARED, board, comparable, moved_notice
from web.views.rankings import worded


def show_board(
    reader: Reader,
    request_id: UUID,
    said: Mapping[UUID, Said] | None = None,
    status: int = 200,
    *,
    moved: tuple[UUID, int] | None = None,
    picked: tuple[UUID, ...] = (),
) -> Response:
    """Show the board; that its people were looked at is written down.

    Parameters
    ----------
    moved : an entry and how many moves it has: the last one can be taken back
    picked : people to show side by side; none: those who have come furthest
    """
    session, actor = reader.session, reader.actor
    found = request_detail(session, actor, request_id)
    entries = shortlist_of(session, actor, request_id)
    records.log_views(
        session,
        actor,
        [one.person.id for one in entries],
        what="shortlist",
        purpose=str(request_id),
        at=reader.clock.now(),
    )
    around = _around(reader, found, entries, picked)
    kept, boxes = _drafts(reader, found, entries)
    context = board(
        reader.frame(
            f"{reader.tongue.word('Shortlist')}, {found.row.title}",
            "requests",
            _notices(reader, entries, moved),
        ),
        found,
        entries,
        replace(around, drafts=boxes),
        reader.tongue,
        said={**kept, **(said or {})},
    )
    return respond(reader.request, "shortlists/board.html", context, status)


def _notices(
    reader: Reader, entries: Sequence[ShortlistEntryView], moved: tuple[UUID, int] | None
) -> tuple[Notice, ...]:
    """Return what was just done, unless the card has moved on since."""
    if moved is None:
        return ()
    found = (one for one in entries if (one.id, len(one.moves)) == moved)
    notices = (moved_notice(one, reader.tongue) for one in found)
    return tuple(one for one in notices if one is not None)


def _drafts(
    reader: Reader, found: RequestDetail, entries: Sequence[ShortlistEntryView]
) -> tuple[dict[UUID, Said], dict[UUID, DraftBox]]:
    """Return the notes that were typed and not kept, and what keeps each, by entry."""
    known = drafts.drafts_in(reader, [note_action(one.id) for one in entries])
    notes, boxes = {}, {}
    for one in entries:
        where = (note_action(one.id), f"{path_of(found, 'shortlist')}#card-{one.id}")
        draft, stood = known.get(where[0]), drafts.stands(one.note)
        typed, box = drafts.resumed_from(draft, reader.tongue, where, {}, stood=stood)
        if typed.get("note"):
            notes[one.id] = Said("", own_note=typed["note"][0])
        boxes[one.id] = replace(box, stored=(one.note,)) if box.is_changed else box
    return notes, boxes


def _around(
    reader: Reader,
    found: RequestDetail,
    entries: Sequence[ShortlistEntryView],
    picked: tuple[UUID, ...],
) -> Around:
    session, actor, today = reader.session, reader.actor, reader.clock.now().date()
    request_id, people = found.row.id, [one.person.id for one in entries]
    mine = [(person, request_id) for person in people]
    overlaps = overlaps_of(session, actor, mine, today)
    around = Around(
        today=today,
        run=found.rankings[0] if found.rankings else None,
        ranked=_ranked(reader, found, people),
        releases=_releases(reader, request_id, today),
        loads={
            one.expert_id: one
            for one in loads_of(session, actor, today.year, request_id=None, countries=())
        },
        others=other_lists(session, actor, request_id, people),
        overlaps={person: taken for (person, _), taken in overlaps.items()},
        change=last_change(session, actor, request_id),
        me=actor.name,
        can_ask=actor.may(Permission.WRITE_CALLS)
        and bool(askable_people(session, actor, request_id, today)),
    )
    return _picked(around, entries, picked)


def _picked(
    around: Around, entries: Sequence[ShortlistEntryView], picked: tuple[UUID, ...]
) -> Around:
    first = [one.person.id for one in comparable(entries, around)]
    chosen = [one for one in first if one in picked] or first
    return replace(around, picked=tuple(chosen[:MOST_COMPARED]))


def _ranked(
    reader: Reader, found: RequestDetail, people: Sequence[UUID]
) -> Mapping[UUID, RankedExpert]:
    if not found.rankings or not people:
        return {}
    outline = outline_of(reader.session, reader.actor, found.rankings[0].id)
    return {one.expert_id: one for one in worded(reader, outline, tuple(people))}


def _releases(reader: Reader, request_id: UUID, today: date) -> Mapping[UUID, ReleaseRow]:
    """Return the latest release of each person; they come latest first."""
    found: dict[UUID, ReleaseRow] = {}
    for row in releases_for_request(reader.session, reader.actor, request_id, today):
        found.setdefault(row.person.id, row)
    return found
