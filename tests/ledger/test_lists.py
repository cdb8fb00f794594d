"""Members, committees and seats that are altered behind the tracker's back are named, and put right from the lists kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
import time_machine

from tests.builders import held
from tracker.ledger import audit as auditing
from tracker.ledger import health, outside
from tracker.ledger.audit import audit
from tracker.ledger.models import ChangeEvent, Committee, CommitteeSeat, Document, Member, Source
from tracker.ledger.polling import run
from tracker.ledger.rebuild import rebuild
from tracker.sources.http import NotThere

pytestmark = pytest.mark.django_db

FIRST = b"""
- id: {bioguide: C000127, lis: S275}
  name: {first: Maria, last: Cantwell, official_full: Maria Cantwell}
  terms:
  - {type: sen, start: '2025-01-03', end: '2031-01-03', state: WA, class: 1, party: Democrat}
- id: {bioguide: K000383}
  name: {first: Angus, last: King, suffix: Jr.}
  terms:
  - {type: sen, start: 2025-01-03, end: 2031-01-03, state: ME, party: Independent}
"""
SECOND = FIRST.replace(b"Maria Cantwell", b"Maria E. Cantwell")
FILES = {
    "legislators-current": FIRST,
    "committees-current": b"- {type: senate, name: Senate Committee on Foreign Relations, thomas_id: SSFR}\n",
    "committee-membership-current": b"SSFR:\n- {name: Maria Cantwell, party: minority, rank: 1, bioguide: C000127}\n",
}


class Lists:
    """The lists as files; those that have not changed since are not sent again."""

    def __init__(self) -> None:
        self.files = dict(FILES)

    def file(self, name: str, etag: str | None, last_modified: str | None) -> SimpleNamespace | None:
        if name not in self.files:
            raise NotThere(health.LEGISLATORS, name, "not there (404)", status=404)
        body = self.files[name]
        if etag == Document.digest(body):
            return None
        url = f"https://lists.example/{name}.yaml"
        return SimpleNamespace(
            body=body, url=url, etag=Document.digest(body), last_modified=None, fetched_at=datetime.now(UTC)
        )


@pytest.fixture
def lists(monkeypatch: pytest.MonkeyPatch, settings: SimpleNamespace) -> Lists:
    source = Lists()
    settings.CONGRESSES = ()
    monkeypatch.setattr(outside, "legislators", lambda: source)
    monkeypatch.setattr(auditing, "fetch_due", lambda *args, **kwargs: None)
    for name in ("poll_govinfo", "poll_house", "poll_senate"):
        monkeypatch.setattr(run, name, lambda source, report, marks, **_: marks)
    _poll("2026-02-01")
    return source


def _poll(day: str) -> None:
    with time_machine.travel(f"{day}T12:00:00Z", tick=False):
        run.poll(take_over=True)


def _rows() -> list[list[object]]:
    seats = CommitteeSeat.objects.order_by("committee", "member")
    return [
        list(Member.objects.order_by("pk").values()),
        list(Committee.objects.order_by("pk").values()),
        list(seats.values("committee", "member", "side", "rank", "title")),
    ]


ALTERATIONS: dict[str, Callable[[], object]] = {
    "member C000127: differs from the list kept in party, state": lambda: Member.objects.filter(
        pk="C000127"
    ).update(party="R", state="TX"),
    "member K000383: in a list kept, and its row is gone": lambda: Member.objects.filter(
        pk="K000383"
    ).delete(),
    "committee ssfr00: differs from the list kept in name": lambda: Committee.objects.update(name="Another"),
    "seat C000127 on ssfr00: in a list kept, and its row is gone": lambda: (
        CommitteeSeat.objects.all().delete()
    ),
    "seat K000383 on ssfr00: held, and in no list kept": lambda: CommitteeSeat.objects.create(
        committee="ssfr00", member="K000383", side="majority"
    ),
}


@time_machine.travel("2026-02-01T13:00:00Z")
@pytest.mark.parametrize("line", ALTERATIONS)
def test_what_is_altered_is_named_and_put_right_without_an_event(line: str, lists: Lists) -> None:
    before, events = _rows(), ChangeEvent.objects.count()
    assert audit() == []
    ALTERATIONS[line]()
    altered = _rows()
    assert [drift.line for drift in audit()] == [line]
    assert _rows() == altered  # looking changes nothing
    assert [drift.line for drift in audit(repair=True)] == [line]
    assert _rows() == before
    ALTERATIONS[line]()
    rebuild()
    assert _rows() == before
    assert (audit(), ChangeEvent.objects.count()) == ([], events)


def test_of_two_lists_kept_the_one_taken_last_counts_and_not_the_one_fetched_last(lists: Lists) -> None:
    lists.files["legislators-current"] = SECOND
    _poll("2026-02-02")
    lists.files["legislators-current"] = (
        FIRST  # taken back at the source: its content is kept since the first day
    )
    _poll("2026-02-03")
    assert Member.objects.get(pk="C000127").name == "Maria Cantwell"
    with time_machine.travel("2026-02-03T13:00:00Z"):
        assert audit() == []


def test_lists_taken_before_their_digests_were_marked_are_found_by_address(lists: Lists) -> None:
    row = Source.objects.get(pk=health.LEGISLATORS)
    row.marks = {key: value for key, value in row.marks.items() if "sha256" not in key}
    row.save()
    Member.objects.update(party="X")
    with time_machine.travel("2026-02-01T13:00:00Z"):
        assert len(audit()) == 2


@time_machine.travel("2026-02-01T13:00:00Z")
def test_who_is_known_from_measures_alone_is_no_drift(lists: Lists) -> None:
    held()
    assert Member.objects.filter(from_list=False).exists()
    assert audit() == []


def test_a_term_that_ended_since_is_seen_though_the_list_has_not_changed(lists: Lists) -> None:
    with time_machine.travel("2031-02-01T13:00:00Z"):
        assert {drift.line for drift in audit(repair=True)} >= {
            "member C000127: differs from the list kept in sitting"
        }
    assert not Member.objects.get(pk="C000127").sitting
