"""Every column is either known to hold personal data, or said not to: nothing escapes erasure."""

from __future__ import annotations

import pytest
from sqlmodel import SQLModel

import roster.tables  # noqa: F401 -- importing fills the metadata
from roster import personal
from roster.personal import DataClass, Subject

ABOUT_THE_RECORD = {"id", "facility_id", "origin", "imported_from", "created_at", "updated_at"}
"""Say what a record is and whose, in every table; of `expert` and `account`, `id` is the person."""

NOT_PERSONAL: dict[str, set[str]] = {
    "access_log": set(),
    "action": {
        "areas", "authority", "code", "countries", "ends", "name", "notes", "objective", "on_hold",
        "region", "regional_body", "scope", "starts", "status", "topics", "topics_from_text",
        "closed_on", "standing_reason",
    },
    "action_event": {"action_id", "from_status", "to_status", "on_hold"},
    "action_expertise": {
        "action_id", "as_printed", "basis", "country", "country_group", "is_eu", "kind",
    },
    "action_follow_up": {
        "action_id", "adopted", "adopted_on", "answered_on", "due_on", "occasion", "request_id",
        "result_id", "source", "text",
    },
    "action_result": {
        "action_id", "constituent", "expected", "note", "position", "state", "title",
    },
    "activity": {
        "also", "ends", "intervention", "intervention_basis", "is_remote", "number", "place",
        "plan_id", "starts", "title", "type", "counterparts", "days", "deliverables",
        "institutions", "lineage", "modality", "note", "participants", "status", "women",
    },
    "activity_plan": {"action_id", "approved_on", "reason", "status", "version"},
    "application_round": {"closes", "guidelines_id", "name", "opens"},
    "audit_entry": {"chain", "digest", "sealed_at", "seq", "source", "source_id"},
    "audit_payload": {"seq"},
    "batch": {"country", "finished_at", "is_trial", "kind", "mapping", "problem", "state"},
    "batch_blob": {"batch_id"},
    "batch_item": {"batch_id", "place"},
    "call": {"closed_at", "deadline", "request_id", "team_id"},
    "call_recipient": {"answer", "answered_at", "call_id", "country", "reason"},
    "change": {"act", "record", "seq"},
    "consultation": {"channel", "held_on", "request_id"},
    "country_section": {"as_of", "country", "section", "source", "text"},
    "decision": {"decided_on", "fiche_id", "forwarded_to", "outcome", "request_id"},
    "document": {"delete_after", "kind", "media_type", "size_bytes", "state"},
    "document_version": {"reader"},
    "expert_profile": {"seq"},
    "fact": {"source_id", "superseded_by"},
    "fact_sheet": {"code", "content", "kind", "source", "title"},
    "facility": {"code", "legal_regime", "name", "rules"},
    "feedback": {"action_id", "activity_id", "inquiry_id", "lineage", "rater"},
    "fiche": {
        "activities", "background", "expert_days", "expertise", "objective", "request_id",
        "results", "risks", "schedule", "status", "title", "version",
    },
    "fiche_comment": {"fiche_id", "part"},
    "finding": {
        "action_id", "feedback_id", "found_on", "is_strength", "kind", "lineage", "reference",
        "source", "topics",
    },
    "guest": {"inquiry_id", "request_id", "role"},
    "guidelines": {"approved_on", "text", "title", "version"},
    "inquiry": {
        "action_id", "asked", "closed_at", "due_on", "lineage", "questionnaire_id", "reminded_at",
    },
    "kept_answer": set(),
    "lesson": {
        "action_ids", "activities", "advice", "finding_ids", "is_strength", "kind", "reason",
        "regions", "state", "text", "topics",
    },
    "message": {"due_on", "guest_id", "kind", "record"},
    "notice": {"kind"},
    "own_word": {"code", "language", "of", "phrase", "retired_at"},
    "questionnaire": {
        "audience", "code", "is_active", "occasion", "questions", "title", "version",
    },
    "ranking_model": {"manifest", "state", "tables", "version"},
    "rereading": {"done", "dropped", "finished_at", "found", "people", "reached", "total"},
    "ranking_run": {"among", "counts", "model", "number", "request_id", "weights"},
    "request": {
        "action_id", "activities", "administration", "authority", "channel", "code", "countries",
        "ends", "languages", "letter_id", "mode", "outcome", "outcome_reason", "received_on",
        "regional_body", "release_required", "scope", "starts", "status", "text_language", "title",
        "topics", "urgency", "deadline", "forwarded_to", "joined_into", "priority", "round_id",
        "round_chosen", "split_from",
    },
    "request_reading": {"made_at", "made_by", "of", "request_id"},
    "request_event": {"from_status", "request_id", "to_status"},
    "screening_check": {"answer", "item", "request_id"},
    "search_term": {"action_id", "request_id"},
    "seat": {"counterpart", "need", "position"},
    "source": {"kind"},
    "state_interest": {"country", "regions", "topics"},
    "team": {"mode", "ranking_run_id", "request_id", "score", "status"},
    "vote": {"fiche_id"},
    "webhook": {"former_until", "is_active", "kinds", "label", "told_seq", "url"},
    "webhook_delivery": {
        "attempts", "delivered_at", "digest", "due_at", "problem", "record", "seq", "state",
        "status", "webhook_id",
    },
    "working_group": {"action_id", "country", "mandate", "name"},
}  # fmt: skip
"""Columns that tell nothing about a person, looked at one by one."""

TABLES = SQLModel.metadata.tables
PERSONAL = personal.columns()


def _personal_of(table: str) -> set[str]:
    return {one.column for one in PERSONAL if one.table == table}


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_column_is_personal_or_said_not_to_be(table: str) -> None:
    held = _personal_of(table)
    said_not = NOT_PERSONAL.get(table, set())
    unknown = set(TABLES[table].columns.keys()) - held - said_not - ABOUT_THE_RECORD
    assert not unknown, (
        f"new columns of {table}: name them in roster.personal, or here if they are about nobody"
    )
    assert not held & said_not


def test_the_registry_names_no_column_that_is_gone() -> None:
    columns = {(one.table, one.column) for one in PERSONAL}
    columns |= {(table, column) for table, names in NOT_PERSONAL.items() for column in names}
    columns |= {(table, column) for table, names in personal.INSIDE.items() for column in names}
    there = {(name, column) for name, table in TABLES.items() for column in table.columns.keys()}  # noqa: SIM118 -- iterates names, not columns
    assert columns - there == set()


def test_no_column_is_named_twice() -> None:
    assert len({(one.table, one.column) for one in PERSONAL}) == len(PERSONAL)


def test_every_foreign_key_to_a_person_is_personal() -> None:
    for name, table in TABLES.items():
        for column in table.columns:
            targets = {key.column.table.name for key in column.foreign_keys}
            if targets & {"expert", "account"}:
                assert column.name in _personal_of(name), f"{name}.{column.name}"


def test_every_table_with_an_experts_data_is_reached_or_searched() -> None:
    reached = {way.table for way in personal.tables_reaching_expert()}
    about_experts = {one.table for one in PERSONAL if Subject.EXPERT in one.subjects}
    assert about_experts <= reached | personal.INSIDE.keys()


def test_every_foreign_key_to_an_expert_begins_a_way() -> None:
    first_steps = {
        (way.links[-1].table, way.links[-1].column)
        for way in personal.tables_reaching_expert()
        if way.links
    }
    for name, table in TABLES.items():
        for column in table.columns:
            if any(key.column.table.name == "expert" for key in column.foreign_keys):
                assert (name, column.name) in first_steps


@pytest.mark.parametrize(
    "way", personal.tables_reaching_expert(), ids=lambda way: f"{way.table}-{len(way.links)}"
)
def test_a_way_is_a_chain_that_ends_at_the_expert(way: personal.Way) -> None:
    if not way.links:
        assert way.table == "expert"
        return
    assert way.links[-1].to == "expert"
    for link in way.links:
        assert link.column in TABLES[link.table].columns
    for here, there in zip(way.links, way.links[1:], strict=False):
        assert there.table in {here.to, here.table}


def test_only_the_logs_point_at_people_without_a_key() -> None:
    loose = {way.table for way in personal.tables_reaching_expert() if not way.is_key}
    assert loose == {"access_log", "audit_payload", "change"}


def test_secrets_are_credentials() -> None:
    credentials = {
        (one.table, one.column) for one in PERSONAL if one.data_class is DataClass.CREDENTIAL
    }
    assert {
        ("account", "password_hash"),
        ("login_session", "token_hash"),
        ("api_key", "key_hash"),
    } <= credentials
