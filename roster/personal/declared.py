"""Which columns hold personal data: each table with its columns by class, and whose data it is."""

from __future__ import annotations

from enum import StrEnum


class DataClass(StrEnum):
    """What kind of personal data a column holds; retention goes by it."""

    IDENTITY = "identity"
    CONTACT = "contact"
    PROFESSIONAL = "professional"
    TEXT = "text"
    LOG = "log"
    CREDENTIAL = "credential"


class Subject(StrEnum):
    """Whose data it is."""

    EXPERT = "expert"
    ACCOUNT = "account"


_E, _A, _BOTH = (Subject.EXPERT,), (Subject.ACCOUNT,), (Subject.EXPERT, Subject.ACCOUNT)
Declared = dict[str, tuple[tuple[Subject, ...], dict[DataClass, str]]]
DECLARED: Declared = {
    "expert": (
        _E,
        {
            DataClass.IDENTITY: "id display_name folded_name",
            DataClass.PROFESSIONAL: "status home_country given_country kind employer headline "
            "confirmed_on availability_known_until deployments feedback_mean feedback_count "
            "last_deployed",
            DataClass.LOG: "informed_at",
        },
    ),
    "search_term": (_E, {DataClass.TEXT: "expert_id field term length"}),
    "expert_profile": (_E, {DataClass.PROFESSIONAL: "expert_id view"}),
    "restriction": (
        _BOTH,
        {
            DataClass.PROFESSIONAL: "expert_id ground before",
            DataClass.TEXT: "note lifted_note",
            DataClass.LOG: "by lifted_at lifted_by",
        },
    ),
    "disclosure": (
        _BOTH,
        {
            DataClass.LOG: "expert_id means what recipient country basis fields purpose account_id",
        },
    ),
    "retention_warning": (_E, {DataClass.LOG: "expert_id kept due_on"}),
    "membership": (_E, {DataClass.PROFESSIONAL: "expert_id valid_from valid_to basis"}),
    "fact": (
        _E,
        {
            DataClass.PROFESSIONAL: "expert_id kind value valid_from valid_to ongoing status "
            "confidence doubt",
            DataClass.TEXT: "quote span",
            DataClass.LOG: "asserted_at confirmed_by confirmed_at",
        },
    ),
    "merge_proposal": (
        _BOTH,
        {
            DataClass.IDENTITY: "expert_id twin_id reason score for_coordinator decision",
            DataClass.LOG: "decided_at decided_by",
        },
    ),
    "merge": (
        _BOTH,
        {
            DataClass.IDENTITY: "expert_id absorbed_id reason moved absorbed_status",
            DataClass.LOG: "by undone_at undone_by",
        },
    ),
    "notice": (
        _BOTH,
        {
            DataClass.IDENTITY: "expert_id",
            DataClass.CONTACT: "address",
            DataClass.CREDENTIAL: "token_hash locked_token expires_at",
            DataClass.LOG: "state document_id attempts problem sent_at handed_over_by opened_at",
            DataClass.PROFESSIONAL: "locale",
        },
    ),
    "batch": (_A, {DataClass.LOG: "uploaded_by", DataClass.IDENTITY: "file_name"}),
    "batch_item": (
        _E,
        {
            DataClass.IDENTITY: "expert_id file_name",
            DataClass.TEXT: "sha256 reason",
            DataClass.LOG: "outcome document_id",
        },
    ),
    "batch_blob": (_E, {DataClass.TEXT: "item_id content"}),
    "source": (
        _BOTH,
        {
            DataClass.LOG: "label account_id",
            DataClass.PROFESSIONAL: "document_version_id deployment_id",
        },
    ),
    "document": (
        _BOTH,
        {
            DataClass.IDENTITY: "expert_id file_name",
            DataClass.PROFESSIONAL: "country",
            DataClass.TEXT: "sha256",
            DataClass.LOG: "uploaded_by problem",
        },
    ),
    "document_blob": (_E, {DataClass.TEXT: "document_id content"}),
    "document_version": (
        _E,
        {DataClass.TEXT: "document_id language text pages lines notes form sensitive"},
    ),
    "deployment": (
        _E,
        {
            DataClass.PROFESSIONAL: "expert_id action_id activity_id lineage seat_id role days "
            "starts ends status reason"
        },
    ),
    "deployment_step": (
        _BOTH,
        {
            DataClass.PROFESSIONAL: "deployment_id step done_on",
            DataClass.TEXT: "note",
            DataClass.LOG: "by",
        },
    ),
    "guest": (
        _BOTH,
        {
            DataClass.IDENTITY: "expert_id label",
            DataClass.CONTACT: "address",
            DataClass.CREDENTIAL: "token_hash locked_token expires_at",
            DataClass.LOG: "revoked_at last_seen_at by",
            DataClass.PROFESSIONAL: "locale",
        },
    ),
    "message": (
        _A,
        {
            DataClass.LOG: "account_id record_id detail attempts tried_at problem sent_at read_at "
            "state"
        },
    ),
    "feedback": (
        _BOTH,
        {
            DataClass.PROFESSIONAL: "deployment_id scores",
            DataClass.TEXT: "answers text",
            DataClass.LOG: "guest_id by",
        },
    ),
    "finding": (_BOTH, {DataClass.TEXT: "text", DataClass.LOG: "by"}),
    "fiche": (_A, {DataClass.LOG: "by"}),
    "screening_check": (_A, {DataClass.LOG: "by", DataClass.TEXT: "note"}),
    "consultation": (
        _BOTH,
        {DataClass.IDENTITY: "with_whom", DataClass.TEXT: "note", DataClass.LOG: "by"},
    ),
    "fiche_comment": (_BOTH, {DataClass.TEXT: "text", DataClass.LOG: "by guest_id"}),
    "vote": (_BOTH, {DataClass.TEXT: "reason", DataClass.LOG: "guest_id choice"}),
    "decision": (_BOTH, {DataClass.TEXT: "reason minutes", DataClass.LOG: "by"}),
    "inquiry": (_A, {DataClass.LOG: "by"}),
    "action_follow_up": (_A, {DataClass.LOG: "by"}),
    "country_section": (_A, {DataClass.LOG: "by"}),
    "working_group": (_BOTH, {DataClass.IDENTITY: "members"}),
    "state_interest": (_A, {DataClass.TEXT: "note", DataClass.LOG: "by"}),
    "call_recipient": (_A, {DataClass.TEXT: "note", DataClass.LOG: "by reminded_at"}),
    "action_event": (_A, {DataClass.LOG: "by reason"}),
    "action": (_A, {DataClass.LOG: "officer_id"}),
    "nomination": (
        _BOTH,
        {
            DataClass.PROFESSIONAL: "expert_id call_id seat_id withdrawn_at",
            DataClass.TEXT: "note",
            DataClass.LOG: "by",
        },
    ),
    "release": (
        _BOTH,
        {
            DataClass.PROFESSIONAL: "expert_id request_id nomination_id seat_id outcome "
            "valid_from valid_to days reason due_on",
            DataClass.TEXT: "note",
            DataClass.LOG: "asked_by reminded_at answered_at by",
        },
    ),
    "shortlist_entry": (
        _E,
        {
            DataClass.PROFESSIONAL: "expert_id request_id ranking_run_id place score stage",
            DataClass.TEXT: "note",
        },
    ),
    "shortlist_event": (
        _BOTH,
        {
            DataClass.PROFESSIONAL: "entry_id from_stage to_stage reason",
            DataClass.TEXT: "note",
            DataClass.LOG: "by",
        },
    ),
    "seat": (_E, {DataClass.PROFESSIONAL: "expert_id team_id role score alternates"}),
    "team": (
        _BOTH,
        {DataClass.PROFESSIONAL: "rules checks", DataClass.TEXT: "note", DataClass.LOG: "by"},
    ),
    "ranking_model": (_A, {DataClass.LOG: "by promoted_by promoted_at retired_at reason"}),
    "ranking_run": (_BOTH, {DataClass.PROFESSIONAL: "request content", DataClass.LOG: "by"}),
    "request": (
        _BOTH,
        {
            DataClass.IDENTITY: "counterpart",
            DataClass.PROFESSIONAL: "excluded conflicts",
            DataClass.TEXT: "text",
            DataClass.LOG: "officer_id",
        },
    ),
    "request_reading": (_A, {DataClass.TEXT: "content"}),
    "request_event": (_A, {DataClass.LOG: "by reason"}),
    "call": (_A, {DataClass.LOG: "by", DataClass.TEXT: "text"}),
    "activity_plan": (_A, {DataClass.LOG: "by approved_by"}),
    "lesson": (_A, {DataClass.LOG: "by decided_by decided_at"}),
    "account": (
        _A,
        {
            DataClass.IDENTITY: "id name",
            DataClass.CONTACT: "email",
            DataClass.CREDENTIAL: "password_hash openid_hash",
            DataClass.PROFESSIONAL: "locale is_active country",
        },
    ),
    "role_grant": (
        _BOTH,
        {
            DataClass.IDENTITY: "account_id expert_id",
            DataClass.PROFESSIONAL: "role country administrations",
            DataClass.LOG: "granted_by ended_at",
        },
    ),
    "login_session": (
        _A,
        {
            DataClass.CREDENTIAL: "token_hash",
            DataClass.LOG: "account_id expires_at until ended_at device works_in by_openid "
            "openid_sid",
        },
    ),
    "one_time_link": (
        _A,
        {
            DataClass.CREDENTIAL: "token_hash locked_token expires_at",
            DataClass.LOG: "account_id purpose sent_at attempts used_at by",
        },
    ),
    "api_key": (
        _A,
        {
            DataClass.CREDENTIAL: "prefix key_hash scopes expires_at",
            DataClass.LOG: "account_id label revoked_at last_used_at",
        },
    ),
    "rate_share": (_A, {DataClass.LOG: "name whole_at"}),
    "sign_in_attempt": (_A, {DataClass.LOG: "key_hash at"}),
    "audit_payload": (_BOTH, {DataClass.LOG: "expert_id salt payload"}),
    # What it holds of experts is encrypted: `idempotency.erase_answers` erases answers whole, and
    # `drafts.erase_drafts` the drafts that name somebody.
    "kept_answer": (
        _A,
        {DataClass.LOG: "account_id key_hash body_hash at", DataClass.TEXT: "answer"},
    ),
    "webhook": (_A, {DataClass.LOG: "by", DataClass.CREDENTIAL: "locked_secret locked_former"}),
    "own_word": (_A, {DataClass.LOG: "by retired_by"}),
    "rereading": (_A, {DataClass.LOG: "by"}),
    "erasure": (_A, {DataClass.LOG: "subject at by reason rows"}),
    "access_log": (_BOTH, {DataClass.LOG: "at account_id expert_id what purpose"}),
    "change": (_BOTH, {DataClass.LOG: "at by record_id detail"}),
}
