"""The project's settings as tests need them: a key of their own, nothing written under var/."""

import os

os.environ.setdefault("SECRET_KEY", "tests-only")
os.environ.setdefault("SITE_URL", "http://testserver")
os.environ.setdefault("DATABASE_URL", "sqlite:///:memory:")

from tracker.settings import *  # noqa: F403
