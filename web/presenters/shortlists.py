"""The shortlist of a request as a board: one column for each stage, those who left below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode
from uuid import UUID

from roster.read import RequestDetail, ShortlistChange, ShortlistEntryView
from roster.vocabulary import GONE_STAGES, LEFT_STAGES, ReleaseOutcome, Stage
from web.contexts.layout import Frame
from web.contexts.parts import Empty, Link, Notice, PostButton
from web.contexts.rankings import CompareCell, CompareGroup, CompareRow, Comparison
from web.contexts.shortlists import LeftLine, ShortlistPage, StageColumn
from web.presenters.comparison import ComparedIn, comparison
from web.presenters.paper_links import paper_links
from web.presenters.persons import name_of
from web.presenters.request_head import head_of, path_of
from web.presenters.shortlist_cards import (
    COLUMNS,
    Around,
    Said,
    card,
    load_words,
    release_chip,
    undo_button,
)
from web.tongues import Tongue
from web.wording import REASON_WORDS, say

MOST_COMPARED = 4
_RARELY_SHOWN = frozenset({Stage.COMPLETED})


def board(
    frame: Frame,
    found: RequestDetail,
    entries: Sequence[ShortlistEntryView],
    around: Around,
    tongue: Tongue,
    *,
    said: Mapping[UUID, Said],
) -> ShortlistPage:
    """Return the board; what was `said` of an entry and not done stands on its card."""
    here = [one for one in entries if one.stage not in LEFT_STAGES]
    left = [one for one in entries if one.stage in LEFT_STAGES]
    return ShortlistPage(
        frame=frame,
        head=head_of(found, "shortlist", around.today, tongue),
        finding=_finding(here, around, tongue),
        columns=tuple(
            _column(stage, [one for one in here if one.stage is stage], around, said, tongue)
            for stage in COLUMNS
            if stage not in _RARELY_SHOWN or any(one.stage is stage for one in here)
        ),
        left=tuple(_left_line(one, tongue) for one in left),
        left_summary=tongue.words("%(num)s left the list", "%(num)s left the list", len(left)),
        comparison=_side_by_side(found, here, around, tongue),
        ask_release=_ask(found, tongue) if around.can_ask else None,
        empty=None if entries else _empty(found, tongue),
        exports=paper_links(path_of(found, "shortlist"), tongue) if entries else (),
        watch=_watch(found, around.change),
        picks=path_of(found, "shortlist") if len(comparable(here, around)) > MOST_COMPARED else "",
    )


def comparable(
    entries: Sequence[ShortlistEntryView], around: Around
) -> tuple[ShortlistEntryView, ...]:
    """Return those on the list whom the newest ranking holds: the furthest first, then by score."""
    stood = [
        one for one in entries if one.stage not in LEFT_STAGES and one.person.id in around.ranked
    ]
    stood.sort(
        key=lambda one: (-COLUMNS.index(one.stage), -around.ranked[one.person.id].score, one.id)
    )
    return tuple(stood)


def state_of(change: ShortlistChange | None) -> str:
    """Return what a page saw of the list, to be held against what stands there later."""
    return f"{change.at.isoformat()}~{change.people}" if change else "nobody"


def changed_words(change: ShortlistChange | None, tongue: Tongue) -> str:
    """Return who changed the list and when, for somebody who looks at an older one."""
    if change is None:
        return tongue.word("The shortlist was changed meanwhile.")
    at = tongue.time(change.at)
    if change.by is None:
        return tongue.word("The shortlist was changed at %(time)s.", time=at)
    return tongue.word("%(who)s changed the shortlist at %(time)s.", who=change.by, time=at)


def moved_notice(one: ShortlistEntryView, tongue: Tongue) -> Notice | None:
    """Return what the last move did, with the way to take it back."""
    if not one.moves:
        return None
    last, name = one.moves[-1], name_of(one.person, tongue).name
    fell = ""
    if last.to_stage in GONE_STAGES:
        fell = tongue.word("A seat or a question about release that fell with it stays so.")
    return Notice(
        "ok",
        tongue.word("%(name)s: %(stage)s.", name=name, stage=say(tongue, last.to_stage)),
        fell,
        undo=undo_button(one, tongue),
    )


def _watch(found: RequestDetail, change: ShortlistChange | None) -> str:
    return f"{path_of(found, 'shortlist', 'changed')}?{urlencode({'since': state_of(change)})}"


def _finding(here: Sequence[ShortlistEntryView], around: Around, tongue: Tongue) -> str:
    if not here:
        return tongue.word("Nobody is on the shortlist")
    said = [
        tongue.words(
            "%(num)s person is on the shortlist", "%(num)s people are on the shortlist", len(here)
        )
    ]
    outcomes = [row.outcome for one in here if (row := around.releases.get(one.person.id))]
    waiting = outcomes.count(ReleaseOutcome.PENDING)
    granted = outcomes.count(ReleaseOutcome.GRANTED)
    if waiting:
        said.append(tongue.words("%(num)s release open", "%(num)s releases open", waiting))
    if granted:
        said.append(tongue.words("%(num)s is released", "%(num)s are released", granted))
    if not outcomes:
        said.append(tongue.word("no release asked for"))
    return ", ".join(said)


def _ask(found: RequestDetail, tongue: Tongue) -> PostButton:
    return PostButton(tongue.word("Ask for releases"), path_of(found, "releases"), method="get")


def _side_by_side(
    found: RequestDetail,
    here: Sequence[ShortlistEntryView],
    around: Around,
    tongue: Tongue,
) -> Comparison | None:
    """Return up to four people of the list as columns, with release, load and note."""
    if around.run is None:
        return None
    shown = [one for one in comparable(here, around) if one.person.id in around.picked]
    shown = shown[:MOST_COMPARED]
    if len(shown) < 2:
        return None
    made = comparison(
        [around.ranked[one.person.id] for one in shown],
        {one.person.id: one.person for one in shown},
        ComparedIn(found.row.id, around.run.number),
        tongue,
        only_different=True,
    )
    if len(made.people) != len(shown):
        return made
    rows = [row for row in _own_rows(shown, around, tongue) if row.differs]
    own = (CompareGroup(tongue.word("Shortlist"), tuple(rows)),) if rows else ()
    return replace(made, groups=(*own, *made.groups))


def _own_rows(
    shown: Sequence[ShortlistEntryView], around: Around, tongue: Tongue
) -> tuple[CompareRow, ...]:
    """Return what the list says of people: stage, release, load, note."""
    chips = [release_chip(around.releases.get(one.person.id), tongue) for one in shown]
    told = (
        (tongue.word("Stage"), [say(tongue, one.stage) for one in shown]),
        (
            tongue.word("Load"),
            [
                load_words(around.loads.get(one.person.id), around.today.year, tongue)
                for one in shown
            ],
        ),
        (tongue.word("Note"), [one.note for one in shown]),
    )
    rows = [
        CompareRow(
            label,
            "",
            "",
            tuple(CompareCell(words, tongue.word("no note")) for words in values),
            len(set(values)) > 1,
        )
        for label, values in told
    ]
    released = CompareRow(
        tongue.word("Releases"),
        "",
        "",
        tuple(CompareCell("", chip=chip) for chip in chips),
        len(set(chips)) > 1,
    )
    return rows[0], released, *rows[1:]


def _empty(found: RequestDetail, tongue: Tongue) -> Empty:
    return Empty(
        tongue.word("Nobody is on the shortlist"),
        tongue.word("People are picked in the ranking of the request, with a note if you like."),
        (Link(tongue.word("Open the ranking"), path_of(found, "ranking")),),
    )


def _column(
    stage: Stage,
    entries: Sequence[ShortlistEntryView],
    around: Around,
    said: Mapping[UUID, Said],
    tongue: Tongue,
) -> StageColumn:
    return StageColumn(
        stage=stage.value,
        title=say(tongue, stage),
        count=tongue.number(len(entries)),
        cards=tuple(card(one, around, said.get(one.id), tongue) for one in entries),
        nobody=tongue.word("Nobody is at this stage."),
    )


def _left_line(one: ShortlistEntryView, tongue: Tongue) -> LeftLine:
    last = next((move for move in reversed(one.moves) if move.to_stage is one.stage), None)
    reason = ""
    if last is not None and last.reason in REASON_WORDS:
        reason = tongue.word(REASON_WORDS[last.reason])
    told = tongue.labelled(say(tongue, one.stage), reason) if reason else say(tongue, one.stage)
    if last is not None and last.note:
        told = f"{told}, “{last.note}”"
    back = PostButton(
        tongue.word("Take back"),
        f"/shortlist-entries/{one.id}/stage",
        (("stage", Stage.SHORTLISTED.value), ("version", str(len(one.moves)))),
    )
    who = f"{last.by or tongue.word('the system')}, {tongue.day(last.at.date())}" if last else ""
    return LeftLine(name_of(one.person, tongue), told, who, back)
