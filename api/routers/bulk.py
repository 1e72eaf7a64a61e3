"""Many records in one call, with a result for each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import Field

from api.bulk import MOST_ITEMS, BulkOut, each, item_of
from api.deps import ActorDep, ClockDep, SessionDep, new_router, path_of, requires
from api.problems import problems
from api.voices import ProblemVoiceDep
from roster import experts, requests, shortlists
from roster.errors import NotFound
from roster.inputs import Input, NewRequest, ShortlistInput
from roster.policy import Permission
from roster.queries.requests import get_request
from roster.vocabulary import ExpertStatus

router = new_router("bulk")


class StatusItem(Input):
    """A person and her new standing."""

    expert_id: UUID
    status: ExpertStatus


class BulkRequests(Input):
    """Requests to take in."""

    items: list[item_of("NewRequest")] = Field(min_length=1, max_length=MOST_ITEMS)  # type: ignore[valid-type]


class BulkStatuses(Input):
    """People to pause, bring back or let go."""

    items: list[item_of("StatusItem")] = Field(min_length=1, max_length=MOST_ITEMS)  # type: ignore[valid-type]


class BulkShortlist(Input):
    """People to put on a shortlist."""

    items: list[item_of("ShortlistInput")] = Field(min_length=1, max_length=MOST_ITEMS)  # type: ignore[valid-type]


def _plain(items: list[Any]) -> list[dict[str, Any]]:
    return [dict(one) for one in items]


@router.post(
    "/requests/bulk", dependencies=[requires(Permission.WRITE_REQUESTS)], responses=problems()
)
def create_requests(
    given: BulkRequests,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
    voice: ProblemVoiceDep,
) -> BulkOut:
    """Take up to 100 requests in; each is answered for itself."""

    def take_in(item: NewRequest) -> tuple[UUID, str]:
        made = requests.create_request(session, actor, item, clock=clock)
        return made.id, path_of("requests", made.id)

    return each(session, _plain(given.items), NewRequest, take_in, status=201, voice=voice)


@router.post(
    "/experts/bulk/status",
    dependencies=[requires(Permission.WRITE_EXPERTS)],
    responses=problems(),
)
def set_statuses(
    given: BulkStatuses,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
    voice: ProblemVoiceDep,
) -> BulkOut:
    """Pause up to 100 people, bring them back or let them go; each is answered for herself."""

    def move(item: StatusItem) -> tuple[UUID, str]:
        changed = experts.set_status(session, actor, item.expert_id, item.status, clock=clock)
        return changed.id, path_of("experts", changed.id)

    return each(session, _plain(given.items), StatusItem, move, status=200, voice=voice)


@router.post(
    "/requests/{request_id}/shortlist/bulk",
    dependencies=[requires(Permission.WRITE_SHORTLIST)],
    responses=problems(NotFound),
)
def add_many_to_shortlist(
    request_id: UUID,
    given: BulkShortlist,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
    voice: ProblemVoiceDep,
) -> BulkOut:
    """Put up to 100 people on the shortlist of a request; each is answered for herself."""
    get_request(session, actor, request_id)

    def add(item: ShortlistInput) -> tuple[UUID, None]:
        return shortlists.add_to_shortlist(session, actor, request_id, item, clock=clock).id, None

    return each(session, _plain(given.items), ShortlistInput, add, status=201, voice=voice)
