"""From the ledger to deliveries: who is told of what, and that nothing is left out or told twice."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.builders import AGREED, COONS, CRUZ, INTRODUCED, REFERRED, held
from tests.desk import cast as staff
from tests.desk.writing import public
from tests.following.cast import a_follower, following, from_here_on
from tracker.desk.models import Kind, Topic
from tracker.following.fan_out import fan_out
from tracker.following.models import Cursor, Delivery, Follow
from tracker.ledger.models import ChangeEvent

pytestmark = pytest.mark.django_db

LATER, LATEST = "2025-06-03T10:00:00Z", "2025-06-09T10:00:00Z"


@pytest.fixture(autouse=True)
def _measures() -> None:
    held(cosponsors=[(COONS, "2025-03-27")])
    held(146, title="A resolution on bridges.")
    from_here_on()


def kinds(follow: Follow) -> list[str]:
    """The kinds of the events delivered to this follow's follower, in order."""
    return list(
        Delivery.objects.filter(follower=follow.follower)
        .order_by("event_id")
        .values_list("event__kind", flat=True)
    )


def cruz_joins_and_it_is_agreed_to() -> None:
    cosponsors = [(COONS, "2025-03-27"), (CRUZ, "2025-06-02")]
    held(updated_at=LATER, cosponsors=cosponsors, actions=[AGREED, REFERRED, INTRODUCED])


@pytest.mark.parametrize(
    ("of", "target"),
    [
        ("measure", "119/sres/145"),
        ("member", "T000476"),
        ("committee", "ssfr00"),
        ("search", "q=refugees"),
        ("search", "type=sres&status=agreed_to"),
    ],
)
def test_whoever_follows_it_in_any_way_gets_each_event_once(of: str, target: str) -> None:
    follow = following(a_follower(), of, target)
    cruz_joins_and_it_is_agreed_to()
    assert fan_out() == 3
    assert sorted(kinds(follow)) == ["action_added", "cosponsor_added", "status_changed"]
    assert fan_out() == 0
    assert Delivery.objects.filter(follow=follow).count() == 3


def test_whoever_follows_a_member_who_joins_hears_of_the_joining_alone() -> None:
    follow = following(a_follower(), "member", "C001098")
    cruz_joins_and_it_is_agreed_to()
    fan_out()
    assert kinds(follow) == ["cosponsor_added"]


@pytest.mark.parametrize(
    ("of", "target"),
    [
        ("measure", "119/sres/146"),
        ("member", "S001181"),
        ("committee", "hsfa00"),
        ("search", "q=bridges"),
        ("topic", "1"),
    ],
)
def test_whoever_follows_something_else_hears_nothing(of: str, target: str) -> None:
    following(a_follower(), of, target)
    cruz_joins_and_it_is_agreed_to()
    assert fan_out() == 0


def test_follows_that_overlap_bring_each_event_once() -> None:
    reader = a_follower()
    first = following(reader, "measure", "119/sres/145")
    following(reader, "search", "q=refugees")
    following(reader, "member", "T000476")
    cruz_joins_and_it_is_agreed_to()
    assert fan_out() == 3
    assert {row.follow_id for row in Delivery.objects.all()} == {first.pk}


def test_a_muted_kind_is_left_out() -> None:
    follow = following(a_follower(), "measure", "119/sres/145", muted=["cosponsor_added", "action_added"])
    cruz_joins_and_it_is_agreed_to()
    fan_out()
    assert kinds(follow) == ["status_changed"]


def test_what_was_there_before_somebody_followed_is_no_news_to_them() -> None:
    cruz_joins_and_it_is_agreed_to()
    follow = following(a_follower(), "measure", "119/sres/145")
    assert fan_out() == 0
    held(updated_at=LATEST, cosponsors=[(CRUZ, "2025-06-02")], actions=[AGREED, REFERRED, INTRODUCED])
    fan_out()
    assert kinds(follow) == ["cosponsor_removed"]


def test_nobody_hears_before_they_have_confirmed() -> None:
    following(a_follower(confirmed=False), "measure", "119/sres/145")
    following(a_follower("other@example.org"), "measure", "119/sres/145", confirmed_at=None)
    cruz_joins_and_it_is_agreed_to()
    assert fan_out() == 0


def test_a_first_load_is_told_to_nobody() -> None:
    following(a_follower(), "search", "")
    held(147, loading=True)
    assert fan_out() == 0
    held(148)
    assert fan_out() == 1


def test_a_search_that_means_nothing_any_more_brings_nothing_and_stops_nobody() -> None:
    following(a_follower(), "search", "topic=gone&colour=red")
    follow = following(a_follower("other@example.org"), "measure", "119/sres/145")
    cruz_joins_and_it_is_agreed_to()
    assert fan_out() == 3
    assert len(kinds(follow)) == 3


def entry_event(kind: str) -> ChangeEvent:
    """One of the desk's events, on S.Res. 145."""
    from django.db import transaction

    from tracker.ledger import chain
    from tracker.ledger.chain import PendingEvent
    from tracker.ledger.models import measure_pk

    with transaction.atomic():
        chain.lock()
        chain.append(
            [PendingEvent(measure_pk(119, "sres", 145), kind, "entry/7", "desk", None)], timezone.now()
        )
    return ChangeEvent.objects.order_by("-id")[0]


def test_a_correction_reaches_those_who_got_the_wrong_words_and_only_them() -> None:
    told = following(a_follower(), "measure", "119/sres/145")
    entry_event("entry_published")
    fan_out()
    late = following(a_follower("late@example.org"), "measure", "119/sres/145")
    told.delete()  # whoever got the wrong words hears of it, whatever they follow by now
    correction = entry_event("entry_corrected")
    fan_out()
    got = Delivery.objects.filter(event=correction)
    assert [row.follower.email for row in got] == ["reader@example.org"]
    assert not Delivery.objects.filter(follower=late.follower).exists()


def test_whoever_follows_a_member_or_a_topic_hears_of_our_entries_on_it_while_it_is_public() -> None:
    writer, editor = staff.a_contributor(), staff.an_editor()
    topic = Topic.objects.create(slug="iran", name="Iran", is_public=True, changed_at=timezone.now())
    of_member = following(a_follower(), "member", "T000476")
    of_topic = following(a_follower("other@example.org"), "topic", str(topic.pk))
    public(writer, editor, {"member": "T000476"}, Kind.STATUS_UPDATE, title="A hearing is near")
    public(writer, editor, {"topic_id": topic.pk}, Kind.NOTE, title="On the topic")
    assert fan_out() == 2
    assert kinds(of_member) == kinds(of_topic) == ["entry_published"]
    public(writer, editor, {"topic_id": topic.pk}, Kind.NOTE, title="Another")
    Topic.objects.update(is_public=False)
    assert fan_out() == 0


def test_the_cursor_begins_at_the_end_of_the_ledger() -> None:
    Cursor.objects.all().delete()
    following(a_follower(), "measure", "119/sres/145", after_event=0)
    assert fan_out() == 0
    cruz_joins_and_it_is_agreed_to()
    assert fan_out() == 3


def test_more_events_than_one_step_takes_are_all_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.following.fan_out.EVENTS_AT_ONCE", 2)
    follow = following(a_follower(), "measure", "119/sres/145")
    cruz_joins_and_it_is_agreed_to()
    assert fan_out() == 3
    assert len(kinds(follow)) == 3
