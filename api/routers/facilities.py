"""What the caller's facility decides for itself."""

from __future__ import annotations

from api.deps import ActorDep, ClockDep, SessionDep, new_router, requires
from api.problems import problems
from api.schemas.facilities import FacilityRulesOut, PrivacyRulesOut
from roster import facility_rules
from roster.errors import InvalidInput
from roster.inputs import FacilityRules
from roster.inputs.privacy import PrivacyRules
from roster.policy import Permission
from roster.privacy import configuration
from roster.queries.facilities import rules_of

router = new_router("facilities")


@router.get("/facility/rules", dependencies=[requires(Permission.SIGNED_IN)], responses=problems())
def get_rules(session: SessionDep, actor: ActorDep) -> FacilityRulesOut:
    """Return the rules of the caller's facility."""
    return FacilityRulesOut.model_validate(rules_of(session, actor.facility_id))


@router.put(
    "/facility/rules",
    dependencies=[requires(Permission.SET_RULES)],
    responses=problems(InvalidInput),
)
def set_rules(
    given: FacilityRules, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> FacilityRulesOut:
    """Put rules in place of those before; what is left out has its usual value."""
    made = facility_rules.set_rules(session, actor, given, clock=clock)
    return FacilityRulesOut.model_validate(made)


@router.get(
    "/facility/privacy",
    dependencies=[requires(Permission.READ_REGISTER)],
    responses=problems(InvalidInput),
)
def get_privacy_rules(session: SessionDep, actor: ActorDep) -> PrivacyRulesOut:
    """Return what the caller's facility says about data protection, and what it has not said."""
    return PrivacyRulesOut.of(configuration.rules_here(session, actor))


@router.put(
    "/facility/privacy",
    dependencies=[requires(Permission.SET_RULES)],
    responses=problems(InvalidInput),
)
def set_privacy_rules(
    given: PrivacyRules, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> PrivacyRulesOut:
    """Put what is said about data protection in place of what was said before, whole.

    Notice, register and impact assessment are made of it; what is left out is told as not said.
    """
    configuration.set_rules(session, actor, given, at=clock.now())
    return PrivacyRulesOut.of(configuration.rules_here(session, actor))
