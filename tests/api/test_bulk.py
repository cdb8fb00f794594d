"""The whole public record as one file, with the digest that proves it."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tests.builders import held
from tracker.api import bulk

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/bulk/record.jsonl.gz"


@pytest.fixture(autouse=True)
def _folder(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


def fetched(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def test_each_line_is_what_the_api_answers_and_the_digest_is_of_the_file(client: Client) -> None:
    held()
    held(146, title="A resolution on bridges.")
    count, digest = bulk.write()
    body = fetched(client, "/api/v1/bulk/record.jsonl.gz")
    lines = [json.loads(line) for line in gzip.decompress(body).splitlines()]
    assert count == len(lines) == 2
    assert lines == [client.get(f"/api/v1/measures/119/sres/{number}").json() for number in (145, 146)]
    assert hashlib.sha256(body).hexdigest() == digest
    assert fetched(client, "/api/v1/bulk/record.jsonl.gz.sha256").decode() == f"{digest}  record.jsonl.gz\n"


def test_before_the_first_night_there_is_none_and_it_is_said(client: Client) -> None:
    answer = client.get("/api/v1/bulk/record.jsonl.gz")
    assert answer.status_code == 404
    assert "made each night" in answer.json()["detail"]


def test_the_same_record_makes_the_same_file(monkeypatch: pytest.MonkeyPatch) -> None:
    held()
    first = bulk.write()
    monkeypatch.setattr(bulk.os, "getpid", lambda: 4_194_303)  # the next night another process does it
    assert bulk.write() == first
    assert sorted(file.name for file in bulk.folder().iterdir()) == [
        "record.jsonl.gz",
        "record.jsonl.gz.sha256",
    ]


def whole(client: Client) -> tuple[bytes, str]:
    """The file, and its validator."""
    held()
    bulk.write()
    answer = client.get(ADDRESS)
    assert answer.headers["Accept-Ranges"] == "bytes"
    return b"".join(answer.streaming_content), answer.headers["ETag"]


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("bytes=100-", slice(100, None)),
        ("bytes=0-0", slice(0, 1)),
        ("bytes=10-99", slice(10, 100)),
        ("bytes=100-999999999", slice(100, None)),
        ("bytes=-50", slice(-50, None)),
    ],
)
def test_a_download_that_broke_off_can_go_on(client: Client, asked: str, part: slice) -> None:
    file, etag = whole(client)
    answer = client.get(ADDRESS, headers={"Range": asked, "If-Range": etag})
    body = b"".join(answer.streaming_content)
    first = range(len(file))[part].start
    assert answer.status_code == 206
    assert body == file[part]
    assert answer.headers["Content-Range"] == f"bytes {first}-{first + len(body) - 1}/{len(file)}"
    assert answer.headers["Content-Length"] == str(len(body))


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "bytes=9-3", "lines=1-2", "bytes=x-", ""])
def test_what_is_not_one_range_gets_the_whole_file(client: Client, asked: str) -> None:
    file, _ = whole(client)
    answer = client.get(ADDRESS, headers={"Range": asked})
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, file)


def test_a_part_of_another_nights_file_is_not_put_to_this_ones(client: Client) -> None:
    file, _ = whole(client)
    answer = client.get(ADDRESS, headers={"Range": "bytes=100-", "If-Range": '"of-the-night-before"'})
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, file)


def test_a_range_beyond_the_end_is_told_how_long_the_file_is(client: Client) -> None:
    file, _ = whole(client)
    answer = client.get(ADDRESS, headers={"Range": f"bytes={len(file)}-"})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(file)}"
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_who_has_the_file_is_told_so(client: Client) -> None:
    _, etag = whole(client)
    assert client.get(ADDRESS, headers={"If-None-Match": etag}).status_code == 304
    head = client.head(ADDRESS)
    assert head.headers["Content-Length"] == str(len(b"".join(client.get(ADDRESS).streaming_content)))
