"""Mails about the safety of an account, to its owner: sent whatever else they want to be told."""

from __future__ import annotations

import secrets

from django.conf import settings

from tracker.desk import mail
from tracker.desk.models import User


def one_time_link(user: User, link: str) -> None:
    """The link by which they set a password, in the caller's transaction."""
    _write(
        user,
        "Set your password",
        f"With this link you set a password for the desk of {settings.SITE_URL}:\n\n  {link}\n\n"
        "It works once, and for 24 hours. If you did not ask for it, nothing needs to be done.\n",
        "link",
    )


def many_failures(user: User, tries: int, what: str) -> None:
    """Somebody has tried often to get in, in the caller's transaction."""
    _write(
        user,
        f"{tries} failed tries to sign in as you",
        f"Within the last hour somebody gave a wrong {what} {tries} times for your account at {settings.SITE_URL}.\n\n"
        "If it was not you: your account is still closed to them, and after 20 tries it is closed to everybody for the rest of "
        f"the hour. You can always set a new password: {settings.SITE_URL}/accounts/forgotten/\n",
        "failures",
    )


def second_factor_changed(user: User, what: str) -> None:
    """A second factor came or went, in the caller's transaction."""
    _write(
        user,
        "Your second factor was changed",
        f"For your account at {settings.SITE_URL}, {what}.\n\nIf it was not you, tell an admin at once.\n",
        "second_factor",
    )


def password_changed(user: User) -> None:
    """A new password was set, in the caller's transaction."""
    _write(
        user,
        "Your password was changed",
        f"For your account at {settings.SITE_URL}, a new password was set.\n\nIf it was not you, tell an admin at once.\n",
        "password",
    )


def address_changed(user: User) -> None:
    """From now on this is the account's address, in the caller's transaction."""
    _write(
        user,
        "Your mail address was changed",
        f"An admin of {settings.SITE_URL} made this the mail address of your account. You sign in with it from now on.\n",
        "address",
    )


def _write(user: User, subject: str, text: str, about: str) -> None:
    mail.write(user, subject, text, f"safety:{about}:{secrets.token_hex(8)}", when="safety", by=None)
