"""Django's own admin, where the operator has switched it on: the tool of last resort.

Everything official, and everything that only grows, is for looking at. What may be mended are the desk's own odds and ends, and
each mending is an act like any other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver

from tracker.desk import acts, models, second_factor
from tracker.desk.doors import allowed, who
from tracker.desk.permissions import Right, may
from tracker.ledger import models as official

if TYPE_CHECKING:  # what it is a ModelAdmin of, its stubs alone want to know

    class _Rows(ModelAdmin[Any]): ...

else:
    _Rows = ModelAdmin

_NOT_OFFERED = {"login", "logout", "password_change", "password_change_done"}  # the desk has its own


class LastResort(AdminSite):
    site_header = "Whereas: the last resort"
    site_title = "Whereas"
    index_title = "What the database holds"
    site_url = "/desk/"

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return (
            isinstance(user, models.User)
            and may(user, Right.DJANGO_ADMIN)
            and second_factor.is_satisfied(request, user)
        )

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        return allowed(Right.DJANGO_ADMIN)(super().admin_view(view, cacheable))

    def get_urls(self) -> list[URLResolver | URLPattern]:
        return [url for url in super().get_urls() if getattr(url, "name", "") not in _NOT_OFFERED]


class Shown(_Rows):
    """Rows to look at. Who gets here has been asked at the door."""

    show_full_result_count = False
    list_per_page = 50
    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class Mendable(Shown):
    """Rows that may be changed or deleted, each time with an act."""

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return True

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return True

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            changed = ", ".join(form.changed_data) or "nothing"
            _record(request, obj, "mend_in_admin", f"Changed {changed} in the Django admin")

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        with transaction.atomic():
            _record(request, obj, "delete_in_admin", "Deleted in the Django admin")
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        with transaction.atomic():
            for obj in queryset:
                self.delete_model(request, obj)


class Measures(Shown):
    list_display = ("__str__", "title", "status", "changed_at")
    search_fields = ("title",)
    list_filter = ("congress", "type", "status")


class Documents(Shown):
    list_display = ("sha256", "source", "fetched_at")
    exclude = ("packed",)


class Accounts(Shown):
    list_display = ("email", "name", "role", "is_active", "last_login")
    exclude = ("password",)


class Acts(Shown):
    list_display = ("at", "by", "verb", "object", "summary")
    list_select_related = ("by",)
    list_filter = ("verb",)


class Mails(Mendable):
    list_display = ("about", "to", "due_at", "attempts", "sent_at", "error")
    list_select_related = ("to",)
    readonly_fields = ("to", "subject", "about", "attempts", "sent_at", "error")
    exclude = ("text",)  # it may hold a link that sets a password


class Cares(Mendable):
    list_display = ("measure_id", "assigned_to", "priority", "changed_at")
    list_select_related = ("assigned_to",)
    readonly_fields = ("measure", "version", "changed_at")


class Lists(Mendable):
    list_display = ("name", "by", "of", "shared")
    list_select_related = ("by",)
    readonly_fields = ("by", "of", "at")


def _record(request: HttpRequest, obj: Model, verb: str, summary: str) -> None:
    acts.record(who(request), verb, f"{obj._meta.model_name}/{obj.pk}", summary)


# Django forms a plural by an s. Set here, not in the models: there a word would need a migration.
for _model, _many in ((official.DueFetch, "due fetches"), (models.Entry, "entries"), (models.Care, "care")):
    _model._meta.verbose_name_plural = _many

site = LastResort(name="admin")
site.register(official.Measure, Measures)
site.register(official.Document, Documents)
site.register(official.ChangeEvent, Shown)
site.register(official.Source, Shown)
site.register(official.DueFetch, Shown)
site.register(models.User, Accounts)
site.register(models.Act, Acts)
site.register(models.Entry, Shown)
site.register(models.Revision, Shown)
site.register(models.Publication, Shown)
site.register(models.Topic, Shown)
site.register(models.OutgoingMail, Mails)
site.register(models.Care, Cares)
site.register(models.SavedList, Lists)
