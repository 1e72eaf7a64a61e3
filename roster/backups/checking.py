"""Whether a backup is whole, and whether this version can restore it; nothing is changed."""

from __future__ import annotations

from pathlib import Path

from roster.backups.archive import Progress, Reader, opened
from roster.backups.keeping import part_of
from roster.backups.manifest import Manifest
from roster.errors import FileRefused
from roster.migrations import is_known


def verify(source: Path, tell: Progress) -> Manifest:
    """Hold every part of a backup against its digest, and its rows against their number.

    Parameters
    ----------
    source : the file
    tell : called with bytes read, and how many there are

    Raises
    ------
    FileRefused
        It is no whole backup, was altered, or was made by a newer version.
    """
    with opened(source) as reader:
        check(reader, tell)
        return reader.manifest


def check(reader: Reader, tell: Progress) -> None:
    """Do the same with a backup that is open.

    Raises
    ------
    FileRefused
    """
    manifest = reader.manifest
    if not is_known(manifest.revision):
        raise FileRefused(
            f"This backup is of schema {manifest.revision}, which this version does not know: it "
            f"was made by version {manifest.product}. Install that version or a newer one, and "
            "restore there."
        )
    reader.check(tell)
    for name in manifest.tables:
        if part_of(name) not in manifest.parts:
            raise FileRefused(f"The table {name} is missing in this backup.")
