from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roster.dates import PartialDate
from roster.ingest.work.periods import days_in, find_periods, read_period


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


@pytest.mark.parametrize(
    ("text", "language", "start", "end", "ongoing"),
    [
        ("12 – 2014 – 03 – 2016", None, "2014-12", "2016-03", False),
        ("2012 february - now: Inspector", "en", "2012-02", None, True),
        ("2008 may - 2011 march: Officer", "en", "2008-05", "2011-03", False),
        ("Spring 2012 – Autumn 2014", "en", "2012", "2014", False),
        ("été 2015", "fr", "2015", "2015", False),
        ("Od 2015", "pl", "2015", None, True),
        ("od 03.2015 do 07.2018", "pl", "2015-03", "2018-07", False),
        ("2015 – obecnie", "pl", "2015", None, True),
        ("с 2014 по настоящее время", "ru", "2014", None, True),
        ("с марта 2014 г.", "ru", "2014-03", None, True),
        ("2010–2015 гг.", "ru", "2010", "2015", False),
        ("от 2015 до сега", "bg", "2015", None, True),
        ("منذ 2016", "ar", "2016", None, True),
        ("٢٠١٦ – ٢٠١٩", "ar", "2016", "2019", False),
        ("من يناير 2016 إلى مارس 2019", "ar", "2016-01", "2019-03", False),
        ("2016 - حتى الآن", "ar", "2016", None, True),
        ("sinds 2018", "nl", "2018", None, True),
        ("mei 2018 – heden", "nl", "2018-05", None, True),
        ("2019 óta", "hu", "2019", None, True),
        ("2012 – napjainkig", "hu", "2012", None, True),
        ("leden 2015 – dosud", "cs", "2015-01", None, True),
        ("από 2015 έως σήμερα", "el", "2015", None, True),
        ("Ιαν 2015 – Μάρ 2018", "el", "2015-01", "2018-03", False),
        ("'98 – '02", "en", "1998", "2002", False),
        ("From: 03/2015 To: 07/2016", "en", "2015-03", "2016-07", False),
        ("Févr 2007 | Sept 2009", "fr", "2007-02", "2009-09", False),
        ("2015 -- present", "en", "2015", None, True),
        ("05/2015 – until now", "en", "2015-05", None, True),
        ("de marzo de 2015 a la fecha", "es", "2015-03", None, True),
        ("janv. 2012 à déc. 2014", "fr", "2012-01", "2014-12", False),
        ("2021 – aktuell", "de", "2021", None, True),
        ("desde 2019", "pt", "2019", None, True),
        ("gen 2010 - dic 2012", "it", "2010-01", "2012-12", False),
        ("tammikuu 2015 – nykyhetki", "fi", "2015-01", None, True),
        ("2010.05 – 2012.07", None, "2010-05", "2012-07", False),
        ("May 2016–", "en", "2016-05", None, False),
    ],
)
def test_dates_of_other_languages_and_habits_are_read(
    text: str, language: str | None, start: str, end: str | None, ongoing: bool
) -> None:
    period = read_period(text, language)
    assert period is not None
    assert (str(period.start), period.end and str(period.end), period.ongoing) == (
        start,
        end,
        ongoing,
    )
