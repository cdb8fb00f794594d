"""Actions dated June 25, 2025 that the source shows on July 17 alone: all go out, once, and say how late they were reported."""

from __future__ import annotations

import datetime as dt
import re
import sys
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.core import mail
from django.test import Client

from tests.following.cast import a_follower, deliver, following, told
from tests.pages.reading import visible
from tests.replay import TOOL, Replay, data_folder
from tracker.following import fan_out
from tracker.following.models import Delivery
from tracker.ledger.models import Action, ChangeEvent, Measure, measure_key
from tracker.ledger.polling.run import poll

pytestmark = [pytest.mark.real_data, pytest.mark.django_db(transaction=True)]

OF = dt.date(2025, 6, 25)
BEFORE, SEEN = "2025-06-24T12:00:00Z", "2025-07-17T12:00:00Z"
MARK = "reported 22 days late"


def dated(types: list[str]) -> list[str]:
    """The measures ("119/sres/310") whose files of July 17 have an action of June 25, by the files alone."""
    sys.path.insert(0, str(TOOL.parent))
    from replay.clock import Clock
    from replay.world import World

    world = World([data_folder() / "congress-119"], Clock(None, 0))
    at = int(dt.datetime.fromisoformat(SEEN).timestamp())
    return [
        f"{measure.congress}/{measure.kind}/{measure.number}"
        for measure in world.measures.values()
        if measure.kind in types
        and measure.born <= at
        and str(OF)
        in [day.text for day in ET.fromstring(measure.xml(at)).iterfind("bill/actions/item/actionDate")]
    ]


def polled(replay: Replay, at: str) -> None:
    """A poll at this moment, and all mails that are due by then."""
    replay.clock(at)
    with time_machine.travel(dt.datetime.fromisoformat(at)):
        assert [line for report in poll() for line in report.failures] == []
        deliver()


def test_actions_that_are_shown_three_weeks_late_all_go_out_marked(replayed, settings) -> None:
    settings.CONGRESSES, settings.MEASURE_TYPES = [119], ["sres", "hres", "hjres", "s"]
    withheld = dated(settings.MEASURE_TYPES)
    assert len(withheld) > 20
    replay = replayed(clock=BEFORE)
    with time_machine.travel(dt.datetime.fromisoformat(BEFORE)):
        assert [line for report in poll() for line in report.failures] == []
        fan_out.begin()
        known = [key for key in withheld if Measure.objects.keyed(*parts(key)).exists()]
        of_each, of_all, of_none = (a_follower(f"{name}@example.org") for name in ("each", "all", "none"))
        for key in known:
            following(of_each, "measure", key)
        following(of_all, "search", "congress=119")
        following(of_none, "search", "congress=119", muted=["action_added"])

    files = "|".join(key.replace("/", "") for key in withheld)
    replay.faults(
        {
            "match": rf"BILLSTATUS-({files})\.xml|BILLSTATUS-119-\w+\.zip",
            "kind": "back",
            "to": BEFORE,
            "times": 9999,
        },
    )
    for at in ("2025-06-26T12:00:00Z", "2025-07-05T12:00:00Z", "2025-07-16T12:00:00Z"):
        polled(replay, at)
    late = ChangeEvent.objects.filter(
        occurred_on=OF, measure__in=[Measure.objects.keyed(*parts(key)).get().pk for key in known]
    )
    assert not late.exists()

    mail.outbox.clear()
    replay.faults(
        {"match": ".", "kind": "touch", "only": f"^({files})$", "at": "2025-07-17T09:00:00Z", "times": 9999}
    )
    polled(replay, SEEN)

    listed = Action.objects.filter(on=OF, measure__in=late.values("measure"))
    shown = set(late.filter(kind="action_added").values_list("measure_id", "subject"))
    assert {measure_key(pk) for pk, _ in shown} == set(known)
    assert shown == {(pk, re.sub(r"-\d+$", "", key)) for pk, key in listed.values_list("measure_id", "key")}
    new = ChangeEvent.objects.filter(kind="introduced", occurred_on=OF, observed_at__gte="2025-07-17")
    assert {measure_key(event.measure_id) for event in new} == set(withheld) - set(known)

    ids = set(late.values_list("pk", flat=True))
    of_new = set(new.values_list("pk", flat=True))
    assert ids <= set(told(of_each))
    assert ids | of_new <= set(told(of_all))
    assert not set(late.filter(kind="action_added").values_list("pk", flat=True)) & set(told(of_none))
    assert Delivery.objects.filter(follower=of_all, event__in=ids | of_new).count() == len(ids | of_new)
    (message,) = [one for one in mail.outbox if one.to == ["each@example.org"]]
    carried = str(message.extra_headers["X-Whereas-Events"]).split()
    assert len(carried) == len(set(carried))
    page = Client()
    for key in known:
        name = Measure.objects.keyed(*parts(key)).get().citation
        assert re.search(rf"{re.escape(name)} \(119th\)\n(?:.+\n|\n  )*?.*{MARK}", message.body), name
        words = visible(page.get(f"/measures/{key}/changes/").content.decode())
        assert re.search(r"learned (\d+ to )?\d+ days late", words), key  # of a whole day it is said once
        assert "of Jun 25, 2025" in words, key
        assert MARK in page.get(f"/measures/{key}/changes.atom").content.decode(), key


def parts(key: str) -> tuple[int, str, int]:
    congress, kind, number = key.split("/")
    return int(congress), kind, int(number)
