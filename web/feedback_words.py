"""The closed lists of feedback and lessons in the words of the reader's language."""

from __future__ import annotations

from enum import StrEnum

from roster.vocabulary import (
    Adopted,
    Audience,
    FindingKind,
    FindingSource,
    LessonState,
    Occasion,
    QuestionKind,
)
from web.contexts.parts import Choice
from web.tongues import Tongue
from web.wording import marked

_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    Audience: {
        Audience.PARTICIPANT: marked("Participants"),
        Audience.PARTNER_INSTITUTION: marked("Partner institution"),
        Audience.EXPERT: marked("Experts who went"),
        Audience.OFFICER: marked("Project officer"),
        Audience.DELEGATION: marked("EU Delegation"),
    },
    Occasion: {
        Occasion.ACTIVITY: marked("After an activity"),
        Occasion.ACTION: marked("After the Action"),
    },
    QuestionKind: {
        QuestionKind.SCALE: marked("Scale from 1 to 5"),
        QuestionKind.CHOICE: marked("One of several answers"),
        QuestionKind.TEXT: marked("In their own words"),
    },
    FindingKind: {
        FindingKind.OWNERSHIP: marked("Ownership"),
        FindingKind.COORDINATION: marked("Coordination between institutions"),
        FindingKind.POLITICAL_CHANGE: marked("Political change"),
        FindingKind.STAFF_TURNOVER: marked("Staff turnover"),
        FindingKind.CAPACITY: marked("Capacity of the institution"),
        FindingKind.DATA: marked("Data"),
        FindingKind.LEGAL_FRAMEWORK: marked("Legal framework"),
        FindingKind.LANGUAGE: marked("Language and interpretation"),
        FindingKind.PREPARATION: marked("Preparation"),
        FindingKind.TIMING: marked("Timing"),
        FindingKind.PEER_FIT: marked("Fit of the peers"),
        FindingKind.SOUTHERN_EXPERTISE: marked("Southern expertise"),
        FindingKind.MATERIALS: marked("Materials"),
        FindingKind.FOLLOW_UP: marked("Follow-up"),
        FindingKind.SUSTAINABILITY: marked("Sustainability"),
        FindingKind.COHERENCE: marked("Coherence with other work"),
        FindingKind.OTHER: marked("Something else"),
    },
    FindingSource: {
        FindingSource.FEEDBACK: marked("Feedback"),
        FindingSource.FOCUS_GROUP: marked("Focus group"),
        FindingSource.MISSION_REPORT: marked("Mission report"),
        FindingSource.DEBRIEF: marked("Debrief"),
        FindingSource.ROM: marked("ROM review"),
        FindingSource.MID_TERM: marked("Mid-term evaluation"),
        FindingSource.FINAL_EVALUATION: marked("Final evaluation"),
    },
    LessonState: {
        LessonState.PROPOSED: marked("Proposed"),
        LessonState.CONFIRMED: marked("Confirmed"),
        LessonState.DISMISSED: marked("Dismissed"),
    },
    Adopted: {
        Adopted.YES: marked("Adopted"),
        Adopted.PARTLY: marked("Partly adopted"),
        Adopted.NO: marked("Not adopted"),
        Adopted.UNKNOWN: marked("Not known what became of it"),
    },
}

WHY = {
    "same_topic": marked("same topic"),
    "near_topic": marked("near topic"),
    "same_country": marked("same country"),
    "same_body": marked("same regional body"),
    "same_subregion": marked("same sub-region"),
    "same_activity": marked("same type of activity"),
}
"""Why a lesson or earlier work bears on a request."""


def say(tongue: Tongue, value: StrEnum) -> str:
    """Return the word of a value of a closed list.

    Raises
    ------
    KeyError
        The list has no words here.
    """
    return tongue.word(_WORDS[type(value)][value])


def choices(tongue: Tongue, of: type[StrEnum], on: str = "") -> tuple[Choice, ...]:
    """Return a closed list as choices in its own order."""
    return tuple(Choice(one.value, say(tongue, one), one.value == on) for one in of)


def direction(tongue: Tongue, is_strength: bool | None) -> str:
    """Return whether something went well, in words; empty where that is not said."""
    if is_strength is None:
        return ""
    return tongue.word("Strength") if is_strength else tongue.word("Weakness")


def reasons(tongue: Tongue, why: tuple[str, ...]) -> str:
    """Return why something is shown: "same topic; same sub-region"."""
    return "; ".join(tongue.word(WHY[one]) for one in why)


REFUSALS = (
    marked("Nobody is asked: write who gets a link, or how many people are in the room."),
    marked("Choose the activity that these questions are about."),
    marked("These questions are about the whole Action."),
    marked("This activity is not in the present plan."),
    marked("The day is past. Choose today or later."),
    marked("Officers answer in the product and need no link."),
    marked("Answer this question."),
    marked("Write at most 4,000 characters."),
    marked("This activity belongs to another Action."),
    marked("This answer belongs to another Action."),
    marked("A finding from feedback names the answer; no other one does."),
    marked("A questionnaire keeps its audience and its occasion. Copy it for another one."),
    marked("A code has small letters, digits and underscores, and starts with a letter."),
    marked("Another questionnaire has this code. Choose a different one."),
    marked("Write the question in one language at least."),
    marked("Give two answers at least, each with its own code."),
    marked("A person is rated on the scale only."),
    marked("Each question needs a code of its own."),
    marked("Send one link for the room or one to each, not both."),
    marked("Name one Action or finding at least that it rests on."),
    marked("A lesson is confirmed or dismissed."),
    marked("Say why it is dismissed."),
    marked("The day is still to come. Give the day that the source speaks of."),
    marked("This form was sent before. Open the link again."),
    marked("More answers came than people can be in a room. Ask for a new link."),
    marked("People are reminded once, before the questionnaire is closed."),
    marked("This questionnaire was closed before. Send it out anew to ask again."),
)
"""What use cases of feedback and lessons refuse with; translated where it is shown."""
