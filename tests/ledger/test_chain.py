"""The ledger only grows, and shows it when it was touched."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from tests.builders import SHAHEEN, brought, held
from tracker.ledger import chain, guards
from tracker.ledger.chain import PendingEvent
from tracker.ledger.models import ChangeEvent, Document

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger():
    held()
    brought(updated_at="2025-06-03T10:00:00Z", cosponsors=[(SHAHEEN, "2025-05-06")])
    held(146)
    assert ChangeEvent.objects.count() == 3


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_changeevent SET kind = 'loaded'",
        "DELETE FROM ledger_changeevent",
        "UPDATE ledger_document SET url = ''",
        "DELETE FROM ledger_document",
    ],
)
def test_the_database_refuses_to_change_what_is_written(ledger, statement):
    with (
        pytest.raises(DatabaseError, match="only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert list(chain.verify()) == []


def test_the_database_refuses_to_overwrite_a_row(ledger):
    if connection.vendor == "postgresql":
        statement = "TRUNCATE ledger_changeevent CASCADE"
    else:
        statement = "INSERT OR REPLACE INTO ledger_changeevent SELECT * FROM ledger_changeevent WHERE id = 1"
    connection.check_constraints()  # PostgreSQL truncates no table whose deferred checks are still to come
    with (
        pytest.raises(DatabaseError, match="only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_models_refuse_it_too(ledger):
    event = ChangeEvent.objects.first()
    event.kind = "returned"
    with pytest.raises(DatabaseError), transaction.atomic():
        event.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        event.delete()


@pytest.mark.parametrize(
    ("tampering", "row"),
    [
        ("UPDATE ledger_changeevent SET subject = 'X000001' WHERE id = 2", "event 2"),
        ("UPDATE ledger_changeevent SET after = NULL WHERE id = 1", "event 1"),
        ("DELETE FROM ledger_changeevent WHERE id = 2", "event 2"),
        ("UPDATE ledger_changeevent SET id = id + 1 WHERE id = 3", "event 3"),
    ],
)
def test_whoever_gets_past_the_guards_is_found_and_the_row_named(ledger, tampering, row):
    guards.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(tampering)
    assert next(chain.verify()).row == row


def test_a_document_that_was_touched_is_named(ledger):
    document = Document.objects.order_by("sha256")[1]
    guards.remove(connection)
    Document.objects.filter(pk=document.pk).update(packed=Document.pack(document.body.replace(b"NC", b"SC")))
    assert [link.row for link in chain.verify()] == [f"document {document.pk}"]


def test_a_ledger_that_was_cut_short_contradicts_a_head_that_was_published(ledger):
    published = chain.head()
    guards.remove(connection)
    ChangeEvent.objects.filter(id=3).delete()
    assert list(chain.verify()) == []
    assert chain.head().count < published.count


def test_a_reader_can_recompute_a_hash_from_the_words_of_the_documentation(ledger):
    first, second = ChangeEvent.objects.order_by("id")[:2]
    body = json.dumps(
        {
            "after": second.became,
            "before": second.was,
            "document": second.document_id,
            "id": 2,
            "kind": second.kind,
            "measure": "119/sres/145",
            "observed_at": second.observed_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "occurred_on": second.occurred_on.isoformat(),
            "source": second.source,
            "subject": second.subject,
        },
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    assert hashlib.sha256((first.hash + body).encode()).hexdigest() == second.hash


def test_a_clock_that_was_set_back_never_makes_the_ledger_run_backwards():
    measure = held()
    before = chain.head().at
    event = PendingEvent(measure.pk, "field_changed", "notes", "govinfo", measure.document_id)
    observed, _ = chain.append([event], datetime(2020, 1, 1, tzinfo=UTC))
    assert observed == before
