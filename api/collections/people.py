"""One line of an outside collection as a person, with what the words of her CV tell for sure.

Who employs her decides whether she is an official, of which country and what she need not list; a
level of a language counts only where it stands beside it.
"""

from __future__ import annotations

from datetime import date

from api.collections.employers import employed_now
from api.collections.experts import read_expert
from api.collections.lines import Line
from api.collections.tongues import with_own_tongue, with_sure_levels
from roster.read import ExpertView

_EMPLOYER_FIELDS = ("employer", "employer_kind", "posts")


def read_person(line: Line, today: date) -> ExpertView:
    """Read a person; what the line says of the employer counts before the words.

    Raises
    ------
    roster.errors.InvalidInput
        A field has the wrong shape; names file, line and field.
    """
    view = read_expert(line, today)
    is_told = any(line.fields.get(name) is not None for name in _EMPLOYER_FIELDS)
    if not is_told or view.kind is None:
        view = employed_now(view, line.text(), today)
    return with_own_tongue(with_sure_levels(view), line.text())
