"""Drafts of forms: kept while somebody types, discarded, taken back."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form
from fastapi.responses import PlainTextResponse, Response

from roster import drafts as kept
from roster.errors import Conflict, InvalidInput
from roster.policy import Permission
from web import drafts
from web.access import ReaderDep, new_router, requires, see_other
from web.deps import safe_path
from web.kept_forms import BY_SCRIPT
from web.reason_words import clause
from web.views.requests import FormDep

router = new_router()
_SIGNED_IN = [requires(Permission.SIGNED_IN)]
Address = Annotated[str, Form(max_length=400)]


@router.post(drafts.PATH, dependencies=_SIGNED_IN)
def keep(reader: ReaderDep, form: FormDep) -> Response:
    """Keep a form as a draft: a script is told so in words, a browser is led back to the form."""
    fields = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    now, tongue = reader.clock.now(), reader.tongue
    by_script = reader.request.headers.get("accept") == BY_SCRIPT
    try:
        vault = reader.installation.vault
        page = drafts.keep_sent(reader.session, reader.actor, fields, vault, now)
    except (Conflict, InvalidInput) as refused:
        if by_script:
            return PlainTextResponse(clause(refused.detail, tongue), refused.status)
        raise
    if by_script:
        return PlainTextResponse(tongue.word("Draft kept at %(time)s", time=tongue.time(now)))
    return see_other(page or "/")


@router.post(f"{drafts.PATH}/discard", dependencies=_SIGNED_IN)
def discard(reader: ReaderDep, draft_of: Address, draft_page: Address = "/") -> Response:
    """Take a draft out of its form; the form offers to undo it."""
    kept.discard_draft(reader.session, reader.actor, draft_of, now=reader.clock.now())
    return see_other(safe_path(draft_page))


@router.post(f"{drafts.PATH}/back", dependencies=_SIGNED_IN)
def take_back(reader: ReaderDep, draft_of: Address, draft_page: Address = "/") -> Response:
    """Undo the discarding of a draft."""
    kept.take_draft_back(reader.session, reader.actor, draft_of, now=reader.clock.now())
    return see_other(safe_path(draft_page))
