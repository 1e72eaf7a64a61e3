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
from datetime import UTC, datetime
from pathlib import Path

import httpx
from cryptography.fernet import Fernet
from sqlmodel import Session

from roster.administration import issue_key
from roster.policy import GRANTED, system_actor
from roster.vocabulary import Role
from tests.factories import Factory

KEY = Fernet.generate_key().decode()
_PATIENCE_S = 400
_ROOT = Path(__file__).parents[2]
_ANEW = httpx.Limits(max_keepalive_connections=0)
_PLAIN = httpx.Client(timeout=60, verify=False, limits=_ANEW)  # noqa: S501 -- there is no TLS here; reading certificates takes longer than a call.


def eventually(is_so: Callable[[], bool], what: str, patience_s: float = _PATIENCE_S) -> float:
    """Wait until something is so; return the seconds that took."""
    began = time.monotonic()
    while time.monotonic() - began < patience_s:
        if is_so():
            return time.monotonic() - began
        time.sleep(0.2)
    raise AssertionError(f"did not happen within {patience_s:.0f} s: {what}")


def say(figure: str) -> None:
    """Print a figure; pytest shows it with `-n 0 -s`."""
    print(f"\n{figure}")  # noqa: T201 -- it is what the test is run for by hand.


def key_of(session: Session, role: Role = Role.COORDINATOR, country: str | None = None) -> str:
    """Make an account with a role, and return a key of it; all is committed."""
    make = Factory(session)
    account = make.account()
    make.grant(account, role, country=country)
    actor, now = system_actor(make.home.id), datetime.now(UTC)
    scopes = GRANTED[role]
    _, token = issue_key(session, actor, account.id, label="test", scopes=scopes, now=now)
    session.commit()
    return token


class Host:
    """One process of the command, with what it needs to find its data.

    Parameters
    ----------
    folder : its data folder; two on one machine with an embedded database share it
    url : of the database; empty is the embedded one in the folder
    address : that it listens on
    said : folder for what it says; None is the data folder
    settings : further environment variables
    """

    def __init__(
        self,
        folder: Path,
        url: str = "",
        address: str = "127.0.0.1",
        *,
        said: Path | None = None,
        **settings: str,
    ) -> None:
        self.folder = folder
        self.address = address
        self.port = _free_port(address)
        self.process: subprocess.Popen[bytes] | None = None
        self.said = (said or folder) / f"said-{address}-{self.port}.log"
        self._environment = {
            **os.environ,
            "PYTHONPATH": str(_ROOT),
            "ROSTER_DATA_DIR": str(folder),
            "ROSTER_DATABASE_URL": url,
            "ROSTER_DOCUMENT_KEY": KEY,
            "ROSTER_ENCODER": "false",
            "ROSTER_RATE_PER_MINUTE": "0",
            **settings,
        }

    def run(self, *command: str) -> None:
        """Begin a command of the product."""
        self.said.parent.mkdir(parents=True, exist_ok=True)
        with self.said.open("ab") as said:
            self.process = subprocess.Popen(  # noqa: S603 -- our own command.
                [sys.executable, "-m", "api.cli", *command],
                env=self._environment,
                stdout=said,
                stderr=said,
                cwd=_ROOT,
            )

    def begin(self, *options: str) -> None:
        """Begin to serve."""
        self.run("serve", "--host", self.address, "--port", str(self.port), *options)

    def serve(self, *options: str) -> None:
        """Begin to serve, and wait until it answers."""
        self.begin(*options)
        self.wait()

    def begin_work(self) -> None:
        """Begin to work."""
        self.run("worker", "--port", str(self.port))

    def wait(self) -> float:
        """Wait until it answers; return the seconds that took."""
        return eventually(self.is_ready, f"it serves; see {self.said}")

    def is_ready(self) -> bool:
        """Whether it can serve."""
        assert self.process is not None
        assert self.process.poll() is None, f"it ended: {self.words()[-2000:]}"
        try:
            return self.get("/readyz").status_code == 200
        except httpx.TransportError:
            return False

    def get(self, path: str, cookie: str = "") -> httpx.Response:
        """Ask without a key."""
        return _PLAIN.get(self.base + path, headers={"Cookie": cookie} if cookie else {})

    def post(self, path: str, cookie: str = "", **form: str) -> httpx.Response:
        """Send a form as a browser does."""
        headers = {"Cookie": cookie} if cookie else {}
        return _PLAIN.post(self.base + path, headers=headers, data=form)

    @property
    def base(self) -> str:
        """Where it answers."""
        return f"http://{self.address}:{self.port}"

    def words(self) -> str:
        """Return what it said so far, on both streams."""
        return self.said.read_text(encoding="utf-8", errors="replace")

    @contextmanager
    def client(self, key: str) -> Iterator[httpx.Client]:
        """Open a client with a key."""
        headers = {"Authorization": f"Bearer {key}"}
        with httpx.Client(base_url=self.base, headers=headers, timeout=60, verify=False) as opened:  # noqa: S501 -- no TLS here; to read the certificates takes longer than a call.
            yield opened

    def children(self) -> list[int]:
        """Return the processes that it began and that serve."""
        assert self.process is not None
        return [pid for pid in children_of(self.process.pid) if b"spawn_main" in _command(pid)]

    def kill(self, sign: signal.Signals = signal.SIGKILL) -> int:
        """End it; return how it ended."""
        assert self.process is not None
        self.process.send_signal(sign)
        return self.process.wait(timeout=120)


def children_of(pid: int) -> list[int]:
    """Return the processes that a process began."""
    try:
        return list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))
    except OSError:  # It ended.
        return []


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


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
