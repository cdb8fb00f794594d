"""Every measure of the real data set through the whole house: XML in, `apply`, rows and documents, JSON out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from tests.api.conftest import Reader
from tests.api.whole import differences, official_files
from tests.records import second_reading
from tracker.ledger.apply import apply
from tracker.ledger.incoming import Incoming, Outcome
from tracker.ledger.models import Document

pytestmark = [pytest.mark.real_data, pytest.mark.django_db]

FOLDERS = {"congress-119": 11_448, "congress-118": 3_101, "families": 32}
LOADED_AT = datetime(2026, 11, 1, tzinfo=UTC)


def incoming(xml: bytes) -> Incoming:
    measure = second_reading.read(xml)
    congress, type, number = measure["congress"], measure["type"], measure["number"]
    url = f"https://www.govinfo.gov/bulkdata/BILLSTATUS/{congress}/{type}/BILLSTATUS-{congress}{type}{number}.xml"
    return Incoming(congress, type, number, xml, "govinfo", Document.Format.BILLSTATUS, url, LOADED_AT)


def batches(folder: Path) -> Iterator[list[bytes]]:
    files = official_files(folder)
    while batch := list(islice(files, 100)):
        yield batch


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_key_of_every_measure_is_answered_as_the_xml_says(
    real_data: Path, reader: Reader, settings: Any, folder: str
) -> None:
    settings.API_READS_PER_MINUTE = 0
    compared, differing = 0, []
    for batch in batches(real_data / folder):
        applied = apply(
            [incoming(xml) for xml in batch], loading=True, now=LOADED_AT, today=date(2026, 11, 1)
        )
        assert {one.outcome for one in applied} == {Outcome.NEW}
        for xml in batch:
            differing += differences(reader.get, xml, "http://testserver")
            compared += 1
    assert differing == []
    assert compared == FOLDERS[folder]
