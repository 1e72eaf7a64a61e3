"""The part of the recording about rules, ratings of a person, and mail that did not arrive."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import col, select

from roster.administration import grant_role, issue_key, open_account
from roster.installation import Installation
from roster.policy import Permission, system_actor
from roster.tables import Deployment, Facility, Feedback, Message
from roster.vocabulary import Audience, DeploymentStatus, MessageState, Origin, Role
from tests.api.recording_feedback import Calls


def rate_somebody(installation: Installation) -> tuple[UUID, str]:
    """Let three rate somebody who went, and one mail fail; return her id and a key of hers."""
    with installation.work() as session:
        facility = session.exec(select(Facility).where(Facility.code == "mieux")).one()
        facility.rules = {**facility.rules, "rates_people": True}
        went = session.exec(
            select(Deployment)
            .where(
                Deployment.facility_id == facility.id, Deployment.status == DeploymentStatus.DONE
            )
            .order_by(col(Deployment.id))
        ).first()
        assert went is not None
        assert went.expert_id is not None
        session.add_all(
            Feedback(
                facility_id=facility.id,
                origin=Origin.SYNTHETIC,
                action_id=went.action_id,
                lineage=went.lineage,
                deployment_id=went.id,
                rater=Audience.PARTICIPANT,
                scores={"expert_knowledge": score},
            )
            for score in (5, 4, 4)
        )
        message = session.exec(
            select(Message).where(col(Message.read_at).is_(None)).order_by(col(Message.id))
        ).first()
        assert message is not None
        message.state, message.attempts = MessageState.FAILED, 5
        message.tried_at = installation.clock.now()
        message.problem = "The mail server did not take the notice (SMTPRecipientsRefused)."
        account = open_account(
            session,
            facility,
            email="herself@demo.example",
            name="Somebody invented",
            password=None,
            origin=Origin.SYNTHETIC,
        )
        grant_role(session, account, Role.EXPERT, facility_id=facility.id, expert_id=went.expert_id)
        _, key = issue_key(
            session,
            system_actor(facility.id),
            account.id,
            label="examples",
            scopes=frozenset({Permission.READ_EXPERTS}),
            now=installation.clock.now(),
        )
        return went.expert_id, key


async def record_rules(calls: Calls, expert_id: UUID) -> None:
    """Read and set the rules, and look at what mail could not deliver."""
    rules = await calls.call("get_rules", "GET", "/facility/rules")
    await calls.call("set_rules", "PUT", "/facility/rules", {**rules, "call_days": 10})
    said = await calls.call("get_privacy_rules", "GET", "/facility/privacy")
    await calls.call("set_privacy_rules", "PUT", "/facility/privacy", {**said, "warn_days": 45})
    await calls.call("list_undelivered", "GET", "/messages/undelivered")
    await calls.call("get_ratings", "GET", f"/experts/{expert_id}/ratings")


async def record_contest(calls: Calls, expert_id: UUID) -> None:
    """Say something to one's own ratings."""
    note = {"note": "The interpreter was ill for two of the five days."}
    await calls.call("contest_ratings", "POST", f"/experts/{expert_id}/ratings", note)
