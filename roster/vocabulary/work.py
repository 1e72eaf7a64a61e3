"""Requests, Actions, calls and what they are made of."""

from enum import StrEnum


class ActivityType(StrEnum):
    """Types of activity, as counted in the annex of the book on MIEUX."""

    WORKSHOP = "workshop_seminar_session"
    DRAFTING = "drafting_remote_support"
    TRAINING = "training"
    FACT_FINDING = "fact_finding_mission"
    ASSESSMENT = "assessment_review"
    CONSULTATION = "meeting_consultation"
    STUDY_VISIT = "study_visit"
    VALIDATION = "validation_presentation"
    TRAINING_OF_TRAINERS = "training_of_trainers"
    CONFERENCE = "conference_round_table"
    OTHER = "other"


class Intervention(StrEnum):
    """The four types of intervention of the facility."""

    INFORMATION = "information, practices and know-how sharing"
    ADVISORY = "advisory"
    NETWORKING = "networking"
    PARTNERSHIP = "partnership"


class Constituent(StrEnum):
    """Constituents of migration governance under which results are counted."""

    POLICY = "policy"
    COORDINATION = "national cooperation and coordination setting"
    INSTITUTIONAL = "institutional set-up"
    PARTNERSHIP = "partnerships and dialogue at regional level"
    KNOWLEDGE = "knowledge base"


class RequestStatus(StrEnum):
    """Life of a request."""

    RECEIVED = "received"
    SCREENED = "screened"
    FICHE_DRAFTED = "fiche_drafted"
    SUBMITTED = "submitted"
    IN_PREPARATION = "in_preparation"
    APPROVED = "approved"
    REJECTED = "rejected"
    FORWARDED = "forwarded"
    WITHDRAWN = "withdrawn"


class IntakeChannel(StrEnum):
    """How a request reached the facility."""

    POST = "post"
    EMAIL = "email"
    FAX = "fax"
    DELEGATION = "delegation"
    FORM = "form"
    API = "api"


class ActionStatus(StrEnum):
    """Life of an Action."""

    IN_PREPARATION = "in_preparation"
    ONGOING = "ongoing"
    COMPLETED = "completed"
    ON_HOLD = "on_hold"
    CANCELLED = "cancelled"


class Scope(StrEnum):
    """Who benefits: one state, several, or an organisation of states."""

    NATIONAL = "national"
    GROUP = "group of countries"
    REGIONAL_BODY = "regional organisation"


class ReleaseOutcome(StrEnum):
    """The home authority's answer; silence stays PENDING and is not consent."""

    PENDING = "pending"
    GRANTED = "granted"
    REFUSED = "refused"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class ScreeningAnswer(StrEnum):
    """What is known of one point of the screening checklist."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class FicheStatus(StrEnum):
    """Life of one version of an action fiche."""

    DRAFT = "draft"
    SHARED = "shared"
    """With the requesting authority, to be commented on."""
    SUBMITTED = "submitted"
    """To the steering body: no word of it changes any more."""
    APPROVED = "approved"
    REPLACED = "replaced"


class FichePart(StrEnum):
    """Parts of an action fiche: what a comment is about, what a new version changes."""

    TITLE = "title"
    BACKGROUND = "background"
    OBJECTIVE = "objective"
    RESULTS = "results"
    ACTIVITIES = "activities"
    EXPERTISE = "expertise"
    SCHEDULE = "schedule"
    RISKS = "risks"
    BUDGET = "budget"


class VoteChoice(StrEnum):
    """What a member of the steering body says of a fiche."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class GuestRole(StrEnum):
    """Who reaches one page by a personal link, without an account."""

    REQUESTING_AUTHORITY = "requesting_authority"
    EU_DELEGATION = "eu_delegation"
    COMMITTEE_MEMBER = "committee_member"
    PARTICIPANT = "participant"
    PARTNER_INSTITUTION = "partner_institution"
    EXPERT = "expert"


class RefusalReason(StrEnum):
    """Why a home authority or a focal point says no."""

    STAFF = "staff"
    AVAILABILITY = "availability"
    INTEREST = "interest"
    OTHER = "other"


class Engagement(StrEnum):
    """How far somebody is taken up by a request or an Action, the firmest last."""

    NOMINATED = "nominated"
    ASKED = "asked"
    RELEASED = "released"
    DEPLOYED = "deployed"


class CallAnswer(StrEnum):
    """What a focal point said to a call; no answer is no consent."""

    NOMINATED = "nominated"
    NOBODY = "nobody"


class MessageKind(StrEnum):
    """Why somebody with an account, or a guest, is told something."""

    CALL_OPENED = "call_opened"
    CALL_REMINDER = "call_reminder"
    CALL_ANSWERED = "call_answered"
    RELEASE_ASKED = "release_asked"
    RELEASE_REMINDER = "release_reminder"
    RELEASE_GRANTED = "release_granted"
    RELEASE_REFUSED = "release_refused"
    RELEASE_EXPIRED = "release_expired"
    SEAT_OPEN = "seat_open"
    FICHE_SHARED = "fiche_shared"
    FICHE_COMMENTED = "fiche_commented"
    VOTE_ASKED = "vote_asked"
    VOTE_CAST = "vote_cast"
    DECISION = "decision"
    FEEDBACK_ASKED = "feedback_asked"
    FEEDBACK_REMINDER = "feedback_reminder"
    OUTCOME_DUE = "outcome_due"
    LESSON_PROPOSED = "lesson_proposed"
    OBJECTION = "objection"
    RETENTION_DUE = "retention_due"
    RECORD_CORRECTED = "record_corrected"
    NEW_DEVICE = "new_device"
    PASSWORD_SET = "password_set"  # noqa: S105 -- a kind, no password


class MessageState(StrEnum):
    """How far a message has come; without mail it waits and is read in the product."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    BY_HAND = "by_hand"
    """Mail could not deliver it; somebody told it in another way."""


class PlanStatus(StrEnum):
    """Life of one version of an activity plan: one at most is approved at a time."""

    DRAFT = "draft"
    APPROVED = "approved"
    REPLACED = "replaced"


class ActivityStatus(StrEnum):
    """How far an activity has come."""

    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"


class Modality(StrEnum):
    """In what form people come together for an activity."""

    ON_SITE = "on_site"
    REMOTE = "remote"
    HYBRID = "hybrid"


class ResultState(StrEnum):
    """What became of an expected result; UNKNOWN until somebody says."""

    UNKNOWN = "unknown"
    REACHED = "reached"
    PARTLY = "partly"
    NOT_REACHED = "not_reached"


class DeploymentStatus(StrEnum):
    """How far one person's part in an activity has come."""

    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"


class ChecklistStep(StrEnum):
    """What has to be done for each deployment, in this order."""

    TERMS_OF_REFERENCE = "terms_of_reference"
    RELEASE = "release"
    BRIEFING = "briefing"
    TRAVEL = "travel"
    REPORT = "report"
    DEBRIEF = "debrief"


class JobKind(StrEnum):
    """What a job does."""

    READING = "reading"
    BATCH = "batch"
    REREADING = "rereading"


class WordList(StrEnum):
    """Of which list a facility's own word is."""

    TOPIC = "topic"
    ACTIVITY = "activity"


class JobState(StrEnum):
    """How far a job has come."""

    WAITING = "waiting"
    AT_WORK = "at_work"
    DONE = "done"
    GIVEN_UP = "given_up"
    CALLED_OFF = "called_off"
