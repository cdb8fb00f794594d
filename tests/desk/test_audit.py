"""The audit as admins read it: filtered, paged, and taken away as CSV that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import resolve
from hypothesis import given
from hypothesis import strategies as st

from tests.desk import cast
from tests.pages.reading import visible
from tracker.csv_lines import harmless
from tracker.desk import acts
from tracker.desk.models import Act, User
from tracker.desk.views.audit import COLUMNS

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(admin: User, editor: User) -> None:
    with time_machine.travel(datetime(2026, 3, 1, 23, 59, tzinfo=UTC), tick=False):
        acts.record(
            editor, "save_entry", "entry/17", "Saved revision 3", before={"number": 2}, after={"number": 3}
        )
    with time_machine.travel(datetime(2026, 3, 2, 0, 0, tzinfo=UTC), tick=False):
        acts.record(None, "add_account", "account/1", "Added by <command>")
        with acts.coming_from("203.0.113.9"):
            acts.record(admin, "assign", "119/sres/145", "=HYPERLINK(evil)")


def _summaries(client: Client, query: str = "") -> list[str]:
    page = client.get(f"/desk/audit/{query}").content.decode()
    return re.findall(r'<th scope="row"><bdi>(.*?)</bdi>', page)


def _exported(client: Client, **filters: str) -> list[dict[str, str]]:
    answer = client.post("/desk/audit/export/", filters)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))


def test_each_act_says_who_what_when_and_from_where(admin: User, told: None) -> None:
    page = cast.signed_in(admin).get("/desk/audit/").content.decode()
    words = visible(page)
    assert "Mar 2, 2026 00:00:00 Ada Admin =HYPERLINK(evil) assign 119/sres/145 203.0.113.0/24" in words
    assert "nobody signed in, or a command Added by <command> add_account" in words
    assert 'href="/desk/entries/17/"' in page
    assert 'href="/measures/119/sres/145/"' in page


@pytest.mark.parametrize(
    ("object", "page"),
    [
        ("topic/1", "/desk/topics/1/"),
        ("list/1", "/desk/lists/"),
        ("by_hand/1", "/desk/by-hand/1/"),
        ("webhook/1", "/desk/webhooks/1/"),
        ("account/1", "/desk/accounts/1/"),
    ],
)
def test_what_was_acted_on_leads_to_its_page(admin: User, object: str, page: str) -> None:
    with transaction.atomic():
        acts.record(admin, "change", object, "Changed it")
    assert f'<a href="{page}">{object}</a>' in cast.signed_in(admin).get("/desk/audit/").content.decode()
    resolve(page)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["=HYPERLINK(evil)", "Added by &lt;command&gt;", "Saved revision 3"]),
        ("?verb=assign", ["=HYPERLINK(evil)"]),
        ("?object=entry/17", ["Saved revision 3"]),
        ("?object=entry/1", []),
        ("?by=nobody", ["Added by &lt;command&gt;"]),
        ("?after=2026-03-02", ["=HYPERLINK(evil)", "Added by &lt;command&gt;"]),
        ("?before=2026-03-01", ["Saved revision 3"]),
        ("?after=2026-03-01&before=2026-03-01", ["Saved revision 3"]),
        ("?by=999999999999999999", []),
    ],
)
def test_filters(admin: User, told: None, query: str, found: list[str]) -> None:
    assert _summaries(cast.signed_in(admin), query) == found


def test_by_a_person(admin: User, editor: User, told: None) -> None:
    assert _summaries(cast.signed_in(admin), f"?by={editor.pk}") == ["Saved revision 3"]


@pytest.mark.parametrize(
    "query", ["?after=yesterday", "?before=2026-02-30", "?by=x", "?till=x", "?by=9'--", "?after=0001-01-01"]
)
def test_a_filter_that_cannot_be_is_named_and_kept(admin: User, query: str) -> None:
    answer = cast.signed_in(admin).get(f"/desk/audit/{query}")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()


def test_pages_by_cursor_show_each_act_once(admin: User) -> None:
    for number in range(120):
        acts.record(admin, "assign", f"topic/{number}", f"Number {number}")
    client, seen, query = cast.signed_in(admin), [], "?verb=assign"
    while query:
        page = client.get(f"/desk/audit/{query}").content.decode()
        seen += re.findall(r"<bdi>Number (\d+)</bdi>", page)
        acts.record(admin, "assign", "topic/9", "A newer one")  # moves no page that is read by cursor
        older = re.search(r'href="/desk/audit/(\?[^"]*till=\d+)" rel="next"', page)
        query = older[1].replace("&amp;", "&") if older else ""
    assert seen == [str(number) for number in reversed(range(120))]


def test_it_is_taken_away_as_csv_and_that_is_an_act_too(admin: User, told: None) -> None:
    client = cast.signed_in(admin)
    rows = _exported(client)
    assert tuple(rows[0]) == COLUMNS
    assert [row["verb"] for row in rows] == ["export_audit", "assign", "add_account", "save_entry"]
    assert rows[1]["summary"] == "'=HYPERLINK(evil)"
    assert (rows[1]["called"], rows[1]["from"]) == ("Ada Admin", "203.0.113.0/24")
    assert rows[3]["before"] == '{"number": 2}'
    assert [row["verb"] for row in _exported(client, verb="assign")] == ["assign"]
    assert Act.objects.filter(verb="export_audit", by=admin).count() == 2


def test_an_export_with_a_wrong_filter_takes_nothing_away(admin: User) -> None:
    assert cast.signed_in(admin).post("/desk/audit/export/", {"after": "x"}).status_code == 400
    assert not Act.objects.exists()


@given(st.text())
def test_no_cell_begins_like_a_formula(text: str) -> None:
    cell = harmless(text)
    assert not re.match(r"[=+\-@\t\r]", cell)
    assert cell.removeprefix("'") == text.removeprefix("'") or cell == text


@pytest.mark.parametrize("begin", "=+-@\t\r")
def test_each_beginning_of_a_formula_is_taken_for_words(begin: str) -> None:
    assert harmless(f"{begin}1+1") == f"'{begin}1+1"


def test_a_page_costs_the_same_however_many_acts_there_are(
    admin: User, editor: User, django_assert_max_num_queries: object
) -> None:
    for number in range(200):
        acts.record(admin if number % 2 else editor, "assign", f"topic/{number}", "x")
    client = cast.signed_in(admin)
    with django_assert_max_num_queries(10):
        client.get("/desk/audit/")
