"""How long two hundred files take from the upload to their last result."""

from __future__ import annotations

import io
import os
import platform
import time
from collections import Counter
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from docx import Document as WordDocument
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import Engine

from roster.batches import NewBatch, WaitingFile, store_batch
from roster.db import unit_of_work
from roster.ingest.batches.run import run_batch
from roster.ingest.batches.taking_in import Means, Settled
from roster.policy import system_actor
from roster.vault import Vault
from roster.vocabulary import BatchKind, BatchOutcome
from tests.factories import Factory
from tests.fakes import FrozenClock
from tests.roster.ingest.uploads import cv, unreadable

_FILES = 200
_POST = """
WORK EXPERIENCE
{year} - present    Head of unit, Immigration and Borders Service, Lisbon
Design of the data collection on residence permits; training of trainers in Cabo Verde, Mauritania
and Morocco; national migration profile; round table on labour migration and remittances.
2009 - {year}    Senior analyst, National Statistics Institute, Lisbon
Statistics of asylum and return; missions to Moldova, Georgia and Armenia.
"""


def _words(number: int) -> str:
    posts = "".join(_POST.format(year=2010 + (number + at) % 12) for at in range(4))
    return f"{cv(number).decode()}\nReference {number}\n{posts}"


def _pdf(words: str) -> bytes:
    packed = io.BytesIO()
    canvas = Canvas(packed)
    lines = words.splitlines()
    for start in range(0, len(lines), 45):
        for at, line in enumerate(lines[start : start + 45]):
            canvas.drawString(60, 800 - 16 * at, line)
        canvas.showPage()
    canvas.save()
    return packed.getvalue()


def _docx(words: str) -> bytes:
    document = WordDocument()
    for line in words.splitlines():
        document.add_paragraph(line)
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def _file(number: int) -> WaitingFile:
    if number % 20 == 19:
        return WaitingFile(f"{number}.bin", unreadable())
    words = _words(number)
    kinds = (("pdf", _pdf(words)), ("docx", _docx(words)), ("txt", words.encode()))
    ending, content = kinds[number % 5 // 2]
    return WaitingFile(f"{number}.{ending}", content)


@pytest.mark.benchmark
def test_two_hundred_files(
    engine: Engine, clock: FrozenClock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Print seconds in all and per file, with a roster of seven hundred to compare with."""
    means = Means(engine, Vault([Fernet.generate_key()]), clock, 20_000_000)
    files = tuple(map(_file, range(_FILES)))
    with unit_of_work(engine) as session:
        make = Factory(session)
        for at in range(700):
            make.expert(f"Person {at} Invented")
        actor = system_actor(make.home.id)
        started = time.perf_counter()
        new = NewBatch(BatchKind.FILES, files, country="PT")
        batch_id = store_batch(session, actor, new, vault=means.vault, clock=clock).id
    kept = time.perf_counter()
    told: list[Settled] = []
    run_batch(means, batch_id, told.append)
    done = time.perf_counter()
    counts = Counter(one.outcome for one in told)
    assert sum(counts.values()) == _FILES
    assert counts[BatchOutcome.REFUSED] == _FILES // 20
    with capsys.disabled():
        print(  # noqa: T201 -- the figures are the result.
            f"\n{engine.dialect.name}, {os.cpu_count()} cores {platform.machine()}: {_FILES} files "
            f"({sum(len(file.content) for file in files) / 1e6:.1f} MB) kept in "
            f"{kept - started:.1f} s, read in {done - kept:.1f} s, "
            f"{(done - kept) / _FILES * 1e3:.0f} ms each; {dict(counts)}"
        )
