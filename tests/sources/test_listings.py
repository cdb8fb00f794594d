"""GovInfo's sitemaps, folder listings and feed of batches: as they are, odd ones, and what is none."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.congress.measures import TYPES
from tracker.sources.listings import (
    ListRefused,
    measure_named,
    read_batches,
    read_folder,
    read_sitemap,
    read_sitemap_index,
)

NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
SRES = "https://www.govinfo.gov/bulkdata/BILLSTATUS/119/sres/BILLSTATUS-119sres"

types = st.sampled_from(sorted(TYPES))
congresses = st.integers(93, 150)
numbers = st.integers(1, 99_999)
stamps = st.datetimes(datetime(2014, 1, 1), datetime(2030, 1, 1)).map(lambda d: d.isoformat() + "Z")


def urlset(*rows: tuple[str, str | None], ns: str = NS) -> bytes:
    urls = "".join(
        f"<url><loc>{escape(loc)}</loc>" + (f"<lastmod>{at}</lastmod>" if at is not None else "") + "</url>"
        for loc, at in rows
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {ns}>{urls}</urlset>'.encode()


def index(*rows: tuple[str, str]) -> bytes:
    maps = "".join(f"<sitemap><loc>{loc}</loc><lastmod>{at}</lastmod></sitemap>" for loc, at in rows)
    return f"<sitemapindex {NS}>{maps}</sitemapindex>".encode()


def feed(*items: str) -> bytes:
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{"".join(items)}</channel></rss>'.encode()


def item(guid: str, published: str, description: str) -> str:
    return (
        f'<item><title>x</title><guid isPermaLink="false">{guid}</guid><pubDate>{published}</pubDate>'
        f"<description>{escape(description)}</description></item>"
    )


@given(congresses, types, st.dictionaries(numbers, stamps, max_size=8))
def test_a_sitemap_says_which_file_changed_when(congress: int, type: str, files: dict[int, str]) -> None:
    place = f"https://www.govinfo.gov/bulkdata/BILLSTATUS/{congress}/{type}/BILLSTATUS-{congress}{type}"
    found = read_sitemap(urlset(*((f"{place}{n}.xml", at) for n, at in files.items())), congress, type)
    assert (dict(found), found.ignored) == (files, 0)


def test_the_host_of_a_link_does_not_matter() -> None:
    found = read_sitemap(
        urlset(("http://127.0.0.1:8/bulkdata/BILLSTATUS/119/sres/BILLSTATUS-119sres145.xml", "x")),
        119,
        "sres",
    )
    assert found == {145: "x"}


@pytest.mark.parametrize(
    "loc",
    [
        "https://www.govinfo.gov/bulkdata/BILLSTATUS/119/hres/BILLSTATUS-119hres145.xml",
        "https://www.govinfo.gov/bulkdata/BILLSTATUS/118/sres/BILLSTATUS-118sres145.xml",
        "https://www.govinfo.gov/bulkdata/BILLSTATUS/119/sres/BILLSTATUS-119hres145.xml",
        "https://www.govinfo.gov/bulkdata/BILLSTATUS/119/sres/BILLSTATUS-119-sres.zip",
        "https://www.govinfo.gov/bulkdata/BILLS/119/1/sres/BILLS-119sres145is.xml",
        SRES + "0.xml",
        SRES + "1234567.xml",
        SRES + ".xml",
        "",
    ],
)
def test_an_entry_of_no_file_of_the_folder_is_left_out_and_counted(loc: str) -> None:
    found = read_sitemap(urlset((loc, "x"), (SRES + "145.xml", "y")), 119, "sres")
    assert (found, found.ignored) == ({145: "y"}, 1)


def test_an_entry_without_a_date_is_listed_all_the_same() -> None:
    assert read_sitemap(urlset((SRES + "145.xml", None)), 119, "sres") == {145: ""}


@pytest.mark.parametrize("order", [1, -1])
def test_of_an_entry_listed_twice_the_later_stamp_counts(order: int) -> None:
    rows = [(SRES + "145.xml", "2026-01-02"), (SRES + "145.xml", "2026-01-01")][::order]
    assert read_sitemap(urlset(*rows), 119, "sres") == {145: "2026-01-02"}


def test_a_stamp_of_any_length_is_kept_short() -> None:
    assert len(read_sitemap(urlset((SRES + "145.xml", "9" * 5_000)), 119, "sres")[145]) == 64


def test_an_empty_sitemap_is_an_empty_list() -> None:
    """It has been an outage at GovInfo, never a deletion; that is for the caller to suspect."""
    assert read_sitemap(urlset(), 119, "sres") == {}
    assert read_sitemap_index(index()) == {}
    assert read_folder(b'{"files":[]}', 119, "sres") == {}
    assert read_batches(feed()) == []


def test_another_namespace_or_none_is_read_too() -> None:
    rows = ((SRES + "145.xml", "x"),)
    assert read_sitemap(urlset(*rows, ns=""), 119, "sres") == {145: "x"}
    assert read_sitemap(urlset(*rows, ns='xmlns="http://www.google.com/schemas/sitemap/0.84"'), 119, "sres")


@given(st.dictionaries(st.tuples(congresses, types), stamps, max_size=8))
def test_the_index_says_which_folders_moved(folders: dict[tuple[int, str], str]) -> None:
    place = "https://www.govinfo.gov/sitemap/bulkdata/BILLSTATUS/"
    body = index(*((f"{place}{c}{t}/sitemap.xml", at) for (c, t), at in folders.items()))
    found = read_sitemap_index(body)
    assert (dict(found), found.ignored) == (folders, 0)


def test_an_index_entry_of_another_collection_is_left_out() -> None:
    found = read_sitemap_index(
        index(
            ("https://x/sitemap/bulkdata/BILLS/119sres/sitemap.xml", "x"),
            ("https://x/sitemap/bulkdata/BILLSTATUS/119samdt/sitemap.xml", "x"),
            ("https://x/sitemap/bulkdata/BILLSTATUS/119sres/sitemap.xml", ""),
        )
    )
    assert (found, found.ignored) == ({}, 3)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"<urlset>", "not well-formed XML"),
        (b"<urlset><url><loc>\xff</loc></url></urlset>", "not well-formed XML"),
        (b"<billStatus/>", "the root element is 'billStatus', not 'urlset'"),
        (index(), "the root element is 'sitemapindex', not 'urlset'"),
        (b"<!DOCTYPE urlset><urlset/>", "refused: document type declaration"),
        (
            '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE u><urlset/>'.encode("utf-16"),
            "document type declaration",
        ),
        (b"<!--" + b"-" * 0 + b"x" * 5_000 + b"--><!DOCTYPE u><urlset/>", "document type declaration"),
        (b"<urlset>" + b"<a>" * 1_000, "not well-formed XML"),
    ],
)
def test_what_is_no_sitemap_is_refused_in_one_line(body: bytes, why: str) -> None:
    with pytest.raises(ListRefused, match=why) as caught:
        read_sitemap(body, 119, "sres")
    assert "\n" not in str(caught.value)


def test_no_entity_is_looked_up_or_blown_up() -> None:
    laughs = b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9))
    for declared in (b'<!ENTITY x SYSTEM "file:///etc/passwd">', b'<!ENTITY a "ha">' + laughs):
        for before in (b"", b"<!--" + b" " * 5_000 + b"-->"):
            body = before + b"<!DOCTYPE u [" + declared + b"]><urlset><url><loc>&x;&j;</loc></url></urlset>"
            with pytest.raises(ListRefused):
                read_sitemap(body, 119, "sres")


ROW = {
    "displayLabel": "BILLSTATUS-119sres605.xml",
    "fileExtension": "xml",
    "folder": False,
    "formattedLastModifiedTime": "28-Apr-2026 01:54",
    "formattedSize": "5 KB",
    "justFileName": "BILLSTATUS-119sres605.xml",
    "link": "https://www.govinfo.gov/bulkdata/BILLSTATUS/119/sres/BILLSTATUS-119sres605.xml",
    "mimeType": "application/xml",
    "name": "BILLSTATUS-119sres605.xml",
    "size": 5554,
}


def test_a_folder_says_time_and_size_of_each_file() -> None:
    zip = ROW | {"name": "BILLSTATUS-119-sres.zip", "fileExtension": "zip"}
    other = ROW | {"name": "resources", "folder": True, "size": None}
    found = read_folder(json.dumps({"files": [ROW, zip, other]}).encode(), 119, "sres")
    assert (found, found.ignored) == ({605: ("28-Apr-2026 01:54", 5554)}, 1)


@pytest.mark.parametrize(
    ("size", "read"), [("5554", 5554), (None, None), ("5 KB", None), ("²", None), (-1, None)]
)
def test_a_size_is_a_number_or_unknown(size: object, read: int | None) -> None:
    assert read_folder(json.dumps({"files": [ROW | {"size": size}]}).encode(), 119, "sres")[605][1] == read


@pytest.mark.parametrize(
    "body",
    [
        b'{"file": []}',
        b'{"files": {}}',
        b'{"files": [{"name": 7}]}',
        b'{"files": [{"size": 1}]}',
        b'[{"name": "x"}]',
        b'{"files": [{"name": "x"',
        b'{"files": [{"name": "\xff"}]}',
        b'{"files": [{"name": "x", "mimeType": "\xff"}]}',
        b'{"error": "no"}',
        b'{"files": ' + b"[" * 100_000,
        b'{"files": [], "x": ' + b"[" * 100_000,
    ],
)
def test_what_is_no_listing_is_refused_in_one_line(body: bytes) -> None:
    with pytest.raises(ListRefused, match="not a folder listing") as caught:
        read_folder(body, 119, "sres")
    assert "\n" not in str(caught.value)


def test_a_batch_names_its_files_once_though_each_link_says_them_twice() -> None:
    """The href is not quoted, as GovInfo writes it (usgpo/bill-status#171)."""
    links = "".join(f"<a href={SRES}{n}.xml>{SRES}{n}.xml</a><br/>" for n in (146, 145, 146))
    (batch,) = read_batches(
        feed(item("BILLSTATUS-2021-04-22T15:07:33Z", "Thu, 22 Apr 2021 15:07:33 GMT", links))
    )
    assert batch.guid == "BILLSTATUS-2021-04-22T15:07:33Z"
    assert batch.published_at == datetime(2021, 4, 22, 15, 7, 33, tzinfo=UTC)
    assert batch.files == ((119, "sres", 146), (119, "sres", 145))


def test_batches_keep_the_order_of_the_feed() -> None:
    batches = read_batches(feed(*(item(g, "", "") for g in ("b", "a", "c"))))
    assert [b.guid for b in batches] == ["b", "a", "c"]


@pytest.mark.parametrize("quote", ["", '"', "'"])
def test_quoted_or_not_a_link_is_found(quote: str) -> None:
    link = f"<a href={quote}{SRES}145.xml{quote}>S.Res. 145</a>"
    (batch,) = read_batches(feed(item("g", "", link)))
    assert batch.files == ((119, "sres", 145),)


def test_an_item_without_a_guid_is_none() -> None:
    assert read_batches(feed(item("", "", f"<a href={SRES}145.xml>"))) == []


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)))
def test_the_time_of_a_batch_is_read_in_any_zone(at: datetime) -> None:
    at = at.replace(microsecond=0, tzinfo=UTC)
    (batch,) = read_batches(feed(item("g", format_datetime(at), "")))
    assert batch.published_at == at


@pytest.mark.parametrize(
    "text", ["", "yesterday", "Thu, 32 Apr 2021 15:07:33 GMT", "Fri, 31 Dec 9999 23:59:59 -2359"]
)
def test_a_time_that_is_none_is_unknown(text: str) -> None:
    assert read_batches(feed(item("g", text, "")))[0].published_at is None


@given(congresses, types, numbers)
def test_a_file_is_known_by_its_name(congress: int, type: str, number: int) -> None:
    assert measure_named(f"BILLSTATUS-{congress}{type}{number}.xml") == (congress, type, number)


@pytest.mark.parametrize(
    "name",
    [
        "BILLSTATUS-119sres0145.xml",
        "BILLSTATUS-119sres0.xml",
        "BILLSTATUS-0119sres1.xml",
        "BILLSTATUS-119samdt1.xml",
        "BILLSTATUS-119SRES1.xml",
        "BILLSTATUS-119sres1.XML",
        "BILLSTATUS-119sres1.xml\n",
        "BILLSTATUS-119sres١.xml",
        "../BILLSTATUS-119sres1.xml",
        "/tmp/BILLSTATUS-119sres1.xml",
        "BILLS-119sres1is.xml",
        "",
    ],
)
def test_any_other_name_is_none(name: str) -> None:
    assert measure_named(name) is None


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_noise_is_refused_and_nothing_else(noise: bytes) -> None:
    for read in (
        read_sitemap_index,
        read_batches,
        lambda body: read_sitemap(body, 119, "sres"),
        lambda body: read_folder(body, 119, "sres"),
    ):
        with pytest.raises(ListRefused):
            read(noise)


@given(st.data())
def test_a_list_with_a_byte_changed_is_read_or_refused(data: st.DataObject) -> None:
    body = bytearray(urlset((SRES + "145.xml", "2026-04-21T20:20:00.649Z"), (SRES + "146.xml", "x")))
    body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_sitemap(bytes(body), 119, "sres")
    except ListRefused as error:
        assert "\n" not in str(error)
