"""The door for web servers: `gunicorn tracker.wsgi` (its settings stand in gunicorn.conf.py)."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

from tracker.operate.statements import limit_statements

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

application = get_wsgi_application()
resolve("/")  # reads every room's addresses and views now, which the first reader would have to wait for
limit_statements()
