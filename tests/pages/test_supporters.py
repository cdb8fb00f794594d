"""The supporters of a measure as a story: by day, by party, what was reached, and who stood behind it before."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from tests.api.holding import TILLIS, WARNOCK, cosponsor, hold, record
from tests.pages.reading import first_words, links, queries, visible
from tracker.ledger.models import CommitteeSeat, Measure, Member
from tracker.records.model import CosponsorRecord, SponsorRecord
from tracker.texts.models import Kin

pytestmark = pytest.mark.django_db

PAGE = "/measures/119/sres/145/sponsors/"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)

CRUZ = SponsorRecord("C001098", "Sen. Cruz, Ted [R-TX]", "R", "TX")
COONS = SponsorRecord("C001088", "Sen. Coons, Christopher A. [D-DE]", "D", "DE")
MENENDEZ = SponsorRecord("M000639", "Sen. Menendez, Robert [D-NJ]", "D", "NJ")
KIM = SponsorRecord("K000394", "Sen. Kim, Andy [D-NJ]", "D", "NJ")
LAWLER = SponsorRecord("L000599", "Rep. Lawler, Michael [R-NY-17]", "R", "NY", "17")


@pytest.fixture(autouse=True)
def _one_day():
    with time_machine.travel(NOW, tick=False):
        yield


def page(path: str = PAGE) -> str:
    response = Client().get(path)
    assert response.status_code == 200, visible(response.content.decode())[:500]
    return response.content.decode()


def part(html: str, heading: str) -> str:
    """The words of the section with this id of its heading; "" where there is none."""
    found = re.search(rf'<section [^>]*aria-labelledby="{heading}".*?</section>', html, flags=re.S)
    return visible(found[0]) if found else ""


def sits(*members: SponsorRecord, chamber: str = "senate") -> None:
    """These members are in the list of those who sit today."""
    for member in members:
        Member.objects.update_or_create(
            bioguide=member.member, defaults={"name": member.name, "sort_name": member.name, "sitting": True, "chamber": chamber}
        )  # fmt: skip


def many(count: int, joined_on: str) -> tuple[CosponsorRecord, ...]:
    return tuple(
        cosponsor(SponsorRecord(f"X{n:06}", f"Sen. Name{n}, Given [R-TX]", "R", "TX"), joined_on)
        for n in range(count)
    )


def before(congress: int, key: str, *cosponsors: CosponsorRecord, score: int = 88) -> Measure:
    """An earlier measure of the same words as S.Res. 145 of the 119th."""
    hold(record(f"{congress}/{key}", introduced_on="2024-03-20", cosponsors=cosponsors, actions=()))
    earlier = Measure.objects.keyed(congress, *[key.split("/")[0], int(key.split("/")[1])]).get()
    now = Measure.objects.keyed(119, "sres", 145).get()
    Kin.objects.create(first=earlier, second=now, kind="again", score=score, evidence={}, found_at=datetime(2025, 7, 1, tzinfo=UTC))  # fmt: skip
    return earlier


def test_each_day_says_who_joined_who_left_and_who_then_stood():
    hold(record(cosponsors=(cosponsor(WARNOCK), cosponsor(CRUZ, "2025-04-02"), cosponsor(COONS, "2025-04-02", withdrawn_on="2025-05-09"))))  # fmt: skip
    words = part(page(), "names")
    assert "Mar 27, 2025 +1 Raphael G. Warnock D-GA 1 stands: 1 D" in words
    assert (
        "Apr 2, 2025 +2 Ted Cruz R-TX Christopher A. Coons D-DE withdrew May 9, 2025 3 stand: 2 D, 1 R"
        in words
    )
    assert "May 9, 2025 −1 Christopher A. Coons D-DE withdrew 2 stand: 1 D, 1 R" in words


def test_firsts_and_majorities_stand_together_with_whom_they_are_about():
    hold(
        record(
            cosponsors=(
                *many(48, "2025-03-27"),
                cosponsor(WARNOCK, "2025-04-02"),
                cosponsor(COONS, "2025-06-01"),
            )
        )
    )
    told = part(page(), "milestones")
    assert (
        "Apr 2, 2025 The first Democrat, from the other party than its sponsor: Raphael G. Warnock D-GA"
        in told
    )
    assert "Jun 1, 2025 The 51st name, its sponsor included: a majority of the Senate’s 100 seats" in told


def test_committees_are_told_by_who_sits_there_today_and_not_at_an_earlier_moment():
    hold(record(cosponsors=(cosponsor(WARNOCK), cosponsor(CRUZ, "2025-03-30"))))
    CommitteeSeat.objects.create(committee="ssfr00", member="C001098", side="majority", rank=9)
    told = part(page(), "milestones")
    assert "Mar 30, 2025 The first member of the Foreign Relations Committee: Ted Cruz R-TX" in told
    assert "A majority of the Foreign Relations Committee: 1 of 1" in told
    assert "Foreign Relations" not in part(page(f"{PAGE}?as_of=2025-05-01"), "milestones")
    with time_machine.travel(datetime(2027, 2, 1, tzinfo=UTC), tick=False):
        assert "Foreign Relations" not in part(page(), "milestones")  # the 119th has ended


def test_the_drawing_has_a_line_a_party_and_its_numbers_stand_in_a_table():
    hold(
        record(cosponsors=(cosponsor(WARNOCK), cosponsor(CRUZ, "2025-04-02"), cosponsor(COONS, "2025-04-02")))
    )
    html = page()
    assert {"d", "r", "all"} == set(re.findall(r'<path class="(\w+)" d="M28', html)) - {"axis"}
    assert (
        "From 1 cosponsors" not in html
        and "From 1 cosponsor on Mar 27, 2025 to 3 on Apr 2, 2025: 2 D, 1 R." in html
    )
    assert "Apr 2, 2025 2 2 1 3" in part(html, "growth")


def test_where_days_are_missing_names_are_told_and_no_count_is_drawn():
    hold(record(cosponsors=(cosponsor(WARNOCK, None), cosponsor(CRUZ, "2025-02-30"))))
    html = page()
    assert part(html, "growth") == "" and part(html, "milestones") == ""
    words = part(html, "names")
    assert "Raphael G. Warnock D-GA no day given" in words and "2025-02-30 (date not valid)" in words


def test_of_names_that_all_lack_a_day_that_is_said_once():
    hold(record(cosponsors=(cosponsor(WARNOCK, None), cosponsor(CRUZ, None))))
    words = part(page(), "names")
    assert (
        words.count("no day given") == 1 and "no day given +2 Raphael G. Warnock D-GA Ted Cruz R-TX" in words
    )


def test_a_day_of_leaving_before_that_of_joining_breaks_no_page():
    hold(record(cosponsors=(cosponsor(WARNOCK, "2025-05-01", withdrawn_on="2025-04-01"), cosponsor(CRUZ))))
    html = page()
    assert part(html, "growth") == "" and "withdrew Apr 1, 2025" in part(html, "names")
    assert Client().get("/measures/119/sres/145/").status_code == 200


def test_who_is_back_who_could_be_asked_and_who_cannot():
    hold(record(cosponsors=(cosponsor(WARNOCK),)))
    before(118, "sres/599", cosponsor(CRUZ), cosponsor(MENENDEZ), cosponsor(KIM), cosponsor(COONS, withdrawn_on="2024-04-01"))  # fmt: skip
    sits(TILLIS, WARNOCK, CRUZ, COONS)
    sits(KIM, chamber="house")
    words = part(page(), "before")
    assert (
        "It was S.Res. 599 in the 118th Congress, with 4 supporters, its sponsor included. 1 of them stands"
        in words
    )
    assert (
        "1 supporter is new" in words and "Back Thomas Tillis R-NC Not back Sits in the Senate today" in words
    )
    assert "has not joined Ted Cruz R-TX In the House now And so cannot join it here Andy Kim D-NJ" in words
    assert "No longer in Congress Robert Menendez D-NJ New Raphael G. Warnock D-GA" in words
    assert "Coons" not in words  # had left the earlier one


def test_who_joined_again_and_left_is_told_apart_from_who_never_came():
    hold(record(cosponsors=(cosponsor(CRUZ, withdrawn_on="2025-06-01"),)))
    before(118, "sres/599", cosponsor(CRUZ))
    sits(TILLIS, CRUZ)
    assert "Joined and left Ted Cruz R-TX" in part(page(), "before")


def test_without_a_list_of_members_nobody_is_said_to_have_gone():
    hold(record())
    before(118, "sres/599", cosponsor(MENENDEZ))
    words = part(page(), "before")
    assert "Not back Who of them still sat then is not held here Robert Menendez D-NJ" in words
    assert "No longer in Congress" not in words


def test_supporters_in_the_other_chamber_are_not_held_against_this_one():
    hold(record())
    before(118, "hres/1148", cosponsor(LAWLER))
    words = part(page(), "before")
    assert (
        "It was H.Res. 1148 in the 118th Congress, in the other chamber, whose members cannot join it"
        in words
    )
    assert "Lawler" not in words


def test_an_earlier_measure_leads_to_who_supports_what_it_came_back_as():
    hold(record())
    before(118, "sres/599")
    html = page("/measures/118/sres/599/sponsors/")
    assert "It came back in the 119th Congress: who supports S.Res. 145" in visible(html) and PAGE in links(
        html
    )
    assert "came back" not in visible(page())


def test_a_majority_has_its_day_and_one_that_was_lost_counts_from_the_day_it_was_reached_again():
    more = cosponsor(WARNOCK, "2025-04-02", withdrawn_on="2025-05-01")
    hold(record(cosponsors=(*many(49, "2025-03-27"), more, cosponsor(COONS, "2025-06-01"))))
    assert "With the sponsor, 51 of 100 senators, a majority since Jun 1, 2025" in visible(page())
    assert "a majority since Apr 2, 2025" in visible(page(f"{PAGE}?on=2025-04-10"))
    assert "a majority since" not in visible(page(f"{PAGE}?on=2025-05-10"))


def test_a_seat_without_a_vote_makes_no_majority_of_the_committee():
    hold(record(cosponsors=(cosponsor(WARNOCK), cosponsor(CRUZ, "2025-03-30"))))
    CommitteeSeat.objects.create(committee="ssfr00", member="C001098", side="majority", rank=9)
    CommitteeSeat.objects.create(committee="ssfr00", member="W000790", side="minority", title="Ex Officio")
    assert "Foreign Relations Committee: 1 of 1" in part(page(), "milestones")


def test_a_guess_is_no_predecessor():
    hold(record())
    before(118, "sres/599", cosponsor(CRUZ), score=40)
    assert part(page(), "before") == ""


def test_names_of_who_sits_no_more_stay_and_are_counted():
    hold(record(cosponsors=(cosponsor(WARNOCK), cosponsor(MENENDEZ))))
    sits(TILLIS, WARNOCK)
    assert "1 of these names is of a member who no longer sits in the Senate" in visible(page())
    assert "no longer sit" not in visible(page(f"{PAGE}?on=2025-05-01"))


def test_on_a_day_the_story_ends_with_it():
    hold(record(cosponsors=(cosponsor(WARNOCK), cosponsor(CRUZ, "2025-06-02"))))
    words = visible(page(f"{PAGE}?on=2025-05-01"))
    assert "Ted Cruz" not in words and "1 stands: 1 D" in words


def test_four_hundred_names_cost_no_more_queries_than_one():
    hold(record(cosponsors=(cosponsor(WARNOCK),)))
    one = queries(PAGE)
    hold(record(updated_at="2025-05-01T08:00:00Z", cosponsors=many(400, "2025-03-27")))
    assert first_words(page(), "h1").startswith("400 cosponsors") and queries(PAGE) <= one


def test_the_page_leads_to_what_it_was():
    hold(record())
    before(118, "sres/599")
    assert "/measures/118/sres/599/" in links(page())
