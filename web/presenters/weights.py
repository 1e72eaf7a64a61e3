"""The officer's weights of one list: sliders, the way back, and what they moved."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import chain, pairwise
from uuid import UUID

from roster.read import Contribution, RankingOutline, RankingRow, RequestDetail, Standing
from roster.vocabulary import Band
from web.contexts.rankings import WeightSlider, WeightsPanel
from web.contexts.scores import ORDER, css_of
from web.presenters.request_head import path_of
from web.tongues import Tongue

STEP = 0.5
_FIRST = 10
"""Places whose change is told."""
_TOLD = 3
_SAME = 1e-9


def weights_panel(
    found: RequestDetail, outline: RankingOutline, moved: str, tongue: Tongue
) -> WeightsPanel:
    """Return one slider for each colour; features of one colour move together."""
    factors: dict[str, list[float]] = {}
    for feature, factor in outline.ranking.weights:
        factors.setdefault(css_of(feature), []).append(factor)
    sliders = []
    for css in (one for one in ORDER if one in factors):
        value = round(sum(factors[css]) / len(factors[css]) / STEP) * STEP
        changed = any(factor != 1 for factor in factors[css])
        words = f"×{tongue.number(value)}"
        label = tongue.feature(css)
        sliders.append(WeightSlider(css, css, label, f"{value:g}", words, changed))
    changed_ones = sum(slider.changed for slider in sliders)
    return WeightsPanel(
        action=path_of(found, "rankings"),
        sliders=tuple(sliders),
        summary=tongue.words("%(num)s changed", "%(num)s changed", changed_ones)
        if changed_ones
        else tongue.word("as they stand"),
        run=str(outline.row.number),
        moved=moved
        if any(factor for _, factor in outline.ranking.weights)
        else tongue.word("All weights are 0: everybody has 0 points, and the order says nothing."),
        may_undo=before_undo(found.rankings, outline.row) is not None,
        may_reset=bool(changed_ones),
    )


def factors_from(said: Mapping[str, tuple[str, ...]], features: Sequence[str]) -> dict[str, float]:
    """Return the factor of each feature that sliders give; those in place are left out.

    Raises
    ------
    ValueError
        A slider does not hold a number.
    """
    found: dict[str, float] = {}
    for feature in features:
        values = said.get(f"w_{css_of(feature)}")
        if values and (factor := float(values[0])) != 1:
            found[feature] = factor
    return found


def shifted(row: RankingRow) -> dict[str, float]:
    """Return the factors of a ranking that are not 1."""
    return {name: factor for name, factor in row.weights if factor != 1}


def before_undo(rows: Sequence[RankingRow], shown: RankingRow) -> dict[str, float] | None:
    """Return the weights that stood before those of a ranking; None where none did.

    Going back is a ranking too. So a ranking that has the weights of the one before the last
    takes the last back, and pressing again goes on backwards instead of to and fro. At the
    beginning it takes back the going back, or a reset.

    Parameters
    ----------
    rows : all rankings of the request, in any order
    """
    trail: list[dict[str, float]] = []
    for row in sorted(rows, key=lambda one: one.number):
        if row.number > shown.number:
            break
        now = shifted(row)
        if len(trail) > 1 and now == trail[-2]:
            trail.pop()
        elif not trail or now != trail[-1]:
            trail.append(now)
    if len(trail) > 1:
        return trail[-2]
    before = row_before(rows, shown)
    return shifted(before) if before is not None else None


def row_before(rows: Sequence[RankingRow], shown: RankingRow) -> RankingRow | None:
    """Return the ranking made before one, where its weights are others; None elsewhere."""
    earlier = [row for row in rows if row.number < shown.number]
    last = max(earlier, key=lambda row: row.number, default=None)
    return last if last is not None and shifted(last) != shifted(shown) else None


def moved_words(
    then: tuple[int, Sequence[Standing]],
    now: Sequence[Standing],
    names: Mapping[UUID, str],
    tongue: Tongue,
) -> str:
    """Say who stands elsewhere among the first ten than in the ranking before.

    Parameters
    ----------
    then : number of the ranking before, and where everybody stood
    names : of people by id; whoever has none is counted and not named
    """
    number, before = then
    places = {one.expert_id: one.place for one in before if one.band is Band.FIT}
    first = [one for one in now if one.band is Band.FIT][:_FIRST]
    moved = [one for one in first if places.get(one.expert_id) != one.place]
    if not moved:
        return tongue.word("The first ten stand as in ranking %(number)s.", number=number)
    moved.sort(key=lambda one: (-abs(places.get(one.expert_id, 0) - one.place), one.place))
    told = [
        tongue.word(
            "%(name)s from place %(then)s to %(now)s",
            name=names[one.expert_id],
            then=places[one.expert_id],
            now=one.place,
        )
        for one in moved
        if one.expert_id in names and one.expert_id in places
    ][:_TOLD]
    count = tongue.words(
        "%(num)s of the first ten stands elsewhere than in ranking %(number)s",
        "%(num)s of the first ten stand elsewhere than in ranking %(number)s",
        len(moved),
        number=number,
    )
    return f"{tongue.labelled(count, tongue.listed(told)) if told else count}."


def tied_in(standings: Sequence[Standing], band: Band) -> frozenset[UUID]:
    """Return who has the points of somebody next to her: their order says nothing.

    Those who do not fit are ordered by how far they are from it, so none of them tie by points.
    """
    here = [one for one in standings if one.band is band and band is not Band.NOT]
    pairs = [
        (one.expert_id, other.expert_id)
        for one, other in pairwise(here)
        if math.isclose(one.score, other.score, abs_tol=_SAME)
    ]
    return frozenset(chain.from_iterable(pairs))


def parts_of(contributions: Sequence[Contribution]) -> str:
    """Write what each colour gives and the most it could: `topic:28.2:77 activity:2:5`.

    From it the page puts those shown into another order while a slider moves.
    """
    sums: dict[str, tuple[float, float]] = {}
    for part in contributions:
        points, most = sums.get(css_of(part.feature), (0.0, 0.0))
        sums[css_of(part.feature)] = (points + part.points, most + part.most)
    return " ".join(f"{css}:{points:.4f}:{most:.4f}" for css, (points, most) in sums.items())
