"""The words of reports: tables, columns, and the codes that their lines stand for."""

from __future__ import annotations

from collections.abc import Callable

from roster.reference import activities, topics
from roster.vocabulary import (
    ActivityType,
    Audience,
    CountedKind,
    ExpertKind,
    Intervention,
    Modality,
    ReportOutcome,
    ReportTableCode,
)
from web.presenters.action_head import STATUS_WORDS
from web.tongues import Tongue
from web.wording import REGION_WORDS, marked, say

TITLES = {
    ReportTableCode.ACTIVITY_TYPES: marked("By type of activity"),
    ReportTableCode.INTERVENTIONS: marked("By type of intervention"),
    ReportTableCode.MODALITIES: marked("By modality"),
    ReportTableCode.PARTICIPANTS: marked("Participants by region"),
    ReportTableCode.REQUESTS: marked("Requests by region and outcome"),
    ReportTableCode.ACTIONS: marked("Actions by region and status"),
    ReportTableCode.ELIGIBLE: marked("Countries that may ask, never served first"),
    ReportTableCode.AREAS: marked("By area of intervention"),
    ReportTableCode.TOPICS: marked("By topic"),
    ReportTableCode.TRIANGULAR: marked("Triangular Actions, by rule"),
    ReportTableCode.EXPERT_STATES: marked("Experts by state"),
    ReportTableCode.EXPERT_KINDS: marked("Experts by kind"),
    ReportTableCode.TIMES: marked("Days from the request"),
    ReportTableCode.RESPONSES: marked("Answers to feedback"),
}
NOTES = {
    ReportTableCode.ACTIVITY_TYPES: marked("Counted by the first type of each activity."),
    ReportTableCode.ELIGIBLE: marked(
        "By the rules of the facility. The last column counts Actions of any time and theme; a "
        "cancelled one serves nobody. Members of a regional body count with it."
    ),
    ReportTableCode.AREAS: marked("One Action can have several areas."),
    ReportTableCode.TOPICS: marked("One Action can have several topics."),
    ReportTableCode.TRIANGULAR: marked("Out of the Actions whose experts are known."),
    ReportTableCode.EXPERT_STATES: marked(
        "Member States and others. First missions: nothing earlier is known of the person."
    ),
    ReportTableCode.TIMES: marked(
        "Over the requests of which both days are known; an activity counts once it was done."
    ),
}
EMPTY = marked("Nothing to count in this period and theme.")
_COLUMNS = {
    "activities": marked("Activities"),
    "actions": marked("Actions"),
    "requests": marked("Requests"),
    "actions_ever": marked("Actions at any time"),
    "participants": marked("Participants"),
    "women": marked("Women among them"),
    "deployments": marked("Deployments"),
    "people": marked("People deployed"),
    "first_timers": marked("First missions"),
    "named_in_actions": marked("Actions that name them"),
    "triangular": marked("Triangular"),
    "other_teams": marked("Other teams"),
    "experts_unknown": marked("Experts not known"),
    "percent": marked("Percent"),
    "median_days": marked("Median"),
    "first_quarter": marked("First quarter"),
    "last_quarter": marked("Last quarter"),
    "least": marked("Shortest"),
    "most": marked("Longest"),
    "number": marked("Requests counted"),
    "asked": marked("Asked"),
    "answered": marked("Answered"),
}
_LINES = {
    "unknown": marked("Not known"),
    "to_fiche": marked("To the fiche"),
    "to_first_activity": marked("To the first activity"),
    "administrations_not_beneficiary": marked("Administrations, not the beneficiary's own"),
    "administrations": marked("Administrations of both sides"),
    "any_kind": marked("Any kind of expert"),
    "with_groups": marked("Any kind, groups of countries included"),
}
_OUTCOMES = {
    ReportOutcome.OPEN: marked("Open"),
    ReportOutcome.IN_PREPARATION: marked("In preparation"),
    ReportOutcome.ONGOING: marked("Ongoing"),
    ReportOutcome.COMPLETED: marked("Completed"),
    ReportOutcome.REJECTED: marked("Rejected"),
    ReportOutcome.FORWARDED: marked("Forwarded"),
    ReportOutcome.WITHDRAWN: marked("Withdrawn"),
}
_INTERVENTIONS = {
    Intervention.INFORMATION: marked("Information, practices and know-how sharing"),
    Intervention.ADVISORY: marked("Advisory"),
    Intervention.NETWORKING: marked("Networking"),
    Intervention.PARTNERSHIP: marked("Partnership"),
}
_MODALITIES = {
    Modality.ON_SITE: marked("On site"),
    Modality.REMOTE: marked("Remote"),
    Modality.HYBRID: marked("Hybrid"),
}
_AUDIENCES = {
    Audience.PARTICIPANT: marked("Participants"),
    Audience.PARTNER_INSTITUTION: marked("Partner institutions"),
    Audience.EXPERT: marked("Experts"),
    Audience.OFFICER: marked("Officers"),
    Audience.DELEGATION: marked("EU Delegations"),
}
_AREAS = {
    "legal migration and mobility": marked("Legal migration and mobility"),
    "irregular migration and THB": marked("Irregular migration and trafficking"),
    "international protection and asylum": marked("International protection and asylum"),
    "migration and development": marked("Migration and development"),
    "horizontal": marked("Horizontal"),
}
COUNTED = {
    CountedKind.REQUEST: marked("Requests"),
    CountedKind.ACTION: marked("Actions"),
    CountedKind.ACTIVITY: marked("Activities"),
    CountedKind.EXPERT: marked("People deployed"),
    CountedKind.DEPLOYMENT: marked("Deployments"),
    CountedKind.INQUIRY: marked("Questionnaires"),
}
_LISTS: dict[str, str] = {
    **{key.value: words for key, words in _OUTCOMES.items()},
    **{key.value: words for key, words in STATUS_WORDS.items()},
    **{key.value: words for key, words in _INTERVENTIONS.items()},
    **{key.value: words for key, words in _MODALITIES.items()},
    **{key.value: words for key, words in _AUDIENCES.items()},
    **_AREAS,
    **REGION_WORDS,
    **_LINES,
    **_COLUMNS,
}
"""Words of codes that mean one thing wherever they stand in a report."""


def column_words(tongue: Tongue, column: str) -> str:
    """Return the heading of a column."""
    return tongue.word(_LISTS[column]) if column in _LISTS else column


def line_words(tongue: Tongue, table: ReportTableCode, key: str) -> str:
    """Return what a line of a table is about, in the reader's language."""
    if key == "unknown":
        return tongue.word(_LINES[key])
    own = _OWN.get(table)
    if own is not None:
        return own(tongue, key)
    return tongue.word(_LISTS[key]) if key in _LISTS else key


_OWN: dict[ReportTableCode, Callable[[Tongue, str], str]] = {
    ReportTableCode.ACTIVITY_TYPES: lambda tongue, key: activities.label(
        ActivityType(key), tongue.code
    ),
    ReportTableCode.TOPICS: lambda tongue, key: (
        topics.label(key, tongue.code) if topics.is_topic(key) else key
    ),
    ReportTableCode.ELIGIBLE: lambda tongue, key: tongue.country(key),
    ReportTableCode.EXPERT_STATES: lambda tongue, key: tongue.country(key),
    ReportTableCode.EXPERT_KINDS: lambda tongue, key: say(tongue, ExpertKind(key)),
    ReportTableCode.RESPONSES: lambda tongue, key: tongue.word(_AUDIENCES[Audience(key)]),
}
"""How the lines of a table are called whose codes belong to lists of their own."""


def area_words(tongue: Tongue, area: str) -> str:
    """Name a thematic area."""
    return tongue.word(_AREAS[area]) if area in _AREAS else area


def region_words(tongue: Tongue, region: str) -> str:
    """Name a region by which a facility reports."""
    return tongue.word(REGION_WORDS[region]) if region in REGION_WORDS else region


def intervention_words(tongue: Tongue, code: str) -> str:
    """Name a type of intervention."""
    return tongue.word(_INTERVENTIONS[Intervention(code)])
