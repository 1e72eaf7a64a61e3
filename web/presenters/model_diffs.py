"""Two versions in words and curves: which parts changed, and what that does to past rankings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roster.read import Contrast, LastRanking, ModelCurve
from web.contexts.layout import Frame
from web.contexts.models import CompareForm, CurveLine, ModelDiffPage, OrderLine
from web.contexts.parts import Choice, FormField, Link, PostButton
from web.contexts.scores import css_of
from web.tongues import Tongue

ORDERED = 10
"""Past requests that are ordered by both versions when somebody asks."""
_WIDE, _HIGH, _DRAWN = 100.0, 40.0, 17
"""Size of the picture, and how many points of a curve it has."""
_FIRST = 10
_SAME = 0.05
"""Points by which nobody would see a change."""


@dataclass(frozen=True, slots=True)
class TwoVersions:
    """What the page is made of."""

    versions: tuple[str, ...]
    """To choose from."""
    one: str
    other: str
    curves: tuple[Sequence[ModelCurve], Sequence[ModelCurve]]
    orders: tuple[tuple[LastRanking, Contrast], ...] = ()
    was_ordered: bool = False


def compare_form(
    versions: Sequence[str], one: str, other: str, tongue: Tongue
) -> CompareForm | None:
    """Return the choice of two versions; None where there is nothing to choose."""
    names = tuple(dict.fromkeys(versions))
    if len(names) < 2:
        return None
    return _form(names, one, other, tongue)


def _form(names: Sequence[str], one: str, other: str, tongue: Tongue) -> CompareForm:
    def field(name: str, label: str, chosen: str) -> FormField:
        options = tuple(Choice(version, version, version == chosen) for version in names)
        return FormField(name, label, kind="select", choices=options)

    return CompareForm(
        (
            field("one", tongue.word("Version"), one),
            field("other", tongue.word("Compared with"), other),
        )
    )


def diff_page(frame: Frame, two: TwoVersions, tongue: Tongue) -> ModelDiffPage:
    """Return the page on two versions."""
    _ = tongue.word
    lines = _lines(two, tongue)
    values = (("one", two.one), ("other", two.other), ("last", str(ORDERED)))
    return ModelDiffPage(
        frame=frame,
        title=frame.title,
        back=Link(_("Ranking model"), "/model"),
        form=_form(two.versions, two.one, two.other, tongue),
        one=two.one,
        other=two.other,
        verdict=_verdict(lines, tongue),
        columns=(_("At best"), _("Half way"), _("Not known")),
        lines=lines,
        order_columns=(
            _("Join the first ten"),
            _("Other places among the first ten"),
            _("Places moved, on average"),
        ),
        orders=tuple(_order(run, found, tongue) for run, found in two.orders),
        order_words=_order_words(two, tongue),
        count=None
        if two.was_ordered
        else PostButton(_("Order past requests by both"), "/model/compare", values, "get"),
    )


def _lines(two: TwoVersions, tongue: Tongue) -> tuple[CurveLine, ...]:
    before, after = two.curves
    known: Mapping[str, ModelCurve] = {curve.feature: curve for curve in after}
    top = max((curve.most for curve in (*before, *after)), default=0.0) or 1.0
    return tuple(
        _line(curve, known[curve.feature], top, two, tongue)
        for curve in before
        if curve.feature in known
    )


def _line(
    one: ModelCurve, other: ModelCurve, top: float, two: TwoVersions, tongue: Tongue
) -> CurveLine:
    def cell(before: float, after: float) -> str:
        return tongue.word(
            "%(before)s → %(after)s", before=tongue.points(before), after=tongue.points(after)
        )

    pairs = (
        (one.most, other.most),
        (_half(one), _half(other)),
        (one.unknown, other.unknown),
    )
    change = other.most - one.most
    return CurveLine(
        css=css_of(one.feature),
        label=tongue.feature(one.feature),
        one=_drawn(one, top),
        other=_drawn(other, top),
        words=tongue.word(
            "%(one)s rises to %(before)s points, %(other)s to %(after)s.",
            one=two.one,
            before=tongue.points(one.most),
            other=two.other,
            after=tongue.points(other.most),
        ),
        cells=tuple(cell(*pair) for pair in pairs),
        change=_signed(change, tongue) if abs(change) >= _SAME else "–",
        is_changed=any(abs(after - before) >= _SAME for before, after in pairs),
    )


def _half(curve: ModelCurve) -> float:
    return curve.points[len(curve.points) // 2]


def _drawn(curve: ModelCurve, top: float) -> str:
    """Return a curve as points of a line, the same scale for all."""
    last = len(curve.points) - 1
    steps = sorted({round(at * last / (_DRAWN - 1)) for at in range(_DRAWN)})
    return " ".join(
        f"{_WIDE * step / last:.1f},{_HIGH * (1 - curve.points[step] / top):.1f}" for step in steps
    )


def _signed(value: float, tongue: Tongue) -> str:
    return f"{'−' if value < 0 else '+'}{tongue.points(abs(value))}"


def _verdict(lines: Sequence[CurveLine], tongue: Tongue) -> str:
    changed = sum(line.is_changed for line in lines)
    if not changed:
        return tongue.word("Every part counts the same in both.")
    return tongue.words(
        "%(num)s part of %(all)s counts otherwise.",
        "%(num)s parts of %(all)s count otherwise.",
        changed,
        all=tongue.number(len(lines)),
    )


def _order(run: LastRanking, found: Contrast, tongue: Tongue) -> OrderLine:
    mean = found.moved_mean
    return OrderLine(
        label=f"{run.code} {run.title}".strip(),
        href=f"/requests/{run.request_id}/ranking",
        cells=(
            tongue.number(len(found.entered)),
            tongue.number(found.first_moved),
            tongue.word("nobody to order") if mean is None else tongue.points(mean),
        ),
    )


def _order_words(two: TwoVersions, tongue: Tongue) -> str:
    if not two.was_ordered:
        return ""
    if not two.orders:
        return tongue.word("No ranking is recorded yet: there is nothing to order.")
    return tongue.words(
        "Places among the first ten that go to somebody else by %(other)s: %(joined)s of "
        "%(places)s, over the last %(num)s request.",
        "Places among the first ten that go to somebody else by %(other)s: %(joined)s of "
        "%(places)s, over the last %(num)s requests.",
        len(two.orders),
        joined=tongue.number(sum(len(found.entered) for _, found in two.orders)),
        places=tongue.number(sum(min(found.people, _FIRST) for _, found in two.orders)),
        other=two.other,
    )
