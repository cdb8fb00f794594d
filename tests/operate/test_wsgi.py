"""The door for web servers: whoever comes first after a start waits no longer than others."""

from __future__ import annotations

import subprocess
import sys

from django.conf import settings


def test_every_room_is_read_before_the_first_request() -> None:
    code = "import sys, tracker.wsgi; print(*(m for m in sys.modules if m.startswith('tracker.')))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    assert {"tracker.pages.urls", "tracker.api.api", "tracker.desk.urls", "tracker.feeds.views"} <= {
        *done.stdout.split()
    }
