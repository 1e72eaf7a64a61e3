"""Rows made directly, each with what its test does not care about filled in.

::

    make = Factory(session)
    pt = make.expert("Ana Prates", country="PT")
    make.fact(pt, Post(title="Head of unit", employer="Immigration service"), ongoing=True)
    make.view(pt)  # the projection, as ranking reads it
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlmodel import Session, SQLModel, select

from roster import passwords, records
from roster.dates import PartialDate
from roster.policy import Actor, Grant
from roster.read import FACT_SHAPES, Contact, ExpertView, FactValue, Name, Span
from roster.serial import to_json
from roster.tables import (
    Account,
    AssistanceRequest,
    Document,
    DocumentVersion,
    Expert,
    Facility,
    Fact,
    Membership,
    Release,
    RoleGrant,
    Source,
)
from roster.vocabulary import (
    DocumentKind,
    DocumentState,
    ExpertStatus,
    FactKind,
    FactStatus,
    Origin,
    ReleaseOutcome,
    Role,
    SourceKind,
)
from tests.fakes import A_MONDAY

CHEAP = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
"""Argon2id with the least cost: the parameters stand in the hash, so any hasher verifies it."""

COSTLY = passwords._HASHER
"""How the product hashes; every test but the one about that uses `CHEAP` instead."""

MONDAY = A_MONDAY.date()


class Factory:
    """Makes rows in one session; flushed, never committed."""

    def __init__(self, session: Session, home: Facility | None = None) -> None:
        self.session = session
        self._home = home or session.exec(select(Facility).where(Facility.code == "home")).first()

    def keep(self, *rows: SQLModel) -> None:
        """Write rows one after the other, so that each may point at those before it."""
        for row in rows:
            self.session.add(row)
            self.session.flush()

    @property
    def home(self) -> Facility:
        """The facility that everything belongs to where nothing else is said."""
        if self._home is None:
            self._home = self.facility("home")
        return self._home

    def facility(self, code: str | None = None, **said: Any) -> Facility:
        """Make a facility."""
        code = code or f"f-{uuid4().hex[:8]}"
        facility = Facility(code=code, name=code.title(), **said)
        self.keep(facility)
        return facility

    def account(
        self, email: str = "", *, password: str | None = None, facility: Facility | None = None
    ) -> Account:
        """Make an account without any right."""
        account = Account(
            facility_id=(facility or self.home).id,
            email=email or f"{uuid4().hex[:8]}@invented.example",
            name="Somebody Invented",
            password_hash=CHEAP.hash(password) if password else None,
        )
        self.keep(account)
        return account

    def grant(
        self, account: Account, role: Role, *, facility: Facility | None = None, **said: Any
    ) -> RoleGrant:
        """Write a grant."""
        grant = RoleGrant(
            facility_id=(facility or self.home).id, account_id=account.id, role=role, **said
        )
        self.keep(grant)
        return grant

    def actor(
        self,
        role: Role = Role.PROJECT_OFFICER,
        country: str | None = None,
        *,
        facility: Facility | None = None,
        administrations: tuple[str, ...] = (),
        expert_id: UUID | None = None,
        also: Iterable[Grant] = (),
    ) -> Actor:
        """Make somebody with one role (and `also` others) and an account to her name."""
        facility = facility or self.home
        account = self.account(facility=facility)
        grant = Grant(role, facility.id, country, administrations, expert_id)
        return Actor(
            account_id=account.id,
            name=account.name,
            facility_id=facility.id,
            grants=(grant, *also),
        )

    def expert(
        self,
        name: str = "Ana Prates",
        *,
        country: str | None = "PT",
        employer: str | None = None,
        status: ExpertStatus = ExpertStatus.ACTIVE,
        facility: Facility | None = None,
        origin: Origin = Origin.REAL,
        informed: bool = True,
    ) -> Expert:
        """Make a person with a name as her one confirmed fact; `view` projects her."""
        expert = Expert(
            facility_id=(facility or self.home).id,
            origin=origin,
            status=status,
            home_country=country,
            given_country=country,
            employer=employer,
            display_name=name,
            folded_name=name.lower(),
            informed_at=A_MONDAY if informed else None,
        )
        self.keep(expert)
        self.fact(expert, Name(display=name))
        return expert

    def source(
        self, owner: Expert | Document, version: DocumentVersion | None = None, **said: Any
    ) -> Source:
        """Make a source: a reading of a document, or a focal point."""
        kind = SourceKind.DOCUMENT if version else SourceKind.FOCAL_POINT
        source = Source(
            facility_id=owner.facility_id,
            origin=owner.origin,
            kind=kind,
            label="CV of 2 Mar 2026" if version else "focal point",
            document_version_id=version.id if version else None,
            **said,
        )
        self.keep(source)
        return source

    def fact(
        self,
        expert: Expert,
        value: FactValue,
        *,
        kind: FactKind | None = None,
        start: str | None = None,
        end: str | None = None,
        ongoing: bool = False,
        status: FactStatus = FactStatus.CONFIRMED,
        at: datetime = A_MONDAY,
        source: Source | None = None,
        span: Span | None = None,
        quote: str = "",
    ) -> Fact:
        """Write one claim; its kind follows from its value, but for contact data."""
        if kind is None:
            kind = next(one for one, shape in FACT_SHAPES.items() if shape is type(value))
        if isinstance(value, Contact) and "@" not in value.value:
            kind = FactKind.TELEPHONE
        fact = Fact(
            facility_id=expert.facility_id,
            origin=expert.origin,
            expert_id=expert.id,
            kind=kind,
            value=to_json(value),
            valid_from=PartialDate.parse(start) if start else None,
            valid_to=PartialDate.parse(end) if end else None,
            ongoing=ongoing,
            status=status,
            asserted_at=at,
            source_id=(source or self.source(expert)).id,
            span=to_json(span) if span else None,
            quote=quote,
        )
        self.keep(fact)
        return fact

    def view(self, expert: Expert, at: datetime = A_MONDAY) -> ExpertView:
        """Project a person anew and return what ranking reads."""
        return records.refresh(self.session, [expert], at)[0]

    def member(
        self,
        expert: Expert,
        facility: Facility,
        *,
        since: date = date(2020, 1, 1),
        until: date | None = None,
    ) -> Membership:
        """Put a person on the roster of a facility."""
        membership = Membership(
            facility_id=facility.id,
            expert_id=expert.id,
            valid_from=since,
            valid_to=until,
            basis="agreement of the focal point",
        )
        self.keep(membership)
        return membership

    def document(
        self,
        *,
        country: str | None = "PT",
        expert: Expert | None = None,
        uploader: Actor | None = None,
        state: DocumentState = DocumentState.RECEIVED,
        facility: Facility | None = None,
        kind: DocumentKind = DocumentKind.CV,
        origin: Origin = Origin.REAL,
    ) -> Document:
        """Make a file without bytes."""
        document = Document(
            facility_id=(facility or self.home).id,
            origin=origin,
            created_at=A_MONDAY,
            kind=kind,
            state=state,
            expert_id=expert.id if expert else None,
            country=country,
            uploaded_by=uploader.account_id if uploader else None,
            file_name="as given.txt",
            media_type="text/plain",
            size_bytes=10,
            sha256=uuid4().hex,
        )
        self.keep(document)
        return document

    def version(
        self, document: Document, text: str, *, language: str | None = "en", day: int = 0
    ) -> DocumentVersion:
        """Write one reading of a document."""
        version = DocumentVersion(
            facility_id=document.facility_id,
            origin=document.origin,
            created_at=A_MONDAY + timedelta(days=day),
            document_id=document.id,
            reader="test/1",
            language=language,
            text=text,
            pages=[{"number": 1, "start": 0, "end": len(text)}],
            form="generic",
        )
        self.keep(version)
        return version

    def read_cv(
        self,
        text: str,
        facts: Iterable[tuple[FactValue, str]],
        *,
        country: str | None = "PT",
        uploader: Actor | None = None,
    ) -> tuple[Document, Expert, list[Fact]]:
        """Make a CV that was read: a draft with a proposed fact for each value and its words."""
        draft = Expert(
            facility_id=self.home.id,
            status=ExpertStatus.DRAFT,
            home_country=country,
            given_country=country,
        )
        self.keep(draft)
        document = self.document(
            country=country, expert=draft, uploader=uploader, state=DocumentState.READ
        )
        source = self.source(document, self.version(document, text))
        made = [
            self.fact(
                draft,
                value,
                status=FactStatus.PROPOSED,
                source=source,
                span=Span(text.index(words), text.index(words) + len(words), 1),
                quote=words,
            )
            for value, words in facts
        ]
        self.view(draft)
        return document, draft, made

    def request(
        self, code: str = "REQ-2026-001", *, facility: Facility | None = None, **said: Any
    ) -> AssistanceRequest:
        """Make a request that says enough to be ranked."""
        request = AssistanceRequest(
            facility_id=(facility or self.home).id,
            code=code,
            title="Migration statistics",
            text="Help with migration statistics.",
            **said,
        )
        self.keep(request)
        return request

    def release(self, expert: Expert, outcome: ReleaseOutcome, **said: Any) -> Release:
        """Write the answer of a home authority."""
        release = Release(
            facility_id=expert.facility_id, expert_id=expert.id, outcome=outcome, **said
        )
        self.keep(release)
        return release


def utc(year: int, month: int = 1, day: int = 1) -> datetime:
    """Return midnight of a day in UTC."""
    return datetime(year, month, day, tzinfo=UTC)
