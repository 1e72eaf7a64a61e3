"""Who is out how much in a year, by the deployments of the facility."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlmodel import Session

from roster.queries.loads import loads_of
from roster.tables import Action, Deployment
from roster.vocabulary import ActionStatus, Origin
from tests.factories import Factory

DONE = next(iter(ActionStatus))


def test_days_and_times_of_a_year_are_counted_and_who_served_there_returns(
    session: Session,
) -> None:
    make = Factory(session)
    officer = make.actor()
    home: dict[str, Any] = {"facility_id": make.home.id, "origin": Origin.SYNTHETIC}
    near = Action(code="ml", name="Mali I", status=DONE, countries=["ML"], **home)
    far = Action(code="pe", name="Peru I", status=DONE, countries=["PE"], **home)
    make.keep(near, far)
    ana, rui = make.expert("Ana"), make.expert("Rui")

    def sent(one: Any, action: Action, first: date | None, last: date | None, **said: Any) -> None:
        given = {"expert_id": one.id, "starts": first, "ends": last, **said, **home}
        make.keep(Deployment(action_id=action.id, **given))

    sent(ana, near, date(2026, 12, 30), date(2027, 1, 3))
    sent(ana, far, date(2027, 5, 3), date(2027, 5, 14), days=9)
    sent(ana, far, date(2027, 6, 1), date(2027, 6, 5), status="cancelled")
    sent(rui, far, None, None, days=30)
    loads = loads_of(session, officer, 2027, request_id=None, countries=["ML"])
    told = {load.expert_id: (load.days, load.deployments, load.returning) for load in loads}
    assert told == {ana.id: (3 + 9, 2, True), rui.id: (0, 0, False)}
    elsewhere = make.actor(facility=make.facility())
    assert loads_of(session, elsewhere, 2027, request_id=None, countries=["ML"]) == ()
