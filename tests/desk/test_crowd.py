"""Every list of the desk on a desk of years: 11,448 measures and 5,000 entries, within 15 queries."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.desk import cast, crowd
from tests.desk.routes import ROUTES
from tracker.desk.models import Entry, User
from tracker.ledger.models import Measure

pytestmark = pytest.mark.django_db

MOST = 15
LISTS = sorted(
    f"/{route}"
    for route, rule in ROUTES.items()
    if route.startswith("desk/") and "GET" in rule.methods and "<" not in route
)
FILTERED = (
    "state=draft&state=in_review&kind=note&kind=key_points&sort=about&page=2",
    "author=me&q=rivers+banks",
    "author=drafts",
    "reviewer=anyone&sort=asked",
    "about=Member+Z000001&sort=created",
    "page=100",
)


@pytest.fixture(scope="module")
def desk(django_db_setup, django_db_blocker) -> Iterator[User]:
    """The full desk, once for this file; its admin."""
    with django_db_blocker.unblock(), transaction.atomic():
        ada = cast.an_admin()
        crowd.fill([ada, cast.a_contributor(), cast.an_editor(), cast.another_editor()])
        yield ada
        transaction.set_rollback(True)


def _cost(client: Client, path: str) -> tuple[int, str]:
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    assert answer.status_code in (200, 302), (path, answer.status_code)
    return len(asked), answer.content.decode()


@pytest.mark.parametrize("path", LISTS)
def test_a_list_of_the_desk_costs_few_queries(desk: User, path: str) -> None:
    assert (Measure.objects.count(), Entry.objects.count()) == (11_448, 5_000)
    cost, _ = _cost(cast.signed_in(desk), path)
    assert cost <= MOST, f"{path}: {cost} queries"


@pytest.mark.parametrize("query", FILTERED)
def test_the_list_of_entries_costs_as_few_however_it_is_filtered(desk: User, query: str) -> None:
    cost, text = _cost(cast.signed_in(desk), f"/desk/entries/?{query}")
    assert cost <= MOST, f"{query}: {cost} queries"
    assert len(re.findall("data-row", text)) <= 50


def test_the_pages_of_the_list_hold_every_entry_once(desk: User) -> None:
    client = cast.signed_in(desk)
    seen: list[str] = []
    for page in range(1, 100):
        text = client.get(f"/desk/entries/?state=draft&page={page}").content.decode()
        seen += re.findall(r'name="chosen" value="(\d+)"', text)
        if 'rel="next"' not in text:
            break
    drafts = Entry.objects.filter(state="draft")
    assert sorted(map(int, seen)) == sorted(drafts.values_list("pk", flat=True))


def test_counts_beside_the_choices_are_those_of_the_list(desk: User) -> None:
    client = cast.signed_in(desk)
    text = client.get("/desk/entries/?kind=note&q=lamps").content.decode()
    found = int(re.findall(r'id="count"[^>]*>([\d,]+)', text)[0].replace(",", ""))
    revised = Entry.objects.filter(kind="note")
    expected = sum(
        "lamps" in str((r := entry.revisions.get(number=entry.version)).fields) + r.title.lower()
        for entry in revised
    )
    assert found == expected > 0


def test_many_at_once_cost_a_bounded_number_to_name(desk: User) -> None:
    client = cast.signed_in(desk)
    chosen = list(Entry.objects.filter(state="draft").values_list("pk", flat=True)[:100])
    with CaptureQueriesContext(connection) as asked:
        client.post("/desk/entries/bulk/", {"do": "ask", "chosen": chosen})
    assert len(asked) <= MOST
