"""What mail did not deliver besides messages: links to set a password, and letters to people."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from roster.errors import NotAllowed
from roster.queries.undelivered import unsent_letters
from roster.read.calls import UnsentLetters
from roster.tables import Notice, OneTimeLink
from roster.vocabulary import LinkPurpose, NoticeKind, NoticeState, Role
from tests.factories import Factory
from tests.fakes import FrozenClock


def test_links_and_letters_that_mail_gave_up_are_counted_without_names(
    session: Session, clock: FrozenClock
) -> None:
    make, now = Factory(session), clock.now()
    officer, account = make.actor(Role.PROJECT_OFFICER), make.account()
    expert = make.expert("Ana Prates", country="PT")

    def link(token: str, **said: Any) -> None:
        row = OneTimeLink(
            facility_id=make.home.id,
            account_id=account.id,
            purpose=LinkPurpose.INVITATION,
            token_hash=token,
            expires_at=now - timedelta(days=1),
            **said,
        )
        make.keep(row)

    def notice(state: NoticeState) -> None:
        row = Notice(
            facility_id=make.home.id,
            kind=next(iter(NoticeKind)),
            state=state,
            expert_id=expert.id,
        )
        make.keep(row)

    link("not tried yet")
    link("tried, and run out since", attempts=5)
    link("a newer one took its place", attempts=5, used_at=now)
    link("sent at last", attempts=2, sent_at=now)
    notice(NoticeState.FAILED)
    notice(NoticeState.WAITING)
    assert unsent_letters(session, officer) == UnsentLetters(links=1, notices=1)


def test_whoever_looks_after_no_mail_learns_nothing_of_it(session: Session) -> None:
    with pytest.raises(NotAllowed):
        unsent_letters(session, Factory(session).actor(Role.FOCAL_POINT, "PT"))
