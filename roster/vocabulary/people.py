"""Who works here, who is on the roster, and what is known of each."""

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
    LIAISON_OFFICER = "liaison_officer"
    AUDITOR = "auditor"


BOUND_TO_COUNTRY = (Role.FOCAL_POINT, Role.LIAISON_OFFICER)
"""Roles that see nobody and nothing until it is said for which country."""


class LinkPurpose(StrEnum):
    """What a one-time link is for."""

    INVITATION = "invitation"
    RESET = "reset"


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
    RESTRICTED = "restricted"
    """Kept, and used for nothing: the person objected, or the record is contested."""
    MERGED = "merged"
    """Another record of the same person took its place; the merge can be undone."""
    ERASED = "erased"
    """Nobody any more: what is left counts deployments and tells of no one."""


OFF_ROSTER = (
    ExpertStatus.DRAFT,
    ExpertStatus.RESTRICTED,
    ExpertStatus.MERGED,
    ExpertStatus.ERASED,
)
"""Records of nobody on the roster: they stand in no list and in no ranking."""


class ErasureReason(StrEnum):
    """Why a person was erased."""

    ASKED = "asked"
    OBJECTED = "objected"
    RETENTION = "retention"
    MISTAKE = "mistake"


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


class RecordGap(StrEnum):
    """What a record lacks and a ranking would ask for."""

    STALE = "stale"
    """Nobody confirmed it for a year."""
    LANGUAGE_LEVEL = "language_level"
    TOPIC = "topic"
    POST = "post"
    AVAILABILITY = "availability"
    """Nobody ever said when the person is free."""
    KIND = "kind"


class NoticeKind(StrEnum):
    """Why somebody is written to."""

    CV_UPLOADED = "cv_uploaded"
    RECONFIRM = "reconfirm"
    """Asks whether the record is still right."""


class NoticeState(StrEnum):
    """How far a message has come."""

    WAITING = "waiting"
    SENT = "sent"
    HANDED_OVER = "handed_over"
    """By the focal point, who says so."""
    OPENED = "opened"
    FAILED = "failed"
