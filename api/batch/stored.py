"""The roster of this installation in parts: every process reads its own people in the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID

import numpy as np
from sqlalchemy import Engine as Database
from sqlmodel import Session

from api.batch.sources import Asked, InParts, OpenPart, Part
from api.index import INDEX_FOLDER
from matching.blocks import build_block
from matching.files import folder_of
from matching.places import Places, Ruling, ranked_line, ranked_places
from matching.profile import profile_of
from matching.question import Tally
from matching.records import Records
from matching.scoring import count
from roster.db import open_engine
from roster.policy import Actor, Permission
from roster.queries.index import ids_in_order, known_between, views_between, views_of
from roster.read import ExpertView
from roster.settings import read_settings


@cache
def _database() -> Database:
    """Return the pool of this process, of the database that its own settings name."""
    return open_engine(read_settings().url)


@dataclass(frozen=True)
class Stored(InParts):
    """The roster and stored requests, ranked as the service does for one facility."""

    actor: Actor
    ruling: Ruling

    def lay_out(self, part: Part, folder: Path) -> tuple[str, ...]:
        """Read the people of a part and keep them in a folder; vectors that are kept are taken."""
        first, last = UUID(int=part.start), UUID(int=part.end)
        with Session(_database()) as session:
            people = [profile_of(view) for view in views_between(session, first, last)]
            known = known_between(session, self.actor, Permission.RANK, first, last)
        store = self.new_store()
        if store is not None:
            kept = folder_of(read_settings().data_dir / INDEX_FOLDER)
            if kept is not None:
                store.load(kept)
            store.encode(text for profile in people for text in profile.texts)
        block = build_block(people, store)
        ids = sorted(profile.view.id for profile in people)
        beside = {
            "keys": np.asarray([str(one) for one in ids], np.str_),
            "among": np.asarray([one in known for one in ids], np.bool_),
        }
        self.keep(part, folder, block, store, beside)
        return ()

    def opened(self, part: Part, folder: Path) -> OpenPart | None:
        """Map what `lay_out` kept; None where it is not there, or of something else."""

        def fetch(expert_ids: Sequence[UUID]) -> Iterator[ExpertView]:
            with Session(_database()) as session:
                yield from views_of(session, expert_ids)

        return self.map(part, folder, Records(fetch))

    def check(self, parts: Sequence[Part], folder: Callable[[int], Path]) -> None:
        """Nobody is in two parts: ids are cut where they lie."""

    def read(self, items: Sequence[object]) -> tuple[Asked, ...]:
        """Return the requests, which were read in the database at the beginning."""
        return tuple(one for one in items if isinstance(one, Asked))

    def count(self, part: OpenPart, asked: Asked) -> Tally | None:
        """Count what a request asks for."""
        return count(self.question(asked.need, self.ruling.today), part.index)

    def places(self, part: OpenPart, asked: Asked, whole: Tally | None, most: int | None) -> Places:
        """Return the best of a part, measured by the tally of the whole."""
        return ranked_places(
            self.question(asked.need, self.ruling.today),
            part.index,
            self.ruling,
            store=part.store,
            whole=whole,
            among=part.flags("among"),
            most=most,
        )

    def line(self, asked: str, place: int, found: Places) -> bytes:
        """Return one place as a line, with its band and its place there."""
        return ranked_line(asked, place, found)


def cut(session: Session, people: int) -> tuple[Part, ...]:
    """Cut the roster as it stands into parts of so many people, by their ids."""
    parts: list[Part] = []
    first = last = None
    held = 0
    for one in ids_in_order(session):
        first = first or one
        last, held = one, held + 1
        if held == people:
            parts.append(Part(len(parts), first.int, last.int))
            first, held = None, 0
    if first is not None and last is not None:
        parts.append(Part(len(parts), first.int, last.int))
    return tuple(parts)
