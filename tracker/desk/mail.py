"""The desk's own mail: to whoever was assigned something or asked to read something.

A mail is a row, written in the transaction of what it tells of, so that neither a crash nor a broker that is away can lose
it, and nothing is told that did not happen. A task sends what is due (`tracker.desk.tasks`), rung for on commit and each
minute. A crash between the mail server's yes and our commit sends it again, under the same Message-ID.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import formataddr, parseaddr
from typing import Literal
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from kombu.exceptions import OperationalError

from tracker.desk.models import Entry, OutgoingMail, User
from tracker.ledger.models import Measure, measure_key

log = structlog.get_logger("tracker.desk")

WAITS = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 6 * 60, 12 * 60, 24 * 60)
)  # after the first try, the second, …: eight in all
LEASE = timedelta(minutes=10)  # longer than a mail server that answers each step at the last moment
KEPT = timedelta(days=30)  # a mail that has left, or never will
AT_ONCE = 50  # mails that one ring sends
LONGEST_SUBJECT = 120  # characters
NAMED = 20  # measures named in one mail; the rest are counted

TRIES = len(WAITS) + 1


# Writing one


Occasion = Literal["assigned", "asked", "outgrown", "safety"]


def write(to: User | None, subject: str, text: str, about: str, *, when: Occasion, by: User | None) -> None:
    """Put a mail to a member of staff into the outbox, in the caller's transaction.

    Nothing is written to nobody, to the actor, to an account that is switched off, or to one that wants no mail on this
    occasion; and nothing twice: `about` names the matter ("asked:17:3").
    """
    if to is None or not to.is_active or (by is not None and to.pk == by.pk) or not _wants_mail(to, when):
        return
    row = OutgoingMail(to=to, subject=one_line(subject), text=text, about=about[:80], due_at=timezone.now())
    OutgoingMail.objects.bulk_create([row], ignore_conflicts=True)
    transaction.on_commit(ring, robust=True)


def _wants_mail(user: User, when: Occasion) -> bool:
    if when == "safety":  # of their own account: nobody may do without
        return True
    wants: bool = getattr(user, f"mailed_when_{when}")
    return wants


def asked_to_review(entry: Entry, by: User, asked: Sequence[User], note: str = "") -> None:
    """Tell those who are asked to read an entry's newest revision, in the caller's transaction: one by name, or all who may."""
    what = _entry_words(entry)
    said = f"\n{one_line(by.called)} wrote:\n\n{_indented(note)}\n" if note.strip() else ""
    whom = "you" if entry.reviewer is not None else "you, or another who may publish it,"
    for to in asked:
        write(
            to,
            f"Please read: {what}",
            f"{one_line(by.called)} asks {whom} to read {what} and to publish it or send it back.\n{said}\n{_link(f'/desk/entries/{entry.pk}/')}",
            f"asked:{entry.pk}:{entry.version}",
            when="asked",
            by=by,
        )


def sent_back(entry: Entry, by: User, why: str) -> None:
    """Tell an entry's author, and whoever asked for the review, that it came back, in the caller's transaction."""
    what = _entry_words(entry)
    for to in dict.fromkeys(person for person in (entry.author, entry.asked_by) if person is not None):
        write(
            to,
            f"Sent back: {what}",
            f"{one_line(by.called)} sent back {what}:\n\n{_indented(why)}\n\n{_link(f'/desk/entries/{entry.pk}/')}",
            f"sent_back:{entry.pk}:{entry.version}",
            when="asked",
            by=by,
        )


def assigned(measures: Sequence[Measure], to: User | None, about: str, *, by: User) -> None:
    """Tell whoever is to look after these measures from now on: one mail, in the caller's transaction."""
    if not measures:
        return
    first = measures[0]
    if len(measures) == 1:
        subject = f"{first.citation} is yours to look after: {first.title}"
        where = f"/desk/measures/{first.key}/"
    else:
        subject = f"{len(measures)} measures are yours to look after"
        where = "/desk/measures/?assigned=me"
    names = [f"  {row.citation} ({row.congress}): {one_line(row.title)}" for row in measures[:NAMED]]
    if len(measures) > NAMED:
        names.append(f"  and {len(measures) - NAMED} more")
    lines = "\n".join(names)
    write(
        to,
        subject,
        f"{one_line(by.called)} asks you to look after:\n\n{lines}\n\n{_link(where)}",
        about,
        when="assigned",
        by=by,
    )


def article_moved(entry: Entry, called: str, moved: Sequence[str], about: str, to: User | None) -> None:
    """Tell whoever keeps an article that the record has overtaken what it says, in the caller's transaction.

    `moved` has some lines for each statement: what it says, what it was, what it is.
    """
    write(
        to,
        f"The record has overtaken {called}",
        f"The record moved, and with it the verdict on what an article says that you keep ({_entry_words(entry)}):\n\n"
        + "\n\n".join(_indented(lines) for lines in moved[:NAMED])
        + (f"\n\n  and {len(moved) - NAMED} more" if len(moved) > NAMED else "")
        + f"\n\n{_link(f'/desk/entries/{entry.pk}/check/')}",
        about,
        when="outgrown",
        by=None,
    )


def one_line(text: str) -> str:
    """Without line breaks and control characters, as a header must be, and not longer than one."""
    bare = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text).split())
    return bare if len(bare) <= LONGEST_SUBJECT else f"{bare[: LONGEST_SUBJECT - 1]}…"


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.strip().splitlines())


def _link(path: str) -> str:
    return f"{settings.SITE_URL}{path}\n"


def _entry_words(entry: Entry) -> str:
    """ "key points on S.Res. 145"."""
    kind = entry.get_kind_display().lower()
    if entry.measure_id is not None:
        congress, type_, number = measure_key(entry.measure_id).split("/")
        return f"{kind} on {Measure(congress=congress, type=type_, number=number).citation}"
    if entry.topic is not None:
        return f"{kind} on the topic {entry.topic.name}"
    return f"{kind} on member {entry.member}"


# Sending


def ring() -> None:
    """Ring for a worker. A broker that is away costs a minute: then the sweep sends what is due."""
    from tracker.desk.tasks import send_mail

    try:
        send_mail.delay()
    except OperationalError as error:
        log.warning("nobody was rung to send mail: the broker is away", error=str(error))


def send_due(limit: int = AT_ONCE) -> int:
    """Send what is due and in nobody's hands, at most `limit`; how many have left. Safe to run twice, late, or beside itself."""
    left, connection = 0, None
    for pk in list(_due(timezone.now()).values_list("pk", flat=True)[:limit]):
        if not _lease(pk):
            continue
        mail = OutgoingMail.objects.select_related("to").get(pk=pk)
        connection = connection or get_connection()
        try:
            _send(mail, connection)
        except Exception as error:  # noqa: BLE001 - each kind of backend fails with exceptions of its own
            _failed(mail, error)
            _close(connection)
            connection = None
        else:
            now = timezone.now()
            # Its words are its reader's now: some hold a link that sets a password.
            OutgoingMail.objects.filter(pk=pk).update(sent_at=now, leased_until=None, error="", text="")
            left += 1
    if connection is not None:
        _close(connection)
    return left


def forget_old() -> int:
    """Delete mails that left long ago, or were given up as long ago; how many."""
    long_ago = timezone.now() - KEPT
    over = Q(sent_at__lt=long_ago) | Q(sent_at=None, attempts__gte=TRIES, due_at__lt=long_ago)
    return OutgoingMail.objects.filter(over).delete()[0]


def _due(now: datetime) -> QuerySet[OutgoingMail]:
    free = Q(leased_until=None) | Q(leased_until__lte=now)
    waiting = OutgoingMail.objects.filter(free, sent_at=None, due_at__lte=now, attempts__lt=TRIES)
    return waiting.order_by("due_at", "pk")


def _lease(pk: int) -> bool:
    """Take this mail in hand, unless another process has just done so. Each taking is a try: one that never ends is counted too."""
    now = timezone.now()
    taken = _due(now).filter(pk=pk).order_by().update(leased_until=now + LEASE, attempts=F("attempts") + 1)
    return bool(taken)


def _send(mail: OutgoingMail, connection: BaseEmailBackend) -> None:
    if not mail.to.is_active:
        raise _Undeliverable("the account was switched off")
    message = EmailMessage(
        subject=mail.subject,
        body=mail.text,
        to=[formataddr((one_line(mail.to.name).replace("@", " "), mail.to.email))],
        headers={"Message-ID": _message_id(mail), "Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    message.send()


def _message_id(mail: OutgoingMail) -> str:
    """The same for each try, so that a mail that comes twice shows once."""
    host = (
        urlsplit(settings.SITE_URL).hostname or parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    )
    return f"<desk-{mail.pk}-{mail.to_id}@{host}>"


class _Undeliverable(Exception):
    """No later try would do better."""


def _failed(mail: OutgoingMail, error: Exception) -> None:
    now = timezone.now()
    final = mail.attempts >= TRIES or isinstance(error, _Undeliverable)
    said = one_line(
        f"{type(error).__name__}: {error}" if not isinstance(error, _Undeliverable) else str(error)
    )
    OutgoingMail.objects.filter(pk=mail.pk).update(
        leased_until=None,
        error=said,
        attempts=TRIES if final else mail.attempts,
        due_at=now if final else now + WAITS[mail.attempts - 1],
    )
    log.warning("desk mail not sent", mail=mail.pk, attempts=mail.attempts, error=said)


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except Exception as error:  # noqa: BLE001 - as in send_due; what was sent is sent
        log.warning("the mail connection did not close", error=str(error))


# How it goes


@dataclass(frozen=True, slots=True)
class Health:
    """How the desk's mail goes, for the front page."""

    nowhere: str  # why no mail leaves this installation at all; empty where it does
    waiting: int
    given_up: int
    error: str  # what the last failure was; empty where nothing waits after one
    since: datetime | None
    further: tuple[str, ...] = ()  # sentences of rooms above the desk, on mail of theirs

    @property
    def ill(self) -> bool:
        return bool(self.nowhere or self.error)


_further: list[Callable[[], str]] = []


def say_too(sentence: Callable[[], str]) -> None:
    """Have the front page say this too, where it is not empty: rooms above the desk, which it cannot name, have mail of theirs."""
    if sentence not in _further:
        _further.append(sentence)


def health() -> Health:
    """Costs one query, and what `say_too` brought."""
    rows = list(
        OutgoingMail.objects.filter(sent_at=None)
        .order_by("due_at", "pk")
        .values_list("attempts", "error", "due_at")[:1000]
    )
    failing = [(error, due) for _, error, due in rows if error]
    return Health(
        nowhere=_nowhere(),
        waiting=sum(1 for attempts, _, _ in rows if attempts < TRIES),
        given_up=sum(1 for attempts, _, _ in rows if attempts >= TRIES),
        error=failing[0][0] if failing else "",
        since=failing[0][1] if failing else None,
        further=tuple(filter(None, (sentence() for sentence in _further))),
    )


def _nowhere() -> str:
    kind = settings.EMAIL_BACKEND.rpartition(".")[0].rpartition(".")[2]
    if kind == "filebased":
        return "mails are put into files of the folder mail, since EMAIL_URL names no mail server"
    if kind == "console":
        return "mails are printed in the worker’s window, since EMAIL_URL is console://"
    return ""
