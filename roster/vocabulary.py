"""The closed lists of the field, as the rest of the product spells them.

Open lists (countries, topics …) live in `roster.reference`; these change only with code. Each value
is the word of the database, the API and URLs; what people see is translated from it.
"""

from enum import StrEnum


class Origin(StrEnum):
    """Where a record comes from; no figure about a real facility counts anything but REAL."""

    REAL = "real"
    SYNTHETIC = "synthetic"
    IMPORTED = "imported"


class Role(StrEnum):
    """What an account may be granted, for one facility and, where it says so, one country."""

    ADMINISTRATOR = "administrator"
    COORDINATOR = "coordinator"
    PROJECT_OFFICER = "project_officer"
    FOCAL_POINT = "focal_point"
    EXPERT = "expert"
    AUDITOR = "auditor"


class ExpertKind(StrEnum):
    """Kinds of expert, after the expertise lines of the MIEUX annex."""

    EU_ADMINISTRATION = "eu_administration"
    NON_EU_ADMINISTRATION = "non_eu_administration"
    ACADEMIA = "academia"
    PRIVATE_CONSULTANT = "private_consultant"
    NGO = "ngo"
    INTERNATIONAL_ORGANISATION = "international_organisation"
    DIASPORA = "diaspora"


class ExpertStatus(StrEnum):
    """Standing on the roster; a draft was read from a file and waits for confirmation."""

    DRAFT = "draft"
    ACTIVE = "active"
    PAUSED = "paused"
    INACTIVE = "inactive"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    """Another record of the same person took its place; the merge can be undone."""


OFF_ROSTER = (ExpertStatus.DRAFT, ExpertStatus.MERGED)
"""Records of nobody on the roster: they stand in no list and in no ranking."""


class FactKind(StrEnum):
    """What a fact is about; the shape of its value is the class of that name in `roster.read`."""

    NAME = "name"
    EMAIL = "email"
    TELEPHONE = "telephone"
    BIRTH_YEAR = "birth_year"
    NATIONALITY = "nationality"
    HEADLINE = "headline"
    POST = "post"
    MISSION = "mission"
    COUNTRY = "country"
    LANGUAGE = "language"
    TOPIC = "topic"
    ACTIVITY = "activity"
    EDUCATION = "education"
    TRAINING = "training"
    PUBLICATION = "publication"
    UNAVAILABILITY = "unavailability"
    EXPERT_KIND = "expert_kind"


class FactStatus(StrEnum):
    """Life of a fact: nothing parsed overrides something confirmed."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"


class DifferenceKind(StrEnum):
    """What a new CV says against the record of a known person."""

    SAME = "same"
    NEW = "new"
    CHANGED = "changed"
    NOT_MENTIONED = "not_mentioned"


class SourceKind(StrEnum):
    """Who or what says so."""

    DOCUMENT = "document"
    FOCAL_POINT = "focal_point"
    EXPERT = "expert"
    DEPLOYMENT = "deployment"
    IMPORT = "import"


class LanguageLevel(StrEnum):
    """CEFR, with the mother tongue above it."""

    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"
    NATIVE = "native"

    @property
    def rank(self) -> int:
        """Place on the scale, 1 (A1) to 7 (native)."""
        return _RANKS[self.value]


_RANKS = {level.value: at for at, level in enumerate(LanguageLevel, 1)}


class AdministrationKind(StrEnum):
    """Disciplines of public bodies: peers of one discipline talk the same language."""

    INTERIOR = "interior"
    IMMIGRATION_ASYLUM = "immigration_asylum"
    BORDER_POLICE = "border_police"
    POLICE = "police"
    CUSTOMS = "customs"
    FOREIGN_AFFAIRS = "foreign_affairs"
    LABOUR = "labour"
    EMPLOYMENT_SERVICE = "employment_service"
    JUSTICE = "justice"
    STATISTICS = "statistics"
    DIASPORA = "diaspora"
    DEVELOPMENT = "development"
    SOCIAL_AFFAIRS = "social_affairs"
    EDUCATION = "education"
    HEALTH = "health"
    CIVIL_REGISTRY = "civil_registry"
    LOCAL_GOVERNMENT = "local_government"
    HEAD_OF_GOVERNMENT = "head_of_government"
    PARLIAMENT = "parliament"
    HUMAN_RIGHTS = "human_rights"
    REGIONAL_BODY = "regional_body"
    OTHER = "other"


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


class Stage(StrEnum):
    """Stages of a person on the shortlist of a request."""

    LONGLISTED = "longlisted"
    SHORTLISTED = "shortlisted"
    PROPOSED = "proposed"
    AGREED = "agreed"
    DEPLOYED = "deployed"
    COMPLETED = "completed"
    DECLINED = "declined"
    NOT_AVAILABLE = "not_available"
    NOT_RELEASED = "not_released"
    NOT_SELECTED = "not_selected"

    @property
    def is_exit(self) -> bool:
        """Whether the person has left the list, which needs a reason."""
        return self in LEFT_STAGES


LEFT_STAGES = (Stage.DECLINED, Stage.NOT_AVAILABLE, Stage.NOT_RELEASED, Stage.NOT_SELECTED)


class TermField(StrEnum):
    """Where a word stands by which a record is found, the weightiest first."""

    NAME = "name"
    TITLE = "title"
    CODE = "code"
    WORK = "work"
    TEXT = "text"


class ModelState(StrEnum):
    """Where a version of the ranking model stands."""

    CANDIDATE = "candidate"
    IN_USE = "in_use"
    RETIRED = "retired"


class Band(StrEnum):
    """Where a ranked person stands: passed every gate, unknown on one, or failed one."""

    FIT = "fit"
    ASK = "ask"
    NOT = "not"


class Gate(StrEnum):
    """Mandatory conditions; no score makes up for a failed one. Order is the order of telling."""

    LANGUAGE = "language"
    AVAILABILITY = "availability"
    STATUS = "status"
    EXCLUDED = "excluded"
    CONFLICT = "conflict"
    RELEASE = "release"
    KIND = "kind"


class GateOutcome(StrEnum):
    """What is known about a mandatory condition."""

    PASS = "pass"  # noqa: S105 -- a word, not a secret
    UNKNOWN = "unknown"
    FAIL = "fail"


class TeamMode(StrEnum):
    """Modes of cooperation; each is a set of rules."""

    PEER_TO_PEER = "peer_to_peer"
    TRIANGULAR = "triangular"
    CUSTOM = "custom"


class Priority(StrEnum):
    """How a request stands among others that want the same people."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class SeatRole(StrEnum):
    """What one member of a team is there for."""

    LEAD = "lead"
    THEMATIC_EXPERT = "thematic_expert"
    TRAINER = "trainer"
    DRAFTER = "drafter"
    DATA_ANALYST = "data_analyst"
    SOUTHERN_PEER = "southern_peer"


class ReleaseOutcome(StrEnum):
    """The home authority's answer; silence stays PENDING and is not consent."""

    PENDING = "pending"
    GRANTED = "granted"
    REFUSED = "refused"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class DocumentKind(StrEnum):
    """What a stored file is."""

    CV = "cv"
    LETTER = "letter"
    LIST = "list"
    """A table of people, one a row."""


class BatchKind(StrEnum):
    """In what form many CVs were sent."""

    FILES = "files"
    ARCHIVE = "archive"
    LIST = "list"


class BatchState(StrEnum):
    """How far a batch has come; a list waits for its columns to be named."""

    RECEIVED = "received"
    MAPPING = "mapping"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"


class BatchOutcome(StrEnum):
    """What became of one file or row; of a trial: what would."""

    WAITING = "waiting"
    READ = "read"
    NEEDS_LOOK = "needs_look"
    KNOWN_PERSON = "known_person"
    ALREADY_THERE = "already_there"
    REFUSED = "refused"


class NoticeKind(StrEnum):
    """Why somebody is written to."""

    CV_UPLOADED = "cv_uploaded"


class NoticeState(StrEnum):
    """How far a message has come."""

    WAITING = "waiting"
    SENT = "sent"
    HANDED_OVER = "handed_over"
    """By the focal point, who says so."""
    OPENED = "opened"
    FAILED = "failed"


class DocumentState(StrEnum):
    """How far the reading of a file has come."""

    RECEIVED = "received"
    READING = "reading"
    READ = "read"
    REFUSED = "refused"
    CONFIRMED = "confirmed"
