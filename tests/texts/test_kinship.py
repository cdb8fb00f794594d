"""Kin among the measures held: found when texts come, once, shown with the evidence, and settled by staff for good."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.builders import billstatus, incoming
from tests.desk import cast
from tests.pages.reading import visible
from tests.texts.conftest import IS, Press
from tests.texts.printed import PARAGRAPHS, bill_dtd
from tests.texts.test_kin import DESERT, RIVER
from tracker.desk.models import Act
from tracker.ledger import health
from tracker.ledger.apply import apply
from tracker.ledger.models import Measure, Relation, Source, Title, measure_pk
from tracker.texts import kin, kin_index, kinship
from tracker.texts.lineage import line, predecessors
from tracker.texts.models import Kin, KinMark, KinText, KinWord, MeasureText
from tracker.texts.polling import poll_texts

pytestmark = pytest.mark.django_db

NOW = datetime(2025, 7, 1, 12, tzinfo=UTC)
OLD, NEW, OTHER = (118, 599, "2024-03-20"), (119, 145, "2025-03-27"), (119, 150, "2025-04-02")


def bring(press: Press, *texts: tuple[tuple[int, int, str], bytes, str]) -> None:
    """Measures of the Senate with their texts and titles, as polls bring them."""
    health.of(health.GOVINFO)
    Source.objects.filter(name=health.GOVINFO).update(failing_since=None, rests_until=None)
    for (congress, number, day), text, title in texts:
        package = f"BILLS-{congress}sres{number}is"
        listed = (
            f"<textVersions><item><type>{IS}</type><date>{day}T04:00:00Z</date><formats><item><url>https://www.govinfo.gov/bulkdata/"
            f"BILLS/{congress}/1/sres/{package}.xml</url></item></formats></item></textVersions>"
        )
        actions = ((day, "Introduced in Senate", "10000"),)
        body = billstatus(
            number, congress=congress, title=title, introduced_on=day, actions=actions, committees=(), extra=listed,
            updated_at=f"{day}T10:00:00Z",
        )  # fmt: skip
        apply([incoming(body, number, congress=congress)])
        press.texts[package] = text
    assert poll_texts().held == len(texts)


@pytest.fixture
def edited(press: Press):
    """One measure, and the same in the next Congress with a word put into a recital."""
    with time_machine.travel(NOW, tick=False):
        after = (RIVER[0], RIVER[1].replace("herons", "night herons"), *RIVER[2:])
        bring(
            press, (OLD, bill_dtd(RIVER, PARAGRAPHS, number=599), "Dikes."), (NEW, bill_dtd(after), "Seeps.")
        )
    return press


@pytest.fixture
def three(press: Press):
    """One measure, the same in the next Congress but for a clause and its title, and another."""
    with time_machine.travel(NOW, tick=False):
        bring(
            press,
            (OLD, bill_dtd(RIVER, PARAGRAPHS, number=599), "A resolution on the dikes of the Brandywine."),
            (NEW, bill_dtd(RIVER[:2] + DESERT[:1] + RIVER[2:]), "A resolution to mend what seeps."),
            (
                OTHER,
                bill_dtd(DESERT, ("thanks the foresters of Arizona.",), number=150),
                "A resolution on fires.",
            ),
        )
    return press


def pair() -> Kin:
    return Kin.objects.get(first_id=measure_pk(118, "sres", 599), second_id=measure_pk(119, "sres", 145))


def test_a_measure_that_came_back_under_another_title_is_found_with_the_evidence(three: Press) -> None:
    found = kinship.find()
    assert (found.read, found.compared, found.left) == (3, 3, 0)
    kin = pair()
    assert kin.kind == Kin.Kind.AGAIN and kin.score > 60
    assert kin.evidence["same"] >= 4 and kin.evidence["same_sponsor"] and not kin.evidence["same_title"]
    assert ["w1", "w1", "same", 1.0] in kin.evidence["carried"]
    assert ["w3", "w4", "same", 1.0] in kin.evidence["carried"]


def test_what_is_found_is_found_once_and_quiet_rounds_compare_nothing(three: Press) -> None:
    kinship.find()
    before = [list(table.objects.order_by("pk").values()) for table in (Kin, KinText, KinMark, KinWord)]
    again = kinship.find()
    assert (again.read, again.compared) == (0, 0)
    assert before == [
        list(table.objects.order_by("pk").values()) for table in (Kin, KinText, KinMark, KinWord)
    ]


def test_a_round_compares_each_pair_once_and_keeps_what_it_found_from_the_other_side(
    three: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs: list[frozenset[str]] = []
    likeness = kin.likeness
    monkeypatch.setattr(
        kin,
        "likeness",
        lambda one, two, rarity: (
            pairs.append(frozenset((one.title, two.title))) or likeness(one, two, rarity)
        ),
    )
    assert kinship.find().pairs == 4  # two pairs, from both sides
    assert len(pairs) == len(set(pairs)) >= 2 and Kin.objects.count() == 2


def test_a_pair_is_compared_again_in_a_round_when_one_of_its_texts_changed(three: Press) -> None:
    kinship.find()
    key = (measure_pk(118, "sres", 599), measure_pk(119, "sres", 145))
    held = tuple(KinText.objects.get(pk=pk).document_id for pk in key)
    Kin.objects.filter(first_id=key[0], second_id=key[1]).update(score=1)
    kinship.compare([key[1]], NOW, kin_index.HeldRarity(), {key: held})
    assert pair().score == 1
    kinship.compare([key[1]], NOW, kin_index.HeldRarity(), {key: ("an older text", held[1])})
    assert pair().score > 60


def test_more_measures_are_compared_by_no_more_statements(three: Press) -> None:
    kinship.find()

    def statements(pks: list[int]) -> int:
        with CaptureQueriesContext(connection) as asked:
            kinship.compare(pks, NOW, kin_index.HeldRarity(), {})
        return len(asked)

    every = list(KinText.objects.values_list("pk", flat=True))
    assert len(every) == 3 and statements(every) <= statements(every[:1])


def test_a_pair_that_another_process_found_meanwhile_stays(
    three: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinship.find()
    own = measure_pk(119, "sres", 145)
    other = titled(7107, "PLUM Act of 2020", congress=118, day="2024-06-04")
    likeness = kin.likeness

    def meanwhile(*compared: Any) -> kin.Likeness:
        found = {"kind": "again", "score": 70, "evidence": {}, "found_at": NOW}
        Kin.objects.get_or_create(first=other, second_id=own, defaults=found)
        return likeness(*compared)

    monkeypatch.setattr(kin, "likeness", meanwhile)
    kinship.compare([own], NOW, kin_index.HeldRarity(), {})
    assert Kin.objects.filter(first=other, second_id=own).exists()


def test_words_kept_are_bounded_and_read_again_when_asked_for(
    three: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kin_index, "_MOST_READ", 1)
    monkeypatch.setattr(kin_index, "_READ", kin_index._ReadLately())
    kinship.find()
    assert pair().is_whole and len(kin_index._READ._texts) == 1


def test_a_text_that_comes_later_is_compared_alone(press: Press) -> None:
    with time_machine.travel(NOW, tick=False):
        bring(press, (OLD, bill_dtd(RIVER, PARAGRAPHS, number=599), "One."))
        kinship.find()
    with time_machine.travel(NOW.replace(hour=13), tick=False):
        bring(press, (NEW, bill_dtd(RIVER, PARAGRAPHS), "Two."))
        found = kinship.find()
    assert (found.read, found.compared, found.pairs) == (1, 1, 1)
    assert pair().score > 95


def test_a_killed_round_is_gone_on_with(three: Press) -> None:
    found = kinship.find(seconds=-1)
    assert (found.read, found.compared) == (0, 0)
    kin_index.read([measure_pk(118, "sres", 599)], NOW)
    assert kinship.find().compared == 3
    assert pair().is_whole


def test_the_page_of_one_that_died_says_as_what_it_came_back(three: Press) -> None:
    kinship.find()
    with time_machine.travel(NOW, tick=False):
        said = visible(Client().get("/measures/118/sres/599/").content.decode())
        assert "It died" in said or "died with the 118th Congress" in said
        assert "It came back in the 119th Congress as S.Res. 145." in " ".join(said.split()).replace(
            " .", "."
        )
        after = visible(Client().get("/measures/119/sres/145/").content.decode())
        assert "in the 118th Congress, and died with it." in " ".join(after.split())
        related = Client().get("/measures/119/sres/145/related/").content.decode()
    assert "The record relates it to no other measures; 2 are kin by their words" in related
    assert "Found by comparing texts" in related
    assert "/measures/119/sres/145/text/compare/?from=118/sres/599&amp;to=119/sres/145" in related
    assert (
        'href="/measures/118/sres/599/text/#w3"' in related
        and 'href="/measures/119/sres/145/text/#w4"' in related
    )


def test_the_links_to_a_measures_parts_count_its_kin_and_each_relative_once(three: Press) -> None:
    def said(part: str, clock: str = "") -> str:
        return visible(Client().get(f"/measures/119/sres/145/{part}{clock}").content.decode())

    with time_machine.travel(NOW, tick=False):
        assert "Related 0" in said("text/")
        kinship.find()
        assert "Related 2" in said("") and "Related 2" in said("text/")
        assert "Related 1" in said("text/", "?on=2025-03-27")  # the third was introduced in April
        Relation.objects.create(
            measure_id=measure_pk(118, "sres", 599), other_id=measure_pk(119, "sres", 145), position=0
        )
        assert "Related 2" in said("related/")
        pair().delete()
        assert "Related 2" in said("votes/")
        Kin.objects.update(state=Kin.State.REFUSED)
        assert "Related 1" in said("changes/")


def test_who_brought_kin_in_is_named_as_everywhere_else(three: Press) -> None:
    Measure.objects.update(
        sponsor_member="T000476",
        sponsor_name="Sen. Tillis, Thomas [R-NC]",
        sponsor_party="R",
        sponsor_state="NC",
    )
    kinship.find()
    with time_machine.travel(NOW, tick=False):
        page = Client().get("/measures/119/sres/145/related/").content.decode()
    kin = page.partition('id="by-text"')[2]
    assert "by Thomas Tillis R-NC" in visible(kin) and '<a href="/members/T000476/">' in kin
    assert "Tillis, Thomas" not in kin


def test_a_clause_that_is_nearly_the_same_is_never_all_of_it(edited: Press) -> None:
    kinship.find()
    found = pair()
    found.evidence["carried"] = [["w1", "w2", "nearly", 0.998]]
    found.save()
    related = Client().get("/measures/119/sres/145/related/").content.decode()
    assert "nearly the same (99 in 100 of its words’ weight)" in related


def test_the_comparison_that_the_evidence_leads_to_opens(three: Press) -> None:
    kinship.find()
    address = "/measures/119/sres/145/text/compare/?from=118/sres/599&to=119/sres/145"
    with time_machine.travel(NOW, tick=False):
        assert Client().get(address).status_code == 200


def test_a_clause_that_travelled_with_edits_leads_to_them(edited: Press) -> None:
    kinship.find()
    related = Client().get("/measures/119/sres/145/related/").content.decode()
    address = "/measures/119/sres/145/text/compare/?from=118/sres/599&amp;to=119/sres/145#w2"
    assert related.count("with these edits") == 1 and f'href="{address}"' in related
    compared = Client().get(address.replace("&amp;", "&").partition("#")[0]).content.decode()
    assert "<ins>night</ins>" in compared.partition('id="w2"')[2].partition("</li>")[0]


def test_a_page_is_new_when_kin_are_found_or_refused(three: Press) -> None:
    with time_machine.travel(NOW, tick=False):
        stamps = [Client().get("/measures/118/sres/599/related/")["ETag"]]
        kinship.find()
        stamps.append(Client().get("/measures/118/sres/599/related/")["ETag"])
        Kin.objects.update(state=Kin.State.REFUSED)
        stamps.append(Client().get("/measures/118/sres/599/related/")["ETag"])
    assert len(set(stamps)) == 3


def test_at_an_earlier_moment_nothing_is_said_that_was_not_found_yet(three: Press) -> None:
    kinship.find(now=NOW)
    with time_machine.travel(NOW.replace(day=3), tick=False):
        earlier = Client().get("/measures/119/sres/145/related/?as_of=2025-07-01T12:00:00Z").content.decode()
        assert "Found by comparing texts" in earlier
        before = Client().get("/measures/119/sres/145/related/?on=2024-01-01")
    assert b"Found by comparing" not in before.content


def test_what_staff_refuse_is_shown_no_more_and_no_comparison_brings_it_back(three: Press) -> None:
    kinship.find()
    editor = cast.person("editor@example.org", "editor")
    kin = pair()
    answer = cast.signed_in(editor).post(f"/desk/kin/{kin.pk}/", {"outcome": "refused"})
    assert answer.status_code == 302
    act = Act.objects.get(verb="settle_kin")
    assert (act.object, act.by, act.after) == (f"kin/{kin.pk}", editor, {"state": "refused"})
    with time_machine.travel(NOW, tick=False):
        assert "It came back" not in visible(Client().get("/measures/118/sres/599/").content.decode())
    call_command("kin", rebuild=True)
    assert pair().state == Kin.State.REFUSED
    listed = cast.signed_in(editor).get("/desk/kin/?state=refused").content.decode()
    assert "S.Res. 145" in visible(listed)


def test_the_desk_names_sponsors_and_counts_clauses_as_pages_do(three: Press) -> None:
    Measure.objects.update(sponsor_member="T000476", sponsor_name="Sen. Tillis, Thomas [R-NC]")
    kinship.find()
    found = pair()
    found.evidence |= {"same": 1, "nearly": 0}
    found.save()
    desk = cast.signed_in(cast.person("editor@example.org", "editor"))
    listed = visible(desk.get("/desk/kin/").content.decode())
    assert "118th Congress, Thomas Tillis" in listed and "[R-NC]" not in listed
    assert "1 clause the same, 0 nearly so" in listed


def test_a_contributor_reads_the_pairs_and_may_not_settle_them(three: Press) -> None:
    kinship.find()
    reader = cast.signed_in(cast.person("writer@example.org", "contributor"))
    assert 'name="outcome"' not in reader.get("/desk/kin/").content.decode()
    assert reader.post(f"/desk/kin/{pair().pk}/", {"outcome": "refused"}).status_code == 403
    assert pair().state == Kin.State.FOUND


def test_an_outcome_that_is_none_is_said_and_a_pair_that_is_gone_too(three: Press) -> None:
    kinship.find()
    desk = cast.signed_in(cast.person("editor@example.org", "editor"))
    answer = desk.post(f"/desk/kin/{pair().pk}/", {"outcome": "perhaps"})
    assert answer.status_code == 422 and "confirm it, refuse it" in visible(answer.content.decode())
    assert desk.post("/desk/kin/999999/", {"outcome": "refused"}).status_code == 404


def test_rebuilding_makes_the_same_pairs(three: Press) -> None:
    kinship.find()
    before = list(
        Kin.objects.order_by("first_id", "second_id").values("first_id", "second_id", "kind", "score")
    )
    call_command("kin", rebuild=True)
    assert before == list(
        Kin.objects.order_by("first_id", "second_id").values("first_id", "second_id", "kind", "score")
    )
    assert Measure.objects.count() == 3


def test_a_rebuild_compares_anew_and_keeps_what_staff_settled_and_when_pairs_were_found(three: Press) -> None:
    kinship.find(now=NOW)
    before = pair()
    fires = measure_pk(119, "sres", 150)
    refused = Kin.objects.get(second_id=fires)
    Kin.objects.filter(pk=refused.pk).update(state=Kin.State.REFUSED)
    chance = Kin.objects.create(
        first=before.first, second_id=fires, kind="again", score=99, evidence={}, found_at=NOW
    )
    Kin.objects.filter(pk=before.pk).update(score=1, evidence={})
    KinWord.objects.all().delete()
    MeasureText.objects.update(word_count=0)
    out = StringIO()
    call_command("rebuild", stdout=out)
    assert "3 texts read anew" in out.getvalue()
    assert "3 texts compared anew; 2 pairs of kin are known" in out.getvalue()
    after = pair()
    assert (after.pk, after.score, after.found_at) == (before.pk, before.score, before.found_at)
    assert after.evidence == before.evidence
    assert not Kin.objects.filter(pk=chance.pk).exists()
    assert Kin.objects.get(pk=refused.pk).state == Kin.State.REFUSED
    assert KinWord.objects.exists() and not MeasureText.objects.filter(word_count=0).exists()


def titled(
    number: int, title: str, *, congress: int, type: str = "hr", day: str, sponsor: str | None = None
) -> Measure:
    """A bill, of which no text is ever held."""
    body = billstatus(
        number, congress=congress, type=type, title=title, introduced_on=day, actions=(), committees=()
    )
    if sponsor is not None:
        body = body.replace(b"T000476", sponsor.encode())
    apply([incoming(body, number, congress=congress, type=type)])
    return Measure.objects.get(pk=measure_pk(congress, type, number))


def test_a_bill_that_came_back_under_its_title_is_found_without_a_text_and_marked_so() -> None:
    titled(7107, "PLUM Act of 2020", congress=118, day="2024-06-04")
    titled(2043, "PLUM Act", congress=119, day="2025-03-18")
    titled(2044, "Veterans Ferry Toll Act", congress=119, day="2025-03-18")
    assert (found := kinship.find()).compared == 3 and found.read == 0
    kin = Kin.objects.get()
    assert (kin.first_id, kin.second_id) == (measure_pk(118, "hr", 7107), measure_pk(119, "hr", 2043))
    assert kin.kind == Kin.Kind.TITLE and kin.score == 0 and kin.evidence["same_sponsor"]
    assert line(kin.second_id) == [kin.second_id, kin.first_id]
    assert predecessors(kin.second) == []  # titles alone are said where the evidence stands beside them
    page = Client().get("/measures/119/hr/2043/related/").content.decode()
    assert "The same sponsor and title, in an earlier Congress" in page
    assert "Not both texts are held" in page and "text/compare" not in page


def test_a_title_alone_counts_across_congresses_only_and_not_under_another_sponsor_where_it_says_little() -> (
    None
):
    titled(1, "PLUM Act", congress=119, day="2025-03-18")
    titled(2, "PLUM Act", congress=119, type="s", day="2025-03-18")
    titled(3, "PLUM Act", congress=118, day="2023-03-18", sponsor="X000009")
    kinship.find()
    assert not Kin.objects.exists()


def test_bills_of_either_chamber_under_one_title_are_companions_and_those_of_one_chamber_are_not_told() -> (
    None
):
    house = titled(202, "Ferry Toll Access Act", congress=119, day="2025-01-03")
    titled(203, "Ferry Toll Access Act of 2026", congress=119, day="2026-01-03", sponsor="X000009")
    senate = titled(
        685, "Ferry Toll Access Act of 2025", congress=119, type="s", day="2025-03-06", sponsor="X000010"
    )
    kinship.find()
    pairs = set(Kin.objects.values_list("first_id", "second_id", "kind"))
    other = measure_pk(119, "hr", 203)
    assert pairs == {(house.pk, senate.pk, "title"), (senate.pk, other, "title")}
    said = visible(Client().get("/measures/119/s/685/related/").content.decode())
    assert said.count("The same title, in the House") == 2 and "Related 2" in said
    assert "The same, in this Congress" in said and "Congresses" not in said
    Relation.objects.create(measure_id=senate.pk, other_id=house.pk, position=0, type="Identical bill")
    said = visible(Client().get("/measures/119/hr/202/related/").content.decode())
    assert "The same title, in the Senate" not in said and "Identical bill" in said and "Related 2" in said
    Kin.objects.filter(first=house).update(state=Kin.State.CONFIRMED)
    said = visible(Client().get("/measures/119/hr/202/related/").content.decode())
    assert "The same title, in the Senate" in said and "Related 2" in said


def test_a_bill_is_found_again_by_its_official_title_under_another_short_one() -> None:
    official = "To amend the Federal Ferry Act to increase the transparency of ferry committees, and for other purposes."
    old = titled(1608, "Ferry Act Amendments of 2019", congress=118, day="2023-03-07")
    new = titled(1930, "Ferry Committee Transparency Act", congress=119, day="2025-03-16", sponsor="X000009")
    for measure in (old, new):
        Title.objects.filter(measure=measure).delete()
        Title.objects.create(measure=measure, position=0, title=official, type="Official Title as Introduced")
    kinship.find()
    kin = Kin.objects.get()
    assert kin.kind == Kin.Kind.TITLE and kin.evidence["one_title"] and not kin.evidence["same_title"]
    said = visible(Client().get("/measures/119/hr/1930/related/").content.decode())
    assert "The same title, in an earlier Congress" in said
    assert "a title of either is the other’s too, word for word" in said
    Title.objects.update(type="Official Title as Introduced for portions of this bill")
    kinship.forget()
    kinship.find()
    assert not Kin.objects.exists()


def test_what_is_made_for_one_year_is_not_found_again_in_the_next() -> None:
    titled(1, "Energy and Water Development Appropriations Act, 2024", congress=118, day="2023-06-01")
    titled(2, "Energy and Water Development Appropriations Act, 2026", congress=119, day="2025-06-01")
    titled(
        3, "Energy and Water Development Appropriations Act, 2026", congress=119, type="s", day="2025-06-01"
    )
    kinship.find()
    pairs = list(Kin.objects.values_list("first_id", "second_id"))
    assert pairs == [(measure_pk(119, "hr", 2), measure_pk(119, "s", 3))]


def test_the_links_count_what_is_the_same_through_others_too(three: Press) -> None:
    kinship.find()
    older = Measure.objects.get(pk=measure_pk(118, "sres", 599))
    first = titled(77, "What ran through the marsh", congress=117, day="2021-05-04")
    address = "/measures/119/sres/145/text/"
    before = Client().get(address)
    assert "Related 2" in visible(before.content.decode())
    Kin.objects.create(first=first, second=older, kind="again", score=61, evidence={}, found_at=NOW)
    after = Client().get(address)
    assert "Related 3" in visible(after.content.decode()) and after["ETag"] != before["ETag"]
    Measure.objects.filter(pk=first.pk).update(introduced_on="2025-05-04")
    with time_machine.travel(NOW, tick=False):
        assert "Related 2" in visible(Client().get(f"{address}?on=2025-04-30").content.decode())


def test_what_titles_suggested_is_judged_anew_once_both_texts_are_there(three: Press) -> None:
    kinship.find()
    whole = pair()
    KinText.objects.filter(pk=whole.first_id).update(compared_at=None)
    Kin.objects.filter(pk=whole.pk).update(kind=Kin.Kind.TITLE, score=0)
    kinship.find()
    assert pair().kind == Kin.Kind.AGAIN and pair().score > 60


def test_the_family_shows_what_is_the_same_through_another_and_how_each_ended(three: Press) -> None:
    kinship.find()
    older = Measure.objects.get(pk=measure_pk(118, "sres", 599))
    first = titled(77, "What ran through the marsh", congress=117, day="2021-05-04")
    Kin.objects.create(
        first=first, second=older, kind="again", score=61, evidence={"has_texts": True}, found_at=NOW
    )
    page = visible(Client().get("/measures/119/sres/145/related/").content.decode())
    assert "3 measures in 3 Congresses, this one among them." in page
    told = page.partition("through the Congresses")[2]
    assert told.index("117th Congress") < told.index("118th Congress") < told.index("119th Congress")
    assert told.index("H.R. 77") < told.index("S.Res. 599") < told.index("S.Res. 145")
    assert "died with the 117th Congress" in told
    assert "What ran through the marsh" in told.partition("118th Congress")[0]  # titled otherwise
    assert "Not itself found to be kin of this one, but the same as S.Res. 599 (118th Congress)." in told
    assert told.count("Not itself found") == 1
    assert "2 are kin by their words, and 1 by way of others" in page
    there = visible(Client().get("/measures/117/hr/77/related/").content.decode())
    assert "1 is kin by its words, and 1 by way of others" in there
    Kin.objects.create(
        first=first, second=Measure.objects.get(pk=measure_pk(119, "sres", 145)), kind="again", score=1,
        evidence={}, found_at=NOW, state="refused",
    )  # fmt: skip
    assert "H.R. 77" not in visible(Client().get("/measures/119/sres/145/related/").content.decode())


def test_the_page_of_a_line_is_new_when_the_farthest_of_it_moves(three: Press) -> None:
    kinship.find()
    older = Measure.objects.get(pk=measure_pk(118, "sres", 599))
    first = titled(77, "What ran through the marsh", congress=117, day="2021-05-04")
    Kin.objects.create(first=first, second=older, kind="again", score=61, evidence={}, found_at=NOW)
    address = "/measures/119/sres/145/related/"
    before = Client().get(address)["ETag"]
    assert Client().get(address)["ETag"] == before
    Measure.objects.filter(pk=first.pk).update(last_event=first.last_event + 1)
    assert Client().get(address)["ETag"] != before
