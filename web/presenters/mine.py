"""The page behind a personal link: what is held on somebody, in her own eyes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from urllib.parse import quote

from roster.read import (
    DocumentRow,
    ExpertRecord,
    FactView,
    ReadFact,
    RecordView,
    ResponsibleBody,
)
from roster.read.privacy import DisclosureRow
from roster.vocabulary import ExpertStatus, FactStatus
from web.contexts.experts import PlainLine
from web.contexts.layout import Frame
from web.contexts.notices import (
    HeldKind,
    HeldLine,
    LeavePage,
    MinePage,
    OwnFactPage,
    Rights,
    Standing,
)
from web.contexts.parts import Chip, ErrorLine, FormField, Link, PostButton
from web.presenters.expert_record import view_line
from web.presenters.fact_editors import Part, choices_of, input_kind, parts_of, shown
from web.presenters.fact_words import KINDS, kind_words, value_words
from web.presenters.proofs import source_words
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
    said: tuple[ReadFact, ...] = ()
    """What she says of single facts, as long as she can take it back."""


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
        held=tuple(_held(tongue, record, path, own.said)),
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


def own_fact_page(
    frame: Frame,
    tongue: Tongue,
    fact: FactView,
    version: str,
    *,
    path: str,
    typed: Mapping[str, str],
    problem: str = "",
) -> OwnFactPage:
    """Return the form of one fact of a person's own record.

    Parameters
    ----------
    path : of her page
    typed : what was sent and refused
    problem : why
    """
    fields = tuple(_field(tongue, part, fact, typed) for part in parts_of(fact.kind))
    return OwnFactPage(
        frame=frame,
        title=kind_words(tongue, fact.kind),
        held=_value(tongue, fact),
        lead=tongue.word(
            "Say what is right. It waits for your focal point, marked as said by you, and you can "
            "take it back; that something is not so counts at once."
        ),
        action=f"{path}/facts/{fact.id}?version={quote(version)}",
        fields=fields,
        errors=(ErrorLine(f"#{fields[0].id}", problem),) if problem else (),
        back=Link(tongue.word("Leave it as it is"), f"{path}#h-held"),
        problem=problem,
    )


def _field(tongue: Tongue, part: Part, fact: FactView, typed: Mapping[str, str]) -> FormField:
    value = typed.get(part.name, shown(tongue, part, fact.value, fact.period))
    choices = choices_of(tongue, part, value)
    kind = "select" if choices else input_kind(part)
    plain = kind if kind in {"select", "email", "number"} else "text"
    return FormField(part.name, tongue.word(part.label), plain, value, choices=choices)


def _held(
    tongue: Tongue, record: ExpertRecord, path: str, said: Sequence[ReadFact]
) -> Iterator[HeldKind]:
    hers = {one.id: one for one in said}
    changes = record.view.status in _STANDING
    for kind in KINDS:
        lines: dict[tuple[str, str], HeldLine] = {}
        for fact in record.facts:
            if fact.kind is kind:
                line = _line(tongue, fact, path if changes else "", hers.get(fact.id))
                lines.setdefault((line.value, line.source), line)
        denied = tuple(
            _denied(tongue, one, path if changes else "")
            for one in said
            if one.kind is kind and one.status is FactStatus.REJECTED
        )
        if lines or denied:
            yield HeldKind(kind_words(tongue, kind), (*lines.values(), *denied))


def _line(tongue: Tongue, fact: FactView, path: str, hers: ReadFact | None) -> HeldLine:
    day = tongue.day(fact.asserted_at.date())
    change = Link(tongue.word("Correct"), f"{path}/facts/{fact.id}") if path else None
    if hers is not None:
        words = tongue.word("said by you on %(day)s; waits for your focal point", day=day)
        return HeldLine(_value(tongue, fact), words, change, _undo(tongue, hers, path))
    told = tongue.word("held since %(day)s", day=day)
    return HeldLine(_value(tongue, fact), f"{source_words(tongue, fact.source)}, {told}", change)


def _denied(tongue: Tongue, one: ReadFact, path: str) -> HeldLine:
    day = tongue.day(one.said_on) if one.said_on else ""
    words = tongue.word("not so: said by you on %(day)s", day=day)
    return HeldLine(value_words(tongue, one.value), words, None, _undo(tongue, one, path))


def _undo(tongue: Tongue, one: ReadFact, path: str) -> PostButton | None:
    return PostButton(tongue.word("Undo"), f"{path}/facts/{one.id}/undo") if path else None


def _value(tongue: Tongue, fact: FactView) -> str:
    said = [value_words(tongue, fact.value)]
    if fact.period.start or fact.period.end:
        said.append(tongue.period(fact.period))
    return ", ".join(filter(None, said))
