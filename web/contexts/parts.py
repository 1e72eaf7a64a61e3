"""The parts that several pages share: links, chips, quotes, fields, charts, as ready words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go to, and how it is called."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition or a state: always a glyph and a word."""

    state: str
    """One of "pass", "fail", "look", "unknown", "done", "note", "clock"."""
    words: str


@dataclass(frozen=True, slots=True)
class CountryMark:
    """A country's code, with its name for readers and for the pointer."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class OwnScript:
    """A name in its own script; stands in `<bdi lang dir>`."""

    text: str
    language: str
    direction: str
    """"ltr" or "rtl"."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """How a person is called on this page; "Person 7 of this list" where names are kept back."""

    name: str
    href: str | None
    country: CountryMark | None = None
    own_script: OwnScript | None = None
    line: str = ""
    """Present title and employer; empty where unknown."""
    origin: str = "real"
    """An `Origin`; anything but "real" is said beside the name."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a text: plain, or under the source mark."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a document in its language, with its place."""

    pieces: tuple[Piece, ...]
    place: str
    """"CV of 14 Jul 2026, page 1"."""
    href: str | None = None
    language: str | None = None
    """BCP 47; None where it cannot be told."""
    direction: str = "auto"
    about: str = ""
    """What it matched and who confirmed it."""
    css: str = ""
    """Class of the contribution that it feeds; empty outside rankings."""
    check: str = ""
    """Words of the warning where it is not confirmed; empty where it is."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something said once at the top of a page."""

    kind: str
    """One of "note", "ok", "look", "no"."""
    title: str
    text: str = ""
    action: Link | None = None
    undo: PostButton | None = None


@dataclass(frozen=True, slots=True)
class PostButton:
    """A button that posts a small form of its own."""

    label: str
    action: str
    values: tuple[tuple[str, str], ...] = ()
    """Hidden fields, name and value."""
    method: str = "post"
    """"get" where nothing is changed: the fields make the address."""


@dataclass(frozen=True, slots=True)
class Empty:
    """An end with a next step: what was checked, the nearest, the ways on."""

    title: str
    text: str
    ways: tuple[Link, ...] = ()
    """The first one is the main way."""


@dataclass(frozen=True, slots=True)
class Pager:
    """Which part of a list is shown."""

    shown: str
    """"1-25 of 48"; empty for an empty list, which has no pages."""
    previous: Link | None = None
    next: Link | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its name, linked to the rows that it counts."""

    label: str
    value: str
    note: str = ""
    href: str | None = None


@dataclass(frozen=True, slots=True)
class FacetOption:
    """One choice of a facet, with the number of those that remain."""

    value: str
    label: str
    count: int
    on: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter: checkboxes under a heading."""

    name: str
    """Of the field in the URL."""
    title: str
    options: tuple[FacetOption, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class Facets:
    """All filters of a list; the URL is the state."""

    action: str
    facets: tuple[Facet, ...]
    summary: str
    """"Filters, 1 on"."""
    clear: str
    hidden: tuple[tuple[str, str], ...] = ()
    """What the URL says beside the filters: search words, run, order."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a select or one radio button."""

    value: str
    label: str
    on: bool = False


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a form with what was typed and the error beside it."""

    name: str
    label: str
    kind: str = "text"
    """text, email, password, date, number, search, textarea, select, checks, radios, check
    or file."""
    value: str = ""
    hint: str = ""
    error: str = ""
    choices: tuple[Choice, ...] = ()
    required: bool = False
    autocomplete: str = ""
    note: str = ""
    """For a proposed value: why it should be looked at; empty where it is sure."""
    source: int | None = None
    """Number of the mark in the document beside; None where it was not read there."""
    more_sources: tuple[int, ...] = ()
    """Numbers of further marks that the value was read from."""
    shared_sources: tuple[int, ...] = ()
    """Marks that an earlier field on the page is the target of; they lead there and not back."""
    accept: str = ""
    multiple: bool = False
    rows: int = 4
    wide: bool = False
    """Over the whole width of its group; a textarea always is."""
    prefix: str = ""
    """Of the id, where one page has several forms with equal names."""

    @property
    def id(self) -> str:
        """The id of the control; hint and error derive theirs from it."""
        return f"f-{self.prefix}{self.name}"


@dataclass(frozen=True, slots=True)
class DraftBox:
    """What keeps a draft of a form, and the draft that stands in it."""

    hidden: tuple[tuple[str, str], ...]
    """Fields that the form sends along, name and value."""
    title: str = ""
    """"Draft of 1 Mar 2027 14:05, not sent yet."; empty where there is none."""
    text: str = ""
    button: PostButton | None = None
    """Discards it, or takes back that it was discarded."""
    stored: tuple[str, ...] = ()
    """What is stored now, field by field, where somebody changed it since."""
    is_changed: bool = False
    is_open: bool = False
    """Whether a draft stands in the fields."""


@dataclass(frozen=True, slots=True)
class ErrorLine:
    """One line of the summary above a form, linked to its field."""

    href: str
    words: str


@dataclass(frozen=True, slots=True)
class BarRow:
    """One bar: length in percent of the longest, the number beside it."""

    label: str
    value: str
    width: str
    """A percentage such as "63.2%"."""
    href: str | None = None


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars from zero on one scale, in order; the heading is the finding."""

    title: str
    rows: tuple[BarRow, ...]
    source: str = ""
    rows_link: Link | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """A part of one whole bar: a state of files or requests."""

    css: str
    label: str
    count: str
    x: str
    width: str
    href: str | None = None
    on: bool = False


@dataclass(frozen=True, slots=True)
class DocPart:
    """A run of a document's text; with a number it is marked and tied to a fact."""

    text: str
    number: int | None = None
    doubtful: bool = False
    continues: bool = False
    """It began on an earlier line, where its number stands."""


@dataclass(frozen=True, slots=True)
class DocLine:
    """One line or paragraph of a document."""

    parts: tuple[DocPart, ...]
    heading: bool = False
    page: str = ""
    """"Page 2" before the first line of a page; else empty."""


@dataclass(frozen=True, slots=True)
class DocumentPane:
    """The text of a document, beside the facts that were read in it."""

    title: str
    facts: str
    """"2 pages, French, received 19 Nov 2026"."""
    lines: tuple[DocLine, ...]
    language: str | None = None
    direction: str = "auto"
    original: str | None = None
    """Where the file is downloaded; None where it was deleted or may not be had."""


def percent(part: float, whole: float) -> str:
    """Return a length for a drawing, "0%" where there is no whole.

    Never a figure that people read: those are rounded by `web.tongues`.
    """
    return "0%" if whole <= 0 else f"{100 * part / whole:.2f}".rstrip("0").rstrip(".") + "%"
