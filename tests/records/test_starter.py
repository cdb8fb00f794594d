"""One measure of the starter record, and the file that ships with Whereas."""

from __future__ import annotations

import zipfile
from collections import Counter
from datetime import date
from pathlib import Path

import msgspec
import pytest

from tests.records.records import measure
from tracker.congress.measures import TYPES
from tracker.congress.stages import STATUS_LABELS, derive_status, is_constitutional_amendment
from tracker.records.billstatus import read_billstatus
from tracker.records.model import DocumentRefused, MeasureRecord, Reading
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


# The file

FILE = Path(__file__).parents[2] / "tracker" / "ledger" / "starter.json"


@pytest.fixture(scope="module")
def measures() -> dict[str, MeasureRecord]:
    """The records that ship with Whereas, each read on its own as `load_starter` does."""
    rows = msgspec.json.decode(FILE.read_bytes())
    records = [read_starter(msgspec.json.encode(row)).record for row in rows]
    assert len({record.id for record in records}) == len(records)
    return {record.id: record for record in records}


def status_of(record: MeasureRecord) -> str:
    return derive_status(
        type=record.type,
        title=record.title,
        congress=record.congress,
        actions=record.actions,
        has_law=bool(record.laws),
        introduced_on=record.introduced_on,
        today=date(2026, 6, 18),
        text_codes=[version.code for version in record.text_versions if version.code],
    ).code


def test_the_file_is_small_and_holds_no_summaries(measures: dict[str, MeasureRecord]) -> None:
    assert FILE.stat().st_size < 250_000
    assert 30 <= len(measures) <= 45
    assert all(record.summaries == () for record in measures.values())


def test_it_shows_every_status_that_real_measures_have(measures: dict[str, MeasureRecord]) -> None:
    assert {status_of(record) for record in measures.values()} == set(STATUS_LABELS) - {
        "introduced",
        "withdrawn",
        "to_archivist",
        "veto_overridden",
    }
    assert {record.type for record in measures.values()} == set(TYPES)


def test_it_shows_every_part_that_pages_have(measures: dict[str, MeasureRecord]) -> None:
    records = measures.values()
    for part in (
        "titles",
        "sponsors",
        "cosponsors",
        "actions",
        "committees",
        "subjects",
        "text_versions",
        "related",
        "laws",
    ):
        assert any(getattr(record, part) for record in records), part
    assert any(record.amendments for record in records)
    assert any(action.recorded_votes for record in records for action in record.actions)
    assert any(cosponsor.withdrawn_on for record in records for cosponsor in record.cosponsors)
    assert any(committee.subcommittees for record in records for committee in record.committees)
    assert any(record.policy_area for record in records)
    assert any(is_constitutional_amendment(record.type, record.title) for record in records)


def test_the_resolution_of_2024_has_its_seven_original_cosponsors(measures: dict[str, MeasureRecord]) -> None:
    record = measures["118/sres/599"]
    assert record.title == (
        "A resolution protecting the Iranian political refugees, including female former political prisoners, "
        "in Ashraf-3 in Albania."
    )
    assert record.introduced_on == "2024-03-20"
    assert record.sponsors[0].member == "T000476"
    assert [committee.code for committee in record.committees] == ["ssfr00"]
    names = {"Cornyn", "Cruz", "Boozman", "Menendez", "Shaheen", "Coons", "Booker"}
    assert {(cosponsor.name or "").split()[1].rstrip(",") for cosponsor in record.cosponsors} == names
    assert all(c.original and c.joined_on == "2024-03-20" for c in record.cosponsors)
    assert status_of(record) == "died"


def test_its_successor_has_eighteen_of_both_parties(measures: dict[str, MeasureRecord]) -> None:
    record = measures["119/sres/145"]
    assert record.title == measures["118/sres/599"].title
    assert Counter(cosponsor.party for cosponsor in record.cosponsors) == {"D": 12, "R": 6}
    assert sum(cosponsor.joined_on == "2025-03-27" for cosponsor in record.cosponsors) == 13
    assert len(measures["119/hres/166"].cosponsors) == 230


@pytest.mark.real_data
def test_what_it_says_is_what_the_sources_say(real_data: Path, measures: dict[str, MeasureRecord]) -> None:
    for record in measures.values():
        name = f"BILLSTATUS-{record.congress}{record.type}{record.number}.xml"
        folder = real_data / f"congress-{record.congress}"
        with zipfile.ZipFile(folder / f"BILLSTATUS-{record.congress}-{record.type}.zip") as archive:
            official = read_billstatus(archive.read(name)).record
        assert record == msgspec.structs.replace(official, summaries=())
