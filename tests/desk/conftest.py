"""The cast, one fixture each."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.desk import cast
from tracker.desk.models import User


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
