"""The staff's side."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("tracker.desk.account_urls")),
    path("desk/", include("tracker.desk.front")),
]
