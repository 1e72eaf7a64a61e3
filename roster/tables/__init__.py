"""Every table, one aggregate per file; importing this package fills the metadata."""

from roster.tables.account import (
    Account,
    ApiKey,
    Facility,
    LoginSession,
    RoleGrant,
    SignInAttempt,
)
from roster.tables.action import (
    Action,
    ActionExpertise,
    ActionResult,
    Activity,
    ActivityPlan,
    Deployment,
    Feedback,
    Lesson,
)
from roster.tables.base import Record
from roster.tables.batch import Batch, BatchBlob, BatchItem
from roster.tables.document import Document, DocumentBlob, DocumentVersion, Source
from roster.tables.expert import Expert, ExpertProfile, Fact, Membership, Merge, MergeProposal
from roster.tables.fact_sheet import FactSheet
from roster.tables.log import AccessLog, Change
from roster.tables.model import RankingModel
from roster.tables.notice import Notice
from roster.tables.ranking import RankingRun
from roster.tables.release import Call, CallRecipient, Nomination, Release
from roster.tables.request import AssistanceRequest, RequestEvent
from roster.tables.search import SearchTerm
from roster.tables.shortlist import ShortlistEntry, ShortlistEvent
from roster.tables.team import Seat, Team

__all__ = [
    "AccessLog",
    "Account",
    "Action",
    "ActionExpertise",
    "ActionResult",
    "Activity",
    "ActivityPlan",
    "ApiKey",
    "AssistanceRequest",
    "Batch",
    "BatchBlob",
    "BatchItem",
    "Call",
    "CallRecipient",
    "Change",
    "Deployment",
    "Document",
    "DocumentBlob",
    "DocumentVersion",
    "Expert",
    "ExpertProfile",
    "Facility",
    "Fact",
    "FactSheet",
    "Feedback",
    "Lesson",
    "LoginSession",
    "Membership",
    "Merge",
    "MergeProposal",
    "Nomination",
    "Notice",
    "RankingModel",
    "RankingRun",
    "Record",
    "Release",
    "RequestEvent",
    "RoleGrant",
    "SearchTerm",
    "Seat",
    "ShortlistEntry",
    "ShortlistEvent",
    "SignInAttempt",
    "Source",
    "Team",
]
