"""The GovInfo client: which addresses it asks, what it hands on, what it says when GovInfo does not serve."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.sources.conftest import NOON, SMALL, Asker
from tests.sources.loopback import Loopback, ok, redirect, refusal
from tests.sources.test_bulkzip import zipped
from tests.sources.test_listings import ROW, SRES, feed, index, item, urlset
from tracker.sources.govinfo import GovInfo
from tracker.sources.http import BadAnswer, Fetcher, NotThere, SourceError, SourceRefused, SourceUnreachable
from tracker.sources.pauses import Pace

MODIFIED = "Mon, 02 Mar 2026 08:00:00 GMT"


@pytest.fixture
def govinfo(asker: Asker) -> GovInfo:
    return GovInfo(asker.fetcher, asker.server.url + "/")  # a slash at the end does no harm


def test_one_request_says_which_folders_moved(server: Loopback, govinfo: GovInfo) -> None:
    server.answers(ok(index(("https://x/sitemap/bulkdata/BILLSTATUS/119sres/sitemap.xml", "2026-03-01"))))
    assert govinfo.sitemap_index() == {(119, "sres"): "2026-03-01"}
    assert [a.path for a in server.asked] == ["/sitemap/bulkdata/BILLSTATUS/sitemapindex.xml"]


def test_a_sitemap_says_which_files_moved(server: Loopback, govinfo: GovInfo) -> None:
    server.answers(ok(urlset((SRES + "145.xml", "2026-03-01"))))
    assert govinfo.sitemap(119, "sres") == {145: "2026-03-01"}
    assert [a.path for a in server.asked] == ["/sitemap/bulkdata/BILLSTATUS/119sres/sitemap.xml"]


def test_a_listing_is_asked_for_as_json(server: Loopback, govinfo: GovInfo) -> None:
    """GovInfo answers 406 to an HTTP library's own Accept (usgpo/bulk-data#67)."""
    server.answers(ok(json.dumps({"files": [ROW]}).encode()))
    assert govinfo.listing(119, "sres") == {605: ("28-Apr-2026 01:54", 5554)}
    assert server.asked[0].path == "/bulkdata/json/BILLSTATUS/119/sres"
    assert server.asked[0].headers["accept"] == "application/json"


def test_the_feed_comes_with_its_validators_and_is_asked_with_them(
    server: Loopback, govinfo: GovInfo
) -> None:
    server.answers(
        ok(feed(item("g", MODIFIED, f"<a href={SRES}145.xml>")), ETag='"7"', Last_Modified=MODIFIED),
        refusal("304 Not Modified", Content_Length=""),
    )
    found = govinfo.batches()
    assert found is not None
    assert [b.files for b in found.items] == [((119, "sres", 145),)]
    assert (found.etag, found.last_modified) == ('"7"', MODIFIED)
    assert govinfo.batches(found.etag, found.last_modified) is None
    assert server.asked[1].headers["if-none-match"] == '"7"'
    assert server.asked[1].headers["if-modified-since"] == MODIFIED


def test_a_file_comes_unread_with_its_validators(server: Loopback, govinfo: GovInfo) -> None:
    server.answers(ok(b"<billStatus/>", Last_Modified=MODIFIED), refusal("304 x", Content_Length=""))
    answer = govinfo.measure_file(119, "sres", 145)
    assert answer is not None
    assert (answer.body, answer.last_modified, answer.fetched_at) == (b"<billStatus/>", MODIFIED, NOON)
    assert answer.url == govinfo.measure_url(119, "sres", 145)
    assert server.asked[0].path == "/bulkdata/BILLSTATUS/119/sres/BILLSTATUS-119sres145.xml"
    assert govinfo.measure_file(119, "sres", 145, None, answer.last_modified) is None


@pytest.mark.parametrize(
    "answer", [refusal("404 Not Found"), redirect("/error"), redirect("https://www.govinfo.gov/error")]
)
def test_what_govinfo_does_not_have_is_not_there(server: Loopback, govinfo: GovInfo, answer: object) -> None:
    server.answers(answer)
    for ask in (
        lambda: govinfo.measure_file(119, "sres", 145),
        lambda: govinfo.sitemap(120, "sres"),
        lambda: govinfo.listing(120, "sres"),
        lambda: govinfo.zip(120, "sres"),
    ):
        with pytest.raises(NotThere):
            ask()


def test_a_zip_is_read_and_then_closed(server: Loopback, govinfo: GovInfo) -> None:
    server.answers(
        ok(zipped(("BILLSTATUS-119sres145.xml", b"<a/>")), ETag='"z"', Last_Modified=MODIFIED),
        refusal("304 x", Content_Length=""),
    )
    fetched = govinfo.zip(119, "sres")
    assert fetched is not None
    assert (fetched.etag, fetched.last_modified, fetched.fetched_at) == ('"z"', MODIFIED, NOON)
    assert server.asked[0].path == "/bulkdata/BILLSTATUS/119/sres/BILLSTATUS-119-sres.zip"
    assert server.asked[0].headers["accept-encoding"] == "identity"
    with fetched.zip as bulk:
        assert bulk.total == 1
        assert [m.body for m in bulk.members()] == [b"<a/>"]
    assert govinfo.zip(119, "sres", '"z"', MODIFIED) is None


def test_a_zip_that_is_none_gives_no_validators_to_keep(server: Loopback, govinfo: GovInfo) -> None:
    for body in (
        b"PK\3\4 but no more than that",
        zipped(("BILLSTATUS-119sres145.xml", b"<a/>"))[:-22] + b"\0" * 22,
    ):
        server.answers(ok(body, ETag='"z"'))
        with pytest.raises(BadAnswer, match=r"^govinfo: zip of 119/sres: not a zip that can be read: "):
            govinfo.zip(119, "sres")


def test_a_zip_of_too_many_members_is_refused(server: Loopback, govinfo: GovInfo) -> None:
    server.answers(ok(zipped(*((f"BILLSTATUS-119sres{n}.xml", b"") for n in range(1, 22)))))
    with pytest.raises(BadAnswer, match=r"^govinfo: zip of 119/sres: 21 members; the limit is 20$"):
        govinfo.zip(119, "sres")


def test_a_zip_larger_than_memory_is_kept_in_the_work_folder(
    server: Loopback, asker: Asker, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.sources.govinfo.SPOOLED_BYTES", 1_000)
    noise = bytes(i * i % 251 for i in range(50_000))
    server.answers(ok(zipped(("BILLSTATUS-119sres145.xml", noise), method=zipfile.ZIP_STORED)))
    fetched = GovInfo(asker.fetcher, server.url, work_dir=tmp_path).zip(119, "sres")
    assert fetched is not None
    with fetched.zip as bulk:
        assert [m.body for m in bulk.members()] == [noise]


def test_a_work_folder_that_is_gone_is_said_and_is_no_fault_of_the_source(
    server: Loopback, asker: Asker
) -> None:
    noise = bytes(i * i % 251 for i in range(50_000))
    server.answers(ok(zipped(("BILLSTATUS-119sres145.xml", noise), method=zipfile.ZIP_STORED)))
    with pytest.MonkeyPatch.context() as patch, pytest.raises(FileNotFoundError, match="no-such-folder"):
        patch.setattr("tracker.sources.govinfo.SPOOLED_BYTES", 1_000)
        GovInfo(asker.fetcher, server.url, work_dir="/no-such-folder").zip(119, "sres")


Ask = Callable[[GovInfo], object]

#: Each way to ask, what errors call it, and a good answer to it.
WAYS: dict[str, tuple[Ask, str, bytes]] = {
    "index": (lambda g: g.sitemap_index(), "sitemap index", index()),
    "sitemap": (lambda g: g.sitemap(119, "sres"), "sitemap of 119/sres", urlset()),
    "listing": (lambda g: g.listing(119, "sres"), "listing of 119/sres", b'{"files": []}'),
    "batches": (lambda g: g.batches(), "feed of batches", feed()),
    "zip": (lambda g: g.zip(119, "sres"), "zip of 119/sres", zipped()),
    "file": (lambda g: g.measure_file(119, "sres", 145), "119/sres/145", b"<billStatus/>"),
}

#: Faults, and which error each gives.
FAULTS: dict[str, tuple[Callable[[bytes], object], type[SourceError]]] = {
    "503": (lambda good: refusal("503 x"), SourceRefused),
    "403": (lambda good: refusal("403 x"), SourceRefused),
    "html": (lambda good: ok(b"<!doctype html><title>Just a moment</title>"), BadAnswer),
    "empty": (lambda good: ok(b""), BadAnswer),
    "garbage": (lambda good: ok(b"\x93\xfa\x00\xff" * 50), BadAnswer),
    "truncated": (lambda good: ok(good[: len(good) // 2], Content_Length=str(len(good))), SourceUnreachable),
    "redirected": (lambda good: redirect("https://elsewhere.example/"), BadAnswer),
    "too large": (lambda good: ok(good + b" " * 300_000), BadAnswer),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("way", WAYS)
def test_every_fault_of_every_answer_is_one_line_of_its_kind_and_the_next_answer_heals(
    server: Loopback, govinfo: GovInfo, way: str, fault: str
) -> None:
    ask, name, good = WAYS[way]
    bad, kind = FAULTS[fault]
    server.answers(bad(good))
    with pytest.raises(kind) as caught:
        ask(govinfo)
    line = str(caught.value)
    assert line.startswith(f"govinfo: {name}: ") and line.isprintable()
    server.answers(ok(good))
    ask(govinfo)


def test_json_where_xml_was_asked_for_is_a_bad_answer(server: Loopback, govinfo: GovInfo) -> None:
    server.answers(ok(b'{"error": "UnboundLocalError"}'))
    with pytest.raises(BadAnswer, match=r"119/sres/145: not XML"):
        govinfo.measure_file(119, "sres", 145)


def test_another_list_than_the_one_asked_for_is_a_bad_answer(server: Loopback, govinfo: GovInfo) -> None:
    server.answers(ok(urlset()))
    with pytest.raises(
        BadAnswer, match=r"^govinfo: sitemap index: the root element is 'urlset', not 'sitemapindex'$"
    ):
        govinfo.sitemap_index()


def test_one_host_is_asked_at_its_pace(server: Loopback, asker: Asker) -> None:
    slept: list[float] = []
    fetcher = Fetcher(
        site_url="x",
        version="0",
        pace_seconds=0.5,
        pace=Pace(sleep=slept.append, monotonic=lambda: 7.0),
        limits=SMALL,
    )
    govinfo = GovInfo(fetcher, server.url)
    server.answers(ok(index()))
    govinfo.sitemap_index()
    govinfo.sitemap_index()
    server.answers(redirect("/other"), ok(index()))
    govinfo.sitemap_index()  # a redirect is a request too
    assert slept == [0.5, 1.0, 1.5]
    fetcher.close()


def test_a_whole_folder_goes_through_in_memory_bounds(server: Loopback, asker: Asker) -> None:
    """As many members as a real folder: the zip comes packed, and each body is held alone."""
    asker.fetcher.limits = replace(
        SMALL, zip_members=50_000, zip_bytes=64_000_000, unpacked_bytes=10**9, zip_seconds=60
    )
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as made:
        for number in range(1, 2_001):
            made.writestr(f"BILLSTATUS-119sres{number}.xml", f"<billStatus n='{number}'/>")
    server.answers(ok(body.getvalue()))
    fetched = GovInfo(asker.fetcher, server.url).zip(119, "sres")
    assert fetched is not None
    with fetched.zip as bulk:
        assert bulk.total == 2_000
        assert [m.number for m in bulk.members()] == list(range(1, 2_001))
