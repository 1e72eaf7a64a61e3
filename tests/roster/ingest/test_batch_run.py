"""Uploads of many files: each once, a trial that tells the truth, a list whole or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, col, func, select

from roster import batches
from roster.batches import NewBatch, WaitingFile
from roster.confirmations import confirm_cv
from roster.db import unit_of_work
from roster.documents import get_reading
from roster.errors import Conflict, InvalidInput, NotAllowed, NotFound
from roster.ingest.batches.files import Bounds, Sent, sort_out
from roster.ingest.batches.lists import checked, open_sheets, proposal, table_for
from roster.ingest.batches.run import OUR_MISTAKE, run_batch
from roster.ingest.batches.sure import Confirmed, confirm_sure
from roster.ingest.batches.taking_in import Means, Settled
from roster.ingest.profile import read_profile
from roster.inputs import Confirmation
from roster.policy import Actor
from roster.queries.batches import all_items, batch_view, get_batch
from roster.read.batches import BatchItemView, BatchView, ListMapping
from roster.tables import (
    Account,
    Batch,
    BatchBlob,
    BatchItem,
    Document,
    DocumentBlob,
    Expert,
    Fact,
    Source,
)
from roster.vault import Vault
from roster.vocabulary import (
    BatchKind,
    BatchOutcome,
    BatchState,
    DocumentState,
    ExpertStatus,
    Role,
    SourceKind,
)
from tests.factories import Factory
from tests.fakes import FrozenClock
from tests.roster.ingest.uploads import LIST, cv, name_of, unreadable

MOST = 200_000
READ, LOOK, KNOWN = BatchOutcome.READ, BatchOutcome.NEEDS_LOOK, BatchOutcome.KNOWN_PERSON
THERE, REFUSED, WAITING = BatchOutcome.ALREADY_THERE, BatchOutcome.REFUSED, BatchOutcome.WAITING


class Killed(BaseException):
    """Ends a run as a signal does: nothing after it is done."""


@dataclass
class Office:
    """A focal point with uploads."""

    means: Means
    actor: Actor

    @property
    def engine(self) -> Engine:
        return self.means.engine

    def send(self, *files: bytes, is_trial: bool = False, country: str | None = None) -> UUID:
        given = sort_out(
            [Sent(f"cv {at}.txt", content) for at, content in enumerate(files)],
            Bounds(MOST, 10_000_000),
        )
        new = NewBatch(BatchKind.FILES, given.files, country=country, is_trial=is_trial)
        return self._store(new)

    def send_list(self, content: bytes = LIST) -> UUID:
        mapping = proposal(open_sheets(content, None, most_bytes=MOST))
        new = NewBatch(
            BatchKind.LIST, (WaitingFile("people.csv", content),), "people.csv", mapping=mapping
        )
        batch_id = self._store(new)
        self.name_columns(batch_id, mapping)
        return batch_id

    def name_columns(self, batch_id: UUID, mapping: ListMapping) -> None:
        with unit_of_work(self.engine) as session:
            content = batches.open_list(session, self.actor, batch_id, vault=self.means.vault)
            found = open_sheets(content, mapping, most_bytes=MOST)
            said = checked(table_for(found, mapping), mapping)
            batches.set_mapping(session, self.actor, batch_id, said)

    def _store(self, new: NewBatch) -> UUID:
        with unit_of_work(self.engine) as session:
            return batches.store_batch(
                session, self.actor, new, vault=self.means.vault, clock=self.means.clock
            ).id

    def start(self, batch_id: UUID, *, is_trial: bool = False) -> None:
        with unit_of_work(self.engine) as session:
            batches.start(session, self.actor, batch_id, is_trial=is_trial, clock=self.means.clock)

    def confirm(self, batch_id: UUID) -> Confirmed:
        with unit_of_work(self.engine) as session:
            return confirm_sure(session, self.actor, batch_id, clock=self.means.clock)

    def run(self, batch_id: UUID) -> list[Settled]:
        told: list[Settled] = []
        run_batch(self.means, batch_id, told.append)
        return told

    def view(self, batch_id: UUID) -> BatchView:
        with unit_of_work(self.engine) as session:
            return batch_view(session, self.actor, get_batch(session, self.actor, batch_id))

    def items(self, batch_id: UUID) -> tuple[BatchItemView, ...]:
        with unit_of_work(self.engine) as session:
            return all_items(session, self.actor, get_batch(session, self.actor, batch_id))

    def counts(self, batch_id: UUID) -> dict[BatchOutcome, int]:
        return {outcome: count for outcome, count in self.view(batch_id).counts if count}

    def count(self, table: type[SQLModel]) -> int:
        with Session(self.engine) as session:
            return session.exec(select(func.count()).select_from(table)).one()


@pytest.fixture
def office(engine: Engine, clock: FrozenClock) -> Office:
    actor = somebody(engine, Role.FOCAL_POINT, "PT")
    return Office(Means(engine, Vault([Fernet.generate_key()]), clock, MOST), actor)


def somebody(engine: Engine, role: Role, country: str | None = None) -> Actor:
    """Make somebody whose rights are written down too: a job asks for them anew."""
    with unit_of_work(engine) as session:
        make = Factory(session)
        actor = make.actor(role, country)
        account = session.get_one(Account, actor.account_id)
        make.grant(account, role, country=country)
        return actor


def on_the_roster(office: Office, name: str, country: str = "PT") -> UUID:
    with unit_of_work(office.engine) as session:
        make = Factory(session)
        person = make.expert(name, country=country)
        make.member(person, make.home)
        make.view(person)
        return person.id


MIXED = (
    cv(1),
    cv(2, email=""),
    unreadable(),
    cv(1),
    cv(3),
    b"",
)
"""Read, no e-mail address, refused, the first again, somebody known, empty."""


def test_each_file_gets_one_outcome_with_its_reason(office: Office) -> None:
    known = on_the_roster(office, name_of(3))
    batch_id = office.send(*MIXED)
    told = office.run(batch_id)
    items = office.items(batch_id)
    assert [item.outcome for item in items] == [READ, LOOK, REFUSED, THERE, KNOWN, REFUSED]
    assert [item.place for item in items] == [1, 2, 3, 4, 5, 6]
    assert len(told) == 5
    assert "no e-mail address was read" in (items[1].reason or "")
    assert items[3].document_id == items[0].document_id
    assert items[4].expert_id == known
    assert "same name" in (items[4].reason or "")
    assert "empty" in (items[5].reason or "")
    view = office.view(batch_id)
    assert view.state is BatchState.DONE
    assert (view.total, view.to_confirm, view.finished_at is not None) == (6, 3, True)


def test_files_taken_in_are_drafts_that_are_confirmed_like_any_cv(
    office: Office, clock: FrozenClock
) -> None:
    batch_id = office.send(cv(1))
    office.run(batch_id)
    (item,) = office.items(batch_id)
    assert item.document_id is not None
    assert item.display_name == name_of(1)
    with unit_of_work(office.engine) as session:
        reading = get_reading(session, office.actor, item.document_id, clock=clock)
        assert reading.has_original
        assert reading.facts
        confirm_cv(session, office.actor, item.document_id, Confirmation(), clock=clock)
    (item,) = office.items(batch_id)
    assert item.document_state is DocumentState.CONFIRMED
    assert item.expert_id is not None
    assert office.view(batch_id).to_confirm == 0


def test_a_file_that_is_here_already_is_not_taken_twice(office: Office) -> None:
    office.run(office.send(cv(1), cv(2)))
    again = office.send(cv(2), cv(1))
    office.run(again)
    assert office.counts(again) == {THERE: 2}
    assert office.count(Document) == office.count(DocumentBlob) == 2
    assert office.count(BatchBlob) == 0


def test_a_trial_changes_nothing_and_says_exactly_what_then_happens(office: Office) -> None:
    on_the_roster(office, name_of(3))
    office.run(office.send(cv(9)))
    before = {table: office.count(table) for table in (Document, Expert, Fact, Source)}
    batch_id = office.send(*MIXED, cv(9), is_trial=True)
    office.run(batch_id)
    tried = [(item.place, item.outcome, item.reason) for item in office.items(batch_id)]
    assert {table: office.count(table) for table in before} == before
    assert office.view(batch_id).is_trial
    office.start(batch_id)
    assert office.counts(batch_id)[WAITING] == 6
    office.run(batch_id)
    done = [(item.place, item.outcome) for item in office.items(batch_id)]
    assert done == [(place, outcome) for place, outcome, _ in tried]
    assert office.count(Document) == before[Document] + 3


@pytest.mark.parametrize("files_done", [0, 1, 3])
def test_a_run_that_dies_goes_on_and_does_nothing_twice(office: Office, files_done: int) -> None:
    batch_id = office.send(*(cv(at) for at in range(5)))
    if files_done:
        _die_after(office, batch_id, files_done)
    assert office.counts(batch_id).get(READ, 0) == files_done
    assert office.count(Document) == files_done
    told = office.run(batch_id)
    assert [one.place for one in told] == list(range(files_done + 1, 6))
    assert office.counts(batch_id) == {READ: 5}
    assert office.count(Document) == office.count(Expert) == 5
    assert office.run(batch_id) == []


def _die_after(office: Office, batch_id: UUID, files: int) -> None:
    done: Counter[str] = Counter()

    def die(_: Settled) -> None:
        done["files"] += 1
        if done["files"] == files:
            raise Killed

    with pytest.raises(Killed):
        run_batch(office.means, batch_id, die)


def test_what_somebody_else_settled_meanwhile_is_left_alone(office: Office) -> None:
    batch_id = office.send(cv(1), cv(2), cv(3))

    def interfere(settled: Settled) -> None:
        if settled.place == 1:
            office.run(batch_id)

    run_batch(office.means, batch_id, interfere)
    assert office.counts(batch_id) == {READ: 3}
    assert office.count(Document) == 3


def test_calling_off_keeps_what_was_taken_in_and_drops_the_rest(office: Office) -> None:
    batch_id = office.send(*(cv(at) for at in range(4)))
    _die_after(office, batch_id, 1)
    with unit_of_work(office.engine) as session:
        batches.cancel(session, office.actor, batch_id, clock=office.means.clock)
    assert office.run(batch_id) == []
    assert office.counts(batch_id) == {READ: 1, REFUSED: 3}
    assert office.items(batch_id)[3].reason == batches.CALLED_OFF
    assert office.count(BatchBlob) == 0
    assert office.view(batch_id).state is BatchState.DONE
    with unit_of_work(office.engine) as session, pytest.raises(Conflict):
        batches.cancel(session, office.actor, batch_id, clock=office.means.clock)


def test_a_trial_that_is_called_off_cannot_be_taken_in(office: Office) -> None:
    batch_id = office.send(cv(1), is_trial=True)
    office.run(batch_id)
    for _ in range(2):
        with unit_of_work(office.engine) as session:
            batches.cancel(session, office.actor, batch_id, clock=office.means.clock)
    assert office.count(BatchBlob) == 0
    with pytest.raises(Conflict):
        office.start(batch_id)


def test_what_is_taken_in_or_at_work_is_not_started_again(office: Office) -> None:
    batch_id = office.send(cv(1))
    with pytest.raises(Conflict, match="being worked on"):
        office.start(batch_id)
    office.run(batch_id)
    with pytest.raises(Conflict, match="taken in already"):
        office.start(batch_id)


def test_nothing_is_stored_of_what_cannot_be_stored_whole(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked: list[bytes] = []

    def fail_on_the_third(content: bytes) -> bytes:
        locked.append(content)
        if len(locked) == 3:
            raise OSError("no space left")
        return content

    monkeypatch.setattr(office.means.vault, "lock", fail_on_the_third)
    with pytest.raises(OSError, match="no space"):
        office.send(cv(1), cv(2), cv(3))
    assert office.count(Batch) == office.count(BatchItem) == office.count(BatchBlob) == 0


def test_files_wait_encrypted(office: Office) -> None:
    office.send(cv(1))
    with Session(office.engine) as session:
        (blob,) = session.exec(select(BatchBlob)).all()
    assert name_of(1).encode() not in blob.content


def test_others_see_the_uploads_of_their_country_only(office: Office) -> None:
    batch_id = office.send(cv(1))
    with unit_of_work(office.engine) as session:
        make = Factory(session)
        spanish = make.actor(Role.FOCAL_POINT, "ES")
        colleague = make.actor(Role.FOCAL_POINT, "PT")
        narrow = make.actor(Role.FOCAL_POINT, "PT", administrations=("Border Guard",))
        coordinator = make.actor(Role.COORDINATOR)
        officer = make.actor(Role.PROJECT_OFFICER)
        for actor in (spanish, narrow, officer):
            with pytest.raises(NotFound):
                get_batch(session, actor, batch_id)
        for actor in (colleague, coordinator):
            (item,) = all_items(session, actor, get_batch(session, actor, batch_id))
            assert item.file_name == ""  # What its uploader called it is hers.
        with pytest.raises(NotAllowed):
            batches.cancel(session, officer, batch_id, clock=office.means.clock)
        for refused in (spanish, narrow):
            with pytest.raises(NotFound):
                batches.cancel(session, refused, batch_id, clock=office.means.clock)


def test_nobody_learns_of_a_person_she_may_not_know_of(office: Office) -> None:
    on_the_roster(office, name_of(3), country="ES")
    batch_id = office.send(cv(3))
    office.run(batch_id)
    assert office.counts(batch_id) == {READ: 1}
    hers = Office(office.means, somebody(office.engine, Role.COORDINATOR))
    batch_id = hers.send(cv(3) + b"English: B2\n", country="PT")
    hers.run(batch_id)
    assert hers.items(batch_id)[0].expert_id is not None
    (item,) = office.items(batch_id)
    assert (item.expert_id, item.reason) == (None, None)


def test_a_row_of_a_list_is_a_draft_with_its_cells_as_evidence(
    office: Office, clock: FrozenClock
) -> None:
    batch_id = office.send_list()
    assert office.view(batch_id).state is BatchState.MAPPING
    office.start(batch_id)
    office.run(batch_id)
    items = office.items(batch_id)
    assert [item.outcome for item in items] == [READ, LOOK, REFUSED, READ, THERE]
    assert [item.place for item in items] == [2, 3, 4, 5, 6]
    assert "Row 3, column 'E-mail'" in (items[1].reason or "")
    assert "Row 4: it has no name" in (items[2].reason or "")
    assert items[0].document_id is not None
    with unit_of_work(office.engine) as session:
        reading = get_reading(session, office.actor, items[0].document_id, clock=clock)
        assert "Surname: Vilarinho" in reading.text
        assert reading.form == "list"
        source = session.exec(select(Source)).first()
        assert source is not None
        assert source.kind is SourceKind.IMPORT
        assert source.label == "List of 2 Mar 2026, row 2"
        person = confirm_cv(
            session, office.actor, items[0].document_id, Confirmation(), clock=clock
        )
        assert person.display_name == "Graça Vilarinho"
        assert person.status is ExpertStatus.ACTIVE
    assert office.count(BatchBlob) == 0


def test_a_list_is_not_begun_before_a_person_named_its_columns(office: Office) -> None:
    mapping = proposal(open_sheets(LIST, None, most_bytes=MOST))
    new = NewBatch(BatchKind.LIST, (WaitingFile("l.csv", LIST),), "l.csv", mapping=mapping)
    batch_id = office._store(new)
    with pytest.raises(Conflict, match="what the columns"):
        office.start(batch_id)


@pytest.mark.parametrize(
    ("columns", "pointer"),
    [
        pytest.param(((2, "email"),), "/columns", id="no-name"),
        pytest.param(((0, "full_name"), (99, "email")), "/columns/99", id="no-such-column"),
        pytest.param(((0, "full_name"), (1, "full_name")), "/columns/1", id="twice"),
        pytest.param(((0, "shoe_size"),), "/columns/0", id="no-such-field"),
        pytest.param(((0, "language:xx-xx"),), "/columns/0", id="no-such-language"),
    ],
)
def test_columns_that_make_no_person_are_refused(
    office: Office, columns: tuple[tuple[int, str], ...], pointer: str
) -> None:
    batch_id = office.send_list()
    with pytest.raises(InvalidInput) as refused:
        office.name_columns(batch_id, ListMapping("", 1, columns))
    assert pointer in [error.pointer for error in refused.value.errors]


def test_the_header_stands_where_a_person_says(office: Office) -> None:
    batch_id = office.send_list(b"Name,E-mail\nA,B\nReal name,Mail\nRui Couto,rui@x.example\n")
    office.name_columns(batch_id, ListMapping("", 3, ((0, "full_name"), (1, "email"))))
    office.start(batch_id)
    office.run(batch_id)
    assert [(item.place, item.display_name) for item in office.items(batch_id)] == [
        (4, "Rui Couto")
    ]
    with pytest.raises(InvalidInput):
        open_sheets(LIST, ListMapping("", 40), most_bytes=MOST)


def test_a_list_that_fails_half_way_leaves_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch_id = office.send_list()
    office.start(batch_id)

    def die(*_: object) -> None:
        raise Killed

    monkeypatch.setattr("roster.records.refresh", die)
    with pytest.raises(Killed):
        office.run(batch_id)
    assert office.count(BatchItem) == office.count(Expert) == office.count(Document) == 0
    monkeypatch.undo()
    office.run(batch_id)
    assert office.counts(batch_id) == {READ: 2, LOOK: 1, REFUSED: 1, THERE: 1}


def test_a_trial_of_a_list_says_what_then_happens_and_its_columns_can_be_named_again(
    office: Office,
) -> None:
    batch_id = office.send_list()
    office.start(batch_id, is_trial=True)
    office.run(batch_id)
    tried = [(item.place, item.outcome, item.reason) for item in office.items(batch_id)]
    assert office.count(Document) == office.count(Expert) == 0
    mapping = office.view(batch_id).mapping
    assert mapping is not None
    office.name_columns(batch_id, mapping)
    assert office.items(batch_id) == ()
    office.start(batch_id)
    office.run(batch_id)
    assert [(one.place, one.outcome, one.reason) for one in office.items(batch_id)] == tried
    with pytest.raises(Conflict, match="no longer kept"):
        office.name_columns(batch_id, mapping)


def test_the_same_list_again_brings_nobody_twice(office: Office) -> None:
    for counts in ({READ: 2, LOOK: 1, REFUSED: 1, THERE: 1}, {REFUSED: 1, THERE: 4}):
        batch_id = office.send_list()
        office.start(batch_id)
        office.run(batch_id)
        assert office.counts(batch_id) == counts
    assert office.count(Document) == 3


def test_two_rows_that_may_be_one_person_are_looked_at(office: Office) -> None:
    batch_id = office.send_list(
        b"Name;E-mail;Employer;Position\n"
        b"Rui Couto;rui@x.example;Border Guard;Analyst\n"
        b"Couto Rui;rui@x.example;Border Guard;Head\n"
    )
    office.start(batch_id)
    office.run(batch_id)
    assert "row 2 may be the same person" in (office.items(batch_id)[1].reason or "")


def test_sure_rows_are_confirmed_at_once_and_the_others_wait(
    office: Office, clock: FrozenClock
) -> None:
    batch_id = office.send_list()
    office.start(batch_id)
    office.run(batch_id)
    assert office.view(batch_id).sure == 2
    done = office.confirm(batch_id)
    assert (done.confirmed, done.held_back, done.left) == (2, 0, 0)
    with Session(office.engine) as session:
        active = session.exec(
            select(Expert.display_name)
            .where(Expert.status == ExpertStatus.ACTIVE)
            .order_by(col(Expert.display_name))
        ).all()
    assert active == ["Graça Vilarinho", "Inês Moita"]
    assert office.view(batch_id).to_confirm == 1
    again = office.confirm(batch_id)
    assert again.confirmed == 0


def test_a_sure_row_whose_person_came_meanwhile_is_held_back(
    office: Office, clock: FrozenClock
) -> None:
    batch_id = office.send_list()
    office.start(batch_id)
    office.run(batch_id)
    known = on_the_roster(office, "Inês Moita")
    done = office.confirm(batch_id)
    assert (done.confirmed, done.held_back) == (1, 1)
    held = next(item for item in office.items(batch_id) if item.outcome is KNOWN)
    assert held.expert_id == known


def test_cvs_are_not_confirmed_without_a_look(office: Office, clock: FrozenClock) -> None:
    batch_id = office.send(cv(1))
    office.run(batch_id)
    with pytest.raises(Conflict, match="beside its text"):
        office.confirm(batch_id)


@pytest.fixture
def _no_words_in_the_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    assert name_of(1) not in caplog.text


@pytest.mark.usefixtures("_no_words_in_the_log")
def test_our_own_mistake_over_one_file_harms_no_other(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []

    def fail_once(*given: object, **said: object) -> object:
        calls.append(1)
        if len(calls) == 1:
            raise KeyError(name_of(1))
        return read_profile(*given, **said)  # type: ignore[arg-type]

    monkeypatch.setattr("roster.ingest.batches.run.AT_A_TIME", 1)
    monkeypatch.setattr("roster.ingest.batches.run.read_profile", fail_once)
    batch_id = office.send(cv(1), cv(2))
    office.run(batch_id)
    assert office.counts(batch_id) == {REFUSED: 1, READ: 1}
    assert office.items(batch_id)[0].reason == OUR_MISTAKE
