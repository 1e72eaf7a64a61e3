"""The list of people that somebody may know of, with filters and counts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from roster.queries.gaps import STALE
from roster.read import ExpertRow, ExpertView, PageOf
from roster.telling.reconfirmations import MOST_AT_ONCE, Asking
from roster.vocabulary import OFF_ROSTER, ExpertKind, ExpertStatus, RecordGap
from web.contexts.experts import ExpertLine, ExpertListPage, ReminderNote
from web.contexts.layout import Frame
from web.contexts.parts import Chip, Empty, Facet, FacetOption, Facets, Link, PostButton
from web.presenters.fact_words import level_words
from web.presenters.pagers import pager_of
from web.presenters.persons import name_of
from web.tongues import Tongue
from web.wording import say

_LANGUAGES = 4


@dataclass(frozen=True, slots=True)
class ListState:
    """What the address says; it never holds a name."""

    kinds: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    gaps: frozenset[str] = frozenset()
    page: int = 1

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The filters as fields of a form."""
        named = (
            ("kind", self.kinds),
            ("country", self.countries),
            ("status", self.statuses),
            ("gap", self.gaps),
        )
        return tuple((name, one) for name, chosen in named for one in sorted(chosen))

    def query(self, page: int, *more: tuple[str, str]) -> str:
        """Return the address of a page of the same list."""
        return "/experts?" + urlencode([*self.pairs, ("page", str(page)), *more])


@dataclass(frozen=True, slots=True)
class Counts:
    """People by trait, each with the other filters applied."""

    kinds: Mapping[str, int]
    countries: Mapping[str, int]
    statuses: Mapping[str, int]
    gaps: Mapping[str, int]
    asking: Asking | None = None
    """Whom a reminder would reach; None where the list has no gap, or others keep the records."""


def list_page(
    frame: Frame,
    tongue: Tongue,
    found: PageOf[ExpertRow],
    views: Mapping[UUID, ExpertView],
    counts: Counts,
    state: ListState,
    *,
    today: date,
    may_upload: bool,
) -> ExpertListPage:
    """Return the page of a part of the list."""
    upload = Link(tongue.word("Upload CVs"), "/uploads")
    return ExpertListPage(
        frame=frame,
        finding=tongue.words("%(num)s person", "%(num)s people", found.total),
        facets=_facets(tongue, counts, state),
        people=tuple(_line(tongue, row, views.get(row.id), today) for row in found.items),
        pager=pager_of(found.page, found.per_page, found.total, tongue, state.query),
        upload=upload if may_upload else None,
        empty=None if found.items else _empty(tongue, state, upload if may_upload else None),
        reminder=_reminder(tongue, counts.asking, state) if counts.asking and found.total else None,
    )


def _reminder(tongue: Tongue, asking: Asking, state: ListState) -> ReminderNote:
    due = min(len(asking.due), MOST_AT_ONCE)
    said = []
    if due:
        said.append(
            tongue.word(
                "Each gets a letter with the personal link, by mail where an address is known; "
                "the others you hand over. Nobody is asked twice within eight weeks."
            )
        )
    if asking.lately:
        said.append(
            tongue.words(
                "%(num)s person was asked within the last eight weeks.",
                "%(num)s people were asked within the last eight weeks.",
                asking.lately,
            )
        )
    if asking.untold:
        said.append(
            tongue.words(
                "%(num)s person was not told yet that a CV is here: that letter comes first.",
                "%(num)s people were not told yet that a CV is here: that letter comes first.",
                asking.untold,
            )
        )
    label = tongue.words(
        "Ask %(num)s person to look at the record",
        "Ask %(num)s people to look at their records",
        due,
    )
    return ReminderNote(
        words=" ".join(said) or tongue.word("Nobody of this list is active: nobody is asked."),
        button=PostButton(label, "/experts/reminders", state.pairs) if due else None,
        outbox=Link(tongue.word("Letters to look again"), "/notices?show=reminders"),
    )


def _line(tongue: Tongue, row: ExpertRow, view: ExpertView | None, today: date) -> ExpertLine:
    spoken = []
    for one in view.languages[:_LANGUAGES] if view else ():
        level = level_words(tongue, one.value.level) or tongue.word("level unknown")
        spoken.append(f"{tongue.language(one.value.language)} {level}")
    return ExpertLine(
        person=name_of(row, tongue),
        kind=say(tongue, row.kind) if row.kind else tongue.word("unknown"),
        languages=", ".join(spoken) or tongue.word("unknown"),
        confirmed=tongue.day(row.confirmed_on) if row.confirmed_on else tongue.word("never"),
        chips=tuple(_chips(tongue, row, today)),
    )


def _chips(tongue: Tongue, row: ExpertRow, today: date) -> list[Chip]:
    chips = []
    if row.status is not ExpertStatus.ACTIVE:
        chips.append(Chip("look", say(tongue, row.status)))
    if row.confirmed_on is None or row.confirmed_on < today - STALE:
        chips.append(Chip("look", tongue.word("not confirmed for a year")))
    return chips


def _facets(tongue: Tongue, counts: Counts, state: ListState) -> Facets:
    statuses = [one for one in ExpertStatus if one not in OFF_ROSTER]
    facets = (
        Facet(
            "kind",
            tongue.word("Kind of expert"),
            _options(tongue, list(ExpertKind), counts.kinds, state.kinds),
            open=True,
        ),
        Facet(
            "country",
            tongue.word("Country"),
            _country_options(tongue, counts, state),
            open=bool(state.countries),
        ),
        Facet(
            "status",
            tongue.word("Standing on the roster"),
            _options(tongue, statuses, counts.statuses, state.statuses),
            open=bool(state.statuses),
        ),
        Facet(
            "gap",
            tongue.word("What is not known"),
            _options(tongue, list(RecordGap), counts.gaps, state.gaps),
            open=bool(state.gaps),
        ),
    )
    on = len(state.pairs)
    summary = (
        tongue.word("Filters, %(count)s on", count=tongue.number(on))
        if on
        else tongue.word("Filters")
    )
    return Facets("/experts", facets, summary, "/experts")


def _options(
    tongue: Tongue,
    words: Sequence[ExpertKind] | Sequence[ExpertStatus] | Sequence[RecordGap],
    counts: Mapping[str, int],
    chosen: Collection[str],
) -> tuple[FacetOption, ...]:
    return tuple(
        FacetOption(one.value, say(tongue, one), counts.get(one.value, 0), one.value in chosen)
        for one in words
    )


def _country_options(tongue: Tongue, counts: Counts, state: ListState) -> tuple[FacetOption, ...]:
    codes = sorted(
        {*counts.countries, *state.countries},
        key=lambda code: (-counts.countries.get(code, 0), code),
    )
    return tuple(
        FacetOption(
            code, tongue.country(code), counts.countries.get(code, 0), code in state.countries
        )
        for code in codes
    )


def _empty(tongue: Tongue, state: ListState, upload: Link | None) -> Empty:
    if state.pairs:
        way = Link(tongue.word("Show everybody"), "/experts")
        return Empty(
            tongue.word("Nobody matches"),
            tongue.word("Take a filter off, or search the whole roster by a word."),
            (way,),
        )
    title = tongue.word("Nobody is on this part of the roster yet")
    return Empty(
        title,
        tongue.word("People come here when their CV is confirmed."),
        (upload,) if upload else (),
    )
