"""A small disk of its own, which may be full or fail: a file with a file system, mounted.

It takes root and a loop device, as the replay of the image does.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Disk:
    """A disk that is mounted at a folder.

    Parameters
    ----------
    image : file that the file system stands in
    folder : where it is mounted
    """

    def __init__(self, image: Path, folder: Path) -> None:
        self._image = image
        self.folder = folder

    def mount(self) -> None:
        """Mount it, after a look through its journal."""
        _run("mount", "-o", "loop,errors=remount-ro", self._image, self.folder)

    def fill(self) -> None:
        """Leave no room."""
        full = subprocess.run(  # noqa: S603 -- ours
            ["dd", "if=/dev/zero", f"of={self.folder / 'filling'}", "bs=4k"],  # noqa: S607
            capture_output=True,
            check=False,
        )
        assert b"No space left" in full.stderr

    def make_room(self) -> None:
        """Take away what it was filled with."""
        (self.folder / "filling").unlink()

    def fail(self) -> None:
        """Fail as the kernel lets a disk fail on which it met an error: nothing is written more.

        What waited in its memory is lost, as at a power cut.
        """
        _run("mount", "-o", "remount,abort", self.folder)

    def mend(self) -> None:
        """Mount it anew; nobody may use it."""
        _run("umount", self.folder)
        self.mount()


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 -- ours


@contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[Disk]:
    """Make a disk and mount it; whoever uses it at the end loses it."""
    image, folder = place / "disk.img", place / "disk"
    folder.mkdir()
    with image.open("wb") as file:
        file.truncate(megabytes << 20)
    _run("mkfs.ext4", "-q", "-F", "-m", "0", image)
    disk = Disk(image, folder)
    disk.mount()
    try:
        yield disk
    finally:
        _run("umount", "--lazy", folder)
