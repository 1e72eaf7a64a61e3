"""To whom data on people was handed: a file taken away, a question to a state, a key's reading.

Each line is shown to the person, with whom it went to, what it held and on what basis.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID, uuid4

from sqlalchemy import insert
from sqlmodel import Session, col, select

from roster.policy import Actor
from roster.queries.privacy import privacy_of
from roster.tables import Disclosure
from roster.vocabulary import DisclosureMeans, Purpose

WHOLE_RECORD = ("name", "posts", "missions", "languages", "countries", "topics", "education")
FIELDS: dict[str, tuple[str, ...]] = {
    "shortlist": ("name", "post", "country", "languages", "stage", "reasons", "note"),
    "team": ("name", "post", "country", "languages", "role", "reasons"),
    "release": ("name", "post", "request", "days"),
    "ranking": ("name", "post", "country", "place", "reasons", "quotes"),
    "record": (*WHOLE_RECORD, "contact where it may be seen"),
    "cv": ("text of the CV",),
    "cv_template": (*WHOLE_RECORD, "contact where it may be seen"),
    "cv_anonymous": ("functions", "missions", "languages", "countries", "topics", "degrees"),
    "own_copy": ("everything held",),
}
"""What is handed out with each kind of thing; another kind is told by its own name."""


@dataclass(frozen=True, slots=True)
class Handed:
    """What was handed out, to whom, and what for."""

    means: DisclosureMeans
    what: str
    recipient: str
    """In words for people; never the name of the person whom the data is about."""
    purpose: str = ""
    country: str | None = None


def note_disclosures(
    session: Session, actor: Actor, expert_ids: Iterable[UUID], handed: Handed, *, at: datetime
) -> None:
    """Write that data on people left, for each of them; the basis is the facility's own word."""
    basis = privacy_of(session, actor.facility_id).bases.get(Purpose.PROPOSE)
    rows = [
        {
            "id": uuid4(),
            "facility_id": actor.facility_id,
            "origin": actor.origin,
            "created_at": at,
            "expert_id": one,
            "means": handed.means,
            "what": handed.what,
            "recipient": handed.recipient,
            "country": handed.country,
            "basis": basis,
            "fields": list(FIELDS.get(handed.what, (handed.what,))),
            "purpose": handed.purpose,
            "account_id": actor.account_id,
        }
        for one in expert_ids
    ]
    if rows:
        session.execute(insert(Disclosure), rows)


def note_reading_by_key(
    session: Session, actor: Actor, expert_ids: Iterable[UUID], what: str, *, at: datetime
) -> None:
    """Write that another system read of people by its key: once a day for each and each kind."""
    ids = list(dict.fromkeys(expert_ids))
    midnight = datetime.combine(at.date(), time(), at.tzinfo)
    known = set(
        session.exec(
            select(Disclosure.expert_id).where(
                col(Disclosure.expert_id).in_(ids),
                Disclosure.means == DisclosureMeans.KEY,
                Disclosure.what == what,
                Disclosure.account_id == actor.account_id,
                col(Disclosure.created_at) >= midnight,
            )
        )
    )
    fresh = [one for one in ids if one not in known]
    if fresh:
        handed = Handed(DisclosureMeans.KEY, what, actor.name)
        note_disclosures(session, actor, fresh, handed, at=at)
