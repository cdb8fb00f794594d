"""The addresses of the API, below `/api/v1/`."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path

from tracker.api import bulk, exports
from tracker.api.api import api
from tracker.api.docs import docs
from tracker.api.doors import READS, public

app_name = "api"

WRITES = "POST, OPTIONS"  # of the one address that takes a text


def nowhere(request: HttpRequest) -> HttpResponse:
    """Whatever else is asked for below `/api/v1/`."""
    raise Http404


def _public(pattern: URLPattern) -> URLPattern:
    pattern.callback = public(pattern.callback, WRITES if pattern.name == "check" else READS)
    return pattern


urlpatterns = [
    path("docs", docs, name="docs"),
    *exports.urlpatterns,
    *bulk.urlpatterns,
    *(_public(pattern) for pattern in api.urls[0] if isinstance(pattern, URLPattern)),
    re_path("", public(nowhere)),
]
