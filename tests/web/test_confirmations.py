"""Confirming a CV as a page: facts decided on, pages shown, a known record left standing."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from PIL import Image
from sqlmodel import Session, select

from roster.dates import PartialDate
from roster.read import (
    FactValue,
    LanguageSkill,
    Mission,
    Name,
    Nationality,
    Post,
    Span,
    TopicExperience,
)
from roster.serial import to_json
from roster.tables import AccessLog, Document, DocumentBlob, DocumentVersion, Expert, Fact
from roster.vocabulary import (
    DocumentState,
    ExpertStatus,
    FactKind,
    FactStatus,
    LanguageLevel,
    Role,
)
from tests.web.officer import Desk, said

pytestmark = pytest.mark.anyio

VALUES = (
    Name(display="Ana Prates"),
    Post("Head of unit", "Immigration service", country="PT"),
    LanguageSkill("fr", LanguageLevel.B1),
)
WORDS = {
    Name: "Ana Prates",
    Post: "chefia a unidade",
    LanguageSkill: "francês",
    Nationality: "ES",
    Mission: "missão",
}
TEXT = "Ana Prates\nchefia a unidade de francês\nES missão\n"


def read_cv(
    desk: Desk, *more: FactValue, country: str = "PT", name: str = "Ana Prates"
) -> Document:
    """Make a CV that was read and waits."""
    values: tuple[FactValue, ...] = (Name(display=name), *VALUES[1:], *more)
    facts = [(value, WORDS[type(value)]) for value in values]
    return desk.make.read_cv(TEXT, facts, country=country)[0]


def facts(desk: Desk) -> dict[FactKind, Fact]:
    """Return the facts read, one of each kind."""
    with Session(desk.installation.engine) as session:
        read = select(Fact).where(Fact.span != None)  # noqa: E711 -- SQL
        return {fact.kind: fact for fact in session.exec(read)}


def status_of(desk: Desk, kind: FactKind) -> set[FactStatus]:
    with Session(desk.installation.engine) as session:
        return {fact.status for fact in session.exec(select(Fact).where(Fact.kind == kind))}


def change(desk: Desk, kind: FactKind, **said_of_it: object) -> None:
    """Change a fact that was read."""
    desk.session.commit()
    with Session(desk.installation.engine) as session:
        fact = session.exec(select(Fact).where(Fact.kind == kind)).one()
        for name, value in said_of_it.items():
            setattr(fact, name, value)
        session.add(fact)
        session.commit()


async def test_marks_and_facts_lead_to_each_other(desk: Desk) -> None:
    document = read_cv(desk)
    async with desk.client(Role.FOCAL_POINT) as client:
        page = (await client.get(f"/documents/{document.id}")).text
        marks = re.findall(r'id="m(\d+)" href="#f(\d+)"', page)
        assert len(marks) == len(VALUES)
        for mark, fact in marks:
            assert mark == fact
            assert page.count(f'id="f{fact}"') == 1
            assert f'href="#m{mark}"' in page


async def test_a_correction_a_strike_and_an_addition_are_kept(desk: Desk) -> None:
    document = read_cv(desk, Nationality("ES"))
    async with desk.client(Role.FOCAL_POINT) as client:
        held = facts(desk)
        language, nation = held[FactKind.LANGUAGE], held[FactKind.NATIONALITY]
        form = {
            f"{language.id}.language": "French",
            f"{language.id}.level": "C1",
            f"v-{nation.id}": "wrong",
            "add-language-1.language": "Portuguese",
            "add-language-1.level": "native",
        }
        done = await client.post(f"/documents/{document.id}/confirmation", data=form)
        assert done.status_code == 303, said(done.text)
        page = said((await client.get(done.headers["location"])).text)
        assert "in the next ranking" in page
        assert "French C1" in page
        assert "Portuguese mother tongue" in page
        assert "not given" in page
    assert status_of(desk, FactKind.NATIONALITY) == {FactStatus.REJECTED}
    assert FactStatus.SUPERSEDED in status_of(desk, FactKind.LANGUAGE)
    with Session(desk.installation.engine) as session:
        assert session.exec(select(Expert)).one().status is ExpertStatus.ACTIVE
        assert session.exec(select(Document)).one().state is DocumentState.CONFIRMED


async def test_a_slip_keeps_everything_typed_and_confirms_nothing(desk: Desk) -> None:
    document = read_cv(desk)
    async with desk.client(Role.FOCAL_POINT) as client:
        language = facts(desk)[FactKind.LANGUAGE]
        form = {f"{language.id}.language": "Klingonese", "add-post.title": "Adviser"}
        answer = await client.post(f"/documents/{document.id}/confirmation", data=form)
        assert answer.status_code == 422
        assert "Klingonese" in answer.text
        assert 'value="Adviser"' in answer.text
        assert "is not known" in said(answer.text)
    assert {fact.status for fact in facts(desk).values()} == {FactStatus.PROPOSED}


async def test_nobody_is_put_on_the_roster_without_a_name(desk: Desk) -> None:
    document = read_cv(desk)
    async with desk.client(Role.FOCAL_POINT) as client:
        name = facts(desk)[FactKind.NAME]
        path = f"/documents/{document.id}/confirmation"
        answer = await client.post(path, data={f"v-{name.id}": "wrong"})
        assert answer.status_code == 422
        assert "name" in said(answer.text).lower()
        assert facts(desk)[FactKind.POST].status is FactStatus.PROPOSED
        given = {f"v-{name.id}": "wrong", "add-name.display": "Ana Maria Prates"}
        done = await client.post(path, data=given)
        assert done.status_code == 303
        assert "Ana Maria Prates" in (await client.get(done.headers["location"])).text


def twice_read(desk: Desk, *doubts: str | None) -> tuple[Document, list[Fact]]:
    """Make a CV that names one topic in several places, each with its doubt and its own dates."""
    said = [(TopicExperience("asylum_international_protection"), "asylum") for _ in doubts]
    document, _, read = desk.make.read_cv(
        "Ana Prates\n" + "asylum\n" * len(doubts), [(Name("Ana Prates"), "Ana Prates"), *said]
    )
    topics = [fact for fact in read if fact.kind is FactKind.TOPIC]
    for year, (fact, doubt) in enumerate(zip(topics, doubts, strict=True), start=2015):
        fact.doubt, fact.valid_from = doubt, PartialDate(year)
        desk.session.add(fact)
    desk.session.commit()
    return document, topics


async def test_what_is_read_in_several_places_is_decided_on_once(desk: Desk) -> None:
    document, topics = twice_read(desk, "named in passing", "named in passing")
    async with desk.client(Role.FOCAL_POINT) as client:
        page = await client.get(f"/documents/{document.id}")
        assert "1 to check" in said(page.text)
        assert "Read in 2 places" in said(page.text)
        assert "2015" in said(page.text)
        (shown,) = [fact for fact in topics if f"v-{fact.id}" in page.text]
        form = {f"v-{shown.id}": "right"}
        done = await client.post(f"/documents/{document.id}/confirmation", data=form)
        assert done.status_code == 303
    assert status_of(desk, FactKind.TOPIC) == {FactStatus.CONFIRMED}


async def test_one_strike_and_one_correction_hold_for_every_place(desk: Desk) -> None:
    document, topics = twice_read(desk, "named in passing", None, None)
    async with desk.client(Role.FOCAL_POINT) as client:
        page = await client.get(f"/documents/{document.id}")
        assert "Nothing to check" in said(page.text)
        (shown,) = [fact for fact in topics if f"v-{fact.id}" in page.text]
        form = {f"{shown.id}.topic": "no-such-topic"}
        path = f"/documents/{document.id}/confirmation"
        assert (await client.post(path, data=form)).status_code == 422
        done = await client.post(path, data={f"{shown.id}.topic": "integration_of_migrants"})
        assert done.status_code == 303, said(done.text)
    with Session(desk.installation.engine) as session:
        read = session.exec(select(Fact).where(Fact.kind == FactKind.TOPIC)).all()
    standing = [fact for fact in read if fact.status is FactStatus.CONFIRMED]
    assert {fact.value["topic"] for fact in standing} == {"integration_of_migrants"}
    assert {str(fact.valid_from) for fact in standing} == {"2015", "2016", "2017"}
    other, topics = twice_read(desk, "named in passing", "named in passing")
    async with desk.client(Role.FOCAL_POINT) as client:
        page = await client.get(f"/documents/{other.id}")
        (shown,) = [fact for fact in topics if f"v-{fact.id}" in page.text]
        form = {f"v-{shown.id}": "wrong", "same_as": "new"}
        done = await client.post(f"/documents/{other.id}/confirmation", data=form)
        assert done.status_code == 303, said(done.text)
    with Session(desk.installation.engine) as session:
        assert {session.get_one(Fact, fact.id).status for fact in topics} == {FactStatus.REJECTED}


async def test_what_is_doubted_counts_only_when_somebody_says_so(desk: Desk) -> None:
    document = read_cv(desk)
    with Session(desk.installation.engine) as session:
        desk.session.commit()
        doubted = session.exec(select(Fact).where(Fact.kind == FactKind.LANGUAGE)).one()
        doubted.doubt = "The scale is not said."
        session.add(doubted)
        session.commit()
    async with desk.client(Role.FOCAL_POINT) as client:
        page = await client.get(f"/documents/{document.id}")
        assert "The scale is not said." in said(page.text)
        done = await client.post(f"/documents/{document.id}/confirmation", data={})
        assert done.status_code == 303
    assert status_of(desk, FactKind.LANGUAGE) == {FactStatus.PROPOSED}
    assert status_of(desk, FactKind.POST) == {FactStatus.CONFIRMED}


async def test_a_person_who_may_be_known_is_asked_about(desk: Desk) -> None:
    known = desk.make.expert("Ana Prates")
    desk.make.member(known, desk.make.home)
    desk.make.view(known)
    document = read_cv(desk)
    path = f"/documents/{document.id}/confirmation"
    async with desk.client(Role.FOCAL_POINT) as client:
        assert "on the roster already" in said((await client.get(f"/documents/{document.id}")).text)
        unsaid = await client.post(path, data={})
        assert unsaid.status_code == 422
        assert "Say whether this is the same person" in said(unsaid.text)
        done = await client.post(path, data={"same_as": str(known.id)})
        assert done.headers["location"] == f"/experts/{known.id}?done=confirmed"
        again = await client.post(path, data={"same_as": "new"})
        assert again.status_code == 409


async def test_an_officer_reads_a_confirmed_cv_and_cannot_confirm(desk: Desk) -> None:
    document = read_cv(desk)
    async with desk.client() as client:
        page = await client.get(f"/documents/{document.id}")
        assert page.status_code == 200
        assert "/confirmation" not in page.text
        refused = await client.post(f"/documents/{document.id}/confirmation", data={})
        assert refused.status_code == 403


@pytest.mark.parametrize(
    "doubt", [{"doubt": "the scale is not said"}, {"confidence": 0.89}], ids=["doubt", "unsure"]
)
async def test_what_was_not_read_surely_waits_for_a_word_and_says_why(
    desk: Desk, doubt: dict[str, object]
) -> None:
    document = read_cv(desk)
    change(desk, FactKind.LANGUAGE, **doubt)
    async with desk.client(Role.FOCAL_POINT) as client:
        page = said((await client.get(f"/documents/{document.id}")).text)
        assert "1 to check, 2 sure" in page
        assert ("The scale is not said" if "doubt" in doubt else "Read, but not surely.") in page
        language = facts(desk)[FactKind.LANGUAGE]
        path = f"/documents/{document.id}/confirmation"
        assert (await client.post(path, data={f"v-{language.id}": "right"})).status_code == 303
    assert status_of(desk, FactKind.LANGUAGE) == {FactStatus.CONFIRMED}


async def test_facts_come_by_kind_and_posts_the_newest_first(desk: Desk) -> None:
    facts_read: list[tuple[FactValue, str]] = [
        (Post("Clerk", "Court"), "chefia"),
        (LanguageSkill("fr", LanguageLevel.B1), "francês"),
        (Post("Judge", "Court"), "unidade"),
        (Name("Ana Prates"), "Ana Prates"),
    ]
    document, _, (clerk, _, judge, _) = desk.make.read_cv(TEXT, facts_read)
    judge.ongoing = True
    clerk.valid_from, clerk.valid_to = PartialDate(2001), PartialDate(2009)
    desk.session.add_all([clerk, judge])
    async with desk.client(Role.FOCAL_POINT) as client:
        page = said((await client.get(f"/documents/{document.id}")).text)
    page = page[page.index("Nothing to check") :]
    order = [page.index(words) for words in ("Ana Prates", "French, B1", "Judge", "Clerk")]
    assert order == sorted(order)


# A known person.


def known_ana(desk: Desk) -> tuple[Expert, Document]:
    """Make Ana as she was confirmed: French B2 and Arabic; her new CV says B1 and no Arabic."""
    known = desk.make.expert("Ana Prates")
    desk.make.member(known, desk.make.home)
    desk.make.fact(known, LanguageSkill("fr", LanguageLevel.B2))
    desk.make.fact(known, LanguageSkill("ar", LanguageLevel.A2))
    desk.make.view(known)
    return known, read_cv(desk)


async def test_a_known_person_is_shown_as_differences(desk: Desk) -> None:
    known, document = known_ana(desk)
    async with desk.client(Role.FOCAL_POINT) as client:
        plain = (await client.get(f"/documents/{document.id}")).text
        assert f"as={known.id}" in plain
        assert "Changed against the record" not in plain
        page = (await client.get(f"/documents/{document.id}?as={known.id}")).text
    words = said(page)
    assert "Nothing to check" not in words
    assert "1 changed, 1 sure" in words
    assert re.search(r"French, B2 .*confirmed, said on .* French, B1", words)
    assert "Keep what is on the record" in words
    assert "The same as on the record 1" in words
    assert "On the record and not in this CV 1" in words
    assert "Arabic, A2" in words
    assert re.search(r'value="keep" checked', page)


async def test_a_merge_without_a_look_at_the_differences_is_not_done(desk: Desk) -> None:
    known, document = known_ana(desk)
    async with desk.client(Role.FOCAL_POINT) as client:
        path = f"/documents/{document.id}/confirmation"
        form = {"same_as": str(known.id), "compared": "", "add-topic.topic": "data_management"}
        unseen = await client.post(path, data=form)
        assert unseen.status_code == 422
        words = said(unseen.text)
        assert "Look at what has changed below" in words
        assert "Keep what is on the record" in words
        assert f'name="compared" value="{known.id}"' in unseen.text
        assert 'value="data_management" selected' in unseen.text
        seen = await client.post(path, data={**form, "compared": str(known.id)})
        assert seen.status_code == 303
        record = said((await client.get(f"/experts/{known.id}")).text)
    assert "French B2" in record
    assert "Arabic A2" in record


async def test_the_new_value_is_taken_and_the_old_is_withdrawn_where_somebody_says_so(
    desk: Desk,
) -> None:
    known, document = known_ana(desk)
    async with desk.client(Role.FOCAL_POINT) as client:
        page = (await client.get(f"/documents/{document.id}?as={known.id}")).text
        (arabic,) = re.findall(r'name="(w-[0-9a-f-]+)"', page)
        french = facts(desk)[FactKind.LANGUAGE]
        form = {
            "same_as": str(known.id),
            "compared": str(known.id),
            f"v-{french.id}": "right",
            arabic: "1",
        }
        done = await client.post(f"/documents/{document.id}/confirmation", data=form)
        assert done.status_code == 303
        record = said((await client.get(f"/experts/{known.id}")).text)
    assert "French B1" in record
    assert "Arabic" not in record


# Corrections.


@pytest.mark.parametrize(
    ("form", "words"),
    [
        pytest.param(
            {"add-nationality.country": "Ruritania"},
            "The country “Ruritania” is not known",
            id="country",
        ),
        pytest.param({"add-email.value": "ana at sef"}, "Give the address in full", id="mail"),
        pytest.param({"add-birth-year.year": "79"}, "four digits", id="year"),
        pytest.param(
            {"add-post.title": "Judge", "add-post.from": "last year"}, "2016-04", id="date"
        ),
        pytest.param(
            {"add-mission.what": "Visit", "add-mission.countries": "Mali, Atlantis"},
            "The country “Atlantis” is not known",
            id="countries",
        ),
    ],
)
async def test_what_is_in_no_list_or_cannot_be_is_refused_with_words_beside_its_field(
    desk: Desk, form: dict[str, str], words: str
) -> None:
    document = read_cv(desk)
    async with desk.client(Role.FOCAL_POINT) as client:
        answer = await client.post(f"/documents/{document.id}/confirmation", data=form)
    assert answer.status_code == 422
    assert words in said(answer.text)
    (first, *_) = form
    assert f'href="#{first.partition(".")[0]}"' in answer.text
    assert {fact.status for fact in facts(desk).values()} == {FactStatus.PROPOSED}


async def test_countries_and_languages_are_chosen_from_their_lists(desk: Desk) -> None:
    document = read_cv(desk)
    async with desk.client(Role.FOCAL_POINT) as client:
        page = (await client.get(f"/documents/{document.id}")).text
        held = facts(desk)
        language, post = held[FactKind.LANGUAGE], held[FactKind.POST]
        assert re.search(
            rf'name="{language.id}.language" value="French"[^>]*list="languages"', page
        )
        assert re.search(rf'name="{post.id}.country" value="Portugal"[^>]*list="countries"', page)
        assert page.count("<option>Spain</option>") == 1
        form = {f"{language.id}.language": "portuguese", f"{post.id}.country": "Spain"}
        done = await client.post(f"/documents/{document.id}/confirmation", data=form)
        record = said((await client.get(done.headers["location"])).text)
    assert "Portuguese B1" in record
    assert "Spain" in record


# One after the other.


async def test_files_are_gone_through_one_after_the_other(desk: Desk) -> None:
    first, second, third = (read_cv(desk, name=name) for name in ("Ana A", "Bea B", "Eva C"))
    by_id = sorted([first.id, second.id, third.id])
    async with desk.client(Role.FOCAL_POINT) as client:
        page = said((await client.get(f"/documents/{by_id[1]}")).text)
        html = (await client.get(f"/documents/{by_id[1]}")).text
        assert "2 of 3 waiting" in re.sub(r"<[^>]+>", " ", html)
        assert f'rel="prev" href="/documents/{by_id[0]}"' in html
        assert f'rel="next" href="/documents/{by_id[2]}"' in html
        assert "Next CV, 2 left" in page
        done = await client.post(f"/documents/{by_id[1]}/confirmation", data={})
        assert done.headers["location"].startswith(f"/documents/{by_id[2]}?confirmed=")
        done = await client.post(f"/documents/{by_id[2]}/confirmation", data={})
        assert done.headers["location"].startswith(f"/documents/{by_id[0]}?confirmed=")


# The pages of the file.


def with_picture(desk: Desk, document: Document) -> None:
    """Keep an original that is a picture of one page, with the name's place on it."""
    drawn = BytesIO()
    Image.new("RGB", (120, 160), "white").save(drawn, "PNG")
    document.media_type = "image/png"
    desk.session.add(document)
    desk.make.keep(
        DocumentBlob(
            facility_id=document.facility_id,
            document_id=document.id,
            content=desk.installation.vault.lock(drawn.getvalue()),
        )
    )
    version = desk.session.exec(select(DocumentVersion)).one()
    version.pages = [{**version.pages[0], "width": 595.0, "height": 842.0}]
    version.notes = ["Page 1 is a picture; its words were recognised."]
    name = desk.session.exec(select(Fact).where(Fact.kind == FactKind.NAME)).one()
    name.span = to_json(Span(0, 10, 1, ((60.0, 80.0, 200.0, 95.5),)))
    desk.session.add_all([version, name])


async def test_the_page_is_shown_with_the_places_of_its_facts(desk: Desk) -> None:
    document = read_cv(desk)
    with_picture(desk, document)
    src = f"/documents/{document.id}/pages/1.png"
    async with desk.client(Role.FOCAL_POINT) as client:
        page = (await client.get(f"/documents/{document.id}")).text
        assert f'src="{src}"' in page
        assert 'viewBox="0 0 595 842"' in page
        assert '<rect x="58.5" y="78.5" width="143" height="18.5"' in page
        assert 'id="b1" href="#f1"' in page
        assert 'href="#b1" data-place="1"' in page
        # What has no place on the picture leads to the text.
        assert 'href="#m2" data-place="2"' in page
        assert "its words were recognised" in said(page)
        text = (await client.get(f"/documents/{document.id}?show=text")).text
        assert 'href="#m1" data-place="1"' in text
        picture = await client.get(src)
        assert picture.status_code == 200
        assert picture.headers["content-type"] == "image/png"
        assert picture.headers["cache-control"].startswith("private")
        assert picture.content.startswith(b"\x89PNG")
        assert (await client.get(f"/documents/{document.id}/pages/9.png")).status_code == 404
    with Session(desk.installation.engine) as session:
        assert "cv page" in set(session.exec(select(AccessLog.what)))


async def test_the_page_is_nobodys_who_sees_a_part_only(desk: Desk) -> None:
    document = read_cv(desk)
    with_picture(desk, document)
    other = read_cv(desk, country="FR", name="Luc Fontaine")
    async with desk.client() as client:
        page = await client.get(f"/documents/{document.id}")
        assert page.status_code == 200
        assert ".png" not in page.text
        assert (await client.get(f"/documents/{document.id}/pages/1.png")).status_code == 404
    async with desk.client(Role.FOCAL_POINT) as client:
        assert (await client.get(f"/documents/{other.id}/pages/1.png")).status_code == 404


async def test_a_file_without_pages_shows_its_text_with_the_words_marked(desk: Desk) -> None:
    document = read_cv(desk)
    async with desk.client(Role.FOCAL_POINT) as client:
        page = (await client.get(f"/documents/{document.id}")).text
    assert ".png" not in page
    assert "data-view" not in page
    assert re.search(r'id="m1" href="#f1"><sup>1</sup>Ana Prates', page)
    assert re.search(r'data-shown="text"(?![^>]*hidden)', page)
