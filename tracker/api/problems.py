"""What is wrong with a request, as `application/problem+json` (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

import msgspec
from django.http import HttpResponse

from tracker.api.shapes import Problem
from tracker.ledger.filters import BadFilter

CONTENT_TYPE = "application/problem+json"


class Refused(Exception):
    """A request that is answered with a problem. `headers` go with the answer."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        *,
        title: str | None = None,
        parameter: str | None = None,
        accepted: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.problem = Problem(
            type="about:blank",  # the status says it all; `parameter` and `accepted` say the rest
            title=title or status.phrase,
            status=status.value,
            detail=detail,
            parameter=parameter,
            accepted=accepted,
        )
        self.headers = dict(headers or {})

    def answer(self) -> HttpResponse:
        """The problem as a response that nobody keeps."""
        return HttpResponse(
            msgspec.json.encode(self.problem),
            status=self.problem.status,
            content_type=CONTENT_TYPE,
            headers={"Cache-Control": "no-store", **self.headers},
        )


def not_found(detail: str) -> Refused:
    return Refused(HTTPStatus.NOT_FOUND, detail)


def bad_parameter(bad: BadFilter) -> Refused:
    return Refused(
        HTTPStatus.BAD_REQUEST,
        str(bad),
        title="Bad parameter",
        parameter=bad.parameter,
        accepted=bad.accepted,
    )
