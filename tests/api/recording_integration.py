"""Records what other systems call: bulk, facts, taxonomy, webhooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.api.recording import Recorder

HOOK = {
    "label": "Case system",
    "url": "https://cases.example.org/hooks/roster",
    "kinds": ["request", "action"],
}


async def record_integration(call: Recorder, need: dict[str, object], administrator: str) -> None:
    """Take many in at once, read facts, the taxonomy, and set a webhook up.

    Parameters
    ----------
    administrator : key of somebody who sets webhooks up
    """
    do = call.call
    wrong = {**need, "topics": ["statistics of migration"]}
    many = await do("create_requests", "POST", "/requests/bulk", {"items": [need, wrong]})
    request = many["items"][0]["href"].removeprefix("/api/v1")
    people = (await call.client.get("/experts?per_page=2&country=ES")).json()["items"]
    ids = [{"expert_id": one["id"]} for one in people]
    await do("add_many_to_shortlist", "POST", f"{request}/shortlist/bulk", {"items": ids})
    paused = [{**one, "status": "paused"} for one in ids]
    await do("set_statuses", "POST", "/experts/bulk/status", {"items": paused})
    await do("list_facts", "GET", f"/experts/{people[0]['id']}/facts?kind=language&per_page=2")
    await do("get_taxonomy", "GET", "/taxonomy?locale=en")
    await do("get_topic", "GET", "/taxonomy/topics/data_management?locale=fr")
    await do("get_cv", "GET", f"/experts/{people[0]['id']}/cv?form=json-resume")
    call.client.headers["authorization"] = f"Bearer {administrator}"
    made = await do("add_webhook", "POST", "/webhooks", HOOK)
    hook = f"/webhooks/{made['webhook']['id']}"
    await do("get_webhook", "GET", hook)
    await do("update_webhook", "PUT", hook, {**HOOK, "kinds": ["request"]})
    await do("list_webhooks", "GET", "/webhooks")
    await do("rotate_webhook_secret", "POST", f"{hook}/secret")
    for operation in ("add_webhook", "rotate_webhook_secret"):
        call.kept[operation]["response"]["secret"] = "whsec_…"
    await do("list_deliveries", "GET", f"{hook}/deliveries")
    await do("remove_webhook", "DELETE", hook)
    call.kept["get_delivery"] = {"response": {**_DELIVERY, "state": "dead", "due_at": None}}
    call.kept["send_delivery_again"] = {"response": _DELIVERY}


_DELIVERY = {
    "id": "5f0c0d0e-5f0c-4d0e-8f0c-0d0e5f0c4d0e",
    "seq": 1042,
    "kind": "request",
    "state": "waiting",
    "attempts": 0,
    "due_at": "2026-01-15T09:00:00Z",
    "status": 503,
    "problem": "refused",
    "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "created_at": "2026-01-14T09:00:00Z",
    "delivered_at": None,
}
