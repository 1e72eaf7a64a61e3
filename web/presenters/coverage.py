"""What was asked for against who is there, as a matrix, a map and the spread of missions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from babel.numbers import format_percent

from roster.counting.coverage import WORKING
from roster.read import ActionView, ExpertRow
from roster.read.coverage import Coverage, CoveredCell, Ground, Rotation
from roster.reference import topics
from roster.vocabulary import Origin
from web.contexts.actions import WorldMap
from web.contexts.coverage import (
    CoveragePage,
    CoveringPage,
    CoveringPerson,
    Gap,
    Matrix,
    MatrixCell,
    MatrixGroup,
    MatrixRow,
    Spread,
    SpreadLine,
)
from web.contexts.layout import Frame
from web.contexts.parts import Chip, Empty, Figure, Link, PersonName, Share, percent
from web.papers.paper import Paper, Table
from web.presenters.action_charts import Classes, map_of, range_words, world_map
from web.tongues import Tongue
from web.wording import REGION_WORDS

MOST_TOPICS = 24
MOST_GAPS = 6
_MOST_SQUARES = 8
_FIRST_COUNTRIES = 10
_LEAST_FOR_SHARE = 10
_SHADES = ((1, 2, "l1"), (3, 7, "l2"), (8, 15, "l3"), (16, None, "l4"))
_PEOPLE: Classes = ((1, 4, "s1"), (5, 14, "s2"), (15, 39, "s3"), (40, None, "s4"))


@dataclass(frozen=True, slots=True)
class Shown:
    """What the address and the reader's roles choose."""

    expertise: bool = False
    """The map of expertise instead of the map of Actions."""
    opens_model: bool = False


def coverage_page(
    frame: Frame, tongue: Tongue, held: Coverage, actions: Sequence[ActionView], shown: Shown
) -> CoveragePage:
    """Return the page; the real Actions are drawn, whatever else asked is counted in words."""
    holes = _cells(held, lambda cell: cell.is_hole)
    thin = _cells(held, lambda cell: cell.is_thin)
    real = [one for one in actions if one.origin is Origin.REAL]
    maps = (
        Link(tongue.word("Actions"), "/coverage#map-h"),
        Link(tongue.word("Expertise"), "/coverage?map=expertise#map-h"),
    )
    return CoveragePage(
        frame=frame,
        title=tongue.word("What was asked for, and what the roster lacks"),
        scope=_scope(tongue, held),
        figures=(
            Figure(tongue.word("Active on the roster"), tongue.number(held.people), "", "/experts"),
            Figure(tongue.word("Needs that nobody meets"), tongue.number(holes)),
            Figure(tongue.word("Needs that one or two people meet"), tongue.number(thin)),
            Figure(
                tongue.word("Countries that people worked in"), tongue.number(len(held.worked_in))
            ),
            Figure(tongue.word("Never sent"), tongue.number(held.rotation.never)),
        ),
        matrix=_matrix(tongue, held, holes, thin) if held.grounds and held.topics else None,
        map=_expertise(tongue, held) if shown.expertise else map_of(tongue, real),
        maps=maps[::-1] if shown.expertise else maps,
        spread=_spread(tongue, held.rotation, opens_model=shown.opens_model),
        exports=(Link(tongue.word("Workbook (XLSX)"), "/coverage/export"),),
        rule=_rule(tongue),
        no_matrix=None
        if held.grounds and held.topics
        else Empty(
            tongue.word("Nothing was asked for yet"),
            tongue.word("Needs are counted from Actions and open requests with a topic."),
            (Link(tongue.word("New request from a letter"), "/requests/new"),),
        ),
    )


def _scope(tongue: Tongue, held: Coverage) -> str:
    said = tongue.words(
        "People active today, against %(num)s Action or open request.",
        "People active today, against %(num)s Actions and open requests.",
        held.asked,
    )
    if not held.invented:
        return said
    invented = tongue.words(
        "%(num)s of them is invented.", "%(num)s of them are invented.", held.invented
    )
    return f"{said} {invented}"


def _rule(tongue: Tongue) -> str:
    return tongue.word(
        "People who know the topic, work in the language at B2 or better, and worked in the "
        "region or come from it. Where a request names no language, the official ones of its "
        "countries count that are among %(languages)s; else English.",
        languages=tongue.listed([tongue.language(one) for one in WORKING]),
    )


def _cells(held: Coverage, chosen: Callable[[CoveredCell], bool]) -> int:
    return sum(chosen(cell) for line in held.topics for cell in line.cells)


def _region(tongue: Tongue, region: str) -> str:
    return tongue.word(REGION_WORDS[region])


def people_path(topic: str, ground: Ground) -> str:
    """Return where the people of one cell stand."""
    said = {"topic": topic, "language": ground.language, "region": ground.region}
    return f"/coverage/people?{urlencode(said)}"


def _matrix(tongue: Tongue, held: Coverage, holes: int, thin: int) -> Matrix:
    title = tongue.words(
        "%(num)s need was asked for and has nobody, or one or two people",
        "%(num)s needs were asked for and have nobody, or one or two people",
        holes + thin,
    )
    if not holes + thin:
        title = tongue.word("Every need that was asked for has three people or more")
    groups = groupby(held.grounds, key=lambda one: one.language)
    return Matrix(
        title=title,
        caption=tongue.word("People by topic, language of work and region of work."),
        groups=tuple(
            MatrixGroup(
                tongue.language(language), tuple(_region(tongue, one.region) for one in some)
            )
            for language, some in groups
        ),
        rows=tuple(
            MatrixRow(
                topics.label(line.topic, tongue.code),
                tuple(
                    _cell(tongue, cell, people_path(line.topic, ground))
                    for cell, ground in zip(line.cells, held.grounds, strict=True)
                ),
            )
            for line in held.topics[:MOST_TOPICS]
        ),
        gaps=_gaps(tongue, held),
        classes=tuple(
            Share(css, range_words(tongue, first, last), "", "0%", "0%")
            for first, last, css in _SHADES
        ),
    )


def _cell(tongue: Tongue, cell: CoveredCell, href: str) -> MatrixCell:
    shade = next((css for first, _, css in reversed(_SHADES) if cell.people >= first), "l0")
    asked = tongue.words("asked %(num)s time", "asked %(num)s times", cell.asked)
    unsure = tongue.words("%(num)s more, level unknown", "%(num)s more, level unknown", cell.unsure)
    said = [asked if cell.asked else "", unsure if cell.unsure else ""]
    return MatrixCell(
        count=tongue.number(cell.people),
        css=shade,
        asked=tuple(str(1 + 5 * at) for at in range(min(cell.asked, _MOST_SQUARES))),
        state="hole" if cell.is_hole else "thin" if cell.is_thin else "",
        words=", ".join(one for one in said if one),
        href=href if cell.people or cell.unsure else None,
    )


def _gaps(tongue: Tongue, held: Coverage) -> tuple[Gap, ...]:
    found = [
        (cell, line.topic, ground)
        for line in held.topics
        for cell, ground in zip(line.cells, held.grounds, strict=True)
        if cell.is_hole or cell.is_thin
    ]
    found.sort(key=lambda one: (one[0].people, -one[0].asked))
    return tuple(
        Gap(
            topics.label(topic, tongue.code),
            f"{tongue.language(ground.language)}, {_region(tongue, ground.region)}",
            _gap_words(tongue, cell),
            Link(tongue.word("Who could be asked"), people_path(topic, ground))
            if cell.people or cell.unsure
            else None,
        )
        for cell, topic, ground in found[:MOST_GAPS]
    )


def _gap_words(tongue: Tongue, cell: CoveredCell) -> str:
    asked = tongue.words("asked %(num)s time", "asked %(num)s times", cell.asked)
    people = tongue.words("%(num)s person", "%(num)s people", cell.people)
    there = people if cell.people else tongue.word("nobody")
    if not cell.unsure:
        return f"{asked}, {there}"
    unsure = tongue.words("%(num)s more, level unknown", "%(num)s more, level unknown", cell.unsure)
    return f"{asked}, {there}, {unsure}"


def _expertise(tongue: Tongue, held: Coverage) -> WorldMap:
    return world_map(
        tongue,
        held.worked_in,
        title=tongue.words(
            "People worked in %(num)s country",
            "People worked in %(num)s countries",
            len(held.worked_in),
        ),
        description=tongue.word("People by country that they worked in or come from."),
        counted=tongue.word("People"),
        note=tongue.word("Each person counts once in every country of her work."),
        classes=_PEOPLE,
    )


def _spread(tongue: Tongue, held: Rotation, *, opens_model: bool) -> Spread:
    parts = (
        ("s1", tongue.word("never sent"), held.never),
        ("s2", tongue.word("once"), held.once),
        ("s4", tongue.word("twice or more"), held.more),
    )
    shares, left = [], 0
    for css, label, count in parts:
        shares.append(
            Share(
                css,
                label,
                tongue.number(count),
                percent(left, held.people),
                percent(count, held.people),
            )
        )
        left += count
    lines = tuple(_country(tongue, *one) for one in held.busiest)
    links = (
        (Link(tongue.word("Who stands first in the rankings"), "/model#h-first"),)
        if opens_model
        else ()
    )
    return Spread(
        title=tongue.word(
            "%(sent)s of %(people)s people were ever sent",
            sent=tongue.number(held.people - held.never),
            people=tongue.number(held.people),
        ),
        shares=tuple(shares),
        lines=lines[:_FIRST_COUNTRIES],
        further=lines[_FIRST_COUNTRIES:],
        links=links,
    )


def _country(tongue: Tongue, country: str | None, people: int, sent: int) -> SpreadLine:
    share = str(format_percent(sent / people, locale=tongue.locale))
    return SpreadLine(
        label=tongue.country(country) if country else tongue.word("Country not known"),
        people=tongue.number(people),
        sent=tongue.number(sent),
        width=percent(sent, people),
        share=share if people >= _LEAST_FOR_SHARE else "",
    )


def people_page(
    frame: Frame,
    tongue: Tongue,
    found: Sequence[tuple[ExpertRow, bool]],
    topic: str,
    ground: Ground,
) -> CoveringPage:
    """Return the people whom one cell of the matrix counts, and those whose level is missing."""
    language = tongue.language(ground.language)
    known = Chip("pass", tongue.word("%(language)s B2 or better", language=language))
    unknown = Chip("unknown", tongue.word("%(language)s level unknown", language=language))
    people = tuple(
        CoveringPerson(
            PersonName(row.display_name, f"/experts/{row.id}", origin=row.origin.value),
            tongue.country(row.home_country) if row.home_country else "",
            known if sure else unknown,
        )
        for row, sure in found
    )
    nobody = Empty(
        tongue.word("Nobody on the roster"),
        tongue.word("Focal points can be asked with a call for a request."),
        (Link(tongue.word("Requests"), "/requests"),),
    )
    return CoveringPage(
        frame=frame,
        title=topics.label(topic, tongue.code),
        scope=f"{language}, {_region(tongue, ground.region)}",
        back=Link(tongue.word("Coverage"), "/coverage"),
        people=people,
        count=tongue.words("%(num)s person", "%(num)s people", len(people)),
        empty=None if people else nobody,
    )


def coverage_paper(tongue: Tongue, held: Coverage, today: str) -> Paper:
    """Return the matrix and the spread as a paper, a line for each cell that says anything."""
    _ = tongue.word
    return Paper(
        title=_("Coverage"),
        subject=_scope(tongue, held),
        mark="",
        facts=((_("What is counted"), _rule(tongue)),),
        facts_title=_("What is counted"),
        tables=(_needs_table(tongue, held), *_countries_tables(tongue, held)),
        footer=today,
        language=tongue.locale.language,
    )


def _needs_table(tongue: Tongue, held: Coverage) -> Table:
    _ = tongue.word
    heads = (_("Topic"), _("Language"), _("Region"), _("People"), _("Level unknown"), _("Asked"))
    rows = tuple(
        (
            topics.label(line.topic, tongue.code),
            tongue.language(ground.language),
            _region(tongue, ground.region),
            cell.people,
            cell.unsure,
            cell.asked,
        )
        for line in held.topics
        for cell, ground in zip(line.cells, held.grounds, strict=True)
    )
    return Table(_("Needs"), heads, rows, _("Nothing was asked for yet"))


def _countries_tables(tongue: Tongue, held: Coverage) -> tuple[Table, Table]:
    _ = tongue.word
    worked = tuple((tongue.country(code), count) for code, count in held.worked_in.items())
    sent = tuple(
        (tongue.country(code) if code else _("Country not known"), people, times)
        for code, people, times in held.rotation.busiest
    )
    return (
        Table(_("Countries of work"), (_("Country"), _("People")), worked, _("Nobody")),
        Table(_("Sent"), (_("Country"), _("People"), _("Sent")), sent, _("Nobody")),
    )
