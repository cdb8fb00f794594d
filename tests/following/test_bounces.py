"""Mails that came back: true reports have the address rest and say so; forged ones, and whatever else comes there, do nothing."""

from __future__ import annotations

import io
import mailbox
import os
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from tests.builders import AGREED, INTRODUCED, REFERRED, held
from tests.desk import cast as staff
from tests.following.cast import MailServer, a_follower, deliver, following, from_here_on
from tracker.following import asking, resting, sending
from tracker.following.fan_out import fan_out
from tracker.following.models import Delivery, Follower, Mailing
from tracker.following.return_path import message_id, return_path
from tracker.following.returned import Verdict, read
from tracker.following.things import Thing

pytestmark = pytest.mark.django_db

GONE, FULL, SLOW = "5.1.1", "5.2.2", "4.4.7"
SAID = {GONE: "550 5.1.1 no such user", FULL: "552 5.2.2 mailbox full", SLOW: "delivery time expired"}


@pytest.fixture(autouse=True)
def _bounces_to(settings: Settings) -> None:
    settings.BOUNCES_TO = "bounces@example.net"
    held()
    from_here_on()


@pytest.fixture
def reader() -> Follower:
    reader = a_follower(confirmed_at=timezone.now() - timedelta(days=100))
    following(reader, "measure", "119/sres/145")
    return reader


def sent_to(reader: Follower, *, days_ago: int = 0) -> Mailing:
    """A mail that left."""
    at = timezone.now() - timedelta(days=days_ago)
    return Mailing.objects.create(
        follower=reader,
        created_at=at,
        due_at=at,
        planned_for=at,
        sent_at=at,
        state=Mailing.State.SENT,
        attempts=1,
    )


def report(to: str, status: str = GONE, *, action: str = "failed", original: str = "") -> bytes:
    """A report as mail servers write it (RFC 3464, appendix E.1)."""
    return f"""Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.example.org>
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

I could not deliver your mail.
--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: Tue, 3 Jun 2025 10:00:00 +0000

Final-Recipient: rfc822; reader@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {SAID.get(status, "")}

--b1
Content-Type: text/rfc822-headers

{original or "Subject: x"}

--b1--
""".replace("\n", "\r\n").encode()


def rests(reader: Follower) -> bool:
    reader.refresh_from_db()
    return reader.suspended_at is not None


def test_the_envelope_names_where_the_mail_comes_back_to_and_the_reader_sees_who_wrote(
    settings: Settings, reader: Follower
) -> None:
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        held(updated_at="2025-06-03T10:00:00Z", actions=[AGREED, REFERRED, INTRODUCED])
        assert deliver() == 1
    assert server.senders == [return_path(Mailing.objects.get())]
    assert server.senders[0].startswith("bounces+")
    assert len(server.senders[0].partition("@")[0]) <= 64
    assert server.taken[0]["From"] == settings.DEFAULT_FROM_EMAIL


def test_an_address_that_takes_no_mail_rests_at_once_and_it_is_said(client: Client, reader: Follower) -> None:
    mailing = sent_to(reader)
    assert resting.take_back(report(return_path(mailing))).endswith("the address rests")
    assert rests(reader)
    page = client.get(f"/follow/{reader.secret}/").content.decode()
    assert "550 5.1.1 no such user" in page
    assert "1 address rests, since mail there came back" in client.get("/sources/").content.decode()
    desk = staff.signed_in(staff.an_editor()).get("/desk/").content.decode()
    assert "1 reader’s address rests, since mail there came back." in desk

    held(updated_at="2025-06-03T10:00:00Z", actions=[AGREED, REFERRED, INTRODUCED])
    assert deliver() == 0
    assert not Delivery.objects.exists()  # nothing piles up for it


def test_the_key_in_what_they_sent_back_is_as_good_where_a_relay_changed_the_envelope(
    reader: Follower,
) -> None:
    original = f"Message-ID: {message_id(sent_to(reader))}"
    resting.take_back(report("somebody@relay.example.com", original=original))
    assert rests(reader)


def test_servers_that_change_the_case_of_an_address_are_understood(reader: Follower) -> None:
    resting.take_back(report(return_path(sent_to(reader)).upper()))
    assert rests(reader)


def test_a_hundred_forged_reports_do_nothing(reader: Follower) -> None:
    mailing, other = sent_to(reader), sent_to(a_follower("other@example.org"))
    true = return_path(mailing)
    number, _, mac = true.partition("+")[2].partition("@")[0].partition("-")
    theirs = return_path(other).partition("-")[2]
    for nth in range(97):
        forged = f"bounces+{number}-{nth:032x}@example.net"
        assert resting.take_back(report(forged)).startswith("passed over")
    for forged in (
        f"bounces+{number}-{theirs}",
        f"bounces+{int(number) + 999}-{mac}@example.net",
        "bounces@example.net",
    ):
        assert resting.take_back(report(forged)).startswith("passed over")
    assert not rests(reader)
    assert not Mailing.objects.exclude(returned_at=None).exists()


@pytest.mark.parametrize("status", [FULL, SLOW, "5.7.1", "garbage"])
def test_what_may_pass_has_to_happen_on_three_days(reader: Follower, status: str) -> None:
    for _ in range(4):
        assert resting.take_back(report(return_path(sent_to(reader)), status)).endswith("noted")
    resting.take_back(report(return_path(sent_to(reader, days_ago=7)), status))
    assert not rests(reader)
    resting.take_back(report(return_path(sent_to(reader, days_ago=14)), status))
    assert rests(reader)


def test_failures_of_long_ago_do_not_count(reader: Follower) -> None:
    for days_ago in (0, 7, 31, 40):
        resting.take_back(report(return_path(sent_to(reader, days_ago=days_ago)), FULL))
    assert not rests(reader)


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", ""])
def test_a_report_of_no_failure_does_nothing(reader: Follower, action: str) -> None:
    resting.take_back(report(return_path(sent_to(reader)), action=action))
    assert not rests(reader)


def test_an_answer_from_holidays_does_nothing(reader: Follower) -> None:
    away = f"From: reader@example.org\r\nTo: {return_path(sent_to(reader))}\r\nSubject: Away\r\n\r\n550 5.1.1 back in May"
    assert resting.take_back(away.encode()).startswith("passed over")
    assert not rests(reader)


def test_whoever_reports_a_mail_as_junk_gets_no_more(reader: Follower) -> None:
    complaint = f"""From: abuse@example.org
To: abuse@example.net
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

Junk.
--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Mailer/1.0
Version: 1

--b
Content-Type: message/rfc822

From: whereas@localhost
Message-ID: {message_id(sent_to(reader))}
Subject: S.Res. 145

x
--b--
"""
    resting.take_back(complaint.encode())
    assert rests(reader)
    assert "junk" in reader.suspended_reason


def test_a_report_counts_once_and_not_against_a_yes_that_came_after(client: Client, reader: Follower) -> None:
    raw = report(return_path(sent_to(reader, days_ago=1)))
    late = report(return_path(sent_to(reader, days_ago=2)))
    resting.take_back(raw)
    assert rests(reader)
    client.post(f"/follow/{reader.secret}/", {"reaches": "1"})
    assert not rests(reader)
    assert resting.take_back(raw).endswith("known already")
    assert resting.take_back(late).endswith("that mail comes")
    assert not rests(reader)
    held(updated_at="2025-06-03T10:00:00Z", actions=[AGREED, REFERRED, INTRODUCED])
    assert deliver() == 1


def test_whoever_follows_the_same_anew_is_asked_and_wakes_by_the_link(
    client: Client, reader: Follower
) -> None:
    resting.take_back(report(return_path(sent_to(reader))))
    asking.ask(reader.email, Thing("measure", "119/sres/145", ""), {})
    (question,) = Mailing.objects.exclude(asks=None)
    address = f"/follow/{reader.secret}/confirm/{question.asks_id}/"
    assert "Yes, follow" in client.get(address).content.decode()
    client.post(address)
    assert not rests(reader)


def test_what_was_on_its_way_to_an_address_that_rests_is_given_up(reader: Follower) -> None:
    before = sent_to(reader)
    held(updated_at="2025-06-03T10:00:00Z", actions=[AGREED, REFERRED, INTRODUCED])
    fan_out()
    Follower.objects.update(due_at=timezone.now())
    sending.gather()
    resting.take_back(report(return_path(before)))
    assert sending.send_due() == 0
    assert Mailing.objects.filter(state=Mailing.State.GIVEN_UP).count() == 1


def test_an_address_that_nobody_comes_back_to_is_deleted_after_ninety_days(reader: Follower) -> None:
    resting.take_back(report(return_path(sent_to(reader))))
    assert resting.forget() == 0
    Follower.objects.update(suspended_at=timezone.now() - timedelta(days=91))
    resting.forget()
    assert not Follower.objects.exists()


# The command


def piped(raw: bytes, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
    out = io.StringIO()
    call_command("bounces", stdout=out)
    return out.getvalue()


def test_a_mail_server_pipes_one_mail(reader: Follower, monkeypatch: pytest.MonkeyPatch) -> None:
    mailing = sent_to(reader)
    assert piped(report(return_path(mailing)), monkeypatch) == f"mailing {mailing.pk}: the address rests\n"
    assert rests(reader)


def test_a_mail_server_keeps_the_mail_while_the_database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(raw: bytes) -> str:
        raise OperationalError("no connection")

    monkeypatch.setattr(resting, "take_back", away)
    with pytest.raises(SystemExit) as ended:
        piped(b"", monkeypatch)
    assert ended.value.code == os.EX_TEMPFAIL


def test_an_mbox_is_read_whole_as_often_as_one_likes(reader: Follower, tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "box")
    for _ in range(2):
        box.add(report(return_path(sent_to(reader)), FULL))
    box.flush()
    for _ in range(2):
        out = io.StringIO()
        call_command("bounces", str(tmp_path / "box"), stdout=out)
        assert "2 read; 0 addresses rest, 0 did before" in out.getvalue()
    assert Mailing.objects.exclude(returned_at=None).count() == 2


def test_a_maildir_keeps_what_was_read_as_seen(reader: Follower, tmp_path: Path) -> None:
    folder = mailbox.Maildir(tmp_path / "dir")
    folder.add(report(return_path(sent_to(reader))))
    out = io.StringIO()
    call_command("bounces", str(tmp_path / "dir"), stdout=out)
    assert "1 read; 1 addresses rest, 0 did before" in out.getvalue()
    out = io.StringIO()
    call_command("bounces", str(tmp_path / "dir"), stdout=out)
    assert "0 read" in out.getvalue()
    assert len(folder) == 1


@pytest.mark.parametrize("named", ["missing", "folder", "words"])
def test_what_is_no_mailbox_is_told_in_one_line(tmp_path: Path, named: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "words").write_text("Dear reader,\n")
    err = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("bounces", str(tmp_path / named), stderr=err)
    assert ended.value.code == 1
    assert err.getvalue().count("\n") == 1
    assert "cannot be read as a mailbox" in err.getvalue()


# Whatever comes


@given(raw=st.binary(max_size=400))
def test_no_mail_makes_the_reading_fail(raw: bytes) -> None:
    assert isinstance(read(raw).verdict, Verdict)
    assert isinstance(read(report("x@y", "5.1.1")[: len(raw) * 4] + raw).verdict, Verdict)


def test_a_mail_nested_beyond_reason_says_nothing() -> None:
    raw = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(5000)
    )
    assert read(raw).verdict == Verdict.NOTHING
