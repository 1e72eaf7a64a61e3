"""Who did not send a CV is told that it is here; until then nobody can propose the person.

A notice waits in the outbox, is sent by mail where mail is set up, or handed over by the focal
point. Its personal link shows the person what is held, and lets her pause or leave.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from roster import records
from roster.errors import Conflict, MailFailed, NotFound
from roster.policy import Actor, Grant, Permission, require, system_actor
from roster.ports import Clock, Mailer
from roster.queries.accounts import responsible_body
from roster.queries.documents import newest_version
from roster.queries.experts import get_record, record_views
from roster.queries.notices import get_notice, notice_of_token
from roster.queries.privacy import privacy_rules
from roster.read import ExpertRecord, RecordView
from roster.reference import countries
from roster.tables import Document, Expert, Facility, Fact, Notice
from roster.telling.notice_letters import LOCALES, NoticeLetter, NoticeWords, letter_in, sender_in
from roster.telling.privacy_words import PrivacyWords
from roster.telling.tokens import make_token, read_token
from roster.vault import Vault, digest
from roster.vocabulary import (
    ExpertStatus,
    FactKind,
    FactStatus,
    Kept,
    NoticeKind,
    NoticeState,
    Purpose,
    Role,
)

LINK_DAYS = 90
MOST_ATTEMPTS = 5
OPEN = (NoticeState.WAITING, NoticeState.FAILED)
"""Notices that reached nobody yet."""


def open_notice(
    session: Session, actor: Actor, expert: Expert, document: Document | None, *, at: datetime
) -> Notice | None:
    """Put a notice into the outbox for a person who was not told yet; None where none is due.

    Who sends her own CV knows of it.
    """
    if expert.informed_at is not None:
        return None
    if actor.has_role(Role.EXPERT):
        _told(session, actor, expert, at)
        return None
    waiting = select(Notice).where(
        Notice.expert_id == expert.id,
        Notice.kind == NoticeKind.CV_UPLOADED,
        col(Notice.state).in_(OPEN),
    )
    known = session.exec(waiting).first()
    if known is not None:
        return known
    language = language_of(session, document)
    notice = Notice(
        facility_id=expert.facility_id,
        origin=expert.origin,
        created_at=at,
        kind=NoticeKind.CV_UPLOADED,
        expert_id=expert.id,
        document_id=document.id if document else None,
        address=address_of(session, expert.id),
        locale=language,
    )
    session.add(notice)
    session.flush()
    records.log_change(session, actor, notice, "created", at, expert=expert.id)
    return notice


def language_of(session: Session, document: Document | None) -> str:
    """Return the language that a person is written to in: that of her CV, where we have it."""
    version = newest_version(session, document.id) if document else None
    language = (version.language if version else None) or "en"
    return language if language in LOCALES else "en"


def address_of(session: Session, expert_id: UUID) -> str | None:
    """Return where to write; None where no address is known, or several are."""
    found = session.exec(
        select(Fact.value).where(
            Fact.expert_id == expert_id,
            Fact.kind == FactKind.EMAIL,
            Fact.status == FactStatus.CONFIRMED,
        )
    ).all()
    addresses = {str(value["value"]).strip() for value in found}
    return addresses.pop() if len(addresses) == 1 else None


def _told(session: Session, actor: Actor, expert: Expert, at: datetime) -> None:
    if expert.informed_at is None:
        expert.informed_at = at
        session.add(expert)
        records.refresh(session, [expert], at)
        records.log_change(session, actor, expert, "informed", at)


# --- The outbox -----------------------------------------------------------------------------------


def open_letter(
    session: Session, actor: Actor, notice_id: UUID, *, vault: Vault, clock: Clock, base_url: str
) -> NoticeLetter:
    """Return a notice as it is handed over, with its link; that it was opened is recorded.

    Parameters
    ----------
    base_url : where the product is reached, without a slash at the end

    Raises
    ------
    NotFound, NotAllowed
    """
    require(actor, Permission.WRITE_EXPERTS)
    notice = get_notice(session, actor, notice_id)
    records.log_views(
        session, actor, [notice.expert_id], what="notice", purpose="handover", at=clock.now()
    )
    return _letter(session, notice, _token(session, notice, vault, clock.now()), base_url)


def _token(session: Session, notice: Notice, vault: Vault, now: datetime) -> str:
    """Return the token of a notice's link, made when it is first needed or has run out."""
    if notice.locked_token and notice.expires_at and notice.expires_at > now:
        return read_token(notice.locked_token, vault)
    token = make_token(vault)
    notice.token_hash, notice.locked_token = token.hash, token.locked
    notice.expires_at = now + timedelta(days=LINK_DAYS)
    session.add(notice)
    session.flush()
    return token.text


def _letter(session: Session, notice: Notice, token: str, base_url: str) -> NoticeLetter:
    expert = session.get_one(Expert, notice.expert_id)
    facility = session.get_one(Facility, notice.facility_id)
    body = responsible_body(facility)
    document = session.get(Document, notice.document_id) if notice.document_id else None
    country = document.country if document else None
    unknown = _UNNAMED[notice.locale]
    return letter_in(
        notice.locale,
        NoticeWords(
            name=expert.display_name,
            facility=body.facility,
            sender=sender_in(
                notice.locale, countries.name_of(country, notice.locale) if country else None
            ),
            controller=body.controller or unknown,
            contact=body.contact or unknown,
            link=f"{base_url}/mine/{token}",
            basis=_basis(facility, notice.locale),
            kept=_kept(facility, notice.locale),
        ),
        notice.kind,
    )


def _basis(facility: Facility, locale: str) -> str:
    rules, words = privacy_rules(facility), PrivacyWords(locale)
    return words["mail_basis"].format(
        law=words.law(rules) or words["missing"],
        basis=words.basis(rules, Purpose.FIND) or words["missing"],
        authority=rules.authority or words["missing"],
    )


def _kept(facility: Facility, locale: str) -> str:
    rules, words = privacy_rules(facility), PrivacyWords(locale)
    return words["mail_kept"].format(
        originals=words.kept(rules, Kept.ORIGINALS) or words["no_end"],
        records=words.kept(rules, Kept.RECORDS) or words["no_end"],
    )


_UNNAMED = {
    "en": "not named yet; ask who gave you this letter",
    "fr": "pas encore désigné ; demandez à qui vous a remis cette lettre",
    "es": "aún sin designar; pregunte a quien le entregó esta carta",
    "pt": "ainda por designar; pergunte a quem lhe entregou esta carta",
}


def hand_over(session: Session, actor: Actor, notice_id: UUID, *, clock: Clock) -> Notice:
    """Write that somebody gave the notice to the person: from now on she may be proposed.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        Nobody opened the letter yet, so nobody can have handed it over.
    """
    require(actor, Permission.WRITE_EXPERTS)
    notice = get_notice(session, actor, notice_id)
    if notice.state not in OPEN:
        return notice
    if notice.token_hash is None:
        raise Conflict("Open the letter first: its link has to reach the person.")
    now = clock.now()
    notice.state, notice.handed_over_by = NoticeState.HANDED_OVER, actor.account_id
    notice.sent_at = now
    session.add(notice)
    _told(session, actor, session.get_one(Expert, notice.expert_id), now)
    records.log_change(session, actor, notice, "handed_over", now, expert=notice.expert_id)
    return notice


def send_waiting(
    session: Session, *, mailer: Mailer, vault: Vault, clock: Clock, base_url: str, most: int = 50
) -> int:
    """Send what waits in the outbox and has an address; return how many were sent.

    A notice whose sending fails waits for the next time, `MOST_ATTEMPTS` times; then its focal
    point sees why and hands it over.
    """
    due = session.exec(
        select(Notice)
        .where(Notice.state == NoticeState.WAITING, col(Notice.address).is_not(None))
        .order_by(col(Notice.created_at))
        .limit(most)
        .with_for_update(skip_locked=True)
    ).all()
    return sum(_send(session, notice, mailer, vault, clock.now(), base_url) for notice in due)


def _send(
    session: Session, notice: Notice, mailer: Mailer, vault: Vault, now: datetime, base_url: str
) -> bool:
    letter = _letter(session, notice, _token(session, notice, vault, now), base_url)
    actor = system_actor(notice.facility_id)
    notice.attempts += 1
    session.add(notice)
    try:
        mailer.send(notice.address or "", letter.subject, letter.body)
    except MailFailed as error:
        notice.problem = error.detail
        if notice.attempts >= MOST_ATTEMPTS:
            notice.state = NoticeState.FAILED
        return False
    notice.state, notice.sent_at, notice.problem = NoticeState.SENT, now, None
    _told(session, actor, session.get_one(Expert, notice.expert_id), now)
    records.log_change(session, actor, notice, "sent", now, expert=notice.expert_id)
    return True


# --- The personal link ----------------------------------------------------------------------------


def open_own_record(session: Session, token: str, *, clock: Clock) -> tuple[Notice, ExpertRecord]:
    """Return what is held on the person of a personal link; that she opened it is written down.

    Raises
    ------
    NotFound
        The link is unknown or has run out.
    """
    notice = _notice_of(session, token, clock.now())
    if notice.opened_at is None:
        notice.opened_at, notice.state = clock.now(), NoticeState.OPENED
        session.add(notice)
        actor = system_actor(notice.facility_id)
        _told(session, actor, session.get_one(Expert, notice.expert_id), clock.now())
        records.log_change(session, actor, notice, "opened", clock.now(), expert=notice.expert_id)
    return notice, get_record(session, _herself(notice), notice.expert_id)


def own_views(session: Session, notice: Notice) -> tuple[RecordView, ...]:
    """Return who looked at the record of the person of a personal link, the latest first."""
    return record_views(session, _herself(notice), notice.expert_id)


def own_link_token(session: Session, actor: Actor, *, vault: Vault, clock: Clock) -> str:
    """Return the token of the personal link of somebody who is signed in as herself.

    Raises
    ------
    NotFound
        The account stands for nobody on the roster.
    """
    own = [
        grant.expert_id
        for grant in actor.grants
        if grant.role is Role.EXPERT and grant.facility_id == actor.facility_id
    ]
    expert = session.get(Expert, own[0]) if own and own[0] else None
    if expert is None or expert.status in {ExpertStatus.MERGED, ExpertStatus.ERASED}:
        raise NotFound("Your account stands for nobody on the roster. Ask an administrator.")
    newest = select(Notice).where(Notice.expert_id == expert.id).order_by(col(Notice.created_at))
    notice = session.exec(newest).all()[-1:]
    return _token(
        session, notice[0] if notice else _told_herself(expert, clock), vault, clock.now()
    )


def _told_herself(expert: Expert, clock: Clock) -> Notice:
    """Return what the link of somebody hangs on who was never written to: she opened it herself."""
    now = clock.now()
    return Notice(
        facility_id=expert.facility_id,
        origin=expert.origin,
        created_at=now,
        kind=NoticeKind.CV_UPLOADED,
        state=NoticeState.OPENED,
        expert_id=expert.id,
        opened_at=now,
    )


def leave_by_link(session: Session, token: str, *, status: ExpertStatus, clock: Clock) -> Expert:
    """Let the person of a personal link pause, leave, or come back from a pause.

    Raises
    ------
    NotFound
    Conflict
        A person who left does not come back by a link: her focal point enters her again.
    """
    notice = _notice_of(session, token, clock.now())
    expert = session.get_one(Expert, notice.expert_id)
    if status not in {ExpertStatus.ACTIVE, ExpertStatus.PAUSED, ExpertStatus.WITHDRAWN}:
        raise Conflict("A personal link can pause, leave or come back, nothing else.")
    if expert.status is ExpertStatus.RESTRICTED:
        raise Conflict("Your record is kept and not used. Lift that first.")
    if expert.status not in {ExpertStatus.ACTIVE, ExpertStatus.PAUSED}:
        raise Conflict("This record is not active any more. Your focal point can enter you again.")
    expert.status = status
    session.add(expert)
    records.refresh(session, [expert], clock.now())
    actor = system_actor(notice.facility_id)
    records.log_change(session, actor, expert, status.value, clock.now(), by="expert")
    return expert


def actor_of_link(session: Session, token: str, *, clock: Clock) -> tuple[Notice, Actor]:
    """Return the notice of a personal link, and its holder as somebody who acts for herself.

    Raises
    ------
    NotFound
    """
    notice = _notice_of(session, token, clock.now())
    return notice, _herself(notice)


def _notice_of(session: Session, token: str, now: datetime) -> Notice:
    notice = notice_of_token(session, digest(token))
    if notice is None or notice.expires_at is None or notice.expires_at <= now:
        raise NotFound("This link is not valid any more. Ask your focal point for a new one.")
    return notice


def _herself(notice: Notice) -> Actor:
    grant = Grant(Role.EXPERT, notice.facility_id, expert_id=notice.expert_id)
    return Actor(
        account_id=None,
        name="expert",
        facility_id=notice.facility_id,
        grants=(grant,),
        locale=notice.locale,
        origin=notice.origin,
    )


def require_informed(session: Session, expert_ids: Iterable[UUID]) -> None:
    """Refuse to propose people who were not told that they are on the roster.

    Raises
    ------
    Conflict
        It names them: whoever asks sees these people already.
    """
    unaware = session.exec(
        select(Expert.display_name)
        .where(col(Expert.id).in_(list(expert_ids)), col(Expert.informed_at).is_(None))
        .order_by(col(Expert.folded_name))
    ).all()
    if unaware:
        raise Conflict(
            f"Not told yet that a CV is here: {', '.join(unaware)}. Nobody is proposed before. "
            "Their focal point finds the notice to hand over under Notices."
        )
