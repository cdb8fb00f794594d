"""A measure entered by hand: who may write and publish it, what is refused, and that nothing of anybody's is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import Client

from tests.builders import billstatus, incoming
from tests.desk import cast
from tests.desk.by_hand import SEEN, congress_known, typed
from tests.pages.reading import visible
from tracker.congress.citations import Citation
from tracker.desk import by_hand
from tracker.desk.by_hand import AlreadyEntered, HeldHere, Overtaken
from tracker.desk.entries import WrongState
from tracker.desk.fields import NotValid
from tracker.desk.models import Act, HandEntered, HandEnteredPublication, HandEnteredRevision, User
from tracker.ledger.apply import apply
from tracker.ledger.by_hand import entered_by_hand
from tracker.ledger.models import ChangeEvent, Measure
from tracker.press.holdings import held

pytestmark = pytest.mark.django_db

KEY = (118, "sres", 599)


@pytest.fixture(autouse=True)
def _congress() -> None:
    congress_known()


def official(**parts: Any) -> None:
    facts = {"title": "A resolution protecting refugees.", "introduced_on": "2024-03-20"}
    apply([incoming(billstatus(599, congress=118, **{**facts, **parts}), 599, congress=118)])


def verbs() -> list[str]:
    return list(Act.objects.order_by("id").values_list("verb", flat=True))


def sent(**parts: Any) -> dict[str, Any]:
    """The form of S.Res. 599 as a browser sends it."""
    given = typed(**parts)
    flat: dict[str, Any] = {}
    for name, value in given.items():
        if isinstance(value, str):
            flat[name] = value
            continue
        for row in value:
            for column, words in row.items():
                flat.setdefault(f"{name}.{column}", []).append(words)
    return flat


def test_what_one_editor_enters_another_publishes(editor: User, other_editor: User) -> None:
    hand = by_hand.start(editor, typed())
    assert not Measure.every.filter(congress=118).exists()
    by_hand.publish(hand, other_editor, version=1)
    measure = Measure.objects.keyed(*KEY).get()
    assert (measure.origin, measure.cosponsor_count, measure.sponsor_member) == ("staff", 6, "T000476")
    hand.refresh_from_db()
    assert (hand.state, hand.measure_id, hand.public_version) == ("public", measure.pk, 1)
    assert verbs() == ["enter_measure", "publish_measure"]
    assert entered_by_hand(measure.document).read_alone is False


def test_who_wrote_it_does_not_publish_it_but_an_admin_may_and_readers_are_told(
    editor: User, admin: User
) -> None:
    hand = by_hand.start(editor, typed())
    with pytest.raises(PermissionDenied):
        by_hand.publish(hand, editor, version=1)
    by_hand.save(hand, admin, based_on=1, given=typed(title="A resolution on Ashraf-3."))
    by_hand.publish(hand, admin, version=2)
    assert entered_by_hand(Measure.objects.keyed(*KEY).get().document).read_alone is True
    assert HandEnteredPublication.objects.get().read_alone is True
    assert Act.objects.latest("id").summary.endswith("without a second reader")


def test_a_contributor_may_neither_enter_nor_publish(contributor: User, editor: User) -> None:
    with pytest.raises(PermissionDenied):
        by_hand.start(contributor, typed())
    hand = by_hand.start(editor, typed())
    with pytest.raises(PermissionDenied):
        by_hand.publish(hand, contributor, version=1)
    client = cast.signed_in(contributor)
    assert client.post("/desk/by-hand/new/", sent()).status_code == 403
    assert client.post(f"/desk/by-hand/{hand.pk}/publish/", {"version": 1}).status_code == 403
    assert not Measure.every.filter(congress=118).exists()


def test_what_an_official_source_holds_is_said_and_nothing_made(editor: User) -> None:
    official()
    with pytest.raises(HeldHere) as there:
        by_hand.start(editor, typed())
    assert there.value.measure.key == "118/sres/599"
    page = cast.signed_in(editor).post("/desk/by-hand/new/", sent())
    assert page.status_code == 422
    words = visible(page.content.decode())
    assert "S.Res. 599 of the 118th Congress is held already" in words and "Nothing was entered." in words
    assert b'href="/measures/118/sres/599/"' in page.content and b"Cory" in page.content
    assert not HandEntered.objects.exists()


def test_what_has_been_entered_is_not_entered_twice(editor: User, other_editor: User) -> None:
    hand = by_hand.start(editor, typed())
    with pytest.raises(AlreadyEntered) as there:
        by_hand.start(other_editor, typed(citation="sres599-118"))
    assert there.value.hand == hand
    other = by_hand.start(other_editor, typed(citation="S.Res. 600"))
    with pytest.raises(AlreadyEntered):
        by_hand.save(other, other_editor, based_on=1, given=typed())


def test_two_who_write_at_once_lose_nothing(editor: User, other_editor: User) -> None:
    hand = by_hand.start(editor, typed())
    by_hand.save(hand, other_editor, based_on=1, given=typed(title="Other words."))
    with pytest.raises(Overtaken):
        by_hand.save(hand, editor, based_on=1, given=typed(title="My words."))
    page = cast.signed_in(editor).post(
        f"/desk/by-hand/{hand.pk}/edit/", sent(title="My words.") | {"based_on": "1"}
    )
    words = visible(page.content.decode())
    assert page.status_code == 422 and "Otis Other saved revision 2 while you wrote" in words
    assert "Other words." in words and "My words." in words
    again = cast.signed_in(editor).post(
        f"/desk/by-hand/{hand.pk}/edit/", sent(title="My words.") | {"based_on": "2"}
    )
    assert again.status_code == 302
    assert [r.fields["title"] for r in hand.revisions.order_by("number")][1:] == ["Other words.", "My words."]


def test_an_error_stands_beside_its_field_and_what_was_typed_stays(editor: User) -> None:
    page = cast.signed_in(editor).post(
        "/desk/by-hand/new/", sent(introduced_on="yesterday", title="Kept words")
    )
    html = page.content.decode()
    assert page.status_code == 422 and "Kept words" in html and "John Boozman" in html
    assert 'id="introduced-on-wrong"' in html and 'href="#introduced-on"' in html
    assert 'aria-invalid="true" aria-describedby="introduced-on-wrong"' in html


def test_more_rows_come_without_a_script_and_keep_what_was_typed(editor: User) -> None:
    page = cast.signed_in(editor).post("/desk/by-hand/new/", sent() | {"more": "cosponsors"})
    html = page.content.decode()
    assert page.status_code == 200 and html.count('name="cosponsors.name"') == 15
    assert "Cory Booker" in html and html.count("autofocus") == 1
    assert not HandEntered.objects.exists()


def test_fields_that_no_form_has_are_not_looked_at(editor: User, other_editor: User) -> None:
    more = {
        "state": "public",
        "by": str(other_editor.pk),
        "version": "9",
        "public_version": "1",
        "slug": "x",
        "key": "1/hr/1",
    }
    assert cast.signed_in(editor).post("/desk/by-hand/new/", sent() | more).status_code == 302
    hand = HandEntered.objects.get()
    assert (hand.state, hand.by, hand.version, hand.public_version, hand.slug) == (
        "draft",
        editor,
        1,
        None,
        None,
    )
    assert hand.key == "118/sres/599" and set(hand.revisions.get().fields).isdisjoint(more)


def test_news_of_a_public_one_is_saved_then_published_by_another(editor: User, other_editor: User) -> None:
    hand = by_hand.start(editor, typed())
    by_hand.publish(hand, other_editor, version=1)
    news = [{"on": "2024-04-10", "text": "Resolution agreed to in Senate by Unanimous Consent."}]
    by_hand.save(hand, other_editor, based_on=1, given=typed(congress="118", actions=news))
    assert Measure.objects.keyed(*KEY).get().status == "died"
    with pytest.raises(PermissionDenied):
        by_hand.publish(hand, other_editor, version=2)
    by_hand.publish(hand, editor, version=2)
    assert Measure.objects.keyed(*KEY).get().status == "agreed_to"
    kinds = list(ChangeEvent.objects.order_by("id").values_list("kind", flat=True))
    assert kinds == ["introduced", "action_added", "status_changed"]
    with pytest.raises(WrongState):
        by_hand.publish(hand, editor, version=2)


def test_one_withdrawn_leaves_the_lists_and_says_why(editor: User, other_editor: User) -> None:
    hand = by_hand.start(editor, typed())
    by_hand.publish(hand, other_editor, version=1)
    with pytest.raises(NotValid):
        by_hand.withdraw(hand, editor, version=1, why=" ")
    by_hand.withdraw(hand, editor, version=1, why="The paper had the wrong number.")
    assert not Measure.objects.keyed(*KEY).exists()
    page = Client().get("/measures/118/sres/599/")
    assert page.status_code == 410 and "The paper had the wrong number." in visible(page.content.decode())
    with pytest.raises(PermissionDenied):
        by_hand.publish(hand, editor, version=1)
    by_hand.publish(hand, other_editor, version=1)
    assert Client().get("/measures/118/sres/599/").status_code == 200


def test_a_draft_given_up_can_be_entered_anew(editor: User) -> None:
    hand = by_hand.start(editor, typed())
    by_hand.withdraw(hand, editor, version=1, why="Not true.")
    assert by_hand.start(editor, typed()).pk != hand.pk
    assert not ChangeEvent.objects.exists()


def test_what_readers_know_under_one_address_does_not_become_another_measure(
    editor: User, other_editor: User
) -> None:
    hand = by_hand.start(editor, typed())
    by_hand.publish(hand, other_editor, version=1)
    with pytest.raises(NotValid) as wrong:
        by_hand.save(hand, editor, based_on=1, given=typed(citation="S.Res. 600"))
    assert "Withdraw it" in wrong.value.errors["citation"]


def test_nothing_of_a_draft_is_to_be_found_by_strangers(editor: User, other_editor: User) -> None:
    marker = "Marker 8c1f"
    hand = by_hand.start(editor, typed(title=marker))
    stranger = Client()
    places = (
        "/measures/118/sres/599/",
        "/api/v1/measures/118/sres/599",
        "/measures/elsewhere/",
        "/measures/",
        "/changes/",
    )
    for address in (*places, "/api/v1/measures?q=8c1f", "/api/v1/changes", "/"):
        page = stranger.get(address, follow=True)
        assert marker not in page.content.decode(), address
    assert stranger.get("/measures/118/sres/599/").status_code == 404
    by_hand.publish(hand, other_editor, version=1)
    by_hand.save(hand, editor, based_on=1, given=typed(title="Newer marker 77aa"))
    assert "Newer marker 77aa" not in stranger.get("/measures/118/sres/599/").content.decode()


def test_the_database_refuses_to_change_what_was_saved(editor: User) -> None:
    by_hand.start(editor, typed())
    with pytest.raises(DatabaseError), transaction.atomic():
        HandEnteredRevision.objects.update(why="changed")


def test_a_measure_of_another_parliament_has_a_page_of_its_own_outside_the_lists(
    editor: User, other_editor: User
) -> None:
    hand = by_hand.start(
        editor,
        typed(
            parliament="European Parliament", citation="2024/2580(RSP)", title="On the refugees in Ashraf-3"
        ),
    )
    assert hand.slug == "european-parliament-20242580rsp"
    address = f"/measures/elsewhere/{hand.slug}/"
    assert Client().get(address).status_code == 404
    by_hand.publish(hand, other_editor, version=1)
    page = Client().get(address)
    words = visible(page.content.decode())
    assert page.status_code == 200 and "European Parliament" in words and "Entered by staff" in words
    assert SEEN["url"] in page.content.decode() and not page.cookies
    assert "On the refugees in Ashraf-3" in visible(Client().get("/measures/elsewhere/").content.decode())
    assert not Measure.every.exists() and not ChangeEvent.objects.exists()
    hand.refresh_from_db()
    by_hand.withdraw(hand, editor, version=1, why="A draft only.")
    gone = Client().get(address)
    assert gone.status_code == 410 and "A draft only." in visible(gone.content.decode())
    assert "Ashraf-3" not in visible(Client().get("/measures/elsewhere/").content.decode())


def test_pages_of_the_desk_draw_and_cost_few_queries(
    editor: User, other_editor: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        hand = by_hand.start(editor, typed(citation=f"S.Res. {700 + number}", congress="118"))
    by_hand.publish(hand, other_editor, version=1)
    client = cast.signed_in(editor)
    client.get("/desk/by-hand/")
    for address in (
        "",
        "new/",
        f"{hand.pk}/",
        f"{hand.pk}/edit/",
        f"{hand.pk}/differences/",
        "?state=public",
        "names/?cosponsors.name=coo",
    ):
        with django_assert_max_num_queries(15):
            page = client.get(f"/desk/by-hand/{address}")
        assert page.status_code == 200, address
        assert "no-store" in page["Cache-Control"]
    assert "Christopher A. Coons [D-DE] (C001088)" in page.content.decode()


def test_every_public_page_stands_while_one_is_public_and_after_it_was_withdrawn(
    editor: User, other_editor: User
) -> None:
    hand = by_hand.start(editor, typed(committees=[{"name": "Foreign Relations"}]))
    by_hand.publish(hand, other_editor, version=1)
    addresses = (
        "/", "/measures/", "/changes/", "/changes/?type=sres", "/members/", "/members/T000476/", "/members/C001056/",
        "/committees/ssfr00/", "/sources/", "/feeds/changes.atom", "/measures/changes.atom", "/members/T000476/changes.atom",
        "/measures/118/sres/599/changes.atom", "/calendar.ics", "/topics/", "/measures/elsewhere/", "/api/v1/changes",
        "/api/v1/measures/118/sres/599/changes", "/api/v1/members/T000476", "/api/v1/committees/ssfr00", "/api/v1/stats",
    )  # fmt: skip
    parts = ("", "actions/", "changes/", "sponsors/", "text/", "votes/", "related/")
    for address in addresses:
        assert Client().get(address).status_code == 200, address
    for part in parts:
        assert "Entered by staff" in visible(
            Client().get(f"/measures/118/sres/599/{part}").content.decode()
        ), part
    assert "entered by staff" in visible(Client().get("/members/T000476/").content.decode())
    assert (
        "as staff entered it, from no official source" in Client().get("/feeds/changes.atom").content.decode()
    )
    by_hand.withdraw(hand, editor, version=1, why="Not so.")
    for address in addresses:
        assert Client().get(address).status_code == 200, address
    for part in parts:
        assert Client().get(f"/measures/118/sres/599/{part}").status_code == 410, part
    assert "Not so." in Client().get("/feeds/changes.atom").content.decode()


def test_a_publication_killed_in_between_has_not_happened(
    editor: User, other_editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = by_hand.start(editor, typed())

    def killed(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt), transaction.atomic():
        patched.setattr(by_hand.acts, "record", killed)
        by_hand.publish(hand, other_editor, version=1)
    assert not Measure.every.exists() and not ChangeEvent.objects.exists()
    assert not HandEnteredPublication.objects.exists()
    by_hand.publish(hand, other_editor, version=1)
    assert Measure.objects.keyed(*KEY).exists()


def test_no_article_is_held_against_what_staff_took_from_another(editor: User, other_editor: User) -> None:
    by_hand.publish(by_hand.start(editor, typed()), other_editor, version=1)
    assert held([Citation(118, "sres", 599)]) == {}
    official()
    assert set(held([Citation(118, "sres", 599)])) == {"118/sres/599"}


def test_the_desks_front_tells_who_may_be_its_second_reader(
    editor: User, other_editor: User, contributor: User
) -> None:
    hand = by_hand.start(editor, typed())

    def told(user: User) -> bool:
        return "1 measure waits for a second reader" in visible(
            cast.signed_in(user).get("/desk/").content.decode()
        )

    assert told(other_editor) and not told(editor) and not told(contributor)
    by_hand.publish(hand, other_editor, version=1)
    assert not told(other_editor)
    by_hand.save(hand, other_editor, based_on=1, given=typed(title="Other words."))
    assert told(editor) and not told(other_editor)
