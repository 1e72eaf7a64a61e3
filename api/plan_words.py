"""A plan for many requests in words, for the API and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from roster.read import Lack, LanguageNeed, Recruit, RequestPlan
from roster.reference import languages, regions, topics
from roster.vocabulary import ExpertKind

_ONE = {
    ExpertKind.EU_ADMINISTRATION: "official of an EU Member State",
    ExpertKind.NON_EU_ADMINISTRATION: "official of a country outside the EU",
    ExpertKind.ACADEMIA: "academic",
    ExpertKind.PRIVATE_CONSULTANT: "private consultant",
    ExpertKind.NGO: "expert of an NGO",
    ExpertKind.INTERNATIONAL_ORGANISATION: "expert of an international organisation",
    ExpertKind.DIASPORA: "expert of the diaspora",
}
_NOTICED = 0.05
"""Points below which two teams are called equally good."""


def lack_words(lack: Lack) -> str:
    """Say whom the roster lacks: "official of an EU Member State; Arabic B2; Northern Africa"."""
    parts = [_ONE[lack.kind], *_details(lack.languages, lack.topics)]
    where = " or ".join(regions.region_name(code) for code in lack.regions)
    return "; ".join([*parts, f"for {where}"] if where else parts)


def recruit_words(recruit: Recruit) -> str:
    """Say whom a team lacks, with the number."""
    return "; ".join(
        [f"{recruit.seats} × {_ONE[recruit.kind]}", *_details(recruit.languages, recruit.topics)]
    )


def _details(needs: tuple[LanguageNeed, ...], codes: tuple[str, ...]) -> list[str]:
    spoken = [f"{languages.name_of(need.language)} {need.minimum.value}" for need in needs]
    known = " or ".join(topics.label(code) for code in codes)
    return [part for part in (" and ".join(spoken), known) if part]


def reasons(plan: RequestPlan, called: Mapping[UUID, str]) -> list[str]:
    """Say why a request has no team, or a weaker one than alone; [] for the best there is.

    Parameters
    ----------
    called : request → how it is called
    """
    if plan.score is not None:
        lost = (plan.alone or 0.0) - plan.score
        return [] if lost < _NOTICED else [f"{lost:.1f} points below its best team alone."]
    found = [f"{plan.fit} people fit, {plan.ask} must be asked something first."]
    if plan.alone is not None:
        others = ", ".join(called.get(one, str(one)) for one in plan.rivals)
        held = f" Its best people go to {others}." if others else ""
        found.append(f"Alone it would have a team; {plan.free} people are left for it.{held}")
    if plan.recruits:
        found.append(f"Missing: {', and '.join(map(recruit_words, plan.recruits))}.")
    else:
        found.append("No newcomer would help: its rules contradict each other.")
    return found
