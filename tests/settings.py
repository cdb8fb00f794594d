"""The project's settings as tests need them: a key of their own, nothing read from or written under var/."""

import atexit
import os
import shutil
import tempfile

_var = tempfile.mkdtemp(prefix="whereas-tests-")
atexit.register(shutil.rmtree, _var, ignore_errors=True)
os.environ["VAR_DIR"] = _var
os.environ.setdefault("DATABASE_URL", "sqlite:///:memory:")
os.environ |= {
    "SECRET_KEY": "known to every reader of the tests, and so of no use elsewhere",
    "SITE_URL": "http://testserver",
    "CELERY_BROKER_URL": "memory://",
    "CACHE_URL": "locmem://",
    "EMAIL_URL": "memory://",
    "DEBUG": "false",
    "CONGRESSES": "119,118",
}
# What a developer's shell says of the sources must not decide whether tests pass.
for name in (
    "CONGRESSES",
    "MEASURE_TYPES",
    "CONGRESS_API_KEY",
    "TRUSTED_PROXIES",
    "METRICS_FROM",
    "ALLOWED_HOSTS",
):
    os.environ.pop(name, None)

from tracker.settings import *  # noqa: E402, F403

STATIC_ROOT.mkdir()  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
