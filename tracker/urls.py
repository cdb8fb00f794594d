"""One map of all addresses."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("tracker.operate.urls")),
    path("", include("tracker.desk.urls")),
    path("api/v1/", include("tracker.api.urls")),
    path("", include("tracker.pages.urls")),
]

handler400 = "tracker.pages.views.errors.bad_request"
handler404 = "tracker.pages.views.errors.not_found"
handler500 = "tracker.pages.views.errors.server_error"
