"""The pages of recorded votes."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.test import Client

from tests.builders import billstatus, incoming
from tests.pages.reading import first_words, links, queries, visible
from tests.records.test_votes import SPEAKER
from tests.vote_builders import (
    HOUSE,
    hold_house,
    hold_senate,
    house_vote,
    incoming_house,
    senators,
)
from tracker.ledger.apply import apply
from tracker.ledger.votes import take_vote

pytestmark = pytest.mark.django_db

VOTE = "/votes/119/house/2025/123/"
NAMED = (
    "<recordedVotes><recordedVote><rollNumber>123</rollNumber><chamber>House</chamber><congress>119</congress>"
    "<date>2025-03-11T21:51:00Z</date><sessionNumber>1</sessionNumber><url>x</url></recordedVote></recordedVotes>"
)


@pytest.fixture(autouse=True)
def _cold() -> None:
    cache.clear()


def page(path: str, status: int = 200) -> str:
    response = Client().get(path)
    assert response.status_code == status, path
    return response.content.decode()


def hold_measure() -> None:
    body = billstatus(
        25,
        type="hjres",
        title="Disapproving a rule.",
        actions=[("2025-03-11", "On passage Passed by the Yeas and Nays: 4 - 3 (Roll no. 123).", None)],
    ).replace(b"<type>IntroReferral</type>", f"<type>Floor</type>{NAMED}".encode(), 1)
    apply([incoming(body, 25, type="hjres")])


def test_a_vote_is_a_sentence_whose_numbers_lead_to_the_names() -> None:
    hold_measure()
    hold_house()
    html = page(VOTE)
    assert first_words(html, "h1") == "The House passed H.J.Res. 25, 4 to 3"
    assert {"?position=yea#all", "?position=nay#all", "/measures/119/hjres/25/"} <= links(html)
    words = visible(html)
    assert "Democrats split: 1 for, 2 against. Republicans split: 3 for, 1 against." in words
    assert "It needed 4 of the 7 who voted yea or nay." in words
    assert "119th Congress, session 1" in words and "Mar 11, 2025, 5:51 pm" in words
    assert "https://clerk.house.gov/Votes/2025123" in links(html)
    assert "/api/v1/votes/119/house/2025/123" in links(html)


def test_the_seats_are_drawn_and_the_same_numbers_stand_in_a_table() -> None:
    hold_house()
    html = page(VOTE)
    drawn = re.findall(r'<path class="([dri])" d="([^"]+)"/>', html)
    assert sorted((colour, path.count("M")) for colour, path in drawn) == [
        ("d", 1),
        ("d", 1),
        ("d", 2),
        ("r", 1),
        ("r", 3),
    ]
    row = re.search(r"<tr><th scope=\"row\"><span class=\"party r\">Republicans.*?</tr>", html, re.S)
    assert row and [visible(cell) for cell in re.findall(r"<td.*?</td>", row[0])] == ["3", "1", "0", "0"]


def test_who_crossed_and_who_did_not_vote_is_named() -> None:
    hold_house()
    words = visible(page(VOTE))
    assert "Who voted against most of their party 1 Democrat, 1 Republican Beyer D-VA Massie R-KY" in words
    assert "Not voting: Schiff D-CA." in words


def test_names_are_filtered_without_a_script() -> None:
    hold_house()
    words = visible(page(f"{VOTE}?position=yea&party=R"))
    assert "3 of 8. Republicans: yea" in words
    table = page(f"{VOTE}?position=yea&party=R").split('id="all"')[1]
    assert "Aderholt" in table and "Massie" not in table and "Beyer" not in table
    assert "Nobody in this vote matches" in page(f"{VOTE}?state=WY")
    assert "no such position" in page(f"{VOTE}?position=maybe", 400)
    assert "no such parameter" in page(f"{VOTE}?sort=name", 400)


def test_a_broken_tie_says_who_broke_it() -> None:
    senators()
    hold_senate(tie=("Vice President of the United States", "Yea"), on="July 15, 2025, 08:07 PM")
    words = visible(page("/votes/119/senate/2025/549/"))
    assert "The Vice President, JD Vance, broke the tie: yea." in words
    assert "It needed" not in words
    for list_of_votes in ("/votes/", "/members/T000476/votes/"):
        assert "The tie was broken by the Vice President." in visible(page(list_of_votes))


def test_a_senator_in_no_list_is_named_and_not_linked() -> None:
    hold_senate()
    html = page("/votes/119/senate/2025/549/")
    assert "No list held here has the id of" in visible(html) and "Thom Tillis (S384)" in visible(html)
    assert not any(link.startswith("/members/T") for link in links(html))


def test_an_election_is_told_by_its_candidates() -> None:
    votes = [(*HOUSE[0][:4], "Jeffries"), (*HOUSE[1][:4], "Johnson (LA)"), (*HOUSE[3][:4], "Johnson (LA)")]
    hold_house(
        2, votes=votes, issue="", question="Election of the Speaker", result="Johnson (LA)", totals=SPEAKER
    )
    html = page("/votes/119/house/2025/2/")
    assert first_words(html, "h1") == "The House elected Johnson (LA) Speaker, Johnson (LA) 2, Jeffries 1"
    assert "Who voted against most of their party" not in html
    row = re.search(r"<tr><th scope=\"row\"><bdi>Jeffries</bdi>.*?</tr>", html, re.S)
    assert row and [visible(cell) for cell in re.findall(r"<td.*?</td>", row[0])] == ["0", "1", "1"]


def test_a_call_of_the_house_says_how_many_answered() -> None:
    votes = [(*HOUSE[0][:4], "Present"), (*HOUSE[1][:4], "Not Voting")]
    hold_house(1, votes=votes, issue="QUORUM", question="Call of the House", kind="QUORUM")
    assert (
        first_words(page("/votes/119/house/2025/1/"), "h1")
        == "The House called the roll of its members, 1 answered"
    )


def test_totals_that_do_not_agree_are_said() -> None:
    take_vote(incoming_house(house_vote().replace(b"<yea-total>4</yea-total>", b"<yea-total>5</yea-total>")))
    assert "yea: 5 printed, 4 counted" in visible(page(VOTE))


def test_a_session_leads_to_the_year_and_other_years_to_nothing() -> None:
    senators()
    hold_senate()
    response = Client().get("/votes/119/senate/1/549/")
    assert (response.status_code, response["Location"]) == (301, "/votes/119/senate/2025/549/")
    page("/votes/118/senate/2025/549/", 404)
    assert "not been published yet" in page("/votes/119/senate/2025/550/", 404)


def test_the_list_is_by_day_newest_first_and_says_what_it_holds() -> None:
    senators()
    hold_house(1, on="3-Jan-2025")
    hold_house(2, result="Failed")
    hold_senate(3)
    html = page("/votes/")
    assert first_words(html, "h1") == "3 recorded votes"
    order = [html.index(path) for path in ("/house/2025/2/", "/senate/2025/3/", "/house/2025/1/")]
    assert order == sorted(order)
    assert (
        first_words(page("/votes/?chamber=house&result=rejected&year=2025"), "h1")
        == "1 recorded vote of the House in 2025, rejected"
    )
    assert (
        first_words(page("/votes/?measure=119/sjres/3"), "h1") == "1 recorded vote on S.J.Res. 3 of the 119th"
    )
    assert "No vote held here matches" in page("/votes/?congress=118")
    assert "an id as 119/hjres/25" in page("/votes/?measure=S.J.Res.3", 400)


def test_a_measures_votes_lead_to_the_names() -> None:
    hold_measure()
    before = page("/measures/119/hjres/25/votes/")
    assert "https://clerk.house.gov/evs/2025/roll123.xml" in links(before)
    hold_house()
    after = page("/measures/119/hjres/25/votes/")
    assert VOTE in links(after)
    assert "The House passed H.J.Res. 25." in visible(after)


def test_a_vote_that_no_action_names_stands_with_the_measure_it_was_about() -> None:
    hold_measure()
    hold_house(124, question="On Motion to Recommit", result="Failed")
    words = visible(page("/measures/119/hjres/25/votes/"))
    assert "The House did not agree to recommit H.J.Res. 25." in words
    assert first_words(page("/measures/119/hjres/25/votes/"), "h1") == "2 recorded votes on it are known"


def test_a_page_as_of_before_shows_the_actions_words_alone() -> None:
    hold_measure()
    hold_house()
    html = page("/measures/119/hjres/25/votes/?as_of=2100-01-01")
    assert VOTE not in links(html)


def test_a_member_has_a_voting_record_with_the_share_of_votes_with_the_party() -> None:
    for number in range(1, 24):
        hold_house(number)
    hold_house(24, votes=[(*vote[:4], "Nay") for vote in HOUSE])
    html = page("/members/B001292/votes/")
    assert first_words(html, "h1") == "24 recorded votes held here"
    words = visible(html)
    assert (
        "Yea 23, Nay 1. With most of the member’s own party in 1 of 24 votes (4%), against it in 23." in words
    )
    against = page("/members/B001292/votes/?against=party")
    assert first_words(against, "h1") == "23 votes against most of the member’s own party"
    assert "/votes/119/house/2025/24/" not in links(against)
    own = page("/members/B001292/")
    assert "How they voted" in visible(own)
    assert len([link for link in links(own) if link.startswith("/votes/119/")]) == 20
    assert "/members/B001292/votes/" in links(own)


def test_pages_of_votes_cost_few_queries_however_many_names() -> None:
    hold_measure()
    hold_house()
    few = {path: queries(path) for path in (VOTE, "/votes/", "/members/B001292/votes/")}
    many = [(f"Y{n:06}", f"Name{n}", "D", "GA", "Yea") for n in range(400)]
    for number in range(124, 140):
        hold_house(number, votes=[*HOUSE, *many])
    hold_house(votes=[*HOUSE, *many])
    for path, count in few.items():
        assert queries(path) == count <= 10, path


def test_a_page_that_did_not_change_is_not_drawn_again_and_a_correction_shows() -> None:
    hold_house()
    tag = Client().get(VOTE)["ETag"]
    assert Client().get(VOTE, headers={"If-None-Match": tag}).status_code == 304
    hold_house(votes=[(*HOUSE[0][:4], "Yea"), *HOUSE[1:]])
    assert first_words(page(VOTE), "h1") == "The House passed H.J.Res. 25, 5 to 2"
    assert Client().get(VOTE)["ETag"] != tag


def test_hostile_words_of_a_file_stand_literally() -> None:
    evil = "<script>alert(1)</script>"
    votes = [("A000370", evil, evil, evil, "Yea"), (*HOUSE[1][:4], "Nay")]
    hold_house(votes=votes, question=evil, result=evil, title=evil, issue=evil, totals="")
    for path in (VOTE, "/votes/", "/members/A000370/votes/"):
        assert "<script>alert" not in page(path)


def test_the_rules_are_told_on_a_page() -> None:
    assert "independents" in visible(page("/votes/rules/"))
