"""The card that other sites frame, and that no other page may be framed."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.builders import COONS, CRUZ, held

pytestmark = pytest.mark.django_db

CARD = "/embed/119/sres/145/"


def test_the_card_says_where_a_measure_stands_and_who_stands_behind_it(client: Client) -> None:
    held(cosponsors=[(COONS, "2025-03-27"), (CRUZ, "2025-03-27")])
    page = client.get(CARD).content.decode()
    assert "S.Res. 145" in page
    assert "The Senate referred it to its Foreign Relations Committee" in page
    assert "2 cosponsors: 1 D, 1 R" in page
    assert "<script" not in page


def test_anybody_may_frame_the_card_and_nobody_anything_else(client: Client) -> None:
    held()
    card, page = client.get(CARD), client.get("/measures/119/sres/145/")
    assert "frame-ancestors *" in card["Content-Security-Policy"]
    assert "default-src 'none'" in card["Content-Security-Policy"]
    assert "X-Frame-Options" not in card
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"


def test_the_card_is_kept_by_caches_and_changes_with_the_measure(client: Client) -> None:
    held()
    first = client.get(CARD)
    assert "public" in first["Cache-Control"]
    assert client.get(CARD, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    held(updated_at="2025-06-03T10:00:00Z", cosponsors=[(COONS, "2025-06-02")])
    assert client.get(CARD, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200


def test_a_card_of_what_is_not_held_is_not_there(client: Client) -> None:
    assert client.get("/embed/119/sres/999/").status_code == 404
