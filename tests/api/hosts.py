"""Hosts of one service, each a process of the command on a loopback address of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
from cryptography.fernet import Fernet

KEY = Fernet.generate_key().decode()
_PATIENCE_S = 240


def eventually(is_so: Callable[[], bool], what: str, patience_s: float = _PATIENCE_S) -> float:
    """Wait until something is so; return the seconds that took."""
    began = time.monotonic()
    while time.monotonic() - began < patience_s:
        if is_so():
            return time.monotonic() - began
        time.sleep(0.1)
    raise AssertionError(f"did not happen within {patience_s:.0f} s: {what}")


class Host:
    """One process of the command, with what it needs to find its data.

    Parameters
    ----------
    folder : its data folder; two on one machine with an embedded database share it
    url : of the database; empty is the embedded one in the folder
    address : that it listens on
    """

    def __init__(self, folder: Path, url: str, address: str = "127.0.0.1") -> None:
        self.folder = folder
        self.address = address
        self.port = _free_port(address)
        self.process: subprocess.Popen[bytes] | None = None
        self.said = folder / f"said-{address}-{self.port}.log"
        self._environment = {
            **os.environ,
            "ROSTER_DATA_DIR": str(folder),
            "ROSTER_DATABASE_URL": url,
            "ROSTER_DOCUMENT_KEY": KEY,
            "ROSTER_ENCODER": "false",
            "ROSTER_RATE_PER_MINUTE": "0",
        }

    def run(self, *command: str) -> None:
        """Begin a command of the product."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.said.open("ab") as said:
            self.process = subprocess.Popen(  # noqa: S603 -- our own command.
                [sys.executable, "-m", "api.cli", *command],
                env=self._environment,
                stdout=said,
                stderr=said,
                cwd=Path(__file__).parents[2],
            )

    def serve(self, *options: str) -> None:
        """Begin to serve, and wait until it answers."""
        self.run("serve", "--host", self.address, "--port", str(self.port), *options)
        self.wait()

    def work(self) -> None:
        """Begin to work, and wait until it says so."""
        self.run("worker", "--port", str(self.port))
        self.wait()

    def wait(self) -> float:
        """Wait until it answers; return the seconds that took."""
        return eventually(self.is_ready, f"it serves; see {self.said}")

    def is_ready(self) -> bool:
        """Whether it can serve."""
        try:
            return httpx.get(f"{self.base}/readyz", timeout=20).status_code == 200
        except httpx.TransportError:
            return False

    @property
    def base(self) -> str:
        """Where it answers."""
        return f"http://{self.address}:{self.port}"

    def client(self, key: str) -> httpx.Client:
        """Open a client with a key."""
        headers = {"Authorization": f"Bearer {key}"}
        return httpx.Client(base_url=self.base, headers=headers, timeout=60)

    def children(self) -> list[int]:
        """Return the processes that it began and that serve."""
        assert self.process is not None
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        serving = []
        for pid in map(int, found.split()):
            words = Path(f"/proc/{pid}/cmdline").read_bytes()
            if b"spawn_main" in words:
                serving.append(pid)
        return serving

    def kill(self, sign: signal.Signals = signal.SIGKILL) -> int:
        """End it; return how it ended."""
        assert self.process is not None
        self.process.send_signal(sign)
        return self.process.wait(timeout=120)


def _free_port(address: str) -> int:
    with socket.socket() as free:
        free.bind((address, 0))
        return int(free.getsockname()[1])


@contextmanager
def stopping(*hosts: Host) -> Iterator[None]:
    """Stop hosts at the end, whatever happens."""
    with ExitStack() as ends:
        for one in hosts:
            ends.callback(_end, one)
        yield


def _end(host: Host) -> None:
    if host.process is not None and host.process.poll() is None:
        host.process.terminate()
        try:
            host.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            host.process.kill()
            host.process.wait()
