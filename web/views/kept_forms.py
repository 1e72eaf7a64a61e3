"""The page on which somebody finds what she had typed when her session ended."""

from __future__ import annotations

from fastapi.responses import HTMLResponse

from roster.kept_forms import open_form
from roster.policy import Permission
from web.access import ReaderDep, new_router, requires
from web.contexts.accounts import KeptPage
from web.contexts.parts import Link, PostButton
from web.deps import respond

router = new_router()

_MOST_WORDS = 12


@router.get("/kept/{word}", dependencies=[requires(Permission.SIGNED_IN)])
def show_kept(reader: ReaderDep, word: str) -> HTMLResponse:
    """Show a form that was kept, with the button that sends it."""
    tongue = reader.tongue
    form = open_form(
        reader.session,
        reader.actor,
        word,
        vault=reader.installation.vault,
        now=reader.clock.now(),
    )
    page = KeptPage(
        frame=reader.frame(tongue.word("Kept for you")),
        lead=tongue.word(
            "Your session had ended when you sent this. Nothing was done yet; "
            "it is kept for an hour."
        ),
        files=tongue.word("Files are not kept: choose them again.") if form.lost_files else "",
        words=tuple(value for _, value in form.fields if " " in value.strip())[:_MOST_WORDS],
        send=PostButton(tongue.word("Send it now"), form.path, form.fields),
        leave=Link(tongue.word("Do not send it"), "/"),
    )
    return respond(reader.request, "account/kept.html", page)
