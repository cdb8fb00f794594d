"""What every answer carries, what a log line holds, and what a reader sees when the database is away."""

from __future__ import annotations

import json
import logging

import pytest
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from pytest_django import Settings

from tracker.addresses import cut_address
from tracker.operate.access_log import shown_path

FAILURES = {
    "operational": OperationalError("could not connect to 10.1.2.3\nIs it running?"),
    "interface": InterfaceError("connection already closed"),
    "ours": OperationalError("no such column: ledger_measure.colour"),
}


def fail(request: HttpRequest, how: str) -> HttpResponse:
    raise FAILURES[how]


urlpatterns = [path("fail/<how>", fail), path("api/v1/fail/<how>", fail)]


@pytest.fixture
def failing(settings: Settings) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("how", ["operational", "interface"])
def test_a_database_that_is_away_is_a_503_that_says_when_to_come_again(failing: Client, how: str) -> None:
    answer = failing.get(f"/fail/{how}")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert answer.headers["Cache-Control"] == "no-store"
    assert b"Nothing is lost" in answer.content
    assert b"10.1.2.3" not in answer.content


def test_for_the_api_it_is_problem_json(failing: Client) -> None:
    answer = failing.get("/api/v1/fail/operational")
    assert answer.status_code == 503
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content)["status"] == 503


def test_a_mistake_of_ours_is_not_blamed_on_the_database(failing: Client) -> None:
    assert failing.get("/fail/ours").status_code == 500


@pytest.mark.parametrize("address", ["/healthz", "/fail/operational", "/nowhere"])
def test_every_answer_carries_the_headers_that_keep_a_browser_in_bounds(
    settings: Settings, address: str
) -> None:
    if address != "/healthz":
        settings.ROOT_URLCONF = __name__
    headers = Client(raise_request_exception=False).get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers
    assert "Set-Cookie" not in headers


def test_with_https_browsers_are_held_to_it_whatever_stands_in_front(
    client: Client, settings: Settings
) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    assert client.get("/healthz").headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("/measures/?q=iran&page=2", "/measures/?q=iran&page=2"),
        ("/accounts/set-password/MQ/secret-token/?next=/x", "/accounts/set-password/…"),
        ("/accounts/login/?next=/desk/", "/accounts/login/…"),
        ("/desk/?x=1", "/desk/"),
        ("/follow/leave/someones-token", "/follow/leave/…"),
    ],
)
def test_a_log_line_holds_no_secret_of_a_private_page(asked: str, shown: str) -> None:
    assert shown_path(RequestFactory().get(asked)) == shown


@pytest.mark.parametrize(
    ("address", "kept"),
    [("192.0.2.77", "192.0.2.0/24"), ("2001:db8:1:2:3::4", "2001:db8:1::/48"), ("", ""), ("unix", "")],
)
def test_a_log_keeps_no_whole_address(address: str, kept: str) -> None:
    assert cut_address(address) == kept


def test_a_request_is_one_line_and_a_monitor_that_is_content_is_none(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="tracker.requests"):
        client.get("/healthz")
        client.post("/healthz", REMOTE_ADDR="192.0.2.77")
    (line,) = [record for record in caplog.records if record.name == "tracker.requests"]
    assert "POST /healthz 405" in str(line.msg)
    assert "192.0.2.77" not in str(line.msg)
