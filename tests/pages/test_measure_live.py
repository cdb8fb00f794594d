"""An open page of a measure: what it costs to ask whether anything is new, and what it is told."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.builders import AGREED, COONS, INTRODUCED, REFERRED, held
from tests.pages.reading import visible
from tracker.ledger.models import ChangeEvent

pytestmark = pytest.mark.django_db

PAGE = "/measures/119/sres/145/"
LATER = "2025-06-03T10:00:00Z"


def last() -> int:
    return ChangeEvent.objects.order_by("pk").last().pk


def ask(address: str) -> HttpResponse:
    """As htmx asks on an open page."""
    return Client().get(address, headers={"HX-Request": "true"})


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}changes/", f"{PAGE}text/", "/embed/119/sres/145/"])
def test_a_page_of_a_measure_that_did_not_change_costs_one_query(
    path: str, django_assert_num_queries
) -> None:
    held()
    etag = Client().get(path)["ETag"]
    with django_assert_num_queries(1):
        assert Client().get(path, headers={"If-None-Match": etag}).status_code == 304


def test_nothing_new_is_one_row_found_by_its_key(django_assert_num_queries) -> None:
    held()
    known = last()
    with django_assert_num_queries(1) as asked:
        response = ask(f"{PAGE}changes/?after={known}")
    assert (response.status_code, response.content) == (204, b"")
    assert "no-store" in response["Cache-Control"]
    (statement,) = (query["sql"] for query in asked.captured_queries)
    assert "JOIN" not in statement
    assert '"ledger_measure"."id" = ' in statement


def test_the_page_asks_after_the_change_it_knows_last_and_is_told_what_came() -> None:
    held()
    page = Client().get(PAGE).content.decode()
    (look,) = re.findall(r'hx-get="(.*?)"', page)
    assert look == f"{PAGE}changes/?after={last()}"
    held(updated_at=LATER, cosponsors=[(COONS, "2025-06-02")], actions=[AGREED, REFERRED, INTRODUCED])
    held(146)
    told = ask(look).content.decode()
    assert "Changed since you opened this page." in visible(told)
    assert "joined as cosponsor" in visible(told)
    assert "146" not in told
    assert f"after={last() - 1}" in told  # where it will ask next; the last change is of another measure
    assert ask(f"{PAGE}changes/?after={last() - 1}").status_code == 204


def test_a_page_of_another_day_stands_still() -> None:
    held()
    page = Client().get(f"{PAGE}?on=2025-05-01").content.decode()
    assert "hx-get" not in page


def test_without_script_the_address_leads_to_all_changes() -> None:
    held()
    response = Client().get(f"{PAGE}changes/?after=1")
    assert (response.status_code, response["Location"]) == (302, f"{PAGE}changes/")


@pytest.mark.parametrize("after", ["x", "-1", "9" * 19])
def test_what_is_no_number_of_a_change_is_told_so(after: str) -> None:
    held()
    assert ask(f"{PAGE}changes/?after={after}").status_code == 400


def test_a_measure_that_is_not_held_has_no_news() -> None:
    assert ask("/measures/119/sres/999/changes/?after=1").status_code == 404
