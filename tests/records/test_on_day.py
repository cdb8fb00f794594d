"""What was officially so at the end of a day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.records.records import PARTS, measure, measures
from tests.records.test_real_data import documents
from tracker.congress.calendar import valid_day
from tracker.records.billstatus import read_billstatus
from tracker.records.model import (
    ActionRecord,
    ActivityRecord,
    AmendmentRecord,
    CommitteeRecord,
    CosponsorRecord,
    EstimateRecord,
    LawRecord,
    SubcommitteeRecord,
    SummaryRecord,
    TextVersionRecord,
)
from tracker.records.on_day import on_day

INTRODUCED = ActionRecord("2025-03-27", "Introduced in Senate")
PASSED = ActionRecord("2025-05-02", "Passed Senate.", time="11:05:31")
LAW = ActionRecord("2025-07-04", "Became Public Law No: 119-21.", type="BecameLaw")
WHOLE = measure(latest_on="2025-07-04", latest_text=LAW.text, actions=(LAW, PASSED, INTRODUCED))


def test_actions_count_until_the_end_of_the_day() -> None:
    assert on_day(WHOLE, date(2025, 5, 1)).actions == (INTRODUCED,)
    assert on_day(WHOLE, date(2025, 5, 2)).actions == (PASSED, INTRODUCED)


def test_the_latest_action_is_that_of_the_day() -> None:
    then = on_day(WHOLE, date(2025, 6, 1))
    assert (then.latest_on, then.latest_time, then.latest_text) == (
        "2025-05-02",
        "11:05:31",
        "Passed Senate.",
    )
    before = on_day(WHOLE, date(2025, 1, 1))
    assert (before.actions, before.latest_on, before.latest_text) == ((), None, None)


def test_who_joined_later_is_not_there_and_who_left_later_still_is() -> None:
    stays = CosponsorRecord("S001181", "Shaheen", joined_on="2025-03-27")
    leaves = CosponsorRecord("C001088", "Coons", joined_on="2025-04-01", withdrawn_on="2025-05-02")
    record = measure(cosponsors=(stays, leaves))
    assert on_day(record, date(2025, 3, 31)).cosponsors == (stays,)
    assert on_day(record, date(2025, 5, 1)).cosponsors == (
        stays,
        msgspec.structs.replace(leaves, withdrawn_on=None),
    )
    assert on_day(record, date(2025, 5, 2)).cosponsors == (stays, leaves)


def test_a_law_stands_once_an_action_made_it() -> None:
    record = msgspec.structs.replace(WHOLE, laws=(LawRecord("Public Law", "119-21"),))
    assert on_day(record, date(2025, 7, 3)).laws == ()
    assert on_day(record, date(2025, 7, 4)).laws == record.laws
    assert on_day(measure(laws=record.laws), date(2025, 1, 1)).laws == record.laws  # no action says when


def test_committees_come_with_their_first_activity_by_washingtons_day() -> None:
    late = ActivityRecord("Markup By", "2025-05-02T02:00:00Z")  # the evening before in Washington
    below = SubcommitteeRecord("ssfr01", "East Asia", (late,))
    record = measure(
        committees=(
            CommitteeRecord(
                "ssfr00",
                "Foreign Relations",
                activities=(ActivityRecord("Referred To", "2025-03-27T16:00:00Z"), late),
                subcommittees=(below,),
            ),
            CommitteeRecord("ssju00", "Judiciary", activities=(late,)),
            CommitteeRecord("ssap00", "Appropriations"),
        )
    )
    then = on_day(record, date(2025, 4, 30)).committees
    assert [(c.code, len(c.activities), len(c.subcommittees)) for c in then] == [
        ("ssfr00", 1, 0),
        ("ssap00", 0, 0),
    ]
    assert on_day(record, date(2025, 5, 1)) == record


def test_summaries_texts_amendments_and_estimates_go_by_their_days() -> None:
    amendment = AmendmentRecord(
        "119/samdt/1",
        submitted_at="2025-04-04T04:00:00Z",
        proposed_at="2025-05-02T04:00:00Z",
        latest_on="2025-05-02",
        latest_text="Agreed to.",
        actions=(ActionRecord("2025-05-02", "Agreed to."), ActionRecord("2025-04-04", "Submitted.")),
    )
    record = measure(
        summaries=(SummaryRecord("00", "2025-05-02", None, None),),
        text_versions=(TextVersionRecord("enr", "Enrolled"), TextVersionRecord("is", "IS", "2025-05-02")),
        amendments=(amendment,),
        estimates=(EstimateRecord("2025-05-02T15:00:00Z", None, None),),
    )
    then = on_day(record, date(2025, 5, 1))
    assert (then.summaries, [v.code for v in then.text_versions], then.estimates) == ((), ["enr"], ())
    assert then.amendments == (
        msgspec.structs.replace(
            amendment,
            proposed_at=None,
            latest_on="2025-04-04",
            latest_text="Submitted.",
            actions=amendment.actions[1:],
        ),
    )
    assert on_day(record, date(2025, 4, 3)).amendments == ()
    assert on_day(record, date(2025, 5, 2)) == record


def test_what_has_no_valid_day_stays() -> None:
    record = measure(
        actions=(ActionRecord("2025-02-30", "Odd."), ActionRecord(None, None)), titles=(), subjects=("Iran",)
    )
    assert on_day(record, date(2025, 1, 1)) == record


@pytest.mark.parametrize("part", PARTS)
@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_after_the_last_day_all_is_so_and_days_only_add(part: str, data: st.DataObject) -> None:
    record = data.draw(measures(part))
    assert on_day(record, date(2200, 1, 1)) == record
    day = data.draw(st.dates(date(2025, 3, 25), date(2025, 5, 3)))
    then, later = on_day(record, day), on_day(record, day + timedelta(days=30))
    assert on_day(then, day) == then
    assert len(then.actions) <= len(later.actions)
    assert len(then.cosponsors) <= len(later.cosponsors)
    if then.actions:
        assert all(valid_day(a.on) is None or (valid_day(a.on) or day) <= day for a in then.actions)


@pytest.mark.real_data
def test_all_measures_of_one_congress_are_themselves_after_their_last_day(real_data: Path) -> None:
    for body in documents(real_data / "congress-118"):
        record = read_billstatus(body).record
        assert on_day(record, date(2200, 1, 1)) == record
        assert on_day(record, date(1900, 1, 1)).actions == ()
