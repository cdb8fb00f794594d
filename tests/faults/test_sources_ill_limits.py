"""What ill sources may cost: no request before they allow one, no more than the limits, and nothing sent elsewhere.

RELIABILITY, section 3: S2, S4, S5, S7, S17 and S18.
"""

from __future__ import annotations

import email.utils
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.faults.ailing import (
    API_ITEM,
    API_LIST,
    FILE,
    INDEX,
    LATER,
    LOADED,
    MEMBERS,
    SITEMAP,
    SMALL,
    ZIP,
    Sources,
    assert_marked,
    assert_told_in_lines,
    assert_well,
    folder_of_two_types,
    kinds,
    record,
    validators,
    whole,
)
from tests.faults.installation import Installation
from tests.replay import Replay
from tests.sources.loopback import Loopback
from tracker.ledger import health, outside
from tracker.ledger.models import Document, DueFetch, Measure, Source
from tracker.sources.http import Fetcher
from tracker.sources.pauses import Pace

pytestmark = [pytest.mark.real_data, pytest.mark.django_db]

KEY = "planted-key-of-a-test"


@pytest.fixture
def trap() -> Iterator[Loopback]:
    """A server that nobody may ask."""
    listening = Loopback()
    yield listening
    listening.stop()


def served(sources: Sources) -> int:
    return sources.replay.stats()["requests"]


@pytest.fixture
def slept(monkeypatch) -> list[float]:
    """The pauses that were made between tries, in seconds; none of them is waited for."""
    pauses: list[float] = []
    fetcher = Fetcher(
        site_url="http://testserver",
        version="0",
        pace_seconds=0,
        limits=SMALL,
        pace=Pace(),
        sleep=pauses.append,
        jitter=lambda: 1.0,
    )
    monkeypatch.setattr(outside, "fetcher", lambda: fetcher)
    return pauses


# S2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 406, 410, 429, 500, 502, 503, 504])
def test_a_refusal_is_said_with_its_status_and_heals(status, sources):
    sources.go(LATER)
    before, kept = record(), validators()
    sources.replay.faults(sources.ill(FILE, "status", status=status))
    asked = sources.replay.stats()["file"]
    failed = sources.poll()
    # five lists of members; three files give the source up, each tried five times at most
    assert sources.replay.stats()["file"] - asked <= 20
    if status == 404:  # listed, and not there (yet): no failure, and asked for again
        assert failed == []
        assert any("not there (404)" in note for note in sources.reports["govinfo"].notes)
    else:
        assert_told_in_lines(failed, "govinfo")
        assert all(f"answered {status} " in line for line in failed)
        assert_marked("govinfo")
    assert_well("legislators")
    assert record() == before
    assert validators() == kept
    sources.replay.faults()
    sources.wait(minutes=15)
    assert sources.poll() == []
    assert not DueFetch.objects.exists()
    assert kinds()["introduced"] == 2
    assert_well("govinfo")


@pytest.mark.parametrize("place", [INDEX, FILE, API_LIST, MEMBERS], ids=["index", "files", "API", "members"])
def test_a_source_that_asks_for_an_hour_is_not_asked_within_it_while_others_are(
    place, sources, settings, slept
):
    settings.CONGRESS_API_KEY = KEY
    path, name = place
    sources.go(LATER)
    Source.objects.filter(pk="legislators").update(marks={})
    sources.replay.faults(sources.ill(path, "status", status=503, retry_after=3600))
    before = served(sources)
    (line,) = sources.poll()
    assert slept == []
    assert f"asked again after {sources.at + timedelta(seconds=3605):%H:%M} UTC" in line
    row = assert_marked(name)
    assert row.rest_asked_for and row.rests_until is not None
    assert_well(*({"govinfo", "congress.gov", "legislators"} - {name}))
    first = served(sources) - before

    sources.replay.faults(sources.ill(path, "status", status=418))  # whoever asks now is caught at it
    sources.wait(minutes=58)
    (line,) = sources.poll(take_over=True)  # by hand, even
    assert line.startswith(f"{name}: rests until {row.rests_until:%H:%M} UTC: {name}: ")
    assert Source.objects.get(pk=name).failures == row.failures == 1

    sources.replay.faults()
    sources.wait(minutes=3)
    assert sources.poll() == []
    assert served(sources) - before > first
    assert_well("govinfo", "congress.gov", "legislators")
    assert kinds()["introduced"] == 2


def test_two_seconds_are_slept_through_and_a_date_is_obeyed(sources, slept):
    sources.replay.faults(sources.ill(INDEX, "status", status=429, retry_after=2) | {"times": 2})
    assert sources.poll() == []
    assert slept == [2, 2]
    until = email.utils.format_datetime(datetime.now(UTC) + timedelta(minutes=30), usegmt=True)
    sources.replay.faults(sources.ill(INDEX, "status", status=503, retry_after=until))
    before = served(sources)
    assert len(sources.poll()) == 1
    assert served(sources) - before == 1
    rests = assert_marked("govinfo").rests_until
    assert rests is not None and abs((rests - sources.at) - timedelta(minutes=30)) < timedelta(minutes=1)
    sources.replay.faults()
    sources.wait(minutes=28)
    assert sources.poll()[0].startswith("govinfo: rests until ")
    sources.wait(minutes=3)
    assert sources.poll() == []


@pytest.mark.parametrize("nonsense", ["soon", "-5", "", "1e9", "Thu, 99 Foo 2025"])
def test_a_retry_after_that_is_no_time_means_the_usual_wait(nonsense, sources, slept):
    sources.replay.faults(sources.ill(INDEX, "status", status=503, retry_after=nonsense))
    before = served(sources)
    (line,) = sources.poll()
    assert served(sources) - before == 5
    assert slept == [1, 2, 4, 8]
    assert assert_marked("govinfo").rests_until is None
    sources.replay.faults()
    assert sources.poll() == []  # at once
    assert "asked again after" not in line


def test_a_source_that_fails_five_times_rests_longer_each_time_and_one_probe_reopens_it(sources):
    sources.replay.faults(sources.ill(INDEX, "drop"))
    for _ in range(4):
        assert len(sources.poll(take_over=False)) == 1
    assert Source.objects.get(pk="govinfo").rests_until is None
    for minutes in (1, 2, 4, 8, 16, 32, 60, 60):
        (line,) = sources.poll(take_over=False)
        assert "connection closed" in line
        rests = Source.objects.get(pk="govinfo").rests_until
        assert rests is not None and abs(rests - sources.at - timedelta(minutes=minutes)) < timedelta(
            seconds=30
        )
        before = served(sources)
        assert "rests until" in sources.poll(take_over=False)[0]
        assert served(sources) == before
        sources.wait(minutes=minutes + 1)
    sources.replay.faults()
    assert sources.poll(take_over=False) == []
    assert_well("govinfo")
    assert health.of("govinfo").rests_until is None


def test_a_key_that_is_not_taken_leaves_govinfo_alone_and_is_written_nowhere(
    sources, settings, caplog, capsys
):
    settings.CONGRESS_API_KEY = KEY
    sources.go(LATER)
    for status in (401, 403):
        sources.replay.faults(sources.ill(r"^/v3/", "status", status=status))
        (line,) = sources.poll()
        assert line.startswith("congress.gov: ") and f"answered {status} " in line
        assert_marked("congress.gov")
        assert_well("govinfo", "legislators")
    assert kinds()["introduced"] == 2
    said = "".join(capsys.readouterr()) + caplog.text + line + str(list(Source.objects.values()))
    assert KEY not in said


# S4


@pytest.mark.parametrize(
    "place", [FILE, INDEX, SITEMAP, (r"/rss/", "govinfo")], ids=["files", "index", "sitemap", "rss"]
)
def test_an_external_entity_is_refused_unread(place, sources, trap):
    sources.go(LATER)
    for url in ("file:///etc/passwd", trap.url + "/x"):
        sources.replay.faults(sources.ill(place, "xxe", url=url))
        failed = sources.poll()
        assert_told_in_lines(failed, "govinfo")
        assert all("document type declaration" in line for line in failed)
        sources.wait(hours=2)
    assert trap.asked == []
    assert not any(b"root:" in body for body in _bodies_since_load())
    whole()


def _bodies_since_load() -> list[bytes]:
    return [d.body for d in Document.objects.filter(fetched_at__gt=LOADED + timedelta(hours=1))]


# S5


def measured(whereas: Installation, *command: str, **settings: str) -> tuple[str, int, int]:
    """What a command said, its exit status, and its peak of memory in bytes."""
    with whereas.start(*command, **settings) as process:
        assert process.stdout
        said = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return said, process.returncode, usage.ru_maxrss * 1024


def test_no_bomb_costs_more_memory_than_the_limits_and_a_large_true_record_is_taken(tmp_path):
    """In processes of their own, with the limits as shipped."""
    everywhere = r"\.(xml|zip|yaml)$"
    lists = r"/sitemap"
    with (
        Replay.start(
            (folder_of_two_types(tmp_path / "sources"),), LOADED.strftime("%Y-%m-%dT%H:%M:%SZ")
        ) as replay,
        Installation(tmp_path / "var", replay.url, CONGRESSES="119", MEASURE_TYPES="sres") as whereas,
    ):
        sources = Sources(replay)
        whereas.finish("load")
        whereas.finish("poll")
        events = whereas.events()
        for kind, how in (
            ("gzipbomb", {"megabytes": 1000}),
            ("zipbomb", {"megabytes": 1000}),
            ("endless", {"megabytes": 1000}),
            ("huge", {"megabytes": 80, "only": "119sres145$"}),
        ):
            sources.wait(minutes=15)
            where = f"^(?!{lists}).*{everywhere}"
            replay.faults(sources.ill(where, kind, **how), sources.touch("119sres14[0-9]$"))
            said, status, peak = measured(whereas, "poll", MEASURE_TYPES="sres,sconres")
            assert status == 1, said
            assert "Traceback" not in said
            assert peak < 400_000_000, (kind, peak)
            lines = [line for line in said.splitlines() if "119/sres/145: " in line]
            assert lines, said
            if kind == "huge":  # the one file alone is too large, and the rest of the world goes on
                assert "larger than the limit of 64 MB" in lines[0]
            else:
                assert whereas.events() == events, kind
        events = whereas.events()
        sources.wait(minutes=15)
        replay.faults(
            sources.ill(FILE, "huge", megabytes=20, only="119sres145$"), sources.touch("119sres145$")
        )
        said, status, peak = measured(whereas, "poll", MEASURE_TYPES="sres,sconres")
        assert status == 0, said
        assert peak < 600_000_000, peak
        assert (whereas.events() - events).total() == 20_000
        whereas.finish("verify")


# S7


def test_a_zip_that_climbs_out_leaves_nothing_outside_and_the_rest_is_loaded(sources, settings):
    settings.MEASURE_TYPES = ["sres", "sconres"]
    outside_it = [Path("/tmp/BILLSTATUS-119sres145.xml"), Path("../../../../tmp/BILLSTATUS-119sres145.xml")]
    assert not any(path.exists() for path in outside_it)
    sources.replay.faults(sources.ill(ZIP, "zipslip"))
    failed = sources.poll()
    assert_told_in_lines(failed, "govinfo")
    assert [line for line in failed if "member refused" in line] == failed and len(failed) == 3
    assert not any(path.exists() for path in outside_it)
    assert not list(Path.cwd().glob("BILLSTATUS-*"))
    assert Measure.objects.filter(type="sconres").count() == 8  # singly
    assert kinds() == {"loaded": 200}  # and as a first load, which is announced to nobody
    sources.replay.faults()
    sources.wait(minutes=15)
    assert sources.poll() == []
    assert_well("govinfo")
    whole()


# S17


def test_a_spent_key_stops_well_before_the_end_and_govinfo_goes_on(sources, settings, tmp_path):
    settings.CONGRESS_API_KEY = KEY
    clock = (LATER + timedelta(days=4)).strftime("%Y-%m-%dT%H:%M:%SZ")
    with Replay.start(
        (folder_of_two_types(tmp_path),), clock, "--rate-limit", "50", "--api-key", KEY
    ) as replay:
        settings.GOVINFO_URL = settings.LEGISLATORS_URL = replay.url
        settings.HOUSE_CLERK_URL = settings.SENATE_URL = replay.url
        settings.CONGRESS_API_URL = f"{replay.url}/v3"
        poor = Sources(replay, at=LATER + timedelta(days=4))
        still = poor.ill("sitemap|/rss/", "back", to="2025-06-09T12:00:00Z")
        replay.faults(still)
        (line,) = poor.poll()
        assert "10 of 50 requests are left, asked again after" in line
        assert replay.stats()["quota"] == 40
        assert_marked("congress.gov")
        assert_well("govinfo", "legislators")
        taken = Measure.objects.filter(document__format="congress-api-json").count()
        assert 0 < taken < 40
        assert kinds()["loaded"] == 192

        replay.faults()  # GovInfo moves again
        poor.wait(minutes=15)
        (line,) = poor.poll()
        assert line.startswith("congress.gov: rests until ")
        assert replay.stats()["quota"] == 40
        assert_well("govinfo")
        assert Measure.objects.filter(document__format="congress-api-json").count() < taken or taken
        whole()


# S18


@pytest.mark.parametrize(
    "place",
    [INDEX, FILE, API_LIST, API_ITEM, MEMBERS],
    ids=["index", "files", "API list", "API item", "members"],
)
@pytest.mark.parametrize(
    "to",
    [
        "itself",
        "trap",
        "file:///etc/passwd",
        "//127.0.0.2:1/x",
        "https://example.org/",
        "http://u:p@127.0.0.1/",
    ],
)
def test_a_redirect_away_is_refused_and_nothing_is_sent_there(to, place, sources, settings, trap):
    path, name = place
    settings.CONGRESS_API_KEY = KEY
    sources.go(LATER)
    Source.objects.filter(pk="legislators").update(marks={})
    where = {} if to == "itself" else {"to": trap.url + "/x" if to == "trap" else to}
    late = [sources.ill("sitemap|/rss/", "back", to="2025-06-09T12:00:00Z")] if place is API_ITEM else []
    before = record()
    sources.replay.faults(sources.ill(path, "redirect", **where), *late)
    failed = sources.poll()
    assert_told_in_lines(failed, name)
    assert all("redirect refused" in line or "not there" in line for line in failed), failed
    assert KEY not in str(failed)
    if place in (FILE, API_ITEM):
        assert record() == before
    assert trap.asked == []
    assert_marked(name)
    sources.replay.faults()
    sources.wait(minutes=15)
    assert sources.poll() == []
    assert kinds()["introduced"] == 2
