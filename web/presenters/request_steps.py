"""The form that moves a request one step on."""

from __future__ import annotations

from collections.abc import Sequence

from roster.read import RequestDetail
from roster.vocabulary import RequestStatus
from web.contexts.parts import Choice
from web.contexts.requests import StatusForm
from web.presenters.request_form import Typed
from web.presenters.request_head import path_of
from web.tongues import Tongue
from web.wording import say


def status_form(
    found: RequestDetail,
    following: Sequence[RequestStatus],
    refused: tuple[str, Typed],
    tongue: Tongue,
) -> StatusForm | None:
    """Return the form, or nothing where no step follows.

    Parameters
    ----------
    refused : why a step was not taken, and what was typed
    """
    if not following:
        return None
    error, typed = refused
    wanted = typed.get("status", ())
    on = next((at for at, one in enumerate(following) if one.value in wanted), 0)
    return StatusForm(
        action=path_of(found, "status"),
        choices=tuple(
            Choice(one.value, say(tongue, one), at == on) for at, one in enumerate(following)
        ),
        reason_needed=tongue.word("The fiche and the decision move it on otherwise."),
        error=error,
        reason="".join(typed.get("reason", ())[:1]),
    )
