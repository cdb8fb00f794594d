"""What was told is kept for a while; that somebody was told of our own words, as long as they follow."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.builders import AGREED, INTRODUCED, REFERRED, held
from tests.desk import cast
from tests.following.cast import a_follower, deliver, following, from_here_on
from tests.following.test_fan_out import entry_event
from tracker.following import endpoints, fan_out
from tracker.following.forgetting import forget_old
from tracker.following.models import Call, Delivery, Mailing

pytestmark = pytest.mark.django_db

LONG_AGO = timedelta(days=100)


def test_old_news_goes_and_what_a_correction_needs_stays() -> None:
    held()
    from_here_on()
    following(a_follower(), "measure", "119/sres/145")
    endpoints.add(cast.an_editor(), "Newsroom", "https://example.org/hook", "")
    held(updated_at="2025-06-03T10:00:00Z", actions=[AGREED, REFERRED, INTRODUCED])
    deliver()
    published = entry_event("entry_published")
    deliver()
    Call.objects.update(state=Call.State.ACCEPTED)
    assert forget_old() == 0
    Mailing.objects.update(due_at=timezone.now() - LONG_AGO)
    Call.objects.update(due_at=timezone.now() - LONG_AGO)
    assert forget_old() > 0
    assert [row.event_id for row in Delivery.objects.all()] == [published.pk]
    assert Mailing.objects.count() == 1
    assert [call.event_id for call in Call.objects.all()] == [published.pk]
    correction = entry_event("entry_corrected")
    fan_out.fan_out()
    assert Delivery.objects.filter(event=correction).count() == 1


def test_what_waits_is_never_forgotten() -> None:
    held()
    from_here_on()
    following(a_follower(), "measure", "119/sres/145")
    held(updated_at="2025-06-03T10:00:00Z", actions=[AGREED, REFERRED, INTRODUCED])
    fan_out.fan_out()
    before = Delivery.objects.count()
    assert forget_old() == 0
    assert Delivery.objects.count() == before > 0
