"""The status of every measure held for the 119th and 118th Congresses, counted; and odd ones looked at by hand.

The counts are those of docs/STATUS.md. A change of one of them is a change of the rules, and has to be explained there.
"""

from __future__ import annotations

import random
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date

import msgspec
import pytest

from tests.replay import data_folder
from tracker.congress.people import display_name
from tracker.congress.sentences import status_sentence
from tracker.congress.stages import Status, derive_status, is_constitutional_amendment
from tracker.congress.versions import VERSIONS
from tracker.records.billstatus import read_billstatus
from tracker.records.model import ActionRecord, MeasureRecord

pytestmark = pytest.mark.real_data

TODAY = date(2026, 6, 20)  # after the last record of the data set, within the 119th Congress

COUNTS_119 = {
    "hr": {"reserved": 8, "referred": 5863, "reported": 6, "on_calendar": 154, "passed_house": 342, "resolving_differences": 2,
           "to_president": 1, "vetoed": 2, "enacted": 33, "failed": 2},
    "s": {"referred": 2951, "on_calendar": 132, "passed_senate": 78, "resolving_differences": 1, "passed_both": 2, "enacted": 18,
          "failed": 1},
    "hjres": {"referred": 119, "on_calendar": 1, "passed_house": 1, "enacted": 12, "failed": 1},
    "sjres": {"referred": 95, "on_calendar": 32, "passed_senate": 2, "enacted": 5, "failed": 5},
    "hconres": {"referred": 61, "passed_house": 3, "agreed_to": 9, "failed": 6},
    "sconres": {"referred": 15, "on_calendar": 1, "passed_senate": 2, "agreed_to": 3},
    "hres": {"referred": 832, "on_calendar": 8, "agreed_to": 98, "failed": 10},
    "sres": {"referred": 247, "reported": 12, "on_calendar": 6, "agreed_to": 266},
}  # fmt: skip

# Before the end of the Congress is applied; every pending one of these died on January 3, 2025.
COUNTS_118 = {
    "hjres": {"referred": 197, "on_calendar": 16, "passed_house": 5, "enacted": 5, "vetoed": 7},
    "sjres": {"referred": 103, "on_calendar": 9, "passed_senate": 5, "vetoed": 5},
    "hconres": {"referred": 106, "on_calendar": 3, "passed_house": 9, "agreed_to": 17},
    "sconres": {"referred": 32, "on_calendar": 2, "passed_senate": 4, "agreed_to": 8},
    "hres": {"referred": 1429, "on_calendar": 10, "agreed_to": 184, "failed": 4},
    "sres": {"referred": 390, "reported": 17, "on_calendar": 10, "agreed_to": 524},
}

ODD_ONES = {
    "119/hconres/14": ("agreed_to", "2025-04-10", "On motion that the House agree to the Senate amendment"),
    "119/hr/4": ("enacted", "2025-07-24", "Became Public Law No: 119-28."),
    "119/hr/452": ("enacted", "2025-12-12", "Became Public Law"),
    "119/hr/3944": ("resolving_differences", "2025-08-01", "Passed Senate under the order"),
    "119/hr/5371": ("enacted", "2025-11-12", "Became Public Law No: 119-37."),
    "119/hr/6644": ("resolving_differences", "2026-03-12", "Passed Senate with an amendment"),
    "119/hr/7147": ("enacted", "2026-04-30", "Became Public Law No: 119-86."),
    "119/s/1318": ("resolving_differences", "2026-04-29", "On passage Passed"),
    "119/hconres/38": ("failed", "2026-03-05", "On agreeing to the resolution Failed"),
    "119/hr/131": ("vetoed", "2025-12-29", "Vetoed by President."),
    "119/hr/504": ("vetoed", "2025-12-29", "Vetoed by President."),
    "119/hres/580": (
        "agreed_to",
        "2025-07-16",
        "On agreeing to the resolution Agreed to by recorded vote: 217 - 212",
    ),
    "119/hres/164": (
        "failed",
        "2025-04-08",
        "Pursuant to the provisions of H. Res. 294, H. Res. 164 is laid on the table.",
    ),
    "119/hres/537": ("failed", "2025-06-24", "On motion to table Agreed to"),
    "119/hres/539": ("failed", "2025-09-03", "On motion to table Agreed to"),
    "119/hres/598": ("failed", "2025-09-03", "Pursuant to the provisions of H. Res. 672"),
    "119/hres/713": ("failed", "2025-09-17", "On motion to table the measure Agreed to"),
    "119/hres/939": ("failed", "2025-12-11", "On motion to table the measure Agreed to"),
    "119/sjres/12": ("failed", "2025-02-27", "Indefinitely postponed by Senate"),
    "119/sjres/91": ("failed", "2025-12-04", "Indefinitely postponed by Senate"),
    "119/s/2882": ("failed", "2025-09-30", "Upon reconsideration"),
    "119/s/2067": ("referred", "2025-06-12", "Read twice and referred jointly"),
    "119/sconres/33": ("agreed_to", "2026-04-29", "On agreeing to the resolution Agreed to"),
    "119/hr/3174": ("passed_house", "2025-12-01", "On motion to suspend the rules"),
    "119/hr/3426": ("passed_house", "2025-09-15", "On motion to suspend the rules"),
    "119/hr/4405": ("enacted", "2025-11-19", "Became Public Law No: 119-38."),
    "119/hres/27": ("referred", "2025-01-09", "Referred to the House Committee"),
    "119/hres/375": ("agreed_to", "2026-01-22", "Pursuant to the provisions of H. Res. 1014"),
    "119/hr/2": ("reserved", "2025-01-03", None),
    "119/sres/145": ("referred", "2025-03-27", "Referred to the Committee on Foreign Relations."),
    "118/sres/599": ("died", "2025-01-03", None),
    "118/sres/199": ("agreed_to", None, None),
    "118/sjres/117": ("died", "2025-01-03", None),
    "118/hres/863": ("agreed_to", "2024-02-13", "On agreeing to the resolution"),
}


def records(folder: str) -> Iterator[MeasureRecord]:
    for path in sorted((data_folder() / folder).glob("BILLSTATUS-*.zip")):
        with zipfile.ZipFile(path) as packed:
            for name in packed.namelist():
                yield read_billstatus(packed.read(name)).record


@pytest.fixture(scope="module")
def held() -> dict[str, MeasureRecord]:
    """Every measure of the data set by its id, without what no test here reads."""
    return {
        record.id: msgspec.structs.replace(
            record, cosponsors=(), summaries=(), amendments=(), related=(), titles=()
        )
        for folder in ("congress-119", "congress-118", "families")
        for record in records(folder)
    }


def status_of(
    record: MeasureRecord, actions: tuple[ActionRecord, ...] | None = None, today: date = TODAY
) -> Status:
    return derive_status(
        type=record.type,
        title=record.title,
        congress=record.congress,
        actions=record.actions if actions is None else actions,
        has_law=bool(record.laws),
        introduced_on=record.introduced_on,
        today=today,
        text_codes=[version.code for version in record.text_versions if version.code],
    )


def counted(held: dict[str, MeasureRecord], congress: int) -> dict[str, dict[str, int]]:
    counts: dict[str, Counter[str]] = {}
    for record in held.values():
        if record.congress == congress:
            status = status_of(record)
            counts.setdefault(record.type, Counter())[(status.before or status).code] += 1
    return {type: dict(codes) for type, codes in counts.items()}


def test_the_119th_congress_is_counted_exactly(held: dict[str, MeasureRecord]) -> None:
    counts = counted(held, 119)
    assert counts == COUNTS_119
    assert sum(sum(codes.values()) for codes in counts.values()) == 11_448


def test_the_118th_congress_is_counted_exactly(held: dict[str, MeasureRecord]) -> None:
    assert counted(held, 118) == COUNTS_118


def test_nothing_of_an_ended_congress_is_pending(held: dict[str, MeasureRecord]) -> None:
    codes = {status_of(record).code for record in held.values() if record.congress < 119}
    assert codes == {"died", "agreed_to", "enacted", "vetoed", "failed"}


@pytest.mark.parametrize("measure", ODD_ONES)
def test_an_odd_measure_stands_where_its_actions_leave_it(
    measure: str, held: dict[str, MeasureRecord]
) -> None:
    record = held[measure]
    status = status_of(record)
    line = None if status.action is None else record.actions[status.action].text or ""
    code, since, begins = ODD_ONES[measure]
    assert (status.code, status.since) == (code, since)
    assert (line is None) == (begins is None)
    assert begins is None or (line or "").startswith(begins)


def test_words_alone_tell_what_codes_types_and_laws_tell(held: dict[str, MeasureRecord]) -> None:
    """Older records here have no codes and no types; no status of the 119th needs one."""
    for record in held.values():
        bare = tuple(ActionRecord(on=action.on, text=action.text) for action in record.actions)
        silent = msgspec.structs.replace(record, laws=())
        status, by_words = status_of(record), status_of(silent, bare)
        assert (by_words.code, by_words.since) == (status.code, status.since), record.id


def test_the_order_within_a_day_decides_for_one_measure_only(held: dict[str, MeasureRecord]) -> None:
    """S. 2882 was taken up again and failed again on September 30, 2025: only the list's order tells which was last."""
    chance = random.Random(119)
    differing = set()
    for record in held.values():
        mixed = list(record.actions)
        chance.shuffle(mixed)
        mixed.sort(key=lambda action: action.on or "", reverse=True)
        one, other = status_of(record), status_of(record, tuple(mixed))
        if (one.code, one.since) != (other.code, other.since):
            differing.add(record.id)
    assert differing <= {"119/s/2882"}


def test_there_are_46_proposed_amendments_to_the_constitution(held: dict[str, MeasureRecord]) -> None:
    proposed = [
        r.id for r in held.values() if r.congress == 119 and is_constitutional_amendment(r.type, r.title)
    ]
    assert len(proposed) == 46


def test_every_status_is_told_in_a_sentence(held: dict[str, MeasureRecord]) -> None:
    for record in held.values():
        status = status_of(record)
        sentence = status_sentence(
            type=record.type,
            status=status,
            action_text=None if status.action is None else record.actions[status.action].text,
            introduced_on=record.introduced_on,
            committees=[committee.name for committee in record.committees if committee.name],
            congress=record.congress,
            law=record.laws[0].number if record.laws else None,
        )
        assert sentence.endswith(".")
        assert "  " not in sentence, record.id
        assert len(sentence) < 300, sentence


def test_every_version_and_every_name_of_the_data_is_known(held: dict[str, MeasureRecord]) -> None:
    codes = {version.code for record in held.values() for version in record.text_versions}
    assert codes - set(VERSIONS) <= {"eh1s", "rfs2", None}
    for sponsor in (sponsor for record in held.values() for sponsor in record.sponsors):
        assert not set(display_name(sponsor.name)) & set('[]",')
