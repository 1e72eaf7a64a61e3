"""Stand-ins for what comes from outside: time above all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from roster.ports import WORDED, LookFurther
from roster.read import (
    Contrast,
    Contribution,
    Evidence,
    ExpertView,
    GateResult,
    IndexStanding,
    KeptReading,
    MeasuredRanking,
    ModelCurve,
    ModelFeature,
    RankedExpert,
    Ranking,
    RequestView,
    RuleCheck,
    SeatFilled,
    Seating,
    SeatNeed,
    TeamAnswer,
    TeamProposal,
    TeamRules,
)
from roster.vocabulary import Band, Gate, GateOutcome, SeatRole, TeamMode

A_MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class FrozenClock:
    """A clock that moves only when told to."""

    def __init__(self, at: datetime = A_MONDAY) -> None:
        self.at = at

    def now(self) -> datetime:
        """Return the moment it stands at."""
        return self.at

    def advance(self, **by: float) -> datetime:
        """Move it by what `datetime.timedelta` takes; return the new moment."""
        self.at += timedelta(**by)
        return self.at


class FakeRanker:
    """Ranks whoever it was given by id, everybody fit; remembers what it was asked."""

    model = "fake/1"
    features = (ModelFeature("topic", "Topics", "topic", 100.0, 0.25, "practice in the topics"),)

    def __init__(self) -> None:
        self.people: dict[UUID, ExpertView] = {}
        self.asked: list[RequestView] = []
        self.kept: Callable[[], KeptReading | None] | None = None
        """Where the reading of the last request is."""

    def rank(
        self,
        request: RequestView,
        *,
        among: Iterable[UUID] | None = None,
        weights: Mapping[str, float] | None = None,
        worded: int = WORDED,  # noqa: ARG002 -- a port
        model: str | None = None,
        kept: Callable[[], KeptReading | None] | None = None,
        now: datetime,
    ) -> Ranking:
        """Rank by id: the fewer points the later the id."""
        self.asked.append(request)
        self.kept = kept
        allowed = set(self.people) if among is None else set(among) & set(self.people)
        people = tuple(
            _ranked(expert_id, place) for place, expert_id in enumerate(sorted(allowed), start=1)
        )
        return Ranking(
            request=request,
            people=people,
            model=model or self.model,
            weights=tuple(sorted((weights or {"topic": 1.0}).items())),
            today=now.date(),
            timing_ms=(("all", 0.25),),
            notes=("no encoder",),
        )

    reads_as = "fake"

    def read_letter(self, request: RequestView) -> KeptReading:
        """Remember the words themselves."""
        return KeptReading(request.text, self.reads_as, request.text.encode())

    def features_of(self, model: str | None) -> tuple[ModelFeature, ...]:  # noqa: ARG002 -- a port
        """Every version measures the same here."""
        return self.features

    @property
    def versions(self) -> tuple[str, ...]:
        """Nothing ranked before."""
        return (self.model,)

    def curves_of(self, model: str | None) -> tuple[ModelCurve, ...]:  # noqa: ARG002 -- a port
        """Draw a straight line."""
        return (ModelCurve("topic", (0.0, 50.0, 100.0), 25.0),)

    def contrast(
        self,
        ranking: MeasuredRanking,
        one: str,  # noqa: ARG002 -- a port
        other: str,  # noqa: ARG002 -- a port
    ) -> Contrast:
        """Nothing moves."""
        return Contrast(len(ranking.people), (), (), 0.0, 0, 1.0)

    def explain(self, ranking: Ranking, expert_ids: Iterable[UUID]) -> tuple[RankedExpert, ...]:
        """Say what was said: everybody carries all words here."""
        wanted = set(expert_ids)
        return tuple(person for person in ranking.people if person.expert_id in wanted)

    def standing(self) -> IndexStanding:
        """Return how many people it has."""
        return IndexStanding(len(self.people), 0, 0, None, None, 0)

    def update(self, experts: Iterable[ExpertView]) -> None:
        """Take people in."""
        self.people |= {expert.id: expert for expert in experts}

    def remove(self, expert_ids: Iterable[UUID]) -> None:
        """Take people out."""
        for expert_id in expert_ids:
            self.people.pop(expert_id, None)

    def __len__(self) -> int:
        return len(self.people)


def _ranked(expert_id: UUID, place: int) -> RankedExpert:
    evidence = Evidence(expert_id, "Head of unit", "CV of 2 Mar 2026", page=1, confirmed=True)
    points = 100 / (place + 2)
    return RankedExpert(
        expert_id=expert_id,
        place=place,
        band=Band.FIT,
        score=points,
        contributions=(
            Contribution("topic", 1 / (place + 2), points, 100.0, "statistics", (evidence,)),
            Contribution("country", None, 0.0, 0.0, "nothing known"),
        ),
        gates=(
            GateResult(Gate.LANGUAGE, GateOutcome.PASS, "French C1, B2 needed", 2.0),
            GateResult(Gate.AVAILABILITY, GateOutcome.UNKNOWN, "never asked"),
        ),
    )


class FakeComposer:
    """Proposes one team of the first people of a ranking, those asked in before all."""

    def default_rules(self, mode: TeamMode, request: RequestView, size: int) -> TeamRules:
        """Return as many seats for thematic experts as asked."""
        seats = tuple(SeatNeed(SeatRole.THEMATIC_EXPERT, request.topics) for _ in range(size))
        return TeamRules(mode=mode, seats=seats, beneficiaries=request.countries)

    def compose(
        self,
        ranking: Ranking,
        experts: Mapping[UUID, ExpertView],
        rules: TeamRules,
        *,
        ways_out: bool = True,  # noqa: ARG002 -- the port asks for it
        beyond: float | None = None,
    ) -> TeamAnswer:
        """Fill the seats in order, or say that too few are there."""
        scores = {person.expert_id: person.score for person in ranking.people}
        wanted = [*sorted(rules.forced_in), *sorted(set(scores) - rules.forced_in)]
        free = [one for one in wanted if one in experts and one not in rules.forced_out]
        if len(free) < len(rules.seats) and beyond is not None:
            raise LookFurther
        if len(free) < len(rules.seats):
            return TeamAnswer(proposals=(), reasons=("too few people",))
        seats = tuple(
            SeatFilled(
                seat, one, scores.get(one, 0.0), at, alternates=tuple(free[len(rules.seats) :])
            )
            for at, (seat, one) in enumerate(zip(rules.seats, free, strict=False))
        )
        score = sum(seat.score for seat in seats)
        return TeamAnswer(proposals=(TeamProposal(seats, score, 0.0),))

    def why_not(
        self,
        expert_id: UUID,
        ranking: Ranking,  # noqa: ARG002 -- the port asks for it
        experts: Mapping[UUID, ExpertView],
        rules: TeamRules,  # noqa: ARG002 -- the port asks for it
        answer: TeamAnswer,  # noqa: ARG002 -- the port asks for it
        *,
        beyond: float | None = None,  # noqa: ARG002 -- the port asks for it
    ) -> str:
        """Say whether she was looked at."""
        return "others stand before" if expert_id in experts else "not looked at"

    def seat(
        self,
        ranking: Ranking,
        experts: Mapping[UUID, ExpertView],  # noqa: ARG002 -- the port asks for it
        rules: TeamRules,
        people: Sequence[UUID | None],
        *,
        beyond: float | None = None,  # noqa: ARG002 -- the port asks for it
    ) -> Seating:
        """Seat them as they come; two of one team who are apart break that rule."""
        scores = {person.expert_id: person.score for person in ranking.people}
        seats = tuple(
            SeatFilled(rules.seats[at], one, scores.get(one, 0.0), at=at)
            for at, one in enumerate(people)
            if one is not None
        )
        broken = any(len(group & set(people)) > 1 for group in rules.apart)
        checks = (RuleCheck("apart", "broken" if broken else "kept", ""),)
        score = sum(seat.score for seat in seats)
        return Seating(TeamProposal(seats, score, 0.0, checks), tuple(() for _ in rules.seats))
