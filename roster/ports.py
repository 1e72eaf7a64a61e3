"""What the use cases need from outside; the composition root plugs it in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from roster.read import (
    NOTHING_SAID,
    Contrast,
    Engagement,
    ExpertView,
    IndexStanding,
    JobsNow,
    KeptReading,
    MeasuredRanking,
    ModelCurve,
    ModelFeature,
    OutreachAdvice,
    PastAction,
    Portfolio,
    PortfolioLimits,
    RankedExpert,
    Ranking,
    RequestView,
    Seating,
    Stances,
    TeamAnswer,
    TeamAsked,
    TeamRules,
)
from roster.vocabulary import JobKind, TeamMode

WORDED = 50
"""People of each band whose reasons are written out where nobody asks for more or fewer."""


class Clock(Protocol):
    """The only source of time."""

    def now(self) -> datetime:
        """Return the present, in UTC, with its zone."""


class Ranker(Protocol):
    """Ranks a request over the index it keeps in memory."""

    @property
    def model(self) -> str:
        """Version that the product is shipped with: the rule, unless a folder is set."""

    @property
    def features(self) -> tuple[ModelFeature, ...]:
        """What that version measures and what each is worth, in the order of telling."""

    def features_of(self, model: str | None) -> tuple[ModelFeature, ...]:
        """Return what each feature is worth in a version; None is the one shipped.

        Raises
        ------
        roster.errors.ModelUnusable
        """

    @property
    def versions(self) -> tuple[str, ...]:
        """Versions that need no registry: the one shipped, then former rules, the newest first."""

    def curves_of(self, model: str | None) -> tuple[ModelCurve, ...]:
        """Return what each feature gives at each value in a version, in the order of `features`.

        Raises
        ------
        roster.errors.ModelUnusable
        """

    def contrast(self, ranking: MeasuredRanking, one: str, other: str) -> Contrast:
        """Order a stored ranking by two versions, over what was known when it was made.

        Raises
        ------
        roster.errors.ModelUnusable
        """

    def rank(
        self,
        request: RequestView,
        *,
        among: Iterable[UUID] | None = None,
        weights: Mapping[str, float] | None = None,
        worded: int = WORDED,
        model: str | None = None,
        kept: Callable[[], KeptReading | None] | None = None,
        now: datetime,
    ) -> Ranking:
        """Rank everybody in the index, or those `among` it.

        Parameters
        ----------
        request : RequestView
        among : ids that the actor may see; None is everybody
        weights : feature → factor in [0, 3]; features left out count once
        worded : people of each band, best first, whose reasons and evidence are written out; the
            others carry the same exact points under the names of the features
        model : version to rank by; None is the one that the product is shipped with
        kept : looks up what `read_letter` gave for this request; asked only where that is not known
        now : the moment, for recency and availability

        Raises
        ------
        roster.errors.RequestIncomplete
            The request names neither topic, activity type nor text.
        roster.errors.ModelUnusable
            That version is not known, or measures what this version of the product does not.
        """

    @property
    def reads_as(self) -> str:
        """What `read_letter` is made by: of another, a reading is made anew."""

    def read_letter(self, request: RequestView) -> KeptReading:
        """Read the letter of a request, once, for all rankings of it to come."""

    def explain(self, ranking: Ranking, expert_ids: Iterable[UUID]) -> tuple[RankedExpert, ...]:
        """Return people of a ranking with all reasons and evidence, from the present records.

        People far down a ranking carry exact points without words, which this gives for those
        whom somebody opens. Whoever left the index since is left out.
        """

    def standing(self) -> IndexStanding:
        """Return how the index stands, without reading on."""

    def update(self, experts: Iterable[ExpertView]) -> None:
        """Add people to the index or replace them; call it after the commit."""

    def remove(self, expert_ids: Iterable[UUID]) -> None:
        """Take people out of the index; unknown ids are no error."""

    def __len__(self) -> int:
        """Count the people in the index."""


class Translator(Protocol):
    """Says a clause that is kept in English in another language."""

    def __call__(self, text: str, code: str, /) -> str:
        """Return a condition, reason, note or rule of a team; one of no known form as it is.

        Parameters
        ----------
        code : of the language: en, fr, es or pt
        """


class LookFurther(Exception):
    """Somebody who was left out could change the answer: ask again with more people.

    Parameters
    ----------
    at_everybody : the time was used up, so that nothing is gained by asking of a few more
    """

    def __init__(self, *, at_everybody: bool = False) -> None:
        super().__init__()
        self.at_everybody = at_everybody


class TeamComposer(Protocol):
    """Composes teams out of ranked people.

    Of thousands only the best need be given, with everybody whom the rules name: `beyond` is then
    the most points of anybody left out. The answer is that of giving everybody, or `LookFurther`.
    """

    def default_rules(self, mode: TeamMode, request: RequestView, size: int) -> TeamRules:
        """Return the rules of a mode, with seats that follow from the request.

        Parameters
        ----------
        size : number of seats, 1 to 8
        """

    def compose(
        self,
        ranking: Ranking,
        experts: Mapping[UUID, ExpertView],
        rules: TeamRules,
        *,
        ways_out: bool = True,
        beyond: float | None = None,
    ) -> TeamAnswer:
        """Return up to three teams that really differ, or why there is none.

        Parameters
        ----------
        ranking : whoever fits is considered; people of other bands only where `forced_in`
        experts : the views of at least everybody in `ranking`
        rules : what a team must obey
        ways_out : False: where there is no team, only that is said, neither why nor what helps
        beyond : the most points of anybody who is left out; None where nobody is

        Raises
        ------
        LookFurther
        """

    def why_not(
        self,
        expert_id: UUID,
        ranking: Ranking,
        experts: Mapping[UUID, ExpertView],
        rules: TeamRules,
        answer: TeamAnswer,
        *,
        beyond: float | None = None,
    ) -> str:
        """Say in a sentence or two why somebody sits in none of the proposed teams.

        Raises
        ------
        LookFurther
        """

    def seat(
        self,
        ranking: Ranking,
        experts: Mapping[UUID, ExpertView],
        rules: TeamRules,
        people: Sequence[UUID | None],
        *,
        beyond: float | None = None,
    ) -> Seating:
        """Hold a team put together by hand against the rules; say who else could sit where.

        Parameters
        ----------
        people : by seat of the rules; None leaves a seat open

        Raises
        ------
        LookFurther
        roster.errors.InvalidInput
            Not one for each seat, somebody twice, or somebody who is not in the ranking.
        """


class PortfolioPlanner(Protocol):
    """Composes the teams of many requests at once."""

    def plan(
        self,
        asked: Sequence[TeamAsked],
        views: Callable[[Collection[UUID]], Mapping[UUID, ExpertView]],
        limits: PortfolioLimits,
        engaged: Sequence[Engagement] = (),
    ) -> Portfolio:
        """Return the best plan for all requests together, proven or with its gap.

        Parameters
        ----------
        asked : stored requests with their rankings; of equal ones the first had its turn first
        views : gives the views of those people whom it looks at
        engaged : what people are bound to already

        Raises
        ------
        roster.errors.InvalidInput
            Too many requests.
        """


class OutreachAdviser(Protocol):
    """Orders the states that lend experts."""

    def advise(
        self,
        request: RequestView,
        actions: Sequence[PastAction],
        on: date,
        stances: Stances = NOTHING_SAID,
    ) -> OutreachAdvice:
        """Say in which order to ask the Member States for a request, and why.

        Parameters
        ----------
        actions : past ones of the facility; those that name no state teach nothing
        on : the day of asking; the states are the members of that day
        stances : what states say themselves: their interests, their answers to calls
        """


class Mailer(Protocol):
    """Sends one mail to one person."""

    def send(self, address: str, subject: str, body: str) -> None:
        """Hand a plain text over to the mail server.

        Raises
        ------
        roster.errors.MailFailed
            It was not taken; the message says why, without the address.
        """


class JobQueue(Protocol):
    """Work that outlives the request that asked for it."""

    def enqueue_reading(self, document_id: UUID) -> None:
        """Read a stored document soon, once, also after a crash."""

    def enqueue_batch(self, batch_id: UUID) -> None:
        """Work through what waits in a batch soon, each item once, also after a crash."""

    def enqueue_rereading(self, rereading_id: UUID) -> None:
        """Read all CVs of a facility anew for its own words soon, each once, also after a crash."""

    def now(self) -> JobsNow:
        """Return what waits, is at work, and was given up."""

    def call_off(self, job_id: str) -> None:
        """Begin no further step of a job; it can be begun anew.

        Raises
        ------
        roster.errors.NotFound
        roster.errors.Conflict
            It is done, or was given up.
        """

    def begin_anew(self, job_id: str) -> None:
        """Begin a job again that was given up or called off.

        Raises
        ------
        roster.errors.NotFound
        roster.errors.Conflict
            It waits, is at work or done.
        """

    def without_job(self, kind: JobKind, record_ids: Sequence[UUID]) -> Sequence[UUID]:
        """Return about which documents, or uploads, there is no job but such as are done."""
