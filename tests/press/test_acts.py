"""Days, committees and members that stand beside an act on a measure, told in words that no whole phrase knows."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.press.telling_stories import hold_facts
from tracker.press.check import check
from tracker.press.recited import figures

pytestmark = pytest.mark.django_db

SHARKS = "S. 1003, Lulu's Law, is about sharks. "
EXILES = "S. Res. 145 of the 119th Congress has cosponsors of both parties. "
FILES = "H.R. 4405 is the Epstein Files Transparency Act. "
SAID = [
    # days
    (FILES + "The president put his name to the bill on Nov. 19.", "Nov. 19", "action_on", "true"),
    (FILES + "The president put his name to the bill on Nov. 21.", "Nov. 21", "action_on", "false"),
    (FILES + "The president put his name to a treaty on Nov. 21.", "Nov. 21", "action_on", None),
    (SHARKS + "Its report, filed by the committee, followed on June 12.", "June 12", "action_on", None),
    (SHARKS + "The Commerce Committee marked the bill up on April 30.", "April 30", "action_on", "true"),
    (SHARKS + "The Commerce Committee marked the bill up on May 14.", "May 14", "action_on", "false"),
    (SHARKS + "The House got the bill on July 10.", "July 10", "action_on", "true"),
    (SHARKS + "The House got the bill on July 3.", "July 3", "action_on", "false"),
    (SHARKS + "An aide told reporters on July 3 that the Senate passed the bill.", "July 3", "action_on", None),
    (EXILES + "Mark Kelly came aboard on June 12.", "June 12", "cosponsor", "true"),
    (EXILES + "Mark Kelly came aboard on June 16.", "June 16", "cosponsor", "false"),
    (EXILES + "Mark Kelly signed on June 12, John Fetterman on June 16.", "June 16", "cosponsor", "true"),
    (EXILES + "Mark Kelly signed on June 12, John Fetterman on June 19.", "June 19", "cosponsor", "false"),
    ("WASHINGTON, June 12 – S. Res. 145 was introduced in March.", "June 12", "action_on", None),
    (SHARKS + "The Senate placed it on its calendar on June 12 and on July 8 passed it.", "July 8", "action_on", "true"),
    (SHARKS + "The Senate placed it on its calendar on June 12 and on July 9 passed it.", "July 9", "action_on", "false"),
    # committees
    (SHARKS + "Before that the Judiciary Committee had been discharged.", "Judiciary", "committee", "false"),
    (SHARKS + "For months the bill lay in the Commerce Committee.", "Commerce", "committee", "true"),
    (SHARKS + "For months the bill lay in the Finance Committee.", "Finance", "committee", "false"),
    (SHARKS + "Ted Cruz, chairman of the Judiciary Committee, told her so.", "Judiciary", "committee", None),
    # members
    (EXILES + "So is Adam Schiff.", "Adam Schiff", "cosponsor", "true"),
    (EXILES + "So is Marco Rubio.", "Marco Rubio", "cosponsor", "false"),
    (EXILES + "Mark Kelly of Tucson is on the list too.", "Mark Kelly", "cosponsor", "true"),
    (EXILES + "Susan Collins of Bangor is on the list too.", "Susan Collins", "cosponsor", "false"),
    (EXILES + "Susan Collins never put her name to it.", "Susan Collins", "cosponsor", "true"),
    (EXILES + "Cory Booker never put his name to it.", "Cory Booker", "cosponsor", "false"),
    (EXILES + "Cory Booker, Ted Cruz, Susan Collins and Chuck Grassley back it.", "Susan Collins", "cosponsor", "false"),
    (EXILES + "Elizabeth Warren, Susan Collins and Chuck Grassley met on Friday.", "Susan Collins", "cosponsor", None),
    (EXILES + "Cory Booker was an original cosponsor, and so was Steve Daines.", "Steve Daines", "cosponsor", "true"),
    (EXILES + "Cory Booker was an original cosponsor, and so was Mark Kelly.", "Mark Kelly", "cosponsor", "false"),
    (SHARKS + "The committee approved the bill, but Ted Cruz filed it only in June.", "Ted Cruz", "sponsor", None),
    ("S. Res. 145 was introduced on March 27, 2025, with 13 cosponsors.", "13", "cosponsor_count", "true"),
    ("S. Res. 145 was introduced on March 27, 2025, with 14 cosponsors.", "14", "cosponsor_count", "false"),
    ("On April 10, 2025, S. Res. 145 had 14 cosponsors.", "14", "cosponsor_count", "true"),
    ("On April 10, 2025, S. Res. 145 had 15 cosponsors.", "15", "cosponsor_count", "false"),
    ("Three more senators have signed on to S. Res. 145 since.", "Three", "cosponsor_count", None),
    (EXILES + "Adam Schiff joined on April 9 and, on May 6, Shelley Moore Capito signed on.", "May 6", "cosponsor", "true"),
    # numbers
    (SHARKS + "It came out in Senate Report 119-30.", "119-30", "other", "true"),
    (SHARKS + "It came out in Senate Report 119-33.", "119-33", "other", "false"),
    (SHARKS + "It stood as No. 91 on the Senate calendar.", "No. 91", "other", "true"),
    (SHARKS + "It stood as No. 19 on the Senate calendar.", "No. 19", "other", "false"),
    (FILES + "It is Private Law 119-38.", "119-38", "other", "false"),
    (FILES + "It is Public Law 119-38.", "119-38", "other", "true"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "quote", "kind", "verdict"), SAID)
def test_what_stands_beside_an_act_is_compared(words, quote, kind, verdict):
    hold_facts()
    start = words.rindex(quote)
    claims = [
        c
        for c in check(words, date(2026, 1, 15)).claims
        if c.kind == kind and c.at[0] < start + len(quote) and start < c.at[1]
    ]
    assert [c.verdict for c in claims] == ([verdict] if verdict else [])


def test_a_number_with_two_figures_exchanged_is_told(capsys):
    hold_facts()
    words = "Thom Tillis brought back his resolution for the Iranian political refugees of Ashraf-3. S. Res. 154 has 18 cosponsors."
    (cited,) = check(words, date(2026, 1, 15)).measures
    assert (cited.measure, cited.sure) == ("119/sres/145", True)


def test_each_measure_of_a_sentence_has_its_own_congress():
    hold_facts()
    words = "S. Res. 145, introduced on March 27, 2025, revives S. Res. 599 of the 118th Congress."
    result = check(words, date(2026, 1, 15))
    assert [m.measure for m in result.measures] == ["119/sres/145", "118/sres/599"]
    assert [c.verdict for c in result.claims] == ["true"]


HEADS = [
    "Sharks get a law of their own\nJuly 9, 2025\n\nThe Senate passed S. 1003 on Tuesday.",
    "Sharks get a law of their own, and it is long overdue, they say\nBy Jane Doe\nJuly 9, 2025\nThe Senate passed S. 1003 on Tuesday.",
    "Sharks get a law of their own\nPublished July 9, 2025 at 4:15 p.m. EDT\nThe Senate passed S. 1003 on Tuesday.",
]


@pytest.mark.parametrize("text", HEADS)
def test_a_head_without_empty_lines_is_no_sentence_and_gives_the_day(text):
    hold_facts()
    result = check(text)
    assert (result.date, result.dated_by) == ("2025-07-09", "article")
    assert [(c.kind, c.verdict) for c in result.claims] == [("action_on", "true")]


FIGURES = [
    ("in 1 of 8 women", [("1/8", "ratio")]),
    ("about one in six people", [("1/6", "ratio")]),
    ("12.3 million people", [("12300000", "")]),
    ("57 percent of patients", [("57", "percent")]),
    ("$1,200 a year", [("1200", "$")]),
    ("the 25th anniversary", [("25", "nth")]),
    ("ten years", [("10", "")]),
    ("one of them", []),
]


@pytest.mark.parametrize(("words", "told"), FIGURES)
def test_figures_are_read_with_what_they_count(words, told):
    assert [(f.value, f.unit) for f in figures(words)] == told


@given(st.text(alphabet="0123456789.,-$% abcdeinot", max_size=80))
def test_figures_stand_where_they_say(text):
    for figure in figures(text):
        assert 0 <= figure.start < figure.end <= len(text)
        assert text[figure.start : figure.end].strip()
