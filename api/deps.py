"""What every route asks for: the unit of work, who acts, the rule that lets her, the page.

Each route names its rule with `requires(...)`; a test walks all routes and fails for one without.
"""

# No postponed annotations here: FastAPI could not resolve those of a class with `__call__`.
from collections.abc import AsyncIterator, Iterator
from typing import Annotated
from urllib.parse import urlsplit
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Security
from fastapi.params import Depends as Dependency
from fastapi.routing import APIRoute
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer
from sqlmodel import Session

from api.careful import Care, CarefulRoute
from api.rates import check_share
from roster import accounts
from roster.errors import NotAllowed, NotSignedIn
from roster.installation import Installation
from roster.policy import Actor, Everybody, Permission, Rule, require
from roster.ports import Clock, OutreachAdviser, Ranker, TeamComposer
from roster.settings import SESSION_COOKIE

API_PREFIX = "/api/v1"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_key = HTTPBearer(
    auto_error=False, scheme_name="key", description="An API key: `Authorization: Bearer roster_…`"
)
_cookie = APIKeyCookie(
    name=SESSION_COOKIE,
    auto_error=False,
    scheme_name="session",
    description="The session of somebody signed in in the browser",
)


async def get_installation(request: Request) -> Installation:
    """Return the installation that this application serves.

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


# "function": the commit comes before the response. By default it would come after a 201 was sent.
SessionDep = Annotated[Session, Depends(get_session, scope="function")]


def get_actor(
    request: Request,
    session: SessionDep,
    installation: InstallationDep,
    key: Annotated[HTTPAuthorizationCredentials | None, Security(_key)],
    _token: Annotated[str | None, Security(_cookie)],
) -> Actor:
    """Return who acts, by key or by session.

    Raises
    ------
    NotSignedIn
        Neither is given, or what is given is not valid.
    NotAllowed
        Another site made the browser send this.
    """
    now = installation.clock.now()
    token = request.cookies.get(installation.settings.session_cookie)
    if key is not None:
        actor = accounts.actor_of_key(session, key.credentials, now=now)
    elif token:
        _refuse_cross_site(request)
        idle_minutes = installation.settings.session_idle_minutes
        actor = accounts.actor_of_session(session, token, now=now, idle_minutes=idle_minutes)
    else:
        raise NotSignedIn(
            "Send an API key in the header Authorization: Bearer …, or sign in in the browser."
        )
    request.state.account_id = actor.account_id
    check_share(request, "account", str(actor.account_id))
    return actor


def _refuse_cross_site(request: Request) -> None:
    """Refuse an unsafe request that a browser sends with its cookie from another site."""
    if request.method in _SAFE:
        return
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None:
        foreign = site not in {"same-origin", "none"}
    else:
        foreign = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    if foreign:
        raise NotAllowed("This was sent from another site. Open the page here and try again.")


ActorDep = Annotated[Actor, Depends(get_actor)]


class Guard(Rule):
    """The permission without which a route answers 401 or 403; then the headers of the call."""

    def __call__(
        self, request: Request, actor: ActorDep, session: SessionDep, installation: InstallationDep
    ) -> Iterator[None]:
        """Let through or refuse."""
        require(actor, self.permission)
        request.state.care = care = Care(request, session, actor, installation)
        with care.around():
            yield


def requires(permission: Permission) -> Dependency:
    """Return the dependency that holds a route to a permission and marks it with its rule."""
    rule = Everybody() if permission is Permission.PUBLIC else Guard(permission)
    found: Dependency = Depends(rule, scope="function" if isinstance(rule, Guard) else None)
    return found


def rule_of(route: APIRoute) -> Permission | None:
    """Return the permission that a route asks for; None where nobody said."""
    for dependency in route.dependencies:
        if isinstance(dependency.dependency, Rule):
            return dependency.dependency.permission
    return None


async def get_ranker(installation: InstallationDep) -> Ranker:
    """Return what ranks."""
    return installation.ranker


async def get_composer(installation: InstallationDep) -> TeamComposer:
    """Return what composes teams."""
    return installation.composer


async def get_adviser(installation: InstallationDep) -> OutreachAdviser:
    """Return what says whom to ask first."""
    return installation.adviser


async def get_clock(installation: InstallationDep) -> Clock:
    """Return the only source of time."""
    return installation.clock


RankerDep = Annotated[Ranker, Depends(get_ranker)]
ComposerDep = Annotated[TeamComposer, Depends(get_composer)]
AdviserDep = Annotated[OutreachAdviser, Depends(get_adviser)]
ClockDep = Annotated[Clock, Depends(get_clock)]


def new_router(tag: str, prefix: str = API_PREFIX) -> APIRouter:
    """Return a router whose operations are called after their functions."""
    return APIRouter(
        prefix=prefix,
        tags=[tag],
        route_class=CarefulRoute,
        generate_unique_id_function=lambda route: route.name,
    )


def path_of(*parts: str | UUID) -> str:
    """Return the path of a record below the version prefix."""
    return "/".join((API_PREFIX, *map(str, parts)))
