"""An outside collection in parts: every process reads its own lines of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from pathlib import Path
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from api.batch.sources import Asked, InParts, OpenPart, Part
from api.collections.experts import expert_id
from api.collections.lines import Line, line_of, read_lines
from api.collections.people import read_person
from api.collections.running import laid_out, read_profile, read_request
from matching.compiled import AdditiveModel
from matching.files import folder_of
from matching.places import Places, places_of, run_line
from matching.question import Tally
from matching.records import Records
from matching.scoring import count
from matching.standings import OfWhole, stand, unstated_of
from roster.errors import Conflict, FileRefused, InvalidInput, RequestIncomplete
from roster.read import ExpertView

_BOM = b"\xef\xbb\xbf"
_MOST_NOTES = 30


@dataclass(frozen=True)
class Outside(InParts):
    """People and requests of two files, one JSON object a line."""

    experts: Path
    requests: Path
    today: date
    model: AdditiveModel

    def lay_out(self, part: Part, folder: Path) -> tuple[str, ...]:
        """Read the people of a part and keep them in a folder; return notes for people.

        Raises
        ------
        roster.errors.InvalidInput, roster.errors.FileRefused
        """
        lines = list(self._lines(part))
        _refuse_twice((line.key(), line) for line in lines)
        read = [read_profile(self.today, line) for line in lines]
        people = [profile for profile, _ in read]
        store = self.new_store()
        block = laid_out(people, store)
        by_id = {one.view.id: (one, line) for one, line in zip(people, lines, strict=True)}
        ordered = [by_id[one] for one in sorted(by_id)]
        beside = {
            "keys": np.asarray([line.key() for _, line in ordered], np.str_),
            "lines": np.asarray([line.number for _, line in ordered], np.int64),
            "unstated": unstated_of(one for one, _ in ordered),
        }
        self.keep(part, folder, block, store, beside)
        return tuple(note for _, notes in read for note in notes)[:_MOST_NOTES]

    def opened(self, part: Part, folder: Path) -> OpenPart | None:
        """Map what `lay_out` kept; None where it is not there, or of something else."""

        def fetch(expert_ids: Sequence[UUID]) -> Iterator[ExpertView]:
            wanted = frozenset(expert_ids)
            for line in self._lines(part):
                if expert_id(line.key()) in wanted:
                    yield read_person(line, self.today)

        return self.map(part, folder, Records(fetch))

    def check(self, parts: Sequence[Part], folder: Callable[[int], Path]) -> None:
        """Refuse an id that stands on lines of two parts.

        Raises
        ------
        roster.errors.InvalidInput
        """
        ids = np.concatenate([self._held(part, folder, "ids") for part in parts])
        lines = np.concatenate([self._held(part, folder, "lines") for part in parts])
        order = np.lexsort((lines, ids))
        again = np.flatnonzero(ids[order][1:] == ids[order][:-1])
        if not len(again):
            return
        second = again[np.argmin(lines[order[again + 1]])]
        before, number = lines[order[[second, second + 1]]].tolist()
        part = next(one for one in reversed(parts) if one.first <= number)
        line = next(one for one in self._lines(part) if one.number == number)
        raise twice(line, line.key(), before)

    def _held(self, part: Part, folder: Callable[[int], Path], name: str) -> NDArray[np.generic]:
        own = folder_of(folder(part.number))
        if own is None:
            raise Conflict(f"Part {part.number + 1} was removed meanwhile. Call it again.")
        found: NDArray[np.generic] = np.load(own / f"{name}.npy", allow_pickle=False)
        return found

    def read(self, items: Sequence[object]) -> tuple[Asked, ...]:
        """Read some requests.

        Raises
        ------
        roster.errors.InvalidInput
        """
        return tuple(self._read(line) for line in items if isinstance(line, Line))

    def _read(self, line: Line) -> Asked:
        need, read = read_request(line, self.today)
        notes = list(line.notes)
        try:
            told = self.question(need, self.today).notes
        except RequestIncomplete:
            told = ("It names neither topic, activity nor text: nobody can be told from anybody.",)
        notes += [f"{line.place}: {note}" for note in told]
        return Asked(line.key(), need, read, tuple(notes))

    def count(self, part: OpenPart, asked: Asked) -> Tally | None:
        """Count what a request asks for; None where it names nothing to rank by."""
        try:
            return count(self.question(asked.need, self.today), part.index)
        except RequestIncomplete:
            return None

    def places(self, part: OpenPart, asked: Asked, whole: Tally | None, most: int | None) -> Places:
        """Return the best of a part, measured by the tally of the whole."""
        standings = stand(
            asked.need,
            part.index,
            self.today,
            model=self.model,
            store=part.store,
            only_read=asked.only_read,
            part=OfWhole(whole, part.flags("unstated"), self.reading_of(asked.need)),
        )
        return places_of(standings, part.keys, most)

    def line(self, asked: str, place: int, found: Places) -> bytes:
        """Return one place as a line of a run file."""
        return run_line(asked, place, found)

    def _lines(self, part: Part) -> Iterator[Line]:
        """Yield the lines of a part, blank ones passed over."""
        with self.experts.open("rb") as file:
            file.seek(part.start)
            held = file.read(part.end - part.start)
        for number, raw in enumerate(held.split(b"\n"), start=part.first):
            if raw.strip():
                text = raw.removeprefix(_BOM) if number == 1 else raw
                yield line_of(self.experts.name, number, _decoded(self.experts, text))


def _decoded(path: Path, raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise FileRefused(f"{path} is not UTF-8. Save it as UTF-8 and try again.") from error


def _refuse_twice(named: Iterable[tuple[str, Line]]) -> None:
    seen: dict[str, int] = {}
    for key, line in named:
        if key in seen:
            raise twice(line, key, seen[key])
        seen[key] = line.number


def twice(line: Line, key: str, before: int) -> InvalidInput:
    """Return the refusal of an id that stands on two lines."""
    return line.wrong("id", f"The id {key} stands on line {before} too.")


def cut(path: Path, people: int) -> tuple[tuple[Part, ...], str]:
    """Cut a file into parts of so many lines that are not blank.

    Returns
    -------
    the parts, and a digest of the file

    Raises
    ------
    roster.errors.FileRefused, roster.errors.InvalidInput
    """
    found, parts = blake2b(digest_size=16), list[Part]()
    start = at = held = 0
    first = number = 1
    try:
        with path.open("rb") as file:
            for raw in file:
                found.update(raw)
                at, number, held = at + len(raw), number + 1, held + bool(raw.strip())
                if held == people:
                    parts.append(Part(len(parts), start, at, first))
                    start, first, held = at, number, 0
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        raise FileRefused(f"{path} cannot be opened: {reason}.") from error
    if held:
        parts.append(Part(len(parts), start, at, first))
    if not parts:
        raise InvalidInput(f"{path.name} has no line. Give one JSON object with id and text each.")
    return tuple(parts), found.hexdigest()


def letters(path: Path) -> tuple[Line, ...]:
    """Return the lines of the requests.

    Raises
    ------
    roster.errors.FileRefused, roster.errors.InvalidInput
    """
    return tuple(read_lines(path))
