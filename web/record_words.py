"""The closed lists of records, facts and Actions in the words of the reader's language."""

from __future__ import annotations

from roster.vocabulary import Role
from web.tongues import Tongue


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
