"""Every measure of the real data set, each key of the contract, against a second and plain reading of its XML."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.records import second_reading
from tracker.records.billstatus import read_billstatus
from tracker.records.keys import action_keys
from tracker.records.model import AmendmentRecord, MeasureRecord
from tracker.records.plain import as_json

pytestmark = pytest.mark.real_data

FOLDERS = {"congress-119": 11_448, "congress-118": 3_101, "families": 32}


def documents(folder: Path) -> Iterator[bytes]:
    for path in sorted(folder.glob("BILLSTATUS-*.zip")):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield archive.read(name)


def as_contract(record: MeasureRecord) -> dict[str, Any]:
    """The record in the shape of the second reading."""
    lists = ("titles", "sponsors", "cosponsors", "actions", "committees", "text_versions", "related", "laws")
    latest = {"on": record.latest_on, "text": record.latest_text}
    return {
        "id": record.id,
        **{
            name: getattr(record, name)
            for name in (
                "congress",
                "type",
                "number",
                "title",
                "origin_chamber",
                "introduced_on",
                "updated_at",
                "policy_area",
            )
        },
        "latest_action": latest if record.latest_on or record.latest_text else None,
        **{name: [as_json(part) for part in getattr(record, name)] for name in lists},
        "subjects": list(record.subjects),
        "summaries": [
            {"version": s.version, "on": s.on, "stage": s.stage, "html": s.text, "updated_at": s.updated_at}
            for s in record.summaries
        ],
        "amendments": [amendment(part) for part in record.amendments],
        "notes": list(record.notes),
        "committee_reports": list(record.committee_reports),
        "cbo_estimates": [as_json(part) for part in record.estimates],
    }


def amendment(part: AmendmentRecord) -> dict[str, Any]:
    return as_json(part) | {
        "chamber": part.chamber,
        "submitted_at": part.submitted_at,
        "proposed_at": part.proposed_at,
        "amends": part.amends,
        **{
            name: [as_json(row) for row in getattr(part, name)]
            for name in ("sponsors", "on_behalf_of", "cosponsors", "actions")
        },
    }


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_key_of_every_measure_is_what_the_xml_says(real_data: Path, folder: str) -> None:
    read, differing, unknown, odd = 0, [], Counter[str](), []
    for body in documents(real_data / folder):
        reading = read_billstatus(body)
        read += 1
        unknown.update(reading.unknown)
        odd += reading.odd
        found, expected = as_contract(reading.record), second_reading.read(body)
        assert found.keys() == expected.keys()
        differing += [(reading.record.id, key) for key in expected if found[key] != expected[key]]
    assert differing == []
    assert read == FOLDERS[folder]
    assert unknown == {}
    assert odd == []


def test_every_action_has_a_key_of_its_own(real_data: Path) -> None:
    for body in documents(real_data / "congress-118"):
        actions = read_billstatus(body).record.actions
        keys = action_keys(actions)
        assert len(set(keys)) == len(actions)
        assert all(len(key) <= 16 for key in keys)
