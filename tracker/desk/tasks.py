"""Celery's doors into the desk: each calls one function that is safe to run twice, late, or beside itself."""

from __future__ import annotations

from celery import shared_task

from tracker.desk import differences, kept_articles, mail


@shared_task(acks_late=True, ignore_result=True)
def send_mail() -> None:
    """Send the desk's mail that is due."""
    mail.send_due()


@shared_task(acks_late=True, ignore_result=True)
def forget_old_mail() -> None:
    """Delete the desk's mails that left long ago."""
    mail.forget_old()


@shared_task(acks_late=True, ignore_result=True)
def notice_take_overs() -> None:
    """Compare what staff had entered by hand with the official record that has taken over since."""
    differences.notice()


@shared_task(acks_late=True, ignore_result=True)
def check_articles() -> None:
    """Hold the articles that staff keep against the record, where they are new or their measures have moved."""
    kept_articles.look_again()
