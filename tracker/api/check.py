"""`POST /check`: an article in, what the record says of it out. Nothing of it is kept."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus

import msgspec
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse

from tracker.api import asked, shapes
from tracker.api.answers import encode
from tracker.api.problems import Refused
from tracker.congress.calendar import valid_day
from tracker.press import limits
from tracker.press.check import MOST_SIGNS, CheckResult, TooLong
from tracker.press.check import check as check_text

_ACCEPTED = '{"text": "…", "date": "2025-05-01"}; date may be left out or null'


class _Asked(msgspec.Struct, forbid_unknown_fields=True):
    text: str
    date: str | None = None


def check(request: HttpRequest) -> HttpResponse:
    """Which measures an article names, and of each statement about them whether the official record agrees.

    `date` is the day it was published; left out, it is the one that the article gives at its head, or else today. At most
    1,000,000 characters. Nothing is kept of the text.
    """
    asked.only(request)
    wait = limits.seconds_to_wait(request.META.get("REMOTE_ADDR", ""))
    if wait is not None:
        raise Refused(
            HTTPStatus.TOO_MANY_REQUESTS,
            f"More than {limits.CHECKS_PER_MINUTE} articles in a minute. Try again in {wait} seconds.",
            headers={"Retry-After": str(wait)},
        )
    wanted = _read(request)
    try:
        result = check_text(wanted.text, _day(wanted.date))
    except TooLong as error:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, str(error), parameter="text") from error
    return HttpResponse(
        encode(_shaped(result)), content_type="application/json", headers={"Cache-Control": "no-store"}
    )


def _read(request: HttpRequest) -> _Asked:
    if request.content_type != "application/json":
        raise Refused(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            f"Content-Type is {request.content_type or 'missing'}; send application/json.",
            accepted=_ACCEPTED,
        )
    try:
        return msgspec.json.decode(request.body, type=_Asked)
    except RequestDataTooBig as error:
        raise Refused(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"The body is larger than 2 MB; at most {MOST_SIGNS:,} characters can be checked.",
            parameter="text",
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refused(
            HTTPStatus.BAD_REQUEST,
            f"The body is not such JSON: {error}.",
            title="Bad body",
            accepted=_ACCEPTED,
        ) from error


def _day(written: str | None) -> date | None:
    if written is None:
        return None
    day = valid_day(written)
    if day is None:
        raise Refused(
            HTTPStatus.BAD_REQUEST,
            f"date: {written[:40]!r} is no day.",
            title="Bad parameter",
            parameter="date",
            accepted="a day as 2025-05-01, from 1789 to 2200",
        )
    return day


def _shaped(result: CheckResult) -> shapes.Check:
    """The result as the contract has it."""
    return msgspec.convert(result.as_json(), shapes.Check)
