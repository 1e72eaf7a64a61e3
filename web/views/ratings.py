"""Ratings of a named person, where a facility has them: shown to her, contested by her."""

from __future__ import annotations

from uuid import UUID

from fastapi.responses import Response
from pydantic import ValidationError

from roster import records
from roster.errors import FieldError, NotFound
from roster.feedback import ratings
from roster.inputs.feedback import RatingNoteInput
from roster.policy import Permission
from roster.queries.experts import get_expert
from roster.queries.feedback import ratings_of
from roster.vocabulary import Role
from web.access import Reader, ReaderDep, new_router, requires, see_other
from web.deps import respond
from web.presenters.ratings import Typed, ratings_page
from web.validation import field_errors
from web.views.requests import FormDep, words_of

router = new_router()


@router.get("/experts/{expert_id}/ratings", dependencies=[requires(Permission.READ_EXPERTS)])
def show_ratings(reader: ReaderDep, expert_id: UUID) -> Response:
    """Show what others said of a person's work, together."""
    return _page(reader, expert_id)


@router.post("/experts/{expert_id}/ratings", dependencies=[requires(Permission.READ_EXPERTS)])
def contest(reader: ReaderDep, expert_id: UUID, form: FormDep) -> Response:
    """Put the person's own note beside the figures."""
    typed = words_of(form)
    try:
        given = RatingNoteInput(note=typed.get("note", ("",))[-1])
        ratings.say_to_ratings(reader.session, reader.actor, expert_id, given, clock=reader.clock)
    except ValidationError as refused:
        return _page(reader, expert_id, typed, field_errors(refused, reader.tongue))
    return see_other(f"/experts/{expert_id}/ratings")


def _page(
    reader: Reader, expert_id: UUID, typed: Typed | None = None, errors: tuple[FieldError, ...] = ()
) -> Response:
    session, actor = reader.session, reader.actor
    found = ratings_of(session, actor, expert_id)
    if found is None:
        raise NotFound("This facility does not rate named people.")
    expert = get_expert(session, actor, expert_id)
    records.log_views(
        session, actor, [expert_id], what="ratings", purpose="", at=reader.clock.now()
    )
    page = ratings_page(
        reader.frame(reader.tongue.word("Ratings"), "experts"),
        reader.tongue,
        expert.display_name,
        found,
        is_own=any(
            grant.role is Role.EXPERT and grant.expert_id == expert_id for grant in actor.grants
        ),
        typed=typed or {},
        errors=errors,
    )
    return respond(reader.request, "feedback/ratings.html", page, 422 if errors else 200)
