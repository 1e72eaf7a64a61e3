"""A mail server that takes what it is sent and keeps it."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Mailbox:
    """What a mail server was told."""

    port: int = 0
    heard: list[str] = field(default_factory=list)

    def taken(self) -> list[tuple[str, str]]:
        """Return address and text of each mail."""
        found: list[tuple[str, str]] = []
        lines = iter(self.heard)
        address = ""
        for line in lines:
            if line.startswith("rcpt TO:"):
                address = line.partition("<")[2].partition(">")[0]
            elif line.upper() == "DATA":
                mail = "\n".join(iter(lambda: next(lines), "."))
                read = email.message_from_string(mail, policy=email.policy.default)
                found.append((address, read.get_content()))
        return found


class _Session(socketserver.StreamRequestHandler):
    """Speaks as much SMTP as a client needs; keeps what it is told."""

    def handle(self) -> None:
        heard: list[str] = self.server.heard  # type: ignore[attr-defined]
        self._say("220 invented.example")
        in_data = False
        for raw in self.rfile:
            line = raw.decode().rstrip("\r\n")
            heard.append(line)
            if in_data:
                in_data = line != "."
                if not in_data:
                    self._say("250 taken")
            elif line.upper() == "DATA":
                in_data = True
                self._say("354 go on")
            elif "TO:<refused@" in line:
                self._say("550 no such person refused@invented.example")
            elif line.upper() == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def running_mailbox() -> Iterator[Mailbox]:
    """Run the server on a free port of this machine."""
    with _Server(("127.0.0.1", 0), _Session) as server:
        box = Mailbox(server.server_address[1])
        server.heard = box.heard  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield box
        server.shutdown()
        thread.join()
