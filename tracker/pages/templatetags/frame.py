"""What the frame of every page needs: links that know where the reader is, and the page's own full address."""

from __future__ import annotations

import json

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def nav_link(context: Context, path: str, words: str) -> SafeString:
    """A link that is marked as the page one is on, or as the part of the site one is in."""
    request: HttpRequest | None = context.get("request")
    here = request.path if request is not None else ""
    current = "page" if here == path else "true" if here.startswith(path) else ""
    if not current:
        return format_html('<a href="{}">{}</a>', path, words)
    return format_html('<a href="{}" aria-current="{}">{}</a>', path, current, words)


@register.simple_tag(takes_context=True)
def address(context: Context) -> str:
    """The full address of this page, as the operator publishes the site: for paper, feeds and how to cite."""
    request: HttpRequest | None = context.get("request")
    return f"{settings.SITE_URL.rstrip('/')}{request.get_full_path() if request is not None else '/'}"


@register.simple_tag
def htmx_config() -> SafeString:
    """What `<meta name="htmx-config">` holds: nothing evaluated, nothing styled, nothing kept, only our own addresses.

    Without a cache of its own htmx asks for the whole page again at Back; the browser's cache answers.
    """
    return format_html("{}", _HTMX)


_HTMX = json.dumps(
    {
        "allowEval": False,
        "allowScriptTags": False,
        "historyCacheSize": 0,
        "historyRestoreAsHxRequest": False,
        "includeIndicatorStyles": False,
        "selfRequestsOnly": True,
        "timeout": 20_000,
    }
)
