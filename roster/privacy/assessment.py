"""The data protection impact assessment, begun from what a facility says; people finish it.

What the product does is stated; what only the facility can judge is left open and says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import Session

from roster.inputs.privacy import PrivacyRules
from roster.policy import Actor, Permission, require
from roster.privacy.papers import PaperRow, PaperSection, PrivacyPaper
from roster.queries.privacy import privacy_rules
from roster.tables import Facility
from roster.telling.privacy_words import PrivacyWords
from roster.vocabulary import Kept, Purpose

_TO_WRITE = "to be written by the facility"
_NATURE = (
    "CVs of public officials are read, mostly sent by their administration. Facts are taken from "
    "them, each with the sentence it was read in; a person confirms them. For a request people are "
    "ranked by these facts, a few are shortlisted, their administrations are asked to release "
    "them, and a team is proposed. What became of it is kept.",
    "No decision is made by the program alone. A score is a sum of named parts; each can be "
    "opened. Conditions are passed, failed or not known; nothing makes up for a failed one.",
)
_WHY_ONE_IS_NEEDED = (
    "People are evaluated and ranked for work (profiling, Article 35(3)(a) of the GDPR; Article "
    "39(3)(a) of Regulation (EU) 2018/1725).",
    "Most data comes from somebody else than the person.",
    "A model is learnt from past decisions, which can carry their preferences on.",
    "Data may go to authorities of countries outside the Union.",
)
_RISKS: tuple[tuple[str, str], ...] = (
    (
        "Somebody sees people whom she has no business to see",
        "Roles bound to facility and country; every query passes one policy; a test walks every "
        "address with every role; each look is recorded and shown to the person.",
    ),
    (
        "A file or a backup gets lost",
        "Originals and links are encrypted at rest under a key that can be rotated; it stands in "
        "the data folder unless the facility gives it otherwise; "
        "originals go after their time; erasures are applied again to a restored backup. The text "
        "of CVs and the facts are NOT encrypted by the product: the disk has to be.",
    ),
    (
        "A file does harm",
        "Files are read in a process without rights and without network, bounded in memory, time "
        "and size; no macro, script or link in them is followed.",
    ),
    (
        "A wrong fact decides",
        "Each fact has its source and sentence; confirmed beats read; not known is never counted "
        "as no; the person sees and contests it, and can have the record restricted meanwhile.",
    ),
    (
        "The ranking treats groups unequally",
        "Nationality, gender and age are not used. Seniority and recency count and can stand in "
        "for age; the country of the employer decides conflicts of interest and mixed teams. "
        "Exposure by state and first-timers is told with every model.",
    ),
    (
        "People trust the score too much",
        "Parts, evidence and what is unknown are shown; weights can be shifted; a reason is asked "
        "when somebody leaves a list. Lists without names are NOT there.",
    ),
    (
        "The person does not know that she is on the roster",
        "She is told by a letter with a personal link; before that nobody can propose her.",
    ),
    (
        "Data is kept for ever",
        "Each class has a time of its own once the facility sets it; there is a warning before a "
        "record goes; figures remain without the person.",
    ),
    (
        "Ratings of a named person harm her",
        "Off by default; shown from three raters on, to the person too, with her own note.",
    ),
)
_OPEN = (
    "Why this processing is necessary, and why less would not do",
    "Likelihood and severity of each risk for the people concerned",
    "What experts, focal points or their representatives said",
    "Advice of the data protection officer, and its date",
    "Which risk remains high, and whether the authority has to be consulted first",
    "Who approved this assessment, when, and when it is looked at again",
)


def assessment_of(session: Session, actor: Actor) -> PrivacyPaper:
    """Return the assessment of the actor's facility, in English, as far as it is known.

    Raises
    ------
    NotAllowed, InvalidInput
    """
    require(actor, Permission.READ_REGISTER)
    facility = session.get_one(Facility, actor.facility_id)
    rules, words = privacy_rules(facility), PrivacyWords("en")
    open_points = tuple(PaperRow(one, None, _TO_WRITE) for one in _OPEN)
    return PrivacyPaper(
        title=f"Data protection impact assessment: {facility.name}",
        lead="Begun from the configuration of the facility and from what the product does. "
        "What stands in brackets nobody has written yet.",
        sections=(
            PaperSection("What is done", _NATURE),
            PaperSection("Why an assessment is needed", points=_WHY_ONE_IS_NEEDED),
            PaperSection("Who answers, and why it is lawful", rows=tuple(_said(rules, words))),
            PaperSection("How long", rows=tuple(_times(rules, words))),
            PaperSection(
                "Risks, and what the product does about them",
                rows=tuple(PaperRow(risk, measure) for risk, measure in _RISKS),
            ),
            PaperSection("For the facility to judge", rows=open_points),
        ),
        missing=rules.missing,
        state=f"{len(rules.missing)} points of the configuration and {len(_OPEN)} judgements are "
        "missing.",
    )


def _said(rules: PrivacyRules, words: PrivacyWords) -> Iterator[PaperRow]:
    missing = words["missing"]
    yield PaperRow("Law", words.law(rules), missing)
    names = "; ".join(one.name for one in rules.controllers)
    yield PaperRow("Controllers", names or None, missing)
    yield PaperRow("Data protection contact", rules.contact, missing)
    yield PaperRow("Supervisory authority", rules.authority, missing)
    for one in Purpose:
        yield PaperRow(words.of("purpose", one.value), words.basis(rules, one), missing)


def _times(rules: PrivacyRules, words: PrivacyWords) -> Iterator[PaperRow]:
    for one in Kept:
        yield PaperRow(words.of("kept", one.value), words.kept(rules, one), words["no_end"])
