"""One map of all addresses."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from tracker.api.problems import Refused
from tracker.pages.views import errors

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("tracker.operate.urls")),
    path("", include("tracker.desk.urls")),
    path("desk/webhooks/", include("tracker.following.views")),
    path("api/v1/", include("tracker.api.urls")),
    path("", include("tracker.pages.urls")),
    path("", include("tracker.feeds.urls")),
]

if settings.DJANGO_ADMIN:
    from tracker.desk.django_admin import site

    urlpatterns.insert(0, path("admin/", site.urls))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400 for what Django itself refuses, in the form that the address answers in. Says nothing of the settings."""
    if request.path.startswith("/api/"):
        return Refused(
            HTTPStatus.BAD_REQUEST, "the request's host, or its parameters, are not accepted"
        ).answer()
    return errors.bad_request(request, exception)


handler400 = bad_request
handler404 = "tracker.pages.views.errors.not_found"
handler500 = "tracker.pages.views.errors.server_error"
