"""Time and size: what a source sends slowly, without an end, or packed beyond reason costs no more than the limits."""

from __future__ import annotations

import dataclasses
import gzip
import socket
import tempfile
import threading
import tracemalloc
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.conftest import SMALL, Asker
from tests.sources.loopback import Answer, Loopback, drip, endless, hang, ok, raw
from tracker.sources.body import BodyCut, BodyRefused, copy_body, shown_size
from tracker.sources.exchange import Form
from tracker.sources.http import BadAnswer, SourceUnreachable
from tracker.sources.limits import Limits

QUIET = dataclasses.replace(SMALL, silence_seconds=0.15)  # for a server that says nothing more
SHORT = dataclasses.replace(SMALL, document_seconds=0.6, zip_seconds=0.8)  # for one that goes on
HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n"


def test_silence_is_waited_for_twice(server: Loopback, asker: Asker) -> None:
    asker.fetcher.limits = QUIET
    server.answers(hang)
    with pytest.raises(SourceUnreachable, match=r"sres: nothing came for 0.15 s, 2 times$"):
        asker.get()
    assert len(server.asked) == 2 and asker.slept == [1]


def test_silence_within_the_body_is_silence(server: Loopback, asker: Asker) -> None:
    def half(conn: socket.socket, over: threading.Event) -> None:
        conn.sendall(HEAD + b"<a>")
        hang(conn, over)

    asker.fetcher.limits = QUIET
    server.answers(half)
    with pytest.raises(SourceUnreachable, match=r"nothing came for 0.15 s"):
        asker.get()


@pytest.mark.parametrize(
    "slow",
    [
        drip(HEAD + b"<" + b"a" * 60_000),
        drip(b"HTTP/1.1 200 OK\r\n" + b"X-Header: more\r\n" * 90),
        drip(b"HTTP/1.1 100 Continue\r\n\r\n" * 9_000, every=0.001),
        drip(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\n<\r\n" * 9_000),
    ],
    ids=["body", "headers", "one continue after the other", "chunks"],
)
def test_a_drip_is_cut_by_the_deadline_and_not_asked_for_again(
    server: Loopback, asker: Asker, slow: Answer
) -> None:
    asker.fetcher.limits = SHORT
    server.answers(slow)
    with pytest.raises(SourceUnreachable, match=r"not whole after 0.6 s$"):
        asker.get()
    assert len(server.asked) == 1


@pytest.mark.parametrize("form", ["xml", "zip"])
def test_what_comes_too_slowly_is_left_long_before_the_deadline(
    server: Loopback, asker: Asker, form: Form
) -> None:
    """A hundred files of 200 bytes a second would each be whole in time, and together take hours."""
    asker.fetcher.limits = dataclasses.replace(SMALL, patience_seconds=0.1)
    server.answers(drip(HEAD + b"PK\3\4" * 15_000, every=0.01))
    slow = r"sres: it comes at less than 1,000 bytes a second$"
    with tempfile.TemporaryFile() as file, pytest.raises(SourceUnreachable, match=slow):
        asker.get(form=form, into=file)
    assert len(server.asked) == 1


def test_what_comes_slowly_and_is_short_is_waited_for(server: Loopback, asker: Asker) -> None:
    body = b"<a>" + b"a" * 10
    server.answers(drip(b"HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n" + body, every=0.002))
    assert asker.get().body == body


def test_what_comes_fast_enough_is_taken_however_long_it_lasts(server: Loopback, asker: Asker) -> None:
    asker.fetcher.limits = dataclasses.replace(SMALL, patience_seconds=0.01)

    def steady(conn: socket.socket, over: threading.Event) -> None:
        conn.sendall(HEAD + b"<" * 20_000)
        for _ in range(40):
            conn.sendall(b"<" * 1_000)
            over.wait(0.002)

    server.answers(steady)
    assert asker.get().body == b"<" * 60_000


def test_a_zip_has_its_own_deadline(server: Loopback, asker: Asker) -> None:
    asker.fetcher.limits = SHORT
    server.answers(drip(HEAD + b"PK\3\4" * 60_000))
    with tempfile.TemporaryFile() as file, pytest.raises(SourceUnreachable, match=r"not whole after 0.8 s$"):
        asker.get(form="zip", into=file)


def test_tries_share_one_deadline(server: Loopback, asker: Asker) -> None:
    asker.fetcher.limits = dataclasses.replace(QUIET, document_seconds=0.6, waits=(0.0,), silent_tries=99)
    server.answers(hang)
    with pytest.raises(SourceUnreachable):
        asker.get()
    assert len(server.asked) <= 5  # of 0.15 s each, in 0.6 s


@pytest.mark.parametrize("chunked", [False, True])
def test_an_endless_body_is_left_at_the_limit(server: Loopback, asker: Asker, chunked: bool) -> None:
    server.answers(endless(chunked=chunked))
    with pytest.raises(BadAnswer, match=r"sres: larger than the limit of 0.1 MB$"):
        asker.get()
    assert len(server.asked) == 1


def test_a_body_that_tells_too_great_a_length_is_not_begun(server: Loopback, asker: Asker) -> None:
    server.answers(raw(b"HTTP/1.1 200 OK\r\nContent-Length: 80000000\r\n\r\n<"))
    with pytest.raises(BadAnswer, match=r"80 MB, larger than the limit of 0.1 MB$"):
        asker.get()


@pytest.mark.parametrize("packed", [False, True])
def test_a_document_may_have_the_limit_and_no_byte_more(server: Loopback, asker: Asker, packed: bool) -> None:
    asker.fetcher.limits = dataclasses.replace(SMALL, ratio=10_000)
    for size, fits in ((100_000, True), (100_001, False)):
        body = b"<" + b"a" * (size - 1)
        server.answers(ok(gzip.compress(body), Content_Encoding="gzip") if packed else ok(body))
        if fits:
            assert asker.get().body == body
        else:
            with pytest.raises(BadAnswer, match="larger than the limit"):
                asker.get()


def test_a_zip_may_be_larger_than_a_document(server: Loopback, asker: Asker) -> None:
    with tempfile.TemporaryFile() as file:
        server.answers(ok(b"PK\3\4" * 50_000))
        assert asker.get(form="zip", into=file).body is None
        assert file.read() == b"PK\3\4" * 50_000
        server.answers(ok(b"PK\3\4" * 50_000 + b"!"))
        with pytest.raises(BadAnswer, match=r"larger than the limit of 0.2 MB"):
            asker.get(form="zip", into=file)


def test_a_second_try_does_not_append_to_the_first(server: Loopback, asker: Asker) -> None:
    server.answers(ok(b"PK\3\4 the first half", Content_Length="1000"), ok(b"PK\3\4 whole"))
    with tempfile.TemporaryFile() as file:
        asker.get(form="zip", into=file)
        assert file.read() == b"PK\3\4 whole"


def test_a_gzip_bomb_is_left_at_the_limit_and_never_held(server: Loopback, asker: Asker) -> None:
    bomb = gzip.compress(b" " * 30_000_000)
    server.answers(ok(bomb, Content_Encoding="gzip"))
    tracemalloc.start()
    try:
        with pytest.raises(BadAnswer, match=r"unpacks to more than 200 times its size|when unpacked"):
            asker.get()
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()


def test_a_body_within_the_limit_may_still_be_a_bomb(server: Loopback, asker: Asker) -> None:
    server.answers(ok(gzip.compress(b"<" + b" " * 90_000), Content_Encoding="gzip"))
    with pytest.raises(BadAnswer, match=r"unpacks to more than 200 times its size$"):
        asker.get()
    server.answers(ok(gzip.compress(b"<" + b" " * 9_000), Content_Encoding="gzip"))
    assert asker.get().body == b"<" + b" " * 9_000  # so short a one may well be all spaces


def test_a_gzip_bomb_within_a_gzip_bomb_is_unpacked_once(server: Loopback, asker: Asker) -> None:
    server.answers(ok(gzip.compress(gzip.compress(b" " * 100_000)), Content_Encoding="gzip"))
    with pytest.raises(BadAnswer, match="not XML"):
        asker.get()


@pytest.mark.parametrize("coding", ["br", "deflate", "gzip, gzip", "zstd", "nonsense"])
def test_a_coding_that_was_not_asked_for_is_refused(server: Loopback, asker: Asker, coding: str) -> None:
    server.answers(ok(Content_Encoding=coding))
    with pytest.raises(BadAnswer, match="which was not asked for"):
        asker.get()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_disk_that_is_full_is_no_fault_of_the_source(server: Loopback, asker: Asker) -> None:
    server.answers(ok(b"PK\3\4" * 10_000))
    with open("/dev/full", "r+b", buffering=0) as full, pytest.raises(OSError, match="No space left"):
        asker.get(form="zip", into=_Seekable(full))


class _Seekable:
    def __init__(self, file: object) -> None:
        self._file = file

    def seek(self, *args: int) -> int:
        return 0

    def truncate(self) -> int:
        return 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._file, name)


def test_the_bounds_are_those_of_the_manual() -> None:
    limits = Limits()
    assert (limits.connect_seconds, limits.silence_seconds) == (5, 20)
    assert (limits.document_seconds, limits.zip_seconds) == (120, 900)
    assert (limits.document_bytes, limits.zip_bytes) == (64_000_000, 256_000_000)
    assert (limits.member_bytes, limits.unpacked_bytes, limits.zip_members) == (
        64_000_000,
        1_000_000_000,
        50_000,
    )
    assert (limits.slowest, limits.patience_seconds) == (1_000, 20)
    assert (limits.ratio, limits.redirects, limits.waits) == (200, 3, (1, 2, 4, 8))


def test_the_real_worst_ratio_passes() -> None:
    """GovInfo's own worst member unpacks to 39 times its size."""
    body = zlib.compress(b"<item/>" * 300_000, wbits=31)
    unpacked = _copied([body], "gzip", limit=64_000_000, ratio=2_000_000 * 7 // len(body))
    assert len(unpacked) == 2_100_000


@given(body=st.binary(max_size=3_000) | st.integers(1, 300_000).map(lambda n: b"a" * n), data=st.data())
def test_a_body_is_the_same_however_it_is_cut_and_packed(body: bytes, data: st.DataObject) -> None:
    coding = data.draw(st.sampled_from(["", "identity", "gzip", "x-gzip"]))
    packed = zlib.compress(body, wbits=31) if "gzip" in coding else body
    assert _copied(_cut(packed, data), coding) == body


@given(
    first=st.binary(max_size=500), second=st.binary(max_size=500), padding=st.integers(0, 9), data=st.data()
)
def test_gzip_members_in_a_row_are_one_body(
    first: bytes, second: bytes, padding: int, data: st.DataObject
) -> None:
    packed = zlib.compress(first, wbits=31) + zlib.compress(second, wbits=31) + b"\0" * padding
    assert _copied(_cut(packed, data), "gzip") == first + second


@given(body=st.binary(min_size=1, max_size=500), lost=st.integers(1, 30), data=st.data())
def test_a_gzip_body_cut_anywhere_is_cut(body: bytes, lost: int, data: st.DataObject) -> None:
    packed = zlib.compress(body, wbits=31)
    cut = packed[: -min(lost, len(packed) - 1)]
    with pytest.raises(BodyCut):
        _copied(_cut(cut, data), "gzip")


@given(noise=st.binary(max_size=300))
def test_noise_as_gzip_is_refused_and_nothing_else(noise: bytes) -> None:
    try:
        _copied([noise] if noise else [], "gzip")
    except (BodyRefused, BodyCut) as error:
        assert str(error).isprintable()


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (0, "0 bytes"),
        (1_500, "1,500 bytes"),
        (100_000, "0.1 MB"),
        (1_500_000, "1.5 MB"),
        (64_000_000, "64 MB"),
    ],
)
def test_sizes_are_said_for_people(count: int, shown: str) -> None:
    assert shown_size(count) == shown


def _cut(body: bytes, data: st.DataObject) -> list[bytes]:
    bounds = sorted(data.draw(st.lists(st.integers(0, len(body)), max_size=5)))
    cut = [body[a:b] for a, b in zip([0, *bounds], [*bounds, len(body)], strict=True)]
    return [piece for piece in cut if piece]


def _copied(packed: list[bytes], coding: str, *, limit: int = 1_000_000, ratio: int = 10_000) -> bytes:
    out = bytearray()
    copy_body(iter(packed), out.extend, coding=coding, limit=limit, ratio=ratio, ratio_from=10_000)
    return bytes(out)
