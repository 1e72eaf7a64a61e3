"""Every form that can be filled with an invented person."""

from __future__ import annotations

from collections.abc import Callable

from tests.roster.ingest.form_layouts import Filled, eu
from tests.roster.ingest.form_layouts_bank import bank_new, bank_old, development
from tests.roster.ingest.form_layouts_nations import nations
from tests.roster.ingest.form_people import Person

FORMS: dict[str, Callable[[Person, int], Filled]] = {
    "eu": eu,
    "bank-old": bank_old,
    "bank-new": bank_new,
    "development": development,
    "nations": nations,
}
