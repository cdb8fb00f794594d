"""Addresses of hand-entered measures, below `/desk/by-hand/`."""

from __future__ import annotations

from django.urls import URLPattern, path

from tracker.desk.views import by_hand, differences

urlpatterns: list[URLPattern] = [
    path("", by_hand.listed, name="by-hand"),
    path("new/", by_hand.new, name="by-hand-new"),
    path("names/", by_hand.names, name="by-hand-names"),
    path("<int:pk>/", by_hand.one, name="by-hand-one"),
    path("<int:pk>/edit/", by_hand.edit),
    path("<int:pk>/publish/", by_hand.publish),
    path("<int:pk>/withdraw/", by_hand.withdraw),
    path("<int:pk>/differences/", differences.compared, name="by-hand-differences"),
    path("<int:pk>/differences/<int:difference>/settle/", differences.settle),
    path("<int:pk>/differences/settle-all/", differences.settle_all),
]
