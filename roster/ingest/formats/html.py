"""HTML as a person sees it: tables as rows, nothing hidden, no script, no link followed."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator

import lxml.html
from lxml.etree import LxmlError, ParserError

from roster.errors import FileRefused
from roster.ingest.raw import RawLine, RawText
from roster.ingest.sandbox.encoding import decode
from roster.ingest.wording.rows import row_lines

_SILENT = frozenset(
    [
        "script",
        "style",
        "head",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "select",
        "option",
        "textarea",
        "input",
        "button",
        "audio",
        "video",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
        "caption",
        "center",
    ]
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|"
    r"opacity\s*:\s*0(?![.\d])|(?<![\w-])(?:left|right|top|text-indent|margin-left)\s*:\s*-\d{3,}"
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_AT_RULE = re.compile(r"@[^{};]+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}|/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?P<name>[.#][\w-]+)?", re.IGNORECASE)
MOST_DEPTH = 200
MOST_STYLES = 200_000
"""Characters of the styles of a page that are looked at."""


def read(data: bytes, most_pages: int) -> RawText:  # noqa: ARG001 - a page of HTML has no pages
    """Return the visible lines of an HTML page.

    Raises
    ------
    roster.errors.FileRefused
        It cannot be parsed.
    """
    text, note = _decoded(data)
    lines = tuple(RawLine(line) for line in visible_lines(text))
    return RawText(lines, "html/1", notes=(note,) if note else ())


def _decoded(data: bytes) -> tuple[str, str | None]:
    """Decode by the encoding that the page names, where its bytes are of it; else by its bytes."""
    text, note = decode(data)
    named = _CHARSET.search(data[:2048]) if note else None
    if named is not None:
        with contextlib.suppress(UnicodeDecodeError, LookupError):
            return data.decode(named.group(1).decode("ascii")), None
    return text, note


def visible_lines(html: str) -> list[str]:
    """Return the lines of an HTML page or fragment.

    Raises
    ------
    roster.errors.FileRefused
        It cannot be parsed.
    """
    bare = re.sub(r"^\s*<\?xml[^>]*\?>", "", html)
    if not bare.strip():
        return []
    try:
        root = lxml.html.fromstring(bare)
    except (ParserError, LxmlError, ValueError) as error:
        raise FileRefused(
            "This HTML page cannot be read. Save it as PDF from a browser and send that."
        ) from error
    _drop_hidden(root)
    return "".join(_walk(root, 0)).split("\n")


def _drop_hidden(root: lxml.html.HtmlElement) -> None:
    """Take out what the styles of a page hide by tag, class or id; those for print do not count."""
    rules = "".join(_AT_RULE.sub("", sheet.text or "") for sheet in root.iter("style"))
    hidden = {
        selector.strip().lower()
        for selectors, style in _RULE.findall(rules[:MOST_STYLES])
        if _HIDDEN.search(style.lower())
        for selector in selectors.split(",")
        if _SELECTOR.fullmatch(selector.strip())
    } - {"html", "body"}  # Hidden until a script has run.
    for element in [each for each in root.iter() if hidden & _selectors(each)]:
        if element.getparent() is not None:
            element.drop_tree()


def _selectors(element: lxml.html.HtmlElement) -> set[str]:
    """Return the simple selectors that an element answers to."""
    if not isinstance(element.tag, str):
        return set()
    names = [f".{name.lower()}" for name in str(element.get("class") or "").split()]
    names += [f"#{element.get('id')}".lower()] if element.get("id") else []
    return {element.tag, *names, *(f"{element.tag}{name}" for name in names)}


def _walk(element: lxml.html.HtmlElement, depth: int) -> Iterator[str]:
    if depth > MOST_DEPTH or not _is_shown(element):
        return
    if element.tag in {"br", "tr"}:
        yield from _row(element, depth) if element.tag == "tr" else "\n"
        return
    block = element.tag in _BLOCKS
    if block:
        yield "\n"
    yield _words(element.text)
    for child in element:
        yield from _walk(child, depth + 1)
        yield _words(child.tail)
    if element.tag == "a":
        yield _address(element)
    if block:
        yield "\n"


def _row(row: lxml.html.HtmlElement, depth: int) -> Iterator[str]:
    cells = [cell for cell in row if cell.tag in {"td", "th"} and not _is_hidden(cell)]
    nested = any(cell.find(".//table") is not None for cell in cells)
    lines = ["".join(_inner(cell, depth)).split("\n") for cell in cells]
    yield "\n" + "\n".join(row_lines(lines, nested=nested)) + "\n"


def _inner(cell: lxml.html.HtmlElement, depth: int) -> Iterator[str]:
    yield _words(cell.text)
    for child in cell:
        yield from _walk(child, depth + 1)
        yield _words(child.tail)


def _words(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _is_shown(element: lxml.html.HtmlElement) -> bool:
    is_element = isinstance(element.tag, str) and element.tag not in _SILENT
    return is_element and not _is_hidden(element)


def _is_hidden(element: lxml.html.HtmlElement) -> bool:
    style = str(element.get("style") or "").lower()
    return element.get("hidden") is not None or bool(_HIDDEN.search(style))


def _address(link: lxml.html.HtmlElement) -> str:
    target = str(link.get("href") or "")
    address = target.removeprefix("mailto:").partition("?")[0]
    shown = str(link.text_content())
    return f" {address} " if target.startswith("mailto:") and "@" not in shown else ""
