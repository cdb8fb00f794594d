"""Bulk zips: read member by member, whatever they hold."""

from __future__ import annotations

import io
import random
import struct
import tracemalloc
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.conftest import SMALL
from tracker.sources.bulkzip import BulkZip, ZipMember, ZipRefused
from tracker.sources.limits import Limits

GOOD = "BILLSTATUS-119sres145.xml"


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, body in members:
            made.writestr(name, body)
    return out.getvalue()


def opened(body: bytes, limits: Limits = SMALL) -> BulkZip:
    return BulkZip(io.BytesIO(body), 119, "sres", limits)


def read(body: bytes, limits: Limits = SMALL) -> list[ZipMember]:
    with opened(body, limits) as bulk:
        return list(bulk.members())


def test_each_member_comes_whole_with_its_number_and_its_stamp() -> None:
    info = zipfile.ZipInfo(GOOD, (2026, 4, 21, 20, 20, 42))
    (member,) = read(zipped((info, b"<billStatus/>")))
    assert (member.congress, member.type, member.number) == (119, "sres", 145)
    assert (member.body, member.error) == (b"<billStatus/>", None)
    assert member.modified == datetime(2026, 4, 21, 20, 20, 42, tzinfo=UTC)


def test_members_come_in_the_order_of_the_zip() -> None:
    names = [f"BILLSTATUS-119sres{n}.xml" for n in (7, 3, 5)]
    assert [m.name for m in read(zipped(*((n, b"<a/>") for n in names)))] == names


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_stored_and_deflated_members_are_read(method: int) -> None:
    body = bytes(range(256)) * 200
    assert read(zipped((GOOD, body), method=method))[0].body == body


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_packings_are_refused(method: int) -> None:
    (member,) = read(zipped((GOOD, b"<a/>"), method=method))
    assert member.body is None and "which is not read" in str(member.error)


@pytest.mark.parametrize(
    "name",
    [
        "../../../../tmp/BILLSTATUS-119sres145.xml",
        "/tmp/BILLSTATUS-119sres145.xml",
        "..\\BILLSTATUS-119sres145.xml",
        "C:\\BILLSTATUS-119sres145.xml",
        "sres/BILLSTATUS-119sres145.xml",
        "BILLSTATUS-119hres145.xml",
        "BILLSTATUS-118sres145.xml",
        "BILLSTATUS-119sres0145.xml",
        "readme.txt",
        "folder/",
        "a\nb",
    ],
)
def test_a_member_of_another_name_is_refused_and_the_rest_is_read(name: str, tmp_path: Path) -> None:
    bad, good = read(zipped((name, b"climbed out"), (GOOD, b"<a/>")))
    assert (bad.body, bad.number, good.body) == (None, None, b"<a/>")
    assert bad.error is not None and bad.error.endswith("no name of a bill status file of 119/sres")
    assert bad.error.isprintable() and bad.name.isprintable()
    assert list(tmp_path.iterdir()) == []


def test_a_name_cut_by_a_zero_is_not_the_name_that_is_left() -> None:
    body = zipped((GOOD + "Xevil", b"<a/>")).replace(b"Xevil", b"\0evil")
    (member,) = read(body)
    assert member.body is None


def test_two_members_of_one_name_are_both_refused_and_told_once() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        body = zipped((GOOD, b"<one/>"), (GOOD, b"<two/>"), ("BILLSTATUS-119sres1.xml", b"<a/>"))
    bad, good = read(body)
    assert (bad.body, bad.error) == (None, f"{GOOD}: in the zip 2 times")
    assert good.number == 1
    with opened(body) as bulk:
        assert bulk.total == 2


def test_a_wrong_checksum_refuses_that_member_alone() -> None:
    body = bytearray(zipped((GOOD, b"<billStatus/>" * 9), ("BILLSTATUS-119sres1.xml", b"<a/>"), method=0))
    at = body.index(b"<billStatus/>")
    body[at + 3] ^= 0xFF
    bad, good = read(bytes(body))
    assert bad.body is None and "cannot be unpacked: Bad CRC-32" in str(bad.error)
    assert good.body == b"<a/>"


def test_an_encrypted_member_is_refused() -> None:
    body = bytearray(zipped((GOOD, b"<a/>")))
    body[6] |= 1
    body[body.index(b"PK\1\2") + 8] |= 1
    (member,) = read(bytes(body))
    assert member.error == f"{GOOD}: encrypted"


def test_a_stamp_that_is_no_date_is_unknown() -> None:
    body = zipped((zipfile.ZipInfo(GOOD, (1980, 1, 1, 0, 0, 0)), b"<a/>"))
    body = body.replace(struct.pack("<HH", 0, 33), struct.pack("<HH", 0, 0))
    assert read(body)[0].modified is None


@pytest.mark.parametrize(("size", "fits"), [(60_000, True), (60_001, False)])
def test_a_member_may_have_the_limit_and_no_byte_more(size: int, fits: bool) -> None:
    (member,) = read(zipped((GOOD, bytes(i * i % 251 for i in range(size))), method=0))
    assert (member.body is not None) is fits
    assert fits or "larger than the limit" in str(member.error)


def test_a_bomb_is_refused_unread_and_the_rest_is_read() -> None:
    body = zipped((GOOD, b" " * 50_000), ("BILLSTATUS-119sres1.xml", b"<a/>"))
    bad, good = read(body, replace(SMALL, ratio=100))
    assert bad.error == f"{GOOD}: unpacks to more than 100 times its size"
    assert good.body == b"<a/>"


def test_a_bomb_that_lies_about_its_size_unpacks_to_no_more_than_it_told() -> None:
    """zipfile would unpack all of it at once before it cuts: 40 MB here."""
    body = bytearray(zipped((GOOD, b" " * 40_000_000)))
    for signature, at in ((b"PK\1\2", 24), (b"PK\3\4", 22)):
        place = body.index(signature) + at
        body[place : place + 4] = struct.pack("<L", 50_000)
    tracemalloc.start()
    try:
        (member,) = read(bytes(body), replace(SMALL, ratio=10_000))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert member.body is None and "cannot be unpacked" in str(member.error)
    assert peak < 5_000_000


def test_all_members_together_have_a_limit() -> None:
    names = [f"BILLSTATUS-119sres{n}.xml" for n in (1, 2, 3)]
    noise = bytes(i * i % 251 for i in range(50_000))
    assert len(read(zipped(*((n, noise) for n in names), method=0))) == 3
    with pytest.raises(ZipRefused, match=r"unpacks to 0.2 MB; the limit is 0.1 MB"):
        opened(zipped(*((n, noise + b"!") for n in names), method=0))


def test_a_bomb_that_is_refused_anyway_does_not_count_against_the_rest() -> None:
    body = zipped((GOOD, b" " * 1_000_000), ("BILLSTATUS-119sres1.xml", b"<a/>"))
    assert [m.body for m in read(body)] == [None, b"<a/>"]


@pytest.mark.parametrize(("count", "fits"), [(20, True), (21, False)])
def test_there_is_a_limit_to_the_number_of_members(count: int, fits: bool) -> None:
    body = zipped(*((f"BILLSTATUS-119sres{n}.xml", b"<a/>") for n in range(1, count + 1)))
    if fits:
        assert len(read(body)) == 20
    else:
        with pytest.raises(ZipRefused, match="21 members; the limit is 20"):
            opened(body)


def test_a_directory_beyond_the_limit_is_never_read() -> None:
    """A zip made of directory entries alone would become an object for each 46 bytes of it."""
    entry = zipped((GOOD, b""))
    at = entry.index(b"PK\1\2")
    end = entry.index(b"PK\5\6")
    count = 3_000
    directory = entry[at:end] * count
    tail = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(directory), at, 0)
    with pytest.raises(ZipRefused, match="its directory is larger than the limit"):
        opened(entry[:at] + directory + tail)


@pytest.mark.parametrize(
    "body", [b"", b"PK\3\4", b"PK\5\6", b"<html>", b"\0" * 1_000, zipped((GOOD, b"a"))[:-30]]
)
def test_what_is_no_zip_is_refused_in_one_line(body: bytes) -> None:
    with pytest.raises(ZipRefused, match="not a zip that can be read") as caught:
        opened(body)
    assert "\n" not in str(caught.value)


def test_a_member_may_be_larger_than_a_directory_may() -> None:
    noise = random.Random(1).randbytes(100_000)
    limits = replace(SMALL, member_bytes=100_000)
    assert read(zipped((GOOD, noise), method=zipfile.ZIP_STORED), limits)[0].body == noise


def test_an_empty_zip_has_no_members() -> None:
    assert read(zipped()) == []


def test_closing_the_zip_closes_its_file() -> None:
    file = io.BytesIO(zipped((GOOD, b"<a/>")))
    with BulkZip(file, 119, "sres", SMALL) as bulk:
        assert len(list(bulk.members())) == 1
    assert file.closed


def test_memory_stays_flat_over_the_members() -> None:
    noise = bytes(i * i % 251 for i in range(200_000))
    body = zipped(*((f"BILLSTATUS-119sres{n}.xml", noise) for n in range(1, 41)))
    limits = Limits()
    with opened(body, limits) as bulk:
        tracemalloc.start()
        try:
            assert sum(len(m.body or b"") for m in bulk.members()) == 40 * 200_000
            assert tracemalloc.get_traced_memory()[1] < 2_000_000
        finally:
            tracemalloc.stop()


def members() -> st.SearchStrategy[list[tuple[str, bytes]]]:
    names = st.integers(1, 9).map(lambda n: f"BILLSTATUS-119sres{n}.xml") | st.text(min_size=1, max_size=8)
    return st.lists(st.tuples(names, st.binary(max_size=60)), max_size=4, unique_by=lambda pair: pair[0])


@given(members(), st.data())
def test_a_damaged_zip_is_refused_or_read_and_nothing_else(
    made: Iterable[tuple[str, bytes]], data: st.DataObject
) -> None:
    """Bytes changed, cut out or put in anywhere: what is yielded is what was packed, or an error of one line."""
    packed = {name: body for name, body in made if name.isascii() and name.isprintable()}
    body = bytearray(zipped(*packed.items(), method=data.draw(st.sampled_from([0, 8]))))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(body)))
        body[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    try:
        found = read(bytes(body))
    except ZipRefused as error:
        assert str(error).isprintable()
        return
    for member in found:
        assert (member.body is None) == (member.error is not None)
        assert member.error is None or member.error.isprintable()
        if member.body is not None:
            assert member.body in packed.values()
