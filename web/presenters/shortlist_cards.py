"""One person of a shortlist as a card: points, conditions, release, load, and who moved her."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from roster.read import (
    Load,
    OtherList,
    Overlap,
    RankedExpert,
    RankingRow,
    ReleaseRow,
    ShortlistChange,
    ShortlistEntryView,
    StageMove,
)
from roster.shortlists import REASONS
from roster.vocabulary import LEFT_STAGES, ExpertStatus, Gate, GateOutcome, ReleaseOutcome, Stage
from web.contexts.parts import Chip, Choice, DraftBox, Link, PostButton
from web.contexts.shortlists import ShortlistCard
from web.contexts.shortlists import StageMove as MoveForm
from web.presenters.asked import overlap_words
from web.presenters.persons import name_of
from web.presenters.ranked_people import gap_words, gate_chips
from web.tongues import Tongue
from web.wording import REASON_WORDS, marked, say

COLUMNS = tuple(stage for stage in Stage if stage not in LEFT_STAGES)
_RELEASES = {
    ReleaseOutcome.PENDING: ("unknown", marked("release asked")),
    ReleaseOutcome.GRANTED: ("pass", marked("released")),
    ReleaseOutcome.REFUSED: ("fail", marked("release refused")),
    ReleaseOutcome.EXPIRED: ("look", marked("release not answered, or over")),
    ReleaseOutcome.WITHDRAWN: ("look", marked("release taken back")),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wanted and could not do: it stands on the card until she chooses again."""

    words: str
    stage: str = ""
    reason: str = ""
    note: str = ""
    own_note: str | None = None
    """A note on the person that was typed and not kept; None where none was."""


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of the people of a list beside the list, by person."""

    today: date
    run: RankingRow | None = None
    """The newest ranking of the request."""
    ranked: Mapping[UUID, RankedExpert] = field(default_factory=dict)
    """In that ranking."""
    releases: Mapping[UUID, ReleaseRow] = field(default_factory=dict)
    """The latest of each."""
    loads: Mapping[UUID, Load] = field(default_factory=dict)
    """In the year of today; who is not in it was not deployed by the facility."""
    others: Mapping[UUID, tuple[OtherList, ...]] = field(default_factory=dict)
    overlaps: Mapping[UUID, tuple[Overlap, ...]] = field(default_factory=dict)
    change: ShortlistChange | None = None
    picked: tuple[UUID, ...] = ()
    """Whom the reader chose to compare."""
    me: str = ""
    """How the reader is called: she may take back what she did last."""
    drafts: Mapping[UUID, DraftBox] = field(default_factory=dict)
    """What keeps the draft of each note, by entry."""
    can_ask: bool = False
    """Whether there is somebody whose release may be asked for."""


def note_action(entry_id: UUID) -> str:
    """Return where a note on a person is sent to."""
    return f"/shortlist-entries/{entry_id}/note"


def card(
    one: ShortlistEntryView, around: Around, said: Said | None, tongue: Tongue
) -> ShortlistCard:
    """Return the card of one person; of a record that is kept and not used only the stage."""
    bare = ShortlistCard(
        id=str(one.id),
        person=name_of(one.person, tongue),
        score="",
        chips=_status(one, tongue),
        note=one.note,
        move=_move(one, said, tongue),
        note_action=note_action(one.id),
        draft=around.drafts.get(one.id),
        own_note=one.note if said is None or said.own_note is None else said.own_note,
        error=said.words if said else "",
        history=tuple(move_line(move, tongue) for move in reversed(one.moves)),
        last=_by(one.moves[-1], tongue) if one.moves else "",
        undo=undo_button(one, tongue) if one.moves and one.moves[-1].by == around.me else None,
    )
    if one.person.status is ExpertStatus.RESTRICTED:
        return bare
    return _with_record(bare, one, around, tongue)


def undo_button(one: ShortlistEntryView, tongue: Tongue) -> PostButton:
    """Return the button that takes the last move of somebody back."""
    return PostButton(
        tongue.word("Undo"),
        f"/requests/{one.request_id}/shortlist/undo",
        (("entry", str(one.id)), ("version", str(len(one.moves)))),
    )


def _with_record(
    bare: ShortlistCard, one: ShortlistEntryView, around: Around, tongue: Tongue
) -> ShortlistCard:
    person = one.person.id
    ranked = around.ranked.get(person)
    conditions = _conditions(ranked, tongue) if ranked else ()
    run = around.run
    return replace(
        bare,
        score=tongue.points(ranked.score) if ranked else "",
        unranked=tongue.word("not in ranking %(number)s", number=tongue.number(run.number))
        if run and ranked is None
        else "",
        chips=(*bare.chips, release_chip(around.releases.get(person), tongue), *conditions),
        gap=gap_words(ranked.contributions, tongue) if ranked else "",
        load=load_words(around.loads.get(person), around.today.year, tongue),
        others=tuple(
            Link(tongue.labelled(other.code, say(tongue, other.stage)), _list_path(other))
            for other in around.others.get(person, ())
        ),
        clash=overlap_words(around.overlaps.get(person, ()), tongue),
        compared=person in around.picked if ranked else None,
        expert=str(person),
    )


def _list_path(other: OtherList) -> str:
    return f"/requests/{other.request_id}/shortlist"


def _status(one: ShortlistEntryView, tongue: Tongue) -> tuple[Chip, ...]:
    status = one.person.status
    return () if status is ExpertStatus.ACTIVE else (Chip("look", say(tongue, status)),)


def _conditions(ranked: RankedExpert, tongue: Tongue) -> tuple[Chip, ...]:
    """Return the conditions not met or not known; the release is told as it stands today."""
    wanting = [
        one
        for one in ranked.gates
        if one.outcome is not GateOutcome.PASS and one.gate is not Gate.RELEASE
    ]
    return gate_chips(wanting, tongue)


def release_chip(row: ReleaseRow | None, tongue: Tongue) -> Chip:
    """Return where the release of somebody stands, and until when."""
    if row is None:
        return Chip("unknown", tongue.word("release not asked"))
    state, word = _RELEASES[row.outcome]
    words = tongue.word(word)
    last = row.asked.ends if row.asked else None
    if row.outcome is ReleaseOutcome.PENDING and row.due_on is not None:
        words = tongue.word("release asked, due %(day)s", day=tongue.day(row.due_on))
    elif row.outcome is ReleaseOutcome.GRANTED and row.valid_to is not None:
        day = tongue.day(row.valid_to)
        if last is not None and row.valid_to < last:
            return Chip("look", tongue.word("released only to %(day)s", day=day))
        words = tongue.word("released to %(day)s", day=day)
    return Chip(state, words)


def load_words(load: Load | None, year: int, tongue: Tongue) -> str:
    """Return how much somebody is out in a year."""
    if load is None or not load.deployments:
        return tongue.word("Not deployed in %(year)s", year=year)
    return tongue.labelled(
        str(year),
        tongue.listed(
            [
                tongue.words("%(num)s deployment", "%(num)s deployments", load.deployments),
                tongue.words("%(num)s day", "%(num)s days", load.days),
            ]
        ),
    )


def _move(one: ShortlistEntryView, said: Said | None, tongue: Tongue) -> MoveForm:
    wanted = said.stage if said else ""
    return MoveForm(
        action=f"/shortlist-entries/{one.id}/stage",
        stages=tuple(
            Choice(stage.value, say(tongue, stage), stage.value == wanted)
            for stage in COLUMNS
            if stage is not one.stage
        ),
        exits=tuple(
            Choice(stage.value, say(tongue, stage), stage.value == wanted)
            for stage in Stage
            if stage in LEFT_STAGES
        ),
        reasons=(
            Choice("", tongue.word("Choose a reason")),
            *_reasons(said.reason if said else "", tongue),
        ),
        version=str(len(one.moves)),
        note=said.note if said else "",
    )


def _reasons(chosen: str, tongue: Tongue) -> tuple[Choice, ...]:
    """Return the reasons of every way out; each says which way it belongs to."""
    return tuple(
        Choice(
            f"{stage.value}:{code}",
            tongue.labelled(say(tongue, stage), tongue.word(REASON_WORDS[code])),
            chosen == f"{stage.value}:{code}",
        )
        for stage, codes in REASONS.items()
        for code in codes
    )


def move_line(move: StageMove, tongue: Tongue) -> str:
    """Return one move: where to, by whom, when and why."""
    told = tongue.labelled(say(tongue, move.to_stage), _by(move, tongue))
    why = [tongue.word(REASON_WORDS[move.reason])] if move.reason in REASON_WORDS else []
    if move.note:
        why.append(f"“{move.note}”")
    return f"{told}. {', '.join(why)}" if why else told


def _by(move: StageMove, tongue: Tongue) -> str:
    when = f"{tongue.day(move.at.date())} {tongue.time(move.at)}"
    return f"{move.by or tongue.word('the system')}, {when}"
