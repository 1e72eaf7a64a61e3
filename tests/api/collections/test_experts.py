"""A line of an outside collection becomes a person; what it gives counts before what is read."""

from __future__ import annotations

from datetime import date

import pytest

from api.collections.experts import expert_id, read_expert
from api.collections.lines import Line
from roster.errors import InvalidInput
from roster.vocabulary import AdministrationKind, ExpertKind, LanguageLevel

TODAY = date(2026, 11, 22)
CV = """Ana Prates
E-mail: ana.prates@invented.example

Professional experience
2015 - present: Head of the asylum unit, Immigration and Borders Service, Lisbon, Portugal

Languages
Portuguese: mother tongue
French: C1
"""
ABSTRACT = """We study dependency parsing of French and German treebanks with recurrent neural
networks. Experiments on English show that attention improves accuracy over strong baselines."""


def line(**fields: object) -> Line:
    return Line("E.jsonl", 3, {"id": "e1", "text": CV, **fields})


def test_what_is_not_given_is_read_in_the_text() -> None:
    view = read_expert(line(), TODAY)
    assert view.id == expert_id("e1")
    assert {one.value.language: one.value.level for one in view.languages} == {
        "pt": LanguageLevel.NATIVE,
        "fr": LanguageLevel.C1,
    }
    assert view.posts[0].value.employer
    assert view.posts[0].period.ongoing


def test_contact_data_is_no_part_of_what_is_compared() -> None:
    view = read_expert(line(), TODAY)
    assert "invented.example" not in view.text
    assert "Ana Prates" not in view.text


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(["es", "de"], id="codes"),
        pytest.param("Spanish", id="one-name"),
        pytest.param([{"code": "es", "cefr": "B1"}], id="objects"),
        pytest.param([{"language": "es", "level": "B1"}], id="other-names"),
        pytest.param({"es": "B1"}, id="by-code"),
    ],
)
def test_languages_that_are_given_replace_those_read(given: object) -> None:
    held = {
        one.value.language: one.value.level
        for one in read_expert(line(languages=given), TODAY).languages
    }
    assert "es" in held
    assert "fr" not in held
    if "B1" in str(given):
        assert held["es"] is LanguageLevel.B1


def test_an_empty_list_says_that_nothing_is_known() -> None:
    assert read_expert(line(languages=[]), TODAY).languages == ()


def test_posts_are_taken_as_the_reading_command_prints_them() -> None:
    post = {
        "position": "Inspector",
        "employer": "Border Police",
        "employer_kind": "border_police",
        "country": "RO",
        "from": "2019-04",
        "to": "present",
    }
    (held,) = read_expert(line(posts=[post]), TODAY).posts
    assert held.value.administration is AdministrationKind.BORDER_POLICE
    assert (held.value.title, held.value.country) == ("Inspector", "RO")
    assert str(held.period.start) == "2019-04"
    assert held.period.ongoing


def test_the_kind_of_employer_that_is_given_is_the_person_s_kind() -> None:
    view = read_expert(line(text="-", employer="Migration Lab", employer_kind="academia"), TODAY)
    assert view.kind is ExpertKind.ACADEMIA
    assert view.posts[0].value.employer == "Migration Lab"


def test_countries_and_topics_come_as_codes_names_or_objects() -> None:
    view = read_expert(
        line(
            text="",
            countries=["MA", "Tunisia", {"code": "SN", "from": 2018, "to": "2019-05"}],
            topics=["return_readmission", {"code": "asylum-international-protection"}],
            nationality="Portuguese",
        ),
        TODAY,
    )
    assert [one.value.country for one in view.countries] == ["MA", "TN", "SN"]
    assert {one.value.topic for one in view.topics} == {
        "return_readmission",
        "asylum_international_protection",
    }
    assert view.nationalities == ("PT",)


def test_a_term_that_nobody_knows_is_left_out_and_told() -> None:
    given = line(text="", topics=["underwater basketry"], countries=["Atlantis"], colour="red")
    view = read_expert(given, TODAY)
    assert not view.topics
    assert not view.countries
    told = " ".join(given.notes)
    for words in ("E.jsonl, line 3", "topics/0", "countries/0", "colour"):
        assert words in told


def test_languages_named_in_writing_that_is_no_cv_are_not_spoken() -> None:
    assert read_expert(line(text=ABSTRACT), TODAY).languages == ()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        pytest.param({"text": None}, "text", id="no-text"),
        pytest.param({"text": 5}, "text", id="text-is-a-number"),
        pytest.param({"id": " "}, "id", id="blank-id"),
        pytest.param({"id": True}, "id", id="id-is-a-truth"),
        pytest.param({"languages": 7}, "languages", id="languages-is-a-number"),
        pytest.param({"languages": [3]}, "languages/0", id="language-is-a-number"),
        pytest.param({"languages": [{"code": "fr", "cefr": 4}]}, "languages/0", id="level"),
        pytest.param({"posts": ["Minister"]}, "posts/0", id="post-is-a-text"),
        pytest.param({"posts": [{"position": 3}]}, "posts/0/position", id="title-is-a-number"),
        pytest.param({"posts": [{"from": "soon"}]}, "posts/0", id="date"),
        pytest.param({"posts": [{"from": 2020, "to": 2010}]}, "posts/0", id="backwards"),
        pytest.param({"countries": [{"from": 2020}]}, "countries/0", id="country-without-code"),
        pytest.param({"missions": [{}]}, "missions/0", id="mission-without-words"),
    ],
)
def test_a_field_of_another_shape_is_refused_by_file_line_and_name(
    fields: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidInput, match=rf"E\.jsonl, line 3, field '{field}'"):
        read_expert(line(**fields), TODAY)


@pytest.mark.parametrize("text", ["", "   \n", "\x00\x01", "…—–", "\ud800"], ids=repr)
def test_a_text_without_words_is_a_person_of_whom_nothing_is_known(text: str) -> None:
    view = read_expert(line(text=text), TODAY)
    assert not any((view.posts, view.topics, view.languages))
