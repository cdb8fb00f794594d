"""Articles that staff keep: checked again when the record moves, told to the desk once, and never shown to readers but in short."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.api.holding import FIRST_SEEN, INTRODUCED, LAWLER, REFERRED, WARNOCK, cosponsor, hold, record
from tests.desk import cast, writing
from tests.desk.cast import page
from tests.pages.reading import visible
from tracker.desk import articles, kept_articles, publishing
from tracker.desk.kept_articles import look_again
from tracker.desk.models import (
    Act,
    ArticleCheck,
    Care,
    Entry,
    Kind,
    MovedClaim,
    OutgoingMail,
    Publication,
    User,
)
from tracker.ledger.models import Measure, measure_pk
from tracker.records.model import ActionRecord, SponsorRecord

pytestmark = pytest.mark.django_db

MEASURE = measure_pk(119, "sres", 145)
NAMES = (cosponsor(WARNOCK), cosponsor(LAWLER))
CRUZ = cosponsor(SponsorRecord("C001098", "Sen. Cruz, Ted [R-TX]", "R", "TX"), "2025-05-01")
AGREED = ActionRecord(
    "2025-05-20", "Resolution agreed to in Senate by Unanimous Consent.", "17000", "Floor", "Senate"
)
COUNTED = "S.Res. 145 has two cosponsors."
ARTICLE = f"{COUNTED} Senator Thom Tillis introduced S.Res. 145 on March 27, 2025. Nobody else has a secret sentence like this."

_days = iter(range(1, 10_000))


def moves(key: str = "119/sres/145", **fields: Any) -> datetime:
    """The record of this measure as a newer document shows it, seen now or later."""
    at = FIRST_SEEN + timedelta(days=next(_days))
    hold(record(key, updated_at=at.strftime("%Y-%m-%dT%H:%M:%SZ"), **fields), at=at)
    return at


def words(article: str = ARTICLE, **others: str) -> dict[str, Any]:
    return {**writing.WORDS[Kind.PRESS_COVERAGE], "on": "2025-04-02", "article": article, **others}


def keep(by: User, **fields: Any) -> Entry:
    """Press coverage of S.Res. 145 as a draft."""
    moves(cosponsors=NAMES)
    return writing.draft(by, {"measure_id": MEASURE}, Kind.PRESS_COVERAGE, fields=words(**fields))


def open_claims() -> list[tuple[str, str, str]]:
    rows = MovedClaim.objects.filter(outcome=MovedClaim.Outcome.OPEN).order_by("pk")
    return [(row.quote, (row.before or {}).get("verdict", ""), row.after["verdict"]) for row in rows]


# What the worker does


def test_a_count_that_the_record_outgrows_is_told_once_with_its_event(contributor: User) -> None:
    entry = keep(contributor)
    assert look_again() == 1
    assert look_again() == 0
    assert open_claims() == []
    moves(cosponsors=(*NAMES, CRUZ))
    assert look_again() == 1
    assert look_again() == 0
    ((quote, before, after),) = open_claims()
    assert quote in COUNTED and (before, after) == ("true", "outgrown")
    row = MovedClaim.objects.get()
    assert row.event is not None
    assert (row.event.kind, row.event.subject) == ("cosponsor_added", "C001098")
    (mail,) = OutgoingMail.objects.all()
    assert (mail.to, mail.subject) == (contributor, "The record has overtaken “Senators act”")
    assert quote in mail.text and f"/desk/entries/{entry.pk}/check/" in mail.text


def test_what_moves_on_while_it_is_open_stays_one_matter(contributor: User) -> None:
    keep(contributor)
    look_again()
    moves(cosponsors=(*NAMES, CRUZ))
    look_again()
    first = MovedClaim.objects.get()
    moves(cosponsors=NAMES[:1])
    look_again()
    again = MovedClaim.objects.get()
    assert again.pk == first.pk
    assert again.after != first.after
    assert OutgoingMail.objects.count() == 1


def test_a_record_that_comes_back_settles_it(contributor: User) -> None:
    keep(contributor)
    look_again()
    moves(cosponsors=(*NAMES, CRUZ))
    look_again()
    moves(cosponsors=NAMES)
    look_again()
    assert open_claims() == []
    assert MovedClaim.objects.get().outcome == MovedClaim.Outcome.BACK


def test_what_moves_without_touching_a_statement_tells_nothing(contributor: User) -> None:
    keep(contributor)
    look_again()
    checked = ArticleCheck.objects.get()
    moves(cosponsors=NAMES, subjects=("Refugees",))
    assert look_again() == 1
    assert not MovedClaim.objects.exists()
    assert ArticleCheck.objects.get().changed_at == checked.changed_at


def test_an_article_is_checked_when_a_measure_comes_that_only_it_names(contributor: User) -> None:
    keep(contributor, article="S.Res. 7 was introduced by Senator Tillis on March 20, 2025.")
    look_again()
    assert look_again() == 0
    moves("119/sres/7")
    assert look_again() == 1
    assert ("", "false") in {(before, after) for _, before, after in open_claims()}


def test_another_measure_moves_no_article(contributor: User) -> None:
    keep(contributor)
    look_again()
    moves("119/sres/8", cosponsors=NAMES)
    assert look_again() == 0


def test_words_that_are_changed_make_no_difference_and_settle_those_of_the_old(contributor: User) -> None:
    entry = keep(contributor)
    look_again()
    moves(cosponsors=(*NAMES, CRUZ))
    look_again()
    entries_save(entry, contributor, words("S.Res. 145 has nine cosponsors."))
    assert look_again() == 1
    assert open_claims() == []
    assert MovedClaim.objects.get().outcome == MovedClaim.Outcome.REWORDED


def entries_save(entry: Entry, by: User, fields: dict[str, Any]) -> None:
    from tracker.desk import entries

    entry.refresh_from_db()
    entries.save(entry, by, based_on=entry.version, title="In plain words", fields=fields)


def test_a_draft_over_what_readers_see_is_not_what_is_watched(contributor: User, editor: User) -> None:
    moves(cosponsors=NAMES)
    shown = writing.public(contributor, editor, {"measure_id": MEASURE}, Kind.PRESS_COVERAGE, fields=words())
    look_again()
    entries_save(shown.entry, contributor, words("S.Res. 145 has nine cosponsors."))
    assert look_again() == 0
    assert ArticleCheck.objects.get().revision_number == shown.revision_number


def test_other_rules_of_reading_make_no_difference(
    contributor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(contributor)
    look_again()
    row = ArticleCheck.objects.get()
    row.rules, row.result["claims"][0]["verdict"] = "older", "false"
    row.save()
    assert look_again() == 1
    assert not MovedClaim.objects.exists()
    assert ArticleCheck.objects.get().result["claims"][0]["verdict"] == "true"


def test_an_article_that_breaks_the_check_holds_up_no_other(
    contributor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = keep(contributor, article="Unreadable words on S.Res. 145.")
    writing.draft(contributor, {"measure_id": MEASURE}, Kind.PRESS_COVERAGE, fields=words())
    checks = kept_articles.check

    def check(text: str, day: Any) -> Any:
        if text.startswith("Unreadable"):
            raise RecursionError("too deep")
        return checks(text, day)

    monkeypatch.setattr(kept_articles, "check", check)
    assert look_again() == 2
    assert look_again() == 0
    assert ArticleCheck.objects.get(pk=broken.pk).error == "RecursionError: too deep"
    assert "could not be checked: RecursionError: too deep" in visible(
        page(cast.signed_in(contributor), "/desk/articles/")
    )


def test_whoever_looks_after_the_measure_hears_of_it_once_its_keeper_is_gone(
    contributor: User, editor: User
) -> None:
    keep(contributor)
    look_again()
    User.objects.filter(pk=contributor.pk).update(is_active=False)
    Care.objects.create(measure_id=MEASURE, assigned_to=editor, changed_at=FIRST_SEEN)
    moves(cosponsors=(*NAMES, CRUZ))
    look_again()
    assert OutgoingMail.objects.get().to == editor


def test_who_wants_no_such_mail_gets_none(contributor: User) -> None:
    cast.signed_in(contributor).post("/accounts/mails/", {"mailed_when_asked": "on"})
    contributor.refresh_from_db()
    keep(contributor)
    look_again()
    moves(cosponsors=(*NAMES, CRUZ))
    look_again()
    assert open_claims() and not OutgoingMail.objects.exists()


def test_looking_costs_one_query_where_nothing_moved(contributor: User) -> None:
    keep(contributor)
    look_again()
    with CaptureQueriesContext(connection) as asked:
        assert look_again() == 0
    assert len(asked) == 1


# What the desk sees


def test_the_front_page_says_what_was_overtaken_until_an_editor_has_seen_it(
    contributor: User, editor: User
) -> None:
    entry = keep(contributor)
    look_again()
    moves(cosponsors=(*NAMES, CRUZ))
    look_again()
    theirs, mine = cast.signed_in(contributor), cast.signed_in(editor)
    front = visible(page(mine, "/desk/"))
    assert "One kept article was overtaken." in front
    assert "Senators act" in front and "so then, not now" in front
    assert "Cruz" in front
    claim = MovedClaim.objects.get()
    refused = theirs.post("/desk/articles/settle/", {"claim": [claim.pk]})
    assert refused.status_code == 403 and open_claims()
    with pytest.raises(PermissionDenied):
        articles.settle([claim.pk], contributor)
    answer = mine.post("/desk/articles/settle/", {"claim": [claim.pk, "x", "9" * 30], "back": str(entry.pk)})
    assert answer.headers["Location"] == f"/desk/entries/{entry.pk}/check/"
    assert open_claims() == []
    act = Act.objects.get(verb="settle_article")
    assert (act.by, act.object, act.after["verdict"]) == (editor, f"entry/{entry.pk}", "outgrown")
    told = visible(page(mine, f"/desk/entries/{entry.pk}/check/"))
    assert "Marked one statement as seen." in told and "seen by Edith Editor" in told
    assert "Kept article" not in visible(page(mine, "/desk/"))
    articles.settle([claim.pk], editor)
    assert Act.objects.filter(verb="settle_article").count() == 1


def test_what_is_kept_is_listed_with_what_it_says(contributor: User) -> None:
    keep(contributor)
    look_again()
    listed = visible(page(cast.signed_in(contributor), "/desk/articles/"))
    assert "Senators act The Example" in listed and "so" in listed
    assert "1 article, the newest first" in listed


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil", "12/../../x"])
def test_a_settled_statement_leads_nowhere_else(editor: User, back: str) -> None:
    answer = cast.signed_in(editor).post("/desk/articles/settle/", {"back": back})
    assert answer.headers["Location"] == "/desk/"


# What readers see


def public(contributor: User, editor: User, **fields: str) -> Publication:
    moves(cosponsors=NAMES)
    shown = writing.public(
        contributor, editor, {"measure_id": MEASURE}, Kind.PRESS_COVERAGE, fields=words(**fields)
    )
    look_again()
    return shown


def test_readers_get_no_verdict_unless_an_editor_published_that(contributor: User, editor: User) -> None:
    shown = public(contributor, editor)
    text = Client().get(f"/entries/{shown.entry_id}/").content.decode()
    assert "two cosponsors" not in text and "What the article says" not in text


def test_verdicts_that_readers_see_stay_true_as_the_record_moves(contributor: User, editor: User) -> None:
    shown = public(contributor, editor, verdicts="shown")
    path = f"/entries/{shown.entry_id}/"
    first = Client().get(path)
    text = visible(first.content.decode())
    assert "two cosponsors" in text and "so then, no longer" not in text
    assert Client().get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    moves(cosponsors=(*NAMES, CRUZ))
    look_again()
    then = Client().get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert then.status_code == 200
    assert "so then, no longer" in visible(then.content.decode())


def test_the_words_of_the_article_are_nowhere_public(contributor: User, editor: User) -> None:
    shown = public(contributor, editor, verdicts="shown")
    for path in (
        f"/entries/{shown.entry_id}/", "/measures/119/sres/145/", "/measures/119/sres/145/changes/", "/changes/entries/",
        "/api/v1/measures/119/sres/145", "/api/v1/changes", "/feeds/changes.atom", "/measures/119/sres/145/changes.atom",
        f"/entries/{shown.entry_id}/?from=1&to=1",
    ):  # fmt: skip
        answer = Client().get(path)
        assert answer.status_code == 200, path
        assert "secret sentence" not in answer.content.decode(), path


def test_what_is_withdrawn_takes_its_verdicts_along(contributor: User, editor: User) -> None:
    shown = public(contributor, editor, verdicts="shown")
    publishing.withdraw(Entry.objects.get(pk=shown.entry_id), editor, why="It was another article.")
    look_again()
    assert "two cosponsors" not in Client().get(f"/entries/{shown.entry_id}/").content.decode()


def test_verdicts_of_a_newer_draft_are_not_shown(contributor: User, editor: User) -> None:
    shown = public(contributor, editor, verdicts="shown")
    ArticleCheck.objects.update(revision_number=shown.revision_number + 1)
    assert "two cosponsors" not in Client().get(f"/entries/{shown.entry_id}/").content.decode()


def test_quotes_are_few_and_short(contributor: User, editor: User) -> None:
    from tracker.desk import public_check
    from tracker.desk.published import history

    many = " ".join(f"On day {n}, S.Res. 145 has {n + 3} cosponsors." for n in range(40))
    shown = public(contributor, editor, article=many, verdicts="shown")
    check = public_check.of(history(shown.entry_id)[-1])
    assert check is not None and check.claims
    assert len(check.claims) <= public_check.MOST_QUOTES and check.left_out > 0
    assert sum(len(one.quote) for one in check.claims) <= len(many) // public_check.SHARE
    assert all(len(one.quote) <= public_check.QUOTE for one in check.claims)


def test_verdicts_without_a_text_are_asked_for_before_a_review(contributor: User, measure: Measure) -> None:
    from tracker.desk import kinds

    made = kinds.read(Kind.PRESS_COVERAGE, words("", verdicts="shown"))
    assert "article" in kinds.missing(made)


def test_an_action_makes_a_status_outgrown(contributor: User) -> None:
    keep(
        contributor,
        article="S.Res. 145 has been referred to committee. The resolution awaits a vote in the Senate.",
    )
    look_again()
    moves(cosponsors=NAMES, actions=(AGREED, REFERRED, INTRODUCED))
    look_again()
    rows = {row.event.kind for row in MovedClaim.objects.all() if row.event}
    assert rows <= {"status_changed", "action_added"} and rows
