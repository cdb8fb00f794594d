"""`manage.py bounces [MAILBOX]`: reads what came back of the mails to readers."""

from __future__ import annotations

import mailbox
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tracker.following import resting
from tracker.following.returned import READ_AT_MOST
from tracker.ledger.command import LedgerCommand


class Command(LedgerCommand):
    help = (
        "Read mails that came back: one on standard input, as a mail server pipes it, or a mailbox (mbox or Maildir). "
        "Addresses that take no mail rest from then on. Read twice, a mail counts once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "mailbox",
            nargs="?",
            type=Path,
            help="an mbox file or a Maildir; without it one mail is read from stdin",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            super().handle(*args, **options)
        except SystemExit as ended:
            if (
                options["mailbox"] is None and ended.code == 1
            ):  # the mail server keeps the mail and tries again
                sys.exit(os.EX_TEMPFAIL)
            raise

    def run(self, **options: Any) -> int:
        path: Path | None = options["mailbox"]
        if path is None:
            self.say(resting.take_back(sys.stdin.buffer.read(READ_AT_MOST)))
            return 0
        read, before = 0, resting.at_rest()
        try:
            for name, raw in _mails(path):
                self.say(f"{name}: {resting.take_back(raw)}")
                read += 1
        except OSError as error:
            self.problem(f"{path} cannot be read as a mailbox: {error.strerror or error}")
            return 1
        self.say(f"{path}: {read:,} read; {resting.at_rest():,} addresses rest, {before:,} did before")
        return 0


def _mails(path: Path) -> Iterator[tuple[str, bytes]]:
    """Each mail's name and bytes; of a Maildir the unread ones, each marked as seen once it was worked off.

    Raises OSError for what is no mailbox.
    """
    if not path.is_dir():
        if not path.is_file():
            raise FileNotFoundError(2, "no such file or folder")
        with path.open("rb") as handle:
            if not handle.read(5).startswith(b"From ") and path.stat().st_size:
                raise OSError("neither an mbox, which begins with “From ”, nor a Maildir")
        box = mailbox.mbox(path, create=False)
        for number, key in enumerate(box.iterkeys(), start=1):
            yield f"mail {number}", box.get_bytes(key)
        return
    if not (path / "new").is_dir() or not (path / "cur").is_dir():
        raise OSError("the folder is no Maildir: it has no new and cur")
    folder = mailbox.Maildir(path, create=False)
    for name in sorted(folder.keys()):
        mail = folder.get_message(name)
        if "S" not in mail.get_flags():
            yield name, folder.get_bytes(name)
            mail.set_subdir("cur")
            mail.add_flag("S")
            folder[name] = mail
