"""A focal point confirms a PDF with the keyboard, then a newer CV of the same person."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright._impl._api_structures import FilePayload
from playwright.sync_api import Locator, Page, expect

from tests.web.journeys.test_focal_point import looked_at, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.long]
expect.set_options(timeout=60_000)

PDF = Path(__file__).parents[3] / "fixtures" / "cvs" / "nota-curricular.pdf"
OLD = """Curriculum vitae
Nome: Leonor Quintela Sardoal
E-mail: l.quintela@invented.example
Nacionalidade: Portuguesa
Línguas
Português: língua materna
Francês: B1
Árabe: A1
"""
NEW = OLD.replace("Francês: B1", "Francês: C1").replace("Árabe: A1", "Espanhol: B2")
ARABIC = """السيرة الذاتية
الاسم: فاطمة الزهراء عبد الرحمن بن يوسف الأندلسي الطرابلسي المنصوري
البريد الإلكتروني: f.almansouri@invented.example
الجنسية: مغربية
اللغات
العربية: اللغة الأم
الفرنسية: C1
"""


def sent(page: Page, base: str, path: Path) -> str:
    """Send a file through the API of this session and return where it is confirmed."""
    taken = page.request.post(f"{base}/api/v1/documents", multipart={"file": _payload(path)})
    assert taken.ok, taken.text()
    document_id = taken.json()["id"]
    while True:
        state = page.request.get(f"{base}/api/v1/documents/{document_id}").json()["document"]
        assert state["state"] != "refused", state["problem"]
        if state["state"] == "read":
            return f"{base}/documents/{document_id}"
        page.wait_for_timeout(300)


def _payload(path: Path) -> FilePayload:
    return {"name": path.name, "mimeType": "application/octet-stream", "buffer": path.read_bytes()}


def text_file(folder: Path, name: str, words: str) -> Path:
    path = folder / name
    path.write_text(words, encoding="utf-8")
    return path


def is_in_view(element: Locator) -> bool:
    return bool(
        element.evaluate(
            """one => { const at = one.getBoundingClientRect();
            const box = one.closest('.scroll').getBoundingClientRect();
            return at.top >= box.top - 1 && at.bottom <= box.bottom + 1; }"""
        )
    )


def test_a_pdf_is_confirmed_with_the_keyboard_alone(page: Page, live_server: str) -> None:
    page.set_default_timeout(60_000)
    page.set_viewport_size({"width": 1440, "height": 900})
    sign_in(page, live_server, "focal.pt")
    page.goto(sent(page, live_server, PDF))
    expect(page.locator(".pic img").first).to_be_visible()
    looked_at(page, "confirm-pdf")
    cards = page.locator(".fact.check")
    assert cards.count() > 0
    expect(cards.first).to_be_focused()
    # The place of the fact in hand is lit on the page, and in the text behind it.
    number = cards.first.locator("[data-place]").get_attribute("data-place")
    box = page.locator(f"#b{number}.lit")
    expect(box).to_have_count(1)
    assert is_in_view(box)
    expect(page.locator(f"#m{number}.lit")).to_have_count(1)
    page.keyboard.press("v")
    expect(page.locator(".pics")).to_be_hidden()
    expect(page.locator(f"#m{number}")).to_be_visible()
    page.keyboard.press("v")
    # A click on a box leads to its fact, even where it is folded away.
    sure = page.locator("#sure [data-fact]:has([data-place])").first
    number = sure.locator("[data-place]").get_attribute("data-place")
    page.locator(f"#b{number} rect").first.dispatch_event("click")
    expect(sure).to_be_focused()
    # Decisions: right, and on to the next.
    cards.first.focus()
    page.keyboard.press("a")
    expect(cards.first.get_by_label("Right")).to_be_checked()
    expect(page.locator("[data-decided]")).to_have_text("1")
    # First who it is: the demonstration holds a person of this name already.
    page.keyboard.press("Enter")
    other = page.get_by_label("Somebody else")
    expect(page.locator("#twins input").first).to_be_focused()
    other.focus()
    page.keyboard.press("Space")
    cards.first.focus()
    for _ in range(cards.count() - 1):
        page.keyboard.press("Enter")
        page.keyboard.press("x")
    expect(page.locator("[data-decided]")).to_have_text(str(cards.count()))
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: "/confirmation" not in url and "/experts/" in url)


def test_a_newer_cv_is_set_against_the_record(page: Page, live_server: str, tmp_path: Path) -> None:
    page.set_default_timeout(60_000)
    page.set_viewport_size({"width": 1440, "height": 900})
    sign_in(page, live_server, "focal.pt")
    page.goto(sent(page, live_server, text_file(tmp_path, "2023.txt", OLD)))
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"{live_server}/experts/**")
    page.goto(sent(page, live_server, text_file(tmp_path, "2026.txt", NEW)))
    page.get_by_role("link", name="Show what differs").first.click()
    french = page.get_by_role("group", name="Language: French, C1")
    expect(french).to_contain_text("French, B1")
    expect(french.get_by_label("Keep what is on the record")).to_be_checked()
    looked_at(page, "confirm-differences")
    french.get_by_label("Take the new value").check()
    page.locator("#silent summary").click()
    expect(page.get_by_role("group", name="Language: Arabic, A1")).to_be_visible()
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url(f"{live_server}/experts/**")
    for row in ("French C1", "Arabic A1", "Spanish B2"):
        expect(page.get_by_role("row", name=row)).to_be_visible()


def test_an_arabic_cv_reads_from_right_to_left(
    page: Page, live_server: str, tmp_path: Path
) -> None:
    page.set_default_timeout(60_000)
    sign_in(page, live_server, "focal.ma")
    page.goto(sent(page, live_server, text_file(tmp_path, "arabic.txt", ARABIC)))
    looked_at(page, "confirm-arabic")
    line = page.locator(".sheet p").nth(1)
    assert line.evaluate("one => getComputedStyle(one).direction") == "rtl"


def test_without_script_every_decision_is_a_form(
    page: Page, live_server: str, tmp_path: Path
) -> None:
    page.set_default_timeout(60_000)
    sign_in(page, live_server, "focal.fr")
    where = sent(page, live_server, text_file(tmp_path, "plain.txt", OLD.replace("l.q", "q.l")))
    assert page.context.browser is not None
    plain = page.context.browser.new_context(
        java_script_enabled=False, storage_state=page.context.storage_state(), locale="en-GB"
    )
    other = plain.new_page()
    other.goto(f"{where}?show=text")
    tie = other.locator("[data-place]").first
    mark = tie.get_attribute("href") or ""
    assert other.locator(mark).is_visible()
    if not other.locator("#sure").get_attribute("open"):
        other.locator("#sure summary").first.click()
    other.get_by_role("button", name="Confirm").click()
    other.wait_for_url(f"{live_server}/experts/**")
    plain.close()
