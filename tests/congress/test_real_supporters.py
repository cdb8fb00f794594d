"""The story of supporters over every measure of the real data set: it ends where the record does."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from tests.records.test_real_data import documents
from tracker.congress.measures import measure_type
from tracker.congress.milestones import milestones
from tracker.ledger.derived import derive
from tracker.pages.support import Support, support
from tracker.records.billstatus import read_billstatus
from tracker.records.keys import action_keys

pytestmark = pytest.mark.real_data


def told(folder: Path, type: str, number: int) -> Support:
    with zipfile.ZipFile(folder / "congress-119" / f"BILLSTATUS-119-{type}.zip") as archive:
        return support(read_billstatus(archive.read(f"BILLSTATUS-119{type}{number}.xml")).record)


@pytest.mark.parametrize("folder", ["congress-119", "congress-118"])
def test_the_end_of_every_story_is_what_the_record_counts(real_data: Path, folder: str) -> None:
    with_names = 0
    for body in documents(real_data / folder):
        record = read_billstatus(body).record
        stands = support(record)
        held = derive(
            record, action_keys(record.actions), date(2026, 6, 30)
        ).columns  # what `cosponsor_counts` are of
        assert (stands.total, stands.withdrawn) == (held["cosponsor_count"], held["withdrawn_count"]), (
            record.id
        )
        assert stands.by_party == held["cosponsors_by_party"], record.id
        if stands.cosponsors and all(each.joined_on for each in stands.cosponsors):
            last = stands.ledger[-1]
            assert (last.total, last.by_party) == (stands.total, stands.by_party), record.id
            assert last.signed == stands.signed, record.id
            with_names += 1
        for each in milestones(stands.sponsors, stands.cosponsors, chamber=measure_type(record.type).chamber):
            assert each.words and not each.words.endswith("."), record.id
    assert with_names >= {"congress-119": 7_000, "congress-118": 0}[folder]  # those of the 118th bear no days


def test_sres_145_grew_by_five_on_four_dates_to_eighteen(real_data: Path) -> None:
    stands = told(real_data, "sres", 145)
    later = stands.ledger[1:]
    assert (sum(len(step.joined) for step in later), len(later)) == (5, 4)
    assert (stands.total, stands.by_party) == (18, {"D": 12, "R": 6})


def test_hres_166_reached_its_218th_supporter_on_may_13_2025(real_data: Path) -> None:
    stands = told(real_data, "hres", 166)
    (reached,) = [
        each
        for each in milestones(stands.sponsors, stands.cosponsors, chamber="house")
        if each.kind == "majority"
    ]
    assert (reached.day, reached.words) == (
        date(2025, 5, 13),
        "The 218th name, its sponsor included: a majority of the House’s 435 seats",
    )
