"""Rankings of a request: made by a button, shown as they were kept, compared side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query
from fastapi.responses import Response
from pydantic import BaseModel, Field

from matching.unnamed import without_text
from roster import name_openings, records, requests
from roster.errors import FieldError, InvalidInput, NotFound, RequestIncomplete
from roster.policy import Permission
from roster.queries.experts import rows_by_id
from roster.queries.facets import traits_of
from roster.queries.names import names_shown
from roster.queries.rankings import outline_of, ranked_people, rankings_of
from roster.queries.requests import request_detail
from roster.queries.shortlists import shortlist_of
from roster.read import Names, RankedExpert, RankingOutline, RankingRow, RequestDetail, Standing
from roster.vocabulary import GONE_STAGES, Band, Gate
from web.access import Reader, ReaderDep, new_router, requires, see_other
from web.contexts.parts import Link, PostButton
from web.contexts.rankings import ComparePage, NoRankingPage, PersonRow
from web.deps import respond, safe_path
from web.presenters import rankings as shown
from web.presenters.comparison import ComparedIn, comparison
from web.presenters.ranked_people import rows_of, undo_of, with_words
from web.presenters.ranking_query import PER_PAGE, RankingQuery, passing, why_out
from web.presenters.refusals import refusal
from web.presenters.request_form import Typed
from web.presenters.request_head import head_of, path_of
from web.presenters.weights import before_undo, factors_from, moved_words, row_before, tied_in
from web.views.requests import FormDep, words_of

router = new_router()

_MOST_COMPARED = 4
_DIGITS = 10


class Address(BaseModel):
    """What the address of a ranking says."""

    run: int | None = Field(default=None, ge=1)
    band: Band = Band.FIT
    why: Gate | None = None
    kind: list[str] = []
    country: list[str] = []
    topic: list[str] = []
    deployed: list[str] = []
    page: int = Field(default=1, ge=1, le=100_000)
    per_page: int = PER_PAGE[0]
    names: Literal["", "hidden"] = ""

    def query(self, request_id: UUID) -> RankingQuery:
        """Return it for a request; a length of page that is not offered is the usual one."""
        return RankingQuery(
            request_id,
            self.run,
            self.band,
            self.why,
            tuple(self.kind),
            tuple(self.country),
            tuple(self.topic),
            tuple(self.deployed),
            self.page,
            self.per_page if self.per_page in PER_PAGE else PER_PAGE[0],
            bool(self.names),
        )


def run_of(rows: tuple[RankingRow, ...], number: int | None) -> RankingRow:
    """Return the run of this number, or the newest.

    Raises
    ------
    NotFound
    """
    found = next((row for row in rows if number is None or row.number == number), None)
    if found is None:
        raise NotFound("There is no such ranking of this request.")
    return found


@router.get("/requests/{request_id}/ranking", dependencies=[requires(Permission.RANK)])
def ranking_page(
    reader: ReaderDep,
    request_id: UUID,
    said: Annotated[Address, Query()],
) -> Response:
    """Show a stored ranking, the newest where no other is asked for."""
    started = perf_counter()
    found = request_detail(reader.session, reader.actor, request_id)
    if not found.rankings:
        return _no_ranking(reader, found)
    query = said.query(request_id)
    names = names_shown(reader.session, reader.actor, request_id, hide=query.hide_names)
    if names.hidden:
        query = replace(query, countries=())
    read = perf_counter()
    outline = outline_of(reader.session, reader.actor, run_of(found.rankings, said.run).id)
    listed = _listed(reader, outline, query, names)
    listed = replace(listed, moved=_moved(reader, found, outline, listed.people))
    made = perf_counter()
    context = shown.page_of(
        reader.frame(f"{reader.tongue.word('Ranking')}, {found.row.title}", "requests"),
        found,
        query,
        listed,
        reader.clock.now().date(),
        reader.tongue,
    )
    answer = respond(reader.request, "rankings/detail.html", context)
    done = perf_counter()
    spent = {"request": read - started, "people": made - read, "page": done - made}
    spent["total"] = done - started
    answer.headers["Server-Timing"] = ", ".join(
        f"{name};dur={seconds * 1e3:.1f}" for name, seconds in spent.items()
    )
    return answer


@router.post("/requests/{request_id}/rankings", dependencies=[requires(Permission.RANK)])
def rank(reader: ReaderDep, request_id: UUID, form: FormDep) -> Response:
    """Rank for the request as it stands, by the weights given, and keep the run."""
    weights = _weights_said(reader, request_id, words_of(form))
    try:
        made = requests.rank_request(
            reader.session,
            reader.actor,
            request_id,
            ranker=reader.installation.ranker,
            clock=reader.clock,
            weights=weights or None,
        )
    except RequestIncomplete as refused:
        found = request_detail(reader.session, reader.actor, request_id)
        return _no_ranking(reader, found, refused)
    return see_other(f"/requests/{request_id}/ranking?run={made.number}")


@router.get("/requests/{request_id}/compare", dependencies=[requires(Permission.RANK)])
def compare_page(
    reader: ReaderDep,
    request_id: UUID,
    expert: Annotated[list[str] | None, Query()] = None,
    run: Annotated[int | None, Query(ge=1)] = None,
    everything: Annotated[str, Query(alias="all")] = "",
    names: Literal["", "hidden"] = "",
) -> Response:
    """Show two to four people of a ranking as columns."""
    found = request_detail(reader.session, reader.actor, request_id)
    ids = shown.person_ids(expert or ())[:_MOST_COMPARED]
    row = run_of(found.rankings, run)
    outline = outline_of(reader.session, reader.actor, row.id)
    shown_names = names_shown(reader.session, reader.actor, request_id, hide=bool(names))
    people = _in_words(reader, outline, ids, shown_names)
    rows = rows_by_id(reader.session, [one.expert_id for one in people])
    _log(reader, list(rows), request_id, shown_names)
    tongue = reader.tongue
    where = ComparedIn(
        request_id, row.number, shown_names.numbers(outline.standings), hide_names=bool(names)
    )
    context = ComparePage(
        reader.frame(tongue.word("Comparison"), "requests"),
        head_of(found, "ranking", reader.clock.now().date(), tongue),
        comparison(people, rows, where, tongue, only_different=not everything),
    )
    return respond(reader.request, "rankings/compare.html", context)


@router.post("/requests/{request_id}/names", dependencies=[requires(Permission.RANK)])
def open_names(reader: ReaderDep, request_id: UUID, form: FormDep) -> Response:
    """Open one name of a list that keeps names back, or those of the whole list; both recorded."""
    typed = words_of(form)
    only = shown.person_ids(typed.get("only", ()))
    name_openings.open_names(
        reader.session, reader.actor, request_id, only or None, clock=reader.clock
    )
    back = safe_path(typed.get("back", ("",))[0])
    if back.startswith("/portfolio?"):
        return see_other(back)
    if not back.startswith(f"/requests/{request_id}/"):
        back = f"/requests/{request_id}/ranking"
    return see_other(f"{back}#p-{only[0]}" if only else back)


def _weights_said(reader: Reader, request_id: UUID, said: Typed) -> dict[str, float]:
    """Return the factors that sliders give, or those that stood before, or none."""
    way = said.get("way", ("",))[0]
    if way == "reset":
        return {}
    if way == "undo":
        rows = rankings_of(reader.session, reader.actor, request_id)
        number = said.get("run", ("",))[0]
        row = run_of(rows, int(number) if number.isdecimal() and len(number) < _DIGITS else None)
        return before_undo(rows, row) or {}
    try:
        return factors_from(said, [one.name for one in reader.installation.ranker.features])
    except ValueError:
        words = "A weight is a number from 0 to 3."
        raise InvalidInput(words, (FieldError("/weights", words),)) from None


def _moved(
    reader: Reader, found: RequestDetail, outline: RankingOutline, people: Sequence[PersonRow]
) -> str:
    """Say what other weights moved among the first; only people of the page are named."""
    before = row_before(found.rankings, outline.row)
    if before is None:
        return ""
    then = outline_of(reader.session, reader.actor, before.id)
    names = {UUID(one.id): one.person.name for one in people}
    return moved_words((before.number, then.standings), outline.standings, names, reader.tongue)


def _listed(
    reader: Reader, outline: RankingOutline, query: RankingQuery, names: Names
) -> shown.Listed:
    """Filter the whole list by its outline, and read the people of one page of it."""
    traits = traits_of(reader.session, reader.actor, Permission.RANK)
    unknown = set(outline.positions).difference(traits)
    known_of: Sequence[Standing] = outline.standings
    if unknown:
        known_of = [one for one in known_of if one.expert_id not in unknown]
    passed, facets = passing(query, known_of, traits)
    first = (query.page - 1) * query.per_page
    ids = [one.expert_id for one in passed[first : first + query.per_page]]
    people = _in_words(reader, outline, tuple(ids), names)
    rows = rows_by_id(reader.session, ids)
    _log(reader, ids, query.request_id, names)
    entries = shortlist_of(reader.session, reader.actor, query.request_id)
    undos = {one.person.id: undo_of(one, reader.actor.name) for one in entries}
    compare = query.beside("compare", run=outline.row.number)
    tied = tied_in(outline.standings, query.band)
    known = {one.expert_id for one in outline.ranking.request.declined}
    gone = {one.person.id for one in entries if one.stage in GONE_STAGES} - known
    return shown.Listed(
        outline=outline,
        passing=len(passed),
        names_hidden=names.hidden,
        counts=Counter(one.band for one in known_of),
        facets=facets,
        why=why_out(known_of),
        gone=sum(one.expert_id in gone for one in outline.standings) if gone else 0,
        people=tuple(
            replace(row, tied=UUID(row.id) in tied, undo=undos.get(UUID(row.id), ""))
            for row in rows_of(
                people,
                rows,
                {one.person.id: one for one in entries},
                compare,
                reader.tongue,
                names.numbers(outline.standings),
            )
        ),
    )


def _in_words(
    reader: Reader, outline: RankingOutline, ids: tuple[UUID, ...], names: Names
) -> tuple[RankedExpert, ...]:
    """Read people of a run, in words; of those without a name nothing that they wrote."""
    people = worded(reader, outline, ids)
    return tuple(without_text([one])[0] if names.hides(one.expert_id) else one for one in people)


def worded(
    reader: Reader, outline: RankingOutline, ids: tuple[UUID, ...]
) -> tuple[RankedExpert, ...]:
    """Read people of a run, with the words that far places were stored without."""
    people = ranked_people(reader.session, reader.actor, outline.row.id, ids)
    silent = [one for one in people if not any(part.evidence for part in one.contributions)]
    if not silent:
        return people
    some = shown.of_these(outline.ranking, silent)
    return with_words(
        people, reader.installation.ranker.explain(some, [one.expert_id for one in silent])
    )


def _log(reader: Reader, ids: list[UUID], request_id: UUID, names: Names) -> None:
    records.log_listed(
        reader.session,
        reader.actor,
        ids,
        names,
        purpose=str(request_id),
        at=reader.clock.now(),
    )


def _no_ranking(
    reader: Reader, found: RequestDetail, refused: RequestIncomplete | None = None
) -> Response:
    _ = reader.tongue.word
    notices = (refusal(refused, reader.tongue),) if refused else ()
    context = NoRankingPage(
        frame=reader.frame(_("Ranking"), "requests", notices),
        head=head_of(found, "ranking", reader.clock.now().date(), reader.tongue),
        title=_("Nobody was ranked for this request yet"),
        text=_(
            "Ranking holds everybody against the conditions of the request, and shows who fits, "
            "in order, with the reasons. The list is kept as it was made."
        ),
        rank=PostButton(_("Rank experts"), path_of(found, "rankings")),
        edit=Link(_("Correct fields"), path_of(found, "edit"))
        if reader.actor.may(Permission.WRITE_REQUESTS)
        else None,
    )
    status = refused.status if refused else 200
    return respond(reader.request, "rankings/none.html", context, status)
