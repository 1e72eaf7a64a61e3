"""Where personal data stands: each column of each table, its class, and the way from a person.

Export and erasure read this registry and nothing else; a test fails where a column is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import SQLModel

import roster.tables  # noqa: F401 -- importing fills the metadata
from roster.personal.declared import DECLARED, DataClass, Subject


@dataclass(frozen=True, slots=True)
class PersonalColumn:
    """One column that holds personal data."""

    table: str
    column: str
    data_class: DataClass
    subjects: tuple[Subject, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """One step of a way: the column of a table that holds the id of a row of another one."""

    table: str
    column: str
    to: str


@dataclass(frozen=True, slots=True)
class Way:
    """How the rows of a table are reached from an expert's id: the last link ends at `expert`."""

    table: str
    links: tuple[Link, ...]

    @property
    def is_key(self) -> bool:
        """Whether the database itself keeps every step, as a foreign key."""
        return all(_is_key(link) for link in self.links)


__all__ = [
    "INSIDE",
    "DataClass",
    "Link",
    "PersonalColumn",
    "Subject",
    "Way",
    "columns",
    "tables_reaching_expert",
]

_BY_EXPERT = (
    "access_log",
    "audit_payload",
    "batch_item",
    "deployment",
    "disclosure",
    "document",
    "expert_profile",
    "fact",
    "guest",
    "membership",
    "nomination",
    "notice",
    "release",
    "restriction",
    "retention_warning",
    "role_grant",
    "search_term",
    "seat",
    "shortlist_entry",
)
_FURTHER: dict[str, tuple[tuple[str, str], ...]] = {
    "merge_proposal": (("expert_id", "expert"), ("twin_id", "expert")),
    "merge": (("expert_id", "expert"), ("absorbed_id", "expert")),
    "batch_blob": (("item_id", "batch_item"),),
    "document_blob": (("document_id", "document"),),
    "document_version": (("document_id", "document"),),
    "source": (("document_version_id", "document_version"), ("deployment_id", "deployment")),
    "feedback": (("deployment_id", "deployment"), ("guest_id", "guest")),
    "deployment_step": (("deployment_id", "deployment"),),
    "shortlist_event": (("entry_id", "shortlist_entry"),),
    "change": (("record_id", "expert"),),
}
"""Tables whose rows hang on another one, or on a person in more than one way."""

INSIDE: dict[str, tuple[str, ...]] = {
    "ranking_run": ("content",),
    "request": ("excluded", "conflicts"),
    "seat": ("alternates",),
    "team": ("rules", "checks"),
    "change": ("detail",),
    "source": ("label",),
    "call": ("text",),
    "finding": ("text",),
    "consultation": ("with_whom", "note"),
    "fiche_comment": ("text",),
    "vote": ("reason",),
    "decision": ("reason", "minutes"),
    "working_group": ("members",),
}
"""Columns that may name a person inside a text or a JSON: no key leads there, they are searched."""


def columns() -> tuple[PersonalColumn, ...]:
    """Return every column that holds personal data, by table and name."""
    found = (
        PersonalColumn(table, column, data_class, subjects)
        for table, (subjects, classes) in DECLARED.items()
        for data_class, names in classes.items()
        for column in names.split()
    )
    return tuple(sorted(found, key=lambda one: (one.table, one.column)))


def tables_reaching_expert() -> tuple[Way, ...]:
    """Return every way from an expert's id to rows about her, the shortest ways first.

    A table is named once for each way; the rows of `fact` come before those of `source`, which
    would be found twice. Columns of `INSIDE` are reached by no way.
    """
    ways = [Way("expert", ())]
    ways += [Way(table, (Link(table, "expert_id", "expert"),)) for table in _BY_EXPERT]
    ways += [way for table in _FURTHER for way in _ways_to(table)]
    # A focal point's word has no document: its source is known by the facts that rest on it.
    ways.append(
        Way("source", (Link("fact", "source_id", "source"), Link("fact", "expert_id", "expert")))
    )
    return tuple(sorted(ways, key=lambda way: (len(way.links), way.table)))


def _ways_to(table: str) -> Iterator[Way]:
    if table == "expert":
        yield Way("expert", ())
    elif table in _FURTHER:
        for column, to in _FURTHER[table]:
            for way in _ways_to(to):
                yield Way(table, (Link(table, column, to), *way.links))
    else:
        yield Way(table, (Link(table, "expert_id", "expert"),))


def _is_key(link: Link) -> bool:
    column = SQLModel.metadata.tables[link.table].columns[link.column]
    return any(key.column.table.name == link.to for key in column.foreign_keys)
