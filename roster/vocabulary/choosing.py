"""Ranking, shortlists, teams."""

from enum import StrEnum


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


GONE_STAGES = (Stage.DECLINED, Stage.NOT_AVAILABLE, Stage.NOT_RELEASED)
"""Who stands here is not to be had for the request, whoever would choose her."""
LEFT_STAGES = (*GONE_STAGES, Stage.NOT_SELECTED)


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
    DECLINED = "declined"
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
