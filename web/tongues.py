"""One language of the pages: its words, and dates, numbers and names as CLDR writes them."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton, format_time
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from roster.dates import PartialDate, Period

TRANSLATIONS = Path(__file__).parent / "translations"
LOCALES = {"en": "en_GB", "fr": "fr", "es": "es", "pt": "pt_PT"}
"""Language of the pages → locale whose dates and numbers it uses."""

_PARTIAL = {"year": "y", "month": "yMMM", "day": "yMMMd"}


def _translations(code: str) -> NullTranslations:
    """Compile the catalogue in memory, so that no stale binary can be shipped."""
    path = TRANSLATIONS / code / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return NullTranslations()
    with path.open("rb") as source:
        catalogue = read_po(source, locale=code)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


@lru_cache(maxsize=8192)
def _decimal(value: float, pattern: str | None, locale: Locale) -> str:
    """Write a number; the same points and counts come on page after page."""
    return format_decimal(value, format=pattern, locale=locale)


@lru_cache(maxsize=8192)
def _skeleton(parts: str, value: date, locale: Locale) -> str:
    """Write a day, or no more of it than the parts name."""
    return str(format_skeleton(parts, value, locale=locale))


class Tongue:
    """The words and forms of one language.

    Parameters
    ----------
    code : "en", "fr", "es" or "pt"; anything else is a KeyError
    """

    def __init__(self, code: str) -> None:
        self.code = code
        self.locale = Locale.parse(LOCALES[code])
        self.calendar = Locale.parse("pt") if code == "pt" else self.locale
        self.translations = _translations(code)
        self._features = {
            "topic": self.word("Topic"),
            "activity": self.word("Activity type"),
            "language": self.word("Language above the gate"),
            "country": self.word("Country and region"),
            "peer": self.word("Same kind of administration"),
            "record": self.word("Track record"),
            "free": self.word("Room in the calendar"),
            "fresh": self.word("Freshness of the record"),
            "text": self.word("Words in common"),
            "semantic": self.word("Nearness of meaning"),
            "passage": self.word("Nearest post or mission"),
            "seniority": self.word("Seniority"),
        }

    def word(self, message: str, **values: object) -> str:
        """Translate a message and fill in its named places, `%(name)s`."""
        text = self.translations.gettext(message)
        return text % values if values else text

    def words(self, one: str, many: str, count: int, **values: object) -> str:
        """Translate a message with a number; `%(num)s` is the number as the locale writes it."""
        text = self.translations.ngettext(one, many, count)
        return text % {"num": self.number(count), **values}

    def labelled(self, label: str, text: str) -> str:
        """Join a label and what it is about; languages space the colon differently."""
        return self.word("%(label)s: %(text)s", label=label, text=text)

    def number(self, value: float) -> str:
        """Write a number with the locale's marks, no more decimals than it has."""
        return _decimal(value, None, self.locale)

    def points(self, value: float) -> str:
        """Write points with exactly one decimal: "84.4"."""
        return _decimal(value, "#,##0.0", self.locale)

    def day(self, value: date) -> str:
        """Write a day: "1 Mar 2027"."""
        return _skeleton("yMMMd", value, self.calendar)

    def weekday(self, value: date) -> str:
        """Write a day in full with its weekday: "Tuesday 24 November 2026"."""
        return str(format_date(value, format="full", locale=self.calendar))

    def time(self, value: datetime) -> str:
        """Write the hour and minute of a moment, in the zone that it carries."""
        return str(format_time(value, format="short", locale=self.locale))

    def days(self, first: date, last: date) -> str:
        """Write two days and what lies between, without repeating what they share."""
        if first == last:
            return self.day(first)
        return str(format_interval(first, last, skeleton="yMMMd", locale=self.calendar))

    def partial(self, value: PartialDate) -> str:
        """Write a date no more precisely than it was said."""
        if value.precision == "year":
            return str(format_date(value.first_day, format="y", locale=self.calendar))
        return _skeleton(_PARTIAL[value.precision], value.first_day, self.calendar)

    def period(self, value: Period) -> str:
        """Write a period; says so where the dates, or one of them, are unknown."""
        if value.start is None and value.end is None:
            return (
                self.word("since an unknown date") if value.ongoing else self.word("dates unknown")
            )
        if value.ongoing and value.start is not None:
            return self.word("since %(date)s", date=self.partial(value.start))
        if value.end is None and value.start is not None:
            return self.word("from %(date)s, end unknown", date=self.partial(value.start))
        if value.start is None and value.end is not None:
            return self.word("until %(date)s, start unknown", date=self.partial(value.end))
        return self._closed(value)

    def _closed(self, value: Period) -> str:
        start, end = value.start, value.end
        if start is None or end is None:
            raise ValueError("the period is open")
        if start == end:
            return self.partial(start)
        if start.precision == end.precision:
            skeleton = _PARTIAL[start.precision]
            return str(
                format_interval(start.first_day, end.first_day, skeleton, locale=self.calendar)
            )
        return f"{self.partial(start)} – {self.partial(end)}"

    def country(self, code: str) -> str:
        """Name a country; the code itself where CLDR has no name for it."""
        return str(self.locale.territories.get(code.upper(), code))

    def language(self, code: str) -> str:
        """Name a language; the code itself where CLDR has no name for it."""
        return str(self.locale.languages.get(code.replace("-", "_"), code))

    def listed(self, items: list[str]) -> str:
        """Join words as a sentence does: "a, b and c"."""
        return str(format_list(items, locale=self.locale)) if items else ""

    def feature(self, name: str) -> str:
        """Name a feature of the score; an unknown one by its own words."""
        return self._features.get(name) or name.replace("_", " ").capitalize()


@lru_cache(maxsize=len(LOCALES))
def tongue_of(code: str) -> Tongue:
    """Return the language of this code, read once; KeyError where the pages have none."""
    return Tongue(code)


def negotiate(accepted: str, cookie: str | None = None) -> str:
    """Choose the language of the pages: what was chosen, else what the browser asks for.

    Parameters
    ----------
    accepted : the header `Accept-Language`, possibly empty or malformed
    cookie : what the person chose before
    """
    if cookie in LOCALES:
        return cookie
    weighed: list[tuple[float, int, str]] = []
    for place, part in enumerate(accepted.split(",")[:20]):
        tag, _, quality = part.strip().partition(";q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            continue
        code = tag.split("-")[0].lower()
        if code in LOCALES and weight > 0:
            weighed.append((-weight, place, code))
    return min(weighed)[2] if weighed else "en"
