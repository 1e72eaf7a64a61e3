"""Models on disk: arrays and a JSON manifest, never a pickle; what was written is read back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import numpy as np

from matching.compiled import AdditiveModel
from matching.features import NAMES

FORMAT = 1


class ArtefactRefused(ValueError):
    """A model that this version cannot use; `str()` says why."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a model was made from, for the page that says which one is in use."""

    version: str
    data_hash: str
    """Of the judgements it learnt from; "" for the rule."""
    requests: int = 0
    judgements: int = 0
    figures: dict[str, float] = field(default_factory=dict)
    note: str = ""


def save_model(model: AdditiveModel, manifest: Manifest, folder: Path) -> None:
    """Write `tables.npy` and `manifest.json` into a folder, the manifest last."""
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "tables.npy", model.tables, allow_pickle=False)
    content = {
        "format": FORMAT,
        "version": manifest.version,
        "features": list(model.names),
        "tables_sha256": _digest(folder / "tables.npy"),
        "data_hash": manifest.data_hash,
        "requests": manifest.requests,
        "judgements": manifest.judgements,
        "figures": manifest.figures,
        "note": manifest.note,
    }
    text = json.dumps(content, indent=2, ensure_ascii=False, sort_keys=True)
    part = folder / "manifest.json.part"
    part.write_text(text, encoding="utf-8")
    part.replace(folder / "manifest.json")


def load_model(folder: Path) -> tuple[AdditiveModel, Manifest]:
    """Read a model back.

    Raises
    ------
    ArtefactRefused
        A file is missing or was changed, or the model is of other features than this version's.
    """
    try:
        content = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        tables = np.load(folder / "tables.npy", allow_pickle=False)
    except (OSError, ValueError) as error:
        raise ArtefactRefused(f"the model cannot be read: {error}") from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ArtefactRefused("the model is of another format; train it anew")
    if tuple(content["features"]) != NAMES:
        raise ArtefactRefused("the model was made for other features; train it anew")
    if content["tables_sha256"] != _digest(folder / "tables.npy"):
        raise ArtefactRefused("the tables are not those that the manifest describes")
    manifest = Manifest(
        version=str(content["version"]),
        data_hash=str(content["data_hash"]),
        requests=int(content["requests"]),
        judgements=int(content["judgements"]),
        figures={str(name): float(value) for name, value in content["figures"].items()},
        note=str(content["note"]),
    )
    return AdditiveModel(NAMES, tables.astype(np.float64), manifest.version), manifest


def tables_as_bytes(model: AdditiveModel) -> bytes:
    """Return the tables of a model as the bytes of an `.npy` file."""
    content = BytesIO()
    np.save(content, model.tables, allow_pickle=False)
    return content.getvalue()


def model_from_bytes(content: bytes, features: Sequence[str], version: str) -> AdditiveModel:
    """Read a model back from the bytes of its tables.

    Parameters
    ----------
    features : that it was made for, in the order of its tables

    Raises
    ------
    ArtefactRefused
        The bytes are no such tables, or the model is of other features than this version's.
    """
    if tuple(features) != NAMES:
        raise ArtefactRefused("it was made for other features; train it anew")
    try:
        tables = np.load(BytesIO(content), allow_pickle=False).astype(np.float64)
        model = AdditiveModel(NAMES, tables, version)
    except (OSError, EOFError, ValueError) as error:
        raise ArtefactRefused(f"its tables cannot be read: {error}") from error
    if not np.isfinite(tables).all() or (tables < 0).any():
        raise ArtefactRefused("its tables hold what is no number of points")
    return model


def digest_of(model: AdditiveModel) -> str:
    """Return a digest of what a model gives for what: equal models have equal ones."""
    named = "\n".join(model.names).encode()
    return sha256(named + np.ascontiguousarray(model.tables).tobytes()).hexdigest()


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
