"""Who may do what to which row: every query of personal data passes through here.

An `Actor` is in every use case. `require` answers "may this actor do this at all, here?";
`visible_experts` and `visible_documents` are the conditions that a query adds, so that a row an
actor may not know of is as absent for her as one that does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, cast, exists, false, func, or_
from sqlmodel import col

from roster.errors import NotAllowed, NotSignedIn
from roster.tables import Action, Batch, Document, Expert, Membership
from roster.vocabulary import BOUND_TO_COUNTRY, ExpertStatus, Origin, Role


class Permission(StrEnum):
    """What a route or a use case asks for; the scopes of API keys are these words."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    READ_ACTIONS = "read_actions"
    READ_REQUESTS = "read_requests"
    WRITE_REQUESTS = "write_requests"
    RANK = "rank"
    WRITE_SHORTLIST = "write_shortlist"
    WRITE_TEAM = "write_team"
    READ_EXPERTS = "read_experts"
    WRITE_EXPERTS = "write_experts"
    UPLOAD_CVS = "upload_cvs"
    ADMINISTER = "administer"
    MANAGE_MODEL = "manage_model"
    READ_CALLS = "read_calls"
    WRITE_CALLS = "write_calls"
    ANSWER_CALLS = "answer_calls"
    """Nominate, release or refuse one's own people; say what one's state wants to work on."""
    WRITE_ACTIONS = "write_actions"
    READ_FEEDBACK = "read_feedback"
    WRITE_FEEDBACK = "write_feedback"
    READ_LESSONS = "read_lessons"
    DECIDE_LESSONS = "decide_lessons"
    READ_REPORTS = "read_reports"
    EXCHANGE_RECORDS = "exchange_records"
    """Hand requests and Actions to another system, and take them in."""
    READ_AUDIT = "read_audit"
    ERASE_EXPERTS = "erase_experts"
    RESTRICT_EXPERTS = "restrict_experts"
    """Write down for a person that her record is kept and not used."""
    READ_REGISTER = "read_register"
    """Read the register of processing and the impact assessment."""
    WRITE_ROUNDS = "write_rounds"
    """Set application rounds and versions of the guidelines for applicants."""
    SET_RULES = "set_rules"
    """Change what the facility decides for itself: deadlines, points of screening, what is open."""
    READ_OPERATIONS = "read_operations"
    """Read how the service stands: its queue, its database, what could not be done."""


_OFFICER = frozenset(
    {
        Permission.SIGNED_IN,
        Permission.READ_ACTIONS,
        Permission.READ_REQUESTS,
        Permission.WRITE_REQUESTS,
        Permission.RANK,
        Permission.WRITE_SHORTLIST,
        Permission.WRITE_TEAM,
        Permission.READ_EXPERTS,
        Permission.READ_CALLS,
        Permission.WRITE_CALLS,
        Permission.WRITE_ACTIONS,
        Permission.READ_FEEDBACK,
        Permission.WRITE_FEEDBACK,
        Permission.READ_LESSONS,
        Permission.READ_REPORTS,
    }
)
GRANTED: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.SIGNED_IN,
            Permission.ADMINISTER,
            Permission.MANAGE_MODEL,
            Permission.SET_RULES,
            Permission.READ_REGISTER,
            Permission.READ_OPERATIONS,
        }
    ),
    Role.COORDINATOR: _OFFICER
    | {
        Permission.WRITE_EXPERTS,
        Permission.UPLOAD_CVS,
        Permission.MANAGE_MODEL,
        Permission.DECIDE_LESSONS,
        Permission.ERASE_EXPERTS,
        Permission.RESTRICT_EXPERTS,
        Permission.EXCHANGE_RECORDS,
        Permission.WRITE_ROUNDS,
        Permission.READ_REGISTER,
        Permission.SET_RULES,
    },
    Role.PROJECT_OFFICER: _OFFICER,
    Role.FOCAL_POINT: frozenset(
        {
            Permission.SIGNED_IN,
            Permission.READ_ACTIONS,
            Permission.READ_EXPERTS,
            Permission.WRITE_EXPERTS,
            Permission.UPLOAD_CVS,
            Permission.READ_CALLS,
            Permission.ANSWER_CALLS,
            Permission.READ_LESSONS,
        }
    ),
    Role.EXPERT: frozenset({Permission.SIGNED_IN, Permission.READ_EXPERTS}),
    Role.LIAISON_OFFICER: frozenset(
        {Permission.SIGNED_IN, Permission.READ_ACTIONS, Permission.READ_LESSONS}
    ),
    Role.AUDITOR: frozenset(
        {
            Permission.SIGNED_IN,
            Permission.READ_ACTIONS,
            Permission.READ_REPORTS,
            Permission.READ_AUDIT,
            Permission.READ_REGISTER,
            Permission.READ_OPERATIONS,
        }
    ),
}
"""What each role may do. An administrator runs the system and sees no person's data."""

_FEEDS_RECORDS = frozenset({Role.FOCAL_POINT, Role.EXPERT})
_LOOK_AFTER = frozenset({Role.COORDINATOR, Role.EXPERT})
_LOOKING_AFTER = frozenset(
    {
        Permission.READ_EXPERTS,
        Permission.WRITE_EXPERTS,
        Permission.ERASE_EXPERTS,
        Permission.RESTRICT_EXPERTS,
    }
)
"""For whom, and for what, a record is there that is kept and not used."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One role, for one facility and, where it says so, one country or one expert."""

    role: Role
    facility_id: UUID
    country: str | None = None
    administrations: tuple[str, ...] = ()
    expert_id: UUID | None = None

    @property
    def is_complete(self) -> bool:
        """Whether it says enough to be used: a focal point without a country sees nobody."""
        if self.role in BOUND_TO_COUNTRY:
            return self.country is not None
        return self.role is not Role.EXPERT or self.expert_id is not None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an account with its grants, working in one facility at a time."""

    account_id: UUID | None
    name: str
    facility_id: UUID
    grants: tuple[Grant, ...]
    locale: str = "en"
    scopes: frozenset[Permission] | None = None
    """Of an API key: what it is cut down to; None is no cut."""
    origin: Origin = Origin.REAL
    """Of the account: what somebody invented writes down is invented too."""
    is_system: bool = False
    """The service itself: a job, a command of whoever owns the machine."""

    def grants_for(self, permission: Permission) -> tuple[Grant, ...]:
        """Return the grants in this facility that allow something."""
        if self.scopes is not None and permission not in self.scopes | {Permission.SIGNED_IN}:
            return ()
        return tuple(
            grant
            for grant in self.grants
            if grant.facility_id == self.facility_id
            and grant.is_complete
            and permission in GRANTED[grant.role]
        )

    def may(self, permission: Permission) -> bool:
        """Whether anything allows this, for some rows at least."""
        if permission is Permission.PUBLIC or self.is_system:
            return True
        return bool(self.grants_for(permission))

    def has_role(self, *roles: Role) -> bool:
        """Whether one of these roles is held in this facility."""
        return any(
            grant.role in roles and grant.facility_id == self.facility_id for grant in self.grants
        )

    @property
    def is_inside(self) -> bool:
        """Whether figures of few people are told: officers and coordinators of this facility."""
        return self.is_system or self.has_role(Role.PROJECT_OFFICER, Role.COORDINATOR)

    @property
    def countries(self) -> tuple[str, ...]:
        """Countries whose focal point this is, in order; empty for everybody else."""
        found = {
            grant.country
            for grant in self.grants
            if grant.role is Role.FOCAL_POINT and grant.facility_id == self.facility_id
        }
        return tuple(sorted(country for country in found if country))


def system_actor(facility_id: UUID) -> Actor:
    """Return the service itself, for jobs and for commands of whoever owns the machine."""
    return Actor(account_id=None, name="system", facility_id=facility_id, grants=(), is_system=True)


def require(actor: Actor | None, permission: Permission) -> None:
    """Let through, or say why not.

    Raises
    ------
    NotSignedIn
        Nobody is signed in.
    NotAllowed
        No grant of the actor's allows it in this facility.
    """
    if actor is None:
        raise NotSignedIn("Sign in to go on.")
    if not actor.may(permission):
        raise NotAllowed(
            "Your account has no role that allows this here. Ask your administrator for the role."
        )


@dataclass(frozen=True)
class Rule:
    """What a way in asks for; the way in is marked with it, so that a test finds those without."""

    permission: Permission


@dataclass(frozen=True)
class Everybody(Rule):
    """The rule of a way in that is open to anybody; it has to be said."""

    permission: Permission = Permission.PUBLIC

    def __call__(self) -> None:
        """Let through."""


def visible_experts(
    actor: Actor, permission: Permission = Permission.READ_EXPERTS
) -> ColumnElement[bool]:
    """Return the condition on `Expert` for what an actor may know of."""
    grants = None if actor.is_system else actor.grants_for(permission)
    return _visible_by(grants, actor.facility_id, permission)


@lru_cache(maxsize=256)
def _visible_by(
    grants: tuple[Grant, ...] | None, facility_id: UUID, permission: Permission
) -> ColumnElement[bool]:
    """Return the condition for grants, or for the service itself where they are None.

    A page asks by it up to seven times, and to put it together takes longer than to ask.
    """
    member = exists().where(
        col(Membership.expert_id) == col(Expert.id),
        col(Membership.facility_id) == facility_id,
        col(Membership.valid_from) <= func.current_date(),
        or_(col(Membership.valid_to).is_(None), col(Membership.valid_to) >= func.current_date()),
    )
    here = or_(col(Expert.facility_id) == facility_id, member)
    if grants is None:
        return here
    reached = (_used_by(grant, permission) for grant in grants)
    return and_(here, or_(false(), *reached))


def _used_by(grant: Grant, permission: Permission) -> ColumnElement[bool]:
    """Return whom a grant reaches: a restricted record only those who have to look after it."""
    reached = _experts_of(grant)
    if grant.role in _LOOK_AFTER and permission in _LOOKING_AFTER:
        return reached
    return and_(reached, col(Expert.status) != ExpertStatus.RESTRICTED)


def _experts_of(grant: Grant) -> ColumnElement[bool]:
    if grant.role is Role.EXPERT:
        return col(Expert.id) == grant.expert_id
    if grant.country is None:
        return col(Expert.id).is_not(None)
    of_country = col(Expert.home_country) == grant.country
    if not grant.administrations:
        return of_country
    return and_(of_country, col(Expert.employer).in_(grant.administrations))


def visible_documents(
    actor: Actor, permission: Permission = Permission.READ_EXPERTS
) -> ColumnElement[bool]:
    """Return the condition on `Document` for the CVs that an actor may open."""
    here = col(Document.facility_id) == actor.facility_id
    if actor.is_system:
        return here
    restricted = exists().where(
        col(Expert.id) == col(Document.expert_id), col(Expert.status) == ExpertStatus.RESTRICTED
    )
    used = ~restricted.correlate(Document)
    reached = (
        _documents_of(grant, actor)
        if grant.role in _LOOK_AFTER
        else and_(_documents_of(grant, actor), used)
        for grant in actor.grants_for(permission)
    )
    return and_(here, or_(false(), *reached))


def _documents_of(grant: Grant, actor: Actor) -> ColumnElement[bool]:
    if grant.role is Role.EXPERT:
        return col(Document.expert_id) == grant.expert_id
    if grant.country is None:
        return col(Document.id).is_not(None)
    of_country = col(Document.country) == grant.country
    if not grant.administrations:
        return of_country
    of_employer = (
        exists()
        .where(
            col(Expert.id) == col(Document.expert_id),
            col(Expert.employer).in_(grant.administrations),
        )
        .correlate(Document)
    )
    # Nobody knows yet whose an unread file is: until then it is its uploader's.
    return and_(of_country, or_(of_employer, col(Document.uploaded_by) == actor.account_id))


def visible_batches(
    actor: Actor, permission: Permission = Permission.UPLOAD_CVS
) -> ColumnElement[bool]:
    """Return the condition on `Batch` for the uploads whose results an actor may see."""
    here = col(Batch.facility_id) == actor.facility_id
    if actor.is_system:
        return here
    reached = (_batches_of(grant, actor) for grant in actor.grants_for(permission))
    return and_(here, or_(false(), *reached))


def _batches_of(grant: Grant, actor: Actor) -> ColumnElement[bool]:
    if grant.country is None:
        return col(Batch.id).is_not(None)
    of_country = col(Batch.country) == grant.country
    if not grant.administrations:
        return of_country
    # Whose people they are is known of each, not of the whole: it stays its uploader's.
    return and_(of_country, col(Batch.uploaded_by) == actor.account_id)


def visible_actions(
    actor: Actor, permission: Permission = Permission.READ_ACTIONS
) -> ColumnElement[bool]:
    """Return the condition on `Action` for those that an actor may know of.

    A liaison officer sees the Actions of her host countries, all others those of the facility.
    """
    here = col(Action.facility_id) == actor.facility_id
    if actor.is_system:
        return here
    return and_(here, or_(false(), *map(_actions_of, actor.grants_for(permission))))


def _actions_of(grant: Grant) -> ColumnElement[bool]:
    if grant.role is not Role.LIAISON_OFFICER:
        return col(Action.id).is_not(None)
    # The list is read whole everywhere else; both databases spell it as JSON with double quotes.
    return cast(Action.countries, String).contains(f'"{grant.country}"', autoescape=True)


def fed_experts(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on `Expert` for whose record an actor feeds: her people's, her own."""
    grants = (
        grant for grant in actor.grants_for(Permission.READ_EXPERTS) if grant.role in _FEEDS_RECORDS
    )
    return or_(false(), *map(_experts_of, grants))
