"""The card of a version in words: what it rests on, where it is weak, its use, whom it shows.

Figures come from `matching.card`; a version that was not measured borrows none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from babel.numbers import format_decimal, format_percent

from matching.card import CARDS, Card, Measured, Outside
from roster.read import GroupShare, ModelFeature, ShownFirst
from roster.read.models import FEWER, OTHERS
from roster.vocabulary import ExpertKind
from web.contexts.models import CardTable, CardText, FactorLine, ShareRow, ShareTable, ShownPanel
from web.contexts.parts import percent
from web.contexts.scores import css_of
from web.tongues import Tongue
from web.wording import marked, say

_WAYS = {"rule": marked("The rule"), "chance": marked("Chance")}
_USE = (
    marked(
        "It puts people in order for one request, so that a project officer knows whose record to "
        "read first. Conditions are no part of it."
    ),
    marked(
        "People decide: the officer proposes, the coordinator and the authorities agree. Nobody is "
        "proposed or refused by points alone."
    ),
    marked(
        "Not for rating people, not for deciding who stays on the roster, not for comparing scores "
        "of two requests."
    ),
)
_ALWAYS = (
    marked(
        "A claim in free words is not told from a true one: read the evidence beside each reason."
    ),
    marked(
        "Nationality, gender and age are no parts. Home country, years of service and recent work "
        "can stand in for them: look at who stands among the first ten."
    ),
)
_LEARNT = (
    marked(
        "The figures are about people who were picked for past requests here, not about "
        "all who could have been. Who was shown further down was looked at less; each decision "
        "weighs the more the lower the person stood, up to five times."
    ),
    marked(
        "BM25 and TF-IDF read the records as they are today, everything else what was known when "
        "the list was shown: records written since may flatter them."
    ),
)
_UNMEASURED = marked(
    "It was not measured on judged pairs by whoever made it, or nothing is known of that."
)


def learnt_card(tongue: Tongue, *, figures: bool) -> CardText:
    """Return what holds of every version learnt here; its data and figures stand beside."""
    limits = (*(_LEARNT if figures else ()), *_ALWAYS)
    return CardText((), (), tuple(map(tongue.word, limits)), tuple(map(tongue.word, _USE)))


def shipped_card(version: str, tongue: Tongue) -> CardText:
    """Return the card of the version that the product is shipped with."""
    card, use = CARDS.get(version), tuple(map(tongue.word, _USE))
    if card is None:
        return CardText((tongue.word(_UNMEASURED),), (), tuple(map(tongue.word, _ALWAYS)), use)
    return CardText(
        data=_data(card, tongue),
        tables=(_judged(card, tongue), _outside(card.outside, tongue)),
        limits=(*_limits(card, tongue), *map(tongue.word, _ALWAYS)),
        use=use,
    )


def _data(card: Card, tongue: Tongue) -> tuple[str, ...]:
    _, judged = tongue.word, card.judged
    letters = ", ".join(
        f"{tongue.language(code)} {tongue.number(count)}" for code, count in judged.letters.items()
    )
    return (
        _(
            "The points were written down by people, with %(requests)s requests in sight, each "
            "with %(people)s people graded 0 to 3 by reading letter and CV (%(letters)s).",
            requests=tongue.number(judged.requests),
            people=tongue.number(judged.per_request),
            letters=letters,
        ),
        tongue.words(
            "%(num)s reader graded all of it, a second one %(twice)s requests.",
            "%(num)s readers graded all of it, another one %(twice)s requests.",
            judged.readers,
            twice=tongue.number(judged.read_twice),
        ),
        _(
            "%(invented)s of the %(people)s people graded are invented: no figure here is evidence "
            "of quality in the field.",
            invented=tongue.number(judged.invented),
            people=tongue.number(judged.people),
        ),
    )


def _judged(card: Card, tongue: Tongue) -> CardTable:
    _ = tongue.word
    return CardTable(
        title=_("On the graded pairs, %(day)s", day=tongue.day(card.measured_on)),
        columns=("nDCG@10",),
        first=_("Way of ranking"),
        rows=tuple(
            (_(_WAYS.get(way, way)), (_measured(one, tongue),)) for way, one in card.figures.items()
        ),
    )


def _outside(found: Sequence[Outside], tongue: Tongue) -> CardTable:
    _ = tongue.word
    return CardTable(
        title=_("On invented letters and CVs that nobody here had seen, as texts alone"),
        columns=(_("nDCG@10, the first time"), "BM25", _("After its faults were looked at")),
        first=_("Collection"),
        rows=tuple(
            (
                _(
                    "%(letters)s letters, %(people)s CVs",
                    letters=tongue.number(one.letters - one.seen),
                    people=tongue.number(one.people),
                ),
                (
                    _measured(one.ndcg, tongue),
                    _("not known") if one.bm25 is None else _decimals(one.bm25, tongue),
                    _decimals(one.mended, tongue),
                ),
            )
            for one in found
        ),
    )


def _limits(card: Card, tongue: Tongue) -> tuple[str, ...]:
    _ = tongue.word
    low, high = card.expect
    misread, read = card.misread
    useful = ", ".join(tongue.feature(name) for name in card.surely_useful)
    return (
        _("It was never tested on real requests and real people."),
        _(
            "Of letters that nobody has seen, expect nDCG@10 of %(low)s to %(high)s. The figures "
            "on the graded pairs and the last column flatter: they were in sight when the points "
            "were chosen.",
            low=tongue.number(low),
            high=tongue.number(high),
        ),
        _(
            "What costs most is a working language misread in a letter: it turns the right people "
            "away (%(misread)s instead of %(read)s on one of the collections). Check the languages "
            "of each request.",
            misread=_decimals(misread, tongue),
            read=_decimals(read, tongue),
        ),
        _(
            "Surely of use on the graded pairs: %(parts)s. Of the other parts it is not sure.",
            parts=useful,
        ),
        _(
            "Letters were in English, French, Spanish and Portuguese only. Most pairs of languages "
            "rest on fewer than 20 people: too few to tell languages apart."
        ),
    )


def _measured(one: Measured, tongue: Tongue) -> str:
    mean = _decimals(one.mean, tongue)
    if one.low is None or one.high is None:
        return mean
    return tongue.word(
        "%(mean)s (%(low)s to %(high)s)",
        mean=mean,
        low=_decimals(one.low, tongue),
        high=_decimals(one.high, tongue),
    )


def _decimals(value: float, tongue: Tongue) -> str:
    return str(format_decimal(value, format="0.000", locale=tongue.locale))


def factor_lines(
    features: Sequence[ModelFeature], factors: Mapping[str, float], tongue: Tongue
) -> tuple[FactorLine, ...]:
    """Return what each part measures and gives, beside the rule where factors are known."""
    return tuple(
        FactorLine(
            css=css_of(one.name),
            label=tongue.feature(one.name),
            points=tongue.points(one.points),
            measures=tongue.word(one.measures),
            unknown=str(format_percent(one.neutral, locale=tongue.locale)),
            factor=f"×{tongue.number(round(factors[one.name], 2))}" if one.name in factors else "",
        )
        for one in features
    )


def shown_panel(shown: ShownFirst, tongue: Tongue) -> ShownPanel:
    """Return who stands among the first ten, beside everybody."""
    _ = tongue.word
    if not shown.places or shown.since is None or shown.until is None:
        none = _("No ranking is recorded yet, so nobody was shown. Rank for a request first.")
        return ShownPanel(none, (), ())
    about = tongue.words(
        "The last ranking of %(num)s request, %(days)s: %(places)s places beside the %(people)s "
        "people on the roster.",
        "The last rankings of %(num)s requests, %(days)s: %(places)s places beside the %(people)s "
        "people on the roster.",
        shown.requests,
        days=tongue.days(shown.since, shown.until),
        places=tongue.number(shown.places),
        people=tongue.number(shown.people),
    )
    new = shown.first_timers
    tables = [
        _table(_("Member State"), shown.countries, _countries(shown, tongue), shown, tongue),
        _table(_("Kind"), shown.kinds, _kinds(tongue), shown, tongue),
    ]
    if new is not None:
        labels: Mapping[str | None, str] = {new.group: _("Never deployed before")}
        tables.insert(0, _table(_("First-timers"), (new,), labels, shown, tongue))
    return ShownPanel(about, tuple(tables), tuple(_notes(shown, tongue)))


def _notes(shown: ShownFirst, tongue: Tongue) -> list[str]:
    notes = [
        tongue.word(
            "Counted from stored rankings, home countries and deployments. Who is shown follows "
            "what was asked for, too: a difference is a question, not yet a fault."
        )
    ]
    if shown.invented:
        notes.append(
            tongue.words(
                "%(num)s of these people is invented.",
                "%(num)s of these people are invented.",
                shown.invented,
            )
        )
    if shown.gone:
        notes.append(
            tongue.words(
                "%(num)s place is of somebody who left the roster since; it counts in no group.",
                "%(num)s places are of people who left the roster since; they count in no group.",
                shown.gone,
            )
        )
    return notes


def _countries(shown: ShownFirst, tongue: Tongue) -> Mapping[str | None, str]:
    return {
        **{one.group: tongue.country(one.group) for one in shown.countries if one.group},
        **_gathered(tongue),
    }


def _kinds(tongue: Tongue) -> Mapping[str | None, str]:
    return {**{kind.value: say(tongue, kind) for kind in ExpertKind}, **_gathered(tongue)}


def _gathered(tongue: Tongue) -> Mapping[str | None, str]:
    _ = tongue.word
    return {
        OTHERS: _("Countries outside the EU"),
        FEWER: _("Smaller groups"),
        None: _("Not known"),
    }


def _table(
    title: str,
    groups: Sequence[GroupShare],
    labels: Mapping[str | None, str],
    shown: ShownFirst,
    tongue: Tongue,
) -> ShareTable:
    return ShareTable(
        title=title,
        column=title,
        rows=tuple(
            ShareRow(
                label=labels[one.group],
                first=_part(one.places, shown.places, tongue),
                first_width=percent(one.places, shown.places),
                people=_part(one.people, shown.people, tongue),
                people_width=percent(one.people, shown.people),
            )
            for one in groups
        ),
    )


def _part(count: int, of: int, tongue: Tongue) -> str:
    share = format_percent(count / of if of else 0.0, locale=tongue.locale)
    return tongue.word("%(share)s (%(count)s)", share=share, count=tongue.number(count))
