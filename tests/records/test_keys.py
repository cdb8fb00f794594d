"""Keys of actions: the same in every document and every release."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.records.records import actions, several
from tracker.records.keys import action_keys
from tracker.records.model import ActionRecord, CommitteeName

HELD = ActionRecord("2025-03-27", "Held at the desk.", "H15000", "Floor", "House floor actions")


def test_a_key_never_changes_from_release_to_release() -> None:
    named = ActionRecord(
        "2025-03-27",
        "Referred.",
        None,
        None,
        "Senate",
        None,
        (CommitteeName("ssju00", "J"), CommitteeName("ssfr00", "F")),
    )
    assert action_keys([HELD, named, ActionRecord(None, None)]) == [
        "e454ee6cff18",
        "dc1834d232ad",
        "7575759dc2ef",
    ]


def test_exact_repetitions_are_numbered_in_the_order_of_the_source() -> None:
    first, other, second, third = action_keys([HELD, ActionRecord("2025-03-28", None), HELD, HELD])
    assert (second, third) == (f"{first}-2", f"{first}-3")
    assert other not in (first, second, third)


def test_neither_white_space_nor_the_order_of_committees_makes_another_key() -> None:
    one = ActionRecord(
        "2025-03-27", "Held at  the\ndesk.", committees=(CommitteeName("a", None), CommitteeName("b", None))
    )
    other = ActionRecord(
        "2025-03-27", "Held at the desk.", committees=(CommitteeName("b", "B"), CommitteeName("a", "A"))
    )
    assert action_keys([one]) == action_keys([other])


def test_nothing_and_an_empty_text_are_not_the_same() -> None:
    assert len(set(action_keys([ActionRecord("2025-03-27", None), ActionRecord("2025-03-27", "")]))) == 2
    assert "-2" not in action_keys([ActionRecord("2025-03-27", None), ActionRecord("2025-03-27", "")])[1]


@given(several(actions, 6), st.randoms())
def test_keys_are_short_unique_and_go_with_their_actions(
    rows: tuple[ActionRecord, ...], chance: object
) -> None:
    keys = action_keys(rows)
    assert len(keys) == len(set(keys)) == len(rows)
    assert all(len(key) <= 16 and key.replace("-", "").isalnum() for key in keys)
    backwards = action_keys(rows[::-1])
    assert sorted(backwards) == sorted(keys)
