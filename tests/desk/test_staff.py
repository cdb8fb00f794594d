"""Accounts in an admin's hands: made, given a role, closed, forgotten; and an admin always remains."""

from __future__ import annotations

import re
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from tests.api.holding import hold, record
from tests.desk import cast, writing
from tests.pages.reading import visible
from tracker.desk import acts, staff, unsaved
from tracker.desk.models import Act, OutgoingMail, Revision, UnsavedWords, User
from tracker.ledger.models import measure_pk

pytestmark = pytest.mark.django_db


def _page(client: Client, path: str, **sent: str) -> str:
    answer = client.post(path, sent) if sent else client.get(path)
    return answer.content.decode()


def test_a_new_account_gets_a_link_that_is_shown_once_and_mailed(admin: User) -> None:
    client = cast.signed_in(admin)
    page = _page(client, "/desk/accounts/", email=" New@Example.org", name="Nora New", role="editor")
    link = re.search(r"http://testserver(/accounts/set-password/[\w/-]+)", page)
    assert link is not None
    user = User.objects.get(email="new@example.org")
    assert (user.name, user.role, user.has_usable_password()) == ("Nora New", "editor", False)
    assert Client().get(link[1]).status_code == 302
    assert link[0] in OutgoingMail.objects.get(to=user).text
    assert link[1] not in _page(client, "/desk/accounts/")
    act = Act.objects.get(verb="add_account")
    assert (act.by, act.object, act.after) == (admin, f"account/{user.pk}", {"role": "editor"})
    assert "example.org" not in f"{act.summary}{act.before}{act.after}"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"email": "nonsense", "role": "editor"}, "This is no mail address"),
        ({"email": "x" * 300 + "@example.org", "role": "editor"}, "at most 254"),
        ({"email": "ADA@example.org", "role": "editor"}, "This address has an account already."),
        ({"email": "new@example.org", "role": "boss"}, "Choose contributor, editor or admin."),
        ({"email": "new@example.org", "role": "editor", "name": "two\x07bells"}, "one line of letters"),
    ],
)
def test_what_is_wrong_with_a_new_account_stands_beside_its_field_and_nothing_is_lost(
    admin: User, sent: dict[str, str], said: str
) -> None:
    answer = cast.signed_in(admin).post("/desk/accounts/", {"name": "Nora", **sent})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert said in page
    assert 'role="alert"' in page
    assert User.objects.count() == 1
    if "name" not in sent:
        assert 'value="Nora"' in page


def test_fields_that_no_form_has_change_nothing(admin: User, editor: User) -> None:
    extra = {
        "is_active": "",
        "id": "99",
        "password": "x",
        "forgotten_at": "2020-01-01",
        "last_login": "2020-01-01",
    }
    client = cast.signed_in(admin)
    client.post("/desk/accounts/", {"email": "new@example.org", "role": "contributor", **extra})
    new = User.objects.get(email="new@example.org")
    assert (new.is_active, new.forgotten_at, new.last_login, new.pk != 99) == (True, None, None, True)
    mine = cast.signed_in(editor)
    mine.post("/accounts/name/", {"name": "E.", "role": "admin", "email": "x@example.org", "is_active": ""})
    mine.post("/accounts/mails/", {"role": "admin", "mailed_when_asked": "on"})
    editor.refresh_from_db()
    assert (editor.name, editor.role, editor.email, editor.is_active) == (
        "E.",
        "editor",
        "edith@example.org",
        True,
    )
    assert (editor.mailed_when_asked, editor.mailed_when_assigned) == (True, False)


def test_another_role_is_told_with_what_it_was_before(admin: User, editor: User) -> None:
    answer = cast.signed_in(admin).post(f"/desk/accounts/{editor.pk}/", {"do": "role", "role": "contributor"})
    assert answer.headers["Location"] == f"/desk/accounts/{editor.pk}/?saved=role"
    editor.refresh_from_db()
    assert editor.role == "contributor"
    act = Act.objects.get(verb="change_role")
    assert (act.before, act.after) == ({"role": "editor"}, {"role": "contributor"})


@pytest.mark.parametrize(
    "sent",
    [
        {"do": "role", "role": "editor"},
        {"do": "off"},
        {"do": "forget", "understood": "on"},
    ],
)
def test_the_last_admin_stays(admin: User, sent: dict[str, str]) -> None:
    off = cast.person("old@example.org", User.Role.ADMIN)
    staff.switch_off(None, off)  # one who cannot sign in does not count
    answer = cast.signed_in(admin).post(f"/desk/accounts/{admin.pk}/", sent)
    assert answer.status_code == 400
    assert "This is the only admin who can sign in." in answer.content.decode()
    admin.refresh_from_db()
    assert (admin.role, admin.is_active, admin.email) == ("admin", True, "ada@example.org")
    another = cast.person("bea@example.org", User.Role.ADMIN)
    assert cast.signed_in(another).post(f"/desk/accounts/{admin.pk}/", sent).status_code == 302


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_admins_who_close_each_other_at_one_moment_leave_one() -> None:
    first, second = (cast.person(f"{name}@example.org", User.Role.ADMIN) for name in ("ada", "bea"))
    together, refused = Barrier(2), []

    def close(by: User, whom: User) -> None:
        together.wait()
        try:
            staff.switch_off(by, whom)
        except ValidationError as error:
            refused.append(error.message)
        finally:
            connection.close()

    threads = [Thread(target=close, args=pair) for pair in ((first, second), (second, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == [staff.LAST_ADMIN]
    assert User.objects.filter(role="admin", is_active=True).count() == 1


def test_a_second_factor_is_reset_with_a_reason(admin: User, editor: User) -> None:
    client, path = cast.signed_in(admin), f"/desk/accounts/{editor.pk}/"
    assert "Say why, for the audit" in _page(client, path, do="reset", why="  ")
    assert client.post(path, {"do": "reset", "why": "telephone lost"}).status_code == 302
    assert not editor.authenticator_set.exists()
    assert Act.objects.get(verb="reset_second_factor").summary == "Reset the second factor: telephone lost"
    assert "were reset by an admin" in OutgoingMail.objects.get(to=editor).text


def test_switched_off_and_on_again(admin: User, editor: User) -> None:
    client, path = cast.signed_in(admin), f"/desk/accounts/{editor.pk}/"
    client.post(path, {"do": "off", "why": "on leave"})
    editor.refresh_from_db()
    assert not editor.is_active
    assert "Switch the account on first." in _page(client, path, do="link")
    client.post(path, {"do": "on"})
    editor.refresh_from_db()
    assert editor.is_active
    assert list(
        Act.objects.filter(object=acts.account(editor)).order_by("id").values_list("verb", flat=True)
    ) == [
        "switch_off",
        "switch_on",
    ]


def test_a_person_is_forgotten_and_what_they_did_stays(admin: User, editor: User) -> None:
    cast.signed_in(editor).post("/accounts/name/", {"name": "Edith of the Evening Desk"})
    client, path = cast.signed_in(admin), f"/desk/accounts/{editor.pk}/"
    assert "Tick that this cannot be undone." in _page(client, path, do="forget")
    client.post(path, {"do": "forget", "understood": "on"})
    editor.refresh_from_db()
    assert editor.called == f"former colleague {editor.pk}"
    for page in ("/desk/accounts/", path, "/desk/audit/"):
        shown = _page(client, page)
        assert editor.called in shown
        assert "Edith" not in shown
        assert "edith@" not in shown
    assert Act.objects.filter(by=editor, verb="change_name").exists()
    assert "Edith" not in str(list(Act.objects.values_list("summary", "before", "after")))
    with pytest.raises(ValidationError, match="closed for good"):
        staff.switch_on(admin, editor)


def test_words_that_were_never_saved_go_with_the_person_and_the_page_says_so_before(
    admin: User, editor: User
) -> None:
    hold(record("119/sres/145"))
    entry, other = (writing.draft(editor, {"measure_id": measure_pk(119, "sres", 145)}) for _ in range(2))
    for each, by in ((entry, editor), (other, editor), (other, admin)):
        unsaved.keep(each, by, based_on=1, title="Never saved", fields=writing.POINTS)
    client, path = cast.signed_in(admin), f"/desk/accounts/{editor.pk}/"
    said = f"Entry {entry.pk} and Entry {other.pk} have words of theirs that were never saved"
    assert said in visible(client.get(path).content.decode())
    client.post(path, {"do": "forget", "understood": "on"})
    assert [words.by for words in UnsavedWords.objects.all()] == [admin]
    assert Revision.objects.filter(by=editor).count() == 2


def test_another_address_is_what_one_signs_in_with(admin: User, editor: User) -> None:
    client, path = cast.signed_in(admin), f"/desk/accounts/{editor.pk}/"
    assert "has an account already" in _page(client, path, do="address", email="ada@example.org")
    client.post(path, {"do": "address", "email": "Edith@Elsewhere.example"})
    editor.refresh_from_db()
    assert editor.email == "edith@elsewhere.example"
    assert "example" not in Act.objects.get(verb="change_address").summary


@pytest.mark.parametrize("sent", [{"do": "become_king"}, {"do": "role"}, {"do": "role", "role": "boss"}])
def test_what_cannot_be_done_is_said(admin: User, editor: User, sent: dict[str, str]) -> None:
    assert cast.signed_in(admin).post(f"/desk/accounts/{editor.pk}/", sent).status_code == 400


def test_an_account_that_is_not_there_is_404(admin: User) -> None:
    assert cast.signed_in(admin).get("/desk/accounts/9999999/").status_code == 404


def test_the_list_costs_the_same_for_many_accounts(
    admin: User, django_assert_max_num_queries: object
) -> None:
    client = cast.signed_in(admin)
    for number in range(40):
        cast.person(f"someone{number}@example.org", User.Role.EDITOR)
    with django_assert_max_num_queries(10):
        assert "41 accounts" in client.get("/desk/accounts/").content.decode()
