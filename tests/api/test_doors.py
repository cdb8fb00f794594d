"""What every address of the API does alike: any origin, HEAD, validators, limits, and errors as problems."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client

from tests.api.conftest import Reader
from tests.api.holding import FIRST_SEEN, hold, record
from tracker.api import state, throttle
from tracker.ledger.models import Measure

pytestmark = pytest.mark.django_db

PATHS = [
    "/",
    "/measures",
    "/measures/119/sres/145",
    "/measures/119/sres/145/changes",
    "/changes",
    "/members",
    "/members/T000476",
    "/committees",
    "/committees/ssfr00",
    "/sources",
    "/stats",
    "/openapi.json",
]


@pytest.fixture(autouse=True)
def held() -> None:
    hold(record())


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_may_be_kept_and_asked_for_again(reader: Reader, path: str) -> None:
    first = reader.ask(path)
    assert first.status_code == 200
    assert first.headers["Content-Type"] == "application/json"
    assert first.headers["Cache-Control"].startswith("public, max-age=")
    again = reader.ask(path, If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]


@pytest.mark.parametrize("path", PATHS)
def test_any_origin_may_read_and_no_cookie_is_set(reader: Reader, path: str) -> None:
    response = reader.ask(path, Origin="https://elsewhere.example")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in response.headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("path", PATHS)
def test_head_tells_of_an_answer_without_it(reader: Reader, path: str) -> None:
    full = reader.ask(path)
    head = reader.client.head(f"/api/v1{path}")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == str(len(full.content))
    assert head.headers["ETag"] == full.headers["ETag"]


@pytest.mark.parametrize("path", PATHS)
def test_an_unknown_parameter_is_refused_everywhere(reader: Reader, path: str) -> None:
    assert reader.problem(f"{path}?colour=red", 400)["parameter"] == "colour"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(path: str, method: str) -> None:
    response = getattr(Client(enforce_csrf_checks=True), method)(f"/api/v1{path}")
    assert response.status_code == 405
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_a_browser_may_ask_beforehand() -> None:
    response = Client().options(
        "/api/v1/measures",
        headers={"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"},
    )
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in response.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize(
    "path", ["/nothing", "/measures/119", "/measures/", "/members/N000000", "/committees/x", "/vote"]
)
def test_what_is_not_there_is_a_problem(reader: Reader, path: str) -> None:
    reader.problem(path, 404)
    assert reader.ask(path).headers["Access-Control-Allow-Origin"] == "*"


def test_a_fault_of_ours_is_a_problem_without_a_trace(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state, "counts", lambda: 1 / 0)
    problem = reader.problem("/stats", 500)
    assert "division" not in str(problem)


def test_a_database_that_does_not_answer_is_said_so(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    def down() -> None:
        raise OperationalError("connection refused\nsecond line")

    monkeypatch.setattr(state, "counts", down)
    problem = reader.problem("/stats", 503)
    assert "refused" not in str(problem)
    assert reader.ask("/stats").headers["Retry-After"] == "30"


# Validators


def test_a_change_makes_another_validator(reader: Reader) -> None:
    paths = ["/measures", "/measures/119/sres/145", "/measures/119/sres/145/changes", "/changes", "/stats"]
    before = {path: reader.ask(path).headers["ETag"] for path in paths}
    hold(record(title="Another.", updated_at="2025-05-01T08:00:00Z"))
    after = {path: reader.ask(path).headers["ETag"] for path in paths}
    assert [path for path in paths if before[path] == after[path]] == []


def test_another_document_that_says_the_same_makes_another_validator(reader: Reader) -> None:
    """It makes no event, but `source` shows it."""
    before = reader.ask("/measures/119/sres/145")
    hold(record(updated_at="2025-05-01T08:00:00Z"))
    after = reader.ask("/measures/119/sres/145", If_None_Match=before.headers["ETag"])
    assert after.status_code == 200
    assert after.json()["source"]["updated_at"] == "2025-05-01T08:00:00Z"


def test_other_measures_leave_a_measures_validator_alone(reader: Reader) -> None:
    before = reader.ask("/measures/119/sres/145")
    hold(record("119/sres/146"))
    assert reader.ask("/measures/119/sres/145", If_None_Match=before.headers["ETag"]).status_code == 304


def test_each_question_has_its_own_validator(reader: Reader) -> None:
    questions = ["/measures", "/measures?limit=1", "/measures?limit=2", "/measures?type=sres", "/changes"]
    assert len({reader.ask(question).headers["ETag"] for question in questions}) == len(questions)


@pytest.mark.parametrize("path", ["/measures", "/measures/119/sres/145", "/changes"])
def test_not_modified_costs_one_query(reader: Reader, path: str, django_assert_num_queries: Any) -> None:
    tag = reader.ask(path).headers["ETag"]
    with django_assert_num_queries(1):
        assert reader.ask(path, If_None_Match=tag).status_code == 304


@pytest.mark.parametrize(
    "path", ["/measures", "/measures/119/sres/145", "/measures/119/sres/145/changes", "/changes"]
)
def test_a_crowd_with_one_question_costs_one_query_each(
    reader: Reader, path: str, django_assert_num_queries: Any
) -> None:
    first = reader.get(path)
    with django_assert_num_queries(1):
        assert reader.get(path) == first


def test_links_to_further_pages_lead_where_the_reader_came_from(reader: Reader, settings: Any) -> None:
    hold(record("119/sres/146"))
    settings.SITE_URL = "https://whereas.example"
    settings.ALLOWED_HOSTS = ["testserver", "whereas.example"]
    page = reader.get("/measures?limit=1")
    assert page["next"].startswith("http://testserver/api/v1/measures?limit=1&cursor=")
    assert page["results"][0]["url"].startswith("https://whereas.example/measures/")
    by_name = Client().get("/api/v1/measures?limit=1", headers={"host": "whereas.example"}).json()
    assert by_name["next"].startswith("https://whereas.example/api/v1/")  # though the proxy spoke http to us


# Limits


def test_an_address_that_reads_too_often_is_told_when_to_come_again(
    reader: Reader, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.API_READS_PER_MINUTE = 3
    monkeypatch.setattr(throttle.time, "time", lambda: 600.0 + 20)
    assert [reader.ask("/stats").status_code for _ in range(4)] == [200, 200, 200, 429]
    response = reader.ask("/stats")
    assert response.headers["Retry-After"] == "40"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert reader.problem("/measures", 429)["title"] == "Too Many Requests"
    assert Client(REMOTE_ADDR="192.0.2.9").get("/api/v1/stats").status_code == 200
    monkeypatch.setattr(throttle.time, "time", lambda: 660.0)
    assert reader.ask("/stats").status_code == 200


def test_no_limit_counts_nothing(reader: Reader, settings: Any) -> None:
    settings.API_READS_PER_MINUTE = 0
    assert {reader.ask("/stats").status_code for _ in range(5)} == {200}


def test_a_forwarding_header_of_a_stranger_changes_nobodys_address(settings: Any) -> None:
    settings.API_READS_PER_MINUTE = 2
    asked = [
        Client().get("/api/v1/stats", headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code
        for n in range(3)
    ]
    assert asked == [200, 200, 429]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("192.0.2.1", "::ffff:192.0.2.1", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("", "/run/web.sock", True),
    ],
)
def test_who_counts_as_one_reader(settings: Any, one: str, other: str, same: bool) -> None:
    settings.API_READS_PER_MINUTE = 1
    assert throttle.seconds_to_wait(one) is None
    assert (throttle.seconds_to_wait(other) is not None) is same


def test_a_cache_that_fails_limits_nobody_and_hides_nothing(
    reader: Reader, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(*_: Any, **__: Any) -> None:
        raise ConnectionError("no route to host")

    settings.API_READS_PER_MINUTE = 1
    for name in ("add", "incr", "get", "set"):
        monkeypatch.setattr(cache, name, unreachable)
    assert {reader.ask(path).status_code for path in PATHS} == {200}


# Hostile questions

HOSTILE = [
    "a" * 10_000,
    "%00",
    "%ff%fe",
    "' OR 1=1 --",
    '"',
    'a"b',
    "AND OR NOT NEAR(",
    "x:y*",
    "-",
    "{title}: iran",
    "%25_%5C",
    "\U0001f5f3",
    "٣",
    "1e999",
    "../../etc/passwd",
    "<script>alert(1)</script>",
]
NAMES = [
    "q",
    "type",
    "congress",
    "subject",
    "sponsor",
    "sort",
    "introduced_after",
    "updated_since",
    "cursor",
    "limit",
    "x",
]


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_is_asked_is_answered_or_refused(reader: Reader, value: str) -> None:
    for path in ("/measures", "/changes", "/members", "/committees", "/measures/119/sres/145"):
        for name in [*NAMES, "as_of", "on", "since", "kind", "state", "district"]:
            assert reader.ask(f"{path}?{name}={value}").status_code in (200, 400), (path, name)


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_is_named_is_found_or_not(reader: Reader, value: str) -> None:
    for path in ("/members/", "/committees/", "/measures/119/sres/", "/measures/119/"):
        assert reader.ask(f"{path}{value}").status_code in (400, 404)


def test_more_parameters_than_anyone_needs_are_refused(reader: Reader) -> None:
    reader.problem("/measures?" + "&".join(f"type=hr&x{n}=1" for n in range(400)), 400)


def test_the_ledger_is_as_it_was(reader: Reader) -> None:
    assert Measure.objects.get().seen_at == FIRST_SEEN


def test_a_host_that_is_not_ours_is_told_so_as_a_problem(client, settings) -> None:
    settings.ALLOWED_HOSTS = ["whereas.example.org"]
    answer = client.get("/api/v1/stats", headers={"Host": "evil.example"})
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert b"evil" not in answer.content
    page = client.get("/", headers={"Host": "evil.example"})
    assert (page.status_code, page["Content-Type"].partition(";")[0]) == (400, "text/html")


# Packed


@pytest.mark.parametrize("path", ["/measures", "/stats", "/measures.jsonl", "/measures.csv"])
def test_an_answer_is_packed_for_whoever_unpacks_it(path: str) -> None:
    def asked(accepted: str) -> tuple[bytes, Any]:
        response = Client().get(f"/api/v1{path}", headers={"Accept-Encoding": accepted})
        assert "Accept-Encoding" in response.headers["Vary"]
        return b"".join(response.streaming_content) if response.streaming else response.content, response

    plain, _ = asked("identity, gzip;q=0")
    body, response = asked("br, gzip")
    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == plain
    assert plain.startswith((b"{", b"id,"))


def test_packed_or_not_it_is_the_same_answer(reader: Reader) -> None:
    tag = reader.ask("/measures", Accept_Encoding="gzip").headers["ETag"]
    assert reader.ask("/measures", If_None_Match=tag).status_code == 304
