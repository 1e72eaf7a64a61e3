"""Invented accounts, keys and links, as their administrators and their holders see them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from roster.errors import FieldError
from roster.inputs import FacilityRules
from roster.read import (
    AccountRow,
    DatabaseNow,
    DeliveryRow,
    GrantRow,
    IndexStanding,
    JobCount,
    JobRow,
    JobsNow,
    KeyRow,
    OpenSession,
    OperationsNow,
    OutboxNow,
    WebhookRow,
)
from roster.read.facilities import RulesChange
from roster.reference import countries
from roster.vocabulary import DeliveryState, JobKind, JobState, Origin, Role
from tests.web.examples_words import words_pages
from web.contexts.accounts import KeptPage, LinkPage
from web.contexts.experts import ErasePage
from web.contexts.layout import Frame
from web.contexts.parts import Choice, FormField, Link, PostButton
from web.presenters.administration import (
    Held,
    Sent,
    account_page,
    accounts_page,
    key_secret,
    link_secret,
)
from web.presenters.facility_rules import Refused, rules_page
from web.presenters.operations import operations_page
from web.presenters.webhooks import webhook_secret, webhooks_page
from web.tongues import Tongue

_NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
_LONG = "Maximiliane-Theodora von und zu der Tann-Rathsamhausen <script>alert(1)</script>"


def _open_session() -> OpenSession:
    return OpenSession(UUID(int=9), _LONG, _NOW, _NOW, is_current=False)


def _account(number: int, name: str, *grants: GrantRow, **said: object) -> AccountRow:
    usual: dict[str, object] = {
        "origin": Origin.REAL,
        "locale": "en",
        "is_active": True,
        "has_password": True,
        "has_identity": False,
        "last_sign_in": _NOW - timedelta(days=number),
    }
    return AccountRow(
        id=UUID(int=number),
        name=name,
        email=f"person{number}@ministry.example",
        grants=grants,
        **{**usual, **said},  # type: ignore[arg-type]
    )


def administration_pages(
    tongue: Tongue, frame: Callable[..., Frame], nobody: Frame
) -> dict[str, tuple[str, object]]:
    """Return the accounts, one of them, and the pages behind a one-time link."""
    focal = GrantRow(UUID(int=11), Role.FOCAL_POINT, "PT", ("Immigration service", "Border police"))
    people = (
        _account(1, "نور بن يوسف", GrantRow(UUID(int=12), Role.ADMINISTRATOR, None, ())),
        _account(2, _LONG, focal),
        _account(3, "Zoé Ribeiro", has_password=False, last_sign_in=None),
        _account(4, "Somebody Gone", is_active=False, origin=Origin.SYNTHETIC),
    )
    keys = (
        KeyRow(
            UUID(int=21), UUID(int=2), _LONG, "Personnel system", "roster_Ab3xk",
            ("read_experts", "rank"), _NOW + timedelta(days=90), None, _NOW,
        ),
        KeyRow(
            UUID(int=22), UUID(int=2), _LONG, "Old one", "roster_zz9Qq", ("rank",),
            _NOW - timedelta(days=1), None, None,
        ),
    )  # fmt: skip
    around = frame("Administration", "administration", tongue)
    wrong = Sent({"name": (_LONG,), "email": ("x",)}, {"email": "This is not an address."})
    one = account_page(
        around,
        tongue,
        replace(people[1], has_identity=True),
        Held(keys, (_open_session(),)),
        _NOW,
        own=None,
        secret=key_secret(tongue, "roster_" + "k" * 43),
    )
    link = link_secret(tongue, "https://roster.example.org/link/" + "k" * 43, mailed=False)
    new = account_page(around, tongue, people[2], Held((), ()), _NOW, own=None, secret=link)
    return {
        "administration": (
            "administration/list.html", accounts_page(around, tongue, people, keys, _NOW),
        ),
        "administration-refused": (
            "administration/list.html", accounts_page(around, tongue, (), (), _NOW, wrong),
        ),
        "administration-account": ("administration/account.html", one),
        "administration-invited": ("administration/account.html", new),
        **_rules(tongue, frame),
        **_webhooks(tongue, frame),
        **_operations(tongue, frame),
        **words_pages(tongue, frame),
        "link": ("account/link.html", _link(nobody)),
        "kept": ("account/kept.html", _kept(tongue, frame)),
        "erase": ("experts/erase.html", _erase(tongue, frame)),
    }  # fmt: skip


def _operations(tongue: Tongue, frame: Callable[..., Frame]) -> dict[str, tuple[str, object]]:
    def job(number: int, kind: JobKind, state: JobState, reason: str = "") -> JobRow:
        name = f"{kind}-{UUID(int=number)}"
        return JobRow(name, kind, UUID(int=number), state, _NOW, _NOW, 2, 1, "host-1", reason)

    waiting = JobCount(JobKind.READING, JobState.WAITING, 120, _NOW - timedelta(hours=3))
    dead = JobCount(JobKind.READING, JobState.GIVEN_UP, 1, _NOW)
    jobs = JobsNow(
        (waiting, dead, JobCount(JobKind.BATCH, JobState.AT_WORK, 1, _NOW)),
        at_work=(job(1, JobKind.BATCH, JobState.AT_WORK),),
        waiting=(job(2, JobKind.READING, JobState.WAITING),),
        stopped=(
            job(3, JobKind.READING, JobState.GIVEN_UP, "text: MemoryError at worker.py:120"),
            job(4, JobKind.BATCH, JobState.CALLED_OFF),
        ),
    )
    full = OperationsNow(
        jobs=jobs,
        database=DatabaseNow("PostgreSQL", "16.4", 4_200_000_000, "0014", "0015"),
        index=IndexStanding(10_000, 12, 99, _NOW, _NOW, 310_000_000),
        model="rule/3",
        outbox=OutboxNow(4, 2),
        disk_free=900_000_000,
        version="0.1.0",
        last_backup=None,
    )
    calm = replace(
        full,
        jobs=JobsNow(),
        database=DatabaseNow("SQLite", "3.45.1", 0, "0015", "0015"),
        index=IndexStanding(0, 0, 0, None, None, 0),
        outbox=OutboxNow(0, 0),
        disk_free=90_000_000_000,
        last_backup=_NOW,
    )
    around = frame("How the service stands", "administration", tongue)
    pages = {
        "administration-operations": (full, True),
        "administration-operations-seen": (full, False),
        "administration-operations-calm": (calm, True),
    }
    return {
        name: (
            "administration/operations.html",
            operations_page(around, tongue, now, at=_NOW, may_change=may),
        )
        for name, (now, may) in pages.items()
    }


def _webhooks(tongue: Tongue, frame: Callable[..., Frame]) -> dict[str, tuple[str, object]]:
    """Return systems told of changes: crowded and wrong, and none."""
    around = frame("Administration", "administration", tongue)
    states = (
        (DeliveryState.WAITING, None, ""),
        (DeliveryState.DELIVERED, 204, ""),
        (DeliveryState.DEAD, 503, "refused"),
    )
    hooks = [
        WebhookRow(
            UUID(int=n), label, f"https://{'long' * 20 * n}.example/hook", kinds, not n, None, _NOW
        )
        for n, (label, kinds) in enumerate((("Case system", ()), (_LONG, ("request", "action"))))
    ]
    told = [
        (
            hooks[0],
            DeliveryRow(
                UUID(int=n), 1042 + n, "request", state, n, None, status, problem, "", _NOW, None
            ),
        )
        for n, (state, status, problem) in enumerate(states)
    ]
    sent = Sent({"url": ("http://x",)}, {"url": "The address has to begin with https://."})
    secret = webhook_secret(tongue, "whsec_dGhpcyBpcyBub3QgYSBzZWNyZXQ=")
    full = webhooks_page(around, tongue, hooks, told, sent=sent, secret=secret)
    empty = webhooks_page(around, tongue, (), ())
    return {
        "administration-webhooks": ("administration/webhooks.html", full),
        "administration-webhooks-none": ("administration/webhooks.html", empty),
    }


def _rules(tongue: Tongue, frame: Callable[..., Frame]) -> dict[str, tuple[str, object]]:
    """Return the rules of a facility: usual, crowded and wrong, and only read."""
    around = frame("Rules", "rules", tongue)
    crowded = FacilityRules(
        steering=_LONG, eligible_countries=tuple(countries.codes()[:60]), public_catalogue=True
    )
    changes = (
        RulesChange(_NOW, _LONG, ("steering", "eligible_countries", "public_catalogue")),
        RulesChange(_NOW, None, ("call_days",)),
    )
    wrong = (FieldError("/call_days", "Give a number."), FieldError("/screening", "One at least."))
    refused = Refused({"call_days": ("many",)}, wrong, "Somebody changed the rules.")
    full = rules_page(around, tongue, crowded, 7, changes, may_write=True, refused=refused)
    usual = rules_page(
        around, tongue, FacilityRules(), 0, (), may_write=True, also=(Link("Rounds", "/rounds"),)
    )
    read = rules_page(around, tongue, crowded, 7, changes, may_write=False)
    return {
        name: ("administration/rules.html", page)
        for name, page in (("rules", usual), ("rules-refused", full), ("rules-read", read))
    }


def _kept(tongue: Tongue, frame: Callable[..., Frame]) -> KeptPage:
    return KeptPage(
        frame("Kept for you", "", tongue),
        "Your session had ended when you sent this.",
        "Files are not kept: choose them again.",
        ("Help with <b>migration</b> statistics", "مفتش شرطة الحدود"),
        PostButton("Send it now", "/requests", (("title", '"><script>alert(1)</script>'),)),
        Link("Do not send it", "/"),
    )


def _link(nobody: Frame) -> LinkPage:
    field = FormField(
        "new_password", "New password", "password", error="Take at least 12 characters."
    )
    return LinkPage(
        nobody,
        "Set your password",
        "This link works once.",
        "/link/x",
        (field,),
        "Set the password",
        (Link("Sign in", "/signin"),),
    )


def _erase(tongue: Tongue, frame: Callable[..., Frame]) -> ErasePage:
    return ErasePage(
        frame("Erase this person?", "experts", tongue),
        _LONG,
        "/experts/x/erase",
        FormField(
            "reason",
            "Why",
            "radios",
            choices=(Choice("asked", "The person asked for it", True), Choice("mistake", "No")),
        ),
        Link("Keep the record", "/experts/x"),
    )
