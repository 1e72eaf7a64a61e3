"""The page on the ranking model: which one ranks and why, promoted and gone back to by reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from roster import models
from roster.errors import InvalidInput, ModelUnusable
from roster.policy import Permission
from roster.queries.models import models_of, version_in_use
from roster.read import ModelFeature
from roster.vocabulary import ModelState
from web.access import Reader, ReaderDep, requires, see_other
from web.contexts.parts import Notice
from web.deps import respond
from web.presenters.models import Shelf, model_page
from web.wording import marked

router = APIRouter()

_MANAGE = [requires(Permission.MANAGE_MODEL)]
_DONE = {
    "promoted": marked("It ranks from now on. Rankings made before stay as they were shown."),
    "rolled_back": marked("Gone back. Rankings made before stay as they were shown."),
}
_SAY_WHY = marked("Say why, in at most 500 characters.")
_LONGEST = 2_000
"""Of what is sent at all; the use case says what is too long."""

VersionForm = Annotated[str, Form(max_length=200)]
ReasonForm = Annotated[str, Form(max_length=_LONGEST)]


@router.get("/model", dependencies=_MANAGE)
def show_model(reader: ReaderDep, done: str = "") -> Response:
    """Show which model ranks, and every version."""
    shown = (Notice("ok", reader.tongue.word(_DONE[done])),) if done in _DONE else ()
    return _page(reader, shown, {}, 200)


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


def _shelf(reader: Reader) -> Shelf:
    ranker, actor = reader.installation.ranker, reader.actor
    rows = models_of(reader.session, actor)
    ranks = models.ranking_version(ranker, version_in_use(reader.session, actor.facility_id))
    names = [one.name for one in ranker.features]
    features: dict[str, tuple[ModelFeature, ...]] = {ranker.model: ranker.features}
    for row in rows:
        try:
            features[row.version] = ranker.features_of(row.version)
        except ModelUnusable:
            continue
    return Shelf(
        shipped=ranker.model,
        ranks=ranks,
        rows=rows,
        features=features,
        hurdles={
            row.version: models.hurdles(row.manifest, ranks, names)
            for row in rows
            if row.state is ModelState.CANDIDATE
        },
    )
