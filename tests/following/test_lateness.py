"""How late news leaves, said in public."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.builders import AGREED, INTRODUCED, REFERRED, held
from tests.following.cast import a_follower, deliver, following, from_here_on
from tests.pages.reading import visible
from tracker.following.fan_out import fan_out
from tracker.following.models import Follower

pytestmark = pytest.mark.django_db


def test_mail_that_should_have_left_is_said_to_be_late_and_then_not(client: Client) -> None:
    held()
    from_here_on()
    following(a_follower(), "measure", "119/sres/145")
    held(updated_at="2025-06-03T10:00:00Z", actions=[AGREED, REFERRED, INTRODUCED])
    fan_out()
    assert "none is late" in visible(client.get("/sources/").content.decode())  # its ten minutes are not over
    Follower.objects.update(due_at=timezone.now() - timedelta(hours=2))
    client.cookies.clear()
    assert "1 mail late, the oldest since" in visible(client.get("/sources/?utm_source=x").content.decode())
    deliver()
    assert "1 mail late" not in visible(client.get("/sources/?utm_source=y").content.decode())
