"""Whether a person is on the roster already: proposals with their reason, never a decision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from roster.naming import SAME_FROM, fold, likeness

NAME_ALONE = 0.95
"""From this likeness on a name is proposed with nothing else to support it."""
SUPPORT = 0.08
CONTRADICTION = 0.3
SAME_MAIL = 0.97


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """What is held of a person, for comparison only."""

    id: UUID
    name: str
    birth_year: int | None = None
    emails: tuple[str, ...] = ()
    employer: str | None = None


@dataclass(frozen=True, slots=True)
class LikelySame:
    """A person who may be the same, how sure that is, and why."""

    id: UUID
    score: float
    """In [0, 1]; 1 is the same name with support from everything known."""
    reason: str
    """For people, without any value of either person: "same e-mail address, similar name"."""


def likely_same(
    name: str | None,
    birth_year: int | None,
    email: str | None,
    employer: str | None,
    against: Iterable[KnownPerson],
) -> tuple[LikelySame, ...]:
    """Return who may be the same person, the likeliest first.

    Parameters
    ----------
    name, birth_year, email, employer : as read; None is unknown and says nothing either way
    against : the people to compare with

    Returns
    -------
    proposals : one e-mail address in common is enough; a name is, where it is nearly the same or
        birth year or employer supports it. A birth year that differs speaks against all but that.
    """
    found = (_compare(name, birth_year, email, employer, known) for known in against)
    return tuple(
        sorted(
            (each for each in found if each is not None),
            key=lambda each: (-each.score, str(each.id)),
        )
    )


def _compare(
    name: str | None,
    birth_year: int | None,
    email: str | None,
    employer: str | None,
    known: KnownPerson,
) -> LikelySame | None:
    alike = likeness(name, known.name) if name else 0.0
    same_mail = bool(email) and _bare(email) in {_bare(each) for each in known.emails}
    same_year = None
    if birth_year is not None and known.birth_year is not None:
        same_year = birth_year == known.birth_year
    same_employer = bool(employer and known.employer) and fold(employer or "") == fold(
        known.employer or ""
    )
    support = int(same_year is True) + int(same_employer)
    if not same_mail and (alike < SAME_FROM or (alike < NAME_ALONE and not support)):
        return None
    score = max(alike, SAME_MAIL if same_mail else 0.0) + SUPPORT * support
    if same_year is False:
        score -= CONTRADICTION
        if not same_mail and score < SAME_FROM - CONTRADICTION / 2:
            return None
    reason = _reason(alike, same_mail=same_mail, same_year=same_year, same_employer=same_employer)
    return LikelySame(known.id, round(max(0.0, min(1.0, score)), 3), reason)


def _bare(email: str | None) -> str:
    return (email or "").strip().casefold()


def _reason(alike: float, *, same_mail: bool, same_year: bool | None, same_employer: bool) -> str:
    words = ["same e-mail address"] if same_mail else []
    if alike >= NAME_ALONE:
        words.append("same name")
    elif alike >= SAME_FROM:
        words.append("similar name")
    elif same_mail:
        words.append("but another name")
    if same_year is not None:
        words.append("same year of birth" if same_year else "but another year of birth")
    if same_employer:
        words.append("same employer")
    return ", ".join(words)
