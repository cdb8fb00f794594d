"""The embedded queue: a message is whole or not there, is taken once, and nothing that lies in its folder ends a worker."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection
from kombu.exceptions import ChannelError

from tracker.folder_queue import Channel, Transport

NAME = "doorbell"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "queue"
    place.mkdir()
    return place


@pytest.fixture
def connection(folder: Path) -> Iterator[Connection]:
    options = {"data_folder_in": str(folder), "data_folder_out": str(folder)}
    with Connection(transport=Transport, transport_options=options) as connection:
        yield connection


@pytest.fixture
def channel(connection: Connection) -> Channel:
    return connection.default_channel


def test_messages_come_oldest_first_and_once(channel: Channel, folder: Path) -> None:
    for n in range(3):
        channel._put(NAME, {"n": n})
    assert [channel._get(NAME)["n"] for _ in range(3)] == [0, 1, 2]
    with pytest.raises(Empty):
        channel._get(NAME)
    assert list(folder.iterdir()) == []


def test_a_message_is_for_its_own_queue(channel: Channel) -> None:
    channel._put(NAME, {"n": 1})
    with pytest.raises(Empty):
        channel._get("bell")
    assert channel._get(NAME) == {"n": 1}


@pytest.mark.parametrize("words", [b"", b'{"body": "cut sh', b"\xff\xfe"])
def test_what_cannot_be_read_is_dropped_and_the_next_one_taken(
    channel: Channel, folder: Path, words: bytes
) -> None:
    (folder / f"{0:020}_left-by-a-power-cut.{NAME}.msg").write_bytes(words)
    channel._put(NAME, {"n": 1})
    assert channel._get(NAME) == {"n": 1}
    assert list(folder.iterdir()) == []


def test_a_reader_never_sees_a_message_that_is_still_being_written(
    channel: Channel, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = list[list[str]]()
    write = Path.write_text

    def slow(path: Path, words: str, **how: str) -> int:
        path.touch()
        with pytest.raises(Empty):
            channel._get(NAME)
        seen.append([found.name for found in folder.iterdir()])
        return write(path, words, **how)

    monkeypatch.setattr(Path, "write_text", slow)
    channel._put(NAME, {"n": 1})
    assert len(seen) == 1
    assert channel._get(NAME) == {"n": 1}


def no_room(path: Path, words: str, **how: str) -> int:
    path.write_bytes(b"half")
    raise OSError(28, os.strerror(28))


def test_a_full_disk_leaves_nothing_in_the_queue(
    connection: Connection, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "write_text", no_room)
    producer = connection.Producer()
    with pytest.raises(ChannelError, match="cannot be written: No space left on device"):
        producer.publish({"n": 1}, routing_key=NAME, declare=[], retry=False)
    assert list(folder.iterdir()) == []


def test_many_that_take_at_once_take_each_message_once(channel: Channel, folder: Path) -> None:
    for n in range(200):
        channel._put(NAME, {"n": n})
    taken = list[int]()

    def take() -> None:
        while True:
            try:
                taken.append(channel._get(NAME)["n"])
            except Empty:
                return

    _together(take, 8)
    left = [
        json.loads(file.read_bytes())["n"] for file in folder.iterdir()
    ]  # passed over while another held it
    assert sorted(taken + left) == list(range(200))


def _together(what: Callable[[], None], times: int) -> None:
    threads = [threading.Thread(target=what) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
