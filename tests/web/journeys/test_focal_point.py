"""A focal point's errand in a real browser: from a CV to a person who is ranked."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from docx import Document as WordDocument
from playwright.sync_api import Page, expect

from fixtures.demo import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.long]
expect.set_options(timeout=60_000)

NAME = "Leonor Quintela Sardoal"
LINES = (
    "Curriculum vitae",
    f"Nome: {NAME}",
    "E-mail: l.quintela@invented.example",
    "Nacionalidade: Portuguesa",
    "Experiência profissional",
    "03/2016 – presente | Chefe de divisão de estatísticas migratórias | "
    "Instituto Nacional de Estatística, Lisboa, Portugal",
    "- Responsável pela produção anual das estatísticas migratórias e pelo perfil migratório",
    "- Formação de formadores em recolha de dados sobre migrações em Cabo Verde e na Mauritânia",
    "Línguas",
    "Português: língua materna",
    "Francês: B1",
    "Inglês: C1",
)
SHOTS = os.environ.get("ROSTER_TEST_SHOTS")
"""A folder for pictures of every page, to look at; nothing is compared."""
SIZES = (("1440", 1440, "light"), ("dark", 1440, "dark"), ("390", 390, "light"))


def looked_at(page: Page, name: str) -> None:
    """Hold a page against WCAG at two widths, and keep its picture where somebody asked for it."""
    for label, width, colours in SIZES:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if colours == "dark" else "light")
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"{name}-{label}.png", full_page=True)
        found = Axe().run(page).response["violations"]
        told = [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]
        assert told == [], f"{name}, {label}"
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, f"{name} is wider than its window of {width} pixels"
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1440, "height": 900})


def sign_in(page: Page, base: str, who: str) -> None:
    page.goto(f"{base}/signin")
    page.get_by_label("Work e-mail").fill(f"{who}@demo.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).first.click()
    page.wait_for_url(f"{base}/")


@pytest.fixture
def word_file(tmp_path: Path) -> Path:
    document = WordDocument()
    for line in LINES:
        document.add_paragraph(line)
    path = tmp_path / "curriculo.docx"
    document.save(str(path))
    return path


def send(page: Page, base: str, *files: Path) -> None:
    page.goto(f"{base}/uploads")
    page.locator("input[type=file]").set_input_files([str(path) for path in files])
    page.get_by_role("button", name="Send").click()


def confirm(page: Page, base: str) -> None:
    """Correct one level, and confirm."""
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()
    sure = page.locator("details#sure")
    if not sure.evaluate("folded => folded.open"):
        sure.locator("summary").first.click()
    french = page.get_by_role("group", name="Language: French, B1")
    mark = french.locator("a.tie").get_attribute("href") or ""
    # The mark in the text beside stands on the words that were read, and leads back to the fact.
    expect(page.locator(f".sheet {mark}")).to_contain_text("Francês")
    assert page.locator(f".sheet {mark}").get_attribute("href") == mark.replace("m", "f")
    looked_at(page, "confirm")
    french.get_by_text("Correct").click()
    french.get_by_label("Level").select_option("C1")
    page.get_by_role("button", name="Confirm,").click()
    page.wait_for_url(f"{base}/experts/**")


def tell(page: Page, base: str) -> None:
    """Hand the letter over: nobody is proposed before she knows that her CV is here."""
    page.goto(f"{base}/notices")
    looked_at(page, "notices")
    page.get_by_role("link", name=NAME).click()
    expect(page.get_by_label("Personal link")).to_have_value(re.compile(r"/mine/.+"))
    looked_at(page, "letter-of-notice")
    page.get_by_role("button", name="I have given it").click()
    page.wait_for_url(f"{base}/notices?done=given")
    expect(page.get_by_role("link", name=NAME)).to_be_hidden()


def ranked(page: Page, base: str) -> list[dict[str, object]]:
    need = {
        "title": "Estatísticas migratórias",
        "countries": ["CV"],
        "topics": ["data_management"],
        "languages": [{"language": "fr", "minimum": "C1"}],
    }
    answer = page.request.post(
        f"{base}/api/v1/match", data={"request": need, "top": 100, "bands": ["fit", "ask"]}
    )
    assert answer.ok, answer.text()
    found: list[dict[str, object]] = [one["person"] for one in answer.json()["people"]]
    return found


def test_from_a_cv_to_a_ranked_person(page: Page, live_server: str, word_file: Path) -> None:
    page.set_default_timeout(60_000)
    page.goto(f"{live_server}/signin")
    looked_at(page, "signin")
    sign_in(page, live_server, "focal.pt")
    expect(page.get_by_role("heading", name="Portugal")).to_be_visible()
    looked_at(page, "home-focal")
    send(page, live_server, word_file)
    expect(page.get_by_text("1 CV waits for you.")).to_be_visible()
    looked_at(page, "uploads")
    page.get_by_role("link", name="Confirm the first").click()
    confirm(page, live_server)
    expect(page.get_by_text("in the next ranking")).to_be_visible()
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()
    expect(page.get_by_role("row", name="French C1")).to_be_visible()
    expert_id = page.url.split("/experts/")[1].split("?")[0]
    looked_at(page, "person")
    tell(page, live_server)

    page.context.clear_cookies()
    sign_in(page, live_server, "officer")
    assert expert_id in [one["id"] for one in ranked(page, live_server)]


def test_a_file_that_cannot_be_read_says_what_to_do_and_harms_no_other(
    page: Page, live_server: str, word_file: Path, tmp_path: Path
) -> None:
    page.set_default_timeout(60_000)
    empty, noise = tmp_path / "vazio.pdf", tmp_path / "ruído.pdf"
    empty.write_bytes(b"")
    noise.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 8)
    sign_in(page, live_server, "focal.ma")
    send(page, live_server, empty, noise, word_file)
    page.wait_for_url(f"{live_server}/uploads/*")
    while page.locator("progress").count():
        page.wait_for_timeout(500)
        page.reload()
    looked_at(page, "batch")
    expect(page.get_by_role("row", name="vazio.pdf")).to_contain_text("empty")
    expect(page.get_by_role("row", name="ruído.pdf")).to_contain_text("PDF")
    expect(page.get_by_role("row", name="curriculo.docx")).to_contain_text(NAME)


@pytest.mark.parametrize(
    ("who", "path", "name"),
    [
        ("officer", "/", "home-officer"),
        ("coordinator", "/experts", "experts-700"),
        *(
            pytest.param(*one, marks=pytest.mark.long)
            for one in (
                ("officer", "/search", "search"),
                ("officer", "/actions", "actions"),
                ("officer", "/actions/mali", "action"),
                ("officer", "/publications/page-actions", "page-actions"),
                ("officer", "/publications/agency-projects", "agency-projects"),
                ("officer", "/publications/demand-driven-facility", "ddf"),
                ("focal.ma", "/experts", "experts"),
                ("auditor", "/", "home-auditor"),
                ("administrator", "/account", "account"),
            )
        ),
    ],
)
def test_every_page_is_for_everybody(
    page: Page, live_server: str, who: str, path: str, name: str
) -> None:
    page.set_default_timeout(60_000)
    sign_in(page, live_server, who)
    answer = page.goto(f"{live_server}{path}")
    assert answer is not None
    assert answer.ok
    looked_at(page, name)
