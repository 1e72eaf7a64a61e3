"""What a facility decides for itself is changed in one place, checked, and written down."""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import Session

from roster import records
from roster.errors import Conflict, FieldError, InvalidInput
from roster.feedback import ratings
from roster.inputs import FacilityRules
from roster.inputs.facilities import POINTS
from roster.policy import Actor, Permission, require
from roster.ports import Clock
from roster.queries.facilities import RULES_SET, rules_of, settings_version
from roster.reference import countries, topics
from roster.tables import Facility

_WORDED = frozenset({"steering"})
"""Rules that hold words: the change sequence says that they changed, never to what."""
_OF_RATINGS = frozenset({"rates_people", "least_raters"})
_MOST_MONTHS, _MOST_FOLLOW_UPS = 120, 6


def set_rules(
    session: Session,
    actor: Actor,
    given: FacilityRules,
    *,
    clock: Clock,
    seen: int | None = None,
) -> FacilityRules:
    """Put rules in place of those before; what changed is written down with who did it.

    Parameters
    ----------
    seen : the version that the rules were read at, None where it does not matter

    Raises
    ------
    NotAllowed
    InvalidInput
        A country, an area or a point is not known, or two rules contradict each other.
    Conflict
        Somebody changed the rules since they were read.
    """
    require(actor, Permission.SET_RULES)
    facility = session.get_one(Facility, actor.facility_id, with_for_update=True)
    if seen is not None and seen != settings_version(session, facility.id, RULES_SET):
        raise Conflict("Somebody changed the rules since you opened them. Read them again first.")
    errors = tuple(_wrong(given))
    if errors:
        raise InvalidInput("Nothing was changed.", errors=errors)
    before = rules_of(session, facility.id).model_dump(mode="json")
    after = given.model_dump(mode="json")
    changed = {
        name: None if name in _WORDED else [before[name], after[name]]
        for name in after
        if before[name] != after[name]
    }
    if changed:
        facility.rules = given.model_dump(mode="json", exclude_defaults=True)
        session.add(facility)
        records.log_change(session, actor, facility, RULES_SET, clock.now(), rules=changed)
        session.flush()
    if changed.keys() & _OF_RATINGS:
        ratings.follow_rules(session, actor, at=clock.now())
    return given


def _wrong(given: FacilityRules) -> Iterator[FieldError]:
    """Yield what cannot be meant, each at its rule."""
    for code in given.eligible_countries or ():
        if not countries.is_country(code):
            yield FieldError("/eligible_countries", f"The country “{code}” is not known.")
    for area in given.areas or ():
        if area not in topics.areas():
            yield FieldError("/areas", f"The area “{area}” is not known.")
    for point in given.screening:
        if point not in POINTS:
            yield FieldError("/screening", f"The point “{point}” is not known.")
    yield from _without_sense(given)


def _without_sense(given: FacilityRules) -> Iterator[FieldError]:
    if not given.screening:
        yield FieldError("/screening", "Leave one point at least on the checklist.")
    usual, urgent = given.fiche_days, given.fiche_days_urgent
    if usual is not None and urgent is not None and urgent > usual:
        words = "An urgent request cannot have more days than any other."
        yield FieldError("/fiche_days_urgent", words)
    if given.reminder_days >= min(given.call_days, given.release_days):
        words = "A reminder has to come before the deadlines of calls and releases."
        yield FieldError("/reminder_days", words)
    months = given.follow_up_months
    fits = all(1 <= one <= _MOST_MONTHS for one in months) and len(months) <= _MOST_FOLLOW_UPS
    if not fits or list(months) != sorted(set(months)):
        words = "Give up to six numbers of months from 1 to 120, each larger than the one before."
        yield FieldError("/follow_up_months", words)
