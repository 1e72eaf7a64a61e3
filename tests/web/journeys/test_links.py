"""Who comes by a link of her own: somebody invited, and an expert."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.journeys.test_confirmation import OLD, sent, text_file
from tests.web.journeys.ways import Visit, Visitor, Way, every_way

pytestmark = pytest.mark.browser
OWN_PASSWORD = "four words of her own"
NAMES = {
    "desk": "Leonor Quintela Sardoal",
    "phone": "Amália Teixeira Rebordão",
    "desk-plain": "Florbela Antunes Corvo",
    "phone-plain": "Guilhermina Pestana Lobo",
}


def link_of(focal: Visitor, base: str, folder: Path) -> str:
    """Let a focal point take a CV in and confirm it; return the personal link of its person."""
    name = NAMES[focal.way.name]
    words = OLD.replace("Leonor Quintela Sardoal", name).replace("l.quintela", focal.way.name)
    page = focal.sign_in("focal.pt")
    page.goto(sent(page, base, text_file(folder, "cv.txt", words)))
    page.get_by_role("button", name="Confirm").first.click()
    page.wait_for_url("**/experts/**")
    focal.fits()
    focal.open("/notices")
    page.get_by_role("link", name=name).first.click()
    focal.fits()
    return page.get_by_label("Personal link").input_value()


def standing(page: Page) -> str:
    return page.locator("section", has=page.locator("#h-standing")).inner_text()


@every_way
def test_an_expert_sees_pauses_comes_back_objects_and_takes_a_copy(
    visitor: Visitor, visit: Visit, way: Way, live_server: str, tmp_path: Path
) -> None:
    link = link_of(visitor, live_server, tmp_path)
    own = visit()
    page = own.open(link)
    expect(own.part("What is held on you")).to_contain_text("French")
    own.press("Everything is right")
    expect(page.get_by_role("status").first).to_contain_text("your record is right")
    own.press("Pause")
    assert "paused" in standing(page).casefold()
    own.press("Come back")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()

    fold = own.unfold("Keep it, do not use it")
    fold.get_by_label("Being ranked and proposed is not wanted").check()
    own.press("Keep it, do not use it", fold)
    expect(page.locator("#rights")).to_contain_text("kept and used for nothing")
    own.press("Use it again", own.unfold("Use it again"))
    copy = zipfile.ZipFile(io.BytesIO(own.loads("Take a copy of everything")))
    assert any(name.endswith(".json") for name in copy.namelist())

    own.press("Leave the roster")
    page.get_by_role("link", name=re.compile("Stay|Back")).first.click()
    own.press("Leave the roster")
    page.locator("main form button").last.click()
    expect(page.locator("#h-standing")).to_be_visible()
    own.fits()
    assert visit().open(link).locator("#h-standing").count() == 1


@every_way
def test_somebody_is_invited_and_comes_in(visitor: Visitor, visit: Visit, way: Way) -> None:
    email = f"new.{way.name}@demo.example"
    visitor.sign_in("administrator")
    visitor.section("Administration")
    form = visitor.part("Open an account")
    form.get_by_label("Name", exact=False).first.fill(f"Nadia Belkacem {way.name}")
    form.get_by_label("Work e-mail").fill(email)
    form.get_by_label("Role").select_option("Auditor")
    visitor.press("Open the account", form)
    link = visitor.page.locator("kbd.secret").first.inner_text()

    invited = visit()
    invited.open(link)
    invited.page.get_by_label("New password").fill(OWN_PASSWORD)
    invited.press("Set the password")
    invited.sign_in(email, OWN_PASSWORD)
    expect(invited.part("What you may open")).to_contain_text("The audit, as a file")


@every_way
def test_a_link_that_was_cut_off_says_so(visitor: Visitor, way: Way) -> None:
    answer = visitor.page.goto("/mine/cut-off")
    assert answer is not None
    assert answer.status == 404
    visitor.fits()
    expect(visitor.page.get_by_role("main")).to_contain_text("It may have been cut off in the mail")
