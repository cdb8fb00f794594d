"""Django's own admin: off; where it is on, for admins with a second factor, and the official record is for looking at."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.desk.browsing import chromium_running

ROOT = Path(__file__).resolve().parents[2]
PLAY = """
from django.utils import timezone
from tests.desk import cast
from tracker.desk.models import SavedList
from tracker.ledger.models import Source
Source.objects.get_or_create(name="govinfo")
for user in (cast.an_editor(), cast.an_admin()):
    SavedList.objects.create(by=user, of="measures", name="mine", query="q=iran", at=timezone.now())
    print(user.role, cast.signed_in(user).cookies["session"].value)
user = cast.another_editor()
user.role = "admin"
user.save()
print("without", cast.signed_in(user, second_factor=False).cookies["session"].value)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """A site of its own with the admin switched on; its address, and the session keys of its people."""
    folder = tmp_path_factory.mktemp("admin")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'x.sqlite3'}",
        "SECRET_KEY": "known to every reader of the tests, and so of no use elsewhere",
        "SITE_URL": f"http://localhost:{port}",
        "CACHE_URL": "locmem://",
        "EMAIL_URL": f"file://{folder / 'mail'}",
        "CELERY_BROKER_URL": "memory://",
        "DJANGO_ADMIN": "true",
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
    }
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
    said = subprocess.run(
        [*manage, "shell", "-v0", "-c", PLAY],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    keys = dict(line.split() for line in said.splitlines() if len(line.split()) == 2)
    command = [*manage, "runserver", f"127.0.0.1:{port}", "--noreload"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as server:
        try:
            _wait(f"http://localhost:{port}/healthz")
            yield f"http://localhost:{port}", keys
        finally:
            server.terminate()


def _wait(address: str) -> None:
    for _ in range(200):
        try:
            urlopen(address, timeout=2).close()
        except (URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"{address} does not answer")


@pytest.mark.browser
def test_where_it_is_on_it_obeys_the_table_and_the_policy(
    site: tuple[str, dict[str, str]], chromium: str
) -> None:
    address, keys = site
    with chromium_running(chromium) as browser:

        def page_of(whose: str):
            own = browser.new_context()
            if whose:
                own.add_cookies([{"name": "session", "value": keys[whose], "url": address}])
            return own.new_page()

        stranger = page_of("")
        answer = stranger.goto(f"{address}/admin/ledger/source/")
        assert stranger.url == f"{address}/accounts/login/?next=/admin/ledger/source/"
        stranger.goto(f"{address}/")
        assert [kept for kept in stranger.context.cookies() if kept["name"] != "csrftoken"] == []
        assert page_of("editor").goto(f"{address}/admin/").status == 403
        without = page_of("without")
        without.goto(f"{address}/admin/")
        assert without.url == f"{address}/accounts/confirm/?next=/admin/"

        page = page_of("admin")
        complaints: list[str] = []
        page.on(
            "console",
            lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None,
        )
        answer = page.goto(f"{address}/admin/")
        assert answer.status == 200
        assert answer.headers["cache-control"] == "private, no-store"
        listed = page.inner_text("#content-main")
        assert "Due fetches" in listed and "Entries" in listed and "Cares" not in listed
        for model in ("ledger/measure", "ledger/changeevent", "ledger/document", "ledger/source", "desk/act"):
            assert page.goto(f"{address}/admin/{model}/").status == 200
            assert page.goto(f"{address}/admin/{model}/add/").status == 403
        page.goto(f"{address}/admin/ledger/source/govinfo/change/")
        page.get_by_text("govinfo").first.wait_for()
        assert page.locator("input[type=submit], input[name=_save]").count() == 0
        assert page.goto(f"{address}/admin/ledger/source/govinfo/delete/").status == 403
        for gone in ("login", "logout", "password_change"):
            assert page.goto(f"{address}/admin/{gone}/").status == 404

        page.goto(f"{address}/admin/desk/savedlist/")
        page.get_by_role("link", name="mine").first.click()
        page.locator("#id_name").fill("mended")
        page.locator("input[name=_save]").click()
        page.get_by_text("was changed successfully").wait_for()
        page.goto(f"{address}/desk/audit/")
        page.get_by_text("Changed name in the Django admin").wait_for()
        assert complaints == []
