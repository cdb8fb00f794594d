from __future__ import annotations

from django.apps import AppConfig


class OperateConfig(AppConfig):
    name = "tracker.operate"

    def ready(self) -> None:
        """Make our Celery application the one that shared tasks are sent by, in whichever process this is."""
        from tracker import celery  # noqa: F401 - its import is the effect
