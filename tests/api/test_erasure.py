"""Erasing a person leaves no byte of her name, address or words, and every count as it was."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import MetaData
from sqlmodel import Session, select

from roster import audit, records, requests
from roster.disclosures import Handed, note_disclosures
from roster.errors import NotAllowed, NotFound
from roster.inputs import ShortlistInput
from roster.installation import Installation, erase, erase_again_after_restore
from roster.policy import Actor, system_actor
from roster.queries.packing import unpacked
from roster.queries.rankings import get_ranking
from roster.read import Contact, LanguageSkill, Post
from roster.shortlists import add_to_shortlist
from roster.tables import (
    AccessLog,
    Action,
    Activity,
    ActivityPlan,
    Change,
    Deployment,
    DocumentBlob,
    Erasure,
    Expert,
    RankingRun,
    Restriction,
    ShortlistEntry,
)
from roster.vocabulary import (
    ActionStatus,
    ActivityType,
    DisclosureMeans,
    ErasureReason,
    ExpertStatus,
    FactKind,
    LanguageLevel,
    RestrictionGround,
    Role,
)
from tests.factories import Factory
from tests.fakes import A_MONDAY

NAME = "Quirina Zwölfaxinger"
EMAIL = "q.zwoelfaxinger@ministerium.example"
PHRASE = "Zwetschgenkernquotenregelung"
TRACES = (NAME, EMAIL, PHRASE, "Zwölfaxinger", json.dumps(NAME)[1:-1])


@pytest.fixture
def person(make: Factory, session: Session) -> Expert:
    """Make somebody who left traces everywhere: CV, facts, a ranking, notes, an Action."""
    expert = make.expert(NAME, country="DE", employer="Ministry of the Interior")
    text = f"{NAME}\n{EMAIL}\nLed the {PHRASE} on migration statistics.\nEnglish C1"
    document = make.document(expert=expert, country="DE")
    session.add(
        DocumentBlob(facility_id=expert.facility_id, document_id=document.id, content=text.encode())
    )
    source = make.source(document, make.version(document, text))
    make.fact(expert, Contact(EMAIL), kind=FactKind.EMAIL, source=source, quote=EMAIL)
    post = Post(title=f"Head of {PHRASE}", employer="Migration statistics office")
    make.fact(expert, post, ongoing=True, source=source, quote=PHRASE)
    make.fact(expert, LanguageSkill("en", LanguageLevel.C1), source=source, quote="English C1")
    make.view(expert)
    make.view(make.expert("Somebody Else", country="FR"))
    action = Action(
        facility_id=expert.facility_id,
        code="a-i",
        name="A I",
        status=ActionStatus.COMPLETED,
        notes=[f"thanks to {NAME.upper()}"],
    )
    session.add(action)
    session.flush()
    plan = ActivityPlan(facility_id=action.facility_id, action_id=action.id, version=1)
    session.add(plan)
    session.flush()
    activity = Activity(
        facility_id=action.facility_id,
        plan_id=plan.id,
        number=1,
        type=ActivityType.TRAINING,
        title="Training",
    )
    session.add(activity)
    session.flush()
    session.add(
        Deployment(
            facility_id=action.facility_id,
            action_id=action.id,
            activity_id=activity.id,
            expert_id=expert.id,
            role="trainer",
            days=5,
            starts=date(2026, 3, 2),
        )
    )
    session.commit()
    return expert


def _use(installation: Installation, make: Factory, session: Session, person: Expert) -> Actor:
    """Rank, shortlist with a note that names her, look at her record, seal the audit."""
    officer = make.actor(Role.PROJECT_OFFICER)
    request = make.request(counterpart=NAME)
    session.commit()
    run = requests.rank_request(
        session, officer, request.id, ranker=installation.ranker, clock=installation.clock
    )
    given = ShortlistInput(expert_id=person.id, ranking_id=run.id, note=f"Call {NAME}")
    add_to_shortlist(session, officer, request.id, given, clock=installation.clock)
    records.log_views(session, officer, [person.id], what="cv", purpose="", at=A_MONDAY)
    handed = Handed(DisclosureMeans.FILE, "shortlist", f"the office of {NAME}")
    note_disclosures(session, officer, [person.id], handed, at=A_MONDAY)
    session.add(
        Restriction(
            facility_id=person.facility_id,
            expert_id=person.id,
            ground=RestrictionGround.CONTESTED,
            note=f"{PHRASE} is wrong, says {EMAIL}",
            before=ExpertStatus.ACTIVE,
            lifted_at=A_MONDAY,
        )
    )
    request.text += f" We would like {NAME} ({EMAIL}) to come."
    session.add(request)
    session.commit()
    audit.seal(session, at=A_MONDAY)
    session.commit()
    return make.actor(Role.COORDINATOR)


def _found_in(folder: Path) -> set[str]:
    """Return which traces stand in any file of a folder, whatever their case."""
    found = set()
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes().lower()
            for trace in TRACES:
                if trace.lower().encode() in content:
                    found.add(f"{path.name}: {trace}")
    return found


def _found_in_tables(installation: Installation) -> set[str]:
    """Return which traces stand in any row of any table that the database has, ours or not."""
    found = set()
    held = MetaData()
    held.reflect(installation.engine)
    with installation.engine.connect() as connection:
        for table in held.sorted_tables:
            for row in connection.execute(table.select()):
                said = "\n".join(
                    one.decode("latin-1") if isinstance(one, bytes) else str(one) for one in row
                ).lower()
                found |= {f"{table.name}: {one}" for one in TRACES if one.lower() in said}
    return found


def test_no_byte_of_an_erased_person_is_left_and_counts_stay(
    installation: Installation, make: Factory, session: Session, person: Expert, tmp_path: Path
) -> None:
    coordinator = _use(installation, make, session, person)
    here = installation.engine.dialect.name == "sqlite"
    assert bool(_found_in(tmp_path)) is here
    told_in = {one.split(":")[0] for one in _found_in_tables(installation)}
    assert {"expert", "fact", "document_version", "disclosure", "restriction"} <= told_in
    former = person.id
    session.close()
    installation.settings.data_dir.mkdir(parents=True, exist_ok=True)
    erased = erase(installation, coordinator, former, reason=ErasureReason.ASKED)
    assert _found_in_tables(installation) == set()
    installation.engine.dispose()
    assert _found_in(tmp_path) == set()
    assert erased.rows["deployment"] == 1
    assert erased.rows["ranking_run"] == 1
    with Session(installation.engine) as after:
        assert after.get(Expert, former) is None
        told = after.get_one(Erasure, former)
        assert (told.by, told.reason) == (coordinator.account_id, ErasureReason.ASKED)
        removed = select(Change.record_id).where(Change.act == "removed")
        assert after.exec(removed).all() == [former]
        (deployed,) = after.exec(select(Deployment)).all()
        nobody = after.get_one(Expert, deployed.expert_id)
        assert (nobody.status, nobody.home_country, nobody.display_name) == (
            ExpertStatus.ERASED, "DE", "",
        )  # fmt: skip
        assert not after.exec(select(ShortlistEntry)).all()
        assert not after.exec(select(AccessLog).where(AccessLog.expert_id == former)).all()
        assert "[erased]" in after.exec(select(Action.notes)).one()[0]
        assert audit.verify(after, system_actor(coordinator.facility_id)).faults == ()


def test_a_stored_ranking_keeps_place_and_points_of_nobody(
    installation: Installation, make: Factory, session: Session, person: Expert
) -> None:
    coordinator = _use(installation, make, session, person)
    before = unpacked(session.exec(select(RankingRun.content)).one())
    session.close()
    installation.settings.data_dir.mkdir(parents=True, exist_ok=True)
    erase(installation, coordinator, person.id, reason=ErasureReason.OBJECTED)
    with Session(installation.engine) as after:
        run = after.exec(select(RankingRun)).one()
        now = unpacked(run.content)
        assert [one.score for one in now.people] == [one.score for one in before.people]
        assert not now.among([person.id]).people
        assert any("erased since" in note for note in now.notes)
        assert get_ranking(after, make.actor(Role.PROJECT_OFFICER), run.id)


def test_who_comes_back_with_a_backup_is_erased_again(
    installation: Installation, make: Factory, session: Session, person: Expert, tmp_path: Path
) -> None:
    if installation.engine.dialect.name != "sqlite":
        pytest.skip("a backup of the embedded database is a copy of its file")
    coordinator = _use(installation, make, session, person)
    session.close()
    installation.engine.dispose()
    backup = tmp_path.parent / f"{tmp_path.name}-backup.db"
    shutil.copyfile(tmp_path / "roster.db", backup)
    installation.settings.data_dir.mkdir(parents=True, exist_ok=True)
    erase(installation, coordinator, person.id, reason=ErasureReason.ASKED)
    installation.engine.dispose()
    shutil.copyfile(backup, tmp_path / "roster.db")
    assert _found_in(tmp_path)
    assert erase_again_after_restore(installation) == 1
    installation.engine.dispose()
    assert _found_in(tmp_path) == set()
    assert erase_again_after_restore(installation) == 0
    with Session(installation.engine) as after:
        assert after.exec(select(Erasure.subject)).all() == [person.id]


@pytest.mark.parametrize("role", [Role.PROJECT_OFFICER, Role.ADMINISTRATOR, Role.FOCAL_POINT])
def test_only_a_coordinator_of_the_facility_erases(
    installation: Installation, make: Factory, session: Session, person: Expert, role: Role
) -> None:
    actor = make.actor(role, "DE" if role is Role.FOCAL_POINT else None)
    stranger = make.actor(Role.COORDINATOR, facility=make.facility())
    session.commit()
    with pytest.raises(NotAllowed):
        erase(installation, actor, person.id, reason=ErasureReason.ASKED)
    with pytest.raises(NotFound):
        erase(installation, stranger, person.id, reason=ErasureReason.ASKED)
