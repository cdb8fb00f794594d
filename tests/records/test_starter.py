"""One measure of the starter record, and the file that ships with Whereas."""

from __future__ import annotations

import msgspec
import pytest

from tests.records.records import measure
from tracker.records.model import DocumentRefused, Reading
from tracker.records.starter import read_starter

RECORD = measure(title="A resolution.", subjects=("Iran",))


def test_a_measure_comes_back_as_it_was_written() -> None:
    body = msgspec.json.encode(RECORD)
    assert read_starter(body) == Reading(RECORD)
    assert read_starter(body, expected=(119, "sres", 145)) == Reading(RECORD)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "no measure of the starter record"),
        (b"[]", "no measure of the starter record"),
        (b'{"congress": 119, "type": "sres"}', "missing required field `number`"),
        (b'{"congress": 119, "type": "zres", "number": 1}', "119/zres/1"),
        (b'{"congress": 119, "type": "sres", "number": 1, "title": 5}', "`$.title`"),
    ],
)
def test_what_is_no_measure_is_refused(body: bytes, said: str) -> None:
    with pytest.raises(DocumentRefused, match=r".") as refused:
        read_starter(body)
    assert said in str(refused.value)


def test_another_measure_is_refused() -> None:
    with pytest.raises(DocumentRefused, match="119/sres/145, where 119/sres/146 was expected"):
        read_starter(msgspec.json.encode(RECORD), expected=(119, "sres", 146))
