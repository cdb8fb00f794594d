"""The whole product as `make run` starts it: a worker loads and polls the replayed sources, an open page shows what changed."""

from __future__ import annotations

import json
import sqlite3
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.conftest import find_broker, find_chromium
from tests.operate.programs import Running
from tests.replay import Replay

pytestmark = pytest.mark.real_data

BEGIN, LATER = "2025-06-01T00:00:00Z", "2025-06-06T12:00:00Z"
TYPES = ("sres", "sconres")
SECONDS = 90  # for a load of 500 measures, or a poll, on a busy machine


def stats(site: Running) -> dict:
    return json.loads(_get(f"{site.url}/api/v1/stats"))


def started(replay: Replay, var: Path, **settings: str) -> Running:
    return Running(
        var,
        GOVINFO_URL=replay.url,
        LEGISLATORS_URL=replay.url,
        HOUSE_CLERK_URL=replay.url,
        SENATE_URL=replay.url,
        CONGRESS_API_URL=f"{replay.url}/v3",
        PACE_SECONDS="0",
        POLL_SECONDS="5",
        CONGRESSES="119",
        **settings,
    )


@pytest.fixture
def replay():
    with Replay.start(("congress-119",), BEGIN) as running:
        yield running


@pytest.mark.parametrize(
    "broker",
    [
        "embedded",
        pytest.param("rabbitmq", marks=pytest.mark.broker("rabbitmq")),
        pytest.param("redis", marks=pytest.mark.broker("redis")),
    ],
)
def test_a_worker_loads_and_polls_by_itself(broker: str, replay: Replay, tmp_path: Path) -> None:
    over = {} if broker == "embedded" else {"CELERY_BROKER_URL": find_broker(broker)}
    with started(replay, tmp_path / "var", MEASURE_TYPES=",".join(TYPES), **over) as site:
        site.wait_until_it_answers()
        wait_until_held(replay, site)
        kinds = stats(site)["changes"]
        # What came with Whereas is in the log, and no news.
        assert set(kinds) == {"loaded", "entry_published"}
        replay.clock(LATER)
        wait_until_held(replay, site)
        assert stats(site)["changes"]["introduced"] > 0


@pytest.mark.browser
def test_a_change_appears_on_an_open_page_after_a_real_poll_by_a_real_worker(
    replay: Replay, tmp_path: Path
) -> None:
    with (
        started(replay, tmp_path / "var", MEASURE_TYPES=",".join(TYPES)) as site,
        sync_playwright() as playwright,
    ):
        site.wait_until_it_answers()
        wait_until_held(replay, site)
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        page = browser.new_page()
        elsewhere: list[str] = []
        page.on("request", lambda r: None if r.url.startswith(site.url) else elsewhere.append(r.url))
        page.goto(f"{site.url}/changes/")
        expect(page.locator(".event.new")).to_have_count(0)
        replay.clock(LATER)
        expect(page.locator(".event.new").first).to_be_visible(timeout=SECONDS * 1000)
        assert elsewhere == []
        browser.close()


def wait_until_held(replay: Replay, site: Running) -> None:
    """Until every measure of TYPES that the sources list now is held, and no file is due."""
    listed = {
        type: _get(f"{replay.url}/sitemap/bulkdata/BILLSTATUS/119{type}/sitemap.xml").count("<url>")
        for type in TYPES
    }
    until, held, due = time.monotonic() + SECONDS, {}, None
    while time.monotonic() < until:
        measures = (
            "SELECT count(*) FROM ledger_measure WHERE congress = 119 AND origin = 'official' AND type = ?"
        )
        held = {type: count(site, measures, type) for type in TYPES}
        due = count(site, "SELECT count(*) FROM ledger_duefetch")
        if held == listed and not due:
            return
        time.sleep(1)
    raise AssertionError(f"after {SECONDS} s: held {held}, listed {listed}, due {due}\n{site.said()}")


def count(site: Running, query: str, *values: str) -> int:
    with closing(sqlite3.connect(site.var / "whereas.sqlite3")) as database:
        return database.execute(query, values).fetchone()[0]


def _get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return answer.read().decode()
