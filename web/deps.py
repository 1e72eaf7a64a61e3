"""What views ask for: the reader's language, the frame around the page, the rendered answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse

from web.contexts.layout import Frame, LanguageChoice, NavItem
from web.contexts.parts import Link, Notice
from web.jinja import render
from web.tongues import LOCALES, Tongue, negotiate, tongue_of

LANGUAGE_NAMES = {"en": "English", "fr": "Français", "es": "Español", "pt": "Português"}
LOCALE_COOKIE = "locale"
THEME_COOKIE = "theme"
SEE_PEOPLE = frozenset({"project_officer", "coordinator", "focal_point"})
THEMES = ("auto", "light", "dark")
MOST_IN_LINE = 6
"""Sections that one line of the head holds beside search and account, in every language."""
SELDOM = frozenset({"coverage", "reports", "upload", "lessons", "model", "rules", "administration"})
"""Sections that give way where somebody has more than fit."""


@dataclass(frozen=True, slots=True)
class Site:
    """What is the same on every page of one installation."""

    facility: str = ""
    demo: bool = False
    """Whether the records shown are invented."""
    secure_cookies: bool = True
    demo_password: str = ""
    """Of every invented account; shown beside their addresses, and only where such stand."""
    most_upload_bytes: int = 100_000_000


def get_tongue(request: Request) -> Tongue:
    """Return the language chosen by cookie, else the one that the browser asks for."""
    accepted = request.headers.get("accept-language", "")
    return tongue_of(negotiate(accepted, request.cookies.get(LOCALE_COOKIE)))


async def _tongue_of(request: Request) -> Tongue:
    return get_tongue(request)


TongueDep = Annotated[Tongue, Depends(_tongue_of)]


def nav_items(tongue: Tongue, roles: frozenset[str], section: str) -> tuple[NavItem, ...]:
    """Return the sections for these roles, the present one marked; none where nobody is in.

    Whoever has more than `MOST_IN_LINE` of them finds the `SELDOM` ones folded.

    Parameters
    ----------
    roles : values of `roster.vocabulary.Role`
    section : "home", "requests", "calls", "actions", "coverage", "reports", "experts", "upload",
        "lessons", "model", "rules", "administration" or "" for none of them
    """
    _ = tongue.word
    officer = bool(roles & {"project_officer", "coordinator"})
    focal_point = "focal_point" in roles
    people = _("Experts") if officer or not focal_point else _("Our people")
    uploads = bool(roles & {"focal_point", "coordinator"})
    reads_actions = officer or focal_point or bool(roles & {"auditor", "liaison_officer"})
    items = [
        ("home", _("Home"), "/", bool(roles)),
        ("requests", _("Requests"), "/requests", officer),
        ("calls", _("Calls"), "/calls", officer or focal_point),
        ("actions", _("Actions"), "/actions", reads_actions),
        ("coverage", _("Coverage"), "/coverage", officer),
        ("reports", _("Reports"), "/reports", officer or "auditor" in roles),
        ("experts", people, "/experts", officer or focal_point or "expert" in roles),
        ("upload", _("Upload CVs"), "/uploads", uploads),
        ("lessons", _("Lessons"), "/lessons", officer or focal_point or "liaison_officer" in roles),
        ("model", _("Model"), "/model", bool(roles & {"coordinator", "administrator"})),
        ("rules", _("Rules"), "/rules", bool(roles & {"coordinator", "administrator"})),
        ("administration", _("Administration"), "/administration", "administrator" in roles),
    ]
    theirs = [(key, label, href) for key, label, href, shown in items if shown]
    folds = len(theirs) > MOST_IN_LINE
    return tuple(
        NavItem(label, href, current=key == section, folded=folds and key in SELDOM)
        for key, label, href in theirs
    )


async def get_typed(request: Request) -> dict[str, str]:
    """Return the fields of a form as they were sent, the last of each name."""
    form = await request.form()
    return {name: value for name, value in form.items() if isinstance(value, str)}


TypedDep = Annotated[dict[str, str], Depends(get_typed)]


def safe_path(path: str) -> str:
    """Return a path of this site, "/" for anything that could lead elsewhere."""
    plain = path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if plain and path.isprintable() and "\\" not in path else "/"


def frame_of(
    request: Request,
    title: str,
    *,
    section: str = "",
    roles: frozenset[str] = frozenset(),
    account: str = "",
    facility: str | None = None,
    demo: bool | None = None,
    notices: tuple[Notice, ...] = (),
) -> Frame:
    """Return what stands around a page.

    Parameters
    ----------
    account : the name of whoever is signed in; empty where nobody is
    facility, demo : of whoever is signed in; None is what the whole site says
    """
    tongue = get_tongue(request)
    site: Site = request.app.state.site
    theme = request.cookies.get(THEME_COOKIE, "auto")
    query = f"?{request.url.query}" if request.url.query else ""
    return Frame(
        title=title,
        locale=tongue.code,
        languages=tuple(
            LanguageChoice(code, LANGUAGE_NAMES[code], code == tongue.code) for code in LOCALES
        ),
        path=safe_path(request.url.path + query) if request.method == "GET" else "/",
        theme=theme if theme in THEMES else "auto",
        facility=site.facility if facility is None else facility,
        nav=nav_items(tongue, roles, section),
        account=Link(account, "/account") if account else None,
        search="/search" if roles & SEE_PEOPLE else None,
        notices=notices,
        unread=getattr(request.state, "unread", None) if account else None,
        demo=site.demo if demo is None else demo,
    )


def respond(
    request: Request,
    template: str,
    page: object,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """Render a page in the reader's language."""
    tongue = get_tongue(request)
    answer = HTMLResponse(render(template, page, tongue.code), status, headers=dict(headers or {}))
    answer.headers["Content-Language"] = tongue.code
    answer.headers["Vary"] = "Accept-Language, Cookie"
    return answer
