"""`make run`: the web server, a worker and beat, until Ctrl-C."""

from __future__ import annotations

import os
import sys
import threading
import time
import urllib.error
import urllib.request
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from tracker.desk.models import User
from tracker.ledger.models import Source
from tracker.operate.preparation import CannotStart, check_port, claim, load_starter_record, migrate
from tracker.operate.static import collect_if_changed
from tracker.operate.supervisor import Supervisor, end_with_parent

CHILDREN = {
    "web": [sys.executable, "-m", "gunicorn", "tracker.wsgi"],
    "worker": [
        *(
            sys.executable,
            "-W",
            "ignore:You're running the worker with superuser privileges",
            "-m",
            "celery",
            "--app",
            "tracker",
            "--quiet",
            "worker",
            "--pool",
            "threads",
        ),
        *("--concurrency", "2", "--without-gossip", "--without-mingle", "--without-heartbeat"),
    ],
    "beat": [sys.executable, "-m", "celery", "--app", "tracker", "--quiet", "beat"],
}


class Command(BaseCommand):
    help = "Prepare everything and run the web server, a worker and beat, until Ctrl-C."
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        if "MAKELEVEL" in os.environ:
            end_with_parent()  # make killed hard must not leave us running unseen
        address = f"http://127.0.0.1:{settings.PORT}/"
        try:
            with claim(settings.VAR_DIR, address):
                check_port(settings.PORT)
                self._prepare()
                status = self._run(address)
        except CannotStart as reason:
            self._complain(str(reason))
            status = 1
        sys.exit(status)

    def _prepare(self) -> None:
        migrate(self._say)
        try:
            if collect_if_changed():
                self._say("Collected styles and scripts.")
        except OSError as error:
            raise CannotStart(f"{settings.STATIC_ROOT} cannot be written: {error.strerror}.") from None
        load_starter_record(self._say)

        # Whoever had the turn to poll ended with the last start: a first load that was cut short goes on at once.
        Source.objects.update(polled_at=None)

    def _run(self, address: str) -> int:
        supervisor = Supervisor(self._say, self._complain)
        self._say(f"Starting web, worker and beat; data is kept in {settings.VAR_DIR}.")
        os.environ.setdefault("LOG_FORMAT", "plain")
        supervisor.start(CHILDREN, cwd=str(settings.BASE_DIR))
        threading.Thread(target=self._welcome, args=[address], daemon=True).start()
        return supervisor.run()

    def _welcome(self, address: str) -> None:
        """Print the address once it answers."""
        while not _answers(f"{address}healthz"):
            time.sleep(0.1)
        self._say(f"Whereas is at {address}  (Ctrl-C stops it)")
        if not User.objects.exists():
            # The link that it prints has to lead here, so it needs what this process was given.
            given = "".join(
                f"{name}={os.environ[name]} " for name in ("VAR_DIR", "PORT") if name in os.environ
            )
            add = "manage.py staff add you@example.org --role admin"
            self._say(f"The first staff account: {given}.venv/bin/python {add}")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _complain(self, line: str) -> None:
        self.stderr.write(line)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - always http to this machine
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
