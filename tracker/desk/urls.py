"""The staff's side."""

from __future__ import annotations

from django.urls import include, path

from tracker.desk.views import accounts, audit

urlpatterns = [
    path("accounts/", include("tracker.desk.account_urls")),
    path("desk/", include("tracker.desk.order_urls")),
    path("desk/entries/", include("tracker.desk.entry_urls")),
    path("desk/by-hand/", include("tracker.desk.by_hand_urls")),
    path("desk/accounts/", accounts.accounts, name="accounts"),
    path("desk/accounts/<int:pk>/", accounts.account, name="account"),
    path("desk/audit/", audit.audit, name="audit"),
    path("desk/audit/export/", audit.export, name="audit-export"),
]
