"""What somebody is told about her own account: a sign-in from elsewhere, another password."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session, select

from roster.devices import device_of
from roster.policy import system_actor
from roster.tables import Account, LoginSession
from roster.telling.messages import News, tell
from roster.vocabulary import MessageKind

_LATELY = timedelta(days=180)
"""After so long without a session on it, a kind of device is new again."""


def tell_of_device(session: Session, account: Account, agent: str, *, at: datetime) -> None:
    """Tell somebody that her account is signed in to on a kind of device not used lately.

    To be called before the session is opened. Of the first sign-in of an account nobody is told:
    whoever was invited has just come from the mail. Compared are browser and system, as the list
    of sessions names them, and nothing else that a device could be known again by.
    """
    held = session.exec(
        select(LoginSession.device, LoginSession.expires_at).where(
            LoginSession.account_id == account.id
        )
    ).all()
    here = device_of(agent)
    if held and here not in {device_of(device) for device, end in held if end > at - _LATELY}:
        _tell(session, account, MessageKind.NEW_DEVICE, at, here._asdict())


def tell_of_password(session: Session, account: Account, *, at: datetime) -> None:
    """Tell somebody that her account has another password."""
    _tell(session, account, MessageKind.PASSWORD_SET, at, {})


def _tell(
    session: Session, account: Account, kind: MessageKind, at: datetime, said: dict[str, str]
) -> None:
    service = replace(system_actor(account.facility_id), origin=account.origin)
    detail = {**said, "moment": at.isoformat(timespec="minutes")}
    tell(session, service, News(kind, account, detail=detail), at=at, accounts=[account.id])
