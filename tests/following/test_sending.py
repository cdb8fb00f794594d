"""Mails through a real mail server: what they say, and what becomes of them when the server is ill."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from tests.builders import AGREED, COONS, CRUZ, INTRODUCED, REFERRED, held
from tests.desk import cast as staff
from tests.desk.writing import public
from tests.following.cast import MailServer, a_follower, deliver, following, from_here_on, told
from tracker.desk import publishing
from tracker.desk.models import Kind, Topic
from tracker.following import sending
from tracker.following.fan_out import fan_out
from tracker.following.models import Delivery, Follower, Mailing
from tracker.following.payload import payload
from tracker.following.return_path import message_id
from tracker.ledger.models import ChangeEvent

pytestmark = pytest.mark.django_db

LATER = "2025-06-03T10:00:00Z"


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


@pytest.fixture
def reader(server: MailServer) -> Follower:
    """Follows S.Res. 145, in which something has changed since."""
    held(cosponsors=[(COONS, "2025-03-27")])
    from_here_on()
    reader = a_follower()
    following(reader, "measure", "119/sres/145")
    held(
        updated_at=LATER,
        cosponsors=[(COONS, "2025-03-27"), (CRUZ, "2025-06-02")],
        actions=[AGREED, REFERRED, INTRODUCED],
    )
    return reader


def later() -> None:
    """As if the pause before the next try were over."""
    Mailing.objects.update(due_at=timezone.now() - timedelta(seconds=1))


def test_a_mail_says_what_changed_and_how_to_stop(server: MailServer, reader: Follower) -> None:
    assert deliver() == 1
    (mail,) = server.taken
    text = mail.get_body(("plain",)).get_content()
    assert mail["To"] == "reader@example.org"
    assert mail["Subject"].startswith("S.Res. 145 (119th): Agreed to")
    assert "Ted Cruz (R-TX) joined as cosponsor." in text
    assert "2 cosponsors now: 1 Democrat, 1 Republican. The first Republican to join its sponsor." in text
    assert "You get this mail because you follow S.Res. 145 (119th Congress)." in text
    leave = f"http://testserver/follow/{reader.secret}/leave/"
    assert mail["List-Unsubscribe"].strip() == f"<{leave}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert leave in text
    html = mail.get_body(("html",)).get_content()
    assert "<img" not in html
    assert "<script" not in html
    assert "Ted Cruz (R-TX) joined as cosponsor." in html


def test_no_mail_and_no_call_tells_what_is_withdrawn_or_went_with_its_topic(server: MailServer) -> None:
    writer, editor = staff.a_contributor(), staff.an_editor()
    topic = Topic.objects.create(slug="iran", name="Topicname", is_public=True, changed_at=timezone.now())
    held()
    from_here_on()
    following(a_follower(), "member", "T000476")
    following(a_follower("other@example.org"), "topic", str(topic.pk))
    shown = public(writer, editor, {"member": "T000476"}, Kind.STATUS_UPDATE, title="Slandertitle")
    public(writer, editor, {"topic_id": topic.pk}, Kind.NOTE, title="Slandertitle")
    fan_out()  # both are to be told: only then the words go
    publishing.withdraw(shown.entry, editor, why="It was wrong.")
    Topic.objects.update(is_public=False)
    assert deliver() == 2
    said = "".join(mail.as_string() for mail in server.taken)
    assert "We have withdrawn our status update: It was wrong." in said
    assert "What we wrote is no longer public" in said
    for event in ChangeEvent.objects.filter(kind__startswith="entry_"):
        said += payload(event).decode()
    assert "Slandertitle" not in said
    assert "Topicname" not in said


def test_nothing_is_mailed_twice_and_nothing_empty(server: MailServer, reader: Follower) -> None:
    deliver()
    assert deliver() == 0
    assert len(server.taken) == 1
    assert len(told(reader)) == 3


def test_a_server_that_is_busy_is_asked_again_later_under_the_same_id(
    server: MailServer, reader: Follower
) -> None:
    server.answers["reader@example.org"] = "451 try again"
    assert deliver() == 0
    mailing = Mailing.objects.get()
    assert mailing.state == Mailing.State.DUE
    assert mailing.due_at > timezone.now() + timedelta(seconds=50)
    assert "451" in mailing.error
    assert sending.send_due() == 0  # not before its time
    server.answers.clear()
    later()
    assert sending.send_due() == 1
    assert server.taken[0]["Message-ID"] == message_id(mailing)
    assert Follower.objects.get().failures == 0


def test_an_address_that_is_refused_three_times_rests(server: MailServer, reader: Follower) -> None:
    server.answers["reader@example.org"] = "550 no such user"
    deliver()
    for _ in range(5):
        later()
        sending.send_due()
    assert server.asked == 3
    resting = Follower.objects.get()
    assert resting.suspended_at is not None
    assert "550" in resting.suspended_reason
    assert Mailing.objects.get().state == Mailing.State.GIVEN_UP


def test_a_relay_that_refuses_us_has_no_address_rest(server: MailServer, reader: Follower) -> None:
    server.answers["reader@example.org"] = "554 5.7.1 relay access denied"
    deliver()
    for _ in range(4):
        later()
        sending.send_due()
    assert server.asked == 5
    assert Follower.objects.get().suspended_at is None
    assert Mailing.objects.get().state == Mailing.State.DUE


def test_after_eight_tries_a_mail_is_given_up(server: MailServer, reader: Follower) -> None:
    server.answers["reader@example.org"] = "421 closing"
    deliver()
    for _ in range(10):
        later()
        sending.send_due()
    mailing = Mailing.objects.get()
    assert (mailing.state, mailing.attempts) == (Mailing.State.GIVEN_UP, 8)
    assert Follower.objects.get().suspended_at is None


def test_a_mail_found_in_hand_after_its_lease_goes_again_and_is_marked(
    server: MailServer, reader: Follower
) -> None:
    deliver()
    server.taken.clear()
    over = timezone.now() - timedelta(seconds=1)
    Mailing.objects.update(state=Mailing.State.SENDING, leased_until=over)
    assert sending.send_due() == 1
    assert Mailing.objects.get().possibly_doubled
    assert server.taken[0]["Message-ID"] == message_id(Mailing.objects.get())


def test_a_mail_in_another_hand_is_left_alone(server: MailServer, reader: Follower) -> None:
    deliver()
    server.taken.clear()
    Mailing.objects.update(state=Mailing.State.SENDING, leased_until=timezone.now() + timedelta(minutes=1))
    assert sending.send_due() == 0
    assert server.taken == []


def test_whoever_has_left_gets_nothing_more(server: MailServer, reader: Follower) -> None:
    sending.gather()
    reader.delete()
    assert deliver() == 0
    assert not Delivery.objects.exists()
    assert not Mailing.objects.exists()


def test_hostile_words_stay_in_their_place(server: MailServer) -> None:
    held()
    from_here_on()
    following(a_follower(), "measure", "119/sres/145")
    held(updated_at=LATER, title="Bad\r\nBcc: all@example.org <script>alert(1)</script>")
    assert deliver() == 1
    (mail,) = server.taken
    assert mail["Bcc"] is None
    assert "<script" not in mail.get_body(("html",)).get_content()
