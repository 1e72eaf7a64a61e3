"""The English clauses of plans over many requests and of whom to ask first, as forms."""

from __future__ import annotations

from web.wording import marked

PLAN_FORMS = (
    # Why a request has no team in a plan, or a weaker one than alone.
    marked("%(points)s points below its best team alone."),
    marked("%(fit)s people fit, %(ask)s must be asked something first."),
    marked("Alone it would have a team; %(free)s people are left for it."),
    marked("Its best people go to %(requests)s."),
    marked("Missing: %(wanted)s."),
    marked("No newcomer would help: its rules contradict each other."),
    # Why a state is asked first.
    marked("supplied experts to %(count)s of %(all)s past Actions on a topic asked for"),
    marked(
        "supplied experts to %(count)s of %(all)s past Actions in or near the beneficiary countries"
    ),
    marked("supplied experts to %(count)s of %(all)s past Actions in or near %(countries)s"),
    marked(
        "supplied experts to %(count)s of %(all)s past Actions in all, the last begun in %(year)s"
    ),
    marked("supplied experts to %(count)s of %(all)s past Actions in all"),
    marked("supplied experts to %(count)s of %(all)s past Actions in %(areas)s"),
    marked("shares the working language %(languages)s"),
    marked("has declared no interest"),
    marked("declared interests on %(day)s, none in this"),
    marked("declared an interest in %(interests)s on %(day)s"),
    marked("no call says anything of it for this request"),
    marked("no release says anything of it for this request"),
    marked("calls answered with people: %(count)s of %(all)s"),
    marked("calls declined: %(count)s of %(all)s (%(why)s)"),
    marked("calls declined: %(count)s of %(all)s"),
    marked("calls not answered: %(count)s of %(all)s"),
    marked("releases given: %(count)s of %(all)s"),
    marked("releases refused: %(count)s of %(all)s (%(why)s)"),
    marked("releases refused: %(count)s of %(all)s"),
    marked("the latest on %(day)s"),
)
"""The more special one first."""
