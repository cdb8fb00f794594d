"""The desk's list of entries: filtered, and many treated at once."""

from __future__ import annotations

import pytest

from tests.api.holding import hold, record
from tests.desk import cast, writing
from tests.desk.cast import page
from tests.pages.reading import links, visible
from tracker.desk import entries
from tracker.desk.models import Entry, Kind
from tracker.ledger.models import measure_pk

pytestmark = pytest.mark.django_db


def test_the_list_is_filtered_by_state_kind_people_subject_and_words(contributor, editor, measure) -> None:
    hold(record("118/sres/9", title="Of another Congress."))
    drafted = writing.draft(contributor, writing.about(measure), title="Banks of rivers")
    waiting = entries.ask(
        writing.draft(contributor, {"member": "T000476"}, Kind.NOTE, title="Retiring"),
        contributor,
        version=1,
        reviewer=editor,
    )
    public = writing.public(
        contributor,
        editor,
        {"measure_id": measure_pk(118, "sres", 9)},
        Kind.NOTE,
        title="Old",
        fields={"body": "Zażółć the “word”."},
    )
    client = cast.signed_in(editor)

    def listed(query: str) -> set[int]:
        found = links(page(client, f"/desk/entries/?{query}"))
        return {entry.pk for entry in Entry.objects.all() if f"/desk/entries/{entry.pk}/" in found}

    everything = {drafted.pk, waiting.pk, public.entry_id}
    assert listed("") == everything
    assert listed("state=draft") == {drafted.pk}
    assert listed("state=draft&state=in_review") == {drafted.pk, waiting.pk}
    assert listed("kind=note") == {waiting.pk, public.entry_id}
    assert listed("reviewer=me") == {waiting.pk}
    assert listed("author=me") == set()
    assert listed(f"author={contributor.pk}") == everything
    assert listed("about=S.Res.+145") == {drafted.pk}
    assert listed("about=Tillis") == {waiting.pk}
    assert listed("q=banks") == {drafted.pk}
    assert listed("q=Zażółć") == {public.entry_id}
    assert listed("q=%E2%80%9Cword") == {public.entry_id}
    assert listed("q=protection+refugees") == {drafted.pk}
    assert listed("q=nothing+like+it") == set()


@pytest.mark.parametrize(
    "query",
    [
        "state=gone",
        "kind=poem",
        "author=x",
        "reviewer=-1",
        "sort=up",
        "page=0",
        "about=zzz",
        "colour=red",
        "q=%00&page=99999999999999",
    ],
)
def test_a_filter_that_is_not_understood_is_named_and_the_list_is_there_all_the_same(
    editor, measure, query
) -> None:
    entry = writing.draft(editor, writing.about(measure))
    answer = cast.signed_in(editor).get(f"/desk/entries/?{query}")
    assert answer.status_code == 400
    assert 'class="wrong"' in answer.content.decode()
    assert f"/desk/entries/{entry.pk}/" in links(answer.content.decode())


def test_many_are_sent_to_review_after_one_page_that_names_them_all(contributor, editor, measure) -> None:
    drafts = [writing.draft(contributor, writing.about(measure), title=f"Draft {n}") for n in range(3)]
    empty = entries.start(contributor, Kind.NOTE, writing.about(measure))
    client = cast.signed_in(contributor)
    chosen = [entry.pk for entry in (*drafts, empty)]
    asked = client.post("/desk/entries/bulk/", {"do": "ask", "chosen": chosen}).content.decode()
    assert all(f"/desk/entries/{pk}/" in links(asked) for pk in chosen)
    assert not Entry.objects.filter(state="in_review").exists()
    entries.save(drafts[2], contributor, based_on=1, title="Changed meanwhile", fields=writing.POINTS)
    versions = {f"version-{entry.pk}": entry.version for entry in (*drafts, empty)}
    done = client.post(
        "/desk/entries/bulk/",
        {"do": "ask", "chosen": chosen, "confirmed": "yes", "reviewer": editor.pk, **versions},
    )
    words = visible(done.content.decode())
    assert "done for 2 of 4" in words
    assert "Nothing has been written yet" in words and "Revision 2 was saved meanwhile" in words
    assert {entry.pk for entry in Entry.objects.filter(state="in_review", reviewer=editor)} == {
        drafts[0].pk,
        drafts[1].pk,
    }


def test_many_are_withdrawn_with_one_reason_and_not_without(contributor, editor, measure) -> None:
    public = [writing.public(contributor, editor, writing.about(measure), Kind.NOTE) for _ in range(2)]
    client = cast.signed_in(editor)
    sent = {"do": "withdraw", "chosen": [each.entry_id for each in public], "confirmed": "yes"}
    refused = client.post("/desk/entries/bulk/", sent)
    assert refused.status_code == 422 and "Say why" in visible(refused.content.decode())
    client.post("/desk/entries/bulk/", {**sent, "note": "All of them were wrong."})
    assert set(Entry.objects.values_list("state", flat=True)) == {"withdrawn"}
