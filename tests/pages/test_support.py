"""Who stands behind a measure is counted from the record: who joined, who left, who signs without a vote."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tracker.pages.support import support
from tracker.records.model import CosponsorRecord, MeasureRecord, SponsorRecord


def cosponsor(member="C001056", joined="2025-03-27", withdrawn=None, party="R", state="TX", **more):
    return CosponsorRecord(
        member=member,
        name=f"Sen. Somebody, {member} [{party}-{state}]",
        party=party,
        state=state,
        joined_on=joined,
        withdrawn_on=withdrawn,
        **more,
    )


def measure(*cosponsors, type="sres", sponsors=()):
    return MeasureRecord(congress=119, type=type, number=145, cosponsors=cosponsors, sponsors=sponsors)


TILLIS = SponsorRecord(member="T000476", name="Sen. Tillis, Thomas [R-NC]", party="R", state="NC")


def test_one_who_withdrew_is_named_on_both_days_and_counted_apart():
    stands = support(measure(cosponsor(), cosponsor("S000001", "2025-04-01", "2025-05-02", "D")))
    assert (stands.total, stands.withdrawn) == (1, 1)
    assert [day.day for day in stands.days] == [date(2025, 5, 2), date(2025, 4, 1), date(2025, 3, 27)]
    assert stands.days[0].left[0].person.member == "S000001"
    assert stands.steps == ((date(2025, 3, 27), 1), (date(2025, 4, 1), 2), (date(2025, 5, 2), 1))


def test_one_who_left_and_joined_again_signs_once():
    stands = support(
        measure(cosponsor(withdrawn="2025-04-01"), cosponsor(joined="2025-05-01"), sponsors=(TILLIS,))
    )
    assert stands.total == 1
    assert stands.signed == 2  # the sponsor too
    assert [each.again for each in stands.cosponsors] == [True, True]


def test_a_delegate_signs_but_is_not_counted_against_the_seats():
    stands = support(measure(cosponsor("N000147", state="DC", party="D"), cosponsor(party="D"), type="hres"))
    assert stands.seats == 435
    assert (stands.total, stands.signed, stands.delegates) == (2, 1, 1)


def test_parties_stand_most_names_first():
    stands = support(measure(cosponsor("A1"), cosponsor("A2", party="D"), cosponsor("A3", party="D")))
    assert list(stands.by_party.items()) == [("D", 2), ("R", 1)]


def test_where_a_day_is_missing_no_count_over_time_is_guessed():
    stands = support(measure(cosponsor(), cosponsor("A2", joined=None)))
    assert stands.steps == ()
    assert stands.days[-1].day is None and stands.days[-1].joined[0].person.member == "A2"


def test_a_day_that_is_none_is_kept_as_written():
    stands = support(measure(cosponsor(joined="2025-02-30")))
    assert stands.cosponsors[0].joined_on is None
    assert stands.cosponsors[0].written == "2025-02-30"


def test_names_read_as_one_says_them_with_letter_and_place_beside():
    stands = support(
        measure(
            sponsors=(
                SponsorRecord(
                    member="C001126", name="Rep. Carey, Mike [R-OH-15]", party="R", state="OH", district="15"
                ),
            )
        )
    )
    carey = stands.sponsors[0]
    assert (carey.name, carey.party, carey.state, carey.district) == ("Mike Carey", "R", "OH", 15)


days = st.dates(date(2025, 1, 3), date(2026, 12, 31))


@given(st.lists(st.tuples(days, st.one_of(st.none(), days)), max_size=20))
def test_the_last_step_is_the_count_that_stands(entries):
    names = [
        cosponsor(f"X{n:06}", joined.isoformat(), left.isoformat() if left and left > joined else None)
        for n, (joined, left) in enumerate(entries)
    ]
    stands = support(measure(*names))
    assert (stands.steps[-1][1] if stands.steps else 0) == stands.total
    assert all(count >= 0 for _, count in stands.steps)
