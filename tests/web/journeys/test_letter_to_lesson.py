"""A request from its letter to the lesson that the next letter is shown, by all who have a part."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.web.journeys.test_focal_point import looked_at, sign_in
from tests.web.journeys.test_officer import LETTER

pytestmark = [pytest.mark.browser, pytest.mark.long]
expect.set_options(timeout=60_000)

OBJECTIVE = "The statistics office counts migrants each year from registers of its own."
MISSION = "Look at the registers in Nouakchott"
WORKSHOP = "Workshop with the border police"
TURNOVER = "Half of those who were trained had another post after the summer."
CONCLUSION = "Who is trained moves on: train two people for each post."
Visit = Callable[[], Page]


@pytest.fixture
def visit(browser: Browser, live_server: str) -> Iterator[Visit]:
    """Open pages of people nobody knows, each with cookies of its own."""
    contexts = []

    def opened() -> Page:
        context = browser.new_context(
            locale="en-GB",
            reduced_motion="reduce",
            base_url=live_server,
            viewport={"width": 1440, "height": 900},
        )
        context.set_default_timeout(60_000)
        contexts.append(context)
        return context.new_page()

    yield opened
    for one in contexts:
        one.close()


def part(page: Page | Locator, title: str) -> Locator:
    """Return the panel under a heading."""
    return page.get_by_role("region", name=title, exact=True)


def unfold(page: Page | Locator, title: str) -> Locator:
    """Open a folded form by its heading, unless it stands open; return it."""
    fold = page.locator("details").filter(has=page.locator("summary", has_text=title)).last
    if fold.get_attribute("open") is None:
        fold.locator("summary").first.click()
    return fold


def tab(page: Page, name: str) -> None:
    """Go to another page of the same request or Action."""
    page.locator("nav.tabs").get_by_role("link", name=re.compile(f"^{name}")).click()


def heard(page: Page, path: str) -> Page:
    """Open the path of a link that was handed over."""
    page.goto(urlparse(path).path)
    return page


def test_from_a_letter_to_the_lesson_of_the_next_one(
    page: Page, live_server: str, visit: Visit
) -> None:
    page.set_default_timeout(60_000)
    page.set_viewport_size({"width": 1440, "height": 900})
    sign_in(page, live_server, "officer")
    request = take_in(page, live_server, LETTER)
    screen(page)
    write_the_fiche(page)
    vote(page, visit())
    decide(page)
    before = rank(page)
    keep_a_team(page)
    released = refuse_and_release(page, live_server, request, visit())
    action = begin(page)
    come_back_from_the_mission(page)
    plan_anew(page)
    send(page, released, action)
    ask_the_room(page, visit())
    draw_a_finding(page)
    learn(visit(), live_server)
    take_in(page, live_server, LETTER.replace(", du 1er au 12 mars 2027", ""))
    shown = part(page, "Lessons from similar Actions")
    expect(shown).to_contain_text(CONCLUSION)
    expect(shown).to_contain_text("Shown because: same topic; same country")
    tab(page, "Context")
    expect(part(page, "Lessons from similar Actions")).to_contain_text(CONCLUSION)
    looked_at(page, "context")
    after = rank(page)
    assert after.index(released) < before.index(released), "what she did counts for her"
    explained(page, released, action)


def take_in(page: Page, base: str, letter: str) -> str:
    """Take a letter in; return the address of its request."""
    page.goto(f"{base}/requests/new")
    page.get_by_label("or its words").fill(letter)
    page.get_by_role("button", name="Read the letter").click()
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(re.compile(r"/requests/[0-9a-f]{8}-"))
    return page.url.partition("?")[0]


def screen(page: Page) -> None:
    tab(page, "Screening")
    looked_at(page, "screening")
    for point in ("Who asks", "Area", "Coherence", "Ownership", "Sustainability"):
        part(page, point).get_by_role("radio", name="Yes").check()
    page.get_by_role("button", name="Save and end the screening").click()
    page.wait_for_url("**/fiche")


def write_the_fiche(page: Page) -> None:
    page.get_by_role("button", name="Begin the fiche").click()
    page.get_by_label("Objective").fill(OBJECTIVE)
    result(page, 1, "A yearly table of residence permits", "Knowledge base")
    first = page.get_by_role("group", name="Activity 1")
    first.get_by_label("Activity", exact=True).fill(MISSION)
    first.get_by_label("Type", exact=True).select_option("Fact-finding mission")
    first.get_by_label("Expert days").fill("6")
    page.get_by_role("button", name="Add a result").click()
    result(page, 2, "Trainers who train", "Institutional set-up")
    expect(page.get_by_label("Objective")).to_have_value(OBJECTIVE)
    looked_at(page, "fiche-form")
    page.locator("main").get_by_role("button", name="Save", exact=True).last.click()
    page.wait_for_url("**/fiche")
    expect(part(page, "Expected results")).to_contain_text("Trainers who train")
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.locator(".pagehead")).to_contain_text("Submitted")


def result(page: Page, number: int, title: str, constituent: str) -> None:
    row = page.get_by_role("group", name=f"Result {number}")
    row.get_by_label("Result", exact=True).fill(title)
    row.get_by_label("Constituent of governance").select_option(constituent)


def vote(page: Page, member: Page) -> None:
    """Let a member of the steering body vote behind a link of her own."""
    form = unfold(page, "Let somebody read it")
    form.get_by_label("As", exact=True).select_option("Member of the steering body")
    form.get_by_label("Institution or function").fill("Member of the steering group")
    form.get_by_role("button", name="Make a personal link").click()
    link = part(page, "Who reads it by a link").locator("a").first.get_attribute("href") or ""
    heard(member, link)
    expect(part(member, "Objective")).to_contain_text(OBJECTIVE)
    looked_at(member, "guest")
    member.get_by_role("radio", name="For", exact=True).check()
    member.get_by_role("button", name="Cast the vote").click()
    expect(member.get_by_role("status")).to_contain_text("Your vote was counted.")


def decide(page: Page) -> None:
    tab(page, "Decision")
    expect(page.locator(".pagehead")).to_contain_text("1 of 1 members has voted.")
    looked_at(page, "decision")
    page.get_by_label("Minutes").fill("Item 4 of the meeting")
    page.get_by_role("button", name="Record", exact=True).click()
    expect(part(page, "What was decided")).to_contain_text("Minutes: Item 4 of the meeting")


def rank(page: Page) -> list[str]:
    """Rank, and return the names in their order."""
    tab(page, "Ranking")
    page.get_by_role("button", name="Rank experts").first.click()
    page.wait_for_url(re.compile(r"ranking\?run="))
    expect(page.locator(".person").first).to_be_visible()
    return page.locator(".person h3 bdi").all_inner_texts()


def keep_a_team(page: Page) -> None:
    tab(page, "Team")
    page.get_by_label("Triangular").check()
    page.get_by_role("button", name="Compose a team").click()
    expect(page.locator(".seat")).to_have_count(3)
    page.get_by_role("button", name="Save as a proposal").click()
    page.wait_for_url("**kept=**")


def refuse_and_release(page: Page, base: str, request: str, focal: Page) -> str:
    """Call, nominate, refuse, seat the alternate, release; return who was released."""
    seat = page.locator(".seat").filter(has=page.locator("abbr", has_text="FR")).first
    first = seat.locator("bdi").first.inner_text()
    tab(page, "Calls and releases")
    page.get_by_role("link", name="Call for experts").click()
    looked_at(page, "call-form")
    page.get_by_role("checkbox", name="France").check()
    page.get_by_label("For the seats of").select_option(index=1)
    page.get_by_role("button", name="Send the call").click()
    expect(page.locator(".pagehead")).to_contain_text("0 people nominated")

    sign_in(focal, base, "focal.fr")
    focal.get_by_role("link", name=re.compile("Mauritania")).first.click()
    looked_at(focal, "call-of-focal-point")
    focal.set_viewport_size({"width": 390, "height": 844})
    own = focal.get_by_role("listitem").filter(has_text=first)
    own.locator("summary").click()
    own.get_by_label("Note for the officer").fill("Knows the registers.")
    own.get_by_role("button", name="Nominate").click()
    expect(part(focal, "You have nominated")).to_contain_text(first)

    page.reload()
    expect(part(page, "Nominated")).to_contain_text("Knows the registers.")
    page.get_by_role("button", name="Ask for release").first.click()
    page.wait_for_url(f"{request}/releases*")
    asked = answer(focal, base, first)
    looked_at(focal, "releases-of-focal-point")
    asked.get_by_label("Reason of the refusal").select_option("Short of staff")
    asked.get_by_role("button", name="Refuse").click()
    expect(part(focal, "Earlier releases")).to_contain_text("Short of staff")

    page.reload()
    expect(page.locator(".pagehead")).to_contain_text("1 seat is open")
    looked_at(page, "releases")
    following = part(page, "Seats open: who is asked next").locator("ol > li")
    following = following.filter(has=page.locator("abbr", has_text="FR")).first
    second = following.locator("bdi").first.inner_text()
    following.get_by_role("button", name="Seat and ask for release").click()
    expect(page.locator(".pagehead")).to_contain_text("1 release waits for an answer")
    given = answer(focal, base, second)
    today = datetime.now(UTC).date()
    given.get_by_label("Released from").fill((today - timedelta(days=30)).isoformat())
    given.get_by_label("until").fill((today + timedelta(days=700)).isoformat())
    given.get_by_label("Days at most").fill("30")
    given.get_by_role("button", name="Release").click()
    expect(part(focal, "Released")).to_contain_text(second)
    page.reload()
    expect(page.locator(".pagehead")).to_contain_text("1 is released")
    return second


def answer(focal: Page, base: str, name: str) -> Locator:
    """Return the form in which a focal point answers for a person."""
    focal.goto(f"{base}/releases")
    return part(focal, "Releases asked of you").get_by_role("listitem").filter(has_text=name)


def begin(page: Page) -> str:
    """Begin the Action, and let it run; return its name."""
    tab(page, "Decision")
    page.get_by_role("button", name="Begin the Action").click()
    page.wait_for_url("**/actions/*")
    expect(page.get_by_role("main")).to_contain_text("Trainers who train")
    step = part(page, "Move it on")
    step.get_by_label("What happens").select_option("It runs")
    step.get_by_role("button", name="Save").click()
    expect(page.locator(".context")).to_contain_text("Ongoing")
    return page.locator(".context h1 bdi").first.inner_text()


def report(page: Page, activity: str, participants: int) -> None:
    """Say that an activity is done, today."""
    row = page.get_by_role("row").filter(has_text=activity)
    row.get_by_role("link", name="Report").click()
    today = datetime.now(UTC).date().isoformat()
    page.get_by_label("State", exact=True).select_option("Done")
    page.get_by_label("First day").fill(today)
    page.get_by_label("Last day").fill(today)
    page.get_by_label("Participants", exact=True).fill(str(participants))
    page.locator("main").get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/plan*")


def come_back_from_the_mission(page: Page) -> None:
    tab(page, "Plan")
    report(page, MISSION, 9)
    expect(page.get_by_role("main")).to_contain_text("A fact-finding mission is done.")


def plan_anew(page: Page) -> None:
    page.get_by_role("button", name="Begin a new version").click()
    kinds = ((WORKSHOP, "Workshop, seminar or session"), ("Train the registrars", "Training"))
    for title, kind in kinds:
        page.get_by_role("link", name="Add an activity").click()
        page.get_by_label("Title").fill(title)
        page.get_by_label("Type (required)", exact=True).select_option(kind)
        page.get_by_role("button", name="Save", exact=True).last.click()
        page.wait_for_url("**/plan*")
    changed = part(page, "2 activities differ from version 1")
    expect(changed).to_contain_text(f"Added {WORKSHOP}")
    expect(changed).to_contain_text("Added Train the registrars")
    looked_at(page, "plan-draft")
    page.get_by_label("Why the plan is as it is").fill("The regions keep no register yet.")
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(part(page, "Versions")).to_contain_text("The regions keep no register yet.")
    report(page, WORKSHOP, 12)


def send(page: Page, name: str, action: str) -> None:
    """Send the one who was released to the workshop, which is over."""
    tab(page, "People")
    form = part(page, "Send somebody")
    chosen = form.get_by_label("Who").locator("option", has_text=name).get_attribute("value")
    form.get_by_label("Who").select_option(chosen)
    form.get_by_label("Activity").select_option(WORKSHOP)
    form.get_by_label("Role").select_option("Trainer")
    form.get_by_role("button", name="Send").click()
    card = page.get_by_role("article").filter(has_text="Trainer").filter(has_text=name)
    card = card.filter(has=page.get_by_role("button", name="It is done"))
    expect(card).to_contain_text("the release was granted")
    looked_at(page, "people")
    card.get_by_role("button", name="It is done").click()
    expect(part(page, "Done or called off")).to_contain_text(name)


def ask_the_room(page: Page, participant: Page) -> None:
    """Three of those in the room answer, each from a device of her own."""
    tab(page, "Overview")
    page.get_by_role("link", name="Feedback, findings and lessons").click()
    form = unfold(page, "Send a questionnaire out")
    form.get_by_label("Questionnaire", exact=True).select_option("Participants, after an activity")
    form.get_by_label("About").select_option(WORKSHOP)
    form.get_by_label("Or: people in the room").fill("12")
    form.get_by_role("button", name="Send it out").click()
    link = page.get_by_label("Link Everybody in the room").input_value()
    for number in range(3):
        participant.context.clear_cookies()
        heard(participant, link)
        if number == 0:
            looked_at(participant, "feedback-form")
        for question in participant.get_by_role("group", name=re.compile("required")).all():
            question.get_by_role("radio").nth(3 + number % 2).check()
        participant.get_by_label("What was most useful?").fill("Our own tables.")
        participant.get_by_role("button", name="Send my answers").click()
        expect(participant.get_by_role("status")).to_contain_text("Your answers are kept.")
    page.reload()
    expect(page.locator(".pagehead")).to_contain_text("3 of 12 answered")


def draw_a_finding(page: Page) -> None:
    page.get_by_role("link", name="What was said").click()
    expect(part(page, "Participants")).to_contain_text("4.3")
    looked_at(page, "feedback-of-action")
    page.get_by_role("link", name="Draw a finding").first.click()
    form = unfold(page, "Write a finding down")
    form.get_by_label("What was found").fill(TURNOVER)
    form.get_by_label("It is about").select_option("Staff turnover")
    form.get_by_role("radio", name="Weakness").check()
    form.get_by_role("button", name="Keep the finding").click()
    expect(part(page, "Findings")).to_contain_text(TURNOVER)


def learn(page: Page, base: str) -> None:
    """Let the coordinator word what came up in four Actions."""
    sign_in(page, base, "coordinator")
    page.goto(f"{base}/lessons")
    looked_at(page, "lessons")
    page.get_by_role("link", name=re.compile("in 4 Actions this did not go well")).click()
    expect(part(page, "Findings it rests on")).to_contain_text(TURNOVER)
    form = part(page, "Confirm it")
    form.get_by_label("The conclusion").fill(CONCLUSION)
    form.get_by_label("What to do next time").fill("Ask for deputies.")
    form.get_by_role("button", name="Confirm in these words").click()
    expect(page.get_by_role("main")).to_contain_text(CONCLUSION)
    looked_at(page, "lesson")


def explained(page: Page, name: str, action: str) -> None:
    """Hold that the points say which Action they rest on."""
    person = page.locator(".person").filter(has_text=name).first
    person.locator("details.why > summary").click()
    row = person.get_by_role("row", name=re.compile("Country and region"))
    expect(row).to_contain_text(WORKSHOP)
    expect(person.locator(".evs")).to_contain_text(f"Deployment, {action}")


@pytest.mark.parametrize(
    ("who", "path", "name"),
    [
        ("officer", "/messages", "messages"),
        ("officer", "/reports", "reports"),
        ("officer", "/calls", "calls"),
        ("coordinator", "/exchange", "exchange"),
        ("administrator", "/administration", "administration"),
    ],
)
def test_what_is_counted_told_and_administered_is_for_everybody(
    page: Page, live_server: str, who: str, path: str, name: str
) -> None:
    page.set_default_timeout(60_000)
    sign_in(page, live_server, who)
    answer = page.goto(f"{live_server}{path}")
    assert answer is not None
    assert answer.ok
    looked_at(page, name)
