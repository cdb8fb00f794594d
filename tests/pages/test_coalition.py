"""The coalition board: who sits on the committee today, who of them supports the measure, and what they did before."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from tests.api.holding import FOREIGN_RELATIONS, TILLIS, WARNOCK, cosponsor, hold, record
from tests.pages.reading import first_words, links, queries, visible
from tests.pages.test_supporters import COONS, CRUZ, KIM, before
from tests.vote_builders import hold_senate
from tracker.ledger.models import CommitteeSeat, Measure, Member, Source
from tracker.records.model import ActivityRecord, CommitteeRecord, SponsorRecord
from tracker.texts.models import Kin

pytestmark = pytest.mark.django_db

PAGE = "/measures/119/sres/145/coalition/"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
RISCH = SponsorRecord("R000584", "Sen. Risch, James E. [R-ID]", "R", "ID")


@pytest.fixture(autouse=True)
def _one_day():
    with time_machine.travel(NOW, tick=False):
        yield


def seat(
    member: SponsorRecord, side: str, rank: int, title: str | None = None, committee: str = "ssfr00"
) -> None:
    Member.objects.update_or_create(
        bioguide=member.member,
        defaults={
            "name": member.name, "sort_name": member.name, "party": member.party, "state": member.state,
            "sitting": True, "chamber": "senate", "lis": {"C001088": "S337", "C001098": "S355"}.get(member.member or ""),
        },
    )  # fmt: skip
    CommitteeSeat.objects.create(committee=committee, member=member.member, side=side, rank=rank, title=title)


def committee() -> None:
    seat(RISCH, "majority", 1, "Chairman")
    seat(CRUZ, "majority", 9)
    seat(COONS, "minority", 2)
    seat(KIM, "minority", 3)


def page(path: str = PAGE) -> str:
    response = Client().get(path)
    assert response.status_code == 200, visible(response.content.decode())[:500]
    return response.content.decode()


def table(html: str, which: str) -> list[str]:
    """The names in one of the tables, in order."""
    found = re.search(rf'<h3 id="ssfr00-{which}".*?(?=<h3|</section>)', html, flags=re.S)
    return re.findall(r"<bdi>([^<]*)</bdi>", found[0]) if found else []


def test_it_says_how_many_support_it_how_the_sides_stand_and_what_is_wanting():
    hold(record(cosponsors=(cosponsor(CRUZ), cosponsor(WARNOCK))))
    committee()
    html = page()
    words = visible(html)
    assert first_words(html, "h1") == "1 of 4 members of the Foreign Relations Committee support it"
    assert "1 of 4 members support it; 2 more would be a majority of the committee." in words
    assert (
        "Majority 2 Republicans; 1 supports it Chairman: James E. Risch R-ID, does not stand behind it"
        in words
    )
    assert "Minority 2 Democrats; 0 support it" in words
    assert table(html, "open") == ["James E. Risch", "Christopher A. Coons", "Andy Kim"]
    assert table(html, "supports") == ["Ted Cruz"]


def test_whoever_supported_it_before_is_asked_first_and_who_withdrew_last():
    hold(record(cosponsors=(cosponsor(RISCH, withdrawn_on="2025-05-01"),)))
    before(118, "sres/599", cosponsor(KIM))
    committee()
    html = page()
    assert table(html, "open") == ["Andy Kim", "Ted Cruz", "Christopher A. Coons", "James E. Risch"]
    assert "S.Res. 599 118th" in visible(html) and "withdrew May 1, 2025" in visible(html)


def test_filters_and_orders_need_no_script_and_stay_to_choose_from():
    hold(record(cosponsors=(cosponsor(CRUZ),)))
    committee()
    html = page(f"{PAGE}?party=D&sort=name&stand=open")
    assert table(html, "open") == ["Christopher A. Coons", "Andy Kim"] and table(html, "supports") == []
    assert '<option value="R">Republican</option>' in html and "<option>TX</option>" in html
    assert "Shown: Democrats who could still be asked." in visible(html)
    assert table(page(f"{PAGE}?state=TX"), "supports") == ["Ted Cruz"]
    refused = Client().get(f"{PAGE}?sort=luck")
    assert refused.status_code == 400 and "asked, rank, name, state" in visible(refused.content.decode())


def test_how_members_voted_on_it_stands_beside_them():
    hold(record("119/sjres/3"))
    committee()
    hold_senate(
        votes=(("S337", "Christopher Coons", "D", "DE", "Yea"), ("S355", "Ted Cruz", "R", "TX", "Nay"))
    )
    words = visible(page("/measures/119/sjres/3/coalition/"))
    assert "Christopher A. Coons D-DE minority 2 Yea Mar 4, 2025" in words and "Nay Mar 4, 2025" in words
    assert "/votes/119/senate/2025/549/" in links(page("/measures/119/sjres/3/coalition/"))


def test_how_members_voted_on_its_twin_is_said_to_be_on_that():
    hold(record("119/sjres/3"), record("119/sjres/4"))
    twin, own = (Measure.objects.keyed(119, "sjres", number).get() for number in (3, 4))
    Kin.objects.create(first=twin, second=own, kind="twin", score=90, evidence={}, found_at=NOW)
    committee()
    hold_senate(
        votes=(("S337", "Christopher Coons", "D", "DE", "Yea"), ("S355", "Ted Cruz", "R", "TX", "Nay"))
    )
    html = page("/measures/119/sjres/4/coalition/")
    assert "Yea on S.J.Res. 3 Mar 4, 2025" in visible(html)
    assert table(html, "open")[0] == "Christopher A. Coons" and table(html, "open")[-1] == "Ted Cruz"


def test_a_vote_on_a_motion_says_nothing_of_the_measure():
    hold(record("119/sjres/3"))
    committee()
    hold_senate(question="On the Motion to Table", votes=(("S337", "Christopher Coons", "D", "DE", "Yea"),))
    assert "Yea Mar 4, 2025" not in visible(page("/measures/119/sjres/3/coalition/"))


@pytest.mark.parametrize(
    ("activity", "told"), [("Reported By", "reported it"), ("Discharged From", "was discharged of it")]
)
def test_a_committee_that_let_it_go_holds_it_no_more(activity, told):
    reported = CommitteeRecord(
        "ssfr00", "Foreign Relations Committee", "Senate", "Standing",
        (*FOREIGN_RELATIONS.activities, ActivityRecord(activity, "2025-06-03T12:00:00Z")),
    )  # fmt: skip
    hold(record(committees=(reported,)))
    committee()
    words = visible(page())
    assert f"No committee holds it now: the Foreign Relations Committee {told} on Jun 3, 2025" in words


def test_a_seat_without_a_vote_counts_to_no_majority():
    hold(record())
    committee()
    seat(TILLIS, "majority", 20, "Ex Officio")
    html = page()
    assert "0 of 4 members support it" in visible(
        html
    ) and "Ex Officio, majority 20 without a vote" in visible(html)


def test_an_ended_congress_shows_no_false_board_and_leads_to_what_it_came_back_as():
    hold(record())
    before(118, "sres/599")
    committee()
    html = page("/measures/118/sres/599/coalition/")
    assert "in the 118th Congress is not held here" in visible(html) and "Risch" not in html
    assert PAGE in links(html)
    answer = Client().get("/measures/118/sres/599/coalition.csv").content.decode()
    assert answer.count("\n") == 1  # the heads alone


@pytest.mark.parametrize("clock", ["as_of=2025-05-01", "on=2025-05-01"])
def test_no_board_of_an_earlier_day_is_made_of_todays_members(clock: str):
    hold(record())
    committee()
    html = page(f"{PAGE}?{clock}")
    assert "there is no board of an earlier day" in visible(html) and "Risch" not in html


def test_without_committee_or_list_it_says_so():
    hold(record())
    assert "No list of committee members is held yet" in visible(page())
    hold(record("119/sres/9", committees=()))
    assert "The record names no committee" in visible(page("/measures/119/sres/9/coalition/"))
    assert "/measures/119/sres/9/coalition/" not in links(page("/measures/119/sres/9/"))


def test_the_file_has_the_same_members_under_the_same_filters():
    hold(record(cosponsors=(cosponsor(CRUZ),)))
    before(118, "sres/599", cosponsor(KIM))
    committee()
    rows = list(
        csv.DictReader(
            io.StringIO(Client().get("/measures/119/sres/145/coalition.csv?party=D").content.decode())
        )
    )
    assert [(row["member"], row["stand"], row["supported_before"]) for row in rows] == [
        ("K000394", "", "S.Res. 599 (118th)"),
        ("C001088", "", ""),
    ]
    assert Client().get("/measures/119/sres/145/coalition.csv?party=Q").status_code == 400


def test_a_hundred_members_cost_no_more_queries_than_four():
    hold(record(cosponsors=(cosponsor(CRUZ),)))
    committee()
    few = queries(PAGE)
    for number in range(100):
        seat(SponsorRecord(f"X{number:06}", f"Sen. Name{number}", "R", "TX"), "majority", 100 + number)
    assert queries(PAGE) <= few and "of 104 members" in visible(page())


def test_a_new_list_of_members_makes_both_pages_new_though_the_record_stays():
    hold(record(cosponsors=(cosponsor(CRUZ),)))
    committee()
    pages = (PAGE, "/measures/119/sres/145/sponsors/")
    marks = [Client().get(path)["ETag"] for path in pages]
    assert [Client().get(path)["ETag"] for path in pages] == marks
    Source.objects.update_or_create(name="legislators", defaults={"changed_at": NOW})
    assert all(Client().get(path)["ETag"] != mark for path, mark in zip(pages, marks, strict=True))
