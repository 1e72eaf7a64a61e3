"""What the API speaks in: lists of terms, the model in use, kinds of problems."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from babel import Locale
from fastapi import Response

from api.deps import ActorDep, RankerDep, SessionDep, new_router, requires
from api.index import FEATURES
from api.problems import kinds, problems
from api.routers.taxonomy import LocaleQuery
from api.schemas.meta import (
    ModelOut,
    ProblemKindOut,
    ProblemKindsOut,
    TermOut,
    TopicOut,
    VocabulariesOut,
)
from api.voices import Languages, chosen_locale, headers_of
from roster.models import ranking_version
from roster.policy import Permission
from roster.queries.models import version_in_use
from roster.reference import bodies, countries, languages, topics
from roster.shortlists import REASONS
from roster.vocabulary import (
    ActivityType,
    AdministrationKind,
    ExpertKind,
    Gate,
    LanguageLevel,
    RequestStatus,
    SeatRole,
    Stage,
    TeamMode,
)

router = new_router("meta")


def _terms(codes: Iterable[StrEnum]) -> list[TermOut]:
    return [
        TermOut(code=code.value, label=code.value.replace("_", " ").capitalize()) for code in codes
    ]


@router.get("/meta/vocabularies", dependencies=[requires(Permission.PUBLIC)], responses=problems())
def get_vocabularies(
    response: Response, locale: LocaleQuery = None, accept_language: Languages = None
) -> VocabulariesOut:
    """Return every code that the API takes and gives, with the words that people know it by.

    Topics, countries and languages have words in four languages, the other lists English ones.
    """
    spoken = chosen_locale(locale, accept_language)
    response.headers.update(headers_of(spoken))
    return VocabulariesOut(
        locale=spoken,
        topics=[
            TopicOut(
                code=topic.code,
                label=topics.label(topic.code, spoken),
                area=topic.area,
            )
            for topic in topics.topics()
        ],
        countries=[
            TermOut(code=code, label=countries.name_of(code, spoken)) for code in countries.codes()
        ],
        languages=[
            TermOut(code=code, label=languages.name_of(code, spoken))
            for code in sorted(filter(languages.is_language, Locale("en").languages))
        ],
        regional_bodies=[TermOut(code=body.id, label=body.name) for body in bodies.bodies()],
        activity_types=_terms(ActivityType),
        administration_kinds=_terms(AdministrationKind),
        expert_kinds=_terms(ExpertKind),
        language_levels=[TermOut(code=level, label=level.value) for level in LanguageLevel],
        request_statuses=_terms(RequestStatus),
        stages=_terms(Stage),
        leaving_reasons={stage.value: list(codes) for stage, codes in REASONS.items()},
        team_modes=_terms(TeamMode),
        seat_roles=_terms(SeatRole),
        gates=_terms(Gate),
    )


@router.get("/meta/model", dependencies=[requires(Permission.RANK)], responses=problems())
def get_model(ranker: RankerDep, session: SessionDep, actor: ActorDep) -> ModelOut:
    """Return which model ranks, over how many people, and the features that weights can shift."""
    model = ranking_version(ranker, version_in_use(session, actor.facility_id))
    return ModelOut(model=model, people=len(ranker), features=list(FEATURES))


@router.get("/meta/problems", dependencies=[requires(Permission.PUBLIC)], responses=problems())
def list_problems() -> ProblemKindsOut:
    """Return every kind of problem that the API answers with."""
    return ProblemKindsOut(
        items=[
            ProblemKindOut(
                code=kind.code,
                title=kind.title,
                status=kind.status,
                meaning=(kind.__doc__ or "").strip().splitlines()[0],
            )
            for kind in kinds()
        ]
    )
