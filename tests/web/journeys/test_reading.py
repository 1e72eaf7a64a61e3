"""Who reads and counts: coordinator, liaison officer and auditor."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest
from playwright.sync_api import expect

from tests.web.journeys.ways import Visitor, Way, every_way

pytestmark = pytest.mark.browser


@every_way
def test_a_coordinator_goes_from_a_gap_to_the_people_and_the_file(
    visitor: Visitor, way: Way
) -> None:
    page = visitor.sign_in("coordinator")
    visitor.section("Coverage")
    cell = page.get_by_role("table").first.get_by_role("link").first
    count = cell.inner_text()
    cell.click()
    people = page.locator("section", has=page.locator("#who-h"))
    known = people.locator("tbody").get_by_role("row").filter(has_not_text="unknown")
    expect(known).to_have_count(int(count))
    visitor.fits()
    page.get_by_role("table").get_by_role("link").first.click()
    page.wait_for_url("**/experts/**")
    visitor.fits()
    visitor.open("/coverage")
    assert zipfile.is_zipfile(io.BytesIO(visitor.loads("Workbook (XLSX)")))


@every_way
def test_a_coordinator_reads_who_is_sent_and_who_never_is(visitor: Visitor, way: Way) -> None:
    page = visitor.sign_in("coordinator")
    visitor.open("/coverage")
    spread = page.locator("section", has=page.locator("#sp-h"))
    further = spread.locator("summary")
    if further.count():
        further.click()
        expect(spread.locator("details table")).to_be_visible()
    for link in page.get_by_role("navigation", name="Which map").get_by_role("link").all():
        expect(link).to_be_visible()
    page.get_by_role("navigation", name="Which map").get_by_role("link").last.click()
    expect(page.locator("section", has=page.locator("#map-h"))).to_be_visible()
    visitor.fits()


@every_way
def test_a_coordinator_counts_in_pictures_tables_and_files(visitor: Visitor, way: Way) -> None:
    page = visitor.sign_in("coordinator")
    visitor.section("Reports")
    kinds = page.locator("section").filter(has_text="By type of activity").first
    expect(kinds).to_be_visible()
    shown = page.locator("dl a").first.inner_text()
    form = visitor.unfold("Period, region and theme")
    form.get_by_label("Region").select_option("Africa")
    form.get_by_role("button", name="Count").click()
    page.wait_for_load_state()
    visitor.fits()
    narrowed = page.locator("dl a").first.inner_text()
    assert int(narrowed.replace(",", "")) < int(shown.replace(",", ""))
    page.locator("dl a").first.click()
    expect(page.locator("#rows-h")).to_be_visible()
    visitor.fits()
    page.locator(".crumb").get_by_role("link").click()
    assert zipfile.is_zipfile(io.BytesIO(visitor.loads("XLSX")))
    assert zipfile.is_zipfile(io.BytesIO(visitor.loads("DOCX")))
    assert json.loads(visitor.loads("JSON"))
    page.get_by_role("link", name=re.compile("printed", re.IGNORECASE)).first.click()
    visitor.fits()


@every_way
def test_a_coordinator_reads_what_ranks_and_why(visitor: Visitor, way: Way) -> None:
    page = visitor.sign_in("coordinator")
    visitor.section("Model")
    expect(page.get_by_role("heading", level=2).first).to_be_visible()
    card = visitor.unfold("Model card")
    expect(card.get_by_role("table", name="What counts how much")).to_be_visible()
    visitor.fits()


@every_way
def test_a_liaison_officer_reads_actions_and_lessons_and_no_person(
    visitor: Visitor, way: Way
) -> None:
    page = visitor.sign_in("liaison.cv")
    expect(visitor.part("What you may open")).to_contain_text("Lessons")
    visitor.section("Actions")
    page.get_by_role("table").get_by_role("link").first.click()
    visitor.fits()
    visitor.section("Lessons")
    page.locator("main").get_by_role("link").first.click()
    visitor.fits()
    for path in ("/experts", "/requests", "/reports", "/coverage", "/administration"):
        assert page.request.get(path).status == 403, path


@every_way
def test_an_auditor_reads_and_takes_along_and_changes_nothing(visitor: Visitor, way: Way) -> None:
    page = visitor.sign_in("auditor")
    expect(visitor.part("What you may open")).to_contain_text("Register of processing")
    audit = visitor.loads("The audit, as a file").splitlines()
    assert json.loads(audit[0])
    visitor.section("Reports")
    assert zipfile.is_zipfile(io.BytesIO(visitor.loads("XLSX")))
    visitor.open("/administration/operations")
    expect(visitor.part("At this moment")).to_contain_text("Last backup")
    expect(page.locator("main button")).to_have_count(0)
    visitor.open("/privacy")
    assert page.locator("main form[method=post]").count() == 0
    visitor.section("Actions")
    page.get_by_role("table").get_by_role("link").first.click()
    visitor.fits()
    assert page.locator("main form[method=post]").count() == 0
    for path in ("/rules", "/actions/new", "/administration"):
        assert page.request.post(path, form={"version": "1"}).status == 403, path
