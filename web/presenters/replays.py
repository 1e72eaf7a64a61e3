"""A stored ranking made again, in the reader's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from roster.read import (
    ExpertRow,
    RankedExpert,
    RankedRequest,
    Replay,
    ReplayCause,
    Replayed,
    RequestDetail,
)
from web.contexts.layout import Fact, Frame, Head
from web.contexts.parts import Chip, Empty, Link, Notice, PersonName
from web.contexts.reviews import ReplayLine, ReplayPage, Stand, StandPage
from web.presenters.persons import called, name_of
from web.presenters.ranking_query import RankingQuery
from web.presenters.request_head import head_of
from web.presenters.weights import shifted
from web.tongues import Tongue
from web.wording import marked, say

MOST_SHOWN = 100
_CAUSES = {
    ReplayCause.GONE: marked("no longer on the roster: erased, merged or left"),
    ReplayCause.CHANGED: marked("the record changed since"),
    ReplayCause.COMPANY: marked(
        "others changed since: how rare a word or a topic is, is counted over everybody"
    ),
    ReplayCause.PRODUCT: marked(
        "compared by meaning since, or measured otherwise by this release of the product"
    ),
}


def replay_page(
    frame: Frame,
    found: RequestDetail,
    replay: Replay,
    rows: Mapping[UUID, ExpertRow],
    today: date,
    tongue: Tongue,
    *,
    hide_names: bool = False,
) -> ReplayPage:
    """Return the page; people who may not be named are counted only."""
    shown = [one for one in replay.differing if one.then.expert_id in rows][:MOST_SHOWN]
    hidden = Counter(replay.causes).total() - len(shown)
    return ReplayPage(
        frame=frame,
        head=head_of(found, "ranking", today, tongue),
        back=Link(
            tongue.word("Back to the ranking"),
            RankingQuery(found.row.id, replay.row.number, hide_names=hide_names).href(),
        ),
        verdict=_verdict(replay, tongue),
        held=_held(replay, tongue),
        checks=_checks(replay, tongue),
        causes=tuple(
            (tongue.word(_CAUSES[cause]), tongue.number(people))
            for cause, people in replay.causes.items()
        ),
        lines=tuple(
            _line(one, called(rows[one.then.expert_id], tongue, replay.unnamed), tongue)
            for one in shown
        ),
        more=tongue.words("%(num)s other person", "%(num)s other people", hidden) if hidden else "",
    )


def _verdict(replay: Replay, tongue: Tongue) -> Notice:
    people = tongue.number(replay.people)
    if replay.refusal is not None:
        return Notice("no", tongue.word("It cannot be made again."), tongue.word(replay.refusal))
    if replay.is_equal:
        return Notice(
            "ok",
            tongue.word("It comes out as it was."),
            tongue.words(
                "%(num)s person, with the same score, conditions and place.",
                "%(num)s people, each with the same score, conditions and place.",
                replay.people,
            ),
        )
    count = Counter(replay.causes).total()
    title = tongue.words(
        "%(num)s of %(people)s people comes out otherwise today.",
        "%(num)s of %(people)s people come out otherwise today.",
        count,
        people=people,
    )
    return Notice("look", title, tongue.word("The list that was kept stays as it was shown."))


def _held(replay: Replay, tongue: Tongue) -> str:
    moved = [
        f"{tongue.feature(name)} ×{tongue.number(factor)}"
        for name, factor in shifted(replay.row).items()
    ]
    told = tongue.word(
        "Ranking %(number)s of %(day)s, by %(model)s, over the records as they are today.",
        number=replay.row.number,
        day=tongue.day(replay.row.at.date()),
        model=replay.row.model,
    )
    weights = (
        tongue.word("Weights changed: %(weights)s.", weights=", ".join(moved))
        if moved
        else tongue.word("All weights as they stand.")
    )
    return f"{told} {weights}"


def _checks(replay: Replay, tongue: Tongue) -> tuple[Chip, ...]:
    checks = [
        Chip("pass", tongue.word("the parts add up to each score"))
        if replay.sums_hold
        else Chip("fail", tongue.word("the parts do not add up to each score"))
    ]
    if replay.refusal is None:
        checks.append(
            Chip("pass", tongue.word("all others stand in the same order"))
            if replay.order_holds
            else Chip("fail", tongue.word("the others stand in another order"))
        )
    return tuple(checks)


def _line(one: Replayed, person: PersonName, tongue: Tongue) -> ReplayLine:
    return ReplayLine(
        person=person,
        then=_stands(one.then, tongue),
        now=_stands(one.now, tongue) if one.now else "",
        cause=tongue.word(_CAUSES[one.cause]),
    )


def _stands(ranked: RankedExpert, tongue: Tongue) -> str:
    return tongue.word(
        "%(band)s, place %(place)s, %(score)s points",
        band=say(tongue, ranked.band),
        place=tongue.number(ranked.place),
        score=tongue.points(ranked.score),
    )


def stand_page(
    frame: Frame, row: ExpertRow, requests: tuple[RankedRequest, ...], tongue: Tongue
) -> StandPage:
    """Return the page on which a request is chosen to look one person up for."""
    _ = tongue.word
    person = name_of(row, tongue)
    head = Head(
        _("For which request?"),
        (Link(_("Experts"), "/experts"), Link(person.name, f"/experts/{row.id}")),
        _("Why not?"),
        facts=(Fact(_("Person"), person.name),),
    )
    return StandPage(
        frame=frame,
        head=head,
        person=person,
        requests=tuple(_stand(one, row, tongue) for one in requests),
        empty=None
        if requests
        else Empty(
            _("Nobody was ranked for any request yet"),
            _("Rank people for a request first; then each person’s place in it is told here."),
            (Link(_("Requests"), "/requests"),),
        ),
    )


def _stand(one: RankedRequest, row: ExpertRow, tongue: Tongue) -> Stand:
    return Stand(
        link=Link(one.title, f"/requests/{one.id}/why/{row.id}"),
        code=one.code,
        held=tongue.word("Ranked on %(day)s", day=tongue.day(one.at.date())),
    )
