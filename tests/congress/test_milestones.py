"""Who joined first, and what was reached by it: told of the day it happened on, once, and counted as the chambers count."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tracker.congress.milestones import Panel, is_majority, majority_of, milestones, nth_to_join
from tracker.congress.supporters import Person, Supporter, steps

SPONSOR = Person("S1", "Sponsor", "D", "NY")
FIRST, LATER, LAST = date(2025, 2, 3), date(2025, 3, 4), date(2025, 6, 1)


def name(
    number: int, on: date = FIRST, party: str = "D", state: str = "NY", left: date | None = None
) -> Supporter:
    who = Person(f"M{number:03}", f"Member {number}", party, state)
    return Supporter(who, on, withdrawn_on=left, withdrawn=left is not None)


def told(
    *names: Supporter, sponsor: Person = SPONSOR, chamber: str = "house", panels=()
) -> list[tuple[date, str]]:
    found = milestones([sponsor], names, chamber=chamber, panels=panels)
    return [(each.day, each.words) for each in found]


def test_the_first_from_the_other_party_is_told_once():
    assert told(name(1), name(2, LATER, "R"), name(3, LAST, "R")) == [
        (LATER, "The first Republican, from the other party than its sponsor")
    ]


def test_several_on_one_day_are_the_first_together_and_named():
    (one,) = milestones([SPONSOR], [name(1, party="R"), name(2, party="R")], chamber="house")
    assert one.words == "The first Republicans, from the other party than its sponsor"
    assert [who.member for who in one.who] == ["M001", "M002"]


def test_the_first_of_the_sponsors_own_party_is_told_where_others_came_before():
    assert (LATER, "The first Democrat to join its sponsor") in told(name(1, party="R"), name(2, LATER))
    assert told(name(1), name(2, LATER)) == []


def test_of_an_independents_measure_neither_party_is_the_other():
    king = Person("K000383", "Angus S. King Jr.", "I", "ME")
    assert told(name(1), sponsor=king) == [(FIRST, "The first Democrat")]


def test_one_who_left_and_came_again_is_no_second_first():
    names = (name(1, party="R", left=LATER), name(1, LAST, "R"))
    assert [day for day, _ in told(*names)] == [FIRST]


def test_a_majority_counts_the_sponsor_and_no_delegate():
    delegates = [name(n, state=state) for n, state in enumerate(("DC", "PR", "GU", "VI", "AS", "MP"), 900)]
    members = [name(n) for n in range(216)]
    assert told(*members, *delegates) == []
    reached = "The 218th name, its sponsor included: a majority of the House’s 435 seats"
    assert told(*members, *delegates, name(500, LATER)) == [(LATER, reached)]
    assert is_majority("house", 218) and not is_majority("house", 217) and majority_of("senate") == 51


def test_a_sponsor_without_a_vote_is_not_said_to_be_counted():
    norton = Person("N000147", "Eleanor Holmes Norton", "D", "DC")
    members = [name(n) for n in range(218)]
    assert told(*members, sponsor=norton) == [(FIRST, "The 218th name: a majority of the House’s 435 seats")]
    assert told(*members[1:], sponsor=norton) == []


def test_a_majority_lost_and_reached_again_is_told_each_time():
    members = [name(n) for n in range(49)]
    names = [*members, name(80, left=LATER), name(81, LAST)]
    assert [words for _, words in told(*names, chamber="senate")] == [
        "The 51st name, its sponsor included: a majority of the Senate’s 100 seats",
        "No longer a majority of the Senate’s 100 seats: 50 names, its sponsor included",
        "The 51st name, its sponsor included: a majority of the Senate’s 100 seats",
    ]


def test_a_committee_has_its_first_member_and_its_majority_in_which_delegates_vote():
    panel = Panel("Foreign Affairs Committee", frozenset({"M001", "M002", "M900"}))
    assert told(name(5), name(1, LATER), name(900, LAST, state="GU"), panels=[panel]) == [
        (LATER, "The first member of the Foreign Affairs Committee"),
        (LAST, "A majority of the Foreign Affairs Committee: 2 of 3"),
    ]


def test_a_sponsor_on_the_committee_counts_to_its_majority_and_is_said_to():
    panel = Panel("Rules Committee", frozenset({"S1", "M001", "M002"}))
    assert told(name(1), panels=[panel]) == [
        (FIRST, "The first member of the Rules Committee beside its sponsor"),
        (FIRST, "A majority of the Rules Committee: 2 of 3, its sponsor among them"),
    ]


def test_where_a_day_is_missing_nothing_is_told():
    assert told(name(1, party="R"), Supporter(SPONSOR, None)) == []


def test_which_number_somebody_is_is_said_of_parties_alone():
    assert nth_to_join("R", 13) == "The 13th Republican to join"
    assert nth_to_join("D", 1) == "The first Democrat to join"
    assert nth_to_join(None, 3) is None and nth_to_join("R", 0) is None


days = st.dates(date(2025, 1, 3), date(2025, 3, 1))
names = st.builds(
    lambda number, on, party, stay: name(
        number,
        on,
        party,
        "DC" if number % 7 == 0 else "NY",
        None if stay is None else date.fromordinal(on.toordinal() + stay),
    ),
    st.integers(0, 30),
    days,
    st.sampled_from("DRI"),
    st.none() | st.integers(0, 40),
)


@given(st.lists(names, max_size=40))
def test_the_ledger_ends_at_who_stands_and_never_counts_below_nobody(cosponsors):
    found = steps([SPONSOR], cosponsors)
    standing = [each.person for each in cosponsors if not each.withdrawn]
    last = found[-1] if found else None
    assert (last.total if last else 0) == len(standing)
    assert (last.by_party if last else {}) == {
        party: count for party in "DRI" if (count := sum(who.party == party for who in standing))
    }
    assert all(sum(step.by_party.values()) == step.total >= 0 for step in found)
    assert sum(len(step.joined) for step in found) == len(cosponsors)
    assert sum(len(step.left) for step in found) == len(cosponsors) - len(standing)


@given(st.lists(names, max_size=40))
def test_the_order_in_which_the_record_lists_names_changes_no_count(cosponsors):
    def counts(listed):
        return [(step.day, step.total, step.by_party, step.signed) for step in steps([SPONSOR], listed)]

    assert counts(cosponsors) == counts(list(reversed(cosponsors)))
