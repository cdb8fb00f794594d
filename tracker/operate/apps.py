from __future__ import annotations

from django.apps import AppConfig


class OperateConfig(AppConfig):
    name = "tracker.operate"

    def ready(self) -> None:
        """Make our Celery application the one that shared tasks are sent by, and our checks known."""
        from tracker import celery  # noqa: F401 - its import is the effect
        from tracker.operate import checks  # noqa: F401 - likewise
