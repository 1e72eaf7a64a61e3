"""Why printed figures differ is told in the language of the page."""

from __future__ import annotations

import pytest

from fixtures import facts
from roster.counting.printed_tables import state_lines, unprinted_lines
from web.printed_words import REASONS
from web.tongues import LOCALES, tongue_of


def _reasons() -> set[str]:
    """Return every reason that the facts of the book, and the counting itself, can give."""
    found = {one.why for one in facts.differences() if one.why}
    found |= {str(one["why"]) for one in facts.printed_only()}
    actions = [one.figures for one in facts.actions()]
    experts = dict(facts.printed_experts())
    lines = [*unprinted_lines(actions), *state_lines(actions, experts)]
    return found | {one.why for one in lines if one.why}


def test_every_reason_is_marked_for_the_catalogues() -> None:
    assert _reasons() <= set(REASONS)


@pytest.mark.parametrize("code", sorted(set(LOCALES) - {"en"}))
def test_every_reason_is_told_in_every_language(code: str) -> None:
    tongue = tongue_of(code)
    assert [one for one in REASONS if tongue.word(one) == one] == []
