"""What a facility reports: its tables, what they count, what became of requests."""

from enum import StrEnum


class ReportTableCode(StrEnum):
    """The tables of a report, in their order; types of activity are its centre."""

    ACTIVITY_TYPES = "activity_types"
    INTERVENTIONS = "interventions"
    MODALITIES = "modalities"
    PARTICIPANTS = "participants"
    REQUESTS = "requests"
    ACTIONS = "actions"
    ELIGIBLE = "eligible"
    AREAS = "areas"
    TOPICS = "topics"
    TRIANGULAR = "triangular"
    EXPERT_STATES = "expert_states"
    EXPERT_KINDS = "expert_kinds"
    TIMES = "times"
    RESPONSES = "responses"


class ReportOutcome(StrEnum):
    """What became of a request, as reports count it."""

    OPEN = "open"
    IN_PREPARATION = "in_preparation"
    ONGOING = "ongoing"
    COMPLETED = "completed"
    REJECTED = "rejected"
    FORWARDED = "forwarded"
    WITHDRAWN = "withdrawn"


class CountedKind(StrEnum):
    """What kind of record stands behind a figure."""

    REQUEST = "request"
    ACTION = "action"
    ACTIVITY = "activity"
    EXPERT = "expert"
    DEPLOYMENT = "deployment"
    INQUIRY = "inquiry"
