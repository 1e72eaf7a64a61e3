"""Words, dates and numbers of the four languages."""

from datetime import date
from functools import cache

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from roster.dates import PartialDate, Period
from roster.errors import RosterError
from web.jinja import HERE
from web.refusals.general import TITLES
from web.tongues import LOCALES, TRANSLATIONS, negotiate, tongue_of

METHODS = [("**.html", "jinja2.ext:babel_extract"), ("**.py", "python")]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "word": None,
    "marked": None,
    "words": (1, 2),
}


@cache
def messages() -> frozenset[str]:
    """Read every message out of templates and code; once, as that takes seconds."""
    found = set()
    for _path, _line, message, _comments, _context in extract_from_dir(
        str(HERE), METHODS, options_map={"**.html": {"newstyle_gettext": "true"}}, keywords=KEYWORDS
    ):
        found.add(message[0] if isinstance(message, tuple) else message)
    return frozenset(found)


@pytest.mark.parametrize("code", sorted(set(LOCALES) - {"en"}))
def test_a_catalogue_translates_every_message_and_no_other(code: str) -> None:
    with (TRANSLATIONS / code / "LC_MESSAGES" / "messages.po").open("rb") as source:
        catalogue = read_po(source, locale=code)
    held = {(m.id[0] if isinstance(m.id, tuple) else m.id): m for m in catalogue if m.id}
    assert messages() - set(held) == set()
    assert set(held) - messages() == set()
    for message in held.values():
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(texts), message.id
        assert not message.fuzzy
        assert not list(message.check(catalogue))


def test_the_title_of_every_refusal_is_in_the_catalogues() -> None:
    kinds = [RosterError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    assert {kind.title for kind in kinds if kind.__module__ == "roster.errors"} <= set(TITLES)


@pytest.mark.parametrize(
    ("code", "text"),
    [("en", "1–12 Mar 2027"), ("fr", "1–12 mars 2027"), ("es", "1–12 mar 2027")],
)
def test_two_days_do_not_repeat_what_they_share(code: str, text: str) -> None:
    assert tongue_of(code).days(date(2027, 3, 1), date(2027, 3, 12)) == text


@pytest.mark.parametrize(
    ("period", "text"),
    [
        pytest.param(Period(), "dates unknown", id="nothing"),
        pytest.param(Period(PartialDate(2016)), "from 2016, end unknown", id="no-end"),
        pytest.param(
            Period(None, PartialDate(2016, 4)), "until Apr 2016, start unknown", id="no-start"
        ),
        pytest.param(Period(PartialDate(2016, 4), ongoing=True), "since Apr 2016", id="ongoing"),
        pytest.param(Period(PartialDate(2016), PartialDate(2019)), "2016–2019", id="years"),
        pytest.param(Period(PartialDate(2016), PartialDate(2016)), "2016", id="one-year"),
        pytest.param(
            Period(PartialDate(2016, 4), PartialDate(2019)), "Apr 2016 – 2019", id="mixed"
        ),
    ],
)
def test_a_period_is_never_more_precise_than_it_was_said(period: Period, text: str) -> None:
    assert tongue_of("en").period(period) == text


def test_points_have_one_decimal_in_the_marks_of_the_language() -> None:
    assert [tongue_of(code).points(84.4) for code in LOCALES] == ["84.4", "84,4", "84,4", "84,4"]


@pytest.mark.parametrize(("code", "text"), [("en", "Lead: Ana"), ("fr", "Lead\u00a0: Ana")])
def test_french_keeps_a_space_before_the_colon_that_does_not_break(code: str, text: str) -> None:
    assert tongue_of(code).labelled("Lead", "Ana") == text


def test_names_come_from_cldr_and_an_unknown_code_stays_itself() -> None:
    assert tongue_of("fr").country("DE") == "Allemagne"
    assert tongue_of("es").language("fr") == "francés"
    assert tongue_of("en").country("ZQ") == "ZQ"
    assert tongue_of("en").language("qqq") == "qqq"


@pytest.mark.parametrize(
    ("accepted", "cookie", "code"),
    [
        pytest.param("fr-CA, en;q=0.8", None, "fr", id="region"),
        pytest.param("de, en;q=0.5, es;q=0.7", None, "es", id="weights"),
        pytest.param("fr", "pt", "pt", id="chosen-beats-asked"),
        pytest.param("fr", "xx", "fr", id="unknown-choice"),
        pytest.param("", None, "en", id="nothing-said"),
        pytest.param(";;q=,fr;q=abc,*;q=0", None, "en", id="malformed"),
    ],
)
def test_the_language_is_negotiated(accepted: str, cookie: str | None, code: str) -> None:
    assert negotiate(accepted, cookie) == code
