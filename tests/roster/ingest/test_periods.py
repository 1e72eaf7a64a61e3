from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roster.dates import PartialDate
from roster.ingest.periods import days_in, find_periods, read_period


@pytest.mark.parametrize(
    ("text", "language", "start", "end", "ongoing"),
    [
        ("Sept. 2013 – Oct 2015", "en", "2013-09", "2015-10", False),
        ("10/2015-07/2016", None, "2015-10", "2016-07", False),
        ("10/15 – 07/16", None, "2015-10", "2016-07", False),
        ("2011 – 12", None, "2011", "2012", False),
        ("2016-04 – 2019-05", None, "2016-04", "2019-05", False),
        ("mar-jun/2018", "pt", "2018-03", "2018-06", False),
        ("06-07/2019", "fr", "2019-06", "2019-07", False),
        ("du 3 au 14 mai 2027", "fr", "2027-05-03", "2027-05-14", False),
        ("from 1 to 12 March 2027", "en", "2027-03-01", "2027-03-12", False),
        ("vom 1. bis 12. März 2027", "de", "2027-03-01", "2027-03-12", False),
        ("del 3 al 14 de mayo de 2027", "es", "2027-05-03", "2027-05-14", False),
        ("dal 1° al 12 marzo 2027", "it", "2027-03-01", "2027-03-12", False),
        ("1 iunie 2020 – prezent", "ro", "2020-06-01", None, True),
        ("Depuis le 15/09/2020", "fr", "2020-09-15", None, True),
        ("01/2023 à ce jour", "fr", "2023-01", None, True),
        ("Set/2021 – atual", "pt", "2021-09", None, True),
        ("seit 9.2020", "de", "2020-09", None, True),
        ("enero de 2019 – actualidad", "es", "2019-01", None, True),
        ("01/09/2021 – CURRENT", "en", "2021-09-01", None, True),
        ("2003 –", None, "2003", None, False),
        ("March – June 2020", "en", "2020-03", "2020-06", False),
    ],
)
def test_spans_of_time_are_read_in_any_style(
    text: str, language: str | None, start: str, end: str | None, ongoing: bool
) -> None:
    period = read_period(text, language)
    assert period is not None
    assert (str(period.start), period.end and str(period.end), period.ongoing) == (
        start,
        end,
        ongoing,
    )


@pytest.mark.parametrize("text", ["Regulation (EC) 862/2007", "phone 0320 910 0432", "no dates"])
def test_numbers_that_are_no_dates_are_left(text: str) -> None:
    assert read_period(text) is None


@pytest.mark.parametrize(
    ("text", "days"),
    [("2024 (45 wd)", 45), ("2 x 3 semaines", 42), ("25 h/j", 25), ("3 months", 90), ("x", None)],
)
def test_stated_length_is_told_in_days(text: str, days: int | None) -> None:
    assert days_in(text) == days


@given(
    st.dates(min_value=PartialDate(1950).first_day, max_value=PartialDate(2045).first_day),
    st.sampled_from(["%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%d-%m-%Y"]),
)
def test_any_numeric_day_is_read_back(day: object, style: str) -> None:
    text = day.strftime(style)  # type: ignore[attr-defined]
    period = read_period(text)
    assert period is not None
    assert period.start == period.end
    assert period.start is not None
    assert period.start.first_day == day


@given(st.text(max_size=80))
def test_any_text_gives_ordered_spans_inside_it(text: str) -> None:
    spans = find_periods(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
