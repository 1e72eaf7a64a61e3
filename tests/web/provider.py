"""A packaged OpenID Connect provider, run as a process of its own beside the tests."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import httpx
import orjson

_PATIENCE_S = 30
_PAUSE_S = 0.05


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


@contextmanager
def running_provider(port: int, people: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    """Run the provider with people by subject; give its address. Each start makes new keys."""
    said = [
        part
        for subject, claims in people.items()
        for part in ("--user-claims", orjson.dumps({"sub": subject, **claims}).decode())
    ]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "-p", str(port)]
    process = subprocess.Popen(  # noqa: S603 -- the packaged provider, with our own words.
        [*command, "--require-nonce", "true", *said],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://localhost:{port}"
    try:
        _wait_for(f"{address}/jwks", process)
        yield address
    finally:
        process.terminate()
        process.wait(_PATIENCE_S)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until and process.poll() is None:
        try:
            httpx.get(address)
        except httpx.TransportError:
            time.sleep(_PAUSE_S)
        else:
            return
    raise AssertionError("the provider did not start")


def agree(there: str, subject: str) -> str:
    """Sign in with the provider as somebody; return the address that it leads back to."""
    answer = httpx.post(there, data={"sub": subject})
    assert answer.status_code == 302, answer.text
    return str(answer.headers["location"])
