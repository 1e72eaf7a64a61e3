import asyncio
from collections.abc import Mapping

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.testing import capture_logs

from api.logs import HUNG_UP, RequestLog


async def reads_all(scope: Scope, receive: Receive, send: Send) -> None:
    """Read the body first, as a route does that takes a file."""
    await Request(scope, receive).body()


async def breaks(scope: Scope, receive: Receive, send: Send) -> None:
    """Fail."""
    raise KeyError("Ana Prates")


def called(app: ASGIApp, messages: list[Message]) -> tuple[list[Message], Mapping[str, object]]:
    """Return what was answered to a call, and what was logged of it."""
    sent: list[Message] = []
    scope = {"type": "http", "method": "POST", "path": "/x", "headers": [], "query_string": b""}

    async def receive() -> Message:
        return messages.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    with capture_logs() as logged:
        asyncio.run(RequestLog(app)(scope, receive, send))
    return sent, logged[-1]


def test_who_hangs_up_while_sending_is_no_fault_of_the_service() -> None:
    half = {"type": "http.request", "body": b"half", "more_body": True}
    sent, line = called(reads_all, [half, {"type": "http.disconnect"}])
    assert sent == []
    assert (line["status"], line["log_level"]) == (HUNG_UP, "info")


def test_what_breaks_is_answered_and_logged_without_its_words() -> None:
    sent, line = called(breaks, [{"type": "http.request", "body": b"", "more_body": False}])
    assert sent[0]["status"] == 500
    assert "Ana" not in str(line)
    assert "KeyError at " in str(line)
