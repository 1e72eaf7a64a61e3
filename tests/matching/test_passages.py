"""A record is cut into passages: nothing twice, nothing without its proof, never too many."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.arrays import NO_DAY
from matching.passages import MOST_PASSAGES, MOST_WORDS, Source, cut, days_of
from matching.profile import profile_of
from roster.read import Evidence
from tests.matching.people import mission, person, post

PROOF = Evidence(None, "quote", "CV")


def test_a_sentence_of_a_post_is_not_cut_again_from_the_free_text() -> None:
    duties = "Leads a team of nine. Trains officers in the detection of forged passports."
    view = person(
        1, posts=(post("Trainer", 2015, duties=duties),), text=f"{duties} Sings in a choir."
    )
    texts = [passage.text for passage in profile_of(view).passages]
    assert sum("forged passports" in text for text in texts) == 1
    assert "Sings in a choir." in texts


def test_a_passage_has_the_days_and_the_proof_of_its_mission() -> None:
    held = mission("Wrote a manual on visa fraud for consulates", ["GE"], 2021)
    (first, *_) = profile_of(person(1, missions=(held,))).passages
    assert first.evidence == held.evidence
    assert first.first != NO_DAY


def test_a_sentence_of_the_free_text_proves_itself() -> None:
    (passage,) = cut([Source("He counts birds that migrate.", "", 0, 0, None)], "en")
    assert passage.evidence.quote == passage.text
    assert passage.evidence.language == "en"


def test_lines_of_few_words_are_headings_in_the_free_text_and_titles_in_a_post() -> None:
    text = "Experience\nHe counts birds that migrate."
    assert len(cut([Source(text, "", 0, 0, None)], None)) == 1
    assert len(cut([Source("Head of unit", "", 0, 0, PROOF)], None)) == 1


def test_many_sentences_are_put_together_and_very_long_texts_cut() -> None:
    many = " ".join(f"Sentence number {n} tells of a border." for n in range(2_000))
    passages = cut([Source(many, "", 0, 0, None)], "en")
    assert 1 < len(passages) <= MOST_PASSAGES
    assert sum(len(passage.text.split()) for passage in passages) <= MOST_WORDS + 7


def test_nothing_said_is_no_passage() -> None:
    assert cut([], None) == ()
    assert cut([Source("", "", 0, 0, None)], None) == ()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        pytest.param("2009–2011: Head of the document laboratory", 2009, 2011, id="a-range"),
        pytest.param("From 12/2009 to 03/2011 in Ghana", 2009, 2011, id="months"),
        pytest.param("Fino al 2012 ho diretto l'unità documenti", 2012, 2012, id="one-year"),
        pytest.param("Depuis mars 2019, je forme des agents", 2019, None, id="fr-since"),
        pytest.param("Seit 2018 Referatsleiterin", 2018, None, id="de-since"),
        pytest.param("2016 a la actualidad, perito", 2016, None, id="es-to-date"),
        pytest.param("12.03.2009 – heute", 2009, None, id="de-to-date"),
        pytest.param("منذ ٢٠١٩ أعمل في المطار", 2019, None, id="ar-digits"),
        pytest.param("Desde 2018 até 2020 em Bissau", 2018, 2020, id="since-and-until"),
    ],
)
def test_a_sentence_of_the_free_text_has_the_days_of_the_years_it_names(
    text: str, first: int, last: int | None
) -> None:
    (passage,) = cut([Source(f"{text} of forged papers", "", 0, 0, None)], None)
    assert date.fromordinal(passage.first) == date(first, 1, 1)
    assert date.fromordinal(passage.last) == (date(last, 12, 31) if last else date.max)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Applied the Directive 2008/115/CE to returns", id="directive"),
        pytest.param("Drafted Law 25/2008 on asylum and refuge", id="law"),
        pytest.param("Certified by ISO 9001 and 2124 hours of teaching", id="other-numbers"),
        pytest.param("Reachable at 0032-2015-1999-77 in the evening", id="telephone"),
    ],
)
def test_a_number_that_is_no_year_dates_nothing(text: str) -> None:
    (passage,) = cut([Source(text, "", 0, 0, None)], None)
    assert (passage.first, passage.last) == (NO_DAY, NO_DAY)


@given(st.text())
def test_any_text_has_days_in_order_or_none(text: str) -> None:
    first, last = days_of(text)
    assert (first, last) == (NO_DAY, NO_DAY) or NO_DAY < first <= last


def test_the_line_above_dates_what_is_told_under_it_until_the_next_short_line() -> None:
    text = (
        "2009–2011\nHead of unit\nExamined forged passports at the airport\n"
        "Trained the officers of two other airports\nLanguages\nFrench and English in daily work\n"
        "2015 – heute\nLeads the laboratory for forged papers. In 2003 he was a trainer of police."
    )
    found = cut([Source(text, "", 0, 0, None)], None)
    years = [
        (date.fromordinal(one.first).year, date.fromordinal(one.last).year) if one.last else None
        for one in found
    ]
    assert years == [(2009, 2011), (2009, 2011), None, (2015, 9999), (2003, 2003)]
