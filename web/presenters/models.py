"""Versions of the ranking model in the reader's words: figures, card, what keeps one back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from babel.numbers import format_percent

from roster.models import DECIDES, FEWEST_DECISIONS, FEWEST_REQUESTS, Hurdle, HurdleKind
from roster.read import (
    Exposure,
    ModelFeature,
    ModelFigure,
    ModelManifest,
    ModelRow,
    ShownFirst,
)
from roster.vocabulary import ModelState, Origin
from web.contexts.layout import Fact, Frame
from web.contexts.models import (
    ExposureTable,
    FigureTable,
    IntervalRow,
    ModelPage,
    ReasonForm,
    VersionCard,
)
from web.contexts.parts import Chip, ErrorLine, FormField, percent
from web.presenters.model_cards import factor_lines, learnt_card, shipped_card, shown_panel
from web.presenters.model_diffs import compare_form
from web.tongues import Tongue
from web.wording import marked

_COUNTRIES_SHOWN = 12
_LEARNT = "learnt"
_SHIPPED = "v-shipped"
_RULE = "rule"
"""How the versions of the documented rule begin."""
_RULE_FROM = marked("points that people wrote down")
_PAIRS_FROM = marked("graded pairs of a request and a person")
_CHIPS = {
    ModelState.CANDIDATE: ("unknown", marked("Candidate")),
    ModelState.IN_USE: ("pass", marked("In use")),
    ModelState.RETIRED: ("done", marked("Retired")),
}
_LEFT_OUT = {
    "still on a list, nothing decided": marked("still on a list, nothing decided"),
    "left for time, interest or release": marked("left for time, interest or release"),
    "not taken for a reason that is not about the person": marked(
        "not taken for a reason that is not about the person"
    ),
    "no stored ranking shows what was known of the person": marked(
        "no stored ranking shows what was known of the person"
    ),
    "invented": marked("invented"),
}
"""Why decisions teach nothing, as the roster says it."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything that the page is made of."""

    shipped: str
    """Version that the product is shipped with."""
    ranks: str
    """Version that really ranks."""
    rows: tuple[ModelRow, ...]
    features: Mapping[str, tuple[ModelFeature, ...]]
    """Version → its features; versions that cannot rank any more are not in it."""
    hurdles: Mapping[str, tuple[Hurdle, ...]]
    """Candidate → what keeps it back."""
    shown: ShownFirst
    """By the recorded rankings, whichever version made them."""
    former: tuple[str, ...] = ()
    """Rules that ranked before; they can be compared with, not gone back to."""


def model_page(
    frame: Frame, shelf: Shelf, tongue: Tongue, errors: Mapping[str, str] | None = None
) -> ModelPage:
    """Return the page.

    Parameters
    ----------
    errors : version → what was wrong with the reason typed for it
    """
    _ = tongue.word
    wrong = errors or {}
    cards = [_card(row, shelf, tongue, wrong.get(row.version, "")) for row in shelf.rows]
    cards.append(_shipped(shelf, tongue, wrong.get(shelf.shipped, "")))
    return ModelPage(
        frame=frame,
        title=_("Ranking model"),
        in_use=_("%(version)s ranks.", version=shelf.ranks),
        because=_because(shelf, tongue),
        versions=tuple(cards),
        shown=shown_panel(shelf.shown, tongue),
        compare=compare_form(tuple(shelf.features) + shelf.former, *_two(shelf), tongue),
        errors=tuple(
            ErrorLine(f"#{card.form.field.id}", card.form.field.error)
            for card in cards
            if card.form and card.form.field.error
        ),
        command="roster train",
    )


def _two(shelf: Shelf) -> tuple[str, str]:
    """Return the versions that are compared first: the one that ranks, and the next other."""
    others = [
        *(row.version for row in shelf.rows if row.version in shelf.features),
        shelf.shipped,
        *shelf.former,
    ]
    return shelf.ranks, next((one for one in others if one != shelf.ranks), shelf.ranks)


def _because(shelf: Shelf, tongue: Tongue) -> str:
    _ = tongue.word
    chosen = next((row for row in shelf.rows if row.state is ModelState.IN_USE), None)
    if chosen is None:
        return _(
            "It is the one that the product is shipped with: no learnt model has been promoted. "
            "A candidate needs a gain above zero for sure, on requests it has not seen, from "
            "%(decisions)s real decisions over %(requests)s requests.",
            decisions=FEWEST_DECISIONS,
            requests=FEWEST_REQUESTS,
        )
    if chosen.version != shelf.ranks:
        return _(
            "%(version)s was promoted, but this version of the product measures other features. "
            "Train anew.",
            version=chosen.version,
        )
    by = chosen.promoted_by or _("a command of whoever runs the system")
    day = tongue.day(chosen.promoted_at.date()) if chosen.promoted_at else ""
    return _("In use since %(day)s, by %(by)s: %(why)s", day=day, by=by, why=chosen.reason)


def _card(row: ModelRow, shelf: Shelf, tongue: Tongue, error: str) -> VersionCard:
    _, manifest = tongue.word, row.manifest
    state, words = _CHIPS[row.state]
    hurdles = shelf.hurdles.get(row.version, ())
    warning = ""
    if manifest.origin is Origin.SYNTHETIC:
        warning = _("Learnt from invented decisions: no evidence of quality, and never promoted.")
    return VersionCard(
        version=row.version,
        anchor=_anchor(row),
        state=Chip(state, _(words)),
        facts=_facts(row, tongue),
        why=row.reason,
        warning=warning,
        figures=_figures(manifest, row.version, tongue),
        verdict=_verdict(manifest, tongue),
        exposure=_exposure(manifest, row.version, tongue),
        factors=factor_lines(shelf.features.get(row.version, ()), manifest.factors, tongue),
        left_out=tuple(
            f"{tongue.number(count)} {_(_LEFT_OUT.get(why, why))}"
            for why, count in manifest.left_out.items()
        ),
        hurdles=tuple(_hurdle(one, manifest, shelf.ranks, tongue) for one in hurdles),
        form=_form(row, hurdles, shelf, tongue, error),
        card=learnt_card(tongue, figures=bool(manifest.figures)),
        open=row.version == shelf.ranks,
    )


def _shipped(shelf: Shelf, tongue: Tongue, error: str) -> VersionCard:
    _ = tongue.word
    ranks, is_rule = shelf.ranks == shelf.shipped, shelf.shipped.startswith(_RULE)
    chosen = any(row.state is ModelState.IN_USE for row in shelf.rows)
    form = None
    if chosen:
        form = _reason_form("/model/rollback", _SHIPPED, _("Go back to it"), tongue, error)
    return VersionCard(
        version=shelf.shipped,
        anchor=_SHIPPED,
        state=Chip("pass", _("In use")) if ranks else Chip("done", _("Always there")),
        facts=(Fact(_("Made from"), _(_RULE_FROM if is_rule else _PAIRS_FROM)),),
        why="",
        warning="",
        figures=None,
        verdict="",
        exposure=None,
        factors=factor_lines(shelf.features.get(shelf.shipped, ()), {}, tongue),
        left_out=(),
        hurdles=(),
        form=form,
        card=shipped_card(shelf.shipped, tongue),
        open=not shelf.rows,
    )


def _anchor(row: ModelRow) -> str:
    return f"v-{row.id}"


def _facts(row: ModelRow, tongue: Tongue) -> tuple[Fact, ...]:
    _, made = tongue.word, row.manifest
    facts = [
        Fact(_("Made"), tongue.day(row.created_at.date())),
        Fact(
            _("Made from"),
            _(
                "%(decisions)s decisions over %(requests)s requests",
                decisions=tongue.number(made.decisions),
                requests=tongue.number(made.requests),
            ),
        ),
        Fact(
            _("Real among them"),
            _(
                "%(decisions)s over %(requests)s requests",
                decisions=tongue.number(made.real_decisions),
                requests=tongue.number(made.real_requests),
            ),
        ),
    ]
    if made.since is not None and made.until is not None:
        facts.append(Fact(_("Decided"), tongue.days(made.since, made.until)))
    facts += [
        Fact(_("Held against"), made.against),
        Fact(_("Digest of the decisions"), made.data_hash),
    ]
    return tuple(facts)


def _figures(manifest: ModelManifest, version: str, tongue: Tongue) -> FigureTable | None:
    if not manifest.figures:
        return None
    metrics = tuple(next(iter(manifest.figures.values())))
    return FigureTable(
        title=tongue.words(
            "On %(num)s request that came later",
            "On %(num)s requests that came later",
            manifest.held_out,
        ),
        metrics=metrics,
        rows=tuple(
            _interval(_way(way, version), held, metrics, tongue)
            for way, held in manifest.figures.items()
        ),
        drawn=DECIDES,
    )


def _way(way: str, version: str) -> str:
    return version if way == _LEARNT else way


def _interval(
    label: str, held: Mapping[str, ModelFigure], metrics: Sequence[str], tongue: Tongue
) -> IntervalRow:
    drawn = held.get(DECIDES)
    known = drawn is not None and drawn.low is not None and drawn.high is not None
    return IntervalRow(
        label=label,
        width=percent(drawn.mean or 0.0, 1.0) if drawn else "0%",
        low=percent(drawn.low or 0.0, 1.0) if drawn and known else "",
        high=percent(drawn.high or 0.0, 1.0) if drawn and known else "",
        values=tuple(_figure(held.get(metric), tongue) for metric in metrics),
    )


def _figure(figure: ModelFigure | None, tongue: Tongue, *, sign: bool = False) -> str:
    if figure is None or figure.mean is None or figure.low is None or figure.high is None:
        return tongue.word("not known")

    def shown(value: float) -> str:
        text = tongue.number(round(abs(value), 3))
        mark = "−" if value < 0 else "+" if sign else ""
        return f"{mark}{text}"

    return tongue.word(
        "%(mean)s (%(low)s to %(high)s)",
        mean=shown(figure.mean),
        low=shown(figure.low),
        high=shown(figure.high),
    )


def _verdict(manifest: ModelManifest, tongue: Tongue) -> str:
    gain = manifest.gains.get(DECIDES)
    shown = _figure(gain, tongue, sign=True)
    if gain is None or gain.mean is None:
        return tongue.word("Too few requests could be held out: nothing is proved.")
    if gain.is_above_zero:
        return tongue.word(
            "Better than %(against)s for sure: %(metric)s %(gain)s.",
            against=manifest.against,
            metric=DECIDES,
            gain=shown,
        )
    return tongue.word(
        "Not surely better than %(against)s: %(metric)s %(gain)s.",
        against=manifest.against,
        metric=DECIDES,
        gain=shown,
    )


def _exposure(manifest: ModelManifest, version: str, tongue: Tongue) -> ExposureTable | None:
    shown = {way: told for way, told in manifest.exposure.items() if told.places}
    if not shown:
        return None
    codes: dict[str, float] = {}
    for told in shown.values():
        for code, share in told.countries.items():
            codes[code] = max(share, codes.get(code, 0.0))
    top = sorted(codes, key=lambda code: (-codes[code], code))[:_COUNTRIES_SHOWN]
    rows = [(tongue.word("First-timers"), tuple(_first(one, tongue) for one in shown.values()))]
    rows += [
        (
            tongue.country(code),
            tuple(_share(told.countries.get(code, 0.0), tongue) for told in shown.values()),
        )
        for code in top
    ]
    note = ""
    if len(codes) > len(top):
        note = tongue.words(
            "%(num)s more country has less.",
            "%(num)s more countries have less.",
            len(codes) - len(top),
        )
    return ExposureTable(tuple(_way(way, version) for way in shown), tuple(rows), note)


def _first(told: Exposure, tongue: Tongue) -> str:
    known = told.first_timers
    return tongue.word("not known") if known is None else _share(known, tongue)


def _share(value: float, tongue: Tongue) -> str:
    return str(format_percent(value, locale=tongue.locale))


def _hurdle(hurdle: Hurdle, manifest: ModelManifest, in_use: str, tongue: Tongue) -> str:
    _ = tongue.word
    if hurdle.kind is HurdleKind.FEW:
        return _(
            "It rests on %(decisions)s real decisions over %(requests)s requests; %(least)s over "
            "%(fewest)s are needed.",
            decisions=tongue.number(manifest.real_decisions),
            requests=tongue.number(manifest.real_requests),
            least=FEWEST_DECISIONS,
            fewest=FEWEST_REQUESTS,
        )
    if hurdle.kind is HurdleKind.AGAINST:
        return _(
            "It was held against %(against)s, but %(in_use)s is in use now: train anew.",
            against=manifest.against,
            in_use=in_use,
        )
    return {
        HurdleKind.FEATURES: _(
            "It was made for other features than this version measures: train anew."
        ),
        HurdleKind.INVENTED: _(
            "It was learnt from invented decisions, which never promote a model."
        ),
        HurdleKind.GAIN: _("Its gain over the one in use is not above zero for sure."),
    }[hurdle.kind]


def _form(
    row: ModelRow, hurdles: Sequence[Hurdle], shelf: Shelf, tongue: Tongue, error: str
) -> ReasonForm | None:
    if row.state is ModelState.CANDIDATE and not hurdles:
        label = tongue.word("Let it rank")
        return _reason_form("/model/promote", _anchor(row), label, tongue, error)
    if row.state is ModelState.RETIRED and row.version in shelf.features:
        label = tongue.word("Go back to it")
        return _reason_form("/model/rollback", _anchor(row), label, tongue, error)
    return None


def _reason_form(action: str, anchor: str, label: str, tongue: Tongue, error: str) -> ReasonForm:
    field = FormField("reason", tongue.word("Why"), required=True, error=error, prefix=f"{anchor}-")
    return ReasonForm(action, label, field)
