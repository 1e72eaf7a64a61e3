"""The audit as a file, for whoever checks it: what the check of the chain found, then each link."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import orjson
from fastapi.responses import Response, StreamingResponse

from roster import audit
from roster.policy import Permission
from web.access import Reader, ReaderDep, new_router, requires

router = new_router()
PATH = "/audit.ndjson"


@router.get(PATH, dependencies=[requires(Permission.READ_AUDIT)])
def export_audit(reader: ReaderDep) -> Response:
    """Hand over the links of this facility, one a line, after a line about the whole chain."""
    report = audit.verify(reader.session, reader.actor)
    lines = [orjson.dumps(asdict(report)), *_links(reader)]
    name = f"audit-{reader.clock.now().date()}.ndjson"
    return StreamingResponse(
        iter([line + b"\n" for line in lines]),
        media_type="application/x-ndjson",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _links(reader: Reader) -> Iterator[bytes]:
    for link in audit.export(reader.session, reader.actor):
        yield orjson.dumps(link)
