"""Releases: of one request with its open seats, and those that a focal point answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from roster.errors import FieldError
from roster.read import CallView, ExpertRow, OpenSeat, Overlap, ReleaseRow, RequestDetail
from roster.vocabulary import RefusalReason, ReleaseOutcome
from web.contexts.calls import (
    AnswerForm,
    GrantedLine,
    NextLine,
    ReleasesPage,
    RequestReleasesPage,
    SeatLine,
)
from web.contexts.layout import Frame, Head
from web.contexts.parts import Choice, Empty, FormField, Link, PostButton
from web.forms import error_lines, errors_by_field, filled
from web.presenters.asked import call_row, overlap_words, release_line, tabs_of
from web.presenters.persons import name_of
from web.presenters.request_form import Typed
from web.presenters.request_head import head_of, path_of
from web.tongues import Tongue
from web.wording import choices, say

# --- Of one request -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asking:
    """How far asking for people has come for one request, and what was typed into its form."""

    releases: Sequence[ReleaseRow]
    seats: Sequence[OpenSeat]
    calls: Sequence[CallView]
    people: Sequence[ExpertRow]
    """Those whose release can be asked for."""
    due_on: date
    """Proposed by the rules of the facility."""
    typed: Typed
    errors: tuple[FieldError, ...]
    problem: str = ""
    overlaps: Mapping[UUID, tuple[Overlap, ...]] = field(default_factory=dict)
    """What else takes up those who can be asked for, by person."""


def request_releases_page(
    frame: Frame, found: RequestDetail, asking: Asking, today: date, tongue: Tongue
) -> RequestReleasesPage:
    """Return the releases of a request, its open seats with whom to ask next, and its calls."""
    releases, seats, calls = asking.releases, asking.seats, asking.calls
    said = errors_by_field(asking.errors, tongue)
    fields = tuple(filled(one, asking.typed, said) for one in _ask_fields(asking, tongue))
    return RequestReleasesPage(
        frame=frame,
        head=head_of(found, "releases", today, tongue),
        finding=_finding(releases, seats, tongue),
        seats=tuple(_seat(one, found, asking, tongue) for one in seats),
        releases=tuple(
            release_line(one, tongue, take_back=_take_back(one, tongue), whole=False)
            for one in releases
        ),
        calls=tuple(call_row(one, today, tongue) for one in calls),
        new_call=Link(tongue.word("Call for experts"), path_of(found, "call")),
        ask=fields,
        ask_action=path_of(found, "releases"),
        nobody=tongue.word("No release has been asked for yet."),
        errors=error_lines(fields),
        problem=_problem(asking, fields, said),
    )


def _problem(asking: Asking, fields: Sequence[FormField], said: Mapping[str, str]) -> str:
    """Return what no field of the form can say: there is none, or nobody is to be chosen in it."""
    shown = {field.name for field in fields}
    unsaid = [words for name, words in said.items() if name not in shown]
    return " ".join(filter(None, (asking.problem, *unsaid)))


def _finding(releases: Sequence[ReleaseRow], seats: Sequence[OpenSeat], tongue: Tongue) -> str:
    granted = sum(one.outcome is ReleaseOutcome.GRANTED for one in releases)
    waiting = sum(one.outcome is ReleaseOutcome.PENDING for one in releases)
    said = []
    if seats:
        said.append(tongue.words("%(num)s seat is open", "%(num)s seats are open", len(seats)))
    if waiting:
        said.append(
            tongue.words(
                "%(num)s release waits for an answer",
                "%(num)s releases wait for an answer",
                waiting,
            )
        )
    if granted:
        said.append(tongue.words("%(num)s is released", "%(num)s are released", granted))
    if not said and releases:
        return tongue.word("No release stands: nobody is to go yet")
    return ", ".join(said) or tongue.word("Nobody has been asked for yet")


def _seat(one: OpenSeat, found: RequestDetail, asking: Asking, tongue: Tongue) -> SeatLine:
    action = path_of(found, "seats", str(one.id), "person")
    number = tongue.number(one.position)
    return SeatLine(
        title=tongue.labelled(tongue.word("Seat %(number)s", number=number), say(tongue, one.role)),
        alternates=tuple(
            NextLine(
                name_of(row, tongue),
                PostButton(
                    tongue.word("Seat and ask for release"), action, (("expert_id", str(row.id)),)
                ),
                overlap_words(asking.overlaps.get(row.id, ()), tongue),
            )
            for row in one.alternates
        ),
        nobody=tongue.word("No alternate is left: compose again or call for experts."),
    )


def _take_back(one: ReleaseRow, tongue: Tongue) -> PostButton | None:
    if one.outcome is not ReleaseOutcome.PENDING:
        return None
    return PostButton(tongue.word("Ask no longer"), f"/releases/{one.id}/take-back")


def _ask_fields(asking: Asking, tongue: Tongue) -> tuple[FormField, ...]:
    _ = tongue.word
    if not asking.people:
        return ()
    named = tuple(Choice(str(one.id), _choice(one, asking, tongue)) for one in asking.people)
    return (
        FormField(
            "expert_id",
            _("Person"),
            "select",
            choices=(Choice("", _("Choose a person")), *named),
            required=True,
            hint=_("On the shortlist or in the team, and not asked for yet."),
        ),
        FormField("due_on", _("Answer wanted by"), "date", asking.due_on.isoformat()),
        FormField("note", _("Note for the focal point")),
    )


def _choice(one: ExpertRow, asking: Asking, tongue: Tongue) -> str:
    """Return a name with what else takes the person up: a choice has one line only."""
    taken = overlap_words(asking.overlaps.get(one.id, ()), tongue)
    return f"{one.display_name} ({taken})" if taken else one.display_name


# --- Of a focal point -----------------------------------------------------------------------------


def releases_page(
    frame: Frame,
    rows: Sequence[ReleaseRow],
    people: Sequence[ExpertRow],
    typed: Typed,
    errors: Mapping[UUID | None, tuple[FieldError, ...]],
    tongue: Tongue,
    *,
    answers: bool,
) -> ReleasesPage:
    """Return the releases of a focal point's people with the forms of her answers.

    Parameters
    ----------
    people : whom she can release in general
    errors : of the form of one release by its id, or of the release in general under None
    answers : False for officers, who only read
    """
    waiting = [one for one in rows if one.can_answer and answers]
    granted = [one for one in rows if one.outcome is ReleaseOutcome.GRANTED and answers]
    rest = [one for one in rows if one not in waiting and one not in granted]
    said = errors_by_field(errors.get(None, ()), tongue)
    given = typed if None in errors else {}
    fields = tuple(filled(field, given, said) for field in _give_fields(people, tongue))
    return ReleasesPage(
        frame=frame,
        head=Head(
            _title(rows, tongue),
            here=tongue.word("Releases"),
            tabs=tabs_of("releases", tongue),
            tabs_name=tongue.word("Calls"),
        ),
        waiting=tuple(_answer_form(one, typed, errors.get(one.id, ()), tongue) for one in waiting),
        granted=tuple(_granted(one, typed, errors.get(one.id, ()), tongue) for one in granted),
        lines=tuple(release_line(one, tongue) for one in rest),
        lines_title=tongue.word("Earlier releases") if answers else tongue.word("All releases"),
        give=fields if answers and people else (),
        errors=error_lines(fields),
        empty=None
        if rows
        else Empty(
            tongue.word("No release yet"),
            tongue.word("A release that is asked for stands here until it is answered."),
        ),
    )


def _title(rows: Sequence[ReleaseRow], tongue: Tongue) -> str:
    waiting = sum(one.outcome is ReleaseOutcome.PENDING for one in rows)
    if not waiting:
        return tongue.word("No release waits for an answer")
    return tongue.words(
        "%(num)s release waits for an answer", "%(num)s releases wait for an answer", waiting
    )


def _answer_form(
    one: ReleaseRow, typed: Typed, errors: tuple[FieldError, ...], tongue: Tongue
) -> AnswerForm:
    said = errors_by_field(errors, tongue)
    given = typed if errors else {}
    named = {"valid_from", "valid_to", "days", "reason", "note"}
    return AnswerForm(
        line=release_line(one, tongue),
        action=f"/releases/{one.id}/answer",
        fields=tuple(filled(field, given, said) for field in answer_fields(one, tongue)),
        error=" ".join(words for name, words in said.items() if name not in named),
    )


def answer_fields(one: ReleaseRow, tongue: Tongue) -> tuple[FormField, ...]:
    """Return the fields of an answer to one release: validity, or the reason of a refusal."""
    _ = tongue.word
    prefix = f"{one.id.hex[:8]}-"
    first = one.asked.starts if one.asked else None
    last = (one.asked.ends or one.asked.starts) if one.asked else None
    return (
        FormField(
            "valid_from",
            _("Released from"),
            "date",
            first.isoformat() if first else "",
            prefix=prefix,
        ),
        FormField("valid_to", _("until"), "date", last.isoformat() if last else "", prefix=prefix),
        FormField("days", _("Days at most"), "number", prefix=prefix),
        FormField(
            "reason", _("Reason of the refusal"), "select", choices=_reasons(tongue), prefix=prefix
        ),
        FormField("note", _("Note"), prefix=prefix, wide=True),
    )


def _reasons(tongue: Tongue) -> tuple[Choice, ...]:
    return (
        Choice("", tongue.word("Choose a reason")),
        *choices(tongue, RefusalReason, frozenset()),
    )


def _granted(
    one: ReleaseRow, typed: Typed, errors: tuple[FieldError, ...], tongue: Tongue
) -> GrantedLine:
    prefix, said = f"x{one.id.hex[:8]}-", errors_by_field(errors, tongue)
    given = typed if errors else {}
    fields = (
        FormField(
            "reason",
            tongue.word("Reason"),
            "select",
            choices=_reasons(tongue),
            required=True,
            prefix=prefix,
        ),
        FormField("note", tongue.word("Note"), prefix=prefix),
    )
    return GrantedLine(
        line=release_line(one, tongue),
        action=f"/releases/{one.id}/withdraw",
        fields=tuple(filled(field, given, said) for field in fields),
        error=" ".join(words for name, words in said.items() if name not in {"reason", "note"}),
        open=bool(errors),
    )


def _give_fields(people: Sequence[ExpertRow], tongue: Tongue) -> tuple[FormField, ...]:
    _ = tongue.word
    named = tuple(Choice(str(one.id), one.display_name) for one in people)
    return (
        FormField(
            "expert_id",
            _("Person"),
            "select",
            choices=(Choice("", _("Choose a person")), *named),
            required=True,
            prefix="give-",
        ),
        FormField("valid_from", _("Released from"), "date", required=True, prefix="give-"),
        FormField("valid_to", _("until"), "date", required=True, prefix="give-"),
        FormField("days", _("Days at most"), "number", prefix="give-"),
        FormField("note", _("Note"), prefix="give-"),
    )
