"""The card of a version by command: what it rests on, what it reached, whom rankings show first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

import typer
from sqlmodel import Session

from api.commands.console import (
    FacilityOption,
    JsonOption,
    actor_for,
    opened,
    say,
    say_json,
    say_table,
)
from matching.card import CARDS, Card, Measured
from roster import models
from roster.counting.few import FEWEST
from roster.errors import ModelUnusable
from roster.policy import Actor
from roster.ports import Ranker
from roster.queries.exposure import shown_first, told_outside
from roster.queries.models import model_named, models_of, version_in_use
from roster.read import (
    Exposure,
    GroupShare,
    ModelFeature,
    ModelFigure,
    ModelManifest,
    ModelRow,
    ShownFirst,
)
from roster.read.models import FEWER, OTHERS
from roster.vocabulary import ModelState, Origin

VersionArgument = Annotated[str, typer.Argument(help="As 'roster model list' names it.")]
_COUNTRIES_SHOWN = 8
_USE = (
    "use: it orders people for one request; a project officer reads the reasons and the record, "
    "and people decide who goes. Not for judging, rating or refusing anybody.",
    "limits: conditions are no part of the score; a claim in free words is not told from a true "
    "one; nationality, gender and age are no parts, but home country, seniority and recency can "
    "stand in for them.",
)
_GROUPS = {OTHERS: "not in the EU", FEWER: "smaller groups", None: "not known"}


def show_model(
    version: Annotated[
        str | None, typer.Argument(help="As 'roster model list' names it; else the one that ranks.")
    ] = None,
    outside: Annotated[
        bool,
        typer.Option(
            "--outside",
            help="To hand out: groups of fewer than five people or places are put together.",
        ),
    ] = False,
    as_json: JsonOption = False,
    facility: FacilityOption = None,
) -> None:
    """Print the card of a version: what it rests on, how well it does, whom rankings show first.

    And, of a candidate, whether it may rank.
    """
    with opened() as installation, installation.work() as session:
        actor, ranker = actor_for(session, facility), installation.ranker
        standing = models.ranking_version(ranker, version_in_use(session, actor.facility_id))
        name = version or standing
        row = None if name in ranker.versions else _row(session, actor, name)
        shown = shown_first(session, actor, today=installation.clock.now().date())
        told = _Told(
            version=name,
            ranks=name == standing,
            model=row,
            hurdles=models.hurdles(row.manifest, standing) if row else (),
            features=_features(ranker, name),
            card=CARDS.get(name),
            first_ten=told_outside(shown) if outside else shown,
        )
    if as_json:
        say_json(told)
        return
    _say_told(told)
    if outside:
        say(f"Groups of fewer than {FEWEST} people or places are put together.")


@dataclass(frozen=True, slots=True)
class _Told:
    """What the card tells of a version, in the order in which it is printed."""

    version: str
    ranks: bool
    model: ModelRow | None
    hurdles: Sequence[models.Hurdle]
    features: Sequence[ModelFeature]
    card: Card | None
    first_ten: ShownFirst


def _say_told(told: _Told) -> None:
    _say_card(told.version, told.features)
    if told.model is not None:
        _say_row(told.model)
        if told.model.state is ModelState.CANDIDATE:
            for hurdle in told.hurdles:
                say(f"Not to be promoted: {hurdle.words}")
    for line in (*_shown(told.first_ten), *_USE):
        say(line)


def _row(session: Session, actor: Actor, version: str) -> ModelRow:
    model_named(session, actor, version)
    return next(row for row in models_of(session, actor) if row.version == version)


def _features(ranker: Ranker, version: str) -> tuple[ModelFeature, ...]:
    try:
        return ranker.features_of(version)
    except ModelUnusable:
        return ()


def _say_row(row: ModelRow) -> None:
    say(f"{row.version}: {row.state.value.replace('_', ' ')}, made {row.created_at:%Y-%m-%d}")
    if row.reason:
        say(f"why: {row.reason}")
    say_manifest(row.manifest)


def _say_card(version: str, features: Sequence[ModelFeature]) -> None:
    if features:
        cells = [
            (one.name, f"{one.points:.1f}", f"{one.neutral:.0%}", one.measures) for one in features
        ]
        say_table((version, "most", "not known", "measures"), cells)
    else:
        say(f"{version} was made for other features than this version measures.")
    card = CARDS.get(version)
    if card is not None:
        for line in _measured(card):
            say(line)


def _measured(card: Card) -> Iterator[str]:
    judged = card.judged
    languages = ", ".join(f"{code} {count}" for code, count in judged.letters.items())
    yield (
        f"rests on: {judged.requests} requests × {judged.per_request} people graded by reading "
        f"({languages}; {judged.people} people, {judged.invented} of them invented; "
        f"{judged.readers} reader, {judged.read_twice} requests read by a second): "
        "no evidence of quality in the field"
    )
    figures = ", ".join(f"{way} {_measure(one)}" for way, one in card.figures.items())
    yield f"nDCG@10 there, {card.measured_on}, weights chosen with these pairs in sight: {figures}"
    yield f"surely of use there: {', '.join(card.surely_useful)}; of no other part is it sure"
    for one in card.outside:
        held = "" if one.bm25 is None else f", BM25 {one.bm25:.3f}"
        yield (
            f"outside collection, {one.letters - one.seen} letters never seen, {one.people} people:"
            f" nDCG@10 {_measure(one.ndcg)}{held}; {one.mended:.3f} once its faults were mended, "
            "which flatters"
        )
    low, high = card.expect
    yield f"to be expected of letters that nobody has seen: {low:.2f} to {high:.2f}"


def _measure(one: Measured) -> str:
    return (
        f"{one.mean:.3f}" if one.low is None else f"{one.mean:.3f} ({one.low:.3f}–{one.high:.3f})"
    )


def _shown(told: ShownFirst) -> Iterator[str]:
    if not told.places:
        yield "first ten: no ranking is stored yet, so nobody was shown."
        return
    yield (
        f"first ten of the last ranking of {told.requests} requests, {told.since} to {told.until}: "
        f"{told.places} places; beside {told.people} people on the roster, {told.invented} invented"
    )
    for groups in (told.countries, told.kinds):
        yield "  " + ", ".join(_share(one, told) for one in groups)
    if told.first_timers is not None:
        yield f"  never deployed before: {_share(told.first_timers, told, '')}"
    if told.gone:
        yield f"  {told.gone} places of people who left the roster since count in no group"


def _share(one: GroupShare, told: ShownFirst, label: str | None = None) -> str:
    named = _GROUPS.get(one.group, one.group) if label is None else label
    of_people = one.people / told.people if told.people else 0.0
    return f"{named} {one.places / told.places:.0%} (of the people {of_people:.0%})".strip()


def say_manifest(manifest: ModelManifest) -> None:
    """Print what a version was made from and how well it does."""
    say(
        f"learnt from {manifest.decisions} decisions over {manifest.requests} requests, "
        f"{manifest.since} to {manifest.until}; real: {manifest.real_decisions} over "
        f"{manifest.real_requests}"
    )
    if manifest.origin is Origin.SYNTHETIC:
        say("SIMULATED: invented decisions are among them; it is no evidence and never promoted")
    for why, count in manifest.left_out.items():
        say(f"  left out: {count} {why}")
    moved = sorted(manifest.factors.items(), key=lambda pair: -abs(pair[1] - 1))
    say(f"counts unlike {manifest.base}: " + ", ".join(f"{n} ×{f:.2f}" for n, f in moved[:6]))
    if manifest.figures:
        metrics = list(next(iter(manifest.figures.values())))
        cells = [
            (way, *(figure_words(held.get(metric)) for metric in metrics))
            for way, held in manifest.figures.items()
        ]
        gain = (figure_words(manifest.gains.get(metric), sign=True) for metric in metrics)
        cells.append((f"gain over {manifest.against}", *gain))
        say_table((f"{manifest.held_out} requests held out", *metrics), cells)
    for way, told in manifest.exposure.items():
        say(f"first ten by {way}: {exposure_words(told)}")
    if manifest.note:
        say(f"note: {manifest.note}")


def figure_words(figure: ModelFigure | None, *, sign: bool = False) -> str:
    """Write a figure with its interval."""
    if figure is None or figure.mean is None or figure.low is None or figure.high is None:
        return "not known"
    form = "+.3f" if sign else ".3f"
    return f"{figure.mean:{form}} ({figure.low:{form}} to {figure.high:{form}})"


def exposure_words(told: Exposure) -> str:
    """Write who a version shows first."""
    states = list(told.countries.items())[:_COUNTRIES_SHOWN]
    parts = [f"{code} {share:.0%}" for code, share in states]
    if len(told.countries) > len(states):
        parts.append(f"{len(told.countries) - len(states)} others")
    new = "not known" if told.first_timers is None else f"{told.first_timers:.0%}"
    return f"{', '.join(parts) or 'nobody'}; first-timers {new} of {told.places} places"
