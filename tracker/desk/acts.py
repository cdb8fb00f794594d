"""The audit's one door: every write of the desk says here who did what, inside its own transaction.

    with transaction.atomic():
        topic.save()
        acts.record(who, "rename_topic", f"topic/{topic.pk}", "Renamed “Iran” to “Iran and its region”", before=…, after=…)

Where the act came from is known without being passed: `doors.PrivateMiddleware` says it for the length of a request.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.utils import timezone

from tracker.addresses import cut_address
from tracker.desk.models import Act, User

# Tables of the desk that only grow, and their keys: a migration has the database refuse everything else.
ONLY_GROW = {
    "desk_act": "id",
    "desk_revision": "id",
    "desk_review": "id",
    "desk_publication": "id",
    "desk_handenteredrevision": "id",
    "desk_handenteredpublication": "id",
}

SUMMARY_LENGTH = 500
_VERB = re.compile(r"[a-z][a-z_]{0,29}")
_OBJECT = re.compile(r"[a-z0-9_]+(/[A-Za-z0-9_.:-]+)*")
_origin: ContextVar[str] = ContextVar("origin", default="")


def record(
    by: User | None,
    verb: str,
    object: str,  # the word of the model and of the page
    summary: str,
    *,
    before: Any = None,
    after: Any = None,
) -> Act:
    """Write down one act and answer its row. Call it in the transaction that does what it tells of.

    `by` is None for a command of the operator or for somebody not signed in. `verb` is a few words in snake_case,
    `object` what it was done to: "entry/17", "119/sres/145", "account/3", "topic/2". `summary` is one line for a reader of
    the log; it names no person, since names can be removed and acts cannot. `before` and `after` are anything that JSON
    can hold, days and instants too. Raises ValueError for a verb or object in another form, RuntimeError outside a
    transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("acts.record belongs into the transaction of the write that it tells of")
    if not _VERB.fullmatch(verb):
        raise ValueError(f"verb {verb!r}: give words in snake_case, 30 letters at most")
    if not _OBJECT.fullmatch(object) or len(object) > 80:
        raise ValueError(f"object {object!r}: give what it is and its number, such as entry/17")
    return Act.objects.create(
        by=by,
        at=timezone.now(),
        verb=verb,
        object=object,
        summary=" ".join(summary.split())[:SUMMARY_LENGTH],
        before=_as_json(before),
        after=_as_json(after),
        origin=_origin.get(),
    )


def account(user: User) -> str:
    """The account as an act's object."""
    return f"account/{user.pk}"


@contextmanager
def coming_from(address: str) -> Iterator[None]:
    """Acts inside come from this network address, of which only the network is kept."""
    token = _origin.set(cut_address(address))
    try:
        yield
    finally:
        _origin.reset(token)


def _as_json(value: Any) -> Any:
    return None if value is None else json.loads(json.dumps(value, cls=DjangoJSONEncoder))
