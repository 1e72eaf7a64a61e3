"""Requests as a list and as one record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from roster.policy import Permission
from roster.read import PageOf, RankingRow, RequestDetail, RequestRow, RequestStep
from roster.reference import activities, topics
from roster.vocabulary import RequestStatus
from web.contexts.layout import Frame
from web.contexts.parts import (
    Empty,
    Facet,
    FacetOption,
    Facets,
    Link,
    PostButton,
)
from web.contexts.requests import (
    HistoryLine,
    ReadLine,
    RequestDetailPage,
    RequestLine,
    RequestListPage,
    RunLine,
)
from web.presenters.decisions import kin_lines
from web.presenters.letters import LetterRead, pane
from web.presenters.pagers import pager_of
from web.presenters.request_form import Typed
from web.presenters.request_head import (
    countries_words,
    days_words,
    due_chip,
    head_of,
    path_of,
)
from web.presenters.request_steps import status_form
from web.presenters.screening import intake_notes
from web.tongues import Tongue
from web.wording import say

_MOST_COUNTRIES = 15


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What the address of the list says."""

    words: str = ""
    statuses: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    page: int = 1

    def href(self, page: int) -> str:
        """Return the address of another page of the same list."""
        said = [
            *([("q", self.words)] if self.words else []),
            *(("status", one) for one in self.statuses),
            *(("country", one) for one in self.countries),
            *([("page", str(page))] if page > 1 else []),
        ]
        return "/requests" + (f"?{urlencode(said)}" if said else "")


def list_page(
    frame: Frame,
    found: PageOf[RequestRow],
    query: ListQuery,
    counts: tuple[Mapping[RequestStatus, int], Mapping[str, int]],
    today: date,
    tongue: Tongue,
    *,
    waiting: int,
    may_write: bool,
) -> RequestListPage:
    """Return one page of the list.

    Parameters
    ----------
    counts : of all requests, by status and by country
    waiting : requests that are open
    """
    _ = tongue.word
    by_status, by_country = counts
    new = Link(_("New request from a letter"), "/requests/new") if may_write else None
    return RequestListPage(
        frame=frame,
        finding=tongue.words(
            "%(num)s request waits for a decision, %(all)s in all",
            "%(num)s requests wait for a decision, %(all)s in all",
            waiting,
            all=tongue.number(sum(by_status.values())),
        ),
        new_request=new,
        query=query.words,
        facets=_list_facets(query, by_status, by_country, tongue),
        requests=tuple(_line(row, today, tongue) for row in found.items),
        pager=pager_of(found.page, found.per_page, found.total, tongue, query.href),
        empty=None if found.items else _no_request(query, new, tongue),
        together=Link(_("Plan open requests together"), "/portfolio") if waiting else None,
    )


def _no_request(query: ListQuery, new: Link | None, tongue: Tongue) -> Empty:
    _ = tongue.word
    ways = (new,) if new else ()
    if query == ListQuery():
        return Empty(_("No request yet"), _("The first one starts from its letter."), ways)
    everything = Link(_("Show all requests"), "/requests")
    text = _("No request passes the filters and the words searched for.")
    return Empty(_("Nothing found"), text, (everything, *ways))


def _line(row: RequestRow, today: date, tongue: Tongue) -> RequestLine:
    people = tongue.words("%(num)s shortlisted", "%(num)s shortlisted", row.shortlisted)
    return RequestLine(
        title=row.title,
        href=f"/requests/{row.id}",
        reference=row.code,
        authority=row.authority or tongue.word("authority not named"),
        countries=countries_words(row.countries, row.regional_body, tongue)
        or tongue.word("country not said"),
        when=days_words(row.starts, row.ends, tongue) or tongue.word("dates not said"),
        stage=say(tongue, row.status),
        people=people if row.shortlisted else tongue.word("nobody yet"),
        chip=due_chip(row.fiche_due, today, tongue),
        origin=row.origin.value,
    )


def _list_facets(
    query: ListQuery,
    by_status: Mapping[RequestStatus, int],
    by_country: Mapping[str, int],
    tongue: Tongue,
) -> Facets:
    _ = tongue.word
    stages = tuple(
        FacetOption(one.value, say(tongue, one), by_status.get(one, 0), one.value in query.statuses)
        for one in RequestStatus
    )
    often = sorted(by_country, key=lambda code: (-by_country[code], code))
    shown = dict.fromkeys((*query.countries, *often[:_MOST_COUNTRIES]))
    places = tuple(
        FacetOption(code, tongue.country(code), by_country.get(code, 0), code in query.countries)
        for code in shown
    )
    on = len(query.statuses) + len(query.countries)
    return Facets(
        action="/requests",
        facets=(
            Facet("status", _("Stage"), stages, open=True),
            Facet("country", _("Country"), places, open=True),
        ),
        summary=tongue.words("Filters, %(num)s on", "Filters, %(num)s on", on)
        if on
        else _("Filters"),
        clear="/requests",
        hidden=(("q", query.words),) if query.words else (),
    )


def detail_page(
    frame: Frame,
    found: RequestDetail,
    letter: LetterRead | None,
    following: Sequence[RequestStatus],
    today: date,
    tongue: Tongue,
    *,
    may: Callable[[Permission], bool],
    refused_step: tuple[str, Typed] = ("", {}),
) -> RequestDetailPage:
    """Return one request: `following` are the stages it can move to.

    Parameters
    ----------
    refused_step : why a step was not taken, and what was typed
    """
    _ = tongue.word
    may_write, may_rank = may(Permission.WRITE_REQUESTS), may(Permission.RANK)
    lines = _read_lines(found, letter, tongue)
    unknown = sum(1 for line in lines if not line.value)
    rank = PostButton(
        _("Rank again") if found.rankings else _("Rank experts"), path_of(found, "rankings")
    )
    return RequestDetailPage(
        frame=frame,
        head=head_of(found, "fields", today, tongue),
        finding=tongue.words("%(num)s field is unknown", "%(num)s fields are unknown", unknown)
        if unknown
        else _("All fields are known"),
        lines=lines,
        rank=rank if may_rank else None,
        edit=Link(_("Correct fields"), path_of(found, "edit")) if may_write else None,
        status=status_form(found, following, refused_step, tongue) if may_write else None,
        document=pane(letter, tongue) if letter else None,
        history=tuple(_history_line(step, tongue) for step in reversed(found.history)),
        runs=tuple(_run_line(found, row, tongue) for row in found.rankings) if may_rank else (),
        before=tuple(
            Link(tongue.labelled(label, one.label), one.href)
            for label, links in kin_lines(found.family, tongue)
            for one in links
            if one.href
        ),
        notes=(*intake_notes(found.intake, tongue), *(letter.notes if letter else ())),
    )


def _run_line(found: RequestDetail, row: RankingRow, tongue: Tongue) -> RunLine:
    counts = dict(row.counts)
    moved = sum(1 for _, factor in row.weights if factor != 1)
    told = tongue.word(
        "%(fit)s fit, %(ask)s to ask, %(not)s do not",
        fit=tongue.number(counts.get("fit", 0)),
        ask=tongue.number(counts.get("ask", 0)),
        **{"not": tongue.number(counts.get("not", 0))},
    )
    if moved:
        shifted = tongue.words("%(num)s weight changed", "%(num)s weights changed", moved)
        told = f"{told}; {shifted}"
    return RunLine(
        Link(
            tongue.word("Ranking %(number)s", number=row.number),
            f"{path_of(found, 'ranking')}?run={row.number}",
        ),
        told,
        f"{tongue.day(row.at.date())} {tongue.time(row.at)}",
    )


def _history_line(step: RequestStep, tongue: Tongue) -> HistoryLine:
    return HistoryLine(
        what=say(tongue, step.to_status),
        who=step.by or tongue.word("the system"),
        when=f"{tongue.day(step.at.date())} {tongue.time(step.at)}",
        why=step.reason or "",
    )


def _read_lines(
    found: RequestDetail, letter: LetterRead | None, tongue: Tongue
) -> tuple[ReadLine, ...]:
    said = tongue.word("not said")
    lines = (*_asked_lines(found, tongue), *_handling_lines(found, tongue))
    taken: set[int] = set()
    return tuple(
        ReadLine(
            label,
            "; ".join(value for value in values if value),
            unknown=said,
            numbers=_own_numbers(name, found, letter, taken),
        )
        for name, label, values in lines
    )


_Line = tuple[str, str, list[str | None]]
"""Field of the request, its label, its values."""


def _asked_lines(found: RequestDetail, tongue: Tongue) -> tuple[_Line, ...]:
    _ = tongue.word
    need = found.need
    levels: list[str | None] = [
        f"{tongue.language(one.language)} {one.minimum.value} ({who})"
        for one in need.languages
        for who in [_("everyone") if one.everyone else _("one of the team")]
    ]
    return (
        ("topics", _("Topics"), [topics.label(one, tongue.code) for one in need.topics]),
        (
            "activities",
            _("Types of activity"),
            [activities.label(one, tongue.code) for one in need.activities],
        ),
        ("authority", _("Requesting authority"), [need.authority]),
        (
            "administration",
            _("Its discipline"),
            [say(tongue, need.administration) if need.administration else None],
        ),
        ("counterpart", _("Counterpart"), [found.counterpart]),
        (
            "countries",
            _("Countries"),
            [countries_words(need.countries, need.regional_body, tongue)],
        ),
        ("languages", _("Working languages"), levels),
        ("starts", _("On site"), [days_words(need.starts, need.ends, tongue)]),
    )


def _handling_lines(found: RequestDetail, tongue: Tongue) -> tuple[_Line, ...]:
    _ = tongue.word
    row = found.row
    return (
        ("mode", _("Mode of cooperation"), [say(tongue, found.mode) if found.mode else None]),
        ("channel", _("How it came in"), [say(tongue, found.channel) if found.channel else None]),
        (
            "received_on",
            _("Received on"),
            [tongue.day(row.received_on) if row.received_on else None],
        ),
        ("urgency", _("Urgency"), [found.urgency]),
        ("officer", _("Officer"), [found.officer]),
        *_round_lines(found, tongue),
    )


def _round_lines(found: RequestDetail, tongue: Tongue) -> tuple[_Line, ...]:
    """Say what only some requests have: priority, deadline, round, where one was sent on."""
    _, row = tongue.word, found.row
    lines: list[_Line] = []
    if found.priority:
        lines.append(("priority", _("Priority"), [say(tongue, found.priority)]))
    if row.fiche_due:
        lines.append(("deadline", _("Fiche due on"), [tongue.day(row.fiche_due)]))
    in_round = found.intake.round
    if in_round is not None:
        days = tongue.days(in_round.opens, in_round.closes)
        lines.append(("round_id", _("Application round"), [f"{in_round.name} ({days})"]))
    if found.forwarded_to:
        lines.append(("forwarded_to", _("Forwarded to"), [found.forwarded_to]))
    return tuple(lines)


def _own_numbers(
    name: str, found: RequestDetail, letter: LetterRead | None, taken: set[int]
) -> tuple[int, ...]:
    """Return marks whose reading still is the value: a corrected field is tied to nothing."""
    if letter is None:
        return ()
    names = (
        tuple(one for one in letter.hints.marks if one.startswith("language_"))
        if name == "languages"
        else (name, "regional_body")
        if name == "countries"
        else (name,)
    )
    numbers = {
        number
        for one in names
        if _still_holds(name, found, letter)
        for number in letter.hints.marks.get(one, ())
    } - taken
    taken |= numbers
    return tuple(sorted(numbers))


def _still_holds(name: str, found: RequestDetail, letter: LetterRead) -> bool:
    """Whether something that the letter says of a field is what the request says now."""
    held = getattr(found.need, name, None)
    read = [one.value for one in letter.fields if one.field == name]
    if name == "countries":
        read += [one.value for one in letter.fields if one.field == "regional_body"]
        held = (*found.need.countries, *filter(None, (found.need.regional_body,)))
    if isinstance(held, tuple):
        spread = [v for value in read for v in (value if isinstance(value, tuple) else (value,))]
        return any(value in held for value in spread)
    return held is not None and held in read
