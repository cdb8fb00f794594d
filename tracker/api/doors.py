"""What every address of the API does alike, whatever it answers: any origin, HEAD, limits, and errors as problems."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, cast

import structlog
from django.core.exceptions import SuspiciousOperation
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    StreamingHttpResponse,
)
from django.views.decorators.csrf import csrf_exempt

from tracker.api import throttle
from tracker.api.problems import Refused, bad_parameter, not_found
from tracker.database import first_line, is_outage
from tracker.ledger.filters import BadFilter

log = structlog.get_logger("tracker.api")

Answer = HttpResponse | StreamingHttpResponse
View = Callable[..., Answer]

CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Accept-Ranges, Content-Disposition, Content-Range, ETag, Retry-After",
}
_PREFLIGHT = {
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match, If-Range, Range",
    "Access-Control-Max-Age": "86400",
}
READS = "GET, HEAD, OPTIONS"
_RETRY_AFTER = "30"  # seconds


def public(view: View, methods: str = READS) -> View:
    """A view of the API, with all that holds for each of them. `methods` are those that it answers.

    The API knows no cookie and changes nothing, so there is nothing to forge: hence `csrf_exempt`, without which a POST
    would be told of a missing token instead of what is allowed.
    """

    @csrf_exempt
    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> Answer:
        response: Answer
        if request.method == "OPTIONS":
            allowed = {"Allow": methods, "Access-Control-Allow-Methods": methods}
            response = HttpResponse(status=HTTPStatus.NO_CONTENT, headers={**_PREFLIGHT, **allowed})
        else:
            response = _answer(view, methods, request, args, kwargs)
        for name, value in CORS.items():
            response.headers[name] = value
        return response

    return cast(View, door)


def _answer(view: View, methods: str, request: HttpRequest, args: Any, kwargs: Any) -> Answer:
    asked_for_head = request.method == "HEAD"
    if asked_for_head:
        request.method = "GET"
    response: Answer
    try:
        wait = throttle.seconds_to_wait(request.META.get("REMOTE_ADDR", ""))
        if wait is not None:
            raise _too_many(wait)
        response = view(request, *args, **kwargs)
        if isinstance(response, HttpResponseNotAllowed):
            raise _not_allowed(request, methods)
    except Refused as refused:
        response = refused.answer()
    except BadFilter as bad:
        response = bad_parameter(bad).answer()
    except Http404:
        response = not_found(f"{request.path}: no such address.").answer()
    except SuspiciousOperation as refused_by_django:
        response = Refused(HTTPStatus.BAD_REQUEST, str(refused_by_django)).answer()
    except Exception as error:  # the last word before a reader sees a trace
        if is_outage(error):
            log.error("database unavailable", error=first_line(error), path=request.path)
            response = _unavailable().answer()
        else:
            log.exception("api answer failed", path=request.path)
            response = Refused(
                HTTPStatus.INTERNAL_SERVER_ERROR, "This is a fault of the tracker, and logged."
            ).answer()
    if asked_for_head:
        request.method = "HEAD"
        if isinstance(response, StreamingHttpResponse):
            response.streaming_content = ()
        else:
            response.headers["Content-Length"] = str(len(response.content))
            response.content = b""
    return response


def _too_many(wait: int) -> Refused:
    return Refused(
        HTTPStatus.TOO_MANY_REQUESTS,
        f"More reads in a minute than one address may make. Try again in {wait} seconds.",
        headers={"Retry-After": str(wait)},
    )


def _not_allowed(request: HttpRequest, methods: str) -> Refused:
    return Refused(
        HTTPStatus.METHOD_NOT_ALLOWED,
        f"{request.method} is not answered here; {' and '.join(methods.rsplit(', ', 1))} are.",
        headers={"Allow": methods},
    )


def _unavailable() -> Refused:
    return Refused(
        HTTPStatus.SERVICE_UNAVAILABLE,
        f"The database does not answer. Nothing is lost: try again in {_RETRY_AFTER} seconds.",
        headers={"Retry-After": _RETRY_AFTER},
    )
