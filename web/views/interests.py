"""What states want to work on: said by focal points, read by officers."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query
from fastapi.responses import Response

from roster.calling.interests import state_interest
from roster.errors import FieldError
from roster.inputs import InterestInput
from roster.policy import Permission
from roster.queries.calls import countries_of, sees_all
from roster.queries.interests import interests_of
from web.access import Reader, ReaderDep, new_router, requires, see_other
from web.contexts.parts import Notice
from web.deps import respond
from web.presenters.interests import interests_page
from web.presenters.recorded import recorded
from web.presenters.request_form import Typed, countries_from
from web.views.calls import ToldQuery
from web.views.requests import FormDep, words_of
from web.views.screening import input_of

router = new_router()

_KEPT = UUID(int=0)
"""A state is named by its code; there is one interest a state."""


@router.get("/interests", dependencies=[requires(Permission.READ_CALLS)])
def list_page(
    reader: ReaderDep,
    told: ToldQuery = "",
    country: Annotated[str, Query(max_length=2)] = "",
) -> Response:
    """Show what states want to work on; a focal point the form of her own."""
    name = reader.tongue.country(country) if country in countries_of(reader.actor) else ""
    return _page(reader, "", {}, (), recorded(told, _KEPT, [(_KEPT, name)], reader.tongue))


def _page(
    reader: Reader,
    country: str,
    typed: Typed,
    errors: tuple[FieldError, ...],
    notices: tuple[Notice, ...] = (),
) -> Response:
    officer, own = sees_all(reader.actor), countries_of(reader.actor)
    found = interests_of(reader.session, reader.actor, None if officer else own)
    context = interests_page(
        reader.frame(reader.tongue.word("Interests"), "calls", notices),
        found,
        own,
        reader.tongue,
        officer=officer,
        typed={country: typed} if errors else {},
        errors=errors,
    )
    return respond(reader.request, "interests/list.html", context, 422 if errors else 200)


@router.post("/interests/{country}", dependencies=[requires(Permission.ANSWER_CALLS)])
def keep(reader: ReaderDep, country: str, form: FormDep) -> Response:
    """Keep what a state wants to work on."""
    typed = words_of(form)
    errors: list[FieldError] = []
    named = countries_from(typed.get("countries", ("",))[0], reader.tongue, errors)
    said: dict[str, object] = {
        "topics": typed.get("topics", ()),
        "regions": (*typed.get("regions", ()), *named),
        "note": "".join(typed.get("note", ())[:1]),
    }
    given, refused = input_of(InterestInput, said, reader.tongue)
    if given is None or errors:
        return _page(reader, country, typed, (*errors, *refused))
    state_interest(reader.session, reader.actor, country, given, clock=reader.clock)
    return see_other(f"/interests?told=interest&country={country}")
