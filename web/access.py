"""What every view of stored data asks for: the unit of work, who acts, the rule that lets her.

Each route names its rule with `requires(...)`; a test walks all routes and fails for one without.
"""

# No postponed annotations here: FastAPI could not resolve those of a class with `__call__`.
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.params import Depends as Dependency
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from roster import accounts
from roster.errors import NotSignedIn
from roster.installation import Installation
from roster.policy import Actor, Everybody, Permission, Rule, require
from roster.ports import Clock
from roster.queries.accounts import facility_of
from roster.queries.messages import count_unread
from roster.read import PageOf
from web.contexts.layout import Frame
from web.contexts.parts import Notice
from web.cookies import session_token
from web.deps import frame_of, get_tongue
from web.presenters.pagers import kept_within
from web.pressed import OnceRoute, watch
from web.tongues import Tongue


async def get_installation(request: Request) -> Installation:
    """Return the installation that these pages show.

    What only hands something over is `async`: it waits for nothing, and costs no other thread.
    """
    found: Installation = request.app.state.installation
    return found


InstallationDep = Annotated[Installation, Depends(get_installation)]


async def get_session(installation: InstallationDep) -> AsyncIterator[Session]:
    """Open the unit of work of a request when its turn comes; all that it sent is here by then.

    Committed before the answer leaves, or rolled back.
    """
    async with installation.admission.work(installation.work()) as session:
        yield session


# "function": the commit comes before the response; by default a failed one would still redirect.
SessionDep = Annotated[Session, Depends(get_session, scope="function")]


def get_actor(request: Request, session: SessionDep, installation: InstallationDep) -> Actor:
    """Return whoever is signed in.

    Raises
    ------
    NotSignedIn
    """
    token = session_token(request)
    if not token:
        raise NotSignedIn("Sign in to go on.")
    idle_minutes = installation.settings.session_idle_minutes
    actor = accounts.actor_of_session(
        session, token, now=installation.clock.now(), idle_minutes=idle_minutes
    )
    request.state.actor = actor
    request.state.account_id = actor.account_id
    request.state.facility = facility_of(session, actor)
    request.state.unread = count_unread(session, actor.account_id, actor.facility_id)
    watch(request, session, actor, installation)
    return actor


ActorDep = Annotated[Actor, Depends(get_actor)]


class Guard(Rule):
    """The permission without which a route leads to the sign-in or refuses."""

    async def __call__(self, actor: ActorDep) -> None:
        """Let through or refuse."""
        require(actor, self.permission)


def requires(permission: Permission) -> Dependency:
    """Return the dependency that holds a route to a permission and marks it with its rule."""
    rule = Everybody() if permission is Permission.PUBLIC else Guard(permission)
    found: Dependency = Depends(rule)
    return found


def frame_for(
    request: Request,
    actor: Actor,
    title: str,
    section: str = "",
    notices: tuple[Notice, ...] = (),
) -> Frame:
    """Return what stands around a page of somebody who is signed in."""
    roles = frozenset(
        grant.role.value for grant in actor.grants if grant.facility_id == actor.facility_id
    )
    facility = request.state.facility
    return frame_of(
        request,
        title,
        section=section,
        roles=roles,
        account=actor.name,
        facility=facility.name if facility else "",
        demo=facility.is_demo if facility else None,
        notices=notices,
    )


@dataclass(frozen=True)
class Reader:
    """Who reads a page, in her language, in one unit of work: what many views start from."""

    request: Request
    session: Session
    actor: Actor
    installation: Installation

    @property
    def clock(self) -> Clock:
        """The only source of time."""
        return self.installation.clock

    @property
    def tongue(self) -> Tongue:
        """The language of the pages."""
        return get_tongue(self.request)

    @contextmanager
    def apart(self) -> Iterator[Session]:
        """Open a unit of work that is committed, or rolled back, before the page goes on.

        What was noted so far is committed first: the embedded database has one writer at a time,
        and this one would wait for its own request.
        """
        self.session.commit()
        with self.installation.work() as session:
            yield session

    def frame(self, title: str, section: str = "", notices: tuple[Notice, ...] = ()) -> Frame:
        """Return what stands around a page of this reader's; sections as in `web.deps`."""
        return frame_for(self.request, self.actor, title, section, notices)


async def get_reader(
    request: Request, session: SessionDep, actor: ActorDep, installation: InstallationDep
) -> Reader:
    """Return who reads this page."""
    return Reader(request, session, actor, installation)


ReaderDep = Annotated[Reader, Depends(get_reader)]


def new_router(prefix: str = "") -> APIRouter:
    """Return a router whose forms make one record however often they are pressed."""
    return APIRouter(prefix=prefix, route_class=OnceRoute)


def past_the_end(request: Request, found: PageOf[Any]) -> RedirectResponse | None:
    """Lead whoever asks for a page behind the last one to that one; None where there is hers.

    Lists grow shorter, and addresses are kept.
    """
    page = kept_within(found.page, found.per_page, found.total)
    if page == found.page:
        return None
    last = request.url.include_query_params(page=page)
    return see_other(f"{last.path}?{last.query}")


def see_other(path: str) -> RedirectResponse:
    """Lead the browser to a page after something was done; going back does not do it twice."""
    return RedirectResponse(path, status_code=303)
