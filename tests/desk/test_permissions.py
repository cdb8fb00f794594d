"""Who may do what, cell by cell: every address of the URLconf × strangers and each role × every method, with htmx and without."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from tests.desk import cast
from tests.desk.routes import ROUTES, SAMPLES, Rule
from tracker.desk import sessions
from tracker.desk.doors import allowed
from tracker.desk.models import User
from tracker.desk.permissions import EVERYONE, MEANING, ROLES, Right, as_table

pytestmark = pytest.mark.django_db

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
HTMX = {"HX-Request": "true"}
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "DESK.md"


def _walk(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        else:
            yield route


FOUND = list(dict.fromkeys(_walk(get_resolver().url_patterns)))


def test_every_address_has_a_rule() -> None:
    unruled = [route for route in FOUND if route not in ROUTES]
    rows = "\n".join(f'    "{route}": page(Right.…),' for route in unruled)
    assert not unruled, (
        f"Nobody has said who may use these addresses. Add a row for each to ROUTES in tests/desk/routes.py\n"
        f"(page, form or action with a Right of tracker/desk/permissions.py; public() or entrance() for anybody):\n{rows}"
    )


def test_every_rule_is_of_an_address() -> None:
    gone = [route for route in ROUTES if route not in FOUND]
    assert not gone, f"No such address any more: take these rows out of tests/desk/routes.py: {gone}"


def _address(route: str) -> str:
    """The route with a value in place of each <converter:name>."""

    def value(found: re.Match[str]) -> str:
        name = found["name"]
        assert name in SAMPLES, f"Add a value for <{name}> of {route!r} to SAMPLES in tests/desk/routes.py."
        return SAMPLES[name]

    return "/" + re.sub(r"<(?:\w+:)?(?P<name>\w+)>", value, route)


def _ask(client: Client, method: str, path: str, **headers: str) -> HttpResponse:
    """The answer; whatever the request did to the database, or to the browser's cookies, is taken back."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        answer = client.generic(method, path, headers=headers)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def _cells(route: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    for method in METHODS:
        for headers in ({}, HTMX):
            yield method, f"{method} {_address(route)}{' by htmx' if headers else ''}", headers


def _to_sign_in(answer: HttpResponse) -> bool:
    return answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/login/")


def _check_open(rule: Rule, method: str, answer: HttpResponse, cell: str) -> None:
    """The view itself answered, or said that it does not know the method."""
    assert answer.status_code < 500, cell
    if method == "OPTIONS":  # what it tells is which methods there are
        assert answer.status_code in (200, 204, 404, 405), f"{cell}: {answer.status_code}"
    elif method in rule.methods:
        assert answer.status_code not in (403, 405), f"{cell}: {answer.status_code}"
    else:
        assert answer.status_code in (404, 405), f"{cell}: {answer.status_code}, where 405 was expected"


def _check_refused(rule: Rule, method: str, answer: HttpResponse, cell: str, *, stranger: bool) -> None:
    if rule.hidden:
        assert answer.status_code == 404, f"{cell}: {answer.status_code}, where 404 was expected"
    elif stranger and method in ("GET", "HEAD") and "htmx" not in cell:
        assert _to_sign_in(answer), f"{cell}: {answer.status_code}, where the sign-in page was expected"
    else:
        assert answer.status_code == 403, f"{cell}: {answer.status_code}, where 403 was expected"
    assert answer.headers["Cache-Control"] == "private, no-store", cell


@pytest.mark.parametrize("route", [route for route in FOUND if route in ROUTES])
def test_a_stranger_may_what_the_table_says(route: str, stranger: Client) -> None:
    rule = ROUTES[route]
    for method, cell, headers in _cells(route):
        answer = _ask(stranger, method, _address(route), **headers)
        if rule.right is None:
            _check_open(rule, method, answer, f"a stranger: {cell}")
            if not rule.cookie:
                assert not answer.cookies, f"a stranger: {cell}: sets a cookie"
        else:
            _check_refused(rule, method, answer, f"a stranger: {cell}", stranger=True)


@pytest.mark.parametrize("role", EVERYONE)
@pytest.mark.parametrize("route", [route for route in FOUND if route in ROUTES])
def test_each_role_may_what_the_table_says(route: str, role: User.Role) -> None:
    rule, client = ROUTES[route], cast.signed_in(cast.person("somebody@example.org", role))
    for method, cell, headers in _cells(route):
        answer = _ask(client, method, _address(route), **headers)
        if rule.right is None or role in ROLES[rule.right]:
            _check_open(rule, method, answer, f"{role}: {cell}")
            assert not _to_sign_in(answer) or route == "accounts/code/", cell
        else:
            _check_refused(rule, method, answer, f"{role}: {cell}", stranger=False)
        if rule.right is None and not rule.cookie:
            assert not answer.cookies, f"{role}: {cell}: sets a cookie"
            assert answer.status_code == _ask(Client(), method, _address(route), **headers).status_code, cell


@pytest.mark.parametrize("route", [route for route, rule in ROUTES.items() if rule.right is not None])
def test_without_the_second_factor_the_desk_is_closed(route: str, admin: User) -> None:
    rule, client = ROUTES[route], cast.signed_in(admin, second_factor=False)
    for method, cell, headers in _cells(route):
        answer = _ask(client, method, _address(route), **headers)
        if not rule.second_factor:
            assert answer.status_code in (200, 302, 404, 405), cell
        elif rule.hidden:
            assert answer.status_code == 404, cell
        elif method in ("GET", "HEAD") and not headers:
            assert answer.headers["Location"].startswith("/accounts/confirm/"), cell
        else:
            assert answer.status_code == 403, cell


@pytest.mark.parametrize("route", [route for route, rule in ROUTES.items() if "POST" in rule.methods])
def test_a_form_sent_from_elsewhere_is_refused(route: str, admin: User, contributor: User) -> None:
    if ROUTES[route].csrf_exempt:
        return
    path = _address(route)
    theirs = cast.signed_in(contributor, enforce_csrf_checks=True)
    theirs.get("/accounts/")
    another = theirs.cookies["csrftoken"].value
    sent: list[tuple[str, dict[str, object]]] = [
        ("without a token", {}),
        ("with another’s token", {"data": {"csrfmiddlewaretoken": another}}),
        ("by htmx with another’s token", {"headers": {**HTMX, "X-CSRFToken": another}}),
        ("as plain text", {"data": "csrfmiddlewaretoken=" + another, "content_type": "text/plain"}),
    ]
    for how, extra in sent:
        client = cast.signed_in(admin, enforce_csrf_checks=True)
        client.get("/accounts/")
        assert client.post(path, **extra).status_code == 403, f"POST {path} {how}"
    client = cast.signed_in(admin, enforce_csrf_checks=True)
    client.get("/accounts/")
    own = client.cookies["csrftoken"].value
    origin = {"Origin": "https://evil.example"}
    answer = client.post(path, {"csrfmiddlewaretoken": own}, headers=origin)
    assert answer.status_code == 403, f"POST {path} from another site"
    assert "Open the page again" in answer.content.decode()


def test_what_is_hidden_does_not_exist_for_strangers_and_lesser_roles(
    contributor: User, editor: User
) -> None:
    @allowed(Right.PUBLISH_ENTRY, hidden=True)
    def draft(request: HttpRequest) -> HttpResponse:
        return HttpResponse("a draft")

    def ask(user: User | AnonymousUser, shown: bool = True) -> HttpResponse:
        request = RequestFactory().get("/preview/1/")
        request.user, request.session = user, {sessions.SECOND_FACTOR: shown}
        return draft(request)

    for user, shown in ((AnonymousUser(), True), (contributor, True), (editor, False)):
        with pytest.raises(Http404):
            ask(user, shown)
    assert ask(editor).headers["Cache-Control"] == "private, no-store"


def test_a_role_that_is_lost_is_lost_at_the_next_request(admin: User) -> None:
    client = cast.signed_in(admin)
    assert _ask(client, "POST", "/desk/try-again/").status_code == 302
    User.objects.update(role=User.Role.CONTRIBUTOR)
    assert _ask(client, "POST", "/desk/try-again/").status_code == 403


def test_a_refusal_says_what_one_may_not_do(editor: User) -> None:
    said = cast.signed_in(editor).post("/desk/try-again/").content.decode()
    assert "It may not have what was set aside fetched again." in said


def test_whoever_sends_a_form_after_the_session_ended_gets_their_words_back(stranger: Client) -> None:
    answer = stranger.post(
        "/desk/try-again/", {"words": "<b>long thought over</b>", "password": "secret words"}
    )
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "&lt;b&gt;long thought over&lt;/b&gt;" in page
    assert "secret words" not in page


def test_each_right_has_a_meaning_and_roles() -> None:
    assert set(MEANING) == set(ROLES) == set(Right)
    for right, roles in ROLES.items():
        assert User.Role.ADMIN in roles, f"an admin may not {right}"


def test_the_documentation_prints_the_table_of_rights() -> None:
    assert as_table() in DOCUMENT.read_text("utf-8")


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/accounts/signup/",
        "/accounts/email/",
        "/accounts/2fa/",
        "/accounts/password/reset/",
        "/.git/config",
        "/var/",
        "/static/",
    ],
)
def test_what_is_not_offered_does_not_exist(path: str, admin: User) -> None:
    assert Client().get(path).status_code == 404
    assert cast.signed_in(admin).get(path).status_code == 404
