"""Both databases give the same answers: of rankings, of the search, of lists."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, insert, select, text
from sqlmodel import Session, SQLModel, col
from sqlmodel import select as select_records

from api.index import open_ranker
from api.main import installed
from fixtures import demo
from roster.policy import Actor, Grant
from roster.queries.experts import ExpertFilter, list_experts
from roster.queries.requests import get_request, need_of
from roster.queries.search import search
from roster.read import LanguageSkill, Post, Ranking, TopicExperience
from roster.read.paging import Paging
from roster.search_terms import make_all_findable
from roster.settings import Settings
from roster.tables import AssistanceRequest, Facility
from roster.vocabulary import LanguageLevel, Role
from tests.factories import Factory
from tests.fakes import A_MONDAY
from tests.postgres import WorkerDatabase

NAMES = ("Ágnes Ódor", "agnes odor", "Ana de la Cruz", "Ana Delacroix", "Zoë Łuć", "Ærø Ñandú")
WORDS = (
    "Ana",
    "odor agnes",
    "statistics Maroc",
    "french C1 visa",
    "Délacroix",
    "border -guard",
    "%",
)
SQLITE_ONLY = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def shared(postgres_database: WorkerDatabase, tmp_path: Path) -> Settings:
    return _settings(tmp_path / "shared", postgres_database.url)


def _settings(folder: Path, url: str) -> Settings:
    return Settings(
        data_dir=folder, database_url=url, document_key=SecretStr(""), encoder=False, jobs=False
    )


def _copy(source: Engine, target: Engine) -> None:
    """Write every row of one database into the other, which is empty."""
    with source.connect() as read, target.begin() as written:
        written.execute(text("SET session_replication_role = replica"))  # In any order.
        for table in SQLModel.metadata.sorted_tables:
            rows = [dict(row) for row in read.execute(select(table)).mappings()]
            if rows:
                written.execute(insert(table), rows)


def _coordinator(session: Session) -> Actor:
    facilities = select_records(Facility).order_by(col(Facility.code).desc())
    home = session.exec(facilities.where(col(Facility.code).in_(("mieux", "home")))).first()
    assert home is not None
    return Actor(None, "somebody", home.id, (Grant(Role.COORDINATOR, home.id),))


def _rankings(settings: Settings, session: Session, requests: list[UUID]) -> list[Ranking]:
    ranker, actor = open_ranker(settings), _coordinator(session)
    made = [
        ranker.rank(need_of(get_request(session, actor, one)), now=A_MONDAY)
        for one in sorted(requests)
    ]
    ranker.close()
    return made


def _answers(settings: Settings, words: tuple[str, ...]) -> dict[str, object]:
    """Rank for every request, search for every word, and leaf through the list of people."""
    with installed(settings) as opened, Session(opened.engine) as session:
        actor = _coordinator(session)
        requests = list(session.exec(select_records(AssistanceRequest.id)))
        rankings = _rankings(settings, session, requests)
        return {
            "ranked": [list(one.people) for one in rankings],
            "said": [(one.notes, one.weights) for one in rankings],
            "found": [search(session, actor, each) for each in words],
            "listed": [
                list_experts(
                    session, actor, ExpertFilter(name=each or None), Paging(per_page=100)
                ).items
                for each in ("", *words)
            ],
        }


def _are_alike(one: Settings, other: Settings, words: tuple[str, ...]) -> dict[str, object]:
    first, second = _answers(one, words), _answers(other, words)
    for what, said in first.items():
        assert said == second[what], what
    return first


@SQLITE_ONLY
def test_a_few_people_are_ranked_found_and_listed_alike(
    engine: Engine,
    session: Session,
    shared: Settings,
    tmp_path: Path,
    postgres_database: WorkerDatabase,
) -> None:
    make = Factory(session)
    for at, name in enumerate(NAMES):
        one = make.expert(name, country=("PT", "DE")[at % 2])
        make.fact(one, TopicExperience(topic="data_management"))
        make.fact(one, LanguageSkill(language="fr", level=list(LanguageLevel)[at]))
        make.fact(one, Post(title=f"Head of visa statistics {at}", employer="Border guard"))
        make.view(one)
    make.request()
    make_all_findable(session)
    session.commit()
    with installed(shared) as there:
        _copy(engine, there.engine)
    try:
        said = _are_alike(_settings(tmp_path, str(engine.url)), shared, WORDS)
    finally:
        postgres_database.empty()
    assert said["ranked"]


@pytest.mark.long
@SQLITE_ONLY
def test_the_people_of_the_demonstration_are_ranked_found_and_listed_alike(
    engine: Engine, shared: Settings, tmp_path: Path, postgres_database: WorkerDatabase
) -> None:
    here = _settings(tmp_path, str(engine.url))
    with installed(here) as one, installed(shared) as there:
        demo.load(one)
        _copy(one.engine, there.engine)
    try:
        said = _are_alike(here, shared, (*WORDS, "asylum", "visa Ghana", "Schmidt", "reintegração"))
    finally:
        postgres_database.empty()
    assert len(said["ranked"]) > 5  # type: ignore[arg-type]  # a list
