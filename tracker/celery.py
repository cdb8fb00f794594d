"""The worker's application. The broker is a doorbell: what is to be done stands in the database."""

from __future__ import annotations

import logging.config
import os
from pathlib import Path
from typing import Any

import structlog
from celery import Celery, signals
from celery.schedules import crontab
from kombu.exceptions import OperationalError
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

from django.conf import settings

from tracker.variables import WrongSetting, stop

log = structlog.get_logger(__name__)
BROKER_SECONDS = 2  # how long whoever rings waits for a broker that does not answer
POLL = "tracker.ledger.tasks.poll"

TRANSPORT_ALIASES["filesystem"] = "tracker.folder_queue:Transport"
app = Celery("tracker", task_cls="tracker.task:Task")


def broker_settings(url: str) -> dict[str, Any]:
    """Celery's settings for one broker: its queue, and limits that keep a missing broker from holding up a page."""
    scheme = url.partition(":")[0]
    never_wait: dict[str, Any] = {
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0,
        "interval_max": 0,
    }
    if scheme == "filesystem":
        return {"broker_transport_options": {**never_wait, **_folders(settings.VAR_DIR / "broker")}}
    if scheme in ("redis", "rediss"):
        redis = {"visibility_timeout": 900, "socket_connect_timeout": BROKER_SECONDS, "socket_timeout": 3}
        return {"broker_transport_options": {**never_wait, **redis}}
    if scheme in ("amqp", "amqps"):
        rabbit = {"confirm_publish": True, "read_timeout": 10, "write_timeout": 10}
        return {
            "broker_transport_options": {**never_wait, **rabbit},
            "task_default_queue_type": "quorum",
            "task_default_exchange_type": "topic",  # what Celery needs to delay a message on quorum queues
            "worker_detect_quorum_queues": True,
        }
    return {}


def _folders(broker: Path) -> dict[str, Any]:
    """The embedded queue's folder, made where it is missing."""
    queue = broker / "queue"
    try:
        queue.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        stop(WrongSetting(f"VAR_DIR={str(broker.parent)!r} cannot be written: {error.strerror}."))
    return {"data_folder_in": str(queue), "data_folder_out": str(queue)}


app.conf.update(
    broker_url=settings.CELERY_BROKER_URL,
    broker_connection_timeout=BROKER_SECONDS,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,  # a worker waits for its broker as long as it takes
    task_publish_retry=False,
    task_default_queue="whereas",
    task_serializer="json",
    accept_content=["json"],
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    worker_enable_remote_control=False,
    worker_send_task_events=False,
    worker_hijack_root_logger=False,
    beat_scheduler="tracker.beat:Bell",
    timezone="UTC",
    beat_schedule={
        # A ring that nobody heard before the next one is due is worth nothing, hence `expires`.
        "poll": {
            "task": POLL,
            "schedule": settings.POLL_SECONDS,
            "options": {"expires": settings.POLL_SECONDS},
        },
        "sweep": {"task": "tracker.ledger.tasks.sweep", "schedule": 60, "options": {"expires": 60}},
        "texts": {"task": "tracker.texts.tasks.sweep", "schedule": 60, "options": {"expires": 60}},
        "kin": {"task": "tracker.texts.tasks.kin", "schedule": 60, "options": {"expires": 60}},
        "calendar": {
            "task": "tracker.ledger.tasks.calendar",
            "schedule": crontab(minute=7),
            "options": {"expires": 3600},
        },
        "audit": {
            "task": "tracker.ledger.tasks.audit",
            "schedule": crontab(hour=9, minute=40),  # before Washington begins its day
            "options": {"expires": 12 * 3600},
        },
        "deliver": {"task": "tracker.following.tasks.deliver", "schedule": 60, "options": {"expires": 60}},
        "old-deliveries": {
            "task": "tracker.following.tasks.forget",
            "schedule": crontab(hour=8, minute=30),
            "options": {"expires": 12 * 3600},
        },
        "desk-mail": {"task": "tracker.desk.tasks.send_mail", "schedule": 60, "options": {"expires": 60}},
        "taken-over": {
            "task": "tracker.desk.tasks.notice_take_overs",
            "schedule": 60,
            "options": {"expires": 60},
        },
        "kept-articles": {
            "task": "tracker.desk.tasks.check_articles",
            "schedule": 60,
            "options": {"expires": 60},
        },
        "old-desk-mail": {
            "task": "tracker.desk.tasks.forget_old_mail",
            "schedule": crontab(hour=8, minute=25),
            "options": {"expires": 12 * 3600},
        },
        "bulk-file": {
            "task": "tracker.operate.tasks.write_bulk_file",
            "schedule": crontab(hour=8, minute=40),
            "options": {"expires": 12 * 3600},
        },
        "sessions": {
            "task": "tracker.operate.tasks.forget_old_sessions",
            "schedule": crontab(hour=8, minute=20),
            "options": {"expires": 12 * 3600},
        },
    },
    **broker_settings(settings.CELERY_BROKER_URL),
)
app.autodiscover_tasks()


@signals.setup_logging.connect
def _log_as_everything_does(**_: Any) -> None:
    """Keep Celery from putting its own handlers in place of ours."""
    logging.config.dictConfig(settings.LOGGING)


@signals.beat_init.connect
def _poll_at_once(**_: Any) -> None:
    """Ring for a poll when beat starts: an interval alone would begin with a quarter of an hour of nothing.

    A broker that is away does not keep beat from starting; it rings again when the interval is over.
    """
    try:
        app.send_task(POLL, expires=settings.POLL_SECONDS)
    except OperationalError as error:
        log.warning("nobody was rung: the broker is away", task="poll", error=str(error))
