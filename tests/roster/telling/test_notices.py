"""Who did not send a CV is told that it is here, and nobody proposes the person before."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from sqlmodel import Session, select

from roster.confirmations import confirm_cv
from roster.errors import Conflict, MailFailed, NotFound
from roster.inputs import Confirmation, StageInput
from roster.policy import Actor
from roster.queries.notices import notice_rows
from roster.read import Contact, FactValue, Name, Paging, Post
from roster.shortlists import move_entry
from roster.tables import Expert, ExpertProfile, Notice, ShortlistEntry
from roster.telling import notices
from roster.telling.notice_letters import LOCALES, NoticeWords, letter_in
from roster.vault import Vault
from roster.vocabulary import ExpertStatus, NoticeState, Role, Stage
from tests.factories import Factory
from tests.fakes import FrozenClock

VAULT = Vault([Fernet.generate_key()])
BASE = "https://roster.example.org"
CV = "Ana Prates, ana@sef.example. Judge at the Court."
FACTS: list[tuple[FactValue, str]] = [
    (Name("Ana Prates"), "Ana Prates"),
    (Contact("ana@sef.example"), "ana@sef.example"),
    (Post("Judge", "Court"), "Judge at the Court"),
]
ALL = tuple(NoticeState)


@dataclass
class Postbox:
    """A mail server that keeps what it is given, or refuses."""

    refuses: bool = False
    sent: list[tuple[str, str, str]] = field(default_factory=list)

    def send(self, address: str, subject: str, body: str) -> None:
        if self.refuses:
            raise MailFailed("The mail server is away.")
        self.sent.append((address, subject, body))


@pytest.fixture
def focal_point(make: Factory) -> Actor:
    return make.actor(Role.FOCAL_POINT, "PT")


@pytest.fixture
def ana(session: Session, make: Factory, focal_point: Actor, clock: FrozenClock) -> Expert:
    document, _, _ = make.read_cv(CV, FACTS)
    return confirm_cv(session, focal_point, document.id, Confirmation(), clock=clock)


def _deliver(session: Session, postbox: Postbox, clock: FrozenClock) -> int:
    return notices.send_waiting(session, mailer=postbox, vault=VAULT, clock=clock, base_url=BASE)


def _link_in(body: str) -> str:
    found = re.search(rf"{BASE}/mine/(\S+)", body)
    assert found
    return found.group(1)


def _is_informed(session: Session, expert: Expert) -> bool:
    view = session.exec(select(ExpertProfile.view).where(ExpertProfile.expert_id == expert.id))
    return bool(view.one()["informed"])


def test_a_confirmed_cv_puts_one_notice_into_the_outbox_of_its_focal_point(
    session: Session, make: Factory, focal_point: Actor, ana: Expert, clock: FrozenClock
) -> None:
    notices.open_notice(session, focal_point, ana, None, at=clock.now())
    (row,) = notice_rows(session, focal_point, ALL, Paging()).items
    assert (row.display_name, row.state, row.has_address) == (
        "Ana Prates",
        NoticeState.WAITING,
        True,
    )
    stranger = make.actor(Role.FOCAL_POINT, "FR")
    assert notice_rows(session, stranger, ALL, Paging()).items == ()
    with pytest.raises(NotFound):
        notices.hand_over(session, stranger, row.id, clock=clock)
    assert not _is_informed(session, ana)


def test_nobody_proposes_a_person_who_was_not_told(
    session: Session, make: Factory, ana: Expert, clock: FrozenClock
) -> None:
    officer = make.actor(Role.PROJECT_OFFICER)
    request = make.request()
    entry = ShortlistEntry(
        facility_id=ana.facility_id,
        request_id=request.id,
        expert_id=ana.id,
        stage=Stage.SHORTLISTED,
    )
    make.keep(entry)
    proposed = StageInput(stage=Stage.PROPOSED)
    with pytest.raises(Conflict, match="Ana Prates"):
        move_entry(session, officer, entry.id, proposed, clock=clock)
    _deliver(session, Postbox(), clock)
    assert move_entry(session, officer, entry.id, proposed, clock=clock).stage is Stage.PROPOSED


def test_a_notice_is_sent_once_and_its_link_opens_the_record(
    session: Session, ana: Expert, clock: FrozenClock
) -> None:
    postbox = Postbox()
    assert _deliver(session, postbox, clock) == 1
    assert _deliver(session, postbox, clock) == 0
    ((address, subject, body),) = postbox.sent
    assert address == "ana@sef.example"
    assert "\n" not in subject
    assert _is_informed(session, ana)
    notice, record = notices.open_own_record(session, _link_in(body), clock=clock)
    assert record.view.display_name == "Ana Prates"
    assert {fact.kind.value for fact in record.facts} >= {"name", "email", "post"}
    assert (notice.state, notice.opened_at) == (NoticeState.OPENED, clock.now())
    assert _link_in(body) not in (notice.token_hash or "")


def test_a_mail_that_fails_is_tried_again_and_then_left_to_be_handed_over(
    session: Session, focal_point: Actor, ana: Expert, clock: FrozenClock
) -> None:
    postbox = Postbox(refuses=True)
    for _ in range(notices.MOST_ATTEMPTS):
        assert _deliver(session, postbox, clock) == 0
    notice = session.exec(select(Notice)).one()
    assert notice.state is NoticeState.FAILED
    assert notice.problem == "The mail server is away."
    assert ana.informed_at is None
    fresh = Notice(facility_id=ana.facility_id, kind=notice.kind, expert_id=ana.id)
    session.add(fresh)
    session.flush()
    with pytest.raises(Conflict, match="Open the letter first"):
        notices.hand_over(session, focal_point, fresh.id, clock=clock)
    letter = notices.open_letter(
        session, focal_point, notice.id, vault=VAULT, clock=clock, base_url=BASE
    )
    again = notices.open_letter(
        session, focal_point, notice.id, vault=VAULT, clock=clock, base_url=BASE
    )
    assert letter == again
    assert notices.hand_over(session, focal_point, notice.id, clock=clock).state is (
        NoticeState.HANDED_OVER
    )
    assert ana.informed_at == clock.now()
    notices.open_own_record(session, _link_in(letter.body), clock=clock)


def test_a_link_runs_out(session: Session, ana: Expert, clock: FrozenClock) -> None:
    postbox = Postbox()
    _deliver(session, postbox, clock)
    token = _link_in(postbox.sent[0][2])
    later = FrozenClock(clock.now() + timedelta(days=notices.LINK_DAYS))
    for wrong in (token + "x", "", token.swapcase()):
        with pytest.raises(NotFound, match="not valid any more"):
            notices.open_own_record(session, wrong, clock=clock)
    with pytest.raises(NotFound, match="not valid any more"):
        notices.open_own_record(session, token, clock=later)


def test_the_person_pauses_comes_back_and_leaves_by_the_link(
    session: Session, ana: Expert, clock: FrozenClock
) -> None:
    postbox = Postbox()
    _deliver(session, postbox, clock)
    token = _link_in(postbox.sent[0][2])
    for status in (ExpertStatus.PAUSED, ExpertStatus.ACTIVE, ExpertStatus.WITHDRAWN):
        assert notices.leave_by_link(session, token, status=status, clock=clock).status is status
    with pytest.raises(Conflict, match="enter you again"):
        notices.leave_by_link(session, token, status=ExpertStatus.ACTIVE, clock=clock)
    with pytest.raises(Conflict):
        notices.leave_by_link(session, token, status=ExpertStatus.DRAFT, clock=clock)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_language_of_the_notice_says_all_that_the_law_asks(locale: str) -> None:
    words = NoticeWords(
        name="Ana {x}\nBcc: all@example.org",
        facility="Facility\nX: y",
        sender="the sender",
        controller="the controller",
        contact="the contact",
        link=f"{BASE}/mine/token",
    )
    letter = letter_in(locale, words)
    assert "\n" not in letter.subject
    for said in (words.name, words.sender, words.controller, words.contact):
        assert said in letter.body
    assert f"\n{words.link}\n" in letter.body
