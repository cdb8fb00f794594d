"""The desk's mail: a row with what it tells of, one letter in the post, tried again, and never a forged header."""

from __future__ import annotations

import socket
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core import mail as post
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import held
from tracker import environment
from tracker.desk import mail
from tracker.desk.models import OutgoingMail, User

pytestmark = pytest.mark.django_db


class MailServer:
    """A mail server that keeps what it is given, or answers each letter with `answer`."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.answer = "250 Taken"

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:
        if self.answer.startswith("250"):
            self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
            self.recipients.append(envelope.rcpt_tos)
        return self.answer


@pytest.fixture
def server(settings: Any) -> Any:
    kept = MailServer()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield kept
    controller.stop()


def _written(to: User, subject: str = "Please read", about: str = "asked:1:1") -> OutgoingMail:
    mail.write(to, subject, "Words.", about, when="asked", by=None)
    return OutgoingMail.objects.get(to=to, about=about)


def test_a_letter_reaches_a_real_mail_server_once(server: MailServer, editor: User) -> None:
    row = _written(editor)
    assert mail.send_due() == 1
    assert mail.send_due() == 0
    (letter,) = server.letters
    assert letter["To"] == "Edith Editor <edith@example.org>"
    assert letter["Subject"] == "Please read"
    assert letter["Message-ID"].startswith(f"<desk-{row.pk}-")
    row.refresh_from_db()
    assert row.sent_at is not None
    assert row.text == ""  # what has left is kept nowhere: it may hold a link that sets a password
    assert row.leased_until is None


def test_who_is_assigned_something_is_told_which_and_where(editor: User, admin: User) -> None:
    measures = [held(number, title=f"A resolution numbered {number}.") for number in (145, 146)]
    mail.assigned(measures[:1], editor, "assigned:1", by=admin)
    mail.assigned(measures, editor, "assigned:2", by=admin)
    mail.send_due()
    one, several = post.outbox
    assert one.subject == "S.Res. 145 is yours to look after: A resolution numbered 145."
    assert "Ada Admin asks you" in one.body
    assert "http://testserver/desk/measures/119/sres/145/" in one.body
    assert several.subject == "2 measures are yours to look after"
    assert "S.Res. 146 (119): A resolution numbered 146." in several.body


def test_nobody_is_told_of_their_own_act_and_no_matter_is_told_twice(editor: User, admin: User) -> None:
    mail.write(editor, "x", "x", "asked:1:1", when="asked", by=editor)
    assert not OutgoingMail.objects.exists()
    for _ in range(2):
        mail.write(editor, "x", "x", "asked:1:1", when="asked", by=admin)
    assert OutgoingMail.objects.count() == 1
    admin.mailed_when_assigned = False
    mail.write(admin, "x", "x", "assigned:1", when="assigned", by=editor)
    mail.write(None, "x", "x", "asked:1:1", when="asked", by=admin)
    admin.is_active = False
    mail.write(admin, "x", "x", "asked:1:1", when="asked", by=editor)
    assert OutgoingMail.objects.count() == 1


def test_what_is_undone_is_not_told(editor: User) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        _written(editor)
        raise RuntimeError
    assert not OutgoingMail.objects.exists()


def test_an_ill_server_is_tried_eight_times_with_longer_waits_and_the_desk_sees_why(
    server: MailServer, editor: User
) -> None:
    server.answer = "451 The queue is full"
    row = _written(editor)
    waits = []
    for _ in range(12):
        OutgoingMail.objects.filter(pk=row.pk).update(due_at=timezone.now())
        before = timezone.now()
        mail.send_due()
        row.refresh_from_db()
        waits.append(row.due_at - before)
    assert row.attempts == 8
    assert [round(wait / timedelta(minutes=1)) for wait in waits[:7]] == [1, 5, 30, 120, 360, 720, 1440]
    assert "The queue is full" in row.error
    health = mail.health()
    assert (health.waiting, health.given_up) == (0, 1)
    assert "The queue is full" in health.error
    assert server.letters == []


def test_one_bad_letter_does_not_hold_up_the_next(editor: User, admin: User) -> None:
    bad, good = _written(editor), _written(admin)
    User.objects.filter(pk=editor.pk).update(email="edith@example.org\nBcc: all@example.org")
    assert mail.send_due() == 1
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.sent_at, good.sent_at is not None) == (None, True)
    assert bad.error


def test_a_letter_in_another_process_hands_is_left_alone_until_its_lease_ends(editor: User) -> None:
    row = _written(editor)
    OutgoingMail.objects.filter(pk=row.pk).update(leased_until=timezone.now() + timedelta(minutes=1))
    assert mail.send_due() == 0
    OutgoingMail.objects.filter(pk=row.pk).update(leased_until=timezone.now() - timedelta(seconds=1))
    assert mail.send_due() == 1


def test_a_letter_to_an_account_switched_off_since_is_given_up(editor: User) -> None:
    row = _written(editor)
    User.objects.filter(pk=editor.pk).update(is_active=False)
    assert mail.send_due() == 0
    row.refresh_from_db()
    assert row.error == "the account was switched off"
    assert post.outbox == []
    assert mail.health().given_up == 1


def test_old_letters_are_forgotten(editor: User, admin: User) -> None:
    old, new = _written(editor), _written(admin)
    mail.send_due()
    OutgoingMail.objects.filter(pk=old.pk).update(sent_at=timezone.now() - timedelta(days=31))
    mail.forget_old()
    assert list(OutgoingMail.objects.all()) == [new]


@given(subject=st.text(max_size=300), name=st.text(st.characters(blacklist_categories=("Cs",)), max_size=40))
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_title_and_no_name_forges_a_header(editor: User, subject: str, name: str) -> None:
    OutgoingMail.objects.all().delete()
    post.outbox.clear()
    name = name.replace("\0", "")
    User.objects.filter(pk=editor.pk).update(name=name)
    mail.write(editor, subject.replace("\0", ""), "Words.", "asked:1:1", when="asked", by=None)
    assert mail.send_due() == 1
    (sent,) = post.outbox
    letter = message_from_bytes(sent.message().as_bytes(), policy=policy.default)
    assert [address.addr_spec for address in letter["To"].addresses] == ["edith@example.org"]
    assert set(letter.keys()) == {
        "Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From", "To", "Date",
        "Message-ID", "Auto-Submitted",
    }  # fmt: skip


def test_mail_that_goes_to_files_is_said_to_leave_nowhere(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    assert "EMAIL_URL" in mail.health().nowhere


@pytest.mark.parametrize(
    ("site", "address"),
    [
        ("https://watch.example.org", "whereas@watch.example.org"),
        ("http://127.0.0.1:8000", "whereas@localhost"),
        ("http://[::1]:8000", "whereas@localhost"),
        ("http://localhost:8000", "whereas@localhost"),
    ],
)
def test_mail_comes_from_the_sites_own_name(site: str, address: str) -> None:
    assert environment.mail_address(site) == address
