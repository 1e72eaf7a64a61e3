"""Whether teams proposed for past Actions look like those that went: how many states, which kind.

Nothing is fitted to the Actions. Beside the composer's teams stand random ones out of those who
fit, and the states that served most often on the other Actions ("popularity").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np

from matching import relations
from matching.metrics import bootstrap_interval
from matching.teams.coding import encode
from matching.teams.compose import Composer
from matching.teams.constraints import MOST_SEATS
from matching.teams.programme import best_team
from roster.read import ExpertView, Ranking, RequestView
from roster.vocabulary import Band, TeamMode

USUAL_SIZE = 3
"""Seats where nobody says how many: what the service starts from."""
DRAWS = 20
"""Random teams for each Action and roster."""
COMPOSED, RANDOM, POPULAR = "composed", "random", "popularity"
METRICS = ("states within one", "same EU/non-EU pattern", "both")

Rank = Callable[[Sequence[ExpertView]], Callable[[RequestView], Ranking]]
"""Reads a roster, and ranks it for requests."""


@dataclass(frozen=True, slots=True)
class PastTeam:
    """An Action with the countries whose experts served on it."""

    request: RequestView
    """What it was about, without dates: the roster is of another time."""
    countries: tuple[str, ...]
    """One per mention of an expert's country, in the order of the source."""
    day: date
    """On which memberships of the Union are read."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How teams are asked for."""

    mode: TeamMode
    is_size_given: bool
    """True: as many seats as countries were named; False: `USUAL_SIZE`."""

    @property
    def label(self) -> str:
        """Name of the setting."""
        size = "as many seats as countries named" if self.is_size_given else f"{USUAL_SIZE} seats"
        return f"{self.mode.value.replace('_', '-')}, {size}"


SETTINGS = tuple(
    Setting(mode, given)
    for given in (True, False)
    for mode in (TeamMode.PEER_TO_PEER, TeamMode.CUSTOM)
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A share of Actions with its 95 % interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Trial:
    """What each way reaches in one setting."""

    setting: str
    figures: Mapping[str, Mapping[str, Figure]]
    """Way → metric → share of Actions, a mean over rosters."""
    gains: Mapping[str, Mapping[str, Figure]]
    """"composed - random" → metric → paired difference."""
    without_team: float
    """Share of Actions and rosters for which no team keeps the rules: a miss in each metric."""


@dataclass(frozen=True, slots=True)
class TeamHistory:
    """The trials, and on what they were run."""

    actions: int
    rosters: int
    people: int
    outside: int
    """Actions with an expert of a country outside the Union."""
    trials: tuple[Trial, ...]


@dataclass(frozen=True, slots=True)
class _Shape:
    """What is compared of a team."""

    states: int
    has_eu: bool
    has_outside: bool

    @classmethod
    def of(cls, countries: Sequence[str], day: date) -> _Shape:
        eu = {one for one in countries if relations.is_eu_member(one, day)}
        return cls(len(eu), bool(eu), bool(set(countries) - eu))

    def held_to(self, other: _Shape) -> tuple[bool, bool, bool]:
        is_near = abs(self.states - other.states) <= 1
        is_same = (self.has_eu, self.has_outside) == (other.has_eu, other.has_outside)
        return is_near, is_same, is_near and is_same


def compare(
    actions: Sequence[PastTeam],
    rosters: Sequence[Sequence[ExpertView]],
    rank: Rank,
    settings: Sequence[Setting] = SETTINGS,
) -> TeamHistory:
    """Propose a team for each Action out of each roster, and hold it against the one that went.

    Raises
    ------
    ValueError
        No Action, or no roster.
    """
    if not actions or not rosters:
        raise ValueError("no Action names a country, or no roster is given")
    held: dict[tuple[Setting, str], list[list[tuple[float, ...]]]] = {}
    empty: Counter[Setting] = Counter()
    for number, views in enumerate(rosters):
        ask = rank(views)
        by_id = {view.id: view for view in views}
        for at, action in enumerate(actions):
            ranking = ask(action.request)
            people = [by_id[one.expert_id] for one in ranking.people if one.band is Band.FIT]
            rng = np.random.default_rng((number, at))
            for setting in settings:
                size = _size(action, setting)
                team = _composed(ranking, by_id, setting, size)
                empty[setting] += team is None
                drawn = list(_drawn(people, size, rng))
                for way, teams in (
                    (COMPOSED, [team]),
                    (RANDOM, drawn),
                    (POPULAR, [_popular(actions, at, size)]),
                ):
                    rows = held.setdefault((setting, way), [[] for _ in actions])
                    rows[at].append(_marks(teams, action))
    return TeamHistory(
        actions=len(actions),
        rosters=len(rosters),
        people=sum(map(len, rosters)),
        outside=sum(_Shape.of(one.countries, one.day).has_outside for one in actions),
        trials=tuple(
            _trial(setting, held, empty[setting] / len(actions) / len(rosters))
            for setting in settings
        ),
    )


def _size(action: PastTeam, setting: Setting) -> int:
    return min(MOST_SEATS, len(set(action.countries))) if setting.is_size_given else USUAL_SIZE


def _composed(
    ranking: Ranking, views: Mapping[UUID, ExpertView], setting: Setting, size: int
) -> list[str] | None:
    """Return the home countries of the first proposal; None where no team keeps the rules."""
    rules = Composer().default_rules(setting.mode, ranking.request, size)
    programme = encode(ranking, views, rules)
    solution = best_team(programme).solution
    if solution is None:
        return None
    found = [programme.candidates[at].country for _, at in solution.places]
    return [country for country in found if country]


def _drawn(
    people: Sequence[ExpertView], size: int, rng: np.random.Generator
) -> Iterator[list[str] | None]:
    for _ in range(DRAWS):
        if len(people) < size:
            yield None
            continue
        some = [people[at].home_country for at in rng.choice(len(people), size, replace=False)]
        yield [country for country in some if country]


def _popular(actions: Sequence[PastTeam], at: int, size: int) -> list[str]:
    """Return the countries that served on most of the other Actions; ties by their code."""
    times = Counter(
        country
        for number, one in enumerate(actions)
        if number != at
        for country in set(one.countries)
    )
    return sorted(times, key=lambda code: (-times[code], code))[:size]


def _marks(teams: Sequence[Sequence[str] | None], action: PastTeam) -> tuple[float, ...]:
    """Return the share of teams that hold each metric."""
    went = _Shape.of(action.countries, action.day)
    held = [
        _Shape.of(team, action.day).held_to(went) if team is not None else (False, False, False)
        for team in teams
    ]
    return tuple(np.mean(held, axis=0).tolist())


def _trial(
    setting: Setting,
    held: Mapping[tuple[Setting, str], list[list[tuple[float, ...]]]],
    without_team: float,
) -> Trial:
    by_way = {
        way: np.array([np.mean(rows, axis=0) for rows in held[setting, way]])
        for way in (COMPOSED, RANDOM, POPULAR)
    }
    figures = {
        way: {
            metric: Figure(*bootstrap_interval(values[:, column]))
            for column, metric in enumerate(METRICS)
        }
        for way, values in by_way.items()
    }
    gains = {
        f"{COMPOSED} - {other}": {
            metric: Figure(*bootstrap_interval((by_way[COMPOSED] - by_way[other])[:, column]))
            for column, metric in enumerate(METRICS)
        }
        for other in (RANDOM, POPULAR)
    }
    return Trial(setting.label, figures, gains, without_team)


# --- The table ------------------------------------------------------------------------------------


def table(history: TeamHistory) -> str:
    """Return the figures as a page of Markdown, with what they do not show."""
    lines = [
        f"{history.actions} past Actions that name the countries of their experts "
        f"({history.outside} with one outside the Union), {history.rosters} synthetic rosters, "
        f"{history.people} people. Shares of Actions with 95 % intervals (Actions drawn with "
        "replacement), each a mean over the rosters; random is the mean of "
        f"{DRAWS} teams out of those who fit.",
    ]
    for trial in history.trials:
        lines += ["", f"## {trial.setting[:1].upper()}{trial.setting[1:]}", ""]
        lines += ["| | " + " | ".join(METRICS) + " |", "|---" * (1 + len(METRICS)) + "|"]
        for way, held in (*trial.figures.items(), *trial.gains.items()):
            form = "+.3f" if " - " in way else ".3f"
            cells = [
                f"{held[one].mean:{form}} ({held[one].low:{form}} to {held[one].high:{form}})"
                for one in METRICS
            ]
            lines.append(f"| {way} | " + " | ".join(cells) + " |")
        if trial.without_team:
            lines += ["", f"No team keeps the rules in {trial.without_team:.1%} of the cases."]
    return "\n".join(lines)
