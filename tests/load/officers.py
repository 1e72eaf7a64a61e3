"""Officers at work, for locust: lists, records, rankings, a letter sent in, teams.

They sign in on the demonstration as its project officer, look at one page after the other with a
pause of some seconds, and never change anything but the records of who looked at whom. What an
officer does least often costs most: one ranking in five steps, one team in twenty.
"""

from __future__ import annotations

import os
import random
import re

from locust import HttpUser, between, events, task

EMAIL = os.environ.get("LOAD_EMAIL", "officer@demo.example")
PASSWORD = os.environ.get("LOAD_PASSWORD", "look-around-2027")
LETTER = (
    "The Ministry of the Interior of Senegal has the honour to request support on travel document "
    "security. We would welcome two experts who can train second-line inspectors in March 2027. "
    "Working language: French."
)
_PAGES = {"requests": re.compile(r'href="/requests/([0-9a-f-]{36})"'),
          "experts": re.compile(r'href="/experts/([0-9a-f-]{36})"')}  # fmt: skip
_FAULTS = 3
"""Not more than so many answers of the first are printed, so that a fault can be found."""


class Officer(HttpUser):
    """One official with a browser."""

    wait_time = between(2, 8)

    def on_start(self) -> None:
        """Sign in, and learn from the lists what there is to open."""
        with self.client.post(
            "/signin",
            data={"email": EMAIL, "password": PASSWORD, "next": "/"},
            allow_redirects=False,
            catch_response=True,
            name="POST /signin",
        ) as answer:
            if answer.status_code != 303:
                answer.failure(f"not signed in: {answer.status_code}")
        # A secure cookie does not travel by plain HTTP: the load is sent without a proxy.
        self.client.headers["Cookie"] = answer.headers.get("set-cookie", "").split(";")[0]
        self.client.headers["Origin"] = self.host
        self.known = {
            what: find.findall(self.client.get(f"/{what}").text) for what, find in _PAGES.items()
        }

    def _some(self, what: str) -> str:
        return str(random.choice(self.known[what] or ["none"]))  # noqa: S311 -- no secret

    @task(4)
    def home(self) -> None:
        """Open the first page."""
        self.client.get("/")

    @task(4)
    def lists(self) -> None:
        """Look through the lists."""
        self.client.get("/requests")
        self.client.get("/experts?q=border", name="/experts?q=")

    @task(4)
    def record(self) -> None:
        """Open a person."""
        self.client.get(f"/experts/{self._some('experts')}", name="/experts/[id]")

    @task(4)
    def ranking(self) -> None:
        """Rank a request."""
        self.client.get(
            f"/requests/{self._some('requests')}/ranking", name="/requests/[id]/ranking"
        )

    @task(2)
    def letter(self) -> None:
        """Send a letter in, to see what is read of it; nothing is kept."""
        self.client.post(
            "/requests/letter",
            files={"letter": ("letter.txt", LETTER.encode(), "text/plain")},
            name="POST /requests/letter",
        )

    @task(1)
    def team(self) -> None:
        """Compose a team."""
        self.client.get(
            f"/requests/{self._some('requests')}/team?mode=triangular&size=3",
            name="/requests/[id]/team",
        )


@events.request.add_listener
def tell_of_faults(response: object, exception: object, name: str, **_: object) -> None:
    """Print how the first faults looked: an answer of an error page says what happened."""
    global _FAULTS  # noqa: PLW0603 -- a listener of locust has no state of its own
    if exception is not None and _FAULTS > 0:
        _FAULTS -= 1
        text = getattr(response, "text", "") or ""
        print(f"{name}: {exception}: {text[:300]}")  # noqa: T201 -- a tool talks
