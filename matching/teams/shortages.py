"""What too few people have of what everybody must, in words that name language, level and days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from matching import relations
from matching.gates import days_in_words
from matching.teams.experience import speaks
from roster.read import ExpertView, LanguageNeed, RankedExpert, Ranking, TeamRules
from roster.vocabulary import Gate, GateOutcome


def short_of(
    ranking: Ranking, experts: Mapping[UUID, ExpertView], rules: TeamRules
) -> Iterator[str]:
    """Yield each language that too few people speak, or too few of those who are free.

    Parameters
    ----------
    ranking : held to the dates and languages of the rules; also with those who do not fit
    """
    people = [
        one
        for one in ranking.people
        if one.expert_id in experts and one.expert_id not in rules.forced_out
    ]
    if not people:
        yield "Nobody is in this ranking."
        return
    if not any(_calendar(one) is GateOutcome.PASS for one in people):
        yield f"Nobody {_free(people, rules)}."
    for need in rules.everyone_speaks:
        yield from _of_language(people, experts, need, rules, len(rules.seats))
    for need in rules.someone_speaks:
        yield from _of_language(people, experts, need, rules, 1)


def _of_language(
    people: Sequence[RankedExpert],
    experts: Mapping[UUID, ExpertView],
    need: LanguageNeed,
    rules: TeamRules,
    needed: int,
) -> Iterator[str]:
    level = "as a mother tongue" if need.minimum.value == "native" else f"at {need.minimum.value}"
    what = f"{relations.language_label(need.language)} {level}"
    speak = [one for one in people if speaks(experts[one.expert_id], need)]
    free = [one for one in speak if _calendar(one) is GateOutcome.PASS]
    if not speak:
        yield f"Nobody is known to speak {what}."
    elif not free:
        yield f"Nobody who speaks {what} {_free(speak, rules)}."
    elif len(free) < needed:
        known = "1 person is" if len(free) == 1 else f"{len(free)} people are"
        yield f"{known} known to speak {what} and to be free; {needed} are needed."


def _calendar(one: RankedExpert) -> GateOutcome:
    """Return what is known of somebody's days; a ranking without dates asks nothing."""
    results = [gate.outcome for gate in one.gates if gate.gate is Gate.AVAILABILITY]
    return results[0] if results else GateOutcome.PASS


def _free(people: Sequence[RankedExpert], rules: TeamRules) -> str:
    first, last = rules.starts or rules.ends, rules.ends or rules.starts
    when = f" {days_in_words(first, last)}" if first and last else ""
    unsure = any(_calendar(one) is GateOutcome.UNKNOWN for one in people)
    return f"is {'known to be ' if unsure else ''}free{when}"
