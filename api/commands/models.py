"""Commands about the ranking model: learn one, look at it, let it rank, go back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from api.commands.console import (
    FacilityOption,
    JsonOption,
    actor_for,
    opened,
    say,
    say_json,
    say_table,
    tell,
)
from api.commands.model_cards import (
    VersionArgument,
    exposure_words,
    figure_words,
    say_manifest,
    show_model,
)
from roster import models, reviews
from roster.errors import InvalidInput, NotFound
from roster.installation import Installation
from roster.queries.models import last_rankings, models_of, version_in_use
from roster.read import Contrast, Replay, ReplayCause
from roster.vocabulary import ModelState

if TYPE_CHECKING:
    from api.index import LiveRanker

model_app = typer.Typer(
    help="Versions of the ranking model: what each was made from, and which one ranks.",
    no_args_is_help=True,
)
ReasonOption = Annotated[str, typer.Option("--reason", help="Why; kept with the change.")]

_CAUSES = {
    ReplayCause.GONE: "no longer on the roster: erased, merged or left",
    ReplayCause.CHANGED: "record changed since",
    ReplayCause.COMPANY: "others changed since: how rare a word or topic is counts over everybody",
    ReplayCause.PRODUCT: "measured otherwise by this version of the product or its encoder",
}


def train(
    simulated: Annotated[
        bool,
        typer.Option(
            "--simulated",
            help="Learn from invented decisions too; the candidate is marked, never promoted.",
        ),
    ] = False,
    as_json: JsonOption = False,
    facility: FacilityOption = None,
) -> None:
    """Learn a model from what was decided, and keep it as a candidate with its figures.

    Learns from who went, was proposed or not taken, with what was known of each when the ranking
    was shown. Nothing ranks otherwise before 'roster model promote'.
    """
    # scikit-learn takes seconds to load.
    from api.training import one_training  # noqa: PLC0415 -- see above
    from api.training import train as learn  # noqa: PLC0415

    with (
        opened() as installation,
        one_training(installation.engine, installation.settings.data_dir),
        installation.work() as session,
    ):
        actor, ranker = actor_for(session, facility), _live(installation)
        made = learn(session, actor, ranker, clock=installation.clock, simulated=simulated)
        standing = models.ranking_version(ranker, version_in_use(session, actor.facility_id))
        against = models.hurdles(made.manifest, standing)
    if as_json:
        say_json({"version": made.version, "manifest": made.manifest, "hurdles": against})
        return
    say(f"{made.version} was kept as a candidate.")
    say_manifest(made.manifest)
    for hurdle in against:
        tell(f"Not to be promoted: {hurdle.words}")


@model_app.command("list")
def list_models(as_json: JsonOption = False, facility: FacilityOption = None) -> None:
    """List the versions of a facility, the newest first, and say which one ranks."""
    with opened() as installation, installation.work() as session:
        actor = actor_for(session, facility)
        rows, shipped = models_of(session, actor), installation.ranker.model
    if as_json:
        say_json({"shipped": shipped, "models": rows})
        return
    in_use = any(row.state is ModelState.IN_USE for row in rows)
    cells = [
        (
            row.version,
            row.state.value.replace("_", " "),
            f"{row.created_at:%Y-%m-%d}",
            str(row.manifest.decisions),
            str(row.manifest.requests),
            figure_words(row.manifest.gains.get(models.DECIDES), sign=True),
            row.reason,
        )
        for row in rows
    ]
    cells.append((shipped, "shipped" if in_use else "in use", "", "", "", "", ""))
    head = ("version", "state", "made", "decisions", "requests", f"gain {models.DECIDES}", "why")
    say_table(head, cells)


model_app.command("show")(show_model)


@model_app.command("promote")
def promote_model(
    version: VersionArgument, reason: ReasonOption, facility: FacilityOption = None
) -> None:
    """Let a candidate rank from now on; refused without proof that it is better.

    Needed: 100 real decisions over 20 requests, and a gain above zero for sure on requests that the
    model had not seen.
    """
    with opened() as installation, installation.work() as session:
        models.promote(
            session,
            actor_for(session, facility),
            version,
            reason,
            ranker=installation.ranker,
            clock=installation.clock,
        )
    say(f"{version} ranks from now on.")


@model_app.command("rollback")
def roll_back_model(
    version: VersionArgument, reason: ReasonOption, facility: FacilityOption = None
) -> None:
    """Go back to a version that ranked before, or to the rule that the product is shipped with."""
    with opened() as installation, installation.work() as session:
        models.roll_back(
            session,
            actor_for(session, facility),
            version,
            reason,
            ranker=installation.ranker,
            clock=installation.clock,
        )
    say(f"{version} ranks from now on.")


@model_app.command("diff")
def diff_models(
    one: Annotated[str, typer.Argument(help="A version, or that of the rule.")],
    other: Annotated[str, typer.Argument(help="The version to hold against it.")],
    last: Annotated[int, typer.Option(min=1, max=1000, help="Requests, the newest first.")] = 20,
    as_json: JsonOption = False,
    facility: FacilityOption = None,
) -> None:
    """Order past rankings by two versions: who comes among the first ten, who leaves.

    Over what was known when each ranking was made; the last ranking of each request is taken.
    """
    from api.training import past_rankings  # noqa: PLC0415 -- scikit-learn takes seconds to load.
    from matching.learning.contrast import contrast, exposure  # noqa: PLC0415
    from roster.queries.experts import rows_by_id  # noqa: PLC0415

    with opened() as installation, installation.work() as session:
        actor, ranker = actor_for(session, facility), _live(installation)
        tables = (ranker.tables(one), ranker.tables(other))
        runs = {one.code: one.id for one in last_rankings(session, actor, last)}
        if not runs:
            raise NotFound("No ranking is stored yet: there is nothing to compare on.")
        past = past_rankings(session, actor, set(runs.values()))
        found = {code: contrast(past[run], *tables) for code, run in runs.items() if run in past}
        named = {who for each in found.values() for who in (*each.entered, *each.left)}
        seen = {who for run in past.values() for table in tables for who in run.order_by(table)}
        rows = rows_by_id(session, named | seen)
        countries = {who: row.home_country for who, row in rows.items()}
        shown = [exposure(tuple(past.values()), table, countries) for table in tables]
    if as_json:
        say_json({"requests": found, "exposure": dict(zip((one, other), shown, strict=True))})
        return
    names = {who: row.display_name for who, row in rows.items()}
    _say_contrasts(found, names)
    for version, told in zip((one, other), shown, strict=True):
        say(f"first ten by {version}: {exposure_words(told)}")


def replay(
    ranking: Annotated[str, typer.Argument(help="The id of a stored ranking.")],
    as_json: JsonOption = False,
    facility: FacilityOption = None,
) -> None:
    """Make a stored ranking again and say whether it comes out as it was, and if not, why.

    With its own model, weights, request and day, over the records as they are now.
    """
    try:
        ranking_id = UUID(ranking)
    except ValueError:
        raise InvalidInput(f"'{ranking}' is not the id of a ranking.") from None
    with opened() as installation, installation.work() as session:
        found = reviews.replay_ranking(
            session,
            actor_for(session, facility),
            ranking_id,
            ranker=installation.ranker,
            clock=installation.clock,
        )
    if as_json:
        say_json({**_replay_json(found), "equal": found.is_equal})
        return
    _say_replay(found)


def _live(installation: Installation) -> LiveRanker:
    from api.index import LiveRanker  # noqa: PLC0415 -- scikit-learn takes seconds to load.

    if not isinstance(installation.ranker, LiveRanker):
        raise InvalidInput("This installation ranks elsewhere; train and compare there.")
    return installation.ranker


def _say_contrasts(found: Mapping[str, Contrast], names: Mapping[UUID, str]) -> None:
    def told(people: Sequence[UUID]) -> str:
        return ", ".join(names.get(who, "no longer on the roster") for who in people)

    cells = [
        (
            code,
            each.people,
            "" if each.tau is None else f"{each.tau:.2f}",
            "" if each.moved_mean is None else f"{each.moved_mean:.1f} ({each.moved_most})",
            told(each.entered),
            told(each.left),
        )
        for code, each in found.items()
    ]
    say_table(("request", "fit", "tau", "moved, mean (most)", "enter", "leave"), cells)
    known = [each.tau for each in found.values() if each.tau is not None]
    if known:
        say(f"Kendall's tau, mean of {len(known)} requests: {fmean(known):.3f}")


def _replay_json(found: Replay) -> dict[str, object]:
    return {
        "ranking": found.row,
        "refusal": found.refusal,
        "sums_hold": found.sums_hold,
        "order_holds": found.order_holds,
        "people": found.people,
        "causes": found.causes,
        "differing": [
            {
                "expert_id": one.then.expert_id,
                "cause": one.cause,
                "then": {"band": one.then.band, "score": one.then.score},
                "now": {"band": one.now.band, "score": one.now.score} if one.now else None,
            }
            for one in found.differing
        ],
    }


def _say_replay(found: Replay) -> None:
    say(f"ranking {found.row.number}, {found.row.at:%Y-%m-%d}, by {found.row.model}")
    say(f"its parts add up to its scores: {'yes' if found.sums_hold else 'NO'}")
    if found.refusal is not None:
        say(f"It cannot be made again: {found.refusal}")
        return
    if found.is_equal:
        say(f"It comes out as it was: {found.people} people, each with the same score and band.")
        return
    count = Counter(found.causes).total()
    say(f"{count} of {found.people} people come out otherwise:")
    for cause, people in found.causes.items():
        say(f"  {people}: {_CAUSES[cause]}")
    if not found.order_holds:
        say("The others stand in another order.")
