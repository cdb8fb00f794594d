"""`POST /check`: an article in, what the record says of it out; bounds and mistakes told plainly."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from tests.api.holding import WARNOCK, cosponsor, hold, record
from tracker.ledger.models import ChangeEvent, Document
from tracker.press import limits

pytestmark = pytest.mark.django_db

ARTICLE = "Senate Resolution 145 was introduced by Sen. Thom Tillis on March 28."


@pytest.fixture(autouse=True)
def held() -> None:
    hold(record(cosponsors=(cosponsor(WARNOCK),)))


def post(body: Any, content_type: str = "application/json", **headers: str) -> Any:
    sent = body if isinstance(body, (str, bytes)) else json.dumps(body)
    return Client(enforce_csrf_checks=True).post(
        "/api/v1/check", sent, content_type=content_type, headers=headers
    )


def test_an_article_is_answered_as_the_contract_has_it() -> None:
    response = post({"text": ARTICLE, "date": "2025-05-01"})
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies
    answer = response.json()
    assert list(answer) == ["date", "measures", "claims"]
    assert answer["date"] == "2025-05-01"
    (cited,) = answer["measures"]
    assert list(cited) == ["cited_as", "at", "measure", "sure", "why"]
    assert (cited["cited_as"], cited["at"], cited["measure"], cited["sure"]) == (
        "Senate Resolution 145",
        [0, 21],
        "119/sres/145",
        True,
    )
    claims = {claim["kind"]: claim for claim in answer["claims"]}
    assert list(claims["sponsor"]) == [
        "kind",
        "measure",
        "quote",
        "at",
        "verdict",
        "record",
        "evidence",
        "note",
    ]
    assert (claims["sponsor"]["quote"], claims["sponsor"]["verdict"]) == ("Sen. Thom Tillis", "true")
    assert claims["sponsor"]["evidence"] == "http://testserver/measures/119/sres/145/"
    assert (claims["introduced_on"]["verdict"], claims["introduced_on"]["record"]) == ("false", "2025-03-27")
    for claim in answer["claims"]:
        assert ARTICLE[slice(*claim["at"])] == claim["quote"]


def test_nothing_of_an_article_is_kept() -> None:
    before = (Document.objects.count(), ChangeEvent.objects.count())
    post({"text": ARTICLE})
    assert (Document.objects.count(), ChangeEvent.objects.count()) == before


BAD = [
    ("{", "application/json", 400, None),
    ({"words": "x"}, "application/json", 400, None),
    ({"text": 5}, "application/json", 400, None),
    ({"text": "x", "colour": "red"}, "application/json", 400, None),
    ({"text": "x", "date": "2025-02-30"}, "application/json", 400, "date"),
    ({"text": "x", "date": "yesterday"}, "application/json", 400, "date"),
    (b'{"text": "\xff"}', "application/json", 400, None),
    ({"text": "x"}, "text/plain", 415, None),
    ({"text": "x" * 1_000_001}, "application/json", 413, "text"),
    ({"text": "x" * 2_200_000}, "application/json", 413, "text"),
]


@pytest.mark.parametrize(("body", "content_type", "status", "parameter"), BAD)
def test_a_mistake_is_a_problem_that_names_it(
    body: Any, content_type: str, status: int, parameter: str | None
) -> None:
    response = post(body, content_type)
    assert (response.status_code, response.headers["Content-Type"]) == (status, "application/problem+json")
    problem = response.json()
    assert problem["parameter"] == parameter
    assert problem["detail"]


def test_only_posts_are_answered_and_a_browser_is_told_so() -> None:
    response = Client().get("/api/v1/check")
    assert (response.status_code, response.headers["Allow"]) == (405, "POST, OPTIONS")
    asked = Client().options("/api/v1/check")
    assert (asked.status_code, asked.headers["Access-Control-Allow-Methods"]) == (204, "POST, OPTIONS")


def test_one_address_cannot_have_articles_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CHECKS_PER_MINUTE", 2)
    statuses = [post({"text": "x"}).status_code for _ in range(4)]
    assert statuses in ([200, 200, 429, 429], [200, 200, 200, 429], [200, 200, 429, 200])  # a minute may turn
    if statuses[-1] == 429:
        assert int(post({"text": "x"}).headers["Retry-After"]) <= 60
