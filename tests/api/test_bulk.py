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


def test_the_same_record_makes_the_same_file(tmp_path: Path) -> None:
    held()
    assert bulk.write() == bulk.write()
    assert sorted(file.name for file in bulk.folder().iterdir()) == [
        "record.jsonl.gz",
        "record.jsonl.gz.sha256",
    ]
