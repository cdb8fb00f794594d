"""One sentence for the next page: what an act has done, said once after the redirect that follows it."""

from __future__ import annotations

from django.http import HttpRequest

_KEY = "desk-said"


def say(request: HttpRequest, words: str) -> None:
    """Have the next page say this."""
    request.session[_KEY] = words


def heard(request: HttpRequest) -> str:
    """What is to be said, which then is said no more; empty where nothing is."""
    return str(request.session.pop(_KEY, ""))
