"""A database that does not answer, or takes no writes, is a 503 that says when to come again, never a trace."""

from __future__ import annotations

import json
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from tracker.database import cannot_be_written, first_line, is_outage

log = structlog.get_logger("tracker.database")

RETRY_AFTER = 30  # seconds


class DatabaseOutageMiddleware:
    """Turns the database's own failures into a page, or for the API into problem+json, with Retry-After."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not is_outage(exception):
            return None
        log.error("database unavailable", error=first_line(exception), path=request.path)
        return unavailable(request, unwritable=cannot_be_written(exception))


def unavailable(request: HttpRequest, *, unwritable: bool = False) -> HttpResponse:
    """The 503 for this request; `unwritable` where the database can still be read."""
    if request.path.startswith("/api/"):
        problem = {
            "type": "about:blank",
            "title": "The database cannot be written" if unwritable else "The database does not answer",
            "status": 503,
            "detail": f"Nothing is lost. Try again in {RETRY_AFTER} seconds.",
        }
        response = HttpResponse(json.dumps(problem), content_type="application/problem+json", status=503)
    else:
        response = HttpResponse(render_to_string("503.html", {"unwritable": unwritable}), status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    response.headers["Cache-Control"] = "no-store"
    return response
