"""One line a request, with nothing in it that could sign anybody in or tell who reads what."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tracker.addresses import cut_address

log = structlog.get_logger("tracker.requests")

_QUIET = ("/healthz", "/readyz", "/metrics")
_PRIVATE = ("/accounts/", "/desk/", "/follow/")


class RequestLogMiddleware:
    """Method, address, status and milliseconds. Styles, and what monitors ask, are written only when they fail."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        response = self.get_response(request)
        quiet = request.path in _QUIET or request.path.startswith(settings.STATIC_URL)
        if not quiet or response.status_code >= 400:
            log.info(
                f"{request.method} {shown_path(request)} {response.status_code}",
                ms=round((time.perf_counter() - begun) * 1000, 1),
                client=cut_address(request.META.get("REMOTE_ADDR", "")),
            )
        return response


def shown_path(request: HttpRequest) -> str:
    """The path with its query; of private pages only which page it is, since their paths and queries hold secrets."""
    if request.path.startswith(_PRIVATE):
        room, _, below = request.path.strip("/").partition("/")
        return f"/{room}/{below.partition('/')[0]}/…" if below else f"/{room}/"
    return request.get_full_path()
