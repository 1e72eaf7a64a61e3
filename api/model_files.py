"""Reads a version of the ranking model, or says in words why it cannot rank."""

from __future__ import annotations

from pathlib import Path

from matching.compiled import AdditiveModel
from matching.learning.artefacts import ArtefactRefused, load_model, model_from_bytes
from roster.errors import Conflict, ModelUnusable
from roster.read import ModelManifest


def read_model(version: str, stored: tuple[bytes, ModelManifest] | None) -> AdditiveModel:
    """Return a version of the registry as tables; None stands for one that is not in it.

    Raises
    ------
    ModelUnusable
    """
    if stored is None:
        raise ModelUnusable(
            f"The model {version} is neither in the registry nor shipped with this version."
        )
    tables, manifest = stored
    try:
        return model_from_bytes(tables, manifest.features, version)
    except ArtefactRefused as error:
        raise ModelUnusable(f"The model {version} cannot rank: {error}.") from error


def model_of(folder: Path) -> AdditiveModel:
    """Return the model in a folder.

    Raises
    ------
    Conflict
        It cannot be used.
    """
    try:
        return load_model(folder)[0]
    except ArtefactRefused as error:
        raise Conflict(
            f"The ranking model in ROSTER_MODEL_DIR cannot be used: {error}. "
            "Unset it to rank by the packaged one."
        ) from error
