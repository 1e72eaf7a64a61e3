"""What a process that parses untrusted files may do: bounded, without files, without a network.

Limits can only be lowered by those who hold them; none of this can be undone by a parser.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import sys
from collections.abc import Callable
from enum import StrEnum

MOST_OPEN_FILES = 64

_PR_SET_PDEATHSIG = 1
_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_MODE_FILTER = 2
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_SIGKILL = 9
_EACCES = 13

_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _FAIL = 0x7FFF0000, 0x00050000
_NUMBERS: dict[str, tuple[int, tuple[int, ...]]] = {
    "x86_64": (0xC000003E, (41, 425)),
    "aarch64": (0xC00000B7, (198, 425)),
}
"""Machine → its audit number and the numbers of `socket` and `io_uring_setup`."""


class Network(StrEnum):
    """How a process is kept from the network."""

    NAMESPACE = "namespace"
    """It lives in a network of its own that has no interface."""
    FILTER = "filter"
    """The kernel refuses it every socket."""
    OPEN = "open"
    """Nothing keeps it: this system offers neither."""


def bound(memory_bytes: int, cpu_s: int, file_bytes: int = 0) -> None:
    """Bound this process for good: memory, processor time, written files, no core dump."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
    resource.setrlimit(resource.RLIMIT_NOFILE, (MOST_OPEN_FILES, MOST_OPEN_FILES))


def leave_network() -> Network:
    """Cut this process, and those it starts, off from every network; say how.

    A namespace of its own where the system permits it; containers often do not, and there a filter
    of system calls refuses every socket.
    """
    for way, cut in ((Network.NAMESPACE, _enter_namespace), (Network.FILTER, _filter_sockets)):
        if _worked(cut):
            return way
    return Network.OPEN


def die_with_parent() -> None:
    """Have the kernel end this process when the one that started it ends."""
    if sys.platform == "linux":
        _libc().prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)


def _worked(cut: Callable[[], bool]) -> bool:
    try:
        return sys.platform == "linux" and cut()
    except (OSError, AttributeError):
        return False


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _enter_namespace() -> bool:
    libc = _libc()
    flags = _CLONE_NEWNET if os.geteuid() == 0 else _CLONE_NEWUSER | _CLONE_NEWNET
    return bool(libc.unshare(flags) == 0)


class _Instruction(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_ushort),
        ("if_true", ctypes.c_ubyte),
        ("if_false", ctypes.c_ubyte),
        ("value", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.POINTER(_Instruction)))


def _filter_sockets() -> bool:
    known = _NUMBERS.get(platform.machine())
    if known is None:
        return False
    machine, refused = known
    last = len(refused)
    steps = [
        _Instruction(_LOAD, 0, 0, 4),
        _Instruction(_JUMP_IF_EQUAL, 0, last + 1, machine),
        _Instruction(_LOAD, 0, 0, 0),
        *(_Instruction(_JUMP_IF_EQUAL, last - at, 0, number) for at, number in enumerate(refused)),
        _Instruction(_RETURN, 0, 0, _ALLOW),
        _Instruction(_RETURN, 0, 0, _FAIL | _EACCES),
    ]
    array = (_Instruction * len(steps))(*steps)
    program = _Program(len(steps), array)
    libc = _libc()
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    done = libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0)
    return bool(done == 0)
