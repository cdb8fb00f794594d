"""Official actions are shown by day, and what two sources say alike is one line that says how often it is listed."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.congress.numbers import number_word
from tracker.pages.spans import span_words
from tracker.pages.timeline import RollCall, action_days, first_lines, votes
from tracker.records.model import ActionRecord, VoteReference

LIBRARY, HOUSE, SENATE = "Library of Congress", "House floor actions", "Senate"


def days_of(*actions, **more):
    return action_days(actions, [f"k{n}" for n in range(len(actions))], **more)


def only_line(*actions):
    (day,) = days_of(*actions)
    (line,) = day.lines
    return line


ROLL_71 = VoteReference(chamber="house", congress=119, session=1, roll=71, url="https://elsewhere/roll71.xml")

# Pairs of rows of one day that say the same thing: H.J.Res. 25, H.Res. 5, S.Res. 377 of the 119th.
SAME = [
    (
        ("On passage Passed by the Yeas and Nays: 292 - 132, 1 Present (Roll no. 71). (text: CR H1099)", HOUSE),
        ("Passed/agreed to in House: On passage Passed by the Yeas and Nays: 292 - 132, 1 Present (Roll no. 71).", LIBRARY),
    ),
    (
        ("Resolution agreed to in Senate without amendment by Yea-Nay Vote. 51 - 44. Record Vote Number: 517.", SENATE),
        (
            "Passed/agreed to in Senate: Resolution agreed to in Senate without amendment by Yea-Nay Vote. 51 - 44. Record Vote Number: 517.",
            LIBRARY,
        ),
    ),
    (
        ("On passage, the objections of the President to the contrary notwithstanding Failed by the Yeas and Nays: (2/3 required): 248 - 177, 1 Present (Roll no. 9).", HOUSE),
        ("Failed of passage in House over veto On passage, the objections of the President to the contrary notwithstanding Failed by the Yeas and Nays: (2/3 required): 248 - 177, 1 Present (Roll no. 9).", LIBRARY),
    ),
    (("Presented to President.", HOUSE), ("Presented to President.", LIBRARY)),
    (("Became Public Law No: 119-5.", LIBRARY), ("Became Public Law No: 119-5.", LIBRARY)),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second"), SAME)
@pytest.mark.parametrize("turned", [False, True])
def test_what_two_rows_say_alike_is_one_line(first, second, turned):
    rows = [ActionRecord(on="2025-03-11", text=text, source=source) for text, source in (first, second)]
    line = only_line(*(reversed(rows) if turned else rows))
    assert line.text == first[0]  # the chamber's own words
    assert line.rows == 2
    assert set(line.keys) == {"k0", "k1"}
    assert set(line.sources) == {first[1], second[1]}


# Rows that do not say the same, though they look alike.
DIFFERENT = [
    (("Introduced in House", LIBRARY, None), ("Introduced in Senate", LIBRARY, None)),
    (("Signed by President.", LIBRARY, None), ("Became Public Law No: 119-5.", LIBRARY, None)),
    (("Considered as unfinished business.", HOUSE, "17:47:31"), ("Considered as unfinished business.", HOUSE, "15:00:00")),
    (("Motion to reconsider laid on the table", SENATE, None), ("Motion to reconsider laid on the table", HOUSE, None)),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second"), DIFFERENT)
def test_what_is_said_of_two_things_stays_two_lines(first, second):
    rows = [
        ActionRecord(on="2025-03-11", text=text, source=source, time=at)
        for text, source, at in (first, second)
    ]
    (day,) = days_of(*rows)
    assert [line.text for line in day.lines] == [first[0], second[0]]


def test_the_same_words_on_two_days_are_two_events():
    rows = [
        ActionRecord(on=on, text="Presented to President.", source=HOUSE)
        for on in ("2025-04-02", "2025-04-01")
    ]
    assert [day.day for day in days_of(*rows)] == [date(2025, 4, 2), date(2025, 4, 1)]


def test_an_action_without_words_is_kept_as_one():
    rows = [ActionRecord(on="2025-01-03", text=None, code="Intro-H", source=LIBRARY)] * 2
    (day,) = days_of(*rows)
    assert [(line.text, line.code) for line in day.lines] == [(None, "Intro-H"), (None, "Intro-H")]


def test_a_roll_call_is_linked_in_the_words_to_the_page_its_numbers_name():
    line = only_line(
        ActionRecord(on="2025-03-11", text=SAME[0][0][0], source=HOUSE, recorded_votes=(ROLL_71,))
    )
    assert "".join(piece.text for piece in line.pieces) == line.text
    (linked,) = [piece for piece in line.pieces if piece.url]
    assert (linked.text, linked.url) == ("Roll no. 71", "https://clerk.house.gov/evs/2025/roll071.xml")
    assert line.unnamed_roll_calls == []


def test_a_roll_call_that_the_words_do_not_name_is_linked_beside_them():
    line = only_line(
        ActionRecord(on="2025-03-11", text="On passage Passed.", source=HOUSE, recorded_votes=(ROLL_71,))
    )
    assert [roll_call.roll for roll_call in line.unnamed_roll_calls] == [71]


def test_senate_votes_lead_to_the_senate():
    assert RollCall("senate", 119, 2, 9).url == (
        "https://www.senate.gov/legislative/LIS/roll_call_votes/vote1192/vote_119_2_00009.htm"
    )
    assert RollCall("senate", 119, 2, 9).year == 2026


def test_a_roll_call_named_by_several_rows_is_one_vote_with_its_tally():
    rows = [
        ActionRecord(on="2025-03-11", text="Motion to reconsider laid on the table.", source=HOUSE, recorded_votes=(ROLL_71,)),
        *(
            ActionRecord(on="2025-03-11", text=text, source=source, recorded_votes=(ROLL_71,))
            for text, source in SAME[0]
        ),
    ]  # fmt: skip
    (vote,) = votes(days_of(*rows))
    assert (vote.yeas, vote.nays, vote.present) == (292, 132, 1)


def test_the_tally_of_another_vote_named_in_the_same_words_is_not_taken():
    # S.Res. 377: the row of vote 513 is told together with the motion to reconsider it, which was vote 514
    words = (
        "Motion by Senator Thune to reconsider the vote by which cloture on S. Res. 377 was not invoked (Record Vote "
        "No. 513) agreed to in Senate by Yea-Nay Vote. 52 - 45. Record Vote Number: 514."
    )
    told = ActionRecord(
        on="2025-10-09",
        text=words,
        source=SENATE,
        recorded_votes=(VoteReference(chamber="senate", congress=119, session=1, roll=513),),
    )
    (vote,) = votes(days_of(told))
    assert vote.yeas is None


def test_long_silences_are_said_and_short_ones_are_not():
    rows = [ActionRecord(on=on, text=on, source=HOUSE) for on in ("2025-04-10", "2025-04-01", "2025-01-21")]
    assert [day.silence for day in days_of(*rows)] == [None, "two months", None]


def test_what_moved_the_measure_stands_out_by_any_of_its_rows():
    rows = [ActionRecord(on="2025-03-11", text=text, source=source) for text, source in SAME[3]]
    (day,) = days_of(*rows, decisive={"k1"})
    assert day.lines[0].decisive


def test_a_day_that_is_none_is_shown_as_written():
    (day,) = days_of(ActionRecord(on="2025-02-30", text="Referred.", source=SENATE))
    assert (day.day, day.written) == (None, "2025-02-30")


def test_clocks_are_read_and_odd_ones_dropped():
    assert only_line(ActionRecord(on="2025-03-11", text="x", source=HOUSE, time="17:53:46")).clock == time(
        17, 53, 46
    )
    assert only_line(ActionRecord(on="2025-03-11", text="x", source=HOUSE, time="noon")).clock is None


texts = st.sampled_from(
    ["Introduced in House", "Passed/agreed to in House: On passage Passed.", "On passage Passed.", None]
)
sources = st.sampled_from([LIBRARY, HOUSE, SENATE, None])
actions = st.builds(ActionRecord, on=st.sampled_from(["2025-01-03", "2025-01-04", None]), text=texts, source=sources)  # fmt: skip


@given(st.lists(actions, max_size=25))
def test_every_row_is_told_by_exactly_one_line(rows):
    days = days_of(*rows)
    told = [key for day in days for line in day.lines for key in line.keys]
    assert sorted(told) == sorted(f"k{n}" for n in range(len(rows)))


@given(st.lists(actions, max_size=25), st.integers(1, 10))
def test_a_cut_list_is_the_beginning_of_the_whole_and_holds_to_its_length(rows, most):
    days = days_of(*rows)
    cut = first_lines(days, most)
    whole = [line for day in days for line in day.lines]
    kept = [line for day in cut for line in day.lines]
    assert kept == whole[: len(kept)]
    assert len(kept) >= min(most, len(whole))
    assert len(kept) < 2 * most or not kept


@pytest.mark.parametrize(
    ("earlier", "later", "words"),
    [
        (date(2025, 3, 27), date(2025, 3, 28), "one day"),
        (date(2025, 1, 21), date(2025, 2, 26), "five weeks"),
        (date(2025, 3, 27), date(2026, 11, 24), "nineteen months"),
        (date(2025, 1, 31), date(2025, 3, 30), "eight weeks"),
        (date(2016, 7, 14), date(2026, 11, 24), "ten years"),
    ],
)
def test_a_span_is_said_in_its_largest_useful_unit(earlier, later, words):
    assert span_words(earlier, later) == words


def test_numbers_beyond_twenty_are_digits():
    assert [number_word(n) for n in (0, 20, 21, 1234)] == ["zero", "twenty", "21", "1,234"]
