"""A stored ranking as a page: the list, its filters, its weights, and where the others are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from roster.read import RankedExpert, Ranking, RankingOutline, RequestDetail
from roster.reference import topics
from roster.shortlists import REASONS
from roster.vocabulary import Band, ExpertKind, Stage
from web.contexts.layout import Frame
from web.contexts.parts import Choice, Empty, Facet, FacetOption, Link, Pager, PostButton
from web.contexts.parts import Facets as FacetPanel
from web.contexts.rankings import (
    BandTab,
    ListForm,
    NotRanked,
    PersonRow,
    RankingPage,
    ReasonLine,
)
from web.presenters.pagers import pager_of
from web.presenters.ranking_query import (
    PER_PAGE,
    UNKNOWN,
    Facets,
    RankingQuery,
    WhyOut,
)
from web.presenters.request_head import head_of, path_of
from web.presenters.weights import weights_panel
from web.reason_words import notes
from web.tongues import Tongue
from web.wording import REASON_WORDS, say

_MOST_OPTIONS = 20


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list of a page is made of."""

    outline: RankingOutline
    passing: int
    """How many pass the filters."""
    counts: Mapping[Band, int]
    """Of everybody whom the actor may know of."""
    facets: Facets
    why: Sequence[WhyOut]
    people: tuple[PersonRow, ...]
    moved: str = ""
    """What other weights than those of the ranking before moved."""
    names_hidden: bool = False
    """Whether the list keeps names back, of all but those that the reader opened."""
    gone: int = 0
    """Who declined or left otherwise after this list was made, and still stands in it."""


def page_of(
    frame: Frame,
    found: RequestDetail,
    query: RankingQuery,
    listed: Listed,
    today: date,
    tongue: Tongue,
) -> RankingPage:
    """Return the page of one run."""
    _ = tongue.word
    outline, all_here = listed.outline, listed.counts.get(query.band, 0)
    is_newest = not found.rankings or found.rankings[0].id == outline.row.id
    return RankingPage(
        frame=frame,
        head=head_of(found, "ranking", today, tongue),
        count=tongue.number(listed.passing),
        counted=_counted(query, all_here, tongue),
        bands=_band_tabs(query, listed, tongue),
        facets=_facet_panel(query, listed, tongue),
        people=listed.people,
        form=_list_form(found, query, outline, tongue),
        pager=_pager(query, listed, tongue),
        weights=weights_panel(found, outline, listed.moved, tongue),
        not_ranked=_not_ranked(query, listed, tongue),
        how=_how(outline, tongue),
        run_link=None if is_newest else Link(_("Show the newest ranking"), query.href(run=None)),
        per_page=tuple(
            Link(_("%(number)s on a page", number=size), query.href(per_page=size))
            for size in PER_PAGE
            if size != query.per_page
        ),
        why=path_of(found, "why"),
        hide_names=None
        if listed.names_hidden
        else Link(_("Hide names"), query.href(page=query.page, hide_names=True, countries=())),
        open_names=_open_all(found, query, tongue) if listed.names_hidden else None,
        stale=_stale(found, listed, tongue),
        replay=Link(_("Make it again and compare"), query.beside("replay", run=outline.row.number)),
        empty=None if listed.people else _nobody(query, listed, tongue),
    )


def _pager(query: RankingQuery, listed: Listed, tongue: Tongue) -> Pager:
    return pager_of(
        query.page, query.per_page, listed.passing, tongue, lambda page: query.href(page=page)
    )


def _band_tabs(query: RankingQuery, listed: Listed, tongue: Tongue) -> tuple[BandTab, ...]:
    return tuple(
        BandTab(
            say(tongue, band),
            tongue.number(listed.counts.get(band, 0)),
            query.href(band=band, why=None),
            band is query.band,
        )
        for band in Band
    )


def _list_form(
    found: RequestDetail, query: RankingQuery, outline: RankingOutline, tongue: Tongue
) -> ListForm:
    return ListForm(
        shortlist=path_of(found, "shortlist"),
        compare=path_of(found, "compare"),
        compose=path_of(found, "team"),
        run=str(outline.row.number),
        back=query.href(page=query.page),
        names=path_of(found, "names"),
        hide_names=query.hide_names,
        reasons=tuple(
            Choice(code, tongue.word(REASON_WORDS[code])) for code in REASONS[Stage.NOT_SELECTED]
        ),
    )


def _counted(query: RankingQuery, all_here: int, tongue: Tongue) -> str:
    if query.filters or query.why is not None:
        return tongue.word(
            "of %(all)s in “%(band)s” pass your filter",
            all=tongue.number(all_here),
            band=say(tongue, query.band),
        )
    return {
        Band.FIT: tongue.word("fit: every condition is met"),
        Band.ASK: tongue.word("to ask: a condition is not known"),
        Band.NOT: tongue.word("do not fit: a condition is not met"),
    }[query.band]


def _stale(found: RequestDetail, listed: Listed, tongue: Tongue) -> str:
    asked = replace(listed.outline.ranking.request, declined=())
    if asked != replace(found.need, declined=()):
        return tongue.word("The request was changed after this list was made.")
    if listed.gone:
        return tongue.words(
            "%(num)s person of this list is not to be had any more.",
            "%(num)s people of this list are not to be had any more.",
            listed.gone,
        )
    return ""


def _nobody(query: RankingQuery, listed: Listed, tongue: Tongue) -> Empty:
    _ = tongue.word
    ways = []
    if query.filters or query.why is not None:
        plain = query.href(kinds=(), countries=(), topics=(), deployed=(), why=None)
        ways.append(Link(_("Clear the filters"), plain))
    for band in (Band.ASK, Band.NOT):
        count = listed.counts.get(band, 0)
        if band is not query.band and count:
            label = tongue.labelled(say(tongue, band), tongue.number(count))
            ways.append(Link(label, query.href(band=band, why=None)))
    checked = tongue.words(
        "%(num)s person was checked.", "%(num)s people were checked.", _all(listed)
    )
    near = " ".join(line.near for line in _reason_lines(query, listed, tongue) if line.near)
    title = (
        _("Nobody passes every condition") if query.band is Band.FIT else _("Nobody stands here")
    )
    return Empty(title, f"{checked} {near}".strip(), tuple(ways))


def _all(listed: Listed) -> int:
    return sum(listed.counts.values())


def _open_all(found: RequestDetail, query: RankingQuery, tongue: Tongue) -> PostButton:
    back = query.href(page=query.page, hide_names=False)
    return PostButton(
        tongue.word("Open all names"), path_of(found, "names"), values=(("back", back),)
    )


def _facet_panel(query: RankingQuery, listed: Listed, tongue: Tongue) -> FacetPanel:
    """Return the filters; a list without names is not filtered by country, which is half a name."""
    _, facets = tongue.word, listed.facets
    kinds = {one.value: say(tongue, one) for one in ExpertKind} | {UNKNOWN: _("kind unknown")}
    named = {one.code: topics.label(one.code, tongue.code) for one in topics.topics()}
    answers = {"yes": _("deployed before"), "no": _("never deployed")}
    made = (
        Facet("kind", _("Kind of expert"), _options(kinds, facets["kind"], query.kinds), open=True),
        Facet("country", _("Country"), _by_count(query, facets, tongue), open=True),
        Facet("topic", _("Topic experience"), _options(named, facets["topic"], query.topics)),
        Facet("deployed", _("Deployed"), _options(answers, facets["deployed"], query.deployed)),
    )
    held = {"run", "band", "why", "per_page", "names"}
    kept = [pair for pair in query.values() if pair[0] in held]
    return FacetPanel(
        action=f"/requests/{query.request_id}/ranking",
        facets=tuple(one for one in made if one.name != "country" or not listed.names_hidden),
        summary=tongue.words("Filters, %(num)s on", "Filters, %(num)s on", query.filters)
        if query.filters
        else _("Filters"),
        clear=query.href(kinds=(), countries=(), topics=(), deployed=()),
        hidden=tuple(kept),
    )


def _options(
    names: Mapping[str, str], counts: Mapping[str, int], on: Sequence[str]
) -> tuple[FacetOption, ...]:
    return tuple(
        FacetOption(value, name, counts.get(value, 0), value in on)
        for value, name in names.items()
        if value != UNKNOWN or counts.get(value) or value in on
    )


def _by_count(query: RankingQuery, facets: Facets, tongue: Tongue) -> tuple[FacetOption, ...]:
    counts = facets["country"]
    often = sorted(counts, key=lambda code: (-counts[code], code))[:_MOST_OPTIONS]
    shown = dict.fromkeys((*query.countries, *often))
    return tuple(
        FacetOption(
            code,
            tongue.word("country unknown") if code == UNKNOWN else tongue.country(code),
            counts.get(code, 0),
            code in query.countries,
        )
        for code in shown
    )


def _not_ranked(query: RankingQuery, listed: Listed, tongue: Tongue) -> NotRanked:
    outside = sum(why.people for why in listed.why)
    return NotRanked(
        tongue.words(
            "%(num)s person outside the list, and why",
            "%(num)s people outside the list, and why",
            outside,
        ),
        _reason_lines(query, listed, tongue),
        Link(tongue.word("Whom to ask first"), f"/requests/{query.request_id}#outreach"),
    )


def _reason_lines(query: RankingQuery, listed: Listed, tongue: Tongue) -> tuple[ReasonLine, ...]:
    plain = RankingQuery(query.request_id, run=query.run, per_page=query.per_page)
    return tuple(
        ReasonLine(
            tongue.labelled(say(tongue, why.gate), _state(why, tongue)),
            tongue.number(why.people),
            plain.href(band=why.band, why=why.gate),
            _near(why, tongue),
        )
        for why in listed.why
    )


def _state(why: WhyOut, tongue: Tongue) -> str:
    return tongue.word("to ask") if why.band is Band.ASK else tongue.word("not met")


def _near(why: WhyOut, tongue: Tongue) -> str:
    if not why.near:
        return ""
    if why.gate.value == "language":
        return tongue.words("%(num)s is one level short", "%(num)s are one level short", why.near)
    return tongue.words(
        "%(num)s misses by three days or less", "%(num)s miss by three days or less", why.near
    )


def _how(outline: RankingOutline, tongue: Tongue) -> tuple[str, ...]:
    row, ranking = outline.row, outline.ranking
    moved = [
        f"{tongue.feature(name)} ×{tongue.number(factor)}"
        for name, factor in ranking.weights
        if factor != 1
    ]
    spent = dict(ranking.timing_ms).get("total")
    lines = [
        tongue.word("Model %(model)s.", model=row.model),
        tongue.word(
            "Kept as ranking %(number)s, %(day)s %(time)s.",
            number=row.number,
            day=tongue.day(row.at.date()),
            time=tongue.time(row.at),
        ),
        tongue.words(
            "%(num)s person was held against every condition.",
            "%(num)s people were held against every condition.",
            len(outline.standings),
        ),
        tongue.word("Weights changed: %(weights)s.", weights=", ".join(moved))
        if moved
        else tongue.word("All weights as they stand."),
    ]
    if spent is not None:
        lines.append(tongue.word("It took %(ms)s ms.", ms=tongue.number(round(spent))))
    return (*lines, *notes(ranking.notes, tongue))


def of_these(ranking: Ranking, people: Sequence[RankedExpert]) -> Ranking:
    """Return a ranking of these people only."""
    return replace(ranking, people=tuple(people))


def person_ids(said: Sequence[str]) -> tuple[UUID, ...]:
    """Return the ids among what was sent, each once; anything else is left out."""
    found: dict[UUID, None] = {}
    for text in said:
        try:
            found[UUID(text)] = None
        except ValueError:
            continue
    return tuple(found)
