"""The staff's side."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("tracker.desk.accounts")),
    path("desk/", include("tracker.desk.front")),
]
