"""Of what other systems can be told, and how one change looks to them: ids and kinds, no more."""

from __future__ import annotations

from collections.abc import Mapping

import orjson

from roster.tables import Change

PATHS: Mapping[str, str] = {
    "action": "",
    "activity_plan": "",
    "batch": "/batches/{id}",
    "call": "/calls/{id}",
    "deployment": "/deployments/{id}",
    "document": "/documents/{id}",
    "expert": "/experts/{id}",
    "fiche": "/fiches/{id}",
    "inquiry": "/inquiries/{id}",
    "lesson": "/lessons/{id}",
    "ranking_run": "/rankings/{id}",
    "release": "/releases/{id}",
    "request": "/requests/{id}",
    "shortlist_entry": "/shortlist-entries/{id}",
    "team": "/teams/{id}",
}
"""Kinds of records told of, with their address below `/api/v1`; empty where they have none."""

KINDS = tuple(PATHS)


def told(change: Change, facility: str) -> bytes:
    """Return what is sent of a change: never a name, a text or who made it."""
    path = PATHS[change.record].format(id=change.record_id)
    return orjson.dumps(
        {
            "type": f"{change.record}.{change.act}",
            "timestamp": change.at,
            "data": {
                "seq": change.seq,
                "facility": facility,
                "kind": change.record,
                "id": change.record_id,
                "act": change.act,
                "href": f"/api/v1{path}" if path else None,
            },
        },
        option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z,
    )
