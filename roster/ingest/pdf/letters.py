"""The letters of a PDF page with their places as a reader sees the page, and its links."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2.raw as pdfium_c

from roster.ingest.formats.cleaning import ACCENTS
from roster.ingest.raw import Box

MOST_LETTERS_A_PAGE = 60_000
_BULLETS = re.compile(r"symbol|wingding", re.IGNORECASE)
LEAST_HEIGHT = 2.0
"""In points; smaller letters are not for people to read."""
_PICTURES = re.compile(
    r"^(?:[A-Z]{6}\+)?(?:symbol|wingding|.*dingbat|cmsy|lasy|msam|txsy|lmmathsymbols|.*awesome|"
    r".*icon|icomoon|fontello|marvosym|webding|ifsym|bbding|.*material|academicons)",
    re.IGNORECASE,
)
_BEFORE = 300
"""How many letters back an accent may stand in the file from the letter that it belongs to."""


@dataclass(slots=True)
class Letter:
    """One character with its place; `cell` is the table cell that it stands in.

    Nobody changes one; it is not frozen because a page makes thousands, and freezing costs more
    than all the rest of making them.
    """

    text: str
    box: Box
    base: float = 0.0
    """Height of the baseline from the top of the page, in points."""
    turn: int = 0
    """Quarter turns clockwise by which it is drawn; 0 is upright."""
    size: float = 0.0
    """Of its font, in points; 0 where it is not known."""
    cell: tuple[int, int, int] | None = None
    """(table, row, column)."""


@dataclass(frozen=True, slots=True)
class Frame:
    """How places in a PDF's own space become places on the page as shown, from its top left."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int
    """0, 90, 180 or 270 degrees clockwise."""

    @classmethod
    def of(cls, page: Any) -> Frame:
        """Read the box and the rotation of a page."""
        left, bottom, right, top = page.get_bbox()
        return cls(left, bottom, right, top, page.get_rotation() % 360)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point stands on the page as shown."""
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        if self.rotation == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return where a box stands on the page as shown."""
        if self.rotation == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        first, second = self.point(left, bottom), self.point(right, top)
        return (
            min(first[0], second[0]),
            min(first[1], second[1]),
            max(first[0], second[0]),
            max(first[1], second[1]),
        )

    def turn(self, a: float, b: float) -> int:
        """Return the quarter turns clockwise of what is drawn along (a, b)."""
        degrees = math.degrees(math.atan2(-b, a)) + self.rotation
        return round(degrees / 90) % 4


@dataclass(slots=True)
class _Run:
    """What the letters of one drawing command share."""

    base: float = 0.0
    turn: int = 0
    font: str = ""
    size: float = 0.0
    pictures: bool = False
    """Whether the font shows little pictures in place of letters."""


def letters_of(page: Any) -> list[Letter]:
    """Return the letters of a page in the order of the file, each drawn letter once."""
    textpage = page.get_textpage()
    try:
        width, height = page.get_size()
        seen: set[tuple[str, int, int]] = set()
        letters: list[Letter] = []
        last: Box | None = None
        for letter in _all(textpage, Frame.of(page)):
            left, top, right, bottom = box = letter.box
            # Where the box is the same, it is another letter of the same ligature.
            if box != last and not letter.text.isspace():
                key = letter.text, round(left), round(top)
                if key in seen or not (right > -1 and left < width + 1):
                    continue
                if not (bottom > -1 and top < height + 1):
                    continue
                seen.add(key)
            letters.append(letter)
            last = box
        return with_accents(letters)
    finally:
        textpage.close()


def _all(textpage: Any, frame: Frame) -> Iterator[Letter]:
    raw = textpage.raw
    rect = pdfium_c.FS_RECTF()
    unicode_of, box_of = pdfium_c.FPDFText_GetUnicode, pdfium_c.FPDFText_GetLooseCharBox
    object_of = pdfium_c.FPDFText_GetTextObject
    fonts: dict[int, str] = {}
    run, drawn = _Run(), 0
    for index in range(min(textpage.count_chars(), MOST_LETTERS_A_PAGE)):
        code = unicode_of(raw, index)
        if code in (0, 0xFFFE) or 0xD800 <= code <= 0xDFFF:
            continue
        text = "-" if code == 2 else chr(code)
        if text in "\r\n":
            yield Letter(text, (0.0, 0.0, 0.0, 0.0), turn=run.turn)
            continue
        if not box_of(raw, index, rect):
            continue
        owner = object_of(raw, index)
        at = ctypes.addressof(owner.contents) if owner else 0
        if at and at != drawn:
            drawn, run = at, _run(raw, index, owner, frame, fonts)
        box = frame.box(rect.left, rect.bottom, rect.right, rect.top)
        if run.pictures:
            text = _shown(text, run.font)
        wide, high = box[2] - box[0], box[3] - box[1]
        if wide >= LEAST_HEIGHT or high >= LEAST_HEIGHT or text.isspace():
            yield Letter(text, box, run.base, run.turn, run.size)


def _shown(text: str, font: str) -> str:
    """Return a bullet for a letter that a font of little pictures shows as one."""
    if text.isspace():
        return text
    if "\ue000" <= text <= "\uf8ff":
        return "•" if _BULLETS.search(font) else " "
    return "•" if text.isascii() else text


def _run(raw: Any, index: int, owner: Any, frame: Frame, fonts: dict[int, str]) -> _Run:
    x, y = ctypes.c_double(), ctypes.c_double()
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFText_GetCharOrigin(raw, index, ctypes.byref(x), ctypes.byref(y))
    turn, size = 0, pdfium_c.FPDFText_GetFontSize(raw, index)
    if pdfium_c.FPDFText_GetMatrix(raw, index, matrix):
        turn = frame.turn(matrix.a, matrix.b)
        size *= math.hypot(matrix.c, matrix.d)
    point = frame.point(x.value, y.value)
    font = _font(owner, fonts)
    return _Run(point[turn % 2 == 0], turn, font, size, _PICTURES.search(font) is not None)


def _font(owner: Any, fonts: dict[int, str]) -> str:
    font = pdfium_c.FPDFTextObj_GetFont(owner)
    if not font:
        return ""
    at = ctypes.addressof(font.contents)
    if at not in fonts:
        buffer = ctypes.create_string_buffer(128)
        length = pdfium_c.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
        fonts[at] = buffer.value.decode("utf-8", "replace") if 0 < length <= len(buffer) else ""
    return fonts[at]


def with_accents(letters: Sequence[Letter]) -> list[Letter]:
    """Put accents that are drawn over a letter, and told far from it, onto that letter."""
    placed = list(letters)
    dropped: set[int] = set()
    for index, accent in enumerate(letters):
        if accent.text not in ACCENTS:
            continue
        middle = (accent.box[0] + accent.box[2]) / 2
        for other in range(max(0, index - _BEFORE), min(len(placed), index + 3)):
            composed = _accented(placed[other], accent, middle)
            if other != index and composed is not None:
                placed[other] = composed
                dropped.add(index)
                break
    return [letter for index, letter in enumerate(placed) if index not in dropped]


def _accented(letter: Letter, accent: Letter, middle: float) -> Letter | None:
    box = letter.box
    over = box[0] <= middle <= box[2] and min(box[3], accent.box[3]) > max(box[1], accent.box[1])
    if not over or not letter.text.isalpha():
        return None
    base = {"ı": "i", "ȷ": "j"}.get(letter.text, letter.text)
    text = unicodedata.normalize("NFC", base + ACCENTS[accent.text])
    return replace(letter, text=text) if len(text) == 1 else None


def links_of(document: Any, page: Any) -> list[tuple[str, Box]]:
    """Return the targets of the links of a page, each with its place."""
    frame = Frame.of(page)
    found: list[tuple[str, Box]] = []
    position, link = ctypes.c_int(0), pdfium_c.FPDF_LINK()
    rect = pdfium_c.FS_RECTF()
    while len(found) < 200 and pdfium_c.FPDFLink_Enumerate(
        page.raw, ctypes.byref(position), ctypes.byref(link)
    ):
        target = _target(document, link)
        if target and pdfium_c.FPDFLink_GetAnnotRect(link, rect):
            found.append((target, frame.box(rect.left, rect.bottom, rect.right, rect.top)))
    return found


def _target(document: Any, link: Any) -> str:
    action = pdfium_c.FPDFLink_GetAction(link)
    if not action:
        return ""
    length = pdfium_c.FPDFAction_GetURIPath(document.raw, action, None, 0)
    if not 1 < length < 2000:
        return ""
    buffer = ctypes.create_string_buffer(length)
    pdfium_c.FPDFAction_GetURIPath(document.raw, action, buffer, length)
    return buffer.value.decode("utf-8", "replace")
