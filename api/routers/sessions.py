"""Who is calling."""

from __future__ import annotations

from api.deps import ActorDep, new_router, requires
from api.problems import problems
from api.schemas.meta import GrantOut, MeOut
from roster.policy import Permission

router = new_router("me")


@router.get("/me", dependencies=[requires(Permission.SIGNED_IN)], responses=problems())
def get_me(actor: ActorDep) -> MeOut:
    """Return who is calling, with which roles, and what this caller may do."""
    return MeOut(
        account_id=actor.account_id,
        name=actor.name,
        facility_id=actor.facility_id,
        grants=[GrantOut.model_validate(grant) for grant in actor.grants],
        permissions=[permission for permission in Permission if actor.may(permission)],
        countries=list(actor.countries),
    )
