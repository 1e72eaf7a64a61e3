"""The command that says how good the ranking is, on pairs judged by reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer
from sqlmodel import Session, select

from api.commands.console import (
    FacilityOption,
    JsonOption,
    actor_for,
    opened,
    say,
    say_json,
    settings,
    tell,
)
from roster.errors import FileRefused, InvalidInput
from roster.inputs import NewRequest
from roster.models import ranking_version
from roster.policy import Actor
from roster.queries.models import version_in_use
from roster.queries.requests import need_of
from roster.read import RequestView
from roster.requests import need_from
from roster.tables import AssistanceRequest

if TYPE_CHECKING:
    from matching.encoder import VectorStore

MOST_NOTES = 30
"""Notes on an outside collection that are told one by one."""


JudgementsOption = Annotated[
    Path | None, typer.Option(help="One JSON object a line; default: those of the demo.")
]
ExpertsOption = Annotated[
    Path | None, typer.Option(help="Outside people: one JSON object a line, with id and text.")
]
RequestsOption = Annotated[
    Path | None, typer.Option(help="Outside requests: one JSON object a line, with id and text.")
]
QrelsOption = Annotated[
    Path | None,
    typer.Option(help="Their grades: request, expert, grade apart by tabulators, or TREC's."),
]
RunOption = Annotated[
    Path | None, typer.Option(help="File to write everybody's place for each request to.")
]
AblateOption = Annotated[
    bool, typer.Option("--ablate", help="With --qrels: say what each feature adds.")
]


def evaluate(  # noqa: PLR0913, PLR0917 -- each is an option of the command
    context: typer.Context,
    judgements: JudgementsOption = None,
    experts: ExpertsOption = None,
    requests: RequestsOption = None,
    qrels: QrelsOption = None,
    run: RunOption = None,
    ablate: AblateOption = False,
    as_json: JsonOption = False,
    facility: FacilityOption = None,
) -> None:
    """Compare the ranking with simpler ones on judged pairs of request and person.

    The figures are means over requests that a model has not seen, with 95 % intervals: each request
    held back alone, and the later ones ranked by what was learnt from earlier ones. Beside them
    stand words alone (BM25, TF-IDF) and chance, what the rule loses without each feature, and how
    it does per pair of languages. Records are encoded first, as 'roster index' does: what is
    measured is what the service ranks by.

    With --experts and --requests any outside collection is ranked in memory: nothing is stored and
    no database is needed. What a line does not give is read from its text. In the run file a score
    is the sum of its contributions; 'conditions' holds 100 for whoever fails no condition.
    """
    if context.invoked_subcommand:
        return
    if experts or requests or qrels or run or ablate:
        collection = _given(experts, requests, qrels, run, ablate=ablate)
        _evaluate_collection(collection, as_json=as_json)
    else:
        _evaluate_roster(judgements, facility, as_json=as_json)


def _evaluate_roster(judgements: Path | None, facility: str | None, *, as_json: bool) -> None:
    """Compare ways of ranking on the roster of this installation."""
    from api.index import LiveRanker  # noqa: PLC0415 -- scikit-learn takes seconds to load.
    from matching.learning.dataset import build_dataset, read_judgements  # noqa: PLC0415
    from matching.learning.evaluate import evaluate as compare  # noqa: PLC0415
    from matching.learning.tables import table  # noqa: PLC0415

    path = judgements or Path(str(files("fixtures") / "judgements.jsonl"))
    if not path.is_file():
        raise FileRefused(f"{path} is not there. Name a file of judgements with --judgements.")
    with opened() as installation:
        with installation.work() as session:
            actor = actor_for(session, facility)
            received = {**_received_in_the_demo(), **_received(session, actor)}
            standing = version_in_use(session, actor.facility_id)
        ranker = installation.ranker
        if not isinstance(ranker, LiveRanker):
            raise InvalidInput("This installation ranks elsewhere; evaluate it there.")
        now = installation.clock.now()
        if ranker.vectors is None:
            tell("Note: there is no encoder here, so nothing is compared by meaning.")
        ranker.catch_up()
        ranker.encode()
        index, needs = ranker.snapshot(), {name: one.need for name, one in received.items()}
        try:
            data = build_dataset(index, needs, read_judgements(path), now, ranker.vectors)
        except ValueError as error:
            raise InvalidInput(f"These judgements cannot be used: {error}.") from error
        evaluation = compare(
            data,
            index,
            needs,
            today=now.date(),
            days={name: one.on for name, one in received.items() if one.on is not None},
            in_use=ranker.tables(ranking_version(ranker, standing)),
            encoder=ranker.vectors.encoder.name if ranker.vectors is not None else None,
        )
    if as_json:
        say_json(evaluation)
    else:
        say(table(evaluation))


class _Received(NamedTuple):
    """A request with the day on which it came, where that is known."""

    need: RequestView
    on: date | None


@dataclass(frozen=True, slots=True)
class _Collection:
    experts: Path
    requests: Path
    qrels: Path | None
    run: Path | None
    ablate: bool


def _given(
    experts: Path | None,
    requests: Path | None,
    qrels: Path | None,
    run: Path | None,
    *,
    ablate: bool,
) -> _Collection:
    """Return the files of a collection, where they belong together."""
    if experts is None or requests is None:
        raise typer.BadParameter("Give both --experts and --requests.")
    if qrels is None and run is None:
        raise typer.BadParameter("Give --run FILE to write to, or --qrels FILE to measure by.")
    if ablate and qrels is None:
        raise typer.BadParameter("--ablate needs grades: give --qrels.")
    return _Collection(experts, requests, qrels, run, ablate)


def _evaluate_collection(given: _Collection, *, as_json: bool) -> None:
    """Rank an outside collection in memory; needs neither database nor data folder."""
    from api.collections import running  # noqa: PLC0415 -- scikit-learn takes seconds to load.
    from api.collections.judgements import read_grades  # noqa: PLC0415
    from matching.baseline import rule_model  # noqa: PLC0415
    from matching.learning.trials import judge, trial_table  # noqa: PLC0415

    grades = read_grades(given.qrels) if given.qrels else None
    store, today, notes = _vectors(), datetime.now(UTC).date(), Notes()
    people = running.read_people(given.experts, today, store, notes)
    tell(f"{len(people.keys)} people read.")
    ranked = running.rank_requests(
        given.requests, people, today, model=rule_model(), store=store, tell=notes
    )
    asked = running.write_run(given.run, ranked, people) if given.run else tuple(ranked)
    notes.close()
    tell(f"{len(asked)} requests ranked." + (f" Written to {given.run}." if given.run else ""))
    if grades is None:
        return
    trial = judge(running.judged_of(asked, people, grades, tell), ablate=given.ablate)
    if as_json:
        say_json(trial)
    else:
        say(trial_table(trial))


def _vectors() -> VectorStore | None:
    """Return an empty store of vectors, None where meaning is not compared."""
    from matching.encoder import VectorStore, find_encoder  # noqa: PLC0415 -- loads numpy.

    encoder = find_encoder() if settings().encoder else None
    if encoder is None:
        tell("Note: there is no encoder here, so nothing is compared by meaning.")
        return None
    return VectorStore(encoder)


class Notes:
    """Tells the first notes one by one, and of the others how many there are."""

    def __init__(self) -> None:
        self._count = 0

    def __call__(self, note: str) -> None:
        """Tell a note, or count it."""
        self._count += 1
        if self._count <= MOST_NOTES:
            tell(f"Note: {note}")

    def close(self) -> None:
        """Say how many notes were not told."""
        if self._count > MOST_NOTES:
            tell(f"Note: {self._count - MOST_NOTES} more of the kind.")


def _received(session: Session, actor: Actor) -> dict[str, _Received]:
    """Return the stored requests of a facility by code and by id."""
    rows = session.exec(
        select(AssistanceRequest).where(AssistanceRequest.facility_id == actor.facility_id)
    )
    return {
        name: _Received(need_of(row), row.received_on)
        for row in rows
        for name in (row.code, str(row.id))
    }


def _received_in_the_demo() -> dict[str, _Received]:
    """Return the invented requests by the keys under which their pairs were judged."""
    from fixtures.demo import judged_requests  # noqa: PLC0415 -- reads its data file.

    given = {row["key"]: NewRequest.model_validate(row["request"]) for row in judged_requests()}
    return {key: _Received(need_from(one), one.received_on) for key, one in given.items()}
