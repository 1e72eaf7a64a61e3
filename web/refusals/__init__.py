"""What is refused, as forms: marked, so that every catalogue has it, told by `web.reason_words`."""

from __future__ import annotations

from web.refusals.files import OF_FILES
from web.refusals.general import IN_GENERAL
from web.refusals.inputs import OF_INPUTS
from web.refusals.records import OF_RECORDS
from web.refusals.requests import OF_REQUESTS
from web.refusals.service import OF_THE_SERVICE

REFUSAL_FORMS: tuple[str, ...] = (
    *IN_GENERAL,
    *OF_FILES,
    *OF_INPUTS,
    *OF_RECORDS,
    *OF_REQUESTS,
    *OF_THE_SERVICE,
)
