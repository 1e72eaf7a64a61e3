"""All open requests of a period planned together; the address is the question, nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Annotated, Literal
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Query
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field, ValidationError, field_validator

from roster import portfolios
from roster.errors import InvalidInput
from roster.inputs import PortfolioInput
from roster.policy import Permission
from roster.queries.experts import rows_by_id
from roster.queries.names import names_shown
from roster.queries.portfolios import open_requests
from roster.read import PeriodPlan
from roster.vocabulary import Priority
from web.access import Reader, ReaderDep, new_router, requires
from web.contexts.layout import Frame
from web.contexts.parts import Notice
from web.contexts.portfolio import PlanForm, PortfolioPage
from web.deps import respond
from web.presenters import portfolio as shown
from web.presenters.portfolio_form import OUT, form_of, form_page, nothing_open
from web.presenters.ranking_query import NAMES_HIDDEN
from web.presenters.refusals import refusal

router = new_router()

_A_YEAR = timedelta(days=365)
_WISHES = frozenset({Priority.HIGH.value, Priority.LOW.value, OUT})


class Address(BaseModel):
    """What the address asks for; what is not said is as usual."""

    starts: date | None = None
    ends: date | None = None
    size: int | None = Field(default=None, ge=1, le=8)
    trips: int | None = Field(default=None, ge=1, le=50)
    days: int | None = Field(default=None, ge=1, le=366)
    margin: int | None = Field(default=None, ge=0, le=60)
    newcomers: float | None = Field(default=None, ge=0, le=100)
    plan: list[str] = []
    names: Literal["", "hidden"] = ""
    go: bool = False
    """Whether a plan is asked for; else the form is shown."""

    @field_validator(
        "starts", "ends", "size", "trips", "days", "margin", "newcomers", mode="before"
    )
    @classmethod
    def _nothing_said(cls, value: object) -> object:
        return None if value == "" else value

    @property
    def wishes(self) -> Mapping[UUID, str]:
        """Priorities other than the usual one, by request; what cannot be read is left out."""
        found = {}
        for one in self.plan:
            wish, _, said = one.partition(":")
            try:
                found[UUID(said)] = wish
            except ValueError:
                continue
        return {one: wish for one, wish in found.items() if wish in _WISHES}

    def given(self, today: date, among: frozenset[UUID] = frozenset()) -> PortfolioInput:
        """Return the question.

        Raises
        ------
        pydantic.ValidationError
            The last day lies before the first.
        """
        starts = self.starts or today
        return PortfolioInput(
            starts=starts,
            ends=self.ends or starts + _A_YEAR,
            size=self.size or 3,
            # A form sends an empty field for no cap; an address without it asks for the usual one.
            most_deployments_a_year=self.trips if self.go else 2,
            most_days_a_year=self.days,
            margin_days=2 if self.margin is None else self.margin,
            least_newcomers=(self.newcomers or 0.0) / 100,
            requests=tuple(
                {"request_id": one, "leave_out": True}
                if wish == OUT
                else {"request_id": one, "priority": wish}
                for one, wish in self.wishes.items()
                if one in among
            ),
            blind=bool(self.names),
        )


@router.get("/portfolio", dependencies=[requires(Permission.WRITE_TEAM)])
def portfolio_page(reader: ReaderDep, said: Annotated[Address, Query()]) -> HTMLResponse:
    """Show the form, or plan the open requests of the period in the address."""
    today = reader.clock.now().date()
    try:
        given = said.given(today)
    except ValidationError:
        notice = Notice("no", reader.tongue.word("The last day lies before the first."))
        usual = Address().given(today)
        return _answer(
            reader,
            form_page(_frame(reader, notice), _form(reader, usual, said), reader.tongue),
            422,
        )
    form = _form(reader, given, said)
    if not form.requests:
        return _answer(
            reader, form_page(_frame(reader), form, reader.tongue, nothing_open(reader.tongue))
        )
    if not said.go:
        return _answer(reader, form_page(_frame(reader), form, reader.tongue))
    found = open_requests(reader.session, reader.actor, given.starts, given.ends)
    given = said.given(today, frozenset(one.id for one in found))
    try:
        plan = portfolios.plan_period(
            reader.session,
            reader.actor,
            given,
            ports=_ports(reader),
            names_of=partial(names_shown, reader.session, reader.actor, hide=given.blind),
        )
    except InvalidInput as refused:
        frame = _frame(reader, refusal(refused, reader.tongue))
        return _answer(reader, form_page(frame, form, reader.tongue), refused.status)
    return _answer(reader, _planned(reader, form, plan))


def _ports(reader: Reader) -> portfolios.Ports:
    has = reader.installation
    return portfolios.Ports(has.ranker, has.composer, has.planner, has.clock)


def _frame(reader: Reader, *notices: Notice) -> Frame:
    title = reader.tongue.word("All open requests together")
    return reader.frame(title, "requests", notices)


def _form(reader: Reader, given: PortfolioInput, said: Address) -> PlanForm:
    found = open_requests(reader.session, reader.actor, given.starts, given.ends)
    return form_of(given, said.wishes, found, reader.tongue)


def _answer(reader: Reader, page: PortfolioPage, status: int = 200) -> HTMLResponse:
    return respond(reader.request, "portfolio/detail.html", page, status)


def _planned(reader: Reader, form: PlanForm, plan: PeriodPlan) -> PortfolioPage:
    people = rows_by_id(reader.session, plan.seated)
    portfolios.log_plan(reader.session, reader.actor, plan, at=reader.clock.now())
    asked = reader.request.query_params.multi_items()
    address = f"/portfolio?{urlencode([one for one in asked if one[0] != NAMES_HIDDEN[0]])}"
    return shown.portfolio_page(_frame(reader), form, plan, people, reader.tongue, address=address)
