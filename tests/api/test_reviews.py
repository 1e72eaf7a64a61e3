"""Looking back over the API: the same again, and why not her."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session

from api.index import LiveRanker, open_ranker
from matching.baseline import former_rules
from roster.ports import Ranker
from roster.queries.packing import unpacked
from roster.queries.rankings import packed
from roster.read import LanguageSkill
from roster.settings import Settings
from roster.tables import AccessLog, Expert, RankingModel, RankingRun
from roster.vocabulary import ExpertStatus, LanguageLevel, ModelState, Role
from tests.api.conftest import Callers
from tests.api.decided import Decided, decide
from tests.factories import Factory
from tests.fakes import FrozenClock

pytestmark = pytest.mark.anyio


@pytest.fixture
def ranker(app_settings: Settings) -> Iterator[Ranker]:
    made = open_ranker(app_settings)
    yield made
    made.close()


@pytest.fixture
def made(session: Session, ranker: LiveRanker, make: Factory, clock: FrozenClock) -> Decided:
    return decide(session, ranker, clock, n_requests=1, make=make)


async def test_a_ranking_comes_out_again_until_somebody_changes(
    callers: Callers, made: Decided, session: Session, make: Factory
) -> None:
    path = f"/api/v1/rankings/{made.rankings[0]}/replay"
    async with callers.client(Role.PROJECT_OFFICER) as client:
        same = (await client.get(path)).json()
        assert same["equal"], same
        assert (same["people"], same["causes"], same["differing"]) == (16, {}, [])
        assert same["sums_hold"]
        assert same["order_holds"]
        person, gone = made.people[0], made.people[1]
        make.fact(person, LanguageSkill(language="es", level=LanguageLevel.A1))
        person.availability_known_until = None
        person.status = ExpertStatus.PAUSED
        make.view(person)
        gone.status = ExpertStatus.MERGED
        make.view(gone)
        session.commit()
        other = (await client.get(path)).json()
    assert not other["equal"]
    by_id = {one["expert_id"]: one for one in other["differing"]}
    assert by_id[str(person.id)]["cause"] == "changed"
    assert by_id[str(person.id)]["then"]["band"] != by_id[str(person.id)]["now"]["band"]
    assert other["causes"]["gone"] == 1
    assert set(other["causes"]) <= {"gone", "changed", "company"}


async def test_a_ranking_by_a_former_rule_comes_out_again(
    callers: Callers, made: Decided, session: Session, clock: FrozenClock, ranker: LiveRanker
) -> None:
    run = session.get_one(RankingRun, made.rankings[0])
    then = unpacked(run.content)
    for former in former_rules():
        asked = dict(then.weights)
        ranking = ranker.rank(then.request, weights=asked, model=former.version, now=clock.now())
        kept = {"id": uuid4(), "number": 99, "model": former.version, "content": packed(ranking)}
        session.add(RankingRun.model_validate(run.model_dump() | kept))
        session.commit()
        async with callers.client(Role.PROJECT_OFFICER) as client:
            told = (await client.get(f"/api/v1/rankings/{kept['id']}/replay")).json()
        assert told["ranking"]["model"] == ranking.model == former.version != ranker.model
        assert told["equal"], told
    assert ranker.features_of("rule-1") != ranker.features


async def test_a_ranking_by_a_model_that_is_gone_says_so_and_still_adds_up(
    callers: Callers,
    made: Decided,
    make: Factory,
    session: Session,
    clock: FrozenClock,
    ranker: LiveRanker,
) -> None:
    from api.training import train  # noqa: PLC0415 -- scikit-learn takes seconds to load.
    from roster import requests  # noqa: PLC0415

    decide(session, ranker, clock, n_requests=4, make=make)
    trained = train(session, made.officer, ranker, clock=clock)
    model = session.get_one(RankingModel, _only_model(session))
    model.state = ModelState.IN_USE
    session.commit()
    kept = requests.rank_request(
        session, made.officer, made.requests[0].id, ranker=ranker, clock=clock
    )
    session.commit()
    async with callers.client(Role.PROJECT_OFFICER) as client:
        path = f"/api/v1/rankings/{kept.id}/replay"
        same = (await client.get(path)).json()
        assert same["ranking"]["model"] == trained.version
        assert same["equal"], same
        session.delete(model)
        session.commit()
        ranker._models.pop(trained.version)
        lost = (await client.get(path)).json()
    assert not lost["equal"]
    assert trained.version in lost["refusal"]
    assert lost["sums_hold"]


def _only_model(session: Session) -> UUID:
    from sqlmodel import select  # noqa: PLC0415 -- only here.

    return session.exec(select(RankingModel.id)).one()


async def test_why_not_says_what_the_tenth_has_more_of_and_what_would_help(
    callers: Callers, made: Decided
) -> None:
    ranking = made.rankings[0]
    async with callers.client(Role.PROJECT_OFFICER) as client:
        listed = (await client.get(f"/api/v1/rankings/{ranking}?per_page=100")).json()["items"]
        last = listed[-1]
        why = (
            await client.get(f"/api/v1/rankings/{ranking}/experts/{last['person']['id']}")
        ).json()
    assert why["as_stored"]
    assert (why["band"], why["place"]) == (last["band"], last["place"])
    assert why["score"] == pytest.approx(last["score"])
    assert sum(gap["points"] for gap in why["gaps"]) == pytest.approx(why["score"])
    tenth = [one for one in listed if one["band"] == "fit"][9:10]
    assert why["tenth"] == (tenth[0]["score"] if tenth else None)
    missing = {part["feature"] for part in last["contributions"] if not part["value"]}
    assert {lift["feature"] for lift in why["lifts"]} <= missing
    assert [lift["points"] for lift in why["lifts"]] == sorted(
        (lift["points"] for lift in why["lifts"]), reverse=True
    )
    assert all(lift["words"] for lift in why["lifts"])
    assert why["score"] <= why["reach"] <= 100
    assert [gate["gate"] for gate in why["gates"]] == [gate["gate"] for gate in last["gates"]]


async def test_why_not_measures_whoever_came_later_and_refuses_whom_nobody_ranks(
    callers: Callers, made: Decided, make: Factory, session: Session
) -> None:
    late = make.expert("Late Comer")
    make.view(late)
    draft = make.expert("Only Draft", status=ExpertStatus.DRAFT)
    make.view(draft)
    session.commit()
    path = f"/api/v1/rankings/{made.rankings[0]}/experts"
    async with callers.client(Role.PROJECT_OFFICER) as client:
        why = (await client.get(f"{path}/{late.id}")).json()
        refused = await client.get(f"{path}/{draft.id}")
        unknown = await client.get(f"{path}/{uuid4()}")
        no_ranking = await client.get(f"/api/v1/rankings/{uuid4()}/experts/{late.id}")
    assert not why["as_stored"]
    assert why["place"] is None
    assert why["gaps"]
    assert refused.status_code == 409
    assert "draft" in refused.json()["detail"]
    assert unknown.status_code == no_ranking.status_code == 404


async def test_whoever_is_looked_at_is_written_down(
    callers: Callers, made: Decided, session: Session
) -> None:
    from sqlmodel import select  # noqa: PLC0415 -- only here.

    person: Expert = made.people[-1]
    async with callers.client(Role.PROJECT_OFFICER) as client:
        await client.get(f"/api/v1/rankings/{made.rankings[0]}/experts/{person.id}")
    seen = session.exec(select(AccessLog.expert_id).where(AccessLog.what == "ranking")).all()
    assert person.id in seen
