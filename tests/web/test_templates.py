"""Every page of the gallery, in every language: what each must and must never contain."""

import gzip
import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from jinja2 import UndefinedError
from lxml import html

from tests.web.examples import LONG, examples
from web.jinja import HERE, STATIC, environment, render, static
from web.tongues import LOCALES

NAMES = sorted(examples())
TEMPLATES = HERE / "templates"
MOST_HTML_BYTES = 30_000
MOST_CSS_BYTES = 16_000
MOST_SCRIPT_BYTES = 20_000


@cache
def rendered(name: str, code: str = "en") -> str:
    template, page = examples(code)[name]
    return render(template, page, code)


def tree(name: str) -> Any:
    """Parse a page; lxml's own types do not tell what an expression finds."""
    return html.fromstring(rendered(name))


def test_every_page_template_has_an_example() -> None:
    shown = {template for template, _ in examples().values()}
    pages = {
        path.relative_to(TEMPLATES).as_posix()
        for path in TEMPLATES.rglob("*.html")
        if path.parent.name not in {"layouts", "macros"}
    }
    assert pages == shown


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_a_title_one_h1_and_landmarks(name: str) -> None:
    page = tree(name)
    assert page.findtext(".//title").endswith(" · Roster")
    assert len(page.findall(".//h1")) == 1
    assert len(page.findall(".//main")) == 1
    assert page.get("lang") == "en"


@pytest.mark.parametrize("name", NAMES)
def test_headings_go_down_by_one_at_most(name: str) -> None:
    levels = [int(head.tag[1]) for head in tree(name).iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", NAMES)
def test_ids_are_unique_and_references_lead_somewhere(name: str) -> None:
    page = tree(name)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for attribute in ("for", "aria-labelledby", "aria-describedby"):
        for value in page.xpath(f"//@{attribute}"):
            assert set(value.split()) <= set(ids), (attribute, value)


@pytest.mark.parametrize("name", NAMES)
def test_every_field_has_a_name_for_readers(name: str) -> None:
    page = tree(name)
    labelled = set(page.xpath("//label/@for"))
    for control in page.xpath("//input[@type!='hidden'] | //select | //textarea"):
        assert control.get("id") in labelled or control.xpath("ancestor::label"), control.attrib


@pytest.mark.parametrize("name", NAMES)
def test_no_form_stands_inside_another(name: str) -> None:
    depth = 0
    for tag in re.findall(r"</?form\b", rendered(name)):
        depth += -1 if "/" in tag else 1
        assert depth in {0, 1}


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_no_template_holds_inline_style_or_script(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=|javascript:", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))
    assert not re.search(r"(href|src|action)=\"(https?:)?//", text)


@pytest.mark.parametrize("name", NAMES)
def test_what_people_wrote_is_never_markup(name: str) -> None:
    assert "<script>alert" not in rendered(name)


def test_a_long_name_is_shown_whole() -> None:
    assert LONG in tree("ranking").text_content()


def test_a_name_in_its_own_script_carries_its_language_and_direction() -> None:
    assert tree("ranking").xpath("//bdi[@lang='ar' and @dir='rtl']")


def test_a_missing_value_breaks_the_page_instead_of_vanishing() -> None:
    with pytest.raises(UndefinedError):
        render("errors/error.html", object(), "en")


@pytest.mark.parametrize("code", LOCALES)
def test_every_page_renders_in_every_language(code: str) -> None:
    for name in NAMES:
        assert f'<html lang="{code}"' in rendered(name, code)


@pytest.mark.parametrize("code", LOCALES)
def test_every_template_compiles(code: str) -> None:
    made = environment(code)
    for name in made.list_templates():
        made.get_template(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_keeps_its_budget(name: str) -> None:
    assert len(gzip.compress(rendered(name).encode(), 6)) <= MOST_HTML_BYTES


def test_style_and_script_keep_their_budget() -> None:
    css = (STATIC / "app.css").read_bytes()
    scripts = b"".join(path.read_bytes() for path in STATIC.glob("*.js"))
    assert len(gzip.compress(css, 6)) <= MOST_CSS_BYTES
    assert len(gzip.compress(scripts, 6)) <= MOST_SCRIPT_BYTES
    assert b"http" not in css.replace(b"http://www.w3.org", b"")


def test_a_static_file_that_is_missing_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        static("no.css")


@pytest.mark.parametrize("name", ["confirm", "confirm-read"])
def test_marks_and_facts_are_tied_both_ways(name: str) -> None:
    page = tree(name)
    marks = page.xpath("//section[@data-pane]//a[starts-with(@href, '#f')]")
    assert marks
    for mark in marks:
        fact = page.get_element_by_id(mark.get("href")[1:])
        (tie,) = fact.xpath(f".//a[@data-place='{mark.get('id')[1:]}']")
        # To the picture where it is shown and the place is known there, else to the text.
        assert page.get_element_by_id(tie.get("href")[1:]).get("href") == mark.get("href")
