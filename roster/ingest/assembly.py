"""From the lines of a reader to one `DocumentText`: words mended, offsets and boxes kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import py3langid.langid

from roster.errors import FileRefused
from roster.ingest.formats.cleaning import clean_line, ends_in_hyphenation
from roster.ingest.raw import RawLine, RawText
from roster.read import DocumentText, LineBox, PageText, Span

LEAST_LETTERS = 20
"""Fewer letters than this have no language that could be told."""
LANGUAGE_SAMPLE = 20_000
_WRITTEN_AS = {"arz": "ar", "pcm": "en", "lmo": "it", "nap": "it", "scn": "it", "pms": "it",
               "vec": "it", "ast": "es", "ext": "es", "nds": "de", "bar": "de", "als": "de",
               "pnb": "ur", "azb": "az", "ckb": "ku"}  # fmt: skip
"""Languages that ISO 639-1 does not know, and the one that a CV taken for them is written in."""
_OTHER_SCRIPTS = re.compile("([\u0370-\u03ff\u0400-\u052f\u0590-\u06ff]+)(\\s*)")
_LATIN = re.compile("[A-Za-zÀ-ɏ]")


def assemble(raw: RawText, media_type: str) -> DocumentText:
    """Join lines into one text; every printed line keeps its place.

    Raises
    ------
    roster.errors.FileRefused
        No line holds a letter or digit.
    """
    parts: list[str] = []
    boxes: list[LineBox] = []
    bounds: dict[int, list[int]] = {}
    at = 0
    for line, text, joint in _joined(raw.lines):
        if joint == "-":
            parts[-1] = parts[-1][:-1]
            at -= 1
        else:
            parts.append(joint)
            at += len(joint)
        if text and line.page is not None:
            bounds.setdefault(line.page, [at, at])[1] = at + len(text)
            if line.box is not None:
                boxes.append(LineBox(at, at + len(text), line.page, line.box, line.clearness))
        parts.append(text)
        at += len(text)
    text = "".join(parts)
    if not any(letter.isalnum() for letter in text):
        raise FileRefused("No words were found in this file. Send one with text in it.")
    return DocumentText(
        text=text,
        pages=_pages(raw, bounds),
        media_type=media_type,
        language=raw.language or detect_language(text),
        reader=raw.reader,
        notes=raw.notes,
        lines=tuple(boxes),
    )


def _joined(lines: tuple[RawLine, ...]) -> Iterator[tuple[RawLine, str, str]]:
    """Yield line, clean text and what stands before it; "-" means: drop the hyphen before it."""
    before, wraps, blank = "", False, True
    for line in lines:
        text = clean_line(line.text)
        if not text:
            if not blank:
                yield line, "", "\n"
            blank = True
            continue
        if ends_in_hyphenation(before, text) and not blank:
            yield line, text, "-"
        elif wraps and not blank:
            glued = before.endswith("-") and before[-2:-1].isalpha()
            yield line, text, "" if glued else " "
        else:
            yield line, text, "\n" if before else ""
        before, wraps, blank = text, line.wraps, False


def _pages(raw: RawText, bounds: dict[int, list[int]]) -> tuple[PageText, ...]:
    pages: list[PageText] = []
    last = 0
    for page in raw.pages:
        start, end = bounds.get(page.number, [last, last])
        pages.append(PageText(page.number, start, end, page.width, page.height))
        last = end
    return tuple(pages)


def place(text: DocumentText, start: int, end: int) -> Span:
    """Return the span between two offsets with its page and the boxes of its lines."""
    boxes = [line for line in text.lines if line.start < end and line.end > start]
    page = boxes[0].page if boxes else _page_of(text, start)
    return Span(start, end, page, tuple(line.box for line in boxes if line.page == page))


def _page_of(text: DocumentText, start: int) -> int | None:
    return next((page.number for page in text.pages if page.start <= start < page.end), None)


@lru_cache(maxsize=1)
def _identifier() -> py3langid.langid.LanguageIdentifier:
    return py3langid.langid.LanguageIdentifier.from_model_file(
        py3langid.langid.MODEL_FILE, norm_probs=True
    )


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the greater part of a text; None where it cannot be told."""
    sample = text[:LANGUAGE_SAMPLE]
    if sample.isupper():  # Capitals look like names of any language.
        sample = sample.lower()
    sample = _of_one_script(sample)
    if sum(letter.isalpha() for letter in sample) < LEAST_LETTERS:
        return None
    code, probability = _identifier().classify(sample)
    if probability <= 0.5:
        return None
    return str(code) if len(code) == 2 else _WRITTEN_AS.get(str(code))


def _of_one_script(text: str) -> str:
    """Leave out the letters of the lesser scripts: labels in two languages are one CV's."""
    others = [found for found in _OTHER_SCRIPTS.findall(text) if found[0]]
    turned = sum(len(words) for words, _ in others)
    latin = len(_LATIN.findall(text))
    if not turned or not latin:
        return text
    return _OTHER_SCRIPTS.sub(" ", text) if latin > turned else _LATIN.sub(" ", text)
