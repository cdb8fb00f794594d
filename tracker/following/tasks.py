"""Celery's doors into following: each calls functions that are safe to run twice, late, or beside themselves."""

from __future__ import annotations

from celery import shared_task

from tracker.following import asking, calling, forgetting, resting, sending
from tracker.following import fan_out as fanning


@shared_task(acks_late=True, ignore_result=True)
def deliver() -> None:
    """Write what is to be told to whom, gather it into mails, hand over what is due, and call endpoints."""
    fanning.fan_out()
    sending.gather()
    sending.send_due()
    calling.call_due()


@shared_task(acks_late=True, ignore_result=True)
def forget() -> None:
    """Delete the addresses of those who never said yes or whose mail long came back, and what was told long ago."""
    asking.forget_unconfirmed()
    resting.forget()
    forgetting.forget_old()
