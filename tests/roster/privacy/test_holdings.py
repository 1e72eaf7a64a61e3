"""A person gets everything that is held on her, with her files, and nothing of anybody else."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from sqlmodel import Session, SQLModel, select

from roster import records
from roster.disclosures import Handed, note_disclosures
from roster.errors import NotAllowed, NotFound
from roster.personal import Way, tables_reaching_expert
from roster.policy import Actor, Grant
from roster.privacy.holdings import _LEFT_OUT, _reaches, archive_of, copy_for
from roster.read import Contact
from roster.tables import Action, Deployment, Disclosure, DocumentBlob, Expert, Notice
from roster.vault import open_vault
from roster.vocabulary import ActionStatus, DisclosureMeans, FactKind, NoticeKind, Role
from tests.factories import Factory
from tests.fakes import A_MONDAY

NAME, OTHER = "Quirina Zwölfaxinger", "Béla Unwiderstehlich"


@pytest.fixture
def person(make: Factory, session: Session, tmp_path: Path) -> Expert:
    """Make somebody with a CV, an address, a mission, a view, a disclosure and a notice."""
    expert = make.expert(NAME)
    document = make.document(expert=expert)
    document.media_type, vault = "application/pdf", open_vault("", tmp_path)
    held: dict[str, Any] = {"facility_id": expert.facility_id, "expert_id": expert.id}
    session.add(
        DocumentBlob(
            facility_id=expert.facility_id, document_id=document.id, content=vault.lock(b"her CV")
        )
    )
    source = make.source(document, make.version(document, f"{NAME}, q.z@example.org"))
    make.fact(expert, Contact("q.z@example.org"), kind=FactKind.EMAIL, source=source, quote="q.z")
    make.view(expert)
    action = Action(
        facility_id=expert.facility_id, code="a-i", name="A I", status=ActionStatus.COMPLETED
    )
    session.add(action)
    session.flush()
    session.add(Deployment(**held, action_id=action.id, role="trainer", starts=date(2026, 3, 2)))
    session.add(Notice(**held, kind=NoticeKind.CV_UPLOADED, token_hash="secret-hash"))
    officer = make.actor(Role.PROJECT_OFFICER)
    records.log_views(session, officer, [expert.id], what="record", purpose="x", at=A_MONDAY)
    handed = Handed(DisclosureMeans.FILE, "shortlist", "Ministry of the Interior")
    note_disclosures(session, officer, [expert.id], handed, at=A_MONDAY)
    make.view(make.expert(OTHER))
    session.flush()
    return expert


def _herself(person: Expert) -> Actor:
    grant = Grant(Role.EXPERT, person.facility_id, expert_id=person.id)
    return Actor(account_id=None, name="expert", facility_id=person.facility_id, grants=(grant,))


def test_she_gets_all_of_it_and_nobody_elses(
    session: Session, person: Expert, tmp_path: Path
) -> None:
    copy = copy_for(
        session, _herself(person), person.id, vault=open_vault("", tmp_path), at=A_MONDAY
    )
    archive = ZipFile(BytesIO(archive_of(copy)))
    assert archive.testzip() is None
    assert archive.read("files/01-cv.pdf") == b"her CV"
    said = archive.read("data.json").decode()
    data = json.loads(said)
    held = data["held"]
    assert {"expert", "fact", "source", "document", "document_version", "deployment", "notice",
            "access_log", "disclosure"} <= held.keys()  # fmt: skip
    assert {"q.z@example.org"} <= {one["value"].get("value") for one in held["fact"]["rows"]}
    assert held["access_log"]["rows"][0]["account_id"] == "Somebody Invented"
    assert held["disclosure"]["rows"][0]["recipient"] == "Ministry of the Interior"
    assert all(one["about"] for one in held.values())
    assert OTHER not in said
    assert "secret-hash" not in said


def test_a_copy_is_a_disclosure_to_herself(
    session: Session, person: Expert, tmp_path: Path
) -> None:
    copy_for(session, _herself(person), person.id, vault=open_vault("", tmp_path), at=A_MONDAY)
    means = session.exec(
        select(Disclosure.recipient).where(Disclosure.means == DisclosureMeans.OWN_COPY)
    )
    assert means.all() == ["the person"]


@pytest.mark.parametrize(
    "way", tables_reaching_expert(), ids=lambda way: f"{way.table}-{len(way.links)}"
)
def test_every_way_to_a_person_can_be_asked(make: Factory, session: Session, way: Way) -> None:

    table = SQLModel.metadata.tables[way.table]
    asked = table.select().where(_reaches(way, [make.home.id]))
    assert session.connection().execute(asked).all() == []


def test_only_she_and_a_coordinator_get_it(
    make: Factory, session: Session, person: Expert, tmp_path: Path
) -> None:
    vault, other = open_vault("", tmp_path), make.expert("x")
    with pytest.raises(NotAllowed):
        copy_for(session, _herself(person), other.id, vault=vault, at=A_MONDAY)
    for role in (Role.PROJECT_OFFICER, Role.ADMINISTRATOR, Role.AUDITOR):
        with pytest.raises(NotAllowed):
            copy_for(session, make.actor(role), person.id, vault=vault, at=A_MONDAY)
    stranger = make.actor(Role.COORDINATOR, facility=make.facility())
    with pytest.raises(NotFound):
        copy_for(session, stranger, person.id, vault=vault, at=A_MONDAY)
    copy = copy_for(session, make.actor(Role.COORDINATOR), person.id, vault=vault, at=A_MONDAY)
    assert copy.data["left_out"] == _LEFT_OUT
