"""`{% if request.user|may:"see_audit" %}`: what a page offers is what its reader may do."""

from __future__ import annotations

from django import template

from tracker.desk import permissions

register = template.Library()


@register.filter
def may(user: object, right: str) -> bool:
    """Whether the user has the right of that name. Raises ValueError for a name that is no right."""
    return permissions.may(user, permissions.Right(right))
