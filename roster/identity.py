"""Whether a person is on the roster already: proposals with their reason, never a decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from roster.naming import SAME_FROM, fold, likeness, shares_a_word, worth_comparing

NAME_ALONE = 0.95
"""From this likeness on a name is proposed with nothing else to support it."""
SUPPORT = 0.08
CONTRADICTION = 0.3
SAME_MAIL = 0.97
OTHER_SURNAME = 0.6
"""One name in common, with year of birth and employer: married since, or called by another name."""
_BOTH = 2
_SLIP_YEARS = 1
_SHARED_BOXES = frozenset(
    [
        "admin",
        "administration",
        "bureau",
        "cabinet",
        "contact",
        "contacto",
        "courriel",
        "direction",
        "enquiries",
        "hr",
        "info",
        "international",
        "kontakt",
        "mail",
        "office",
        "post",
        "poststelle",
        "rh",
        "secretaria",
        "secretariat",
        "secretariaat",
        "sekretariat",
    ]
)
"""Names of mailboxes that several people read."""


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


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two people have in common; None is unknown of one of them."""

    name: float
    """In [0, 1], of `roster.naming.likeness`."""
    shares_a_word: bool
    """Whether one whole word of the names is the same."""
    email: bool | None
    birth_year: bool | None
    employer: bool | None
    year_slip: bool = False
    """Whether years of birth differ by no more than a slip of the pen."""


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
        birth year or employer supports it; part of a name is, where both do. A birth year that
        differs by more than a slip speaks against all but an address.
    """
    emails = (email,) if email else ()
    asked = KnownPerson(UUID(int=0), name or "", birth_year, emails, employer)
    known = tuple(against)
    found = (proposed(compare(asked, known[at]), known[at].id) for at in _near(asked, known))
    return tuple(
        sorted(
            (each for each in found if each is not None),
            key=lambda each: (-each.score, str(each.id)),
        )
    )


def _near(asked: KnownPerson, known: Sequence[KnownPerson]) -> list[int]:
    """Return the places of people worth a close look; all others share nothing that counts."""
    mails = _addresses(asked)
    near = {
        at
        for at, one in enumerate(known)
        if (mails and mails & _addresses(one))
        or (asked.birth_year is not None and asked.birth_year == one.birth_year)
    }
    return sorted(near.union(worth_comparing(asked.name, [one.name for one in known])))


def compare(one: KnownPerson, other: KnownPerson) -> Likeness:
    """Return what two people have in common, the same in either order."""
    same_year, slip = None, False
    if one.birth_year is not None and other.birth_year is not None:
        same_year = one.birth_year == other.birth_year
        slip = abs(one.birth_year - other.birth_year) <= _SLIP_YEARS
    mails, others = _addresses(one), _addresses(other)
    employers = fold(one.employer or ""), fold(other.employer or "")
    return Likeness(
        name=likeness(one.name, other.name),
        shares_a_word=shares_a_word(one.name, other.name),
        email=bool(mails & others) if mails and others else None,
        birth_year=same_year,
        employer=employers[0] == employers[1] if all(employers) else None,
        year_slip=slip and not same_year,
    )


def proposed(found: Likeness, known_id: UUID) -> LikelySame | None:
    """Return the proposal that what two people have in common is worth; None where it is not."""
    support = int(found.birth_year is True) + int(found.employer is True)
    score = _score(found, support)
    if score is None:
        return None
    return LikelySame(known_id, round(max(0.0, min(1.0, score)), 3), reason_of(found))


def _score(found: Likeness, support: int) -> float | None:
    if found.birth_year is False and not found.year_slip and not found.email:
        return None
    doubt = CONTRADICTION if found.birth_year is False else 0.0
    if found.email:
        return max(found.name, SAME_MAIL) + SUPPORT * support - doubt
    if found.name >= NAME_ALONE or (found.name >= SAME_FROM and support):
        return found.name + SUPPORT * support - doubt
    if found.shares_a_word and support == _BOTH:
        return OTHER_SURNAME + SUPPORT * support
    return None


def _addresses(person: KnownPerson) -> frozenset[str]:
    bare = (each.strip().casefold() for each in person.emails)
    return frozenset(each for each in bare if each.split("@")[0] not in _SHARED_BOXES and each)


def reason_of(found: Likeness) -> str:
    """Say what two people have in common, and what speaks against it; no value of either."""
    words = ["same e-mail address"] if found.email else []
    if found.name >= NAME_ALONE:
        words.append("same name")
    elif found.name >= SAME_FROM:
        words.append("similar name")
    elif found.shares_a_word:
        words.append("one name in common")
    elif found.email:
        words.append("but another name")
    if found.birth_year is not None:
        words.append("same year of birth" if found.birth_year else "but another year of birth")
    if found.employer:
        words.append("same employer")
    return ", ".join(words)
