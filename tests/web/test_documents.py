"""CVs as pages: sent, shown beside their facts, corrected, confirmed; nothing of others told."""

from __future__ import annotations

import re

import pytest
from sqlmodel import Session, select

from roster.read import FactValue, LanguageSkill, Name, Nationality, Post
from roster.tables import Document, Expert, Fact
from roster.vocabulary import (
    DocumentState,
    ExpertStatus,
    FactKind,
    FactStatus,
    LanguageLevel,
    Role,
)
from tests.api.conftest import RememberingJobs
from tests.web.officer import Desk, said

pytestmark = pytest.mark.anyio

VALUES = (
    Name(display="Ana Prates"),
    Post("Head of unit", "Immigration service", country="PT"),
    LanguageSkill("fr", LanguageLevel.B1),
)


WORDS = {Name: "Ana Prates", Post: "chefia a unidade", LanguageSkill: "francês", Nationality: "ES"}
TEXT = "Ana Prates\nchefia a unidade de francês\nES\n"


def read_cv(
    desk: Desk, *more: FactValue, country: str = "PT", name: str = "Ana Prates"
) -> Document:
    """Make a CV that was read and waits."""
    values: tuple[FactValue, ...] = (Name(display=name), *VALUES[1:], *more)
    facts = [(value, WORDS[type(value)]) for value in values]
    return desk.make.read_cv(TEXT, facts, country=country)[0]


def facts(desk: Desk) -> dict[FactKind, Fact]:
    with Session(desk.installation.engine) as session:
        return {fact.kind: fact for fact in session.exec(select(Fact))}


def status_of(desk: Desk, kind: FactKind) -> set[FactStatus]:
    with Session(desk.installation.engine) as session:
        return {fact.status for fact in session.exec(select(Fact).where(Fact.kind == kind))}


async def test_files_are_taken_in_and_read_afterwards(desk: Desk) -> None:
    jobs = desk.installation.jobs
    assert isinstance(jobs, RememberingJobs)
    async with desk.client(Role.FOCAL_POINT) as client:
        sent = await client.post(
            "/uploads", files=[("files", ("a.txt", b"one")), ("files", ("b.txt", b"two"))]
        )
        assert sent.headers["location"] == "/uploads"
        assert len(jobs.asked) == 2
        words = said((await client.get("/uploads")).text)
        assert "2 files are being read" in words
        assert "a.txt" in words
        again = await client.post("/uploads", files=[("files", ("c.txt", b"one"))])
        assert again.status_code == 303
        assert "2 all" in said((await client.get("/uploads")).text)


async def test_a_refused_file_says_why_and_harms_no_other(desk: Desk) -> None:
    async with desk.client(Role.FOCAL_POINT) as client:
        sent = await client.post(
            "/uploads",
            files=[
                ("files", ("empty.pdf", b"")),
                ("files", ("large.pdf", b"x" * 200_001)),
                ("files", ("good.txt", b"words")),
            ],
        )
        assert sent.status_code == 422
        words = said(sent.text)
        assert "2 files were not taken" in words
        assert "empty" in words
        assert "save it without them" in words
        assert "good.txt" in said((await client.get("/uploads")).text)
        nothing = await client.post("/uploads", data={})
        assert nothing.status_code == 422
        assert "Choose at least one file" in said(nothing.text)


async def test_a_document_of_another_country_is_as_absent_as_none(desk: Desk) -> None:
    other = read_cv(desk, country="FR", name="Luc Fontaine")
    async with desk.client(Role.FOCAL_POINT) as client:
        for answer in (
            await client.get(f"/documents/{other.id}"),
            await client.post(f"/documents/{other.id}/confirmation", data={}),
        ):
            assert answer.status_code == 404
            assert "Fontaine" not in answer.text
        listed = await client.get("/uploads")
        assert "Fontaine" not in listed.text
        assert "No file was sent yet" in said(listed.text)
        assert (await client.get("/documents/next")).headers["location"] == "/uploads"
        home = said((await client.get("/")).text)
        assert "Nothing waits for you" in home


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
