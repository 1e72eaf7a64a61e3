"""Sends what other systems are told: to public addresses only, pinned, without redirects.

A name is resolved once; every address it has must be allowed, and the one that was judged is the
one that is called, so that a name cannot change its mind in between. Certificates are checked
against the name. Answers are not read; whoever is slow is left after seconds.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

import httpx
import structlog

from roster.installation import Installation
from roster.public_addresses import check_url, is_public
from roster.read import Parcel, Receipt
from roster.vocabulary import DeliveryProblem
from roster.webhooks import deliveries

_log = structlog.stdlib.get_logger("roster.webhooks")
WHOLE_S, CONNECT_S = 15.0, 5.0
_MOST_ROUNDS = 20
_TAKEN = range(200, 300)
_REDIRECTS = range(300, 400)


class Refused(Exception):
    """A parcel is not sent; `problem` says why."""

    def __init__(self, problem: DeliveryProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends parcels.

    Parameters
    ----------
    allow_private : whether addresses of one's own network are called, and plain http
    whole_s : seconds that one parcel may take
    """

    allow_private: bool = False
    whole_s: float = WHOLE_S

    def send(self, parcels: Sequence[Parcel]) -> list[Receipt]:
        """Send parcels side by side; return what became of each, in order."""
        return asyncio.run(self._send_all(parcels))

    async def _send_all(self, parcels: Sequence[Parcel]) -> list[Receipt]:
        return list(await asyncio.gather(*map(self._send, parcels)))

    async def _send(self, parcel: Parcel) -> Receipt:
        status: int | None = None
        problem: DeliveryProblem | None = None
        try:
            async with asyncio.timeout(self.whole_s):
                status = await self._post(parcel)
        except Refused as refused:
            problem = refused.problem
        except (TimeoutError, httpx.TimeoutException):
            problem = DeliveryProblem.TOO_SLOW
        except (httpx.HTTPError, httpx.InvalidURL, OSError):
            problem = DeliveryProblem.NOT_REACHED
        if status is not None and status not in _TAKEN:
            problem = DeliveryProblem.REFUSED
            if status in _REDIRECTS:
                problem = DeliveryProblem.REDIRECTED
        return Receipt(parcel.delivery_id, status, problem)

    async def _post(self, parcel: Parcel) -> int:
        """Return the status that a system answers with."""
        if check_url(parcel.url, allow_private=self.allow_private):
            raise Refused(DeliveryProblem.ADDRESS_NOT_ALLOWED)
        parts = urlsplit(parcel.url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        address = await self._address_of(host, port)
        where = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
        headers = {**parcel.headers, "Host": parts.netloc}
        # No proxy of the environment: it would resolve the name once more.
        async with httpx.AsyncClient(
            verify=_certificates(),
            trust_env=False,
            follow_redirects=False,
            timeout=httpx.Timeout(self.whole_s, connect=CONNECT_S),
        ) as client:
            request = client.build_request(
                "POST",
                urlunsplit(parts._replace(netloc=where)),
                content=parcel.body,
                headers=headers,
                extensions={"sni_hostname": host},
            )
            answer = await client.send(request, stream=True)
            await answer.aclose()
            return answer.status_code

    async def _address_of(self, host: str, port: int) -> str:
        """Return the address to call; all that a name has must be allowed.

        Raises
        ------
        Refused
        """
        try:
            found = await asyncio.get_running_loop().getaddrinfo(
                host, port, type=socket.SOCK_STREAM
            )
        except (OSError, UnicodeError) as error:
            raise Refused(DeliveryProblem.ADDRESS_UNKNOWN) from error
        addresses = [str(one[4][0]) for one in found]
        if not addresses:
            raise Refused(DeliveryProblem.ADDRESS_UNKNOWN)
        if not self.allow_private and not all(map(is_public, addresses)):
            raise Refused(DeliveryProblem.ADDRESS_NOT_ALLOWED)
        return addresses[0]


@lru_cache(maxsize=1)
def _certificates() -> ssl.SSLContext:
    """Return whom to trust; read once, for it takes longer than sending."""
    return httpx.create_ssl_context(trust_env=False)


def tell_others(installation: Installation, sender: Sender | None = None) -> int:
    """Tell other systems what changed; return how many parcels were sent, taken or not."""
    sender = sender or Sender(allow_private=installation.settings.webhooks_private)
    with installation.work() as session:
        deliveries.collect(session, now=installation.clock.now())
    sent = 0
    for _ in range(_MOST_ROUNDS):
        with installation.work() as session:
            now = installation.clock.now()
            parcels = deliveries.claim(session, vault=installation.vault, now=now)
        if not parcels:
            break
        receipts = sender.send(parcels)
        with installation.work() as session:
            for one in receipts:
                deliveries.note_receipt(session, one, now=installation.clock.now())
        sent += len(parcels)
    if sent:
        _log.info("webhooks sent", parcels=sent)
    return sent
