"""S.Res. 599 of the 118th from its press report, then from the official record: marked, taken over, and held against it."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from tests.desk import cast
from tests.journeys.test_load import held_against_truth
from tests.pages.reading import visible
from tests.replay import data_folder
from tracker.congress import calendar
from tracker.desk.models import Difference, HandEntered
from tracker.ledger import chain, people
from tracker.ledger.audit import audit
from tracker.ledger.models import ChangeEvent, Measure, Member
from tracker.ledger.polling.run import poll
from tracker.records.legislators import read_legislators

pytestmark = [pytest.mark.real_data, pytest.mark.django_db(transaction=True)]

#: What the report names: number, day, sponsor and six cosponsors. It names no committee and no action.
REPORT = {
    "citation": "Senate Resolution 599",
    "introduced_on": "2024-03-20",
    "title": "A resolution protecting the Iranian political refugees, including female former political prisoners, in Ashraf-3 in Albania.",
    "sponsors.name": ["Thom Tillis"],
    "cosponsors.name": [
        "John Cornyn",
        "Ted Cruz",
        "John Boozman",
        "Jeanne Shaheen",
        "Chris Coons",
        "Cory Booker",
    ],
    "seen.what": ["press report"],
    "seen.url": ["https://paper.example/2024/07/27/ashraf-3"],
    "seen.name": ["A paper"],
    "seen.on": ["2024-07-27"],
}
ADDRESS = "/measures/118/sres/599/"
MEMBERS = ["C001056", "C001098", "B001236", "S001181", "C001088", "B001288"]


def know_members() -> None:
    """The sitting members, from the community's list: no measure is held."""
    listed = read_legislators((data_folder() / "legislators-current.yaml").read_bytes())
    people.take_members(listed, calendar.today(), current=True)
    assert Member.objects.count() > 500 and not Measure.every.exists()


def entered_and_published() -> HandEntered:
    """Entered in the form by one editor, published by another; readers see it marked everywhere."""
    edith, otis = cast.signed_in(cast.an_editor()), cast.signed_in(cast.another_editor())
    assert edith.post("/desk/by-hand/new/", REPORT).status_code == 302
    hand = HandEntered.objects.get()
    assert [p["member"] for p in hand.revisions.get().fields["cosponsors"]] == MEMBERS
    assert edith.post(f"/desk/by-hand/{hand.pk}/publish/", {"version": "1"}).status_code == 403
    assert Client().get(ADDRESS).status_code == 404
    assert otis.post(f"/desk/by-hand/{hand.pk}/publish/", {"version": "1"}).status_code == 302
    page = visible(Client().get(ADDRESS).content.decode())
    assert "Entered by staff from a press report, not yet in any official source." in page
    assert "Thom Tillis" in page and "6 cosponsors" in page
    for address in ("/measures/", "/search?q=Ashraf-3+refugees"):
        assert "entered by staff" in visible(Client().get(address, follow=True).content.decode())
    api = Client().get("/api/v1/measures/118/sres/599").json()
    assert (api["origin"], api["source"]["name"], len(api["cosponsors"])) == ("staff", "staff", 6)
    hand.refresh_from_db()
    return hand


def settled_as_the_report_left_out_menendez(hand: HandEntered, first: str) -> None:
    """Taken over in one step; the one difference is Menendez; settled in the record's favour."""
    otis = cast.signed_in(hand.revisions.get().by)
    kinds = list(ChangeEvent.objects.filter(measure_id=hand.measure_id).values_list("kind", "source"))
    assert kinds == [("introduced", "staff"), (first, "govinfo"), ("field_changed", "govinfo")]
    page = visible(otis.get(f"/desk/by-hand/{hand.pk}/differences/").content.decode())
    assert "1 field differs from the official record" in page
    difference = Difference.objects.get()
    assert (difference.field, difference.ours) == ("cosponsors/M000639", None)
    assert difference.theirs == "Sen. Menendez, Robert [D-NJ], joined 2024-03-20"
    sent = {"outcome": "record", "note": "The report left him out."}
    assert otis.post(f"/desk/by-hand/{hand.pk}/differences/{difference.pk}/settle/", sent).status_code == 302
    public = visible(Client().get(ADDRESS).content.decode())
    assert "Entered by staff" not in public and "7 cosponsors" in public and "Menendez" in public
    api = Client().get("/api/v1/measures/118/sres/599").json()
    assert (api["origin"], len(api["cosponsors"])) == ("official", 7)


def test_a_load_of_the_official_folder_takes_it_over(replayed, settings, client):
    settings.CONGRESSES = [118]
    know_members()
    hand = entered_and_published()
    before = timezone.now().isoformat(timespec="seconds").replace("+00:00", "Z")
    replay = replayed("congress-118")
    drifts = [drift.line for drift in audit() if "118/sres/599" in drift.line]
    assert drifts == ["118/sres/599: listed by the source and not held"]
    call_command("load")
    settled_as_the_report_left_out_menendez(hand, "loaded")
    then = visible(Client().get(f"{ADDRESS}?as_of={before}").content.decode())
    assert "Entered by staff" in then and "6 cosponsors" in then
    held = held_against_truth(client, replay)
    assert held == {} and list(chain.verify()) == [] and audit() == []
    shadow = _everything()
    call_command("rebuild")
    assert _everything() == shadow


def test_a_poll_that_meets_it_takes_it_over(replayed, settings, client):
    settings.CONGRESSES = [118]
    know_members()
    hand = entered_and_published()
    replay = replayed("congress-118", clock="2024-03-19T12:00:00Z")
    call_command("load")
    assert Measure.objects.get(pk=hand.measure_id).origin == "staff"
    assert held_against_truth(client, replay) == {}
    call_command("poll")
    assert Measure.objects.get(pk=hand.measure_id).vanished_at is None
    replay.clock("2024-03-22T12:00:00Z")
    assert [line for report in poll() for line in report.failures] == []
    settled_as_the_report_left_out_menendez(hand, "introduced")
    assert held_against_truth(client, replay) == {}


def _everything() -> list[tuple]:
    return list(Measure.every.order_by("pk").values_list())
