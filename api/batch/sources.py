"""What is ranked in parts: who they are, what is asked, and how one part is ranked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Bools, Ints
from matching.blocks import Block
from matching.encoder import Encoder, VectorStore, find_encoder
from matching.files import Stamp, folder_of, opened, saved
from matching.index import Index, index_of
from matching.letters import LetterReading, Letters
from matching.places import Names, Places
from matching.question import Question, Tally, ask
from matching.records import Records
from roster.read import RequestView


@dataclass(frozen=True, slots=True)
class Part:
    """Some people who are laid out together; which, the source knows."""

    number: int
    """Counted from 0."""
    start: int
    """First byte of the file, or first place among all ids."""
    end: int
    first: int = 1
    """Number of the first line."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of the batch."""

    key: str
    """Its id for people."""
    need: RequestView
    only_read: tuple[str, ...] = ()
    """Features whose fields nobody gave."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class OpenPart:
    """A part laid out before, mapped."""

    index: Index
    keys: Names
    """Ids for people, in the order of the index."""
    folder: Path
    store: VectorStore | None

    def flags(self, name: str) -> Bools:
        """Return bools that were kept beside the block, shape (n,)."""
        held: Bools = np.load(self.folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
        return held

    def numbers(self, name: str) -> Ints:
        """Return whole numbers that were kept beside the block, shape (n,)."""
        held: Ints = np.load(self.folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
        return held


class Source(Protocol):
    """What is ranked; goes to every process as it is, so it holds paths and no connections."""

    def lay_out(self, part: Part, folder: Path) -> tuple[str, ...]:
        """Read the people of a part and keep them in a folder; return notes for people.

        Raises
        ------
        roster.errors.InvalidInput, roster.errors.FileRefused
        """

    def opened(self, part: Part, folder: Path) -> OpenPart | None:
        """Map what `lay_out` kept; None where it is not there, or of something else."""

    def check(self, parts: Sequence[Part], folder: Callable[[int], Path]) -> None:
        """Hold all parts together against each other, once they are laid out.

        Raises
        ------
        roster.errors.InvalidInput
            Somebody is in two parts.
        """

    def read(self, items: Sequence[object]) -> tuple[Asked, ...]:
        """Read some requests.

        Raises
        ------
        roster.errors.InvalidInput
        """

    def count(self, part: OpenPart, asked: Asked) -> Tally | None:
        """Count what a request asks for; None where it names nothing to rank by."""

    def places(self, part: OpenPart, asked: Asked, whole: Tally | None, most: int | None) -> Places:
        """Return the best of a part, measured by the tally of the whole."""

    def line(self, asked: str, place: int, found: Places) -> bytes:
        """Return one place as a line of the answer."""


@cache
def _encoder() -> Encoder | None:
    """Return the one encoder of this process."""
    return find_encoder()


@cache
def _letters(meaning: bool) -> Letters:
    """Return the readings of letters of this process, with vectors or without."""
    return Letters(_encoder() if meaning else None)


def can_mean() -> bool:
    """Return whether texts can be compared by meaning here."""
    return _encoder() is not None


def question_of(need: RequestView, today: date, *, meaning: bool) -> Question:
    """Return what a request asks for.

    Raises
    ------
    roster.errors.RequestIncomplete
    """
    return ask(need, _letters(meaning).of(need), today)


@dataclass(frozen=True)
class InParts:
    """What every source does alike: it reads letters, and keeps blocks and opens them."""

    mark: str
    """Tells what is ranked from anything else."""
    meaning: bool
    """Whether texts are compared by meaning."""

    def new_store(self) -> VectorStore | None:
        """Return an empty store of vectors; None where meaning is not compared."""
        encoder = _encoder() if self.meaning else None
        return VectorStore(encoder) if encoder is not None else None

    def reading_of(self, need: RequestView) -> LetterReading:
        """Return what is read of a letter."""
        return _letters(self.meaning).of(need)

    def question(self, need: RequestView, today: date) -> Question:
        """Return what a request asks for; see `question_of`."""
        return question_of(need, today, meaning=self.meaning)

    def keep(
        self,
        part: Part,
        folder: Path,
        block: Block,
        store: VectorStore | None,
        beside: Mapping[str, NDArray[np.generic]],
    ) -> None:
        """Keep a part, its vectors, and what is kept beside them under a name, "keys" with it."""
        with saved(block, folder, self._stamp(part, store)) as own:
            if store is not None and block.passages is not None:
                store.save(own, block.passages.keys)
            for name, array in beside.items():
                np.save(own / f"{name}.npy", array)

    def map(self, part: Part, folder: Path, records: Records) -> OpenPart | None:
        """Map what `keep` kept; None where it is not there, or of something else."""
        store = self.new_store()
        found = opened(folder, self._stamp(part, store))
        own = folder_of(folder)
        if found is None or own is None:
            return None
        if store is not None:
            store.load(own)
        keys: Names = np.load(own / "keys.npy", allow_pickle=False)
        return OpenPart(index_of([found[0]], records), keys, own, store)

    def _stamp(self, part: Part, store: VectorStore | None) -> Stamp:
        return Stamp(part.number, self.mark, store.encoder.name if store is not None else None)
