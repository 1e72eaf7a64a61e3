"""Where one person stands for a request, in the reader's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from matching.unnamed import bare_reason, without_text
from roster.read import (
    Contribution,
    ExpertRow,
    Gap,
    Lift,
    RankedExpert,
    RankingRow,
    RequestDetail,
    WhyNot,
)
from roster.vocabulary import Band
from web.contexts.layout import Frame
from web.contexts.parts import Link, PersonName
from web.contexts.reviews import GapLine, LiftLine, Place, WhyPage
from web.contexts.scores import css_of, score_of
from web.presenters.persons import NOBODY, called, name_of
from web.presenters.ranked_people import gate_chips, quotes_of
from web.presenters.ranking_query import RankingQuery
from web.presenters.request_head import head_of, path_of
from web.reason_words import clause
from web.tongues import Tongue


@dataclass(frozen=True, slots=True)
class Sought:
    """What was searched for, and who is called so."""

    query: str
    people: Sequence[ExpertRow] = ()


@dataclass(frozen=True, slots=True)
class NamesKept:
    """That a list keeps names back."""

    asked: bool
    """Whether its reader asked for that; else the facility's rule did."""


def why_path(
    found: RequestDetail, row: RankingRow, expert_id: UUID, *, hide_names: bool = False
) -> str:
    """Return the address of the page about one person in one ranking."""
    query = RankingQuery(found.row.id, row.number, hide_names=hide_names)
    return query.beside(f"why/{expert_id}", run=row.number)


def why_page(
    frame: Frame,
    request: RequestDetail,
    row: RankingRow,
    today: date,
    tongue: Tongue,
    *,
    sought: Sought | None = None,
    why: WhyNot | None = None,
    names: NamesKept | None = None,
) -> WhyPage:
    """Return the page, with what was searched for and found, or with one person's place.

    Parameters
    ----------
    names : where the list keeps names back, and people are looked up by their number
    """
    _ = tongue.word
    asked = names.asked if names else False
    sought = sought or Sought("")
    ranking = RankingQuery(request.row.id, row.number, hide_names=asked).href()
    nobody = (
        _("Nobody in this list has that number. Names are kept back: give a number.")
        if names
        else _("Nobody on the roster is called so. Try another part of the name.")
    )
    return WhyPage(
        frame=frame,
        head=head_of(request, "ranking", today, tongue),
        back=Link(_("Back to the ranking"), ranking),
        action=path_of(request, "why"),
        run=str(row.number),
        query=sought.query,
        by_number=names is not None,
        hide_names=asked,
        found=tuple(_linked(one, why_path(request, row, one.id), tongue) for one in sought.people),
        nobody=nobody if sought.query and not sought.people else "",
        place=_place(why, tongue) if why else None,
    )


def _linked(row: ExpertRow, href: str, tongue: Tongue) -> PersonName:
    return replace(name_of(row, tongue), href=href)


def _place(why: WhyNot, tongue: Tongue) -> Place:
    _ = tongue.word
    reach = ""
    if why.lifts:
        reach = _(
            "With all of it at its best the score would be %(reach)s.",
            reach=tongue.points(why.reach),
        )
    unnamed = {why.person.id: why.number} if why.is_unnamed else NOBODY
    return Place(
        person=called(why.person, tongue, unnamed),
        verdict=_verdict(why, tongue),
        held=_held(why, tongue),
        gates=gate_chips(why.ranked.gates, tongue),
        score=score_of(why.ranked.score, _parts(why), tongue),
        tenth=_tenth(why.tenth, tongue),
        gaps=tuple(_gap(gap, _reason(why, gap), tongue) for gap in why.gaps),
        lifts=tuple(_lift(lift, tongue) for lift in why.lifts),
        reach=reach,
        quotes=() if why.is_unnamed else quotes_of(why.ranked.contributions, tongue),
    )


def _verdict(why: WhyNot, tongue: Tongue) -> str:
    _, ranked = tongue.word, why.ranked
    score, place = tongue.points(ranked.score), tongue.number(ranked.place)
    decisive = ranked.deciding
    if ranked.band is Band.NOT and decisive is not None:
        return _(
            "A condition is not met, and no score makes up for it: %(reason)s.",
            reason=clause(decisive.reason, tongue),
        )
    if ranked.band is Band.ASK and decisive is not None:
        return _(
            "Something has to be asked first: %(reason)s.", reason=clause(decisive.reason, tongue)
        )
    if not why.is_as_stored:
        return _("Meets every condition, with %(score)s points.", score=score)
    return _(
        "Meets every condition and stands at place %(place)s, with %(score)s points.",
        place=place,
        score=score,
    )


def _held(why: WhyNot, tongue: Tongue) -> str:
    if why.is_as_stored:
        return tongue.word(
            "As in ranking %(number)s of %(day)s.",
            number=why.row.number,
            day=tongue.day(why.row.at.date()),
        )
    return tongue.word(
        "Not in ranking %(number)s: this is measured today, by the same model and weights.",
        number=why.row.number,
    )


def _tenth(tenth: RankedExpert | None, tongue: Tongue) -> str:
    if tenth is None:
        return tongue.word("Nobody meets every condition, so there is nobody to compare with.")
    return tongue.word(
        "Held against place %(place)s, who has %(score)s points. What that person has more of "
        "comes first.",
        place=tenth.place,
        score=tongue.points(tenth.score),
    )


def _parts(why: WhyNot) -> tuple[Contribution, ...]:
    ranked = without_text([why.ranked])[0] if why.is_unnamed else why.ranked
    return ranked.contributions


def _reason(why: WhyNot, gap: Gap) -> str:
    return bare_reason(gap.feature, gap.reason) if why.is_unnamed else gap.reason


def _gap(gap: Gap, reason: str, tongue: Tongue) -> GapLine:
    difference = "" if gap.of_tenth is None else _signed(gap.points - gap.of_tenth, tongue)
    return GapLine(
        css=css_of(gap.feature),
        label=tongue.feature(gap.feature),
        points=tongue.points(gap.points),
        tenth="" if gap.of_tenth is None else tongue.points(gap.of_tenth),
        difference=difference,
        reason=clause(reason, tongue),
        unknown=gap.value is None,
    )


def _signed(value: float, tongue: Tongue) -> str:
    shown = tongue.points(abs(value))
    if shown == tongue.points(0.0):
        return shown
    return f"+{shown}" if value > 0 else f"−{shown}"


def _lift(lift: Lift, tongue: Tongue) -> LiftLine:
    return LiftLine(
        css=css_of(lift.feature),
        label=tongue.feature(lift.feature),
        points=tongue.points(lift.points),
        words=clause(lift.words, tongue),
        unknown=lift.is_unknown,
    )
