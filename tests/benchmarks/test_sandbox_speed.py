"""What the sandbox costs beside parsing; figures are of the machine they were taken on."""

from __future__ import annotations

import os
import platform
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from roster.ingest.reading import read_file
from roster.ingest.sandbox.apart import read_apart
from tests.roster.ingest.documents import docx_of, pdf_of

FILES = 200
RTF = rb"{\rtf1\ansi Marta Kowalczyk\par Head of Unit, Ministry of the Interior\par}"


@pytest.mark.benchmark
def test_reading_speed_of_warm_workers(capsys: pytest.CaptureFixture[str]) -> None:
    """Print the start, one file and 200 mixed files with two workers; asserts no time."""
    moments = [time.perf_counter()]
    read_apart(b"words", "text")
    moments.append(time.perf_counter())
    for _ in range(20):
        read_apart(b"words", "text")
    moments.append(time.perf_counter())
    kinds = (pdf_of(), docx_of(), RTF, b"Jane Doe\njane@doe.example\nNationality: Irish")
    with ThreadPoolExecutor(2) as threads:
        texts = list(threads.map(read_file, [kinds[at % 4] for at in range(FILES)]))
    moments.append(time.perf_counter())
    start, one, many = (after - before for before, after in pairwise(moments))
    with capsys.disabled():
        print(  # noqa: T201 - a benchmark prints its figures
            f"\n{platform.machine()}, {os.cpu_count()} cores: first file {start:.2f} s, "
            f"the sandbox itself {one / 20 * 1000:.0f} ms a file, "
            f"{FILES} mixed files with two workers {many:.1f} s"
        )
    assert len(texts) == FILES
