"""Every client against the replayed sources: real content, what a quiet poll costs, and each fault with its line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from lxml import etree

from tests.replay import Replay
from tests.sources.loopback import Loopback
from tracker.sources.congress_api import CongressApi
from tracker.sources.errors import QuotaSpent
from tracker.sources.govinfo import GovInfo
from tracker.sources.http import (
    BadAnswer,
    Fetcher,
    Limits,
    NotThere,
    SourceError,
    SourceRefused,
    SourceUnreachable,
)
from tracker.sources.legislators import Legislators
from tracker.sources.listings import measure_named
from tracker.sources.pauses import Pace

pytestmark = pytest.mark.real_data

JUNE, LATER = "2025-06-20T12:00:00Z", "2025-06-23T12:00:00Z"
SMALL = Limits(document_bytes=4_000_000, zip_bytes=4_000_000)
HASTY = Limits(silence_seconds=0.3)


def _fetcher(limits: Limits | None = None) -> Fetcher:
    return Fetcher(
        site_url="http://testserver",
        version="0",
        pace_seconds=0,
        pace=Pace(),
        limits=limits,
        sleep=lambda seconds: None,
    )


@dataclass
class World:
    """The replay server, and a client of each of its sources."""

    replay: Replay
    fetcher: Fetcher
    key: str = "k"

    def __post_init__(self) -> None:
        self.govinfo = GovInfo(self.fetcher, self.replay.url)
        self.api = CongressApi(self.fetcher, self.replay.url + "/v3", self.key)
        self.legislators = Legislators(self.fetcher, self.replay.url)

    def cost(self, ask: Callable[[], object]) -> tuple[int, int]:
        """(requests, bytes of bodies) that `ask` costs the source."""
        before = self.replay.stats()
        ask()
        after = self.replay.stats()
        return after["requests"] - before["requests"], after["bytes"] - before["bytes"]


@pytest.fixture(scope="module")
def server() -> Iterator[Replay]:
    with Replay.start(("congress-119",), JUNE) as running:
        yield running


@pytest.fixture
def world(server: Replay) -> Iterator[World]:
    """In June 2025, without faults."""
    server.faults()
    server.clock(JUNE)
    made = World(server, _fetcher())
    yield made
    made.fetcher.close()


def test_sitemaps_listings_and_zips_name_the_same_measures_and_all_of_them(world: World) -> None:
    world.replay.clock("2100-01-01T00:00:00Z")
    folders = world.govinfo.sitemap_index()
    assert len(folders) == 8 and folders.ignored == 0
    total = 0
    for congress, type in folders:
        sitemap, listing = world.govinfo.sitemap(congress, type), world.govinfo.listing(congress, type)
        fetched = world.govinfo.zip(congress, type)
        assert fetched is not None
        with fetched.zip as bulk:
            sizes = {member.number: len(member.body or b"") for member in bulk.members()}
        assert sizes.keys() == sitemap.keys() == listing.keys()
        assert sizes == {number: size for number, (_, size) in listing.items()}
        assert sitemap.ignored == listing.ignored == 0
        total += len(sizes)
    assert total == world.replay.truth()["measures"] == 11_448


def test_a_member_of_the_zip_is_the_file_byte_for_byte(world: World) -> None:
    fetched = world.govinfo.zip(119, "sjres")
    assert fetched is not None
    with fetched.zip as bulk:
        for member in bulk.members():
            assert member.number is not None and measure_named(member.name) == (119, "sjres", member.number)
            answer = world.govinfo.measure_file(119, "sjres", member.number)
            assert answer is not None and answer.body == member.body


def test_a_quiet_poll_is_one_request_of_two_kilobytes(world: World) -> None:
    world.govinfo.sitemap_index()
    assert world.cost(world.govinfo.sitemap_index) <= (1, 2_000)


def test_what_did_not_change_costs_no_body(world: World) -> None:
    zip, file = world.govinfo.zip(119, "sres"), world.govinfo.measure_file(119, "sres", 145)
    batches, members = world.govinfo.batches(), world.legislators.file("legislators-current")
    assert zip is not None and file is not None and batches is not None and members is not None
    zip.zip.close()
    for ask in (
        lambda: world.govinfo.zip(119, "sres", zip.etag, zip.last_modified),
        lambda: world.govinfo.measure_file(119, "sres", 145, file.etag, file.last_modified),
        lambda: world.govinfo.batches(batches.etag, batches.last_modified),
        lambda: world.legislators.file("legislators-current", members.etag, members.last_modified),
    ):
        assert ask() is None
        requests, size = world.cost(ask)
        assert requests == 1 and size < 200  # the bytes of the question what it cost


def test_batches_and_the_api_name_what_the_sitemaps_show_as_changed(world: World) -> None:
    """Three witnesses of three days: none of them misses a file that moved."""
    before = {folder: world.govinfo.sitemap(*folder) for folder in world.govinfo.sitemap_index()}
    old = world.govinfo.batches()
    assert old is not None
    world.replay.clock(LATER)
    moved = {
        (congress, type, number)
        for congress, type in world.govinfo.sitemap_index()
        for number, stamp in world.govinfo.sitemap(congress, type).items()
        if before[congress, type].get(number) != stamp
    }
    assert len(moved) > 50
    feed = world.govinfo.batches(old.etag, old.last_modified)
    assert feed is not None
    known = {batch.guid for batch in old.items}
    assert {key for batch in feed.items if batch.guid not in known for key in batch.files} >= moved
    since = datetime(2025, 6, 20, 12, tzinfo=UTC)
    changed = world.api.changed_since(119, since)
    assert {bill.key for bill in changed} >= moved
    assert {bill.key for bill in changed if bill.updated_at > since} == moved
    assert len(changed) == len({bill.key for bill in changed})


def test_a_bundle_of_the_api_has_what_the_file_has(world: World) -> None:
    """Part by part, for measures of every type and the one with the most amendments."""
    wanted = [
        (type, numbers[i])
        for _, type in world.govinfo.sitemap_index()
        for i in (0, 7, -1)
        if (numbers := sorted(world.govinfo.sitemap(119, type)))
    ]
    for type, number in [*wanted, ("hr", 1968)]:
        answer = world.govinfo.measure_file(119, type, number)
        assert answer is not None and answer.body is not None
        bill = etree.fromstring(answer.body).find("bill")
        assert bill is not None
        bundle = json.loads(world.api.bill(119, type, number))
        subjects = bundle.pop("subjects")
        assert len(subjects.get("legislativeSubjects", [])) == len(
            bill.findall("subjects/legislativeSubjects/item")
        )
        for part, rows in bundle.items():
            if part != "bill":
                assert len(rows) == len([kid for kid in bill.iterfind(f"{part}/*") if len(kid)]), (
                    type,
                    number,
                    part,
                )
        assert [a.get("text") for a in bundle["actions"]] == [
            a.findtext("text") for a in bill.iterfind("actions/item")
        ]


def test_a_measure_that_vanished_is_on_no_list_and_not_there(world: World) -> None:
    assert 145 in world.govinfo.sitemap(119, "sres")
    world.replay.faults({"match": "119sres145$", "kind": "vanish"})
    assert 145 not in world.govinfo.sitemap(119, "sres")
    assert 145 not in world.govinfo.listing(119, "sres")
    for ask in (
        lambda: world.govinfo.measure_file(119, "sres", 145),
        lambda: world.api.bill(119, "sres", 145),
    ):
        with pytest.raises(NotThere):
            ask()


def test_a_folder_that_is_not_yet_there_and_a_list_that_never_was_are_not_there(world: World) -> None:
    for ask in (
        lambda: world.govinfo.sitemap(120, "sres"),
        lambda: world.govinfo.listing(120, "sres"),
        lambda: world.govinfo.zip(120, "sres"),
        lambda: world.legislators.file("legislators-historical"),
    ):
        with pytest.raises(NotThere):
            ask()


def test_pages_of_the_api_that_slip_lose_nothing(world: World) -> None:
    since = datetime(2025, 6, 18, tzinfo=UTC)
    calm = {bill.key for bill in world.api.changed_since(119, since)}
    assert len(calm) > 250  # more than one page
    for by in (1, -1, 5):
        world.replay.faults({"match": "/v3/bill/119$", "kind": "slip", "by": by, "times": 99})
        assert {bill.key for bill in world.api.changed_since(119, since)} == calm


def test_the_quota_is_kept_and_etags_work_where_they_are_sent() -> None:
    with Replay.start(
        ("congress-119",), JUNE, "--rate-limit", "50", "--api-key", "right", "--etag"
    ) as replay:
        world = World(replay, _fetcher(), key="right")
        file = world.govinfo.measure_file(119, "sres", 145)
        assert file is not None and file.etag
        assert world.govinfo.measure_file(119, "sres", 145, file.etag) is None
        begun = datetime.now(UTC)
        with pytest.raises(QuotaSpent, match=r"10 of 50 requests are left, asked again after") as caught:
            for _ in range(99):
                world.api.bill(119, "sres", 145)
        assert replay.stats()["quota"] == 40
        assert caught.value.retry_at is not None
        assert timedelta(minutes=59) < caught.value.retry_at - begun < timedelta(minutes=61)
        wrong = World(replay, world.fetcher, key="wrong")
        with pytest.raises(SourceRefused, match=r"answered 403 \(Forbidden\): API_KEY_INVALID"):
            wrong.api.bill(119, "sres", 145)


# Each way to ask, the paths it asks, and the form of its answer.
Way = tuple[Callable[[World], Any], str, str]
WAYS: dict[str, Way] = {
    "index": (lambda w: w.govinfo.sitemap_index(), "sitemapindex", "xml"),
    "sitemap": (lambda w: w.govinfo.sitemap(119, "sres"), "119sres/sitemap", "xml"),
    "batches": (lambda w: w.govinfo.batches(), "billstatus-batch", "xml"),
    "listing": (lambda w: w.govinfo.listing(119, "sres"), "/json/", "json"),
    "file": (lambda w: w.govinfo.measure_file(119, "sres", 145), r"119sres145\.xml", "file"),
    "zip": (lambda w: _members(w), r"119-sres\.zip", "zip"),
    "api list": (
        lambda w: w.api.changed_since(119, datetime(2025, 6, 18, tzinfo=UTC)),
        "/v3/bill/119$",
        "json",
    ),
    "api item": (lambda w: w.api.bill(119, "sres", 145), "/v3/bill/119/sres/145", "json"),
    "members": (lambda w: w.legislators.file("legislators-current"), "legislators-current", "yaml"),
}

# Faults, and the error that each gives for every form but those that follow the colon.
Fault = tuple[dict[str, Any], type[SourceError], str | None, frozenset[str]]
FAULTS: dict[str, Fault] = {
    **{
        f"status {code}": (
            {"kind": "status", "status": code},
            SourceRefused,
            f"answered {code} ",
            frozenset(),
        )
        for code in (400, 401, 403, 406, 410, 500, 502, 503, 504)
    },
    "status 404": ({"kind": "status", "status": 404}, NotThere, "not there", frozenset()),
    "retry after an hour": (
        {"kind": "status", "status": 503, "retry_after": 3600},
        SourceRefused,
        "asked again after",
        frozenset(),
    ),
    "hang": ({"kind": "hang", "seconds": 1}, SourceUnreachable, "nothing came for 0.3 s", frozenset()),
    "drop": ({"kind": "drop"}, SourceUnreachable, "connection closed", frozenset()),
    "slow": ({"kind": "slow", "rate": 20}, SourceUnreachable, "nothing came for 0.3 s", frozenset()),
    "endless": ({"kind": "endless"}, BadAnswer, "larger than the limit of 4 MB", frozenset()),
    "redirect": ({"kind": "redirect"}, BadAnswer, "redirect refused", frozenset()),
    "redirect to a file": (
        {"kind": "redirect", "to": "file:///etc/passwd"},
        BadAnswer,
        "leads to file:",
        frozenset(),
    ),
    "truncate": ({"kind": "truncate"}, SourceUnreachable, "short body", frozenset()),
    "garbage": ({"kind": "garbage"}, BadAnswer, None, frozenset({"yaml"})),
    "empty": ({"kind": "empty"}, BadAnswer, "an empty answer", frozenset()),
    "html": ({"kind": "html"}, BadAnswer, "an HTML page came instead of", frozenset()),
    "json": ({"kind": "json"}, BadAnswer, None, frozenset({"yaml"})),
    "flip": ({"kind": "flip"}, BadAnswer, None, frozenset({"yaml", "file", "zip"})),
    "bomb": ({"kind": "bomb"}, BadAnswer, None, frozenset({"yaml", "file"})),
    "xxe": ({"kind": "xxe"}, BadAnswer, None, frozenset({"yaml", "file"})),
    "gzipbomb": ({"kind": "gzipbomb", "megabytes": 20}, BadAnswer, None, frozenset()),
    "zipbomb": ({"kind": "zipbomb", "megabytes": 5}, BadAnswer, None, frozenset({"zip", "yaml"})),
    "zipslip": ({"kind": "zipslip"}, BadAnswer, None, frozenset({"zip", "yaml"})),
}


def _members(world: World) -> list[str]:
    """The errors of the members of a zip, after reading it whole."""
    fetched = world.govinfo.zip(119, "sres")
    assert fetched is not None
    with fetched.zip as bulk:
        return [member.error for member in bulk.members() if member.error is not None]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_line_of_its_kind_wherever_it_strikes_and_heals_with_the_next_answer(
    server: Replay, fault: str
) -> None:
    server.clock(JUNE)
    posted, kind, words, passing = FAULTS[fault]
    trap = Loopback()
    for name, (ask, path, form) in WAYS.items():
        world = World(server, _fetcher(HASTY if fault in ("hang", "slow") else SMALL))
        extra = {"url": trap.url + "/x"} if fault == "xxe" else {}
        server.faults({"match": path, "times": 999, **posted, **extra})
        if form in passing:
            ask(world)  # handed on: what is in it is for its reader to judge
        else:
            with pytest.raises(kind, match=words) as caught:
                ask(world)
            line = str(caught.value)
            assert line.isprintable() and line.startswith(("govinfo: ", "congress.gov: ", "legislators: ")), (
                name
            )
        server.faults()
        healed = World(server, _fetcher())
        assert not ask(healed) if form == "zip" else ask(healed), name
        world.fetcher.close()
        healed.fetcher.close()
    assert trap.asked == []
    trap.stop()


@pytest.mark.parametrize(
    ("fault", "refused"),
    [
        ({"kind": "zipslip"}, 3),
        ({"kind": "zipbomb", "megabytes": 5}, 1),
        ({"kind": "flip"}, 1),
    ],
)
def test_of_a_zip_the_bad_members_alone_are_refused(
    world: World, fault: dict[str, Any], refused: int
) -> None:
    world.replay.faults({"match": r"119-sres\.zip", "times": 999, **fault})
    errors = _members(world)
    assert len(errors) == refused and all(error.isprintable() for error in errors)


def test_a_list_without_rows_is_handed_on_as_empty_and_a_file_without_bytes_is_not(world: World) -> None:
    world.replay.faults({"match": ".", "kind": "blank", "times": 999})
    assert world.govinfo.sitemap_index() == {}
    assert world.govinfo.sitemap(119, "sres") == {}
    assert world.govinfo.listing(119, "sres") == {}
    assert world.govinfo.batches().items == []
    assert world.api.changed_since(119, datetime(2025, 6, 18, tzinfo=UTC)) == []
    for ask in (
        lambda: world.govinfo.zip(119, "sres"),
        lambda: world.govinfo.measure_file(119, "sres", 145),
        lambda: world.api.bill(119, "sres", 145),
    ):
        with pytest.raises(BadAnswer):
            ask()


def test_two_bad_answers_in_a_row_cost_two_more_requests_and_nothing_else(world: World) -> None:
    for fault in ({"kind": "status", "status": 503}, {"kind": "drop"}, {"kind": "truncate"}):
        world.replay.faults({"match": "sitemapindex", "times": 2, **fault})
        assert world.cost(lambda: len(world.govinfo.sitemap_index()) == 8 or pytest.fail())[0] == 3


def test_no_answer_from_the_past_is_kept_by_a_validator_of_the_present(world: World) -> None:
    """While the source goes back in time it sends an older date with the older file, and never 304."""
    now = world.govinfo.measure_file(119, "sres", 145)
    assert now is not None
    world.replay.faults(
        {"match": r"119sres145\.xml", "kind": "back", "to": "2025-05-01T00:00:00Z", "times": 1}
    )
    past = world.govinfo.measure_file(119, "sres", 145, now.etag, now.last_modified)
    assert past is not None and past.body != now.body and past.last_modified != now.last_modified
    again = world.govinfo.measure_file(119, "sres", 145, past.etag, past.last_modified)
    assert again is not None and again.body == now.body
