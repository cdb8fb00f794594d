"""The paragraph at the top of a measure's page: every phrase leads to what proves it, at every moment."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from tests.api.holding import TILLIS, WARNOCK, cosponsor, hold, record
from tests.pages.reading import links, visible
from tests.vote_builders import hold_house
from tracker.ledger.models import Measure
from tracker.records.model import ActionRecord, VoteReference

pytestmark = pytest.mark.django_db

PAGE = "/measures/119/sres/145/"
SPRING, SUMMER = datetime(2025, 4, 1, 12, tzinfo=UTC), datetime(2025, 7, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _one_day():
    with time_machine.travel(datetime(2026, 11, 24, 12, tzinfo=UTC), tick=False):
        yield


def top(path: str = PAGE) -> str:
    """The paragraph as HTML."""
    page = Client().get(path).content.decode()
    found = re.search(r'<p class="lead">.*?</p>\s*<p>.*?</p>', page, flags=re.S)
    assert found, page[:500]
    return found[0]


def proofs(paragraph: str) -> dict[str, str]:
    """Where each linked phrase leads."""
    found = re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', paragraph, flags=re.S)
    return {visible(words): html.unescape(href) for href, words in found}


def test_each_phrase_leads_to_the_page_that_proves_it():
    hold(record(cosponsors=(cosponsor(WARNOCK, original=True), cosponsor(TILLIS, "2025-04-02"))))
    action = f"{PAGE}actions/#a-{Measure.objects.get().status_action}"
    assert proofs(top()) == {
        "Foreign Relations Committee": "/committees/ssfr00/",
        "March 27, 2025": action,
        "Sen. Thomas Tillis [R-NC]": "/members/T000476/",
        "Sen. Raphael G. Warnock [D-GA]": "/members/W000790/",
        "2 cosponsors": f"{PAGE}sponsors/",
        "1 Democrat": f"{PAGE}sponsors/",
        "1 Republican": f"{PAGE}sponsors/",
        "April 2, 2025": f"{PAGE}sponsors/",
        "the last poll": "/sources/",
    }
    assert f'id="{action.partition("#")[2]}"' in Client().get(f"{PAGE}actions/").content.decode()


def test_the_days_of_the_paragraph_are_times():
    hold(record())
    assert '<time datetime="2025-03-27">March 27, 2025</time>' in top()


def test_a_tally_leads_to_our_page_of_the_vote_where_its_file_is_held_and_to_the_chambers_where_not():
    named = VoteReference("house", 119, 1, 50)
    passed = ActionRecord("2025-03-27", "On passage Passed by the Yeas and Nays: 216 - 214 (Roll no. 50).", "8000", recorded_votes=(named,))  # fmt: skip
    hold(record("119/hr/145", actions=(passed,)))
    path = "/measures/119/hr/145/"
    assert proofs(top(path))["216 votes to 214"] == "https://clerk.house.gov/evs/2025/roll050.xml"
    hold_house(50, issue="H R 145")
    assert proofs(top(path))["216 votes to 214"] == "/votes/119/house/2025/50/"


def test_the_story_of_an_earlier_moment_is_that_moments_and_stays_there():
    hold(record())
    hold(record(updated_at="2025-06-20T08:00:00Z", cosponsors=(cosponsor(WARNOCK, "2025-06-02"),)), at=SUMMER)
    then, now = top(f"{PAGE}?as_of=2025-05-01"), top()
    assert "Nobody has cosponsored it. Nothing has happened since March 27, 2025." in visible(then)
    assert "It has one cosponsor, Sen. Raphael G. Warnock [D-GA], who joined on June 2, 2025." in visible(now)
    assert f"{PAGE}sponsors/?as_of=2025-05-01" in links(then)


def test_the_story_of_an_earlier_day_tells_what_was_so_that_day():
    agreed = ActionRecord("2025-06-02", "Resolution agreed to in Senate by Unanimous Consent.", "17000")
    hold(record(actions=(agreed, *record().actions), cosponsors=(cosponsor(WARNOCK, "2025-04-02", withdrawn_on="2025-05-02"),)))  # fmt: skip
    first, later = visible(top(f"{PAGE}?on=2025-03-27")), visible(top(f"{PAGE}?on=2025-05-01"))
    assert "Nobody has cosponsored it." in first and "othing has happened" not in first
    assert "It has one cosponsor" in later and "Apart from that, nothing has happened since March 27, 2025." in later  # fmt: skip
    assert "The Senate agreed to it by unanimous consent on June 2, 2025" in visible(top())


@pytest.mark.parametrize("column", ["vanished_at", "unconfirmed_since"])
def test_of_a_record_in_doubt_no_silence_is_claimed(column):
    hold(record())
    Measure.objects.update(**{column: SUMMER})
    assert "othing has happened" not in visible(top())


def test_the_starter_record_claims_no_more_than_its_list():
    hold(record(), source="starter")
    assert "The starter record lists nothing after March 27, 2025." in visible(top())


def test_an_end_that_no_action_set_leads_to_the_constitution():
    hold(record("118/sres/599", introduced_on="2024-03-20", actions=(ActionRecord("2024-03-20", "Referred to the Committee on Foreign Relations."),)))  # fmt: skip
    said = proofs(top("/measures/118/sres/599/"))
    assert said["January 3, 2025"] == "https://constitution.congress.gov/constitution/amendment-20/"
    assert said["March 20, 2024"].startswith("/measures/118/sres/599/actions/#a-")


def test_where_nothing_more_is_known_no_empty_paragraph_stands():
    hold(record("119/hr/2", title="Reserved for the Speaker.", actions=(), committees=(), sponsors=()))
    page = Client().get("/measures/119/hr/2/").content.decode()
    assert "<strong>The number is reserved" in page and not re.search(r"<p>\s*</p>", page)
