"""The action fiche in words: its parts, the difference between versions, what is said of it."""

from __future__ import annotations

from collections.abc import Sequence

from roster.dates import PartialDate, Period
from roster.read.fiches import (
    CommentView,
    ConsultationView,
    FicheActivity,
    FicheChange,
    FicheExpertise,
    FicheResult,
    FicheView,
)
from roster.reference import activities, topics
from roster.vocabulary import FichePart, FicheStatus
from web.contexts.fiches import ChangeShown, PartShown, Said
from web.contexts.parts import Chip
from web.tongues import Tongue
from web.wording import say

_CHIPS = {
    FicheStatus.DRAFT: "unknown",
    FicheStatus.SHARED: "look",
    FicheStatus.SUBMITTED: "clock",
    FicheStatus.APPROVED: "pass",
    FicheStatus.REPLACED: "note",
}


def status_chip(status: FicheStatus, tongue: Tongue) -> Chip:
    """Return where a version stands."""
    return Chip(_CHIPS[status], say(tongue, status))


def version_words(fiche: FicheView, tongue: Tongue) -> str:
    """Call a version by its number."""
    return tongue.word("Version %(number)s", number=tongue.number(fiche.version))


def parts_of(fiche: FicheView, tongue: Tongue) -> tuple[PartShown, ...]:
    """Return every part of a fiche but its title, in the order of the form."""
    _ = tongue.word
    nothing = _("Nothing written yet.")

    def text(part: FichePart, words: str) -> PartShown:
        return PartShown(part.value, say(tongue, part), words, unknown=nothing)

    return (
        text(FichePart.BACKGROUND, fiche.background),
        text(FichePart.OBJECTIVE, fiche.objective),
        _rows(
            FichePart.RESULTS,
            (_("Result"), _("Constituent of governance")),
            [(one.title, say(tongue, one.constituent)) for one in fiche.results],
            tongue,
        ),
        _rows(
            FichePart.ACTIVITIES,
            (_("Activity"), _("Type"), _("When"), _("Where"), _("Expert days")),
            [_activity_cells(one, tongue) for one in fiche.activities],
            tongue,
        ),
        _rows(
            FichePart.EXPERTISE,
            (_("Role"), _("Topics"), _("Kind of expert"), _("Expert days")),
            [_expertise_cells(one, tongue) for one in fiche.expertise],
            tongue,
        ),
        text(FichePart.SCHEDULE, fiche.schedule),
        text(FichePart.RISKS, fiche.risks),
        text(FichePart.BUDGET, budget_words(fiche, tongue)),
    )


def budget_words(fiche: FicheView, tongue: Tongue) -> str:
    """Say the budget, what the activities add up to, and by how much the two differ."""
    given, planned = fiche.expert_days, fiche.planned_days
    days = [
        tongue.words("%(num)s expert day", "%(num)s expert days", one) if one is not None else ""
        for one in (given, planned)
    ]
    if given is None:
        return tongue.word("%(days)s, the sum of the activities", days=days[1]) if days[1] else ""
    if planned is None:
        return tongue.word("%(days)s; no activity says its days yet", days=days[0])
    if given == planned:
        return tongue.word("%(days)s, as the activities add up to", days=days[0])
    words = {"days": days[0], "sum": days[1], "num": tongue.number(abs(given - planned))}
    if given > planned:
        return tongue.word("%(days)s; the activities take %(sum)s: %(num)s are left", **words)
    return tongue.word("%(days)s; the activities take %(sum)s: %(num)s too many", **words)


def changes_shown(changes: Sequence[FicheChange], tongue: Tongue) -> tuple[ChangeShown, ...]:
    """Return a difference in words."""
    return tuple(
        ChangeShown(
            say(tongue, one.part),
            tuple(_line(value, tongue) for value in one.removed),
            tuple(_line(value, tongue) for value in one.added),
        )
        for one in changes
    )


def comment_said(one: CommentView, tongue: Tongue) -> Said:
    """Return a remark with who made it, of which version and part."""
    version = tongue.word("Version %(number)s", number=tongue.number(one.version))
    part = say(tongue, one.part) if one.part else tongue.word("all of it")
    role = [say(tongue, one.role)] if one.role else []
    return Said(
        who=", ".join([one.who, *role]),
        when=f"{tongue.day(one.at.date())} {tongue.time(one.at)}",
        about=f"{version}, {part}",
        text=one.text,
    )


def talk_said(one: ConsultationView, tongue: Tongue) -> Said:
    """Return a talk with whom it was held."""
    return Said(one.with_whom, tongue.day(one.held_on), one.channel, one.note)


def _rows(
    part: FichePart,
    heads: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
    tongue: Tongue,
) -> PartShown:
    return PartShown(
        part.value,
        say(tongue, part),
        heads=heads,
        rows=tuple(rows),
        unknown=tongue.word("Nothing written yet."),
    )


def _when(one: FicheActivity, tongue: Tongue) -> str:
    starts = PartialDate.parse(one.starts) if one.starts else None
    ends = PartialDate.parse(one.ends) if one.ends else None
    if starts is None and ends is None:
        return ""
    return tongue.period(Period(starts, ends)) if ends else tongue.partial(starts or ends)  # type: ignore[arg-type]


def _activity_cells(one: FicheActivity, tongue: Tongue) -> tuple[str, ...]:
    mode = [say(tongue, one.modality)] if one.modality else []
    return (
        one.title,
        activities.label(one.type, tongue.code),
        _when(one, tongue),
        ", ".join([*filter(None, (one.place,)), *mode]),
        tongue.number(one.days) if one.days is not None else "",
    )


def _expertise_cells(one: FicheExpertise, tongue: Tongue) -> tuple[str, ...]:
    return (
        one.role,
        tongue.listed([topics.label(code, tongue.code) for code in one.topics]),
        say(tongue, one.kind) if one.kind else "",
        tongue.number(one.days) if one.days is not None else "",
    )


def _line(value: object, tongue: Tongue) -> str:
    if isinstance(value, FicheResult):
        cells: tuple[str, ...] = (value.title, say(tongue, value.constituent))
    elif isinstance(value, FicheActivity):
        cells = _activity_cells(value, tongue)
    elif isinstance(value, FicheExpertise):
        cells = _expertise_cells(value, tongue)
    elif isinstance(value, int):
        cells = (tongue.number(value),)
    else:
        cells = (str(value),)
    return "; ".join(filter(None, cells))
