"""The closed lists in the words of the reader's language."""

from __future__ import annotations

from enum import StrEnum

from roster.reference import regions
from roster.vocabulary import (
    AdministrationKind,
    Band,
    CallAnswer,
    Constituent,
    ExpertKind,
    ExpertStatus,
    FichePart,
    FicheStatus,
    Gate,
    GuestRole,
    IntakeChannel,
    Modality,
    NoticeState,
    Priority,
    RecordGap,
    RefusalReason,
    ReleaseOutcome,
    RequestStatus,
    ScreeningAnswer,
    SeatRole,
    Stage,
    TeamMode,
    VoteChoice,
)
from web.contexts.parts import Choice
from web.tongues import Tongue


def marked(message: str) -> str:
    """Mark a message for the catalogues; it is translated where it is shown."""
    return message


# By list first: values of different lists may be spelt alike, and then are equal.
_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    RequestStatus: {
        RequestStatus.RECEIVED: marked("Received"),
        RequestStatus.SCREENED: marked("Screened"),
        RequestStatus.FICHE_DRAFTED: marked("Fiche drafted"),
        RequestStatus.SUBMITTED: marked("Submitted"),
        RequestStatus.IN_PREPARATION: marked("In preparation"),
        RequestStatus.APPROVED: marked("Approved"),
        RequestStatus.REJECTED: marked("Rejected"),
        RequestStatus.FORWARDED: marked("Forwarded"),
        RequestStatus.WITHDRAWN: marked("Withdrawn"),
    },
    ScreeningAnswer: {
        ScreeningAnswer.YES: marked("Yes"),
        ScreeningAnswer.NO: marked("No"),
        ScreeningAnswer.UNKNOWN: marked("Cannot be told yet"),
    },
    FicheStatus: {
        FicheStatus.DRAFT: marked("Draft"),
        FicheStatus.SHARED: marked("Shared, to be commented on"),
        FicheStatus.SUBMITTED: marked("Submitted"),
        FicheStatus.APPROVED: marked("Approved"),
        FicheStatus.REPLACED: marked("Replaced"),
    },
    FichePart: {
        FichePart.TITLE: marked("Title"),
        FichePart.BACKGROUND: marked("Background"),
        FichePart.OBJECTIVE: marked("Objective"),
        FichePart.RESULTS: marked("Expected results"),
        FichePart.ACTIVITIES: marked("Activities"),
        FichePart.EXPERTISE: marked("Expertise"),
        FichePart.SCHEDULE: marked("Schedule"),
        FichePart.RISKS: marked("Risks"),
        FichePart.BUDGET: marked("Budget in expert days"),
    },
    VoteChoice: {
        VoteChoice.FOR: marked("For"),
        VoteChoice.AGAINST: marked("Against"),
        VoteChoice.ABSTAIN: marked("Abstains"),
    },
    GuestRole: {
        GuestRole.REQUESTING_AUTHORITY: marked("Requesting authority"),
        GuestRole.EU_DELEGATION: marked("EU Delegation"),
        GuestRole.COMMITTEE_MEMBER: marked("Member of the steering body"),
        GuestRole.PARTICIPANT: marked("Participant"),
        GuestRole.PARTNER_INSTITUTION: marked("Partner institution"),
        GuestRole.EXPERT: marked("Expert"),
    },
    Priority: {
        Priority.HIGH: marked("Urgent"),
        Priority.NORMAL: marked("Usual"),
        Priority.LOW: marked("Can wait"),
    },
    Modality: {
        Modality.ON_SITE: marked("On site"),
        Modality.REMOTE: marked("Remote"),
        Modality.HYBRID: marked("Hybrid"),
    },
    Constituent: {
        Constituent.POLICY: marked("Policy"),
        Constituent.COORDINATION: marked("National cooperation and coordination"),
        Constituent.INSTITUTIONAL: marked("Institutional set-up"),
        Constituent.PARTNERSHIP: marked("Regional partnerships and dialogue"),
        Constituent.KNOWLEDGE: marked("Knowledge base"),
    },
    Stage: {
        Stage.LONGLISTED: marked("Longlisted"),
        Stage.SHORTLISTED: marked("Shortlisted"),
        Stage.PROPOSED: marked("Proposed"),
        Stage.AGREED: marked("Agreed"),
        Stage.DEPLOYED: marked("Deployed"),
        Stage.COMPLETED: marked("Completed"),
        Stage.DECLINED: marked("Declined"),
        Stage.NOT_AVAILABLE: marked("Not available"),
        Stage.NOT_RELEASED: marked("Not released"),
        Stage.NOT_SELECTED: marked("Not selected"),
    },
    Band: {
        Band.FIT: marked("Fit"),
        Band.ASK: marked("To ask"),
        Band.NOT: marked("Does not fit"),
    },
    Gate: {
        Gate.LANGUAGE: marked("Language"),
        Gate.AVAILABILITY: marked("Availability"),
        Gate.STATUS: marked("Standing on the roster"),
        Gate.EXCLUDED: marked("Exclusion list"),
        Gate.DECLINED: marked("Said no already"),
        Gate.CONFLICT: marked("Conflict of interest"),
        Gate.RELEASE: marked("Release"),
        Gate.KIND: marked("Kind of expert"),
    },
    ExpertKind: {
        ExpertKind.EU_ADMINISTRATION: marked("EU Member State administration"),
        ExpertKind.NON_EU_ADMINISTRATION: marked("Non-EU administration"),
        ExpertKind.ACADEMIA: marked("Academia"),
        ExpertKind.PRIVATE_CONSULTANT: marked("Private consultant"),
        ExpertKind.NGO: marked("NGO"),
        ExpertKind.INTERNATIONAL_ORGANISATION: marked("International organisation"),
        ExpertKind.DIASPORA: marked("Diaspora"),
    },
    RefusalReason: {
        RefusalReason.STAFF: marked("Short of staff"),
        RefusalReason.AVAILABILITY: marked("Not available then"),
        RefusalReason.INTEREST: marked("Not interested"),
        RefusalReason.OTHER: marked("Another reason"),
    },
    ReleaseOutcome: {
        ReleaseOutcome.PENDING: marked("not answered yet"),
        ReleaseOutcome.GRANTED: marked("granted"),
        ReleaseOutcome.REFUSED: marked("refused"),
        ReleaseOutcome.EXPIRED: marked("run out"),
        ReleaseOutcome.WITHDRAWN: marked("withdrawn"),
    },
    CallAnswer: {
        CallAnswer.NOMINATED: marked("somebody nominated"),
        CallAnswer.NOBODY: marked("nobody"),
    },
    ExpertStatus: {
        ExpertStatus.DRAFT: marked("Draft"),
        ExpertStatus.ACTIVE: marked("Active"),
        ExpertStatus.PAUSED: marked("Paused"),
        ExpertStatus.INACTIVE: marked("Inactive"),
        ExpertStatus.WITHDRAWN: marked("Withdrawn from the roster"),
        ExpertStatus.RESTRICTED: marked("Kept, not used"),
        ExpertStatus.MERGED: marked("Part of another record"),
        ExpertStatus.ERASED: marked("Erased"),
    },
    RecordGap: {
        RecordGap.STALE: marked("Not confirmed for a year"),
        RecordGap.LANGUAGE_LEVEL: marked("Language level unknown"),
        RecordGap.TOPIC: marked("No topic known"),
        RecordGap.POST: marked("No post known"),
        RecordGap.AVAILABILITY: marked("Availability never asked"),
        RecordGap.KIND: marked("Kind of expert unknown"),
    },
    NoticeState: {
        NoticeState.WAITING: marked("Waits"),
        NoticeState.SENT: marked("Sent"),
        NoticeState.HANDED_OVER: marked("Handed over"),
        NoticeState.OPENED: marked("Opened"),
        NoticeState.FAILED: marked("Not delivered"),
    },
    TeamMode: {
        TeamMode.PEER_TO_PEER: marked("Peer-to-peer"),
        TeamMode.TRIANGULAR: marked("Triangular"),
        TeamMode.CUSTOM: marked("Custom"),
    },
    SeatRole: {
        SeatRole.LEAD: marked("Lead"),
        SeatRole.THEMATIC_EXPERT: marked("Thematic expert"),
        SeatRole.TRAINER: marked("Trainer"),
        SeatRole.DRAFTER: marked("Drafter"),
        SeatRole.DATA_ANALYST: marked("Data analyst"),
        SeatRole.SOUTHERN_PEER: marked("Southern peer"),
    },
    IntakeChannel: {
        IntakeChannel.POST: marked("By post"),
        IntakeChannel.EMAIL: marked("By e-mail"),
        IntakeChannel.FAX: marked("By fax"),
        IntakeChannel.DELEGATION: marked("Through the EU Delegation"),
        IntakeChannel.FORM: marked("By form"),
        IntakeChannel.API: marked("By another system"),
    },
    AdministrationKind: {
        AdministrationKind.INTERIOR: marked("Interior"),
        AdministrationKind.IMMIGRATION_ASYLUM: marked("Immigration and asylum"),
        AdministrationKind.BORDER_POLICE: marked("Border police"),
        AdministrationKind.POLICE: marked("Police"),
        AdministrationKind.CUSTOMS: marked("Customs"),
        AdministrationKind.FOREIGN_AFFAIRS: marked("Foreign affairs"),
        AdministrationKind.LABOUR: marked("Labour"),
        AdministrationKind.EMPLOYMENT_SERVICE: marked("Employment service"),
        AdministrationKind.JUSTICE: marked("Justice"),
        AdministrationKind.STATISTICS: marked("Statistics"),
        AdministrationKind.DIASPORA: marked("Diaspora affairs"),
        AdministrationKind.DEVELOPMENT: marked("Development"),
        AdministrationKind.SOCIAL_AFFAIRS: marked("Social affairs"),
        AdministrationKind.EDUCATION: marked("Education"),
        AdministrationKind.HEALTH: marked("Health"),
        AdministrationKind.CIVIL_REGISTRY: marked("Civil registry"),
        AdministrationKind.LOCAL_GOVERNMENT: marked("Local government"),
        AdministrationKind.HEAD_OF_GOVERNMENT: marked("Head of government"),
        AdministrationKind.PARLIAMENT: marked("Parliament"),
        AdministrationKind.HUMAN_RIGHTS: marked("Human rights"),
        AdministrationKind.REGIONAL_BODY: marked("Regional body"),
        AdministrationKind.OTHER: marked("Another discipline"),
    },
}

REGION_WORDS = {
    regions.AFRICA: marked("Africa"),
    regions.ASIA: marked("Asia"),
    regions.LATIN_AMERICA: marked("Latin America and Caribbean"),
    regions.MENA: marked("Middle East and North Africa"),
    regions.EASTERN_EUROPE: marked("Eastern Europe"),
}
"""Words of the regions of the field, by their English names."""

REASON_WORDS = {
    "no_time": marked("No time"),
    "not_interested": marked("Not interested"),
    "personal": marked("Personal reasons"),
    "other_mission": marked("On another mission"),
    "leave": marked("On leave"),
    "workload": marked("Too much work"),
    "staff_shortage": marked("Short of staff"),
    "availability": marked("Not available then"),
    "no_interest": marked("The administration is not interested"),
    "no_answer": marked("No answer"),
    "release_over": marked("The release ran out"),
    "better_fit": marked("Somebody else fits better"),
    "balance": marked("Balance of the team"),
    "authority_chose_other": marked("The authority chose somebody else"),
    "not_suitable": marked("Not suitable"),
    "other": marked("Another reason"),
}
"""Words of the reasons for leaving a shortlist, by code."""


def say(tongue: Tongue, value: StrEnum) -> str:
    """Return the word of a value of a closed list.

    Raises
    ------
    KeyError
        The list has no words yet.
    """
    return tongue.word(_WORDS[type(value)][value])


def choices(tongue: Tongue, of: type[StrEnum], on: frozenset[str]) -> tuple[Choice, ...]:
    """Return a closed list as choices in its own order, those of `on` chosen."""
    return tuple(Choice(one.value, say(tongue, one), one.value in on) for one in of)
