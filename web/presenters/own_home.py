"""The first page of a focal point: one's own people, what waits, and what could be met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from roster.counting.demand import Wanted
from roster.policy import Actor
from roster.read import CallView, DocumentRow, ExpertRow, InterestView, ReleaseRow
from roster.reference import topics
from roster.vocabulary import DocumentState, RecordGap
from web.contexts.home import (
    CallLine,
    DemandLine,
    FocalPointHome,
    InterestNote,
    ReleaseLine,
    UploadLine,
)
from web.contexts.layout import Frame
from web.contexts.parts import Chip, Figure, Link
from web.presenters.asked import call_row, due_chip, title_of
from web.presenters.releases import answer_fields
from web.presenters.stances import place_words
from web.presenters.uploads import READING
from web.tongues import Tongue
from web.wording import REGION_WORDS, say

MOST_DEMAND = 8


@dataclass(frozen=True, slots=True)
class Own:
    """What is known of a focal point's people, and what waits for her."""

    people: int
    """Active on the roster."""
    gaps: Mapping[RecordGap, int]
    untold: int
    """People who were not told yet that a CV of theirs is here."""
    documents: Sequence[DocumentRow]
    counts: Mapping[DocumentState, int]
    calls: Sequence[CallView]
    releases: Sequence[ReleaseRow]
    demand: Sequence[Wanted[UUID]]
    names: Mapping[UUID, ExpertRow]
    """Of those who could meet the demand."""
    interests: Sequence[InterestView]
    today: date


def focal_point_home(frame: Frame, tongue: Tongue, actor: Actor, own: Own) -> FocalPointHome:
    """Return the first page of a focal point: her own people, and what waits for her."""
    waiting = sum(_waits(one) for one in own.calls)
    releases = tuple(
        _release_line(tongue, one, own.today) for one in own.releases if one.can_answer
    )
    stale = own.gaps.get(RecordGap.STALE, 0)
    gaps = _gaps(tongue, own.gaps)
    return FocalPointHome(
        frame=frame,
        title=tongue.listed([tongue.country(code) for code in actor.countries]),
        finding=_finding(tongue, own, waiting + len(releases)),
        upload=Link(tongue.word("Upload CVs"), "/uploads"),
        figures=_figures(tongue, own),
        calls=tuple(_call_line(tongue, one, own.today) for one in own.calls if not one.closed_at),
        releases=releases,
        uploads=tuple(_upload_line(tongue, row) for row in own.documents),
        gaps=gaps,
        gaps_finding=tongue.word("What is not known of our people") if gaps else "",
        stale=Link(tongue.word("See and ask them"), _list_of(RecordGap.STALE)) if stale else None,
        stale_words=tongue.words(
            "The record of %(num)s person was not confirmed for a year. "
            "Ask this person to look at it, or upload a new CV.",
            "The records of %(num)s people were not confirmed for a year. "
            "Ask them to look at them, or upload new CVs.",
            stale,
        ),
        demand=tuple(_demand_line(tongue, one, own.names) for one in own.demand[:MOST_DEMAND]),
        demand_finding=_demand_finding(tongue, own.demand),
        demand_more=_demand_more(tongue, own.demand),
        interests=_interests(tongue, actor, own.interests),
    )


def _list_of(gap: RecordGap) -> str:
    return f"/experts?status=active&gap={gap.value}"


def _figures(tongue: Tongue, own: Own) -> tuple[Figure, ...]:
    waiting = own.counts.get(DocumentState.READ, 0)
    reading = sum(own.counts.get(state, 0) for state in READING)
    stale = own.gaps.get(RecordGap.STALE, 0)
    return (
        Figure(
            tongue.word("Our people on the roster"),
            tongue.number(own.people),
            href="/experts?status=active",
        ),
        Figure(tongue.word("CVs to confirm"), tongue.number(waiting), href="/uploads?show=waiting"),
        Figure(tongue.word("Being read"), tongue.number(reading), href="/uploads?show=reading"),
        Figure(tongue.word("Not told yet"), tongue.number(own.untold), href="/notices"),
        Figure(say(tongue, RecordGap.STALE), tongue.number(stale), href=_list_of(RecordGap.STALE)),
    )


def _waits(one: CallView) -> bool:
    return one.closed_at is None and any(said.answer is None for said in one.recipients)


def _call_line(tongue: Tongue, one: CallView, today: date) -> CallLine:
    row = call_row(one, today, tongue)
    answer = ", ".join((row.answer, row.people)) if one.nominations else row.answer
    return CallLine(row.title, row.reference, row.asked, row.due, answer, row.href)


def _release_line(tongue: Tongue, one: ReleaseRow, today: date) -> ReleaseLine:
    return ReleaseLine(
        person=one.person.display_name,
        href=f"/experts/{one.person.id}",
        asked_for=title_of(one.asked, tongue) if one.asked else "",
        due=due_chip(one.due_on or today, today, tongue),
        action=f"/releases/{one.id}/answer",
        fields=answer_fields(one, tongue),
    )


def _finding(tongue: Tongue, own: Own, asked: int) -> str:
    waiting, stale = own.counts.get(DocumentState.READ, 0), own.gaps.get(RecordGap.STALE, 0)
    if asked:
        return tongue.words(
            "%(num)s call or release waits for your answer.",
            "%(num)s calls and releases wait for your answer.",
            asked,
        )
    if waiting:
        return tongue.words("%(num)s CV waits for you.", "%(num)s CVs wait for you.", waiting)
    if stale:
        return tongue.words(
            "%(num)s record is older than a year.", "%(num)s records are older than a year.", stale
        )
    return tongue.word("Nothing waits for you.")


def _gaps(tongue: Tongue, gaps: Mapping[RecordGap, int]) -> tuple[Figure, ...]:
    """Return what is unknown and would be asked for in a ranking; nothing where all is known."""
    return tuple(
        Figure(say(tongue, gap), tongue.number(gaps[gap]), href=_list_of(gap))
        for gap in RecordGap
        if gap is not RecordGap.STALE and gaps.get(gap)
    )


def _upload_line(tongue: Tongue, row: DocumentRow) -> UploadLine:
    return UploadLine(
        when=tongue.day(row.uploaded_at.date()),
        words=row.display_name or row.file_name or tongue.word("Name not read"),
        href=f"/documents/{row.id}",
        chip=Chip("look", tongue.word("to confirm")),
    )


# --- Demand ---------------------------------------------------------------------------------------


def _demand_line(tongue: Tongue, one: Wanted[UUID], names: Mapping[UUID, ExpertRow]) -> DemandLine:
    named = [names[who] for who in one.first if who in names]
    rest = one.able - len(named)
    return DemandLine(
        wanted=tongue.word(
            "%(topic)s, in %(language)s, %(region)s",
            topic=topics.label(one.topic, tongue.code),
            language=tongue.language(one.language),
            region=tongue.word(REGION_WORDS[one.region]),
        ),
        requests=tongue.words(
            "%(num)s open request asks for it", "%(num)s open requests ask for it", one.requests
        ),
        chip=_could_go(tongue, one),
        people=tuple(Link(row.display_name, f"/experts/{row.id}") for row in named),
        more=tongue.words("and %(num)s other", "and %(num)s others", rest) if rest else "",
        unsure=tongue.words(
            "%(num)s more, language level unknown",
            "%(num)s more, language level unknown",
            one.unsure,
        )
        if one.unsure
        else "",
    )


def _could_go(tongue: Tongue, one: Wanted[UUID]) -> Chip:
    if one.able:
        words = tongue.words(
            "%(num)s of your people could go", "%(num)s of your people could go", one.able
        )
        return Chip("pass", words)
    if one.unsure:
        return Chip("unknown", tongue.word("to be asked"))
    return Chip("look", tongue.word("nobody of yours yet"))


def _demand_finding(tongue: Tongue, wanted: Sequence[Wanted[UUID]]) -> str:
    met = sum(bool(one.able) for one in wanted)
    if not met:
        return tongue.word("Nobody of your people could meet an open request yet")
    return tongue.words(
        "Your people could meet %(met)s of %(num)s need of open requests",
        "Your people could meet %(met)s of %(num)s needs of open requests",
        len(wanted),
        met=tongue.number(met),
    )


def _demand_more(tongue: Tongue, wanted: Sequence[Wanted[UUID]]) -> str:
    left = len(wanted) - MOST_DEMAND
    if left <= 0:
        return ""
    return tongue.words(
        "%(num)s more need is not shown here.",
        "%(num)s more needs are not shown here.",
        left,
    )


def _interests(
    tongue: Tongue, actor: Actor, found: Sequence[InterestView]
) -> tuple[InterestNote, ...]:
    said = {one.country: one for one in found}
    change = Link(tongue.word("Change what we want to work on"), "/interests")
    begin = Link(tongue.word("Say what we want to work on"), "/interests")
    return tuple(
        InterestNote(lines, change if lines else begin)
        for lines in (_interest_lines(tongue, said.get(code)) for code in actor.countries)
    )


def _interest_lines(tongue: Tongue, one: InterestView | None) -> tuple[str, ...]:
    if one is None:
        return ()
    about = tongue.listed([topics.label(code, tongue.code) for code in one.topics])
    places = tongue.listed([place_words(code, tongue) for code in one.regions])
    return tuple(filter(None, (about, places, one.note)))
