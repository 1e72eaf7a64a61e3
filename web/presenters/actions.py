"""Actions done so far: the list with its filters, one Action, the figures beside the print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from roster.counting.figure_rules import Comparison
from roster.read import ActionView
from roster.reference import activities, topics
from roster.vocabulary import ActionStatus, ActivityType, Origin
from web.contexts.actions import ActionLine, ActionListPage, ComparedFigure
from web.contexts.layout import Frame
from web.contexts.parts import Empty, Facet, FacetOption, Facets, Figure, Link
from web.presenters.action_charts import charts_of, map_of
from web.presenters.action_head import STATUS_WORDS, beneficiaries, years_of
from web.presenters.pagers import kept_within, pager_of
from web.tongues import Tongue
from web.wording import marked

PER_PAGE = 25


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
    (
        "officer",
        marked("Officer"),
        lambda action: [str(action.officer_id)] if action.officer_id else [],
    ),
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
    *,
    may_write: bool = False,
) -> ActionListPage:
    """Return the overview: figures and charts of everything real, and the list as filtered."""
    found = chosen_of(actions, state)
    page = kept_within(state.page, PER_PAGE, len(found))
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
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
        pager=pager_of(page, PER_PAGE, len(found), tongue, state.query),
        map=map_of(tongue, real) if real else None,
        exports=(),
        also=_also(tongue),
        ways=_ways(tongue, may_write),
        empty=None
        if shown
        else Empty(
            tongue.word("No Action matches"),
            "",
            (Link(tongue.word("Show all Actions"), "/actions"),),
        ),
    )


def _ways(tongue: Tongue, may_write: bool) -> tuple[Link, ...]:
    asked = Link(tongue.word("What became of closed Actions"), "/actions/follow-ups")
    return (Link(tongue.word("New Action"), "/actions/new"), asked) if may_write else (asked,)


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
        why=tongue.word(one.why) if one.why else "",
        rule=one.rule_in_words,
    )


def _facets(tongue: Tongue, actions: Sequence[ActionView], state: ListState) -> Facets:
    made = []
    officers = {str(one.officer_id): one.officer for one in actions if one.officer}
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
            FacetOption(
                key,
                officers.get(key) or _facet_words(tongue, name, key),
                remaining[key],
                key in on,
            )
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
        countries=beneficiaries(tongue, action),
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
