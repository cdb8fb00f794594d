"""What a reader should know beside the claims: who is left out, that the Congress ended, and what came after."""

from __future__ import annotations

from datetime import date

import pytest

from tests.press.telling_stories import hold_facts
from tracker.press.check import check

pytestmark = pytest.mark.django_db

PRESS = (
    "Senate Resolution 599 was introduced on March 20, 2024, by Sen. Thom Tillis. Its cosponsors include John Cornyn, Ted Cruz, John Boozman, "
    "Jeanne Shaheen, Chris Coons and Cory Booker."
)


@pytest.fixture(autouse=True)
def facts() -> None:
    hold_facts()


def test_the_one_who_is_left_out_is_named_and_what_came_after_is_told():
    result = check(PRESS, date(2024, 7, 27))
    told = [remark.text for remark in result.remarks]
    assert (
        "Of the 7 cosponsors of the first day, the article leaves out Sen. Menendez, Robert [D-NJ]." in told
    )
    (after,) = [text for text in told if " died with " in text]
    assert after.startswith(
        "S.Res. 599 died with the 118th Congress on January 3, 2025 and came back as S.Res. 145 (119th Congress)"
    )
    assert "6 of its 7 first cosponsors back" in after


def test_readers_of_the_json_are_told_the_same():
    answer = check(PRESS, date(2024, 7, 27)).as_json()
    assert "came back as S.Res. 145" in answer["measures"][0]["why"]
    assert [c["quote"] for c in answer["claims"] if c["note"] and "Menendez" in c["note"]] == ["Cory Booker"]


def test_a_record_that_ends_before_the_article_proves_nothing_of_what_came_later():
    claims = check(
        "S.Res. 599 has 20 cosponsors. It is cosponsored by Sen. Elizabeth Warren.", date(2024, 7, 27)
    ).claims
    assert [(c.kind, c.verdict) for c in claims] == [
        ("cosponsor_count", "unverifiable"),
        ("cosponsor", "unverifiable"),
    ]
    assert all("The record held ends on March 20, 2024" in (c.note or "") for c in claims)
    (fewer,) = check("S.Res. 599 has 5 cosponsors.", date(2024, 7, 27)).claims
    assert fewer.verdict == "false"


REPORT = """The United States Senate introduced Resolution 599 on March 20, 2024, on the Iranian political refugees of Ashraf-3 in Albania.
It was presented by Senator Thom Tillis, joined by Senators John Cornyn and Ted Cruz.

H.Res. 599 speaks of their protection too."""


@pytest.mark.django_db
def test_a_number_without_its_chamber_is_not_read_by_the_slip_at_the_end():
    hold_facts()
    result = check(REPORT, date(2024, 7, 27))
    assert [(m.measure, m.sure) for m in result.measures] == [("118/sres/599", True)] * 2
    assert [c.kind for c in result.claims if c.verdict == "false"] == ["citation"]
