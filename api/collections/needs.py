"""One line of an outside collection as a request: what is not given is read from the letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from api.collections import terms
from api.collections.lines import Line
from api.letters import MOST_LETTERS, request_from
from roster.errors import FileRefused
from roster.ingest.letters.authority import ASKS
from roster.ingest.letters.parts import greets_and_closes
from roster.ingest.reading import read_words
from roster.ingest.wording.plain import plain
from roster.ingest.work.windows import find_windows
from roster.inputs import NewRequest
from roster.read import DocumentText, LanguageNeed, RequestView
from roster.reference import administrations
from roster.vocabulary import LanguageLevel

_FOR_TEAMS = frozenset({"mode", "size"})
_HEAD_LINES = 12
_MOST_OF_A_DATE_LINE = 90
_TERMS = re.compile(
    r"(?<!\w)(?:terms of reference|termes de reference|terminos de referencia|"
    r"termos de referencia|termini di riferimento|leistungsbeschreibung|tor|tdr)(?!\w)"
)
"""A paper that says what is to be done asks for it."""
FIELDS = _FOR_TEAMS | {
    "id", "text", "title", "countries", "required_languages", "topics", "activity_types", "dates",
}  # fmt: skip
"""Fields of a line that are read."""


def read_need(line: Line, today: date) -> RequestView:
    """Read a request.

    Raises
    ------
    InvalidInput
        A field has the wrong shape; names file, line and field.
    """
    line.key()
    title, words = line.text("title", needed=False), line.text()
    for name in sorted(set(line.fields) - FIELDS):
        line.note(name[:40], "This field is not known; it is left out.")
    return _as_given(line, _read_in(line, words, title, today))


def _read_in(line: Line, words: str, title: str, today: date) -> RequestView:
    """Return what the letter says; of writing that is no letter, the words alone.

    A letter comes from an authority, or asks something for a country. Elsewhere a language or a day
    is no condition on anybody.
    """
    bare = RequestView(id=None, title=title, text=words[:MOST_LETTERS].strip())
    if len(words) > MOST_LETTERS:
        line.note("text", f"Only the first {MOST_LETTERS} characters are read.")
    try:
        document = read_words(words[:MOST_LETTERS])
    except FileRefused:
        line.note("text", "There are no words in it.")
        return bare
    # A window is still to come for whoever wrote the letter, whenever it is ranked.
    given, notes = request_from(document, written_on(document, today), title="-")
    for note in notes:
        line.note("text", note)
    read = _view(given, title, document.text)
    read = replace(read, text_language=document.language)
    if read.authority or read.administration or read.regional_body or _asks(read):
        return read
    return replace(read, countries=(), languages=(), starts=None, ends=None)


def written_on(letter: DocumentText, today: date) -> date | None:
    """Return the day on which a letter was written: the first past day above its text, if any."""
    for line in [line for line in letter.text.splitlines() if line.strip()][:_HEAD_LINES]:
        if len(line) > _MOST_OF_A_DATE_LINE:
            continue
        for window in find_windows(line, letter.language):
            if window.exact and window.first == window.last and window.first <= today:
                return window.first
    return None


def _asks(need: RequestView) -> bool:
    """Whether a country is to be helped in something the facility does."""
    low = plain(need.text)
    asks = bool(ASKS.search(low) or _TERMS.search(low)) or greets_and_closes(need.text)
    return asks and bool(need.countries)


def _view(given: NewRequest, title: str, words: str) -> RequestView:
    return RequestView(
        id=None,
        title=title or ("" if given.title == "-" else given.title),
        authority=given.authority,
        administration=given.administration or administrations.kind_of(given.authority or ""),
        countries=given.countries,
        regional_body=given.regional_body,
        topics=given.topics,
        activities=given.activities,
        languages=tuple(
            LanguageNeed(one.language, one.minimum, one.everyone) for one in given.languages
        ),
        starts=given.starts,
        ends=given.ends,
        text=words,
    )


# --- What a line gives ----------------------------------------------------------------------------


def _as_given(line: Line, need: RequestView) -> RequestView:
    """Return the request with the fields that its line gives, also those given as empty."""
    if line.fields.get("countries") is not None:
        found = terms.known(line, "countries", "country", terms.country)
        need = replace(need, countries=_once(code for *_, code in found))
    if line.fields.get("topics") is not None:
        found = terms.known(line, "topics", "topic", terms.topic)
        need = replace(need, topics=_once(code for *_, code in found))
    if line.fields.get("activity_types") is not None:
        kinds = terms.known(line, "activity_types", "activity", terms.activity)
        need = replace(need, activities=tuple(dict.fromkeys(kind for *_, kind in kinds)))
    if line.fields.get("required_languages") is not None:
        need = replace(need, languages=tuple(_languages(line)))
    if line.fields.get("dates") is not None:
        starts, ends = _dates(line)
        need = replace(need, starts=starts, ends=ends)
    return need


def _once(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))


def _languages(line: Line) -> Iterator[LanguageNeed]:
    name = "required_languages"
    for place, item, code in terms.known(line, name, "language", terms.language):
        everyone = not isinstance(item, dict) or item.get("everyone") is not False
        yield LanguageNeed(code, terms.level(line, place, item) or LanguageLevel.B2, everyone)


def _dates(line: Line) -> tuple[date | None, date | None]:
    """Return the window given as {"from", "to"}, as [first, last] or as one day or month."""
    given = line.fields["dates"]
    if isinstance(given, list):
        given = {"from": given[0] if given else None, "to": given[-1] if given else None}
    if not isinstance(given, dict):
        given = {"from": given, "to": given}
    starts = terms.day(line, "dates", terms.named(given, "from", "start", "starts"))
    ends = terms.day(line, "dates", terms.named(given, "to", "until", "end", "ends"), last=True)
    if starts and ends and ends < starts:
        raise line.wrong("dates", f"The last day ({ends}) lies before the first ({starts}).")
    return starts, ends
