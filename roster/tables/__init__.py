"""Every table, one aggregate per file; importing this package fills the metadata."""

from roster.tables.account import (
    Account,
    ApiKey,
    Facility,
    LoginSession,
    OneTimeLink,
    RoleGrant,
    SignInAttempt,
)
from roster.tables.action import (
    Action,
    ActionEvent,
    ActionExpertise,
    ActionFollowUp,
    ActionResult,
    Activity,
    ActivityPlan,
    Deployment,
    DeploymentStep,
)
from roster.tables.audit import (
    AuditEntry,
    AuditPayload,
)
from roster.tables.base import (
    Record,
)
from roster.tables.batch import (
    Batch,
    BatchBlob,
    BatchItem,
)
from roster.tables.document import (
    Document,
    DocumentBlob,
    DocumentVersion,
    Source,
)
from roster.tables.expert import (
    Expert,
    ExpertProfile,
    Fact,
    Membership,
    Merge,
    MergeProposal,
)
from roster.tables.fact_sheet import (
    FactSheet,
)
from roster.tables.feedback import (
    CountrySection,
    Feedback,
    Finding,
    Inquiry,
    Lesson,
    Questionnaire,
    WorkingGroup,
)
from roster.tables.fiche import (
    ApplicationRound,
    Consultation,
    Decision,
    Fiche,
    FicheComment,
    Guidelines,
    ScreeningCheck,
    Vote,
)
from roster.tables.guest import (
    Guest,
)
from roster.tables.integration import (
    KeptAnswer,
    Webhook,
    WebhookDelivery,
)
from roster.tables.log import (
    AccessLog,
    Change,
    Erasure,
)
from roster.tables.message import (
    Message,
)
from roster.tables.model import (
    RankingModel,
)
from roster.tables.notice import (
    Notice,
)
from roster.tables.own_word import (
    OwnWord,
    Rereading,
)
from roster.tables.privacy import (
    Disclosure,
    Restriction,
    RetentionWarning,
)
from roster.tables.ranking import (
    RankingRun,
)
from roster.tables.release import (
    Call,
    CallRecipient,
    Nomination,
    Release,
    StateInterest,
)
from roster.tables.request import (
    AssistanceRequest,
    RequestEvent,
    RequestReading,
)
from roster.tables.search import (
    SearchTerm,
)
from roster.tables.shortlist import (
    ShortlistEntry,
    ShortlistEvent,
)
from roster.tables.team import (
    Seat,
    Team,
)

__all__ = [
    "AccessLog",
    "Account",
    "Action",
    "ActionEvent",
    "ActionExpertise",
    "ActionFollowUp",
    "ActionResult",
    "Activity",
    "ActivityPlan",
    "ApiKey",
    "ApplicationRound",
    "AssistanceRequest",
    "AuditEntry",
    "AuditPayload",
    "Batch",
    "BatchBlob",
    "BatchItem",
    "Call",
    "CallRecipient",
    "Change",
    "Consultation",
    "CountrySection",
    "Decision",
    "Deployment",
    "DeploymentStep",
    "Disclosure",
    "Document",
    "DocumentBlob",
    "DocumentVersion",
    "Erasure",
    "Expert",
    "ExpertProfile",
    "Facility",
    "Fact",
    "FactSheet",
    "Feedback",
    "Fiche",
    "FicheComment",
    "Finding",
    "Guest",
    "Guidelines",
    "Inquiry",
    "KeptAnswer",
    "Lesson",
    "LoginSession",
    "Membership",
    "Merge",
    "MergeProposal",
    "Message",
    "Nomination",
    "Notice",
    "OneTimeLink",
    "OwnWord",
    "Questionnaire",
    "RankingModel",
    "RankingRun",
    "Record",
    "Release",
    "RequestEvent",
    "RequestReading",
    "Rereading",
    "Restriction",
    "RetentionWarning",
    "RoleGrant",
    "ScreeningCheck",
    "SearchTerm",
    "Seat",
    "ShortlistEntry",
    "ShortlistEvent",
    "SignInAttempt",
    "Source",
    "StateInterest",
    "Team",
    "Vote",
    "Webhook",
    "WebhookDelivery",
    "WorkingGroup",
]
