"""What holds of the changes between any two records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.records import second_diff
from tests.records.records import PARTS, measures, reordered
from tracker.congress.calendar import valid_day
from tracker.records.change import Change
from tracker.records.diff import changes, lost_parts
from tracker.records.keys import cosponsor_identity
from tracker.records.model import MeasureRecord

MIRRORED = {
    "action_added": "action_removed",
    "action_edited": "action_edited",
    "committee_activity_added": "committee_activity_removed",
    "related_added": "related_removed",
    "title_changed": "title_changed",
    "sponsor_changed": "sponsor_changed",
    "subjects_changed": "subjects_changed",
    "policy_area_changed": "policy_area_changed",
    "summary_revised": "summary_revised",
    "amendment_changed": "amendment_changed",
    "cosponsor_added": "cosponsor_removed",
}


def counts(found: Iterable[Change]) -> Counter[str]:
    return Counter(change.kind for change in found)


def one_row_each(record: MeasureRecord) -> MeasureRecord:
    """The record with one row for each key of a part, as documents have them almost always."""

    def each(items: tuple[object, ...], key: object) -> tuple[object, ...]:
        return tuple({key(item): item for item in items}.values())

    return msgspec.structs.replace(
        record,
        cosponsors=each(record.cosponsors, cosponsor_identity),
        summaries=each(record.summaries, lambda s: (s.version, s.on)),
        amendments=each(record.amendments, lambda a: a.id),
        text_versions=each(record.text_versions, lambda v: v.package or (v.name, v.on)),
        related=each(record.related, lambda r: r.measure),
    )


def pairs(part: str) -> st.SearchStrategy[tuple[MeasureRecord, MeasureRecord]]:
    return st.tuples(measures(part).map(one_row_each), measures(part).map(one_row_each))


each_part = pytest.mark.parametrize("part", PARTS)
quick = settings(max_examples=15, deadline=None)


@each_part
@given(data=st.data())
@quick
def test_neither_order_nor_repetition_says_anything(part: str, data: st.DataObject) -> None:
    record = data.draw(measures(part).map(one_row_each))
    other = data.draw(reordered(record))
    assert changes(record, record) == changes(record, other) == []
    assert lost_parts(record, record) == lost_parts(record, other) == []


@each_part
@given(data=st.data())
@quick
def test_as_many_changes_of_each_kind_as_a_second_plain_telling_counts(
    part: str, data: st.DataObject
) -> None:
    before, after = data.draw(pairs(part))
    found = counts(changes(before, after))
    found.pop("field_changed", None)
    assert found == second_diff.kinds(before, after)


@each_part
@given(data=st.data())
@quick
def test_the_way_back_mirrors_the_way_there(part: str, data: st.DataObject) -> None:
    before, after = data.draw(pairs(part))
    there, back = counts(changes(before, after)), counts(changes(after, before))
    for kind, mirror in MIRRORED.items():
        assert there[kind] == back[mirror], kind


@each_part
@given(data=st.data())
@quick
def test_changes_are_plain_json_with_official_days_and_none_is_told_twice(
    part: str, data: st.DataObject
) -> None:
    found = changes(*data.draw(pairs(part)))
    for change in found:
        assert change.occurred_on is None or valid_day(change.occurred_on)
        assert (change.before, change.after) != (None, None)
        for said in (change.before, change.after):
            assert msgspec.json.decode(msgspec.json.encode(said)) == said
    told = [(change.kind, change.subject, repr(change.before), repr(change.after)) for change in found]
    assert len(told) == len(set(told))


@each_part
@given(data=st.data())
@quick
def test_what_is_lost_was_three_items_or_more_and_half_of_them_or_more(
    part: str, data: st.DataObject
) -> None:
    before, after = data.draw(pairs(part))
    for name in lost_parts(before, after):
        assert name == part
        assert len(getattr(before, name)) >= 3 or name == "committees"
    assert lost_parts(MeasureRecord(119, "sres", 145), after) == []
