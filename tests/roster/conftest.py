"""What nearly every test of the use cases begins with."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from roster.policy import Actor
from roster.vocabulary import Role
from tests.factories import Factory


@pytest.fixture
def make(session: Session) -> Factory:
    """Give what writes records into the empty database."""
    return Factory(session)


@pytest.fixture
def officer(make: Factory) -> Actor:
    """Give a project officer of the facility that records are made in."""
    return make.actor(Role.PROJECT_OFFICER)
