"""Threads of a process that answers share few heaps."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

_COUNT = """
import ctypes, sys, tempfile, threading
from api.heaps import keep_to_few_heaps
keep_to_few_heaps()
done = threading.Barrier(13)
def work():
    held = [bytes(600) for _ in range(2000)]
    done.wait()
    del held
threads = [threading.Thread(target=work) for _ in range(12)]
for one in threads: one.start()
done.wait()
libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
with tempfile.NamedTemporaryFile() as file:
    told = ctypes.c_void_p(libc.fopen(file.name.encode(), b"w"))
    libc.malloc_info(0, told)
    libc.fclose(told)
    sys.stdout.write(str(file.read().count(b"<heap nr=")))
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="a setting of the GNU C library")
def test_a_dozen_threads_share_two_heaps() -> None:
    command = [sys.executable, "-c", _COUNT]
    found = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 -- ours
    assert int(found.stdout) <= 2
