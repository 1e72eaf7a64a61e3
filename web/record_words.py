"""The closed lists of records, facts and Actions in the words of the reader's language."""

from __future__ import annotations

from typing import cast

from roster.policy import Permission
from roster.vocabulary import Role
from web.tongues import Tongue
from web.wording import marked

SCOPES = {
    Permission.READ_ACTIONS: marked("read Actions"),
    Permission.READ_REQUESTS: marked("read requests"),
    Permission.WRITE_REQUESTS: marked("write requests"),
    Permission.RANK: marked("rank people"),
    Permission.WRITE_SHORTLIST: marked("keep shortlists"),
    Permission.WRITE_TEAM: marked("compose teams"),
    Permission.READ_EXPERTS: marked("read records of people"),
    Permission.WRITE_EXPERTS: marked("write records of people"),
    Permission.UPLOAD_CVS: marked("send CVs"),
    Permission.ADMINISTER: marked("administer accounts and keys"),
    Permission.MANAGE_MODEL: marked("choose the model of the ranking"),
    Permission.READ_CALLS: marked("read calls"),
    Permission.WRITE_CALLS: marked("make calls"),
    Permission.ANSWER_CALLS: marked("answer calls"),
    Permission.WRITE_ACTIONS: marked("write Actions"),
    Permission.READ_FEEDBACK: marked("read feedback"),
    Permission.WRITE_FEEDBACK: marked("write feedback"),
    Permission.READ_LESSONS: marked("read lessons"),
    Permission.DECIDE_LESSONS: marked("decide on lessons"),
    Permission.READ_REPORTS: marked("read reports"),
    Permission.EXCHANGE_RECORDS: marked("exchange records with other systems"),
    Permission.READ_AUDIT: marked("read the audit"),
    Permission.READ_OPERATIONS: marked("see how the service stands"),
    Permission.ERASE_EXPERTS: marked("erase people"),
    Permission.RESTRICT_EXPERTS: marked("restrict the use of records"),
    Permission.READ_REGISTER: marked("read the register of processing"),
    Permission.WRITE_ROUNDS: marked("set application rounds"),
    Permission.SET_RULES: marked("set the rules of the facility"),
}
"""What a key may do, in words."""


def scope_words(tongue: Tongue, scope: str) -> str:
    """Return what a scope of a key allows, in words; one that is known no more as it is."""
    words = SCOPES.get(cast(Permission, scope))
    return tongue.word(words) if words else scope


def role_words(tongue: Tongue, role: Role, country: str | None = None) -> str:
    """Name a role and, where it is bound to one, its country."""
    words = {
        Role.ADMINISTRATOR: tongue.word("Administrator"),
        Role.COORDINATOR: tongue.word("Coordinator"),
        Role.PROJECT_OFFICER: tongue.word("Project officer"),
        Role.FOCAL_POINT: tongue.word("Focal point"),
        Role.LIAISON_OFFICER: tongue.word("Liaison officer"),
        Role.EXPERT: tongue.word("Expert"),
        Role.AUDITOR: tongue.word("Auditor"),
    }[role]
    return f"{words}, {tongue.country(country)}" if country else words
