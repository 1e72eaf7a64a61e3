"""What somebody sends in one go → the uploads to keep: one of files, one for each list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from roster.batches import NewBatch, WaitingFile
from roster.errors import FileRefused
from roster.ingest.batches.files import Bounds, Sent, sort_out
from roster.ingest.batches.lists import open_sheets, proposal
from roster.ingest.sandbox.apart import Limits
from roster.vocabulary import BatchKind


@dataclass(frozen=True, slots=True)
class Wishes:
    """How an upload is meant."""

    country: str | None = None
    is_trial: bool = False


def new_batches(
    sent: Iterable[Sent], wishes: Wishes, bounds: Bounds, limits: Limits | None = None
) -> tuple[NewBatch, ...]:
    """Return the uploads to keep: files and what archives hold together, each list by itself.

    A list that cannot be read is refused among the files; alone it is an error.

    Raises
    ------
    roster.errors.InvalidInput
        Nothing was sent.
    roster.errors.FileRefused, roster.errors.FileTooLarge
        Nothing of it can be kept, or it is more than is taken in one go.
    """
    found = sort_out(sent, bounds)
    files = list(found.files)
    lists: list[NewBatch] = []
    for one in found.lists:
        try:
            lists.append(_list(one, wishes, bounds, limits))
        except FileRefused as refusal:
            if not files and len(found.lists) == 1:
                raise
            files.append(WaitingFile(one.name, b"", refusal.detail))
    if not files:
        return tuple(lists)
    kind = BatchKind.ARCHIVE if found.archive else BatchKind.FILES
    of_files = NewBatch(
        kind, tuple(files), found.archive, country=wishes.country, is_trial=wishes.is_trial
    )
    return (of_files, *lists)


def _list(sent: Sent, wishes: Wishes, bounds: Bounds, limits: Limits | None) -> NewBatch:
    found = open_sheets(sent.content, None, most_bytes=bounds.file_bytes, limits=limits)
    return NewBatch(
        BatchKind.LIST,
        (WaitingFile(sent.name, sent.content),),
        sent.name,
        country=wishes.country,
        is_trial=wishes.is_trial,
        mapping=proposal(found),
    )
