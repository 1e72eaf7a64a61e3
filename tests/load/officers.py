"""Officers at work, for locust: lists, records, rankings, letters, teams; focal points send CVs.

They sign in on the demonstration, one after the other, look at one page after another with a pause
of some seconds, and now and then rank a request or compose a team, as they do at work: what they do
least often costs most. One in twenty is a focal point, who sends in CVs of people she invents.
"""

from __future__ import annotations

import itertools
import random
import re
from collections import Counter

from locust import HttpUser, between, events, task
from locust.exception import RescheduleTask

from tests.load.papers import FOCAL_POINT, LETTER, OFFICER, PASSWORD, cv_of

_PAGES = {"requests": re.compile(r'href="/requests/([0-9a-f-]{36})"'),
          "experts": re.compile(r'href="/experts/([0-9a-f-]{36})"')}  # fmt: skip
_FAULTS = 3
"""Not more than so many answers of the first are printed, so that a fault can be found."""


_MOVES_ON = 303
_SAYS_TOO_LITTLE = 422
"""Past requests do not say what for; that is told, and nobody is ranked."""
_numbers = itertools.count(random.randrange(10**6))  # noqa: S311 -- no secret
_kinds: Counter[str] = Counter()


class Official(HttpUser):
    """Somebody with a browser and an account."""

    abstract = True
    email = OFFICER
    wait_time = between(2, 8)

    def on_start(self) -> None:
        """Open the form of signing in, sign in, and learn from the lists what there is to open."""
        self.client.get("/signin")
        with self.client.post(
            "/signin",
            data={"email": self.email, "password": PASSWORD, "next": "/"},
            allow_redirects=False,
            catch_response=True,
            name="POST /signin",
        ) as answer:
            if answer.status_code != _MOVES_ON:
                answer.failure(f"not signed in: {answer.status_code}")
        # A secure cookie does not travel by plain HTTP: the load is sent without a proxy.
        self.client.headers["Cookie"] = answer.headers.get("set-cookie", "").split(";")[0]
        self.client.headers["Origin"] = self.host
        self.known: dict[str, list[str]] = {}
        self.client.get("/")

    def _some(self, what: str) -> str:
        if not self.known.get(what):
            found = _PAGES[what].findall(self.client.get(f"/{what}").text)
            self.known[what] = list(dict.fromkeys(found))
        if not self.known[what]:
            raise RescheduleTask
        return str(random.choice(self.known[what]))  # noqa: S311 -- no secret

    @task(4)
    def home(self) -> None:
        """Open the first page."""
        self.client.get("/")

    @task(2)
    def people(self) -> None:
        """Look through the people."""
        self.client.get("/experts")

    @task(4)
    def record(self) -> None:
        """Open a person."""
        self.client.get(f"/experts/{self._some('experts')}", name="/experts/[id]")


class Officer(Official):
    """A project officer."""

    weight = 19

    @task(4)
    def requests(self) -> None:
        """Look through the requests, and open one."""
        self.client.get("/requests")
        self.client.get(f"/requests/{self._some('requests')}", name="/requests/[id]")

    @task(4)
    def ranking(self) -> None:
        """Look at the ranking of a request."""
        self.client.get(
            f"/requests/{self._some('requests')}/ranking", name="/requests/[id]/ranking"
        )

    @task(1)
    def rank(self) -> None:
        """Rank a request, and look at what came out."""
        with self.client.post(
            f"/requests/{self._some('requests')}/rankings",
            catch_response=True,
            name="POST /requests/[id]/rankings",
        ) as answer:
            if answer.status_code == _SAYS_TOO_LITTLE:
                answer.success()

    @task(2)
    def search(self) -> None:
        """Look for people, requests and Actions."""
        words = random.choice(("border", "Senegal", "fraude documentaire"))  # noqa: S311
        self.client.get(f"/search?q={words}", name="/search?q=")

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


class FocalPoint(Official):
    """The focal point of a country."""

    weight = 1
    email = FOCAL_POINT

    @task(3)
    def upload(self) -> None:
        """Send in a CV."""
        number = next(_numbers)
        self.client.post(
            "/uploads",
            files={"files": (f"cv-{number}.txt", cv_of(number).encode(), "text/plain")},
            name="POST /uploads",
        )


@events.request.add_listener
def tell_of_faults(response: object, exception: object, name: str, **_: object) -> None:
    """Print how the first faults looked: an answer of an error page says what happened."""
    global _FAULTS  # noqa: PLW0603 -- a listener of locust has no state of its own
    if exception is None:
        return
    _kinds[f"{name}: {getattr(response, 'status_code', 0) or type(exception).__name__}"] += 1
    if _FAULTS > 0:
        _FAULTS -= 1
        text = getattr(response, "text", "") or ""
        print(f"{name}: {exception}: {text[:300]}")  # noqa: T201 -- a tool talks


@events.quitting.add_listener
def tell_of_kinds(**_: object) -> None:
    """Print how often what went wrong."""
    for kind, count in _kinds.most_common():
        print(f"{count:6} {kind}")  # noqa: T201 -- a tool talks
