"""The cast, one fixture each."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.desk import cast
from tests.desk.measures import with_text
from tracker.desk.models import User
from tracker.ledger.models import Measure


@pytest.fixture
def contributor(db: None) -> User:
    return cast.a_contributor()


@pytest.fixture
def editor(db: None) -> User:
    return cast.an_editor()


@pytest.fixture
def other_editor(db: None) -> User:
    return cast.another_editor()


@pytest.fixture
def admin(db: None) -> User:
    return cast.an_admin()


@pytest.fixture
def stranger() -> Client:
    """A browser that nobody has signed in with."""
    return Client()


@pytest.fixture
def measure(db: None) -> Measure:
    """S.Res. 145 with its text."""
    return with_text()
