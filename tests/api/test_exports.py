"""Any list as a file: the whole of it, by the list's own filters, for spreadsheets and for programs."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client

from tests.builders import AGREED, COONS, INTRODUCED, REFERRED, billstatus, held, incoming
from tracker.api.exports import LISTS
from tracker.ledger.apply import apply

pytestmark = pytest.mark.django_db


def sent(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    return b"".join(answer.streaming_content).decode()


def table(client: Client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(sent(client, address), newline="")))


def test_a_list_of_many_pages_comes_whole_and_once(client: Client) -> None:
    apply([incoming(billstatus(number), number) for number in range(1, 602)])
    rows = [json.loads(line) for line in sent(client, "/api/v1/measures.jsonl").splitlines()]
    assert [row["number"] for row in rows] == list(range(1, 602))
    assert len(table(client, "/api/v1/measures.csv")) == 601
    assert len(sent(client, "/api/v1/changes.jsonl").splitlines()) == 601


def test_a_line_is_what_the_list_says(client: Client) -> None:
    held(cosponsors=[(COONS, "2025-03-27")], actions=[AGREED, REFERRED, INTRODUCED])
    (listed,) = client.get("/api/v1/measures").json()["results"]
    assert json.loads(sent(client, "/api/v1/measures.jsonl")) == listed
    (row,) = table(client, "/api/v1/measures.csv")
    assert row["id"] == "119/sres/145"
    assert row["status_code"] == "agreed_to"
    assert row["sponsor_member"] == "T000476"
    assert row["cosponsor_counts_by_party"] == "D 1"


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_every_list_has_both_forms_empty_or_not(client: Client, name: str, form: str) -> None:
    held(cosponsors=[(COONS, "2025-03-27")])
    text = sent(client, f"/api/v1/{name}.{form}")
    assert (
        text.startswith(("id", "code", "slug")) if form == "csv" else all(map(json.loads, text.splitlines()))
    )


def test_filters_choose_and_a_wrong_one_is_told_before_anything_is_sent(client: Client) -> None:
    held()
    held(146, title="A resolution on bridges.")
    assert [row["number"] for row in table(client, "/api/v1/measures.csv?q=bridges")] == ["146"]
    for query in ("type=zres", "limit=5", "cursor=x", "colour=red"):
        answer = client.get(f"/api/v1/measures.csv?{query}")
        assert answer.status_code == 400
        assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t"])
def test_no_cell_is_a_formula(client: Client, begin: str) -> None:
    held(title=f'{begin}HYPERLINK("http://example.org"),\n"x"')
    (row,) = table(client, "/api/v1/measures.csv")
    assert not row["title"].startswith(("=", "+", "-", "@", "\t"))
    assert "HYPERLINK" in row["title"]


def test_head_answers_without_a_body(client: Client) -> None:
    held()
    answer = client.head("/api/v1/measures.csv")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == b""


def test_a_file_is_offered_under_a_name_and_to_any_origin(client: Client) -> None:
    held()
    answer: Any = client.get("/api/v1/measures.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="measures.csv"'
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
