"""What an admin does with accounts: each a plain write with its act. At least one admin who can sign in always remains.

Acts name accounts by number alone, so that `forget` can remove a person while what they did stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from tracker.desk import acts, notices, second_factor, sessions
from tracker.desk.accounts import one_time_link
from tracker.desk.models import OutgoingMail, UnsavedWords, User

HAS_ONE = "This address has an account already."
NO_ADDRESS = "This is no mail address: give one such as editor@example.org."
LAST_ADMIN = "This is the only admin who can sign in. Make another account an admin first, or nobody could manage accounts."
FORGOTTEN = "This person was forgotten; the account is closed for good."


def add(by: User | None, email: str, role: str, name: str = "") -> tuple[User, str]:
    """A new account, and the one-time link by which its owner sets a password; the link is mailed to them too.

    Raises ValidationError for an address that is none or has an account.
    """
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise ValidationError(NO_ADDRESS, code="email") from None
    try:
        with transaction.atomic():
            user = User.objects.create_user(email, role, name=name)
            acts.record(
                by, "add_account", acts.account(user), f"Added an account, {role}", after={"role": role}
            )
            link = one_time_link(user)
            notices.one_time_link(user, link)
    except IntegrityError:
        raise ValidationError(HAS_ONE, code="email") from None
    return user, link


def new_link(by: User | None, user: User) -> str:
    """A new one-time link to set the password, mailed to its owner too. Raises ValidationError for a closed account."""
    with _changing(user) as row:
        if not row.is_active:
            raise ValidationError("Switch the account on first.", code="off")
        link = one_time_link(row)
        notices.one_time_link(row, link)
        acts.record(by, "make_link", acts.account(row), "Made a link to set the password")
    return link


def change_role(by: User | None, user: User, role: str) -> None:
    """Give the account another role. Its sessions end. Raises ValidationError where no admin would remain."""
    with _changing(user) as row:
        before = row.role
        if before == role:
            return
        if before == User.Role.ADMIN:
            _keep_an_admin(row)
        row.role = role
        row.save(update_fields=["role"])
        sessions.end_all(row)
        what = f"Changed the role from {before} to {role}"
        acts.record(by, "change_role", acts.account(row), what, before={"role": before}, after={"role": role})


def change_address(by: User | None, user: User, email: str) -> None:
    """Give the account another mail address; the new one is told. Raises ValidationError for one that is none or is taken."""
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise ValidationError(NO_ADDRESS, code="email") from None
    try:
        with _changing(user) as row:
            if row.email == email:
                return
            row.email = email
            row.save(update_fields=["email"])
            acts.record(by, "change_address", acts.account(row), "Changed the mail address")
            notices.address_changed(row)
    except IntegrityError:
        raise ValidationError(HAS_ONE, code="email") from None


def switch_off(by: User | None, user: User, why: str = "") -> None:
    """Close the account: its sessions end, its password no longer opens anything. Raises ValidationError, as above."""
    with _changing(user) as row:
        if not row.is_active:
            return
        _keep_an_admin(row)
        row.is_active = False
        row.save(update_fields=["is_active"])
        sessions.end_all(row)
        acts.record(by, "switch_off", acts.account(row), _with("Switched the account off", why))


def switch_on(by: User | None, user: User) -> None:
    """Open the account again."""
    with _changing(user) as row:
        if row.is_active:
            return
        row.is_active = True
        row.save(update_fields=["is_active"])
        acts.record(by, "switch_on", acts.account(row), "Switched the account on")


def reset_second_factor(by: User | None, user: User, why: str) -> int:
    """Take all second factors and recovery codes from the account, and end its sessions; how many rows there were.

    Its owner sets up a new one after the next sign-in. `why` is kept in the audit. Raises ValidationError without a reason.
    """
    if not why.strip():
        raise ValidationError("Say why, for the audit: such as “telephone lost, called me”.", code="why")
    with _changing(user) as row:
        count = second_factor.take_all_away(row)
        sessions.end_all(row)
        acts.record(by, "reset_second_factor", acts.account(row), _with("Reset the second factor", why))
        notices.second_factor_changed(row, "all second factors and recovery codes were reset by an admin")
    return count


def forget(by: User | None, user: User) -> None:
    """Remove the person from the account: name, address, password, second factors, mails, and what they typed and never saved.

    What they did stays, by number.

    The account is closed for good. Raises ValidationError where no admin would remain.
    """
    with _changing(user) as row:
        _keep_an_admin(row)
        row.name = ""
        row.email = f"forgotten-{row.pk}@example.invalid"
        row.is_active = False
        row.forgotten_at = timezone.now()
        row.last_login = None
        row.set_unusable_password()
        row.save()
        second_factor.take_all_away(row)
        sessions.end_all(row)
        OutgoingMail.objects.filter(to=row).delete()
        UnsavedWords.objects.filter(by=row).delete()
        acts.record(by, "forget_person", acts.account(row), "Removed the person’s name and address")


@contextmanager
def _changing(user: User) -> Iterator[User]:
    """The account as it stands in the database, locked, and with it those of all admins, always in the same order.

    So two admins who close each other's accounts at one moment wait for one another. Raises ValidationError where its person
    was forgotten.
    """
    with transaction.atomic():
        locked = (
            User.objects.select_for_update().filter(Q(pk=user.pk) | Q(role=User.Role.ADMIN)).order_by("pk")
        )
        row = next(each for each in locked if each.pk == user.pk)
        if row.forgotten_at is not None:
            raise ValidationError(FORGOTTEN, code="forgotten")
        yield row


def _keep_an_admin(row: User) -> None:
    """Refuse, while all admins' rows are locked, what would leave none."""
    admins = User.objects.filter(role=User.Role.ADMIN, is_active=True).values_list("pk", flat=True)
    if list(admins) == [row.pk]:
        raise ValidationError(LAST_ADMIN, code="last_admin")


def _with(what: str, why: str) -> str:
    return f"{what}: {why.strip()}" if why.strip() else what
