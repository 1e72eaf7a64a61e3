"""The page behind a personal link: what is held on somebody, in her own eyes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from roster.read import DocumentRow, ExpertRecord, FactView, RecordView, ResponsibleBody
from roster.read.privacy import DisclosureRow
from roster.vocabulary import ExpertStatus
from web.contexts.experts import PlainLine
from web.contexts.layout import Frame
from web.contexts.notices import HeldKind, HeldLine, LeavePage, MinePage, Rights, Standing
from web.contexts.parts import Chip, Link, PostButton
from web.presenters.expert_record import view_line
from web.presenters.fact_words import KINDS, kind_words, value_words
from web.presenters.rights import handed_lines
from web.tongues import Tongue
from web.wording import marked

_STANDING = {
    ExpertStatus.ACTIVE: (
        "done",
        marked("On the roster"),
        marked("You may be proposed for missions. You can pause, and come back when you like."),
    ),
    ExpertStatus.PAUSED: (
        "look",
        marked("Paused"),
        marked("Nobody proposes you for a mission until you come back."),
    ),
}
_RESTRICTED = (
    "look",
    marked("Kept, not used"),
    marked("Nobody ranks, lists or proposes you until you take that back below."),
)
_GONE = (
    "note",
    marked("Not on the roster"),
    marked("Nobody proposes you for a mission. Your focal point can enter you again."),
)


class Own(NamedTuple):
    """What the person of a link can do with her record, and who got it."""

    rights: Rights | None
    handed: tuple[DisclosureRow, ...]
    times: int
    """Shown in rankings."""
    people: int
    notice: str
    """Address of the notice of her facility."""


def mine_page(
    frame: Frame,
    tongue: Tongue,
    record: ExpertRecord,
    views: Sequence[RecordView],
    body: ResponsibleBody,
    *,
    path: str,
    own: Own,
) -> MinePage:
    """Return everything that is held on a person, and what she can do about it.

    Parameters
    ----------
    path : of this very page: its forms post to it
    own : what the person can do, and who got data on her
    """
    return MinePage(
        frame=frame,
        title=record.view.display_name or tongue.word("Your record"),
        lead=tongue.word(
            "This is what %(facility)s holds on you. The link is yours alone: do not pass it on.",
            facility=body.facility,
        ),
        standing=_standing(tongue, record.view.status, path),
        about=tuple(_about(tongue, record.documents, body)),
        held=tuple(_held(tongue, record.facts)),
        views=tuple(view_line(tongue, one) for one in views),
        right=_right(tongue, record.view.status, path),
        confirmed=_confirmed(tongue, record.view.confirmed_on),
        contact=body.contact or "",
        rights=own.rights,
        handed=handed_lines(tongue, own.handed),
        ranked=_ranked(tongue, own),
        notice=Link(tongue.word("The whole notice on data protection"), own.notice),
    )


def _right(tongue: Tongue, status: ExpertStatus, path: str) -> PostButton | None:
    if status not in _STANDING:
        return None
    return PostButton(tongue.word("Everything is right"), f"{path}/right")


def _confirmed(tongue: Tongue, day: date | None) -> str:
    if day is None:
        return tongue.word("Nobody has confirmed this record yet.")
    return tongue.word("Last confirmed on %(day)s.", day=tongue.day(day))


def _ranked(tongue: Tongue, own: Own) -> str:
    if not own.times:
        return tongue.word("You were shown in no ranking yet.")
    people = tongue.words("%(num)s person", "%(num)s people", own.people)
    return tongue.words(
        "Shown in a ranking once, to %(people)s.",
        "Shown in rankings %(num)s times, to %(people)s.",
        own.times,
        people=people,
    )


def leave_page(frame: Frame, tongue: Tongue, *, path: str) -> LeavePage:
    """Return the question that stands before leaving."""
    return LeavePage(
        frame=frame,
        title=tongue.word("Leave the roster?"),
        words=tongue.word(
            "Nobody will propose you any more, and this link will not bring you back: "
            "your focal point would have to enter you again. To rest for a while, pause instead."
        ),
        leave=_button(tongue.word("Leave the roster"), path, ExpertStatus.WITHDRAWN, sure=True),
        stay=Link(tongue.word("Stay"), path),
    )


def _button(label: str, path: str, status: ExpertStatus, *, sure: bool = False) -> PostButton:
    values = (("status", status.value), *((("sure", "1"),) if sure else ()))
    return PostButton(label, path, values)


def _standing(tongue: Tongue, status: ExpertStatus, path: str) -> Standing:
    gone = _RESTRICTED if status is ExpertStatus.RESTRICTED else _GONE
    state, word, said = _STANDING.get(status, gone)
    chip = Chip(state, tongue.word(word))
    if status not in _STANDING:
        return Standing(chip, tongue.word(said))
    pause = _button(tongue.word("Pause"), path, ExpertStatus.PAUSED)
    back = _button(tongue.word("Come back"), path, ExpertStatus.ACTIVE)
    return Standing(
        chip,
        tongue.word(said),
        (back if status is ExpertStatus.PAUSED else pause,),
        _button(tongue.word("Leave the roster"), path, ExpertStatus.WITHDRAWN),
    )


def _about(
    tongue: Tongue, documents: Sequence[DocumentRow], body: ResponsibleBody
) -> Iterator[PlainLine]:
    for row in documents:
        yield PlainLine(
            tongue.word("CV of %(day)s", day=tongue.day(row.uploaded_at.date())),
            tongue.word(
                "sent by the focal point for %(country)s", country=tongue.country(row.country)
            )
            if row.country
            else tongue.word("sent by a colleague"),
        )
    yield PlainLine(
        tongue.word("What for"),
        tongue.word(
            "To find public officials for short missions to partner countries. People choose, "
            "and the reasons are kept; no score decides alone."
        ),
    )
    yield PlainLine(
        tongue.word("Who sees it"),
        tongue.word("The staff of %(facility)s and your focal point.", facility=body.facility),
    )
    yield PlainLine(
        tongue.word("How long"),
        tongue.word("Until you leave the roster, or it is not confirmed any more."),
    )
    unnamed = tongue.word("not named yet")
    yield PlainLine(tongue.word("Responsible"), body.controller or "", unknown=unnamed)
    yield PlainLine(tongue.word("To correct or erase it"), body.contact or "", unknown=unnamed)


def _held(tongue: Tongue, facts: Sequence[FactView]) -> Iterator[HeldKind]:
    for kind in KINDS:
        lines = tuple(dict.fromkeys(_line(tongue, fact) for fact in facts if fact.kind is kind))
        if lines:
            yield HeldKind(kind_words(tongue, kind), lines)


def _line(tongue: Tongue, fact: FactView) -> HeldLine:
    said = [value_words(tongue, fact.value)]
    if fact.period.start or fact.period.end:
        said.append(tongue.period(fact.period))
    told = tongue.word("held since %(day)s", day=tongue.day(fact.asserted_at.date()))
    return HeldLine(", ".join(filter(None, said)), f"{fact.source}, {told}")
