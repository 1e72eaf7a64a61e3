"""CVs as pages: sent, shown beside their facts, corrected, confirmed; nothing of others told."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from roster.read import FactValue, LanguageSkill, Name, Nationality, Post
from roster.tables import Document, Fact
from roster.vocabulary import (
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


async def test_a_file_is_taken_in_and_read_afterwards(desk: Desk) -> None:
    jobs = desk.installation.jobs
    assert isinstance(jobs, RememberingJobs)
    async with desk.client(Role.FOCAL_POINT) as client:
        for name, content in (("a.txt", b"one"), ("b.txt", b"two")):
            sent = await client.post("/uploads", files=[("files", (name, content))])
            assert sent.headers["location"] == "/uploads"
        assert len(jobs.asked) == 2
        words = said((await client.get("/uploads")).text)
        assert "2 files are being read" in words
        assert "a.txt" in words
        again = await client.post("/uploads", files=[("files", ("c.txt", b"one"))])
        assert again.status_code == 303
        assert "2 all" in said((await client.get("/uploads")).text)


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        pytest.param(b"", 415, "empty", id="empty"),
        pytest.param(b"x" * 200_001, 413, "save it without them", id="large"),
    ],
)
async def test_a_refused_file_says_why(desk: Desk, content: bytes, status: int, words: str) -> None:
    async with desk.client(Role.FOCAL_POINT) as client:
        sent = await client.post("/uploads", files=[("files", ("cv.pdf", content))])
        assert sent.status_code == status
        assert words in said(sent.text)


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
