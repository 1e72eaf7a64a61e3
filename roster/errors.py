"""Every error the domain can raise; api and web turn each into one answer, in JSON and in HTML.

::

    RosterError
    ├── InvalidInput 422             something given is malformed: `errors` names each field
    │   ├── RequestIncomplete        a request that cannot be ranked yet
    │   ├── UnknownTerm              a country, language or topic nobody knows
    │   └── KeyReused                an Idempotency-Key sent before with another body
    ├── NotFound 404                 no such record, or none this actor may know of
    │   └── RecordMerged             it went into another record of the same person
    ├── NotAllowed 403               the record may be known, the act is not this actor's
    ├── NotSignedIn 401              no session, or a key that is not valid
    ├── Conflict 409                 the record is not in a state for this
    │   ├── CallUnderWay             the same call is being served at this moment
    │   └── ModelUnusable            a version of the ranking model that cannot rank any more
    ├── ChangedSince 412             not the version any more that If-Match names
    ├── FileRefused 415              a file nobody can read: says why, and what to do
    ├── FileTooLarge 413             more bytes, pages or unpacked bytes than allowed
    ├── TooManyAttempts 429          wait, `retry_after_s` says how long
    └── Unavailable 503              nothing was done; try again after `retry_after_s`
        └── TookTooLong              the database was given up on
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing to correct: where it stands and what to do."""

    pointer: str
    """JSON pointer of the field, for example `/languages/0/minimum`; form fields use it too."""
    detail: str


class RosterError(Exception):
    """A refusal that a person can act on; `str()` is a full sentence."""

    code = "roster-error"
    title = "This could not be done"
    status = 400

    def __init__(self, detail: str, errors: tuple[FieldError, ...] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = errors


class InvalidInput(RosterError):
    """Something given is malformed."""

    code = "invalid-input"
    title = "Some fields need correcting"
    status = 422


class RequestIncomplete(InvalidInput):
    """The request lacks what a ranking needs."""

    code = "request-incomplete"
    title = "The request says too little to rank people"


class UnknownTerm(InvalidInput):
    """A country, language, topic or other listed term that is not in the lists."""

    code = "unknown-term"
    title = "A term is not known"


class KeyReused(InvalidInput):
    """An Idempotency-Key that was sent before with another body."""

    code = "idempotency-key-reused"
    title = "The key belongs to another call"


class NotFound(RosterError):
    """No such record, or none that this actor may know of: the two are told alike."""

    code = "not-found"
    title = "Nothing stands here"
    status = 404


class RecordMerged(NotFound):
    """The record went into another one of the same person, which the actor may see."""

    code = "record-merged"
    title = "This record is part of another now"

    def __init__(self, detail: str, merged_into: UUID) -> None:
        super().__init__(detail)
        self.merged_into = merged_into


class NotAllowed(RosterError):
    """The act is not this actor's to do."""

    code = "not-allowed"
    title = "You may not do this"
    status = 403


class NotSignedIn(RosterError):
    """Nobody is signed in, or the key is not valid."""

    code = "not-signed-in"
    title = "Sign in first"
    status = 401


class Conflict(RosterError):
    """The record is not in a state in which this can be done."""

    code = "conflict"
    title = "The record has changed or is not ready for this"
    status = 409


class CallUnderWay(Conflict):
    """The same call, by its Idempotency-Key, is being served at this moment."""

    code = "call-under-way"
    title = "The same call is being served"


class ChangedSince(RosterError):
    """Somebody changed the record since the version that If-Match names."""

    code = "changed-since"
    title = "The record was changed since you read it"
    status = 412


class ModelUnusable(Conflict):
    """A version of the ranking model that is gone, or measures what this version does not."""


class FileRefused(RosterError):
    """A file that cannot be read; the message says why and what to do."""

    code = "file-refused"
    title = "This file cannot be read"
    status = 415


class FileTooLarge(FileRefused):
    """A file beyond the limits of size, pages or unpacked size."""

    code = "file-too-large"
    title = "This file is too large"
    status = 413


class MailFailed(RosterError):
    """A mail was not taken by the mail server."""

    code = "mail-failed"
    title = "The mail could not be sent"
    status = 502


class TooManyAttempts(RosterError):
    """Too many tries in a short time."""

    code = "too-many-attempts"
    title = "Wait before the next try"
    status = 429

    def __init__(self, detail: str, retry_after_s: int) -> None:
        super().__init__(detail)
        self.retry_after_s = retry_after_s


class Unavailable(RosterError):
    """Something that the service needs is away or busy; nothing was done."""

    code = "unavailable"
    title = "The service waits for its database"
    status = 503

    def __init__(self, detail: str, retry_after_s: int) -> None:
        super().__init__(detail)
        self.retry_after_s = retry_after_s


class TookTooLong(Unavailable):
    """The database was given up on after the time that a request may take."""

    code = "took-too-long"
    title = "This took too long and was given up"
