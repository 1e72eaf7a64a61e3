"""A paper as JSON: title, facts, and each table as a list of objects by its headings."""

from __future__ import annotations

import orjson

from web.papers.paper import Paper, Table

MEDIA_TYPE = "application/json"


def json_of(paper: Paper) -> bytes:
    """Return a paper as JSON in UTF-8; what is not known is null."""
    return orjson.dumps(
        {
            "title": paper.title,
            "subject": paper.subject,
            "mark": paper.mark,
            "language": paper.language,
            "facts": [{"name": name, "value": value} for name, value in paper.facts],
            "tables": [
                {"title": one.title, "heads": list(one.heads), "rows": _rows(one)}
                for one in paper.tables
            ],
            "footer": paper.footer,
        },
        option=orjson.OPT_INDENT_2,
    )


def _rows(table: Table) -> list[dict[str, object]]:
    return [dict(zip(table.heads, row, strict=True)) for row in table.rows]
