"""What is heard after activities, and what is concluded from it."""

from enum import StrEnum


class Audience(StrEnum):
    """Who is asked for feedback."""

    PARTICIPANT = "participant"
    PARTNER_INSTITUTION = "partner_institution"
    EXPERT = "expert"
    OFFICER = "officer"
    DELEGATION = "delegation"


class Occasion(StrEnum):
    """After what feedback is asked for."""

    ACTIVITY = "activity"
    ACTION = "action"


class QuestionKind(StrEnum):
    """How a question is answered; a scale goes from 1 to 5."""

    SCALE = "scale"
    CHOICE = "choice"
    TEXT = "text"


class FindingKind(StrEnum):
    """What a finding is about; findings of one kind and topic make a lesson."""

    OWNERSHIP = "ownership"
    COORDINATION = "coordination"
    POLITICAL_CHANGE = "political_change"
    STAFF_TURNOVER = "staff_turnover"
    CAPACITY = "capacity"
    DATA = "data"
    LEGAL_FRAMEWORK = "legal_framework"
    LANGUAGE = "language"
    PREPARATION = "preparation"
    TIMING = "timing"
    PEER_FIT = "peer_fit"
    SOUTHERN_EXPERTISE = "southern_expertise"
    MATERIALS = "materials"
    FOLLOW_UP = "follow_up"
    SUSTAINABILITY = "sustainability"
    COHERENCE = "coherence"
    OTHER = "other"


class FindingSource(StrEnum):
    """Where a finding comes from."""

    FEEDBACK = "feedback"
    FOCUS_GROUP = "focus_group"
    MISSION_REPORT = "mission_report"
    DEBRIEF = "debrief"
    ROM = "rom"
    """A results-oriented monitoring review of the European Commission."""
    MID_TERM = "mid_term"
    FINAL_EVALUATION = "final_evaluation"


class LessonState(StrEnum):
    """Where a lesson stands; only people confirm one."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class Adopted(StrEnum):
    """What became of a result after the Action closed."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"
