"""Reads the data files of this package; each says where it comes from."""

from __future__ import annotations

import gzip
import json
from functools import lru_cache
from importlib import resources
from typing import cast

FOLDER = resources.files("roster.reference") / "data"


@lru_cache(maxsize=32)
def load(name: str) -> dict[str, object]:
    """Return the content of a data file, without the `source` that each must have.

    Parameters
    ----------
    name : file name without its ending; `.json`, or `.json.gz` where there is none

    Raises
    ------
    ValueError
        The file names no source.
    """
    plain = FOLDER / f"{name}.json"
    raw = (
        plain.read_bytes()
        if plain.is_file()
        else gzip.decompress((FOLDER / f"{name}.json.gz").read_bytes())
    )
    content = cast("dict[str, object]", json.loads(raw))
    if not content.pop("source", None):
        raise ValueError(f"the data file {name!r} does not say where it comes from")
    return content
