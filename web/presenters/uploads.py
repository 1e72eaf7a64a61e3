"""The files sent: how far each has come, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from roster.read import DocumentRow
from roster.vocabulary import DocumentState
from web.contexts.layout import Frame
from web.contexts.parts import Chip, Choice, Empty, Link, Pager, Share, percent
from web.contexts.uploads import FileLine, UploadForm, UploadPage
from web.presenters.pagers import pager_of
from web.tongues import Tongue
from web.wording import marked

PER_PAGE = 50
ACCEPT = (
    ".pdf,.docx,.doc,.odt,.rtf,.html,.htm,.xml,.json,.txt,.png,.jpg,.jpeg,.tif,.tiff,"
    ".zip,.xlsx,.xls,.ods,.csv"
)
READING = (DocumentState.RECEIVED, DocumentState.READING)
_GROUPS: tuple[tuple[str, str, str, tuple[DocumentState, ...]], ...] = (
    ("waiting", marked("to confirm"), "st-look", (DocumentState.READ,)),
    ("reading", marked("being read"), "st-busy", READING),
    ("refused", marked("not readable"), "st-no", (DocumentState.REFUSED,)),
    ("done", marked("confirmed"), "st-ok", (DocumentState.CONFIRMED,)),
)
_CHIPS = {
    DocumentState.RECEIVED: ("clock", marked("waiting to be read")),
    DocumentState.READING: ("clock", marked("being read")),
    DocumentState.READ: ("look", marked("to confirm")),
    DocumentState.REFUSED: ("fail", marked("not readable")),
    DocumentState.CONFIRMED: ("done", marked("on the roster")),
}
NOTHING_CHOSEN = marked("Choose at least one file.")
"""Said by the use case, translated here."""
_FORMS = {
    "generic": marked("CV of no known form"),
    "europass": marked("Europass"),
    "eu-external-action": marked("CV form of EU external action"),
    "jsonresume": marked("JSON Resume"),
    "list": marked("Row of a list"),
}


@dataclass(frozen=True, slots=True)
class Files:
    """A part of the files sent."""

    rows: Sequence[DocumentRow]
    counts: Mapping[DocumentState, int]
    """Of all files."""
    sizes: Mapping[UUID, tuple[str, int]]
    """Form and number of facts of those that were read."""
    group: str = ""
    """Which part: a key of the list's tabs; empty is all."""
    page: int = 1


def files_in(counts: Mapping[DocumentState, int], group: str) -> int:
    """Return how many files a part of the list holds."""
    return sum(counts.get(state, 0) for state in states_of(group))


def states_of(group: str) -> tuple[DocumentState, ...]:
    """Return the states that a part of the list shows; all for an unknown word."""
    for key, _, _, states in _GROUPS:
        if key == group:
            return states
    return tuple(DocumentState)


def upload_page(
    frame: Frame,
    tongue: Tongue,
    files: Files,
    *,
    form: UploadForm,
    earlier: tuple[Link, ...] = (),
) -> UploadPage:
    """Return the list of files with the form to send more."""
    counts, group = files.counts, files.group
    total = sum(counts.values())
    waiting = counts.get(DocumentState.READ, 0)
    reading = sum(counts.get(state, 0) for state in READING)
    lines = tuple(_line(tongue, row, files.sizes.get(row.id)) for row in files.rows)
    return UploadPage(
        frame=frame,
        crumb=None,
        here="",
        title=tongue.word("Upload CVs"),
        finding=_finding(tongue, waiting, reading, total),
        form=form,
        shares=_shares(tongue, counts, group) if total else (),
        files=lines,
        pager=_pager(files, tongue) if total > PER_PAGE else None,
        main=Link(tongue.word("Confirm the first"), "/documents/next") if waiting else None,
        refresh_s=3 if reading else 0,
        empty=None if lines else _empty(tongue, total),
        earlier=earlier,
    )


def _finding(tongue: Tongue, waiting: int, reading: int, total: int) -> str:
    said = []
    if waiting:
        said.append(tongue.words("%(num)s CV waits for you.", "%(num)s CVs wait for you.", waiting))
    if reading:
        said.append(
            tongue.words("%(num)s file is being read.", "%(num)s files are being read.", reading)
        )
        said.append(tongue.word("You can leave; reading goes on."))
    if not said:
        said.append(
            tongue.word("Nothing waits for you.") if total else tongue.word("No file was sent yet.")
        )
    return " ".join(said)


def _empty(tongue: Tongue, total: int) -> Empty | None:
    if not total:
        return None
    way = Link(tongue.word("Show all files"), "/uploads")
    return Empty(tongue.word("No file is in this state"), "", (way,))


def _shares(tongue: Tongue, counts: Mapping[DocumentState, int], group: str) -> tuple[Share, ...]:
    total, at = sum(counts.values()), 0
    found = []
    for key, label, css, states in _GROUPS:
        count = sum(counts.get(state, 0) for state in states)
        found.append(
            Share(
                css=css,
                label=tongue.word(label),
                count=tongue.number(count),
                x=percent(at, total),
                width=percent(count, total),
                href=f"/uploads?show={key}",
                on=key == group,
            )
        )
        at += count
    whole = Share("", tongue.word("all"), tongue.number(total), "0%", "0%", "/uploads", not group)
    return (whole, *found)


def _pager(files: Files, tongue: Tongue) -> Pager:
    query = f"show={files.group}&" if files.group else ""
    total = files_in(files.counts, files.group)
    return pager_of(files.page, PER_PAGE, total, tongue, f"/uploads?{query}page={{}}".format)


def _line(tongue: Tongue, row: DocumentRow, size: tuple[str, int] | None) -> FileLine:
    state, words = _CHIPS[row.state]
    size = None if row.state in READING else size
    name = row.file_name or tongue.word("File of %(day)s", day=tongue.day(row.uploaded_at.date()))
    link = None
    if row.state is DocumentState.READ:
        link = Link(tongue.word("Confirm"), f"/documents/{row.id}")
    elif row.state is DocumentState.CONFIRMED:
        link = Link(tongue.word("Open"), f"/documents/{row.id}")
    return FileLine(
        name=name,
        person=row.display_name or "",
        read_as=form_words(tongue, size[0]) if size else "",
        facts=tongue.number(size[1]) if size else "",
        result=Chip(state, tongue.word(words)),
        link=link,
        problem=row.problem or "",
    )


def form_words(tongue: Tongue, form: str) -> str:
    """Name the form of a CV; an unknown one by its own word."""
    known = _FORMS.get(form)
    return tongue.word(known) if known else form


def upload_form(
    tongue: Tongue, countries: Sequence[str], *, most_bytes: int, error: str = ""
) -> UploadForm:
    """Return the form that takes files; it asks for the country where that is not given."""
    size = tongue.number(most_bytes // 1_000_000)
    return UploadForm(
        action="/uploads",
        limits=tongue.word(
            "CVs as PDF, Word, ODT, Europass XML, HTML or text, at most %(size)s MB each; many at "
            "once, or in a ZIP. A list of people, one a row: XLSX, ODS or CSV. The same file twice "
            "counts once.",
            size=size,
        ),
        accept=ACCEPT,
        countries=tuple(Choice(code, tongue.country(code)) for code in countries),
        error=error,
    )
