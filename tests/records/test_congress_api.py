"""The API's bundle of a measure gives the record that its BILLSTATUS file gives."""

from __future__ import annotations

import json
import random
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.records.documents import bundle
from tests.replay import Replay
from tracker.records.billstatus import read_billstatus
from tracker.records.congress_api import read_congress_api
from tracker.records.diff import changes
from tracker.records.model import (
    AmendmentRecord,
    CosponsorRecord,
    DocumentRefused,
    MeasureRecord,
    SponsorRecord,
    TextFormat,
    VoteReference,
)


def refusal(body: bytes, expected: tuple[int, str, int] | None = None) -> str:
    with pytest.raises(DocumentRefused) as refused:
        read_congress_api(body, expected=expected)
    return str(refused.value)


def test_numbers_and_flags_of_json_are_read_as_the_files_have_them() -> None:
    reading = read_congress_api(
        bundle(
            bill={
                "sponsors": [
                    {"bioguideId": "F000470", "fullName": "Rep. F", "district": 7, "isByRequest": "Y"}
                ]
            },
            cosponsors=[
                {
                    "bioguideId": "K000383",
                    "fullName": "Rep. K",
                    "party": "I",
                    "state": "ME",
                    "district": 0,
                    "sponsorshipDate": "2025-03-28",
                    "isOriginalCosponsor": False,
                    "sponsorshipWithdrawnDate": "2025-04-01",
                }
            ],
            actions=[
                {
                    "actionDate": "2025-03-06",
                    "text": "On agreeing.",
                    "type": "Floor",
                    "sourceSystem": {"code": 2, "name": "House floor actions"},
                    "recordedVotes": [
                        {
                            "chamber": "House",
                            "congress": 119,
                            "sessionNumber": 1,
                            "rollNumber": 62,
                            "date": "2025-03-06T16:05:31Z",
                        }
                    ],
                }
            ],
        )
    )
    record = reading.record
    assert (reading.unknown, reading.odd) == ({}, ())
    assert record.sponsors == (SponsorRecord("F000470", "Rep. F", district="7", by_request=True),)
    assert record.cosponsors == (
        CosponsorRecord("K000383", "Rep. K", "I", "ME", "0", "2025-03-28", False, "2025-04-01"),
    )
    assert record.actions[0].source == "House floor actions"
    assert record.actions[0].recorded_votes == (VoteReference("house", 119, 1, 62, "2025-03-06T16:05:31Z"),)
    assert record.titles[0].type_code == "45"
    assert (record.subjects, record.policy_area) == (("Iran",), "International Affairs")


def test_texts_get_the_addresses_that_answer_programs() -> None:
    address = "https://www.congress.gov/119/bills/sres145/BILLS-119sres145is"
    formats = [("Formatted Text", ".htm"), ("PDF", ".pdf"), ("Formatted XML", ".xml")]
    record = read_congress_api(
        bundle(
            textVersions=[
                {
                    "type": "Introduced in Senate",
                    "date": "2025-03-27T04:00:00Z",
                    "formats": [{"type": kind, "url": address + ending} for kind, ending in formats],
                },
                {
                    "type": "Public Law",
                    "date": None,
                    "formats": [
                        {
                            "type": "Formatted XML",
                            "url": "https://www.congress.gov/119/plaws/publ4/PLAW-119publ4_uslm.xml",
                        }
                    ],
                },
            ]
        )
    ).record
    package = "https://www.govinfo.gov/content/pkg/BILLS-119sres145is"
    introduced, law = record.text_versions
    assert (introduced.package, introduced.code, introduced.on) == ("BILLS-119sres145is", "is", "2025-03-27")
    assert introduced.formats == (
        TextFormat(f"{package}/html/BILLS-119sres145is.htm", "htm"),
        TextFormat(f"{package}/pdf/BILLS-119sres145is.pdf", "pdf"),
        TextFormat(f"{package}/xml/BILLS-119sres145is.xml", "xml"),
    )
    assert (law.package, law.code, law.on) == ("PLAW-119publ4", "plaw", None)


def test_amendments_are_listed_without_what_the_list_may_lack() -> None:
    listed = {
        "congress": 119,
        "number": "1717",
        "type": "SAMDT",
        "purpose": "To improve it.",
        "latestAction": {"actionDate": "2025-04-05", "text": "Agreed to."},
        "url": "https://api.congress.gov/v3/amendment/119/samdt/1717",
        "cosponsors": {"count": 2, "url": "https://api.congress.gov/v3/x"},
    }
    reading = read_congress_api(bundle(amendments=[listed]))
    assert reading.unknown == {}
    assert reading.record.amendments == (
        AmendmentRecord(
            "119/samdt/1717", purpose="To improve it.", latest_on="2025-04-05", latest_text="Agreed to."
        ),
    )


def test_nul_and_half_a_surrogate_pair_become_a_mark_that_every_database_stores() -> None:
    body = bundle(bill={"title": "A\x00B\ud800C"})
    assert read_congress_api(body).record.title == "A\ufffdB\ufffdC"


def test_unknown_keys_are_counted_by_their_path() -> None:
    reading = read_congress_api(bundle(bill={"mood": "cheerful"}, extra=[], cosponsors=[]))
    assert reading.unknown == {"extra": 1, "bill/mood": 1}


def test_a_part_that_the_bundle_lacks_is_missing() -> None:
    whole = json.loads(bundle())
    del whole["cosponsors"]
    assert "cosponsors" in read_congress_api(json.dumps(whole).encode()).missing
    assert "cosponsors" not in read_congress_api(bundle(cosponsors=[])).missing


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "empty"),
        (b"<html><body>503</body></html>", "web page"),
        (b'{"error": "Unknown resource: bill/119/sres/145"}', "Unknown resource"),
        (b"[]", "no object"),
        (b'{"bill": {"congress": 119}}', "no type"),
        (b'{"bill": {"congress": "119 1", "type": "HR", "number": 1}}', "congress is '119 1'"),
        (bundle(actions={}), "actions is no list"),
        (bundle()[:-20], "not well-formed JSON"),
        (b'{"bill": ' + b"[" * 70 + b"]" * 70 + b"}", "deeper than 64"),
        (b'{"bill": {"number": ' + b"1" * 5000 + b"}}", "not well-formed JSON"),
    ],
)
def test_what_is_no_bundle_is_refused_in_one_line(body: bytes, said: str) -> None:
    assert said in refusal(body)


def test_brackets_in_words_are_no_nesting() -> None:
    title = 'A "quoted\\" ' + "[" * 100
    assert read_congress_api(bundle(bill={"title": title})).record.title == title


def test_another_measure_inside_is_refused() -> None:
    said = refusal(bundle(), expected=(119, "sres", 146))
    assert "119/sres/145" in said and "119/sres/146" in said


@pytest.fixture(scope="module")
def replay() -> Iterator[Replay]:
    with Replay.start(("congress-119",), None, "--rate-limit", "1000000") as server:
        yield server


class Asking:
    """The parts of one measure, page by page, as the client of the API collects them."""

    PARTS = {
        "actions": "actions",
        "cosponsors": "cosponsors",
        "committees": "committees",
        "summaries": "summaries",
        "titles": "titles",
        "textVersions": "text",
        "relatedBills": "relatedbills",
        "amendments": "amendments",
    }

    def __init__(self, replay: Replay, place: str) -> None:
        self.base = f"{replay.url}/v3/bill/{place}"

    def bundle(self) -> bytes:
        found: dict[str, Any] = {"bill": self._ask("")["bill"]}
        for name, path in self.PARTS.items():
            found[name] = [row for page in self._pages(path) for row in page[name]]
        subjects = [page["subjects"] for page in self._pages("subjects")]
        found["subjects"] = subjects[0] | {
            "legislativeSubjects": [row for part in subjects for row in part["legislativeSubjects"]]
        }
        return json.dumps(found).encode()

    def _pages(self, path: str) -> Iterator[dict[str, Any]]:
        offset, more = 0, True
        while more:
            page = self._ask(f"/{path}", f"&limit=250&offset={offset}")
            yield page
            offset, more = offset + 250, "next" in page["pagination"]

    def _ask(self, path: str, more: str = "") -> dict[str, Any]:
        with urllib.request.urlopen(f"{self.base}{path}?format=json&api_key=x{more}", timeout=60) as answer:
            return json.load(answer)


def without_what_differs_by_nature(record: MeasureRecord) -> MeasureRecord:
    """Without update dates, formats of texts, and what the API's list of amendments lacks."""
    replace = msgspec.structs.replace
    return replace(
        record,
        updated_at=None,
        updated_with_text_at=None,
        text_versions=tuple(replace(version, formats=()) for version in record.text_versions),
        amendments=tuple(
            replace(amendment, sponsors=(), cosponsors=(), on_behalf_of=(), actions=())
            for amendment in record.amendments
        ),
    )


@pytest.mark.real_data
@pytest.mark.parametrize("kind", ["hr", "s", "hjres", "sjres", "hconres", "sconres", "hres", "sres"])
def test_two_hundred_measures_are_the_same_from_both_sources(
    real_data: Path, replay: Replay, kind: str
) -> None:
    with zipfile.ZipFile(real_data / "congress-119" / f"BILLSTATUS-119-{kind}.zip") as archive:
        names = archive.namelist()
        for name in random.Random(145).sample(names, min(27, len(names))):
            number = int(name.split(kind)[-1].removesuffix(".xml"))
            file = read_billstatus(archive.read(name)).record
            reading = read_congress_api(
                Asking(replay, f"119/{kind}/{number}").bundle(), expected=(119, kind, number)
            )
            assert (reading.unknown, reading.odd) == ({}, ())
            assert without_what_differs_by_nature(reading.record) == without_what_differs_by_nature(file)
            assert changes(file, reading.record) == changes(reading.record, file) == []
