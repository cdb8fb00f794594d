"""What `load` is asked for is looked at before anything is fetched or written."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from tracker.ledger.management.commands.load import Command
from tracker.ledger.models import Folder

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("written", ["0", "-5", "92", "999", "9" * 20, "9" * 5000, "x", "١١٩", ""])
def test_what_is_no_congress_is_refused_in_one_line_that_names_it(written: str) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("load", f"--congress={written}")
    assert f"{written!r}: give numbers from 93 to " in str(refused.value)
    assert "\n" not in str(refused.value)
    assert not Folder.objects.exists()


def test_options_that_are_said_twice_ask_for_both() -> None:
    asked = (
        Command()
        .create_parser("manage.py", "load")
        .parse_args(["--congress", "118", "--type", "hres", "--congress", "119", "--type", "sres"])
    )
    assert (asked.congress, asked.type) == ([118, 119], ["hres", "sres"])
