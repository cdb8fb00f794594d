"""`manage.py staff add`: accounts of those who write."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from tracker.desk.accounts import one_time_link
from tracker.desk.models import User
from tracker.ledger.command import LedgerCommand


class Command(LedgerCommand):
    help = "Make staff accounts (`add`), or print a new one-time link to set a password (`link`)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        todo = parser.add_subparsers(dest="todo", required=True)
        add = todo.add_parser("add", help="make an account and print a one-time link to set its password")
        add.add_argument("email")
        add.add_argument("--role", required=True, help=f"one of {', '.join(User.Role.values)}")
        link = todo.add_parser("link", help="print a new link, for an account that exists")
        link.add_argument("email")

    def run(self, **options: Any) -> int:
        email = options["email"].strip().lower()
        if options["todo"] == "link":
            return self._link(email)
        return self._add(email, options["role"])

    def _add(self, email: str, role: str) -> int:
        if role not in User.Role.values:
            return self._refuse(f"role {role!r}: give {', '.join(User.Role.values)}.")
        try:
            validate_email(email)
        except ValidationError:
            return self._refuse(f"{email!r} is no mail address: give one such as editor@example.org.")
        try:
            with transaction.atomic():
                user = User.objects.create_user(email, role)
        except IntegrityError:
            return self._refuse(
                f"{email} has an account already; `staff link {email}` prints a new link for it."
            )
        self.say(f"Made {email}, {role}.")
        self._print_link(user)
        return 0

    def _link(self, email: str) -> int:
        user = User.objects.filter(email=email, is_active=True).first()
        if user is None:
            return self._refuse(f"{email} has no account; `staff add {email} --role …` makes one.")
        self._print_link(user)
        return 0

    def _print_link(self, user: User) -> None:
        self.say("Set the password here, once, within 24 hours:")
        self.say(one_time_link(user))

    def _refuse(self, line: str) -> int:
        self.problem(line)
        return 1
