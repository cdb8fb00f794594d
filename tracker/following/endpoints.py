"""What staff do with endpoints: set one up, give it a new secret, switch it on or off, send again. Each is an act of the audit."""

from __future__ import annotations

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from tracker.desk import acts
from tracker.desk.models import User
from tracker.following import fan_out, secrets, targets
from tracker.following.models import Call, Endpoint
from tracker.ledger import chain
from tracker.ledger.listing import BadFilter, MeasureFilters

AT_MOST = 10  # endpoints of one owner
LONGEST_NAME = 80


class Wrong(ValueError):
    """What was typed is not accepted; `field` is where it was typed."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field, self.message = field, message


def add(owner: User, name: str, url: str, query: str) -> tuple[Endpoint, str]:
    """A new endpoint, told of what happens from now on, and its secret, which is shown this once. Raises Wrong."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Wrong("name", f"Give a name of at most {LONGEST_NAME} characters, to know it by.")
    try:
        url = targets.check_url(url)
    except targets.Refused as refused:
        raise Wrong("url", f"This address is not called: {refused}.") from None
    query = _checked(query)
    secret = secrets.new_secret()
    with transaction.atomic():
        if Endpoint.objects.filter(owner=owner).count() >= AT_MOST:
            raise Wrong(
                "name", f"You have {AT_MOST} endpoints, which is as many as one person may. Delete one first."
            )
        fan_out.begin()
        endpoint = Endpoint.objects.create(
            owner=owner,
            name=name,
            url=url,
            query=query,
            secret=secrets.seal(secret),
            after_event=chain.head().count,
            created_at=timezone.now(),
        )
        acts.record(
            owner,
            "add_webhook",
            _object(endpoint),
            f"Set up the webhook “{name}”",
            after={"url": url, "query": query},
        )
    return endpoint, secret


def _checked(query: str) -> str:
    """A query string of the list of measures, as it is kept. Raises Wrong."""
    text = query.strip().removeprefix("/measures/").removeprefix("/changes/").removeprefix("?")
    try:
        return MeasureFilters.from_query(QueryDict(text), also=frozenset({"kind"}), strict=True).query(
            sort=None
        )
    except BadFilter as bad:
        raise Wrong("query", str(bad)) from None


def give_new_secret(endpoint: Endpoint, by: User) -> str:
    """A new secret, shown this once. For a day what is sent is signed with the former as well."""
    secret, now = secrets.new_secret(), timezone.now()
    with transaction.atomic():
        Endpoint.objects.filter(pk=endpoint.pk).update(
            former_secret=endpoint.secret, former_until=now + secrets.BOTH_FOR, secret=secrets.seal(secret)
        )
        acts.record(
            by, "renew_webhook_secret", _object(endpoint), f"Gave the webhook “{endpoint.name}” a new secret"
        )
    return secret


def switch(endpoint: Endpoint, by: User, *, on: bool) -> None:
    """Off: what happens is written down for it no more. On: what waits is sent, and what happens from now on."""
    with transaction.atomic():
        if on:
            columns = {
                "is_on": True,
                "off_reason": "",
                "failing_since": None,
                "failures": 0,
                "rests_until": None,
                "told_owner_at": None,
            }
            Call.objects.filter(endpoint=endpoint, state=Call.State.DUE).update(due_at=timezone.now())
        else:
            columns = {"is_on": False, "off_reason": "switched off at the desk"}
        Endpoint.objects.filter(pk=endpoint.pk).update(**columns)
        verb, word = ("switch_on_webhook", "on") if on else ("switch_off_webhook", "off")
        acts.record(by, verb, _object(endpoint), f"Switched the webhook “{endpoint.name}” {word}")


def send_again(call: Call, by: User) -> None:
    """Have one call made again, whatever came of it: with the same `webhook-id`, so that a receiver knows it.

    It ends the rest of an endpoint that failed: what waits is sent to it at once, oldest first, and this call among it.
    """
    with transaction.atomic():
        Call.objects.filter(pk=call.pk).exclude(state=Call.State.CALLING).update(
            state=Call.State.DUE, due_at=timezone.now(), attempts=0, accepted_at=None
        )
        Endpoint.objects.filter(pk=call.endpoint_id).update(rests_until=None)
        acts.record(
            by,
            "resend_webhook",
            _object(call.endpoint),
            f"Sent event {call.event_id} again to “{call.endpoint.name}”",
        )


def delete(endpoint: Endpoint, by: User) -> None:
    """The endpoint and the record of its calls go; the act stays."""
    with transaction.atomic():
        acts.record(
            by,
            "delete_webhook",
            _object(endpoint),
            f"Deleted the webhook “{endpoint.name}”",
            before={"url": endpoint.url, "query": endpoint.query},
        )
        endpoint.delete()


def _object(endpoint: Endpoint) -> str:
    return f"webhook/{endpoint.pk}"
