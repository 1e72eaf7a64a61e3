"""The closed lists of Actions, plans and deployments in the words of the reader's language."""

from __future__ import annotations

from enum import StrEnum

from roster.vocabulary import (
    ActivityStatus,
    Adopted,
    ChecklistStep,
    Constituent,
    DeploymentStatus,
    Intervention,
    Modality,
    PlanStatus,
    ResultState,
    Scope,
)
from web.contexts.parts import Choice
from web.tongues import Tongue
from web.wording import marked

# By list first: values of different lists may be spelt alike, and then are equal.
_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    ActivityStatus: {
        ActivityStatus.PLANNED: marked("Planned"),
        ActivityStatus.DONE: marked("Done"),
        ActivityStatus.CANCELLED: marked("Cancelled"),
    },
    DeploymentStatus: {
        DeploymentStatus.PLANNED: marked("Planned"),
        DeploymentStatus.DONE: marked("Done"),
        DeploymentStatus.CANCELLED: marked("Cancelled"),
    },
    PlanStatus: {
        PlanStatus.DRAFT: marked("Draft"),
        PlanStatus.APPROVED: marked("Approved"),
        PlanStatus.REPLACED: marked("Replaced"),
    },
    Modality: {
        Modality.ON_SITE: marked("On site"),
        Modality.REMOTE: marked("Remote"),
        Modality.HYBRID: marked("On site and remote"),
    },
    ResultState: {
        ResultState.UNKNOWN: marked("Nobody has said yet"),
        ResultState.REACHED: marked("Reached"),
        ResultState.PARTLY: marked("Partly reached"),
        ResultState.NOT_REACHED: marked("Not reached"),
    },
    ChecklistStep: {
        ChecklistStep.TERMS_OF_REFERENCE: marked("Terms of reference"),
        ChecklistStep.RELEASE: marked("Release"),
        ChecklistStep.BRIEFING: marked("Briefing"),
        ChecklistStep.TRAVEL: marked("Travel"),
        ChecklistStep.REPORT: marked("Report"),
        ChecklistStep.DEBRIEF: marked("Debrief"),
    },
    Adopted: {
        Adopted.YES: marked("Adopted"),
        Adopted.PARTLY: marked("Partly adopted"),
        Adopted.NO: marked("Not adopted"),
        Adopted.UNKNOWN: marked("Could not be learnt"),
    },
    Constituent: {
        Constituent.POLICY: marked("Policy"),
        Constituent.COORDINATION: marked("National cooperation and coordination"),
        Constituent.INSTITUTIONAL: marked("Institutional set-up"),
        Constituent.PARTNERSHIP: marked("Partnerships and dialogue in the region"),
        Constituent.KNOWLEDGE: marked("Knowledge base"),
    },
    Intervention: {
        Intervention.INFORMATION: marked("Information, practices and know-how sharing"),
        Intervention.ADVISORY: marked("Advisory"),
        Intervention.NETWORKING: marked("Networking"),
        Intervention.PARTNERSHIP: marked("Partnership"),
    },
    Scope: {
        Scope.NATIONAL: marked("One country"),
        Scope.GROUP: marked("A group of countries"),
        Scope.REGIONAL_BODY: marked("A regional organisation"),
    },
}
FIELD_WORDS = {
    "type": marked("Type"),
    "also": marked("Further types"),
    "title": marked("Title"),
    "intervention": marked("Intervention"),
    "modality": marked("Modality"),
    "starts": marked("First day"),
    "ends": marked("Last day"),
    "place": marked("Place"),
    "days": marked("Expert days"),
    "participants": marked("Participants"),
    "women": marked("Women among them"),
    "institutions": marked("Institutions that take part"),
    "counterparts": marked("Counterparts"),
    "deliverables": marked("Deliverables"),
    "note": marked("Note"),
}
"""What each field of an activity is called."""
REFUSALS = (
    marked("More women than participants."),
    marked("A last day needs a first one."),
    marked("Give a year, a month or a day that exists, for example 2027-03."),
    marked("Say why."),
    marked("That day is still to come."),
    marked("Say what shows that the result was reached."),
    marked("Say why the plan is as it is: whoever reads the next version will ask."),
    marked("What was done cannot begin in the future."),
    marked("Say why it is called off."),
    marked("Say where this was learnt: a gazette, a letter, a call with the authority."),
    marked("Choose somebody who is an officer or a coordinator of this facility."),
)
"""What use cases say of single fields, for the catalogues."""


def say(tongue: Tongue, value: StrEnum) -> str:
    """Return a word of a closed list."""
    return tongue.word(_WORDS[type(value)][value])


def options(
    tongue: Tongue, of: type[StrEnum], *, chosen: str | None = None, unset: str = ""
) -> tuple[Choice, ...]:
    """Return the options of a select over a closed list, in its order.

    Parameters
    ----------
    unset : words of an option for none of them; empty leaves it out
    """
    first = (Choice("", unset, not chosen),) if unset else ()
    return first + tuple(Choice(one.value, say(tongue, one), one.value == chosen) for one in of)
