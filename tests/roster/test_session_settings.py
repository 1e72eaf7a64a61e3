"""A setting that contradicts another one is refused at start."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from roster.settings import Settings


def test_a_sign_in_cannot_be_idle_for_longer_than_it_lasts() -> None:
    assert Settings(session_hours=1).session_idle_minutes == 60
    with pytest.raises(ValidationError, match="longer than ROSTER_SESSION_HOURS"):
        Settings(session_hours=1, session_idle_minutes=61)
