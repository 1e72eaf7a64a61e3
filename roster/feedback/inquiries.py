"""One questionnaire sent to one audience: links for each or for a room, reminded once, closed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from roster import records
from roster.errors import Conflict, FieldError, InvalidInput
from roster.feedback.questionnaires import row_to_send
from roster.inputs.feedback import InquiryInput, PersonAsked
from roster.policy import Actor, Permission, require, system_actor
from roster.ports import Clock
from roster.queries.actions import action_row
from roster.queries.facilities import rules_of
from roster.queries.inquiries import get_inquiry, present_activities
from roster.read.feedback import InvitedPerson
from roster.tables import (
    Account,
    Action,
    Deployment,
    Feedback,
    Guest,
    Inquiry,
    Questionnaire,
    RoleGrant,
)
from roster.telling import guests
from roster.telling.messages import News, tell
from roster.vault import Vault
from roster.vocabulary import (
    Audience,
    DeploymentStatus,
    GuestRole,
    MessageKind,
    Occasion,
    Origin,
    Role,
)

ROLES = {
    Audience.PARTICIPANT: GuestRole.PARTICIPANT,
    Audience.PARTNER_INSTITUTION: GuestRole.PARTNER_INSTITUTION,
    Audience.EXPERT: GuestRole.EXPERT,
    Audience.DELEGATION: GuestRole.EU_DELEGATION,
}
"""Whom a link is for; officers answer in the product."""
ROOM = "room"
"""Label of the one link for a room."""


def send(
    session: Session, actor: Actor, code: str, given: InquiryInput, *, vault: Vault, clock: Clock
) -> Inquiry:
    """Send a questionnaire out after an activity or an Action; everybody asked is told.

    Experts who were deployed get a link each, or a message where they have an account; the officer
    of the Action is told where officers are asked.

    Raises
    ------
    NotFound, NotAllowed
    InvalidInput
        The activity is not in the plan, nobody is asked, or the questions are for another occasion.
    """
    require(actor, Permission.WRITE_FEEDBACK)
    action = action_row(session, actor, code, Permission.READ_FEEDBACK)
    asked = row_to_send(session, actor, given.questionnaire, clock=clock)
    _check(session, action, asked, given, clock.now().date())
    inquiry = Inquiry(
        facility_id=action.facility_id,
        origin=Origin.SYNTHETIC if action.origin is Origin.SYNTHETIC else actor.origin,
        created_at=clock.now(),
        action_id=action.id,
        lineage=given.lineage,
        questionnaire_id=asked.id,
        asked=given.room,
        due_on=given.due_on,
        by=actor.account_id,
    )
    session.add(inquiry)
    session.flush()
    links = _invite(session, actor, inquiry, asked.audience, given, vault, clock.now())
    accounts = _accounts(session, inquiry, action, asked.audience)
    if not links and not accounts:
        words = "Nobody is asked: write who gets a link, or how many people are in the room."
        raise InvalidInput(words, errors=(FieldError("/people", words),))
    _tell(session, actor, inquiry, MessageKind.FEEDBACK_ASKED, clock.now(), links, accounts)
    records.log_change(session, actor, inquiry, "sent", clock.now(), action=action.id)
    return inquiry


def close(session: Session, actor: Actor, inquiry_id: UUID, *, clock: Clock) -> Inquiry:
    """Take no further answers; the links end.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        It was closed before.
    """
    require(actor, Permission.WRITE_FEEDBACK)
    inquiry = get_inquiry(session, actor, inquiry_id)
    if inquiry.closed_at is not None:
        raise Conflict("This questionnaire was closed before. Send it out anew to ask again.")
    inquiry.closed_at = clock.now()
    session.add(inquiry)
    for guest in guests_of(session, inquiry):
        guests.revoke(session, actor, guest, at=clock.now())
    records.log_change(session, actor, inquiry, "closed", clock.now())
    return inquiry


def remind(session: Session, actor: Actor, inquiry_id: UUID, *, clock: Clock) -> int:
    """Remind those who have not answered, once; return how many.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        It is closed, or everybody was reminded before.
    """
    require(actor, Permission.WRITE_FEEDBACK)
    inquiry = get_inquiry(session, actor, inquiry_id)
    if inquiry.closed_at is not None or inquiry.reminded_at is not None:
        raise Conflict("People are reminded once, before the questionnaire is closed.")
    return _remind(session, actor, inquiry, clock.now())


def remind_due(session: Session, *, now: datetime) -> int:
    """Remind of everything that is due in the days that each facility says; return how many."""
    rows = session.exec(
        select(Inquiry)
        .where(
            col(Inquiry.closed_at).is_(None),
            col(Inquiry.reminded_at).is_(None),
            col(Inquiry.due_on).is_not(None),
        )
        .order_by(col(Inquiry.id))
    ).all()
    told = 0
    for inquiry in rows:
        days = rules_of(session, inquiry.facility_id).reminder_days
        if inquiry.due_on and inquiry.due_on - timedelta(days=days) <= now.date():
            told += _remind(session, system_actor(inquiry.facility_id), inquiry, now)
    return told


def guests_of(session: Session, inquiry: Inquiry) -> tuple[Guest, ...]:
    """Return who has a link to an inquiry, in the order of invitation."""
    return guests.guests_of(session, inquiry_id=inquiry.id)


def invited(
    session: Session, actor: Actor, inquiry_id: UUID, *, vault: Vault
) -> tuple[InvitedPerson, ...]:
    """Return who has a link to an inquiry, with the link to hand over.

    Raises
    ------
    NotFound, NotAllowed
    """
    require(actor, Permission.WRITE_FEEDBACK)
    inquiry = get_inquiry(session, actor, inquiry_id)
    answered = _answered(session, inquiry)
    return tuple(
        InvitedPerson(
            id=one.id,
            label=one.label,
            locale=one.locale,
            has_address=one.address is not None,
            answered=one.id in answered,
            link=f"{guests.PATH}{token}" if (token := guests.token_of(one, vault)) else None,
        )
        for one in guests_of(session, inquiry)
    )


def _check(
    session: Session, action: Action, asked: Questionnaire, given: InquiryInput, today: date
) -> None:
    errors = []
    if (asked.occasion is Occasion.ACTIVITY) != (given.lineage is not None):
        errors.append(
            FieldError("/lineage", "Choose the activity that these questions are about.")
            if given.lineage is None
            else FieldError("/lineage", "These questions are about the whole Action.")
        )
    elif given.lineage is not None:
        known = {one.lineage for one in present_activities(session, action.id)}
        if given.lineage not in known:
            errors.append(FieldError("/lineage", "This activity is not in the present plan."))
    if given.due_on is not None and given.due_on < today:
        errors.append(FieldError("/due_on", "The day is past. Choose today or later."))
    if asked.audience not in ROLES and (given.people or given.room):
        errors.append(FieldError("/people", "Officers answer in the product and need no link."))
    if errors:
        raise InvalidInput("Nothing was sent.", errors=tuple(errors))


def _invite(
    session: Session,
    actor: Actor,
    inquiry: Inquiry,
    audience: Audience,
    given: InquiryInput,
    vault: Vault,
    at: datetime,
) -> list[Guest]:
    if audience not in ROLES:
        return []
    people = [(one, None) for one in given.people]
    if given.room is not None:
        people = [(PersonAsked(label=ROOM, locale=given.locale), None)]
    found = [*people, *_deployed(session, inquiry, audience, given)]
    return [
        guests.invite(
            session,
            actor,
            guests.Invited(
                role=ROLES[audience],
                label=one.label,
                inquiry_id=inquiry.id,
                expert_id=expert_id,
                address=one.address,
                locale=one.locale,
            ),
            vault=vault,
            at=at,
        )[0]
        for one, expert_id in found
    ]


def _deployed(
    session: Session, inquiry: Inquiry, audience: Audience, given: InquiryInput
) -> list[tuple[PersonAsked, UUID | None]]:
    """Return the experts who went and have no account; their links are handed over."""
    if audience is not Audience.EXPERT or given.people or given.room:
        return []
    with_account = set(_expert_accounts(session, inquiry))
    rows = _experts(session, inquiry)
    return [
        (PersonAsked(label=f"Expert {number}", locale=given.locale), expert_id)
        for number, expert_id in enumerate(rows, start=1)
        if expert_id not in with_account
    ]


def _experts(session: Session, inquiry: Inquiry) -> list[UUID]:
    query = (
        select(Deployment.expert_id)
        .where(
            Deployment.action_id == inquiry.action_id,
            Deployment.status != DeploymentStatus.CANCELLED,
        )
        .order_by(col(Deployment.created_at), col(Deployment.id))
    )
    if inquiry.lineage is not None:
        query = query.where(Deployment.lineage == inquiry.lineage)
    return list(dict.fromkeys(session.exec(query)))


def _expert_accounts(session: Session, inquiry: Inquiry) -> dict[UUID, UUID]:
    """Return the accounts of the experts who went, by expert."""
    rows = session.exec(
        select(RoleGrant.expert_id, Account.id)
        .join(Account, col(Account.id) == col(RoleGrant.account_id))
        .where(
            RoleGrant.facility_id == inquiry.facility_id,
            RoleGrant.role == Role.EXPERT,
            col(RoleGrant.ended_at).is_(None),
            col(RoleGrant.expert_id).in_(_experts(session, inquiry)),
            col(Account.is_active).is_(True),
        )
    )
    return {expert: account for expert, account in rows if expert is not None}


def _accounts(session: Session, inquiry: Inquiry, action: Action, audience: Audience) -> list[UUID]:
    if audience is Audience.OFFICER:
        return [one for one in (action.officer_id, inquiry.by) if one][:1]
    if audience is Audience.EXPERT:
        return list(_expert_accounts(session, inquiry).values())
    return []


def _remind(session: Session, actor: Actor, inquiry: Inquiry, at: datetime) -> int:
    inquiry.reminded_at = at
    session.add(inquiry)
    action = session.get_one(Action, inquiry.action_id)
    asked = session.get_one(Questionnaire, inquiry.questionnaire_id)
    answered = _answered(session, inquiry)
    # A room is never reminded: nobody knows who of it has answered.
    waiting = [
        one
        for one in guests_of(session, inquiry)
        if one.id not in answered and one.revoked_at is None and inquiry.asked is None
    ]
    accounts = [
        one for one in _accounts(session, inquiry, action, asked.audience) if one not in answered
    ]
    _tell(session, actor, inquiry, MessageKind.FEEDBACK_REMINDER, at, waiting, accounts)
    records.log_change(session, actor, inquiry, "reminded", at)
    return len(waiting) + len(accounts)


def _answered(session: Session, inquiry: Inquiry) -> frozenset[UUID]:
    """Return the guests and accounts that answered."""
    rows = session.exec(
        select(Feedback.guest_id, Feedback.by).where(Feedback.inquiry_id == inquiry.id)
    )
    return frozenset(one for row in rows for one in row if one is not None)


def _tell(
    session: Session,
    actor: Actor,
    inquiry: Inquiry,
    kind: MessageKind,
    at: datetime,
    links: list[Guest],
    accounts: list[UUID],
) -> None:
    action = session.get_one(Action, inquiry.action_id)
    news = News(kind, about=inquiry, due_on=inquiry.due_on, detail={"action": action.code})
    tell(session, actor, news, at=at, accounts=accounts, guests=[one.id for one in links])
