"""Actions done so far: the list with its filters, one Action, the figures beside the print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from roster.figure_rules import Comparison
from roster.read import ActionView, ActivityView
from roster.reference import activities, bodies, topics
from roster.vocabulary import ActionStatus, ActivityType, Origin
from web.contexts.actions import (
    ActionDetailPage,
    ActionLine,
    ActionListPage,
    ActivityLine,
    ComparedFigure,
    ResultLine,
)
from web.contexts.layout import Fact, Frame, Head
from web.contexts.parts import Chip, Empty, Facet, FacetOption, Facets, Figure, Link, Pager
from web.presenters.action_charts import charts_of, map_of
from web.tongues import Tongue
from web.wording import marked

PER_PAGE = 25
STATUS_WORDS = {
    ActionStatus.IN_PREPARATION: marked("In preparation"),
    ActionStatus.ONGOING: marked("Ongoing"),
    ActionStatus.COMPLETED: marked("Completed"),
    ActionStatus.ON_HOLD: marked("On hold"),
    ActionStatus.CANCELLED: marked("Cancelled"),
}
_KINDS = {
    "eu_administration": marked("Member State administration"),
    "non_eu_administration": marked("Non-EU administration"),
    "academia": marked("Academia"),
    "private_consultant": marked("Private consultant"),
    "ngo": marked("NGO"),
    "international_organisation": marked("International organisation"),
    "diaspora": marked("Diaspora"),
}
_BASIS = {
    "printed": marked("as printed"),
    "inferred": marked("inferred from the text"),
    "to be determined": marked("to be determined"),
}


@dataclass(frozen=True, slots=True)
class ListState:
    """What the address says."""

    words: str = ""
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    page: int = 1

    def query(self, page: int) -> str:
        """Return the address of a page of the same list."""
        pairs = [("q", self.words)] if self.words else []
        pairs += [(name, one) for name in sorted(self.chosen) for one in sorted(self.chosen[name])]
        return "/actions?" + urlencode([*pairs, ("page", str(page))]) + "#rows-h"


Keys = Callable[[ActionView], Iterable[str]]
FACETS: tuple[tuple[str, str, Keys], ...] = (
    ("region", marked("Region"), lambda action: [action.region] if action.region else []),
    ("status", marked("Status"), lambda action: [action.status.value]),
    ("topic", marked("Topic"), lambda action: action.topics),
    ("area", marked("Thematic area"), lambda action: action.areas),
    (
        "activity",
        marked("Type of activity"),
        lambda action: {activity.type.value for activity in action.activities},
    ),
    ("country", marked("Country"), lambda action: action.countries),
)
"""Filters: name in the address, title, and what an Action is found by."""


def chosen_of(actions: Sequence[ActionView], state: ListState) -> list[ActionView]:
    """Return the Actions that pass every filter."""
    return [action for action in actions if _passes(action, state, without="")]


def _passes(action: ActionView, state: ListState, *, without: str) -> bool:
    said = f"{action.name} {action.objective} {action.authority or ''}".casefold()
    if not all(word in said for word in state.words.casefold().split()):
        return False
    return all(
        not state.chosen.get(name) or set(keys(action)) & state.chosen[name]
        for name, _, keys in FACETS
        if name != without
    )


def list_page(
    frame: Frame,
    tongue: Tongue,
    actions: Sequence[ActionView],
    compared: Sequence[Comparison],
    state: ListState,
) -> ActionListPage:
    """Return the overview: figures and charts of everything real, and the list as filtered."""
    found = chosen_of(actions, state)
    shown = found[(state.page - 1) * PER_PAGE : state.page * PER_PAGE]
    real = [action for action in actions if action.origin is Origin.REAL]
    return ActionListPage(
        frame=frame,
        title=tongue.word("Actions done so far"),
        scope=tongue.word(
            "Facts of the facility as the book of 2015 and its annex print them. "
            "Invented records count in no figure."
        ),
        figures=_figures(tongue, real),
        compared=tuple(_compared(tongue, one) for one in compared),
        compared_finding=_compared_finding(tongue, compared),
        charts=charts_of(tongue, real),
        query=state.words,
        facets=_facets(tongue, actions, state),
        actions=tuple(_line(tongue, action) for action in shown),
        pager=_pager(tongue, len(found), len(shown), state),
        map=map_of(tongue, real) if real else None,
        exports=(),
        also=_also(tongue),
        empty=None
        if shown
        else Empty(
            tongue.word("No Action matches"),
            "",
            (Link(tongue.word("Show all Actions"), "/actions"),),
        ),
    )


def _also(tongue: Tongue) -> tuple[Link, ...]:
    return (
        Link(
            tongue.word("What the web page says of the same Actions"), "/publications/page-actions"
        ),
        Link(tongue.word("Projects of other agencies"), "/publications/agency-projects"),
        Link(tongue.word("The Demand Driven Facility"), "/publications/demand-driven-facility"),
    )


def _figures(tongue: Tongue, real: Sequence[ActionView]) -> tuple[Figure, ...]:
    states = Counter(action.status for action in real)
    countries = {code for action in real for code in action.countries}
    return (
        Figure(tongue.word("Actions"), tongue.number(len(real)), href="/actions#rows-h"),
        Figure(
            tongue.word("Completed"),
            tongue.number(states[ActionStatus.COMPLETED]),
            href="/actions?status=completed#rows-h",
        ),
        Figure(
            tongue.word("Ongoing"),
            tongue.number(states[ActionStatus.ONGOING]),
            href="/actions?status=ongoing#rows-h",
        ),
        Figure(
            tongue.word("Activities"),
            tongue.number(sum(len(action.activities) for action in real)),
        ),
        Figure(tongue.word("Countries that benefited"), tongue.number(len(countries))),
    )


def _compared_finding(tongue: Tongue, compared: Sequence[Comparison]) -> str:
    printed = [one for one in compared if one.printed is not None]
    agree = sum(one.agrees for one in printed)
    return tongue.word(
        "%(agree)s of %(printed)s printed figures agree with the rows",
        agree=tongue.number(agree),
        printed=tongue.number(len(printed)),
    )


def _compared(tongue: Tongue, one: Comparison) -> ComparedFigure:
    printed = one.printed
    return ComparedFigure(
        label=one.label,
        computed=tongue.number(one.computed),
        printed=printed
        if isinstance(printed, str)
        else ""
        if printed is None
        else tongue.number(printed),
        agrees=one.agrees,
        why=one.why or "",
        rule=one.rule_in_words,
    )


def _facets(tongue: Tongue, actions: Sequence[ActionView], state: ListState) -> Facets:
    made = []
    for name, title, keys in FACETS:
        remaining = Counter(
            key
            for action in actions
            if _passes(action, state, without=name)
            for key in set(keys(action))
        )
        everything = {key for action in actions for key in keys(action)}
        on = state.chosen.get(name, frozenset())
        options = tuple(
            FacetOption(key, _facet_words(tongue, name, key), remaining[key], key in on)
            for key in sorted(everything, key=lambda key: (-remaining[key], key))
        )
        made.append(Facet(name, tongue.word(title), options, open=bool(on) or name == "region"))
    count = sum(len(on) for on in state.chosen.values())
    summary = (
        tongue.word("Filters, %(count)s on", count=tongue.number(count))
        if count
        else tongue.word("Filters")
    )
    hidden = (("q", state.words),) if state.words else ()
    return Facets("/actions", tuple(made), summary, "/actions", hidden)


def _facet_words(tongue: Tongue, name: str, key: str) -> str:
    if name == "status":
        return tongue.word(STATUS_WORDS[ActionStatus(key)])
    if name == "topic":
        return topics.label(key, tongue.code) if topics.is_topic(key) else key
    if name == "activity":
        return activity_words(tongue, key)
    if name == "country":
        return tongue.country(key)
    return key[:1].upper() + key[1:]


def activity_words(tongue: Tongue, code: str) -> str:
    """Name a type of activity."""
    return activities.label(ActivityType(code), tongue.code)


def _line(tongue: Tongue, action: ActionView) -> ActionLine:
    mentions = {one.country for one in action.expertise if one.country}
    return ActionLine(
        title=action.name,
        href=f"/actions/{action.code}",
        countries=_who(tongue, action),
        years=years_of(tongue, action),
        status=tongue.word(STATUS_WORDS[ActionStatus.ON_HOLD if action.on_hold else action.status]),
        topics=", ".join(
            topics.label(code, tongue.code) for code in action.topics if topics.is_topic(code)
        ),
        activities=tongue.number(len(action.activities)),
        experts=tongue.words("%(num)s country", "%(num)s countries", len(mentions))
        if mentions
        else tongue.word("none named"),
        origin=action.origin.value,
    )


def _who(tongue: Tongue, action: ActionView) -> str:
    named = tongue.listed([tongue.country(code) for code in action.countries])
    return named or _body(action.regional_body) or tongue.word("country unknown")


def _body(code: str | None) -> str:
    known = {one.id: one.name for one in bodies.bodies()}
    return known.get(code or "", code or "")


def years_of(tongue: Tongue, action: ActionView) -> str:
    """Say from when to when an Action ran, no more precisely than printed."""
    if action.starts is None:
        return tongue.word("dates unknown")
    if action.ends is None:
        return tongue.word("from %(date)s, end unknown", date=tongue.partial(action.starts))
    return f"{tongue.partial(action.starts)} – {tongue.partial(action.ends)}"


def _pager(tongue: Tongue, total: int, shown: int, state: ListState) -> Pager:
    first = (state.page - 1) * PER_PAGE
    words = tongue.word(
        "%(first)s–%(last)s of %(total)s",
        first=tongue.number(min(first + 1, total)),
        last=tongue.number(first + shown),
        total=tongue.number(total),
    )
    previous = Link(tongue.word("Previous"), state.query(state.page - 1)) if first else None
    more = first + shown < total
    return Pager(
        words, previous, Link(tongue.word("Next"), state.query(state.page + 1)) if more else None
    )


def detail_page(frame: Frame, tongue: Tongue, action: ActionView) -> ActionDetailPage:
    """Return the page of one Action."""
    count = len(action.activities)
    return ActionDetailPage(
        frame=frame,
        head=_detail_head(tongue, action),
        summary=action.objective,
        chips=tuple(
            Chip("note", topics.label(code, tongue.code))
            for code in action.topics
            if topics.is_topic(code)
        ),
        activities=tuple(_activity_line(tongue, one) for one in action.activities),
        activities_finding=tongue.words("%(num)s activity", "%(num)s activities", count),
        results=tuple(
            ResultLine(
                one.constituent.value,
                one.title,
                tongue.word("expected when printed") if one.expected else tongue.word("achieved"),
            )
            for one in action.results
        ),
        results_finding=tongue.words("%(num)s result", "%(num)s results", len(action.results)),
        expertise=tuple(
            (
                tongue.word(_KINDS[one.kind.value]) if one.kind else tongue.word("kind not said"),
                _mention(tongue, one.country, one.country_group, one.basis),
            )
            for one in action.expertise
        ),
        lessons=action.notes,
        source=action.plan_reason,
        origin=action.origin.value,
    )


def _detail_head(tongue: Tongue, action: ActionView) -> Head:
    facts = [
        Fact(tongue.word("For"), _who(tongue, action)),
        Fact(tongue.word("When"), years_of(tongue, action)),
    ]
    if action.authority:
        facts.insert(1, Fact(tongue.word("Authority"), action.authority))
    status = ActionStatus.ON_HOLD if action.on_hold else action.status
    return Head(
        title=action.name,
        crumbs=(Link(tongue.word("Actions"), "/actions"),),
        here=action.region or "",
        facts=tuple(facts),
        chips=(Chip("note", tongue.word(STATUS_WORDS[status])),),
    )


def _activity_line(tongue: Tongue, one: ActivityView) -> ActivityLine:
    return ActivityLine(
        title=one.title,
        kind=", ".join(activity_words(tongue, code.value) for code in (one.type, *one.also)),
        intervention=one.intervention.value if one.intervention else "",
        basis=_basis(tongue, one.intervention_basis),
    )


def _basis(tongue: Tongue, basis: str | None) -> str:
    words = {
        "rule": tongue.word("by the rule for the type"),
        "judgement": tongue.word("by judgement"),
    }
    return words.get(basis or "", "")


def _mention(tongue: Tongue, country: str | None, group: str | None, basis: str | None) -> str:
    who = tongue.country(country) if country else group or tongue.word("country not said")
    return f"{who}, {tongue.word(_BASIS[basis])}" if basis in _BASIS else who
