"""An upload of many files: how far it has come, what became of each, what to do next."""

from __future__ import annotations

import re
from collections.abc import Sequence

from roster.read import PageOf
from roster.read.batches import BatchItemView, BatchView
from roster.vocabulary import BatchKind, BatchOutcome, BatchState, DocumentState, FactKind
from web.contexts.layout import Frame
from web.contexts.parts import Chip, Empty, Link, Notice, Pager, PostButton, Share, percent
from web.contexts.uploads import BatchLine, BatchPage, Progress
from web.presenters.fact_words import kind_words
from web.presenters.pagers import pager_of
from web.reason_words import clause
from web.tongues import Tongue
from web.wording import marked

REFRESH_S = 3
_OUTCOMES: dict[BatchOutcome, tuple[str, str, str, str]] = {
    BatchOutcome.NEEDS_LOOK: ("look", marked("to look at"), "st-look", "look"),
    BatchOutcome.KNOWN_PERSON: ("known", marked("may be known already"), "s3", "look"),
    BatchOutcome.READ: ("read", marked("sure"), "st-ok", "pass"),
    BatchOutcome.ALREADY_THERE: ("there", marked("here already"), "st-grey", "note"),
    BatchOutcome.REFUSED: ("refused", marked("not taken"), "st-no", "fail"),
    BatchOutcome.WAITING: ("waiting", marked("waiting"), "st-busy", "clock"),
}
"""Outcome → (word in the address, label, class of the bar, chip); what needs somebody first."""
_REASONS = (
    marked("no name was read"),
    marked("no e-mail address was read"),
    marked("it could not be confirmed without a look"),
    marked("its administration is of another country"),
    marked("same e-mail address"),
    marked("same name"),
    marked("similar name"),
    marked("one name in common"),
    marked("but another name"),
    marked("same year of birth"),
    marked("but another year of birth"),
    marked("same employer"),
    marked("Called off before it was read."),
    marked("The same file stands earlier in this upload."),
    marked("The same row stands earlier in this list."),
    marked("This file is no longer kept. Send it again."),
    marked("This file is empty. Save it again and upload the new copy."),
    marked("This is an archive in an archive, which is not opened. Send it by itself."),
    marked("This file is damaged in its archive. Send the file itself."),
    marked("This file is protected by a password in its archive. Send it without one."),
    marked(
        "This is a list with one person a row, not a CV. Send it by itself: its columns are asked "
        "for."
    ),
)
"""What is said of files and rows word for word; anything else is shown as it was written."""
_SAME_ROW = re.compile(r"row (\d+) may be the same person")
_TO_CHECK = "to check: "
_KINDS = frozenset(kind.value for kind in FactKind)


def outcome_of(word: str) -> tuple[BatchOutcome, ...]:
    """Return the outcomes that a part of the list shows; none for all, as for an unknown word."""
    return tuple(outcome for outcome, (key, *_) in _OUTCOMES.items() if key == word)


def outcome_words(tongue: Tongue, outcome: BatchOutcome) -> str:
    """Name what became of a file or row."""
    return tongue.word(_OUTCOMES[outcome][1])


def name_of(tongue: Tongue, batch: BatchView) -> str:
    """Name an upload by its file, else by its moment."""
    return batch.file_name or tongue.word(
        "Upload of %(day)s, %(time)s",
        day=tongue.day(batch.sent_at.date()),
        time=tongue.time(batch.sent_at),
    )


def earlier_links(tongue: Tongue, batches: Sequence[BatchView]) -> tuple[Link, ...]:
    """Return the uploads of many files, each with how far it has come."""
    return tuple(
        Link(tongue.labelled(name_of(tongue, one), _state(tongue, one)), _href(one))
        for one in batches
    )


def _href(batch: BatchView) -> str:
    ending = "/columns" if batch.state is BatchState.MAPPING else ""
    return f"/uploads/{batch.id}{ending}"


def _state(tongue: Tongue, batch: BatchView) -> str:
    if batch.state is BatchState.MAPPING:
        return tongue.word("its columns wait to be named")
    if batch.state is BatchState.REFUSED:
        return tongue.word("not taken")
    if batch.is_working:
        return tongue.word("being worked on")
    if batch.is_trial:
        return tongue.word("tried only, nothing was changed")
    if batch.to_confirm:
        return tongue.words("%(num)s to confirm", "%(num)s to confirm", batch.to_confirm)
    return tongue.word("done")


def batch_page(
    frame: Frame,
    tongue: Tongue,
    batch: BatchView,
    items: PageOf[BatchItemView],
    *,
    group: str = "",
    may_confirm: bool = False,
    notices: tuple[Notice, ...] = (),
) -> BatchPage:
    """Return the page of an upload.

    Parameters
    ----------
    items : those shown, of `group`
    may_confirm : whether the reader may put people on the roster
    """
    name = name_of(tongue, batch)
    lines = tuple(_line(tongue, batch, item) for item in items.items)
    csv = Link(tongue.word("Results as CSV"), f"/uploads/{batch.id}/results.csv")
    return BatchPage(
        frame=frame,
        crumb=Link(tongue.word("Upload CVs"), "/uploads"),
        here=name,
        title=_finding(tongue, batch),
        lead=_lead(tongue, batch),
        notices=notices,
        progress=_progress(tongue, batch),
        shares=_shares(tongue, batch, group),
        lines=lines,
        lines_name=tongue.word("Row") if batch.kind is BatchKind.LIST else tongue.word("File"),
        pager=_pager(tongue, batch, items, group),
        main=_main(tongue, batch, may_confirm),
        buttons=_buttons(tongue, batch),
        links=_links(tongue, batch, may_confirm),
        exports=(csv,) if batch.total else (),
        refresh_s=REFRESH_S if batch.is_working else 0,
        empty=None if lines or batch.is_working else _empty(tongue, batch),
    )


def _finding(tongue: Tongue, batch: BatchView) -> str:
    if batch.state is BatchState.REFUSED:
        return tongue.word("Nothing of this was taken in")
    if not batch.total:
        return tongue.word("The list is being read")
    is_list = batch.kind is BatchKind.LIST
    many = (
        tongue.words("%(num)s row", "%(num)s rows", batch.total)
        if is_list
        else tongue.words("%(num)s file", "%(num)s files", batch.total)
    )
    told = [
        f"{tongue.number(batch.count(outcome))} {tongue.word(label)}"
        for outcome, (_, label, _, _) in _OUTCOMES.items()
        if batch.count(outcome)
    ]
    return tongue.labelled(many, tongue.listed(told))


def _lead(tongue: Tongue, batch: BatchView) -> str:
    said = []
    if batch.country:
        said.append(f"{tongue.country(batch.country)}.")
    if batch.is_trial:
        said.append(tongue.word("This is a trial: it says what would happen and changes nothing."))
    if batch.problem:
        said.append(tongue.word(batch.problem))
    if batch.is_working:
        said.append(tongue.word("You can leave; reading goes on."))
    elif batch.to_confirm:
        said.append(
            tongue.words(
                "%(num)s waits to be confirmed.", "%(num)s wait to be confirmed.", batch.to_confirm
            )
        )
    return " ".join(said)


def _progress(tongue: Tongue, batch: BatchView) -> Progress | None:
    if not batch.is_working:
        return None
    label = tongue.word("Progress")
    if not batch.total:
        return Progress(label, tongue.word("The rows are being read."), None, 1)
    done = batch.total - batch.count(BatchOutcome.WAITING)
    words = tongue.word(
        "%(done)s of %(total)s", done=tongue.number(done), total=tongue.number(batch.total)
    )
    return Progress(label, words, done, batch.total)


def _shares(tongue: Tongue, batch: BatchView, group: str) -> tuple[Share, ...]:
    if not batch.total:
        return ()
    path, at = f"/uploads/{batch.id}", 0
    found = []
    for outcome, (key, label, css, _) in _OUTCOMES.items():
        count = batch.count(outcome)
        if not count and key != group:
            continue
        found.append(
            Share(
                css=css,
                label=tongue.word(label),
                count=tongue.number(count),
                x=percent(at, batch.total),
                width=percent(count, batch.total),
                href=f"{path}?show={key}",
                on=key == group,
            )
        )
        at += count
    every = Share(
        "", tongue.word("all"), tongue.number(batch.total), "0%", "0%", path, on=not group
    )
    return (every, *found)


def _line(tongue: Tongue, batch: BatchView, item: BatchItemView) -> BatchLine:
    _, label, _, chip = _OUTCOMES[item.outcome]
    place = tongue.number(item.place)
    if batch.kind is BatchKind.LIST:
        name = tongue.word("Row %(place)s", place=place)
    else:
        name = item.file_name or tongue.word("File %(place)s", place=place)
    known = None
    if item.outcome is BatchOutcome.KNOWN_PERSON and item.expert_id is not None:
        known = Link(item.display_name, f"/experts/{item.expert_id}")
    is_confirmed = item.document_state is DocumentState.CONFIRMED
    return BatchLine(
        name=name,
        person="" if known else item.display_name,
        nobody=_nobody(tongue, batch, item),
        result=Chip("done", tongue.word("on the roster"))
        if is_confirmed
        else Chip(chip, tongue.word(label)),
        reasons=() if is_confirmed else _why(tongue, item),
        link=_open(tongue, batch, item),
        known=known,
    )


def _nobody(tongue: Tongue, batch: BatchView, item: BatchItemView) -> str:
    if item.outcome is BatchOutcome.WAITING:
        return tongue.word("not known yet")
    if item.outcome is BatchOutcome.REFUSED:
        return tongue.word("nobody")
    return tongue.word("not kept in a trial") if batch.is_trial else tongue.word("not known")


def _open(tongue: Tongue, batch: BatchView, item: BatchItemView) -> Link | None:
    if item.document_id is None:
        return None
    words = tongue.word("Open")
    if item.document_state is DocumentState.READ:
        words = tongue.word("Confirm")
    return Link(words, f"/documents/{item.document_id}?of={batch.id}")


def _why(tongue: Tongue, item: BatchItemView) -> tuple[str, ...]:
    """Say why; what is wrong with a file that was not taken is one sentence, not several."""
    if item.outcome is BatchOutcome.REFUSED and item.reason:
        return (tongue.word(item.reason),)
    return reasons(tongue, item.reason)


def reasons(tongue: Tongue, said: str | None) -> tuple[str, ...]:
    """Return what is said of a file or row, phrase by phrase, in the reader's language."""
    whole = clause(said or "", tongue)
    if whole != (said or ""):
        return (whole,)
    return tuple(_phrase(tongue, part) for part in (said or "").split("; ") if part)


def _phrase(tongue: Tongue, part: str) -> str:
    if part.startswith(_TO_CHECK):
        kinds = [
            kind_words(tongue, FactKind(word))
            for word in part.removeprefix(_TO_CHECK).split(", ")
            if word in _KINDS
        ]
        return tongue.word("to check: %(what)s", what=", ".join(kinds))
    same = _SAME_ROW.fullmatch(part)
    if same:
        return tongue.word("row %(place)s may be the same person", place=same.group(1))
    whole = tongue.word(part)
    if whole != part:
        return whole
    return ", ".join(tongue.word(word) if word else "" for word in part.split(", "))


def _pager(
    tongue: Tongue, batch: BatchView, items: PageOf[BatchItemView], group: str
) -> Pager | None:
    if items.total <= items.per_page:
        return None
    path = f"/uploads/{batch.id}?{f'show={group}&' if group else ''}page="
    return pager_of(items.page, items.per_page, items.total, tongue, lambda page: f"{path}{page}")


def _main(tongue: Tongue, batch: BatchView, may_confirm: bool) -> PostButton | Link | None:
    if batch.state is BatchState.DONE and batch.is_trial:
        return PostButton(tongue.word("Take them in"), f"/uploads/{batch.id}/start")
    if batch.is_working or not may_confirm:
        return None
    if batch.sure:
        words = tongue.words(
            "Confirm %(num)s that is sure", "Confirm all %(num)s that are sure", batch.sure
        )
        return PostButton(words, f"/uploads/{batch.id}/confirmation")
    if batch.to_confirm:
        return _go_through(tongue, batch, batch.to_confirm)
    return None


def _go_through(tongue: Tongue, batch: BatchView, count: int) -> Link:
    words = tongue.words(
        "Go through the %(num)s that waits", "Go through the %(num)s that wait", count
    )
    return Link(words, f"/uploads/{batch.id}/next")


def _buttons(tongue: Tongue, batch: BatchView) -> tuple[PostButton, ...]:
    cancel = f"/uploads/{batch.id}/cancel"
    if batch.is_working:
        return (PostButton(tongue.word("Call off what still waits"), cancel),)
    if batch.state is BatchState.DONE and batch.is_trial:
        return (PostButton(tongue.word("Do not take them in"), cancel),)
    return ()


def _links(tongue: Tongue, batch: BatchView, may_confirm: bool) -> tuple[Link, ...]:
    is_open = batch.state is BatchState.MAPPING or (
        batch.state is BatchState.DONE and batch.is_trial
    )
    if batch.kind is BatchKind.LIST and is_open:
        return (Link(tongue.word("Name the columns"), f"/uploads/{batch.id}/columns"),)
    left = batch.to_confirm - batch.sure
    if may_confirm and batch.sure and left > 0 and not batch.is_working:
        return (_go_through(tongue, batch, left),)
    return ()


def _empty(tongue: Tongue, batch: BatchView) -> Empty:
    if batch.total:
        way = Link(tongue.word("Show all"), f"/uploads/{batch.id}")
        return Empty(tongue.word("Nothing is in this state"), "", (way,))
    return Empty(
        tongue.word("Nothing is shown here"), "", (Link(tongue.word("Upload CVs"), "/uploads"),)
    )
