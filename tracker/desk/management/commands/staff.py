"""`manage.py staff`: accounts of those who write, for whoever runs the site."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError

from tracker.desk import staff
from tracker.desk.me import NameForm
from tracker.desk.models import User
from tracker.ledger.command import LedgerCommand


class Command(LedgerCommand):
    help = (
        "Make staff accounts (`add`), print a new one-time link to set a password (`link`), or take a lost second factor "
        "away (`reset-second-factor`)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        todo = parser.add_subparsers(dest="todo", required=True)
        add = todo.add_parser("add", help="make an account and print a one-time link to set its password")
        add.add_argument("email")
        add.add_argument("--role", required=True, help=f"one of {', '.join(User.Role.values)}")
        add.add_argument(
            "--name", default="", help="what colleagues call them, such as 'Nora New'; else the address"
        )
        link = todo.add_parser("link", help="print a new link, for an account that exists")
        link.add_argument("email")
        reset = todo.add_parser(
            "reset-second-factor", help="take away all second factors of an account whose owner lost them"
        )
        reset.add_argument("email")

    def run(self, **options: Any) -> int:
        email = options["email"].strip().lower()
        if options["todo"] == "add":
            return self._add(email, options["role"], options["name"])
        user = User.objects.filter(email=email, is_active=True).first()
        if user is None:
            return self._refuse(f"{email} has no account; `staff add {email} --role …` makes one.")
        if options["todo"] == "link":
            self._print_link(staff.new_link(None, user))
            return 0
        staff.reset_second_factor(None, user, "by command")
        self.say(f"{email} has no second factor now, and sets up a new one after the next sign-in.")
        return 0

    def _add(self, email: str, role: str, name: str) -> int:
        if role not in User.Role.values:
            return self._refuse(f"role {role!r}: give {', '.join(User.Role.values)}.")
        form = NameForm({"name": name})
        if not form.is_valid():
            return self._refuse(f"name {name!r}: {form.errors['name'][0]}")
        try:
            _, link = staff.add(None, email, role, form.cleaned_data["name"])
        except ValidationError as error:
            if error.message == staff.HAS_ONE:
                return self._refuse(
                    f"{email} has an account already; `staff link {email}` prints a new link for it."
                )
            return self._refuse(f"{email!r} is no mail address: give one such as editor@example.org.")
        self.say(f"Made {email}, {role}.")
        self._print_link(link)
        return 0

    def _print_link(self, link: str) -> None:
        self.say("Set the password here, once, within 24 hours:")
        self.say(link)

    def _refuse(self, line: str) -> int:
        self.problem(line)
        return 1
