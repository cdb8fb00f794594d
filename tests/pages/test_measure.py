"""One measure: its overview and parts, now and at both clocks, for few names and for many."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils.html import escape

from tests.api.holding import TILLIS, WARNOCK, cosponsor, hold, record
from tests.pages.reading import first_words, links, queries, visible
from tracker.ledger.models import ChangeEvent, Measure
from tracker.records.model import (
    ActionRecord,
    AmendmentRecord,
    CosponsorRecord,
    LawRecord,
    RelationDetail,
    RelationRecord,
    SponsorRecord,
    SummaryRecord,
    TextFormat,
    TextVersionRecord,
    TitleRecord,
    VoteReference,
)

pytestmark = pytest.mark.django_db

PAGE = "/measures/119/sres/145/"
PARTS = ("actions", "amendments", "changes", "related", "sponsors", "text", "votes")
SPRING, SUMMER = datetime(2025, 4, 1, 12, tzinfo=UTC), datetime(2025, 7, 1, 12, tzinfo=UTC)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _one_day():
    with time_machine.travel(NOW, tick=False):
        yield


def page(path: str = PAGE, status: int = 200) -> str:
    response = Client().get(path)
    assert response.status_code == status, visible(response.content.decode())[:500]
    return response.content.decode()


def names(count: int) -> tuple[CosponsorRecord, ...]:
    return tuple(
        cosponsor(SponsorRecord(f"X{n:06}", f"Sen. Name{n}, Given [D-GA]", "D", "GA"), "2025-03-27")
        for n in range(count)
    )


# The overview


def test_the_head_says_what_it_is_how_it_stands_and_that_it_is_silent():
    hold(record(title="A resolution protecting refugees."))
    words = visible(page())
    assert "S.Res. 145 119th Congress Senate resolution" in words
    assert "A resolution protecting refugees." in words
    assert "The Senate referred it to its Foreign Relations Committee on March 27, 2025" in words
    assert "Nothing has happened since March 27, 2025, as of the last poll." in words


def test_the_day_of_the_status_leads_to_the_action_that_set_it():
    hold(record())
    key = Measure.objects.get().status_action
    assert f'href="{PAGE}actions/#a-{key}"' in page()
    assert f'id="a-{key}"' in page(f"{PAGE}actions/")


def test_names_are_counted_against_the_seats_and_listed_by_day():
    hold(record(cosponsors=(cosponsor(WARNOCK), cosponsor(SponsorRecord("C1", "Sen. Cruz, Ted [R-TX]", "R", "TX"), "2025-04-02"))))  # fmt: skip
    words = visible(page())
    assert "Thomas Tillis R-NC, with 2 cosponsors: 1 D, 1 R. None withdrew." in words
    assert "With the sponsor, 3 of 100 senators" in words and "51 is a majority" in words
    assert "Apr 2, 2025 +1 Ted Cruz R-TX" in words


def test_the_plot_states_its_finding_and_its_numbers_stand_in_text():
    hold(record(cosponsors=(cosponsor(WARNOCK), cosponsor(TILLIS, "2025-04-02"))))
    html = page()
    assert '<title id="steps">1 joined on Mar 27, 2025; 2 stand since Apr 2, 2025.</title>' in html
    assert re.search(r'role="img" aria-labelledby="steps"', html)


def test_who_withdrew_is_struck_and_counted_apart():
    hold(record(cosponsors=(cosponsor(WARNOCK, withdrawn_on="2025-04-09"),)))
    words = visible(page())
    assert "nobody stands as cosponsor now. 1 withdrew." in words
    assert "<del>" in page() and "withdrew" in words
    told = visible(page(f"{PAGE}sponsors/"))
    assert "Mar 27, 2025 +1 Raphael G. Warnock D-GA withdrew Apr 9, 2025" in told


def test_one_who_joined_again_stands_twice_among_the_names():
    hold(record(cosponsors=(cosponsor(WARNOCK, withdrawn_on="2025-04-09"), cosponsor(WARNOCK, "2025-05-01"))))
    words = visible(page(f"{PAGE}sponsors/"))
    assert "joined again later" in words and "May 1, 2025 +1 Raphael G. Warnock D-GA joined again" in words
    assert "1 cosponsor stands behind it; 1 withdrew" in words


def test_a_measure_without_a_cosponsor_says_so_and_draws_nothing():
    hold(record())
    html = page()
    assert "stands alone: nobody has cosponsored it" in visible(html)
    assert "support-figure" not in html and 'class="plot"' not in html


def test_a_measure_without_kin_heads_its_part_in_plain_words():
    hold(record())
    assert first_words(page(f"{PAGE}related/"), "h1") == "The record relates it to no other measures"


def test_a_loaded_measure_says_since_when_it_is_followed():
    hold(record(), loading=True)
    assert "Nothing has changed in its record since Apr 1, 2025, 12:00 UTC" in visible(page())


def test_what_changed_stands_under_the_day_it_was_learned_with_the_official_day():
    hold(record())
    hold(record(updated_at="2025-06-20T08:00:00Z", cosponsors=(cosponsor(WARNOCK, "2025-06-02"),)), at=SUMMER)
    words = visible(page())
    assert (
        "Jul 1, 2025 + Raphael G. Warnock D-GA joined as cosponsor of Jun 2, 2025, learned 29 days late"
        in words
    )
    assert "2 changes since it was first held here, on Apr 1, 2025" in visible(page(f"{PAGE}changes/"))


def test_the_overview_cuts_what_one_document_brought_after_a_dozen_lines():
    hold(record())
    joined = tuple(
        cosponsor(SponsorRecord(f"X{n:06}", f"Sen. Name{n}, Given [D-GA]", "D", "GA"), f"2025-04-{n:02}")
        for n in range(1, 16)
    )
    hold(record(updated_at="2025-06-20T08:00:00Z", cosponsors=joined), at=SUMMER)
    assert visible(page()).count("joined as cosponsor") == 12 and "All 16 changes" in visible(page())


def test_summaries_are_cleaned_attributed_and_the_newest_is_shown():
    hold(
        record(
            summaries=(
                SummaryRecord("00", "2025-03-27", "Introduced in Senate", "<p>First <b>words</b>.</p>"),
                SummaryRecord("55", "2025-06-27", "Passed Senate", "<p onclick='x()'>Later<script>alert(1)</script>.</p>"),
            )
        )
    )  # fmt: skip
    html = page()
    assert "<p>Later.</p>" in html and "First" not in html and "onclick" not in html
    assert (
        "Summary by the Congressional Research Service of the Library of Congress: Passed Senate"
        in visible(html)
    )


def test_committees_subjects_titles_laws_and_the_document_stand_beside():
    hold(
        record(
            subjects=("Albania", "Refugees & migrants"),
            titles=(TitleRecord("A measure numbered 145.", "Display Title"), TitleRecord("Ashraf Act", "Short Title")),
        )
    )  # fmt: skip
    html = page()
    assert 'href="/committees/ssfr00/"' in html and "Referred To" in html
    assert 'href="/measures/?subject=Refugees+%26+migrants"' in html
    words = visible(html)
    assert "Short Title Ashraf Act" in words and words.count("A measure numbered 145.") == 1
    document = Measure.objects.select_related("document").get().document
    assert document is not None and document.sha256 in html and document.url in html
    assert "S. Res. 145, 119th Cong., 1st Sess. (2025)." in words
    assert 'href="https://www.congress.gov/bill/119th-congress/senate-resolution/145"' in html
    assert 'href="/api/v1/measures/119/sres/145"' in html


def test_a_law_is_named_and_cited_as_one():
    hold(
        record(
            "119/hjres/25",
            actions=(ActionRecord("2025-04-10", "Became Public Law No: 119-5.", "36000", "BecameLaw"),),
            laws=(LawRecord("Public Law", "119-5"),),
        )
    )
    html = page("/measures/119/hjres/25/")
    assert "<title>H.J.Res. 25, 119th Congress: Public Law 119-5 – Whereas</title>" in html
    assert "H.J. Res. 25, 119th Cong., Pub. L. No. 119-5 (2025)." in visible(html)


def test_votes_are_told_with_their_tally_and_lead_to_the_chamber():
    vote = VoteReference("senate", 119, 1, 517)
    words = "Resolution agreed to in Senate by Yea-Nay Vote. 51 - 44. Record Vote Number: 517."
    hold(
        record(actions=(ActionRecord("2025-06-02", words, None, "Floor", "Senate", recorded_votes=(vote,)),))
    )
    for path in (PAGE, f"{PAGE}votes/"):
        html = page(path)
        assert "51 to 44 in the Senate on Jun 2, 2025 vote 517" in visible(html)
        assert (
            "https://www.senate.gov/legislative/LIS/roll_call_votes/vote1191/vote_119_1_00517.htm"
            in links(html)
        )


def test_texts_lead_to_where_they_are_published_and_to_nothing_else():
    version = TextVersionRecord(
        "is",
        "Introduced in Senate",
        "2025-03-27",
        "BILLS-119sres145is",
        (TextFormat("https://www.govinfo.gov/x.xml", "xml"), TextFormat("javascript:alert(1)", "pdf")),
    )
    hold(record(text_versions=(version,)))
    html = page(f"{PAGE}text/")
    assert "https://www.govinfo.gov/content/pkg/BILLS-119sres145is/pdf/BILLS-119sres145is.pdf" in links(html)
    assert "https://www.govinfo.gov/x.xml" in links(html)
    assert not any(link.startswith("javascript:") for link in links(html))


def test_relatives_are_listed_from_both_sides_with_the_reason_for_each():
    details = (RelationDetail("Identical bill", "CRS"), RelationDetail("Procedurally-related", "House"))
    hold(
        record(related=(RelationRecord("119/hres/166", "Its House companion.", details),)),
        record(
            "119/sres/9",
            related=(RelationRecord("119/sres/145", None, (RelationDetail("Related bill", "CRS"),)),),
        ),
    )
    words = visible(page(f"{PAGE}related/"))
    assert "The record relates it to 2 other measures" in words
    assert "Identical bill, says the Congressional Research Service; procedurally related, says the House H.Res. 166 not held here" in words  # fmt: skip
    assert "in the record of S.Res. 9" in words and "/measures/119/sres/9/" in links(page(f"{PAGE}related/"))


def test_a_relatives_new_status_makes_the_page_new():
    hold(record(related=(RelationRecord("119/sres/9", "Another."),)), record("119/sres/9"))
    first = Client().get(PAGE)["ETag"]
    agreed = ActionRecord(
        "2025-06-02", "Resolution agreed to in Senate by Unanimous Consent.", "17000", "Floor"
    )
    hold(record("119/sres/9", updated_at="2025-06-03T00:00:00Z", actions=(agreed,)), at=SUMMER)
    again = Client().get(PAGE, headers={"If-None-Match": first})
    assert again.status_code == 200
    assert "Agreed to" in visible(again.content.decode())
    assert Client().get(PAGE, headers={"If-None-Match": again["ETag"]}).status_code == 304


def test_a_new_relation_from_the_other_side_makes_the_page_new():
    hold(record(), record("119/sres/9"))
    first = Client().get(PAGE)["ETag"]
    named = (RelationRecord("119/sres/145", None, (RelationDetail("Related bill", "CRS"),)),)
    hold(record("119/sres/9", updated_at="2025-06-03T00:00:00Z", related=named), at=SUMMER)
    again = Client().get(PAGE, headers={"If-None-Match": first})
    assert again.status_code == 200 and "S.Res. 9" in visible(again.content.decode())


AGREED = ActionRecord("2025-06-02", "Resolution agreed to in Senate by Unanimous Consent.", "17000", "Floor")


def test_what_is_settled_is_not_said_to_be_silent():
    hold(record(actions=(AGREED,)))
    words = visible(page())
    assert "June 2, 2025" in words and "othing has happened" not in words


def test_the_steps_of_a_settled_measure_end_with_it():
    hold(record(actions=(AGREED,), cosponsors=(cosponsor(WARNOCK), cosponsor(TILLIS, "2025-04-02"))))
    html = page()
    assert ">Jun 2, 2025</text>" in html and "Nov 24, 2026</text>" not in html


def test_a_reserved_number_is_no_measure_yet():
    hold(record("119/hr/2", title="Reserved for the Speaker.", actions=(), committees=()))
    words = visible(page("/measures/119/hr/2/"))
    assert "Reserved Mar 27, 2025" in words and "a number that is reserved has no text" in words
    assert "Nobody yet: the number is kept, and the record names" in words and "stands alone" not in words
    assert 'class="track"' not in page("/measures/119/hr/2/")


def test_what_ended_says_how_and_shows_no_station_that_will_never_come():
    hold(record("118/sres/599", introduced_on="2024-03-20", actions=(ActionRecord("2024-03-20", "Referred to the Committee on Foreign Relations."),)))  # fmt: skip
    html = page("/measures/118/sres/599/")
    words = visible(html)
    assert "Died with the 118th Congress Jan 3, 2025" in words and "Agreed to by the Senate" not in words
    assert 'aria-current="step"' in html and "othing has happened" not in words


# Doubt


def test_a_measure_gone_from_the_source_stays_with_a_banner():
    hold(record())
    Measure.objects.update(vanished_at=SUMMER)
    assert "Gone from the source since Jul 1, 2025, 12:00 UTC." in visible(page())


def test_a_list_in_doubt_is_told_with_what_stood_before():
    hold(record(cosponsors=names(18)))
    hold(record(updated_at="2025-06-03T00:00:00Z"), at=SUMMER)
    words = visible(page())
    assert "The source lists no cosponsors just now; 18 stood in the record of" in words
    assert "with 18 cosponsors" in words


def test_the_starter_record_says_that_it_is_one():
    hold(record(), source="starter")
    assert "From the starter record that ships with Whereas." in visible(page())


# Both clocks


def test_as_of_shows_what_was_known_then_and_nothing_of_later():
    hold(record())
    hold(record(updated_at="2025-06-20T08:00:00Z", cosponsors=(cosponsor(WARNOCK, "2025-03-27"),)), at=SUMMER)
    words = visible(page(f"{PAGE}?as_of=2025-05-01"))
    assert "As this tracker knew it at the end of May 1, 2025 (UTC)." in words
    assert "nobody has cosponsored it" in words and "Changes 1" in words
    assert "Warnock" in visible(page(f"{PAGE}?as_of=2025-07-01T12:00:00Z"))


def test_on_shows_what_was_so_by_what_is_known_now():
    hold(record(cosponsors=(cosponsor(WARNOCK), cosponsor(TILLIS, "2025-04-02", withdrawn_on="2025-05-02"))))
    words = visible(page(f"{PAGE}?on=2025-04-10"))
    assert "As it officially stood at the end of Apr 10, 2025" in words
    assert "with 2 cosponsors" in words and "What changed" not in words
    assert "1 withdrew" in visible(page(f"{PAGE}?on=2025-05-02"))


def test_links_at_another_moment_stay_there():
    hold(record())
    found = links(page(f"{PAGE}?as_of=2025-05-01"))
    assert f"{PAGE}sponsors/?as_of=2025-05-01" in found and f"{PAGE}sponsors/" not in found
    assert "/api/v1/measures/119/sres/145?as_of=2025-05-01" in found


def test_the_past_stands_still():
    hold(record())
    path = f"{PAGE}?as_of=2025-05-01"
    before = page(path)
    hold(record(updated_at="2025-06-20T08:00:00Z", cosponsors=names(3)), record("119/sres/9", related=(RelationRecord("119/sres/145"),)), at=SUMMER)  # fmt: skip
    with time_machine.travel(NOW + timedelta(days=400), tick=False):
        assert page(path) == before


def test_a_relative_that_came_later_was_not_held_then():
    hold(record(related=(RelationRecord("119/sres/9", "Another."),)))
    hold(record("119/sres/9"), at=SUMMER)
    assert "S.Res. 9 not held here" in visible(page(f"{PAGE}related/?as_of=2025-05-01"))
    assert "/measures/119/sres/9/" in links(page(f"{PAGE}related/"))


def test_what_became_of_a_relative_later_is_left_out_of_an_earlier_day():
    later = RelationRecord("119/hres/166", "Another.", latest_on="2025-06-02", latest_text="Agreed to.")
    hold(record(related=(later,)))
    assert "Agreed to." in visible(page(f"{PAGE}related/"))
    assert "Agreed to." not in visible(page(f"{PAGE}related/?on=2025-05-01"))


def test_before_it_was_known_the_page_says_since_when_it_is():
    hold(record())
    words = visible(page(f"{PAGE}?as_of=2025-03-31", 404))
    assert "S.Res. 145 of the 119th Congress is known here since Apr 1, 2025, 12:00 UTC" in words


def test_before_it_was_introduced_there_was_no_such_measure():
    hold(record())
    assert "was introduced on Mar 27, 2025" in visible(page(f"{PAGE}?on=2025-03-26", 404))


def test_a_moment_that_has_not_come_is_told_as_such():
    hold(record())
    assert "That moment has not come yet" in visible(page(f"{PAGE}?as_of=2030-01-01"))
    words = visible(page(f"{PAGE}?on=2031-12-01"))
    assert "That day has not come yet" in words and "Died" not in words


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("as_of=yesterday", "as_of"),
        ("as_of=2025-02-30", "as_of"),
        ("on=2025-05-01T00:00:00Z", "on"),
        ("on=2025-05-01&on=2025-05-02", "on"),
        ("colour=red", "colour"),
        ("page=2", "page"),
    ],
)
def test_a_wrong_parameter_is_named(query, said):
    hold(record())
    words = visible(page(f"{PAGE}?{query}", 400))
    assert said in words and "accepted" in words.lower()


def test_what_others_put_on_links_changes_nothing():
    hold(record())
    assert page(f"{PAGE}?utm_source=mail&fbclid=1")


# Limits


@pytest.mark.parametrize("part", ["", *(f"{part}/" for part in PARTS)])
def test_every_part_costs_the_same_few_queries_for_ten_names_and_three_hundred(part):
    hold(record(cosponsors=names(10)), record("119/sres/146", cosponsors=names(300)))
    few, many = (queries(f"/measures/119/sres/{number}/{part}") for number in (145, 146))
    assert few == many < 16


@pytest.mark.parametrize("part", ["", *(f"{part}/" for part in PARTS)])
def test_no_part_sets_a_cookie_or_has_a_style_of_its_own(part):
    hold(record(cosponsors=names(2)))
    response = Client().get(PAGE + part)
    assert response.status_code == 200 and not response.cookies
    assert " style=" not in response.content.decode() and "<style" not in response.content.decode()


def test_a_record_of_thousands_of_actions_is_paged():
    many = tuple(ActionRecord("2025-03-27", f"Action {n}.", None, "Floor", "Senate") for n in range(1000))
    hold(record(actions=many))
    html = page()
    assert html.count('<li class="event') <= 60 and "All 1,000 official actions" in visible(html)
    assert page(f"{PAGE}actions/").count('<li class="event') == 200
    assert "Action 999." in page(f"{PAGE}actions/?page=5")
    assert "This list ends at page 5" in visible(page(f"{PAGE}actions/?page=6", 404))


def test_amendments_are_cut_with_their_number_and_those_acted_on_come_first():
    offered = tuple(AmendmentRecord(f"119/samdt/{n}", "Senate") for n in range(1, 81))
    acted_on = AmendmentRecord("119/samdt/7000", "Senate", "To strike it.", latest_on="2025-05-01", latest_text="Agreed to.")  # fmt: skip
    hold(record(amendments=(*offered, acted_on)))
    words = visible(page())
    assert "81 amendments" in words and words.index("S.Amdt. 7000") < words.index("S.Amdt. 80")
    assert "S.Amdt. 1 " not in words
    assert "S.Amdt. 1 " in visible(page(f"{PAGE}amendments/?page=2"))


def test_changes_are_paged_and_not_one_is_left_out():
    hold(record())
    many = tuple(ActionRecord("2025-05-01", f"Action {n}.", None, "Floor", "Senate") for n in range(1000))
    hold(record(updated_at="2025-06-20T08:00:00Z", actions=many, cosponsors=names(40)), at=SUMMER)
    count = ChangeEvent.objects.count()
    pages = [visible(page(f"{PAGE}changes/?page={n}")) for n in range(1, -(-count // 200) + 1)]
    assert f"{count:,} changes since it was first held here" in pages[0] and "Page 1 of 6" in pages[0]
    told = " ".join(pages)
    assert all(f"Action {n}." in told for n in range(1000))
    assert all(f"Given Name{n}" in told for n in range(40)) and "more like this" not in told


# Hostile words

EVIL = "<script>alert(1)</script>{{ 7|add:7 }}{% now 'Y' %}\"'><img src=x onerror=alert(1)>\u202e"


def test_hostile_words_stand_literally_on_every_part():
    hold(
        record(
            title=EVIL,
            policy_area=EVIL,
            subjects=(EVIL,),
            titles=(TitleRecord(f"other {EVIL}", EVIL),),
            sponsors=(SponsorRecord("T000476", EVIL, EVIL, EVIL, EVIL),),
            cosponsors=(CosponsorRecord("W000790", EVIL, EVIL, EVIL, EVIL, EVIL, withdrawn_on=EVIL),),
            actions=(ActionRecord("2025-03-27", EVIL, EVIL, EVIL, EVIL, EVIL),),
            related=(RelationRecord("119/hres/166", EVIL, (RelationDetail(EVIL, EVIL),), EVIL, EVIL),),
            amendments=(AmendmentRecord("119/samdt/1", EVIL, EVIL, EVIL, latest_on=EVIL, latest_text=EVIL),),
            text_versions=(TextVersionRecord(EVIL, EVIL, EVIL, EVIL, (TextFormat(EVIL, EVIL),)),),
            summaries=(SummaryRecord(EVIL, EVIL, EVIL, EVIL),),
            notes=(EVIL,),
            committee_reports=(EVIL,),
        )
    )
    for path in (PAGE, *(f"{PAGE}{part}/" for part in PARTS)):
        html = page(path)
        assert "<script>alert" not in html and "<img" not in html
        assert "{{ 7|add:7 }}" in visible(html)
    assert escape(EVIL) in page()


def test_an_impossible_day_is_shown_as_written_and_marked():
    hold(record(cosponsors=(cosponsor(WARNOCK, "2025-02-30"),)))
    assert "2025-02-30 (date not valid)" in visible(page(f"{PAGE}sponsors/"))


def test_a_measure_that_is_not_held_says_so():
    words = visible(page("/measures/119/sres/9999/", 404))
    assert "S.Res. 9999 of the 119th Congress is not held here." in words


def test_dates_are_times_and_titles_keep_their_direction():
    hold(record())
    html = page()
    assert f'<time datetime="{date(2025, 3, 27)}">' in html
    assert 'dir="auto"' in html and "<bdi>" in html
    assert first_words(html, "h1") == "A measure numbered 145."
