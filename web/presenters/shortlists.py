"""The shortlist of a request as a board: one column for each stage, those who left below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from roster.read import RequestDetail, ShortlistEntryView, StageMove
from roster.shortlists import REASONS
from roster.vocabulary import LEFT_STAGES, ExpertStatus, Stage
from web.contexts.layout import Frame
from web.contexts.parts import Chip, Choice, Empty, Link, PostButton
from web.contexts.shortlists import LeftLine, ShortlistCard, ShortlistPage, StageColumn
from web.contexts.shortlists import StageMove as MoveForm
from web.presenters.paper_links import paper_links
from web.presenters.persons import name_of
from web.presenters.request_head import head_of, path_of
from web.tongues import Tongue
from web.wording import REASON_WORDS, say

_COLUMNS = tuple(stage for stage in Stage if stage not in LEFT_STAGES)
_ALWAYS_SHOWN = frozenset({Stage.SHORTLISTED, Stage.PROPOSED, Stage.AGREED, Stage.DEPLOYED})
_MOST_COMPARED = 4


def board(
    frame: Frame,
    found: RequestDetail,
    entries: Sequence[ShortlistEntryView],
    today: date,
    tongue: Tongue,
    *,
    errors: Mapping[UUID, str],
) -> ShortlistPage:
    """Return the board; `errors` stand on the cards of their entries."""
    _ = tongue.word
    here = [one for one in entries if one.stage not in LEFT_STAGES]
    left = [one for one in entries if one.stage in LEFT_STAGES]
    ranked = [one for one in here if one.ranking_id is not None][:_MOST_COMPARED]
    compare = "".join(f"&expert={one.person.id}" for one in ranked)
    run = found.rankings[0].number if found.rankings else 0
    return ShortlistPage(
        frame=frame,
        head=head_of(found, "shortlist", today, tongue),
        finding=tongue.words(
            "%(num)s person is on the shortlist", "%(num)s people are on the shortlist", len(here)
        )
        if here
        else _("Nobody is on the shortlist"),
        also_here="",
        columns=tuple(
            _column(stage, [one for one in here if one.stage is stage], errors, tongue)
            for stage in _COLUMNS
            if stage in _ALWAYS_SHOWN or any(one.stage is stage for one in here)
        ),
        left=tuple(_left_line(one, tongue) for one in left),
        left_summary=tongue.words("%(num)s left the list", "%(num)s left the list", len(left)),
        compare=f"{path_of(found, 'compare')}?run={run}{compare}" if len(ranked) > 1 else "",
        empty=None if entries else _empty(found, tongue),
        exports=paper_links(path_of(found, "shortlist"), tongue) if entries else (),
    )


def _empty(found: RequestDetail, tongue: Tongue) -> Empty:
    return Empty(
        tongue.word("Nobody is on the shortlist"),
        tongue.word("People are picked in the ranking of the request, with a note if you like."),
        (Link(tongue.word("Open the ranking"), path_of(found, "ranking")),),
    )


def _column(
    stage: Stage,
    entries: Sequence[ShortlistEntryView],
    errors: Mapping[UUID, str],
    tongue: Tongue,
) -> StageColumn:
    return StageColumn(
        stage=stage.value,
        title=say(tongue, stage),
        count=tongue.number(len(entries)),
        cards=tuple(_card(one, errors.get(one.id, ""), tongue) for one in entries),
        nobody=tongue.word("Nobody is at this stage."),
    )


def _card(one: ShortlistEntryView, error: str, tongue: Tongue) -> ShortlistCard:
    status = one.person.status
    chips: tuple[Chip, ...] = ()
    if status is not ExpertStatus.ACTIVE:
        chips = (Chip("look", say(tongue, status)),)
    return ShortlistCard(
        id=str(one.id),
        person=name_of(one.person, tongue),
        score=tongue.points(one.score) if one.score is not None else "",
        chips=chips,
        note=one.note,
        move=MoveForm(
            action=f"/shortlist-entries/{one.id}/stage",
            stages=tuple(
                Choice(stage.value, say(tongue, stage))
                for stage in _COLUMNS
                if stage is not one.stage
            ),
            exits=tuple(
                Choice(stage.value, say(tongue, stage)) for stage in Stage if stage in LEFT_STAGES
            ),
            reasons=(Choice("", tongue.word("Choose a reason")), *_reasons(tongue)),
            version=str(len(one.moves)),
        ),
        note_action=f"/shortlist-entries/{one.id}/note",
        error=error,
        history=tuple(_move_line(move, tongue) for move in reversed(one.moves)),
    )


def _reasons(tongue: Tongue) -> tuple[Choice, ...]:
    """Return the reasons of every way out; each says which way it belongs to."""
    return tuple(
        Choice(
            f"{stage.value}:{code}",
            tongue.labelled(say(tongue, stage), tongue.word(REASON_WORDS[code])),
        )
        for stage, codes in REASONS.items()
        for code in codes
    )


def _move_line(move: StageMove, tongue: Tongue) -> str:
    who = move.by or tongue.word("the system")
    when = f"{tongue.day(move.at.date())} {tongue.time(move.at)}"
    told = tongue.labelled(say(tongue, move.to_stage), f"{who}, {when}")
    why = [tongue.word(REASON_WORDS[move.reason])] if move.reason in REASON_WORDS else []
    if move.note:
        why.append(f"“{move.note}”")
    return f"{told}. {', '.join(why)}" if why else told


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
