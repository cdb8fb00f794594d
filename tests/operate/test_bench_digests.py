"""The bench of mails runs from end to end and counts right; what it measures is judged by whoever runs it."""

from __future__ import annotations

import pytest

from tests.builders import COONS, held
from tracker.following.models import Mailing
from tracker.operate.bench import digests

pytestmark = pytest.mark.django_db


def test_all_readers_are_told_once_of_what_all_of_them_follow() -> None:
    held(2, title="Reserved for the Majority Leader.", actions=[])  # no measure yet, so nobody's news
    for number in range(145, 150):
        held(number, cosponsors=[(COONS, "2025-03-27")])
    found = digests.measured(20)
    of_many, of_one = found["rounds"]
    assert (of_one["events"], of_one["deliveries"], of_one["mails"]) == (1, 20, 20)
    assert of_many["events"] == 4
    assert 0 < of_many["mails"] <= 20
    assert Mailing.objects.filter(state=Mailing.State.SENT).count() == of_many["mails"] + 20
    assert of_one["statements_a_mail"] < 11
    lines = list(digests.table(found))
    assert lines[2].startswith("a measure that all follow")
    assert lines[-1].startswith("peak ")
