"""Recognises the letters of one page with tesseract: words with their places and how clear each is.

Runs inside the sandbox: pictures go in and words come out through pipes, nothing is written.
"""

from __future__ import annotations

import csv
import functools
import io
import re
import shutil
import subprocess
from dataclasses import dataclass
from typing import NamedTuple

from PIL import Image

from roster.ingest.raw import Box
from roster.ingest.sandbox import allowance, isolation

LANGUAGES = (
    *("eng", "fra", "spa", "por", "deu", "ita", "nld", "pol", "ron", "ces", "hun", "hrv", "swe"),
    *("tur", "ell", "rus", "ukr", "bul", "ara", "fas"),
)
"""What an installation should read; tesseract's own names, which Debian's packages bear too."""
LEAST_LANGUAGES = ("eng", "fra", "spa", "por")
INSTALL = "apt-get install " + " ".join(
    ["tesseract-ocr", *(f"tesseract-ocr-{code}" for code in (*LANGUAGES[1:], "osd"))]
)
"""The command that makes scans readable on Debian and Ubuntu."""

LONGEST_PAGE_S = 60.0
SPARE_S = 3.0
"""Kept back to hand over what was read before time ran out."""
LEAST_CLEAR = 0.3
"""Specks of dirt are 'recognised' less surely than this."""
LEAST_CLEAR_ALONE = 0.6
"""The same for single characters, which dirt resembles more."""
LEAST_CLEAR_LONG = 0.1
"""The same for figures and for four letters or more, which dirt seldom resembles."""

_SETS = {
    "Latin": ("eng", "fra"),
    "Cyrillic": ("rus", "ukr", "bul"),
    "Arabic": ("ara", "fas", "eng"),
    "Greek": ("ell", "eng"),
}
"""Script → the languages of a first pass, as far as they are installed."""


class NoTime(Exception):
    """The page could not be read in the time left, or tesseract failed over it."""


class Word(NamedTuple):
    """One recognised word."""

    text: str
    box: Box
    """(left, top, right, bottom) in pixels."""
    clear: float
    """How surely it was recognised, from 0 to 1."""
    line: tuple[int, int, int]
    """(block, paragraph, line): words of one line bear one key."""


@dataclass(frozen=True, slots=True)
class Stand:
    """How a page lies and in which script it is written."""

    turn: int
    """Degrees, clockwise, that set it upright: 0, 90, 180 or 270."""
    script: str


@functools.cache
def program() -> str | None:
    """Return the path of tesseract; None where it is not installed."""
    return shutil.which("tesseract")


@functools.cache
def installed() -> frozenset[str]:
    """Return the languages that this installation recognises; empty without tesseract."""
    if program() is None:
        return frozenset()
    listed = _run(["--list-langs"], b"").splitlines()
    return frozenset(line.strip() for line in listed if re.fullmatch(r"[a-z_]{3,12}", line.strip()))


def languages_of(script: str) -> tuple[str, ...]:
    """Return the installed languages to try on a script first; empty where there is none."""
    return tuple(code for code in _SETS.get(script, ()) if code in installed())


def stand_of(picture: Image.Image) -> Stand:
    """Tell how a page lies and its script; upright and Latin where too little is on it."""
    if "osd" not in installed():
        return Stand(0, "Latin")
    found = _run(
        ["--psm", "0", "-l", "osd", *_resolution(picture)], _packed(picture), may_fail=True
    )
    turn = re.search(r"^Rotate: (\d+)", found, re.MULTILINE)
    turn_sure = re.search(r"^Orientation confidence: ([\d.]+)", found, re.MULTILINE)
    script = re.search(r"^Script: (\w+)", found, re.MULTILINE)
    is_sure = turn_sure is not None and float(turn_sure[1]) >= 2.0
    return Stand(int(turn[1]) % 360 if turn and is_sure else 0, script[1] if script else "Latin")


def words_of(picture: Image.Image, languages: tuple[str, ...]) -> list[Word]:
    """Return the words of an upright page in reading order.

    Parameters
    ----------
    picture : grey, its resolution in `info["dpi"]`
    languages : tesseract's names, the likeliest first

    Raises
    ------
    NoTime
        It takes longer than a page may, or than is left for this file.
    """
    arguments = ["-l", "+".join(languages), "--psm", "3", *_resolution(picture), "tsv"]
    rows = csv.DictReader(
        io.StringIO(_run(arguments, _packed(picture))), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    return [word for row in rows if (word := _word(row)) is not None]


def _word(row: dict[str, str]) -> Word | None:
    text = (row.get("text") or "").strip()
    if row.get("level") != "5" or not text:
        return None
    clear = float(row["conf"]) / 100
    if clear < _least_clear(text):
        return None
    left, top = float(row["left"]), float(row["top"])
    box = (left, top, left + float(row["width"]), top + float(row["height"]))
    line = int(row["block_num"]), int(row["par_num"]), int(row["line_num"])
    return Word(text, box, min(1.0, clear), line)


def _least_clear(text: str) -> float:
    if len(text) == 1:
        return LEAST_CLEAR_ALONE if text not in "-–—" else LEAST_CLEAR
    is_long = text.isdigit() or (len(text) > 3 and text.isalpha())
    return LEAST_CLEAR_LONG if is_long else LEAST_CLEAR


def _resolution(picture: Image.Image) -> list[str]:
    return ["--dpi", str(round(picture.info.get("dpi", (200, 200))[0]))]


def _packed(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "PPM")
    return buffer.getvalue()


def _run(arguments: list[str], given: bytes, *, may_fail: bool = False) -> str:
    left = min(LONGEST_PAGE_S, allowance.seconds_left() - SPARE_S)
    if left <= 0:
        raise NoTime
    source = ["stdin", "stdout"] if given else []
    try:
        done = subprocess.run(  # noqa: S603 - the program found, options of ours, no shell
            [program() or "tesseract", *source, *arguments],
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=left,
            check=not may_fail,
            preexec_fn=isolation.die_with_parent,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise NoTime from error
    return done.stdout.decode("utf-8", errors="replace")
