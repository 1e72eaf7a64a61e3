"""The command that ranks thousands of requests over people in parts, by many processes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.console import FacilityOption, actor_for, opened, progress, settings, tell
from api.commands.evaluating import Notes
from roster.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from datetime import date

    from sqlmodel import Session

    from api.batch.sources import Asked, Part
    from api.batch.tasks import Batch
    from api.batch.work import Work
    from roster.policy import Actor
    from roster.ports import Ranker

OutOption = Annotated[Path, typer.Option("--out", help="File to write the places to.")]
ExpertsOption = Annotated[
    Path | None, typer.Option(help="Outside people, as of 'roster evaluate'; else the roster.")
]
RequestsOption = Annotated[
    Path | None, typer.Option(help="Outside requests, as of 'roster evaluate'.")
]
RequestOption = Annotated[
    list[str] | None,
    typer.Option("--request", help="Code of a stored request; again for more; else all open ones."),
]
TopOption = Annotated[int, typer.Option(min=0, help="People told per request; 0: everybody.")]
WorkersOption = Annotated[
    int | None, typer.Option(min=1, help="Processes of this machine; default: one per core.")
]
SchedulerOption = Annotated[
    str | None, typer.Option(help="Address of a cluster of Dask instead, as tcp://host:8786.")
]
PartOption = Annotated[int, typer.Option(min=10, help="People of a part.")]
AnewOption = Annotated[bool, typer.Option("--anew", help="Throw away what was done before.")]
KeepOption = Annotated[bool, typer.Option("--keep", help="Keep the folder of the parts.")]


@dataclass(frozen=True)
class _Ready:
    """A batch that may begin."""

    batch: Batch
    parts: Sequence[Part]
    items: Sequence[object]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the command was asked for."""

    folder: Path
    top: int
    part: int


def match_batch(  # noqa: PLR0913, PLR0917 -- each is an option of the command
    out: OutOption,
    experts: ExpertsOption = None,
    requests: RequestsOption = None,
    request: RequestOption = None,
    top: TopOption = 50,
    workers: WorkersOption = None,
    scheduler: SchedulerOption = None,
    part: PartOption = 500,
    anew: AnewOption = False,
    keep: KeepOption = False,
    facility: FacilityOption = None,
) -> None:
    """Rank many requests over a roster of any size: the same places as the service gives.

    The people are laid out in parts that several processes rank; nobody holds them all. One JSON
    object a line: of the roster with the place in its band, of an outside collection as in the run
    file of 'roster evaluate'. What is done stands in a folder beside the file: killed and called
    again, the command goes on from there.
    """
    _check_options(experts, requests, request)
    wanted = _Wanted(out.with_name(f"{out.name}.parts"), top, part)
    if anew:
        shutil.rmtree(wanted.folder, ignore_errors=True)
    if experts is not None and requests is not None:
        _run(_outside(experts, requests, wanted), out, workers, scheduler)
        is_whole = True
    else:
        with _stored(wanted, request or [], scheduler, facility) as (ready, is_whole):
            _run(ready, out, workers, scheduler)
    if not keep:
        shutil.rmtree(wanted.folder, ignore_errors=True)
    if not is_whole:
        raise typer.Exit(code=1)


def _check_options(experts: Path | None, requests: Path | None, request: list[str] | None) -> None:
    if (experts is None) != (requests is None):
        raise typer.BadParameter("Give both --experts and --requests, or neither.")
    if experts is not None and request:
        raise typer.BadParameter("--request names a stored request; it does not go with files.")


def _run(ready: _Ready, out: Path, workers: int | None, scheduler: str | None) -> None:
    from api.batch.crew import crew_of  # noqa: PLC0415 -- scikit-learn takes seconds to load.
    from api.batch.run import Telling, joined, run_batch  # noqa: PLC0415

    notes = Notes()
    count = workers or os.cpu_count() or 1
    folder = ready.batch.work.folder
    with (
        progress("Ranking") as told,
        crew_of(count, scheduler, folder / "scratch") as crew,
    ):
        files = run_batch(ready.batch, ready.parts, ready.items, crew, Telling(notes, told))
    lines = joined(files, out)
    notes.close()
    tell(f"{len(ready.items)} requests ranked, {lines} places. Written to {out}.")


def _outside(experts: Path, requests: Path, wanted: _Wanted) -> _Ready:
    """Return the batch of an outside collection."""
    from api.batch import outside  # noqa: PLC0415 -- scikit-learn takes seconds to load.
    from api.batch.sources import can_mean  # noqa: PLC0415
    from api.batch.tasks import Batch  # noqa: PLC0415
    from api.batch.work import Work, code_digest, digest_of  # noqa: PLC0415
    from matching.baseline import rule_model  # noqa: PLC0415

    parts, people = outside.cut(experts, wanted.part)
    items = outside.letters(requests)
    asked, meaning, model = requests.read_bytes(), settings().encoder, rule_model()
    if meaning and not can_mean():
        tell("Note: there is no encoder here, so nothing is compared by meaning.")
        meaning = False
    mark = digest_of(people.encode(), code_digest().encode(), str(meaning).encode())
    work = Work(wanted.folder)
    today = _begun(work, wanted, mark, digest_of(asked, model.version.encode()))
    source = outside.Outside(mark, meaning, experts.resolve(), requests.resolve(), today, model)
    return _Ready(Batch(source, work, wanted.top or None, wanted.part), parts, items)


@contextmanager
def _stored(
    wanted: _Wanted, named: Sequence[str], scheduler: str | None, facility: str | None
) -> Iterator[tuple[_Ready, bool]]:
    """Yield the batch of the roster itself, and whether every request of it can be ranked."""
    from roster.queries.index import newest_expert_change  # noqa: PLC0415 -- loads with opened().

    if scheduler is not None and settings().is_embedded:
        raise InvalidInput(
            "A cluster cannot read an embedded database. Use PostgreSQL (ROSTER_DATABASE_URL), or "
            "leave --scheduler out."
        )
    with opened() as installation, installation.work() as session:
        actor = actor_for(session, facility)
        seq = newest_expert_change(session)
        asked, left_out = _asked(session, actor, named, installation.clock.now().date())
        yield _of_the_roster(session, actor, installation.ranker, asked, wanted), not left_out
        if newest_expert_change(session) != seq:
            tell(
                "Note: people changed meanwhile. Those of a part are ranked as they stood when it "
                "was read; call it again for all as they stand now."
            )


def _of_the_roster(
    session: Session, actor: Actor, ranker: Ranker, asked: Sequence[Asked], wanted: _Wanted
) -> _Ready:
    """Return the batch of the roster as it stands."""
    from api.batch import stored  # noqa: PLC0415 -- scikit-learn takes seconds to load.
    from api.batch.sources import can_mean  # noqa: PLC0415
    from api.batch.tasks import Batch  # noqa: PLC0415
    from api.batch.work import Work, code_digest, digest_of  # noqa: PLC0415
    from api.index import LiveRanker  # noqa: PLC0415
    from matching.arrays import floats  # noqa: PLC0415
    from matching.features import NAMES  # noqa: PLC0415
    from matching.places import Ruling  # noqa: PLC0415
    from roster.models import ranking_version  # noqa: PLC0415
    from roster.queries.index import mark_of, newest_expert_change  # noqa: PLC0415
    from roster.queries.models import version_in_use  # noqa: PLC0415

    if not isinstance(ranker, LiveRanker):
        raise InvalidInput("This installation ranks elsewhere; rank its requests there.")
    parts = stored.cut(session, wanted.part)
    if not parts:
        raise NotFound("Nobody is on the roster yet.")
    model = ranker.tables(ranking_version(ranker, version_in_use(session, actor.facility_id)))
    meaning = settings().encoder and can_mean()
    seq = newest_expert_change(session)
    roster = f"{seq} {mark_of(session, seq)} {actor.facility_id} {meaning}"
    mark = digest_of(roster.encode(), code_digest().encode())
    work = Work(wanted.folder)
    today = _begun(work, wanted, mark, digest_of(repr(asked).encode(), model.version.encode()))
    ruling = Ruling(model, floats([1.0] * len(NAMES)), today)
    source = stored.Stored(mark, meaning, actor, ruling)
    return _Ready(Batch(source, work, wanted.top or None, wanted.part), parts, asked)


def _asked(
    session: Session, actor: Actor, named: Sequence[str], today: date
) -> tuple[list[Asked], int]:
    """Return the stored requests that can be ranked, and how many cannot."""
    from api.batch.sources import Asked, question_of  # noqa: PLC0415 -- loads scikit-learn.
    from roster.errors import RequestIncomplete  # noqa: PLC0415
    from roster.queries.portfolios import needs_now  # noqa: PLC0415

    needs = needs_now(session, actor, named)
    unknown = set(named) - {code for code, _ in needs} - {str(need.id) for _, need in needs}
    if unknown:
        raise NotFound(f"This facility has no request {', '.join(sorted(unknown))}.")
    found = []
    for code, need in needs:
        try:
            question_of(need, today, meaning=False)
        except RequestIncomplete as refused:
            tell(f"{code} is left out. {refused.detail}")
        else:
            found.append(Asked(code, need))
    if not found:
        raise NotFound("No request can be ranked: none is open, or none names anything yet.")
    return found, len(needs) - len(found)


def _begun(work: Work, wanted: _Wanted, mark: str, others: str) -> date:
    """Take the folder of the batch; return the day as of which it ranks."""
    said = {"people": mark, "asked": others, "top": wanted.top, "part": wanted.part}
    today, is_begun = work.begin(said, datetime.now(UTC).date())
    if is_begun:
        tell(f"Going on with what was begun on {today}, as of that day.")
    return today
