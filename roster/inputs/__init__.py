"""What people and other systems may hand in, validated once, for JSON and for forms alike.

Codes of open lists (countries, languages, topics, bodies) are checked by the use cases against
`roster.reference`, which answer with the same `FieldError`s.
"""

from roster.inputs.accounts import AccountInput, KeyInput, RoleInput
from roster.inputs.actions import (
    ActionInput,
    ActionMove,
    ActivityInput,
    ActivityReport,
    DeliverableInput,
    DeploymentInput,
    FollowUpAnswer,
    ResultInput,
    ResultJudgement,
    StepInput,
)
from roster.inputs.base import (
    Code,
    CountryCode,
    Factor,
    Input,
    LanguageInput,
    Line,
    Text,
)
from roster.inputs.calls import (
    AskRelease,
    GeneralRelease,
    GrantInput,
    InterestInput,
    NewCall,
    NobodyInput,
    NominationInput,
    RefusalInput,
)
from roster.inputs.facilities import FacilityRules
from roster.inputs.integration import WebhookInput
from roster.inputs.people import (
    BatchStart,
    Confirmation,
    FactDecision,
    FactInput,
    MappingInput,
    SignInInput,
)
from roster.inputs.privacy import Controller, PrivacyRules, Recipient
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
    "AccountInput",
    "ActionInput",
    "ActionMove",
    "ActivityInput",
    "ActivityReport",
    "AskRelease",
    "BatchStart",
    "Code",
    "Confirmation",
    "Controller",
    "CountryCode",
    "DeliverableInput",
    "DeploymentInput",
    "FacilityRules",
    "FactDecision",
    "FactInput",
    "Factor",
    "FollowUpAnswer",
    "GeneralRelease",
    "GrantInput",
    "Group",
    "Input",
    "InterestInput",
    "KeepTeam",
    "KeyInput",
    "LanguageInput",
    "Line",
    "MappingInput",
    "NewCall",
    "NewRequest",
    "NobodyInput",
    "NominationInput",
    "PlannedRequest",
    "PortfolioInput",
    "PrivacyRules",
    "RankingInput",
    "Recipient",
    "RefusalInput",
    "ResultInput",
    "ResultJudgement",
    "RoleInput",
    "SeatInput",
    "ShortlistInput",
    "SignInInput",
    "StageInput",
    "StepInput",
    "TeamInput",
    "Text",
    "WebhookInput",
]
