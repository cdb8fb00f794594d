"""How a named member or a party voted, where the roll call is held."""

from __future__ import annotations

from datetime import date

import pytest

from tests.press.telling_stories import hold_facts
from tests.vote_builders import hold_house
from tracker.press.check import check

pytestmark = pytest.mark.django_db

VOTES = (
    ("L000599", "Lawler", "R", "NY", "Nay"),
    ("M001184", "Massie", "R", "KY", "Yea"),
    ("K000389", "Khanna", "D", "CA", "Yea"),
    ("P000197", "Pelosi", "D", "CA", "Yea"),
)
SAID = [
    ("Thomas Massie voted for H.R. 4405.", "true"),
    ("Thomas Massie voted against H.R. 4405.", "false"),
    ("Ro Khanna cast the lone no vote on H.R. 4405.", "false"),
    ("In the House, two Democrats voted for H.R. 4405.", "true"),
    ("In the House, three Republicans voted against H.R. 4405.", "false"),
    ("If Thomas Massie voted against H.R. 4405, he would be alone.", None),
    ("“Thomas Massie voted against H.R. 4405,” a man said.", None),
]


@pytest.mark.parametrize(("words", "verdict"), SAID)
def test_a_vote_is_compared_with_the_roll_call(words, verdict):
    hold_facts()
    hold_house(
        289,
        votes=VOTES,
        issue="H R 4405",
        on="18-Nov-2025",
        question="On Motion to Suspend the Rules and Pass",
    )
    claims = [c for c in check(words, date(2025, 12, 1)).claims if c.kind == "vote"]
    assert [c.verdict for c in claims] == ([verdict] if verdict else [])
    for claim in claims:
        assert claim.evidence == "http://testserver/votes/119/house/2025/289/"


ALONGSIDE = [
    ("Nancy Pelosi voted for H.R. 4405. Mike Lawler did not.", "Mike Lawler", "true"),
    ("Nancy Pelosi voted for H.R. 4405. Ro Khanna did not.", "Ro Khanna", "false"),
    ("Nancy Pelosi voted for H.R. 4405; so did Ro Khanna.", "Ro Khanna", "true"),
    ("Nancy Pelosi voted for H.R. 4405; so did Mike Lawler.", "Mike Lawler", "false"),
    ("Mike Lawler opposed H.R. 4405.", "Mike Lawler", "true"),
    ("Thomas Massie opposed H.R. 4405.", "Thomas Massie", "false"),
    ("Two Republicans voted for H.R. 4405, Thomas Massie and Mike Lawler.", "Mike Lawler", "false"),
    ("The House passed H.R. 4405. Thomas Massie missed the vote.", "Thomas Massie", "false"),
    ("The House voted on H.R. 4405. Every Democrat who voted opposed it.", "Every Democrat", "false"),
    ("The House voted on H.R. 4405. No Republican crossed over.", "No Republican", "false"),
    ("The House voted on H.R. 4405. No Democrat broke ranks.", "No Democrat", "true"),
    ("Mike Lawler and Ro Khanna met. They spoke of H.R. 4405.", "Ro Khanna", None),
]


@pytest.mark.parametrize(("words", "quote", "verdict"), ALONGSIDE)
def test_who_is_named_with_others_is_compared_too(words, quote, verdict):
    hold_facts()
    hold_house(
        289,
        votes=VOTES,
        issue="H R 4405",
        on="18-Nov-2025",
        question="On Motion to Suspend the Rules and Pass",
    )
    start = words.index(quote)
    claims = [
        c
        for c in check(words, date(2025, 12, 1)).claims
        if c.kind == "vote" and c.at[0] < start + len(quote) and start < c.at[1]
    ]
    assert [c.verdict for c in claims] == ([verdict] if verdict else [])
