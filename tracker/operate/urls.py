"""Doors for operators."""

from __future__ import annotations

from django.urls import path

from tracker.operate.health import healthz, readyz
from tracker.operate.metrics import metrics

urlpatterns = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("metrics", metrics),
]
