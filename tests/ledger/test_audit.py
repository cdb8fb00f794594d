"""What is altered behind the tracker's back is named, and put right from the documents and the ledger; no event is made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.db import connection

from tests.builders import COONS, brought, held
from tracker.ledger import audit as auditing
from tracker.ledger import outside
from tracker.ledger.audit import audit
from tracker.ledger.incoming import Outcome
from tracker.ledger.models import (
    Action,
    ChangeEvent,
    Document,
    Law,
    Measure,
    Source,
    Subject,
    Title,
    measure_pk,
)
from tracker.ledger.rebuild import rebuild
from tracker.ledger.search import matching
from tracker.sources.http import SourceError

pytestmark = pytest.mark.django_db

PK = measure_pk(119, "sres", 145)
LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _a_source_that_lists_nothing_else(monkeypatch: pytest.MonkeyPatch, settings: SimpleNamespace) -> None:
    settings.CONGRESSES = ()
    monkeypatch.setattr(auditing, "fetch_due", lambda *args, **kwargs: None)


@pytest.fixture
def measure() -> Measure:
    held(cosponsors=[(COONS, "2025-04-01")], subjects=["Iran"])
    brought(
        cosponsors=[(COONS, "2025-04-01")], subjects=["Iran", "Albania"], updated_at="2025-04-02T10:00:00Z"
    )
    return Measure.objects.get(pk=PK)


def _ours() -> Measure:
    return Measure.objects.get(pk=PK)


def _row(**columns: object) -> Callable[[], object]:
    return lambda: Measure.objects.filter(pk=PK).update(**columns)


def _index(statement: str) -> Callable[[], object]:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, [PK])

    return run


ALTERATIONS: dict[str, Callable[[], object]] = {
    "actions": lambda: Action.objects.filter(measure_id=PK).delete(),
    "titles": lambda: Title.objects.filter(measure_id=PK).update(title="Another"),
    "subjects": lambda: Subject.objects.create(measure_id=PK, position=9, name="Forged"),
    "laws": lambda: Law.objects.create(measure_id=PK, position=0, type="Public Law", number="119-999"),
    "title": _row(title="Another"),
    "status": _row(status="enacted"),
    "status_sentence": _row(status_sentence="It is law."),
    "cosponsor_count": _row(cosponsor_count=999),
    "cosponsors_by_party": _row(cosponsors_by_party={"D": 9}),
    "origin": _row(origin="starter"),
    "updated_at": _row(updated_at="2001-01-01T00:00:00Z"),
    "seen_at": _row(seen_at=LONG_AGO),
    "changed_at": _row(changed_at=LONG_AGO),
    "last_event": _row(last_event=1),
    "number": _row(number=5000),
    "vanished_at": _row(vanished_at=LONG_AGO),
    "search index": _index("DELETE FROM ledger_search WHERE rowid = %s"),
}


@pytest.mark.parametrize("part", ALTERATIONS)
def test_what_is_altered_is_named_and_repaired(part: str, measure: Measure) -> None:
    before = _everything()
    assert audit() == []
    ALTERATIONS[part]()
    (drift,) = audit()
    assert drift.line == f"119/sres/145: differs from its document in {part}"
    assert audit(repair=True) == [drift]
    assert audit() == []
    assert _everything() == before


@pytest.mark.parametrize("part", ALTERATIONS)
def test_a_rebuild_puts_right_what_is_altered(part: str, measure: Measure) -> None:
    before = _everything()
    ALTERATIONS[part]()
    assert _everything() != before
    assert rebuild() == 1
    assert _everything() == before


def test_a_measure_whose_row_is_gone_is_put_back_and_is_no_news(measure: Measure) -> None:
    before = _everything()
    _unlinked("DELETE FROM ledger_measure WHERE id = %s", PK)
    lines = [drift.line for drift in audit()]
    assert "119/sres/145: in the ledger, and its row is gone" in lines
    audit(repair=True)
    assert _everything() == before
    assert audit() == []
    again = brought(
        cosponsors=[(COONS, "2025-04-01")], subjects=["Iran", "Albania"], updated_at="2025-04-02T10:00:00Z"
    )
    assert again.outcome is Outcome.SAME


def test_a_document_in_force_that_fell_back_is_named_and_the_ledger_s_last_put_back(measure: Measure) -> None:
    before = _everything()
    older = Document.objects.exclude(pk=measure.document_id).get()
    Measure.objects.filter(pk=PK).update(document_id=older.pk)
    (drift,) = audit()
    assert "its document, which is older than the ledger's last" in drift.line
    audit(repair=True)
    assert audit() == []
    assert _everything() == before


def test_parts_of_no_measure_are_named_and_taken_away(measure: Measure) -> None:
    before = _everything()
    _unlinked("INSERT INTO ledger_subject (measure_id, position, name) VALUES (%s, 0, 'Orphan')", PK + 1)
    assert [drift.line for drift in audit()] == ["119/sres/146: has parts, and is no measure held"]
    audit(repair=True)
    assert audit() == []
    _unlinked("INSERT INTO ledger_subject (measure_id, position, name) VALUES (%s, 0, 'Orphan')", PK + 1)
    rebuild()
    assert _everything() == before


def test_a_measure_that_no_event_names_is_named(measure: Measure) -> None:
    forged = _ours()
    forged.pk, forged.number = PK + 1, 146
    forged.save(force_insert=True)
    lines = [drift.line for drift in audit()]
    assert "119/sres/146: held, and no event of the ledger names it" in lines


def _everything() -> list[object]:
    """All that is derived, and how many events there are."""
    return [
        list(Measure.objects.order_by("pk").values_list()),
        [list(part.objects.order_by("pk").values_list()) for part in (Action, Title, Subject, Law)],
        list(matching(Measure.objects.all(), "refugees Albania").values_list("pk", flat=True)),
        ChangeEvent.objects.count(),
    ]


def _unlinked(statement: str, pk: int) -> None:
    """As somebody with the database's own tools: without its rules on what refers to what."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(statement, [pk])
            cursor.execute("SET LOCAL session_replication_role = origin")
        return
    with connection.cursor() as cursor:
        cursor.execute(statement, [pk])  # checked at the end of the transaction, which no test reaches


def test_a_source_that_is_down_is_one_failure_however_many_folders_are_asked_for(
    monkeypatch: pytest.MonkeyPatch, settings: SimpleNamespace
) -> None:
    class Down:
        def sitemap(self, congress: int, type: str) -> dict[int, str]:
            raise SourceError("govinfo", f"sitemap of {congress}/{type}", "connection refused")

    settings.CONGRESSES, settings.MEASURE_TYPES = (119, 118), ("sres", "hres", "hr")
    monkeypatch.setattr(outside, "govinfo", Down)
    lines = [drift.line for drift in audit()]
    assert len(lines) == 6
    assert lines[0] == "govinfo: sitemap of 119/sres: connection refused"
    source = Source.objects.get(name="govinfo")
    assert (source.failures, source.error, source.rests_until) == (1, lines[0], None)
