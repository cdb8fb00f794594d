"""How long a session lives, and how it is ended: two hours without a sign of life, twelve in all, or at once.

What stands in the session: when its owner signed in, when they were last seen, and whether they showed a second factor.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.middleware import get_user
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from tracker.desk.models import User

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
SECOND_FACTOR = "second_factor"

NOTED_EVERY = 60  # seconds: a sign of life is written no oftener
CONFIRMED_FOR = 10 * 60  # seconds for which a password or code just given need not be given again


class SessionAgeMiddleware:
    """Whoever signed in too long ago, or was not seen for too long, is nobody: found out when a view asks who it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(lambda: _user_of(request))  # type: ignore[assignment]
        return self.get_response(request)


def begin(request: HttpRequest, user: User) -> None:
    """Note in a session that has just been signed in when that was, and whether with a second factor."""
    now = int(time.time())
    request.session[SIGNED_IN_AT] = now
    request.session[SEEN_AT] = now
    shown = {record.get("method") for record in get_authentication_records(request, user)}
    request.session[SECOND_FACTOR] = "mfa" in shown


def shown_second_factor(request: HttpRequest) -> bool:
    """Whether this session has shown a second factor, at sign-in or since."""
    return request.session.get(SECOND_FACTOR) is True


def note_second_factor(request: HttpRequest, user: User, type: str) -> None:
    """A second factor was shown, or set up, in this session: it gets a new key, and counts as confirmed."""
    confirm(request, user, "mfa", type=type)
    request.session[SECOND_FACTOR] = True


def confirm(request: HttpRequest, user: User, method: str, **more: object) -> None:
    """Password or second factor was given once more: the session gets a new key, and need not be confirmed for a while."""
    record_authentication(request, user, method, reauthenticated=True, **more)
    old = request.session.session_key
    request.session.cycle_key()
    renamed(old, request.session.session_key)


def renamed(old: str | None, new: str | None) -> None:
    """A session goes on under a new key: its owner's list follows."""
    UserSession.objects.filter(session_key=old).update(session_key=new)


def is_confirmed(request: HttpRequest, user: User) -> bool:
    """Whether a password or second factor was given within the last ten minutes."""
    records = get_authentication_records(request, user)
    return bool(records) and time.time() - float(records[-1].get("at", 0)) < CONFIRMED_FOR


def end_all(user: User, *, but: str | None = None) -> int:
    """End the account's sessions, but the one with the key `but`; how many. They are dead at their next request."""
    rows = UserSession.objects.filter(user=user).exclude(session_key=but or "")
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    rows.delete()
    return len(keys)


def forget(key: str | None) -> None:
    """Take the session with this key off its owner's list: it has ended by itself."""
    UserSession.objects.filter(session_key=key).delete()


def end(user: User, pk: int) -> bool:
    """End one session of this account, by the number of its row; False where it has none of that number."""
    row = UserSession.objects.filter(user=user, pk=pk).first()
    if row is None:
        return False
    Session.objects.filter(session_key=row.session_key).delete()
    row.delete()
    return True


def _user_of(request: HttpRequest) -> User | AnonymousUser:
    user = get_user(request)
    if not isinstance(user, User):
        return AnonymousUser()
    if _is_over(request):
        UserSession.objects.filter(session_key=request.session.session_key).delete()
        request.session.flush()
        nobody = AnonymousUser()
        request._cached_user = nobody  # type: ignore[attr-defined]
        return nobody
    _note_life(request)
    return user


def _is_over(request: HttpRequest) -> bool:
    now = time.time()
    signed_in = float(request.session.get(SIGNED_IN_AT, 0))
    seen = float(request.session.get(SEEN_AT, 0))
    return now - signed_in >= settings.SESSION_COOKIE_AGE or now - seen >= settings.SESSION_IDLE_SECONDS


def _note_life(request: HttpRequest) -> None:
    """A page that asks by itself whether there is news is no sign of life; whoever reads or sends something is one."""
    asks_by_itself = request.method == "GET" and request.headers.get("HX-Request")
    if asks_by_itself or time.time() - request.session.get(SEEN_AT, 0) < NOTED_EVERY:
        return
    request.session[SEEN_AT] = int(time.time())
    UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=timezone.now())
