"""Files that are sent in and how far their reading has come."""

from enum import StrEnum


class DocumentKind(StrEnum):
    """What a stored file is."""

    CV = "cv"
    LETTER = "letter"
    LIST = "list"
    """A table of people, one a row."""


class DocumentState(StrEnum):
    """How far the reading of a file has come."""

    RECEIVED = "received"
    READING = "reading"
    READ = "read"
    REFUSED = "refused"
    CONFIRMED = "confirmed"


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
