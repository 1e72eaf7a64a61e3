"""Pages that are pictures: set straight, recognised in the right languages, told as lines."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from PIL import Image, ImageOps

from roster.errors import FileRefused
from roster.ingest.languages.names import identifier, likeliest_language
from roster.ingest.ocr import tesseract as ocr
from roster.ingest.ocr.lines import lines_of_words
from roster.ingest.ocr.straightening import Straightened, straighten
from roster.ingest.raw import Box, RawLine
from roster.ingest.sandbox import allowance

MOST_SCANNED_PAGES = 30
RESOLUTION = 250
"""Dots per inch at which pages are recognised."""
WIDEST_PAGE_PT = 842.0
LEAST_LETTERS_TO_TELL = 150
"""Of fewer letters the language is not told."""
ODD = 0.8
"""A page read less clearly than this on average may lie on its side or be of another script."""
MUCH = 0.1
"""So much less clear a page must be in the language that was told for another one to be right."""
UNSURE = 0.5
"""Clearness of a word that two readings spell differently."""

_NOT_LATIN = frozenset({"ell", "rus", "ukr", "bul", "ara", "fas"})
_CODES = {
    "en": "eng",
    "fr": "fra",
    "es": "spa",
    "ca": "spa",
    "pt": "por",
    "gl": "por",
    "de": "deu",
    "it": "ita",
    "nl": "nld",
    "pl": "pol",
    "ro": "ron",
    "cs": "ces",
    "sk": "ces",
    "hu": "hun",
    "hr": "hrv",
    "bs": "hrv",
    "sr": "hrv",
    "sv": "swe",
    "tr": "tur",
    "el": "ell",
    "ru": "rus",
    "uk": "ukr",
    "bg": "bul",
    "ar": "ara",
    "fa": "fas",
}
"""Language → what tesseract calls it, or its nearest relative with the same letters."""
_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Marks of direction, which recognition puts around Latin words in Arabic."""

NEEDS_TESSERACT = (
    "This file is a picture of a page. Reading it needs the program tesseract, which is missing "
    f"here; whoever runs this server can add it: {ocr.INSTALL.partition(' tesseract-ocr-')[0]} "
    "('roster doctor' names all it needs). Until then send the file the picture was made from."
)


def warm() -> None:
    """Load what recognition needs and cannot load in a process that may write no file."""
    identifier(tuple(_CODES))


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One page to recognise."""

    number: int
    """Counted from 1."""
    picture: Image.Image
    size: tuple[float, float]
    """Width and height of the page in points."""


@dataclass(slots=True)
class Recognised:
    """What came of the pages of one file."""

    lines: dict[int, list[RawLine]] = field(default_factory=dict)
    """Page number → its lines in reading order; a page that could not be read is absent."""
    notes: list[str] = field(default_factory=list)


def recognise(pages: Iterable[ScannedPage], count: int) -> Recognised:
    """Recognise the letters of pages, as many as time allows.

    Parameters
    ----------
    pages : drawn only when their turn comes
    count : how many there are

    Raises
    ------
    roster.errors.FileRefused
        tesseract is not installed.
    """
    if ocr.program() is None:
        raise FileRefused(NEEDS_TESSERACT)
    allowance.extend_for_recognition()
    found = Recognised()
    unread = max(0, count - MOST_SCANNED_PAGES)
    languages: tuple[str, ...] = ()
    for at, page in zip(range(min(count, MOST_SCANNED_PAGES)), pages, strict=False):
        try:
            lines, languages = _read(page, languages)
        except ocr.NoTime:
            unread += min(count, MOST_SCANNED_PAGES) - at
            break
        found.lines[page.number] = lines
    found.notes += list(_notes(found.lines, unread))
    return found


def _notes(read: dict[int, list[RawLine]], unread: int) -> Iterator[str]:
    if read:
        pages = ", ".join(map(str, read))
        what = f"Page {pages} is a picture" if len(read) == 1 else f"Pages {pages} are pictures"
        yield f"{what}, read by text recognition: compare each value with the page."
    if unread:
        yield (
            f"{unread} more pages that are pictures were not read: it would have taken too long. "
            "Send a file with a text layer, or the pages of the CV alone."
        )


def _read(page: ScannedPage, languages: tuple[str, ...]) -> tuple[list[RawLine], tuple[str, ...]]:
    """Return the lines of a page, and the languages to try on the next one."""
    upright = straighten(page.picture)
    languages = languages or ocr.languages_of("Latin") or ("eng",)
    words = ocr.words_of(upright.picture, languages)
    if _clearness(words) < ODD:
        words, upright, languages = _with_a_look(page, upright, words, languages)
    words, languages = _in_its_language(upright, words, languages)
    return _told(page, upright, words, languages), languages


def _with_a_look(
    page: ScannedPage, upright: Straightened, words: list[ocr.Word], languages: tuple[str, ...]
) -> tuple[list[ocr.Word], Straightened, tuple[str, ...]]:
    """Look how the page lies and in which script, and read it so where that is clearer."""
    stand = ocr.stand_of(upright.picture)
    wanted = ocr.languages_of(stand.script) or languages
    if not stand.turn and wanted == languages:
        return words, upright, languages
    turned = straighten(page.picture, stand.turn) if stand.turn else upright
    again = ocr.words_of(turned.picture, wanted)
    if _clearness(again) > _clearness(words):
        return again, turned, wanted
    return words, upright, languages


def _in_its_language(
    upright: Straightened, words: list[ocr.Word], languages: tuple[str, ...]
) -> tuple[list[ocr.Word], tuple[str, ...]]:
    text = " ".join(word.text for word in words)
    if sum(letter.isalpha() for letter in text) < LEAST_LETTERS_TO_TELL:
        return words, languages
    code = _CODES.get(likeliest_language(text, tuple(_CODES)) or "")
    if code is None or code not in ocr.installed():
        return words, languages
    if code == languages[0]:
        return words, languages
    # The letters of English are in every model; beside another Latin one it costs accents.
    alone = (code, "eng") if code in _NOT_LATIN else (code,)
    again = ocr.words_of(upright.picture, alone)
    if _clearness(again) < _clearness(words) - MUCH:
        return words, languages
    return _with_addresses(again, words), alone


def _with_addresses(words: list[ocr.Word], before: list[ocr.Word]) -> list[ocr.Word]:
    """Take addresses from the reading in English, which knows their letters; doubt differences.

    Letters with accents do not stand in addresses, and models of other languages lose dots there.
    """
    known = [word for word in before if "@" in word.text]
    found = []
    for word in words:
        other = next((one for one in known if _same_place(one.box, word.box)), word)
        if other.text != word.text:
            clear = min(word.clear, other.clear, UNSURE)
            found.append(word._replace(text=other.text, clear=clear))
        else:
            found.append(word)
    return found


def _same_place(one: Box, other: Box) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 0.5 * (other[2] - other[0]) and down > 0.5 * (other[3] - other[1])


def _clearness(words: Sequence[ocr.Word]) -> float:
    letters = sum(len(word.text) for word in words)
    return sum(word.clear * len(word.text) for word in words) / letters if letters else 0.0


def _told(
    page: ScannedPage,
    upright: Straightened,
    words: list[ocr.Word],
    languages: tuple[str, ...],
) -> list[RawLine]:
    scale = page.size[0] / page.picture.width, page.size[1] / page.picture.height
    placed = [
        word._replace(text=_mended(word.text, languages), box=_scaled(word.box, scale))
        for word in words
    ]
    told = lines_of_words(placed, page.number)
    return [_on_page(line, upright, scale) for line in told]


def _scaled(box: Box, scale: tuple[float, float]) -> Box:
    return box[0] * scale[0], box[1] * scale[1], box[2] * scale[0], box[3] * scale[1]


def _on_page(line: RawLine, upright: Straightened, scale: tuple[float, float]) -> RawLine:
    if line.box is None:
        return line
    pixels = _scaled(line.box, (1 / scale[0], 1 / scale[1]))
    box = _scaled(upright.back(pixels), scale)
    return RawLine(line.text, line.page, box, line.wraps, line.clearness)


def _mended(text: str, languages: tuple[str, ...]) -> str:
    """Mend what is misread again and again: a capital I for the l of an article."""
    text = _DIRECTION.sub("", text)
    if text == "cejour":
        return "ce jour"
    if languages and languages[0] in {"fra", "ita"}:
        return re.sub(r"^([(«\"]?)I(?=['’]\w)", r"\1l", text)
    return text


def grey(picture: Image.Image, dpi: float = RESOLUTION) -> Image.Image:
    """Return a page as grey picture of the resolution that is recognised best."""
    made = ImageOps.autocontrast(picture.convert("L"), cutoff=0.5)
    made.info["dpi"] = (dpi, dpi)
    return made


def size_in_points(picture: Image.Image, dpi: tuple[float, float] | None) -> tuple[float, float]:
    """Return the size of a picture's page: by its resolution where that makes a page, else A4."""
    if dpi and all(math.isfinite(each) and each > 1 for each in dpi):
        width, height = picture.width / dpi[0] * 72, picture.height / dpi[1] * 72
        if 250 < min(width, height) < 1_300:
            return width, height
    longest = max(picture.width, picture.height)
    return picture.width / longest * WIDEST_PAGE_PT, picture.height / longest * WIDEST_PAGE_PT
