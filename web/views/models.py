"""The page on the ranking model: which one ranks and why, promoted and gone back to by reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated

from fastapi import Form, Query
from fastapi.responses import Response

from roster import models
from roster.errors import InvalidInput, ModelUnusable, NotFound
from roster.policy import Permission
from roster.queries.exposure import shown_first
from roster.queries.models import last_rankings, models_of, version_in_use
from roster.queries.rankings import measured_ranking
from roster.read import ModelFeature, ModelRow
from roster.vocabulary import ModelState
from web.access import Reader, ReaderDep, new_router, requires, see_other
from web.contexts.parts import Notice
from web.deps import respond
from web.presenters.model_diffs import ORDERED, TwoVersions, diff_page
from web.presenters.models import Shelf, model_page
from web.wording import marked

router = new_router()

_MANAGE = [requires(Permission.MANAGE_MODEL)]
_DONE = {
    "promoted": marked("It ranks from now on. Rankings made before stay as they were shown."),
    "rolled_back": marked("Gone back. Rankings made before stay as they were shown."),
}
_SAY_WHY = marked("Say why, in at most 500 characters.")
_LONGEST = 2_000
"""Of what is sent at all; the use case says what is too long."""

_NO_SUCH = "There is no such version of the model. Choose two on the page on the model."

VersionForm = Annotated[str, Form(max_length=200)]
VersionQuery = Annotated[str, Query(max_length=200)]
ReasonForm = Annotated[str, Form(max_length=_LONGEST)]


@router.get("/model", dependencies=_MANAGE)
def show_model(reader: ReaderDep, done: str = "") -> Response:
    """Show which model ranks, and every version."""
    shown = (Notice("ok", reader.tongue.word(_DONE[done])),) if done in _DONE else ()
    return _page(reader, shown, {}, 200)


@router.get("/model/compare", dependencies=_MANAGE)
def compare_models(
    reader: ReaderDep,
    one: VersionQuery = "",
    other: VersionQuery = "",
    last: Annotated[int, Query(ge=0, le=ORDERED)] = 0,
) -> Response:
    """Show what differs between two versions and, where asked for, how they order past requests."""
    ranker, tongue = reader.installation.ranker, reader.tongue
    versions = _comparable(reader)
    for named in (one, other):
        if named not in versions:
            raise NotFound(_NO_SUCH)
    runs = last_rankings(reader.session, reader.actor, last) if last else ()
    orders = tuple(
        (
            run,
            ranker.contrast(measured_ranking(reader.session, reader.actor, run.id), one, other),
        )
        for run in runs
    )
    two = TwoVersions(
        versions=versions,
        one=one,
        other=other,
        curves=(ranker.curves_of(one), ranker.curves_of(other)),
        orders=orders,
        was_ordered=bool(last),
    )
    frame = reader.frame(tongue.word("Two versions of the ranking model"), "model")
    return respond(reader.request, "models/compare.html", diff_page(frame, two, tongue))


@router.post("/model/promote", dependencies=_MANAGE)
def promote(reader: ReaderDep, version: VersionForm, reason: ReasonForm = "") -> Response:
    """Let a candidate rank."""
    try:
        models.promote(
            reader.session,
            reader.actor,
            version,
            reason,
            ranker=reader.installation.ranker,
            clock=reader.clock,
        )
    except InvalidInput as refused:
        return _refused(reader, version, refused)
    return see_other("/model?done=promoted")


@router.post("/model/rollback", dependencies=_MANAGE)
def roll_back(reader: ReaderDep, version: VersionForm, reason: ReasonForm = "") -> Response:
    """Go back to a version that ranked before, or to the one shipped."""
    try:
        models.roll_back(
            reader.session,
            reader.actor,
            version,
            reason,
            ranker=reader.installation.ranker,
            clock=reader.clock,
        )
    except InvalidInput as refused:
        return _refused(reader, version, refused)
    return see_other("/model?done=rolled_back")


def _refused(reader: Reader, version: str, refused: InvalidInput) -> Response:
    return _page(reader, (), {version: reader.tongue.word(_SAY_WHY)}, refused.status)


def _page(
    reader: Reader, notices: tuple[Notice, ...], errors: Mapping[str, str], status: int
) -> Response:
    tongue = reader.tongue
    frame = reader.frame(tongue.word("Ranking model"), "model", notices)
    page = model_page(frame, _shelf(reader), tongue, errors)
    return respond(reader.request, "models/detail.html", page, status)


def _features(reader: Reader, rows: Iterable[ModelRow]) -> dict[str, tuple[ModelFeature, ...]]:
    """Return the features of the versions that can rank, the one shipped first."""
    ranker = reader.installation.ranker
    found: dict[str, tuple[ModelFeature, ...]] = {ranker.model: ranker.features}
    for row in rows:
        try:
            found[row.version] = ranker.features_of(row.version)
        except ModelUnusable:
            continue
    return found


def _comparable(reader: Reader) -> tuple[str, ...]:
    rows = models_of(reader.session, reader.actor)
    return tuple(dict.fromkeys((*_features(reader, rows), *reader.installation.ranker.versions)))


def _shelf(reader: Reader) -> Shelf:
    ranker, actor = reader.installation.ranker, reader.actor
    rows = models_of(reader.session, actor)
    ranks = models.ranking_version(ranker, version_in_use(reader.session, actor.facility_id))
    names = [one.name for one in ranker.features]
    return Shelf(
        shipped=ranker.model,
        ranks=ranks,
        rows=rows,
        features=_features(reader, rows),
        hurdles={
            row.version: models.hurdles(row.manifest, ranks, names)
            for row in rows
            if row.state is ModelState.CANDIDATE
        },
        shown=shown_first(reader.session, actor, today=reader.clock.now().date()),
        former=ranker.versions[1:],
    )
