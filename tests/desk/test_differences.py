"""When the record takes over what staff had entered, the desk sees each field that differs, and settles it one by one."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import billstatus, incoming
from tests.desk import cast
from tests.desk.by_hand import congress_known, typed
from tests.pages.reading import visible
from tests.records.records import actions, committees, cosponsors, days, measure, several, sponsors, words
from tracker.desk import by_hand, differences
from tracker.desk.by_hand import HeldHere
from tracker.desk.entries import WrongState
from tracker.desk.fields import NotValid
from tracker.desk.hand_compare import differing
from tracker.desk.models import Act, Difference, Entry, HandEntered, User
from tracker.desk.tasks import notice_take_overs
from tracker.ledger.apply import apply
from tracker.ledger.models import Measure
from tracker.records.model import ActionRecord, CommitteeRecord, CosponsorRecord, MeasureRecord, SponsorRecord

CORNYN = ("C001056", "Sen. Cornyn, John [R-TX]", "R", "TX")
CRUZ = ("C001098", "Sen. Cruz, Ted [R-TX]", "R", "TX")
BOOZMAN = ("B001236", "Sen. Boozman, John [R-AR]", "R", "AR")
SHAHEEN = ("S001181", "Sen. Shaheen, Jeanne [D-NH]", "D", "NH")
COONS = ("C001088", "Sen. Coons, Christopher A. [D-DE]", "D", "DE")
BOOKER = ("B001288", "Sen. Booker, Cory A. [D-NJ]", "D", "NJ")
MENENDEZ = ("M000639", "Sen. Menendez, Robert [D-NJ]", "D", "NJ")
SEVEN = (CORNYN, CRUZ, BOOZMAN, MENENDEZ, SHAHEEN, COONS, BOOKER)
TITLE = "A resolution protecting the Iranian political refugees in Ashraf-3 in Albania."
FIRST_DAY = (
    ("2024-03-20", "Referred to the Committee on Foreign Relations. (text: CR S2480)", None),
    ("2024-03-20", "Introduced in Senate", "10000"),
)


def official(**parts: Any) -> None:
    facts = {
        "title": TITLE,
        "introduced_on": "2024-03-20",
        "actions": FIRST_DAY,
        "cosponsors": [(person, "2024-03-20") for person in SEVEN],
        "updated_at": "2024-03-21T10:00:00Z",
    }
    body = billstatus(599, congress=118, **{**facts, **parts})
    apply([incoming(body, 599, congress=118)])


@pytest.fixture
def hand(editor: User, other_editor: User) -> HandEntered:
    """S.Res. 599 as the press report had it: public."""
    congress_known()
    entered = by_hand.start(editor, typed())
    by_hand.publish(entered, other_editor, version=1)
    entered.refresh_from_db()
    return entered


def fields(hand: HandEntered) -> list[str]:
    return list(hand.differences.order_by("id").values_list("field", flat=True))


def test_of_s_res_599_the_press_report_left_out_menendez_and_nothing_else(hand: HandEntered) -> None:
    official()
    assert differences.notice() == 1
    hand.refresh_from_db()
    assert hand.state == "taken_over"
    (difference,) = hand.differences.all()
    assert (difference.field, difference.ours) == ("cosponsors/M000639", None)
    assert difference.theirs == "Sen. Menendez, Robert [D-NJ], joined 2024-03-20"
    assert differences.notice() == 0
    act = Act.objects.latest("id")
    assert (act.verb, act.by, act.after["differ"]) == ("take_over_measure", None, ["cosponsors/M000639"])


def test_the_beat_and_every_page_of_the_desk_take_note_of_it(hand: HandEntered, editor: User) -> None:
    official()
    page = cast.signed_in(editor).get(f"/desk/by-hand/{hand.pk}/differences/")
    words = visible(page.content.decode())
    assert "1 field differs from the official record" in words and "Menendez" in words
    notice_take_overs()
    assert [d.hand_entered_id for d in differences.open_differences()] == [hand.pk]


def test_one_killed_between_the_record_and_the_desk_is_found_again(
    hand: HandEntered, monkeypatch: pytest.MonkeyPatch
) -> None:
    official()

    def killed(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(differences.acts, "record", killed)
        with pytest.raises(KeyboardInterrupt):
            differences.notice()
    hand.refresh_from_db()
    assert hand.state == "public" and not Difference.objects.exists()
    assert differences.notice() == 1 and fields(hand) == ["cosponsors/M000639"]


def test_what_the_record_lists_of_later_days_is_no_difference(hand: HandEntered) -> None:
    later = ("2099-06-01", "Resolution agreed to in Senate by Unanimous Consent.", "17000")
    rows = [(person, "2024-03-20") for person in SEVEN] + [
        (("S000148", "Sen. Schumer", "D", "NY"), "2099-05-01")
    ]
    official(actions=(later, *FIRST_DAY), cosponsors=rows)
    differences.notice()
    assert fields(hand) == ["cosponsors/M000639"]


def test_what_staff_had_said_and_the_record_does_not_is_seen_too(editor: User, other_editor: User) -> None:
    congress_known()
    said = typed(
        title="On refugees",
        introduced_on="2024-03-21",
        sponsors=[{"name": "Ted Cruz"}],
        cosponsors=[
            {"name": "Schumer"},
            {"name": "Cory Booker", "joined_on": "2024-04-02"},
            {"name": "Jane Doe [D-OR]"},
        ],
        actions=[
            {"on": "2024-03-20", "text": "Referred to the Senate Committee on Foreign Relations"},
            {"on": "2024-04-02", "text": "Hearing held."},
        ],
        committees=[{"name": "Judiciary"}],
    )
    hand = by_hand.start(editor, said)
    by_hand.publish(hand, other_editor, version=1)
    official(cosponsors=[(BOOKER, "2024-03-20")])
    differences.notice()
    found = {d.field: (d.ours, d.theirs) for d in hand.differences.all()}
    assert found["title"] == ("On refugees", TITLE)
    assert found["introduced_on"] == ("2024-03-21", "2024-03-20")
    assert found["sponsors/C001098"] == ("Sen. Cruz, Ted [R-TX]", None)
    assert found["sponsors/T000476"] == (None, "Sen. Tillis, Thomas [R-NC]")
    assert found["cosponsors/B001288"][0].endswith("joined 2024-04-02")
    assert found["cosponsors/jane-doe"][1] is None and "cosponsors/S000148" in found
    assert found["committees/judiciary"] == ("Judiciary", None) and "committees/ssfr00" in found
    assert found["actions/2024-04-02/hearing-held"] == ("2024-04-02: Hearing held.", None)
    assert len(found) == 10  # the referral is the record's own


def test_each_is_settled_once_with_a_note_where_one_is_wanted(
    hand: HandEntered, editor: User, contributor: User
) -> None:
    official()
    differences.notice()
    (difference,) = hand.differences.all()
    with pytest.raises(PermissionDenied):
        differences.settle(difference, contributor, "record")
    for outcome in ("both", "disputed"):
        with pytest.raises(NotValid) as wrong:
            differences.settle(difference, editor, outcome, " ")
        assert list(wrong.value.errors) == ["note"]
    for outcome in ("open", "agreed", "", "zzz"):
        with pytest.raises(NotValid):
            differences.settle(difference, editor, outcome, "Words.")
    settled = differences.settle(difference, editor, "record", "The paper left him out.")
    assert (settled.outcome, settled.settled_by, settled.note) == (
        "record",
        editor,
        "The paper left him out.",
    )
    assert not differences.open_differences().exists() and not Entry.objects.exists()
    with pytest.raises(WrongState):
        differences.settle(difference, editor, "both", "No.")
    assert Act.objects.latest("id").verb == "settle_difference"


def test_a_dispute_is_a_correction_beside_the_record_that_a_second_person_publishes(
    hand: HandEntered, editor: User, other_editor: User
) -> None:
    official()
    differences.notice()
    (difference,) = hand.differences.all()
    settled = differences.settle(difference, editor, "disputed", "The printed list does not have him.")
    assert settled.entry is not None
    assert (settled.entry.kind, settled.entry.measure_id, settled.entry.state) == (
        "correction",
        hand.measure_id,
        "draft",
    )
    revision = settled.entry.revisions.get()
    assert (
        revision.title.startswith("Cosponsor:")
        and revision.fields["body"] == "The printed list does not have him."
    )
    from tracker.desk import entries, publishing

    entries.ask(settled.entry, editor, version=1)
    publishing.publish(Entry.objects.get(), other_editor, version=1)
    page = cast.signed_in(editor).get("/measures/118/sres/599/").content.decode()
    assert "The printed list does not have him." in visible(page)


def test_the_form_settles_and_says_what_is_missing_beside_it(hand: HandEntered, editor: User) -> None:
    official()
    differences.notice()
    (difference,) = hand.differences.all()
    client, address = cast.signed_in(editor), f"/desk/by-hand/{hand.pk}/differences/{difference.pk}/settle/"
    refused = client.post(address, {"outcome": "disputed", "note": ""})
    assert refused.status_code == 422 and "Say what is right" in visible(refused.content.decode())
    assert client.post(address, {"outcome": "record", "note": "So it is."}).status_code == 302
    assert client.post(address, {"outcome": "record"}).status_code == 409
    assert "Every difference from the record is settled" in visible(
        client.get(f"/desk/by-hand/{hand.pk}/differences/").content.decode()
    )
    other = client.post(
        f"/desk/by-hand/{hand.pk + 1}/differences/{difference.pk}/settle/", {"outcome": "record"}
    )
    assert other.status_code == 404


def test_all_that_is_open_can_be_settled_for_the_record_at_once(editor: User, other_editor: User) -> None:
    congress_known()
    hand = by_hand.start(editor, typed(title="On refugees"))
    by_hand.publish(hand, other_editor, version=1)
    official()
    client = cast.signed_in(editor)
    assert "The record is right in all 2" in visible(
        client.get(f"/desk/by-hand/{hand.pk}/differences/").content.decode()
    )
    client.post(f"/desk/by-hand/{hand.pk}/differences/settle-all/")
    assert set(hand.differences.values_list("outcome", flat=True)) == {"record"}
    assert Act.objects.filter(verb="settle_difference").count() == 2


def test_what_the_record_comes_to_agree_with_is_settled_by_itself(editor: User, other_editor: User) -> None:
    congress_known()
    hand = by_hand.start(
        editor, typed(cosponsors=[{"name": "Schumer"}, {"name": "Ted Cruz"}], title="On refugees")
    )
    by_hand.publish(hand, other_editor, version=1)
    official(cosponsors=[(CRUZ, "2024-03-20")])
    differences.notice()
    assert set(fields(hand)) == {"title", "cosponsors/S000148"}
    schumer = (("S000148", "Sen. Schumer, Charles E. [D-NY]", "D", "NY"), "2024-03-20")
    official(
        cosponsors=[(CRUZ, "2024-03-20"), schumer], title="New title.", updated_at="2024-03-25T10:00:00Z"
    )
    assert differences.notice() == 1 and differences.notice() == 0
    outcomes = dict(hand.differences.values_list("field", "outcome"))
    assert outcomes == {"title": "open", "cosponsors/S000148": "agreed"}
    assert hand.differences.get(field="title").theirs == "New title."


def test_after_the_take_over_nothing_more_is_entered_or_withdrawn(hand: HandEntered, editor: User) -> None:
    official()
    with pytest.raises(HeldHere):
        by_hand.save(hand, editor, based_on=1, given=typed(title="More."))
    differences.notice()
    with pytest.raises(WrongState):
        by_hand.save(hand, editor, based_on=1, given=typed(title="More."))
    with pytest.raises(WrongState):
        by_hand.withdraw(hand, editor, version=1, why="Late.")
    page = cast.signed_in(editor).get(f"/desk/by-hand/{hand.pk}/edit/")
    assert page.status_code == 302 and page["Location"].endswith("/differences/")
    assert Measure.objects.get().origin == "official"


# The comparison itself


OURS = MeasureRecord(
    118,
    "sres",
    599,
    title=TITLE,
    introduced_on="2024-03-20",
    sponsors=(SponsorRecord("T000476", "Sen. Tillis, Thom [R-NC]", "R", "NC"),),
    cosponsors=(CosponsorRecord(None, "Cory Booker", "D", "NJ", joined_on="2024-03-20"),),
    actions=(ActionRecord("2024-03-20", "Referred to the Committee on Foreign Relations"),),
    committees=(CommitteeRecord(None, "Senate Committee on Foreign Relations"),),
)
THEIRS = MeasureRecord(
    118,
    "sres",
    599,
    title=f"  {TITLE.upper()}",
    introduced_on="2024-03-20",
    sponsors=(SponsorRecord("T000476", "Sen. Tillis, Thomas [R-NC]", "R", "NC"),),
    cosponsors=(
        CosponsorRecord("B001288", "Sen. Booker, Cory A. [D-NJ]", "D", "NJ", joined_on="2024-03-20"),
    ),
    actions=(
        ActionRecord("2024-03-20", "Referred to the Committee on Foreign Relations. (text: CR S2480)"),
        ActionRecord("2024-03-20", "Introduced in Senate", "10000"),
    ),
    committees=(CommitteeRecord("ssfr00", "Foreign Relations Committee"),),
)
DAY = date(2024, 7, 27)


def test_the_same_said_otherwise_is_no_difference() -> None:
    assert differing(OURS, THEIRS, known_on=DAY) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"title": "Another."}, ["title"]),
        ({"title": ""}, []),
        ({"introduced_on": None}, []),
        ({"introduced_on": "2024-03-19"}, ["introduced_on"]),
        ({"sponsors": ()}, []),
        ({"cosponsors": ()}, []),
        ({"cosponsors": (CosponsorRecord(None, "Cory Booker", "D", "NJ", joined_on="2024-04-01"),)}, ["cosponsors/B001288"]),
        ({"cosponsors": (CosponsorRecord(None, "Cory Booker", "R", "NJ"),)}, ["cosponsors/cory-booker", "cosponsors/B001288"]),
        ({"actions": ()}, []),
        ({"actions": (ActionRecord("2024-03-20", "Introduced in Senate"),)}, ["actions/2024-03-20/referred-to-the-committee-on-foreign-relations"]),
        ({"committees": ()}, []),
    ],
)  # fmt: skip
def test_silence_is_no_claim_and_every_claim_is_held_against_the_record(
    change: dict[str, Any], expected: list[str]
) -> None:
    ours = msgspec.structs.replace(OURS, **change)
    assert [d.field for d in differing(ours, THEIRS, known_on=DAY)] == expected


RECORDS = st.builds(
    measure,
    title=words,
    introduced_on=days,
    sponsors=several(sponsors),
    cosponsors=several(cosponsors),
    actions=several(actions),
    committees=several(committees),
)


@settings(max_examples=200, deadline=None)
@given(RECORDS)
def test_a_record_does_not_differ_from_itself(record: MeasureRecord) -> None:
    assert differing(record, record, known_on=date(2200, 1, 1)) == []


@settings(max_examples=200, deadline=None)
@given(RECORDS, RECORDS, st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_any_two_records_are_compared_and_every_difference_says_something(
    ours: MeasureRecord, theirs: MeasureRecord, known_on: date
) -> None:
    for found in differing(ours, theirs, known_on=known_on):
        assert found.field and found.ours != found.theirs
