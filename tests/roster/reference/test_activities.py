import pytest

from roster.reference.activities import (
    find_activities,
    intervention_of,
    label,
    meaning_of,
    modalities,
    seat_roles,
)
from roster.vocabulary import ActivityType as A
from roster.vocabulary import Constituent, Intervention, SeatRole

SAID = [
    ("trained trainers in Ghana", A.TRAINING_OF_TRAINERS),
    ("Training-of-trainers (ToT)", A.TRAINING_OF_TRAINERS),
    ("Formation de formateurs à Dakar", A.TRAINING_OF_TRAINERS),
    ("formación de formadores", A.TRAINING_OF_TRAINERS),
    ("formação de formadores", A.TRAINING_OF_TRAINERS),
    ("تدريب المدربين", A.TRAINING_OF_TRAINERS),
    ("lead trainer", A.TRAINING),
    ("trained 40 border guards", A.TRAINING),
    ("impartió un curso sobre asilo", A.TRAINING),
    ("Drafting of the national migration strategy", A.DRAFTING),
    ("rédaction d'un projet de loi", A.DRAFTING),
    ("elaboração da estratégia nacional", A.DRAFTING),
    ("redacción de la ley de migración", A.DRAFTING),
    ("mission d'évaluation au Togo", A.ASSESSMENT),
    ("needs assessment", A.ASSESSMENT),
    ("fact-finding mission to Benin", A.FACT_FINDING),
    ("misión de identificación", A.FACT_FINDING),
    ("Study visit to Lisbon", A.STUDY_VISIT),
    ("visite d'étude à Madrid", A.STUDY_VISIT),
    ("validation workshop", A.VALIDATION),
    ("atelier de validation", A.VALIDATION),
    ("round table with ministers", A.CONFERENCE),
    ("Seminar on visas", A.WORKSHOP),
    ("ateliers sur la traite", A.WORKSHOP),
    ("ministerial meeting", A.CONSULTATION),
    ("awareness campaign", A.OTHER),
]


@pytest.mark.parametrize(("text", "activity"), SAID, ids=[text for text, _ in SAID])
def test_an_activity_is_found_in_practitioners_words(text: str, activity: A) -> None:
    assert {one.activity for one in find_activities(text) if one.strength == 1.0} == {activity}


@pytest.mark.parametrize(
    "text",
    [
        "Education and training", "formation universitaire", "Maître de conférences",
        "assessment of asylum claims", "press conference", "conference interpreter",
        "risk assessment", "train station", "draft beer", "juge d'instruction",
    ],
)  # fmt: skip
def test_lookalikes_are_no_activity(text: str) -> None:
    assert find_activities(text) == []


def test_a_trainer_is_not_a_drafter() -> None:
    assert SeatRole.DRAFTER not in seat_roles(A.TRAINING)
    assert seat_roles(A.DRAFTING) == (SeatRole.DRAFTER,)


@pytest.mark.parametrize(
    ("activity", "intervention"),
    [
        (A.FACT_FINDING, Intervention.ADVISORY), (A.ASSESSMENT, Intervention.ADVISORY),
        (A.DRAFTING, Intervention.ADVISORY), (A.VALIDATION, Intervention.ADVISORY),
        (A.CONSULTATION, Intervention.ADVISORY), (A.OTHER, Intervention.ADVISORY),
        (A.TRAINING, Intervention.INFORMATION), (A.WORKSHOP, Intervention.INFORMATION),
        (A.TRAINING_OF_TRAINERS, Intervention.INFORMATION),
        (A.CONFERENCE, Intervention.PARTNERSHIP), (A.STUDY_VISIT, Intervention.PARTNERSHIP),
    ],
)  # fmt: skip
def test_interventions_follow_the_printed_rule(activity: A, intervention: Intervention) -> None:
    assert intervention_of(activity) is intervention


def test_every_value_has_words() -> None:
    assert all(label(one, locale) for one in A for locale in ("en", "fr", "es", "pt", "de"))
    assert all(modalities(one) for one in Intervention)
    assert all(meaning_of(one) for one in Constituent)
