"""The folder of a batch: what is done is kept there, so that nothing is done twice.

A part is done once its block can be opened, places once their file stands under its name: each is
written beside first and then moved, so that a process may be killed at any moment.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from matching.places import Places
from matching.question import Tally
from roster.errors import Conflict

_PLAN = "plan.json"
_PACKAGES = ("matching", "roster", "api")


@dataclass(frozen=True, slots=True)
class Work:
    """Where a batch keeps what is done."""

    folder: Path

    def part(self, number: int) -> Path:
        """Return the folder of a part."""
        return self.folder / "parts" / f"{number:06}"

    def places(self, chunk: int, part: int) -> Path:
        """Return the file of the places of a part for some requests."""
        return self.folder / "places" / f"{chunk:06}" / f"{part:06}.npz"

    def tally(self, chunk: int) -> Path:
        """Return the file of what was counted for some requests."""
        return self.folder / "tallies" / f"{chunk:06}.npz"

    def lines(self, chunk: int) -> Path:
        """Return the file of the answer to some requests."""
        return self.folder / "lines" / f"{chunk:06}.jsonl"

    def begin(self, said: Mapping[str, object], today: date) -> tuple[date, bool]:
        """Take the folder for a batch.

        Parameters
        ----------
        said : tells this batch from any other

        Returns
        -------
        the day on which the batch was begun, and whether it was begun before

        Raises
        ------
        Conflict
            The folder holds another batch.
        """
        plan = self.folder / _PLAN
        if plan.is_file():
            before = json.loads(plan.read_text(encoding="utf-8"))
            if before.get("said") != said:
                raise Conflict(
                    f"{self.folder} holds a batch that was begun with other files, options or "
                    "another version. Remove the folder, or give --anew to begin anew."
                )
            return date.fromisoformat(before["today"]), True
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        text = json.dumps({"said": said, "today": today.isoformat()})
        written(plan, lambda file: file.write(text.encode()))
        return today, False


def written(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    with part.open("wb") as file:
        write(file)
    part.replace(path)


def digest_of(*parts: bytes) -> str:
    """Return a digest of some bytes, in their order."""
    found = blake2b(digest_size=16)
    for one in parts:
        found.update(len(one).to_bytes(8, "big"))
        found.update(one)
    return found.hexdigest()


def code_digest() -> str:
    """Return a digest of the code that ranks: all processes of a batch have the same."""
    held = [
        path.read_bytes()
        for package in _PACKAGES
        for path in sorted(Path(str(files(package))).rglob("*.py"))
    ]
    return digest_of(np.__version__.encode(), *held)


# --- Files of one part or chunk -------------------------------------------------------------------


def keep_places(path: Path, found: Sequence[Places]) -> None:
    """Keep the places of some requests."""
    arrays = {f"{at}.{name}": one for at, held in enumerate(found) for name, one in _named(held)}
    written(path, lambda file: np.savez(file, **arrays))  # type: ignore[arg-type]  # names are ours


def _named(held: Places) -> Iterable[tuple[str, NDArray[np.generic]]]:
    return held.arrays().items()


def kept_places(path: Path) -> tuple[Places, ...]:
    """Return the places of some requests."""
    names = [one.name for one in fields(Places)]
    with np.load(path, allow_pickle=False) as held:
        count = len(held.files) // len(names)
        return tuple(
            Places(**{name: held[f"{at}.{name}"] for name in names}) for at in range(count)
        )


def keep_tallies(path: Path, found: Sequence[Tally | None]) -> None:
    """Keep what was counted for some requests."""
    arrays: dict[str, NDArray[np.generic]] = {"asked": np.asarray(len(found))}
    for at, one in enumerate(found):
        if one is not None:
            arrays[f"{at}.people"] = np.asarray(one.people)
            arrays[f"{at}.topics"] = np.asarray(list(one.topics), dtype=np.str_)
            arrays[f"{at}.held"] = np.asarray(list(one.topics.values()), dtype=np.int64)
            arrays[f"{at}.words"] = one.words
    written(path, lambda file: np.savez(file, **arrays))  # type: ignore[arg-type]  # names are ours


def kept_tallies(path: Path) -> tuple[Tally | None, ...]:
    """Return what was counted for some requests."""
    with np.load(path, allow_pickle=False) as held:
        return tuple(
            Tally(
                int(held[f"{at}.people"]),
                dict(zip(held[f"{at}.topics"].tolist(), held[f"{at}.held"].tolist(), strict=True)),
                held[f"{at}.words"],
            )
            if f"{at}.people" in held.files
            else None
            for at in range(int(held["asked"]))
        )
