"""What `manage.py check --deploy` says beyond Django's own checks."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


@register(Tags.caches, deploy=True)
def cache_is_shared(**_: Any) -> list[CheckMessage]:
    """Limits are counted in the cache: one that each process has for itself multiplies them."""
    if not settings.CACHES["limits"]["BACKEND"].endswith("LocMemCache"):
        return []
    return [
        Warning(
            "CACHE_URL is not set: each web process keeps rendered pages, and counts sign-in tries and API reads, by itself.",
            hint="With one process that is well; with more, set CACHE_URL to a Redis that they share.",
            id="whereas.W001",
        )
    ]
