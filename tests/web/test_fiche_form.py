"""The form of a fiche: words are seen whole, rows keep their lines, errors name their row."""

from __future__ import annotations

from roster.errors import FieldError
from web.forms import errors_by_field
from web.presenters.fiche_form import ends, error_lines_of, fiche_from, groups, texts
from web.tongues import Tongue

EN = Tongue("en")
LONG = "Drafting the rules for the exchange of data between registers. " * 4


def test_what_is_long_gets_a_high_field_over_the_whole_width() -> None:
    objective = next(
        one for one in texts({"objective": (LONG * 10,)}, {}, EN) if one.name == "objective"
    )
    assert (objective.kind, 20 < objective.rows <= 24) == ("textarea", True)
    assert next(one for one in texts({}, {}, EN) if one.name == "objective").rows < objective.rows
    activities = next(g for g in groups({"activities_title_1": (LONG,)}, {}, EN) if g.add)
    title = activities.rows[0][1][0]
    assert (title.kind, title.rows >= 2) == ("textarea", True)


def test_titles_stay_on_one_line_however_they_were_typed() -> None:
    typed = {"title": ("Data\r\nfor  all",), "results_title_1": ("A law\nand a rule",),
             "results_constituent_1": ("policy",)}  # fmt: skip
    fiche, errors = fiche_from(typed, EN)
    assert errors == ()
    assert fiche is not None
    assert (fiche.title, fiche.results[0].title) == ("Data for all", "A law and a rule")


def test_the_summary_of_errors_says_which_row_it_means() -> None:
    typed = {"activities_title_1": ("One",), "activities_title_2": ("Two",)}
    by_field = errors_by_field((FieldError("/activities_starts_2", "Give a day that exists."),))
    rows = groups(typed, by_field, EN)
    (line,) = error_lines_of(texts(typed, by_field, EN), rows, ends(typed, by_field, EN))
    assert line.words == "Activity 2, From: Give a day that exists."
    assert line.href == "#f-activities_starts_2"
