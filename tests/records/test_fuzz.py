"""Whatever bytes come: a reading, or a refusal in one line, and nothing else."""

from __future__ import annotations

import json
import random
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.builders import COONS, SHAHEEN, billstatus
from tests.records.documents import bundle, old_bill
from tests.records.test_drift import WHOLE
from tests.replay import data_folder
from tracker.congress.calendar import valid_day
from tracker.records.billstatus import read_billstatus
from tracker.records.congress_api import read_congress_api
from tracker.records.diff import changes, lost_parts
from tracker.records.legislators import read_committee_seats, read_committees, read_legislators
from tracker.records.model import DocumentRefused, MeasureRecord, Reading
from tracker.records.on_day import on_day
from tracker.records.starter import read_starter

SEEDS = (
    WHOLE,
    billstatus(cosponsors=[(SHAHEEN, "2025-03-27"), (COONS, "2025-04-01", "2025-05-02")], subjects=["Iran"]),
    old_bill("<title>Old</title><actions><item><actionDate>2016-01-06</actionDate></item></actions>"),
)
Reader = Callable[[bytes], Reading]


def read(body: bytes, reader: Reader = read_billstatus) -> MeasureRecord | None:
    """What the reader makes of it; None for a refusal, which must be one short line."""
    try:
        reading = reader(body)
    except DocumentRefused as refused:
        said = str(refused)
        assert said and "\n" not in said and len(said) < 300
        return None
    assert isinstance(reading, Reading)
    return reading.record


def cut(body: bytes, at: int, until: int) -> bytes:
    return body[: min(at, until)] + body[max(at, until) :]


def double(body: bytes, at: int, until: int) -> bytes:
    return body[: max(at, until)] + body[min(at, until) :]


def swap(body: bytes, at: int, until: int) -> bytes:
    a, b = min(at, until), max(at, until)
    middle = (a + b) // 2
    return body[:a] + body[middle:b] + body[a:middle] + body[b:]


def nest(body: bytes, at: int, until: int) -> bytes:
    return body[:at] + body[min(at, until) : max(at, until)] + body[at:]


def retag(body: bytes, at: int, until: int) -> bytes:
    tags = sorted({part.split(b">")[0].strip(b"/ ") for part in body.split(b"<")[1:] if b">" in part})
    if not tags:
        return body
    old, new = tags[at % len(tags)], tags[until % len(tags)]
    return body.replace(b"<" + old + b">", b"<" + new + b">").replace(b"</" + old + b">", b"</" + new + b">")


def recode(body: bytes, at: int, until: int) -> bytes:
    codec = ("utf-16", "utf-16-be", "utf-32", "latin-1", "utf-7", "cp037", "utf-8-sig")[at % 7]
    return body.decode("utf-8", "replace").encode(codec, "replace")


def noise(body: bytes, at: int, until: int) -> bytes:
    odd = (
        b"\x00",
        b"\xff",
        b"&x;",
        b"<!--",
        b"]]>",
        b"<![CDATA[",
        b"<?xml?>",
        b"\xed\xa0\x80",
        b"&#0;",
        b"<",
        b">",
        b"\xef\xbb\xbf",
    )
    return body[:at] + odd[until % len(odd)] + body[at:]


def digits(body: bytes, at: int, until: int) -> bytes:
    return body.replace(b"2025", (b"0000", b"99999", b"-1", b"")[at % 4]).replace(
        b"119", (b"1e9", b"\xd9\xa3", b"0")[until % 3]
    )


MUTATIONS = (cut, double, swap, nest, retag, recode, noise, digits)
steps = st.lists(
    st.tuples(st.sampled_from(MUTATIONS), st.integers(0, 10_000), st.integers(0, 10_000)),
    min_size=1,
    max_size=4,
)


@given(st.sampled_from(SEEDS), steps)
@settings(max_examples=400, deadline=None)
def test_any_change_to_a_file_gives_a_reading_or_a_refusal(
    body: bytes, steps: list[tuple[Callable[[bytes, int, int], bytes], int, int]]
) -> None:
    for mutate, at, until in steps:
        body = mutate(body, at % (len(body) + 1), until % (len(body) + 1))
    record = read(body)
    if record is not None:
        whole = read_billstatus(WHOLE).record
        assert changes(record, record) == []
        assert all(
            change.occurred_on is None or valid_day(change.occurred_on) for change in changes(whole, record)
        )
        lost_parts(whole, record)
        day = valid_day("2025-04-01")
        assert day is not None
        on_day(record, day)


@given(st.binary(max_size=300))
@example(b"<billStatus><bill><congress>119</congress><type>HR</type><number>1</number></bill></billStatus>")
@settings(max_examples=200, deadline=None)
def test_any_bytes_give_a_reading_or_a_refusal(body: bytes) -> None:
    read(body)
    read(body, read_congress_api)
    read(body, read_starter)


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=8)
    | st.just("119"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                (
                    "item",
                    "name",
                    "number",
                    "congress",
                    "type",
                    "actionDate",
                    "text",
                    "url",
                    "formats",
                    "actions",
                    "recordedVotes",
                    "x",
                )
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*json.loads(bundle()), "extra"]), values, max_size=4), st.booleans())
@settings(max_examples=300, deadline=None)
def test_any_json_in_the_place_of_a_part_gives_a_reading_or_a_refusal(
    parts: dict[str, object], inside: bool
) -> None:
    whole = json.loads(bundle())
    if inside:
        whole["bill"] |= parts
    else:
        whole |= parts
    read(json.dumps(whole).encode(), read_congress_api)


@given(
    st.one_of(
        st.binary(max_size=200),
        st.text(max_size=200).map(str.encode),
        values.map(lambda v: json.dumps(v).encode()),
    )
)
@settings(max_examples=200, deadline=None)
def test_any_yaml_gives_a_list_or_a_refusal(body: bytes) -> None:
    for reader in (read_legislators, read_committees, read_committee_seats):
        try:
            assert isinstance(reader(body), list)
        except DocumentRefused as refused:
            assert "\n" not in str(refused)


@pytest.mark.real_data
def test_two_thousand_changed_files_of_the_sources_give_readings_or_refusals() -> None:
    files = [
        path.read_bytes()
        for path in sorted((data_folder() / "billstatus-samples").rglob("*.xml"))
        if path.stat().st_size < 80_000
    ]
    chance = random.Random(20260615)
    read_whole = 0
    for turn in range(2_000):
        body = files[turn % len(files)]
        for _ in range(chance.randint(1, 3)):
            place = len(body) + 1
            body = chance.choice(MUTATIONS)(body, chance.randrange(place), chance.randrange(place))
        read_whole += read(body) is not None
    assert read_whole > 200
