"""Ratings of one person, together, with what she says to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from roster.errors import FieldError
from roster.read.feedback import RatingsView
from web.contexts.feedback import FieldForm, RatingsPage
from web.contexts.layout import Frame, Head
from web.contexts.parts import FormField, Link
from web.forms import error_lines, filled
from web.presenters.feedback import errors_for, question_line
from web.tongues import Tongue

Typed = Mapping[str, tuple[str, ...]]


def ratings_page(
    frame: Frame,
    tongue: Tongue,
    name: str,
    found: RatingsView,
    *,
    is_own: bool,
    typed: Typed,
    errors: Sequence[FieldError] = (),
) -> RatingsPage:
    """Return what others said; the person herself gets the form to contest it."""
    _ = tongue.word
    return RatingsPage(
        frame=frame,
        head=Head(
            title=_("Ratings"),
            crumbs=(
                Link(_("Experts"), "/experts"),
                Link(name, f"/experts/{found.expert_id}"),
            ),
            here=_("Ratings"),
        ),
        finding=_finding(found, tongue),
        questions=tuple(question_line(one, tongue) for one in found.questions),
        notes=found.notes,
        contest=_contest(found, tongue, typed, errors) if is_own and found.raters else None,
        rule=_(
            "Shown together, from %(num)s people on; the person sees it and may contest it.",
            num=tongue.number(found.least_raters),
        ),
    )


def _finding(found: RatingsView, tongue: Tongue) -> str:
    if found.mean is None:
        return tongue.words(
            "%(num)s person has rated this work: too few to show",
            "%(num)s people have rated this work: too few to show",
            found.raters,
        )
    return tongue.words(
        "%(mean)s of 5 from %(num)s person",
        "%(mean)s of 5 from %(num)s people",
        found.raters,
        mean=tongue.points(found.mean),
    )


def _contest(
    found: RatingsView, tongue: Tongue, typed: Typed, errors: Sequence[FieldError]
) -> FieldForm:
    _ = tongue.word
    fields = (
        filled(
            FormField("note", _("Your note"), "textarea", required=True),
            typed,
            errors_for(errors, tongue),
        ),
    )
    return FieldForm(
        title=_("Contest it"),
        action=f"/experts/{found.expert_id}/ratings",
        fields=fields,
        button=_("Put my note beside it"),
        errors=error_lines(fields),
        hints=(_("Whoever reads the figures reads your note with them."),),
    )
