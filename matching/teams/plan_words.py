"""A plan for many requests in English words; `web.reason_words` knows them again by their form."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from matching.relations import kind_label
from roster.read import Lack, LanguageNeed, Recruit, RequestPlan
from roster.reference import languages, regions, topics

_NOTICED = 0.05
"""Points below which two teams are called equally good."""


def lack_words(lack: Lack) -> str:
    """Say whom the roster lacks: "academic; Arabic B2; Border control; for Northern Africa"."""
    parts = [kind_label(lack.kind), *_details(lack.languages, lack.topics)]
    where = " or ".join(regions.region_name(code) for code in lack.regions)
    return "; ".join([*parts, f"for {where}"] if where else parts)


def recruit_words(recruit: Recruit) -> str:
    """Say whom a team lacks, with the number."""
    return "; ".join(
        [
            f"{recruit.seats} × {kind_label(recruit.kind)}",
            *_details(recruit.languages, recruit.topics),
        ]
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
        found.append(f"Alone it would have a team; {plan.free} people are left for it.")
        if plan.rivals:
            others = ", ".join(called.get(one, str(one)) for one in plan.rivals)
            found.append(f"Its best people go to {others}.")
    found += [f"Missing: {recruit_words(one)}." for one in plan.recruits]
    if not plan.recruits:
        found.append("No newcomer would help: its rules contradict each other.")
    return found
