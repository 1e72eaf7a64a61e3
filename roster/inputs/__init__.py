"""What people and other systems may hand in, validated once, for JSON and for forms alike.

Codes of open lists (countries, languages, topics, bodies) are checked by the use cases against
`roster.reference`, which answer with the same `FieldError`s.
"""

from roster.inputs.base import (
    Code,
    CountryCode,
    Factor,
    Input,
    LanguageInput,
    Line,
    Text,
)
from roster.inputs.facilities import FacilityRules
from roster.inputs.people import (
    BatchStart,
    Confirmation,
    FactDecision,
    FactInput,
    MappingInput,
    SignInInput,
)
from roster.inputs.requests import (
    NewRequest,
    RankingInput,
)
from roster.inputs.teams import (
    Group,
    KeepTeam,
    PlannedRequest,
    PortfolioInput,
    SeatInput,
    ShortlistInput,
    StageInput,
    TeamInput,
)

__all__ = [
    "BatchStart",
    "Code",
    "Confirmation",
    "CountryCode",
    "FacilityRules",
    "FactDecision",
    "FactInput",
    "Factor",
    "Group",
    "Input",
    "KeepTeam",
    "LanguageInput",
    "Line",
    "MappingInput",
    "NewRequest",
    "PlannedRequest",
    "PortfolioInput",
    "RankingInput",
    "SeatInput",
    "ShortlistInput",
    "SignInInput",
    "StageInput",
    "TeamInput",
    "Text",
]
