"""Values out of an XML tree with bare names: what is not there is an empty text."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

_LINES = frozenset(["p", "br", "li", "ul", "ol", "div", "tr", "h1", "h2", "h3"])
_WORDS = frozenset(["span", "b", "strong", "i", "em", "u", "a", "sub", "sup", "font", "td"])
_SHOWN = _LINES | _WORDS


def value(element: Element | None, *paths: str) -> str:
    """Return the first text found under one of some paths; "" is the element itself.

    HTML that stands in a value as elements, not escaped, gives its words, a line each.
    """
    if element is None:
        return ""
    for path in paths:
        found = element.find(path) if path else element
        words = _words(found) if found is not None else ""
        if words:
            return words
    return ""


def _words(element: Element) -> str:
    inside = [child.tag for child in element.iter() if child is not element]
    if inside and all(tag in _SHOWN for tag in inside):
        return "".join(_shown(element)).strip()
    return (element.text or "").strip()


def _shown(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        edge = "\n" if child.tag in _LINES else ""
        yield edge
        yield from _shown(child)
        yield edge
        yield child.tail or ""
